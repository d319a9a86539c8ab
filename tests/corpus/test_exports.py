"""Real exports of other programs: every record is read, as the program's own BibTeX of the same library says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rispy

from readlist import importers
from readlist.domain.listing import Entry, Listing
from readlist.domain.text import fold
from readlist.importers import (
    bibtex,
    csl_json,
    csv_table,
    ris,
)
from readlist.services.pages_in import read_page
from tests.shared import shared

BIB = shared("corpus/bib")
TAGGED = (".ris", ".isi", ".nbib", ".enw", ".ref")
FILES = sorted(file for file in BIB.rglob("*") if file.suffix in TAGGED)
PAIRS = sorted(file for file in FILES if file.suffix in (".ris", ".nbib") and file.with_suffix(".bib").is_file())
# Snippets of two tags, which no program writes.
SNIPPETS = frozenset(("IsiImporterTestEmpty.isi", "Endnote.pattern.A.enw", "Endnote.pattern.E.enw"))


def text_of(file: Path) -> str:
    """The text as the program decodes it."""
    return read_page(str(file)).text


def listing_of(file: Path) -> Listing:
    """`file` as it is read, after the account of its lines is checked."""
    text = text_of(file)
    listing = ris.read(text)
    assert sum(listing.lines.values()) == len(text.split("\n")) - text.endswith("\n")
    return listing


@pytest.mark.parametrize("file", [file for file in FILES if file.name not in SNIPPETS], ids=lambda file: file.name)
def test_each_export_is_recognised_and_every_line_accounted_for(file: Path) -> None:
    assert importers.recognise(text_of(file)) is ris
    listing_of(file)


def _in_file(text: str) -> int:
    """How many records rispy finds that name a work; it needs first lines, which Scopus does not write."""
    if re.search(r"^PT ", text, re.MULTILINE):
        return len(rispy.loads(text, implementation=rispy.WokParser, skip_unknown_tags=True))
    if not re.search(r"^TY  - ", text, re.MULTILINE):
        text = "TY  - JOUR\n" + re.sub(r"^(ER  - *\n)", r"\1TY  - JOUR\n", text, flags=re.MULTILINE)
    names = ("title", "primary_title", "short_title", "doi", "urls")
    return sum(any(record.get(name) for name in names) for record in rispy.loads(text))


def test_as_many_records_are_read_as_another_parser_finds() -> None:
    counts = {
        file.name: (len(listing_of(file).entries), _in_file(text_of(file)))
        for file in FILES
        if file.suffix in (".ris", ".isi") and file.name not in SNIPPETS
    }
    short = {name: count for name, count in counts.items() if count[0] < count[1]}
    read, there = (sum(count[side] for count in counts.values()) for side in (0, 1))
    assert there > 60
    assert not short
    assert read / there >= 0.98


def _one(listing: Listing) -> Entry:
    (entry,) = listing.entries
    return entry


def _spells(short: str, whole: str) -> bool:
    """Whether `short` is `whole` or its abbreviation: its words begin words of `whole`, in order."""
    if fold(short) == fold(whole):
        return True
    rest = iter(re.findall(r"\w+", whole.casefold()))
    return all(any(word.startswith(begun) for word in rest) for begun in re.findall(r"\w+", short.casefold()))


@pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
def test_a_record_and_its_bibtex_are_the_same_paper(file: Path) -> None:
    ours = _one(listing_of(file)).metadata
    theirs = _one(bibtex.read(text_of(file.with_suffix(".bib")))).metadata
    if file.stem != "RisImporterTest1":  # five titles and four venues in one record; JabRef strings all together
        assert fold(ours.title or "") == fold(theirs.title or "")
        assert _spells(theirs.venue or "", ours.venue or "")
    assert [name.replace(".", "") for name in ours.authors] == [name.replace(".", "") for name in theirs.authors]
    assert ours.year == theirs.year
    assert ours.kind == theirs.kind
    # JabRef takes neither the number of PubMed nor the DOI out of such a file.
    known = {scheme: value for scheme, value in ours.identifiers.items() if scheme in theirs.identifiers}
    assert known == theirs.identifiers
    assert file.suffix == ".nbib" or ours.identifiers.get("doi") == theirs.identifiers.get("doi")


def test_no_page_and_no_bibtex_is_taken_for_another_format() -> None:
    files = [*shared("corpus/pages").rglob("*.md"), *shared("seeds").glob("*.txt"), *BIB.rglob("*.bib")]
    taken = [
        (file.name, reader.__name__)
        for file in files
        for text in [file.read_bytes().decode("utf-8", "replace")]
        for reader in (ris, csl_json, csv_table)
        if reader.recognises(text)
    ]
    assert len(files) > 300
    assert not taken
