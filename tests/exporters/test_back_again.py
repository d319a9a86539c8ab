"""What is exported comes back: our own readers of each format make the same papers of it."""

from __future__ import annotations

from types import ModuleType

import pytest

from readlist.domain.listing import Entry
from readlist.domain.paper import Paper
from readlist.domain.venues import is_preprint_server
from readlist.exporters import bibtex, csl_json, csv_table, ris
from readlist.exporters._work import name
from readlist.importers import bibtex as from_bibtex
from readlist.importers import csl_json as from_csl_json
from readlist.importers import csv_table as from_csv
from readlist.importers import ris as from_ris
from tests.exporters.shelves import EVERY_KIND, noted, paper, shelf

WRITTEN = (
    *(it for it in EVERY_KIND if it.key not in ("a thesis, {no less}", "a-book", "nothing")),
    paper("A $x^2$ & 50% {of} #1_a ~ \\alpha ^ “quoted”, with commas; and é", id=20, key="odd2020", tags=("C#", "a b")),
    paper("On a Page", id=21, key="on", identifiers={}, venue=None, url="https://a.example/paper.pdf",
          tags=("a, b", "c"), abstract="One sentence. Another one.",
          notes=noted("- a list\n- of `code_like` things", "第二 note")),
    paper("Names", id=22, key="names2021", authors=("Laurens van der Maaten", "Bob Downey Jr.", "OpenAI", "李沐",
          "Google DeepMind", "Jürgen Schmidhuber")),
)  # fmt: skip
PAIRS = ((bibtex, from_bibtex), (csl_json, from_csl_json), (ris, from_ris), (csv_table, from_csv))


def venue(called: str | None) -> str | None:
    """A preprint server is no venue: its name comes and goes with the identifier."""
    return None if called and is_preprint_server(called) else called


@pytest.mark.parametrize(("writer", "reader"), PAIRS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_papers_come_back(writer: ModuleType, reader: ModuleType) -> None:
    written = [it for it in WRITTEN if it.kind != "resource" or writer is not csv_table]  # a word of rl's own
    text = "".join(writer.write(shelf(*written)))
    assert reader.recognises(text)
    listing = reader.read(text)
    assert [line.line for line in listing.ignored] == ([1] if writer is csv_table else []), "but for a table's head"
    assert sum(listing.lines.values()) == len(text.removesuffix("\n").split("\n"))
    assert len(listing.entries) == len(written)
    for known, found in zip(written, listing.entries, strict=True):
        assert told(found) == expected(known, found), known.title


def told(found: Entry) -> dict[str, object]:
    said = found.metadata
    return {
        "title": said.title, "authors": [*map(name, said.authors)], "year": said.year, "venue": venue(said.venue),
        "key": found.key, "tags": set(found.tags), "kind": said.kind,
        "identifiers": dict(said.identifiers), "url": said.url, "abstract": said.abstract,
        "notes": [line for line in [*(found.summary or "").split("\n"), *found.notes] if line],
    }  # fmt: skip


def expected(known: Paper, found: Entry) -> dict[str, object]:
    written = "\n".join([known.summary or "", *(note.text for note in known.notes)])
    return {
        "title": known.title, "authors": [*map(name, known.authors)], "year": known.year, "venue": venue(known.venue),
        "key": known.key, "tags": set(known.tags), "kind": known.kind, "url": known.url, "abstract": known.abstract,
        # A BibTeX entry has one address, which is the ACL Anthology's before that of Semantic Scholar's index.
        "identifiers": {s: v for s, v in known.identifiers.items() if s != "s2" or s in found.metadata.identifiers},
        "notes": [line for line in written.split("\n") if line],
    }  # fmt: skip
