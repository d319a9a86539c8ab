"""What stands inside one line of Markdown: text, emphasis, links, code; read in one pass from left to right.

Only so much of CommonMark as a reading list needs, and forgiving where people are: brackets inside of link texts
(`[[Paper] Title](address)`), links in brackets (`[[pdf](address)]`), bare addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from readlist.domain.patterns import late
from readlist.importers.lines._sites import without_site

Style = Literal["", "strong", "em", "code", "image"]

_TOKEN = late(
    r"(?=[\\`!<hH*_\[])"  # passes over what begins no token, one look a character
    r"(?:(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)"
    r"|(?P<image>!\[)"
    r"|<(?P<auto>https?://[^\s<>]+)>"
    r"|(?P<tag><!--|</?[A-Za-z][^<>]{0,2000}>)"
    r"|(?P<url>https?://[^\s<>\"'`）」》】，。；、\[\]|*]+)"
    r"|(?P<strong>\*\*+|(?<!\w)__+|__+(?!\w))"
    r"|(?P<em>\*|(?<!\w)_|_(?!\w))"
    r"|(?P<open>\[))",
    re.IGNORECASE,
)
_DESTINATION = late(r"\(\s{0,9}<?([^\s<>()]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:\s{1,9}(?:\"[^\"]*\"|'[^']*'))?\s{0,9}\)")
_LABEL = late(r"\[([^\[\]]{0,200})\]")
_MARKUP = late(r"\*\*|(?<!\w)__|__(?!\w)|`|<[^<>]{1,500}>|!\[[^\[\]]*\]\([^()]*\)")
_EMPHASIS = late(r"(?<!\w)([*_])(?=\S)([^*_]{1,1000})(?<=\S)\1(?!\w)")
_MARKED = late(r"[*_`<!\\&]")  # what any markup but links begins with
_ESCAPED = late(r"\\([!-/:-@\[-`{-~])")
_ASIDE = 0x10FF00  # private characters that no page uses
_SET_ASIDE = late(f"[{chr(_ASIDE)}-{chr(_ASIDE + 0x7F)}]")
_TAG_NAME = late(r"</?([A-Za-z]{1,10})\b")
_ADDRESS = late(r"\b(?:href|src)\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_CLOSING_A = late(r"</a\s{0,3}>", re.IGNORECASE)
_BOLD = late(r"<(?:b|strong)>|\*\*", re.IGNORECASE)
_PICTURE = late(
    r"!\[[^\[\]]{0,200}\]\(([^()\s]{1,2000})|<img\b[^<>]{0,500}?\bsrc\s{0,3}=\s{0,3}[\"']([^\"']{1,2000})",
    re.IGNORECASE,
)
_ENTITY = late(r"&(amp|lt|gt|quot|nbsp|#39);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": " ", "#39": "'"}


@dataclass(slots=True)
class Span:
    """A stretch of one line. `href` is the address of a link, None for text that is none."""

    text: str
    href: str | None = None
    style: Style = ""
    bare: bool = False  # the address itself is the text


def plain(text: str) -> str:
    """`text` without emphasis marks, tags, escapes and entities."""
    if not _MARKED.search(text):
        return text
    escaped = "\\" in text
    if escaped:  # out of the way first: what is escaped is no mark of emphasis
        text = _ESCAPED.sub(lambda found: chr(_ASIDE + ord(found[1])), text)
    text = _EMPHASIS.sub(r"\2", _MARKUP.sub("", text))
    if escaped:
        text = _SET_ASIDE.sub(lambda found: chr(ord(found[0]) - _ASIDE), text)
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)


def _closing(text: str) -> dict[int, int]:
    """For each opening bracket the position of its closing one."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    skip, skipped = False, -1
    for found in re.finditer(r"[\\\[\]]", text):
        at = found.start()
        if skip and at == skipped:
            skip = False
            continue
        if text[at] == "\\":
            skip, skipped = True, at + 1
        elif text[at] == "[":
            stack.append(at)
        elif stack:
            pairs[stack.pop()] = at
    return pairs


def spans(text: str, references: Mapping[str, str]) -> list[Span]:
    """The line `text` as spans in order; `references` are the addresses of `[text][label]` by folded label."""
    if text and not _MARKED.search(text) and "[" not in text and "://" not in text:
        return [Span(text)]
    return list(_spans(text, references))


def _spans(text: str, references: Mapping[str, str]) -> Iterator[Span]:
    pairs = _closing(text) if "[" in text else {}
    at, start, strong, em = 0, 0, False, False

    def before(end: int) -> Iterator[Span]:
        if start < end:
            yield Span(plain(text[start:end]), None, "strong" if strong else "em" if em else "")

    while True:
        found = _TOKEN.search(text, at)
        if not found:
            break
        kind, at = found.lastgroup, found.end()
        if kind == "escape":
            continue
        if kind in ("strong", "em"):
            if kind == "em" and not em and (text.find(found[0], at) < 0 or not _opens(text, found.start(), at)):
                continue  # a star alone is a star
            yield from before(found.start())
            start = at
            if kind == "strong":
                strong = not strong
            else:
                em = not em
        elif kind == "code":
            end = text.find(found[0], at)
            if end < 0:
                continue
            yield from before(found.start())
            yield Span(text[at:end].strip(), None, "code")
            at = start = end + len(found[0])
        elif kind == "tag":
            yield from before(found.start())
            name = _TAG_NAME.match(found[0])
            if name and name[1].casefold() in ("b", "strong", "i", "em"):
                opens = not found[0].startswith("</")
                strong, em = (opens, em) if name[1][0] in "bBsS" else (strong, opens)
            elif name and name[1].casefold() == "br":
                yield Span(" | ")
            elif name and name[1].casefold() in ("a", "img") and (address := _attribute(found[0])) is not None:
                if name[1].casefold() == "img":
                    yield Span("", address, "image")
                elif (closed := _CLOSING_A.search(text, at)) is not None:
                    inner = text[at : closed.start()]
                    yield from _images(inner)
                    shown = without_site(plain(inner).strip(), address)
                    yield Span(shown, address, "strong" if strong or _BOLD.search(inner) else "")
                    at = closed.end()
            if found[0] == "<!--":
                end = text.find("-->", at)
                at = len(text) if end < 0 else end + 3
            start = at
        elif kind in ("auto", "url"):
            address = found["auto"] or _trimmed(found["url"])
            at = found.end() if kind == "auto" else found.start() + len(address)
            yield from before(found.start())
            yield Span(address, address, "strong" if strong else "", bare=True)
            start = at
        else:
            opening = found.end() - 1
            closing = pairs.get(opening)
            target = _target(text, opening, closing, references) if closing is not None else None
            if target is None or closing is None:
                continue
            href, end = target
            yield from before(found.start())
            inner = text[opening + 1 : closing]
            if kind != "image":
                yield from _images(inner)
            if kind == "image":
                yield Span(plain(inner), href, "image")
            else:
                bold = strong or inner.lstrip().startswith(("**", "__"))
                yield Span(without_site(plain(inner).strip(), href), href, "strong" if bold else "")
            at = start = end
    yield from before(len(text))


def _opens(text: str, start: int, end: int) -> bool:
    """Whether emphasis may begin with the mark at `start`: not before a blank ("A* search"), nor between a letter and
    a sign ("f*-divergence") (CommonMark 6.2)."""
    following = text[end : end + 1]
    return following.isalnum() or (bool(following.strip()) and not (start and text[start - 1].isalnum()))


def _attribute(tag: str) -> str | None:
    """The address of a tag: its href or src."""
    found = _ADDRESS.search(tag)
    return plain(next(group for group in found.groups() if group is not None)).strip() if found else None


def _images(text: str) -> Iterator[Span]:
    """The pictures inside the text of a link."""
    if "<img" in text or "![" in text:
        for found in _PICTURE.finditer(text):
            yield Span("", plain(found[1] or found[2]), "image")


def _trimmed(address: str) -> str:
    address = address.rstrip(".,;:!?'\"")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?")
    return address


def _target(text: str, opening: int, closing: int, references: Mapping[str, str]) -> tuple[str, int] | None:
    destination = _DESTINATION.match(text, closing + 1)
    if destination:
        return destination[1], destination.end()
    if not references:
        return None
    label = _LABEL.match(text, closing + 1)
    name = label[1] if label and label[1] else text[opening + 1 : closing]
    href = references.get(fold_label(name))
    return (href, label.end() if label else closing + 1) if href is not None else None


def fold_label(label: str) -> str:
    """A reference's label as labels are compared: case and runs of white space do not matter (CommonMark 4.7)."""
    return " ".join(label.split()).casefold()
