"""The full-text index says what the tables say, whatever was done, taken back and done again."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.fulltext import matching, rebuild
from tests.db.libraries import add, library_at, make, titles
from tests.db.operations import OPERATIONS, perform


def words_of(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Every word of the index, with the column and the paper that it is of."""
    connection.execute("drop table if exists temp.words")
    connection.execute("create virtual table temp.words using fts5vocab(main, fulltext, instance)")
    found = connection.execute("select term, doc, col, count(*) from temp.words group by 1, 2, 3 order by 1, 2, 3")
    return found.fetchall()


def look_at_index(path: Path) -> None:
    """The index has the very words that one made anew from the tables has."""
    connection = sqlite3.connect(path)
    kept = words_of(connection)
    connection.execute("insert into fulltext (fulltext) values ('integrity-check')")
    rebuild(connection)
    made = words_of(connection)
    connection.rollback()
    connection.close()
    assert kept == made


def found(path: Path, text: str) -> list[str]:
    """The titles of the papers that have the words of `text`."""
    condition, values = matching(text)
    with sqlite3.connect(path) as connection:
        sql = f"select p.title from papers p where {condition} order by p.id"
        return [title for (title,) in connection.execute(sql, values)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "readlist.db"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "readlist.db"
    make(path)
    return path


@given(st.lists(st.lists(st.lists(OPERATIONS, max_size=8), min_size=1, max_size=3), max_size=4))
def test_after_any_commands_undo_and_redo_the_index_is_as_made_anew(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, commands: list[list[list[tuple[Any, ...]]]]
) -> None:
    path = tmp_path_factory.mktemp("index") / "readlist.db"
    shutil.copy(empty, path)
    with library_at(path) as library:
        for number, units in enumerate(commands):
            for operations in units:
                with library.write(f"command {number}") as work:
                    for operation in operations:
                        perform(work, operation)
            look_at_index(path)
        for command, following in (("undo", library.history.to_undo), ("redo", library.history.to_redo)):
            while entries := following(1):
                with library.write(command) as work:
                    work.take_back(entries[0].id)
                look_at_index(path)


def test_a_unit_larger_than_what_it_keeps_in_memory(path: Path) -> None:
    """Thousands of papers and a name of them all, changed in one transaction, and taken back."""
    with library_at(path) as library:
        with library.write("import") as work:
            for number in range(6_000):
                work.tags.attach(add(work, f"Paper number {number}", None), "old")
        with library.write("rename") as work:
            tag = work.tags.find("old")
            assert tag is not None
            work.tags.rename(tag, "new")
        assert found(path, "old") == []
        assert len(found(path, "new")) == 6_000
        assert found(path, "number 17") == [t for t in titles(path) if t.startswith("Paper number 17")]
        look_at_index(path)
        with library.write("undo") as work:
            for entry in library.history.to_undo(2):
                work.take_back(entry.id)
        assert found(path, "new") == found(path, "number") == []
        look_at_index(path)


def test_every_kind_of_text_is_found_and_no_longer_once_it_is_gone(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper = add(
                work, "A title", authors=("Søren Gaard",), abstract="Abstractly spoken", tldr="Briefly",
                venue="Our Workshop",
            )  # fmt: skip
            work.tags.attach(paper, "survey")
            topic = work.topics.ensure(("NLP", "句子表征"))
            work.topics.attach(paper, topic)
            work.reading.note("noted", paper_id=paper)
            work.reading.summarise(paper, "summed up")
        texts = (
            "title", "soren gaard", "abstractly", "briefly", "workshop", "survey", "nlp", "表征", "noted", "summed",
        )  # fmt: skip
        assert [text for text in texts if found(path, text) != ["A title"]] == []
        with library.write("remove") as work:
            work.papers.remove(paper)
        assert [text for text in texts if found(path, text)] == []
        look_at_index(path)


def test_a_name_above_a_topic_that_is_renamed_or_moved(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            work.topics.attach(add(work, "A paper"), work.topics.ensure(("language", "sentences", "embeddings")))
            work.topics.ensure(("images",))
        with library.write("rename") as work:
            by_name = {topic.name: topic for topic in work.topics.forest().topics}
            work.topics.rename(by_name["language"], "speech")
            work.topics.move(by_name["sentences"], by_name["images"])
    assert found(path, "images embeddings") == ["A paper"]
    assert found(path, "language") == found(path, "speech") == []
    look_at_index(path)


def test_a_change_of_rank_or_status_leaves_the_index_alone(path: Path) -> None:
    with library_at(path) as library:
        with library.write("add") as work:
            paper = add(work, "A paper")
        with sqlite3.connect(path) as connection:
            before = connection.execute("select * from fulltext_data order by id").fetchall()
        with library.write("read") as work:
            work.reading.finish(paper, 2, None, 20)
            work.reading.set(paper, priority="high")
        with sqlite3.connect(path) as connection:
            assert connection.execute("select * from fulltext_data order by id").fetchall() == before
