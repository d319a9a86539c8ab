"""A library of an older rl is copied, then brought up to date with everything in it; a failure leaves it as it was."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from readlist.db.connect import HEAD
from readlist.db.migrate import scripts
from readlist.domain.query import Filter
from readlist.errors import DatabaseError
from tests.db.libraries import NOW, TODAY, add, dump_file, library_at
from tests.db.test_faults import all_at_once, run

ROWS = {
    "venues": "(1, 'EMNLP')",
    "venue_aliases": "('emnlp2021', 'EMNLP 2021', 1)",
    "papers": "(7, 'gao2021simcse', 'paper', '句子 SimCSE', '句子simcse', 2021, '2021-04-18', 1, '', 9, 4, 0, '2026')",
    "authors": "(3, 'Tianyu Gao')",
    "paper_authors": "(7, 0, 3)",
    "identifiers": "('arxiv', '2104.08821', 7)",
    "texts": "(7, 'abstract', 'in short')",
    "links": "(2, 7, 'code', 'https://a.example', '')",
    "observations": "(7, 'page', '2026-11-20', 9, NULL)",
    "field_sources": "(7, 'title', 'page', '2026-11-20T09:30:00+08:00')",
    "fetches": "(7, 'arxiv', 'owed', '2026-11-20T09:30:00+08:00')",
    "reading": "(7, 'done', NULL, 'normal', NULL, NULL, NULL, '2026-11-20T09:30:00+08:00', 0, 1.5)",
    "passes": "(5, 7, 1, NULL, '2026-11-20', 20, 4)",
    "topics": "(4, NULL, 'NLP')",
    "topic_aliases": "(4, 'language')",
    "paper_topics": "(4, 7)",
    "tags": "(6, 'survey')",
    "paper_tags": "(6, 7)",
    "notes": "(8, 7, NULL, 5, 1, 'a note', '2026-11-20', 'page.md', 'a note')",
    "summaries": "(7, 'a summary', '2026-11-20')",
}


def made_at(path: Path, revision: str) -> None:
    """A library without anything in it, as an rl made it that knew no later revision."""
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    config = Config()
    config.set_main_option("script_location", str(scripts()))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("select 1")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library as the first rl made it, with a row in every table, and an id that was given and is gone."""
    path = tmp_path / "data" / "readlist.db"
    made_at(path, "0001")
    with closing(sqlite3.connect(path)) as plain:
        for table, row in ROWS.items():
            plain.execute(f"insert into {table} values {row}")
        plain.execute("insert into papers values (9, 'gone', 'paper', 'x', 'x', 1, '', 1, '', 1, 1, 0, '')")
        plain.execute("delete from papers where id = 9")
        plain.commit()
        tables = {name for (name,) in plain.execute("select name from sqlite_master where type = 'table'")}
    assert tables - {"alembic_version", "sqlite_sequence"} == set(ROWS)
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"select * from {table}").fetchall() for table in (*ROWS, "sqlite_sequence")}


def revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return str(connection.execute("select version_num from alembic_version").fetchone()[0])


def backups(path: Path) -> list[Path]:
    folder = path.parent / "backups"
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize("first", ["read", "write"])
def test_an_old_library_is_copied_and_brought_up_to_date(path: Path, first: str) -> None:
    before, content = rows(path), dump_file(path)
    told: list[str] = []
    with library_at(path, told=told.append) as library:
        if first == "read":
            assert library.views.paper(7, TODAY).title == "句子 SimCSE"
        else:
            with library.write("look"):
                pass
            # This row was written by hand, with a rank that no rl would give it.
            before["reading"] = [(*row[:-1], ranks(path)[7]) for row in before["reading"]]
    assert revision(path) == HEAD
    assert rows(path) == before
    (copy,) = backups(path)
    assert copy.name == f"readlist-0001-{NOW:%Y%m%d%H%M%S}.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert revision(copy) == "0001"
    assert dump_file(copy) == content
    assert [str(copy) in text for text in told] == [True]


def test_what_an_old_library_holds_is_worked_with_as_before(path: Path) -> None:
    with library_at(path) as library:
        paper = library.views.paper(7, TODAY)
        assert (paper.key, paper.venue, paper.topics, paper.tags) == ("gao2021simcse", "EMNLP", ("NLP",), ("survey",))
        with library.write("look"):
            pass
        state = sorted(dump_file(path))
        with library.write("remove") as work:
            work.papers.remove(7)
            assert add(work, "BERT") == 10, "an id that was given before is not given again"
        with library.write("undo") as work:
            work.take_back(1)
    assert sorted(dump_file(path)) == state


def ranks(path: Path) -> dict[int, float]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("select paper_id, rank from reading").fetchall())


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A library of the second rl, with a log: three papers added, a count two months later, a pass begun, finished
    with a due date set, and a paper removed. The rows are those that it wrote."""
    path = tmp_path / "second" / "readlist.db"
    made_at(path, "0002")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name("library_0002.sql").read_text(encoding="utf-8"))
        connection.commit()
    return path


def test_the_queue_of_a_library_without_weights_is_right_before_anything_is_written(second: Path) -> None:
    old = ranks(second)
    with library_at(second) as library:
        page = library.views.select(Filter(), "urgency", None, TODAY, queue=True)
        assert [(p.title, [why for why, _ in p.urgency.terms]) for p in page.papers if p.urgency] == [
            ("BERT", ["pass 2 is next", "81 days on the list", "due in 10 days"]),
            ("句子 SimCSE", ["high priority", "161 citations", "30 new citations a month", "81 days on the list"]),
        ][::-1]
        assert ranks(second) == old
        with library.write("look"):
            pass
        assert library.views.unsettled() == []
        assert ranks(second)[1] == pytest.approx(old[1] + 1.5), "it is told how fast its citations grow"
        assert library.views.select(Filter(), "urgency", None, TODAY, queue=True) == page
        assert library.history.log(None)[1] == 5, "nothing that a command did"


def test_what_an_old_rl_did_is_taken_back_and_done_again(second: Path) -> None:
    with library_at(second) as library:
        with library.write("look"):
            pass
        state = sorted(dump_file(second))
        with library.write("undo") as work:
            for entry in library.history.to_undo(5):
                work.take_back(entry.id)
        assert library.views.keys() == []
        with library.write("redo") as work:
            for entry in library.history.to_redo(5):
                work.take_back(entry.id)
        assert library.views.unsettled() == []
    assert sorted(dump_file(second)) == state


def test_a_second_copy_never_replaces_the_first(path: Path) -> None:
    old = path.read_bytes()
    for title in ("first", "second"):
        path.write_bytes(old)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("update papers set title = ?", (title,))
            connection.commit()
        with library_at(path) as library:
            library.views.keys()
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
    assert [rows(copy)["papers"][0][3] for copy in backups(path)] == ["second", "first"]


@pytest.mark.parametrize(
    "sql", ["create table log_papers (x)", "update paper_tags set tag_id = 99"], ids=["in the middle", "in the end"]
)
def test_a_library_that_cannot_be_brought_up_to_date_is_left(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()
    before = dump_file(path)
    for _ in range(2):
        with library_at(path) as library, pytest.raises(DatabaseError):
            library.views.keys()
        assert dump_file(path) == before
        assert revision(path) == "0001"
        assert backups(path) == [], "attempts that fail do not fill the disk with copies"


def test_where_there_is_no_room_for_a_copy_the_library_is_left(path: Path) -> None:
    pytest.importorskip("resource", reason="file size limits are of Unix")
    before = dump_file(path)
    code = """
        import sqlalchemy, alembic.command, readlist.db.migrate
        from readlist.errors import DatabaseError
        sys.dont_write_bytecode = True
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            with library_at(path) as library:
                library.views.keys()
        except DatabaseError as fault:
            print(fault.message)
    """
    with run(code, path) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "disk" in out and "backups" in out
    assert dump_file(path) == before
    assert revision(path) == "0001"
    assert backups(path) == [], "what is half copied is no copy"


def test_without_a_folder_for_the_copy_the_library_is_left(path: Path) -> None:
    (path.parent / "backups").write_text("a file in its place")
    before = dump_file(path)
    with library_at(path) as library, pytest.raises(DatabaseError, match="backups"):
        library.views.keys()
    assert dump_file(path) == before
    assert revision(path) == "0001"


UPGRADING = """
    import sqlalchemy, alembic.command, readlist.db.migrate, readlist.db.papers, readlist.db.reading
    print("ready", flush=True)
    sys.stdin.readline()
    with library_at(path, wait=30) as library:
        assert library.views.id_of_key("gao2021simcse") == 7
        with library.write("add") as work:
            add(work, f"paper {sys.argv[2]}")
"""


@pytest.mark.parametrize("attempt", range(2))
def test_processes_that_bring_it_up_to_date_at_once_all_succeed(path: Path, attempt: int) -> None:
    content = dump_file(path)
    all_at_once(UPGRADING, path, 3)
    assert revision(path) == HEAD
    (copy,) = backups(path)
    assert dump_file(copy) == content, "the copy is of the library before anything was done to it"
    with library_at(path) as library:
        assert sorted(title for _, _, title in library.views.names([7, 10, 11, 12])) == [
            "paper 0", "paper 1", "paper 2", "句子 SimCSE",
        ]  # fmt: skip
        assert len(library.history.log(None)[0]) == 3
