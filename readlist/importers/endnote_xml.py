"""EndNote's XML, as EndNote, Zotero, Mendeley, Papers and JabRef write it: `<xml><records><record>…`.

Each record is read by itself, so that a broken one costs no other, and then by the rules of EndNote's tagged export
(`_tags.ENDNOTE`), whose fields are the same. Fonts and faces (`<style>`) say nothing; `&#xD;` is a line break.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from readlist.domain.listing import Listing
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.errors import InputError
from readlist.importers.records._account import Account
from readlist.importers.records._bib_fields import entry
from readlist.importers.records._tagged import Tagged, of
from readlist.importers.records._tags import ENDNOTE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BEGIN = late(r"\ufeff?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?<xml>\s*<records\b[^<>]{0,200}>")
_RECORD = late(r"<record\b[^<>]*>.*?(?:</record\s*>|(?=<record\b)|\Z)", re.DOTALL)
_FRAME = late(r"(?:\s|<\?xml[^<>]*\?>|</?xml>|</?records\b[^<>]*>)*")
# XML knows five names of characters, writers know those of HTML; and of control characters it allows none.
_NAMED = late(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w*;")
_CONTROL = late(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

# Where an element stands in a record, and the tag of the same field in the tagged export.
_FIELDS = (
    ("contributors/authors/author", "A"),
    ("contributors/secondary-authors/author", "E"),
    ("titles/title", "T"),
    ("titles/short-title", "!"),
    ("periodical/full-title", "J"),
    ("titles/secondary-title", "B"),
    ("dates/year", "D"),
    ("dates/pub-dates/date", "8"),
    ("publisher", "I"),
    ("electronic-resource-num", "R"),
    ("urls/related-urls/url", "U"),
    ("urls/web-urls/url", "U"),
    ("urls/pdf-urls/url", ">"),
    ("keywords/keyword", "K"),
    ("abstract", "X"),
    ("notes", "Z"),
    ("research-notes", "O"),
    ("label", "F"),
)
_PROSE = frozenset("XZO")
NO_WORK = "a record that names no work: no title, no identifier, no address"


def recognises(text: str) -> bool:
    """Whether `text` begins as EndNote's XML does."""
    return _BEGIN.match(text) is not None


def read(text: str, *, mentions: bool = False) -> Listing:
    """All records of `text`. Raises InputError if it has some and none can be read."""
    account = Account(text)
    text = account.text
    entries = []
    line, place, faults = 1, 0, 0
    for found in _RECORD.finditer(text):
        first = line + text.count("\n", place, found.start())
        line, place = first + text.count("\n", found.start(), found.end()), found.end()
        element = _element(found[0])
        made = entry(of(_tagged(element, first, line), ENDNOTE)) if element is not None else None
        if made:
            account.take(first, line)
            entries.append(made)
        else:
            faults += element is None
            account.ignore(first, line, NO_WORK if element is not None else _BROKEN, broken=element is None)
    if faults and not entries:
        raise InputError("no record of this XML can be read", "export it again from the program that wrote it")
    account.frame(_FRAME)
    return account.listing("endnote-xml", entries)


_BROKEN = "a broken record: its XML is not well formed"


def _element(text: str) -> Element | None:
    from xml.etree import ElementTree

    clean = _CONTROL.sub("", _NAMED.sub(lambda found: html.unescape(found[0]), text))
    try:
        return ElementTree.fromstring(clean)  # noqa: S314 - it begins at <record>: no DOCTYPE, so no entities
    except (ElementTree.ParseError, ValueError, RecursionError):
        return None


def _tagged(record: Element, first: int, last: int) -> Tagged:
    """The record as its lines would stand in the tagged export."""
    made = Tagged(first, last)
    kind = record.find("ref-type")
    made.values["0"] = [kind.get("name", "") if kind is not None else ""]
    for path, tag in _FIELDS:
        for element in record.findall(path):
            text = "".join(element.itertext())
            value = _lines(text) if tag in _PROSE else one_line(text)
            if value:
                made.values.setdefault(tag, []).append(value)
    return made


def _lines(text: str) -> str:
    """A text of paragraphs, without the indentation of the file."""
    return "\n".join(line.strip() for line in text.replace("\r", "\n").split("\n")).strip("\n")
