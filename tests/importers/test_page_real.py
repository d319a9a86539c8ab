"""Real pages: one against hand-made labels, all others for the account of their lines."""

import json
import unicodedata
from typing import Any

import pytest

from readlist.domain.listing import Entry
from readlist.errors import InputError
from readlist.importers import page
from tests.importers.reading import read
from tests.shared import shared


def fold(text: str | None) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text or "").casefold() if c.isalnum())


@pytest.fixture(scope="module")
def labelled() -> list[tuple[dict[str, Any], Entry | None]]:
    """Each label of the page with the entry of its line."""
    folder = shared("seeds")
    entries = {entry.line: entry for entry in page.read(next(folder.glob("000_*.txt")).read_text("utf-8")).entries}
    labels = json.loads((folder / "000_gold.json").read_text("utf-8"))
    return [(label, entries.pop(label["line"], None)) for label in labels] + [({}, entry) for entry in entries.values()]


def share(rows: list[bool]) -> float:
    return sum(rows) / len(rows)


def test_recall_and_precision(labelled: list[tuple[dict[str, Any], Entry | None]]) -> None:
    assert share([entry is not None for label, entry in labelled if label.get("must")]) >= 0.98
    assert share([bool(label) for label, entry in labelled if entry is not None]) >= 0.95


def test_fields(labelled: list[tuple[dict[str, Any], Entry | None]]) -> None:
    pairs = [(label, entry) for label, entry in labelled if label and entry]
    assert share([fold(e.metadata.title) == fold(x["title"]) for x, e in pairs]) >= 0.97
    assert share([(e.mark or "none") == x["state"] for x, e in pairs]) >= 0.98
    assert share([e.metadata.citations == x["citations"] for x, e in pairs]) == 1
    assert share([e.metadata.year == x["year"] for x, e in pairs if x["year"]]) >= 0.97
    assert (
        share([any(fold(x["author"]) == fold(a) for a in e.metadata.authors) for x, e in pairs if x["author"]]) >= 0.97
    )
    assert (
        share([fold(e.topics[0][-1]) == fold(x["topics"][-1]) for x, e in pairs if x["topics"] and x["must"]]) >= 0.97
    )


def test_lines_of_all_pages() -> None:
    for path in sorted(shared("corpus/pages").glob("*.md")):
        text = path.read_bytes().decode("utf-8")
        if text.strip():
            read(text)
        else:
            with pytest.raises(InputError):
                page.read(text)


@pytest.mark.parametrize(
    ("number", "recall", "precision"),
    [("001", 1, 0.9), ("002", 0.9, 0.6), ("003_004", 1, 1)],
    ids=lambda value: str(value),
)
def test_running_notes_and_blogs(number: str, recall: float, precision: float) -> None:
    """Notes with addresses, notes that name papers, listings of posts: which papers the labels of the page name."""
    folder = shared("seeds")
    labels = json.loads((folder / f"{number}_gold.json").read_text("utf-8"))
    pages = {"seed3": "003", "seed4": "004"} if number == "003_004" else {"": number}
    wanted: set[str] = set()
    found: set[str] = set()
    for key, name in pages.items():
        for label in labels[key] if key else labels:
            wanted.add(label["arxiv"] if label.get("arxiv") else fold(label["title"]))
        for entry in page.read(next(folder.glob(f"{name}_*.txt")).read_text("utf-8"), mentions=name == "002").entries:
            found.add(entry.metadata.identifiers.get("arxiv") or fold(entry.metadata.title))
    assert len(wanted & found) >= recall * len(wanted)
    assert len(wanted & found) >= precision * len(found)
