"""Where everything that the user sees goes out: data on stdout, messages on stderr, JSON as one document.

A command hands over its data once, as a document and as a way to draw it; which of them is used is decided here.
Nothing that could steer a terminal passes: text is cleaned by `domain.text` on its way to either stream.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from readlist.context import Context
from readlist.domain.text import one_line, printable
from readlist.errors import Ambiguous, ReadlistError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from readlist.cli.bar import Bar

MANY = 100
"""Where there is no terminal, progress is told of more than so many."""

PATIENCE = 1.0
"""Seconds. What takes less is done without a bar."""

ASK_FROM = 3
"""A command that changes so many papers at once shows what it will do and asks."""


class Output:
    """What one run shows. Also the object that every command is handed (`typer.Context.obj`)."""

    def __init__(self, context: Context, wants_json: bool) -> None:
        self.context = context
        self.json = wants_json
        self.quiet = False
        self.verbose = False
        self.command = ""
        self.errors: list[ReadlistError] = []
        self._data: Mapping[str, Any] | None = None
        self._bar: Bar | None = None
        for stream in (context.stdout, context.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure:
                reconfigure(errors="replace")  # a Latin-1 terminal shows `?` for what it lacks, and no traceback

    # -- what the user's screen can do -----------------------------------------------------------------------------

    @property
    def terminal(self) -> bool:
        """Whether stdout is a terminal, or is to be treated as one (FORCE_COLOR)."""
        return self.context.stdout.isatty() or bool(self.context.environ.get("FORCE_COLOR"))

    @property
    def console(self) -> Console:
        """Rich, on stdout; only for terminals. Markup, highlighting and emoji codes are off: text is text."""
        from rich.console import Console

        environ = self.context.environ
        columns = environ.get("COLUMNS", "")
        columns = columns if columns.isdecimal() and columns.isascii() else ""
        return Console(
            file=self.context.stdout,
            force_terminal=True,
            width=min(int(columns[:9]), 1000) or None if columns else None,
            markup=False,
            highlight=False,
            emoji=False,
            no_color=bool(environ.get("NO_COLOR")),
            _environ={name: value for name, value in environ.items() if name not in ("COLUMNS", "LINES")},
            legacy_windows=False,
        )

    @property
    def asks(self) -> bool:
        """Whether there is somebody to ask."""
        return self.context.stdin.isatty() and self.context.stderr.isatty() and not self.json

    # -- data --------------------------------------------------------------------------------------------------------

    def show(self, data: Mapping[str, Any], draw: Callable[[], None]) -> None:
        """Hand over the command's data: `data` for JSON, `draw` to put it on the screen or into a pipe."""
        self.clear()
        if self.json:
            self._data = data
        else:
            draw()

    def line(self, text: str = "") -> None:
        """One or more plain lines of data."""
        self.context.stdout.write(printable(text) + "\n")

    def rows(self, rows: Sequence[Sequence[object]]) -> None:
        """Rows of data for a pipe: one line each, fields divided by tabs, nothing cut."""
        write = self.context.stdout.write
        for row in rows:
            write("\t".join("" if field is None else one_line(str(field)) for field in row) + "\n")

    # -- messages ----------------------------------------------------------------------------------------------------

    def message(self, text: str) -> None:
        """Tell something on stderr, unless -q."""
        if not self.quiet:
            self._say(printable(text))

    def detail(self, text: str) -> None:
        """Tell something on stderr with -v."""
        if self.verbose:
            self._say(printable(text))

    def progress(self, what: str, done: int, total: int, step: int = 1) -> None:
        """Tell how far a long command is: a bar on a terminal, elsewhere a line for every `step`-th of many."""
        if self.quiet:
            return
        if self.context.stderr.isatty():
            if self._bar is None:
                from readlist.cli.bar import Bar

                self._bar = Bar(self.context.stderr, self.context.environ)
            self._bar.advance(what, done, total)
        elif total > MANY and done % step == 0:
            self.message(f"{what}: {done} of {total}")

    def patiently(self, what: str, done: int, total: int) -> None:
        """On a terminal, tell how far a command is that may be short: a bar, if it takes more than a moment.

        With a `total` of 0 it is not known how far it is; see `Bar.advance`.
        """
        if self.quiet or not self.context.stderr.isatty():
            return
        if self._bar is None:
            from readlist.cli.bar import Bar

            self._bar = Bar(self.context.stderr, self.context.environ, PATIENCE)
        self._bar.advance(what, done, total)

    def report(self, fault: ReadlistError) -> None:
        """A fault that did not stop the command: shown now, and the exit code follows from the first of them."""
        self.errors.append(fault)
        self._explain(fault)

    def confirm(self, count: int, what: str, lines: Sequence[str], yes: bool) -> None:
        """Ask before `count` papers are changed, if they are many. Raises UsageError where nobody can be asked."""
        if yes or count < ASK_FROM:
            return
        if not self.asks:
            raise UsageError(f"this would {what} ({count} papers)", "say --yes to do it without being asked")
        import typer

        for text in lines[:20]:
            self._say(f"  {one_line(text)}")
        if len(lines) > 20:
            self._say(f"  … and {len(lines) - 20} more")
        try:
            agreed = typer.confirm(f"{one_line(what)} ({count} papers)?", err=True)
        except typer.Abort:
            raise KeyboardInterrupt from None
        if not agreed:
            raise UsageError("nothing was changed", "")

    @property
    def exit_code(self) -> int:
        return self.errors[0].exit_code if self.errors else 0

    def clear(self) -> None:
        """Take away what shows the progress."""
        if self._bar is not None:
            self._bar.close()

    # -- the end -----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write the JSON document, if that is what was asked for, and let everything out."""
        if self.json and self._data is not None:
            self._document("error" if self.errors else "ok", self._data, self.errors)
        self.context.stdout.flush()

    def failed(self, fault: ReadlistError) -> int:
        """Show the fault that ended the command; returns its exit code."""
        self._explain(fault)
        if self.json:
            self._document("error", self._data, [*self.errors, fault])
        return fault.exit_code

    def cut_off(self) -> None:
        """Stdout takes no more: what is left for it goes nowhere, now and at exit."""
        self.json = False
        _to_nowhere(self.context.stdout)

    def interrupted(self) -> None:
        self._say("interrupted")
        if self.json:
            self._document("error", None, [ReadlistError("interrupted")])

    def unexpected(self, fault: Exception, code: int) -> int:
        """A fault of the program: the traceback goes to a log, its path to the user."""
        import traceback

        try:
            folder = self.context.settings.home
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            log = folder / "rl.log"
            with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as out:
                out.write(f"{self.context.now().isoformat()} rl {self.command}\n")
                out.write("".join(traceback.format_exception(fault)) + "\n")
            where = f"the traceback is in {log}"
        except Exception:  # noqa: BLE001 - whatever keeps the log from being written must not hide the fault
            where = "its log could not be written"
        message = f"unexpected fault: {type(fault).__name__}: {one_line(str(fault))[:200]}"
        self._say(f"rl: {message}; {where}")
        if self.json:
            error = ReadlistError(message, where)
            error.code = "unexpected"
            self._document("error", None, [error])
        return code

    # -- details -----------------------------------------------------------------------------------------------------

    def _explain(self, fault: ReadlistError) -> None:
        """One sentence and a hint on stderr."""
        self._say(f"rl: {one_line(fault.message)}")
        if isinstance(fault, Ambiguous):
            for candidate in fault.candidates:
                self._say(f"  {one_line(candidate)}")
        if fault.hint:
            self._say(f"    {one_line(fault.hint)}")

    def _say(self, text: str) -> None:
        """A line on stderr. Where it takes none (closed, full), what the command does goes on without."""
        try:
            if self._bar is not None and self._bar.shown:
                self._bar.above(text)
                return
            self.context.stderr.write(f"{text}\n")
            self.context.stderr.flush()
        except OSError:
            _to_nowhere(self.context.stderr)

    def _document(self, status: str, data: Mapping[str, Any] | None, errors: Sequence[ReadlistError]) -> None:
        import json

        document = {
            "version": 1,
            "command": self.command,
            "status": status,
            "data": data,
            "errors": [_error(fault) for fault in errors],
        }
        encoding = (self.context.stdout.encoding or "utf-8").lower().replace("-", "")
        text = json.dumps(document, ensure_ascii=not encoding.startswith("utf"), indent=None)
        # What would steer a terminal, and a lone surrogate (from a file name), which has no UTF-8: escaped, it is JSON.
        if printable(text) != text:
            text = json.dumps(document)
        self.context.stdout.write(text + "\n")
        self.context.stdout.flush()


def _to_nowhere(stream: TextIO) -> None:
    """Let what is in the stream's buffer, and what comes after it, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _error(fault: ReadlistError) -> dict[str, Any]:
    error: dict[str, Any] = {"code": fault.code, "message": fault.message, "hint": fault.hint, "ref": fault.ref}
    if isinstance(fault, Ambiguous):
        error["candidates"] = list(fault.candidates)
    return error
