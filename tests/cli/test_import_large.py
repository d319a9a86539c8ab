"""Large bibliographies: read and taken in piece by piece, with what was broken off gone on with."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from readlist.services.pages_in import STREAMED
from tests.conftest import Rl

PAPERS = 4500  # more than two units of work


def paper(number: int) -> dict[str, object]:
    return {
        "title": f"On thing number {number} 关于事物{number}",
        "authors": [f"Ann Author{number % 97}", "李沐"],
        "year": 1990 + number % 36,
        "venue": "EMNLP",
        "doi": f"10.1000/{number}",
        "abstract": f"word{number} " + "lorem ipsum dolor sit amet " * 35,
    }


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("large") / "papers.jsonl"
    file.write_text("".join(json.dumps(paper(n), ensure_ascii=False) + "\n" for n in range(PAPERS)), encoding="utf-8")
    assert file.stat().st_size > STREAMED
    return file


def count(home: Path, table: str) -> int:
    with closing(sqlite3.connect(home / "readlist.db")) as connection:
        (number,) = connection.execute(f"select count(*) from {table}").fetchone()
        return int(number)


def home_of(path: Path) -> dict[str, str]:
    return {"RL_HOME": str(path)}


def test_a_large_file_is_taken_in_once(rl: Rl, large: Path, tmp_path: Path) -> None:
    env = home_of(tmp_path / "a")
    first = rl("import", str(large), "--json", env=env)
    assert first.code == 0, first
    data = first.json()["data"]
    assert (data["created"], data["merged"], data["unchanged"]) == (PAPERS, 0, 0)
    assert data["papers"] == list(range(1, PAPERS + 1))
    assert data["files"][0]["lines"]["papers"] == PAPERS
    again = rl("import", str(large), "--json", "--yes", env=env)
    assert again.json()["data"]["unchanged"] == PAPERS, again.json()["data"]
    assert (count(tmp_path / "a", "papers"), count(tmp_path / "a", "imports")) == (PAPERS, 0)
    assert "On thing number 4321" in rl("search", "word4321", env=env).out
    undone = rl("undo", "--yes", env=env)
    assert undone.code == 0, undone
    assert count(tmp_path / "a", "papers") == 0
    assert rl("search", "word4321", env=env).out == ""
    assert rl("redo", "--yes", env=env).code == 0
    assert count(tmp_path / "a", "papers") == PAPERS
    assert "On thing number 4321" in rl("search", "word4321", env=env).out


def test_nothing_is_kept_of_a_dry_run(rl: Rl, large: Path, tmp_path: Path) -> None:
    env = home_of(tmp_path / "a")
    tried = rl("import", str(large), "--dry-run", "--json", env=env)
    assert (tried.code, tried.json()["data"]["created"]) == (0, PAPERS), tried
    assert count(tmp_path / "a", "papers") == 0


def test_an_import_that_broke_off_goes_on_where_it_was(rl: Rl, large: Path, tmp_path: Path) -> None:
    whole = large.read_bytes()
    at = len(whole) * 3 // 4
    broken = tmp_path / "papers.jsonl"
    broken.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
    env, home = home_of(tmp_path / "a"), tmp_path / "a"
    failed = rl("import", str(broken), env=env)
    assert failed.code == 5 and "not UTF-8" in failed.err, failed
    taken = count(home, "papers")
    assert 0 < taken < PAPERS and count(home, "imports") == 1
    broken.write_bytes(whole)
    rest = rl("import", str(broken), "--json", "--yes", env=env)
    assert (rest.code, rest.json()["data"]["created"]) == (0, PAPERS - taken), rest
    assert (count(home, "papers"), count(home, "imports")) == (PAPERS, 0)


def test_what_was_taken_back_is_taken_in_again(rl: Rl, large: Path, tmp_path: Path) -> None:
    whole = large.read_bytes()
    at = len(whole) * 3 // 4
    broken = tmp_path / "papers.jsonl"
    broken.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
    env, home = home_of(tmp_path / "a"), tmp_path / "a"
    rl("import", str(broken), env=env)
    assert rl("undo", "--yes", env=env).code == 0
    assert (count(home, "papers"), count(home, "imports")) == (0, 0)
    broken.write_bytes(whole)
    assert rl("import", str(broken), "--json", "--yes", env=env).json()["data"]["created"] == PAPERS


def test_strict_takes_nothing_of_a_broken_file(rl: Rl, large: Path, tmp_path: Path) -> None:
    broken = tmp_path / "papers.jsonl"
    broken.write_bytes(large.read_bytes() + b'{"title": \n')
    env = home_of(tmp_path / "a")
    refused = rl("import", str(broken), "--strict", env=env)
    assert refused.code == 5, refused
    assert not (tmp_path / "a" / "readlist.db").exists() or count(tmp_path / "a", "papers") == 0
    taken = rl("import", str(broken), "--json", env=env)
    assert (taken.code, taken.json()["data"]["created"]) == (5, PAPERS), taken


def test_of_two_entries_on_one_paper_the_first_holds_however_far_they_are_apart(
    rl: Rl, large: Path, tmp_path: Path
) -> None:
    twice = tmp_path / "twice.jsonl"
    other = {**paper(7), "year": 1800, "abstract": "another text", "venue": "ACL"}
    twice.write_bytes(large.read_bytes() + json.dumps(other).encode() + b"\n")
    env = home_of(tmp_path / "a")
    first = rl("import", str(twice), "--json", env=env).json()["data"]
    assert (first["created"], first["merged"]) == (PAPERS, 0)
    shown = rl("show", "8", "--json", env=env).json()["data"]["paper"]
    assert (shown["year"], shown["venue"]) == (1997, "EMNLP")
    again = rl("import", str(twice), "--json", "--yes", env=env).json()["data"]
    assert (again["merged"], again["unchanged"]) == (0, PAPERS)
