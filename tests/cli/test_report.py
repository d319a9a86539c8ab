"""`rl report` as it is called: which days, which form, whose template, and what is said when it cannot be."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import EXAMPLE, assert_explained
from tests.conftest import Result, Rl

QUIET = "Nothing was finished, added or dropped"


def data(result: Result) -> dict[str, Any]:
    assert result.code == 0, result.err
    found: dict[str, Any] = result.json()["data"]
    return found


@pytest.fixture
def weeks(rl: Rl) -> Rl:
    """A library with something in October, in the last week and in this one; today is Saturday of 2026-W47."""
    for day, title in (("2026-10-07", "October"), ("2026-11-10", "Last week"), ("2026-11-18", "This week")):
        rl("add", "--title", title, "--no-fetch", env={"RL_TODAY": day}, check=True)
    return rl


DAYS = [
    ("", "2026-11-16", "2026-11-22", "2026-W47", ["This week"]),
    ("--week 2026-W46", "2026-11-09", "2026-11-15", "2026-W46", ["Last week"]),
    ("--week last", "2026-11-09", "2026-11-15", "2026-W46", ["Last week"]),
    ("--week 2026-11-11", "2026-11-09", "2026-11-15", "2026-W46", ["Last week"]),
    ("last", "2026-11-09", "2026-11-15", "2026-W46", ["Last week"]),
    ("2026-W46", "2026-11-09", "2026-11-15", "2026-W46", ["Last week"]),
    ("--month --lang en", "2026-11-01", "2026-11-30", None, ["Last week", "This week"]),
    ("--month 2026-10", "2026-10-01", "2026-10-31", None, ["October"]),
    ("2026-10", "2026-10-01", "2026-10-31", None, ["October"]),
    ("--month last", "2026-10-01", "2026-10-31", None, ["October"]),
    ("--since 2026-10-07 --until 2026-11-10", "2026-10-07", "2026-11-10", None, ["October", "Last week"]),
    ("--since 2026-11-10", "2026-11-10", "2026-11-21", None, ["Last week", "This week"]),
    ("--until 2026-11-10", "2026-11-04", "2026-11-10", None, ["Last week"]),
    ("--since 1990-01-01 --until 2100-01-01", "1990-01-01", "2100-01-01", None, ["October", "Last week", "This week"]),
]


def test_any_days(weeks: Rl) -> None:
    for words, since, until, week, added in DAYS:
        found = data(weeks("report", *words.split(), "--json"))
        assert (found["since"], found["until"], found["week"]) == (since, until, week), words
        assert [paper["title"] for paper in found["added"]] == added, words
        assert found["queue"]["added"] == found["added_total"] == len(added), words


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--week last --month", "a week, a month or days, not several"),
        ("2026-10 --week last", "a week, a month or days, not several"),
        ("--month --since 2026-11-01", "a week, a month or days, not several"),
        ("2026-W46 --until today", "a week, a month or days, not several"),
        ("--month 2026-13", "'2026-13' is not a month"),
        ("2026-00", "'2026-00' is not a month"),
        ("--month soon", "'soon' is not a date"),
        ("soon", "'soon' is not a date"),
        ("--since 2026-12-01", "2026-12-01 is after 2026-11-21"),
        ("--since 2026-11-02 --until 2026-11-01", "2026-11-02 is after 2026-11-01"),
        ("--format pdf", "--format cannot be 'pdf'"),
        ("--print-template --week last", "--print-template makes no report"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(rl: Rl, words: str, says: str) -> None:
    assert_explained(rl("report", *words.split()), 2, says)


def test_days_with_nothing_in_them_are_told_shortly(weeks: Rl) -> None:
    gone = weeks("report", "2026-09", check=True).out
    assert f"{QUIET} in this month; nothing was waiting at the end." in gone
    assert "As of 2026-11-21:" in gone, "what is next is of today"
    ahead = weeks("report", "--week", "2027-W02", check=True).out
    assert "These days are still to come; 3 waiting." in ahead and QUIET not in ahead
    assert "这段时间还没有到；待读 3 篇。" in weeks("report", "2027-W02", "--lang", "zh", check=True).out


def test_an_empty_library_has_a_report(rl: Rl) -> None:
    assert rl("report", check=True).out == (
        f"# Reading report 2026-W47\n\n2026-11-16 – 2026-11-22\n\n{QUIET} in this week; nothing is waiting.\n"
    )


def test_a_web_page_by_option_and_by_the_ending_of_the_file(weeks: Rl, tmp_path: Path) -> None:
    shown = weeks("report", "--format", "html", check=True).out
    assert shown.startswith("<!DOCTYPE html>") and "<h1>Reading report 2026-W47</h1>" in shown
    told = weeks("report", "-o", "week.HTML", check=True)
    assert (tmp_path / "week.HTML").read_text("utf-8") == shown
    assert (told.out, told.err) == ("", "written to week.HTML\n")
    weeks("report", "--format", "markdown", "-o", "week.html", check=True)
    assert (tmp_path / "week.html").read_text("utf-8") == weeks("report", check=True).out
    document = data(weeks("report", "--format", "html", "--json"))
    assert (document["html"], document["markdown"]) == (shown, weeks("report", check=True).out)
    assert data(weeks("report", "--json"))["html"] is None
    assert weeks("report", "-o", "-", check=True).out == weeks("report", check=True).out
    assert not (tmp_path / "-").exists()


def test_a_pass_its_verdict_and_the_queue_in_json(rl: Rl) -> None:
    rl("import", EXAMPLE, "--yes", env={"RL_TODAY": "2026-11-01"}, check=True)
    first, second, third = (it["id"] for it in data(rl("todo", "--limit", "3", "--json"))["papers"])
    waiting = data(rl("todo", "--json"))["total"]
    rl("mark-read", str(first), "--pass", "1", "--minutes", "5", "--on", "2026-11-17", "--note", "look", check=True)
    rl("mark-read", str(first), "--pass", "2", "--minutes", "50", "--then", "3", check=True)
    rl("mark-read", str(second), "--pass", "1", "--then", "drop", "--note", "not mine", check=True)
    rl("mark-read", str(third), "--pass", "2", check=True)
    found = data(rl("report", "--json"))
    verdicts = {it["paper"]["id"]: [(p["pass"], p["minutes"], p["then"]) for p in it["passes"]] for it in found["read"]}
    assert verdicts == {first: [(1, 5, "2"), (2, 50, "3")], second: [(1, None, "drop")], third: [(2, None, "done")]}
    assert found["queue"] == {
        "start": waiting, "added": 0, "wanted": 0, "read": 1, "dropped": 1, "other": 0, "end": waiting - 2,
    }  # fmt: skip
    assert found["queue"]["end"] == data(rl("todo", "--json"))["total"]
    said = rl("report", check=True).out
    assert "4 passes on 3 papers (pass 2: 2, pass 1: 2) · 55 minutes" in said
    assert f"Queue: {waiting} → {waiting - 2} (−1 read, −1 dropped)" in said
    assert "· passes 1 and 2 · 55 min · next: pass 3\n" in said


def test_a_template_that_is_printed_changed_and_set(weeks: Rl, tmp_path: Path) -> None:
    printed = weeks("report", "--print-template", check=True).out
    weeks("report", "--print-template", "-o", "mine.md.j2", check=True)
    mine = tmp_path / "mine.md.j2"
    assert mine.read_text("utf-8") == printed
    assert weeks("report", "--template", "mine.md.j2", check=True).out == weeks("report", check=True).out
    mine.write_text(printed.replace("# {{ heading }}", "# To the group: {{ heading }}"), "utf-8")
    weeks("config", "set", "report.template", str(mine), check=True)
    assert weeks("report", check=True).out.startswith("# To the group: Reading report 2026-W47\n")
    assert "<title>To the group: Reading report 2026-W47</title>" in weeks("report", "--format", "html").out
    (tmp_path / "other.j2").write_text("{{ days }}", "utf-8")
    assert weeks("report", "--template", "other.j2", check=True).out == "2026-11-16 – 2026-11-22\n"
    assert weeks("report", "--print-template", check=True).out == printed, "the built-in one, whatever is set"


def test_a_template_set_by_half_a_path_is_refused(rl: Rl) -> None:
    assert_explained(rl("config", "set", "report.template", "mine.md.j2"), 2, "the whole path of a file")
    assert_explained(rl("report", env={"RL_TEMPLATE": "/none/mine.md.j2"}), 5, "cannot read the template /none/mine")


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% block %}", "line 1 of the template mine.j2"),
        ("\n\n{{ reprot.minutes }}", "line 3 of the template mine.j2: 'reprot' is undefined"),
        ('{% extends "weekly.md.j2" %}\n{% block added %}{{ report.nope }}{% endblock %}', "line 2 .* mine.j2: .*nope"),
        ("{{ report.today.__class__.__base__ }}", "line 1 of the template mine.j2: .*unsafe"),
        ('{% include "/etc/hostname" %}', "line 1 of the template mine.j2: "),
    ],
)
def test_a_fault_in_a_template_leaves_the_older_report_alone(rl: Rl, tmp_path: Path, template: str, says: str) -> None:
    (tmp_path / "mine.j2").write_text(template, "utf-8")
    (tmp_path / "week.md").write_text("of last week", "utf-8")
    failed = rl("report", "--template", "mine.j2", "-o", "week.md")
    assert_explained(failed, 5, says)
    assert failed.out == ""
    assert (tmp_path / "week.md").read_text("utf-8") == "of last week"
    assert sorted(it.name for it in tmp_path.iterdir() if it.suffix == ".md" or "week" in it.name) == ["week.md"]
