"""The log: every command is one entry of it, is taken back whole, and done again, or else nothing is changed."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.history import Entry
from readlist.db.library import Library
from readlist.db.undo import Altered
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Metadata
from readlist.domain.topics import Topic
from readlist.errors import DatabaseError
from tests.db.libraries import NOW, add, dump_file, library_at, make
from tests.db.operations import OPERATIONS, look_at, perform


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "readlist.db"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "readlist.db"
    make(path)
    return path


def take_back(library: Library, entries: list[Entry], command: str = "undo") -> None:
    with library.write(command) as work:
        for entry in entries:
            work.take_back(entry.id)


def undo(library: Library, count: int = 1) -> None:
    take_back(library, library.history.to_undo(count))


def redo(library: Library, count: int = 1) -> None:
    take_back(library, library.history.to_redo(count), "redo")


def entries(library: Library, paper: int | None = None) -> list[tuple[str, int, int, int]]:
    """Command and counts of papers of all entries that are told, oldest first."""
    found, total = library.history.log(None, paper)
    assert total == len(found)
    return [(it.command, it.added, it.changed, it.removed) for it in reversed(found)]


# -- the law --------------------------------------------------------------------------------------------------------


@given(st.lists(st.lists(st.lists(OPERATIONS, max_size=8), min_size=1, max_size=3), max_size=4), st.booleans())
def test_whatever_was_done_is_taken_back_and_done_again(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, commands: list[list[list[tuple[Any, ...]]]], split: bool
) -> None:
    """Commands of several units of work each; with `split`, written to the log in pieces, as large units are."""
    path = tmp_path_factory.mktemp("undo") / "readlist.db"
    shutil.copy(empty, path)
    before: dict[int, list[str]] = {}
    with library_at(path) as library:
        for number, units in enumerate(commands):
            state = sorted(dump_file(path))
            for operations in units:
                with library.write(f"command {number}") as work:
                    for operation in operations:
                        perform(work, operation)
                        if split:
                            work.unit.changes.flush()
            look_at(library)
            before.setdefault(last_entry(path), state)
        states = []
        while found := library.history.to_undo(1):
            states.append(sorted(dump_file(path)))
            take_back(library, found)
            assert sorted(dump_file(path)) == before[found[-1].id]
        while found := library.history.to_redo(1):
            take_back(library, found, "redo")
            assert sorted(dump_file(path)) == states.pop()
        assert not states
        done = sorted(dump_file(path))
        undo(library, 99)
        redo(library, 99)
        assert sorted(dump_file(path)) == done
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_names_that_changed_places_change_back(path: Path) -> None:
    """A name belongs to one tag at any moment, also while it is taken back."""
    with library_at(path) as library:
        with library.write("tag") as work:
            for name in ("one", "two"):
                work.tags.attach(add(work, name), name)
        start = sorted(dump_file(path))
        with library.write("swap") as work:
            for tag, name in ((1, "three"), (2, "one"), (1, "two")):
                work.unit.update("tags", tag, name=name)
        end = sorted(dump_file(path))
        assert start != end
        undo(library)
        assert sorted(dump_file(path)) == start
        redo(library)
        assert sorted(dump_file(path)) == end


def test_a_removed_paper_comes_back_with_all_that_refers_to_it(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper = add(work, "SimCSE", authors=("Gao",), abstract="text", identifiers={"doi": "10.1/1"}, citations=3)
            work.topics.attach(paper, work.topics.ensure(("NLP", "new")))
            work.reading.note("text", paper_id=paper, pass_id=work.reading.finish(paper, 1, None))
        start = sorted(dump_file(path))
        with library.write("remove") as work:
            work.papers.remove(paper)
            for topic in work.topics.forest().children(None):
                work.topics.remove(topic)
        end = sorted(dump_file(path))
        undo(library)
        assert sorted(dump_file(path)) == start
        redo(library)
        assert sorted(dump_file(path)) == end


def test_a_command_whose_steps_cancelled_one_another_is_one_step_back_and_one_step_on(path: Path) -> None:
    with library_at(path) as library:
        with library.write("there and back") as work:
            topic = Topic(work.topics.ensure(("new",)), "new")
            work.unit.changes.flush()
            work.topics.remove(topic)
        with library.write("add") as work:
            add(work, "SimCSE")
        undo(library)
        undo(library)
        redo(library)
        assert library.views.keys() == []
        redo(library)
        assert library.views.keys() == ["simcse"]


def test_what_is_done_by_the_way_does_not_end_redoing(path: Path) -> None:
    with library_at(path) as library:
        for title in ("SimCSE", "BERT"):
            with library.write(f"add {title}") as work:
                add(work, title)
        undo(library)
        with library.write("refs") as work:
            work.papers.owe(1, ["arxiv"])
        redo(library)
        assert library.views.keys() == ["simcse", "bert"]


def last_entry(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("select coalesce(max(id), 0) from log").fetchone()[0])


# -- entries ----------------------------------------------------------------------------------------------------------


class Stop(Exception):
    pass


def test_the_units_of_one_command_are_one_entry(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper = add(work, "SimCSE")
        with library.write("add") as work:
            work.papers.learn(paper, Metadata("arxiv", authors=("Gao",)))
        with library.write("note") as work:
            work.reading.note("text", paper_id=paper)
        assert entries(library) == [("add", 1, 0, 0), ("note", 0, 1, 0)]
        undo(library, 2)
        assert library.views.keys() == []
        redo(library)
        assert library.views.keys() == ["simcse"]


def test_a_command_that_another_one_breaks_in_upon_is_two_entries(path: Path) -> None:
    """Else the newest of the log would not be what was done last, and could not be taken back first."""
    with library_at(path) as library, library_at(path) as other:
        with library.write("refresh") as work:
            paper = add(work, "SimCSE")
        with other.write("want") as work:
            work.reading.set(paper, priority="high")
        with library.write("refresh") as work:
            work.reading.set(paper, priority="low")
        assert [it[0] for it in entries(library)] == ["refresh", "want", "refresh"]
        for priority in ("high", "normal"):
            undo(library)
            with library.write("look") as work:
                assert work.reading.state(paper).priority == priority


def test_what_changes_nothing_or_is_not_kept_is_no_entry(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper = add(work, "SimCSE")
        with library.write("want") as work:
            assert not work.reading.set(paper, priority="normal")
        with library.write("tag add") as work:
            work.tags.attach(paper, "survey")
            work.tags.remove(work.tags.find("survey") or 0)
        with pytest.raises(Stop), library.write("import --dry-run") as work:
            add(work, "BERT")
            raise Stop
        assert entries(library) == [("add", 1, 0, 0)]
        assert last_entry(path) == 1


def test_what_services_were_asked_is_taken_back_with_the_command_before(path: Path) -> None:
    """A refresh without news is nothing that a person would take back, and in nobody's way."""
    with library_at(path) as library:
        with library.write("add") as work:
            paper = add(work, "SimCSE")
            work.papers.owe(paper, ["arxiv", "openalex"])
        start = sorted(dump_file(path))
        with library.write("want") as work:
            work.reading.set(paper, priority="high")
        with library.write("refresh") as work:
            work.papers.answered(paper, "arxiv", "unknown")
        end = sorted(dump_file(path))
        assert [it[0] for it in entries(library)] == ["add", "want"]
        undo(library)
        assert sorted(dump_file(path)) == start
        redo(library)
        assert sorted(dump_file(path)) == end


def test_a_paper_that_came_and_went_in_one_command_is_not_counted(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            kept, gone = add(work, "SimCSE"), add(work, "BERT")
        with library.write("add") as work:
            work.papers.remove(gone)
        assert entries(library) == [("add", 1, 0, 0)]
        assert library.history.papers_of_entry(1, 20) == [(kept, "added")]
        undo(library)
        assert library.views.keys() == []


def test_a_large_unit_is_written_in_parts_and_taken_back_whole(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            add(work, "SimCSE")
        start = sorted(dump_file(path))
        with library.write("import") as work:
            for number in range(300):
                add(work, f"paper {number}", authors=(f"Author {number}", "A", "B"), abstract="words " * 9, year=2020)
            work.papers.remove(1)
            assert len(list(work.unit.changes)) < 2000 < len(work.unit.changes)
        end = sorted(dump_file(path))
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("select count(*) from log_parts where log_id = 2").fetchone()[0] > 1
        assert entries(library)[1] == ("import", 300, 0, 1)
        undo(library)
        assert sorted(dump_file(path)) == start
        redo(library)
        assert sorted(dump_file(path)) == end


def test_what_was_taken_back_is_done_again_until_something_new_is_done(path: Path) -> None:
    with library_at(path) as library:
        for title in ("SimCSE", "BERT", "GPT"):
            with library.write(f"add {title}") as work:
                add(work, title)
        undo(library, 2)
        redo(library)
        assert library.views.keys() == ["simcse", "bert"]
        with library.write("add T5") as work:
            add(work, "T5")
        assert library.history.to_redo(1) == []
        undo(library, 3)
        assert library.views.keys() == []
        assert library.history.to_undo(1) == []
        redo(library, 3)
        assert library.views.keys() == ["simcse", "bert", "t5"]


def test_ids_that_were_taken_back_are_not_given_again_and_come_back_themselves(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            first = add(work, "SimCSE", links=())
            work.reading.note("text", paper_id=first)
        undo(library)
        redo(library)
        assert library.views.id_of_key("simcse") == first
        undo(library)
        with library.write("add BERT") as work:
            assert add(work, "BERT") > first
            assert work.reading.note("text") > 1


def test_an_entry_of_the_log_is_found_by_paper(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            simcse, bert, gpt = add(work, "SimCSE"), add(work, "BERT", year=2019), add(work, "GPT")
        with library.write("merge") as work:
            work.merge(simcse, bert)
        with library.write("note") as work:
            work.reading.note("text", paper_id=gpt)
        history = library.history
        assert [it[0] for it in entries(library, simcse)] == ["add", "merge"]
        assert [it[0] for it in entries(library, bert)] == ["add", "merge"]
        assert [it[0] for it in entries(library, gpt)] == ["add", "note"]
        assert entries(library, 99) == []
        assert history.old_title(bert) == "BERT"
        assert history.papers_of_entry(2, 20) == [(simcse, "changed"), (bert, "removed")]
        undo(library, 2)
        assert [it[0] for it in entries(library, bert)] == ["add", "merge", "undo"]
        held, _ = history.log(None)
        assert [it.undone for it in reversed(held)] == [False, True, True, False, False]
        redo(library)
        held, _ = history.log(None)
        assert [(it.command, it.undone, it.of) for it in held][:3] == [
            ("redo", False, (2, "merge")),
            ("undo", True, (2, "merge")),
            ("undo", False, (3, "note")),
        ]


# -- what has changed since is not touched ----------------------------------------------------------------------------

ELSEWHERE: list[tuple[str, str]] = [
    ("update reading set priority = 'low'", "the status of #1 was changed"),
    ("delete from notes", "a note of #1 is gone"),
    ("update notes set text = 'mine'", "a note of #1 was changed"),
    ("insert into identifiers values ('doi', '10.1/1', 2)", "an identifier of #1 is there again"),
    ("insert into tags (name) values ('old')", "something else has the place"),
    ("insert into links (paper_id, rel, url, text) values (3, 'code', 'https://a.example', '')", "refers to"),
]


@pytest.mark.parametrize(("sql", "said"), ELSEWHERE)
def test_what_was_changed_elsewhere_is_not_taken_back_and_nothing_else_either(path: Path, sql: str, said: str) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper = work.papers.add(Metadata("page", title="SimCSE"), Identifier("doi", "10.1/1"))
            work.reading.add(paper, 1)
            add(work, "BERT")
            work.tags.attach(paper, "old")
        with library.write("work") as work:
            work.reading.set(paper, priority="high")
            work.reading.note("text", paper_id=paper)
            work.unit.delete("identifiers", "doi", "10.1/1")
            work.tags.rename(work.tags.find("old") or 0, "new")
            add(work, "GPT")
        with closing(sqlite3.connect(path)) as other:
            other.execute(sql)
            other.commit()
        before, log = dump_file(path), last_entry(path)
        with pytest.raises((Altered, DatabaseError), match=said):
            undo(library, 2)
        assert dump_file(path) == before
        assert last_entry(path) == log
        assert len(library.history.to_undo(9)) == 2


def test_columns_that_the_command_did_not_change_may_have_changed_since(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper = add(work, "SimCSE")
        with library.write("tag") as work:
            work.unit.update("papers", paper, title="Sim CSE")
        with closing(sqlite3.connect(path)) as other:
            other.execute("update papers set url = 'https://a.example'")
            other.commit()
        undo(library)
        assert library.views.names([paper]) == [(paper, "simcse", "SimCSE")]
        assert library.views.ids_of_url("https://a.example") == [paper]


def test_a_killed_command_leaves_a_log_that_fits(path: Path) -> None:
    """What was kept of it is an entry; what was not is none."""
    with library_at(path) as library:
        with library.write("add") as work:
            add(work, "SimCSE")
        with pytest.raises(KeyboardInterrupt), library.write("add") as work:
            add(work, "BERT")
            work.unit.changes.flush()
            raise KeyboardInterrupt
    with library_at(path) as library:
        assert entries(library) == [("add", 1, 0, 0)]
        undo(library)
        assert library.views.keys() == []


# -- how it is kept ---------------------------------------------------------------------------------------------------


def test_old_entries_are_forgotten_and_the_rest_still_fits(path: Path) -> None:
    for day, title in ((NOW - timedelta(days=90), "SimCSE"), (NOW - timedelta(days=1), "BERT"), (NOW, "GPT")):
        with library_at(path, day) as library, library.write("add") as work:
            add(work, title)
    moment = (NOW - timedelta(days=30)).isoformat()
    with library_at(path) as library:
        undo(library)
        assert library.history.entries_before(moment) == 1
        with library.write("log") as work:
            assert work.forget(moment) == 1
            assert work.forget(moment) == 0
        assert not library.history.is_in_log(1)
        assert len(library.history.log(None)[0]) == 3
        redo(library)
        undo(library, 9)
        assert library.views.keys() == ["simcse"], "what is forgotten stays as it is"
        assert library.history.to_undo(1) == []
        with library.write("log") as work:
            assert work.forget("2099-01-01") == 6
        assert library.history.log(None) == ([], 0)
        with library.write("add") as work:
            add(work, "T5")
        assert last_entry(path) == 8, "numbers of entries are not given again"
