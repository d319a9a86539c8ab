"""`rl backup` and `rl restore`: whole copies, and nothing lost by putting one back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Rl


def papers(rl: Rl) -> list[str]:
    return [it["title"] for it in rl("list", "--json", check=True).json()["data"]["papers"]]


@pytest.fixture
def copy(rl: Rl, tmp_path: Path) -> Path:
    """A copy of a library with one paper, to which another was added since."""
    rl("add", "--title", "The first paper 第一篇", "--note", "n", "--no-fetch", check=True)
    path = tmp_path / "safe" / "copy.db"
    rl("backup", path, check=True)
    rl("add", "--title", "The second paper", "--no-fetch", check=True)
    return path


def test_a_copy_is_whole_and_is_put_back(rl: Rl, copy: Path, own_home: Path) -> None:
    assert copy.stat().st_mode & 0o777 == 0o600
    assert len(papers(rl)) == 2
    done = rl("restore", copy, "--yes", "--json", check=True).json()["data"]
    assert papers(rl) == ["The first paper 第一篇"]
    assert rl("show", "1", check=True).out.count("n") > 0
    # What there was before is kept, and is put back in the same way.
    rl("restore", done["kept"], "--yes", check=True)
    assert len(papers(rl)) == 2
    rl("undo", check=True)
    assert papers(rl) == ["The first paper 第一篇"]


def test_without_a_name_copies_stand_beside_the_library(rl: Rl, copy: Path, own_home: Path) -> None:
    paths = [Path(rl("backup", check=True).out.strip()) for _ in range(2)]
    assert len(set(paths)) == 2
    assert all(path.parent == own_home / "readlist" / "backups" and path.is_file() for path in paths)


def test_a_copy_is_made_while_somebody_writes(rl: Rl, copy: Path, own_home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(own_home / "readlist" / "readlist.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("update papers set title = 'half done'")
        rl("backup", tmp_path / "meanwhile.db", check=True)
        other.execute("rollback")
    rl("restore", tmp_path / "meanwhile.db", "--yes", check=True)
    assert "half done" not in papers(rl)


def test_a_restore_asks_first_and_needs_a_library(rl: Rl, copy: Path, tmp_path: Path) -> None:
    refused = rl("restore", copy)
    assert refused.code == 2 and "--yes" in refused.err
    (tmp_path / "text.db").write_text("no database at all " * 100)
    (tmp_path / "empty.db").write_bytes(b"")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("create table papers (id)")
    damaged = bytearray(copy.read_bytes())
    damaged[5000:9000] = b"\xff" * 4000
    (tmp_path / "damaged.db").write_bytes(damaged)
    for name, code in [("text.db", 1), ("empty.db", 1), ("other.db", 1), ("damaged.db", 1), ("none.db", 5), (".", 5)]:
        done = rl("restore", tmp_path / name, "--yes")
        assert done.code == code, (name, done.err)
        assert len(papers(rl)) == 2, name


@pytest.mark.parametrize("how", ["page", "header", "text"])
def test_a_copy_takes_the_place_of_a_damaged_library(rl: Rl, copy: Path, own_home: Path, how: str) -> None:
    library = own_home / "readlist" / "readlist.db"
    with closing(sqlite3.connect(library)) as last:  # all of it is in the one file
        last.execute("pragma wal_checkpoint(truncate)")
    whole = library.read_bytes()
    middle = len(whole) // 2
    damages = {
        "page": whole[:middle] + b"\xff" * 4096 + whole[middle + 4096 :],
        "header": b"\0" * 100 + whole[100:],
        "text": b"no " * 900,
    }
    library.write_bytes(damages[how])
    backups = library.parent / "backups"

    refused = rl("backup")
    assert refused.code == 1 and "damaged" in refused.err
    assert not list(backups.glob("*.db*")), "a copy of what is damaged helps nobody"

    unasked = rl("restore", copy)
    assert unasked.code == 2 and "in the place of the damaged library" in unasked.err
    assert library.read_bytes() == damages[how]

    done = rl("restore", copy, "--yes", "--json", check=True)
    assert "the damaged one is " in done.err
    assert papers(rl) == ["The first paper 第一篇"]
    kept = Path(done.json()["data"]["kept"])
    assert kept.parent == backups and kept.read_bytes() == damages[how]
    assert library.stat().st_mode & 0o777 == 0o600
    rl("add", "--title", "The third paper", "--no-fetch", check=True)
    assert len(papers(rl)) == 2


def test_a_copy_is_one_file(rl: Rl, copy: Path) -> None:
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_what_is_no_copy_is_told_with_what_to_name_instead(rl: Rl, copy: Path, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all " * 100)
    for name, said in [("text.db", "not a database"), ("nothing.db", "is not there"), (".", "is a folder")]:
        refused = rl("restore", tmp_path / name, "--yes")
        assert said in refused.err and "name a copy that `rl backup` made" in refused.err, refused.err


def test_no_file_is_overwritten(rl: Rl, copy: Path) -> None:
    before = copy.read_bytes()
    assert rl("backup", copy).code == 1
    assert copy.read_bytes() == before


def test_where_there_is_no_library_there_is_nothing_to_copy(rl: Rl, own_home: Path) -> None:
    assert rl("backup").code == 3
    assert not (own_home / "readlist").exists()


def test_a_copy_makes_a_library_where_there_is_none(rl: Rl, copy: Path, tmp_path: Path) -> None:
    elsewhere = {"RL_HOME": str(tmp_path / "new")}
    done = rl("restore", copy, env=elsewhere, check=True)
    assert "1 paper" in done.err
    assert len(rl("list", "--json", env=elsewhere, check=True).json()["data"]["papers"]) == 1
