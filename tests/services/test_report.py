"""What the report of a week takes from a library."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from readlist.db.library import Library, Work
from readlist.domain.dates import week_of
from readlist.domain.metadata import Metadata
from readlist.domain.report import Report
from readlist.exporters.report import render
from readlist.services.report import MOST_SHOWN, weekly

NOW = datetime.fromisoformat("2026-11-21T12:00:00+08:00")
WEEK = week_of(NOW.date())


class Desk:
    """A library and a clock that is set by hand."""

    def __init__(self, path: Path) -> None:
        self.now = NOW
        self.library = Library(path, lambda: self.now, lambda message: None)

    def at(self, moment: str) -> None:
        self.now = datetime.fromisoformat(f"{moment}+08:00")

    def report(self, day: date = WEEK.first) -> Report:
        return weekly(self.library.views, week_of(day), NOW)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "readlist.db")
    yield desk
    desk.library.close()


def add(work: Work, title: str) -> int:
    paper_id = work.papers.add(Metadata("user", title=title, authors=("Tianyu Gao",), year=2021))
    work.reading.add(paper_id, 1)
    return paper_id


def before(desk: Desk, *titles: str) -> list[int]:
    """Papers put on the list in the week before."""
    desk.at("2026-11-10T09:00:00")
    with desk.library.write("add") as work:
        return [add(work, title) for title in titles]


def test_an_empty_library_has_an_empty_report(desk: Desk) -> None:
    assert desk.report() == Report(WEEK, NOW.date())


def test_passes_are_grouped_by_paper_with_their_notes(desk: Desk) -> None:
    a, b = before(desk, "SimCSE", "BERT")
    desk.at("2026-11-12T09:00:00")
    with desk.library.write("note") as work:
        work.reading.note("of last week", paper_id=a)
    desk.at("2026-11-16T00:00:00")
    with desk.library.write("mark-read") as work:
        first = work.reading.finish(a, 1, work.unit.stamp, 15)
        work.reading.note("初读：图 1 很清楚。", paper_id=a, number=1, pass_id=first)
        work.reading.finish(b, 1, "2026-11-17")
    desk.at("2026-11-22T23:59:59")
    with desk.library.write("mark-read") as work:
        second = work.reading.finish(a, 2, work.unit.stamp, 40)
        work.reading.note("Table 3 matters.", paper_id=a, number=2, pass_id=second)
        work.reading.note("Ask Li.", paper_id=a)
        work.reading.note("from a page", paper_id=a, page="list.md")
        work.reading.summarise(a, "Dropout as noise.")
    report = desk.report()
    simcse, bert = report.read
    assert simcse.paper.title == "SimCSE"
    assert simcse.paper.summary == "Dropout as noise."
    assert [(p.number, p.note) for p in simcse.passes] == [(1, "初读：图 1 很清楚。"), (2, "Table 3 matters.")]
    assert simcse.notes == ("Ask Li.",)
    assert (simcse.deepest, simcse.minutes) == (2, 55)
    assert (bert.deepest, bert.minutes, bert.notes) == (1, 0, ())
    assert (report.passes, report.minutes, report.by_pass) == (3, 55, {2: 1, 1: 2})
    assert list(report.by_pass) == [2, 1]
    assert report.noted == ()


def test_the_deepest_read_come_first_and_other_weeks_do_not_come(desk: Desk) -> None:
    a, b, c, d = before(desk, "A", "B", "C", "D")
    with desk.library.write("mark-read") as work:
        work.reading.finish(a, 1, "2026-11-16")
        work.reading.finish(b, 3, "2026-11-18")
        work.reading.finish(c, 2, "2026-11-15")
        work.reading.finish(d, 2, None)
    assert [entry.paper.title for entry in desk.report().read] == ["B", "A"]
    assert [entry.paper.title for entry in desk.report(date(2026, 11, 15)).read] == ["C"]


def test_what_is_being_read_has_the_notes_of_the_week(desk: Desk) -> None:
    a, b, c = before(desk, "A", "B", "C")
    with desk.library.write("start") as work:
        work.reading.begin(a, 1)
        work.reading.begin(b, 1)
    desk.at("2026-11-18T09:00:00")
    with desk.library.write("note") as work:
        work.reading.note("half way", paper_id=a)
        work.reading.note("not begun", paper_id=c)
        work.reading.set(b, dropped=work.unit.stamp, drop_reason="太旧")
    report = desk.report()
    assert [(entry.paper.title, entry.notes) for entry in report.reading] == [("A", ("half way",))]
    assert [(entry.paper.title, entry.notes) for entry in report.noted] == [("C", ("not begun",))]
    assert [(paper.title, paper.drop_reason) for paper in report.dropped] == [("B", "太旧")]


def test_a_paper_finished_and_begun_again_stands_with_the_read(desk: Desk) -> None:
    (a,) = before(desk, "A")
    with desk.library.write("x") as work:
        work.reading.finish(a, 1, "2026-11-17")
        work.reading.begin(a, 2)
    report = desk.report()
    assert len(report.read) == 1
    assert report.reading == ()


def test_added_papers_are_named_up_to_a_number(desk: Desk) -> None:
    before(desk, "Old")
    desk.at("2026-11-18T09:00:00")
    with desk.library.write("import") as work:
        for number in range(MOST_SHOWN + 4):
            add(work, f"New {number}")
    report = desk.report()
    assert [paper.title for paper in report.added] == [f"New {number}" for number in range(MOST_SHOWN)]
    assert (report.added_total, report.waiting, len(report.next)) == (MOST_SHOWN + 4, MOST_SHOWN + 5, 5)


def test_next_is_the_queue_of_today_with_reasons(desk: Desk) -> None:
    _, b, c = before(desk, "A", "B", "C")
    with desk.library.write("x") as work:
        work.reading.set(b, due="2026-11-23")
        work.reading.set(c, next_pass=None)
    report = desk.report(date(2026, 10, 1))
    assert [paper.title for paper in report.next] == ["B", "A"]
    assert report.waiting == 0, "nothing was on the list in that week"
    assert desk.report().waiting == 2
    assert report.next[0].urgency
    assert "due in 2 days" in [why for why, _ in report.next[0].urgency.terms]
    assert report.today == NOW.date()
    assert report.quiet


def test_counts_that_moved_come_once_a_paper_the_largest_first(desk: Desk) -> None:
    a, b, c = before(desk, "A", "B", "C")
    with desk.library.write("refresh") as work:
        for paper_id, source, count in (
            (a, "semantic-scholar", 207), (a, "openalex", 100), (b, "semantic-scholar", 50), (c, "page", 1),
        ):  # fmt: skip
            work.papers.observe(paper_id, source, count)
    desk.at("2026-11-19T09:00:00")
    with desk.library.write("refresh") as work:
        for paper_id, source, count in (
            (a, "semantic-scholar", 219), (a, "openalex", 180), (b, "semantic-scholar", 30), (c, "page", 9),
        ):  # fmt: skip
            work.papers.observe(paper_id, source, count)
    report = desk.report()
    moved = [(m.paper.title, m.before, m.after, m.change) for m in report.movers]
    assert moved == [("B", 50, 30, -20), ("A", 207, 219, 12)]
    assert report.movers_total == 2


def test_reading_a_report_writes_nothing(desk: Desk) -> None:
    before(desk, "A")
    desk.library.close()
    was = desk.library.path.read_bytes()
    desk.report()
    assert desk.library.path.read_bytes() == was


def test_the_report_of_a_library_can_be_handed_on(desk: Desk) -> None:
    a, _ = before(desk, "深度学习综述", "BERT")
    desk.at("2026-11-18T21:00:00")
    with desk.library.write("mark-read") as work:
        done = work.reading.finish(a, 2, work.unit.stamp, 40)
        work.reading.set(a, next_pass=None)
        work.reading.note("# 方法\n\n- 温度 **0.05**", paper_id=a, number=2, pass_id=done)
    assert (
        render(desk.report(), "zh")
        == """\
# 阅读周报 2026-W47

2026-11-16 至 2026-11-22

读了 1 篇，共 1 遍 · 40 分钟 · 待读 1 篇

待读队列：2 → 1（读完 −1）

## 本周读完

### 第 2 遍

- **深度学习综述**（Gao，2021）· 40 分钟 · 读毕

  \\# 方法

  - 温度 **0.05**

## 接下来读

1. **BERT**（Gao，2021）：第 1 遍，已列入 11 天
"""
    )
