"""`rl log`, `rl undo`, `rl redo`: what was done, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from readlist.services.deeds import Deed

_LIMIT = 20
_TITLE = 40  # letters of a title on a terminal

_Count = Annotated[int, typer.Argument(metavar="[N]", help="How many commands.")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what it would be.")]


def register(app: typer.Typer) -> None:
    @command(app, "log", "rl log", "rl log gao2021simcse -n 5", "rl log --trim 1y")
    def log(
        output: Output,
        paper: Annotated[
            str | None,
            typer.Argument(metavar="[PAPER]", help="Only what was done to it; one that is gone by its id: #12."),
        ] = None,
        limit: Annotated[
            int | None, typer.Option("-n", metavar="N", help="At most so many (20 unless said); 0 is all.")
        ] = None,
        trim: Annotated[
            str | None, typer.Option("--trim", metavar="AGE", help="Forget what is older: 90d, 6m, 1y.")
        ] = None,
        yes: o.Yes = False,
    ) -> None:
        """What was done, newest first.

        What is forgotten with --trim cannot be taken back any more.
        """
        from readlist.errors import UsageError
        from readlist.services import undo
        from readlist.services.current import Current

        if trim is not None:
            if paper is not None or limit is not None:
                raise UsageError("the log is shown or trimmed, not both", "rl log --trim 90d")
            _trim(output, trim, yes)
            return
        if limit is not None and limit < 0:
            raise UsageError(f"-n cannot be {limit}", "a number of entries; 0 is all")
        library = output.context.library
        wanted = None if paper is None else undo.paper_of_log(library, Current(output.context.settings.database), paper)
        found = undo.read_log(library, (_LIMIT if limit is None else limit) or None, wanted)
        output.show(
            {"entries": [_document(it) for it in found.deeds], "total": found.total, "forgotten": 0},
            lambda: _draw(output, found.deeds),
        )
        if not found.total:
            output.message("nothing was done yet")
        elif len(found.deeds) < found.total:
            output.message(f"{len(found.deeds)} of {found.total}; -n 0 shows all")

    @command(app, "undo", "rl undo", "rl undo 3 --dry-run")
    def undo_(output: Output, count: _Count = 1, dry_run: _DryRun = False, yes: o.Yes = False) -> None:
        """Take the last command back, or the last N.

        Each as a whole, whatever it changed; `rl redo` does it again. If something else has changed since what a
        command left, nothing is taken back.
        """
        _carry_out(output, count, again=False, dry_run=dry_run, yes=yes)

    @command(app, "redo", "rl redo")
    def redo(output: Output, count: _Count = 1, dry_run: _DryRun = False, yes: o.Yes = False) -> None:
        """Do again what `rl undo` took back.

        Until something new is done.
        """
        _carry_out(output, count, again=True, dry_run=dry_run, yes=yes)


def _carry_out(output: Output, count: int, *, again: bool, dry_run: bool, yes: bool) -> None:
    from readlist.services import undo

    library = output.context.library
    planned = undo.plan(library, count, again=again)
    lines = [f"{deed.name}: {deed.words()}" for deed in planned.deeds]
    entries = [_document(deed) for deed in planned.deeds]
    data = {"entries": entries, "papers": planned.papers, "dry_run": dry_run}
    if dry_run:
        output.show(data, lambda: output.line("\n".join(map(one_line, lines))))
        output.message(f"would be {undo.done(again)}; nothing was changed")
        return
    many = "the last command" if count == 1 else f"the last {count} commands"
    output.confirm(planned.papers, f"do {many} again" if again else f"take back {many}", lines, yes)
    undo.carry_out(library, planned)
    for entry in entries:
        entry["undone"] = not again
    for text in lines:
        output.message(f"{undo.done(again)}: {text}")
    output.show(data, lambda: None)


def _trim(output: Output, age: str, yes: bool) -> None:
    """Forget old entries, after a question: they cannot be had back."""
    from readlist.domain.dates import parse_age
    from readlist.errors import UsageError
    from readlist.services import undo

    context = output.context
    before = context.now() - parse_age(age)
    old = context.library.history.entries_before(before.isoformat(timespec="seconds"))
    what = f"{old} entr{'ies' if old != 1 else 'y'} of the log"
    if old and not yes:
        if not output.asks:
            raise UsageError(f"this would forget {what} for good", "say --yes to do it without being asked")
        if not typer.confirm(f"forget {what}? What they tell cannot be taken back then", err=True):
            raise UsageError("nothing was changed", "")
    gone = undo.trim(context.library, before) if old else 0
    output.message(f"{what} forgotten" if gone else f"the log has nothing older than {age}")
    _, left = context.library.history.log(0)
    output.show({"entries": [], "total": left, "forgotten": gone}, lambda: None)


def _document(deed: Deed) -> dict[str, Any]:
    entry = deed.entry
    return {
        "id": entry.id,
        "at": entry.at,
        "command": entry.command,
        "what": deed.words(),
        "undone": entry.undone,
        "undoes": entry.undoes,
        "added": entry.added,
        "changed": entry.changed,
        "removed": entry.removed,
        "papers": [{"id": paper.id, "title": paper.title, "how": paper.how} for paper in deed.papers],
        "changes": [{"field": it.field, "before": it.before, "after": it.after} for it in deed.fields],
    }


def _draw(output: Output, deeds: Sequence[Deed]) -> None:
    """A line an entry; on a terminal a table."""
    if not output.terminal:
        output.rows([(it.entry.id, it.entry.at, it.entry.command, _state(it), it.words()) for it in deeds])
        return
    from readlist.cli.tables import cell, is_narrow, plain

    narrow = is_narrow(output.console)  # then the day and, before what was done, the command must do
    table = plain()
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("When", no_wrap=True)
    if not narrow:
        table.add_column("Command", no_wrap=True)
    table.add_column("What", overflow="fold")
    for it in deeds:
        said = it.words(_TITLE)
        what = cell(f"{it.entry.command}: {said}" if narrow else said, "dim" if _state(it) else "")
        if _state(it):
            what = cell("").append_text(what).append(f" ({_state(it)})", "yellow")
        when = cell(it.entry.at[: 10 if narrow else 16].replace("T", " "))
        table.add_row(cell(it.entry.id, "dim"), when, *(() if narrow else (cell(it.entry.command),)), what)
    if deeds:
        output.console.print(table)


def _state(deed: Deed) -> str:
    """Of a command that holds no more: so it is; of an undo or a redo its own words say what it is."""
    return "taken back" if deed.entry.undone and deed.entry.undoes is None else ""
