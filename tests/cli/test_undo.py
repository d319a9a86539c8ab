"""`rl log`, `rl undo`, `rl redo`: every command is on record, is taken back whole, and is done again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import assert_explained, refused
from tests.cli.services import Services, running
from tests.conftest import Rl


@pytest.fixture
def services() -> Iterator[Services]:
    with running() as started:
        yield started


def everything(rl: Rl, *shown: int) -> str:
    """All that JSON tells of the library, as it is printed, and all there is of some papers."""
    lines = ["list", "topic list", "tag list", "venue list", *(f"show #{paper}" for paper in shown)]
    return "".join(rl(*line.split(), "--json").out for line in lines)


def log(rl: Rl, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rl("log", *args, "--json", check=True).json()["data"]["entries"]
    return found


def test_a_merge_is_taken_back_and_done_again(rl: Rl, inside: Rl, services: Services) -> None:
    """With passes, notes, topics, tags, counts and other names on both sides."""
    for paper, other in (("2104.08821", "arXiv"), ("hep-th/9901001", "the other")):
        rl("add", paper, "-t", f"NLP/{other}", "--tag", other, "--tag", "both", env=services.env, check=True)
    rl("mark-read", "1", "--pass", "1", "--minutes", "20", "--note", "of pass 1", check=True)
    rl("start", "2", "--pass", "2", check=True)
    rl("mark-read", "2", "--pass", "2", "--summary", "the other's", check=True)
    rl("summary", "1", "the first's", check=True)
    rl("note", "2", "一条笔记", check=True)
    rl("want", "2", "--pass", "3", "--priority", "high", "--due", "+2w", check=True)
    rl("topic", "alias", "NLP/arXiv", "preprints", check=True)
    rl("venue", "alias", "EMNLP", "Empirical Methods", check=True)
    rl("refresh", "--all", env=services.env | {"RL_TODAY": "2026-11-28"}, check=True)
    before = everything(inside, 1, 2)
    rl("merge", "1", "2", env={"RL_TODAY": "2026-11-29"}, check=True)
    after = everything(inside, 1, 2)
    assert rl("show", "#2").code == 3
    told = rl("undo", env={"RL_TODAY": "2026-11-30"}, check=True).err
    assert "taken back: merge" in told and "#1" in told and "#2" in told
    assert everything(inside, 1, 2) == before
    assert "done again: merge" in rl("redo", env={"RL_TODAY": "2026-12-01"}, check=True).err
    assert everything(inside, 1, 2) == after
    rl("undo", env={"RL_TODAY": "2026-12-02"}, check=True)
    assert everything(inside, 1, 2) == before


LINES = [
    "add --title Attention --no-fetch -t NLP/new --tag survey --note why",
    "add 2106.00001 --no-fetch",
    "start 12",
    "mark-read 12 --pass 1 --minutes 20 --note text",
    "mark-read 3 4 5 --pass 2 --then drop --yes",
    "want 12 --pass 3 --due +3d",
    "drop 12 --why dull",
    "reopen 3",
    "note 12 一条笔记",
    "summary 12 text",
    "topic add 新 12 13",
    "topic rename 句子表征 sentences",
    "topic remove 句子表征 --yes",
    "tag add survey 12 13",
    "venue alias EMNLP Empirical",
    "merge 12 13",
    "import more.md",
]


@pytest.mark.parametrize("line", LINES)
def test_each_command_is_one_entry_and_is_taken_back_exactly(
    inside: Rl, example: Path, tmp_path: Path, line: str
) -> None:
    (tmp_path / "more.md").write_text("# NLP\n- [x] A New Paper, ACL 2020\n  - a note\n- SimCSE #TODO\n", "utf-8")
    before = everything(inside, 3, 12, 13)
    count = len(log(inside, "-n", "0"))
    inside(*line.split(), env={"RL_TODAY": "2026-11-22"}, check=True)
    after = everything(inside, 3, 12, 13)
    assert after != before
    newest, *others = log(inside, "-n", "0")
    assert len(others) == count
    assert line.startswith(newest["command"]) and newest["at"].startswith("2026-11-22")
    assert "?" not in newest["what"] and newest["what"]
    taken = inside("undo", "--yes", "--json", env={"RL_TODAY": "2026-11-23"}, check=True).json()["data"]
    assert taken["entries"] == [{**newest, "undone": True}]
    assert everything(inside, 3, 12, 13) == before
    inside("redo", "--yes", env={"RL_TODAY": "2026-11-24"}, check=True)
    assert everything(inside, 3, 12, 13) == after


def test_a_command_that_asks_services_is_taken_back_with_what_they_said(rl: Rl, inside: Rl, services: Services) -> None:
    rl("add", "--title", "First", "--no-fetch", check=True)
    before = everything(inside, 1, 2, 3)
    rl("add", "2104.08821", "hep-th/9901001", env=services.env, check=True)
    after = everything(inside, 1, 2, 3)
    assert [it["command"] for it in log(rl)] == ["add", "add"]
    assert log(rl)[0]["added"] == 2
    rl("undo", check=True)
    assert everything(inside, 1, 2, 3) == before
    rl("redo", env=services.env, check=True)
    assert everything(inside, 1, 2, 3) == after
    rl("refresh", "--all", env=services.env, check=True)
    assert [it["command"] for it in log(rl)] == ["redo", "undo", "add", "add"], "what brought no news is not told"


def test_the_log_tells_what_was_done_newest_first(rl: Rl, example: Path) -> None:
    rl("want", "12", "--pass", "3", check=True)
    rl("drop", "12", "--why", "too far from my topic", check=True)
    rl("topic", "rename", "句子表征", "sentences", check=True)
    rl("undo", check=True)
    newest = rl("log", check=True).out.splitlines()
    assert [line.split("\t")[2:4] for line in newest] == [
        ["undo", ""],
        ["topic rename", "taken back"],
        ["drop", ""],
        ["want", ""],
        ["import", ""],
    ]
    what = [line.split("\t")[4] for line in newest]
    assert what[0].startswith("topic rename (4) taken back; topic renamed: sentences → ")
    assert "status " in what[2] and "→ dropped" in what[2] and "reason: too far from my topic" in what[2]
    assert what[4].startswith("72 papers added: #1 ") and " and 69 more" in what[4]
    assert len(rl("log", "-n", "2", check=True).out.splitlines()) == 2
    assert "2 of 5" in rl("log", "-n", "2").err


def test_the_log_of_a_paper_that_is_gone(rl: Rl, made: Path) -> None:
    for title in ("SimCSE", "BERT"):
        rl("add", "--title", title, "--no-fetch", "--tag", "survey", check=True)
    rl("note", "2", "pre-training helps", check=True)
    rl("merge", "1", "2", check=True)
    for name in ("#2", "2"):
        assert [(it["command"], it["papers"][0]["title"]) for it in log(rl, name)] == [
            ("merge", "BERT"), ("note", "BERT"), ("add", "BERT"),
        ]  # fmt: skip
    merge, add = log(rl, "1")
    assert (merge["command"], add["command"]) == ("merge", "add")
    assert {"field": "note", "before": None, "after": "pre-training helps"} in merge["changes"]
    assert refused(rl, "log", "#3", code=3, says="no paper #3")["code"] == "not-found"


def test_what_would_be_taken_back_is_only_said(rl: Rl, inside: Rl, example: Path) -> None:
    rl("note", "12", "text", check=True)
    before, entries = everything(inside), log(rl)
    for args in (("undo", "--dry-run"), ("undo", "2", "--dry-run")):
        result = rl(*args, check=True)
        assert "note (2): #12" in result.out and "nothing was changed" in result.err
    assert rl("undo", "2", "--dry-run", "--json", check=True).json()["data"]["papers"] == 72
    assert (everything(inside), log(rl)) == (before, entries)


def test_three_papers_and_more_only_after_a_question(rl: Rl, example: Path) -> None:
    refused(rl, "undo", code=2, says="take back the last command", hint="--yes")
    assert rl("undo", "--yes", check=True).code == 0
    assert rl("list", "--json").json()["data"]["total"] == 0
    refused(rl, "redo", code=2, says="do the last command again", hint="--yes")
    rl("redo", "--yes", check=True)
    assert rl("list", "--json").json()["data"]["total"] == 72


def test_what_is_not_there_is_not_taken_back(inside: Rl, made: Path) -> None:
    refused(inside, "undo", code=3, says="nothing to be taken back")
    refused(inside, "redo", code=3, says="nothing to be done again")
    inside("add", "--title", "SimCSE", "--no-fetch", check=True)
    refused(inside, "undo", "2", code=3, says="only 1 command can be taken back")
    refused(inside, "undo", "0", code=2, says="0 commands cannot be taken back")
    refused(inside, "undo", "many", code=2, says="not a whole number|many")
    refused(inside, "log", "-n", "-1", code=2, says="-n cannot be -1")
    inside("undo", check=True)
    inside("add", "--title", "BERT", "--no-fetch", check=True)
    refused(inside, "redo", code=3, says="nothing to be done again", hint="something new")


def test_what_something_else_changed_since_is_left_alone(inside: Rl, made: Path) -> None:
    inside("add", "--title", "SimCSE", "--no-fetch", check=True)
    inside("want", "1", "--priority", "high", check=True)
    with closing(sqlite3.connect(made)) as other:
        other.execute("update reading set priority = 'low'")
        other.commit()
    refused(inside, "undo", code=1, says=r"want \(2\) cannot be taken back: the status of #1 was changed since")
    refused(inside, "undo", "2", code=1, says="want")


def test_old_entries_are_forgotten_only_after_a_question(inside: Rl, made: Path) -> None:
    inside("add", "--title", "SimCSE", "--no-fetch", env={"RL_TODAY": "2026-01-01"}, check=True)
    inside("add", "--title", "BERT", "--no-fetch", check=True)
    assert "nothing older" in inside("log", "--trim", "2y", check=True).err
    refused(inside, "log", "--trim", "90d", code=2, says="forget 1 entry of the log", hint="--yes")
    assert inside("log", "--trim", "90d", "--yes", "--json", check=True).json()["data"] == {
        "entries": [], "total": 1, "forgotten": 1,
    }  # fmt: skip
    refused(inside, "undo", "2", code=3, says="only 1 command")
    refused(inside, "log", "--trim", "soon", code=2, says="not an age")
    assert "nothing older than 9999y" in inside("log", "--trim", "9999y", "--yes", check=True).err
    refused(inside, "log", "1", "--trim", "90d", code=2, says="shown or trimmed")


def test_a_log_on_a_terminal_fits_it(tty: Any, example: Path, rl: Rl) -> None:
    rl("note", "12", "一条很长的笔记" * 20, check=True)
    rl("undo", check=True)
    screen = tty("log", columns=80)
    assert screen.code == 0
    assert "(taken back)" in " ".join(screen.text.split())
    assert all(len(line) <= 80 for line in screen.lines)


def test_a_terminal_is_asked_and_shown_what_it_is_about(tty: Any, example: Path, rl: Rl) -> None:
    refused_at = tty("undo", typed="n\n")
    assert refused_at.code == 2 and "72 papers added" in refused_at.text and "nothing was changed" in refused_at.text
    assert rl("list", "--json").json()["data"]["total"] == 72
    assert tty("undo", typed="y\n").code == 0
    assert rl("list", "--json").json()["data"]["total"] == 0
    assert "forget 2 entries" in tty("log", "--trim", "0d", typed="n\n", env={"RL_TODAY": "2026-11-22"}).text
    assert tty("log", "--trim", "0d", typed="y\n", env={"RL_TODAY": "2026-11-22"}).code == 0
    assert log(rl) == []


def test_where_nothing_was_done_the_log_is_empty(rl: Rl, own_home: Path) -> None:
    result = rl("log", check=True)
    assert result.out == "" and "nothing was done yet" in result.err
    assert log(rl) == []
    assert not (own_home / "readlist").exists(), "looking makes no library"
    assert_explained(rl("undo"), 3, "nothing to be taken back")
