"""What exporters read of a paper is what everybody else reads of it, a few hundred papers at a time."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from readlist.db.exported import shelved
from readlist.domain.paper import Paper
from readlist.domain.shelf import Shelved
from readlist.services.export import export
from readlist.services.listing import Wanted
from tests.db.libraries import TODAY, add, library_at
from tests.db.operations import OPERATIONS, perform

TOLD_OF_THE_WORK = Shelved._fields[: Shelved._fields.index("status")]


def facts(paper: Paper | Shelved, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields, with lists as tuples; without the notes of passes, which no exporter writes."""
    said = {name: getattr(paper, name) for name in names}
    said |= {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    if "passes" in said:
        said["passes"] = [(it.number, it.started, it.finished, it.minutes, it.implied) for it in paper.passes]
    return said


@given(st.lists(OPERATIONS, max_size=25))
def test_a_paper_is_read_as_it_stands(operations: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder, library_at(Path(folder) / "a.db") as library:
        with library.write("change") as work:
            add(work, "SimCSE", authors=("Tianyu Gao", "Danqi Chen"), identifiers={"arxiv": "2104.08821"})
            for operation in operations:
                perform(work, operation)
        views = library.views
        ids = [i for (i,) in views._all("select id from papers order by key desc")]
        known = views.papers(ids, TODAY, whole=True)
        for whole, names in ((True, Shelved._fields), (False, TOLD_OF_THE_WORK)):
            found = [paper for some in shelved(views, ids, whole) for paper in some]
            assert [facts(paper, names) for paper in found] == [facts(paper, names) for paper in known]


def test_a_large_library_is_not_held_in_memory(tmp_path: Path) -> None:
    with library_at(tmp_path / "a.db") as library:
        with library.write("add") as work:
            for number in range(3000):
                add(work, f"Paper number {number}", abstract=f"{number} is said of it. " * 100)
        made = export(library.views, Wanted(), TODAY, "bibtex")
        tracemalloc.start()
        try:
            length = sum(map(len, made.pieces))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert length > 6_000_000
        assert peak < length / 2
