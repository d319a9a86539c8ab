"""The current paper, `@`: the one being read, else the one last added, shown or marked.

It is kept in a small file beside the database, so that showing a paper does not write to the library.
"""

from __future__ import annotations

import os
from pathlib import Path

from readlist.db.views import Views
from readlist.errors import NotFound


class Current:
    """The current paper of the library in `database`."""

    def __init__(self, database: Path) -> None:
        self._file = database.with_name(database.name + ".current")

    def paper(self, views: Views) -> int:
        """The id of the current paper; raises NotFound if there is none."""
        reading = views.begun_last()
        if reading is not None:
            return reading
        try:
            kept = int(self._file.read_text(encoding="ascii").strip()[:12])
        except (OSError, ValueError):
            kept = 0
        if not views.has_id(kept):
            raise NotFound("there is no current paper", "name one, or begin one with `rl start PAPER`", ref="@")
        return kept

    def remember(self, paper_id: int) -> None:
        """Make this the paper last touched. Where the folder cannot be written to, nothing happens: it is a comfort."""
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                out.write(f"{paper_id}\n")
            beside.replace(self._file)
        except OSError:
            beside.unlink(missing_ok=True)
