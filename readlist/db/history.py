"""Reading the log: what was done, by which command, to which papers; what can be taken back and done again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from readlist.db.undone import Undone

if TYPE_CHECKING:
    from readlist.db.changes import Change


@dataclass(frozen=True, slots=True)
class Entry:
    """One run of one command: how many papers it added, changed and removed, and rows of no paper (topics, tags …).

    `undoes` is the entry that it took back (an undo) or that it did again by taking back its undo (a redo), `of` the
    command that these are of in the end, None if that is trimmed. `undone`: what it did does not hold any more.
    """

    id: int
    at: str
    command: str
    undoes: int | None
    added: int
    changed: int
    removed: int
    other: int
    undone: bool = False
    of: tuple[int, str] | None = None

    @property
    def papers(self) -> int:
        return self.added + self.changed + self.removed

    @property
    def by_the_way(self) -> bool:
        """Whether it did nothing to speak of: it asked services, and heard nothing new."""
        return not (self.papers or self.other)


_ENTRY = "select id, at, command, undoes, added, changed, removed, other from log l"
_HOLDS = "not exists (select 1 from log u where u.undoes = l.id)"  # nobody took it back itself


class History(Undone):
    """What was done to the library."""

    def log(self, limit: int | None, paper: int | None = None) -> tuple[list[Entry], int]:
        """The newest entries, all or those that concern the paper, and how many there are."""
        some = "" if limit is None else f" limit {limit:d}"
        if paper is None:
            where = "added + changed + removed + other > 0"
            total = self._one(f"select count(*) from log where {where}")
            rows = self._all(f"{_ENTRY} where {where} order by id desc{some}")
        else:
            of_paper = "from log_papers lp join log_parts p on p.id = lp.part_id where lp.paper_id = ?"
            total = self._one(f"select count(distinct p.log_id) {of_paper}", paper)
            ids = f"select distinct p.log_id {of_paper} order by lp.part_id desc{some}"
            rows = self._all(f"{_ENTRY} where id in ({ids}) order by id desc", paper)
        return [self._entry(row) for row in rows], total

    def entry(self, entry: int) -> Entry | None:
        """One entry; None if it is trimmed."""
        return next(self._newest(f"where id = {entry:d}"), None)

    def to_undo(self, count: int) -> list[Entry]:
        """The last `count` commands that hold, newest first, with what was done by the way since."""
        found: list[Entry] = []
        for entry in self._newest(f"where (undoes is null or command = 'redo') and {_HOLDS}"):
            found.append(entry)
            if sum(map(self._tells, found)) == count:
                return found
        while found and not self._tells(found[-1]):
            found.pop()
        return found

    def to_redo(self, count: int) -> list[Entry]:
        """The entries of undo that took the last `count` commands back, newest first.

        None once a new command did something to speak of.
        """
        told = "undoes is null and added + changed + removed + other > 0"
        newest = self._one(f"select id from log where {told} order by id desc limit 1") or 0
        found: list[Entry] = []
        for entry in self._newest(f"where id > {newest:d} and command = 'undo' and {_HOLDS}"):
            if self._tells(entry) and sum(map(self._tells, found)) == count:
                break
            found.append(entry)
        return found

    def _tells(self, entry: Entry) -> bool:
        """Whether it, or what it took back or did again, did something to speak of.

        Taking back a command whose steps cancelled one another changes nothing, and is a step of its own all the same.
        """
        first = self.entry(entry.of[0]) if entry.of else None
        return not (first or entry).by_the_way

    def papers_of_entry(self, entry: int, limit: int) -> list[tuple[int, str]]:
        """The first papers that the entry concerns: id, and whether it was added, changed or removed."""
        found: dict[int, str] = {}
        for (paper,) in self._connection.execute(
            "select lp.paper_id from log_parts p join log_papers lp on lp.part_id = p.id "
            "where p.log_id = ? order by p.id, lp.paper_id",
            (entry,),
        ):
            how = found.get(paper) or self.became(entry, paper)
            if how != "passing":
                found[paper] = how
            if len(found) == limit:
                break
        return list(found.items())

    def became(self, entry: int, paper: int) -> str:
        """What became of the paper in the entry: "added", "changed", "removed", or "passing": it came and went."""
        return cast(
            str,
            self._one(
                "select lp.how from log_papers lp join log_parts p on p.id = lp.part_id "
                "where lp.paper_id = ? and p.log_id = ? order by lp.part_id desc limit 1",
                paper, entry,
            ),
        )  # fmt: skip

    def papers_of_entries(self, entries: Sequence[int]) -> int:
        """How many papers these entries concern."""
        marks = ",".join("?" * len(entries))
        return cast(
            int,
            self._one(
                "select count(distinct lp.paper_id) from log_parts p join log_papers lp on lp.part_id = p.id "
                f"where p.log_id in ({marks})",
                *entries,
            ),
        )

    def changes_of_entry(self, entry: int, largest: int) -> list[Change] | None:
        """All that the entry changed, in order; None if that is more than `largest` bytes as stored."""
        size = self._one("select total(length(changes)) from log_parts where log_id = ?", entry)
        if size > largest:
            return None
        return list(self._changes("select changes from log_parts where log_id = ? order by id", entry))

    def changes_to_paper(self, entry: int, paper: int) -> list[Change]:
        """What the entry changed of the paper, in order; and of topics and tags, since they may be gone by now."""
        found = self._changes(
            "select p.changes from log_papers lp join log_parts p on p.id = lp.part_id "
            "where lp.paper_id = ? and p.log_id = ? order by p.id",
            paper, entry,
        )  # fmt: skip
        return [change for change in found if paper in change.papers or change.table in ("topics", "tags")]

    def is_in_log(self, paper: int) -> bool:
        return self._one("select 1 from log_papers where paper_id = ? limit 1", paper) is not None

    def old_title(self, paper: int) -> str | None:
        """The title of a paper that is gone, as the log remembers it."""
        found = self._changes(
            "select p.changes from log_papers lp join log_parts p on p.id = lp.part_id "
            "where lp.paper_id = ? order by lp.part_id desc",
            paper,
        )
        titles = (
            (change.before or {}).get("title") or (change.told or {}).get("title")
            for change in found
            if change.table == "papers" and change.key == (paper,)
        )
        return next((title for title in titles if title), None)

    def name_of_tag(self, tag: int) -> str | None:
        return cast("str | None", self._one("select name from tags where id = ?", tag))

    def name_of_venue(self, venue: int) -> str | None:
        return cast("str | None", self._one("select name from venues where id = ?", venue))

    def entries_before(self, moment: str) -> int:
        """How many entries there are before the first one made at or after `moment` (ISO date-time)."""
        first = self._one("select id from log where julianday(at) >= julianday(?) order by id limit 1", moment)
        if first is None:
            return cast(int, self._one("select count(*) from log"))
        return cast(int, self._one("select count(*) from log where id < ?", first))

    # -- details -----------------------------------------------------------------------------------------------------

    def _newest(self, where: str) -> Iterator[Entry]:
        for row in self._connection.execute(f"{_ENTRY} {where} order by id desc"):
            yield self._entry(row)

    def _changes(self, sql: str, *values: Any) -> Iterator[Change]:
        from readlist.db.changes import decoded

        for (stored,) in self._connection.execute(sql, values):
            yield from decoded(stored)

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        entry = Entry(*row)
        of: tuple[int, str] | None = None
        back = entry.undoes
        while back is not None:
            earlier = self._connection.execute("select id, command, undoes from log where id = ?", (back,)).fetchone()
            of = earlier[:2] if earlier and earlier[2] is None else None
            back = earlier[2] if earlier else None
        return replace(entry, undone=self._is_undone(entry.id), of=of)
