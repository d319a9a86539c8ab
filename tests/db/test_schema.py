"""The migrations make exactly the tables that the program works with."""

import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from readlist.db.connect import HEAD, REVISIONS, open_writing
from readlist.db.migrate import migrate, scripts
from readlist.db.schema import metadata
from tests.db.libraries import dump_file, library_at, make


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("migrated") / "readlist.db"
    migrate(path, "0")
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("described") / "readlist.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def _master(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, bool]]:
    rows = connection.execute("select type, name, tbl_name, sql from sqlite_master").fetchall()
    return {
        (kind, name): (table, "AUTOINCREMENT" in (sql or ""))
        for kind, name, table, sql in rows
        if table not in ("alembic_version", "sqlite_sequence") and not name.startswith("fulltext")
    }


def test_the_migrations_and_the_description_name_the_same_tables_and_indexes(
    migrated: sqlite3.Connection, described: sqlite3.Connection
) -> None:
    assert _master(migrated) == _master(described)


@pytest.mark.parametrize("table", sorted(metadata.tables))
@pytest.mark.parametrize("pragma", ["table_info", "foreign_key_list"])
def test_columns_and_references_are_the_same(
    table: str, pragma: str, migrated: sqlite3.Connection, described: sqlite3.Connection
) -> None:
    def look(connection: sqlite3.Connection) -> list[Any]:
        rows = connection.execute(f"pragma {pragma}({table})").fetchall()
        return sorted(map(str, (row[2:] if pragma == "foreign_key_list" else row for row in rows)))

    assert look(migrated) == look(described)


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_indexes_are_the_same_with_their_order_and_condition(
    table: str, migrated: sqlite3.Connection, described: sqlite3.Connection
) -> None:
    def look(connection: sqlite3.Connection) -> set[Any]:
        found = set()
        for _, name, unique, origin, partial in connection.execute(f"pragma index_list({table})").fetchall():
            columns = tuple(connection.execute(f"pragma index_xinfo({name})").fetchall())
            row = connection.execute("select sql from sqlite_master where name = ?", (name,)).fetchone()
            sql = row[0] if row else None  # a table without rowid is its own index
            found.add((name, unique, origin, partial, columns, re.sub(r"[\"\s]+", "", sql or "").lower()))
        return found

    assert look(migrated) == look(described)


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_what_a_column_may_hold_is_the_same(
    table: str, migrated: sqlite3.Connection, described: sqlite3.Connection
) -> None:
    def checks(connection: sqlite3.Connection) -> list[str]:
        (sql,) = connection.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()
        return sorted(re.findall(r"CHECK \(((?:[^()]|\([^()]*\))*)\)", sql))

    assert checks(migrated) == checks(described)


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts()))
    found = ScriptDirectory.from_config(config)
    assert found.get_heads() == [HEAD]
    assert [script.revision for script in found.walk_revisions()] == list(reversed(REVISIONS))


def test_a_library_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "readlist.db"
    with library_at(path) as library, library.write("add"):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_stands_beside_an_open_library_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "readlist.db"
    with library_at(path) as library:
        with library.write("add"):
            pass
        files = list(path.parent.iterdir())
        assert len(files) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_library_is_written_with_foreign_keys_and_a_write_ahead_log(tmp_path: Path) -> None:
    make(tmp_path / "readlist.db")
    with closing(open_writing(tmp_path / "readlist.db")) as connection:
        assert connection.execute("pragma foreign_keys").fetchone() == (1,)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("insert into summaries values (999, 'x', 'x')")


def test_migrating_a_library_that_is_up_to_date_changes_nothing_and_makes_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "readlist.db"
    make(path, "SimCSE")
    before = dump_file(path)
    assert migrate(path, "20261121") is None
    assert dump_file(path) == before
    assert not (tmp_path / "backups").exists()


def test_a_migrated_library_has_no_dead_references(migrated: sqlite3.Connection) -> None:
    assert migrated.execute("pragma foreign_key_check").fetchall() == []
    assert migrated.execute("pragma integrity_check").fetchone() == ("ok",)
