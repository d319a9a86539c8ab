"""The library as a web page: one file, no scripts, nothing loaded from elsewhere. To be shown, not read back.

It says what the page in Markdown says (`markdown`), and of each paper its abstract too, folded away. Notes are their
writer's Markdown, made into HTML as `web_page` does: raw HTML is shown as it was typed, a picture becomes a link to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from readlist.domain.identifiers import SCHEMES, Identifier, is_address
from readlist.domain.page_shape import NAMES
from readlist.domain.shelf import AnyPaper, Shelf
from readlist.domain.text import one_line, printable
from readlist.exporters.markdown import mark_of
from readlist.exporters.web_page import markdown_parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HEAD = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reading list</title>
<style>
body { max-width: 46em; margin: 2em auto; padding: 0 1em; font-family: system-ui, sans-serif; line-height: 1.5; }
li.paper { margin-bottom: .6em; }
.about, summary { color: #666; font-size: .9em; }
.tag { border: 1px solid #bbb; border-radius: .6em; padding: 0 .4em; }
blockquote { border-left: 3px solid #ccc; margin-left: 0; padding-left: 1em; }
pre { overflow-x: auto; }
</style>
</head>
<body>
"""
_SIGNS = {"read": '<span title="read">✅</span> ', "todo": '<span title="to be read">⬜</span> ', None: ""}


def write(shelf: Shelf) -> Iterator[str]:
    """The page, topic by topic; a paper under several topics stands under each, its notes under the first."""
    parser = markdown_parser()
    order = {"/".join(path): number for number, path in enumerate(shelf.topics)}
    under: dict[str, list[str]] = {}
    for paper in shelf.papers:
        line, below = _line(paper), _below(paper, parser)
        for place in sorted(paper.topics, key=lambda path: order.get(path, len(order))) or [""]:
            under.setdefault(place, []).append(f'<li class="paper">{line}{below}</li>\n')
            below = ""
    yield _HEAD
    if shelf.whole:
        yield from _notes(shelf.topic_notes.get((), ()), parser.render)
    yield from _list(under.get("", []))
    used = {tuple(place.split("/"))[:n] for place in under if place for n in range(1, place.count("/") + 2)}
    for path in shelf.topics:
        if shelf.whole or path in used:
            level = min(len(path), 6)
            yield f"<h{level}>{_text(path[-1])}</h{level}>\n"
            yield from _notes(shelf.topic_notes.get(path, ()), parser.render)
            yield from _list(under.get("/".join(path), []))
    yield "</body>\n</html>\n"


def _text(text: str) -> str:
    return escape(one_line(text))


def _list(items: Sequence[str]) -> Iterator[str]:
    if items:
        yield "<ul>\n"
        yield from items
        yield "</ul>\n"


def _notes(texts: Sequence[str], render: Callable[[str], str]) -> Iterator[str]:
    for text in texts:
        yield f"<blockquote>\n{render(printable(text))}</blockquote>\n"


def _line(paper: AnyPaper) -> str:
    """Mark, title and what is known of the paper, on one line."""
    pages = [
        (NAMES[scheme], url)
        for scheme in SCHEMES
        if scheme in paper.identifiers
        for url in (Identifier(scheme, paper.identifiers[scheme]).url,)
        if url
    ]
    target = pages[0][1] if pages else paper.url if paper.url and is_address(paper.url) else None
    title = _link(paper.title, target) if target else f"<strong>{_text(paper.title)}</strong>"
    count = paper.citations.count if paper.citations else None
    about = [
        _text(", ".join(paper.authors)),
        _text(f"{paper.venue or ''} {paper.year or ''}"),
        paper.kind if paper.kind != "paper" else "",
        "" if count is None else f"{count} citation{'s' if count != 1 else ''}",
        *(_link(name, url) for name, url in pages[1:]),
        *(_link(link.text or link.rel, link.url) for link in paper.links if is_address(link.url)),
        *(f'<span class="tag">{_text(tag)}</span>' for tag in paper.tags),
    ]
    told = " · ".join(part for part in about if part)
    return f"{_SIGNS[mark_of(paper)]}{title}" + (f'<br>\n<span class="about">{told}</span>' if told else "")


def _link(text: str, url: str) -> str:
    return f'<a href="{escape(one_line(url))}">{_text(text)}</a>'


def _below(paper: AnyPaper, parser: MarkdownIt) -> str:
    parts = [f"<p><em>{escape(printable(paper.summary))}</em></p>\n"] if paper.summary else []
    parts += [parser.render(printable(note.text)) for note in paper.notes]
    if paper.abstract:
        parts.append(f"<details><summary>Abstract</summary><p>{escape(printable(paper.abstract))}</p></details>\n")
    return "\n" + "".join(parts) if parts else ""
