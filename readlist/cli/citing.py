"""`rl refs`, `rl cited-by`, `rl recommend`: papers around a paper, and which of them are on the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from readlist.cli import options as o
from readlist.cli.around import document, draw, tell
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from readlist.domain.metadata import Metadata
    from readlist.services.add import Added, Wishes
    from readlist.services.shown import Related, Shown, Wanted

_Add = Annotated[
    list[str] | None,
    typer.Option("--add", metavar="N,M", help="Put these of the list shown last on yours: 3,7 or 3-5, or all."),
]
_Under = Annotated[
    list[str] | None,
    typer.Option("--topic", "-t", "--under", metavar="TOPIC", help="With --add: put them under this topic."),
]
_Tag = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="With --add: give them this tag.")]
_Priority = Annotated[str | None, typer.Option("--priority", metavar="P", help="With --add: high, normal or low.")]
_Sort = Annotated[
    str | None,
    typer.Option("--sort", metavar="ORDER", help="influential (unless said), citations, year, or given: as it came."),
]
_Limit = Annotated[int | None, typer.Option("--limit", metavar="N", help="At most so many, 20 if not given; 0 is all.")]
_Deep = Annotated[
    bool, typer.Option("--deep", help="Sort over all of them, a request for each 1,000, not the first 1,000 only.")
]


def register(app: typer.Typer) -> None:
    @command(app, "refs", "rl refs gao2021simcse", "rl refs gao2021simcse --add 3,7 -t NLP")
    def refs(
        output: Output,
        paper: o.OnePaper = "@",
        add: _Add = None,
        topic: _Under = None,
        tag: _Tag = None,
        priority: _Priority = None,
        sort: _Sort = None,
        limit: _Limit = None,
        deep: _Deep = False,
        yes: o.Yes = False,
    ) -> None:
        """Papers that a paper cites; those on your list are marked.

        Those that it builds on come first (*: an influential citation, as Semantic Scholar finds), then the most cited.
        """
        from readlist.services.shown import Wanted

        wanted = Wanted("refs", (_one(output, paper),), None, sort, limit, deep)
        _around(output, wanted, add, _wishes(add, topic, tag, priority), yes)

    @command(app, "cited-by", "rl cited-by gao2021simcse", "rl cited-by gao2021simcse --sort year --limit 50")
    def cited_by(
        output: Output,
        paper: o.OnePaper = "@",
        add: _Add = None,
        topic: _Under = None,
        tag: _Tag = None,
        priority: _Priority = None,
        sort: _Sort = None,
        limit: _Limit = None,
        deep: _Deep = False,
        yes: o.Yes = False,
    ) -> None:
        """Papers that cite a paper; those on your list are marked.

        Those that build on it come first (*: an influential citation, as Semantic Scholar finds), then the most cited.
        Of a paper that is cited more than 1,000 times the newest 1,000 are looked at; --deep looks at all.
        """
        from readlist.services.shown import Wanted

        wanted = Wanted("cited-by", (_one(output, paper),), None, sort, limit, deep)
        _around(output, wanted, add, _wishes(add, topic, tag, priority), yes)

    @command(app, "recommend", "rl recommend gao2021simcse", "rl recommend -t contrastive")
    def recommend(
        output: Output,
        papers: o.SomePapers = None,
        topic: Annotated[
            str | None,
            typer.Option("--topic", "-t", metavar="TOPIC", help="Like the papers of this topic that you read or want."),
        ] = None,
        add: _Add = None,
        under: Annotated[
            list[str] | None, typer.Option("--under", metavar="TOPIC", help="With --add: put them under this topic.")
        ] = None,
        tag: _Tag = None,
        priority: _Priority = None,
        sort: Annotated[
            str | None,
            typer.Option("--sort", metavar="ORDER", help="given (unless said: the likest first), citations or year."),
        ] = None,
        limit: _Limit = None,
        yes: o.Yes = False,
    ) -> None:
        """Papers that are like those named.

        Those that are on your list already are marked, and stand last.
        """
        from readlist.errors import UsageError
        from readlist.services.current import Current
        from readlist.services.references import resolve_all
        from readlist.services.shown import Wanted

        context = output.context
        if topic is not None and papers:
            raise UsageError("papers or a topic: which?", "`rl recommend 12 15`, or `rl recommend -t contrastive`")
        ids: Sequence[int] = ()
        if topic is None:
            ids = resolve_all(context.library.views, Current(context.settings.database), papers or [])
        wanted = Wanted("recommend", tuple(ids), None if topic is None else one_line(topic), sort, limit)
        _around(output, wanted, add, _wishes(add, under, tag, priority), yes)


def _one(output: Output, reference: str) -> int:
    """The paper meant, which is the current one from now on: so `rl refs --add 3` follows on `rl refs 12`."""
    from readlist.services.current import Current
    from readlist.services.references import resolve

    current = Current(output.context.settings.database)
    found = resolve(output.context.library.views, current, reference)
    current.remember(found)
    return found


def _wishes(add: list[str] | None, topics: list[str] | None, tags: list[str] | None, priority: str | None) -> Wishes:
    from readlist.errors import UsageError
    from readlist.services.add import Wishes

    if (topics or tags or priority) and not add:
        raise UsageError("a topic, tag or priority is for papers that are added", "say which with --add 3,7")
    return Wishes(o.several(topics), o.several(tags), o.checked_priority(priority))


def _around(output: Output, wanted: Wanted, add: list[str] | None, wishes: Wishes, yes: bool) -> None:
    from readlist.errors import UsageError
    from readlist.services.related import checked, on_list
    from readlist.services.shown import Memory, chosen

    context, today = output.context, output.context.now().date()
    checked(wanted)
    memory = Memory(context.settings.database)
    shown = memory.recall(wanted) if add else None
    heard: list[Metadata] = []
    if shown is None:
        if add and wanted.topic is not None:  # who means --under must not get numbers of another list
            raise UsageError(
                f"no list of papers like those of {wanted.topic} was shown",
                "`rl recommend -t TOPIC` shows one; --under TOPIC says where to put what is added",
            )
        shown = _ask(output, wanted, heard)
        memory.remember(shown)
    marks = on_list(context.library.views, [it.said for it in shown.papers], today)
    if not add:
        output.show(document(shown, shown.papers, marks), lambda: draw(output, shown.papers, marks))
        tell(output, shown, marks)
        _note_citing(output, wanted, heard, wanted.around)
        return
    picked = chosen(add, shown.papers, [mark is not None for mark in marks])
    output.confirm(len(picked), "put on the list", [it.said.title or "" for it in picked], yes)
    added = _put(output, picked, wishes)
    _note_citing(output, wanted, [*heard, *(it.said for it in shown.papers)], "add")
    after = on_list(context.library.views, [it.said for it in picked], today)
    output.show(document(shown, picked, after, added), lambda: None)


def _note_citing(output: Output, wanted: Wanted, papers: Sequence[Metadata], command: str) -> None:
    """Note who cites whom on the list; who only looks does not hear of it if that cannot be."""
    from readlist.errors import DatabaseError
    from readlist.services.related import note_citing

    try:
        note_citing(output.context.library, wanted, papers, output.context.now().date(), command)
    except DatabaseError as fault:
        output.detail(f"which papers cite which is not noted: {fault.message}")


def _ask(output: Output, wanted: Wanted, heard: list[Metadata]) -> Shown:
    """The list, asked of the service; tells what it goes by, and how far it is where it takes more than one request.

    All papers that the service names are added to `heard`, also those that the list is too short for.
    """
    from dataclasses import replace

    from readlist.services import related

    context, today = output.context, output.context.now().date()
    views = context.library.views
    if wanted.topic is not None:
        ids = related.of_topic(views, wanted.topic, today)
        wanted = replace(wanted, papers=ids)
    names = related.references(views, context.graph, wanted.papers)
    if wanted.around == "recommend" and len(wanted.papers) > 1:
        left = len(wanted.papers) - len(names)
        without = f"; {left} more have no identifier that Semantic Scholar can be asked by" if left else ""
        output.message(f"papers like {len(names)} of yours{without}")
    output.detail(f"asking Semantic Scholar: {wanted.around} {' '.join(names)}")
    shown, fault = related.ask(
        views, context.graph, wanted, today, lambda had: output.message(f"Semantic Scholar: {had:,} so far"),
        heard.extend,
    )  # fmt: skip
    if fault:
        output.report(fault)
    return shown


def _put(output: Output, picked: Sequence[Related], wishes: Wishes) -> Added:
    from readlist.cli.fetching import progress, tell_faults
    from readlist.services.add import Added
    from readlist.services.related import put_on_list

    context, today = output.context, output.context.now().date()
    if not picked:
        output.message("there is nothing to add")
        return Added((), ())
    added = put_on_list(context.library, context.sources, [it.said for it in picked], wishes, today, progress(output))
    new = set(added.new)
    for paper in context.library.views.papers([*added.new, *added.there], today):
        state = "added" if paper.id in new else "already on the list"
        waits = "; metadata is still to be fetched" if paper.pending else ""
        output.message(f"#{paper.id} {paper.key}  {one_line(paper.title)}  ({state}{waits})")
    for gone in added.gone:
        output.report(gone)
    tell_faults(output, added.fetched)
    return added
