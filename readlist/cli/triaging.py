"""`rl triage`: after pass 1, one paper after the other: go on, park, or drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line, printable

if TYPE_CHECKING:
    from rich.console import Console

    from readlist.domain.paper import Paper

_LINES = 6  # of an abstract or a note on a card
_NAMES = 6  # authors on a card
_KEYS = "gpdosq"
_QUESTION = "[g]o on  [p]ark  [d]rop  [o]pen in browser  [s]kip  [q]uit: "


def register(app: typer.Typer) -> None:
    @command(app, "triage", "rl triage", "rl triage --topic contrastive --limit 5", "rl triage year:2024.. cites:>50")
    def triage(
        output: Output,
        query: o.Query = None,
        topic: o.Topics = None,
        tag: o.Tags = None,
        venue: o.Venues = None,
        limit: o.Limit = None,
    ) -> None:
        """Decide on papers after pass 1, one by one.

        Go on: it waits for pass 2. Park: out of the queue, done for now; `rl reopen` takes it back. Drop: given up.
        Each decision is kept at once, and `rl undo` takes all of one run back. A paper that was decided on is not
        asked about again until its pass 1 is read anew.
        """
        from readlist.cli import documents
        from readlist.errors import UsageError
        from readlist.services.listing import Wanted
        from readlist.services.triage import candidates

        context = output.context
        library, today = context.library, context.now().date()
        if limit is not None and limit < 0:
            raise UsageError(f"--limit cannot be {limit}", "a number from 0; 0 means all")
        if not (output.json or (output.asks and context.stdout.isatty())):
            raise UsageError(
                "there is no terminal to ask at",
                "`rl triage --json` or `rl list pass:2` shows the papers; `rl want PAPER` goes on with one, "
                "`rl drop PAPER --why TEXT` gives it up",
            )
        wanted = Wanted(o.several(query), o.several(topic), o.several(tag), o.several(venue))
        found = candidates(library, wanted, today)
        ids = found.ids[: limit or None]
        papers = library.views.papers(ids, today, whole=True)
        output.show({"papers": [documents.paper(p) for p in papers], "total": len(found.ids)}, lambda: None)
        if found.focus:
            from readlist.services.focus import note

            output.message(note(found.focus))
        if output.json:
            return
        if not papers:
            named = wanted != Wanted()
            output.message(f"nothing is to be decided: no paper {'that fits ' * named}stands between pass 1 and pass 2")
            return
        _Round(output, len(found.ids)).run(papers)


class _Round:
    """One run through papers. What was decided of one is kept before the next is shown."""

    def __init__(self, output: Output, total: int) -> None:
        self._output = output
        self._total = total
        self._went_on = self._parked = self._dropped = 0

    def run(self, papers: list[Paper]) -> None:
        from readlist.services.current import Current

        current = Current(self._output.context.settings.database)
        try:
            for place, paper in enumerate(papers, 1):
                _draw(self._output.console, paper, f"{place} of {len(papers)}")
                current.remember(paper.id)
                if not self._decide(paper):
                    break
        finally:  # after Ctrl-C, too
            self._tell()

    def _decide(self, paper: Paper) -> bool:
        """Ask until the paper is decided on or skipped; whether to go on to the next one."""
        from readlist.cli.asking import END, Cancelled, key, line, tell
        from readlist.services import triage

        output = self._output
        library = output.context.library
        while True:
            pressed = key(output, _QUESTION, _KEYS)
            if pressed in ("q", END):
                tell(output, "quit")
                return False
            if pressed == "o":
                tell(output, "open")
                self._open(paper)
                continue
            if pressed == "g":
                triage.read_on(library, paper.id)
                self._went_on += 1
                tell(output, "go on")
            elif pressed == "p":
                triage.park(library, paper.id)
                self._parked += 1
                tell(output, "parked")
            elif pressed == "d":
                tell(output, "drop")
                try:
                    why = line(output, "  why, in a line [no reason]")
                except Cancelled:
                    return False
                triage.give_up(library, paper.id, why)
                self._dropped += 1
            else:
                tell(output, "skip")
            return True

    def _open(self, paper: Paper) -> None:
        """Open the paper's page; a browser that cannot be opened is told and does not end the round."""
        from readlist.cli.asking import tell
        from readlist.cli.opening import browse
        from readlist.errors import ReadlistError
        from readlist.services.pdf import page

        address = page(paper)
        if address is None:
            tell(self._output, "  nobody says where its page is")
            return
        tell(self._output, f"  {printable(address)}")
        try:
            browse(self._output.context, address)
        except ReadlistError as fault:
            tell(self._output, f"  {fault.message}")

    def _tell(self) -> None:
        decided = self._went_on + self._parked + self._dropped
        counts = ((self._went_on, "go on"), (self._parked, "parked"), (self._dropped, "dropped"))
        said = ", ".join(f"{count} {what}" for count, what in counts if count)
        left = self._total - decided
        output = self._output
        output.message(f"{decided} decided{': ' if said else ''}{said}; {left or 'none'} left")
        if decided:
            output.message("`rl undo` takes this round back")


def _draw(console: Console, paper: Paper, place: str) -> None:
    """What there is to know of a paper for deciding on it, on a few lines."""
    from rich.padding import Padding
    from rich.text import Text

    from readlist.cli.tables import where

    console.print()
    console.rule(Text(place, style="dim"), align="right", style="dim", characters="─" if _draws(console) else "-")
    console.print(Text.assemble((f"#{paper.id} ", "dim"), (one_line(paper.title), "bold")))
    more = f" and {len(paper.authors) - _NAMES} more" if len(paper.authors) > _NAMES else ""
    cited = f"cited {paper.citations.count:,} times" if paper.citations else ""
    for fact in (", ".join(paper.authors[:_NAMES]) + more, _joined(where(paper), cited), ", ".join(paper.topics)):
        if fact:
            console.print(Text(one_line(fact), style="dim"))
    told: list[tuple[str, str | None]] = [("In short", paper.tldr)] if paper.tldr else [("Abstract", paper.abstract)]
    told += [("Note", note.text) for note in paper.notes] + [("Summary", paper.summary)]
    for name, text in told:
        if text:
            console.print(Text(name, style="cyan"))
            lines = Text(printable(text).strip()).wrap(console, max(console.width - 2, 10))
            for line in lines[:_LINES]:
                console.print(Padding(line, (0, 0, 0, 2)))
            if len(lines) > _LINES:
                console.print(Text("  …" if _draws(console) else "  ...", style="dim"))
    console.print()


def _draws(console: Console) -> bool:
    return console.encoding.startswith("utf")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
