"""A row of the table that `rl export --format csv` writes, read to the letter.

What columns mean in the tables of others is guessed with care: whether "Green Larsen, Kasper" is one name or two, what
of a note is markup. Here nothing is: a cell is what `exporters/csv_table.py` has put there. That a spreadsheet left out
columns, or moved them, changes nothing.

Not taken: ids and days of change, which are a library's own; who counted citations, and when; the state "dropped" with
its reason, the day due, the minutes; days of passes below the highest one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from readlist.domain.identifiers import SCHEMES, is_address
from readlist.domain.listing import Entry
from readlist.domain.metadata import KINDS, Kind, Link, Metadata
from readlist.domain.patterns import late
from readlist.domain.topics import clean_path
from readlist.importers.records._bib_fields import date, identified, moment
from readlist.importers.records._bib_states import priority_of
from readlist.importers.records._files import is_local, rel_of

COLUMNS = frozenset(("next_pass", "pass_1", "pass_2", "pass_3", "drop_reason", "citations_from"))
"""Names of columns as no other program writes them."""

_BETWEEN = "; "
_BESIDE = late(r"/?[^:/?#\\~\s][^:/?#\s]*(?:[/?#]|$)")  # the path of a file beside the page that named it


def entry(said: Mapping[str, str], line: int) -> Entry | None:
    """The row as an entry; None if it names no work."""

    def cell(name: str) -> str:
        return said.get(name, "").strip()

    def parts(name: str) -> list[str]:
        return [part for part in cell(name).split(_BETWEEN) if part]

    known = (identified(scheme, cell(scheme)) for scheme in SCHEMES if cell(scheme))
    identifiers = {it.scheme: it.value for it in known if it}
    url = cell("url") if is_address(cell("url")) else None
    if not (cell("title") or identifiers or url):
        return None
    depth = next((number for number in (3, 2, 1) if cell(f"pass_{number}")), None)
    waits = cell("next_pass") or cell("status") in ("todo", "reading")
    return Entry(
        line=line,
        metadata=Metadata(
            source="page",
            kind=_kind(cell("kind")),
            title=cell("title") or None,
            authors=tuple(parts("authors")),
            year=int(cell("year")) if re.fullmatch(r"\d{1,4}", cell("year"), re.ASCII) else None,
            published=date(cell("published"))[1],
            venue=cell("venue") or None,
            identifiers=identifiers,
            url=url,
            links=tuple(
                Link(rel_of(it), it) for it in parts("links") if is_address(it) or is_local(it) or _BESIDE.match(it)
            ),
            abstract=cell("abstract") or None,
            citations=int(cell("citations")) if re.fullmatch(r"\d{1,9}", cell("citations"), re.ASCII) else None,
        ),
        topics=tuple(path for one in parts("topics") if (path := clean_path(one.split("/")))),
        mark="read" if depth else "todo" if waits else None,
        notes=_lines(cell, "notes"),
        tags=tuple(parts("tags")),
        key=cell("key") or None,
        depth=depth,
        finished=date(cell(f"pass_{depth}"))[1] if depth else None,
        priority=priority_of(cell("priority")),
        summary=cell("summary") or None,
        added=moment(cell("added")),
    )


def _kind(word: str) -> Kind:
    return next((kind for kind in KINDS if kind == word), "paper")


def _lines(cell: Callable[[str], str], name: str) -> tuple[str, ...]:
    return tuple(cell(name).split("\n")) if cell(name) else ()
