"""Papers and counts as tables: for a terminal by Rich, for a pipe as lines of fields divided by tabs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from readlist.cli.output import Output
from readlist.domain.paper import Paper
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.domain.titles import family_name

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from readlist.db.views import Row

_BLOCK = 100  # lines that are written at once
_NAMES = 4096  # of venues that are kept at hand: many papers have the same
STYLES = {"listed": "dim", "todo": "yellow", "reading": "bold cyan", "done": "green", "dropped": "dim strike"}


def first_author(paper: Paper) -> str:
    """`Gao et al.`, `Gao & Yao`, `Gao`, or nothing."""
    return authors_in_short(paper.authors)


def authors_in_short(names: Sequence[str]) -> str:
    """The names in full as a list shows them; see `first_author`."""
    if not names:
        return ""
    family = family_in(names[0])
    if len(names) == 2:
        return f"{family} & {family_in(names[1])}"
    return f"{family} et al." if len(names) > 2 else family


# Given name, initial, family name; one that ends in l may be the end of "et al".
_USUAL = late(r"[A-Z][a-z]+(?: [A-Z]\.)? ([A-Z][a-z]{2,}[a-km-z])")


def family_in(author: str) -> str:
    """`family_name`, in a shorter way for names as most are."""
    usual = _USUAL.fullmatch(author)
    return usual[1] if usual else family_name(author)


def where(paper: Paper) -> str:
    """Venue and year: `EMNLP 2021`."""
    return " ".join(str(part) for part in (paper.venue, paper.year) if part)


def passes_of(paper: Paper) -> str:
    """What was read and what is next: `1✓ 2…` being read, `→1` wanted."""
    if paper.open_pass:
        return f"{paper.open_pass.number}…"
    return f"{paper.next_pass}" if paper.next_pass else ""


def plain(title: str | None = None) -> Table:
    """An empty table in the house's style: no box, a line under the head."""
    from rich import box
    from rich.table import Table

    return Table(
        title=title,
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
        title_justify="left",
        title_style="bold",
        show_edge=False,
    )


def cell(value: object, style: str = "") -> Text:
    """Text as text: cleaned, on one line, without markup."""
    from rich.text import Text

    return Text(one_line("" if value is None else str(value)), style=style, end="")


def bar(console: Console, done: int, total: int, cells: int = 10) -> Text:
    """How much of `total` is `done`, as a bar; full and empty only where all or nothing is. Of nothing: a blank."""
    from rich.text import Text

    full = done * cells // total if total else 0
    if 0 < done < total:
        full = min(max(full, 1), cells - 1)
    # Told apart by their shapes too, where there are no colours.
    mark, rest = "━─" if console.encoding.startswith("utf") else "#-"
    shown = cells if total else 0
    return Text.assemble((mark * min(full, shown), "green"), (rest * (shown - full), "dim"), end="")


def print_rows(output: Output, rows: Iterable[Row]) -> int:
    """Papers for a pipe, as `draw_papers` writes them there; returns how many. None is held back for long."""
    from readlist.db.lists import BETWEEN

    write = output.context.stdout.write
    venue = lru_cache(_NAMES)(one_line)
    count = 0
    rows = iter(rows)
    while lines := [
        f"{i}\t{one_line(key)}\t{status}\t{next_pass or ''}\t{one_line(title)}\t"
        f"{one_line(authors_in_short(names.split(BETWEEN))) if names else ''}\t"
        f"{venue(at) if at else ''}\t{'' if year is None else year}\t{'' if cited is None else cited}\t"
        f"{'' if points is None else f'{points:.1f}'}\n"
        for i, key, status, next_pass, title, names, at, year, cited, points in islice(rows, _BLOCK)
    ]:
        write("".join(lines))
        count += len(lines)
    return count


def draw_papers(output: Output, papers: Sequence[Paper], *, due: bool = False) -> None:
    """A list of papers with the pass that is next, and their urgency or (`due`) the day they are due."""
    if not output.terminal:
        output.rows(
            [
                (
                    paper.id, paper.key, paper.status, paper.next_pass, paper.title, first_author(paper), paper.venue,
                    paper.year, paper.citations.count if paper.citations else None,
                    f"{paper.urgency.total:.1f}" if paper.urgency else None,
                )
                for paper in papers
            ]
        )  # fmt: skip
        return
    console = output.console
    wide, narrow = is_wide(console), is_narrow(console)
    table = of_papers(console, statuses=False, due=due)
    for paper in papers:
        row = [cell(paper.id, "dim"), cell(paper.title, "bold" if paper.status == "reading" else "")]
        if wide:
            row.append(cell(first_author(paper)))
        if not narrow:
            row += [cell(where(paper)), cell(f"{paper.citations.count:,}" if paper.citations else "")]
        last = paper.due if due else f"{paper.urgency.total:.1f}" if paper.urgency else ""
        table.add_row(*row, cell(passes_of(paper)), cell(last))
    console.print(table)


def is_wide(console: Console) -> bool:
    """Whether a list of papers has room for the authors."""
    return console.width >= 110


def is_narrow(console: Console) -> bool:
    """Whether a list of papers leaves out venue and citations, as their titles would stand in a strip of syllables."""
    return console.width < 64


def of_papers(console: Console, *, statuses: bool, due: bool = False) -> Table:
    """An empty table for a list of papers, with their status or with the pass that is next and the urgency or `due`."""
    wide, narrow = is_wide(console), is_narrow(console)
    table = plain()
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Title", ratio=1, overflow="fold", min_width=20)
    if wide:
        table.add_column("Authors", no_wrap=True, overflow="ellipsis", max_width=24)
    if not narrow:
        table.add_column("Venue", no_wrap=True, overflow="ellipsis", max_width=24 if wide else 15)
        table.add_column("Cited", justify="right", no_wrap=True)
    table.add_column("Status" if statuses else "Pass", no_wrap=True, justify="left" if statuses else "right")
    if not statuses:
        table.add_column("Due" if due else "Urg.", justify="left" if due else "right", no_wrap=True)
    table.expand = not wide  # a wide screen would tear the columns apart
    return table


def draw_table(output: Output, columns: Sequence[tuple[str, bool]], rows: Sequence[Sequence[object]]) -> None:
    """Any small table. Columns are (head, numeric): numbers stand at the right."""
    if not output.terminal:
        output.rows(rows)
        return
    table = plain()
    for head, numeric in columns:
        table.add_column(head, justify="right" if numeric else "left", no_wrap=numeric, overflow="fold")
    for row in rows:
        table.add_row(*(cell(value) for value in row))
    output.console.print(table)
