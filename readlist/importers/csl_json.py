"""CSL-JSON, as Zotero, Better BibTeX, Mendeley, pandoc and doi.org write it: an array of items, an object that holds
one under "items", items one a line, or a single item. Zotero's own items stand in the same ways (`_zotero_items`).

Items are decoded one at a time, so that a file which is broken somewhere gives all the items before and behind the
fault. Source: the JSON schema of CSL input data, CSL 1.0.2 (appendices III and IV), and Zotero's habit of keeping in
`note` what CSL has no variable for. Brackets and commas between items count as lines of papers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from readlist.domain.listing import Listing
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.errors import InputError
from readlist.importers.records import _zotero_items as zotero
from readlist.importers.records._account import Account
from readlist.importers.records._bib_fields import Record, entry, eprint, identified, keywords, name, person
from readlist.importers.records._extra import citation_key, people, plain, pubmed, remarks, web_address, where
from readlist.importers.records._notes_html import note

_FAULTS = 1000
"""After so many faults the rest of a file is not read: it is no JSON."""

# Variables that no other JSON of publications has under these names together with a title.
_TELLING = ("author", "issued", "container-title", "DOI", "citation-key", "event-title", "accessed", "publisher")
_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset"
    " document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation"
    " manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical"
    " personal_communication post post-weblog regulation report review review-book software song speech standard thesis"
    " treaty webpage journal-article proceedings-article posted-content book-chapter monograph".split()
)
_OTHERS = frozenset(("itemType", "paperId", "authors"))  # Zotero's own items, Semantic Scholar's answers
_HOLDERS = ("container-title", "event-title", "event", "container-title-short", "collection-title")
_NO_PUBLISHER = frozenset(  # types of parts: the publisher of what holds them is no venue
    "article-journal article-magazine article-newspaper chapter entry entry-dictionary entry-encyclopedia"
    " paper-conference review review-book journal-article proceedings-article book-chapter".split()
)
_HEAD = late(r'"type"\s*:\s*"([a-z_-]{4,30})"')
_NEXT = late(r"[}\]][\s,]*(?=\{)")
_BETWEEN = late(r"[\s,]*")
_MEMBER = late(r'[\s,]*"((?:[^"\\]|\\.){0,100})"\s*:\s*')
_FRAME = late(r'[\s\[\]{},]*(?:"items"\s*:\s*\[\s*)?')
_DECODER = json.JSONDecoder(strict=False)  # line breaks and tabs within a text are let pass

NO_ITEM = "no item of CSL-JSON: no title, no identifier, no address"


@dataclass(frozen=True, slots=True)
class _Found:
    """A value that stands in a text from `start` to `end`; of a fault, the place and what is wrong."""

    start: int
    end: int
    value: Any = None
    fault: str = ""


def recognises(text: str) -> bool:
    """Whether `text` begins as items of CSL do; whether it is whole does not matter."""
    text = text.lstrip("\ufeff \t\r\n")
    if re.fullmatch(r"\[\s*\]\s*", text[:100]):
        return True
    start = _items_at(text)
    if start is None:
        return False
    first = next(_values(text, start), None)
    if first and not first.fault:
        return _is_item(first.value) or zotero.data(first.value) is not None
    head = text[start : start + 20_000]
    found = _HEAD.search(head)
    return bool(found and found[1] in _TYPES and '"title"' in head)


def read(text: str, *, mentions: bool = False) -> Listing:
    """All items of `text`. Raises InputError if it has some and none can be read."""
    account = Account(text)
    text = account.text
    begin = len(text) - len(text.lstrip())
    entries = []
    collections = zotero.in_collections(_member(text[begin:], "collections"))
    format_ = "csl-json"
    line, place, faults = 1, 0, 0
    for found in _values(text, begin + (_items_at(text[begin:]) or 0)):
        first = line + text.count("\n", place, found.start)
        line = first + text.count("\n", found.start, found.end)
        place = found.end
        item = zotero.data(found.value)
        if item is not None:
            format_, made = "zotero-json", zotero.entry(item, first, collections)
        else:
            made = entry(record(found.value, first)) if isinstance(found.value, dict) else None
        if made:
            account.take(first, line)
            entries.append(made)
        else:
            faults += bool(found.fault)
            reason = found.fault or (NO_ITEM if item is None else zotero.NO_WORK)
            account.ignore(first, line, reason, broken=bool(found.fault))
    if faults and not entries:
        raise InputError("no item of this JSON can be read", "export it again from the program that wrote it")
    account.frame(_FRAME)
    return account.listing(format_, entries)


def _items_at(text: str) -> int | None:
    """Where the items begin in `text`, which begins with a bracket; None if it is no JSON of items."""
    if text.startswith("["):
        return 1 if re.match(r"\[\s*\{", text) else None
    if not re.match(r"\{\s*\"", text):
        return None
    at = 1
    while found := _MEMBER.match(text, at):
        if found[1] == "items" and text.startswith("[", found.end()):
            return found.end() + 1
        at = _decoded(text, found.end()).end
        if at < 0:
            break
    return 0  # a single item, or the first of several


def _member(text: str, name: str) -> object:
    """The value of that name in the object that `text` begins with, if it stands before the items."""
    at = 1
    while text.startswith("{") and (found := _MEMBER.match(text, at)) and found[1] != "items":
        value = _decoded(text, found.end())
        if found[1] == name or value.end < 0:
            return value.value
        at = value.end
    return None


def _values(text: str, at: int) -> Iterator[_Found]:
    """The values that stand from `at` on, divided by commas or nothing, up to the closing bracket."""
    tries = _FAULTS
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing at least
        if at >= len(text) or text[at] in "]}":
            return
        found = _decoded(text, at)
        if not found.fault:
            yield found
            at = found.end
            continue
        behind = len(text)
        for next_ in _NEXT.finditer(text, at + 1):
            tries -= 1
            if tries < 0:
                break
            value = _decoded(text, next_.end()).value
            if _is_item(value) or zotero.data(value) is not None:
                behind = next_.end()
                break
        # The bracket and the comma in front of the next item are the broken one's.
        yield _Found(at, len(text[:behind].rstrip()) if behind < len(text) else behind, fault=found.fault)
        at = behind


def _decoded(text: str, at: int) -> _Found:
    """The value that begins at `at`; `end` is -1 if there is none."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as fault:
        said = fault.msg if isinstance(fault, json.JSONDecodeError) else "too deep, or a number too long"
        return _Found(at, -1, fault=f"broken JSON: {said[:1].lower()}{said[1:]}")
    return _Found(at, end, value)


def _is_item(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() & _OTHERS:
        return False
    typed = value.get("type") in _TYPES if isinstance(value.get("type"), str) else False
    return (typed and bool(value.keys() & {"title", "DOI", "URL"})) or (
        "title" in value and any(value.get(one) for one in _TELLING)
    )


def record(item: dict[str, Any], line: int) -> Record:
    """What an item of CSL on line `line` says."""

    def text(*names: str) -> str:
        return next((said for one in names if (said := _text(item.get(one)))), "")

    made = Record(line, type=text("type"))
    made.key = citation_key(text("citation-key")) or citation_key(text("id"))
    made.title = plain(text("title", "title-short"))
    made.authors = _people(item.get("author") or item.get("editor"))
    publisher = "" if made.type in _NO_PUBLISHER else plain(text("publisher"))
    made.venue = where(made.type, (plain(text(one)) for one in _HOLDERS), (publisher,))
    made.dates = [*map(date_of, (item.get("issued"), item.get("year"), item.get("original-date")))]
    made.abstract = note(plain(text("abstract")))
    for scheme, said in (("doi", text("DOI")), ("arxiv", text("number"))):
        found = identified(scheme, said) if said and (scheme != "arxiv" or "arxiv" in said.casefold()) else None
        made.identifiers += [found] if found else []
    archived = eprint(text("archive"), text("archive_location", "archive-location")) if text("archive") else None
    made.identifiers += [archived] if archived else []
    pubmed(made, text("PMID"))
    pubmed(made, text("PMCID"))
    made.addresses.append((None, web_address(text("URL")), ""))
    made.keywords = [
        word for name_ in ("keyword", "keywords", "tags", "categories") for word in _words(item.get(name_))
    ]
    made.notes = [remarks(made, text("note")), note(text("annote"))]
    return made


def _text(value: object) -> str:
    """A text, a number as text, or the first of several (Crossref puts titles into lists)."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _people(value: object) -> list[str]:
    return [person_of(one) for one in value] if isinstance(value, list) else people(_text(value))


def person_of(one: object) -> str:
    """A name variable of CSL as one text."""
    if not isinstance(one, dict):
        return name(plain(_text(one)))
    said = {part: plain(_text(value)) for part, value in one.items()}
    if said.get("literal") or not (said.get("family") or said.get("given")):
        return one_line(said.get("literal") or said.get("name") or "")
    particle = f"{said.get('dropping-particle', '')} {said.get('non-dropping-particle', '')}"
    return person(said.get("family", ""), said.get("given", ""), particle, said.get("suffix", ""))


def date_of(value: object) -> str:
    """A date variable as text: its parts, or what was written."""
    if not isinstance(value, dict):
        return _text(value)
    if value.get("year"):  # as pandoc once wrote it
        return "-".join(_text(value[part]).zfill(2) for part in ("year", "month", "day") if value.get(part))
    parts = value.get("date-parts")
    first = next(iter(parts), None) if isinstance(parts, list) else None
    if isinstance(first, list) and first:
        return "-".join(_text(part).zfill(2) for part in first[:3] if _text(part))
    return next((said for one in ("raw", "literal", "date-time") if (said := _text(value.get(one)))), "")


def _words(value: object) -> list[str]:
    if isinstance(value, list):
        return [_text(one.get("tag")) if isinstance(one, dict) else _text(one) for one in value]
    return keywords(_text(value))
