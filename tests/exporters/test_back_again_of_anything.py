"""Papers of which every text may be anything come back from every format of bibliographies as what the format says.

A text loses what no line can show (control characters, ends of lines in titles); what is left is the same.
"""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readlist.domain.shelf import Shelf
from readlist.domain.text import fold, one_line
from readlist.exporters import bibtex, csl_json, csv_table, ris
from readlist.importers import bibtex as from_bibtex
from readlist.importers import csl_json as from_csl_json
from readlist.importers import csv_table as from_csv
from readlist.importers import ris as from_ris
from tests.exporters.shelves import anything, hostile, named, noted, paper, shelf

PAIRS = ((bibtex, from_bibtex), (csl_json, from_csl_json), (ris, from_ris), (csv_table, from_csv))
pairs = pytest.mark.parametrize(("writer", "reader"), PAIRS, ids=lambda module: module.__name__.rpartition(".")[2])


def text_of(writer: ModuleType, it: Shelf) -> str:
    return "".join(writer.write(it))


@pairs
@settings(deadline=None)
@given(it=hostile())
def test_every_paper_is_read_and_every_line_accounted_for(writer: ModuleType, reader: ModuleType, it: Shelf) -> None:
    text = text_of(writer, it)
    listing = reader.read(text)
    assert len(listing.entries) == len(it.papers)
    assert not [line for line in listing.ignored if line.broken]
    assert sum(listing.lines.values()) == len(text.split("\n")) - text.endswith("\n")
    for known, found in zip(it.papers, listing.entries, strict=True):
        if known.year and 1500 <= known.year <= 2100:
            assert found.metadata.year == known.year
        assert (
            dict(found.metadata.identifiers).items()
            >= {name: value for name, value in known.identifiers.items() if name == "arxiv"}.items()
        )


# Letters of several scripts, and what means something in LaTeX, RIS, CSV and spreadsheets; no elements, entities and
# formulas, which mean the same in the title of a bibliography as in what is read.
_PLAIN = st.text(
    st.sampled_from("ab AB zé文字ß.,:;!?()[]{}%&#_^~@\\=+-'\"/|*0123456789"), min_size=1, max_size=40
).filter(lambda text: re.search(r"[^\W\d_]", text) is not None and not re.search(r"--|``|''|&\S*;", text))


@pairs
@settings(deadline=None)
@example(title="'=text", tags=["'=tag", "=tag"])
@given(title=_PLAIN, tags=st.lists(_PLAIN.filter(lambda text: not re.search("[,;*#，、]", text)), max_size=3))
def test_titles_and_tags_come_back(writer: ModuleType, reader: ModuleType, title: str, tags: list[str]) -> None:
    kept = tuple(dict.fromkeys(filter(None, map(one_line, tags))))
    (found,) = reader.read(text_of(writer, shelf(paper(title, tags=kept)))).entries
    assert found.metadata.title == one_line(title)
    assert set(found.tags) == set(kept)


@settings(deadline=None)
@given(title=named, note=anything, summary=anything)
def test_a_table_of_ours_is_read_to_the_letter(title: str, note: str, summary: str) -> None:
    first = text_of(csv_table, shelf(paper(title, notes=noted(note), summary=summary)))
    (found,) = from_csv.read(first).entries
    again = paper(
        found.metadata.title or "",
        notes=noted("\n".join(found.notes)),
        summary=found.summary,
        authors=found.metadata.authors,
    )
    assert text_of(csv_table, shelf(again)) == first


@settings(deadline=None, max_examples=30)
@given(letter=st.sampled_from('a文{\\"=@'), length=st.integers(20_000, 60_000))
@pairs
def test_a_very_long_field(writer: ModuleType, reader: ModuleType, letter: str, length: int) -> None:
    (found,) = reader.read(text_of(writer, shelf(paper(abstract="An " + letter * length + " end")))).entries
    assert fold(found.metadata.abstract or "") == fold("An " + letter * length + " end")
