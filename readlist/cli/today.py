"""`rl` alone: the day. What is being read, what is next, the week so far; with nothing on the list, how to begin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from readlist.cli.output import Output
from readlist.domain.paper import Paper

if TYPE_CHECKING:
    from readlist.services.today import Today

COMMAND = "rl"
"""What `--json` calls it."""

BEGIN = """\
Nothing is on the list yet. Begin with the page that you keep by hand, or with a paper:
  rl import reading-list.md
  rl add 2104.08821"""


def show(output: Output) -> None:
    """Show the day."""
    from readlist.cli import documents

    output.command = COMMAND
    today = _today(output)
    output.show(
        {
            "day": today.day.isoformat(),
            "week": today.week.week,
            "reading": [documents.paper(paper) for paper in today.reading],
            "next": [documents.paper(paper) for paper in today.next],
            "papers": today.known,
            "being_read": today.read,
            "waiting": today.waiting,
            "focus": list(today.focus),
            "passes": today.passes,
            "minutes": today.minutes,
            "added": today.added,
        },
        lambda: _draw(output, today) if today.known else None,
    )
    if today.focus:
        from readlist.services.focus import note

        output.message(note(today.focus))
    if not today.known:
        say_how_to_begin(output)


def say_how_to_begin(output: Output) -> None:
    """Tell the reader of an empty library what to do first."""
    output.message(BEGIN)


def _today(output: Output) -> Today:
    """How things stand; where no library was made yet, nothing is opened to say so."""
    from readlist.db.connect import is_made
    from readlist.domain.dates import week_of
    from readlist.services.today import Today, day_of

    context = output.context
    day = context.now().date()
    if not is_made(context.settings.database):
        return Today(day, week_of(day))
    return day_of(context.library.views, day, whole=output.json)


def _draw(output: Output, today: Today) -> None:
    if not output.terminal:
        output.rows([(kind, *fields) for kind, *fields in _rows(today)])
        return
    from rich.text import Text

    from readlist.cli.tables import cell, draw_papers, plain

    console = output.console
    console.print(Text(f"{today.day:%A} {today.day.day} {today.day:%B %Y}", style="bold"))
    if today.reading:
        console.print()
        table = plain("Being read")
        table.add_column("#", justify="right", no_wrap=True)
        table.add_column("Title", ratio=1, overflow="fold", min_width=20)
        table.add_column("Pass", justify="right", no_wrap=True)
        table.add_column("Since", no_wrap=True)
        table.expand = console.width < 110
        for paper in today.reading:
            number, begun = _begun(paper)
            table.add_row(cell(paper.id, "dim"), cell(paper.title, "bold"), cell(number), cell(_ago(begun, today.day)))
        console.print(table)
    console.print()
    if today.next:
        console.print(Text("Next", style="bold"))
        draw_papers(output, today.next)
    elif today.focus:
        console.print(Text("Nothing waits under the topics in focus."))
    else:
        console.print(Text("Nothing waits to be read: `rl want PAPER` puts a paper into the queue."))
    console.print()
    console.print(Text.assemble(("This week  ", "bold"), _week(today)))
    more = [f"{today.waiting} wait: `rl todo`"] if today.waiting > len(today.next) else []
    more += [f"{today.read} are being read: `rl list --status reading`"] if today.read > len(today.reading) else []
    if more:
        output.message("; ".join(more))


def _rows(today: Today) -> list[tuple[Any, ...]]:
    """For a pipe: what each line is of, then id, key, title, pass and day of begin or urgency; the week's counts."""
    reading = [("reading", paper.id, paper.key, paper.title, *_begun(paper)) for paper in today.reading]
    following = [
        (
            "next", paper.id, paper.key, paper.title, paper.next_pass,
            f"{paper.urgency.total:.1f}" if paper.urgency else None,
        )
        for paper in today.next
    ]  # fmt: skip
    return [*reading, *following, ("week", today.week.week, today.passes, today.minutes, today.added)]


def _begun(paper: Paper) -> tuple[int | None, str | None]:
    """The pass that a paper is in, and the ISO day on which it was begun."""
    event = paper.open_pass
    return (event.number, event.started[:10] if event.started else None) if event else (None, None)


def _ago(day: str | None, today: date) -> str:
    if day is None:
        return ""
    then = date.fromisoformat(day)
    if then.year != today.year:
        return day
    return {0: "today", 1: "yesterday"}.get((today - then).days) or f"{then:%a} {then.day} {then:%b}"


def _week(today: Today) -> str:
    def of(count: int, one: str, many: str) -> str:
        return f"{count} {one if count == 1 else many}"

    if not today.passes and not today.added:
        return "nothing finished or added yet"
    read = of(today.passes, "pass", "passes") + " finished"
    time = f" in {of(today.minutes, 'minute', 'minutes')}" if today.minutes else ""
    return f"{read}{time}, {of(today.added, 'paper', 'papers')} added"
