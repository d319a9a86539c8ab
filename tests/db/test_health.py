"""What the library is asked about its own health: a whole one has nothing, and each kind of fault is seen."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from readlist.db.library import Library
from readlist.domain.metadata import Link
from tests.db.libraries import add, library_at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "readlist.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    """Forty papers; of the first four one is read, one being read, one dropped, one has counts."""
    with library_at(path) as library:
        with library.write("add") as work:
            for number in range(1, 41):
                add(work, f"A paper about the subject number {number}", authors=(f"Ann Author{number}",))
            work.reading.finish(1, 1, "2026-11-20")
            work.reading.set(1, next_pass=None)
            work.reading.begin(2, 1)
            work.reading.set(3, dropped="2026-11-20", drop_reason="dull")
            work.papers.observe(4, "semantic-scholar", 100)
            work.papers.observe(4, "page", 90)
        yield library


def harm(path: Path, *statements: str) -> None:
    """Do to the file what no unit of work does."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")


def test_a_library_made_by_rl_is_in_order(library: Library) -> None:
    views = library.views
    assert (views.damage(), views.miscounted(), views.unsettled()) == ([], [], [])
    assert views.sizes() == {"paper": 40, "topic": 0, "tag": 0, "venue": 0, "pass": 2, "note": 0}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("update reading set status = 'todo' where paper_id = 1", [1]),
        ("update reading set queued = 0 where paper_id = 2", [2]),
        ("update reading set rank = rank + 0.01 where paper_id in (2, 5)", [2, 5]),
        ("update reading set dropped = null where paper_id = 3", [3]),
        ("update passes set finished = '2026-11-21' where paper_id = 2", [2]),
        ("update papers set citations = 5000 where id = 4", [4]),
    ],
)
def test_what_does_not_follow_from_the_passes_is_seen(
    library: Library, path: Path, change: str, wrong: list[int]
) -> None:
    harm(path, change)
    assert library.views.unsettled() == wrong


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("update papers set citations = 99 where id = 4", [4]),
        ("update papers set citations = null where id = 4", [4]),
        ("insert into observations values (4, 'openalex', '2026-12-01', 110, null)", [4]),
        ("insert into observations values (4, 'openalex', '2026-11-01', 10, null)", []),
    ],
)
def test_a_count_that_is_not_the_newest_is_seen(library: Library, path: Path, change: str, wrong: list[int]) -> None:
    harm(path, change)
    assert library.views.miscounted() == wrong


def test_rows_of_a_paper_that_is_not_there_are_seen(library: Library, path: Path) -> None:
    harm(path, "delete from papers where id = 7")
    assert sorted(library.views.damage()) == [
        "rows that belong to no row of papers: 1 in paper_authors",
        "rows that belong to no row of papers: 1 in reading",
        "rows that belong to no row of papers: 2 in field_sources",
    ]


def test_a_damaged_page_of_the_file_is_seen(library: Library, path: Path) -> None:
    library.close()
    harm(path)
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = 'papers_by_title'").fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x5a" * size)
    assert library.views.damage()


def test_records_have_all_that_is_compared(library: Library) -> None:
    with library.write("add") as work:
        i = add(
            work, "SimCSE: Simple", authors=("Tianyu Gao", "Danqi Chen"), year=2021, venue="EMNLP 2021",
            identifiers={"acl": "2021.emnlp-main.552"}, url="https://arxiv.org/abs/2104.08821v4",
        )  # fmt: skip
        work.papers.add_link(i, Link("pdf", "https://doi.org/10.1000/182", ""))
        work.papers.add_link(i, Link("pdf", "https://aclanthology.org/2021.emnlp-main.552.pdf", ""))
        work.papers.add_link(i, Link("other", "https://arxiv.org/abs/1706.03762", ""))
    found = library.views.records()[-1]
    assert (found.id, found.title, found.folded, found.authors) == (
        i,
        "SimCSE: Simple",
        "simcsesimple",
        ("Tianyu Gao", "Danqi Chen"),
    )
    assert (found.year, found.kind, found.venue) == (2021, "paper", "EMNLP")
    assert found.identifiers == {"acl": "2021.emnlp-main.552"}
    assert found.named == {"arxiv:2104.08821", "doi:10.1000/182"}, "its own identifier and links that may be anything"


def test_effort_is_what_the_reader_wrote_down_and_no_page(library: Library) -> None:
    with library.write("note") as work:
        work.reading.note("of the page", paper_id=5, page="list.md")
        work.reading.finish(5, 2, None)
        work.reading.note("my own", paper_id=6)
        work.reading.summarise(6, "what it says")
    assert library.views.efforts([1, 2, 5, 6]) == {1: 1, 2: 1, 5: 0, 6: 2}
