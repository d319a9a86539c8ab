"""`rl` alone shows the day."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.helpers import Screen
from tests.conftest import Rl

SIMCSE = "gao2021simcse"


@pytest.fixture
def week(example: Path, inside: Rl) -> Path:
    """A week's reading in a library that had the example page since 21 November."""
    del example
    for day, line in (
        ("2026-11-23", ["mark-read", "3", "--pass", "1", "--minutes", "20"]),
        ("2026-11-24", ["mark-read", "4", "--pass", "1", "--minutes", "25"]),
        ("2026-11-24", ["start", "31", "--pass", "2"]),
        ("2026-11-25", ["start", SIMCSE, "--pass", "3"]),
        ("2026-11-26", ["add", "--no-fetch", "--title", "一篇关于对比学习的很长很长的中文论文标题,八十列放得下吗"]),
        ("2026-11-26", ["want", "一篇关于对比学习", "--priority", "high"]),
    ):  # fmt: skip
        inside(*line, env={"RL_TODAY": day}, check=True)
    return Path()


TODAY = {"RL_TODAY": "2026-11-26"}


@pytest.mark.usefixtures("week")
def test_a_pipe_gets_plain_lines(rl: Rl) -> None:
    result = rl(env=TODAY, check=True)
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert [row[0] for row in rows] == ["reading"] * 2 + ["next"] * 5 + ["week"]
    assert [(row[2], row[4], row[5]) for row in rows[:2]] == [
        (SIMCSE, "3", "2026-11-25"),
        ("chuang2020debiased", "2", "2026-11-24"),
    ], "begun last first, with pass and day"
    assert rows[2][3].startswith("一篇关于对比学习"), "the most urgent first"
    assert rows[-1] == ["week", "2026-W48", "2", "45", "1"], "passes, minutes and papers added since Monday"
    assert "\x1b" not in result.out + result.err


@pytest.mark.usefixtures("week")
def test_the_queue_is_that_of_todo(rl: Rl) -> None:
    document = rl("--json", env=TODAY, check=True).json()
    assert document["command"] == "rl" and document["status"] == "ok"
    queue = rl("todo", "status:todo", "--limit", "5", "--json", env=TODAY).json()["data"]
    data = document["data"]
    assert data["next"] == queue["papers"] and data["waiting"] == queue["total"]
    assert data["being_read"] == len(data["reading"]) == 2
    assert (data["day"], data["week"], data["passes"], data["minutes"], data["added"]) == (
        "2026-11-26", "2026-W48", 2, 45, 1,
    )  # fmt: skip


@pytest.mark.usefixtures("week")
@pytest.mark.parametrize("columns", [80, 120, 40])
def test_a_terminal_of_any_width(tty: Callable[..., Screen], columns: int) -> None:
    screen = tty(columns=columns, env=TODAY)
    assert screen.code == 0
    for text in ("Thursday 26 November 2026", "Being read", "Next", "This week", "2 passes finished in 45 minutes"):
        assert text in " ".join(screen.text.split()), text
    assert "yesterday" in screen.text and (columns < 80 or "Tue 24 Nov" in screen.text)
    assert max(map(cell_len, screen.lines)) <= columns


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("library", ["none", "empty"])
def test_with_nothing_on_the_list_it_says_how_to_begin(rl: Rl, own_home: Path, library: str) -> None:
    if library == "none":
        (own_home / "readlist" / "readlist.db").unlink()
    result = rl()
    assert result.code == 0 and not result.out
    lines = result.err.splitlines()
    assert len(lines) == 3 and "rl import" in lines[1] and "rl add" in lines[2]
    data = rl("--json", check=True).json()["data"]
    assert (data["papers"], data["reading"], data["next"], data["added"]) == (0, [], [], 0)
    assert (own_home / "readlist" / "readlist.db").exists() == (library == "empty"), "it makes no library"


def test_with_nothing_waiting_it_says_how_to_queue(rl: Rl, tty: Callable[..., Screen], tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@misc{a, title={A Paper of No Interest}, author={Ada Lovelace}}", encoding="utf-8")
    rl("import", "a.bib", check=True)
    assert "rl want" in tty(columns=80).text
    assert [row.partition("\t")[0] for row in rl().out.splitlines()] == ["week"]


def test_the_day_is_only_looked_at(example: Path, rl: Rl) -> None:
    rl("start", "12", "--pass", "1", check=True)
    kept = ("readlist.db", "readlist.db.current")
    before = [(example / name).read_bytes() for name in kept]
    assert rl().code == 0 and rl("--json").code == 0
    assert [(example / name).read_bytes() for name in kept] == before


def test_more_than_is_shown_is_told(example: Path, inside: Rl) -> None:
    del example
    for number in ("3", "4", "12", "15", "16", "31", "32"):
        inside("start", number, "--pass", "2", check=True)
    result = inside(env={"FORCE_COLOR": "1", "COLUMNS": "80"})
    assert "7 are being read" in result.err and "rl todo" in result.err


def test_the_day_is_narrowed_to_the_focus_and_says_so(example: Path, inside: Rl) -> None:
    del example
    inside("focus", "对比学习", check=True)
    result = inside()
    shown = [row.split("\t")[2] for row in result.out.splitlines() if row.startswith("next")]
    queue = inside("todo", "--limit", "5", "--json").json()["data"]["papers"]
    assert shown == [paper["key"] for paper in queue] and "in focus: " in result.err
    assert inside("--json").json()["data"]["focus"] == [
        "NLP/句子表征 Sentence embeddings/对比学习 Contrastive learning"
    ]


def test_help_is_still_there(rl: Rl) -> None:
    result = rl("--help")
    assert result.code == 0 and "Commands:" in result.out
    assert json.loads(rl("--json", "list").out)["errors"][0]["hint"].startswith("--json stands after")
