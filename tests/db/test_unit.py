"""One door for writes: a command is kept whole or not at all; what is learned; ids and keys that stay."""

import itertools
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given

from readlist.db.library import Work
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Metadata
from readlist.domain.topics import Topic
from readlist.errors import UsageError
from tests.db.libraries import TODAY, add, dump_file, library_at, make
from tests.db.operations import SAYINGS


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


# -- what is learned --------------------------------------------------------------------------------------------------


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


def test_a_note_of_a_page_is_compared_with_those_of_its_paper_alone(path: Path) -> None:
    """Whether it is new costs the same in a library of any size: SQLite's steps are counted."""
    with library_at(path) as library:
        with library.write("add") as work:
            first, other = add(work, "A long title of a paper"), add(work, "Another long title")
            for number in range(2000):
                work.reading.note(f"text {number}", paper_id=other, page="page.md")
        with library.write("import") as work:
            hundreds: list[None] = []
            work.unit.connection.set_progress_handler(lambda: hundreds.append(None), 100)
            assert work.reading.take_in("text", "page.md", paper_id=first)
            work.unit.connection.set_progress_handler(None, 0)
            assert len(hundreds) < 20


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
