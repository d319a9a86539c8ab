"""Which entries of the log hold: what was taken back does not, unless its taking back was taken back in turn."""

from __future__ import annotations

from typing import cast

from readlist.db.reader import Reader


class Undone(Reader):
    """Follows the chains of undo and redo."""

    def _is_undone(self, entry: int) -> bool:
        """Whether what the entry did does not hold."""
        undone, last = False, entry
        while last := self._one("select id from log where undoes = ?", last):
            undone = not undone
        return undone

    def _taken_back(self) -> set[int]:
        """The commands that do not hold: for who looks at many."""
        undone_by = dict(
            cast("list[tuple[int, int]]", self._all("select undoes, id from log where undoes is not null"))
        )
        steps_back = set(undone_by.values())
        void = set()
        for entry in undone_by.keys() - steps_back:
            undone, last = False, entry
            while last in undone_by:
                undone, last = not undone, undone_by[last]
            if undone:
                void.add(entry)
        return void
