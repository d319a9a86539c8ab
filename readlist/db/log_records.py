"""The log as records (`domain/record.py`), and a library made anew with the log of the one that was written.

The log knows rows by their ids. So a library that gets a log gets all ids of the other one, those of authors and links
too, and no id that the log knows is given to anything new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from readlist.db.changes import Change, told_by, unpacked
from readlist.db.journal import packed
from readlist.db.library import Work
from readlist.db.reader import Reader
from readlist.domain.record import NOTED_IDS, AuthorRecord, Deeds, LogRecord, PaperRecord, Records
from readlist.domain.text import one_line
from readlist.errors import InputError

_COUNTS = "added, changed, removed, other"
_OWN = ("log", "log_parts", "log_papers")
_AT_MOST = 2**63  # SQLite's integers


class LogReader(Reader):
    """Reads the log, all of it, or ("held") only the commands that hold.

    A command that was taken back, its taking back, and a doing again cancel one another pair by pair, from the newest
    on. What is left are the commands that made the library what it is, each once and in the order in which they hold:
    what was taken back stood at the end when it was.
    """

    def __init__(self, connection: Any, deeds: Deeds) -> None:
        super().__init__(connection)
        self._deeds = deeds

    def authors(self) -> Iterator[AuthorRecord]:
        for i, name in self._connection.execute("select id, name from authors order by id"):
            yield AuthorRecord(i, name)

    def log(self) -> Iterator[LogRecord]:
        parts = self._connection.execute(
            f"select l.id, l.at, l.command, l.undoes, {_COUNTS}, p.id, p.changes "
            "from log l left join log_parts p on p.log_id = l.id order by l.id, p.id"
        )
        for entry, at, command, undoes, added, changed, removed, other, part, stored in parts:
            if entry in self._cancelled:
                continue
            papers: dict[Any, list[int]] = {}
            for how, paper in self._all(
                "select how, paper_id from log_papers where part_id = ? order by how, paper_id", part
            ):
                papers.setdefault(how, []).append(paper)
            by_how = {how: tuple(ids) for how, ids in papers.items()}
            changes = () if stored is None else tuple(unpacked(stored))
            yield LogRecord(entry, at, command, undoes, added, changed, removed, other, by_how, changes)

    def last(self) -> dict[str, int]:
        """The highest id ever given of each of `NOTED_IDS`. Of what was taken back nothing is told with "held"."""
        given: dict[str, int] = dict(self._all("select name, seq from sqlite_sequence"))
        return {table: given[table] for table in NOTED_IDS if table in given} if self._deeds == "all" else {}

    @cached_property
    def _cancelled(self) -> frozenset[int]:
        """Entries that nothing is left of."""
        found: set[int] = set()
        if self._deeds == "held":
            for back, entry in self._all(
                "select b.id, b.undoes from log b join log l on l.id = b.undoes order by b.id desc"
            ):
                if back not in found:
                    found |= {back, entry}
        return frozenset(found)


# -- taking in ---------------------------------------------------------------------------------------------------------


class Restoring:
    """Gives a library that is being made the ids and the log of the one that `records` are of."""

    def __init__(self, work: Work, records: Records) -> None:
        self._unit = work.unit
        self._records = records

    def authors(self) -> None:
        """Before the papers: all authors, under the ids that the log knows."""
        for author in self._records.of("authors"):
            assert isinstance(author, AuthorRecord)
            self._unit.insert("authors", id=author.id, name=author.name)

    def links(self, record: PaperRecord) -> None:
        """Before the paper: its links, likewise."""
        for link in {link.url: link for link in record.links}.values():
            if link.id is not None:
                self._unit.insert(
                    "links", id=link.id, paper_id=record.id, rel=link.rel, url=link.url, text=one_line(link.text)
                )

    def log(self) -> None:
        """After all else: the log. Raises InputError for one that this program could not take back."""
        connection = self._unit.connection
        tables = _Tables(connection)
        entry = 0
        for record in self._records.of("log"):
            assert isinstance(record, LogRecord)
            if record.id != entry:
                entry = record.id
                connection.execute(
                    f"insert into log (id, at, command, undoes, {_COUNTS}) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (entry, record.at, record.command, record.undoes, record.added, record.changed, record.removed,
                     record.other),
                )  # fmt: skip
            if not record.changes:
                continue
            tables.check(record)
            part = connection.execute(
                "insert into log_parts (log_id, changes) values (?, ?)", (entry, packed(record.changes))
            ).lastrowid
            connection.executemany(
                "insert into log_papers (paper_id, part_id, how) values (?, ?, ?)",
                [(paper, part, how) for how, papers in record.papers.items() for paper in papers],
            )
        for table, highest in tables.highest.items():  # what is gone may come back: its id is given to nothing else
            if highest:
                self._unit.reserve(table, highest)


class _Tables:
    """The tables that the log may speak of, and the highest id of each that it does."""

    def __init__(self, connection: Any) -> None:
        made = connection.execute("select name, sql from sqlite_master where type = 'table'").fetchall()
        self._columns: Mapping[str, Mapping[str, int]] = {
            name: {column: key for _, column, _, _, _, key in connection.execute(f'pragma table_info("{name}")')}
            for name, _ in made
            if name not in _OWN and not name.startswith("sqlite_")
        }
        self.highest: dict[Any, int] = {name: 0 for name, sql in made if "autoincrement" in (sql or "").casefold()}

    def check(self, record: LogRecord) -> None:
        """Look at the rows of a part: what it puts into tables and columns must be something that can be there."""
        try:
            changes = told_by(record.changes)
            sound = all(map(self._is_sound, changes))
        except (TypeError, ValueError, AttributeError):
            sound = False
        if not sound:
            raise InputError(
                f"the log of the file: entry {record.id} says what this rl does not know",
                "a newer rl wrote it: update rl; or export without the log: --log none",
            )
        for change in changes:
            if change.table in self.highest:
                self.highest[change.table] = max(self.highest[change.table], change.key[0])

    def _is_sound(self, change: Change) -> bool:
        columns = self._columns.get(change.table, {})
        keys = [name for name, key in columns.items() if key]
        values = [*(change.before or {}).values(), *(change.after or {}).values(), *change.key]
        named = {*(change.before or ()), *(change.after or ())}
        return (
            bool(keys)
            and len(change.key) == len(keys)
            and named <= columns.keys()
            and all(value is None or isinstance(value, str | int | float) for value in values)
            and all(abs(value) < _AT_MOST for value in values if isinstance(value, int))
            and (change.table not in self.highest or isinstance(change.key[0], int))
            and isinstance(change.paper, int | None)
            and isinstance(change.told, dict | None)
        )


@contextmanager
def restoring(work: Work, records: Records) -> Iterator[Restoring]:
    """Within the block nothing of what is written to the new library gets into its log; the log of `records` does."""
    with work.unit.unlogged():
        yield Restoring(work, records)
