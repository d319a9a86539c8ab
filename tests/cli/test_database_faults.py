"""A library that cannot be opened, read or written: one sentence, a hint, exit 1, and nothing is changed."""

import contextlib
import os
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.helpers import assert_explained, papers
from tests.conftest import Rl

READS = ("list", "todo", "show 12", "topic list", "report")
WRITES = ("note 12 text", "mark-read 12 --pass 1", "add --title X --no-fetch", "tag add t 12")


def hinted(result_err: str) -> None:
    assert re.search(r"^    \S", result_err, re.MULTILINE), f"no hint: {result_err}"


def test_another_process_is_writing(rl: Rl, example: Path) -> None:
    """Reading goes on while another one writes."""
    with contextlib.closing(sqlite3.connect(example / "readlist.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        for line in READS:
            assert rl(*line.split()).code == 0, f"rl {line} waits for a writer"
    assert rl(*WRITES[0].split()).code == 0


@pytest.mark.parametrize("how", ["garbage", "cut", "header"])
def test_a_damaged_library(rl: Rl, example: Path, how: str) -> None:
    file = example / "readlist.db"
    whole = file.read_bytes()
    if how == "garbage":
        file.write_bytes(b"this is no database, " * 500)
    elif how == "cut":
        file.write_bytes(whole[: len(whole) // 3])
    else:
        file.write_bytes(b"\0" * 100 + whole[100:])
    damaged = file.read_bytes()
    for line in (*READS[:2], *WRITES[:2]):
        result = rl(*line.split())
        assert "Traceback" not in result.err and result.code != 70, f"rl {line}: {result.err}"
        if result.code:
            assert_explained(result, 1, "damaged|not a database")
            hinted(result.err)
            document = rl(*line.split(), "--json").json()
            assert document["errors"][0]["code"] == "database"
        else:
            assert how == "cut" and line in READS, f"rl {line} did not notice that the library is damaged"
    assert file.read_bytes() == damaged, "a damaged library is left as it is"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_library_that_may_not_be_written_to(rl: Rl, example: Path) -> None:
    (example / "readlist.db").chmod(0o400)
    example.chmod(0o500)
    try:
        assert rl("list").code == 0
        assert_explained(rl(*WRITES[0].split()), 1, "may not be written to|no permission")
    finally:
        example.chmod(0o700)


def test_the_home_is_a_file(rl: Rl, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        result = rl("--home", home, "add", "--title", "X", "--no-fetch")
        assert result.code in (1, 2) and "Traceback" not in result.err, result.err
        assert rl("--home", home, "list").code in (0, 1, 2)


def test_a_bare_path_as_library(rl: Rl, example: Path, tmp_path: Path) -> None:
    shutil.copy(example / "readlist.db", tmp_path / "mine.db")
    for url in ("mine.db", str(tmp_path / "mine.db"), f"sqlite:///{tmp_path / 'mine.db'}"):
        env = {"RL_DATABASE_URL": url, "RL_HOME": str(tmp_path / "elsewhere")}
        assert rl("list", "--json", env=env).json()["data"]["total"] == len(papers(rl)), url


def test_killed_at_the_first_start(rl: Rl, own_home: Path) -> None:
    """What a kill leaves, an empty file, is no library yet."""
    (own_home / "readlist").mkdir()
    (own_home / "readlist" / "readlist.db").touch()
    assert rl("list").code == 0
    rl("add", "--title", "X Paper", "--no-fetch", check=True)
    assert len(papers(rl)) == 1
