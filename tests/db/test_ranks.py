"""The stored order of the queue follows from what was done, whatever was done and whatever the terms weigh."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.connect import open_reading, open_writing
from readlist.db.focus import set_focus
from readlist.db.labels import Tags, Venues
from readlist.db.library import Work
from readlist.db.papers import Papers
from readlist.db.reading import Reading
from readlist.db.topics import Topics
from readlist.db.unit import unit_of_work
from readlist.db.views import Views
from readlist.domain.passes import highest_finished
from readlist.domain.query import Filter, parse
from readlist.domain.queue import TERMS, WEIGHTS, Weights
from readlist.errors import NotFound
from tests.db.libraries import NOW, TODAY, add, dump_file, library_at, make
from tests.db.operations import NUMBERS, OPERATIONS, perform

POINTS = st.integers(-3000, 9000).map(lambda thousandths: thousandths / 1000)
WEIGHINGS = st.just(WEIGHTS) | st.fixed_dictionaries(dict.fromkeys(TERMS, POINTS))
MORE = st.one_of(
    OPERATIONS,
    st.tuples(st.just("cite"), NUMBERS, NUMBERS),
    st.tuples(st.just("one of two"), NUMBERS, NUMBERS),
    st.tuples(st.just("count"), NUMBERS, st.sampled_from([0, 70, 900])),
    st.tuples(st.just("focus"), st.lists(NUMBERS, max_size=2)),
)
COMMANDS = st.lists(st.tuples(st.integers(0, 60), WEIGHINGS, st.lists(MORE, max_size=8)), min_size=1, max_size=5)


@contextmanager
def writing(path: Path, command: str, weights: Weights, later: int = 0) -> Iterator[Work]:
    """A unit of work of an rl whose settings have these weights, some days later."""
    now = NOW + timedelta(days=later)
    with closing(open_writing(path)) as connection, unit_of_work(connection, path, command, now) as unit:
        reading = Reading(unit, weights)
        yield Work(unit, Papers(unit, reading.settle), reading, Topics(unit), Tags(unit), Venues(unit))


@contextmanager
def reading(path: Path, weights: Weights = WEIGHTS) -> Iterator[Views]:
    with closing(open_reading(path)) as connection:
        yield Views(connection, weights=weights)


def do(work: Work, operation: tuple[Any, ...]) -> None:
    name, *rest = operation
    ids = [i for i in map(work.views.id_of_key, work.views.keys()) if i is not None]
    topics = [topic.id for topic in work.topics.forest().topics]
    match name, rest:
        case "focus", [numbers]:
            set_focus(work.unit, {topics[number % len(topics)] for number in numbers if topics})
        case (("cite" | "one of two"), [one, other]) if ids:
            one, other = ids[one % len(ids)], ids[other % len(ids)]
            if name == "cite":
                work.reading.cite(one, other)
            elif one != other:
                work.merge(one, other)
        case "count", [number, count] if ids:
            work.papers.observe(ids[number % len(ids)], "semantic-scholar", count)
        case (("focus" | "cite" | "one of two" | "count"), _):
            pass
        case _:
            perform(work, operation)


def afresh(path: Path, weights: Weights) -> None:
    """What is stored is what would be made now, by what is seen of each paper."""
    with reading(path, weights) as views:
        assert views.rank_weights() == weights
        assert views.unsettled() == []
        with closing(sqlite3.connect(path)) as connection:
            edges = connection.execute("select paper_id, cited_id from cites").fetchall()
            gone = "select count(*) from cites where paper_id not in (select id from papers)"
            assert connection.execute(gone).fetchone() == (0,)
        ids = [i for i in map(views.id_of_key, views.keys()) if i is not None]
        papers = {paper.id: paper for paper in views.papers(ids, TODAY, whole=True)}
        focus = views.focus()
        for paper in papers.values():
            if paper.urgency is None:
                continue
            citing = sum(highest_finished(papers[i].passes) > 0 for i, cited in edges if cited == paper.id)
            said = [why for why, _ in paper.urgency.terms]
            assert any("you have read" in why for why in said) == bool(citing and weights["cited"])
            inside = any(path == at or path.startswith(at + "/") for path in paper.topics for at in focus)
            assert ("in focus" in said) == bool(inside and weights["focus"])


def ordered(path: Path, weights: Weights) -> None:
    """Every list by urgency is in order of the sums that it shows, and cut off where it should be."""
    with reading(path, weights) as views:
        for words in ([], ["status:todo"], ["topic:b"]):
            try:
                wanted = parse(words, TODAY)
                whole = views.select(wanted, "urgency", None, TODAY, queue=True).papers
            except NotFound:
                continue
            totals = [(-paper.urgency.total, paper.id) for paper in whole if paper.urgency]
            assert totals == sorted(totals) and len(totals) == len(whole)
            for limit in (1, 2, 3):
                assert views.select(wanted, "urgency", limit, TODAY, queue=True).papers == whole[:limit]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "readlist.db"
    make(path)
    return path


@given(COMMANDS, WEIGHINGS)
def test_ranks_are_those_that_would_be_made_afresh(
    empty: Path,
    tmp_path_factory: pytest.TempPathFactory,
    commands: list[tuple[int, Weights, list[tuple[Any, ...]]]],
    others: Weights,
) -> None:
    """Commands on different days and with different weights, read with their own and with others; then taken back."""
    path = tmp_path_factory.mktemp("ranks") / "readlist.db"
    path.write_bytes(empty.read_bytes())
    later = 0
    for number, (days, weights, operations) in enumerate(commands):
        later += days
        with writing(path, f"command {number}", weights, later) as work:
            for operation in operations:
                do(work, operation)
        afresh(path, weights)
        for weighing in (weights, others):
            ordered(path, weighing)
    with library_at(path) as library:
        entries = [entry.id for entry in library.history.to_undo(2)]
    with writing(path, "undo", others, later) as work:
        for entry in entries:
            work.take_back(entry)
    afresh(path, others)


# -- weights -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two papers: #1 is cited, #2 is of high priority, which counts for more."""
    path = tmp_path / "readlist.db"
    with library_at(path) as library, library.write("add") as work:
        work.papers.observe(add(work, "Cited"), "semantic-scholar", 999)
        work.reading.set(add(work, "Wanted"), priority="high")
    return path


def order(path: Path, weights: Weights = WEIGHTS) -> list[int]:
    with reading(path, weights) as views:
        return [paper.id for paper in views.select(Filter(), "urgency", None, TODAY, queue=True).papers]


def test_other_weights_are_another_order_and_reading_writes_nothing(path: Path) -> None:
    before = dump_file(path)
    assert order(path) == [2, 1]
    assert order(path, {**WEIGHTS, "citations": 3.0}) == [1, 2]
    assert dump_file(path) == before


def test_what_was_done_is_taken_back_though_the_weights_are_others_by_now(path: Path) -> None:
    state = {"high": 0.5}
    with writing(path, "set", WEIGHTS) as work:
        work.reading.set(1, priority="low")
    with writing(path, "remove", WEIGHTS) as work:
        work.papers.remove(2)
    for command, count in (("undo", 3), ("redo", 3), ("undo", 2)):
        state["high"] += 1.0
        weights = {**WEIGHTS, **state}
        with library_at(path) as library:
            history = library.history
            entries = [it.id for it in (history.to_undo(count) if command == "undo" else history.to_redo(count))]
            told = history.log(None)[1]
        with writing(path, command, weights) as work:
            for entry in entries:
                work.take_back(entry)
        afresh(path, weights)
        with library_at(path) as library:
            assert library.history.log(None)[1] == told + count, "new weights are no entry of the log"
    assert order(path, weights) == [2, 1]


def test_a_command_that_brings_ranks_in_step_and_does_nothing_else_is_no_entry(path: Path) -> None:
    with writing(path, "look", {**WEIGHTS, "citations": 3.0}):
        pass
    afresh(path, {**WEIGHTS, "citations": 3.0})
    with library_at(path) as library:
        assert [entry.command for entry in library.history.log(None)[0]] == ["add"]


# -- which papers cite which -------------------------------------------------------------------------------------------


def reasons(path: Path, paper: int) -> list[str]:
    with reading(path) as views:
        found = views.paper(paper, TODAY).urgency
        return [why for why, _ in found.terms if "cited" in why] if found else []


def test_reading_a_paper_makes_those_that_it_cites_more_urgent(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            for title in ("Three", "Four"):
                add(work, title)
            for citing in (3, 4):
                assert work.reading.cite(citing, 1)
            assert not work.reading.cite(3, 1)
            assert not work.reading.cite(1, 1)
        assert reasons(path, 1) == []
        for number, citing in enumerate((3, 4)):
            with library.write(f"read {citing}") as work:
                work.reading.finish(citing, 1, "2026-11-20" if citing == 3 else None)
            assert reasons(path, 1) == [f"cited by {'a paper' if not number else '2 papers'} you have read"]
            afresh(path, WEIGHTS)
        with library.write("remove") as work:
            work.papers.remove(4)
        assert reasons(path, 1) == ["cited by a paper you have read"]
        with library.write("undo") as work:
            work.take_back(library.history.to_undo(1)[0].id)
        assert reasons(path, 1) == ["cited by 2 papers you have read"]
        with library.write("merge") as work:
            work.merge(3, 4)
        assert reasons(path, 1) == ["cited by a paper you have read"]
        with library.write("merge") as work:
            work.merge(3, 1)
        afresh(path, WEIGHTS)


def test_what_was_only_looked_up_is_not_told(path: Path) -> None:
    with library_at(path) as library:
        with library.write("refs") as work:
            work.reading.cite(1, 2)
        assert [entry.command for entry in library.history.log(None)[0]] == ["add"]


# -- topics in focus ---------------------------------------------------------------------------------------------------


@pytest.fixture
def focused(path: Path) -> Path:
    """#1 under NLP/Old, which is in focus; #2 under Vision."""
    with library_at(path) as library, library.write("focus") as work:
        for paper, names in ((1, ("NLP", "Old")), (2, ("Vision",))):
            topic = work.topics.ensure(names)
            work.topics.attach(paper, topic)
            set_focus(work.unit, [topic] if paper == 1 else [1, 2])
        set_focus(work.unit, [2])
    return path


def narrowed(path: Path) -> tuple[tuple[str, ...], list[int]]:
    with reading(path) as views:
        page = views.select(Filter(), "urgency", None, TODAY, queue=True, focused=True)
        assert page.total == len(page.papers)
        return page.focus, [paper.id for paper in page.papers]


def test_the_focus_follows_the_topic(focused: Path) -> None:
    assert narrowed(focused) == (("NLP/Old",), [1])
    with library_at(focused) as library:
        for command, after in (("rename", "NLP/New"), ("move", "New"), ("merge", "Vision"), ("remove", None)):
            before = narrowed(focused)
            with library.write(command) as work:
                forest = work.topics.forest()
                topic = next(it for it in forest.topics if forest.path(it) == before[0][0])
                match command:
                    case "rename":
                        work.topics.rename(topic, "New")
                    case "move":
                        work.topics.move(topic, None)
                    case "merge":
                        work.topics.merge(topic, forest.one("Vision"))
                    case _:
                        work.topics.remove(topic)
            found = narrowed(focused)
            assert found == ((after,) if after else (), [1] if after and command != "merge" else [2, 1])
            with library.write("undo") as work:
                work.take_back(library.history.to_undo(1)[0].id)
            assert narrowed(focused) == before
            with library.write("redo") as work:
                work.take_back(library.history.to_redo(1)[0].id)
            assert narrowed(focused) == found
