"""Kinds of pages that researchers keep: note programs, awesome lists, schedules, trackers, pasted addresses."""

from typing import Any

import pytest

from tests.importers.reading import only, read, titles

# a page with one paper, and what is to be read of it
PAGES: list[tuple[str, dict[str, Any]]] = [
    # Notion
    (
        "| Name | Status | Date read |\n|---|---|---|\n| [Deep Words](Deep%20Words%201a2b.md) | Not started | |\n",
        {"title": "Deep Words", "mark": "todo", "notes": ()},
    ),
    ("| Name | Status |\n|---|---|\n| Deep Words | In progress |\n", {"title": "Deep Words", "mark": "todo"}),
    ("| Name | Status |\n|---|---|\n| Deep Words | Completed |\n", {"title": "Deep Words", "mark": "read"}),
    # Obsidian, Logseq
    (
        "- [[Deep Words of Wisdom]]\n  status:: read\n  url:: https://arxiv.org/abs/2001.00001\n",
        {"title": "Deep Words of Wisdom", "mark": "read", "identifiers": {"arxiv": "2001.00001"}},
    ),
    ("- [ ] [[@lee2020deep|Lee on Words]]\n", {"title": "Lee on Words", "mark": "todo"}),
    (
        "- [x] [DW](https://arxiv.org/abs/2001.00001) #words #deep/er\n",
        {"title": "DW", "mark": "read", "tags": ("words", "deep/er"), "notes": ()},
    ),
    ("- [-] Deep Words\n- Other.\n", {"title": "Deep Words", "mark": None, "tags": ()}),
    ("- [/] Deep Words\n", {"title": "Deep Words", "mark": "todo"}),
    # awesome lists
    (
        "* **Deep Words of Wisdom**<br>Ann Lee, Bo Chan<br>*ICLR 2021 (Spotlight)* [[code](https://github.com/a/b)]\n",
        {"title": "Deep Words of Wisdom", "authors": ("Ann Lee", "Bo Chan"), "venue": "ICLR", "year": 2021},
    ),
    (
        "* Deep Words [[Paper]](https://arxiv.org/abs/2001.00001) ![](https://img.shields.io/badge/IJCV-2024-blue)\n",
        {"title": "Deep Words", "venue": "IJCV", "year": 2024},
    ),
    ("* Deep Words [[pdf]](https://arxiv.org/abs/2001.00001) :star:\n", {"title": "Deep Words"}),
    # schedules
    (
        "- 2023-06-13: **Emma** — [Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)\n",
        {"title": "Deep Words of Wisdom", "notes": ("2023-06-13: Emma",)},
    ),
    (
        "- Lee, Chan, Ives. *Deep Words of Wisdom*. TPAMI 2013. [link](https://arxiv.org/abs/2001.00001)\n",
        {"title": "Deep Words of Wisdom", "authors": ("Lee", "Chan", "Ives"), "venue": "TPAMI", "year": 2013},
    ),
    # plain lists of citations
    ('1. Lee & Ba, "Deep Words of Wisdom", ICLR 2015\n', {"authors": ("Lee", "Ba"), "venue": "ICLR", "year": 2015}),
    (
        "1. Lee and Szabo (2015). Deep Words of Wisdom. ICML.\n",
        {"title": "Deep Words of Wisdom", "authors": ("Lee", "Szabo"), "venue": "ICML", "year": 2015},
    ),
    (
        "1. Lee, N., & Ives, G. (2014). Deep words of wisdom. Journal of Machine Learning Research, 15, 1929-1958.\n",
        {"authors": ("N. Lee", "G. Ives"), "year": 2014},
    ),
    (
        '1. Lee, Chan, Ives. "Deep words." Nature 521 (2015). [doi](https://doi.org/10.1038/nature14539)\n',
        {"title": "Deep words", "authors": ("Lee", "Chan", "Ives"), "venue": "Nature", "year": 2015},
    ),
    (
        "1. [DONE] Lee et al. - Deep Words of Wisdom - NIPS 2013\n",
        {"title": "Deep Words of Wisdom", "authors": ("Lee",), "venue": "NeurIPS", "year": 2013, "mark": "read"},
    ),
    (
        "1. (read 2023-05-01) Words: Deep Words of Wisdom. Lee, Chan, Ives. EMNLP 2014\n",
        {"title": "Words: Deep Words of Wisdom", "authors": ("Lee", "Chan", "Ives"), "finished": "2023-05-01"},
    ),
    # addresses passed on
    ("doi:10.1038/nature14539\n", {"title": None, "identifiers": {"doi": "10.1038/nature14539"}}),
    (
        "check this out https://arxiv.org/abs/2001.00001\n",
        {"title": None, "identifiers": {"arxiv": "2001.00001"}, "notes": ("check this out",)},
    ),
    # escapes, emphasis, legends
    (r"- [r\*-indexing and s\*-trees](https://arxiv.org/abs/2001.00001)" "\n", {"title": "r*-indexing and s*-trees"}),
    ("- [x] snake_case_name for A* search and D* Lite\n", {"title": "snake_case_name for A* search and D* Lite"}),
    ("- **f*-divergence and g*-algebras**, ACL 2020\n", {"title": "f*-divergence and g*-algebras"}),
    ("> ⬜ unread, 📗 read\n\n- 📗 A title of many words\n", {"title": "A title of many words", "mark": "read"}),
    # sentences behind a title are kept as they are written
    (
        "- [Deep Words of Wisdom](https://arxiv.org/abs/2001.00001) | 本文提出一种模型（快），先做一件事，然后再做"
        "另一件事情，效果很好。核心结构沿用已有的模型，只改了一个地方，训练更稳定，也更容易实现和"
        "调试 | Ann Lee et al,2020\n",
        {
            "authors": ("Ann Lee",),
            "year": 2020,
            "notes": (
                "本文提出一种模型（快），先做一件事，然后再做另一件事情，效果很好。核心结构沿用已有的模型，"
                "只改了一个地方，训练更稳定，也更容易实现和调试",
            ),
        },
    ),
]


@pytest.mark.parametrize(("text", "wanted"), PAGES, ids=[text.split("\n")[0][:40] for text, _ in PAGES])
def test_a_page_is_read_as_its_author_meant_it(text: str, wanted: dict[str, Any]) -> None:
    entry = only(text)
    found = {key: getattr(entry if hasattr(entry, key) else entry.metadata, key) for key in wanted}
    assert found == wanted


def test_a_column_that_asks_whether_is_answered_by_ticks_and_crosses() -> None:
    rows = (("Deep", "✔️"), ("Slow", "❌"), ("Fast", "x"), ("Warm", "✘"))
    page = "| Title | Read? |\n|---|---|\n" + "".join(f"| {name} Words of Wisdom | {mark} |\n" for name, mark in rows)
    assert [entry.mark for entry in read(page).entries] == ["read", "todo", "read", "todo"]


def test_a_row_that_is_no_paper_is_no_note_of_the_row_above() -> None:
    page = (
        "| Date | Paper |\n|---|---|\n| Oct 17 | [Deep Words of Wisdom](https://arxiv.org/abs/2001.00001) |\n"
        "| Oct 24 | *no seminar* |\n"
    )
    assert only(page).notes == ()
    assert [note.line for note in read(page).topic_notes] == [4]


def test_a_page_without_a_name_is_no_paper() -> None:
    assert titles("| Name | Status |\n|---|---|\n| Untitled | Not started |\n") == []


def test_contents_and_anchors_are_ignored() -> None:
    page = (
        '# List\n\n- [2021](#2021)\n- [Contributing](#contributing)\n\n<a name="x1"></a>\n'
        "## 2021\n\n- [Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)\n"
    )
    listing = read(page)
    assert [ignored.line for ignored in listing.ignored] == [3, 4, 6]
    assert not listing.topic_notes


def test_lists_of_slides_and_recordings_are_no_papers() -> None:
    assert titles("- [Slides](slides/w3.pdf) · [Recording](https://youtu.be/abc)\n") == []


def test_a_title_set_off_by_details_below_it_is_the_paper() -> None:
    page = (
        "- 方法\n  - DW：在涉及到矩阵相乘的模块，引入低秩矩阵去模拟全量微调的过程\n"
        "    - 《Deep Words of Wisdom for Everybody》\n"
        "    - 论文：[paper](https://arxiv.org/abs/2001.00001)\n"
    )
    entry = only(page)
    assert (entry.metadata.title, entry.metadata.identifiers) == (
        "Deep Words of Wisdom for Everybody",
        {"arxiv": "2001.00001"},
    )
