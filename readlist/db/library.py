"""The library: reading through `views`, writing through `write`. Opened, made and brought up to date on first use."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from readlist.db.connect import HEAD, WAIT_SECONDS, explaining, is_made, open_reading, open_writing, revision
from readlist.domain.queue import WEIGHTS, Weights
from readlist.glossary import built_in_glossary

if TYPE_CHECKING:
    from readlist.db.history import History
    from readlist.db.labels import Tags, Venues
    from readlist.db.papers import Papers
    from readlist.db.reading import Reading
    from readlist.db.search import Search
    from readlist.db.topics import Topics
    from readlist.db.unit import Unit
    from readlist.db.views import Views
    from readlist.domain.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Work:
    """What a command may write, all in one transaction; `views` sees what it has written so far."""

    unit: Unit
    papers: Papers
    reading: Reading
    topics: Topics
    tags: Tags
    venues: Venues

    @property
    def views(self) -> Views:
        from readlist.db.views import Views

        return Views(self.unit.connection)

    def merge(self, kept: int, gone: int) -> None:
        """Make one paper of two: everything of `gone` becomes `kept`'s."""
        from readlist.db.merge import merge

        merge(self.unit, self.papers, self.reading, kept, gone)

    @property
    def history(self) -> History:
        from readlist.db.history import History

        return History(self.unit.connection)

    def take_back(self, entry: int) -> None:
        """Put back all that the entry of the log changed; that is an entry of its own. Raises `undo.Altered`."""
        from readlist.db.undo import take_back

        take_back(self.unit.connection, self.unit.changes, entry, self.unit.index)
        self.unit.forget()

    def reindex(self) -> None:
        """Make the index of `rl search` anew from the tables. It is in no log: there is nothing to take back."""
        from readlist.db.fulltext import rebuild

        connection = self.unit.connection
        self.unit.index.settle()
        rebuild(connection)

    def forget(self, before: str) -> int:
        """Trim the log of what is older than `before` (ISO date-time); how many entries there were."""
        from readlist.db.journal import trim

        return trim(self.unit.connection, before)


class Library:
    """One user's library in the file `path`. `now` gives the moment that things happen at; `tell` informs the user.

    `wait` is how many seconds a command waits for another one that is writing. `glossary` gives the names by which
    topics are found, too, `weights` what urgency is counted with.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime],
        tell: Callable[[str], None],
        wait: float = WAIT_SECONDS,
        glossary: Callable[[], Glossary] = built_in_glossary,
        weights: Weights = WEIGHTS,
    ) -> None:
        self.path = path
        self.now = now
        self._tell = tell
        self._wait = wait
        self._glossary = glossary
        self._weights = weights
        self._reading: sqlite3.Connection | None = None
        self._writing: sqlite3.Connection | None = None
        self._logged: tuple[str, int | None] = ("", None)  # the command of the last unit of work, and its entry

    @property
    def views(self) -> Views:
        """Reading. Where there is no library yet, an empty one is read; nothing is made on disk."""
        from readlist.db.views import Views

        return Views(self._to_read(), self._glossary, self._weights)

    @property
    def history(self) -> History:
        """Reading the log, as `views` reads the rest."""
        from readlist.db.history import History

        return History(self._to_read())

    @property
    def search(self) -> Search:
        """Reading the full-text index."""
        from readlist.db.search import Search

        return Search(self._to_read())

    @contextmanager
    def write(self, command: str) -> Iterator[Work]:
        """A unit of work for `command`: everything in the block is kept, or, if it raises, nothing.

        Units of one command that follow one another are one entry of the log, and are taken back as one.
        """
        from readlist.db.labels import Tags, Venues
        from readlist.db.papers import Papers
        from readlist.db.reading import Reading
        from readlist.db.topics import Topics
        from readlist.db.unit import unit_of_work

        dbapi = self._to_write()
        continued = self._logged[1] if self._logged[0] == command else None
        with unit_of_work(dbapi, self.path, command, self.now(), continued) as unit:
            reading = Reading(unit, self._weights)
            yield Work(
                unit,
                Papers(unit, reading.settle),
                reading,
                Topics(unit),
                Tags(unit),
                Venues(unit),
            )
        self._logged = (command, unit.changes.entry)

    def _to_read(self) -> sqlite3.Connection:
        if self._writing is not None:
            return self._writing
        if self._reading is None:
            if not is_made(self.path):
                from readlist.db.new import in_memory

                self._reading = in_memory()
            else:
                connection = open_reading(self.path, self._wait)
                if revision(connection, self.path) != HEAD:
                    connection.close()
                    self._migrate()
                    connection = open_reading(self.path, self._wait)
                self._reading = connection
        return self._reading

    def _to_write(self) -> sqlite3.Connection:
        if self._writing is None:
            if not is_made(self.path):
                from readlist.db.new import create

                create(self.path, self._wait)
            connection = open_writing(self.path, self._wait)
            with explaining(self.path):
                behind = revision(connection, self.path) != HEAD
            if behind:
                connection.close()
                self._migrate()
                connection = open_writing(self.path, self._wait)
            self._writing = connection
            if self._reading is not None:
                self._reading.close()
                self._reading = None
        return self._writing

    def _migrate(self) -> None:
        from readlist.db.migrate import migrate

        copy = migrate(self.path, self.now().strftime("%Y%m%d%H%M%S"), self._wait)
        if copy:
            self._tell(f"the library was brought up to date; a copy of the old one is {copy}")

    def close(self) -> None:
        for connection in (self._reading, self._writing):
            if connection is not None:
                connection.close()
        self._reading = self._writing = None
