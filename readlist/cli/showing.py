"""`rl show`: everything about one paper."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.metadata import SERVICES
from readlist.domain.queue import written
from readlist.domain.text import one_line, printable

if TYPE_CHECKING:
    import typer

    from readlist.domain.paper import Observation, Paper
    from readlist.domain.passes import Pass

_POINTS = 6  # of a count's course


def register(app: typer.Typer) -> None:
    @command(app, "show", "rl show gao2021simcse", "rl show 12 --json")
    def show(output: Output, paper: o.OnePaper = "@") -> None:
        """Everything about one paper, and what you did with it."""
        from readlist.cli import documents
        from readlist.services.current import Current
        from readlist.services.references import resolve

        context = output.context
        current = Current(context.settings.database)
        found = context.library.views.paper(resolve(context.library.views, current, paper), context.now().date())
        current.remember(found.id)
        more: dict[str, Any] = {
            "citation_history": [documents.count(it) for it in found.citation_history],
            "sources": {name: asdict(said) for name, said in found.sources.items()},
        }
        output.show(
            {"paper": {**documents.paper(found), **more}, **more},
            lambda: draw(output, found, context.now().date()),
        )


def draw(output: Output, paper: Paper, today: date) -> None:
    """The paper as text: a line a field on the left, long texts below; wrapped to the terminal, whole in a pipe."""
    if not output.terminal:
        output.line(f"#{paper.id} {one_line(paper.title)}")
        for name, value in _fields(paper, today):
            output.line(f"{name}: {one_line(value)}")
        for name, text in _texts(paper):
            output.line(f"\n{name}\n{printable(text).strip()}")
        return
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from readlist.cli.tables import cell

    console = output.console
    console.print(Text(one_line(paper.title), style="bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _fields(paper, today):
        grid.add_row(cell(name), cell(value))
    console.print(grid)
    for name, text in _texts(paper):
        console.print()
        console.print(Text(name, style="bold cyan"))
        console.print(Padding(Text(printable(text).strip()), (0, 0, 0, 2)))


def _fields(paper: Paper, today: date) -> list[tuple[str, str]]:
    """The short facts that there are, with their names."""
    from readlist.domain.identifiers import Identifier

    venue = " ".join(str(part) for part in (paper.venue, paper.year) if part) + paper.guess
    pages = [Identifier(scheme, value).url for scheme, value in paper.identifiers.items()]
    fields: list[tuple[str, str | None]] = [
        ("Id", f"#{paper.id}  {paper.key}" + (f"  ({paper.kind})" if paper.kind != "paper" else "")),
        ("Authors", ", ".join(paper.authors)),
        ("Venue", venue),
        ("Published", paper.published),
        ("Withdrawn", _withdrawn(paper)),
        ("Version", _version(paper)),
        ("Identifiers", "  ".join(f"{name}:{value}" for name, value in paper.identifiers.items() if name != "s2")),
        ("Page", paper.url or next((page for page in pages if page), None)),
        *((f"Link ({link.rel})", " ".join(part for part in (link.text, link.url) if part)) for link in paper.links
          if link.url != paper.url),
        ("Citations", _citations(paper, today)),
        ("Course", _course(paper)),
        ("Topics", "\n".join(paper.topics) and ", ".join(paper.topics)),
        ("Tags", ", ".join(paper.tags)),
        ("Status", _status(paper)),
        ("Priority", paper.priority if paper.priority != "normal" else None),
        ("Due", paper.due),
        ("Urgency", _urgency(paper)),
        *((f"Pass {event.number}", _pass(event)) for event in paper.passes if not event.implied),
        ("Metadata", "still to be fetched: rl refresh --pending" if paper.pending else None),
        ("Added", paper.added[:10]),
    ]  # fmt: skip
    return [(name, value) for name, value in fields if value]


def _texts(paper: Paper) -> list[tuple[str, str]]:
    texts = [("Summary", paper.summary), ("In short", paper.tldr), ("Abstract", paper.abstract)]
    found = [(name, text) for name, text in texts if text]
    for note in paper.notes:
        of = f" on pass {note.pass_number}" if note.pass_number else ""
        found.append((f"Note{of}, {note.created[:10]}", note.text))
    return found


def _withdrawn(paper: Paper) -> str | None:
    if not paper.withdrawn:
        return None
    said = paper.sources.get("withdrawn")
    return "withdrawn or retracted" + (f", says {SERVICES.get(said.source, said.source)}" if said else "")


def _version(paper: Paper) -> str | None:
    """The newest version of a preprint, and the one that was read where it is older."""
    read = max((event.version or 0 for event in paper.passes), default=0)
    if not paper.version:
        return None
    return f"v{paper.version}" + (f"; you read v{read}" if 0 < read < paper.version else "")


def _citations(paper: Paper, today: date) -> str | None:
    """The count with its age, and the one before."""
    if not paper.citations:
        return None
    seen = paper.citations
    days = (today - date.fromisoformat(seen.observed)).days
    age = "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
    course = [o for o in _seen(paper) if o.observed < seen.observed]
    before = f"; {course[-1].count:,} on {course[-1].observed}" if course else ""
    return f"{seen.count:,} ({SERVICES.get(seen.source, seen.source)}, {age}{before})"


def _course(paper: Paper) -> str | None:
    """How the count went, in at most `_POINTS` observations from the first to the newest; None for one or two."""
    course = _seen(paper)
    if len(course) < 3:
        return None
    last = len(course) - 1
    points = min(_POINTS, len(course))
    shown = [course[round(n * last / (points - 1))] for n in range(points)]
    return ", ".join(f"{o.count:,} on {o.observed}" for o in shown)


def _seen(paper: Paper) -> list[Observation]:
    """The counts of the source that is shown, oldest first."""
    return [o for o in paper.citation_history if paper.citations and o.source == paper.citations.source]


def _status(paper: Paper) -> str:
    if paper.status == "dropped":
        return f"dropped: {paper.drop_reason}"
    if paper.status == "reading" and paper.open_pass:
        return f"reading, pass {paper.open_pass.number}"
    if paper.status == "todo":
        return f"todo, pass {paper.next_pass} is next"
    return paper.status


def _urgency(paper: Paper) -> str | None:
    if not paper.urgency:
        return None
    terms = ", ".join(f"{written(points, '+')} {why}" for why, points in paper.urgency.terms)
    return written(paper.urgency.total) + (f"  ({terms})" if terms else "")


def _pass(event: Pass) -> str:
    if event.open and event.started:
        when = f"begun {event.started[:10]}"
    else:
        when = f"finished {event.finished[:10]}" if event.finished else "read"
    return when + (f", {event.minutes} minutes" if event.minutes is not None else "")
