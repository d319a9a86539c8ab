"""`rl search`: papers by what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output

if TYPE_CHECKING:
    import typer
    from rich.text import Text

    from readlist.domain.words import Span
    from readlist.services.search import Found, Hits


def register(app: typer.Typer) -> None:
    @command(app, "search", "rl search contrastive learning", "rl search 对比学习 year:2020.. --limit 10")
    def search(
        output: Output,
        words: Annotated[
            list[str],
            o.Argument(metavar="QUERY…", help='Words, "words together", and filters: year:2020.. -excluded …'),
        ],
        topic: o.Topics = None,
        tag: o.Tags = None,
        venue: o.Venues = None,
        status: o.Statuses = None,
        pass_: o.WaitingPass = None,
        limit: o.Limit = None,
    ) -> None:
        """Find papers by any words in them, best first. Titles, authors, abstracts, summaries, notes, venues, tags and
        topics are searched; the last word may be the beginning of one."""
        from readlist.services.listing import Wanted, order_of
        from readlist.services.search import search

        wanted = Wanted(
            o.several(words), o.several(topic), o.several(tag), o.several(venue), o.several(status), pass_, None, limit
        )
        order_of(wanted, "id", 50)
        library, today = output.context.library, output.context.now().date()
        found = search(library.views, library.search, wanted, today)
        if output.json:
            _show(output, found)
            return
        shown, total = len(found.hits.ids), found.hits.total
        if shown and output.terminal:
            _draw(output, found)
        elif shown:
            _print(output, found)
        if shown < total:
            output.message(_more(shown, found.hits))
        elif not total:
            output.message(_nothing(output, found))
        elif output.terminal:
            output.message(f"{total} paper{'s' if total != 1 else ''}")


def _show(output: Output, found: Found) -> None:
    from readlist.cli import documents

    whole = output.context.library.views.papers(found.hits.ids, output.context.now().date(), whole=True)
    data: dict[str, Any] = {
        "papers": [documents.paper(paper) for paper in whole],
        "total": found.hits.total,
        "hits": [
            {
                "id": paper.id,
                "snippet": it.text if it else None,
                "spans": [list(span) for span in it.hits] if it else [],
            }
            for paper, it in found.rows
        ],
    }
    output.show(data, lambda: None)


def _print(output: Output, found: Found) -> None:
    """The fields of `rl list`, then the snippet."""
    from readlist.cli.tables import first_author

    for paper, it in found.rows:
        row = (
            paper.id, paper.key, paper.status, paper.next_pass, paper.title, first_author(paper), paper.venue,
            paper.year, paper.citations.count if paper.citations else None,
            f"{paper.urgency.total:.1f}" if paper.urgency else None, it.text if it else None,
        )  # fmt: skip
        output.rows([row])


def _draw(output: Output, found: Found) -> None:
    from rich.text import Text

    from readlist.cli.tables import cell, is_narrow, plain, where
    from readlist.domain.text import one_line
    from readlist.domain.words import hits

    table = plain()
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Title, authors, and where the words stand", ratio=1, overflow="fold", min_width=20)
    narrow = is_narrow(output.console)
    if not narrow:
        table.add_column("Venue", no_wrap=True, overflow="ellipsis", max_width=15)
    table.add_column("Status", no_wrap=True)
    table.expand = output.console.width < 110
    for paper, it in found.rows:
        title, authors = one_line(paper.title), one_line(", ".join(paper.authors))
        about = [_marked(title, hits(title, found.hits.text), "bold")]
        if authors:
            about.append(_marked(_shortened(authors), hits(_shortened(authors), found.hits.text), "cyan"))
        if it:
            about.append(_marked(it.text, it.hits, "dim"))
        venue = () if narrow else (cell(where(paper)),)
        table.add_row(cell(paper.id, "dim"), Text("\n").join(about), *venue, cell(paper.status))
    output.console.print(table)


def _shortened(authors: str, most: int = 100) -> str:
    return authors if len(authors) <= most else authors[: authors.rfind(",", 0, most)] + " …"


def _marked(text: str, spans: list[Span] | tuple[Span, ...], style: str) -> Text:
    from rich.text import Text

    shown = Text(text, end="")
    at = 0
    for start, end in spans:
        shown.stylize(style, at, start)
        shown.stylize("bold yellow", start, end)
        at = end
    shown.stylize(style, at)
    return shown


def _more(shown: int, hits: Hits) -> str:
    """That there are more than are shown, and what was left out where there were too many to compare."""
    said = f"{shown} of {hits.total}; --limit 0 shows all"
    it = hits.ranking
    if not (it.titles or it.newest):
        return said
    newest = "newest " if it.newest else ""
    titles = " that have the words in the title" if it.titles else ""
    return f"{said}\ntoo many to compare: these are the best of the {newest}{it.among}{titles}"


def _nothing(output: Output, found: Found) -> str:
    from readlist.services.search import nearest

    library = output.context.library
    if not library.views.status_counts():
        from readlist.cli.today import BEGIN

        return BEGIN
    return "\n".join(["no paper has all of these words", *nearest(library.search, found.hits.text)])
