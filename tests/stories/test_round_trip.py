"""What is taken in is given back: a page as a page, a library as JSON, and taken in again it is what it was."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from readlist.db.library import Library
from readlist.domain.paper import Paper
from readlist.domain.shelf import Shelf
from readlist.services.export import export, shelf_of
from readlist.services.import_file import Imported, Options, import_pages
from readlist.services.like import like
from readlist.services.listing import Wanted
from readlist.services.pages_in import Page, read_page
from tests.db.libraries import TODAY, library_at
from tests.shared import shared

LARGEST = 40_000
"""Bytes. The few pages beyond that take longer than all others together."""

PAGES = [
    path
    for path in sorted([*shared("seeds").glob("*.txt"), *shared("corpus/pages").glob("*.md")])
    if 0 < path.stat().st_size < LARGEST
]


def given_back(library: Library, format: str) -> str:
    return "".join(export(library.views, Wanted(), TODAY, format).pieces)


def taken_in(library: Library, *pages: Page) -> Imported:
    result = import_pages(library, (), pages, Options())
    assert not result.failed
    return result


def shelf(library: Library) -> Shelf:
    return shelf_of(library.views, Wanted(), TODAY)


def facts(paper: Paper) -> dict[str, Any]:
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
