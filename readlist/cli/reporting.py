"""`rl report`: the week in Markdown."""

from __future__ import annotations

from typing import Annotated

import typer

from readlist.cli.command import command
from readlist.cli.output import Output


def register(app: typer.Typer) -> None:
    @command(
        app,
        "report",
        "rl report",
        "rl report --week 2026-W47 --lang zh -o week.md",
        "rl report --since 2026-11-01 --until today",
    )
    def report(
        output: Output,
        week: Annotated[
            str | None, typer.Option("--week", metavar="WEEK", help="2026-W47, last, or a date in it.")
        ] = None,
        month: Annotated[bool, typer.Option("--month", help="This month instead of this week.")] = False,
        since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")] = None,
        until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="To this day, included.")] = None,
        lang: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="en or zh.")] = None,
        template: Annotated[
            str | None, typer.Option("--template", metavar="FILE", help="A Jinja2 template of your own.")
        ] = None,
        out: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.")] = None,
    ) -> None:
        """The report of a week, in Markdown.

        What was read, added and dropped, whose citations moved, what is next.
        """
        from readlist.cli import documents
        from readlist.domain.dates import span_of
        from readlist.errors import UsageError
        from readlist.exporters.report import render
        from readlist.services.report import weekly

        context = output.context
        now = context.now()
        span = span_of(now.date(), week=week, month=month, since=since, until=until)
        if lang is not None:
            context.options["report.lang"] = lang
        chosen = context.settings.lang
        if chosen not in ("en", "zh"):
            raise UsageError(f"--lang cannot be {chosen!r}", "allowed: en, zh")
        own = _template(template) if template else None
        result = weekly(context.library.views, span, now)
        text = render(result, "zh" if chosen == "zh" else "en", own)
        if out is not None:
            _write(out, text)
            output.message(f"written to {out}")
        output.show(
            {
                "since": span.first.isoformat(),
                "until": span.last.isoformat(),
                "week": span.week,
                "minutes": result.minutes,
                "read": [
                    {
                        "paper": documents.paper(entry.paper),
                        "passes": [
                            {"pass": event.number, "finished": event.finished, "minutes": event.minutes}
                            for event in entry.passes
                        ],
                    }
                    for entry in result.read
                ],
                "added": [documents.paper(paper) for paper in result.added],
                "dropped": [documents.paper(paper) for paper in result.dropped],
                "next": [documents.paper(paper) for paper in result.next],
                "markdown": text,
            },
            lambda: None if out is not None else output.line(text.rstrip("\n")),
        )


def _template(file: str) -> str:
    from readlist.errors import InputError
    from readlist.services.pages_in import at_home

    try:
        return at_home(file).read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise InputError(f"the template {file} is not text in UTF-8", "save it as UTF-8", file) from fault
    except OSError as fault:
        raise InputError(f"cannot read the template {file}: {fault.strerror}", "check its name", file) from fault


def _write(file: str, text: str) -> None:
    """Write the file beside and rename it, so that a fault leaves an older report whole."""
    import os
    from contextlib import suppress

    from readlist.errors import ReadlistError
    from readlist.services.pages_in import at_home

    path = at_home(file).absolute()
    beside = path.parent / f".{path.name}.{os.getpid()}"
    try:
        if path.is_dir():
            raise ReadlistError(f"cannot write {file or path}: it is a folder", "name a file in it")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise ReadlistError(f"cannot write {file}: {fault.strerror}", "check its folder") from fault
