"""Triage after pass 1: keys, what each does, what is kept when one leaves, and which papers are asked about."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.helpers import paper, papers, refused
from tests.cli.terminal import talk
from tests.conftest import Rl

pytestmark = pytest.mark.usefixtures("made")

TITLES = (
    "A Paper on Sentences",
    "Another Paper on Words",
    "如何读论文:一个很长的中文标题,用来看看八十列的终端里会不会排乱",
    "A Fourth",
)


@pytest.fixture
def rl(inside: Rl) -> Rl:
    return inside


@pytest.fixture
def four(rl: Rl) -> Rl:
    """Four papers, all looked at in pass 1."""
    for title in TITLES:
        rl("add", "--title", title, "--no-fetch", check=True)
    rl("mark-read", "1", "2", "3", "4", "--pass", "1", "--yes", check=True)
    return rl


def asked(rl: Rl, *words: str) -> list[int]:
    """The papers that triage would ask about."""
    data = rl("triage", "--json", *words, check=True).json()["data"]
    return [it["id"] for it in data["papers"]]


def state(rl: Rl, number: int) -> tuple[str, int | None]:
    it = paper(rl, number)
    return it["status"], it["next_pass"]


def test_each_key_does_what_it_says(four: Rl) -> None:
    done = talk(
        "triage", ("1 of 4", ""), ("[q]uit", "g"), ("2 of 4", ""), ("[q]uit", "P"), ("3 of 4", ""), ("[q]uit", "d"),
        ("why", "too far\n"), ("4 of 4", ""), ("[q]uit", "s"),
    )  # fmt: skip
    assert done.code == 0, done.shown
    assert "3 decided: 1 go on, 1 parked, 1 dropped; 1 left" in done.shown
    assert [state(four, i) for i in (1, 2, 3, 4)] == [("todo", 2), ("done", None), ("dropped", 2), ("todo", 2)]
    assert paper(four, 3)["drop_reason"] == "too far"
    assert asked(four) == [4], "what was decided is not asked again, what was skipped is"


def test_a_round_is_taken_back_as_one(four: Rl) -> None:
    before = papers(four)
    talk("triage", ("1 of 4", ""), ("[q]uit", "g"), ("2 of 4", ""), ("[q]uit", "p"), ("3 of 4", ""), ("[q]uit", "q"))
    four("undo", check=True)
    assert papers(four) == before and asked(four) == [1, 2, 3, 4]
    four("redo", check=True)
    assert asked(four) == [3, 4]


@pytest.mark.parametrize(("typed", "code"), [("q", 0), ("\x04", 0), ("\x03", 130)])
def test_leaving_keeps_what_was_decided(four: Rl, typed: str, code: int) -> None:
    done = talk("triage", ("1 of 4", ""), ("[q]uit", "p"), ("2 of 4", ""), ("[q]uit", typed))
    assert done.code == code and "1 decided: 1 parked; 3 left" in done.shown and "Traceback" not in done.shown
    assert asked(four) == [2, 3, 4] and state(four, 1) == ("done", None)


@pytest.mark.parametrize(("typed", "code"), [("\x04", 0), ("\x03", 130)])
def test_leaving_at_the_reason_drops_nothing(four: Rl, typed: str, code: int) -> None:
    done = talk("triage", ("1 of 4", ""), ("[q]uit", "d"), ("why", typed))
    assert done.code == code and "0 decided; 4 left" in done.shown
    assert state(four, 1) == ("todo", 2)


def test_a_reason_may_be_left_out(four: Rl) -> None:
    talk("triage --limit 1", ("1 of 1", ""), ("[q]uit", "d"), ("why", "\n"))
    assert paper(four, 1)["status"] == "dropped" and paper(four, 1)["drop_reason"]


def test_other_keys_do_nothing(four: Rl) -> None:
    done = talk("triage --limit 1", ("[q]uit", "x\x1b[A\n 中G"))
    assert done.code == 0 and "1 decided: 1 go on" in done.shown


def test_a_page_is_opened_and_the_question_stays(four: Rl, tmp_path: Path) -> None:
    four("edit", "1", "url=https://example.org/paper", check=True)
    browser = tmp_path / "browser.sh"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', "utf-8")
    browser.chmod(0o700)
    done = talk(
        "triage --limit 2", ("[q]uit", "o"), ("example.org", ""), ("[q]uit", "g"), ("2 of 2", ""), ("[q]uit", "o"),
        ("nobody says where", ""), ("[q]uit", "q"), env={"BROWSER": f"{browser} %s"},
    )  # fmt: skip
    assert done.code == 0 and (tmp_path / "opened").read_text("utf-8") == "https://example.org/paper\n"


def test_the_card_fits_and_cannot_steer_the_terminal(four: Rl) -> None:
    four("note", "3", "\x1b[2J evil \u202e " + "很长的笔记" * 200, check=True)
    four("edit", "3", "authors=张三; 李四; 王五; 赵六; 钱七; 孙八; 周九", "year=2020", "venue=ACL", check=True)
    four("summary", "3", "一句话。" * 20, check=True)
    done = talk("triage", *(("[q]uit", "s") for _ in range(4)))
    assert "\x1b" not in done.shown and "\u202e" not in done.shown
    assert all(cell_len(line) <= 80 for line in done.lines), [line for line in done.lines if cell_len(line) > 80]
    assert "一个很长的中文标题" in done.shown and "张三" in done.shown and "and 1 more" in done.shown
    assert "ACL 2020" in done.shown and "…" in done.shown and "一句话。" in done.shown


def test_which_papers_are_asked_about(four: Rl) -> None:
    """Those after pass 1 alone, of which nothing was decided since."""
    four("add", "--title", "Not Yet Looked At", "--no-fetch", check=True)
    four("mark-read", "1", "--pass", "2", "--then", "2", check=True)  # read whole, wanted again: that was decided
    four("start", "2", check=True)
    four("drop", "3", "--why", "far", check=True)
    assert asked(four) == [4]
    four("reopen", "3", check=True)
    assert asked(four) == [4], "who takes a paper back wants it"
    four("want", "4", check=True)
    assert asked(four) == [], "and who says so does, too"
    four("mark-read", "4", "--pass", "1", "--on", "2026-11-20", check=True)
    assert asked(four) == [4], "read once more, it is asked once more"


def test_filters_and_limit(four: Rl) -> None:
    four("tag", "add", "x", "2", "3", check=True)
    four("topic", "add", "NLP/words", "2", check=True)
    assert asked(four, "--tag", "x") == [2, 3] and asked(four, "-t", "nlp") == [2]
    assert asked(four, "--limit", "2") == [1, 2] and asked(four, "--limit", "0") == [1, 2, 3, 4]
    four("edit", "3", "venue=ACL", "year=2024", check=True)
    assert asked(four, "topic:nlp", "or", "year:2024..") == [2, 3] and asked(four, "--venue", "ACL") == [3]
    assert asked(four, "tag:x", "--", "-topic:nlp") == [3] and asked(four, "year:1990") == []
    refused(four, "triage", "colour:red", "--json", code=2, says="colour")
    refused(four, "triage", "--limit", "-1", code=2, says="--limit cannot be -1")


def test_the_focus_holds_for_triage(four: Rl) -> None:
    four("topic", "add", "NLP", "2", check=True)
    four("focus", "NLP", check=True)
    result = four("triage", "--json", check=True)
    assert [it["id"] for it in result.json()["data"]["papers"]] == [2] and "in focus" in result.err


def test_without_a_terminal_it_says_what_to_do(four: Rl) -> None:
    result = four("triage")
    assert result.code == 2 and "no terminal" in result.err
    assert all(f"rl {verb}" in result.err for verb in ("list", "want", "drop"))


def test_nothing_to_decide(rl: Rl) -> None:
    done = talk("triage")
    assert done.code == 0 and "nothing is to be decided" in done.shown
