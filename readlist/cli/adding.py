"""`rl add`: papers in, stored first, then asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.fetching import ADVICE, ADVICE_ON_TITLES, progress, tell_faults
from readlist.cli.output import Output

if TYPE_CHECKING:
    import typer

    from readlist.errors import InputError
    from readlist.services.add import Request


def register(app: typer.Typer) -> None:
    @command(
        app,
        "add",
        "rl add 2104.08821",
        "rl add https://arxiv.org/abs/1810.04805 ACL:P17-1061 -t NLP/pretraining",
        'rl add --title "A Survey of Transformers" --no-fetch',
        "rl add --from ids.txt",
    )
    def add(
        output: Output,
        refs: Annotated[
            list[str] | None, o.Argument(metavar="[REF…]", help="arXiv ids, DOIs, addresses, S2:… CorpusId:… ACL:…")
        ] = None,
        title: Annotated[str | None, o.Option("--title", metavar="TITLE", help="A paper known by its title.")] = None,
        topic: o.NewTopics = None,
        tag: o.NewTags = None,
        priority: o.Priority = None,
        due: o.Due = None,
        note: o.NoteText = None,
        no_fetch: Annotated[bool, o.Option("--no-fetch", help="Ask no service now.")] = False,
        from_: Annotated[
            str | None, o.Option("--from", metavar="FILE", help="References from a file (- is stdin), one a line.")
        ] = None,
    ) -> None:
        """Put papers on the list.

        They are stored first, then metadata and citation counts are fetched from arXiv and Semantic Scholar. A service
        that cannot be reached loses nothing: `rl refresh --pending` asks again.
        """
        from dataclasses import replace

        from readlist.domain.dates import parse_date
        from readlist.domain.text import one_line, printable
        from readlist.errors import UsageError
        from readlist.services.add import Request, Wishes, add, read_request
        from readlist.services.current import Current
        from readlist.sources.named import NAMED

        context = output.context
        today = context.now().date()
        requests = [read_request(ref) for ref in o.several(refs)]
        if title is not None:
            if not one_line(title):
                raise UsageError("the title is empty", 'rl add --title "Attention Is All You Need"')
            if len(requests) > 1:
                raise UsageError("--title is of one paper", "give it with one reference, or alone")
            given = requests[0] if requests else None
            requests = [
                Request(title, given.identifier if given else None, given.url if given else None, one_line(title))
            ]
        wrong: list[InputError] = []
        if from_ is not None:
            found, wrong = _references(output, from_)
            requests += found
        if not requests and not wrong:
            raise UsageError("what is to be added?", "rl add 2104.08821, or --title, or --from FILE")
        wishes = Wishes(
            o.several(topic),
            o.several(tag),
            o.checked_priority(priority),
            parse_date(due, today, future=True) if due else None,
            printable(note).strip() if note else None,
        )
        result = add(
            context.library,
            () if no_fetch else context.sources,
            requests,
            wishes,
            fetch=not no_fetch,
            named=NAMED,
            finders=() if no_fetch or title is None else context.finders,
            spares=lambda: context.fallbacks,
            progress=progress(output),
        )
        ids = [*result.new, *result.there]
        if ids:
            Current(context.settings.database).remember(ids[-1])
        papers = context.library.views.papers(ids, today, whole=True)
        new, resolved = set(result.new), result.resolved
        by_title = {it.paper_id: f"; found by its title: {it.identifier}" for it in resolved.found}
        by_title |= {
            it.paper_id: "; it is not sure which paper this is" if it.candidates else "; no service knows this title"
            for it in resolved.unsure
        }
        for paper in papers:
            state = "added" if paper.id in new else "already on the list"
            waits = "; metadata is still to be fetched" if paper.pending else ""
            state += by_title.get(paper.id, "") + waits
            output.message(f"#{paper.id} {paper.key}  {one_line(paper.title)}  ({state})")
        guessed = tuple(it for it in resolved.unsure if it.candidates)
        for gone in result.gone:
            output.report(gone)
        for fault in wrong:
            output.report(fault)
        advice = ADVICE if title is None else ADVICE_ON_TITLES
        tell_faults(output, result.fetched, advice)
        from readlist.cli import documents, resolving

        output.show(
            {
                "papers": [documents.paper(paper) for paper in papers],
                "total": len(papers),
                "new": list(result.new),
                "already": list(result.there),
                **resolving.document(resolved),
            },
            lambda: resolving.draw(output, replace(resolved, found=(), same=(), unsure=guessed)),
        )


def _references(output: Output, file: str) -> tuple[list[Request], list[InputError]]:
    """The requests in a file of references, and the faults of lines that are none."""
    from readlist.errors import InputError, UsageError
    from readlist.services.add import read_request
    from readlist.services.pages_in import read_page

    stdin = getattr(output.context.stdin, "buffer", None)
    page = read_page(file, stdin.read() if file == "-" and stdin else None)
    found, wrong = [], []
    for number, line in enumerate(page.text.splitlines(), 1):
        text = line.split(" #")[0].strip()
        if not text or text.startswith("#"):
            continue
        try:
            found.append(read_request(text))
        except UsageError as fault:
            wrong.append(InputError(f"{file}, line {number}: {fault.message}", fault.hint, text))
    return found, wrong
