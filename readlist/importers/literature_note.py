"""Notes about one paper, a file each, with what is known of the paper in their YAML head: as Obsidian, Zotero's
integrations with it, Zettlr, Quarto and many scripts write them.

---
title: "…"
authors: [Ann Lee, Bo Chan]
year: 2020
doi: 10.1000/words
status: read
tags: [words]
---
What follows are the reader's notes. A head without anything that only a paper has (authors, a venue, an identifier)
belongs to a page about something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from readlist.domain.listing import Entry, Listing
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.errors import InputError
from readlist.importers.records._account import Account
from readlist.importers.records._columns import COLUMNS, EMPTY
from readlist.importers.records._table_entry import entry_of

_HEAD = late(r"\ufeff?---[ \t]*\r?\n(?P<head>.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_OF_PAPERS = frozenset(("venue", "doi", "arxiv", "acl", "openreview", "s2", "corpus", "pubmed", "key"))
_LINK = late(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_TITLE = late(r"#\s+(?P<title>\S.*?)\s*#*\s*")


def recognises(text: str) -> bool:
    """Whether `text` is a note whose head tells of a paper."""
    found = _HEAD.match(text)
    fields = _fields(found["head"]) if found else {}
    whats = {_what(name) for name, value in fields.items() if _plain(value)}
    return "title" in whats and (not _OF_PAPERS.isdisjoint(whats) or {"authors", "year"} <= whats)


def read(text: str, *, mentions: bool = False) -> Listing:
    """The paper of the note. Raises InputError for a text without a head that tells of one."""
    account = Account(text)
    found = _HEAD.match(account.text)
    fields = _fields(found["head"]) if found else {}
    cells: dict[str, list[tuple[int, str]]] = {}
    others: list[str] = []
    for name, value in fields.items():
        what, rank = COLUMNS.get(_folded(name), ("", 0))
        plain = _plain(value)
        if what:
            cells.setdefault(what, []).append((rank, plain))
        elif plain.casefold() not in EMPTY:
            others.append(f"{one_line(str(name))}: {one_line(plain)}")

    def said(what: str) -> list[str]:
        return [cell for _, cell in sorted(cells.get(what, ())) if cell.casefold() not in EMPTY]

    entry = entry_of(said, 1)
    if found is None or entry is None:
        raise InputError("the head of the note tells of no paper", "it needs a title")
    account.take(1, len(account.lines))
    body = account.text[found.end() :].strip("\n").split("\n")
    title = _TITLE.fullmatch(body[0])
    if title and title["title"].casefold() == (entry.metadata.title or "").casefold():
        body = body[1:]
    return account.listing("note", [_with_notes(entry, others, "\n".join(line.rstrip() for line in body).strip("\n"))])


def _with_notes(entry: Entry, others: list[str], body: str) -> Entry:
    return replace(entry, notes=(*entry.notes, *others), apart=(*entry.apart, *((body,) if body else ())))


def _fields(head: str) -> Mapping[Any, Any]:
    """The head's fields; none of a head that is no YAML, no mapping, or holds references, which may multiply."""
    import yaml

    try:
        if "*" in head and any(isinstance(token, yaml.AliasToken) for token in yaml.scan(head)):
            return {}
        fields = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that there is not
        return {}
    return fields if isinstance(fields, dict) else {}


def _folded(name: Any) -> str:
    return re.sub(r"[\W_]", "", str(name).casefold())


def _what(name: Any) -> str:
    return COLUMNS.get(_folded(name), ("", 0))[0]


def _plain(value: Any) -> str:
    """A value as the cell of a table has it: lists with semicolons, links to notes as their words."""
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(filter(None, map(_plain, value)))
    if isinstance(value, dict):  # authors: [{name: Ann Lee}], [{given: Ann, family: Lee}]
        named = value.get("name") or " ".join(str(value[part]) for part in ("given", "family") if value.get(part))
        return _plain(named) if named else ""
    return _LINK.sub(r"\1", str(value)).strip()
