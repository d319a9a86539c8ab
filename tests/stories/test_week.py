"""A week with a reading list: from the page kept by hand to the report for the group."""

from pathlib import Path
from typing import Any

from tests.conftest import Rl

PAGE = Path(__file__).resolve().parents[2] / "examples" / "reading-list.md"


def on(day: str) -> dict[str, str]:
    return {"RL_TODAY": day}


def report(rl: Rl, day: str, *words: str) -> dict[str, Any]:
    """The report as it is asked for on `day`."""
    data: dict[str, Any] = rl("report", *words, "--json", env=on(day), check=True).json()["data"]
    return data


def read_in(data: dict[str, Any]) -> dict[str, list[int]]:
    """Which passes of which papers a report says were read, by key."""
    return {entry["paper"]["key"]: [one["pass"] for one in entry["passes"]] for entry in data["read"]}


def test_a_week(rl: Rl, tmp_path: Path) -> None:
    # Saturday: the page comes in.
    rl("import", PAGE, env=on("2026-11-14"), check=True)
    queue = rl("todo", "--topic", "contrastive", "--json", env=on("2026-11-14"), check=True).json()["data"]["papers"]
    assert len(queue) > 3 and all("对比学习" in "".join(it["topics"]) or "ontrastive" in str(it) for it in queue)
    first, second, third = (it["key"] for it in queue[:3])

    # Monday to Wednesday: two passes of the most urgent one.
    rl("start", first, env=on("2026-11-16"), check=True)
    rl("mark-read", "--pass", "1", "--minutes", "20", "--note", "of interest: 看实验", env=on("2026-11-16"), check=True)
    rl("mark-read", first, "--pass", "2", "--minutes", "90", env=on("2026-11-18"), check=True)
    rl("note", "Table 2 is the one to show", env=on("2026-11-18"), check=True)
    rl(
        "summary",
        first,
        "Alignment and uniformity explain what contrastive losses do.",
        env=on("2026-11-18"),
        check=True,
    )

    # Thursday: one given up. Saturday: one begun. Sunday, the last day of the week: one pass more.
    rl("drop", second, "--why", "superseded", env=on("2026-11-19"), check=True)
    rl("start", third, env=on("2026-11-21"), check=True)
    rl("mark-read", third, "--pass", "1", "--minutes", "15", env=on("2026-11-22"), check=True)

    week = report(rl, "2026-11-22")
    assert (week["since"], week["until"], week["week"]) == ("2026-11-16", "2026-11-22", "2026-W47")
    assert read_in(week) == {first: [1, 2], third: [1]}
    assert week["minutes"] == 125
    assert [it["key"] for it in week["dropped"]] == [second]
    assert week["added"] == [], "the page came in the week before"
    text = week["markdown"]
    for said in ("of interest: 看实验", "Table 2 is the one to show", "Alignment and uniformity explain", "superseded"):
        assert said in text, f"{said!r} is not in the report"
    assert second not in [it["key"] for it in week["next"]], "what was given up is not next"

    # The week before: only the import; nothing was read in it, whatever marks the page had.
    before = report(rl, "2026-11-22", "--week", "last")
    assert before["week"] == "2026-W46" and before["read"] == [] and before["dropped"] == []
    assert before["minutes"] == 0 and before["added"], "the papers of the page were added in it"

    # The Monday after: a new week, of which nothing is known yet; and the report of the old one is the same.
    after = report(rl, "2026-11-23")
    assert (after["week"], after["read"], after["dropped"], after["added"]) == ("2026-W48", [], [], [])
    again = report(rl, "2026-11-23", "--week", "2026-W47")
    assert read_in(again) == read_in(week) and again["minutes"] == 125

    # What is done in the new week does not show in the report of the old one.
    rl("mark-read", first, "--pass", "3", "--then", "done", env=on("2026-11-24"), check=True)
    rl("summary", first, "Written a week later.", env=on("2026-11-24"), check=True)
    rl("reopen", second, env=on("2026-11-24"), check=True)
    later = report(rl, "2026-11-25", "--week", "2026-W47")
    assert later["queue"] == week["queue"] and later["queue"]["end"] == week["queue"]["end"] > 0
    assert [it["key"] for it in later["dropped"]] == [second]
    happened = [text.partition("## Next")[0] for text in (later["markdown"], again["markdown"])]
    assert happened[0] == happened[1] and "Written a week later." not in happened[0]
    rl("undo", "3", env=on("2026-11-25"), check=True)

    rl("report", "--week", "2026-W47", "--lang", "zh", "-o", "week.md", env=on("2026-11-23"), check=True)
    page = (tmp_path / "week.md").read_text("utf-8")
    assert "of interest: 看实验" in page and "第" in page and "周" in page
    assert "Read" not in page.replace("Reading", "").replace("读", ""), "a Chinese report has no English headings"

    # Importing the page again takes nothing of this back.
    rl("import", PAGE, env=on("2026-11-23"), check=True)
    assert read_in(report(rl, "2026-11-23", "--week", "2026-W47")) == read_in(week)
    assert rl("show", second, "--json", env=on("2026-11-23")).json()["data"]["paper"]["status"] == "dropped"
