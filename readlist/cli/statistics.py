"""`rl stats`: looking back, in figures and pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output

if TYPE_CHECKING:
    from readlist.domain.stats import Share, Spread, Stats, Week

_PICTURE = 100  # columns of a picture where no terminal says how wide
_SMALLEST = 40


def register(app: typer.Typer) -> None:
    @command(
        app,
        "stats",
        "rl stats",
        "rl stats --since 2026-01-01 --svg reading.svg",
        "rl stats -t NLP year:2020.. --json",
    )
    def stats(
        output: Output,
        query: o.Query = None,
        topic: o.Topics = None,
        tag: o.Tags = None,
        venue: o.Venues = None,
        status: o.Statuses = None,
        since: Annotated[
            str | None, typer.Option("--since", metavar="DATE", help="Weeks from this day on (26 weeks unless said).")
        ] = None,
        svg: Annotated[
            str | None, typer.Option("--svg", metavar="FILE", help="Draw it into this file instead.")
        ] = None,
    ) -> None:
        """Look back: what is read, when, and what waits.

        Papers by status, pass, topic, venue and year; a calendar of the passes finished; passes a week; how many
        papers waited at the end of each week; how long papers take. With a query only the papers that fit.
        """
        from readlist.domain.dates import parse_past
        from readlist.services.listing import Wanted, to_filter
        from readlist.services.stats import look_back

        context = output.context
        today = context.now().date()
        wanted = Wanted(o.several(query), o.several(topic), o.several(tag), o.several(venue), o.several(status))
        chosen = to_filter(wanted, today, context.library.views)
        found = look_back(context.library.views, chosen, parse_past(since, today) if since else None, today)
        if svg is not None:
            _picture(output, found, svg)
        output.show(_document(found, svg), lambda: None if svg is not None else _show(output, found))
        if svg is not None:
            output.message(f"drawn in {svg}")
        if not found.papers and chosen.terms:
            output.message("no paper fits")
        elif not found.papers:
            from readlist.cli.today import say_how_to_begin

            say_how_to_begin(output)


def _document(found: Stats, svg: str | None) -> dict[str, Any]:
    return {
        "today": found.today.isoformat(),
        "since": found.weeks[0].first.isoformat(),
        "papers": found.papers,
        "read": found.read,
        "waiting": found.waiting,
        "statuses": dict(found.statuses),
        "passes": [{"pass": number, "papers": papers} for number, papers in found.depths.items()],
        "undated": found.undated,
        "minutes": found.minutes,
        "topics": _shares(found.topics),
        "venues": _shares(found.venues),
        "years": _shares(found.years, int),
        "days": [{"day": day.isoformat(), "passes": count} for day, count in sorted(found.days.items())],
        "weeks": [
            {
                "week": week.name,
                "first": week.first.isoformat(),
                "passes": week.passes,
                "minutes": week.minutes,
                "came": week.came,
                "went": week.went,
                "waiting": week.waiting,
            }
            for week in found.weeks
        ],
        "to_first": _spread(found.to_first),
        "to_done": _spread(found.to_done),
        "svg": svg,
    }


def _shares(shares: Sequence[Share], name: Callable[[str], Any] = str) -> list[dict[str, Any]]:
    return [
        {"name": None if share.name is None else name(share.name), "papers": share.papers, "read": share.read}
        for share in shares
    ]


def _spread(spread: Spread | None) -> dict[str, int] | None:
    if spread is None:
        return None
    return {"papers": spread.count, "low": spread.low, "median": spread.median, "high": spread.high}


# -- a pipe ------------------------------------------------------------------------------------------------------------


def _show(output: Output, found: Stats) -> None:
    if not output.terminal:
        output.rows(_rows(found))
    elif found.papers:
        from readlist.cli.looking_back import drawing

        console = output.console
        console.print(drawing(found, console.width))


def _rows(found: Stats) -> list[tuple[str, object, int]]:
    """Every figure as (section, name, number)."""
    rows: list[tuple[str, object, int]] = [("papers", "all", found.papers)]
    rows += [("status", name, count) for name, count in found.statuses.items()]
    rows += [("pass", number, count) for number, count in found.depths.items()]
    rows += [("pass", "on an unknown day", found.undated), ("minutes", "all", found.minutes)]
    for section, shares in (("topic", found.topics), ("venue", found.venues), ("year", found.years)):
        for share in shares:
            name = share.name or f"no {section}"
            rows += [(section, name, share.papers), (f"{section} read", name, share.read)]
    rows += [("day", day, count) for day, count in sorted(found.days.items())]
    parts: tuple[tuple[str, Callable[[Week], int]], ...] = (
        ("week passes", lambda week: week.passes),
        ("week minutes", lambda week: week.minutes),
        ("week in", lambda week: week.came),
        ("week out", lambda week: week.went),
        ("week waiting", lambda week: week.waiting),
    )
    rows += [(section, week.name, figure(week)) for section, figure in parts for week in found.weeks]
    for section, spread in (("days to first pass", found.to_first), ("days to done", found.to_done)):
        if spread:
            rows += [(section, "papers", spread.count), (section, "quartile 1", spread.low)]
            rows += [(section, "median", spread.median), (section, "quartile 3", spread.high)]
    return rows


# -- a picture ---------------------------------------------------------------------------------------------------------


def _picture(output: Output, found: Stats, file: str) -> None:
    """Draw it as wide as the terminal, or as COLUMNS says."""
    from readlist.cli.files import write_file
    from readlist.cli.looking_back import drawing
    from readlist.cli.svg import picture

    told = output.terminal or output.context.environ.get("COLUMNS")
    width = max(output.console.width if told else _PICTURE, _SMALLEST)
    title = f"Reading list, {found.today.isoformat()}"
    write_file(file, [picture(drawing(found, width, title=title, square=True), width, title)])
