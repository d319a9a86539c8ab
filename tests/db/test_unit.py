"""One door for writes: a command is kept whole or not at all, and every row it changed is on record."""

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.library import Library, Work
from readlist.db.unit import Change
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Link, Metadata
from readlist.domain.topics import Topic
from readlist.errors import UsageError
from tests.db.libraries import TODAY, add, dump, dump_file, library_at, make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "readlist.db"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty library, to be copied: making one costs more than using one."""
    path = tmp_path_factory.mktemp("empty") / "readlist.db"
    make(path)
    return path


class Stop(Exception):
    pass


def test_a_command_that_fails_leaves_the_library_as_it_was(path: Path) -> None:
    make(path, "SimCSE", "BERT")
    before, content = path.read_bytes(), dump_file(path)
    with library_at(path) as library:
        with pytest.raises(Stop), library.write("add") as work:
            paper_id = add(work, "a new paper", venue="ACL", authors=("A", "B"))
            work.topics.attach(paper_id, work.topics.ensure(("NLP", "new")))
            work.tags.attach(paper_id, "tag")
            work.reading.note("text", paper_id=1)
            work.papers.remove(2)
            assert len(work.views.keys()) == 2
            raise Stop
        assert library.views.keys() == ["simcse", "bert"]
    assert dump_file(path) == content
    assert path.read_bytes() == before


def test_a_command_that_is_interrupted_leaves_the_library_as_it_was(path: Path) -> None:
    make(path, "SimCSE")
    content = dump_file(path)
    with library_at(path) as library, pytest.raises(KeyboardInterrupt), library.write("add") as work:
        add(work, "a new paper")
        raise KeyboardInterrupt
    assert dump_file(path) == content


def test_after_a_failed_command_the_next_one_is_kept(path: Path) -> None:
    with library_at(path) as library:
        with pytest.raises(Stop), library.write("add") as work:
            add(work, "one")
            raise Stop
        with library.write("add") as work:
            add(work, "two")
        assert library.views.keys() == ["two"]


def test_a_change_that_changes_nothing_is_no_change(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper_id = add(work, "SimCSE")
            work.tags.attach(paper_id, "tag")
        with library.write("again") as work:
            assert not work.tags.attach(paper_id, "TAG")
            assert not work.reading.set(paper_id, priority="normal")
            assert not work.unit.changes


# -- ids --------------------------------------------------------------------------------------------------------------


def _paper(work: Work) -> int:
    return add(work, "paper")


def _note(work: Work) -> int:
    return work.reading.note("text")


def _topic(work: Work) -> int:
    return work.topics.ensure(("topic",))


def _tag(work: Work) -> int:
    work.tags.attach(add(work, "tagged"), "tag")
    found = work.tags.find("tag")
    assert found is not None
    return found


REMOVALS: list[tuple[Callable[[Work], int], Callable[[Work, int], object]]] = [
    (_paper, lambda work, i: work.papers.remove(i)),
    (_note, lambda work, i: work.reading.rewrite(i, "")),
    (_topic, lambda work, i: work.topics.remove(Topic(i, "topic"))),
    (_tag, lambda work, i: work.tags.remove(i)),
]


@pytest.mark.parametrize(("make_one", "remove"), REMOVALS, ids=["paper", "note", "topic", "tag"])
def test_an_id_is_never_given_twice(
    make_one: Callable[[Work], int], remove: Callable[[Work, int], object], path: Path
) -> None:
    seen = set()
    for _ in range(3):
        with library_at(path) as library:
            with library.write("add") as work:
                new = make_one(work)
            assert new not in seen
            seen.add(new)
            with library.write("remove") as work:
                remove(work, new)


# -- every change is on record ----------------------------------------------------------------------------------------


def take_back(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Undo the changes by their rows before alone, in plain SQL, with the references looked at in the end."""
    connection.execute("pragma defer_foreign_keys = on")
    for change in reversed(list(changes)):
        keys = [name for _, name, *_, key in sorted_columns(connection, change.table) if key]
        assert len(keys) == len(change.key)
        where = " and ".join(f'"{name}" = ?' for name in keys)
        held = connection.execute(f'select * from "{change.table}" where {where}', change.key).fetchone()
        assert held == (None if change.after is None else ordered(connection, change.table, change.after))
        connection.execute(f'delete from "{change.table}" where {where}', change.key)
        if change.before is not None:
            row = ordered(connection, change.table, change.before)
            connection.execute(f'insert into "{change.table}" values ({",".join("?" * len(row))})', row)


def sorted_columns(connection: sqlite3.Connection, table: str) -> list[Any]:
    columns = connection.execute(f'pragma table_info("{table}")').fetchall()
    return sorted(columns, key=lambda column: (column[5] or 99, column[0]))


def ordered(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    names = [name for _, name, *_ in connection.execute(f'pragma table_info("{table}")').fetchall()]
    assert set(names) == set(row), "the whole row is on record"
    return tuple(row[name] for name in names)


NAMES = st.sampled_from(["A", "a", "B", "C", "句子"])
NUMBERS = st.integers(0, 5)
SAYINGS = st.builds(
    Metadata,
    source=st.sampled_from(["typed", "page", "semantic-scholar", "arxiv", "user"]),
    kind=st.sampled_from([None, "paper", "thesis"]),
    title=st.sampled_from(["A simple title", "Another title", "B"]),
    authors=st.sampled_from([(), ("Tianyu Gao",), ("Tianyu Gao", "Danqi Chen"), ("Gao", "Gao")]),
    year=st.sampled_from([None, 2020, 2021]),
    venue=st.sampled_from([None, "arXiv", "NIPS", "EMNLP 2021", "My Workshop"]),
    identifiers=st.dictionaries(st.sampled_from(["arxiv", "doi"]), st.sampled_from(["1", "2"]), max_size=2),
    url=st.sampled_from([None, "https://a.example"]),
    links=st.sampled_from([(), (Link("code", "https://c.example"),)]),
    abstract=st.sampled_from([None, "abstract"]),
    citations=st.sampled_from([None, 0, 5, 70]),
)
OPERATIONS = st.one_of(
    st.tuples(st.just("add"), SAYINGS, st.sampled_from([None, 1, 2])),
    st.tuples(st.just("learn"), NUMBERS, SAYINGS),
    st.tuples(st.just("bare"), st.sampled_from(["3", "4"])),
    st.tuples(st.just("owe"), NUMBERS),
    st.tuples(st.just("answered"), NUMBERS, st.sampled_from(["found", "unknown"])),
    st.tuples(st.just("topic"), NUMBERS, st.lists(NAMES, min_size=1, max_size=3)),
    st.tuples(st.just("alias"), NUMBERS, NAMES),
    st.tuples(st.just("rename topic"), NUMBERS, NAMES),
    st.tuples(st.just("move"), NUMBERS, st.none() | NUMBERS),
    st.tuples(st.just("merge"), NUMBERS, NUMBERS),
    st.tuples(st.just("remove topic"), NUMBERS),
    st.tuples(st.just("topic note"), NUMBERS, NAMES),
    st.tuples(st.just("tag"), NUMBERS, NAMES),
    st.tuples(st.just("rename tag"), NAMES, NAMES),
    st.tuples(st.just("remove tag"), NAMES),
    st.tuples(st.just("begin"), NUMBERS, st.sampled_from([1, 2, 3])),
    st.tuples(st.just("finish"), NUMBERS, st.sampled_from([1, 2, 3]), st.sampled_from([None, "2026-11-20"])),
    st.tuples(st.just("set"), NUMBERS, st.sampled_from(["high", "low"]), st.sampled_from([None, 1, 3])),
    st.tuples(st.just("drop"), NUMBERS),
    st.tuples(st.just("note"), NUMBERS, NAMES),
    st.tuples(st.just("page"), NUMBERS, NAMES),
    st.tuples(st.just("rewrite"), NUMBERS, st.sampled_from(["", "new text"])),
    st.tuples(st.just("summary"), NUMBERS, st.sampled_from(["", "summary"])),
    st.tuples(st.just("remove"), NUMBERS),
    st.tuples(st.just("venue alias"), NUMBERS, NAMES),
    st.tuples(st.just("merge venues"), NUMBERS, NUMBERS),
)


def perform(work: Work, operation: tuple[Any, ...]) -> None:
    """Do one thing to whatever paper, topic, tag or venue the number picks; nothing where there is none."""
    name, *rest = operation
    match name, rest:
        case "add", [said, next_pass]:
            work.reading.add(work.papers.add(said), next_pass)
        case "bare", [value]:
            if work.papers.with_identifier("arxiv", value) is None:
                work.reading.add(work.papers.add(Metadata("reference"), Identifier("arxiv", value)), 1)
        case (("rename tag" | "remove tag"), [tag, *new]):
            found = work.tags.find(tag)
            if found is not None:
                work.tags.rename(found, *new) if new else work.tags.remove(found)
        case (("venue alias" | "merge venues"), [number, other]):
            ids = [work.views.venue_id(venue.name) for venue in work.views.venues()]
            if ids and name == "venue alias":
                work.venues.alias(ids[number % len(ids)] or 0, other)
            elif ids:
                work.venues.merge(ids[number % len(ids)] or 0, ids[other % len(ids)] or 0)
        case (("alias" | "rename topic" | "move" | "merge" | "remove topic" | "topic note"), [number, *more]):
            topics = work.topics.forest().topics
            if topics:
                perform_on_topic(work, name, topics, topics[number % len(topics)], more)
        case _, [number, *more]:
            keys = work.views.keys()
            paper_id = work.views.id_of_key(keys[number % len(keys)]) if keys else None
            if paper_id is not None:
                perform_on_paper(work, name, paper_id, more)


def perform_on_topic(work: Work, name: str, topics: tuple[Topic, ...], topic: Topic, more: list[Any]) -> None:
    try:
        match name, more:
            case "alias", [alias]:
                work.topics.alias(topic, alias)
            case "rename topic", [new]:
                work.topics.rename(topic, new)
            case "move", [parent]:
                work.topics.move(topic, None if parent is None else topics[parent % len(topics)])
            case "merge", [other]:
                work.topics.merge(topic, topics[other % len(topics)])
            case "remove topic", []:
                work.topics.remove(topic)
            case "topic note", [text]:
                work.reading.take_in(text, "page.md", topic_id=topic.id)
    except UsageError:
        pass


def perform_on_paper(work: Work, name: str, paper_id: int, more: list[Any]) -> None:
    match name, more:
        case "learn", [said]:
            work.papers.learn(paper_id, said)
        case "owe", []:
            work.papers.owe(paper_id, ["arxiv", "semantic-scholar"])
        case "answered", [state]:
            work.papers.answered(paper_id, "arxiv", state)
        case "topic", [path]:
            work.topics.attach(paper_id, work.topics.ensure(tuple(path)))
        case "tag", [tag]:
            work.tags.attach(paper_id, tag)
        case "begin", [number]:
            work.reading.begin(paper_id, number)
        case "finish", [number, day]:
            work.reading.finish(paper_id, number, day, 20)
        case "set", [priority, next_pass]:
            work.reading.set(paper_id, priority=priority, next_pass=next_pass, due="2026-12-01")
        case "drop", []:
            work.reading.set(paper_id, dropped=work.unit.stamp, drop_reason="dull", next_pass=None)
        case "note", [text]:
            work.reading.note(text, paper_id=paper_id, number=1)
        case "page", [text]:
            work.reading.take_in(text, "page.md", paper_id=paper_id)
        case "rewrite", [text]:
            for note in work.views.paper(paper_id, TODAY).notes:
                work.reading.rewrite(note.id or 0, text)
        case "summary", [text]:
            work.reading.summarise(paper_id, text)
        case "remove", []:
            work.papers.remove(paper_id)
        case _:
            raise AssertionError(name)


@given(st.lists(st.lists(OPERATIONS, max_size=12), max_size=3))
def test_taking_back_what_is_on_record_brings_back_every_state(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, commands: list[list[tuple[Any, ...]]]
) -> None:
    path = tmp_path_factory.mktemp("undo") / "readlist.db"
    shutil.copy(empty, path)
    states = [dump_file(path)]
    records: list[list[Change]] = []
    with library_at(path) as library:
        for command in commands:
            with library.write("test") as work:
                for operation in command:
                    perform(work, operation)
            records.append(list(work.unit.changes))
            states.append(dump_file(path))
            look_at(library)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma foreign_keys = on")
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        for changes, state in zip(reversed(records), reversed(states[:-1]), strict=True):
            connection.execute("begin")
            take_back(connection, changes)
            connection.execute("commit")
            assert sorted(dump(connection)) == sorted(state)


def look_at(library: Library) -> None:
    """What is stored agrees with itself, whatever was done."""
    views = library.views
    forest = views.forest()
    paths = [forest.path(topic).casefold() for topic in forest.topics]
    assert len(paths) == len(set(paths)), "a topic stands once under its parent"
    keys = views.keys()
    ids = [i for i in map(views.id_of_key, keys) if i is not None]
    for paper in views.papers(ids, TODAY, whole=True):
        assert (paper.status in ("todo", "reading")) == (paper.urgency is not None)
        assert (paper.status == "reading") == (paper.open_pass is not None) or paper.status == "dropped"
        assert (paper.status == "dropped") == (paper.drop_reason is not None)
        assert paper.key
        assert paper.title


@given(SAYINGS, SAYINGS, SAYINGS)
def test_hearing_the_same_again_is_no_news(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, one: Metadata, two: Metadata, three: Metadata
) -> None:
    path = tmp_path_factory.mktemp("again") / "readlist.db"
    shutil.copy(empty, path)
    with library_at(path) as library:
        with library.write("add") as work:
            paper_id = work.papers.add(one)
            work.reading.add(paper_id, 1)
            for said in (two, three):
                work.papers.learn(paper_id, said)
        sources = {said.source for said in (one, two, three)}
        if len(sources) == 3:
            with library.write("again") as work:
                for said in (one, two, three):
                    assert work.papers.learn(paper_id, said).changed == frozenset()
                assert [c for c in work.unit.changes if c.table not in ("papers", "observations")] == []


def test_untidy_text_is_stored_tidily_and_is_no_news_again(path: Path) -> None:
    said = Metadata(
        "semantic-scholar", title="Sim CSE\n  \x1b[31mRed", authors=("Tianyu  Gao", " "), abstract="a\ud800b\x07",
        tldr=" t ", url=" https://a.example ", venue=" EMNLP ",
    )  # fmt: skip
    with library_at(path) as library:
        with library.write("add") as work:
            paper_id = work.papers.add(said)
            work.reading.add(paper_id, 1)
        paper = library.views.paper(paper_id, TODAY)
        assert (paper.title, paper.authors, paper.abstract) == ("Sim CSE Red", ("Tianyu Gao",), "ab")
        with library.write("again") as work:
            assert work.papers.learn(paper_id, said).changed == frozenset()
            assert not work.unit.changes


def known_in(path: Path, sayings: Iterable[Metadata]) -> Mapping[str, object]:
    first, *others = sayings
    with library_at(path) as library, library.write("add") as work:
        paper_id = work.papers.add(first)
        work.reading.add(paper_id, 1)
        for said in others:
            work.papers.learn(paper_id, said)
        return {name: c for name, c in work.papers.known(paper_id).items() if name != "publication"}


def test_in_the_library_too_the_order_of_arrival_never_decides(empty: Path, tmp_path: Path) -> None:
    sayings = [
        Metadata("typed", kind="thesis", title="A typed title"),
        Metadata("page", kind="post", title="A page's title", venue="EMNLP", year=2021),
        Metadata("semantic-scholar", title="A title", venue="arXiv.org", year=2020, authors=("A", "B")),
        Metadata("openalex", title="Another", year=2019, venue="ACL"),
    ]
    found = []
    for number, order in enumerate(itertools.permutations(sayings)):
        path = tmp_path / f"{number}.db"
        shutil.copy(empty, path)
        found.append(known_in(path, order))
    assert all(one == found[0] for one in found)


def test_a_key_is_never_changed_but_from_its_stand_in(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper_id = work.papers.add(Metadata("reference"), Identifier("arxiv", "2104.08821"))
            work.reading.add(paper_id, 1)
        assert library.views.keys() == ["arxiv:2104.08821"]
        for title, key in [("SimCSE: Simple", "gao2021simcse"), ("Another Title", "gao2021simcse")]:
            with library.write("learn") as work:
                work.papers.learn(paper_id, Metadata("arxiv", title=title, authors=("Tianyu Gao",), year=2021))
            assert library.views.keys() == [key]
        with library.write("add") as work:
            add(work, "SimCSE again", authors=("Jun Gao",), year=2021)
        assert library.views.keys() == ["gao2021simcse", "gao2021simcsea"]


def test_a_page_that_is_read_again_replaces_its_note_but_never_a_persons(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper_id = add(work, "SimCSE")
            assert work.reading.take_in("old", "page.md", paper_id=paper_id)
            assert work.reading.take_in("new", "page.md", paper_id=paper_id)
            assert not work.reading.take_in("new", "page.md", paper_id=paper_id)
        (note,) = library.views.paper(paper_id, TODAY).notes
        assert note.text == "new"
        with library.write("edit") as work:
            work.reading.rewrite(note.id or 0, "mine")
            assert not work.reading.take_in("new", "page.md", paper_id=paper_id)
            assert work.reading.take_in("newer", "page.md", paper_id=paper_id)
        assert [n.text for n in library.views.paper(paper_id, TODAY).notes] == ["mine", "newer"]


def test_a_tag_without_a_name_is_refused(path: Path) -> None:
    with library_at(path) as library, library.write("tag") as work:
        paper_id = add(work, "SimCSE")
        with pytest.raises(UsageError):
            work.tags.attach(paper_id, " \t")


def test_a_topic_merged_into_the_one_above_it_leaves_nothing_behind(path: Path) -> None:
    with library_at(path) as library, library.write("merge") as work:
        paper_id = add(work, "SimCSE")
        work.topics.attach(paper_id, work.topics.ensure(("K", "A", "A", "B")))
        forest = work.topics.forest()
        gone, kept = forest.at(("K", "A")), forest.at(("K",))
        assert gone
        assert kept
        work.topics.merge(gone, kept)
        after = work.topics.forest()
        assert sorted(map(after.path, after.topics)) == ["K", "K/A", "K/A/B"]
        assert work.views.paper(paper_id, TODAY).topics == ("K/A/B",)
