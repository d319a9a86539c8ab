"""HTML between the blocks of Markdown, and what Markdown people write that its parsers take otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.importers import page
from readlist.importers.rewrite import Wish, rewrite
from tests.importers.reading import only, read, titles

DEEP = "[Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)"
MORE = "[More Words of Wisdom](https://arxiv.org/abs/2001.00002)"


def topics(text: str) -> list[str]:
    """Of each entry the topic that it stands under."""
    return ["/".join(entry.topics[0]) if entry.topics else "" for entry in read(text).entries]


@pytest.mark.parametrize(
    "line",
    [
        '<h3 id="2023">2023</h3>',
        "<h3>2023</h3>",
        '<a name="2023"></a><h3>2023</h3><br>',
        '<H3 align="left"><b>2023</b></H3>',
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_heading_written_as_html(line: str, gap: str) -> None:
    assert topics(f"# Papers\n\n{line}{gap}- {DEEP}\n") == ["Papers/2023"] if line[1] in "hH" else ["Papers"]


def test_a_heading_written_as_html_may_be_a_paper() -> None:
    found = only('## A\n\n<h2><a href="https://arxiv.org/abs/2001.00001">Deep Words of Wisdom</a></h2>\n\nGood.\n')
    assert (found.metadata.title, found.notes) == ("Deep Words of Wisdom", ("Good.",))


def test_the_banner_of_a_page_is_no_topic() -> None:
    banner = '<p align="center">\n<h1 align="center">Awesome</h1>\n</p>\n'
    said = '<h3 align="center">A curated list of deep and other words</h3>\n'
    assert topics(f"{banner}{said}\n- {DEEP}\n") == [""]
    assert topics(f'{banner}\n<h2 align="center">A</h2>\n\n- {DEEP}\n') == ["A"]


def test_what_folds_away_is_a_topic_if_papers_stand_there() -> None:
    page = f"""\
# Papers

<details>
<summary>Vision (click to expand)</summary>

- {DEEP}

<details><summary><b>Audio</b></summary>

- {MORE}

</details>
</details>

- [Words Outside of It](https://arxiv.org/abs/2001.00003)
"""
    assert topics(page) == ["Papers/Vision", "Papers/Vision/Audio", "Papers"]
    over_lines = page.replace("<summary>Vision (click to expand)</summary>", "<summary>\nVision\n</summary>")
    assert topics(over_lines) == topics(page)


@pytest.mark.parametrize(
    ("summary", "folded"),
    [
        ("Table of Contents", "- [A](#a)\n- [B](#b)"),
        ("Click to expand", f"- {DEEP}"),
        ("Show full list", f"- {DEEP}"),
        ("展开", f"- {DEEP}"),
        ("Notes", f"- {DEEP}"),
        ("a", f"- {DEEP}"),
        ("Vision", "- some thoughts\n- of mine"),
        ("How to use it", "Some text."),
    ],
)
def test_what_folds_away_else_stays_as_it_is(summary: str, folded: str) -> None:
    found = read(f"# A\n\n<details><summary>{summary}</summary>\n\n{folded}\n\n</details>\n")
    assert found.topics == (("A",),)
    assert found.topic_notes[0].text == f"<details><summary>{summary}</summary>"


@pytest.mark.parametrize(
    ("summary", "topic"),
    [
        ("View Synthesis", "View Synthesis"),
        ("<b>Vision</b> - click here", "Vision"),
        ("视觉（点击展开）", "视觉"),
        ("Cambridge Press", "Cambridge Press"),
    ],
)
def test_the_name_of_what_folds_away(summary: str, topic: str) -> None:
    assert topics(f"# A\n\n<details><summary>{summary}</summary>\n\n- {DEEP}\n\n</details>\n") == [f"A/{topic}"]


def test_what_folds_away_may_be_what_was_read() -> None:
    assert only(f"# A\n\n<details><summary>Read</summary>\n\n- {DEEP}\n\n</details>\n").mark == "read"
    assert only(f"# A\n\n<details><summary>待读</summary>\n\n- {DEEP}\n\n</details>\n").mark == "todo"


def test_a_table_with_names_of_columns_is_read_as_in_a_web_page() -> None:
    table = """\
## A

<table>
  <tr>
    <th>Title</th>
    <th>Venue</th>
  </tr>

  <tr>
    <td><a href="https://arxiv.org/abs/2001.00001">Deep Words of Wisdom</a> ✅</td>
    <td>ICLR 2020</td>
  </tr>
  <tr><td>More Words of Wisdom</td><td>ACL 2019</td></tr>
</table>

- [Last Words of Wisdom](https://arxiv.org/abs/2001.00003)
"""
    assert [(it.line, it.metadata.title, it.metadata.venue, it.mark, it.topics) for it in read(table).entries] == [
        (9, "Deep Words of Wisdom", "ICLR", "read", (("A",),)),
        (13, "More Words of Wisdom", "ACL", None, (("A",),)),
        (16, "Last Words of Wisdom", None, None, (("A",),)),
    ]


@pytest.mark.parametrize("end", ["</tr>\n</table>", "", "<td>\n\n[A](#a)\n\n</td></tr>\n</table>"])
def test_a_table_that_lays_out_a_page_is_read_line_by_line(end: str) -> None:
    said = (
        '<td><b>Deep Words of Wisdom</b><br>Ann Lee, Bo Chan<br><a href="https://arxiv.org/abs/2001.00001">pdf</a></td>'
    )
    found = read(f'# A\n\n<table>\n<tr>\n<td><img src="a.png"></td>\n{said}\n{end}\n').entries
    assert [(entry.metadata.title, entry.metadata.identifiers) for entry in found] == [
        ("Deep Words of Wisdom", {"arxiv": "2001.00001"})
    ]


def test_a_list_of_terms_is_read_as_in_a_web_page() -> None:
    found = only("# A\n\n<dl>\n<dt>Deep Words of Wisdom</dt>\n<dd>Ann Lee, Bo Chan. ICML 2022</dd>\n</dl>\n")
    assert (found.metadata.title, found.metadata.authors) == ("Deep Words of Wisdom", ("Ann Lee", "Bo Chan"))


TAGGED = (
    "<table>|<tr>|<th>A</th>|<td>b</td>|</tr>|</table>|<dl>|<dt>c|<dd>h</dd>|</dl>|<details>|<summary>|</summary>"
    "|</details>|<h2>f</h2>||- d|    e|# g|1.i|2.j"
).split("|")


@given(st.lists(st.sampled_from([*TAGGED, DEEP]), max_size=40))
def test_every_line_of_any_page_is_accounted_for(lines: list[str]) -> None:
    read("\n".join(["# A", "", *lines]))


def test_a_list_among_tags_needs_no_empty_line() -> None:
    found = read(f"# A\n\n<details><summary>Vision</summary>\n- [x] {DEEP}\n  - good\n- {MORE}\n</details>\n").entries
    assert [(entry.mark, entry.notes, entry.topics) for entry in found] == [
        ("read", ("good",), (("A", "Vision"),)),
        (None, (), (("A", "Vision"),)),
    ]


def test_a_hard_break_is_no_text() -> None:
    found = only("# A\n\n**Deep Words of Wisdom** \\\n*Ann Lee, Bo Chan* \\\nA fine one. \\\n\\\nGood\\\\\n")
    assert found.metadata.title == "Deep Words of Wisdom"
    assert found.metadata.authors == ("Ann Lee", "Bo Chan")
    assert found.notes == ("A fine one.", "Good\\\\")


def test_a_picture_of_a_papers_page_is_a_link() -> None:
    table = "| Paper | Comments |\n|--|--|\n| ![Deep Words of Wisdom](https://arxiv.org/abs/2001.00001) | |\n"
    assert titles(table) == ["Deep Words of Wisdom"]
    figure = "![Overview of Wisdom](https://arxiv.org/html/2001.00001v1/x1.png)\n"
    assert "Overview of Wisdom" not in titles(figure)


def test_marks_are_put_where_html_stands() -> None:
    text = f"# A\n\n<h2>B</h2>\n<details><summary>Vision</summary>\n\n- [ ] {DEEP} \\\n  Good.\n\n</details>\n"
    assert rewrite(text, page.read(text), {}, page.read).text == text
    done = rewrite(text, page.read(text), {0: Wish("read")}, page.read)
    assert (done.changed, done.text) == ((0,), text.replace("[ ]", "[x]"))


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("Deep Words of Wisdom | OpenReview", "https://openreview.net/forum?id=abcDEF123"),
        ("Deep Words of Wisdom - ACL Anthology", "https://aclanthology.org/2020.acl-main.703/"),
        ("Paper page - Deep Words of Wisdom", "https://huggingface.co/papers/2001.00001"),
        ("[PDF] Deep Words of Wisdom | Semantic Scholar", "https://www.semanticscholar.org/paper/a/" + 40 * "a"),
        (
            "Deep Words of Wisdom | IEEE Conference Publication | IEEE Xplore",
            "https://ieeexplore.ieee.org/document/1",
        ),
        ("Deep Words of Wisdom (arXiv)", "https://arxiv.org/abs/2001.00001"),
        ("[2001.00001] Deep Words of Wisdom", "https://arxiv.org/abs/2001.00001"),
    ],
)
def test_what_a_site_adds_to_a_title(shown: str, address: str) -> None:
    assert only(f"- [{shown}]({address})\n").metadata.title == "Deep Words of Wisdom"
    assert only(f'- <a href="{address}">{shown}</a>\n').metadata.title == "Deep Words of Wisdom"


def test_what_no_site_adds_is_a_title() -> None:
    said = "Words - A View of OpenReview"
    assert only(f"- [{said}](https://openreview.net/forum?id=abcDEF123)\n").metadata.title == said
    other = "Deep Words - ACL Anthology"
    assert only(f"- [{other}](https://arxiv.org/abs/2001.00001)\n").metadata.title == other


NUMBERED = "1.Deep Words of Wisdom，CVPR 2016，已读{gap}2.More Words of Wisdom{gap}3.《Last Words of Wisdom》\n"


@pytest.mark.parametrize("head", ["", "# A\n\n"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_numbers_close_to_the_title(head: str, gap: str) -> None:
    found = read(head + NUMBERED.format(gap=gap)).entries
    assert [(entry.metadata.title, entry.metadata.venue, entry.mark) for entry in found] == [
        ("Deep Words of Wisdom", "CVPR", "read"),
        ("More Words of Wisdom", None, None),
        ("Last Words of Wisdom", None, None),
    ]


def test_a_number_that_does_not_count_is_none() -> None:
    found = read("# A\n\n2.Mai was a day of words\n4.Juni was one too\n")
    assert [note.text for note in found.topic_notes] == ["2.Mai was a day of words", "4.Juni was one too"]
    assert found.lines["papers"] == 0
