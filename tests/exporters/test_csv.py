"""A table that spreadsheets read as text, in cells that stay where they belong."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from readlist.domain.shelf import Shelf
from readlist.domain.text import one_line
from readlist.exporters import csv_table
from readlist.exporters.csv_table import COLUMNS
from tests.exporters.shelves import EVERY_KIND, hostile, noted, paper, shelf

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def rows(it: Shelf) -> list[dict[str, str]]:
    """The rows as another reader of CSV takes them."""
    text = "".join(csv_table.write(it))
    assert text.startswith("\ufeff"), "Excel would take it for another encoding"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_the_head_is_always_the_same() -> None:
    head = "".join(csv_table.write(shelf()))
    assert head == "\ufeff" + ",".join(COLUMNS) + "\r\n"
    assert list(COLUMNS)[:8] == ["id", "key", "kind", "title", "authors", "year", "published", "venue"]


def test_a_whole_row() -> None:
    (row,) = rows(shelf(EVERY_KIND[0]))
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "1", "key": "gao2021simcse", "kind": "paper", "year": "2021", "published": "2021-04-18", "venue": "EMNLP",
        "title": "SimCSE: Simple Contrastive Learning of Sentence Embeddings", "arxiv": "2104.08821",
        "authors": "Tianyu Gao; Xingcheng Yao; Danqi Chen", "status": "done", "pass_1": "yes", "pass_2": "2026-11-20",
        "minutes": "40", "priority": "normal", "topics": "NLP/句子表征", "tags": "survey", "citations": "219",
        "citations_from": "page", "citations_on": "2026-11-20", "summary": "Dropout is the augmentation.",
        "notes": "'- 20% better\n- {odd} & 'quoted'", "added": "2026-11-16T09:00:00+08:00",
        "changed": "2026-11-17T09:00:00+08:00",
    }  # fmt: skip


@pytest.mark.parametrize("sign", FORMULA)
def test_no_cell_begins_a_formula(sign: str) -> None:
    (row,) = rows(shelf(paper(f"{sign}cmd|' /C calc'!A0", notes=noted(f"{sign}1+1"), drop_reason=f" {sign}x")))
    for column in ("title", "notes", "drop_reason"):
        assert not row[column].startswith(FORMULA)


def test_lines_end_as_the_standard_says() -> None:
    text = "".join(csv_table.write(shelf(*EVERY_KIND)))
    assert text.endswith("\r\n") and text.count("\r\n") == len(EVERY_KIND) + 1 == text.count("\r")


@given(hostile())
def test_every_text_stays_in_its_cell(it: Shelf) -> None:
    found = rows(it)
    assert len(found) == len(it.papers)
    for row, known in zip(found, it.papers, strict=True):
        assert None not in row and None not in row.values()
        assert not any(cell.startswith(FORMULA) for cell in row.values())
        assert row["title"] in (one_line(known.title), f"'{one_line(known.title)}")
        assert row["id"] == str(known.id) and row["status"] == known.status
