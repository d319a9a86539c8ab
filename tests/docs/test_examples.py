"""What the documents show is what the program does."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.examples import DOCUMENTS, Example, Place, examples, fits, services
from tests.shared import shared

WITH_EXAMPLES = [document for document in DOCUMENTS if examples(document.read_text(encoding="utf-8"))]


def name(document: Path) -> str:
    return document.name


def _check(document: Path, example: Example, place: Place) -> None:
    ran = place.run(example)
    where = f"{document.name}:{example.line}: $ {example.command}"
    assert ran.code == 0, f"{where}\nexit {ran.code}\n" + "\n".join(ran.lines)
    if not fits(example.shown, ran.lines):
        difference = difflib.unified_diff(example.shown, ran.lines, "shown", "printed", lineterm="", n=1)
        pytest.fail(f"{where}\n" + "\n".join(difference), pytrace=False)


@pytest.mark.parametrize("document", WITH_EXAMPLES, ids=name)
def test_examples_run_as_shown(document: Path, tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    run = [e for e in examples(document.read_text(encoding="utf-8")) if e.runs and not e.network]
    assert run
    for example in run:
        _check(document, example, place)


@pytest.fixture(scope="module")
def recorded() -> Iterator[dict[str, str]]:
    with services(shared("tools/replay.py")) as settings:
        yield settings


@pytest.mark.parametrize(
    "document",
    [d for d in WITH_EXAMPLES if any(e.network for e in examples(d.read_text(encoding="utf-8")))],
    ids=name,
)
def test_examples_with_services_run_as_shown(document: Path, tmp_path: Path, recorded: dict[str, str]) -> None:
    place = Place(tmp_path / "place", recorded)
    for example in examples(document.read_text(encoding="utf-8")):
        if example.network and example.runs:
            _check(document, example, place)


@pytest.mark.parametrize(
    ("document", "example"),
    [(d, e) for d in DOCUMENTS for e in examples(d.read_text(encoding="utf-8")) if not e.runs],
    ids=lambda value: value.command if isinstance(value, Example) else value.name,
)
def test_examples_that_set_up_a_machine(document: Path, example: Example) -> None:
    pytest.skip(f"{document.name}:{example.line} installs or tests the package itself")


def test_every_console_block_is_read() -> None:
    """A block that is marked otherwise, or is not closed, would pass unseen."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert text.count("\n$ ") == len(examples(text)), document.name


def test_fits() -> None:
    assert fits((), ("a",))
    assert fits(("a", "…", "d"), ("a", "b", "c", "d"))
    assert fits(("a", "…"), ("a",))
    assert not fits(("a", "…", "d"), ("a", "b"))
    assert not fits(("a",), ("a", "b"))
    assert not fits(("a+",), ("aa",))
