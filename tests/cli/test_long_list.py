"""A long list on a terminal: what is drawn while it is read looks like what is drawn at once."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from rich.cells import cell_len

from readlist.cli.long_table import FIRST, draw_rows
from readlist.cli.output import Output
from readlist.context import Context
from readlist.domain.filter import Filter
from readlist.domain.metadata import Metadata
from tests.db.libraries import TODAY, library_at

WORDS = (
    "Contrastive Learning of Sentence Embeddings 对比学习综述 的 with Gödel — “quoted” (VAE) e\u0301tude "
    "ｆｕｌｌ 👩‍🔬 Donaudampfschifffahrtsgesellschaftskapitänskajüte 한국어 " + "x" * 90
).split()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    chance = random.Random(5)
    with library_at(tmp_path_factory.mktemp("long") / "readlist.db") as library:
        with library.write("add") as work:
            for number in range(300):
                paper = work.papers.add(
                    Metadata(
                        "page",
                        title=" ".join(chance.choices(WORDS, k=chance.randrange(1, 16))) + f" {number}",
                        authors=tuple(chance.sample(["Tianyu Gao", "李沐", "A. Name of Very Many Letters"], 2)),
                        year=chance.choice([None, 2021]),
                        venue=chance.choice(
                            [None, "ACL", "Proceedings of Some Conference", "软件学报软件学报软件学报"]
                        ),
                        citations=chance.choice([None, 0, 12_345]),
                    )
                )
                work.reading.add(paper, chance.choice([None, 1]))
                if chance.random() < 0.2:
                    work.reading.begin(paper, 1)
        yield library


def output_of(library: Any, columns: int, environ: dict[str, str]) -> Output:
    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    given = {"COLUMNS": str(columns), "TERM": "xterm-256color", **environ}
    context = Context(given, io.StringIO(), Terminal(), io.StringIO())
    context.__dict__["library"] = SimpleNamespace(views=library.views, close=lambda: None)
    return Output(context, wants_json=False)


def drawn(library: Any, columns: int, environ: dict[str, str], at_first: int = FIRST) -> list[str]:
    output = output_of(library, columns, environ)
    rows = list(library.views.rows(Filter(), "id", None, TODAY))
    assert draw_rows(output, rows, at_first) == len(rows)
    written: str = output.context.stdout.getvalue()  # type: ignore[attr-defined]
    return written.splitlines()


@pytest.mark.parametrize("columns", [60, 80, 109, 120])
@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_rows_below_the_first_look_like_those_of_rich(library: Any, columns: int, environ: dict[str, str]) -> None:
    lines = drawn(library, columns, environ)
    assert drawn(library, columns, environ, 299) == lines
    if "TERM" in environ:
        assert all(cell_len(line) <= max(columns, 80) for line in lines)  # so wide Rich takes such a terminal for


@pytest.mark.parametrize("columns", [20, 30, 80, 120, 400])
def test_every_width_shows_every_paper(library: Any, columns: int) -> None:
    shown = "".join("".join(drawn(library, columns, {"TERM": "dumb"})).split())
    assert all(f"{number}" in shown for number in range(1, 301))


def test_the_first_rows_are_on_the_screen_before_the_last_are_read(library: Any) -> None:
    output = output_of(library, 80, {})
    row = next(iter(library.views.rows(Filter(), "id", 1, TODAY)))
    written = output.context.stdout
    sizes = []

    def rows() -> Iterator[Any]:
        for number in count(1):
            if number > 5_000:
                return
            sizes.append(written.tell())
            yield (number, *row[1:])

    assert draw_rows(output, rows()) == 5_000
    assert sizes[150] > 0, "nothing is shown while a long list is read"
    assert all(sizes[n + 200] > sizes[n] for n in range(150, 4_700, 50)), "rows are held back"
