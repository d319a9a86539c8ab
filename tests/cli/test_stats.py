"""`rl stats`: figures in a pipe, as JSON, on a terminal and as a picture."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from readlist.cli.charts import GUTTER, months
from tests.cli.helpers import Screen, papers, refused
from tests.conftest import Result, Rl

SVG = "{http://www.w3.org/2000/svg}"


def figures(result: Result) -> dict[str, dict[str, int]]:
    """What stands in a pipe: by section, by name."""
    found: dict[str, dict[str, int]] = {}
    for line in result.out.splitlines():
        section, name, number = line.split("\t")
        assert name not in found.setdefault(section, {}), f"twice: {line}"
        found[section][name] = int(number)
    return found


def stats(rl: Rl, *args: str, today: str = "2026-11-21") -> Any:
    return rl("stats", *args, "--json", env={"RL_TODAY": today}, check=True).json()["data"]


@pytest.fixture
def read(rl: Rl, inside: Rl, example: Path) -> Rl:
    """The example page is in the library, and some of it was read in the weeks since 2026-11-21."""
    for day, line in (
        ("2026-11-23", "mark-read raffel2020exploring --pass 1 --minutes 15"),
        ("2026-11-24", "mark-read 12 --pass 1"),
        ("2026-11-24", "mark-read raffel2020exploring --pass 2 --minutes 45"),
        ("2026-12-01", "want 1"),
        ("2026-12-03", "drop 2 --why no"),
    ):
        inside(*line.split(), env={"RL_TODAY": f"{day}T10:00+08:00"}, check=True)
    return rl


def test_figures_in_a_pipe_are_those_of_the_list(read: Rl) -> None:
    found = figures(read("stats", env={"RL_TODAY": "2026-12-04"}, check=True))
    listed = papers(read)
    assert found["papers"] == {"all": len(listed)}
    assert {name: n for name, n in found["status"].items() if n} == Counter(it["status"] for it in listed)
    assert found["venue"] == Counter(it["venue"] or "no venue" for it in listed)
    assert found["year read"]["2021"] == sum(it["year"] == 2021 and it["status"] == "done" for it in listed)
    for top in ("NLP", "CV"):
        under = [it for it in listed if any(path.split("/")[0] == top for path in it["topics"])]
        assert found["topic"][top] == len(under)
        assert found["topic read"][top] == sum(it["status"] == "done" for it in under)
    assert found["day"] == {"2026-11-23": 1, "2026-11-24": 2}
    assert found["minutes"] == {"all": 60}
    assert found["week passes"]["2026-W48"] == 3 and found["week minutes"]["2026-W48"] == 60
    assert found["week waiting"]["2026-W49"] == int(sum(it["status"] in ("todo", "reading") for it in listed))
    assert found["week in"]["2026-W49"] == found["week out"]["2026-W49"] == 1
    assert found["days to done"] == {"papers": 1, "quartile 1": 3, "median": 3, "quartile 3": 3}


def test_json_has_the_same_figures(read: Rl) -> None:
    found = figures(read("stats", env={"RL_TODAY": "2026-12-04"}, check=True))
    data = stats(read, today="2026-12-04")
    assert {it["week"]: it["waiting"] for it in data["weeks"]} == found["week waiting"]
    assert {it["name"] or "no topic": it["papers"] for it in data["topics"]} == found["topic"]
    assert {str(it["name"] or "no year"): it["papers"] for it in data["years"]} == found["year"]
    assert {str(it["pass"]): it["papers"] for it in data["passes"]}.items() <= found["pass"].items()
    assert data["read"] == found["status"]["done"] and data["since"] == "2026-06-08" and data["svg"] is None


def test_a_filter_counts_what_a_list_shows(read: Rl) -> None:
    for line in ("-t contrastive", "--venue ACL", "--status done", "year:2020.. -t NLP"):
        shown = papers(read, *line.split())
        data = stats(read, *line.split())
        assert shown and data["papers"] == len(shown), line
        assert data["waiting"] == sum(it["status"] in ("todo", "reading") for it in shown), line
        assert data["weeks"][-1]["waiting"] == data["waiting"], line
    nothing = read("stats", "no-such-word", check=True)
    assert "no paper fits" in nothing.err and figures(nothing)["papers"] == {"all": 0}


def test_since_bounds_the_weeks(read: Rl) -> None:
    for since, first in (("2026-W49", "2026-11-30"), ("2026-12-04", "2026-11-30"), ("2020-01-01", "2026-11-16")):
        data = stats(read, "--since", since, today="2026-12-04")
        assert data["since"] == data["weeks"][0]["first"] == first, since
    assert [it["day"] for it in stats(read, "--since", "2026-12-01", today="2026-12-04")["days"]] == []


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("--since", "tomorrow"), 2, "in the future"),
        (("--since", "someday"), 2, "not a date"),
        (("--status", "gone"), 2, "--status cannot be"),
        (("-t", "astronomy"), 3, "no topic"),
        (("--svg", "no/such/folder/x.svg"), 1, "cannot write"),
        (("--svg", "."), 1, "is a folder"),
    ],
)
def test_what_cannot_be_is_explained(inside: Rl, example: Path, args: tuple[str, ...], code: int, says: str) -> None:
    refused(inside, "stats", *args, code=code, says=says)


# -- the screen ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 200])
def test_it_fits_the_screen(read: Rl, tty: Callable[..., Screen], columns: int) -> None:
    for today in ("2026-12-04", "2027-11-30"):
        screen = tty("stats", "--since", "2026-06-01", columns=columns, env={"RL_TODAY": today})
        assert screen.code == 0, screen.err
        wide = [line for line in screen.lines if cell_len(line) > columns]
        assert not wide, f"wider than {columns} columns: {wide[:3]}"


@pytest.mark.parametrize("columns", [100, 110, 120, 140])
def test_few_weeks_leave_the_tables_their_room(read: Rl, tty: Callable[..., Screen], columns: int) -> None:
    text = tty("stats", "--since", "2026-11-09", columns=columns).text
    assert all(f"pass {said}" in text for said in ("1 or deeper", "2 or deeper"))
    assert not re.search(r"[/0-9█░]…", text), text


def test_the_screen_tells_it_without_colour(read: Rl, tty: Callable[..., Screen]) -> None:
    screen = tty("stats", env={"NO_COLOR": "1", "RL_TODAY": "2026-12-04"})
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", screen.raw), "a colour"
    days = {line.split()[0]: line.split()[1:] for line in screen.lines if re.match(r" +(Mon|Tue|Fri|Sun) ", line)}
    assert [days[name][-2] for name in ("Mon", "Tue", "Fri", "Sun")] == ["░", "▒", "·", "·"]
    assert len(days["Fri"]) == len(days["Sun"]) + 1 == 26, "Sunday is not there yet"
    legend = next(line for line in screen.lines if "passes a day" in line)
    assert legend.split()[:6] == ["·", "0", "░", "1", "▒", "2"]
    assert any(re.match(r"2026-W48 +3 +60 +0 +1 +\d+$", line.strip()) for line in screen.lines)


def test_bars_begin_in_one_column_whatever_the_script(read: Rl, tty: Callable[..., Screen]) -> None:
    screen = tty("stats")
    lines = [line for line in screen.lines if re.search(r"^(NLP|CV|组会|读前必看)\b", line)]
    assert len(lines) == 4
    assert len({cell_len(line[: min(line.find(c) % 999 for c in "█░")]) for line in lines}) == 1
    assert len({cell_len(line.rstrip()) for line in lines}) == 1, "the figures end in one column"


@pytest.mark.parametrize(
    ("first", "weeks", "shown"),
    [
        ("2026-06-01", 6, "Jun     Jul"),  # 1 July is a Wednesday
        ("2026-06-08", 4, "Jun"),
        ("2026-06-08", 5, "Jun   Jul"),
        ("2026-06-22", 4, "  Jul"),  # June begins before, and there is no room for its name
        ("2026-11-16", 3, "Nov"),  # December begins in the last week, where its name would stand out
    ],
)
def test_months_stand_above_the_week_of_their_first_day(first: str, weeks: int, shown: str) -> None:
    monday = date.fromisoformat(first)
    line = months([monday + timedelta(weeks=n) for n in range(weeks)]).plain
    assert line == " " * GUTTER + shown


def test_one_paper_and_none(rl: Rl, made: Path, tty: Callable[..., Screen]) -> None:
    none = tty("stats")
    assert none.code == 0 and none.text.strip() == "" and "rl import reading-list.md" in none.err
    assert figures(rl("stats", check=True))["papers"] == {"all": 0}
    rl("add", "--title", "A Paper of Its Own", "--no-fetch", check=True)
    one = tty("stats")
    assert "1 paper: 0 read, 1 waiting" in one.text and "No pass was finished" in one.text


def test_no_library_is_made(rl: Rl, own_home: Path) -> None:
    assert "rl import reading-list.md" in rl("stats", check=True).err
    assert not (own_home / "readlist").exists()


# -- the picture -----------------------------------------------------------------------------------------------------


def picture(rl: Rl, file: Path, **env: str) -> ElementTree.Element:
    """The SVG that is drawn; it needs nothing from elsewhere."""
    result = rl("stats", "--svg", file.name, "--json", env={"RL_TODAY": "2026-12-04", **env}, check=True)
    assert result.json()["data"]["svg"] == file.name
    text = file.read_text("utf-8")
    elsewhere = re.findall(r"https?:[^\"' )]*|@import|@font-face|url\(|href", text)
    assert elsewhere == ["http://www.w3.org/2000/svg"], "the name of the format is the only address"
    return ElementTree.fromstring(text)


def test_a_picture_shows_what_the_screen_does(read: Rl, tmp_path: Path) -> None:
    for columns in ("80", "120"):
        root = picture(read, tmp_path / "reading.svg", COLUMNS=columns)
        words = {it.text or "" for it in root.iter(f"{SVG}text")}
        assert {"Calendar", "Queue", "Venues", "组会", "72 papers"} <= {word.strip() for word in words}
        width, height = float(root.get("width", 0)), float(root.get("height", 0))
        for box in root.iter(f"{SVG}rect"):
            if "%" not in box.get("width", ""):
                assert float(box.get("x", -1)) >= 0 and float(box.get("x", 0)) + float(box.get("width", 0)) <= width
                assert float(box.get("height", -1)) > 0 and float(box.get("y", 0)) <= height
        for line in root.iter(f"{SVG}text"):
            assert float(line.get("x", 0)) + float(line.get("textLength", 0)) <= width


def test_chinese_is_as_wide_as_its_cells(read: Rl, tmp_path: Path) -> None:
    root = picture(read, tmp_path / "reading.svg")
    wide = {it.text: float(it.get("textLength", 0)) for it in root.iter(f"{SVG}text")}
    assert wide["组会"] == 4 * wide["Jun"] / 3, "two letters of two cells each, of which June has three"


def test_text_from_outside_is_no_markup(rl: Rl, example: Path, tmp_path: Path) -> None:
    rl("topic", "add", "<script>&amp;]]>\ufffe\x1b[31m\"'", "12", check=True)
    root = picture(rl, tmp_path / "reading.svg")
    assert not list(root.iter(f"{SVG}script"))
    assert any("<script>&amp;]]>" in (it.text or "") for it in root.iter(f"{SVG}text"))


def test_an_older_picture_is_replaced_as_a_whole(read: Rl, tmp_path: Path) -> None:
    (tmp_path / "reading.svg").write_text("x" * 1_000_000, "utf-8")
    picture(read, tmp_path / "reading.svg")
    assert not [it for it in tmp_path.iterdir() if it.name.startswith(".reading")]
    again = read("stats", "--svg", "again.svg", check=True)
    assert (again.out, again.err) == ("", "drawn in again.svg\n")


def test_a_picture_into_a_pipe(read: Rl) -> None:
    assert ElementTree.fromstring(read("stats", "--svg", "/dev/stdout", check=True).out).tag == f"{SVG}svg"


def test_a_picture_of_nothing(rl: Rl, made: Path, tmp_path: Path) -> None:
    root = picture(rl, tmp_path / "empty.svg")
    assert "0 papers" in {it.text for it in root.iter(f"{SVG}text")}


def test_json_is_one_document_with_a_picture(read: Rl, tmp_path: Path) -> None:
    result = read("stats", "--svg", "x.svg", "--json", check=True)
    assert json.loads(result.out)["status"] == "ok"
