"""CSL-JSON that is of the schema of CSL input data and that a citation processor renders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import citeproc
import pytest
from citeproc import formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given

from readlist.domain.shelf import Shelf
from readlist.domain.text import one_line
from readlist.exporters import csl_json
from tests.exporters.shelves import EVERY_KIND, hostile, paper, shelf
from tests.exporters.test_bibtex import NAMES

# What the schema says of the variables that are used here: types of items, texts, parts of a name, shape of a date.
TYPES = {"article", "article-journal", "book", "motion_picture", "paper-conference", "software", "thesis", "webpage"}
TEXTS = {"id", "type", "title", "container-title", "publisher", "number", "archive", "archive_location", "DOI", "PMID",
         "URL", "keyword", "abstract", "note"}  # fmt: skip
PARTS = {"family", "given", "suffix", "literal"}


def items(it: Shelf) -> list[dict[str, Any]]:
    """The exported items, each of them as the schema wants it."""
    found = json.loads("".join(csl_json.write(it)))
    assert isinstance(found, list)
    for item in found:
        assert item["type"] in TYPES and item["id"]
        assert item.keys() <= TEXTS | {"author", "issued"}
        assert all(isinstance(item[name], str) and item[name] for name in item.keys() & TEXTS)
        for name in item.get("author", ()):
            assert name and name.keys() <= PARTS and all(isinstance(part, str) and part for part in name.values())
        if "issued" in item:
            assert item["issued"].keys() == {"date-parts"}
            (parts,) = item["issued"]["date-parts"]
            assert 1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts)
    return found


def test_a_whole_item() -> None:
    assert "".join(csl_json.write(shelf(EVERY_KIND[0]))) == (
        "[\n{\n"
        '  "id": "gao2021simcse",\n'
        '  "type": "paper-conference",\n'
        '  "title": "SimCSE: Simple Contrastive Learning of Sentence Embeddings",\n'
        '  "author": [{"family": "Gao", "given": "Tianyu"}, {"family": "Yao", "given": "Xingcheng"}, '
        '{"family": "Chen", "given": "Danqi"}],\n'
        '  "issued": {"date-parts": [[2021, 4, 18]]},\n'
        '  "container-title": "EMNLP",\n'
        '  "archive": "arXiv",\n'
        '  "archive_location": "2104.08821",\n'
        '  "URL": "https://arxiv.org/abs/2104.08821",\n'
        '  "keyword": "survey",\n'
        '  "note": "Dropout is the augmentation.\\n\\n- 20% better\\n- {odd} & \'quoted\'"\n'
        "}\n]\n"
    )


def test_every_kind_has_its_type() -> None:
    assert [item["type"] for item in items(shelf(*EVERY_KIND))] == [
        "paper-conference", "article-journal", "article", "motion_picture", "thesis", "book", "webpage", "software",
        "article", "article", "paper-conference",
    ]  # fmt: skip


def test_nothing_is_an_empty_array() -> None:
    assert items(shelf()) == []


def test_a_preprint_says_where_it_is() -> None:
    (item,) = items(shelf(EVERY_KIND[2]))
    assert (item["publisher"], item["number"]) == ("arXiv", "arXiv:2303.08774")


@pytest.mark.parametrize(
    ("published", "parts"), [("2021-04-18", [2021, 4, 18]), ("2020-12-31", [2021]), (None, [2021])]
)
def test_a_day_counts_if_it_is_of_the_year_of_publication(published: str | None, parts: list[int]) -> None:
    (item,) = items(shelf(paper(published=published)))
    assert item["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize(("author", "written"), [it for it in NAMES if "others" not in it[1]])
def test_names_have_the_parts_that_they_have_in_bibtex(author: str, written: str) -> None:
    (item,) = items(shelf(paper(authors=(author,))))
    (name,) = item["author"]
    parts = [name.get(part) for part in ("family", "suffix", "given") if name.get(part)]
    assert written.replace("\\", "") in (f"{{{name.get('literal')}}}", ", ".join(parts))


def rendered(found: list[dict[str, Any]]) -> list[str]:
    """The bibliography that a citation processor makes of the items."""
    styles = Path(citeproc.__file__).parent / "data" / "styles"
    style = citeproc.CitationStylesStyle(str(next(styles.glob("*.csl"))), validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(found), formatter.plain)
    for item in found:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return list(map(str, bibliography.bibliography()))


def test_a_citation_processor_renders_every_kind() -> None:
    known = [it for it in EVERY_KIND if it.key != "a-book"]  # this processor takes it for A-Book
    lines = rendered(items(shelf(*known)))
    assert len(lines) == len(known)
    (simcse,) = [line for line in lines if "SimCSE" in line]
    for part in ("Gao, T.", "Yao, X.", "Chen, D.", "2021", "EMNLP"):
        assert part in simcse
    assert [line for line in lines if line.startswith("李沐")] and [line for line in lines if line.startswith("OpenAI")]


@given(hostile())
def test_any_text_stays_where_it_belongs(it: Shelf) -> None:
    found = items(it)
    assert [item["title"] for item in found] == [one_line(known.title) for known in it.papers]
