"""The three passes of reading a paper, and the status that follows from them. All rules on passes stand here.

Source: 李沐, "如何读论文" (2021), after S. Keshav, "How to Read a Paper" (2007). Pass 1: title, abstract,
conclusion, is it for me? Pass 2: the whole paper, figures and tables, whom it builds on. Pass 3: as if I wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from readlist.errors import UsageError

PASSES = (1, 2, 3)
IMPORTED_READ_PASS = 2
"""What a page's "read" mark stands for: the whole paper was read once."""

Status = Literal["listed", "todo", "reading", "done", "dropped"]
STATUSES: tuple[Status, ...] = ("listed", "todo", "reading", "done", "dropped")

Then = Literal["1", "2", "3", "done", "drop"]

_NEXT = {1: 2, 2: None, 3: None}

LONGEST = 8 * 60
"""Minutes. Who began a pass longer ago did not read all the time."""

JUST = 60
"""Seconds. No pass takes less: one that is finished again so soon is the same one, said twice."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One reading of a paper. `started` and `finished` are ISO dates or date-times; None: on an unknown day.

    Open: started and not finished. `implied` passes are those that a later one includes; they have no day of their own.
    """

    number: int
    started: str | None = None
    finished: str | None = None
    minutes: int | None = None
    note: str | None = None
    implied: bool = False
    id: int | None = None
    version: int | None = None
    """The version of the preprint that was read, as far as it was known."""

    @property
    def open(self) -> bool:
        return self.started is not None and self.finished is None and not self.implied


def checked_pass(number: int | None) -> int | None:
    """`number` if it is a pass; raises UsageError for a pass 4."""
    if number is not None and number not in PASSES:
        raise UsageError(f"there is no pass {number}", "a paper is read in passes 1, 2 and 3")
    return number


def with_implied(events: Sequence[Pass]) -> tuple[Pass, ...]:
    """`events` in order, preceded by the passes that they imply and that were not finished by themselves."""
    highest = highest_finished(events)
    own = {event.number for event in events if not event.open}
    implied = tuple(Pass(n, implied=True) for n in PASSES if n < highest and n not in own)
    return implied + tuple(events)


def highest_finished(events: Iterable[Pass]) -> int:
    """The number of the deepest finished pass, 0 if none is finished."""
    return max((event.number for event in events if not event.open), default=0)


def open_pass(events: Iterable[Pass]) -> Pass | None:
    """The pass that is under way; of several the one begun last."""
    found = None
    for event in events:
        if event.open and (found is None or (event.started or "") >= (found.started or "")):
            found = event
    return found


def status(events: Sequence[Pass], next_pass: int | None, dropped: bool) -> Status:
    """What the paper is to its reader. Given up outranks reading, reading outranks being wanted."""
    if dropped:
        return "dropped"
    if open_pass(events):
        return "reading"
    if next_pass is not None:
        return "todo"
    return "done" if highest_finished(events) else "listed"


def next_after(finished: int, wanted: int | None, highest_before: int, then: Then | None) -> int | None:
    """The pass wanted after pass `finished`, with `wanted` before and `highest_before` the deepest one read before.

    `then` is the reader's own word. Without it, pass 1 asks for pass 2 and the others for nothing; a deeper pass that
    was already wanted stays wanted, and reading an early pass again asks for nothing new.
    """
    if then in ("done", "drop"):
        return None
    if then:
        return int(then)
    if wanted is not None and wanted > finished:
        return wanted
    return _NEXT[finished] if finished >= highest_before else None


def pass_to_start(events: Sequence[Pass], wanted: int | None) -> int:
    """Which pass `rl start` begins when none is named: the one wanted, else the one after the deepest read."""
    return wanted or min(highest_finished(events) + 1, PASSES[-1])


def pass_to_finish(events: Iterable[Pass], wanted: int | None) -> int | None:
    """Which pass `rl mark-read` finishes when none is named: the one under way, else the one wanted, if any is."""
    under_way = open_pass(events)
    return under_way.number if under_way else wanted


def minutes_by_clock(event: Pass, now: datetime) -> int | None:
    """How long an open pass took, if it ends now; None if its clock does not tell.

    It tells nothing of a pass begun on another day, longer ago than anybody reads, less than a minute ago, or (by a
    clock that was put back) after now.
    """
    begun = _moment(event.started, now)
    if begun is None or begun.date() != now.astimezone(begun.tzinfo).date():
        return None
    minutes = int((now - begun).total_seconds() // 60)
    return minutes if 1 <= minutes < LONGEST else None


def just_finished(events: Sequence[Pass], number: int | None, now: datetime) -> Pass | None:
    """The pass (`number`, or any) that was finished a moment ago and is not under way again."""
    if any(event.open and number in (None, event.number) for event in events):
        return None
    for event in reversed(events):
        finished = _moment(event.finished, now)
        if finished and number in (None, event.number) and 0 <= (now - finished).total_seconds() < JUST:
            return event
    return None


def verdict_open(events: Sequence[Pass], next_pass: int | None) -> bool:
    """Whether pass 1 alone was read and pass 2 is next: whether to go on is still to be thought about."""
    return next_pass == 2 and highest_finished(events) == 1 and open_pass(events) is None


def _moment(text: str | None, now: datetime) -> datetime | None:
    """The moment that an ISO date-time names, without an offset in the time zone of `now`; None for a day alone."""
    if text is None or len(text) <= len("2026-11-21"):
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


@dataclass(frozen=True, slots=True)
class Guide:
    """What a pass is for: what to read in it, what to decide afterwards, the questions that it answers.

    A question is a word to stand over its answer, and what is asked.
    """

    read: str
    decide: str
    questions: tuple[tuple[str, str], ...]


# Questions of pass 1: the five C's of Keshav, 2007. Those of passes 2 and 3 follow both authors' words on these passes.
GUIDES: dict[str, dict[int, Guide]] = {
    "en": {
        1: Guide(
            "title, abstract, conclusion; a look at the figures and tables of method and experiments",
            "is it of interest? go on, or drop",
            (
                ("Category", "what kind of paper is it: a method, a measurement, an analysis, a survey, a system?"),
                ("Context", "which other work is it related to, on which ideas does it build?"),
                ("Correctness", "do its assumptions seem to hold?"),
                ("Contributions", "what is new in it?"),
                ("Clarity", "is it well written?"),
            ),
        ),
        2: Guide(
            "the whole paper, not every formula or proof; understand each important figure and table, "
            "how it compares with others; mark the cited papers that matter",
            "enough, or go on to pass 3",
            (
                ("Figures and tables", "what does each that matters show, and does it bear out what is claimed?"),
                ("Comparison", "how does it do beside other work, and what makes the difference?"),
                ("To look up", "which of the papers that it cites should be read?"),
            ),
        ),
        3: Guide(
            "every sentence; imagine doing the work yourself: how would I solve it, how would I do what is left as "
            "future work",
            "done",
            (
                ("How would I do it?", "given the problem alone: which steps, and where would they differ from these?"),
                ("What is left to do?", "what does it not show or not solve, and how would I go about that?"),
            ),
        ),
    },
    "zh": {
        1: Guide(
            "标题、摘要、结论;看一眼方法和实验部分的图表",
            "是否感兴趣?继续读,还是放弃",
            (
                ("类别", "这是哪一类论文:新方法、测量、分析、综述,还是系统?"),
                ("背景", "与哪些工作有关,建立在哪些思想之上?"),
                ("正确性", "它的假设看上去成立吗?"),
                ("贡献", "新在哪里?"),
                ("清晰度", "写得清楚吗?"),
            ),
        ),
        2: Guide(
            "通读全文,公式和证明不必细究;弄懂每个重要的图和表、与他人如何比较;圈出重要的引用文献",
            "到此为止,还是读第三遍",
            (
                ("图和表", "每个重要的图表说明了什么,能支持文中的结论吗?"),
                ("比较", "与其他工作相比如何,差别来自哪里?"),
                ("要查的文献", "引用的论文里哪些应该去读?"),
            ),
        ),
        3: Guide(
            "读懂每一句话;设想由自己来做:这个问题我会怎么解决,留作未来工作的部分我会怎么做",
            "读完",
            (
                ("换我来做", "只给出问题,我会分哪几步做,和文中有什么不同?"),
                ("还剩什么", "哪些没有证明或没有解决,我会怎么做下去?"),
            ),
        ),
    },
}
