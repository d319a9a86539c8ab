"""Thirteen weeks with a reading list: all reports, the figures and the log are what was counted beside the program."""

from collections import Counter
from datetime import date
from pathlib import Path

from tests.stories.quarter import quarter
from tests.stories.quarter_plan import WEEKS, scripted


def test_a_quarter(tmp_path: Path) -> None:
    story = quarter(tmp_path / "home", scripted)
    assert story.faults == []

    # The account has been put to use: each kind of deed is in it, in weeks of their own and in others.
    ever, held = story.ledger.ever, story.ledger.deeds
    assert Counter(deed.command for deed in ever).keys() >= {
        "import", "add", "start", "mark-read", "want", "drop", "reopen", "note", "summary", "edit", "remove", "merge",
        "refresh",
    }  # fmt: skip
    assert sum(len(deed.lines) == 2 for deed in ever) > 5 and len(held) < len(ever)
    assert sum(len(deed.lines) > 2 for deed in held) > 2
    assert sum(bool(deed.days) for deed in held) > 5
    reports = [story.ledger.report(first) for first in WEEKS]
    assert sum(bool(report["movers"]) for report in reports) > 4
    assert sum(bool(report["dropped"]) for report in reports) > 4
    assert [report["queue"]["start"] for report in reports[1:]] == [report["queue"]["end"] for report in reports[:-1]]
    assert not any(reports[WEEKS.index(date(2026, 10, 12))][part] for part in ("read", "added", "dropped", "movers"))
