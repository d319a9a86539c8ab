"""The library as a page, in the shape of those that are kept by hand: `domain/page_shape.py`.

Topics are headings, papers are items in the order of their ids, what was noted stands below. A paper under several
topics stands under each, its notes under the first. A page says of the reading that a paper was read (✅), is to be
read (#TODO) or neither; passes, days, priorities, abstracts, who said what, and files of somebody's machine, of which
no page makes links, are for the library's own JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readlist.domain import page_shape as shape
from readlist.domain.identifiers import SCHEMES, Identifier, from_url, is_address
from readlist.domain.listing import Mark, TopicPath
from readlist.domain.patterns import late
from readlist.domain.shelf import AnyPaper, Shelf
from readlist.domain.text import one_line, printable
from readlist.exporters import markdown_text as md
from readlist.exporters._work import is_beside

_DEEPEST = 6  # levels of headings; the names of deeper topics share the last
_PLAIN = late(r"(?:[^\s()<>\\&]|&(?!#?\w{1,32};))+")
_IN_ANGLES = late(r"[\\<>]|&(?=#?\w{1,32};)")
_YEAR_AT_END = late(r"((?:^| )\d{3})(\d)$", re.ASCII)


def write(shelf: Shelf) -> Iterator[str]:
    """The page, heading by heading."""
    yield shape.FIRST_LINE + "\n"
    # TOPIC -> papers: items are made once, since papers are read as they are gone through
    under: dict[str, list[tuple[str, str]]] = {}
    order = {"/".join(path): number for number, path in enumerate(shelf.topics)}
    for paper in shelf.papers:
        line, notes = item(paper), below(paper)
        for place in sorted(paper.topics, key=lambda path: order.get(path, len(order))) or [""]:
            under.setdefault(place, []).append((line, notes))
            notes = ""
    if shelf.whole:
        yield from _notes(shelf.topic_notes.get((), ()))
    yield from _items(under.get("", ()))
    used = {tuple(place.split("/"))[:n] for place in under if place for n in range(1, place.count("/") + 2)}
    for path in shelf.topics:
        if not (shelf.whole or path in used):
            continue
        yield f"\n{_heading(path)}\n"
        yield from _notes(shelf.topic_notes.get(path, ()))
        yield from _items(under.get("/".join(path), ()))


def _heading(path: TopicPath) -> str:
    level = min(len(path), _DEEPEST)
    name = "/".join(map(_text, path[level - 1 :]))
    return f"{'#' * level} " + (f"{name[:-1]}\\#" if name.endswith("#") and not name.endswith("\\#") else name)


def _notes(texts: tuple[str, ...]) -> Iterator[str]:
    """Notes of a topic, quoted, so that nothing in them can pass for an item of the list."""
    text = f"\n\n{shape.NOTE}\n\n".join(filter(None, map(_written, texts)))
    if text:
        yield "\n" + "".join(f"> {line}\n" if line else ">\n" for line in text.split("\n"))


def _items(items: list[tuple[str, str]] | tuple[()]) -> Iterator[str]:
    if items:
        yield "\n"
    for line, notes in items:
        yield f"{line}\n{notes}"


def mark_of(paper: AnyPaper) -> Mark | None:
    """What a page says of a paper's reading."""
    if paper.status in ("todo", "reading"):
        return "todo"
    return "read" if paper.status == "done" else None


def item(paper: AnyPaper) -> str:
    """The paper's line: title, then what else there is of authors, venue, year, count, addresses and tags."""
    ids = [Identifier(scheme, paper.identifiers[scheme]) for scheme in SCHEMES if scheme in paper.identifiers]
    pages = [(shape.NAMES[one.scheme], url) for one in ids for url in (one.url,) if url]
    own = paper.url if paper.url and is_address(paper.url) else None
    if pages:
        target: str | None = pages.pop(0)[1]
    else:  # an address that would name an identifier stands apart, or it would be taken for one of the paper's
        target = own if own and from_url(own) is None else None
    told = shape.OWN_ADDRESS if ids and own == target else ""
    if own and own != target:
        pages.append((shape.OWN_ADDRESS, own))
    mark = mark_of(paper)
    title = _link(_text(paper.title), target, told) if target else f"**{_text(paper.title)}**"
    parts = [
        " ".join(("-", *([shape.MARKS[mark]] if mark else []), title)),
        f"*{', '.join(_text(name).replace(',', '&#44;') for name in paper.authors)}*" if paper.authors else "",
        _published(paper),
        f"({paper.kind})" if paper.kind != "paper" else "",
        f"(Citations {paper.citations.count})" if paper.citations else "",
        *(_link(name, url) for name, url in pages),
        *(
            _link(_text(link.text), link.url, link.rel) if one_line(link.text) else _link(link.rel, link.url)
            for link in paper.links
            if is_address(link.url) or is_beside(link)
        ),
        *(map(_tag, paper.tags)),
    ]
    return shape.BETWEEN.join(part for part in parts if part)


def below(paper: AnyPaper) -> str:
    """Summary and notes, as they stand below the paper's line."""
    summary = printable(paper.summary or "").strip("\n")
    blocks = [md.quoted(shape.SUMMARY + summary)] if summary.strip() else []
    notes = list(filter(None, (_written(note.text) for note in paper.notes)))
    if notes and not blocks and notes[0].startswith(f"> {shape.SUMMARY}"):
        notes[0] = f"{shape.NOTE}\n\n{notes[0]}"
    if notes:
        blocks.append(f"\n\n{shape.NOTE}\n\n".join(notes))
    return "".join("\n" + "".join(f"  {line}\n" if line else "\n" for line in block.split("\n")) for block in blocks)


def _written(note: str) -> str:
    """A note's text; "" for one without any."""
    text = printable(note).strip("\n")
    lines = (f"<!-- \\{line[5:]}" if shape.LIKE_NOTE.fullmatch(line) else line for line in text.split("\n"))
    return "\n".join(lines) if text.strip() else ""


def _text(text: str) -> str:
    """Plain text, less what divides the parts of an item."""
    return md.line(text).replace("\\·", "\\\\·").replace("·", "&#183;")  # a backslash would take the & from its entity


def _published(paper: AnyPaper) -> str:
    """Venue and year."""
    venue = _text(paper.venue or "")
    if venue.startswith(("(", "<")):  # so other parts begin
        venue = f"&#{ord(venue[0])};{venue[1:]}"
    if not paper.year:  # a number at the end of its name is no year
        venue = _YEAR_AT_END.sub(lambda found: f"{found[1]}&#{ord(found[2])};", venue)
    return f"{venue} {paper.year}".strip() if paper.year else venue


def _link(text: str, url: str, rel: str = "") -> str:
    """A link; `text` is escaped already. The address is kept as it is, sign by sign."""
    if not _PLAIN.fullmatch(url):
        url = f"<{_IN_ANGLES.sub(lambda found: f'&#{ord(found[0])};', url)}>"
    return f'[{text}]({url} "{rel}")' if rel else f"[{text}]({url})"


def _tag(tag: str) -> str:
    plain = one_line(tag)
    return f"<code>{_text(plain)}</code>" if "`" in plain or "·" in plain else f"`{plain}`"
