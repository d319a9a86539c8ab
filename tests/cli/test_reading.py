"""The passes led: questions, the clock, notes from a page of questions, prompts, and what people do by mistake."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import paper, papers, refused
from tests.cli.terminal import talk
from tests.conftest import Rl

pytestmark = pytest.mark.usefixtures("made")

NINE = {"RL_TODAY": "2026-11-21T09:00:00+08:00"}
FIVE_CS = ("Category", "Context", "Correctness", "Contributions", "Clarity")


def at(time: str) -> dict[str, str]:
    return {"RL_TODAY": f"2026-11-21T{time}+08:00"}


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """These tests run the program in this process, since they run it often."""
    return inside


@pytest.fixture
def one(rl: Rl) -> Rl:
    """The library holds three papers that wait for pass 1."""
    for title in ("A Paper on Sentences", "Another Paper on Words", "如何读论文"):
        rl("add", "--title", title, "--no-fetch", check=True, env=at("08:00"))
    return rl


def editor(folder: Path, script: str) -> dict[str, str]:
    """An editor that does `script` with the file `$1`."""
    file = folder / "editor.sh"
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o700)
    return {"EDITOR": str(file)}


def passes(rl: Rl, number: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = paper(rl, number)["passes"]
    return found


# -- what a pass is for ------------------------------------------------------------------------------------------------


def test_start_shows_what_the_pass_is_for(one: Rl) -> None:
    said = one("start", "1", check=True).err
    assert all(word in said for word in FIVE_CS)
    said = one("start", "2", "--pass", "2", check=True).err
    assert all(word in said for word in ("Figures and tables", "Comparison", "To look up"))
    said = one("start", "3", "--pass", "3", env={"RL_LANG": "zh"}, check=True).err
    assert "换我来做" in said and "还剩什么" in said and "Category" not in said


def test_start_says_what_else_is_being_read(one: Rl) -> None:
    assert "also being read" not in one("start", "1", check=True).err
    assert "also being read: #1 A Paper on Sentences" in one("start", "2", check=True).err
    assert {it["status"] for it in papers(one) if it["id"] < 3} == {"reading"}


def test_start_again_says_since_when(one: Rl) -> None:
    one("start", "1", check=True, env=at("09:12"))
    assert "begun already, at 09:12 today" in one("start", "1", check=True, env=at("09:40")).err
    assert "begun already, on 2026-11-21" in one("start", "1", check=True, env={"RL_TODAY": "2026-11-23"}).err
    assert passes(one)[0]["started"] == "2026-11-21T09:12:00+08:00", "the clock was not set anew"


# -- the clock ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begun", "ended", "minutes"),
    [
        ("2026-11-21T09:00", "2026-11-21T09:52", 52),
        ("2026-11-21T09:00", "2026-11-21T16:59", 479),
        ("2026-11-21T09:00", "2026-11-21T17:01", None),  # nobody reads so long
        ("2026-11-20T23:50", "2026-11-21T00:30", None),  # begun on another day
        ("2026-11-19T09:00", "2026-11-21T09:30", None),
        ("2026-11-21T09:00", "2026-11-21T09:00", None),  # nothing is read in no time
        ("2026-11-21T10:00", "2026-11-21T09:30", None),  # a clock that was put back
        ("2026-11-23T10:00", "2026-11-21T09:30", None),
    ],
)
def test_the_clock_tells_the_minutes_if_it_can(one: Rl, begun: str, ended: str, minutes: int | None) -> None:
    one("start", "1", check=True, env={"RL_TODAY": f"{begun}:00+08:00"})
    said = one("mark-read", "1", check=True, env={"RL_TODAY": f"{ended}:00+08:00"}).err
    (event,) = passes(one)
    assert event["minutes"] == minutes and event["finished"] == f"{ended}:00+08:00"
    assert (f"({minutes} min by the clock)" in said) == (minutes is not None)
    assert event["started"] is None or event["started"][:10] <= event["finished"][:10]


def test_minutes_that_are_given_are_believed(one: Rl) -> None:
    one("start", "1", check=True, env=NINE)
    said = one("mark-read", "1", "--minutes", "20", check=True, env=at("09:52")).err
    assert passes(one)[0]["minutes"] == 20 and "clock" not in said


def test_a_clock_that_ran_for_two_papers_tells_of_neither_fully(one: Rl) -> None:
    one("start", "1", check=True, env=NINE)
    one("start", "2", check=True, env=at("09:30"))
    one("mark-read", "2", check=True, env=at("10:00"))
    one("mark-read", "1", check=True, env=at("10:30"))
    assert (passes(one, 1)[0]["minutes"], passes(one, 2)[0]["minutes"]) == (None, 30)


def test_the_clock_stops_on_the_day_that_is_named(one: Rl) -> None:
    one("start", "1", check=True, env=NINE)
    one("mark-read", "1", "--on", "2026-11-21", check=True, env={"RL_TODAY": "2026-11-22T09:30:00+08:00"})
    assert passes(one)[0]["minutes"] is None


# -- the same said twice -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["mark-read", "1"], ["mark-read", "1", "--pass", "1"], ["mark-read", "@"]])
def test_the_same_command_again_changes_nothing(one: Rl, words: list[str]) -> None:
    one("start", "1", check=True, env=NINE)
    one(*words, "--note", "good", check=True, env=at("09:30:00"))
    before = papers(one)
    again = one(*words, "--note", "good", check=True, env=at("09:30:40"))
    assert "pass 1 was finished just now; nothing was changed" in again.err
    assert papers(one) == before


def test_what_was_forgotten_is_added_to_the_pass(one: Rl) -> None:
    one("mark-read", "1", "--pass", "1", check=True, env=NINE)
    said = one("mark-read", "1", "--minutes", "25", "--note", "good", "--then", "done", check=True, env=at("09:00:30"))
    (event,) = passes(one)
    assert (event["minutes"], event["note"], paper(one, 1)["status"]) == (25, "good", "done")
    assert "added to pass 1" in said.err


def test_a_pass_may_be_read_again(one: Rl) -> None:
    one("mark-read", "1", "--pass", "1", check=True, env=NINE)
    one("mark-read", "1", "--pass", "1", check=True, env=at("09:05"))
    assert [it["pass"] for it in passes(one)] == [1, 1]
    one("mark-read", "1", "--pass", "2", check=True, env=at("09:05:10"))
    assert [it["pass"] for it in passes(one)] == [1, 1, 2], "another pass is another matter"


# -- out of order, out of reach ----------------------------------------------------------------------------------------


def test_pass_3_before_pass_1_says_what_it_covers(one: Rl) -> None:
    said = one("mark-read", "1", "--pass", "3", check=True, env=NINE).err
    assert "pass 3 finished, and with it passes 1 and 2; done" in said
    one("mark-read", "1", "--pass", "1", check=True, env=at("10:00"))
    assert paper(one, 1)["status"] == "done", "nothing new is wanted"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("start 1 --pass 4", "there is no pass 4"),
        ("start 1 --pass 0", "there is no pass 0"),
        ("mark-read 1 --pass 4", "there is no pass 4"),
        ("mark-read 1 --pass two", "not a whole number"),
        ("mark-read 1 --pass 1 --on tomorrow", "2026-11-22 is in the future"),
        ("mark-read 1 --pass 1 --on 2026-02-30", "is not a date"),
        ("mark-read 1 --pass 1 --minutes -5", "cannot take -5 minutes"),
        ("mark-read 1 --pass 1 --minutes 10081", "cannot take 10081 minutes"),
        ("mark-read 1 --pass 1 --minutes 99999999999999999999", "cannot take"),
        ("mark-read 1 --pass 1 --minutes 1.5", "not a whole number"),
        ("mark-read 1 --pass 1 --then 4", "--then cannot be '4'"),
        ("mark-read 1 --pass 1 --then later", "allowed: 1, 2, 3, done, drop"),
    ],
)
def test_what_cannot_be_is_refused(one: Rl, words: str, says: str) -> None:
    refused(one, *words.split(), code=2, says=says)


def test_a_dropped_paper_that_is_read_is_taken_back_and_that_is_said(one: Rl) -> None:
    one("drop", "1", "--why", "no time", check=True, env=NINE)
    said = one("mark-read", "1", "--pass", "1", check=True, env=at("10:00")).err
    assert "it is given up no more; pass 2 is next" in said and paper(one, 1)["status"] == "todo"
    one("drop", "2", "--why", "no time", check=True)
    assert "it is given up no more" in one("start", "2", check=True).err


def test_a_merged_paper_is_not_there(one: Rl) -> None:
    one("merge", "1", "2", check=True)
    for words in (["start", "#2"], ["mark-read", "#2", "--pass", "1"]):
        refused(one, *words, code=3, says="there is no paper #2")


def test_of_several_papers_one_that_cannot_be_leaves_all(one: Rl) -> None:
    one("mark-read", "1", "--pass", "2", check=True)
    before = papers(one)
    result = one("mark-read", "2", "1", check=False, env={"RL_TODAY": "2026-11-22"})
    assert result.code == 2 and "which pass of #1" in result.err and papers(one) == before


# -- the note of a pass ------------------------------------------------------------------------------------------------


def test_a_note_is_written_on_a_page_of_questions(one: Rl, tmp_path: Path) -> None:
    writes = editor(tmp_path, f'cp "$1" {tmp_path}/page; sed -i \'s/^## Context$/&\\nworks on dropout/\' "$1"')
    done = talk("start 1 --edit", env=writes)
    assert done.code == 0 and "its note is kept" in done.shown
    page = (tmp_path / "page").read_text("utf-8")
    assert "A Paper on Sentences" in page and paper(one, 1)["key"] in page
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == list(FIVE_CS)
    assert passes(one)[0]["note"] == "## Context\nworks on dropout", "it is the pass's, without what was left empty"
    assert [(it["pass"], it["text"]) for it in paper(one, 1)["notes"]] == [(1, "## Context\nworks on dropout")]


def test_editing_again_goes_on_with_the_note(one: Rl, tmp_path: Path) -> None:
    talk("start 1 --edit", env=editor(tmp_path, "sed -i 's/^## Context$/&\\nworks on dropout/' \"$1\""))
    again = talk("start 1 --edit", env=editor(tmp_path, f'cp "$1" {tmp_path}/page'))
    assert again.code == 0 and "its note is as it was" in again.shown
    page = (tmp_path / "page").read_text("utf-8")
    assert page.startswith("## Context\nworks on dropout\n") and page.count("## Context") == 1 and "## Clarity" in page
    talk("start 1 --edit", env=editor(tmp_path, "sed -i 's/^## Clarity$/&\\nvery/' \"$1\""))
    assert [it["text"] for it in paper(one, 1)["notes"]] == ["## Context\nworks on dropout\n\n## Clarity\nvery"]
    emptied = talk("start 1 --edit", env=editor(tmp_path, ': > "$1"'))
    assert emptied.code == 2 and "left as it was" in emptied.shown and len(paper(one, 1)["notes"]) == 1


@pytest.mark.parametrize("script", ["true", ': > "$1"', "sed -i '/<!--/d' \"$1\""])
def test_a_page_left_as_it_was_is_no_note(one: Rl, tmp_path: Path, script: str) -> None:
    done = talk("start 1 --edit", env=editor(tmp_path, script))
    assert done.code == 0 and "no note was kept" in done.shown
    assert paper(one, 1)["notes"] == [] and paper(one, 1)["status"] == "reading"


def test_the_page_speaks_chinese(one: Rl, tmp_path: Path) -> None:
    writes = editor(tmp_path, "sed -i 's/^## 贡献$/&\\n一句话/' \"$1\"") | {"RL_LANG": "zh"}
    assert talk("start 3 --edit", env=writes).code == 0
    assert passes(one, 3)[0]["note"] == "## 贡献\n一句话"


def test_the_user_may_have_a_page_of_their_own(one: Rl, tmp_path: Path, own_home: Path) -> None:
    (own_home / "templates").mkdir()
    own = own_home / "templates" / "note-pass-1.md"
    own.write_text("# {title} ({key})\n\n- Idea:\n- Doubts:\n\n## Formula $\\frac{a}{b}$\n\n## Left\n", "utf-8")
    writes = editor(tmp_path, "sed -i 's/^- Idea:$/- Idea: noise/; s/^## Left$/&\\nall/' \"$1\"")
    assert talk("start 1 --edit", env=writes).code == 0
    key = paper(one, 1)["key"]
    assert passes(one)[0]["note"] == f"# A Paper on Sentences ({key})\n\n- Idea: noise\n## Left\nall"
    own.write_bytes(b"fine\n\xff\n")
    faulty = one("start", "1", "--edit", input="text")
    assert faulty.code == 5 and "note-pass-1.md is not UTF-8 in line 2" in faulty.err


@pytest.mark.parametrize("command", ["start 1 --edit", "note 1", "note 2 --edit", "summary 2"])
@pytest.mark.parametrize(
    ("script", "says"),
    [
        ('echo "my words" >> "$1"; exit 3', "the editor ended with 3"),
        ('echo "my words" >> "$1"; kill -9 $$', "the editor was ended by SIGKILL"),
        ('printf "my words \\377" >> "$1"', "not UTF-8"),
        ('rm "$1"', "the editor left no file"),
    ],
)
def test_an_editor_that_fails(one: Rl, tmp_path: Path, command: str, script: str, says: str) -> None:
    one("note", "2", "an old note", check=True)
    one("summary", "2", "an old summary", check=True)
    before = [(it["notes"], it["summary"]) for it in papers(one)]
    done = talk(command, env=editor(tmp_path, script) | {"TMPDIR": str(tmp_path)})
    assert done.code in (1, 5) and says in done.shown and "Traceback" not in done.shown, done.shown
    assert [(it["notes"], it["summary"]) for it in papers(one)] == before
    if "my words" in script:
        kept = re.search(r"your text is in (\S+)", done.shown.replace("\n", " "))
        assert kept and b"my words" in Path(kept[1]).read_bytes(), "what was written is not lost"
    else:
        assert not list(tmp_path.glob("rl-*")), "nothing is left lying about"


def test_no_editor(one: Rl) -> None:
    for command, code, says in (
        ("/no/such/editor", 1, "cannot start"),
        ("'", 2, "quotes"),
        ("", 2, "no editor is set"),
    ):
        done = talk("start 1 --edit", env={"EDITOR": command, "VISUAL": ""})
        assert done.code == code and says in done.shown and "Traceback" not in done.shown
    assert paper(one, 1)["status"] == "reading", "the pass is begun all the same"


def test_text_is_not_lost_where_it_cannot_be_kept(one: Rl, own_home: Path, tmp_path: Path) -> None:
    database = own_home / "readlist" / "readlist.db"
    done = talk(
        "note 1",
        env=editor(tmp_path, f'echo "my words" > "$1"; echo nonsense > {database}') | {"TMPDIR": str(tmp_path)},
    )
    assert done.code == 1 and "your text is in" in done.shown
    assert [it.read_text("utf-8") for it in tmp_path.glob("rl-*")] == ["my words\n"]


def test_a_note_of_a_pass_is_edited_by_its_pass(one: Rl, tmp_path: Path) -> None:
    one("note", "1", "of the first", "--pass", "1", check=True)
    one("note", "1", "of no pass", check=True)
    talk("note 1 --edit --pass 1", env=editor(tmp_path, 'echo more >> "$1"'))
    assert [it["text"] for it in paper(one, 1)["notes"]] == ["of the firstmore", "of no pass"]


# -- asked at the terminal ---------------------------------------------------------------------------------------------


def test_enter_takes_what_is_offered(one: Rl) -> None:
    one("start", "1", check=True, env=NINE)
    done = talk(
        "mark-read 1", ("minutes [52]", "\n"), ("[pass 2]", "\n"), ("a note in a line [none]", "\n"), env=at("09:52")
    )
    assert done.code == 0 and "summary" not in done.shown, done.shown
    (event,) = passes(one)
    assert (event["minutes"], event["note"]) == (52, None)
    assert (paper(one, 1)["status"], paper(one, 1)["next_pass"]) == ("todo", 2)


def test_what_is_answered_is_kept(one: Rl) -> None:
    done = talk(
        "mark-read 3 --pass 2", ("minutes [unknown]", "soon\n"), ("is no number", "90\n"), ("[done]", "d\n"),
        ("could be done or drop", "pass 3\n"), ("note", "用 dropout 当噪声\n"), ("summary", "很短。\n"), env=NINE,
    )  # fmt: skip
    assert done.code == 0, done.shown
    it = paper(one, 3)
    assert (it["next_pass"], it["passes"][-1]["minutes"], it["passes"][-1]["note"], it["summary"]) == (
        3, 90, "用 dropout 当噪声", "很短。",
    )  # fmt: skip


def test_it_asks_in_chinese(one: Rl) -> None:
    done = talk(
        "mark-read 3 --pass 1", ("[不记]", "\n"), ("[第2遍]", "放弃\n"), ("放弃的原因", "不相关\n"),
        env=NINE | {"RL_LANG": "zh"},
    )  # fmt: skip
    assert done.code == 0, done.shown
    assert (paper(one, 3)["status"], paper(one, 3)["drop_reason"]) == ("dropped", "不相关")


def test_the_clock_can_be_denied(one: Rl) -> None:
    one("start", "1", check=True, env=NINE)
    talk("mark-read 1", ("[52]", "-\n"), ("[pass 2]", "\n"), ("note", "\n"), env=at("09:52"))
    assert passes(one)[0]["minutes"] is None


@pytest.mark.parametrize(("typed", "code"), [("\x03", 130), ("\x04", 2)])
@pytest.mark.parametrize("place", range(3))
def test_leaving_at_a_question_changes_nothing(one: Rl, typed: str, code: int, place: int) -> None:
    before = papers(one)
    questions = ["minutes", "what next", "a note"]
    talks = [(question, "\n") for question in questions[:place]] + [(questions[place], typed)]
    done = talk("mark-read 1 --pass 1", *talks, env=NINE)
    assert done.code == code and "Traceback" not in done.shown, done.shown
    assert papers(one) == before


@pytest.mark.parametrize(
    "words",
    [
        "1 --minutes 5",
        "1 --then done",
        "1 --note n",
        "1 --summary s",
        "1 --yes",
        "1 -q",
        "1 --json",
        "1 --on -1d",
        "1 2",
    ],
)
def test_it_does_not_ask_who_said_something(one: Rl, words: str) -> None:
    done = talk(f"mark-read {words} --pass 1")
    assert done.code == 0 and "what next" not in done.shown
    assert passes(one)[0]["finished"]


def test_it_does_not_ask_where_a_pass_was_finished_just_now(one: Rl) -> None:
    one("mark-read", "1", "--pass", "1", check=True, env=NINE)
    done = talk("mark-read 1", env=at("09:00:20"))
    assert done.code == 0 and "finished just now; nothing was changed" in done.shown


def test_a_more_urgent_paper_is_named_to_who_wants_that(one: Rl) -> None:
    one("want", "2", "--priority", "high", check=True)
    quiet = one("mark-read", "1", "--pass", "1", check=True, env=NINE)
    assert "more urgent" not in quiet.err
    nagged = one("mark-read", "3", "--pass", "1", check=True, env=NINE | {"RL_NAG": "on"})
    assert "more urgent: #2" in nagged.err
