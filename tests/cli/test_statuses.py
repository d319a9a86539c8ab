"""The three passes on the command line: which status follows from what."""

from typing import Any

import pytest

from tests.cli.helpers import assert_explained, paper, papers, refused
from tests.conftest import TODAY, Rl

pytestmark = pytest.mark.usefixtures("made")

TITLE = "A Paper on Sentences"


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """These tests run the program in this process, since they run it often."""
    return inside


@pytest.fixture
def one(rl: Rl) -> Rl:
    """The library holds one paper, #1, that waits for pass 1."""
    rl("add", "--title", TITLE, "--no-fetch", check=True)
    return rl


def life(it: dict[str, Any]) -> tuple[str, int | None, list[tuple[int, bool]]]:
    """Status, next pass, and the passes as (number, implied)."""
    return it["status"], it["next_pass"], [(p["pass"], p["implied"]) for p in it["passes"]]


def test_a_new_paper_waits_for_pass_1(one: Rl) -> None:
    assert life(paper(one, 1)) == ("todo", 1, [])


def test_start_opens_the_pass_that_is_wanted(one: Rl) -> None:
    document = one("start", "1", "--json", check=True).json()
    it = document["data"]["papers"][0]
    assert life(it) == ("reading", 1, [(1, False)])
    assert it["passes"][0]["started"].startswith(TODAY) and it["passes"][0]["finished"] is None
    again = one("start", "1", check=True)
    assert "already" in again.err and len(paper(one, 1)["passes"]) == 1, "starting twice is one pass"


def test_starting_another_pass_under_way_is_refused(one: Rl) -> None:
    one("start", "1", check=True)
    refused(one, "start", "1", "--pass", "3", code=2, says="pass 1 of #1 is under way", hint="mark-read 1 --pass 1")


@pytest.mark.parametrize(
    ("number", "then", "expected"),
    [
        (1, None, ("todo", 2)),
        (2, None, ("done", None)),
        (3, None, ("done", None)),
        (1, "2", ("todo", 2)),
        (1, "3", ("todo", 3)),
        (1, "1", ("todo", 1)),
        (2, "3", ("todo", 3)),
        (1, "done", ("done", None)),
        (1, "drop", ("dropped", None)),
        (3, "drop", ("dropped", None)),
    ],
)
def test_what_follows_a_finished_pass(one: Rl, number: int, then: str | None, expected: tuple[str, int | None]) -> None:
    words = ["mark-read", "1", "--pass", str(number), *(["--then", then] if then else [])]
    it = one(*words, "--json", check=True).json()["data"]["papers"][0]
    assert (it["status"], it["next_pass"]) == expected
    assert [p["pass"] for p in it["passes"]] == list(range(1, number + 1))
    assert [p["implied"] for p in it["passes"]] == [True] * (number - 1) + [False]
    implied = [p for p in it["passes"] if p["implied"]]
    assert all(p["finished"] is None and p["started"] is None for p in implied), "an implied pass has no day of its own"
    assert it["passes"][-1]["finished"].startswith(TODAY)
    if then == "drop":
        assert it["drop_reason"], "a dropped paper has a reason"


def test_every_pass_stays_on_record(one: Rl) -> None:
    for number, day in ((1, "-9d"), (1, "-5d"), (2, "-2d"), (2, "today")):
        one("mark-read", "1", "--pass", str(number), "--on", day, check=True)
    it = paper(one, 1)
    assert [(p["pass"], p["finished"][:10]) for p in it["passes"]] == [
        (1, "2026-11-12"), (1, "2026-11-16"), (2, "2026-11-19"), (2, TODAY),
    ]  # fmt: skip
    assert it["status"] == "done"


def test_reading_an_early_pass_again_changes_nothing_that_is_wanted(one: Rl) -> None:
    one("mark-read", "1", "--pass", "2", "--then", "3", check=True)
    one("mark-read", "1", "--pass", "1", check=True)
    assert (paper(one, 1)["status"], paper(one, 1)["next_pass"]) == ("todo", 3)


def test_minutes_note_and_summary_are_kept_with_the_pass(one: Rl) -> None:
    one(
        "mark-read",
        "1",
        "--pass",
        "1",
        "--minutes",
        "25",
        "--note",
        "of **interest**",
        "--summary",
        "Short.",
        check=True,
    )
    it = paper(one, 1)
    only = it["passes"][0]
    assert (only["minutes"], only["note"]) == (25, "of **interest**")
    assert [(n["text"], n["pass"]) for n in it["notes"]] == [("of **interest**", 1)]
    assert it["summary"] == "Short."


def test_a_finished_pass_that_was_started_is_one_event(one: Rl) -> None:
    one("start", "1", env={"RL_TODAY": "2026-11-19"}, check=True)
    it = one("mark-read", "--json", check=True).json()["data"]["papers"][0]
    assert [(p["started"][:10], p["finished"][:10]) for p in it["passes"]] == [("2026-11-19", TODAY)]
    assert life(it) == ("todo", 2, [(1, False)])


def test_finishing_a_deep_pass_closes_the_shallow_one_under_way(one: Rl) -> None:
    one("start", "1", check=True)
    it = one("mark-read", "1", "--pass", "2", "--json", check=True).json()["data"]["papers"][0]
    assert it["status"] == "done", f"pass 1 is still open: {it['passes']}"


def test_a_pass_cannot_be_finished_before_it_was_begun(one: Rl) -> None:
    one("start", "1", check=True)
    refused(one, "mark-read", "1", "--pass", "1", "--on", "yesterday", code=2, says="was begun on 2026-11-21, after")


def test_want_drop_and_reopen(one: Rl) -> None:
    one("mark-read", "1", "--pass", "2", check=True)
    assert life(one("want", "1", "--json", check=True).json()["data"]["papers"][0])[:2] == ("todo", 3)
    one("drop", "1", "--why", "too far\nfrom my topic", check=True)
    it = paper(one, 1)
    assert (it["status"], it["drop_reason"]) == ("dropped", "too far from my topic")
    assert [p["pass"] for p in it["passes"]] == [1, 2], "dropping forgets no pass"
    one("reopen", "1", check=True)
    assert (paper(one, 1)["status"], paper(one, 1)["next_pass"], paper(one, 1)["drop_reason"]) == ("todo", 3, None)
    one("mark-read", "1", "--pass", "3", check=True)
    one("reopen", "1", check=True)
    assert (paper(one, 1)["status"], paper(one, 1)["next_pass"]) == ("todo", 3)


def test_want_names_pass_priority_and_day(one: Rl) -> None:
    one("want", "1", "--pass", "2", "--priority", "high", "--due", "fri", check=True)
    it = paper(one, 1)
    assert (it["next_pass"], it["priority"], it["due"]) == (2, "high", "2026-11-27")


def test_a_dropped_paper_that_is_started_is_taken_back(one: Rl) -> None:
    one("drop", "1", "--why", "no time", check=True)
    it = one("start", "1", "--json", check=True).json()["data"]["papers"][0]
    assert (it["status"], it["drop_reason"]) == ("reading", None)


def test_the_current_paper(rl: Rl) -> None:
    result = rl("mark-read", "--pass", "1")
    assert_explained(result, 3, "no current paper")
    rl("add", "--title", "First Paper", "--no-fetch", check=True)
    rl("add", "--title", "Second Paper", "--no-fetch", check=True)
    assert rl("show", "--json", check=True).json()["data"]["paper"]["id"] == 2, "the one last added"
    rl("show", "1", check=True)
    assert rl("show", "@", "--json", check=True).json()["data"]["paper"]["id"] == 1, "the one last shown"
    rl("start", "2", check=True)
    rl("show", "1", check=True)
    it = rl("mark-read", "--pass", "1", "--json", check=True).json()["data"]["papers"]
    assert [p["id"] for p in it] == [2], "the one being read comes first"
    assert rl("show", "--json", check=True).json()["data"]["paper"]["id"] == 2, "the one last marked"


def test_showing_a_paper_does_not_write_to_the_database(one: Rl, own_home: Any) -> None:
    before = (own_home / "readlist" / "readlist.db").read_bytes()
    for words in (["show", "1"], ["list"], ["todo", "--why"], ["topic", "list"], ["report"]):
        one(*words, check=True)
    assert (own_home / "readlist" / "readlist.db").read_bytes() == before


def test_an_imported_read_mark_is_of_an_unknown_day(rl: Rl) -> None:
    rl(
        "import",
        "-",
        input="- A Paper of the Past, ACL 2019 ✅\n- A Future Paper, ACL 2020 #TODO\n- Just Noted Down, ACL 2018\n",
        check=True,
    )
    past, future, noted = papers(rl)
    assert life(past) == ("done", None, [(1, True), (2, False)])
    assert past["passes"][1]["finished"] is None, "no day is known"
    assert life(future) == ("todo", 1, []) and life(noted) == ("listed", None, [])
    report = rl("report", "--json", check=True).json()["data"]
    assert report["read"] == [], "no report claims it for this week"
    again = rl("mark-read", "1", "--pass", "1", "--json", check=True).json()["data"]["papers"][0]
    assert again["status"] == "done"


def test_several_at_once_need_yes(rl: Rl) -> None:
    for title in ("First Paper", "Second Paper", "Third Paper"):
        rl("add", "--title", title, "--no-fetch", check=True)
    for words in (["mark-read", "1", "2", "3", "--pass", "1"], ["want", "1", "2", "3", "--pass", "2"],
                  ["drop", "1", "2", "3", "--why", "all"], ["tag", "add", "t", "1", "2", "3"],
                  ["topic", "add", "T", "1", "2", "3"]):  # fmt: skip
        refused(rl, *words, code=2, says=r"3 papers", hint="--yes")
    rl("drop", "1", "2", "3", "--why", "all", "--yes", check=True)
    refused(rl, "reopen", "1", "2", "3", code=2, says=r"3 papers", hint="--yes")
    assert {it["status"] for it in papers(rl)} == {"dropped"}
    rl("mark-read", "1", "2", "1", "2", "--pass", "1", check=True)
    assert len(paper(rl, 1)["passes"]) == 1, "a paper named twice is marked once"
