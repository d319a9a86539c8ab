"""A new library is what the migrations make, though none of them is run; and it is made whole or not at all."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from readlist.db.migrate import migrate, schema
from readlist.db.new import FILE, create, in_memory
from tests.db.libraries import dump_file, library_at, make, titles


def test_the_file_is_what_the_migrations_make() -> None:
    """After a change of the migrations `make schema` writes it anew."""
    assert FILE.read_text(encoding="utf-8").split() == schema().split()


def test_it_is_the_library_that_the_migrations_make(tmp_path: Path) -> None:
    create(tmp_path / "new.db")
    migrate(tmp_path / "migrated.db", "0")
    assert [line.split() for line in dump_file(tmp_path / "new.db")] == [
        line.split() for line in dump_file(tmp_path / "migrated.db")
    ]
    with closing(in_memory()) as memory, closing(sqlite3.connect(tmp_path / "new.db")) as there:
        asked = "select type, name, tbl_name, sql from sqlite_master order by name"
        assert memory.execute(asked).fetchall() == there.execute(asked).fetchall()


def test_what_is_there_stays(tmp_path: Path) -> None:
    make(tmp_path / "readlist.db", "One")
    create(tmp_path / "readlist.db")
    assert titles(tmp_path / "readlist.db") == ["One"]


def test_several_make_it_at_once(tmp_path: Path) -> None:
    path = tmp_path / "home" / "readlist.db"
    code = "import sys; from pathlib import Path; from readlist.db.new import create; create(Path(sys.argv[1]))"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for process in running:
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (0, "")
    with library_at(path) as library:
        assert library.views.keys() == []


def test_a_break_within_leaves_nothing(tmp_path: Path) -> None:
    """Killed after its first tables, it is as if it had not begun, and the next command makes it."""
    path = tmp_path / "readlist.db"
    code = """
import functools, os, sqlite3, sys
from pathlib import Path
from readlist.db.new import create
class Broken(sqlite3.Connection):
    left = int(sys.argv[2])
    def execute(self, *asked):
        Broken.left -= 1
        if not Broken.left:
            os._exit(9)
        return super().execute(*asked)
sqlite3.connect = functools.partial(sqlite3.connect, factory=Broken)
create(Path(sys.argv[1]))
"""
    for statements in (8, 20, 60):
        done = subprocess.run([sys.executable, "-c", code, str(path), str(statements)], check=False, timeout=60)
        assert done.returncode == 9
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("select count(*) from sqlite_master").fetchone() == (0,)
    make(path, "One")
    assert titles(path) == ["One"]
