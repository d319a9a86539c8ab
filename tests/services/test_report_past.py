"""A report says the same whenever it is asked for: weeks compared with what was counted while they went by."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.db.library import Library
from readlist.domain.dates import Span, week_of
from readlist.domain.metadata import Metadata
from readlist.domain.report import Queue, Report
from readlist.exporters.report import render
from readlist.services import notes, read, undo
from readlist.services.report import weekly

MONDAY = date(2026, 10, 5)
WEEKS = [week_of(MONDAY + timedelta(days=7 * n)) for n in range(5)]


class Reader:
    """Somebody at a library, each command a run of the program of its own, at a clock that is set by hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = datetime.fromisoformat(f"{MONDAY}T08:00:00+08:00")
        self.library = self._open()

    def _open(self) -> Library:
        return Library(self.path, lambda: self.now, lambda message: None)

    def at(self, day: date, hour: int = 9) -> Library:
        """The library for the next command, which is run then."""
        self.now = datetime.fromisoformat(f"{day}T{hour:02d}:00:00+08:00")
        self.library.close()
        self.library = self._open()
        return self.library

    def add(self, day: date, title: str, next_pass: int | None = 1) -> int:
        with self.at(day).write("add") as work:
            paper = work.papers.add(Metadata("user", title=title))
            work.reading.add(paper, next_pass)
            return paper

    def undo(self, day: date, *, again: bool = False) -> None:
        library = self.at(day)
        undo.carry_out(library, undo.plan(library, 1, again=again))

    def report(self, span: Span) -> Report:
        return weekly(self.library.views, span, self.now)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    one = Reader(tmp_path / "readlist.db")
    yield one
    one.library.close()


def page(report: Report) -> str:
    """The report without what is of the day on which it is asked for."""
    return render(replace(report, today=report.span.last, next=()), "en")


def day(week: int, weekday: int) -> date:
    return WEEKS[week].first + timedelta(days=weekday)


def test_five_weeks_as_counted_by_hand(reader: Reader) -> None:
    a, b, c = (reader.add(day(0, 0), title) for title in ("A", "B", "C"))
    known = reader.add(day(0, 1), "Known", None)
    read.mark_read(reader.at(day(0, 3)), [a], 1, minutes=20, note="first look")
    pages = [page(reader.report(WEEKS[0]))]

    read.mark_read(reader.at(day(1, 0)), [a], 2, minutes=60, then="3", summary="All of A.")
    read.mark_read(reader.at(day(1, 1)), [b], 1, minutes=10, then="drop", note="not mine")
    read.start(reader.at(day(1, 6)), c, 1)
    pages.append(page(reader.report(WEEKS[1])))

    read.mark_read(reader.at(day(2, 0)), [c], 1, minutes=30, then="done")
    read.reopen(reader.at(day(2, 1)), [b])
    read.want(reader.at(day(2, 2)), [known], None)
    d = reader.add(day(2, 3), "D")
    read.drop(reader.at(day(2, 4)), [d], "twice the same")
    pages.append(page(reader.report(WEEKS[2])))

    read.mark_read(reader.at(day(3, 0)), [a], 3, minutes=200, summary="A, once more.")
    read.reopen(reader.at(day(3, 1)), [d, c])
    notes.add_note(reader.at(day(3, 2)), b, "B after all?")
    pages.append(page(reader.report(WEEKS[3])))

    reader.at(day(4, 0))
    queues = [reader.report(week).queue for week in WEEKS]
    assert queues == [
        Queue(start=0, added=3, end=3),
        Queue(start=3, dropped=1, end=2),
        Queue(start=2, added=1, wanted=2, read=1, dropped=1, end=3),
        Queue(start=3, wanted=2, read=1, end=4),
        Queue(start=4, end=4),
    ]
    told = [
        [(it.paper.title, [p.number for p in it.passes], it.minutes, it.then) for it in reader.report(week).read]
        for week in WEEKS
    ]
    assert told == [
        [("A", [1], 20, "2")],
        [("A", [2], 60, "3"), ("B", [1], 10, "drop")],
        [("C", [1], 30, "done")],
        [("A", [3], 200, "done")],
        [],
    ]
    assert [[paper.title for paper in reader.report(week).dropped] for week in WEEKS] == [[], ["B"], ["D"], [], []]
    assert [[it.paper.title for it in reader.report(week).reading] for week in WEEKS] == [[], ["C"], [], [], []]
    assert [it.paper.summary for week in WEEKS for it in reader.report(week).read if it.paper.title == "A"] == [
        None, "All of A.", "A, once more.",
    ]  # fmt: skip
    assert [page(reader.report(week)) for week in WEEKS[:4]] == pages


def test_what_was_taken_back_never_was_and_what_was_done_again_was_done_then(reader: Reader) -> None:
    a, b = (reader.add(day(0, 0), title) for title in "AB")
    read.mark_read(reader.at(day(0, 1)), [a], 2)
    read.drop(reader.at(day(0, 2)), [b], "no")
    reader.undo(day(1, 1))
    assert reader.report(WEEKS[0]).queue == Queue(start=0, added=2, read=1, end=1)
    assert reader.report(WEEKS[0]).dropped == ()
    assert not reader.report(WEEKS[1]).queue.moved
    reader.undo(day(2, 1), again=True)
    assert reader.report(WEEKS[0]).queue == Queue(start=0, added=2, read=1, dropped=1, end=0)
    assert [paper.title for paper in reader.report(WEEKS[0]).dropped] == ["B"]
    assert not reader.report(WEEKS[2]).queue.moved


def test_a_paper_that_is_back_after_an_undo_was_there_all_the_time(reader: Reader) -> None:
    a = reader.add(day(0, 0), "A", None)
    with reader.at(day(1, 0)).write("remove") as work:
        work.papers.remove(a)
    reader.undo(day(1, 1))
    read.mark_read(reader.at(day(2, 0)), [a], 2)
    assert [reader.report(week).queue for week in WEEKS[:3]] == [Queue()] * 3


def test_a_pass_noted_late_counts_for_its_own_day(reader: Reader) -> None:
    a = reader.add(day(0, 0), "A")
    read.mark_read(reader.at(day(1, 2)), [a], 2, on=day(0, 4), summary="Late, but true.")
    first, second = reader.report(WEEKS[0]), reader.report(WEEKS[1])
    assert first.queue == Queue(start=0, added=1, read=1, end=0)
    assert [(it.then, it.paper.status, it.paper.summary) for it in first.read] == [("done", "done", "Late, but true.")]
    assert (second.read, second.queue) == ((), Queue())


def test_a_pass_noted_late_and_taken_back_leaves_no_trace(reader: Reader) -> None:
    a = reader.add(day(0, 0), "A")
    read.mark_read(reader.at(day(0, 1)), [a], 1)
    then = page(reader.report(WEEKS[0]))
    read.want(reader.at(day(1, 0)), [a], 3)
    read.mark_read(reader.at(day(1, 1)), [a], 2, on=day(0, 4))
    reader.undo(day(1, 1))
    assert page(reader.report(WEEKS[0])) == then


def test_a_paper_that_comes_with_its_own_days_stood_on_the_list_from_the_first_of_them(reader: Reader) -> None:
    reader.add(day(0, 0), "Known", None)
    with reader.at(day(2, 0)).write("import") as work:
        a = work.papers.add(Metadata("user", title="From another library"))
        work.reading.add(a, None, added=f"{day(0, 0)}T09:00:00+08:00")
        b = work.papers.add(Metadata("user", title="Read there"))
        work.reading.add(b, None, added=f"{day(0, 0)}T09:00:00+08:00")
        work.reading.finish(b, 2, f"{day(1, 3)}")
        work.reading.touch(b)
    read.want(reader.at(day(3, 0)), [a], 1)
    assert [reader.report(week).queue for week in WEEKS[:4]] == [
        Queue(start=0, added=1, end=1),
        Queue(start=1, read=1, end=0),
        Queue(),
        Queue(start=0, wanted=1, end=1),
    ]


def test_where_the_log_is_trimmed_the_passes_tell(reader: Reader) -> None:
    a, b, _ = (reader.add(day(0, 0), title) for title in "ABC")
    read.mark_read(reader.at(day(1, 0)), [a], 1)
    read.mark_read(reader.at(day(2, 0)), [a], 2)
    read.drop(reader.at(day(2, 1)), [b], "no")
    whole = [reader.report(week) for week in WEEKS[:4]]
    undo.trim(reader.at(day(3, 0)), reader.now)
    assert [reader.report(week).queue for week in WEEKS[:4]] == [it.queue for it in whole]
    assert [it.then for week in WEEKS[:4] for it in reader.report(week).read] == ["2", "done"]


def test_counts_are_those_of_the_week(reader: Reader) -> None:
    a = reader.add(day(0, 0), "A")
    for week, count in enumerate((100, 130, 190)):
        with reader.at(day(week, 2)).write("refresh") as work:
            work.papers.observe(a, "semantic-scholar", count)
    read.mark_read(reader.at(day(3, 0)), [a], 1)
    assert [(m.before, m.after) for week in WEEKS[:3] for m in reader.report(week).movers] == [(100, 130), (130, 190)]
    counts = [entry.paper.citations for week in WEEKS[:3] for entry in reader.report(week).movers]
    assert [seen.count for seen in counts if seen] == [130, 190]


def test_a_week_to_come_has_nothing_in_it_but_what_is_next(reader: Reader) -> None:
    reader.add(day(0, 0), "A")
    ahead = reader.report(WEEKS[3])
    assert (ahead.ahead, ahead.quiet, ahead.queue) == (True, True, Queue(start=1, end=1))
    assert "These days are still to come; 1 waiting." in render(ahead, "en")


def test_years_are_a_span_too(reader: Reader) -> None:
    a = reader.add(day(0, 0), "A")
    read.mark_read(reader.at(day(1, 0)), [a], 3, minutes=5)
    ages = reader.report(Span(date.min, date.max))
    assert (ages.passes, ages.minutes, ages.queue) == (1, 5, Queue(start=0, added=1, read=1, end=0))


# -- whatever is done --------------------------------------------------------------------------------------------------


@dataclass
class Counted:
    """What the queue must be, counted beside the program: by paper whether it waits."""

    waits: dict[int, bool] = field(default_factory=dict)
    done: list[dict[int, bool]] = field(default_factory=list)

    def is_now(self, paper: int, waits: bool) -> None:
        self.done.append(dict(self.waits))
        self.waits[paper] = waits

    @property
    def waiting(self) -> int:
        return sum(self.waits.values())


ACTIONS = ("add", "start", "pass 1", "pass 2", "to pass 3", "give up", "drop", "reopen", "want", "note", "undo")
commands = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 3)), max_size=7)


def act(reader: Reader, counted: Counted, when: date, action: str, number: int) -> None:
    """Do it, if it can be done, and count."""
    if action == "add":
        return counted.is_now(reader.add(when, f"Paper {len(counted.waits)} of {when}"), True)
    if action == "undo":
        if counted.done:
            reader.undo(when)
            counted.waits = counted.done.pop()
        return
    if not counted.waits:
        return
    paper = sorted(counted.waits)[number % len(counted.waits)]
    library = reader.at(when)
    with library.write("look") as work:
        state = work.reading.state(paper)
    under_way = any(event.open for event in state.passes)
    if action == "start" and not under_way:
        read.start(library, paper, None)
        counted.is_now(paper, True)
    elif action == "pass 1":
        again = any(not event.open and event.number >= 1 for event in state.passes)
        waits = (state.next_pass or 0) > 1 or not again or any(e.open and e.number > 1 for e in state.passes)
        read.mark_read(library, [paper], 1)
        counted.is_now(paper, waits)
    elif action == "pass 2":
        read.mark_read(library, [paper], 2)
        deeper = (state.next_pass or 0) > 2 or any(event.open and event.number > 2 for event in state.passes)
        counted.is_now(paper, deeper)
    elif action == "to pass 3":
        read.mark_read(library, [paper], 2, then="3")
        counted.is_now(paper, True)
    elif action == "give up":
        read.mark_read(library, [paper], 3, then="drop", note="enough")
        counted.is_now(paper, False)
    elif action == "drop" and not state.dropped:
        read.drop(library, [paper], "why not")
        counted.is_now(paper, False)
    elif action == "reopen" and state.dropped:
        read.reopen(library, [paper])
        counted.is_now(paper, True)
    elif action == "want" and state.next_pass is None:
        read.want(library, [paper], None)
        counted.is_now(paper, True)
    elif action == "note":
        notes.add_note(library, paper, f"thought of {when}")
        counted.done.append(dict(counted.waits))


@settings(max_examples=15)
@given(st.lists(commands, min_size=3, max_size=4))
def test_a_report_never_changes_by_when_it_is_asked_for(weeks: list[list[tuple[str, int]]]) -> None:
    with TemporaryDirectory() as folder:
        reader, counted = Reader(Path(folder) / "readlist.db"), Counted()
        pages, waiting = [], [0]
        for week, done in enumerate(weeks):
            counted.done.clear()  # what is taken back in a later week changes the week, and is meant to
            for number, (action, paper) in enumerate(done):
                act(reader, counted, day(week, number), action, paper)
            reader.at(day(week, 6), 23)
            pages.append(page(reader.report(WEEKS[week])))
            waiting.append(counted.waiting)
        reader.at(WEEKS[-1].last)
        later = [reader.report(week) for week in WEEKS[: len(weeks)]]
        reader.library.close()
    assert [(it.queue.start, it.queue.end) for it in later] == list(pairwise(waiting))
    for it in later:
        queue = it.queue
        moves = queue.added + queue.wanted - queue.read - queue.dropped - queue.other
        assert (queue.start + moves, queue.other) == (queue.end, 0), queue
    assert [page(it) for it in later] == pages
