"""What is written of all papers of the corpus, as other programs read it: without a complaint."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from pybtex.database import parse_string as pybtex

from readlist.domain.paper import Paper
from readlist.domain.text import one_line
from tests.corpus.test_round_trips import BIBLIOGRAPHIES, PAGES, entries, papers, written
from tests.exporters.csl_schema import VALIDATOR
from tests.exporters.test_csl_json import rendered


@cache
def everything() -> tuple[Paper, ...]:
    """Every entry of every file as a paper of one library, with a key of its own."""
    them = papers([entry for file in (*BIBLIOGRAPHIES, *PAGES) for entry in entries(file)])
    assert len(them) > 15_000
    return tuple(replace(it, key=f"{it.key}-{number}") for number, it in enumerate(them))


@cache
def bibtex() -> str:
    return "\n\n".join(written("bibtex", everything()))


def test_bibtexparser_reads_all_of_it() -> None:
    found = parse_string(bibtex())
    assert not found.failed_blocks, found.failed_blocks[0].raw
    assert len(found.entries) == len(everything())


def test_pybtex_reads_all_of_it() -> None:
    from pybtex import errors

    with errors.capture() as complaints:
        found = pybtex(bibtex(), "bibtex")
    assert not complaints
    assert len(found.entries) == len(everything())


def test_csl_json_is_of_its_schema() -> None:
    items = json.loads("".join(written("csl-json", everything())))
    faults = [f"{fault.json_path}: {fault.message[:200]}" for fault in VALIDATOR.iter_errors(items)]
    assert not faults, "\n".join(faults[:20])
    assert len(items) == len(everything())
    assert len({item["id"] for item in items}) == len(items)


# Two programs need seconds for each thousand entries. They are given every tenth one.


def test_a_citation_processor_renders_it() -> None:
    chosen = everything()[::10]
    items = json.loads("".join(written("csl-json", chosen)))
    lines = rendered(items)
    assert len(lines) == len(items)
    assert all(lines)


def test_rispy_reads_all_of_it() -> None:
    found = rispy.loads("\n\n".join(written("ris", everything())))
    assert [one_line(str(record["title"])) for record in found] == [one_line(it.title) for it in everything()]


def test_no_cell_of_the_table_begins_a_formula() -> None:
    text = "".join(f"{row}\n" for row in written("csv", everything())).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(everything()) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


def test_biber_has_no_complaint(tmp_path: Path) -> None:
    biber = shutil.which("biber")
    if not biber:
        pytest.skip("biber, which checks BibTeX for biblatex, is not installed (apt-get install biber)")
    (tmp_path / "all.bib").write_text("\n\n".join(written("bibtex", everything()[::10])), "utf-8")
    done = subprocess.run(
        [biber, "--tool", "--validate-datamodel", "--output-file", "out.bib", "all.bib"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    told = [line for line in done.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    assert done.returncode == 0
    assert not [line for line in told if "Missing mandatory field" not in line]
