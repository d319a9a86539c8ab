"""What is taken in is given back: a page as a page, a library as JSON, and taken in again it is what it was."""

import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.library import Library
from readlist.domain.metadata import Link, Metadata
from readlist.domain.record import Deeds
from readlist.domain.shelf import AnyPaper, Shelf
from readlist.services.export import export, shelf_of
from readlist.services.import_file import Imported, import_pages
from readlist.services.like import like
from readlist.services.listing import Wanted
from readlist.services.pages_in import Page, read_page
from readlist.services.taking_in import Options
from tests.db.libraries import TODAY, library_at, make
from tests.db.operations import OPERATIONS, perform
from tests.shared import shared

LARGEST = 40_000
"""Bytes. The few pages beyond that take longer than all others together."""

PAGES = [
    path
    for path in sorted([*shared("seeds").glob("*.txt"), *shared("corpus/pages").glob("*.md")])
    if 0 < path.stat().st_size < LARGEST
]


def given_back(library: Library, format: str, deeds: Deeds | None = None) -> str:
    return "".join(export(library.views, Wanted(), TODAY, format, deeds=deeds).pieces)


def taken_in(library: Library, *pages: Page) -> Imported:
    result = import_pages(library, (), pages, Options())
    assert not result.failed
    return result


def shelf(library: Library) -> Shelf:
    return shelf_of(library.views, Wanted(), TODAY)


def facts(paper: AnyPaper) -> dict[str, Any]:
    """What a page carries of a paper."""
    return {
        "title": paper.title,
        "kind": paper.kind,
        "state": paper.status,
        "topics": set(paper.topics),
        "tags": paper.tags,
        "notes": [note.text for note in paper.notes],
        "summary": paper.summary,
        "links": set(paper.links),
        "count": paper.citations.count if paper.citations else None,
        "identifiers": paper.identifiers,
        "url": paper.url,
        "published": (paper.venue, paper.year),
        "authors": paper.authors,
    }


def contents(library: Library) -> Mapping[str, Any]:
    it = shelf(library)
    papers = sorted((facts(paper) for paper in it.papers), key=lambda one: (one["title"], str(one["identifiers"])))
    return {"papers": papers, "topics": set(it.topics), "notes": it.topic_notes}


@pytest.mark.parametrize("path", PAGES, ids=[path.stem[:24] for path in PAGES])
def test_a_real_page_goes_out_and_in_again(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    with (
        library_at(tmp_path / "first.db") as first,
        library_at(tmp_path / "page.db") as page,
        library_at(tmp_path / "whole.db") as whole,
    ):
        taken_in(first, read_page(str(path)))
        same = like(first.views, raw, path.name, Wanted(), TODAY)
        assert (same.text.encode(same.encoding), same.changed, same.unknown) == (raw, (), ())

        written = given_back(first, "markdown")
        result = taken_in(page, Page("page", "page", written))
        assert sum(result.files[0].listing.lines.values()) == written.count("\n")
        assert contents(page) == contents(first)
        again = taken_in(page, Page("page", "page", written))
        assert (again.created, again.merged) == (0, 0)

        complete = given_back(first, "json")
        taken_in(whole, Page("library", "library", complete))
        assert given_back(whole, "json") == complete
        again = taken_in(whole, Page("library", "library", complete))
        assert (again.created, again.merged) == (0, 0)
        assert given_back(whole, "json") == complete


# -- the log ---------------------------------------------------------------------------------------------------------

COMMANDS = st.lists(st.just("undo") | st.just("redo") | st.lists(OPERATIONS, min_size=1, max_size=8), max_size=6)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "readlist.db"
    make(path)
    return path


def run(library: Library, command: str | list[tuple[Any, ...]], number: int) -> bool:
    """Run a command, or take the last one back, or do it again; whether there was anything to do."""
    history = library.history
    entries = history.to_undo(1) if command == "undo" else history.to_redo(1) if command == "redo" else []
    told = len(history.log(None)[0])
    with library.write(command if isinstance(command, str) else f"command {number}") as work:
        for entry in entries:
            work.take_back(entry.id)
        for operation in command if isinstance(command, list) else ():
            perform(work, operation)
    return len(library.history.log(None)[0]) > told


def rows(path: Path) -> list[str]:
    """All rows of all tables, the log's too; not the counters of ids, and of the full-text index not how it is kept."""
    left_out = re.compile('"sqlite_sequence"|"fulltext')
    with closing(sqlite3.connect(path)) as connection:
        return sorted(line for line in connection.iterdump() if not left_out.search(line))


def copied(empty: Path, folders: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(empty, folders.mktemp("library") / "readlist.db"))


@given(COMMANDS)
def test_a_library_made_of_the_file_has_the_same_rows_and_log(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, commands: list[Any]
) -> None:
    first, second, third = (copied(empty, tmp_path_factory) for _ in range(3))
    with library_at(first) as library:
        for number, command in enumerate(commands):
            run(library, command, number)
        everything, held = (given_back(library, "json", deeds) for deeds in ("all", "held"))
    with library_at(second) as library:
        assert taken_in(library, Page("library", "library", everything)).restored
        assert given_back(library, "json", "all") == everything
        assert given_back(library, "json", "held") == held
        assert rows(second) == rows(first)
    with library_at(third) as library:
        taken_in(library, Page("library", "library", held))
        assert given_back(library, "json") == held
        while run(library, "undo", 0):  # down to nothing: all that the log knows is found as it was left
            pass
        assert library.views.keys() == []
        assert library.history.to_undo(1) == []


def test_rows_that_only_the_log_knows_come_back(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Authors and links have the ids that the log knows, in whatever order they came; what is gone finds its place."""
    code, pdf = (Link("code", f"https://example.org/{name}") for name in ("code", "pdf"))
    commands: list[list[tuple[Any, ...]]] = [
        [("add", Metadata("page", title="First paper"), 1)],
        [("add", Metadata("page", title="Second paper", authors=("B", "A"), links=(code,)), 1), ("tag", 1, "last")],
        [("learn", 0, Metadata("page", authors=("C", "A"), links=(pdf, code)))],
        [("add", Metadata("page", title="Third paper", authors=("D",), links=(pdf,)), 1)],
        [("remove", 2), ("remove tag", "last")],
    ]
    first, second = (copied(empty, tmp_path_factory) for _ in range(2))
    with library_at(first) as library:
        for number, command in enumerate(commands):
            run(library, command, number)
        held = given_back(library, "json")
    with library_at(second) as library:
        taken_in(library, Page("library", "library", held))
        assert rows(second) == rows(first)
        new: list[tuple[Any, ...]] = [
            ("add", Metadata("page", title="Fourth paper", authors=("E",), links=(pdf,)), 1),
            ("tag", 0, "new"),
        ]
        run(library, new, len(commands))
        run(library, "undo", 0)
        assert given_back(library, "json") == held
        with library.write("add") as work:  # past the log: what would be in the way, were its ids given again
            taken = [work.unit.insert(table, name="new") for table in ("authors", "tags")]
        assert taken == [5 + 1, 2 + 1]
    with library_at(second) as library:
        for number in range(len(commands) + 1):
            run(library, "undo", number)
        assert library.views.keys() == []


@given(COMMANDS)
def test_what_is_taken_back_leaves_the_file_as_it_was(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, commands: list[Any]
) -> None:
    with library_at(copied(empty, tmp_path_factory)) as library:
        for number, command in enumerate(commands):
            before = given_back(library, "json")
            if run(library, command, number) and isinstance(command, list):
                after = given_back(library, "json")
                run(library, "undo", number)
                assert given_back(library, "json") == before
                run(library, "redo", number)
                assert given_back(library, "json") == after
