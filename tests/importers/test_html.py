"""Web pages: what a browser would show is read as the same page in Markdown is, and every line is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readlist import importers
from readlist.domain.listing import Entry, Listing
from readlist.domain.text import fold
from readlist.errors import InputError
from readlist.importers import html, page
from tests.conftest import Rl
from tests.shared import shared

ATTENTION = '<a href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</a>'
BERT = '<a href="https://arxiv.org/abs/1810.04805">BERT: Pre-training of Deep Bidirectional Transformers</a>'
GPT = '<a href="https://arxiv.org/abs/2005.14165">Language Models are Few-Shot Learners</a>'


def read(text: str) -> Listing:
    """`text` as a web page, after the account of its lines is checked."""
    listing = html.read(text)
    number = len(text.split("\n")) - text.endswith("\n")
    assert sum(listing.lines.values()) == number
    assert min(listing.lines.values()) >= 0
    lines = [it.line for it in listing.entries] + [it.line for it in listing.topic_notes]
    assert all(1 <= line <= number for line in [*lines, *(it.line for it in listing.ignored)])
    return listing


def only(text: str) -> Entry:
    entries = read(text).entries
    assert len(entries) == 1, [entry.metadata.title for entry in entries]
    return entries[0]


def seen(text: str) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    """Identifier, mark and topic of each entry."""
    return [(e.metadata.identifiers.get("arxiv"), e.mark, (*e.topics, ())[0]) for e in read(text).entries]


# what a page is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!DOCTYPE html><p>x", True),
        ('\ufeff\n <!-- saved -->\n<?xml version="1.0"?>\n<HTML lang=en>x', True),
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>", True),
        ("<h1>Papers</h1><ul><li>one<li>two</ul>", True),
        ("<meta charset='utf-8'><p>one</p><p>two<br>three</p>", True),
        ("<p>one</p>", False),
        ("<div align=center><p>x</p><p>y</p><p>z</p></div>\n\n# Papers\n\n- one", False),
        ("<details><summary>a</summary><p>b<p>c<p>d\n\n- [x] one\n</details>", False),
        ("<table><tr><td>a<td>b<td>c<td>[pdf](https://a.org)</table>", False),
        ("<https://arxiv.org/abs/1706.03762>", False),
        ("# Papers\n<p>a<p>b<p>c", False),
        ("<!-- never closed <html>", False),
        ("", False),
    ],
)
def test_a_page_is_known_by_its_content(text: str, is_html: bool) -> None:
    assert html.recognises(text) is is_html


BIBTEX = "@article{a1,\n title = {Words of Deep Wisdom},\n year = 2020\n}\n"


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ("<!DOCTYPE html><p>- x</p>", "html"),
        (f"<!DOCTYPE html><ul><li>{ATTENTION}</ul><pre>{BIBTEX * 9}</pre>", "html"),
        (f"<html><head></head><body><pre>{BIBTEX}</pre></body></html>", "bibtex"),  # a browser has saved the .bib
    ],
)
def test_a_web_page_is_one_whatever_it_shows(text: str, format_: str) -> None:
    found = importers.recognise(text)
    assert found is not None and found.read(text).format == format_


# what stands where --------------------------------------------------------------------------------------------------


def test_headings_items_and_what_is_nested() -> None:
    text = f"""<!DOCTYPE html>
<html><head><title>Mine</title></head>
<body>
<h1>Papers</h1>
<h2>Language <a class="anchor" href="#language">¶</a></h2>
<ul>
  <li>{ATTENTION} (Citations 219) ✅
    <ul><li>all of it is <em>dot</em> products
        <li>see <a href="https://a.org/x">here</a></ul>
  <li>{BERT}
</ul>
</body></html>
"""
    listing = read(text)
    first, second = listing.entries
    assert (first.line, first.mark, first.metadata.citations) == (7, "read", 219)
    assert first.topics == (("Papers", "Language"),)
    assert first.notes == ("all of it is *dot* products", "see [here](https://a.org/x)")
    assert (second.line, second.mark) == (10, None)
    assert listing.format == "html"
    assert listing.lines == {"topics": 2, "papers": 2, "notes": 2, "blank": 5, "ignored": 1}


@pytest.mark.parametrize(
    ("item", "mark"),
    [
        (f'<li><input type="checkbox" checked disabled> {BERT}', "read"),
        (f'<li class="task-list-item"><p><input type=checkbox> {BERT}</p>', "todo"),
        (f'<li><label><input type="CHECKBOX" checked="">{BERT}</label>', "read"),
        (f'<li><div class="checkbox checkbox-on"></div> <span>{BERT}</span>', "read"),
        (f'<li><div class="checkbox checkbox-off"></div>{BERT}', "todo"),
        (f'<ul class="inline-task-list"><li class="checked"><span>{BERT}</span></ul>', "read"),
        (f'<ul class="inline-task-list"><li>{BERT}</ul>', "todo"),
        (f'<li><span role="checkbox" aria-checked="true"></span>{BERT}', "read"),
        (f"<li>[x] {BERT}", "read"),
        (f'<li>{BERT} <img class="emoji" alt="✅" src="e.png">', "read"),
        (f"<li>{BERT} <b>(TODO)</b>", "todo"),
        (f'<li><input type="text" checked> {BERT}', None),
    ],
)
def test_marks(item: str, mark: str | None) -> None:
    assert only(f"<!DOCTYPE html><ul>{item}</ul>").mark == mark


def test_tables_have_columns_and_spans() -> None:
    text = f"""<table>
<thead><tr><th>Title</th><th>Year</th><th>Status</th></tr></thead>
<tbody>
<tr><th colspan="3">Early</th></tr>
<tr><td>{ATTENTION}</td><td rowspan="2">2017</td><td><input type="checkbox" checked></td></tr>
<tr><td>{BERT}</td><td>to read</td></tr>
<tr><th colspan="3">Late</th></tr>
<tr>
  <td>{GPT}
  <td>2020
  <td>
</tr>
</table>
<p>the end</p>
"""
    listing = read(text)
    assert [(e.line, e.metadata.year, e.mark, e.topics) for e in listing.entries] == [
        (5, 2017, "read", (("Early",),)),
        (6, 2017, "todo", (("Early",),)),
        (8, 2020, None, (("Late",),)),
    ]
    assert [(note.text, note.topic) for note in listing.topic_notes] == [("the end", ())]
    assert listing.lines["papers"] == 2 + 3


def test_a_table_that_lays_out_the_page_is_none() -> None:
    text = (
        f"<table><tr><td><h2>Left</h2><ul><li>{ATTENTION}</ul></td><td><h2>Right</h2><ul><li>{BERT}</ul></td></table>"
    )
    assert seen(text) == [("1706.03762", None, ("Left",)), ("1810.04805", None, ("Right",))]


def test_names_beside_values_are_details_of_the_item_above() -> None:
    entry = only(
        "<ul><li><h2>Deep Residual Learning for Image Recognition</h2><table>"
        "<tr><th>Author</th><td>Kaiming He</td></tr><tr><th>Author</th><td>Xiangyu Zhang</td></tr>"
        '<tr><th>URL</th><td><a href="https://arxiv.org/abs/1512.03385">https://arxiv.org/abs/1512.03385</a></td></tr>'
        "</table></ul>"
    )
    assert entry.metadata.title == "Deep Residual Learning for Image Recognition"
    assert entry.metadata.authors == ("Kaiming He", "Xiangyu Zhang")
    assert entry.metadata.identifiers == {"arxiv": "1512.03385"}


def test_sections_that_end_without_a_heading() -> None:
    text = f"""<h1>Papers</h1>
<details><summary>Old</summary><ul><li>{ATTENTION}</ul></details>
<ul><li>{BERT}</ul>
"""
    assert seen(text) == [("1706.03762", None, ("Papers", "Old")), ("1810.04805", None, ("Papers",))]


def test_folders_of_bookmarks_are_topics() -> None:
    text = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1">Papers</H3>
    <DL><p>
        <DT>{ATTENTION}
        <DD>transformers
        <DT><H3>Models</H3>
        <DL><p>
            <DT>{BERT}
        </DL><p>
        <DT>{GPT}
    </DL><p>
</DL><p>
"""
    papers, models = ("Bookmarks", "Papers"), ("Bookmarks", "Papers", "Models")
    assert seen(text) == [("1706.03762", None, papers), ("1810.04805", None, models), ("2005.14165", None, papers)]
    assert read(text).entries[0].notes == ("transformers",)


def test_a_broken_page_is_repaired_as_browsers_do() -> None:
    text = (
        f"<body><ul><li><b>Read:<li>{ATTENTION}<p>a note<li>{BERT}</b></i></ul></p><h2>More</h2><p>{GPT}</div></table>"
    )
    assert [paper for paper, _, _ in seen(text)] == ["1706.03762", "1810.04805", "2005.14165"]


def test_a_page_without_line_feeds() -> None:
    listing = read(f"<h1>T</h1><ul><li>{ATTENTION} ✅<li>{BERT}<p>note</p></ul><nav>home</nav>")
    assert [(e.line, e.mark, e.notes) for e in listing.entries] == [(1, "read", ()), (1, None, ("note",))]
    assert listing.ignored[0].text == "home"


def test_a_list_that_is_written_out() -> None:
    listing = read(f"<!DOCTYPE html><p>1. {ATTENTION} ✅<br>只有注意力。<br>2. {BERT} 待读</p><p>结束</p>")
    assert [(e.mark, e.notes) for e in listing.entries] == [("read", ("只有注意力。",)), ("todo", ())]
    assert [note.text for note in listing.topic_notes] == ["结束"]


def test_a_card_is_one_entry() -> None:
    entry = only(
        '<article><a href="https://arxiv.org/abs/2005.14165"><h3>Language Models are Few-Shot Learners</h3>'
        "<p>What this work is about, told in some more words.</p></a></article>"
    )
    assert entry.metadata.title == "Language Models are Few-Shot Learners"
    assert entry.notes == ("What this work is about, told in some more words.",)


def test_text_that_a_browser_shows_and_saves() -> None:
    text = (
        '<html><head></head><body><pre style="white-space: pre-wrap;">\n# Papers\n\n'
        "- [Attention Is All You Need](https://arxiv.org/abs/1706.03762) ✅\n  - a &lt; b\n</pre></body></html>"
    )
    (entry,) = read(text).entries
    assert (entry.line, entry.mark, entry.notes, entry.topics) == (4, "read", ("a < b",), (("Papers",),))


# noise --------------------------------------------------------------------------------------------------------------


def test_the_frame_of_the_site_is_ignored_with_a_reason() -> None:
    text = f"""<html><head><title>t</title>
<style>
p {{ color: red }}
</style></head><body>
<header role="banner"><a href="/">My site</a></header>
<nav><ul><li>{GPT}</li></ul></nav>
<main>
<article><header><h1>Papers</h1></header>
<p>What I mean to read, and what I have read of it.</p>
<script>
var a = "<p>no</p>";

var b;
</script>
<ul><li>{ATTENTION} <button>Copy</button> <span class="sr-only">(opens here)</span></ul>
<form action="/s"><input name=q> Search</form>
<div style="display: none">secret</div>
<p hidden>more secrets</p>
</article>
<aside>Other posts</aside>
</main>
<footer>Imprint</footer>
<!-- a
comment -->
</body></html>
"""
    listing = read(text)
    assert seen(text) == [("1706.03762", None, ("Papers",))]
    assert [note.text for note in listing.topic_notes] == ["What I mean to read, and what I have read of it."]
    assert {it.line: it.reason for it in listing.ignored} == {
        1: "the head of the page, which is not shown",
        5: "beside the main part of the page",
        6: "a way through the site",
        10: "a script",
        15: "said to readers who listen",
        16: "a form",
        17: "hidden",
        18: "hidden",
        20: "beside the main part of the page",
        22: "beside the main part of the page",
        23: "a comment",
    }
    assert listing.lines["ignored"] == 4 + 2 + 5 + 3 + 2 + 2


def test_papers_beside_the_article_are_not_lost() -> None:
    text = f"<main><h1>A long text</h1><p>{'words of it ' * 30}</p></main><div><ul><li>{ATTENTION}</ul></div>"
    assert [paper for paper, _, _ in seen(text)] == ["1706.03762"]


# links and signs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "href", "url"),
    [
        ("", "https://a.org/x_(y)?q=1&amp;r=2", "https://a.org/x_(y)?q=1&r=2"),
        ("", " https://a.org/a b\n", "https://a.org/a%20b"),
        ("", "//a.org/x", "https://a.org/x"),
        ('<base href="https://a.org/list/">', "../x.html", "https://a.org/x.html"),
        ('<link rel="canonical" href="https://a.org/list/1">', "x.html", "https://a.org/list/x.html"),
        ("", "https://link.zhihu.com/?target=https%3A//a.org/x", "https://a.org/x"),
        ("", "https://www.google.com/url?q=https://a.org/x&amp;sa=D", "https://a.org/x"),
        ("", "x.html", None),
        ("", "javascript:alert(1)", None),
        ("", "JavaScript&colon;alert(1)", None),
        ("", "java\nscript:alert(1)", None),
        ("", "data:text/html,x", None),
        ("", "file:///etc/passwd", None),
        ("", "mailto:a@b.org", None),
        ("", "http://[::1", None),
        ("", "https://a.org/" + "x" * 5000, None),
    ],
)
def test_only_addresses_of_the_web_become_links(head: str, href: str, url: str | None) -> None:
    entry = only(
        f'<!DOCTYPE html><html><head>{head}</head><body><ul><li><input type="checkbox"> '
        f'<a href="{href}">Words of Deep Wisdom</a></ul></body>'
    )
    assert entry.metadata.title == "Words of Deep Wisdom"
    assert entry.metadata.url == url


@pytest.mark.parametrize(
    ("shown", "note"),
    [
        ("<b>a</b> <b>b</b><i> c </i>d", "**a b** *c* d"),
        ("<code>x*y</code> and <kbd>a`b</kbd>", "`x*y` and `` a`b ``"),
        ("<del>no</del> <ins>yes</ins>", "~~no~~ yes"),
        ("f(x) = a*b*c and _d_", r"f(x) = a\*b\*c and \_d\_"),
        ("a snake_case_name and 5 * 6", "a snake_case_name and 5 * 6"),
        ("&lt;b&gt; &amp;amp; A &amp; B", "&lt;b> &amp;amp; A & B"),
        ("see [here](there)", r"see [here]\(there)"),
        ("# no heading", r"\# no heading"),
        ('<a href="https://a.org/">a [b</a>', r"[a \[b](https://a.org/)"),
        ('<a href="https://a.org/">https://a.org/</a>', "<https://a.org/>"),
        ('<a href="x.html">beside</a> it', "beside it"),
        (
            '<a href="https://a.org/"><img src="https://a.org/i.png" alt="fig [1]"></a> seen',
            "[![fig (1)](https://a.org/i.png)](https://a.org/) seen",
        ),
        ('fig <img src="i.png" alt="one two"> seen', "fig ![one two]() seen"),
        ("one<wbr>word &nbsp; apart", "oneword  apart"),
        ('<math><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></math> is it', "$x^2$ is it"),
        ("<q>so</q> it is", "“so” it is"),
        ('so, <a href="https://a.org/p" title="Slides"><i class="fa"></i></a> it', "so, [Slides](https://a.org/p) it"),
    ],
)
def test_text_is_markdown(shown: str, note: str) -> None:
    assert only(f"<!DOCTYPE html><ul><li>{ATTENTION}<ul><li>{shown} 。</ul></ul>").notes == (f"{note} 。",)


def test_line_feeds_of_the_source_are_blanks_where_somebody_has_wrapped_it() -> None:
    listing = read(
        "<!DOCTYPE html>\n<ul>\n  <li>\n    <a href='https://arxiv.org/abs/1706.03762'>Attention Is\n"
        "    All You Need</a>,\n    Ashish Vaswani, Noam Shazeer,\n    <em>NeurIPS 2017</em>\n  </li>\n</ul>"
    )
    (entry,) = listing.entries
    assert entry.metadata.title == "Attention Is All You Need"
    assert entry.metadata.authors == ("Ashish Vaswani", "Noam Shazeer")
    assert (entry.metadata.venue, entry.metadata.year) == ("NeurIPS", 2017)
    assert listing.lines["papers"] == 4


# turned round -------------------------------------------------------------------------------------------------------

WORDS = "Learning Graphs Words Sparse Deep Attention Memory Kernels Vision Language Speech Robust".split()
TITLE = st.lists(st.sampled_from(WORDS), min_size=3, max_size=8).map(" ".join)
PAPER = st.tuples(
    TITLE,
    st.integers(1, 9999),
    st.sampled_from([None, "read", "todo"]),
    st.sampled_from(["", ", ACL 2020", " (Citations 7)"]),
    st.lists(st.sampled_from(["a note", "it has *some* words", "sieh `x` & **y**", "对比学习"]), max_size=2),
)
PAGE = st.lists(
    st.tuples(st.sampled_from(["list", "table"]), st.lists(PAPER, min_size=1, max_size=3)), min_size=1, max_size=4
)
Papers = list[tuple[str, list[tuple[str, int, str | None, str, list[str]]]]]


def as_markdown(sections: Papers) -> str:
    text = "# Papers\n"
    for number, (shape, papers) in enumerate(sections):
        text += f"\n## Topic {number}\n\n"
        if shape == "table":
            text += "| Title | Status |\n|---|---|\n"
        for title, paper, mark, said, notes in papers:
            link = f"[{title}](https://arxiv.org/abs/2001.{paper:05})"
            if shape == "table":
                text += f"| {link} | {'done' if mark == 'read' else 'to read' if mark else ''} |\n"
            else:
                box = {"read": "[x] ", "todo": "[ ] ", None: ""}[mark]
                text += f"- {box}{link}{said}\n" + "".join(f"  - {note}\n" for note in notes)
    return text


@given(PAGE, st.booleans())
def test_a_page_is_the_same_in_markdown_and_in_html(sections: Papers, minified: bool) -> None:
    text = as_markdown(sections)
    rendered = "<!DOCTYPE html>\n" + MarkdownIt("commonmark").enable("table").render(text)
    said = read(rendered.replace("\n", "") if minified else rendered)
    meant = page.read(text)

    def shown(listing: Listing) -> list[object]:
        return [(e.metadata, e.mark, e.topics, e.notes, e.tags) for e in listing.entries]

    assert shown(said) == shown(meant)
    assert said.topics == meant.topics


PIECES = st.sampled_from(
    "<p> <div> </div> <ul> <li> </ul> <table> <tr> <td> <th> </table> <b> </i> <br> <h2> </h2> <pre> </pre> <dl> <dt>"
    " <dd> <h3> <a·href='https://arxiv.org/abs/2001.00001'> <a·href=x> </a> <script> </script> <!-- --> <details>"
    " <summary> </details> <main> </main> <nav> <header> <input·type=checkbox> <img·alt='a[b'> <form> <svg> <math>"
    " <td·rowspan=3·colspan=2> <select> <template> <base·href='//a> <![CDATA[ &lt; &#10; &amp · Deep·Words·of·Wisdom"
    " ✅ [ ](x) ** ` | 1. #·x TODO ACL·2020 对比学习".split()
).map(lambda piece: piece.replace("·", " "))


@given(st.lists(PIECES | st.just("\n") | st.text(max_size=5), max_size=60).map("".join))
def test_every_line_of_any_page_is_accounted_for(text: str) -> None:
    try:
        listing = read("<!DOCTYPE html>" + text)
    except InputError:
        return
    for entry in listing.entries:
        assert entry.metadata.title or entry.metadata.identifiers
        addresses = [link.url for link in entry.metadata.links] + [entry.metadata.url or "https:"]
        assert all(address.startswith(("http:", "https:")) for address in addresses)


# bad input ----------------------------------------------------------------------------------------------------------

HOSTILE = {
    "nested divisions": "<div>" * 10_000 + "deep",
    "nested lists": "<ul><li>x" * 5_000,
    "nested tables": "<table><tr><td>x" * 2_000,
    "nested details": "<details><summary>x</summary>" * 2_000,
    "nested heads": "<header><h1>x" * 2_000,
    "emphasis over paragraphs": "<b><i><p>x" * 2_000,
    "nothing closed": f"<html><body><ul><li>{ATTENTION}<table><tr><td>x<b><a href='http://x.org/'>y",
    "a comment not closed": "<p>x</p><!-- " + "x " * 100_000,
    "a script not closed": "<p>x</p><script>" + "<p>" * 50_000,
    "signs": "<p>x</p>" + "<" * 100_000,
    "declarations": "<p>x</p>" + "<!" * 50_000,
    "brackets": "<p>x" + "[" * 50_000 + "](" * 10_000,
    "zeros": "<p>x\0y</p>" + "\0" * 100_000,
    "a long attribute": f"<p title='{'y' * 2_000_000}'>x</p><a href='http://x.org/{'y' * 2_000_000}'>y</a>",
    "wide cells": "<table>" + "<tr><td colspan=9999 rowspan=9999>x<td>y" * 300,
    "entities": '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "x">]><p>&a;&a;&lt;</p>',
    "other line ends": "<p>x\r\r\n\x0b\x0c\x85\u2028y</p>\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_read(text: str) -> None:
    listing = read("<!DOCTYPE html>" + text)
    assert all(len(it.text) <= 200 for it in listing.ignored)


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", "<html><body><script>var a</script></body></html>", "<html> <b> "])
def test_a_page_that_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="shows no text"):
        html.read(text)


# as a user sees it --------------------------------------------------------------------------------------------------


def test_import_of_a_web_page(rl: Rl, tmp_path: Path) -> None:
    file = tmp_path / "saved page"
    file.write_text(f"<!DOCTYPE html>\n<h1>Papers</h1>\n<ul>\n<li>{ATTENTION} ✅\n<li>{BERT}\n</ul>\n", "utf-8")
    first = rl("import", "--json", str(file)).json()["data"]
    assert first["created"] == 2
    assert first["files"][0]["format"] == "html"
    assert first["files"][0]["lines"] == {"topics": 1, "papers": 2, "notes": 0, "blank": 3, "ignored": 0}
    again = rl("import", "--json", str(file)).json()["data"]
    assert (again["created"], again["merged"], again["unchanged"]) == (0, 0, 2)


# real pages ---------------------------------------------------------------------------------------------------------


def test_real_pages_of_markdown_stay_markdown() -> None:
    for path in sorted(shared("corpus/pages").glob("*.md")):
        assert not html.recognises(path.read_text("utf-8")), path.name


def test_real_pages_turned_into_html_say_the_same() -> None:
    """A page whose share is lower is one of which HTML says more: a link that a line feed has broken in Markdown."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for path in sorted(shared("corpus/pages").glob("*.md")):
        text = path.read_text("utf-8")
        if not text.strip() or len(text) > 200_000:  # one page; it takes as long as all others
            continue
        meant = page.read(text).entries
        said = read("<!DOCTYPE html>\n" + parser.render(text)).entries
        marks: dict[object, set[str | None]] = {}
        for entry in said:
            for name in names(entry):
                marks.setdefault(name, set()).add(entry.mark)
        found = [next((marks[name] for name in names(entry) if name in marks), None) for entry in meant]
        assert sum(it is not None for it in found) >= 0.98 * len(meant), path.name
        same = [entry.mark in it for entry, it in zip(meant, found, strict=True) if it is not None]
        assert all(same), path.name


def names(entry: Entry) -> list[object]:
    return [*entry.metadata.identifiers.items(), fold(entry.metadata.title or "")]


def test_what_a_list_of_terms_says_of_a_paper_is_its_own() -> None:
    found = read(
        "<body><h1>A</h1><dl>\n<dt>Deep Words of Wisdom</dt>\n<dd>Ann Lee, Bo Chan. ICLR 2017."
        ' <a href="https://arxiv.org/abs/2001.00001">[pdf]</a></dd>\n<dd>Read it twice.</dd>\n'
        "<dt>Vision</dt>\n<dd>What one sees.</dd>\n</dl></body>"
    )
    (entry,) = found.entries
    assert (entry.metadata.authors, entry.metadata.venue, entry.metadata.year, entry.notes) == (
        ("Ann Lee", "Bo Chan"),
        "ICLR",
        2017,
        ("Read it twice.",),
    )
    assert entry.metadata.identifiers == {"arxiv": "2001.00001"}
    assert [note.text for note in found.topic_notes] == ["Vision", "  What one sees."]
