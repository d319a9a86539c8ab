"""What is taken in from real bibliographies and pages is given back, and taken in again it is what it was.

Every file of the corpus, in every format of bibliographies: read, written, read again and written again, the two texts
are the same to the last letter, and the papers agree in all that the format can carry. This goes from the readers to
the writers directly, without a library between them, so that no file need be left out. What the library adds (one
paper is one paper, keys are unique, venues have one name) goes the same way for the files of at most `SMALL` entries,
in every format, Markdown and JSON too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from readlist import exporters, importers
from readlist.db.library import Library
from readlist.domain.identifiers import Identifier, is_address
from readlist.domain.listing import Entry
from readlist.domain.paper import Note, Observation, Paper
from readlist.domain.passes import Pass
from readlist.domain.shelf import Shelf
from readlist.domain.text import one_line, printable
from readlist.domain.titles import kept_key
from readlist.domain.topics import clean_path
from readlist.domain.venues import is_preprint_server
from readlist.errors import InputError
from readlist.exporters._work import is_file, name
from readlist.exporters.bibtex import key_of
from readlist.services.export import export
from readlist.services.import_file import Imported, import_pages
from readlist.services.listing import Wanted
from readlist.services.pages_in import Page, read_page
from readlist.services.taking_in import Options
from tests.db.libraries import NOW, TODAY, library_at
from tests.shared import shared

BIBLIOGRAPHIES = sorted(file for file in shared("corpus/bib").rglob("*") if file.is_file())
PAGES = sorted([*shared("corpus/pages").rglob("*.md"), *shared("seeds").glob("*.txt")])
FORMATS = ("bibtex", "csl-json", "ris", "csv")


@cache
def entries(file: Path) -> tuple[Entry, ...]:
    """What the file says, as the program that finds out its format reads it; nothing, if it is empty."""
    try:
        text = read_page(str(file)).text
        reader = importers.recognise(text)
        return reader.read(text).entries if reader else ()
    except InputError:
        return ()


def papers(read: Sequence[Entry]) -> list[Paper]:
    """The entries as a library would have them if each were a paper of its own."""
    taken: set[str] = set()
    return [paper(number, entry, taken) for number, entry in enumerate(read, 1)]


def paper(number: int, entry: Entry, taken: set[str]) -> Paper:
    said = entry.metadata
    key = (kept_key(entry.key) if entry.key else None) or f"no-key-{number}"
    key = key if key.casefold() not in taken else f"{key}-again-{number}"
    taken.add(key.casefold())
    stamp = NOW.isoformat()
    named = (str(Identifier(scheme, value)) for scheme, value in said.identifiers.items())
    notes = ("\n".join(entry.notes), *entry.apart)
    return Paper(
        number, key, said.kind or "paper", said.title or said.url or next(named), entry.added or stamp, stamp,
        {"read": "done", "todo": "todo", None: "listed"}[entry.mark],  # type: ignore[arg-type]
        priority=entry.priority or "normal", authors=said.authors, year=said.year, published=said.published,
        venue=said.venue, identifiers=said.identifiers, url=said.url, abstract=said.abstract,
        links=tuple(link for link in said.links if is_address(link.url) or is_file(link)),
        summary=entry.summary, next_pass=1 if entry.mark == "todo" else None,
        passes=(Pass(entry.depth or 2, None, entry.finished),) if entry.mark == "read" else (),
        topics=tuple("/".join(clean_path(path)) for path in entry.topics), tags=entry.tags,
        citations=None if said.citations is None else Observation(said.citations, "page", TODAY.isoformat()),
        notes=tuple(Note(text, stamp) for text in notes if text.strip()),
    )  # fmt: skip


def written(format: str, them: Sequence[Paper]) -> list[str]:
    """The pieces of an export. Their order is not looked at: BibTeX cannot have every key, by which it is."""
    return [piece.strip("\n") for piece in exporters.load(format).write(Shelf(them, (), TODAY))]


def told(format: str, it: Paper) -> dict[str, object]:
    """What the format can carry of a paper, told so that two ways of writing it are one.

    A preprint server is no venue: its name comes and goes with the identifier. RIS has no commas in a name without
    parts. What an address identifies is not said twice. Of texts the words count, not where their lines break.
    """
    texts = (printable(text) for text in (it.summary or "", *(note.text for note in it.notes)))
    published = it.venue if it.venue and not is_preprint_server(it.venue) else None
    names = [(one.family, one.given, one.suffix, one.literal) for one in map(name, it.authors)]
    carried: dict[str, object] = {
        "title": re.sub(r"[-–—]+", "-", re.sub(r"[“”`']+", '"', one_line(it.title))), "year": it.year,
        "authors": [re.sub("[,.]", "", " ".join(sorted(" ".join(one).split()))) for one in names],
        "venue": published, "identifiers": dict(it.identifiers), "tags": set(it.tags),
        "key": key_of(it.key) if format == "bibtex" else it.key,
        "notes": re.sub(r"<br\s*/?>", " ", " ".join(texts), flags=re.IGNORECASE).split(),
        "abstract": (it.abstract or "").split(),
        "files": {link.url for link in it.links if is_file(link)} if format in ("bibtex", "csv") else None,
        "links": len(it.links) if format == "csv" else None,
    }  # fmt: skip
    if format == "csv":
        carried |= {
            "state": (it.status, it.priority, it.next_pass, [(done.number, done.finished) for done in it.passes]),
            "filed": (it.kind, it.url, set(it.topics), it.summary, it.added, it.published),
            "count": it.citations and it.citations.count,
        }
    return carried


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("files", [BIBLIOGRAPHIES, PAGES], ids=["bibliographies", "pages"])
def test_what_is_written_is_read_and_written_again(format: str, files: list[Path]) -> None:
    different, disagree, count = [], [], 0
    for file in files:
        before = papers(entries(file))
        first = written(format, before)
        text = "\n\n".join(first) if format != "csv" else "\n".join(first)
        reader = importers.recognise(text)
        assert reader is not None or not before
        after = papers(reader.read(text).entries) if reader and before else []
        count += len(before)
        for known, found in zip(before, after, strict=True):
            said, again = told(format, known), told(format, found)
            disagree += [(file.name, what, said[what], again[what]) for what in said if said[what] != again[what]]
        second = written(format, after)
        for one, other in zip(first, second, strict=False):
            if one != other:
                lines = zip(one.split("\n"), other.split("\n"), strict=False)
                different.append((file.name, *next((pair for pair in lines if pair[0] != pair[1]), (one, other))))
        assert len(first) == len(second), file.name
    assert count > 7000
    assert not different, "\n".join(map(repr, different))
    assert not disagree, "\n".join(f"{it!r:.400}" for it in disagree)


# -- with a library between --------------------------------------------------------------------------------------------

SMALL = 300
"""Entries. The larger files say nothing new of the library, and take a minute for each format."""


def taken_in(library: Library, *pages: Page) -> Imported:
    return import_pages(library, (), pages, Options())


def given_back(library: Library, format: str) -> list[str]:
    return "".join(export(library.views, Wanted(), TODAY, format).pieces).split("\n")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """All small bibliographies in one library, as one command takes them in."""
    small = [read_page(str(file)) for file in BIBLIOGRAPHIES if 0 < len(entries(file)) <= SMALL]
    with library_at(tmp_path_factory.mktemp("first") / "l.db") as it:
        assert len(taken_in(it, *small).papers) > 350
        yield it


@pytest.mark.parametrize("format", [*FORMATS, "markdown", "json"])
def test_a_library_is_made_again_of_what_is_written(library: Library, format: str, tmp_path: Path) -> None:
    first = given_back(library, format)
    page = Page("it", str(tmp_path / "it"), "\n".join(first))
    with library_at(tmp_path / "again.db") as again:
        result = taken_in(again, page)
        assert result.created == len(result.papers) and not result.renamed and not result.failed
        second = given_back(again, format)
        told = taken_in(again, page)
        assert (told.created, told.merged) == (0, 0), "importing it twice changes something"
    if format == "markdown":  # ids are given in the order of the page, on which a paper may stand under several topics
        first, second = sorted(first), sorted(second)
    changed = [pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]]
    assert not changed, changed[:3]
    assert len(first) == len(second)
