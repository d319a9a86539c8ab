"""`rl import`: pages and bibliographies in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    import typer

    from readlist.services.import_file import Imported


def register(app: typer.Typer) -> None:
    @command(
        app,
        "import",
        "rl import reading-list.md",
        "rl import notes.md --dry-run",
        "rl import 2021.md 2022.md --topic old --unmarked todo",
    )
    def import_(
        output: Output,
        files: Annotated[list[str], o.Argument(metavar="FILE…", help="Pages, bibliographies, HTML; - is stdin.")],
        format_: Annotated[
            str | None, o.Option("--format", metavar="F", help=f"{_formats()}; without it, what its content says.")
        ] = None,
        dry_run: Annotated[
            bool, o.Option("--dry-run", help="Show what would be taken in and what not; keep nothing.")
        ] = False,
        topic: Annotated[
            str | None, o.Option("--topic", "-t", metavar="TOPIC", help="Put the page's topics under this one.")
        ] = None,
        unmarked: Annotated[
            str, o.Option("--unmarked", metavar="STATUS", help="What no mark means: listed or todo.")
        ] = "listed",
        read_pass: Annotated[
            int, o.Option("--read-pass", metavar="N", help='The pass that a "read" mark stands for.')
        ] = 2,
        mentions: Annotated[bool, o.Option("--mentions", help="Take in papers that running notes name, too.")] = False,
        strict: Annotated[bool, o.Option("--strict", help="Take in nothing if a file cannot be read.")] = False,
        yes: o.Yes = False,
    ) -> None:
        """Take in reading lists, bibliographies and web pages.

        A file is known by its content, not by its name; --format says it of one that is taken for something else. On
        a page headings are topics, items and rows are papers, what stands below them are notes; ✅, [x], Done mean
        read, #TODO, [ ], "To Read" mean todo. Importing a file again changes only what it says anew.
        """
        from readlist.errors import InputError
        from readlist.services import import_file as service
        from readlist.services.pages_in import LARGEST, Page, Stream, checked_format, read_page, read_stream
        from readlist.services.taking_in import Options
        from readlist.sources.named import NAMED

        context = output.context
        chosen = checked_format(format_)
        stdin = getattr(context.stdin, "buffer", None)
        unread: list[InputError] = []

        def pages() -> Iterator[Page | Stream]:
            """One by one: a page is let go before the next one is read."""
            for file in files:
                output.patiently(f"reading {one_line(file)}", 0, 0)
                try:
                    stdin_read = stdin.read(LARGEST + 1) if file == "-" and stdin else None
                    page = read_stream(file, chosen) or read_page(file, stdin_read, chosen)
                except InputError as fault:
                    unread.append(fault)
                else:
                    yield page

        options = Options(topic, unmarked, read_pass, dry_run, mentions, strict)
        readings = service.read_pages(pages(), options, output.patiently)
        if unread and (strict or len(unread) == len(files)):
            for earlier in unread[:-1]:
                output.report(earlier)
            raise unread[-1]
        if output.asks and not yes and not dry_run and context.library.views.status_counts():
            # Papers that are on the list already are changed by a page: many of them only after a question.
            tried = replace(options, dry_run=True)
            trial = service.take_in(context.library, NAMED, readings, tried, output.patiently)
            output.clear()
            output.confirm(trial.merged, "change papers on the list", [], yes)
        result = service.take_in(context.library, NAMED, readings, options, output.patiently)
        for failure in (*unread, *result.failed):
            output.report(failure)
        data = {
            "created": result.created,
            "merged": result.merged,
            "unchanged": result.unchanged,
            "papers": [] if dry_run else list(result.papers),
            "dry_run": dry_run,
            "files": [
                {
                    "path": file.name,
                    "format": file.listing.format,
                    "lines": dict(file.listing.lines),
                    "ignored": [{"line": it.line, "text": it.text, "reason": it.reason} for it in file.listing.ignored],
                }
                for file in result.files
            ],
        }
        output.show(data, lambda: _draw(output, result, dry_run))
        _close(output, result, dry_run)


def _formats() -> str:
    from readlist.importers import BY_NAME

    *most, last = BY_NAME
    return f"{', '.join(most)} or {last}"


def _draw(output: Output, result: Imported, dry_run: bool) -> None:
    """With --dry-run what was found: topics, papers with their marks, lines taken for nothing and why."""
    if not dry_run:
        return
    for file in result.files:
        output.line(one_line(file.name))
        topic: tuple[str, ...] | None = None
        for entry in file.listing.entries:
            place = entry.topics[0] if entry.topics else ()
            if place != topic:
                topic = place
                output.line(f"  {one_line(' / '.join(place)) or '(no topic)'}")
            said = entry.metadata
            about = ", ".join(str(part) for part in (said.venue, said.year) if part)
            count = f"cited {said.citations}" if said.citations is not None else ""
            facts = "; ".join(part for part in (about, count) if part)
            mark = {"read": "✓", "todo": "○", None: "·"}[entry.mark]
            name = said.title or next((f"{scheme}:{value}" for scheme, value in said.identifiers.items()), "")
            output.line(f"    {mark} {one_line(name)}" + (f"  ({one_line(facts)})" if facts else ""))
        for ignored in file.listing.ignored:
            output.line(f"  line {ignored.line}: {ignored.reason}: {one_line(ignored.text)[:60]}")


def _close(output: Output, result: Imported, dry_run: bool) -> None:
    """The closing lines: what was done, what waits, what can be done next."""
    for file in result.files:
        lines = file.listing.lines
        output.message(
            f"{one_line(file.name)}: {_lines(sum(lines.values()))} read "
            f"(papers {lines['papers']}, topics {lines['topics']}, "
            f"notes {lines['notes']}, blank {lines['blank']}, ignored {lines['ignored']})"
            + (f"; read as {file.encoding}" if file.encoding != "utf-8" else "")
        )
    if not result.files:
        return
    total = len(result.papers)
    if not total and not result.restored:
        ignored = sum(file.listing.lines["ignored"] for file in result.files)
        hint = "; `--dry-run` lists the lines that say nothing to rl" if ignored and not dry_run else ""
        output.message(f"no paper was found{hint}")
        return
    would = "would be " if dry_run else ""
    output.message(
        f"{would}{result.created} new, {result.merged} changed, {result.unchanged} as before; "
        f"{result.waiting} of {total} papers wait to be read"
    )
    if dry_run:
        return
    if result.restored:
        output.message("  its log came with it: `rl log` shows what was done, `rl undo` takes back the last of it")
    if result.renamed:
        shown = ", ".join(f"{one_line(wanted)} → {one_line(got)}" for wanted, got in result.renamed[:3])
        more = f" and {len(result.renamed) - 3} more" if len(result.renamed) > 3 else ""
        output.message(f"  citation keys that were taken, or can name no paper, were changed: {shown}{more}")
    if result.waiting:
        output.message("  `rl todo` shows what to read next")
    if result.listed > result.waiting:
        output.message(
            f"  {result.listed} {'is' if result.listed == 1 else 'are'} on the list only: `rl want PAPER…` puts papers "
            "into the queue, `--unmarked todo` all without a mark"
        )
    if result.to_fetch:
        output.message(f"  `rl refresh --pending` fetches metadata and citation counts of {result.to_fetch}")
    if result.to_find:
        output.message(f"  `rl refresh --resolve` looks for {result.to_find} that are known by their title alone")


def _lines(number: int) -> str:
    return f"{number} line" if number == 1 else f"{number} lines"
