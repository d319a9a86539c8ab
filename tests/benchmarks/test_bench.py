"""`make bench` itself: the same library each time, commands measured side by side, the page made of what is kept."""

import json
import sys
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import document, papers
from benchmarks.measure import Command, Launcher, Run, ratio, rounds
from benchmarks.rows import ROWS, named
from benchmarks.run import run as run_row
from benchmarks.words import RARE


@pytest.fixture(scope="module")
def first() -> list[papers.Paper]:
    return list(papers.papers(1_000))


def test_the_library_is_the_same_each_time_and_the_smaller_one_begins_the_larger(first: list[papers.Paper]) -> None:
    assert list(islice(papers.papers(1_000_000), 1_000)) == first
    assert len({paper["doi"] for paper in first}) == 1_000
    assert sum(RARE in paper["abstract"] for paper in first) == 5
    assert sum(any("\u4e00" <= c <= "\u9fff" for c in paper["title"]) for paper in first) >= 100


def test_a_command_is_measured_from_start_to_end_with_its_memory_and_its_fault(tmp_path: Path) -> None:
    hungry = "import time; b = bytearray(50_000_000); time.sleep(0.1); print(len(b))"
    with Launcher(tmp_path) as launcher:
        run, printed = launcher.run_and_read(Command((sys.executable, "-c", hungry)))
        assert 0.1 <= run.wall < 5 and run.cpu < run.wall and run.peak > 50
        assert printed == "50000000\n"
        assert "exit code 3: no" in launcher.run(Command(("sh", "-c", "echo no >&2; exit 3"))).fault
        assert "exit code 127" in launcher.run(Command(("/nowhere",))).fault
        told = "import sys; print(sys.stdout.isatty())"
        for terminal in (True, False):
            _, printed = launcher.run_and_read(Command((sys.executable, "-c", told), terminal=terminal))
            assert printed.strip() == str(terminal)


def test_the_order_turns_round_and_a_command_that_fails_is_not_started_again(tmp_path: Path) -> None:
    order: list[str] = []

    def noted(name: str, words: str = "exit 0") -> Command:
        return Command(("sh", "-c", words), before=lambda number, fresh: order.append(name) or {})  # type: ignore[func-returns-value]

    with Launcher(tmp_path) as launcher:
        runs = rounds(launcher, {"a": noted("a"), "b": noted("b"), "bad": noted("bad", "exit 1")}, 3, 3, 0, warm=False)
    assert order == ["a", "b", "bad", "b", "a", "a", "b"]
    assert [len(runs[name]) for name in ("a", "b", "bad")] == [3, 3, 1]
    assert ratio([Run(2, 0, 0), Run(6, 0, 0), Run(3, 0, 0)], [Run(1, 0, 0), Run(2, 0, 0), Run(3, 0, 0)]) == 2


def test_the_page_marks_what_is_met_what_is_missed_and_what_was_not_measured() -> None:
    def claim(what: str, **more: object) -> dict[str, object]:
        plain = {"what": what, "size": "10000", "base": "P", "base_size": "", "figure": "time"}
        return {**plain, "at_most": 8.0, "at_least": None, **more}

    row = {
        "row": "version",
        "title": "`rl --version`",
        "growth": "",
        "commands": [
            {"name": "rl version", "size": "10000", "rounds": 3, "wall": 0.05, "cpu": 0.04, "peak": 12.5},
            {"name": "papis version", "size": "10000", "rounds": 0, "fault": "cannot be installed"},
        ],
        "claims": [
            claim("rl version", value=5.0, met=True),
            claim("rl help", value=9.0, met=False),
            claim("rl list", fault="rl list: exit code 70: a | b"),
        ],
    }
    page = document.text({"version": row})
    assert "1 of 3 are met" in page
    assert "| `rl version` | 10,000 | P | ≤ 8 × | 5 × | ✓ |" in page
    assert "| `rl help` | 10,000 | P | ≤ 8 × | 9 × | ✗ |" in page
    assert "| `rl list` | 10,000 | P | ≤ 8 × | — | — |" in page
    assert "rl list: exit code 70: a \\| b" in page
    assert "| version | `papis version` | 10,000 | 0 | cannot be installed" in page


def test_every_row_is_named_once_and_can_be_chosen() -> None:
    names = [row.name for row in ROWS]
    assert len(set(names)) == len(names)
    assert [row.name for row in named("version")] == ["version", "peers-version"]


def test_a_row_of_sizes_that_were_not_asked_for_measures_nothing(tmp_path: Path) -> None:
    with Launcher(tmp_path) as launcher:
        result = run_row(launcher, named("version")[0], ["1000"], 1)
    assert json.loads(json.dumps(result))["claims"] == []
