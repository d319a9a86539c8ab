"""Which format a text is of: the quick look that spares loading modules never changes the answer."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist import importers
from tests.shared import shared

_PARTS = st.sampled_from(
    ["\ufeff", " ", "\n", "\r", "\t", "{", "[", '{"title": "a"}', "@article{a,", "title = {b}}", "TY  - JOUR", "ER  -",
     "T1  - x", "PMID- 12", "TI  - y", "FN ISI", "PT J", "TI z", "%0 Journal", "%T t", "title", ",", "authors", ";",
     "sep=,", "<p>", "<html>", "<!-- A reading list, written by rl. (shape 1) -->", "# Page", "- item", '"', "}", "]"]
)  # fmt: skip


def _asking_all(text: str) -> object:
    return next((it for it in map(importers.load, importers.FORMATS) if it.recognises(text)), None)


@given(st.lists(_PARTS, max_size=14).map("".join) | st.text())
@example("\ufeffsep=;\ntitle;authors\na;b\n")
@example("PT\tAU\tTI\nJ\ta\tb\n")
def test_same_answer_as_all_formats_asked_in_order(text: str) -> None:
    assert importers.recognise(text) is _asking_all(text)


def _files() -> list[Path]:
    folder = shared("corpus")
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".gz", ".zip", ".pdf"))


def test_same_answer_for_every_file_of_the_corpus() -> None:
    for path in _files():
        text = path.read_text("utf-8", errors="replace")[:400_000]
        assert importers.recognise(text) is _asking_all(text), path


@pytest.mark.parametrize(
    "page",
    [
        "# Papers\n\n- A title, and more\n",
        "- [A title, the first of all](https://arxiv.org/abs/1706.03762), 2017; `framework`\n",
        '<h1 align="center">Papers</h1>\n\n<p>Mine.</p>\n<p>Yours.</p>\n\n- A title (see %0A, PT, ER -)\n',
        "# Papers\n\nas @somebody (a friend) says: @misc{nothing}\n",
    ],
)
def test_a_page_loads_no_reader_of_bibliographies(page: str) -> None:
    code = (
        f"import sys; from readlist import importers; importers.recognise({page!r});"
        "print(*(name for name in sys.modules if name.startswith('readlist.importers.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    readers = {f"readlist.importers.{name}" for name in (*importers.FORMATS, "_html", "_bib_fields") if name != "page"}
    assert "readlist.importers.page" in loaded
    assert readers.isdisjoint(loaded)
