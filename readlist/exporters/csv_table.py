"""A table for spreadsheets: one row a paper, in order of the ids, the columns always the same.

RFC 4180: commas, CRLF, cells in quotes where they need them. The file begins with a byte order mark, because Excel
reads a table without one in the code page of its machine, which makes Chinese unreadable; everybody else skips it.
No cell begins as a formula does: a spreadsheet would run what the title of a paper from anywhere says.

All of a paper is in its row but: who said what; what links are called, and whether they are code or slides; earlier
counts; passes before the last one of each number. `importers/records/_own_table.py` says what it takes back of a row.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from readlist.domain.identifiers import SCHEMES
from readlist.domain.patterns import late
from readlist.domain.shelf import AnyPaper, Shelf
from readlist.domain.text import one_line, printable

_BETWEEN = "; "


def write(shelf: Shelf) -> Iterator[str]:
    """The head, then the rows, one piece each."""
    made: list[str] = []  # what the writer wrote of a row
    write_row = csv.writer(_Lines(made.append), lineterminator="\r\n").writerow
    write_row(COLUMNS)
    yield "\ufeff" + made.pop()
    cells = tuple(COLUMNS.values())
    for paper in shelf.papers:
        write_row([_harmless(cell(paper)) for cell in cells])
        yield made.pop()


class _Lines(NamedTuple):
    """A file for `csv.writer`, which writes a row at a time."""

    write: Callable[[str], None]


def _harmless(text: object) -> str:
    """`text` as a cell that stays text: with an apostrophe before what would begin a formula.

    Source: OWASP, CSV injection. Tabs and line ends, which can hide the sign, do not begin a cell here; the full-width
    signs are those of a Chinese or Japanese Excel.
    """
    if not text and text != 0:
        return ""
    clean = printable(str(text)).strip()
    return f"'{clean}" if clean[:1] in _BEGINS and _FORMULA.match(clean) else clean


# A text that begins with such a sign behind an apostrophe gets another one, so that readers may take one off.
_FORMULA = late(r"'?[=+\-@＝＋－＠]")
_BEGINS = frozenset("'=+-@＝＋－＠")


def _identifier(scheme: str) -> Callable[[AnyPaper], object]:
    return lambda paper: paper.identifiers.get(scheme)


def _pass(number: int) -> Callable[[AnyPaper], object]:
    """The day on which the pass was finished last; "yes" if it was on a day that nobody knows."""

    def cell(paper: AnyPaper) -> object:
        if not paper.passes:
            return None
        done = [event for event in paper.passes if event.number == number and not event.open]
        days = [event.finished[:10] for event in done if event.finished]
        return max(days) if days else "yes" if done else None

    return cell


def _together(texts: Sequence[str]) -> str:
    return _BETWEEN.join(filter(None, map(one_line, texts))) if texts else ""


COLUMNS: dict[str, Callable[[AnyPaper], object]] = {
    "id": lambda paper: paper.id,
    "key": lambda paper: one_line(paper.key),
    "kind": lambda paper: paper.kind,
    "title": lambda paper: one_line(paper.title),
    "authors": lambda paper: _together(paper.authors),
    "year": lambda paper: paper.year,
    "published": lambda paper: paper.published,
    "venue": lambda paper: one_line(paper.venue or ""),
    **{scheme: _identifier(scheme) for scheme in SCHEMES},
    "url": lambda paper: paper.url,
    "links": lambda paper: _together([link.url for link in paper.links]),
    "status": lambda paper: paper.status,
    "next_pass": lambda paper: paper.next_pass,
    "pass_1": _pass(1),
    "pass_2": _pass(2),
    "pass_3": _pass(3),
    "minutes": lambda paper: sum(event.minutes or 0 for event in paper.passes) or None,
    "priority": lambda paper: paper.priority,
    "due": lambda paper: paper.due,
    "drop_reason": lambda paper: paper.drop_reason,
    "topics": lambda paper: _together(sorted(paper.topics)),  # their order in the tree is a library's own
    "tags": lambda paper: _together(paper.tags),
    "citations": lambda paper: paper.citations.count if paper.citations else None,
    "citations_from": lambda paper: paper.citations.source if paper.citations else None,
    "citations_on": lambda paper: paper.citations.observed if paper.citations else None,
    "summary": lambda paper: paper.summary,
    "notes": lambda paper: "\n\n".join(note.text.strip("\n") for note in paper.notes),
    "abstract": lambda paper: paper.abstract,
    "added": lambda paper: paper.added,
    "changed": lambda paper: paper.changed,
}
"""The name of each column and what stands in it. Columns may be added at the end, never renamed."""
