"""What a list of papers around a paper looks like: in a pipe, on a terminal, as a document, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from readlist.cli.output import Output
from readlist.domain.text import one_line
from readlist.domain.titles import family_name

if TYPE_CHECKING:
    from rich.text import Text

    from readlist.domain.paper import Paper
    from readlist.services.add import Added
    from readlist.services.shown import Related, Shown

_NOTHING = {
    "refs": "Semantic Scholar has no references of it",
    "cited-by": "Semantic Scholar knows of no paper that cites it",
    "recommend": "Semantic Scholar recommends nothing: it may not know these papers, or have no abstract of them",
}
_HIDDEN = {"refs": "the references of this paper", "cited-by": "what cites this paper", "recommend": "these papers"}


def document(
    shown: Shown, papers: Sequence[Related], marks: Sequence[Paper | None], added: Added | None = None
) -> dict[str, Any]:
    return {
        "papers": [_paper(it, mark, shown.day) for it, mark in zip(papers, marks, strict=True)],
        "total": shown.total,
        "next": shown.next,
        "elided": shown.elided,
        "of": list(shown.wanted.papers),
        "new": list(added.new) if added else [],
        "already": list(added.there) if added else [],
    }


def _paper(it: Related, mark: Paper | None, day: str) -> dict[str, Any]:
    said = it.said
    count = {"count": said.citations, "source": said.source, "observed": day}
    return {
        "number": it.number,
        "title": said.title,
        "authors": list(said.authors),
        "year": said.year,
        "published": said.published,
        "venue": said.venue,
        "identifiers": dict(said.identifiers),
        "url": said.url,
        "citations": None if said.citations is None else count,
        "influential": it.influential,
        "on_list": mark.id if mark else None,
        "status": mark.status if mark else None,
    }


def tell(output: Output, shown: Shown, marks: Sequence[Paper | None]) -> None:
    """How much of the answer is shown, what it was sorted over, and why there may be nothing."""
    from readlist.services.related import REACH

    around, count, total = shown.wanted.around, len(shown.papers), shown.total
    if shown.elided:
        output.message(f"the publisher does not let Semantic Scholar show {_HIDDEN[around]}")
        return
    if not total:
        output.message(_NOTHING[around])
        return
    hints = ["--limit 0 shows all"] if count < total else []
    if shown.next is not None:
        which = f"the {'newest' if around == 'cited-by' else 'first'} {total:,}{_in_all(output, shown)}"
        parts = [f"{count:,} of {which}" if count < total else which]
        further = "Semantic Scholar goes no further" if shown.next >= REACH else "--deep looks at all of them"
        hints.insert(0, further)
    else:
        parts = [f"{count:,} of {total:,}" if count < total else f"{count:,} paper{'s' if count > 1 else ''}"]
    known = sum(mark is not None for mark in marks)
    parts += [f"{known:,} on the list"] if known else []
    parts += ["* influential"] if any(it.influential for it in shown.papers) else []
    if output.terminal or hints:
        output.message("; ".join([", ".join(parts), *hints]))


def _in_all(output: Output, shown: Shown) -> str:
    """How many there are in all, as far as the library knows: a paper's citation count."""
    if shown.wanted.around != "cited-by":
        return ""
    (paper,) = output.context.library.views.papers(shown.wanted.papers, output.context.now().date())
    count = paper.citations.count if paper.citations else 0
    return f" (of {count:,})" if count > shown.total else ""


def draw(output: Output, papers: Sequence[Related], marks: Sequence[Paper | None]) -> None:
    """In a pipe: number, id and status on the list, *, title, first author, venue, year, citations, identifier."""
    both = list(zip(papers, marks, strict=True))
    if not output.terminal:
        output.rows(
            [
                (
                    it.number, mark.id if mark else None, mark.status if mark else None, "*" if it.influential else "",
                    it.said.title, _first_author(it.said.authors), it.said.venue, it.said.year, it.said.citations,
                    _name(it),
                )
                for it, mark in both
            ]
        )  # fmt: skip
        return
    if papers:
        _table(output, both)


def _table(output: Output, both: Sequence[tuple[Related, Paper | None]]) -> None:
    """A table with as many columns as there is room for: the first author stands behind the title or beside it."""
    from readlist.cli.tables import cell, plain

    console = output.console
    wide, narrow = console.width >= 110, console.width < 60
    table = plain()
    table.add_column("N", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Title", ratio=1, overflow="fold", min_width=20)
    if wide:
        table.add_column("Authors", no_wrap=True, overflow="ellipsis", max_width=24)
    if not narrow:
        table.add_column("Venue", no_wrap=True, overflow="ellipsis", max_width=24 if wide else 12)
        table.add_column("Year", justify="right", no_wrap=True)
    table.add_column("Cited", justify="right", no_wrap=True)
    table.add_column("On the list" if wide else "List", no_wrap=True)
    table.expand = not wide
    for it, mark in both:
        said = it.said
        who = _first_author(said.authors)
        title = cell(said.title)
        if who and not wide:
            title.append(f"  {one_line(who)}", "dim")
        row = [cell(it.number, "dim"), cell("*" if it.influential else "", "bold yellow"), title]
        row += [cell(who)] if wide else []
        row += [] if narrow else [cell(said.venue), cell(said.year)]
        row += [cell("" if said.citations is None else f"{said.citations:,}"), _mark(mark, cell)]
        table.add_row(*row)
    console.print(table)


_STYLES = {"done": "green", "reading": "bold cyan", "todo": "yellow"}


def _mark(mark: Paper | None, cell: Callable[[object, str], Text]) -> Text:
    """How far a paper of the list is: `✓ #12` read, `todo #12`."""
    if mark is None:
        return cell("", "")
    state = "✓" if mark.status == "done" else mark.status
    return cell(f"#{mark.id} {state}", _STYLES.get(mark.status, "dim"))


def _first_author(names: Sequence[str]) -> str:
    """`Gao et al.`, `Gao & Yao`, `Gao`, or nothing."""
    if not names:
        return ""
    others = f" & {family_name(names[1])}" if len(names) == 2 else " et al." if len(names) > 2 else ""
    return family_name(names[0]) + others


def _name(it: Related) -> str | None:
    """The identifier by which the paper would be added, as `rl add` takes it."""
    from readlist.services.related import best

    found = best(it.said.identifiers)
    return str(found).replace("corpus:", "CorpusId:", 1) if found else None
