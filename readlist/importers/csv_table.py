"""Tables with a head that names their columns: Zotero's CSV, those of other programs, lists kept in a spreadsheet.

What a column is called says what it holds, in one table of names: Zotero, Mendeley, Scopus, Web of Science (separated
by tabs), PubMed, IEEE Xplore, Publish or Perish, Google Scholar, Paperpile, ResearchRabbit, rl's own `--format csv`,
and what people write over the columns of their own lists. Cells may hold commas, quotes and line breaks; columns are
divided by commas, semicolons or tabs. Paths of attached files are kept as links `file:…` (`_bib_fields`). A table that
rl wrote is read to the letter (`_own_table`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from readlist.domain.listing import Entry, Listing
from readlist.domain.patterns import late
from readlist.errors import InputError
from readlist.importers.lines._column_names import BOOKKEEPING, PROGRAMS
from readlist.importers.records import _own_table as own
from readlist.importers.records._account import Account
from readlist.importers.records._columns import COLUMNS, EMPTY
from readlist.importers.records._notes_html import note
from readlist.importers.records._table_entry import entry_of

_WITH_NAME = frozenset(("authors", "url", "doi", "arxiv", "venue", "year", "status", "pdf"))
"""Columns beside which one called "name" or "paper" holds titles."""

# Web of Science names columns by its tags; they count together with PT alone, since two letters may mean anything.
_TAGS = {
    "pt": ("type", 0), "dt": ("type", 1), "af": ("authors", 0), "au": ("authors", 1), "ti": ("title", 0),
    "so": ("venue", 0), "py": ("year", 0), "di": ("doi", 0), "ab": ("abstract", 0), "de": ("tags", 0),
    "tc": ("count", 0), "z9": ("count", 1), "pm": ("pubmed", 0),
}  # fmt: skip

_SEPARATORS = (",", ";", "\t")
_SEP_LINE = late(r"\ufeff?\"?sep=.\"?", re.IGNORECASE)  # for Excel
_SURE = 6  # fields
_ABOVE = 3  # lines that are not blank, of which the last may be the head
_LONGEST_HEAD = 20_000  # characters
_LONGEST_ROW = 3_000  # lines: a longer one is a quotation mark that was never closed
_LONGEST_END = 200  # lines, of a last row that is cut off within a cell
_LARGEST_CELL = 20_000_000
_FORMULA = late(r"^'(?='?[=+\-@＝＋－＠])")

HEAD = "the names of a table's columns"
ABOVE = "stands above the names of the columns"
NO_WORK = "a row that names no work: no title, no identifier, no address"
TOO_MANY = "a row with more cells than the table has columns"


def recognises(text: str) -> bool:
    """Whether `text` is a table whose head names a title column and at least one other, over rows of as many cells."""
    lines = Account(text[:400_000]).lines
    table = _head(lines)
    if table is None:
        return False
    rows = [cells for _, _, cells in islice(_rows(lines, table), 20) if any(cells)]
    fitting = sum(len(cells) == len(table.columns) for cells in rows)
    known = len(set(table.columns) - {""})
    # A head of so many names is no sentence, whatever its rows are.
    return known >= _SURE or (2 * fitting >= len(rows) and (bool(rows) or known > 2))


def read(text: str, *, mentions: bool = False) -> Listing:
    """All rows of `text`. Raises InputError for a text without a head that names a title column."""
    account = Account(text)
    table = _head(account.lines)
    if table is None:
        raise InputError(
            "the table names no column of titles", "its first line must name the columns: title, authors …"
        )
    if table.above:
        account.ignore(1, table.above, ABOVE)
    account.ignore(table.above + 1, table.below, HEAD)
    entries = []
    for first, last, cells in _rows(account.lines, table):
        if not any(cells):
            account.take(first, last)  # separators alone
            continue
        if any(cells[len(table.columns) :]):
            account.ignore(first, last, TOO_MANY, broken=True)
            continue
        made = own.entry(table.cells(cells), first) if table.own else table.entry(cells, first)
        if made:
            account.take(first, last)
            entries.append(made)
        else:
            account.ignore(first, last, NO_WORK)
    return account.listing("csv", entries)


# -- head and rows -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """What the head says: how cells are divided, what each column holds ("" for nothing we know), where rows begin.

    `order` are the columns of each field, those with the better name first; `own_words` those of which nobody knows
    what they hold, in a table that no program wrote: their cells are the reader's. `above` lines stand above the head.
    """

    separator: str
    columns: tuple[str, ...]
    order: Mapping[str, tuple[int, ...]]
    below: int
    names: tuple[str, ...] = ()
    own_words: tuple[int, ...] = ()
    above: int = 0

    @property
    def own(self) -> bool:
        """Whether rl wrote the table, all of it or some columns."""
        return not own.COLUMNS.isdisjoint(self.names)

    @property
    def zotero(self) -> bool:
        """Whether Zotero wrote the table: a name in it always has its family name first, behind a comma."""
        return {"labels", "extra"} <= set(self.columns)

    def cells(self, cells: Sequence[str]) -> Mapping[str, str]:
        """The cells of a row by the names of their columns, as written in the head."""
        return dict(zip(self.names, cells, strict=False))

    def said(self, cells: Sequence[str]) -> Callable[[str], list[str]]:
        """What a row says in each field."""

        def all_of(what: str) -> list[str]:
            found = (cells[at] for at in self.order.get(what, ()) if at < len(cells))
            return [cell for cell in found if cell.casefold() not in EMPTY]

        return all_of

    def entry(self, cells: Sequence[str], line: int) -> Entry | None:
        """The paper of a row, in a table that rl did not write."""
        made = entry_of(self.said(cells), line, inverted=self.zotero)
        words = [
            f"{self.names[at].strip()}: {note(cells[at])}"
            for at in self.own_words
            if at < len(cells) and cells[at].casefold() not in EMPTY
        ]
        if made is None or not words:
            return made
        return replace(made, notes=(*made.notes, *"\n".join(words).split("\n")))


def _head(lines: Sequence[str]) -> _Table | None:
    """The head of the table: its first line that is not blank, behind one that only says how cells are divided, or,
    if it names as much as no sentence does, one below a line or two that say where the table is from (Dimensions).
    """
    filled = [at for at, line in enumerate(lines[:50]) if line.strip() and not _SEP_LINE.fullmatch(line)][:_ABOVE]
    for at in filled:
        if len(lines[at]) > _LONGEST_HEAD:
            return None
        candidates = (_columns(lines[at].removeprefix("\ufeff"), separator, at + 1) for separator in _SEPARATORS)
        best = max(candidates, key=lambda table: sum(map(bool, table.columns)))
        known = len(set(best.columns) - {""})
        if "title" in best.columns and known > 1 and (at == filled[0] or known >= _SURE):
            return replace(best, above=0 if at == filled[0] else at)
    return None


def _columns(line: str, separator: str, below: int) -> _Table:
    head = _cells([line], 0, separator)[0]
    names = [re.sub(r"[\W_]", "", name.casefold()) for name in head]
    by_tag = "pt" in names and "ti" in names
    columns = [_TAGS.get(name, ("", 0)) if by_tag else COLUMNS.get(name, ("", 0)) for name in names]
    whats = [what for what, _ in columns]
    if "title" not in whats and _WITH_NAME & set(whats):
        whats = ["title" if what == "name" else what for what in whats]
    order = {
        what: tuple(sorted((at for at, one in enumerate(whats) if one == what), key=lambda at: columns[at][1]))
        for what in set(whats) - {""}
    }
    words: tuple[int, ...] = ()
    if PROGRAMS.isdisjoint(names) and not by_tag:
        unknown = (at for at, (what, name) in enumerate(zip(whats, names, strict=True)) if not what and name)
        words = tuple(at for at in unknown if names[at] not in BOOKKEEPING and not names[at].startswith("unnamed"))
    return _Table(separator, tuple(whats), order, below, tuple(head), words)


def _rows(lines: Sequence[str], table: _Table) -> Iterator[tuple[int, int, list[str]]]:
    """The rows below the head: first line, last line, cells. A cell in quotes may go over several lines."""
    first = table.below
    while first < len(lines):
        cells, count = _cells(lines, first, table.separator)
        if count > 1 and (len(cells) > len(table.columns) or _is_open(lines[first : first + count])):
            # A quotation mark that is none of the table's, but of the text.
            cells, count = [cell.strip(' "') for cell in lines[first].split(table.separator)], 1
        yield first + 1, first + count, [_FORMULA.sub("", cell.strip()) for cell in cells]
        first += count


def _is_open(row: Sequence[str]) -> bool:
    """Whether the row is not ended by its last line, and too long to be one that the end of the file has cut off."""
    return len(row) > _LONGEST_END and sum(line.count('"') for line in row) % 2 == 1


def _cells(lines: Sequence[str], first: int, separator: str) -> tuple[list[str], int]:
    """The cells of the row that begins on line `first` (from 0), and how many lines it has."""
    some = (f"{lines[at]}\n" for at in range(first, min(len(lines), first + _LONGEST_ROW)))
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        reader = csv.reader(some, delimiter=separator, skipinitialspace=True)
        return next(reader, []), max(1, reader.line_num)
    except csv.Error:
        return [cell.strip(' "') for cell in lines[first].split(separator)], 1
    finally:
        csv.field_size_limit(limit)
