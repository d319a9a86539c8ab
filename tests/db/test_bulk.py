"""Papers written by the thousand are the same as papers written one by one, and can be taken back as they can."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.db.bulk import Bulk, Known
from readlist.db.library import Work
from readlist.db.new_rows import New, told
from readlist.domain.metadata import Link, Metadata
from readlist.domain.queue import WEIGHTS
from tests.db.libraries import dump_file, library_at

_TEXT = st.text("ab Üß扩散{}\\\x1b\t'\"", min_size=1, max_size=12).filter(lambda text: any(map(str.isalnum, text)))
_MAYBE = st.none() | _TEXT
_LINKS = st.lists(
    st.builds(Link, st.sampled_from(("code", "pdf")), st.sampled_from(("https://x.org/a", "https://x.org/b")), _TEXT),
    max_size=3,
).map(tuple)
_SAID = st.builds(
    Metadata,
    source=st.sampled_from(("page", "arxiv")),
    kind=st.sampled_from((None, "paper", "thesis")),
    title=_TEXT,
    authors=st.lists(st.sampled_from(("Tianyu Gao", "李 沐", "Gao, T.")), max_size=3, unique=True).map(tuple),
    year=st.none() | st.integers(1990, 2026),
    published=st.sampled_from((None, "2021-04-18")),
    venue=st.sampled_from((None, "EMNLP", "emnlp 2021", "arXiv", "A workshop")),
    url=st.sampled_from((None, "https://x.org/")),
    links=_LINKS,
    abstract=_MAYBE,
    tldr=_MAYBE,
    citations=st.none() | st.integers(0, 10**6),
    influential=st.none() | st.integers(0, 99),
    version=st.none() | st.integers(1, 9),
    withdrawn=st.sampled_from((None, True)),
)
Paper = tuple[Metadata, New]
"""What is said of a paper, and the new paper made of it."""


def _paper(said: Metadata, **more: Any) -> Paper:
    return said, New(told(said), **more)


_PAPERS = st.builds(
    _paper,
    _SAID,
    key=st.sampled_from((None, "a", "gao2021")),
    added=st.sampled_from((None, "2020-01-02T03:04:05+08:00")),
    next_pass=st.sampled_from((None, 1, 2)),
    priority=st.sampled_from(("high", "normal", "low")),
    summary=_MAYBE,
    topics=st.sampled_from(((), (1,), (2, 1))),
    tags=st.sampled_from(((), (1,))),
    notes=st.lists(st.tuples(_TEXT, st.just("/page.md")), max_size=2, unique_by=lambda it: it[0]).map(tuple),
    owed=st.sampled_from(((), ("semantic-scholar", "arxiv"))),
    read=st.sampled_from((None, (2, None), (1, "2026-11-20"))),
)


def _labels(work: Work) -> None:
    work.topics.ensure(("NLP", "对比学习"))
    work.tags.add("survey")


def _one_by_one(work: Work, papers: list[Paper]) -> None:
    for said, it in papers:
        paper_id = work.papers.add(said, key=it.key)
        work.reading.add(paper_id, it.next_pass, it.priority, added=it.added)
        work.papers.owe(paper_id, it.owed)
        for topic in it.topics:
            work.topics.attach(paper_id, topic)
        for _ in it.tags:
            work.tags.attach(paper_id, "survey")
        if it.read:
            work.reading.finish(paper_id, *it.read)
        if it.summary:
            work.reading.summarise(paper_id, it.summary)
        for text, page in it.notes:
            work.reading.note(text, paper_id=paper_id, page=page)


def _at_once(work: Work, papers: list[Paper]) -> None:
    def venue(spelling: str) -> tuple[str, int] | None:
        name = work.venues.name_of(spelling)
        return (name, work.venues.id_of(name)) if name else None

    bulk = Bulk(work.unit, venue, WEIGHTS)
    bulk.add([new for _, new in papers])
    bulk.settle()


def _rows(path: Path) -> dict[str, list[str]]:
    """All rows by table; authors, venues by their names, as the order in which they came is nobody's business."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("papers", "reading", "texts", "identifiers", "field_sources", "links", "observations", "fetches",
                  "paper_topics", "paper_tags", "notes", "summaries", "passes")  # fmt: skip
        found = {table: sorted(map(repr, connection.execute(f"select * from {table}").fetchall())) for table in tables}
        found["authors"] = sorted(
            map(
                repr,
                connection.execute(
                    "select paper_id, position, name from paper_authors join authors a on a.id = author_id"
                ),
            )
        )
        return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PAPERS, max_size=5))
def test_many_at_once_are_as_one_by_one(tmp_path_factory: pytest.TempPathFactory, papers: list[Paper]) -> None:
    folder = tmp_path_factory.mktemp("both")
    for name, way in (("one", _one_by_one), ("many", _at_once)):
        with library_at(folder / name) as library:
            with library.write("topic") as work:
                _labels(work)
            with library.write("import") as work:
                way(work, papers)
    assert _rows(folder / "many") == _rows(folder / "one")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PAPERS, min_size=1, max_size=5))
def test_it_is_taken_back_and_done_again(tmp_path_factory: pytest.TempPathFactory, papers: list[Paper]) -> None:
    path = tmp_path_factory.mktemp("back") / "l.db"
    with library_at(path) as library:
        with library.write("topic") as work:
            _labels(work)
        before = dump_file(path)
        with library.write("import") as work:
            _at_once(work, papers)
        after = dump_file(path)
        (entry,) = library.history.to_undo(1)
        assert entry.command == "import" and entry.added == len(papers)
        with library.write("undo") as work:
            work.take_back(entry.id)
        assert dump_file(path) == before
        (undone,) = library.history.to_redo(1)
        with library.write("redo") as work:
            work.take_back(undone.id)
        assert dump_file(path) == after


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "l.db"


def test_what_was_changed_past_rl_is_not_taken_back(path: Path) -> None:
    from readlist.db.undo import Altered

    with library_at(path) as library:
        with library.write("import") as work:
            _at_once(work, [_paper(Metadata("page", title="A title")), _paper(Metadata("page", title="Another"))])
        with closing(sqlite3.connect(path)) as other, other:
            other.execute("update papers set title = 'Mine' where id = 2")
        (entry,) = library.history.to_undo(1)
        with pytest.raises(Altered, match="#2 was changed since"), library.write("undo") as work:
            work.take_back(entry.id)


def test_keys_and_authors_go_on_where_the_library_is(path: Path) -> None:
    said = Metadata("page", title="Simple things", authors=("Tianyu Gao",), year=2021)
    with library_at(path) as library:
        for _ in range(2):
            with library.write("import") as work:
                _at_once(work, [_paper(said), _paper(said)])
        assert library.views.keys() == ["gao2021simple", "gao2021simplea", "gao2021simpleb", "gao2021simplec"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from authors").fetchone() == (1,)


def test_what_is_remembered_of_authors_is_forgotten_when_somebody_else_writes(path: Path) -> None:
    known = Known()
    said = Metadata("page", title="Simple things", authors=("Tianyu Gao", "李沐"))
    with library_at(path) as library, library_at(path) as other:
        for ids in ((1, 2), (3, 4)):
            for _ in ids:
                with library.write("import") as work:
                    Bulk(work.unit, lambda spelling: None, WEIGHTS, known).add([New(told(said))])
            assert _rows(path)["authors"] == [
                repr((paper, position, name)) for paper in ids for position, name in enumerate(said.authors)
            ]
            (entry,) = other.history.to_undo(1)
            with other.write("undo") as work:
                work.take_back(entry.id)


def test_the_index_takes_in_many_and_then_one(path: Path) -> None:
    many = [_paper(Metadata("page", title=f"Thing word{number} 扩散")) for number in range(700)]
    with library_at(path) as library:
        with library.write("import") as work:
            _at_once(work, many)
        with library.write("import") as work:
            _at_once(work, [_paper(Metadata("page", title="Thing word700 扩散"))])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("insert into fulltext (fulltext) values ('integrity-check')")
        for words, count in (("thing", 701), ("word699", 1), ("word700", 1), ('"扩 散"', 701)):
            found = connection.execute("select count(*) from fulltext where fulltext match ?", (words,)).fetchone()
            assert found == (count,), words
        settings = dict(connection.execute("select k, v from fulltext_config").fetchall())
        assert (settings.get("automerge", 4), settings.get("hashsize", 1 << 20)) == (4, 1 << 20)
