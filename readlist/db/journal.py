"""The log: what each command did to which rows, written in the transaction in which it is done, so that it can be taken
back and done again.

An entry is one run of one command. Its changes stand in parts, one for each unit of work, and of a large unit one for
every few thousand rows, so that neither writing nor taking back needs more memory for more papers. In a part each row
stands once, with what it was before and is after, however often it was touched. Of a changed row the columns that
differ are kept, of a row that went the whole row, of a new row a checksum: who takes the row back has it then, and who
does that again finds it in the entry that took it back. Papers that come by the thousand have one checksum each, for
all their rows. Parts are JSON, compressed unless they are tiny.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import compress, crc32

if TYPE_CHECKING:
    from readlist.db.changes import Change

Row = Mapping[str, Any]

_ROWS = 2000  # in one part
_NAMES = 20_000  # authors in one part
_LEVEL = 2  # of compression: a third of the time of the usual one, for a tenth more
_TINY = 300  # characters of JSON that are not worth compressing
_TOLD = 80  # characters of a new row's text that are kept for the reader of the log

# What a reader of the log wants to hear of a new row, or of one that went to another paper.
_TELLING: Mapping[str, tuple[str, ...]] = {
    "papers": ("title",),
    "passes": ("number", "started", "finished", "minutes"),
    "notes": ("text",),
    "summaries": ("text",),
    "links": ("url",),
    "observations": ("count",),
    "topics": ("name",),
    "tags": ("name",),
    "venue_aliases": ("alias",),
}

# Tables that a command touches by the way: what the services were asked, names that came with papers, which papers cite
# which. A command that did no more than that did nothing that a person would take back.
_BY_THE_WAY = ("fetches", "authors", "venues", "cites", "imports")

# Columns that no command is asked for: they follow from other rows and from the settings, which may be others when a
# row comes back. The log is silent on them; what a row that comes back has in them until they are made anew.
DERIVED: Mapping[str, Row] = {"reading": {"rank": 0.0}}

# What became of a paper earlier in an entry, and in its newest part -> in the whole entry.
_TOGETHER: Mapping[tuple[str | None, str], str] = {
    ("added", "removed"): "passing",
    ("changed", "removed"): "removed",
    ("removed", "added"): "changed",
    ("passing", "added"): "added",
}


WHOLE = "paper"
"""In the place of a table: a new paper with all its rows."""

_Net = dict[tuple[str, tuple[Any, ...]], tuple[Row | None, Row | None]]
"""What rows were and are, by table and key, in the order in which they were first touched."""


class Journal:
    """What one unit of work changes, and its way into the log.

    Iterating gives the net changes that are not written yet; `len` is how many changes there were, for asking whether
    something changed meanwhile. `entry` is the entry of the log that they are written to, None before there is one.
    """

    def __init__(self, connection: sqlite3.Connection, command: str, at: str, continued: int | None = None) -> None:
        """`continued`: the entry of an earlier unit of the same run, to which this one belongs."""
        self._connection = connection
        self._command = command
        self._at = at
        self._count = 0
        self._net: _Net = {}
        self._open = False
        self._first: int | None = None  # the entry's first part, if it has one already
        self.entry = continued

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Change]:
        from readlist.db.changes import Change

        for (table, key), (before, after) in self._net.items():
            yield Change(table, key, before, after)

    def add(self, table: str, key: tuple[Any, ...], before: Row | None, after: Row | None) -> None:
        """Note that a row was changed; the rows are whole."""
        if table in DERIVED:
            before, after = (row and stated(table, row) for row in (before, after))
            if before == after:
                return
        self._count += 1
        where = (table, key)
        if where in self._net:
            before = self._net[where][0]
        if before == after:
            self._net.pop(where, None)
        else:
            self._net[where] = (before, after)
        if len(self._net) >= _ROWS:
            self.flush()

    def begin(self, undoes: int) -> None:
        """What follows takes back the entry `undoes`, and is an entry of its own."""
        self.flush()
        self._new_entry(undoes)

    def flush(self) -> None:
        """Write what has been noted to the log."""
        if not self._net:
            return
        connection = self._connection
        how, other = _summary(self._net)
        part = self._write_part(_records(self._net))
        counts = {"added": 0, "changed": 0, "removed": 0, "passing": 0}
        for paper, now in how.items():
            earlier = self._earlier(paper)
            if earlier:
                counts[earlier] -= 1
            how[paper] = _TOGETHER.get((earlier, now), earlier or now)
            counts[how[paper]] += 1
        connection.executemany(
            "insert into log_papers (paper_id, part_id, how) values (?, ?, ?)",
            [(paper, part, now) for paper, now in how.items()],
        )
        connection.execute(
            "update log set added = added + ?, changed = changed + ?, removed = removed + ?, other = other + ? "
            "where id = ?",
            (counts["added"], counts["changed"], counts["removed"], other, self.entry),
        )
        self._net.clear()

    def add_authors(self, authors: Sequence[tuple[int, str]]) -> None:
        """Note that authors, by id and name, were written past the unit of work."""
        self._count += len(authors)
        for start in range(0, len(authors), _NAMES):
            self._write_part(
                [
                    ["authors", [i], None, crc32(f"id={i}\0name={name}".encode()), None, {}]
                    for i, name in authors[start : start + _NAMES]
                ]
            )

    def add_papers(self, papers: Sequence[tuple[int, int, str]]) -> None:
        """Note that new papers came, each with all its rows: the id, the checksum of all (`db/whole.py`), the title."""
        self.flush()
        if not papers:
            return
        self._count += len(papers)
        part = self._write_part([[WHOLE, [i], None, left, i, {"title": title[:_TOLD]}] for i, left, title in papers])
        connection = self._connection
        connection.executemany(
            "insert into log_papers (paper_id, part_id, how) values (?, ?, 'added')", [(i, part) for i, *_ in papers]
        )
        connection.execute("update log set added = added + ? where id = ?", (len(papers), self.entry))

    def _write_part(self, changes: Sequence[Any]) -> int:
        """Write the changes, as `changes.unpacked` gives them; returns the id of the part."""
        if not self._open:
            self._find_entry()
        part = self._connection.execute(
            "insert into log_parts (log_id, changes) values (?, ?)", (self.entry, packed(changes))
        ).lastrowid
        assert part is not None
        self._first = self._first or part
        return part

    def _find_entry(self) -> None:
        """The entry of the run goes on, unless somebody else wrote meanwhile: then the rest is an entry of its own.

        So the order of entries is the order in which things were done, and taking back the newest always fits.
        """
        (newest,) = self._connection.execute("select max(id) from log").fetchone()
        if self.entry is None or newest != self.entry:
            self._new_entry(None)
            return
        self._open = True
        (self._first,) = self._connection.execute(
            "select min(id) from log_parts where log_id = ?", (self.entry,)
        ).fetchone()

    def _new_entry(self, undoes: int | None) -> None:
        self.entry = self._connection.execute(
            "insert into log (at, command, undoes, added, changed, removed, other) values (?, ?, ?, 0, 0, 0, 0)",
            (self._at, self._command, undoes),
        ).lastrowid
        self._open, self._first = True, None

    def _earlier(self, paper: int) -> str | None:
        """What became of the paper in the entry's earlier parts."""
        if self._first is None:
            return None
        row = self._connection.execute(
            "select how from log_papers where paper_id = ? and part_id >= ? order by part_id desc limit 1",
            (paper, self._first),
        ).fetchone()
        return row[0] if row else None


def _summary(net: _Net) -> tuple[dict[int, str], int]:
    """What became of each paper, and how many rows of no paper changed."""
    how: dict[int, str] = {}
    other = 0
    for (table, key), (before, after) in net.items():
        if table == "papers":
            how[key[0]] = "added" if before is None else "removed" if after is None else "changed"
        elif table not in _BY_THE_WAY:
            papers = [row["paper_id"] for row in (before, after) if row and row.get("paper_id") is not None]
            for paper in papers:
                how.setdefault(paper, "changed")
            other += not papers
    return how, other


# -- how changes are stored --------------------------------------------------------------------------------------------

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _records(net: _Net) -> list[Any]:
    """The changes as `changes.unpacked` gives them."""
    return [_stored(table, key, before, after) for (table, key), (before, after) in net.items()]


def packed(changes: Sequence[Any]) -> str | bytes:
    """The changes of a part, as `changes.unpacked` gives them, as they are stored: text, or bytes if compressed."""
    text = _json(changes)
    return text if len(text) <= _TINY else compress(text.encode(), _LEVEL)


def _stored(table: str, key: tuple[Any, ...], before: Row | None, after: Row | None) -> list[Any]:
    if after is None:
        assert before is not None
        row = {name: value for name, value in before.items() if value is not None}
        return [table, key, row, None, before.get("paper_id"), None]
    paper = after.get("paper_id")
    told = {name: _short(after[name]) for name in _TELLING.get(table, ()) if after[name] is not None}
    if before is None:
        return [table, key, None, checksum(after), paper, told]
    differ = [name for name in after if after[name] != before[name]]
    was, now = ({name: row[name] for name in differ} for row in (before, after))
    return [table, key, was, now, paper, told if table == "passes" or "paper_id" in differ else None]


def _short(value: Any) -> Any:
    return value[:_TOLD] if isinstance(value, str) else value


def stated(table: str, row: Row) -> Row:
    """A row of `table` as the log knows it: without what follows from elsewhere."""
    return {name: value for name, value in row.items() if name not in DERIVED.get(table, ())}


def checksum(row: Row) -> int:
    """Tells whether a row is as it was. A column that holds nothing does not count: it may have come later."""
    filled = [
        f"{name}={value if type(value) is str else plain(value)}"
        for name, value in sorted(row.items())
        if value is not None
    ]
    return crc32("\0".join(filled).encode())


def plain(value: Any) -> str | None:
    """A value as text, the same before and after SQLite made it fit its column: 0.0 is 0, True is 1."""
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        value = int(value)
    return None if value is None else str(value)


# -- forgetting --------------------------------------------------------------------------------------------------------


def trim(connection: sqlite3.Connection, before: str) -> int:
    """Forget the entries that are older than `before` (ISO date-time); how many there were."""
    row = connection.execute(
        "select id from log where julianday(at) >= julianday(?) order by id limit 1", (before,)
    ).fetchone()
    (newest,) = connection.execute("select coalesce(max(id), 0) from log").fetchone()
    first = row[0] if row else newest + 1
    connection.execute("delete from log_papers where part_id in (select id from log_parts where log_id < ?)", (first,))
    connection.execute("delete from log_parts where log_id < ?", (first,))
    return connection.execute("delete from log where id < ?", (first,)).rowcount
