"""What `rl stats` draws: its sections, and how they stand on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from readlist.cli import charts
from readlist.domain.stats import Share, Spread, Stats, Week, shown

if TYPE_CHECKING:
    from rich.text import Text

_GAP = 4  # columns between what stands side by side
_SIDE = 48  # columns that the tables need beside the weeks
_HALF = 34  # columns of half a screen; with less, everything stands one below the other
_WIDEST = 76  # columns of a table: bars need no more
_MOST = 8  # topics, venues, years in a table
_LAST = 6  # weeks told in numbers


def drawing(found: Stats, width: int, *, title: str = "", square: bool = False) -> Any:
    """The figures for Rich to print in `width` columns, with the newest weeks, as many as fit.

    `square`: as pictures want it, see `charts.calendar`.
    """
    from rich.console import Console, Group
    from rich.measure import Measurement
    from rich.text import Text

    weeks = found.weeks[-max(1, (width - charts.GUTTER) // charts.WEEK) :]
    head = [Text(title, "bold"), Text()] if title else []
    head.append(_head(found))
    if not found.papers:
        return Group(*head)
    past = Group(*_weeks(found, weeks, square))
    # Few weeks are narrower than what is said of them.
    console = Console(width=width)
    room = width - Measurement.get(console, console.options, past).maximum - _GAP
    if room < _SIDE:
        return Group(*head, *_tables(found, min(width, _WIDEST)), past)
    return Group(*head, _beside(past, Group(*_tables(found, min(room, _WIDEST)))))


def _head(found: Stats) -> Text:
    """How many papers there are, and how much was read."""
    from rich.text import Text

    text = Text(f"{found.papers:,} paper{'s' if found.papers != 1 else ''}", "bold")
    text.append(f": {found.read:,} read, {found.waiting:,} waiting", "not bold")
    if found.minutes:
        text.append(f"; {_time(found.minutes)} of reading noted", "not bold")
    return text


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} h {rest} min" if hours else f"{rest} min"


def _beside(*parts: Any, width: int | None = None) -> Any:
    from rich.table import Table

    side = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    for _ in parts:
        side.add_column(width=width)
    side.add_row(*parts)
    return side


def _section(head: str, *parts: Any, note: str | Text = "") -> list[Any]:
    from rich.text import Text

    told = Text(f"  {note}" if note else "", "dim") if isinstance(note, str) else note
    return [Text(), Text.assemble((head, "bold"), told), *parts]


# -- what there is -----------------------------------------------------------------------------------------------------


def _tables(found: Stats, width: int) -> list[Any]:
    """By status, pass, topic, venue and year; what is small stands in pairs where there is room."""
    from rich.console import Group

    half = (width - _GAP) // 2
    paired = half >= _HALF
    room = half if paired else width
    passes = {f"pass {number} or deeper" if number < 3 else "pass 3": n for number, n in found.depths.items()}
    parts = [
        Group(*_section("Status", charts.numbers(found.statuses, found.papers, room))),
        Group(*_section("Passes", charts.numbers(passes, found.papers, room), *_undated(found))),
    ]
    key = charts.key()
    topics = [] if not found.topics else _section("Topics", _shares("topic", found.topics, width), note=key)
    more = [
        Group(*_section(head, _shares(name, shares, room), note=key))
        for head, name, shares in (("Venues", "venue", found.venues), ("Years", "year", found.years))
        if shares
    ]
    if paired:
        return [_beside(*parts, width=half), *topics, *([_beside(*more, width=half)] if more else [])]
    return [*parts, *topics, *more]


def _undated(found: Stats) -> list[Text]:
    from rich.text import Text

    one = "1 paper" if found.undated == 1 else f"{found.undated:,} papers"
    return [Text(f"{one} read on unknown days", "dim")] if found.undated else []


def _shares(name: str, shares: Sequence[Share], width: int) -> Any:
    rows = shown(shares, _MOST)
    return charts.shares([(_name(name, row), row) for row in rows], width, longest=max(12, width // 3))


def _name(section: str, share: Share) -> str:
    if share.name is None:
        return f"no {section}"
    if share.others:
        return f"{share.others:,} others" if section != "year" else "earlier"
    return share.name.rpartition("/")[2] if section == "topic" else share.name


# -- when it was -------------------------------------------------------------------------------------------------------


def _weeks(found: Stats, weeks: Sequence[Week], square: bool) -> list[Any]:
    """The calendar, passes a week, the queue, the last weeks in numbers, and how long papers take."""
    from rich.text import Text

    since = weeks[0].first.isoformat()
    parts: list[Any] = []
    if any(week.passes for week in weeks):
        mondays = [week.first for week in weeks]
        days = {day: count for day, count in found.days.items() if day >= mondays[0]}
        parts += _section("Calendar", *charts.calendar(mondays, days, found.today, square=square))
        passes = sum(week.passes for week in weeks)
        parts += _section(
            "Passes a week", *charts.columns([week.passes for week in weeks], 4),
            note=f"{passes:,} since {since}",
        )  # fmt: skip
    else:
        parts += _section("Calendar", Text(f"No pass was finished on a known day since {since}.", "dim"))
    if any(week.waiting or week.came for week in weeks):
        parts += _section("Queue", *_queue(weeks), note="papers waiting at the end of each week")
    if any(week.passes or week.came or week.went for week in weeks[-_LAST:]):
        parts += _section("Last weeks", _numbers(weeks[-_LAST:]))
    if found.to_first or found.to_done:
        parts += _section("Days from adding a paper", _waits(found))
    return parts


def _queue(weeks: Sequence[Week]) -> list[Text]:
    """The papers waiting, and below, on a scale of their own, those that came in and went out."""
    from rich.text import Text

    came, went = [week.came for week in weeks], [week.went for week in weeks]
    most = max(*came, *went)
    lines = [charts.months([week.first for week in weeks])]
    lines += charts.columns([week.waiting for week in weeks], 5, close=True)
    if most:
        lines += [charts.spark("in", came, most), charts.spark("out", went, most)]
        lines.append(Text(f"{'':{charts.GUTTER}}{sum(came):,} in, {sum(went):,} out; at most {most:,} a week", "dim"))
    return lines


def _numbers(weeks: Sequence[Week]) -> Any:
    from readlist.cli.tables import cell

    table = charts.grid("left", *["right"] * 5)
    table.add_row(*(cell(head, "dim") for head in ("", "passes", "min", "in", "out", "waiting")))
    for week in weeks:
        figures = (week.passes, week.minutes, week.came, week.went, week.waiting)
        table.add_row(cell(week.name), *(cell(f"{figure:,}") for figure in figures))
    return table


def _waits(found: Stats) -> Any:
    from readlist.cli.tables import cell

    table = charts.grid("left", "right", "right", "right", "right")
    table.add_row(*(cell(head, "dim") for head in ("", "¼ by", "½ by", "¾ by", "papers")))
    for name, spread in (("first pass", found.to_first), ("done", found.to_done)):
        if spread:
            table.add_row(cell(name), *(cell(f"{figure:,}") for figure in _figures(spread)))
    return table


def _figures(spread: Spread) -> tuple[int, ...]:
    return spread.low, spread.median, spread.high, spread.count
