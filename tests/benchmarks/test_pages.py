"""The part of `make bench` that imports pages kept by hand: which pages, what is kept of them, what the bound says."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import document, pages
from benchmarks.measure import Launcher, Run
from readlist.importers import page


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder as that of the real pages is."""
    for name, content in {
        "corpus/pages/long.md": b"- [Long Feathers](https://arxiv.org/abs/2101.99994)\n" * 3,
        "corpus/pages/empty.md": b"",
        "corpus/pages/no text.md": b"\x00\x01secret words\x00" * 9,
        "corpus/pages/folder/deeper.md": b"- [Deeper Feathers](https://arxiv.org/abs/2101.99995)\n",
        "seeds/short.txt": "短文 ✅ https://arxiv.org/abs/2101.99996\n".encode(),
        "seeds/labels.json": b"{}",
    }.items():
        path = tmp_path / "shared" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "shared"


def test_pages_are_taken_from_both_folders_and_those_that_hold_nothing_are_left_out(shared: Path) -> None:
    assert [path.name for path in pages.found(shared)] == ["short.txt", "no text.md", "long.md"]
    assert pages.found(shared / "seeds") == []


def test_each_page_is_imported_for_itself_and_of_one_that_fails_no_words_are_kept(shared: Path, tmp_path: Path) -> None:
    with Launcher(tmp_path / "fresh") as launcher:
        told = pages.measured(launcher, pages.found(shared), tmp_path / "startup", most=1)
    assert {it["name"]: it["bytes"] for it in told["pages"]} == {"short.txt": 44, "long.md": 156}
    assert all(it["cpu"] > 0 and it["wall"] > 0 for it in (*told["pages"], told["each"], told["one"]))
    assert told["faults"] == [{"name": "no text.md", "bytes": 135, "fault": "exit code 5"}]
    assert not list((tmp_path / "fresh").iterdir()), "libraries are left behind"


def test_the_page_of_startup_holds_a_paper_of_each_common_way_of_writing() -> None:
    read = page.read(pages.EACH_WAY)
    known = [
        (it.metadata.title, it.mark, len(it.metadata.authors), it.metadata.venue, it.metadata.year, it.finished)
        for it in read.entries
    ]
    assert known == [
        ("Counting Quills in Long Wings", "read", 0, None, None, None),
        ("Sorting Feathers of Ducks", "todo", 1, "ACL", 2021, None),
        ("Nests on Trees without Leaves", None, 0, "EMNLP", 2020, None),
        ("Songs Sung before the Morning", "read", 0, None, None, "2024-03-01"),
        ("Eggs of many colours", None, 2, "Journal of Imagined Birds", 2019, None),
        ("Wings that Fold", "read", 2, "ICML", 2022, "2024-03-02"),
        ("基于羽毛的深度学习方法", None, 2, "ACL", 2022, None),
    ]
    assert [it.metadata.citations for it in read.entries if it.metadata.citations] == [12, 34]


def test_startup_is_taken_off_round_by_round() -> None:
    page = [Run(0, cpu, 0) for cpu in (0.3, 0.9, 0.31)]
    starts = [[Run(0, cpu, 0) for cpu in (0.1, 0.7, 0.1, 9)], [Run(0, cpu, 0) for cpu in (0.1, 0.8, 0.12, 9)]]
    assert pages.beyond(page, starts, "cpu") == pytest.approx(0.2)  # of 0.2, 0.15, 0.2


def cost(name: str, size: int, whole: float, by_wall: float = 0) -> dict[str, Any]:
    """A page that took so many seconds, 0.13 of them start-up, where one bullet takes 0.1."""
    figures = {"cpu": whole, "wall": by_wall or whole, "beyond": whole - 0.13, "beyond_one": whole - 0.1}
    return {"name": name, "bytes": size, "rounds": 9, **figures, "beyond_by_wall": (by_wall or whole) - 0.13}


COSTS = [
    cost("small.md", 1_000, 0.141),  # 12 ms beyond start-up are allowed, most of them for noise
    cost("middle.md", 30_000, 0.18, 0.5),  # 70 ms
    cost("large.md", 1_000_000, 1.0),  # 2,010 ms
]
STARTUP = {"each": cost("each way.md", 900, 0.13), "one": cost("one bullet.md", 64, 0.1)}


def section(costs: list[dict[str, Any]]) -> str:
    page = document.text({"pages": {**STARTUP, **pages.judged(costs)}})
    return page.partition("## Pages kept by hand")[2].partition("\n## ")[0]


def test_the_bound_is_for_every_page_and_the_one_nearest_to_it_is_named() -> None:
    told = section(COSTS)
    assert "130 ms (wall time 130 ms). A page of one bullet takes 100 ms" in told
    assert "| below 5 kB | 1 | 0.141 | 0.141 | 11.00 | 11.00 | 1 | 0 |" in told
    assert "| above 250 kB | 1 | 1.000 | 1.000 | 0.87 | 0.87 | 1 | 1 |" in told
    assert "3 of 3 pages are within it; by wall time, in which whatever else the machine does is counted, 2." in told
    assert "- Nearest to it: `middle.md`, 30.0 kB, 0.180 s: 50 of 70 ms beyond start-up, 1.67 s/MB" in told


def test_every_page_beyond_the_bound_is_told_and_every_one_that_failed() -> None:
    failed = {"name": "binary.md", "bytes": 9, "fault": "exit code 5"}
    told = section([*COSTS, cost("slow.md", 100_000, 0.5), cost("slower.md", 100_000, 0.6), failed])
    assert "3 of 5 pages are within it; " in told
    assert told.index("- Beyond it: `slower.md`") < told.index("- Beyond it: `slow.md`")
    assert "Nearest" not in told and "- not measured: `binary.md`: exit code 5" in told


def test_where_there_are_no_pages_the_document_says_so() -> None:
    page = document.text({"pages": {"row": "pages", "fault": "the pages are not on this machine"}})
    assert "## Pages kept by hand\n\nNot measured: the pages are not on this machine.\n" in page
