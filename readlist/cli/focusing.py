"""`rl focus`: the queue, narrowed to a few topics until that is cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    @command(app, "focus", "rl focus contrastive 预训练", "rl focus", "rl focus --clear")
    def focus(
        output: Output,
        topics: Annotated[
            list[str] | None,
            o.Argument(metavar="[TOPIC…]", help="By any part of path, name or alias."),
        ] = None,
        clear: Annotated[bool, o.Option("--clear", help="Show the whole queue again.")] = False,
    ) -> None:
        """Narrow the queue to some topics, or show to which.

        `rl todo` shows only papers under them and the topics below, until `rl focus --clear`.
        """
        from readlist.errors import UsageError
        from readlist.services import focus as service

        context = output.context
        if topics and clear:
            raise UsageError("topics or --clear: which?", "`rl focus TOPIC` takes the place of what was in focus")
        changed = (topics or clear) and service.put_in_focus(context.library, topics or ())
        found = service.narrowed(context.library.views, context.now().date())
        if not found.topics:
            if clear:
                output.message("the queue is whole again" if changed else "the queue was whole already")
            else:
                output.message("no topic is in focus: `rl focus TOPIC` narrows the queue")
        else:
            waiting = f"{found.papers} of the {found.total} papers of the queue"
            output.message(f"in focus are {waiting}; {service.CLEAR}")
        output.show(
            {"focus": list(found.topics), "papers": found.papers, "total": found.total},
            lambda: output.rows([(topic,) for topic in found.topics]),
        )


def nag(output: Output, paper_id: int) -> None:
    """Before a pass is noted: say so if a more urgent paper waits, for who wants to hear it (`reading.nag`)."""
    from readlist.services.focus import more_urgent

    context = output.context
    if not context.settings.nag:
        return
    first = more_urgent(context.library.views, paper_id, context.now().date())
    if first and first.urgency:
        title = one_line(first.title)
        output.message(f"more urgent: #{first.id} {first.key}  {title}  ({first.urgency.total:.1f}; `rl todo --why`)")
