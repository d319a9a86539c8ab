"""The three passes of reading a paper, and the status that follows from them. All rules on passes stand here.

Source: 李沐, "如何读论文" (2021), after S. Keshav, "How to Read a Paper" (2007). Pass 1: title, abstract,
conclusion, is it for me? Pass 2: the whole paper, figures and tables, whom it builds on. Pass 3: as if I wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

PASSES = (1, 2, 3)
IMPORTED_READ_PASS = 2
"""What a page's "read" mark stands for: the whole paper was read once."""

Status = Literal["listed", "todo", "reading", "done", "dropped"]
STATUSES: tuple[Status, ...] = ("listed", "todo", "reading", "done", "dropped")

Then = Literal["1", "2", "3", "done", "drop"]

_NEXT = {1: 2, 2: None, 3: None}


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


@dataclass(frozen=True, slots=True)
class Guide:
    """What a pass is for: what to read in it, and what to decide afterwards."""

    read: str
    decide: str


GUIDES: dict[str, dict[int, Guide]] = {
    "en": {
        1: Guide(
            "title, abstract, conclusion; a look at the figures and tables of method and experiments",
            "is it of interest? go on, or drop",
        ),
        2: Guide(
            "the whole paper, not every formula or proof; understand each important figure and table, "
            "how it compares with others; mark the cited papers that matter",
            "enough, or go on to pass 3",
        ),
        3: Guide(
            "every sentence; imagine doing the work yourself: how would I solve it, how would I do what is left as "
            "future work",
            "done",
        ),
    },
    "zh": {
        1: Guide("标题、摘要、结论;看一眼方法和实验部分的图表", "是否感兴趣?继续读,还是放弃"),
        2: Guide(
            "通读全文,公式和证明不必细究;弄懂每个重要的图和表、与他人如何比较;圈出重要的引用文献",
            "到此为止,还是读第三遍",
        ),
        3: Guide("读懂每一句话;设想由自己来做:这个问题我会怎么解决,留作未来工作的部分我会怎么做", "读完"),
    },
}
