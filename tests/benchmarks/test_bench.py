"""`make bench` itself: the same library each time, commands measured side by side, the page made of what is kept."""

import json
import re
import sys
from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import document, papers, recall
from benchmarks.measure import Command, Launcher, Run, ratio, rounds
from benchmarks.peers import peers
from benchmarks.places import ROOT
from benchmarks.plot import drawn
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


def test_what_is_slow_is_left_out_of_the_later_rounds(tmp_path: Path) -> None:
    with Launcher(tmp_path) as launcher:
        commands = {"slow": Command(("sleep", "0.6")), "quick": Command(("true",))}
        runs = rounds(launcher, commands, 5, 2, 0.6, warm=False)
    assert [len(runs[name]) for name in ("slow", "quick")] == [2, 5]


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


# -- what search finds -------------------------------------------------------------------------------------------------

TEXTS = {
    1: ("Söt ﬁsh in C++", "Of fish and 深度学习的模型, both."),
    2: ("深度学习", "BERT模型 and naïve fish."),
    3: ("Fishing", "No C here, but c and 学习."),
}


def by_scan(words: Sequence[str], most: int) -> list[int]:
    """A search that misses nothing, of words as they stand in these texts."""
    folded = {i: f" {' '.join(texts)} ".lower().replace("ö", "o").replace("ﬁ", "fi") for i, texts in TEXTS.items()}
    wanted = [word.lower().replace("ö", "o").replace("ﬁ", "fi") for query in words for word in query.split()]
    found = [i for i, text in folded.items() if all(word in text for word in wanted)]
    found.sort(key=lambda i: TEXTS[i][0] != " ".join(words))
    return found[: most or None]


def test_what_a_scan_finds_is_held_against_what_search_finds() -> None:
    good = recall.compared(TEXTS, by_scan)
    assert (good["recall"], good["whole"], good["missed"]) == (1, good["queries"], [])
    assert (good["titles"], good["first"], good["late"]) == (3, 3, [])
    bad = recall.compared(TEXTS, lambda words, most: [i for i in by_scan(words, most) if i != 2])
    assert 0.3 < bad["recall"] < 0.9 and bad["whole"] < bad["queries"] and bad["missed"]
    assert bad["late"] == ["深度学习"]


# -- the picture -------------------------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"
GROWTH = {
    "rl todo": [(1_000, 0.050), (10_000, 0.051), (1_000_000, 0.052)],
    "rl show <&>": [(1_000, 0.052), (1_000_000, 0.053)],
    "rl tag": [(1_000, 0.052), (1_000_000, 4.0)],
}


def names_in(picture: str) -> list[tuple[float, str]]:
    """The names at the right of a picture, with how far down they stand."""
    texts = ElementTree.fromstring(picture).iter(f"{SVG}text")
    right = [it for it in texts if it.get("text-anchor") == "start"]
    return sorted((float(it.get("y", "")), it.text or "") for it in right)


def test_the_picture_has_a_line_and_a_name_for_every_command() -> None:
    picture = drawn(GROWTH, "Growth")
    root = ElementTree.fromstring(picture)
    lines = [it.get("points", "").split() for it in root.iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [3, 2, 2]
    left, right = (float(lines[0][i].split(",")[0]) for i in (0, -1))
    assert float(lines[0][1].split(",")[0]) == pytest.approx(left + (right - left) / 3, abs=0.1), "by powers of ten"
    (_, low), (_, high) = (map(float, point.split(",")) for point in lines[2])
    assert high < low, "what takes longer stands higher"
    assert {name for _, name in names_in(picture)} == {"rl todo 52 ms", "rl show <&> 53 ms", "rl tag 4 s"}
    assert all(b - a >= 14 for (a, _), (b, _) in pairwise(names_in(picture))), "names stand over one another"


def test_many_names_that_stand_low_stay_in_the_picture() -> None:
    picture = drawn({f"command {n}": [(1_000, 0.02), (10_000, 0.0101)] for n in range(20)}, "Growth")
    places = [place for place, _ in names_in(picture)]
    assert len(places) == 20 and all(b - a >= 14 for a, b in pairwise(places))
    assert places[0] > 0 and places[-1] <= float(ElementTree.fromstring(picture).get("height", ""))


def test_the_page_shows_the_picture_that_is_there_and_it_stands_on_its_own() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page))
    assert shown == {path.name for path in (ROOT / "docs").glob("benchmarks*.svg")}
    for name in shown:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert not [it for it in ("@import", "@font-face", "url(http", "<script", "<image", "href=") if it in text]
        told = {re.sub(r" [\d.,]+ m?s$", "", it) for _, it in names_in(text)}
        growth = page.partition("## Growth")[2].partition("\n## ")[0]
        rows = re.findall(r"^\| ([^|]+) \| [\d ]", growth, re.MULTILINE)
        assert told == set(rows[1:]), "of other commands than the table"


def test_every_command_of_a_row_is_known() -> None:
    programs = {"rl", "P", "B", "typer", "rich", "raw", *peers()}
    named_ones = {name for row in ROWS for claim in row.claims for name in (claim.what, claim.base) if name}
    assert {name.split()[0] for name in named_ones} <= programs
