"""Results of a search, copied into a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.importers import page
from readlist.importers.rewrite import Wish, rewrite
from tests.importers.reading import read, titles

PAGE = """\
About 5,320,000 results (0.05 sec)

[PDF] example.org
Deep words of wisdom
A Lee, BC Chan, D van Dow… - Advances in neural …, 2017 - papers.example.org
Words are deep …
 and wise …
Save Cite Cited by 143210 Related articles All 91 versions

[PDF][PDF] More words of wisdom: a view
E Fox - arXiv preprint arXiv:2001.00001, 2020 - arxiv.org
Cited by 20,000
Related articles
All 3 versions
[BOOK] Words and wisdom
G Hill, I Jay\xa0- 2006 - Springer
☆ Save 99 Cite Cited by 70 Related articles »
Wise words ✅
K Lowe - nature, 2015 - nature.com
保存 引用 被引用次数：85000 相关文章 所有 62 个版本
"""


def test_a_result_is_a_paper() -> None:
    found = read(PAGE)
    said = [(e.line, e.metadata.title, e.metadata.venue, e.metadata.year, e.metadata.citations) for e in found.entries]
    assert said == [
        (4, "Deep words of wisdom", "NeurIPS", 2017, 143210),
        (10, "More words of wisdom: a view", "arXiv", 2020, 20000),
        (15, "Words and wisdom", None, 2006, 70),
        (18, "Wise words", "Nature", 2015, 85000),
    ]
    assert [entry.metadata.authors for entry in found.entries] == [
        ("A Lee", "BC Chan", "D van Dow"),
        ("E Fox",),
        ("G Hill", "I Jay"),
        ("K Lowe",),
    ]
    assert found.entries[0].notes == ("Words are deep …", "and wise …")
    assert found.entries[1].metadata.identifiers == {"arxiv": "2001.00001"}
    assert [entry.mark for entry in found.entries] == [None, None, None, "read"]
    assert [it.line for it in found.ignored] == [1, 3]
    assert found.lines["notes"] == 2


def test_headings_around_results_are_topics() -> None:
    found = read(f"# Words\n\n## To read\n\n{PAGE}\n## Others\n\n- Last words of wisdom (ICLR 2020)\n")
    assert [entry.topics for entry in found.entries] == [(("Words", "To read"),)] * 4 + [(("Words", "Others"),)]
    assert [entry.mark for entry in found.entries] == ["todo", "todo", "todo", "read", None]


def test_marks_and_counts_are_put_where_they_belong() -> None:
    assert rewrite(PAGE, page.read(PAGE), {}, page.read).text == PAGE
    done = rewrite(PAGE, page.read(PAGE), {0: Wish("read", count=150000), 1: Wish("todo", count=20001)}, page.read)
    assert done.changed == (0, 1)
    assert done.text.count("150000") == done.text.count("20,001") == 1
    assert [entry.mark for entry in read(done.text).entries] == ["read", "todo", None, "read"]


@pytest.mark.parametrize("text", [PAGE[: PAGE.index("[PDF][PDF]")], "\n".join(PAGE.split("\n")[8:13])])
def test_one_result_is_no_page_of_them(text: str) -> None:
    assert "BC Chan" not in str(titles(text))


def test_a_list_that_tells_counts_is_none() -> None:
    text = (
        "- [Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)\n  A Lee, B Chan - ICLR, 2017\n  Cited by 20\n"
        "- [More Words of Wisdom](https://arxiv.org/abs/2001.00002)\n  A Lee, B Chan - ACL, 2018\n  Cited by 30\n"
    )
    assert [(e.metadata.identifiers, e.metadata.citations) for e in read(text).entries] == [
        ({"arxiv": "2001.00001"}, 20),
        ({"arxiv": "2001.00002"}, 30),
    ]


@given(
    st.lists(st.sampled_from(PAGE.split("\n")) | st.sampled_from(["", "```", "- [x] a", "# b", "| a | b |", "|--|--|"]))
)
def test_every_line_of_any_page_is_accounted_for(lines: list[str]) -> None:
    read("\n".join(["Cited by", *lines]))
