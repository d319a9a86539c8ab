"""Ways in which people write lists of papers: citations, numbers, states of tasks, headings that are marks, tags."""

import pytest

from readlist.importers import csv_table
from readlist.importers.rewrite import Wish, rewrite
from tests.importers.reading import only, read, titles

CITED = [
    # as BibTeX's styles print it
    ("Ann Lee and Bo Chan. Deep words of wisdom. In ICLR, 2015.", ("Ann Lee", "Bo Chan"), "ICLR", 2015),
    ("Ann Lee, Bo Chan, and Cyd Dow. 2016. Deep words of wisdom. In CVPR, pages 770–778.",
     ("Ann Lee", "Bo Chan", "Cyd Dow"), "CVPR", 2016),
    ("A. Lee et al. Deep words of wisdom. NeurIPS, 33:1877–1901, 2020.", ("A. Lee",), "NeurIPS", 2020),
    ("Lee et al. Deep words of wisdom. NeurIPS'22", ("Lee",), "NeurIPS", 2022),
    # IEEE
    ('[1] A. Lee, B. Chan, et al., "Deep words of wisdom," in Proc. NAACL, 2019, pp. 59–68.',
     ("A. Lee", "B. Chan"), "NAACL", 2019),
    # Vancouver
    ("Lee A, Chan B, Dow C. Deep words of wisdom. Nature. 2019;1(8):9.",
     ("A. Lee", "B. Chan", "C. Dow"), "Nature", 2019),
    # Springer
    ("Lee, A., Chan, B., Dow, C.: Deep words of wisdom. In: NIPS (2015)",
     ("A. Lee", "B. Chan", "C. Dow"), "NeurIPS", 2015),
    # the title first, in quotation marks
    ('"Deep words of wisdom" Lee & Chan, ACL 2018', ("Lee", "Chan"), "ACL", 2018),
    # GB/T 7714
    ("Lee A, Chan B, et al. Deep words of wisdom[C]//Proceedings of ICML. 2017: 59-68.",
     ("A. Lee", "B. Chan"), "ICML", 2017),
    ("[4] 李明, 王芳. 智慧之言[J]. 软件学报, 2018, 29(1): 1-20.", ("李明", "王芳"), "软件学报", 2018),
]  # fmt: skip


@pytest.mark.parametrize(("line", "authors", "venue", "year"), CITED)
def test_a_line_of_a_bibliography(line: str, authors: tuple[str, ...], venue: str, year: int) -> None:
    found = only(f"- {line}\n").metadata
    assert found.title in ("Deep words of wisdom", "智慧之言")
    assert (found.authors, found.venue, found.year) == (authors, venue, year)


@pytest.mark.parametrize(
    "line",
    [
        "This is a sentence. It is not a paper. We wrote it in 2019.",
        "Deep words on the wise [D]",
        "Bob said so. Then they went home in 2020. It rained.",
        "Tom and Ann agreed. The old way is better. See the notes of 2021.",
    ],
)
def test_sentences_are_no_citations(line: str) -> None:
    assert titles(f"- {line}\n") == []


@pytest.mark.parametrize(
    ("first", "second"), [("1、", "2、"), ("（1）", "（2）"), ("(1) ", "(2) "), ("[1] ", "[2] "), ("①", "②")]
)
def test_numbers_that_markdown_takes_for_running_text_number_papers(first: str, second: str) -> None:
    page = (
        f"## 图\n\n{first}Deep Words of Wisdom (ICLR 2017)\n   链接：https://arxiv.org/abs/2001.00001\n"
        "   总结：一句话\n"
        f"{second}More Words of Wisdom (ICLR 2018) ——未读\n"
    )
    one, two = read(page).entries
    assert (one.metadata.title, two.metadata.title) == ("Deep Words of Wisdom", "More Words of Wisdom")
    assert (one.metadata.identifiers, one.notes) == ({"arxiv": "2001.00001"}, ("总结：一句话",))
    assert (one.mark, two.mark) == (None, "todo")


def test_a_numbered_note_keeps_its_number() -> None:
    entry = only("- [Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)\n\n  1、short\n  2、clear\n")
    assert entry.notes == ("1、short", "2、clear")


@pytest.mark.parametrize(
    ("line", "mark", "notes"),
    [
        ("TITLE (to read!)", "todo", ()),
        ("TITLE [ICLR'23] (in progress, p. 7)", "todo", ("p. 7",)),
        ("TITLE 【在读】", "todo", ()),
        ("TITLE | 👀 reading", "todo", ()),
        ("TITLE https://arxiv.org/abs/2001.00001 TODO 下周讲", "todo", ("下周讲",)),
        ("LATER TITLE", "todo", ()),
        ("DOING [#A] TITLE", "todo", ()),
        ("DONE TITLE", "read", ()),
        ("TITLE (ICLR 2020) - read twice", "read", ()),
        ("TITLE (ICLR 2020), done", "read", ()),
        ("TITLE (ICLR 2020) √", "read", ()),
        ("**2024-03-05** 读 TITLE（ICLR 2020）", "read", ()),
        ("《TITLE》（ICLR 2020）**已读**", "read", ()),
        ("TITLE (ICLR 2020) 粗读", "read", ()),
        ("TITLE #toread", "todo", ()),
        ("TITLE #已读 (Ann Lee, 2020)", "read", ()),
        ("~~TITLE~~ (dropped: too long)", None, ("dropped: too long",)),
    ],
)
def test_what_a_line_says_of_reading(line: str, mark: str | None, notes: tuple[str, ...]) -> None:
    entry = only(f"- {line.replace('TITLE', 'Deep Words of Wisdom')}\n")
    assert (entry.metadata.title, entry.mark, entry.notes) == ("Deep Words of Wisdom", mark, notes)


@pytest.mark.parametrize(("word", "depth"), [("精读", 3), ("通读", 2), ("略读", 1), ("已读", None)])
def test_how_deeply_is_told_by_a_word(word: str, depth: int | None) -> None:
    entry = only(f"- Deep Words of Wisdom (ICLR 2020)【{word}】\n")
    assert (entry.mark, entry.depth) == ("read", depth)


@pytest.mark.parametrize(
    "line", ["[Read](https://arxiv.org/abs/2001.00001)", "Words on [reading](https://a.org/b.pdf)"]
)
def test_the_name_of_a_link_is_no_mark(line: str) -> None:
    assert {entry.mark for entry in read(f"- {line}\n").entries} <= {None}


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("✅ Read", "read"), ("Done", "read"), ("Papers I've read", "read"), ("已读论文", "read"),
        ("To read", "todo"), ("Papers to read this month:", "todo"),
        ("📌 TODO", "todo"), ("To-read list", "todo"), ("In progress", "todo"), ("待读", "todo"),
        ("Reading comprehension", None), ("Reading", None), ("Machines that read", None), ("🔥 Must read", None),
    ],
)  # fmt: skip
def test_a_heading_that_is_a_mark_marks_what_stands_under_it(heading: str, mark: str | None) -> None:
    first, own, after = read(
        f"# A\n\n## {heading}\n\n- Deep Words of Wisdom (ICLR 2020)\n- [x] More Words of Wisdom (ICLR 2020)\n\n"
        "## Else\n\n- Last Words of Wisdom (ICLR 2020)\n"
    ).entries
    assert (first.mark, own.mark, after.mark) == (mark, "read", None)


@pytest.mark.parametrize(
    ("line", "title", "identifiers"),
    [
        ("2001.00001 WordNet", "WordNet", {"arxiv": "2001.00001"}),
        ("[2001.00001v2] Deep Words of Wisdom", "Deep Words of Wisdom", {"arxiv": "2001.00001"}),
        ("Deep Words of Wisdom, 2001.00001", "Deep Words of Wisdom", {"arxiv": "2001.00001"}),
        ("Lee 2021 Words 10.1000/words.12", "Lee 2021 Words", {"doi": "10.1000/words.12"}),
        ("arxiv 2001.00001 WordNet", "WordNet", {"arxiv": "2001.00001"}),
    ],
)
def test_a_number_without_its_prefix_names_the_paper(line: str, title: str, identifiers: dict[str, str]) -> None:
    found = only(f"- {line}\n").metadata
    assert (found.title, found.identifiers) == (title, identifiers)


@pytest.mark.parametrize(
    ("line", "authors", "venue", "year", "count"),
    [
        ("TITLE — Lee et al. — NeurIPS 2022", ("Lee",), "NeurIPS", 2022, None),
        ("TITLE（Lee & Chan, 2023，引用 3k+）", ("Lee", "Chan"), None, 2023, 3000),
        ("TITLE (Ann Lee, 2023) ⭐⭐⭐", ("Ann Lee",), None, 2023, None),
        ("TITLE, cited by 1.2k", (), None, None, 1200),
        ("TITLE 被引 2.5万", (), None, None, 25000),
        ("[2020-AI Open] TITLE", (), "AI Open", 2020, None),
        ("TITLE | WWW 2017 | 何明", ("何明",), "WWW", 2017, None),
        ("TITLE ICLR'19 Oral", (), "ICLR", 2019, None),
        ("**Paper 1**: TITLE (Lee et al. 2019)", ("Lee",), None, 2019, None),
        ("**[ICLR 2021]** TITLE. *Ann Lee, Bo Chan*", ("Ann Lee", "Bo Chan"), "ICLR", 2021, None),
        ("2022-06 | *TITLE* | Ann Lee et al.", ("Ann Lee",), None, 2022, None),
        ("TITLE [venue:: ICLR] [year:: 2020]", (), "ICLR", 2020, None),
    ],
)
def test_fields_behind_a_title(
    line: str, authors: tuple[str, ...], venue: str | None, year: int | None, count: int | None
) -> None:
    found = only(f"- {line.replace('TITLE', 'Deep Words of Wisdom')}\n").metadata
    assert found.title == "Deep Words of Wisdom"
    assert (found.authors, found.venue, found.year, found.citations) == (authors, venue, year, count)


def test_a_record_written_field_by_field_is_one_paper() -> None:
    one, two = read(
        "论文：Deep Words of Wisdom\n会议：NeurIPS 2023\n链接：https://arxiv.org/abs/2001.00001\n状态：未读\n\n"
        "论文：More Words of Wisdom\n会议：ACL 2021\n是否阅读：✔\n\n[a](b)\n"
    ).entries
    assert (one.metadata.title, one.metadata.venue, one.metadata.year) == ("Deep Words of Wisdom", "NeurIPS", 2023)
    assert (one.metadata.identifiers, one.mark) == ({"arxiv": "2001.00001"}, "todo")
    assert (two.metadata.title, two.metadata.venue, two.mark) == ("More Words of Wisdom", "ACL", "read")


def test_properties_of_an_outline_complete_the_paper() -> None:
    entry = only(
        "- ## Vision\n\t- DONE Deep Words of Wisdom\n\t  tags:: vit, vision\n\t  year:: 2021\n"
        "\t  url:: https://arxiv.org/abs/2001.00001\n\t\t- a note\n"
    )
    assert (entry.mark, entry.tags, entry.notes) == ("read", ("vit", "vision"), ("a note",))
    assert (entry.metadata.year, entry.metadata.identifiers) == (2021, {"arxiv": "2001.00001"})


def test_a_column_that_asks_whether_it_is_read() -> None:
    table = (
        "标题\t作者\t会议\t年份\t是否已读\nDeep Words of Wisdom\tLee\tACL\t2021\t是\nMore Words\tLee\tACL\t2022\t否\n"
    )
    assert [entry.mark for entry in csv_table.read(table).entries] == ["read", "todo"]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("- Deep Words of Wisdom (ICLR 2018) ——未读", "- [x] Deep Words of Wisdom (ICLR 2018)"),
        ("- LATER [#A] Deep Words of Wisdom #words", "- DONE [#A] Deep Words of Wisdom #words"),
        (
            "** TODO Deep Words of Wisdom\n   :PROPERTIES:\n   :END:",
            "** DONE Deep Words of Wisdom\n   :PROPERTIES:\n   :END:",
        ),
        ("- [[Deep Words of Wisdom]] #toread 📅 2024-06-01", "- [[Deep Words of Wisdom]] #read 📅 2024-06-01"),
        ("- [/] Deep Words of Wisdom", "- [x] Deep Words of Wisdom"),
        ("- Deep Words of Wisdom (ICLR 2018)【在读】", "- [x] Deep Words of Wisdom (ICLR 2018)"),
    ],
)
def test_a_mark_is_exchanged_where_it_stands(line: str, after: str) -> None:
    page = f"# A\n\n{line}\n- [ ] [More Words](https://arxiv.org/abs/2001.00001)\n" if "**" not in line else f"{line}\n"
    done = rewrite(page, read(page), {0: Wish("read")}, read)
    assert (done.changed, done.text) == ((0,), page.replace(line, after))


def test_in_a_list_of_papers_a_bare_title_is_one_too() -> None:
    page = "- Words are all you need\n- WordBERT: Deep Words of Much Wisdom\n- XLWord\n- [x] Deep Words of Wisdom\n"
    assert titles(page) == [
        "Words are all you need",
        "WordBERT: Deep Words of Much Wisdom",
        "XLWord",
        "Deep Words of Wisdom",
    ]
    assert titles(
        "- Buy words for the wise\n- Water the plants again\n- Call WordBERT\n- [x] Deep Words of Wisdom\n"
    ) == ["Deep Words of Wisdom"]


def test_counts_of_a_table_as_they_are_written() -> None:
    rows = "".join(
        f"| Deep Words of Wisdom {n} | {count} |\n" for n, count in enumerate(("25000+", "1,021", "3k", "many"))
    )
    found = read(f"| 论文 | 引用数 |\n|--|--|\n{rows}").entries
    assert [entry.metadata.citations for entry in found][:3] == [25000, 1021, 3000]


def test_a_few_words_of_opinion_are_no_heading() -> None:
    above = "清单\n综述\n[ACL'20] Deep Words of Wisdom (Citations 88)\n讲得比较全\n"
    page = f"{above}语义匹配\n[ACL'21] More Words (Citations 2)\n"
    first, second = read(page).entries
    assert (first.notes, first.topics, second.topics) == (("讲得比较全",), (("清单", "综述"),), (("清单", "语义匹配"),))
