"""How far a long command is: one line at the bottom of a terminal, which messages stand above of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """A progress bar on `stream`, which must be a terminal. Shown from the first `advance` to `close`."""

    def __init__(self, stream: TextIO, environ: Mapping[str, str]) -> None:
        self._stream = stream
        self._environ = environ
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._what = ""

    @property
    def shown(self) -> bool:
        return self._progress is not None

    def advance(self, what: str, done: int, total: int) -> None:
        """`done` of `total` of `what` are done; when all are, the bar goes away."""
        if done >= total:
            self.close()
            return
        progress = self._progress or self._begin()
        if self._task is None or what != self._what:
            if self._task is not None:
                progress.remove_task(self._task)
            self._task, self._what = progress.add_task(what, total=total), what
        progress.update(self._task, completed=done, total=total, refresh=True)

    def above(self, text: str) -> None:
        """A line above the bar."""
        from rich.text import Text

        assert self._progress
        self._progress.console.print(Text(text), soft_wrap=True)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = self._task = None

    def _begin(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(
            file=self._stream, no_color=bool(self._environ.get("NO_COLOR")), markup=False, highlight=False, emoji=False
        )
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._progress.start()
        return self._progress
