"""Real bibliographies: none breaks the program, every line is accounted for, and the entries are read.

What an entry is, is counted without the program: by `@type{` at the beginnings of lines, and by pybtex, which also
says which files are well formed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from readlist import importers
from readlist.db.library import Library
from readlist.domain.listing import Listing
from readlist.errors import InputError
from readlist.services.decoding import decoded
from readlist.services.import_file import import_pages
from readlist.services.pages_in import read_page
from readlist.services.taking_in import Options
from tests.shared import shared

BIB = shared("corpus/bib")
FILES = sorted(BIB.rglob("*.bib"))

EMPTY = {"bibtexparser-v1/empty.bib", "jabref/MODSImporterTestMinimal.bib"}
# Without `@type{`: a comment alone; an entry that lost its brace; two entries behind a comment on its line.
NOT_BIBTEX = {
    "jabref/MedlineImporterTestMinimalEntry.bib",
    "jabref/MarcXmlParserTestNotes.bib",
    "jabref/importer_encodingWithoutNewline.bib",
}
NO_WORKS = frozenset(("comment", "string", "preamble"))


@dataclass(frozen=True)
class Read:
    """A file as it was read, and the number of its entries, counted without the program."""

    name: str
    text: str
    encoding: str
    listing: Listing

    @property
    def entries(self) -> int:
        types = re.findall(r"(?m)^[ \t]*@[ \t]*(\w+)\s*[{(]", self.text)
        return sum(type_.lower() not in NO_WORKS for type_ in types)

    @property
    def well_formed(self) -> bool:
        """Whether pybtex reads it and complains of nothing but keys that are repeated."""
        from pybtex import errors
        from pybtex.database.input import bibtex
        from pybtex.exceptions import PybtexError

        with errors.capture() as complaints:
            try:
                bibtex.Parser().parse_stream(StringIO(self.text))
            except (PybtexError, RecursionError):
                return False
        return all("repeated" in str(complaint) for complaint in complaints)


@cache
def files() -> tuple[Read, ...]:
    """All files that are BibTeX, read once."""
    found = []
    for file in FILES:
        name = file.relative_to(BIB).as_posix()
        if name in EMPTY | NOT_BIBTEX:
            continue
        it = decoded(name, file.read_bytes())
        importer = importers.recognise(it.text)
        assert importer is not None and importer.__name__.endswith(".bibtex"), f"{name} is taken for something else"
        found.append(Read(name, it.text, it.encoding, importer.read(it.text)))
    return tuple(found)


@pytest.mark.parametrize("name", sorted(EMPTY))
def test_empty_files_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="is empty"):
        read_page(str(BIB / name))


def test_every_line_is_accounted_for() -> None:
    for it in files():
        lines = it.text.split("\n")
        assert sum(it.listing.lines.values()) == len(lines) - (lines[-1] == ""), it.name


def test_nearly_every_entry_is_read() -> None:
    whole = [it for it in files() if it.well_formed]
    entries, read = sum(it.entries for it in whole), sum(len(it.listing.entries) for it in whole)
    print(f"{len(whole)} of {len(files())} files are well formed: {read} of {entries} entries, {read / entries:.4f}")
    assert len(whole) >= 150 and entries >= 6000
    assert read / entries >= 0.98
    everything = sum(it.entries for it in files())
    assert sum(len(it.listing.entries) for it in files()) / everything >= 0.98, "broken ones counted"


def test_entries_that_are_passed_over_are_listed_with_a_reason() -> None:
    for it in files():
        left = [ignored for ignored in it.listing.ignored if ignored.text.lstrip().startswith("@")]
        assert all(ignored.reason for ignored in left)
        assert it.entries <= len(it.listing.entries) + len(left) + it.text.lower().count("@xdata"), it.name


def test_no_markup_is_left_in_titles_and_names() -> None:
    left = [
        text
        for it in files()
        for entry in it.listing.entries
        for text in (entry.metadata.title or "", *entry.metadata.authors)
        if re.search(r"\\[A-Za-z]{2,}|[{}]", re.sub(r"\$[^$]*\$", "", text))
    ]
    total = sum(len(it.listing.entries) for it in files())
    print(f"{len(left)} of {total} entries")
    assert len(left) < 0.005 * total


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("bibtexparser-v1/gbk_test.bib", "gb18030"),
        ("jabref/tiny-BE-noBOM.bib", "utf-16"),
        ("jabref/tiny-LE-withBOM.bib", "utf-16"),
        ("jabref/encoding-utf-16BE-without-header.bib", "utf-16"),
        ("jabref/encoding-windows-1252-with-header.bib", "windows-1252"),
        ("jabref/encoding-windows-1252-but-utf-8-declared--decoding-fails.bib", "windows-1252"),
    ],
)
def test_encodings(name: str, encoding: str) -> None:
    assert next(it.encoding for it in files() if it.name == name) == encoding


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "l.db", lambda: datetime(2026, 11, 21, tzinfo=UTC), lambda text: None)
    pages = [read_page(str(BIB / it.name)) for it in files() if it.name.startswith("jabref/")]
    first = import_pages(library, [], pages, Options())
    again = import_pages(library, [], pages, Options())
    library.close()
    assert first.created > 150
    assert (again.created, again.merged, again.unchanged) == (0, 0, first.created)
    assert set(again.papers) == set(first.papers)
