"""The pictures are what the program draws now, and stand on their own."""

import re
import unicodedata
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.docs import pictures
from tests.docs.examples import ROOT

THERE = ROOT / "docs" / "images"
NAMES = [name for name, _, _ in pictures.PICTURES]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("images")
    pictures.draw(folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_fresh(drawn: Path, name: str) -> None:
    there = THERE / name
    fresh = there.exists() and there.read_bytes() == (drawn / name).read_bytes()
    assert fresh, f"docs/images/{name} is stale: make docs"


def test_no_picture_is_left_over() -> None:
    assert {path.name for path in THERE.iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_needs_nothing_else(drawn: Path, name: str) -> None:
    text = (drawn / name).read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)  # it is well-formed
    shown = "".join(root.itertext())
    for outside in ("@import", "@font-face", "url(http", "<script", "<image", "href="):
        assert outside not in text, f"{name} has {outside}"
    assert "Traceback" not in shown and "unexpected" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_letters_do_not_overlap(drawn: Path, name: str) -> None:
    """Every run of letters has the room of its cells, two for each Chinese one, and ends before the next begins."""
    rows: dict[str, list[tuple[float, float]]] = {}
    pattern = r'<text [^>]*x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>([^<]*)</text>'
    for x, y, length, text in re.findall(pattern, (drawn / name).read_text(encoding="utf-8")):
        cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in unescape(text))
        assert float(length) == pytest.approx(cells * 12.2, abs=0.1), text
        rows.setdefault(y, []).append((float(x), float(x) + float(length)))
    assert len(rows) > 3
    for runs in rows.values():
        for (_, end), (begin, _) in zip(sorted(runs), sorted(runs)[1:], strict=False):
            assert begin >= end - 0.2
        assert max(end for _, end in runs) <= 80 * 12.2 + 0.2, "wider than 80 columns"
