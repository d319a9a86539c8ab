"""Topics, notes and the account of lines: where each line of a page ends up."""

import pytest

from readlist.errors import InputError
from readlist.importers import page
from tests.importers.reading import only, read, titles


def topics_of(text: str) -> list[tuple[str, ...]]:
    return [entry.topics[0] if entry.topics else () for entry in read(text).entries]


def test_flat_headings_nest_when_one_follows_the_other() -> None:
    text = (
        "NLP\n对话\n- Talk to Me Now, ACL, 2020 ✅\n- 一条笔记\n问答\n- Ask Me Anything Else, ACL, 2021\n"
        "CV\n图像\n- See Me and Learn, CVPR, 2021\n- 又一条笔记\n"
    )
    assert topics_of(text) == [("NLP", "对话"), ("NLP", "问答"), ("CV", "图像")]
    assert [entry.notes for entry in read(text).entries] == [("一条笔记",), (), ("又一条笔记",)]


def test_an_explained_term_ends_with_its_bullets() -> None:
    text = (
        "数学\nOn Norms and Their Uses, ICML, 2018\n大数定律\n- 样本越多,均值越稳\n"
        "On Limits of Many Things, ICML, 2019\n"
    )
    listing = read(text)
    assert topics_of(text) == [("数学",), ("数学",)]
    assert ("数学", "大数定律") in listing.topics
    assert listing.topic_notes[0].text == "样本越多,均值越稳"


def test_a_todo_question_in_a_note_belongs_to_the_note() -> None:
    entry = only("主题\nDeep Sets of Words, ICML, 2018 ✅\n- 笔记\n#TODO 换一个损失函数,会不会更好?\n")
    assert entry.mark == "read"
    assert entry.notes == ("笔记", "#TODO 换一个损失函数,会不会更好?")


def test_markdown_headings_are_a_tree() -> None:
    text = (
        "# A\n\n- [ ] One Thing More\n\n### B\n\n- [ ] Two Things More\n\nC\n===\n\n## D\n\n- [ ] Three Things More\n"
    )
    assert topics_of(text) == [("A",), ("A", "B"), ("C", "D")]


def test_nested_items_are_notes_less_marker_and_indent() -> None:
    entry = only(
        "# A\n\n- [x] [Some Paper of Note](https://arxiv.org/abs/2001.00001)\n"
        "  - first\n    - **deeper**\n  - second\n\n    ```py\n    x = 1\n    ```\n"
    )
    assert entry.notes == ("first", "  - **deeper**", "second", "  ```py", "  x = 1", "  ```")


def test_details_under_an_entry_complete_it() -> None:
    said = only(
        "# 2024\n\n- **Words for Machines**\n  - Authors: Ann Lee, Bo Chan\n  - Conference: COLING\n"
        "  - Link: https://aclanthology.org/2025.coling-main.577/\n  - 78 cited\n"
    ).metadata
    assert said.authors == ("Ann Lee", "Bo Chan")
    assert (said.venue, said.year, said.citations) == ("COLING", 2024, 78)
    assert said.identifiers == {"acl": "2025.coling-main.577"}


def test_references_are_followed_and_their_lines_ignored() -> None:
    listing = read("- [Memory of Words][1]\n\t- 78 cited, NIPS2015\n\n[1]:\thttp://arxiv.org/abs/1410.3916\n")
    said = listing.entries[0].metadata
    assert said.identifiers == {"arxiv": "1410.3916"}
    assert (said.venue, said.year, said.citations) == ("NeurIPS", 2015, 78)
    assert listing.lines == {"topics": 0, "papers": 2, "notes": 0, "blank": 1, "ignored": 1}


def test_an_item_over_papers_is_a_topic() -> None:
    text = (
        "- memory\n  - [Nets with Memory](https://arxiv.org/abs/1410.3916)\n- [Nets without"
        " It](https://arxiv.org/abs/1410.3917)\n"
    )
    assert topics_of(text) == [("memory",), ()]


def test_a_heading_with_address_or_venue_is_an_entry() -> None:
    text = (
        "## Losses\n\n### MM22 **Losses for Everybody and More**\n\nprose\n\n#####"
        " code:[link](https://github.com/a/b)\n\n"
        "### Words of Words ([EMNLP-2019](https://aclanthology.org/D19-1410.pdf))\n- a note\n"
    )
    one, two = read(text).entries
    assert (one.metadata.title, one.metadata.venue, one.metadata.year) == (
        "Losses for Everybody and More",
        "ACM MM",
        2022,
    )
    assert one.notes == ("prose",)
    assert one.metadata.links[0].rel == "code"
    assert two.metadata.identifiers == {"acl": "D19-1410"}
    assert two.notes == ("a note",)
    assert one.topics == two.topics == (("Losses",),)


def test_a_bare_address_takes_the_title_that_its_heading_announces() -> None:
    text = "## 论文: Words of Wisdom\n\n- 论文: https://arxiv.org/abs/1611.03530\n- 作者: Ann Lee\n"
    said = only(text).metadata
    assert (said.title, said.authors) == ("Words of Wisdom", ("Ann Lee",))


def test_tables() -> None:
    text = (
        "| Title | Authors | Conf. | Year | Link |\n|:--|:-:|--|--|--|\n"
        "| Words in Rows | Ann Lee, Bo Chan | SIGIR ’25 | 2504 | https://arxiv.org/abs/2504.14233 |\n"
        "| Rows in Words | Bo Chan | Journal of Small Things | 2019 | [pdf](https://a.org/p.pdf) |\n\n"
        "| Late in Rows | Ann Lee | ACL | 2020 | |\n"
    )
    one, two, three = (entry.metadata for entry in read(text).entries)
    assert (one.venue, one.year, one.authors, one.identifiers) == (
        "SIGIR",
        2025,
        ("Ann Lee", "Bo Chan"),
        {"arxiv": "2504.14233"},
    )
    assert (two.venue, two.year, two.url) == ("Journal of Small Things", 2019, "https://a.org/p.pdf")
    assert three.title == "Late in Rows"


def test_a_hard_wrapped_entry_is_one() -> None:
    entry = only(
        "# A\n\n- Words of Wisdom for Machines That Read\n  and Write, ACL 2020,"
        " [pdf](https://arxiv.org/abs/2001.00001)\n"
    )
    assert entry.metadata.title == "Words of Wisdom for Machines That Read and Write"


def test_front_matter_html_and_rules() -> None:
    text = (
        "---\ntitle: My list\n---\n\n<p"
        " align='center'>\n<b>Hello</b>\n</p>\n\n***\n![badge](https://a.org/b.svg)\n\nprose\n"
    )
    listing = read(text)
    assert listing.entries == ()
    assert [note.text for note in listing.topic_notes] == ["title: My list", "<b>Hello</b>", "prose"]
    assert {ignored.line for ignored in listing.ignored} == {1, 3, 5, 7, 9, 10}
    assert all(ignored.reason for ignored in listing.ignored)


def test_windows_line_ends() -> None:
    text = "# A\r\n\r\n- [x] [Some Paper of Note](https://arxiv.org/abs/2001.00001)\r\n  - note\r\n"
    listing = read(text)
    assert listing.entries[0].notes == ("note",)
    assert listing.topics == (("A",),)


@pytest.mark.parametrize("text", ["", "\n", " \t\n\n", "\ufeff"])
def test_an_empty_page_is_an_error(text: str) -> None:
    with pytest.raises(InputError) as caught:
        page.read(text)
    assert "empty" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("  " * depth + "- x" for depth in range(1000)),
        "- " * 1000 + "x",
        "> " * 2000 + "x",
        "[" * 200_000,
        "a" * 1_000_000,
        "- " + "a, " * 100_000,
        "![a](b) " * 30_000,
        " " * 500_000 + "x",
    ],
    ids=["nested", "nested on one line", "quotes", "brackets", "one word", "commas", "pictures", "blanks"],
)
def test_odd_pages_are_read(text: str) -> None:
    read(text)


def test_titles_of_a_list_of_papers_need_no_evidence() -> None:
    assert titles("推荐论文\n- Words in the Wild\n- 一条中文笔记\n") == ["Words in the Wild"]
