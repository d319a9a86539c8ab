"""`rl report`: a week, a month or any days, in Markdown or as a web page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli.command import command
from readlist.cli.files import write_file
from readlist.cli.output import Output

if TYPE_CHECKING:
    from readlist.domain.report import Report
    from readlist.exporters.report import Template

_FORMATS = ("markdown", "html")


def register(app: typer.Typer) -> None:
    @command(
        app,
        "report",
        "rl report",
        "rl report --week 2026-W47 --lang zh -o week.md",
        "rl report --month last -o month.html",
        "rl report --since 2026-11-01 --until today",
        "rl report --print-template -o mine.md.j2",
    )
    def report(
        output: Output,
        when: Annotated[
            str | None, typer.Argument(metavar="[WHEN]", help="2026-W47, 2026-10, last, or a date in the week.")
        ] = None,
        week: Annotated[
            str | None, typer.Option("--week", metavar="WEEK", help="2026-W47, last, or a date in it.")
        ] = None,
        month: Annotated[
            bool, typer.Option("--month", help="A month, this one unless WHEN says another: --month 2026-10.")
        ] = False,
        since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")] = None,
        until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="To this day, included.")] = None,
        lang: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="en or zh.")] = None,
        format_: Annotated[
            str | None,
            typer.Option("--format", metavar="F", help="markdown or html; without it, what the ending of -o says."),
        ] = None,
        template: Annotated[
            str | None, typer.Option("--template", metavar="FILE", help="A Jinja2 template of your own.")
        ] = None,
        print_template: Annotated[
            bool, typer.Option("--print-template", help="Print the built-in template, to begin your own with.")
        ] = False,
        out: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.")] = None,
    ) -> None:
        """The report of a week, in Markdown.

        What was read, added and dropped, whose citations moved, what is next. The days can be another week, a month
        or any span; all but what is next is told as it was at their end.
        """
        from readlist.domain.dates import span_of
        from readlist.errors import UsageError
        from readlist.exporters.report import render, standard_template
        from readlist.services.report import weekly

        context = output.context
        file = None if out == "-" else out
        if print_template:
            if output.json or any((when, week, month, since, until, lang, format_, template)):
                raise UsageError("--print-template makes no report", "it goes together with -o FILE alone")
            return _show(output, file, standard_template(), None)

        now = context.now()
        span = span_of(now.date(), when=when, week=week, month=month, since=since, until=until)
        chosen = _format(format_, file)
        if lang is not None:
            if lang not in ("en", "zh"):
                raise UsageError(f"--lang cannot be {lang!r}", "allowed: en or zh")
            context.options["report.lang"] = lang
        spoken = context.settings.lang
        own = _template(template or context.settings.template)
        result = weekly(context.library.views, span, now)
        text = render(result, "zh" if spoken == "zh" else "en", own)
        page = None
        if chosen == "html":
            from readlist.exporters.web_page import page as web_page

            page = web_page(text, spoken)
        _show(output, file, page or text, {**_document(result), "markdown": text, "html": page})
        if not context.library.views.status_counts():
            from readlist.cli.today import say_how_to_begin

            say_how_to_begin(output)


_ENDINGS = {
    ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "markdown",
    ".text": "markdown",
}  # fmt: skip


def _format(name: str | None, file: str | None) -> str:
    from readlist.errors import UsageError

    if name is not None and name not in _FORMATS:
        raise UsageError(f"--format cannot be {name!r}", f"allowed: {', '.join(_FORMATS)}")
    ending = "" if name or file is None else Path(file).suffix.casefold()
    if ending.removeprefix(".").isalpha() and ending not in _ENDINGS:
        raise UsageError(f"no format has the ending {ending}", f"say which: --format {' or '.join(_FORMATS)}")
    return name or _ENDINGS.get(ending, "markdown")


def _show(output: Output, file: str | None, text: str, document: Mapping[str, Any] | None) -> None:
    """The text into the file, or else on stdout."""
    if file is not None:
        write_file(file, [text])
        output.message(f"written to {file}")
    elif not output.json:
        output.line(text.rstrip("\n"))
    if document is not None:
        output.show(document, lambda: None)


def _document(report: Report) -> dict[str, Any]:
    from readlist.cli import documents

    queue = report.queue
    return {
        "since": report.span.first.isoformat(),
        "until": report.span.last.isoformat(),
        "week": report.span.week,
        "minutes": report.minutes,
        "read": [
            {
                "paper": documents.paper(entry.paper),
                "passes": [
                    {
                        "pass": event.number,
                        "finished": event.finished,
                        "minutes": event.minutes,
                        "note": event.note,
                        "then": then,
                    }
                    for event, then in zip(entry.passes, entry.verdicts, strict=True)
                ],
                "notes": list(entry.notes),
            }
            for entry in report.read
        ],
        "reading": [
            {"paper": documents.paper(entry.paper), "notes": list(entry.notes)}
            for entry in report.reading
        ],
        "noted": [
            {"paper": documents.paper(entry.paper), "notes": list(entry.notes)}
            for entry in report.noted
        ],
        "added": [documents.paper(paper) for paper in report.added],
        "added_total": report.added_total,
        "dropped": [documents.paper(paper) for paper in report.dropped],
        "movers": [
            {"paper": documents.paper(mover.paper), "before": mover.before, "after": mover.after}
            for mover in report.movers
        ],
        "movers_total": report.movers_total,
        "queue": {
            "start": queue.start,
            "added": queue.added,
            "wanted": queue.wanted,
            "read": queue.read,
            "dropped": queue.dropped,
            "other": queue.other,
            "end": queue.end,
        },
        "next": [documents.paper(paper) for paper in report.next],
    }  # fmt: skip


def _template(file: str | Path | None) -> Template | None:
    """The user's template, with the name by which it was asked for."""
    from readlist.errors import InputError
    from readlist.exporters.report import Template
    from readlist.services.pages_in import at_home

    if file is None:
        return None
    name = str(file)
    try:
        return Template(at_home(name).read_text(encoding="utf-8-sig"), name)
    except UnicodeDecodeError as fault:
        raise InputError(f"the template {name} is not text in UTF-8", "save it as UTF-8", name) from fault
    except OSError as fault:
        raise InputError(f"cannot read the template {name}: {fault.strerror}", "check its name", name) from fault
