"""How far a long command is: one line at the bottom of a terminal, which messages stand above of."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PAUSE = 0.1  # seconds between two pictures


class Bar:
    """A progress bar on `stream`, which must be a terminal. Shown from the first `advance` to `close`.

    With `patience` it is shown only that many seconds after the first `advance`: what is done sooner needs none.
    """

    def __init__(self, stream: TextIO, environ: Mapping[str, str], patience: float = 0.0) -> None:
        self._stream = stream
        self._environ = environ
        self._patience = patience
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._what = ""
        self._since: float | None = None  # the first advance
        self._drawn = 0.0
        self._timer: threading.Timer | None = None  # shows what tells no more of itself
        self._lock = threading.RLock()

    @property
    def shown(self) -> bool:
        return self._progress is not None

    def advance(self, what: str, done: int, total: int) -> None:
        """`done` of `total` of `what` are done; when all are, the bar goes away.

        With a `total` of 0 nobody knows how far it is: the bar moves by itself, until the next `advance` or `close`.
        """
        now = time.monotonic()
        if self._since is None:
            self._since = now
        wait = self._since + self._patience - now
        if not total:
            self.close()
            self._timer = threading.Timer(max(wait, 0), self._move, (what,))
            self._timer.daemon = True
            self._timer.start()
        elif done >= total:
            self.close()
        elif wait <= 0 and (what != self._what or now - self._drawn >= _PAUSE):
            self._drawn = now
            self._draw(what, done, total)

    def above(self, text: str) -> None:
        """A line above the bar."""
        from rich.text import Text

        assert self._progress
        self._progress.console.print(Text(text), soft_wrap=True)

    def close(self) -> None:
        """Take the bar away."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._progress is not None:
                self._progress.stop()
                self._progress = self._task = None
                self._what = ""

    def _draw(self, what: str, done: int, total: int) -> None:
        if self._timer is not None:
            self.close()
        progress = self._progress or self._begin()
        if self._task is None or what != self._what:
            if self._task is not None:
                progress.remove_task(self._task)
            self._task, self._what = progress.add_task(what, total=total), what
        progress.update(self._task, completed=done, total=total, refresh=True)

    def _move(self, what: str) -> None:
        """On the timer's thread."""
        with self._lock:
            if self._timer is not None:
                self._begin(by_itself=True).add_task(what, total=None)

    def _begin(self, *, by_itself: bool = False) -> Progress:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        console = Console(
            file=self._stream, no_color=bool(self._environ.get("NO_COLOR")), markup=False, highlight=False, emoji=False
        )
        how_far = (TimeElapsedColumn(),) if by_itself else (MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            *how_far,
            console=console,
            auto_refresh=by_itself,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._progress.start()
        return self._progress
