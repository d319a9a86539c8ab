"""`rl edit` and `rl remove`: correct a paper's record by hand, take papers away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from readlist.domain.paper import Paper
    from readlist.services.edit import Edit

_LONGEST = 60  # characters of a value in a message


def register(app: typer.Typer) -> None:
    @command(
        app,
        "edit",
        'rl edit gao2021simcse year=2021 venue="EMNLP"',
        'rl edit 12 "topics=NLP/句子表征; 对比学习" doi=',
        "rl edit @",
    )
    def edit(
        output: Output,
        paper: o.OnePaper = "@",
        fields: Annotated[
            list[str] | None,
            typer.Argument(metavar="[FIELD=VALUE…]", help="What to set; FIELD= empties it. None: in $EDITOR."),
        ] = None,
    ) -> None:
        """Correct a paper's record by hand.

        What you set, no later fetch changes. Fields: title, authors, year, published, venue, kind, url, abstract,
        tldr, citations, key, topics, tags, arxiv, doi, acl and other identifiers. Several authors, topics or tags
        stand between semicolons.
        """
        from readlist.cli import documents
        from readlist.services import edit as service
        from readlist.services.current import Current
        from readlist.services.references import resolve

        context = output.context
        current = Current(context.settings.database)
        words = list(fields or ())
        if "=" in paper and paper.partition("=")[0].strip() in {*service.FIELDS, *service.ELSEWHERE}:  # PAPER left out
            paper, words = "@", [paper, *words]
        values = service.read_assignments(words)
        paper_id = resolve(context.library.views, current, paper)
        if words:
            changed = service.edit(context.library, paper_id, values)
        else:
            changed = _by_hand(output, context.library.views.paper(paper_id, context.now().date()))
        current.remember(paper_id)
        found = context.library.views.paper(paper_id, context.now().date())
        for it in changed:
            output.message(f"#{paper_id} {it.field}: {_shown(it.before)} → {_shown(it.after)}")
        if not changed:
            output.message(f"#{paper_id} {one_line(found.title)}: left as it was")
        output.show(
            {"paper": documents.paper(found), "changed": [it.field for it in changed]},
            lambda: None,
        )

    @command(app, "remove", "rl remove 12", "rl remove 13 14 15 --yes")
    def remove(output: Output, papers: o.Papers, yes: o.Yes = False) -> None:
        """Take papers out of the library, with their notes and passes.

        `rl undo` brings them back. To give a paper up but remember it, use `rl drop`.
        """
        from readlist.services import edit as service
        from readlist.services.current import Current
        from readlist.services.references import resolve_all

        context = output.context
        views = context.library.views
        ids = resolve_all(views, Current(context.settings.database), papers)
        names = views.names(ids)
        output.confirm(len(ids), "remove", [f"#{i} {title}" for i, _, title in names], yes)
        service.remove(context.library, ids)
        for i, key, title in names:
            output.message(f"#{i} {one_line(title)} ({key}): removed")
        output.message("`rl undo` brings it back" if len(ids) == 1 else "`rl undo` brings them back")
        output.show({"removed": [{"id": i, "key": key, "title": title} for i, key, title in names]}, lambda: None)


def _shown(value: Any) -> str:
    text = one_line("; ".join(value) if isinstance(value, tuple) else str(value or "")) or "(none)"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _by_hand(output: Output, paper: Paper) -> tuple[Edit, ...]:
    """What the user changes in the editor: one field a line. Raises UsageError for a line that cannot be."""
    from readlist.cli.editor import saved
    from readlist.services import edit as service

    before = {name: one_line(text) for name, text in service.written(paper).items()}
    head = f"# {paper.key}: one field a line; several authors, topics or tags stand between semicolons.\n"
    page = head + "".join(f"{name} = {value}\n" for name, value in before.items())
    library = output.context.library
    return saved(output.context, page, lambda text: service.edit(library, paper.id, _changed(before, text)))


def _changed(before: Mapping[str, str], text: str) -> dict[str, Any]:
    """The fields whose lines are not as they were."""
    from readlist.errors import UsageError
    from readlist.services import edit as service

    values: dict[str, Any] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise UsageError(
                f"{one_line(line)[:_LONGEST]!r} is no line of the form FIELD = VALUE", "nothing was changed"
            )
        name = service.checked_name(name.strip())
        if value.strip() != before[name].strip():
            values[name] = service.read_value(name, value.strip())
    return values
