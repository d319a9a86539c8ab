"""What is asked fifty times a day is found by an index: no plan of SQLite's goes through all papers."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from readlist.db.completion import Completion
from readlist.db.new import create
from readlist.db.views import SORTS, Views
from readlist.domain.query import parse
from readlist.domain.queue import FORMULA, WEIGHTS
from readlist.glossary import built_in_glossary
from tests.db.libraries import TODAY

MANY = 10_300  # papers: more than are sorted, so that orders are walked along
ALL_PAPERS = re.compile(r"SCAN (p|papers|r|reading|l|links|passes|i|identifiers|o|x|texts)\b(?!.*USING .*INDEX)")
SORTED = "TEMP B-TREE FOR ORDER BY"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many papers, all of them in the queue, under one topic and one tag, in one venue; never analyzed."""
    path = tmp_path_factory.mktemp("plans") / "readlist.db"
    create(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into venues values (1, 'ACL')")
        connection.execute("insert into topics values (1, null, 'NLP'), (2, 1, 'Rare')")
        connection.execute("insert into tags values (1, 'survey')")
        connection.executemany("insert into rank_weights values (?, ?)", [*WEIGHTS.items(), ("formula", FORMULA)])
        numbers = [(i,) for i in range(1, MANY + 1)]
        for insert in (
            "papers (id, key, kind, title, folded_title, year, venue_id, url, citations, changed) "
            "values (?1, 'k' || ?1, 'paper', 'T ' || ?1, 't' || ?1, 2000 + ?1 % 20, 1, 'u' || ?1, ?1 % 99, '')",
            "reading (paper_id, status, next_pass, priority, due, added, queued, rank) values (?1, 'todo', 1, "
            "'normal', case when ?1 % 10 = 0 then '2026-11-30' end, '2026-11-01', 1, -7000 - ?1 % 50)",
            "paper_topics values (1, ?1)",
            "paper_tags values (1, ?1)",
        ):
            connection.executemany(f"insert into {insert}", numbers)
        connection.execute("insert into paper_topics values (2, 7)")
    return path


@pytest.fixture
def views(path: Path) -> Iterator[Views]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield Views(connection)


def plans(asks: Any, ask: Callable[[], object]) -> dict[str, list[str]]:
    """The statements that `ask` runs, each with its query plan."""
    ran: list[str] = []
    connection = asks._connection
    connection.set_trace_callback(ran.append)
    ask()
    connection.set_trace_callback(None)
    selects = [sql for sql in ran if sql.lower().startswith(("select", "with"))]
    assert selects
    return {sql: [row[3] for row in connection.execute(f"explain query plan {sql}")] for sql in selects}


def looked_at_all(found: dict[str, list[str]]) -> list[str]:
    return [f"{line} <- {sql}" for sql, plan in found.items() for line in plan if ALL_PAPERS.match(line)]


@pytest.mark.parametrize("query", ["", "topic:nlp", "topic:rare", "tag:survey", "venue:ACL", "status:todo"])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("queue", [True, False], ids=["todo", "list"])
def test_no_list_goes_through_all_papers(queue: bool, sort: str, query: str, views: Views) -> None:
    wanted = parse([query] if query else [], TODAY)
    assert len(list(views.rows(wanted, sort, 20, TODAY, queue=queue))) == (1 if query == "topic:rare" else 20)
    found = plans(views, lambda: list(views.rows(wanted, sort, 20, TODAY, queue=queue)))
    # By id, papers stand in their table in this order; it is left after the first twenty.
    assert sort in ("id", "added") or not looked_at_all(found)
    if query in ("", "topic:nlp", "tag:survey"):
        first = [plan for sql, plan in found.items() if " limit 20" in sql and "r.due <=" not in sql]
        assert first and not any(SORTED in line for plan in first for line in plan)


def test_the_queue_is_read_from_its_indexes(views: Views) -> None:
    found = plans(views, lambda: list(views.rows(parse([], TODAY), "urgency", 20, TODAY, queue=True)))
    used = {name for plan in found.values() for line in plan for name in re.findall(r" r .*INDEX (\w+)", line)}
    assert {"queue", "queue_due"} <= used


def test_a_narrowed_queue_looks_at_no_other_papers_either(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "readlist.db"
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("insert into focus values (2)")
        views = Views(connection)

        def ask() -> list[int]:
            return [row[0] for row in views.rows(parse([], TODAY), "urgency", 20, TODAY, queue=True, focused=True)]

        assert ask() == [7]
        assert not looked_at_all(plans(views, ask))


@pytest.mark.parametrize(
    "ask",
    [
        lambda v: v.has_id(7),
        lambda v: v.id_of_key("k7"),
        lambda v: v.id_of_identifier("arxiv", "1"),
        lambda v: v.ids_of_identifiers("arxiv", ["1", "2"]),
        lambda v: v.ids_of_url("u7"),
        lambda v: v.ids_of_title("T 7"),
        lambda v: v.ids_of_titles(["t7", "t8"]),
        lambda v: v.being_read(3),
        lambda v: v.paper(7, TODAY),
        lambda v: v.keys_near("kim", "2000", 5),
        lambda v: v.count(parse([], TODAY), queue=True, most=100),
    ],
    ids=["id", "key", "identifier", "identifiers", "url", "title", "titles", "current", "show", "slips", "count"],
)  # fmt: skip
def test_look_ups_go_through_nothing(ask: Callable[[Views], object], views: Views) -> None:
    assert not looked_at_all(plans(views, lambda: ask(views)))


@pytest.mark.parametrize("typed", ["", "k7", "k"])
def test_completion_goes_through_nothing(typed: str, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        names = Completion(connection, built_in_glossary)
        assert names.papers(typed, 5)
        assert not looked_at_all(plans(names, lambda: names.papers(typed, 5)))
