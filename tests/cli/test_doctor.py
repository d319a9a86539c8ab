"""`rl doctor`: what is wrong is told with the command that mends it, and nothing is changed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from readlist.cli.reference import adapter
from readlist.cli.shapes import DATA
from tests.cli.helpers import Screen, assert_explained
from tests.conftest import Rl

SIMCSE = "SimCSE: Simple Contrastive Learning of Sentence Embeddings"


def checks(rl: Rl, **options: Any) -> dict[str, dict[str, Any]]:
    """What `rl doctor` says, by the name of the check."""
    data = rl("doctor", "--json", check=True, **options).json()["data"]
    adapter(DATA["doctor"], closed=True).validate_python(data)
    return {it["name"]: it for it in data["checks"]}


def pairs(rl: Rl, *options: str) -> list[dict[str, Any]]:
    data = rl("doctor", "--duplicates", "--json", *options, check=True).json()["data"]
    adapter(DATA["doctor"], closed=True).validate_python(data)
    found: list[dict[str, Any]] = data["duplicates"]
    return found


def add(rl: Rl, *titles: str) -> None:
    """Papers known by their title only, as a quick note of one makes them."""
    for title in titles:
        rl("add", "--title", title, "--no-fetch", check=True)


def test_an_empty_library_is_in_order(rl: Rl, own_home: Path) -> None:
    found = checks(rl)
    assert {it["state"] for it in found.values()} == {"ok"}
    assert not (own_home / "readlist").exists(), "looking makes no library"


def test_each_line_names_what_mends_it(rl: Rl, example: Path) -> None:
    add(rl, SIMCSE + " (EMNLP)")
    lines = [line.split("\t") for line in rl("doctor", check=True).out.splitlines()]
    assert {name: remedy for name, _, _, remedy in lines if remedy} == {
        "duplicates": "rl doctor --duplicates",
        "fetching": "rl refresh --pending",
        "identifiers": "rl refresh --resolve",
    }
    assert {name: state for name, state, _, _ in lines if state == "ok"}.keys() == {
        "database",
        "queue",
        "search",
        "counts",
    }


def test_looking_changes_nothing(rl: Rl, example: Path) -> None:
    before = (example / "readlist.db").read_bytes()
    rl("doctor", check=True)
    rl("doctor", "--duplicates", check=True)
    assert (example / "readlist.db").read_bytes() == before


def test_counts_that_were_not_asked_for_lately_are_old(rl: Rl, example: Path) -> None:
    with closing(sqlite3.connect(example / "readlist.db")) as connection, connection:
        connection.execute("update fetches set state = 'found'")
    assert checks(rl)["counts"]["state"] == "ok"
    later = checks(rl, env={"RL_TODAY": "2026-12-25"})["counts"]
    assert later["state"] == "see" and later["remedy"] == "rl refresh --stale 30d"
    with closing(sqlite3.connect(example / "readlist.db")) as connection:
        fetched = connection.execute("select paper_id from fetches where source = 'semantic-scholar' order by 1")
        assert later["papers"] == [i for (i,) in fetched]


def test_a_paper_out_of_step_is_told_and_left(rl: Rl, example: Path) -> None:
    with closing(sqlite3.connect(example / "readlist.db")) as connection, connection:
        connection.execute("update reading set status = 'done' where paper_id = 12 and status <> 'done'")
        connection.execute("update papers set citations = 123456789 where id = 12")
    found = checks(rl)["queue"]
    assert found["state"] == "see" and found["papers"] == [12] and "#12" in found["text"]
    assert found["remedy"] == "rl doctor --fix"


def test_what_is_out_of_step_is_made_anew_and_nothing_else(rl: Rl, example: Path) -> None:
    before = rl("export", "--format", "json", "--log", "none", check=True).out
    rank = "select rank from reading where paper_id = 12"
    with closing(sqlite3.connect(example / "readlist.db")) as connection, connection:
        ((right,),) = connection.execute(rank)
        connection.execute("update reading set status = 'done', queued = 1 - queued, rank = 99 where paper_id = 12")
        connection.execute("update papers set citations = 123456789 where id = 12")
        connection.execute("insert into fulltext (fulltext) values ('delete-all')")
    assert rl("search", "contrastive", check=True).out == ""
    assert checks(rl)["search"]["state"] == "see"
    fixed = rl("doctor", "--fix", "--json", check=True).json()["data"]
    assert fixed["mended"] == [12]
    assert {it["name"]: it["state"] for it in fixed["checks"] if it["remedy"] == "rl doctor --fix"} == {}
    assert rl("export", "--format", "json", "--log", "none", check=True).out == before
    with closing(sqlite3.connect(example / "readlist.db")) as connection:
        assert connection.execute(rank).fetchall() == [(right,)]
    assert rl("search", "contrastive", check=True).out
    assert rl("doctor", "--fix", "--json", check=True).json()["data"]["mended"] == []
    assert rl("doctor", "--fix", "--duplicates").code == 2


def test_a_damaged_library_is_not_mended(rl: Rl, example: Path) -> None:
    with closing(sqlite3.connect(example / "readlist.db")) as connection, connection:
        connection.execute("delete from papers where id = 12")
    before = (example / "readlist.db").read_bytes()
    assert_explained(rl("doctor", "--fix"), 1, "is damaged")
    assert (example / "readlist.db").read_bytes() == before


def test_a_damaged_library_is_exit_1_with_a_hint(rl: Rl, example: Path) -> None:
    with closing(sqlite3.connect(example / "readlist.db")) as connection, connection:
        connection.execute("delete from papers where id = 12")
    result = rl("doctor")
    assert_explained(result, 1, "is damaged")
    assert "backups" in result.err and "database\tdamaged\t" in result.out
    document = rl("doctor", "--json").json()
    assert document["status"] == "error" and document["errors"][0]["code"] == "database"
    assert [it["state"] for it in document["data"]["checks"]] == ["damaged"]


def test_two_entries_of_one_paper_are_proposed_and_the_line_joins_them(inside: Rl, made: Path) -> None:
    add(inside, SIMCSE, "Attention Is All You Need", SIMCSE.replace("Embeddings", "Embedings"))
    (found,) = pairs(inside)
    assert found == {
        "papers": [1, 3], "certainty": "maybe", "for": ["titles that differ in spelling only"], "against": [],
        "merge": "rl merge 1 3",
    }  # fmt: skip
    assert inside("doctor", "--duplicates").out == "1\t3\tmaybe\ttitles that differ in spelling only\n"
    inside(*found["merge"].split()[1:], check=True)
    assert pairs(inside) == [] and "no two papers" in inside("doctor", "--duplicates", check=True).err


def test_the_paper_that_was_worked_with_is_kept(inside: Rl, made: Path) -> None:
    add(inside, SIMCSE, "SimCSE")
    assert pairs(inside)[0]["merge"] == "rl merge 1 2", "the older one, where nothing was done"
    inside("mark-read", "2", "--pass", "1", check=True)
    assert pairs(inside)[0]["merge"] == "rl merge 2 1"
    inside("note", "1", "one", check=True)
    inside("note", "1", "two", check=True)
    assert pairs(inside)[0]["merge"] == "rl merge 1 2"


def test_the_lines_for_three_of_one_paper_work_one_after_the_other(inside: Rl, made: Path) -> None:
    add(inside, SIMCSE.replace("Embeddings", "Embedings"), "SimCSE", SIMCSE)
    inside("note", "2", "mine", check=True)
    found = pairs(inside)
    assert len(found) == 2
    for pair in found:
        inside(*pair["merge"].split()[1:], check=True)
    (left,) = inside("list", "--json", check=True).json()["data"]["papers"]
    assert left["id"] == 2 and [note["text"] for note in left["notes"]] == ["mine"]


def test_a_limit_shows_the_most_certain_and_tells_of_the_rest(inside: Rl, made: Path) -> None:
    add(inside, SIMCSE, "SimCSE", "Pointer Networks", "Pointer Network", "BERT: Pre-training of Transformers", "BERT")
    assert [(it["papers"], it["certainty"]) for it in pairs(inside)] == [
        ([1, 2], "maybe"),
        ([3, 4], "maybe"),
        ([5, 6], "maybe"),
    ]
    result = inside("doctor", "--duplicates", "--limit", "2", check=True)
    assert len(result.out.splitlines()) == 2 and "2 of 3 pairs; --limit 0 shows all" in result.err
    assert inside("doctor", "--duplicates", "--limit", "-1").code == 2


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_screen_shows_titles_reasons_and_the_line_to_type(
    rl: Rl, tty: Callable[..., Screen], example: Path, columns: int
) -> None:
    add(rl, "对比学习综述：方法与应用", "对比学习综述")
    shown = tty("doctor", "--duplicates", columns=columns)
    assert shown.code == 0
    assert "对比学习综述：方法与应用" in shown.text and "rl merge" in shown.text and "maybe" in shown.text
    assert all(sum(2 if ord(c) > 0x2E80 else 1 for c in line) <= columns for line in shown.lines)
    assert "✓" in tty("doctor", columns=columns).text
