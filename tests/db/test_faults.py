"""Whatever is wrong with the file, the user gets one sentence and keeps what was there."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from readlist.db.connect import explained
from readlist.errors import DatabaseError, NewerDatabase
from tests.db.libraries import TODAY, add, dump_file, library_at, make, titles

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "readlist.db"


def read(path: Path) -> None:
    with library_at(path) as library:
        library.views.keys()


def write(path: Path) -> None:
    with library_at(path) as library, library.write("add") as work:
        add(work, "a new paper")


both = pytest.mark.parametrize("use", [read, write])


def refused(use: Callable[[Path], None], path: Path) -> DatabaseError:
    """The error of using the library; it is one sentence with a hint, and the file is as it was."""
    before = path.read_bytes()
    with pytest.raises(DatabaseError) as caught:
        use(path)
    assert path.read_bytes() == before
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message + caught.value.hint
    assert caught.value.hint
    assert caught.value.exit_code == 1
    return caught.value


@both
def test_a_newer_library_is_refused_and_left(use: Callable[[Path], None], path: Path) -> None:
    make(path, "SimCSE")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    fault = refused(use, path)
    assert isinstance(fault, NewerDatabase)
    assert "9999" in fault.message


@both
@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize(
    "tables", ["create table songs (title text)", "create table alembic_version (version_num text)"]
)
def test_the_database_of_another_program_is_refused_and_left(
    use: Callable[[Path], None], mode: str, tables: str, path: Path
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma journal_mode = {mode}")
        connection.execute(tables)
        if "alembic" in tables:
            connection.execute("insert into alembic_version values ('ae1027a6acf')")
        connection.commit()
    assert "another program" in refused(use, path).message


@both
@pytest.mark.parametrize("size", [1, 100, 5000])
def test_a_file_of_anything_is_refused_and_left(use: Callable[[Path], None], size: int, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(random.Random(size).randbytes(size))
    assert "not a database" in refused(use, path).message


@both
def test_a_text_file_is_refused_and_left(use: Callable[[Path], None], path: Path) -> None:
    path.parent.mkdir()
    path.write_text("# my reading list\n" * 100)
    assert "not a database" in refused(use, path).message


@pytest.mark.parametrize("pages", [1, 2, 10, 25])
def test_a_truncated_library_is_refused_or_read_and_never_made_worse(pages: int, path: Path) -> None:
    make(path, "SimCSE")
    path.write_bytes(path.read_bytes()[: pages * 4096])
    before = path.read_bytes()
    for use in (read, write):
        with pytest.raises(DatabaseError) as caught:
            use(path)
        assert "damaged" in caught.value.message
        assert path.read_bytes() == before


@both
def test_an_empty_file_is_no_library_yet(use: Callable[[Path], None], path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    use(path)
    assert path.stat().st_size == 0 or titles(path) == ["a new paper"]


def test_reading_where_there_is_no_library_makes_none(path: Path) -> None:
    read(path)
    assert not path.parent.exists()


@both
def test_a_folder_in_its_place_is_refused(use: Callable[[Path], None], path: Path) -> None:
    path.mkdir(parents=True)
    (path / "kept").touch()
    with pytest.raises(DatabaseError, match="cannot open"):
        use(path)
    assert [p.name for p in path.iterdir()] == ["kept"]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DatabaseError):
        write(tmp_path / "file" / "readlist.db")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_library_that_another_one_writes_to_can_be_read_but_not_written(path: Path) -> None:
    make(path, "SimCSE")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("delete from reading")
        with library_at(path) as library:
            assert len(library.views.keys()) == 1
        with pytest.raises(DatabaseError, match="another rl is writing") as caught:
            write(path)
        assert "try again" in caught.value.hint
        other.execute("rollback")
    assert titles(path) == ["SimCSE"]
    write(path)
    assert titles(path) == ["SimCSE", "a new paper"]


def run(code: str, *arguments: str | Path, **more: object) -> subprocess.Popen[str]:
    """A process of its own that has `path`, its first argument, and `library_at` and `add`."""
    opening = (
        "import os, resource, signal, sys\nfrom pathlib import Path\nfrom tests.db.libraries import add, library_at\n"
    )
    opening += "path = Path(sys.argv[1])\n"
    return subprocess.Popen(
        [sys.executable, "-c", opening + textwrap.dedent(code), *map(str, arguments)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_full_disk_is_one_sentence_and_keeps_what_was_there(path: Path) -> None:
    pytest.importorskip("resource", reason="file size limits are of Unix")
    make(path, "SimCSE")
    before = dump_file(path)
    code = """
        from readlist.errors import DatabaseError
        from readlist.domain.metadata import Metadata
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with library_at(path) as library:
            library.views.keys()
            with library.write("warm up"):
                pass
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
            try:
                with library.write("add") as work:
                    for number in range(40):
                        add(work, f"paper {number}", abstract="x" * 100_000)
            except DatabaseError as fault:
                print(fault.message)
    """
    with run(code, path) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert len(out.splitlines()) == 1
    assert str(path) in out
    assert "disk" in out
    assert dump_file(path) == before
    write(path)


def test_a_disk_too_full_to_make_a_library_is_one_sentence_and_no_half_made_one(path: Path) -> None:
    pytest.importorskip("resource", reason="file size limits are of Unix")
    code = """
        import sqlalchemy, alembic.command, readlist.db.migrate, readlist.db.papers, readlist.db.reading
        from readlist.errors import DatabaseError
        sys.dont_write_bytecode = True
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
        for _ in range(2):
            try:
                with library_at(path) as library, library.write("add") as work:
                    add(work, "a new paper")
            except DatabaseError as fault:
                print(fault.message)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        with library_at(path) as library, library.write("add") as work:
            add(work, "a new paper")
    """
    with run(code, path) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert [str(path) in line and "disk" in line for line in out.splitlines()] == [True, True]
    assert titles(path) == ["a new paper"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (sqlite3.OperationalError("database or disk is full"), "is full"),
        (OSError(28, "No space left on device"), "is full"),
        (sqlite3.OperationalError("database is locked"), "another rl"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "may not be written"),
        (OSError(30, "Read-only file system"), "may not be written"),
        (PermissionError(13, "Permission denied"), "permission"),
        (sqlite3.DatabaseError("database disk image is malformed"), "damaged"),
        (sqlite3.OperationalError("disk I/O error"), "disk"),
        (sqlite3.OperationalError("something new"), "something new"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(fault: Exception, said: str) -> None:
    shown = explained(fault, Path("/data/readlist.db"))
    assert said in shown.message
    assert "/data/readlist.db" in shown.message
    assert shown.hint


def test_a_library_in_a_read_only_folder_can_be_read_but_not_written() -> None:
    if not hasattr(os, "getuid"):
        pytest.skip("mode bits are of Unix")
    code = """
        from readlist.errors import DatabaseError
        from tests.db.libraries import make
        make(path.with_name("loads all modules.db"), "x")
        make(path, "SimCSE")
        assert not path.with_name("readlist.db-wal").exists()
        path.chmod(0o444)
        path.parent.chmod(0o555)
        if os.getuid() == 0:  # mode bits do not bind root
            os.setgid(65534)
            os.setuid(65534)
        with library_at(path) as library:
            print(*library.views.keys())
        try:
            with library_at(path) as library, library.write("add") as work:
                add(work, "a new paper")
        except DatabaseError as fault:
            print(fault.message)
    """
    folder = Path(tempfile.mkdtemp())  # pytest's own folders cannot be entered by another user
    try:
        with run(code, folder / "readlist.db") as process:
            out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        shown, sentence = out.splitlines()
        assert shown == "simcse"
        assert "may not be written to" in sentence
        assert titles(folder / "readlist.db") == ["SimCSE"]
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_killed_command_leaves_the_library_as_it_was(path: Path) -> None:
    make(path, "SimCSE")
    before = dump_file(path)
    code = """
        with library_at(path) as library, library.write("add") as work:
            for number in range(300):
                add(work, f"paper {number}", abstract="x" * 10_000)
            print("ready", flush=True)
            sys.stdin.read()
    """
    with run(code, path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert dump_file(path) == before
    write(path)
    assert titles(path) == ["SimCSE", "a new paper"]


def all_at_once(code: str, path: Path, processes: int) -> None:
    """Runs `code` in several processes, which wait for each other before they begin."""
    running = [run(code, path, str(number)) for number in range(processes)]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate()
        for process in running:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in running:
            _, err = process.communicate(timeout=60)
            assert process.returncode == 0, err
    finally:
        for process in running:
            process.kill()
            process.communicate()


WRITING = """
    import sqlalchemy, alembic.command, readlist.db.migrate, readlist.db.papers, readlist.db.reading
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({times}):
        with library_at(path, wait=30) as library:
            library.views.keys()
            with library.write("add") as work:
                add(work, f"paper {{sys.argv[2]}}-{{number}}")
"""


def test_two_processes_that_write_at_once_both_succeed(path: Path) -> None:
    make(path)
    all_at_once(WRITING.format(times=20), path, 2)
    assert sorted(titles(path)) == sorted(f"paper {who}-{number}" for who in range(2) for number in range(20))


@pytest.mark.parametrize("attempt", range(2))
def test_processes_that_make_the_library_at_once_all_succeed(path: Path, attempt: int) -> None:
    all_at_once(WRITING.format(times=1), path, 3)
    assert sorted(titles(path)) == ["paper 0-0", "paper 1-0", "paper 2-0"]
    with library_at(path) as library:
        assert len(library.views.papers([1, 2, 3], TODAY)) == 3
