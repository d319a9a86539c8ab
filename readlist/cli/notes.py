"""`rl note` and `rl summary`: what you thought of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    @command(
        app,
        "note",
        'rl note gao2021simcse "dropout as the only augmentation" --pass 2',
        'rl note "of the current paper"',
        "rl note 12 --edit",
    )
    def note(
        output: Output,
        words: Annotated[
            list[str] | None,
            o.Argument(metavar="[PAPER] [TEXT]", help="The paper (none: the current one) and the note."),
        ] = None,
        pass_: o.Pass = None,
        edit: Annotated[bool, o.Option("--edit", "-e", help="Rewrite its newest note (of --pass) in $EDITOR.")] = False,
        remove: Annotated[bool, o.Option("--remove", help="Take its newest note (of --pass) away.")] = False,
    ) -> None:
        """Keep a note of a paper, in Markdown. Without TEXT, $EDITOR is opened."""
        from readlist.cli import documents
        from readlist.domain.passes import checked_pass
        from readlist.services import notes

        checked_pass(pass_)
        paper_id, text = _paper_and_text(output, words)
        if remove:
            _alone(text is None and not edit, "rl note PAPER --remove, with --pass or without")
            gone, left = notes.remove_note(output.context.library, paper_id, pass_)
            _removed(output, paper_id, "note", gone, f" ({left} left)" if left else "")
            return
        library = output.context.library
        today = output.context.now().date()
        mine = [it for it in library.views.paper(paper_id, today).notes if pass_ in (None, it.pass_number)]
        old = mine[-1] if edit and mine else None

        def keep(text: str) -> str:
            if old and old.id is not None:
                return "changed" if notes.rewrite_note(library, old.id, text) else "left as it was"
            notes.add_note(library, paper_id, text, pass_)
            return "kept"

        if text is None:
            from readlist.cli.editor import saved

            done = saved(output.context, old.text if old else "", keep)
        else:
            done = keep(text)
        found = library.views.paper(paper_id, today)
        output.message(f"#{paper_id} {one_line(found.title)}: note {done}")
        output.show({"paper": documents.paper(found)}, lambda: None)

    @command(
        app,
        "summary",
        'rl summary gao2021simcse "Contrastive learning from dropout alone."',
        "rl summary -t contrastive",
    )
    def summary(
        output: Output,
        words: Annotated[
            list[str] | None,
            o.Argument(metavar="[PAPER] [TEXT]", help="The paper (none: the current one) and its summary."),
        ] = None,
        topic: o.Topics = None,
        tag: o.Tags = None,
        limit: o.Limit = None,
        remove: Annotated[bool, o.Option("--remove", help="Take its summary away.")] = False,
    ) -> None:
        """Set a paper's one-paragraph summary, or show summaries.

        Without TEXT, $EDITOR is opened. With -t or --tag the summaries of those papers are shown.
        """
        from readlist.cli import documents
        from readlist.errors import UsageError
        from readlist.services import notes

        if topic or tag:
            if words or remove:
                raise UsageError("a topic or a paper, not both", "rl summary -t TOPIC, or rl summary PAPER TEXT")
            _table(output, o.several(topic), o.several(tag), limit)
            return
        paper_id, text = _paper_and_text(output, words)
        library = output.context.library
        today = output.context.now().date()
        if remove:
            _alone(text is None, "rl summary PAPER --remove")
            gone = library.views.paper(paper_id, today).summary or ""
            notes.remove_summary(library, paper_id)
            _removed(output, paper_id, "summary", gone)
            return
        if text is None:
            from readlist.cli.editor import saved

            before = library.views.paper(paper_id, today).summary or ""
            changed = saved(output.context, before, lambda text: notes.summarise(library, paper_id, text))
        else:
            changed = notes.summarise(library, paper_id, text)
        found = library.views.paper(paper_id, today)
        output.message(f"#{paper_id} {one_line(found.title)}: summary {'set' if changed else 'left as it was'}")
        output.show({"papers": [documents.paper(found)], "total": 1}, lambda: None)


def _alone(right: bool, example: str) -> None:
    from readlist.errors import UsageError

    if not right:
        raise UsageError("--remove takes away, and writes nothing", example)


def _removed(output: Output, paper_id: int, what: str, text: str, left: str = "") -> None:
    from readlist.cli import documents

    found = output.context.library.views.paper(paper_id, output.context.now().date())
    shown = one_line(text)
    shown = f"{shown[:_SHOWN].rstrip()}…" if len(shown) > _SHOWN else shown
    output.message(f"#{paper_id} {one_line(found.title)}: {what} removed: {shown}{left}")
    output.message("`rl undo` brings it back")
    paper = documents.paper(found)
    output.show({"paper": paper} if what == "note" else {"papers": [paper], "total": 1}, lambda: None)


_SHOWN = 60  # letters of what was removed


def _paper_and_text(output: Output, words: list[str] | None) -> tuple[int, str | None]:
    """The paper and the text that the arguments name: `PAPER TEXT`, `PAPER`, `TEXT`, or nothing.

    One argument alone is a paper if it names one; text with blanks that names none is a text on the current paper.
    """
    from readlist.errors import NotFound, UsageError
    from readlist.services.current import Current
    from readlist.services.references import resolve

    views = output.context.library.views
    current = Current(output.context.settings.database)
    given = list(words or [])
    if not given:
        found, text = resolve(views, current, "@"), None
    elif len(given) == 1:
        try:
            found, text = resolve(views, current, given[0]), None
        except NotFound:
            if not any(c.isspace() for c in given[0].strip()):
                raise
            found, text = resolve(views, current, "@"), given[0]
    elif len(given) == 2:
        found, text = resolve(views, current, given[0]), given[1]
    else:
        raise UsageError("too many words", 'put the text into quotes: rl note PAPER "the text"')
    current.remember(found)
    return found, text


def _table(output: Output, topics: tuple[str, ...], tags: tuple[str, ...], limit: int | None) -> None:
    """The summaries of a topic's papers."""
    from readlist.cli import documents
    from readlist.cli.tables import draw_table, where
    from readlist.services.listing import Wanted, select

    context = output.context
    page = select(
        context.library.views, Wanted(topics=topics, tags=tags, limit=limit), context.now().date(),
        queue=False, default_sort="id", default_limit=0, whole=True,
    )  # fmt: skip
    with_summary = [paper for paper in page.papers if paper.summary]

    def draw() -> None:
        if with_summary:
            rows = [(p.id, p.title, where(p), p.summary) for p in with_summary]
            draw_table(output, [("#", True), ("Title", False), ("Venue", False), ("Summary", False)], rows)
        left = len(page.papers) - len(with_summary)
        if left:
            output.message(f"{left} paper{'s have' if left != 1 else ' has'} no summary yet: rl summary PAPER TEXT")
        elif not with_summary:
            output.message("no paper fits")

    output.show({"papers": [documents.paper(p) for p in page.papers], "total": page.total}, draw)
