"""Text from outside in Markdown, as CommonMark reads it."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readlist.domain.text import one_line
from readlist.exporters.markdown_text import address, block, cell, indented, line, link, quoted

parse = MarkdownIt("commonmark").parse

# Text made of the signs that mean something in Markdown finds faults that arbitrary text does not.
SIGNS = (
    "# ## --- === - * + ** _ ` ``` ~~~ < <b> </div> <div> <!-- --> <? <![CDATA[ <https://a.b> > 1. 2) [ ] ( ) ![ "
    "[a]:/b \\ &lt; & | a 文 x_i $ \x1b[31m \u202e"
).split(" ")
WITH_BLANKS = ["\n", "\n\n", "~~~\n", " ", "    ", "\t", "\r", "- ", "> ", "# a"]
knotted = st.lists(st.sampled_from(SIGNS + WITH_BLANKS), max_size=14).map("".join)
anything = st.one_of(knotted, st.text(max_size=60))


def kinds(tokens: list[Token]) -> set[str]:
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}


def shown(tokens: list[Token]) -> str:
    """What a reader of the page sees of text without structure."""
    return "".join(child.content for token in tokens for child in token.children or ())


@pytest.mark.parametrize(
    "title",
    [
        "GPT-3: C++ (v2.0)",
        "On $x_i$ and $\\alpha < 3$",
        "AT&T, 50 % & more!",
        "#hashtag and issue #12",
        "snake_case_names",
        "深度学习：一个“综述”（上）",
        "P(x|y) = 1",
    ],
)
def test_a_title_that_can_do_no_harm_stays_as_it_is(title: str) -> None:
    assert line(title) == title


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("A* search, B* search", r"A\* search, B\* search"),
        ("# Not a heading", r"\# Not a heading"),
        ("1. Introduction", r"1\. Introduction"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("two\nlines\x1b[2J", "two lines"),
        ("ends in \\", "ends in \\\\"),
    ],
)
def test_what_could_change_the_page_is_escaped(title: str, escaped: str) -> None:
    assert line(title) == escaped


@given(anything)
def test_a_line_reads_as_it_was_written(text: str) -> None:
    for page in (line(text), f"- {line(text)}", f"- **{line(text) or 'x'}** (Gao)"):
        tokens = parse(page)
        assert not kinds(tokens) & {"heading_open", "html_block", "html_inline", "link_open", "code_inline", "hr"}
    assert shown(parse(line(text))) == one_line(text)
    wanted = one_line(text) or "x"
    (inline,) = [token for token in parse(f"- **{line(text) or 'x'}** (Gao)") if token.type == "inline"]
    assert inline.children
    assert [child.type for child in inline.children].count("strong_open") == 1
    assert shown([inline]) == f"{wanted} (Gao)"


def test_a_cell_keeps_to_its_column() -> None:
    assert cell("P(x|y)") == r"P(x\|y)"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://a.org/x (1).pdf", "https://a.org/x%20%281%29.pdf"),
        ("https://a.org/?q=1&lt;=2", "https://a.org/?q=1&amp;lt;=2"),
        ("http://a.org/文", "http://a.org/文"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)
def test_only_web_addresses_are_linked(url: str, target: str | None) -> None:
    assert address(url) == target


@given(anything, anything)
def test_a_link_is_one_link(text: str, path: str) -> None:
    tokens = parse(f"x {link(text, f'https://a.org/{path}')} y")
    children = [child.type for token in tokens for child in token.children or ()]
    assert children.count("link_open") == 1
    assert shown(tokens) == f"x {one_line(text)} y"


def test_a_note_keeps_its_markdown() -> None:
    note = (
        "Uses **dropout**, see [the page](https://a.org).\n\n- a\n  - b\n\n```c\n# include <stdio.h>\n```\n\n    x < y"
    )
    assert block([note]) == note


def test_the_headings_of_a_note_are_text() -> None:
    note = "# One\n\nTwo\n---\n\n> ## Three\n\n- # Four\n\nFive\n==\nSix\n=="
    text = block([note])
    assert "heading_open" not in kinds(parse(text))
    assert "\\# One" in text
    assert "- \\# Four" in text
    assert "> \\## Three" in text


def test_a_hash_in_code_is_left_alone() -> None:
    assert block(["```sh\n# comment\n```"]) == "```sh\n# comment\n```"


def test_raw_html_is_shown_and_not_run() -> None:
    assert block(["<b>x</b> and `<b>` and <https://a.org> and a < b"]) == (
        "&lt;b>x&lt;/b> and `<b>` and <https://a.org> and a < b"
    )


def test_where_code_cannot_be_told_from_tags_nothing_is_a_tag() -> None:
    assert "<div" not in block(["</div>```\n<div>```"])


@pytest.mark.parametrize("fence", ["```", "~~~~", "   ```"])
def test_an_open_fence_is_closed_before_the_next_note(fence: str) -> None:
    tokens = parse(block([f"{fence}python\nx = 1", "next *note*"]))
    assert kinds(tokens) >= {"fence", "em_open"}


def test_a_fence_that_html_hid_is_closed_too() -> None:
    assert "em_open" in kinds(parse(block(["<div>\n```\ncode", "next *note*"])))


@given(st.lists(anything, max_size=3))
def test_blocks_bring_no_heading_and_no_html(texts: list[str]) -> None:
    text = block(texts)
    page = f"# Page\n\n- item\n\n{indented(text)}\n\n- item\n\n## End\n"
    tokens = parse(page)
    assert not kinds(tokens) & {"html_block", "html_inline"}
    assert [token.content for before, token in pairwise(tokens) if before.type == "heading_open"] == ["Page", "End"]
    assert sum(token.type == "list_item_open" and token.level == 1 for token in tokens) == 2
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", page)


@given(st.lists(anything, max_size=3))
def test_a_quotation_holds_all_of_a_text(texts: list[str]) -> None:
    text = block(texts)
    tokens = parse(f"{quoted(text)}\n\nafter") if text else []
    assert not kinds(tokens) & {"heading_open", "html_block", "html_inline"}
    assert [token.level for token in tokens if token.type == "blockquote_open" and token.level == 0] == [0] * bool(text)


def test_nothing_makes_nothing() -> None:
    assert block([]) == block(["", " \n\t"]) == ""
