"""Records on pages: fields with their labels, titles over their fields, lists that are plainly ones of papers."""

import pytest

from readlist.domain.text import is_chinese
from readlist.importers import csv_table
from readlist.importers.lines import _labels, _row
from readlist.importers.lines._column_names import NAMES
from tests.importers.reading import only, read, titles

ADDRESS = "https://arxiv.org/abs/2001.00001"
OTHER = "https://arxiv.org/abs/2001.00002"

# labels -------------------------------------------------------------------------------------------------------------

KEYS = {
    "authors": "authors", "venue": "venue", "year": "year", "date": "year", "status": "status", "read on": "finished",
    "count": "count", "url": "links", "code": "links", "abstract": "abstract",
}  # fmt: skip
ROLES = {
    "title": "title", "authors": "author", "venue": "venue", "year": "year", "date": "year", "status": "status",
    "read on": "day", "count": "count", "url": "link", "code": "link",
}  # fmt: skip
HAN = [(what, name) for what, names in NAMES for name in names.split() if is_chinese(name)]


@pytest.mark.parametrize(("what", "name"), [(what, name) for what, name in HAN if what in KEYS and name != "年"])
def test_a_chinese_name_of_a_column_is_a_label_of_a_line_too(what: str, name: str) -> None:
    found = _labels.key_of(f"- {name}：x"[2:])
    assert found is not None
    assert found[1] == "x"
    assert found[0] == KEYS[what] or {found[0], KEYS[what]} <= {"status", "finished"}


@pytest.mark.parametrize(("what", "name"), [(what, name) for what, name in HAN if what in ROLES])
def test_columns_of_a_page_and_of_a_csv_go_by_the_same_names(what: str, name: str) -> None:
    assert _row.role(name) == ROLES[what] or {_row.role(name), ROLES[what]} <= {"status", "day"}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("**发表会议**：NIPS 2017", "venue", "NeurIPS"),
        ("**会议/期刊：** NeurIPS 2017", "venue", "NeurIPS"),
        ("會議：ICCV 2023（CCF-A）", "venue", "ICCV"),
        ("收录情况：ACL 2020", "venue", "ACL"),
        ("**论文作者**：Ann Lee, Bo Chan", "authors", ("Ann Lee", "Bo Chan")),
        ("作者：Ann Lee, Bo Chan 等（Words Inc）", "authors", ("Ann Lee", "Bo Chan")),
        ("被引次數：1,234", "citations", 1234),
        ("引用量：1.2万", "citations", 12000),
        (f"**arXiv链接**：{ADDRESS}", "identifiers", {"arxiv": "2001.00001"}),
        (f"論文連結：{ADDRESS}", "identifiers", {"arxiv": "2001.00001"}),
        (f"论文：{ADDRESS} 值得一看", "identifiers", {"arxiv": "2001.00001"}),
        ("arxiv:: 2001.00001", "identifiers", {"arxiv": "2001.00001"}),
        ("Year: 2017", "year", 2017),
    ],
)
def test_a_field_by_its_label(line: str, field: str, value: object) -> None:
    """In a list beside the title, and nested below it."""
    for page in (
        f"# A\n\n- **论文标题**：Deep Words of Wisdom\n- {line}\n",
        f"- Deep Words of Wisdom (2020)\n  - {line}\n",
    ):
        found = only(page).metadata
        assert found.title == "Deep Words of Wisdom"
        if field != "year" or "标题" in page:
            assert getattr(found, field) == value


def test_what_else_a_record_says_is_a_note_of_its_paper() -> None:
    page = (
        "# A\n\n- **论文标题**：Deep Words of Wisdom\n- **机构**：清华大学\n- **一句话**：很好\n- **作者**：Ann Lee\n"
        "- **论文标题**：More Words of Wisdom\n- other\n"
    )
    first, second = read(page).entries
    assert (first.notes, first.metadata.authors) == (("**机构**：清华大学", "**一句话**：很好"), ("Ann Lee",))
    assert (second.metadata.title, second.notes) == ("More Words of Wisdom", ())


def test_several_fields_in_a_line() -> None:
    entry = only(
        f"- Deep Words of Wisdom (2020)\n  - **arXiv:** [2001.00001]({ADDRESS}) | **Cited by:** 12 | **Field:** cs\n"
    )
    assert entry.metadata.identifiers == {"arxiv": "2001.00001"}
    assert (entry.metadata.citations, entry.notes) == (12, ("Field: cs",))


@pytest.mark.parametrize(
    "line",
    [
        f"**论文机构**：[Words Inc]({OTHER})",
        f"**公开数据集**：[WordNet]({OTHER})",
        "**Conference**: NIPS 2017",
        f"**Results**: [a table]({OTHER})",
        "**TL;DR**: words are good ✅",
        "Date Read: March 4, 2024",
        "注：[WORD77](https://example.org/w.pdf) 将词叫做 Word",
        "**What** words worked ✅ (and what did not)",
        "Contributed by Ann Lee and Bo Chan.",
    ],
)
def test_a_label_or_a_remark_is_no_title(line: str) -> None:
    assert "NIPS" in line or [title for title in titles(f"# A\n\n- {line}\n") if title] == []
    assert not any(title and title in line for title in titles(f"# A\n\n- {line}\n"))


@pytest.mark.parametrize("title", ["**链接预测**：词的综述 (ICLR 2020)", "**Word**: deep words (ICLR 2020)"])
def test_a_name_before_a_colon_may_be_a_title(title: str) -> None:
    assert len(titles(f"- {title}\n")) == 1


# a title over its fields --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "record",
    [
        ["TITLE", f"论文链接：{ADDRESS}", "代码链接：https://github.com/a/b"],
        ["TITLE", "作者：Ann Lee", "机构：Words Inc", f"论文：{ADDRESS}"],
        ["TITLE", "Status: read", "Authors: Ann Lee", f"Link: {ADDRESS}"],
        ["论文：TITLE", f"链接：{ADDRESS}", "作者：Ann Lee"],
    ],
)
@pytest.mark.parametrize("title", ["Deep Words of Wisdom", "Segment Words"])
def test_a_line_over_the_fields_of_a_paper_is_its_title(record: list[str], blank: str, title: str) -> None:
    page = blank.join(record).replace("TITLE", title)
    other = page.replace("2001.00001", "2001.00002").replace(title, "More Words")
    for above in ("# CVPR 2024 论文盘点\n\n", ""):
        found = read(f"{above}{page}\n\n{other}\n").entries
        assert [(entry.metadata.title, entry.metadata.identifiers) for entry in found] == [
            (title, {"arxiv": "2001.00001"}),
            ("More Words", {"arxiv": "2001.00002"}),
        ]


def test_a_record_does_not_go_on_behind_running_text() -> None:
    record = f"Deep Words of Wisdom\n论文链接：{ADDRESS}\n\n"
    code = "Code: https://github.com/a/b\n"
    assert [link.rel for link in only(f"# A\n\n{record}{code}").metadata.links] == ["code"]
    prose = "It is a long story how words came to be as wise as they are, and nobody knows it in full. " * 2
    assert only(f"# A\n\n{record}{prose}\n\n{code}").metadata.links == ()


def test_what_a_project_says_of_itself_is_no_title() -> None:
    page = f"# WordNet: Deep Words of Much Wisdom\n\nOfficial PyTorch implementation\n\nPaper: {ADDRESS}\n"
    assert only(page).metadata.title == "WordNet: Deep Words of Much Wisdom"


def test_what_promises_papers_names_none() -> None:
    page = f"# CVPR 2024 论文盘点\n\n第一篇\n论文链接：{ADDRESS}\n\n第二篇\n论文链接：{OTHER}\n"
    assert titles(page) == [None, None]


def test_a_link_with_a_title_of_its_own_is_another_paper() -> None:
    page = f"# A\n\n- 题目：Deep Words of Wisdom\n- 论文：[Segment Words]({ADDRESS})\n"
    assert [(e.metadata.title, e.metadata.identifiers) for e in read(page).entries] == [
        ("Deep Words of Wisdom", {}),
        ("Segment Words", {"arxiv": "2001.00001"}),
    ]
    for same in ("PDF", "Deep Words", "深度的词"):
        assert only(page.replace("Segment Words", same)).metadata.identifiers == {"arxiv": "2001.00001"}


@pytest.mark.parametrize(
    ("heading", "title", "venue"),
    [
        ("Depth Words（CVPR 2024）", "Depth Words", "CVPR"),
        ("【论文阅读】Segment Words", "Segment Words", None),
        ("论文笔记：《Segment Words》", "Segment Words", None),
        ("1.1 Segment Words", "Segment Words", None),
    ],
)
def test_a_heading_over_the_address_of_its_paper(heading: str, title: str, venue: str | None) -> None:
    address = ADDRESS if venue else f"论文链接：{ADDRESS}"
    found = only(f"# 论文\n\n## {heading}\n\n{address}\n").metadata
    assert (found.title, found.venue, found.identifiers) == (title, venue, {"arxiv": "2001.00001"})


@pytest.mark.parametrize(
    ("heading", "title"),
    [("5.2 WORD: A Word of Wisdom (2011)", "WORD: A Word of Wisdom"), ("2. Words in words", "Words in words")],
)
@pytest.mark.parametrize("bullet", ["", "- "])
def test_a_heading_over_the_fields_of_a_paper(heading: str, title: str, bullet: str) -> None:
    fields = f"{bullet}**作者**：Ann Lee\n\n{bullet}**发表会议**：ICCV\n\n{bullet}Summary: good\n"
    entry = only(f"# A\n\n### {heading}\n\n{fields}\n#### More\n\nand more\n")
    assert (entry.metadata.title, entry.metadata.authors, entry.metadata.venue) == (title, ("Ann Lee",), "ICCV")
    assert entry.topics == (("A",),)


@pytest.mark.parametrize(
    "page",
    [
        "# My notes\n\nAuthor: Ann Lee\nDate: 2020-01-02\n",
        "## 基本信息\n\n- 作者：Ann Lee\n- 会议：ICCV\n",
        "# My lab\n\nAuthors: Ann Lee\nLinks: https://example.org/lab\n",
    ],
)
def test_a_page_with_an_author_is_no_paper(page: str) -> None:
    assert titles(page) == []


def test_a_heading_that_is_a_link_to_a_paper_is_one() -> None:
    page = f"# Reading list\n\n## [WORD]({ADDRESS})\n\ngreat\n\n### [Deep Words]({OTHER})\n\ngreater\n"
    assert [(e.metadata.title, e.notes, e.topics) for e in read(page).entries] == [
        ("WORD", ("great",), (("Reading list",),)),
        ("Deep Words", ("greater",), (("Reading list",),)),
    ]


# lists that are plainly ones of papers ------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["（Meta）", " (Meta AI)", "（微软）"])
def test_where_it_was_made_does_not_keep_a_short_title_off_the_list(place: str) -> None:
    assert titles(f"# A\n\n## 待读\n\n- Segment Words{place}\n") == ["Segment Words"]
    assert titles(f"# A\n\n## 待读\n\n- 跑实验{place}\n") == []


@pytest.mark.parametrize("state", ["待读", "待讀", "To Read", "已读"])
def test_short_titles_in_a_list_of_what_is_to_be_read(state: str) -> None:
    page = f"# A\n\n## {state}\n\n- Word Transformer\n- Segment Words\n- 词语图谱综述\n"
    assert titles(page) == ["Word Transformer", "Segment Words", "词语图谱综述"]
    assert {entry.mark for entry in read(page).entries} == {"read" if state == "已读" else "todo"}


@pytest.mark.parametrize(
    "item",
    [
        "NLP",
        "跑通词语图谱的实验",
        "图神经网络相关论文",
        "Ask Bob about it",
        "Read chapter three again",
        "Words\n  - deep",
    ],
)
def test_plans_and_groups_are_no_titles(item: str) -> None:
    assert titles(f"# A\n\n## 待读\n\n- {item}\n") == []
    assert titles("# A\n\n## Todo\n\n- Word Transformer\n- Data loading\n") == []


def test_a_column_of_titles_below_a_heading_that_promises_papers() -> None:
    table = (
        "| 论文 | 为什么 | 优先级 |\n|--|--|--|\n| Segment Words | 好 | ⭐⭐ |\n| Joint Words (NVIDIA) | 好 | ⭐ |\n"
    )
    assert titles(f"## 待读论文\n\n{table}") == ["Segment Words", "Joint Words"]
    assert titles(f"## 结果\n\n{table}") == []


def test_a_list_that_goes_on_with_a_sentence_names_no_papers() -> None:
    items = "- From outline to detail\n- From old to state-of-the-art words\n"
    assert titles(f"# Word papers roadmap\n\nThe map follows these guidelines:\n\n{items}") == []
    assert len(titles(f"# Word papers roadmap\n\nGood papers to begin with:\n\n{items}")) == 2
    named = "- Deep Words of Wisdom and More\n- WORD: deep words of much wisdom\n"
    assert len(titles(f"# Word papers roadmap\n\nI like these:\n\n{named}")) == 2


@pytest.mark.parametrize(
    "host", ["research.words.com/pubs/pub36678/", "www.microsoft.com/en-us/research/publication/deep/"]
)
def test_pages_of_papers_at_research_divisions(host: str) -> None:
    assert titles(f"# A\n\n- [Deep Words of Wisdom](https://{host}) `Words`\n") == ["Deep Words of Wisdom"]


def test_links_in_a_list_of_papers() -> None:
    page = (
        "## List of papers\n\n- [Pointer Words](https://ann.org/pointer-words)\n- [Word learning](https://ann.org/w)\n"
    )
    assert titles(page) == ["Pointer Words", "Word learning"]
    other = (
        "- [Ann Lee](https://ann.org/)\n- [Bo Chan](https://cs.org/~bo/)\n- [Pull Requests](https://github.com/a/b/pulls)"
        "\n- [Contribution Guide](CONTRIBUTING.md)\n- [Word Net](https://github.com/a/wordnet)\n"
    )
    assert titles(f"## List of papers\n\n{other}") == []


@pytest.mark.parametrize("gap", ["\n\n", "  \n"])
def test_paragraphs_or_lines_of_one_link_each_are_a_list(gap: str) -> None:
    links = ["[词的探索](https://zhuanlan.zhihu.com/p/1)", "[Deep Words of Wisdom](https://a.org/w.pdf)"]
    assert titles(f"# A\n\n{gap.join(links)}\n") == ["词的探索", "Deep Words of Wisdom"]
    social = gap.join(["[Follow us on Twitter](https://twitter.com/a)", "[Join our Discord](https://discord.gg/a)"])
    assert titles(f"# Papers\n\n{social}\n") == []


def test_groups_within_groups() -> None:
    page = (
        "- 词\n  - 方法\n    - Deep Words of Wisdom，ICLR 2017\n- 句\n  - 方法\n"
        f"    - More Words of Wisdom，2013，{ADDRESS}\n"
    )
    assert [entry.topics for entry in read(page).entries] == [(("词", "方法"),), (("句", "方法"),)]


# lines that go on ---------------------------------------------------------------------------------------------------


def test_a_link_over_two_lines_whatever_else_the_line_says() -> None:
    page = (
        "- [A Word of Wisdom for the\n  Wise and the Unwise](https://a.org/w.pdf), by far the best of all that I know\n"
    )
    assert titles(page) == ["A Word of Wisdom for the Wise and the Unwise"]


def test_the_details_of_a_paper_in_the_lines_of_its_paragraph() -> None:
    lines = ["**Deep Words of Wisdom** \\", "*Ann Lee, Bo Chan* \\", f"ICML 2011. [[Paper]({ADDRESS})] \\", "fine"]
    found = only("\n".join(lines) + "\n")
    assert (found.metadata.authors, found.metadata.venue) == (("Ann Lee", "Bo Chan"), "ICML")
    assert (found.metadata.identifiers, found.notes) == ({"arxiv": "2001.00001"}, ("fine",))


def test_text_that_lost_its_indents_has_addresses_below_titles() -> None:
    above = f"1) Deep Words of Much Wisdom (CVPR 2022)\n   {ADDRESS}\n2) More Words of Much Wisdom\n   {OTHER}\n"
    assert [(e.metadata.title, e.metadata.identifiers) for e in read(f"Hi all,\n\n{above}").entries] == [
        ("Deep Words of Much Wisdom", {"arxiv": "2001.00001"}),
        ("More Words of Much Wisdom", {"arxiv": "2001.00002"}),
    ]
    below = f"{ADDRESS}\nDeep Words of Much Wisdom\n{OTHER}\nMore Words of Much Wisdom\n"
    assert [(e.metadata.title, e.metadata.identifiers) for e in read(below).entries] == [
        (None, {"arxiv": "2001.00001"}),
        (None, {"arxiv": "2001.00002"}),
    ]


# columns and years --------------------------------------------------------------------------------------------------


def test_columns_of_passes() -> None:
    rows = "| Deep Words of Wisdom | √ | 2024-03-05 | × |\n| More Words of Wisdom | √ | × | |\n"
    rows += "| Other Words of Wisdom | × | | |\n"
    found = read(f"# 论文\n\n| 论文 | 第一遍 | 第二遍 | 第三遍 |\n|--|--|--|--|\n{rows}").entries
    assert [(entry.mark, entry.depth, entry.finished) for entry in found] == [
        ("read", 2, "2024-03-05"),
        ("read", 1, None),
        (None, None, None),
    ]


def test_a_month_of_reading_and_stars_of_a_table() -> None:
    head = "| Title | Read date | Rating | Cites |\n|--|--|--|--|\n"
    entry = only(f"{head}| [Deep Words of Wisdom](https://a.org/w.pdf) | 2023-12 | ★★☆ | 2,190 |\n")
    assert (entry.mark, entry.finished, entry.notes, entry.metadata.citations) == ("read", None, ("★★☆",), 2190)


@pytest.mark.parametrize(
    ("heading", "year"), [("2020", 2020), ("2021", 2021), ("2022", 2022), ("2024", None), ("1903", None)]
)
def test_the_year_of_a_heading_is_that_of_a_paper_only_if_its_number_agrees(heading: str, year: int | None) -> None:
    assert only(f"# {heading}\n\n- [Deep Words of Wisdom]({ADDRESS})\n").metadata.year == year


def test_a_csv_with_traditional_names() -> None:
    found = (
        csv_table.read("標題,作者,會議,年份,引用次數,狀態\nDeep Words,Ann Lee,ICLR,2020,7,讀完\n").entries[0].metadata
    )
    assert (found.title, found.authors, found.venue, found.citations) == ("Deep Words", ("Ann Lee",), "ICLR", 7)
