"""Looking back at a library, against a count of one's own."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.db.library import Library, Work
from readlist.domain.dates import week_of
from readlist.domain.metadata import Metadata
from readlist.domain.passes import PASSES
from readlist.domain.query import Filter, parse
from readlist.domain.stats import Share, Spread, Stats
from readlist.errors import NotFound, ReadlistError
from readlist.services import read, undo
from readlist.services.report import weekly
from readlist.services.stats import look_back

BEGIN = datetime.fromisoformat("2026-09-01T09:00:00+08:00")  # a Tuesday
NOW = datetime.fromisoformat("2026-11-21T12:00:00+08:00")


class Desk:
    """A library and a clock that is set by hand."""

    def __init__(self, path: Path) -> None:
        self.now = BEGIN
        self.library = Library(path, lambda: self.now, lambda message: None)

    def again(self) -> None:
        """What follows is another run of the program."""
        self.library.close()
        self.library = Library(self.library.path, lambda: self.now, lambda message: None)

    def on(self, day: str) -> None:
        self.now = datetime.fromisoformat(f"2026-{day}T09:00:00+08:00")

    def add(self, title: str, next_pass: int | None = 1, **said: object) -> int:
        with self.library.write("add") as work:
            return put(work, title, next_pass, **said)  # type: ignore[arg-type]

    def stats(self, *query: str, since: date | None = None) -> Stats:
        today = self.now.date()
        return look_back(self.library.views, parse(query, today), since, today)

    def queue(self) -> set[int]:
        """What `rl todo` says now."""
        page = self.library.views.select(Filter(), "id", None, self.now.date(), queue=True)
        return {paper.id for paper in page.papers}


def put(work: Work, title: str, next_pass: int | None, topics: tuple[str, ...] = (), **said: object) -> int:
    paper_id = work.papers.add(Metadata("page", title=title, **said))  # type: ignore[arg-type]
    work.reading.add(paper_id, next_pass)
    for topic in topics:
        work.topics.attach(paper_id, work.topics.ensure(tuple(topic.split("/"))))
    return paper_id


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "readlist.db")
    yield desk
    desk.library.close()


def waiting(stats: Stats) -> dict[str, int]:
    return {week.name: week.waiting for week in stats.weeks}


# -- any sequence of events ------------------------------------------------------------------------------------------


@dataclass
class Told:
    """What commands left, as `rl todo` said it after each, in the order in which they hold."""

    steps: list[tuple[date, set[int]]] = field(default_factory=list)
    undone: list[tuple[date, set[int]]] = field(default_factory=list)

    def did(self, day: date, queue: set[int]) -> None:
        self.steps.append((day, queue))
        self.undone.clear()

    def at(self, day: date) -> set[int]:
        return next((queue for then, queue in reversed(self.steps) if then <= day), set())


COMMANDS = ("add", "list", "read", "read", "read", "drop", "want", "reopen", "start", "remove", "undo", "redo")
EVENTS = st.lists(
    st.tuples(st.sampled_from(COMMANDS), st.integers(0, 9), st.integers(1, 3), st.integers(0, 6)), max_size=30
)


def act(desk: Desk, command: str, paper: int, number: int) -> None:
    library = desk.library
    deeds: dict[str, Callable[[], object]] = {
        "read": lambda: read.mark_read(library, [paper], number, minutes=number),
        "drop": lambda: read.drop(library, [paper], "why not"),
        "want": lambda: read.want(library, [paper], number),
        "reopen": lambda: read.reopen(library, [paper]),
        "start": lambda: read.start(library, paper, number),
        "undo": lambda: undo.carry_out(library, undo.plan(library, 1, again=False)),
        "redo": lambda: undo.carry_out(library, undo.plan(library, 1, again=True)),
    }
    if command == "remove":
        with library.write("remove") as work:
            work.papers.remove(paper)
    else:
        deeds[command]()


@settings(max_examples=40)
@given(EVENTS)
def test_weeks_are_what_todo_said_and_days_what_was_finished(
    events: list[tuple[str, int, int, int]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "readlist.db")
        told = Told()
        for n, (command, which, number, days) in enumerate(events):
            desk.again()
            desk.now += timedelta(days=days)
            today = desk.now.date()
            there = [row[0] for row in desk.library.views.names(range(1, 40))]
            entries = desk.library.history.log(0)[1]
            if command in ("add", "list"):
                desk.add(f"Title of the paper {n}", 1 if command == "add" else None)
            elif there or command in ("undo", "redo"):
                try:
                    act(desk, command, there[which % len(there)] if there else 0, number)
                except ReadlistError:  # there is nothing to undo; another pass is under way
                    continue
            if desk.library.history.log(0)[1] == entries:
                continue
            if command == "undo":
                told.undone.append(told.steps.pop())
            elif command == "redo":
                told.steps.append(told.undone.pop())
            else:
                told.did(today, desk.queue())
        stats = desk.stats(since=BEGIN.date())
        papers = desk.library.views.papers(range(1, 40), desk.now.date(), whole=True)
        left = {paper.id for paper in papers}
        for week in stats.weeks:
            assert week.waiting == len(told.at(week.first + timedelta(days=6)) & left), week.name
        came: Counter[date] = Counter()
        went: Counter[date] = Counter()
        before: set[int] = set()
        for day, queue in told.steps:
            came[week_of(day).first] += len((queue - before) & left)
            went[week_of(day).first] += len((before - queue) & left)
            before = queue
        assert {week.first: (week.came, week.went) for week in stats.weeks} == {
            week.first: (came[week.first], went[week.first]) for week in stats.weeks
        }
        finished = [it for paper in papers for it in paper.passes if it.finished]
        assert stats.days == Counter(date.fromisoformat((it.finished or "")[:10]) for it in finished)
        assert stats.minutes == sum(it.minutes or 0 for it in finished) == sum(week.minutes for week in stats.weeks)
        assert stats.papers == len(papers)
        assert stats.statuses == {name: sum(it.status == name for it in papers) for name in stats.statuses}
        deepest = [max((it.number for it in paper.passes if it.finished), default=0) for paper in papers]
        assert stats.depths == {number: sum(it >= number for it in deepest) for number in PASSES}
        desk.library.close()


# -- rules one by one ------------------------------------------------------------------------------------------------


def test_an_empty_library_has_figures_of_nothing(desk: Desk) -> None:
    desk.now = NOW
    stats = desk.stats()
    assert (stats.papers, stats.read, stats.waiting, stats.minutes, stats.undated) == (0, 0, 0, 0, 0)
    assert (stats.topics, stats.venues, stats.years, stats.days) == ((), (), (), {})
    assert len(stats.weeks) == 26 and not any(waiting(stats).values())
    assert stats.to_first is stats.to_done is None
    assert len(desk.stats(since=date(1, 1, 1)).weeks) == 1, "weeks in which nothing can have been are left out"
    assert not desk.library.path.exists(), "looking makes no library"


def test_read_on_an_unknown_day_is_read_and_on_no_day(desk: Desk) -> None:
    with desk.library.write("import") as work:
        paper = put(work, "A paper with a mark", None)
        work.reading.finish(paper, 2, None)
    stats = desk.stats()
    assert (stats.read, stats.undated, stats.depths) == (1, 1, {1: 1, 2: 1, 3: 0})
    assert stats.days == {} and sum(week.passes + week.came + week.went for week in stats.weeks) == 0
    assert stats.to_first is stats.to_done is None
    desk.on("09-10")
    read.mark_read(desk.library, [paper], 3)
    assert desk.stats().to_first is None, "when it was read first is not known"
    assert desk.stats().to_done == Spread(1, 9, 9, 9)


def test_days_from_adding_to_reading(desk: Desk) -> None:
    papers = [desk.add(f"Paper of the number {n}") for n in range(4)]
    for paper, first, second in zip(
        papers, ("09-02", "09-04", "09-08", "09-20"), ("09-05", "", "09-08", ""), strict=True
    ):
        desk.on(first)
        read.mark_read(desk.library, [paper], 1)
        if second:
            desk.on(second)
            read.mark_read(desk.library, [paper], 2)
    stats = desk.stats()
    assert stats.to_first == Spread(4, 1, 3, 7)
    assert stats.to_done == Spread(2, 4, 4, 7)


def test_a_pass_noted_later_counts_on_its_own_day(desk: Desk) -> None:
    paper = desk.add("A paper read on a journey")
    desk.on("09-30")
    read.mark_read(desk.library, [paper], 2, on=date(2026, 9, 9))
    found = waiting(desk.stats(since=BEGIN.date()))
    assert found == {"2026-W36": 1, "2026-W37": 0, "2026-W38": 0, "2026-W39": 0, "2026-W40": 0}


def test_what_was_taken_back_never_was(desk: Desk) -> None:
    paper = desk.add("A paper given up too soon")
    desk.on("09-09")
    read.drop(desk.library, [paper], "by mistake")
    desk.on("09-23")
    act(desk, "undo", 0, 0)
    assert list(waiting(desk.stats(since=BEGIN.date())).values()) == [1, 1, 1, 1]
    act(desk, "redo", 0, 0)
    assert list(waiting(desk.stats(since=BEGIN.date())).values()) == [1, 0, 0, 0]


def test_wanted_later_waits_from_then_on(desk: Desk) -> None:
    paper = desk.add("A paper that was only listed", None)
    desk.on("09-09")
    read.want(desk.library, [paper], None)
    week = desk.stats(since=BEGIN.date()).weeks[-1]
    assert (week.came, week.waiting) == (1, 1)
    assert waiting(desk.stats(since=BEGIN.date()))["2026-W36"] == 0


def test_without_the_log_the_days_of_the_papers_tell(desk: Desk) -> None:
    one, two, three, _ = (desk.add(f"A paper before the log {n}") for n in range(4))
    listed = desk.add("A paper that was only listed", None)
    desk.on("09-09")
    read.mark_read(desk.library, [one], 2)
    read.drop(desk.library, [listed], "no")
    desk.on("09-16")
    read.drop(desk.library, [two], "no")
    read.mark_read(desk.library, [three], 1, then="drop")
    desk.on("09-23")
    undo.trim(desk.library, desk.now)
    week = desk.stats(since=BEGIN.date()).weeks
    assert [it.waiting for it in week] == [4, 3, 1, 1]
    assert [(it.came, it.went) for it in week] == [(4, 0), (0, 1), (0, 2), (0, 0)]


def test_read_at_once_never_waited(desk: Desk) -> None:
    """The log tells that it was listed until it was read."""
    paper = desk.add("A paper that was only listed", None)
    desk.on("09-23")
    read.mark_read(desk.library, [paper], 2)
    assert sum(week.came + week.went + week.waiting for week in desk.stats(since=BEGIN.date()).weeks) == 0


def test_reports_of_the_weeks_say_the_same(desk: Desk) -> None:
    papers = [desk.add(f"Paper of the number {n}", 1 if n % 3 else None) for n in range(9)]
    for n, day in enumerate(("09-03", "09-08", "09-11", "09-17", "09-22", "09-23", "09-28")):
        desk.on(day)
        read.mark_read(desk.library, papers[n : n + 1], 1 + n % 2, on=desk.now.date() - timedelta(days=n % 4))
        read.want(desk.library, papers[n + 2 : n + 3], 3)
    for week in desk.stats(since=BEGIN.date()).weeks:
        assert weekly(desk.library.views, week_of(week.first), desk.now).queue.end == week.waiting, week.name


def agree(desk: Desk) -> list[int]:
    """How many papers waited at the end of each week, as figures and reports say alike."""
    weeks = desk.stats(since=BEGIN.date()).weeks
    reports = [weekly(desk.library.views, week_of(week.first), desk.now).queue.end for week in weeks]
    assert [week.waiting for week in weeks] == reports
    return reports


def test_a_pass_noted_later_does_not_undo_one_begun_since(desk: Desk) -> None:
    paper = desk.add("A paper read from the end")
    desk.on("09-16")
    read.start(desk.library, paper, 3)
    desk.on("09-17")
    read.mark_read(desk.library, [paper], 1, on=date(2026, 9, 9), then="done")
    assert agree(desk) == [1, 0, 1]


def test_of_a_pass_finished_before_an_earlier_one_was_noted_it_is_known_that_the_paper_waited(desk: Desk) -> None:
    paper = desk.add("A paper of which the first pass was forgotten")
    desk.on("09-16")
    read.mark_read(desk.library, [paper], 2)
    desk.on("09-23")
    read.mark_read(desk.library, [paper], 1, on=date(2026, 9, 9))
    assert agree(desk) == [1, 1, 0, 0]
    assert [entry.then for entry in weekly(desk.library.views, week_of(date(2026, 9, 9)), desk.now).read] == ["2"]


def test_passes_that_come_with_another_paper_are_not_noted_later(desk: Desk) -> None:
    kept, gone = desk.add("A paper", None), desk.add("The same paper", None)
    desk.on("09-09")
    read.mark_read(desk.library, [gone], 1, then="done")
    desk.on("09-16")
    read.want(desk.library, [kept], 3)
    desk.on("09-23")
    desk.again()
    with desk.library.write("merge") as work:
        work.merge(kept, gone)
    assert agree(desk) == [0, 0, 1, 1]


def test_by_topic_venue_and_year(desk: Desk) -> None:
    add = desk.add
    one = add("A first paper", topics=("我的清单/NLP/对比学习", "我的清单/CV"), venue="ACL", year=2021)
    add("A second paper", topics=("我的清单/NLP",), venue="ACL", year=2020)
    add("A third paper", topics=("我的清单/CV",), venue="CVPR", year=2021)
    add("A fourth paper", topics=("我的清单/NLP", "我的清单/NLP/对比学习"))
    add("A fifth paper")
    read.mark_read(desk.library, [one], 2)
    stats = desk.stats()
    assert stats.topics == (Share("我的清单/NLP", 3, 1), Share("我的清单/CV", 2, 1), Share(None, 1, 0))
    assert stats.venues == (Share("ACL", 2, 1), Share("CVPR", 1, 0), Share(None, 2, 0))
    assert stats.years == (Share("2021", 2, 1), Share("2020", 1, 0), Share(None, 2, 0))
    some = desk.stats("topic:nlp", "venue:ACL")
    assert (some.papers, some.read, some.waiting) == (2, 1, 1)
    assert some.topics == (Share("我的清单/NLP", 2, 1), Share("我的清单/CV", 1, 1))
    assert [(week.passes, week.came, week.went) for week in some.weeks][-1] == (1, 2, 1)
    with pytest.raises(NotFound):
        desk.stats("topic:astronomy")


def test_papers_of_the_one_topic_at_the_top_are_shown_beside_those_below_it(desk: Desk) -> None:
    desk.add("A first paper", topics=("NLP",))
    desk.add("A second paper", topics=("NLP/a/b",))
    desk.add("A third paper", topics=("NLP/a",))
    assert desk.stats().topics == (Share("NLP/a", 2, 0), Share("NLP", 1, 0))


def test_looking_back_grows_little_with_the_library(desk: Desk) -> None:
    """As many questions for 10 papers as for 300: SQLite counts, and only what moved is looked at."""

    def questions() -> int:
        asked: list[str] = []
        connection = desk.library.views._connection
        connection.set_trace_callback(asked.append)
        desk.stats()
        connection.set_trace_callback(None)
        return len(asked)

    counts = []
    for size in (10, 290):
        with desk.library.write("import") as work:
            for n in range(size):
                put(work, f"Paper of the number {size} {n}", 1, topics=(f"T{n % 3}",))
        counts.append(questions())
    assert counts[0] == counts[1]


def test_every_figure_of_a_week_is_of_its_own_days(desk: Desk) -> None:
    paper = desk.add("A paper read again and again")
    for day in ("09-06", "09-07", "09-13", "09-14"):  # Sunday, Monday, Sunday, Monday
        desk.on(day)
        read.mark_read(desk.library, [paper], 1, minutes=10)
    weeks = desk.stats(since=BEGIN.date()).weeks
    assert [(week.name, week.passes, week.minutes) for week in weeks] == [
        ("2026-W36", 1, 10), ("2026-W37", 2, 20), ("2026-W38", 1, 10),
    ]  # fmt: skip
