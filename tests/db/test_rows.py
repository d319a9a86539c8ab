"""A unit of work keeps rows in memory: what it answers is what the database holds once they are written."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.tables import Table
from readlist.db.unit import Unit
from readlist.domain.metadata import Link, Metadata
from tests.db.libraries import add, dump_file, library_at, make

NAMES = ("a", "b", "c", "d")
Deed = tuple[str, Table, Any, Any]
Model = dict[str, dict[tuple[Any, ...], Mapping[str, Any]]]

# What is done: (verb, table, key, values). Tags have ids and unique names; observations have a key of three columns.
TAGS: st.SearchStrategy[Deed] = st.one_of(
    st.tuples(st.just("insert"), st.just("tags"), st.just(()), st.fixed_dictionaries({"name": st.sampled_from(NAMES)})),
    st.tuples(
        st.just("update"),
        st.just("tags"),
        st.tuples(st.integers(1, 5)),
        st.fixed_dictionaries({"name": st.sampled_from(NAMES)}),
    ),
    st.tuples(st.just("delete"), st.just("tags"), st.tuples(st.integers(1, 5)), st.just({})),
)
COUNTS: st.SearchStrategy[Deed] = st.tuples(
    st.sampled_from(("put", "update", "delete")),
    st.just("observations"),
    st.tuples(st.integers(1, 2), st.sampled_from(("page", "openalex")), st.sampled_from(("2026-01-01", "2026-01-02"))),
    st.fixed_dictionaries({"count": st.integers(0, 2), "influential": st.sampled_from((None, 1))}),
)
PAUSES: st.SearchStrategy[Deed] = st.tuples(
    st.sampled_from(("written", "forgotten")), st.just("tags"), st.just(()), st.just({})
)


@pytest.fixture(scope="module")
def two_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("two") / "readlist.db"
    make(path, "SimCSE", "BERT")
    return path


def act(unit: Unit, model: Model, verb: str, table: Table, key: tuple[Any, ...], values: dict[str, Any]) -> None:
    """Do it to the unit and to the model, and compare what the unit says of it."""
    rows = model[table]
    if verb == "insert":
        if all(row["name"] != values["name"] for row in rows.values()):
            given_id = unit.insert(table, **values)
            assert (given_id,) not in rows
            rows[(given_id,)] = {"id": given_id, **values}
    elif verb == "update":
        taken = table == "tags" and any(r["name"] == values["name"] for k, r in rows.items() if k != key)
        if not taken:
            differs = key in rows and any(rows[key][name] != value for name, value in values.items())
            assert unit.update(table, *key, **values) == differs
            if key in rows:
                rows[key] = {**rows[key], **values}
    elif verb == "put":
        names = dict(zip(("paper_id", "source", "day"), key, strict=True))
        assert unit.put(table, *key, **values) == (rows.get(key) != {**names, **values})
        rows[key] = {**names, **values}
    elif verb == "delete":
        assert unit.delete(table, *key) == (rows.pop(key, None) is not None)
    else:
        unit.flush()
        if verb == "forgotten":
            unit.forget()


@given(st.lists(st.one_of(TAGS, COUNTS, PAUSES), max_size=30))
def test_rows_are_what_was_done_to_them_written_or_not(
    two_papers: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[Deed]
) -> None:
    path = tmp_path_factory.mktemp("rows") / "readlist.db"
    path.write_bytes(two_papers.read_bytes())
    model: Model = {"tags": {}, "observations": {}}
    with library_at(path) as library:
        start = sorted(dump_file(path))
        with library.write("work") as work:
            for deed in deeds:
                act(work.unit, model, *deed)
                tags, counts = model["tags"], model["observations"]
                assert work.unit.rows("tags") == [tags[key] for key in sorted(tags)]
                for name in NAMES:
                    assert work.unit.rows("tags", name=name) == [r for r in tags.values() if r["name"] == name]
                for paper in (1, 2):
                    of_paper = [counts[key] for key in sorted(counts) if key[0] == paper]
                    assert work.unit.rows("observations", paper_id=paper) == of_paper
                    assert work.unit.rows("observations", paper_id=paper, influential=None) == [
                        row for row in of_paper if row["influential"] is None
                    ]
                assert work.unit.get(deed[1], *deed[2]) == model[deed[1]].get(deed[2]) if deed[2] else True
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("select id, name from tags order by id").fetchall() == [
                (row["id"], row["name"]) for _, row in sorted(model["tags"].items())
            ]
            columns = ("paper_id", "source", "day", "count", "influential")
            stored = connection.execute(f"select {', '.join(columns)} from observations").fetchall()
            held = [tuple(row[name] for name in columns) for row in model["observations"].values()]
            assert sorted(stored, key=repr) == sorted(held, key=repr)
        if len(entries := library.history.to_undo(2)) > 1:  # else nothing came of it
            with library.write("undo") as work:
                work.take_back(entries[0].id)
        assert sorted(dump_file(path)) == start


def test_names_may_follow_one_another_at_a_place(two_papers: Path, tmp_path: Path) -> None:
    """Of unique values, whoever the order in which rows were first touched."""
    path = tmp_path / "readlist.db"
    path.write_bytes(two_papers.read_bytes())
    with library_at(path) as library, library.write("work") as work:
        unit = work.unit
        unit.update("papers", 1, year=2021)
        unit.update("papers", 2, key="third")
        unit.update("papers", 1, key="bert")
        unit.update("papers", 2, key="simcse")
        gone = unit.insert("tags", name="a")
        unit.flush()
        unit.delete("tags", gone)
        assert unit.insert("tags", name="a") > gone
        assert work.views.keys() == ["bert", "simcse"]


def test_a_unit_of_any_size_keeps_few_rows_in_memory(tmp_path: Path) -> None:
    with library_at(tmp_path / "readlist.db") as library:
        with library.write("import") as work:
            for number in range(3000):
                add(work, f"paper {number}", authors=("A", f"Author {number}"), abstract="words")
            assert sum(len(rows.known) for rows in work.unit._tables.values()) < 30_000
        with library.write("again") as work:
            for paper in range(1, 3001):
                work.papers.known(paper)
            assert sum(len(rows.known) for rows in work.unit._tables.values()) < 30_000
            assert work.papers.learn(3000, Metadata("page", links=(Link("code", "https://a.example"),))).clashes == {}
        assert library.views.paper(3000, library.now().date()).links[0].url == "https://a.example"
