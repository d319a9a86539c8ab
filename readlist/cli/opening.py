"""`rl pdf` and `rl open`: the paper itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line
from readlist.errors import NotFound, ReadlistError, SourceError

if TYPE_CHECKING:
    from readlist.context import Context
    from readlist.domain.paper import Paper
    from readlist.services.pdf import File


def register(app: typer.Typer) -> None:
    @command(app, "pdf", "rl pdf gao2021simcse", "rl pdf 12 7 --again", "rl pdf topic:contrastive status:todo")
    def pdf(
        output: Output,
        papers: Annotated[
            list[str],
            typer.Argument(
                metavar="PAPER…", help="Ids, keys, arXiv ids …, or a query with a key or a name: year:2020.. @work."
            ),
        ],
        again: Annotated[bool, typer.Option("--again", help="Download it even if it is there.")] = False,
    ) -> None:
        """Download the PDF of papers into the data folder.

        Prints where each is. What is there already is not downloaded again. Looks where the paper's identifiers say
        (arXiv, ACL Anthology, OpenReview), then at its links to a PDF.
        """
        from readlist.services.current import Current
        from readlist.services.references import chosen

        context = output.context
        views, today = context.library.views, context.now().date()
        ids = chosen(views, Current(context.settings.database), papers, today)
        if not ids:
            output.message("no paper fits")
        had: list[tuple[Paper, File]] = []
        for paper in views.papers(ids, today, whole=True):
            try:
                file = _had(output, paper, again)
            except (NotFound, SourceError) as fault:
                output.report(fault)
            except ReadlistError as fault:  # it cannot be written here; nor could the next one
                output.report(fault)
                break
            else:
                had.append((paper, file))
                what = _size(file.size) if file.url else "already there; --again downloads it again"
                output.message(f"#{paper.id} {one_line(paper.key)}: {what}")
        files = [
            {"id": paper.id, "key": paper.key, "path": str(file.path), "bytes": file.size, "url": file.url}
            for paper, file in had
        ]

        def draw() -> None:
            for _, file in had:
                output.line(str(file.path))

        output.show({"files": files}, draw)

    @command(app, "open", "rl open gao2021simcse", "rl open --pdf")
    def open_(
        output: Output,
        paper: o.OnePaper = "@",
        pdf: Annotated[bool, typer.Option("--pdf", help="The PDF, downloaded if it is not there.")] = False,
        print_: Annotated[bool, typer.Option("--print", help="Only print what would be opened.")] = False,
    ) -> None:
        """Open a paper's page in the browser, or its PDF.

        Prints the address, or the PDF's path. The browser is the one that BROWSER names, else the system's.
        """
        from readlist.cli import documents
        from readlist.services import pdf as service
        from readlist.services.current import Current
        from readlist.services.references import resolve

        context = output.context
        views, current = context.library.views, Current(context.settings.database)
        found = views.paper(resolve(views, current, paper), context.now().date())
        current.remember(found.id)
        page = service.page(found)
        if pdf:
            file: File | None = _had(output, found, again=False)
        else:
            file = service.here(_folder(context), found)
            if page is None:
                raise NotFound(
                    f"#{found.id} {one_line(found.title)}: nobody says where its page is",
                    "import a page that has a link to it" + ("; `rl open --pdf` opens its PDF" if file else ""),
                    ref=paper,
                )
        path = str(file.path) if file else None
        data = {"paper": documents.paper(found), "url": page, "path": path}
        output.show(data, lambda: output.line(str(path if pdf else page)))
        if not print_:
            context.stdout.flush()  # before a browser in the terminal takes the screen
            if file and pdf:
                _view(context, file.path)
            elif page:
                browse(context, page)


def _folder(context: Context) -> Path:
    return context.settings.home / "pdf"


def _had(output: Output, paper: Paper, again: bool) -> File:
    """The paper's PDF, downloaded if need be."""
    from readlist.services.pdf import fetch

    context = output.context
    return fetch(context.http, _folder(context), paper, output.message, again=again)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size / 1000, 0.1):.1f} kB"


# -- the system's programs ---------------------------------------------------------------------------------------------

_BROWSE = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_SOON = 5.0
"""Seconds within which an opener that fails says so. One that still runs then is a viewer at work."""


def browse(context: Context, url: str) -> None:
    """Open an address in the browser; raises ReadlistError if there is none.

    In a process of its own: what the browser prints does not get among the data, and it does not read what is piped
    in. A browser that draws on the terminal is only for who sits at one.
    """
    on_screen = context.stdout.isatty()
    environ = {name: value for name, value in context.environ.items() if on_screen or name != "TERM"}
    with suppress(OSError):
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _BROWSE, url],
            env=environ,
            stdin=None if context.stdin.isatty() else subprocess.DEVNULL,
            stdout=None if on_screen else 2,
            check=False,
        )
        if done.returncode == 0:
            return
    raise ReadlistError(
        "no browser could be opened", "open the address yourself, or name a browser in BROWSER; --print only prints it"
    )


def _view(context: Context, path: Path) -> None:
    """Open a file with the program that the system has for it; raises ReadlistError if there is none."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - the way that Windows has
            return
        if _opened(context.environ, path):
            return
    raise ReadlistError("no viewer could be opened", "open the file yourself; --print only prints its path")


def _opened(environ: Mapping[str, str], path: Path) -> bool:
    mac = sys.platform == "darwin"
    opener = shutil.which("open" if mac else "xdg-open", path=environ.get("PATH"))
    # Without a display xdg-open would hand the file to a browser for text.
    if not opener or not (mac or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return False
    nothing = subprocess.DEVNULL
    started = subprocess.Popen(
        [opener, path], env=environ, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
    try:
        return started.wait(_SOON) == 0
    except subprocess.TimeoutExpired:
        return True
