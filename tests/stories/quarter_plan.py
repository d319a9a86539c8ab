"""What is done in a quarter: the plan of the suite, and others that are drawn.

A line of the plan is a weekday, a time and a command line. `t1`, `l1`, `r1` are the first papers of the page that wait,
are listed, are read; `… as a` names a paper that is added. `1706.03762=50` and `x=60` have the service count so many.
"""

from __future__ import annotations

import random
import shlex
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from tests.stories.ledger import Ledger

MONDAY = date(2026, 8, 24)
WEEKS = [MONDAY + timedelta(weeks=n) for n in range(13)]
RECORDED = (
    "1706.03762", "1711.02035", "1810.07259", "1905.01254", "1910.00773", "1910.00901", "2007.14368", "2111.10538",
    "2111.12706", "2202.08066", "2211.12496", "2306.16065",
)  # fmt: skip

Line = tuple[datetime, list[str]]
Plan = Callable[[Ledger], Iterator[Line]]

_QUARTER = (
    """
    mon 09:30 import
    mon 10:00 add --title "Notes on Reading in Three Passes" --no-fetch as a
    mon 10:05 add 1706.03762=78000 as x
    mon 10:10 add 1910.00901=20 as y
    tue 09:00 start t1
    tue 09:25 mark-read t1 --note "与 SimCSE 有什么不同?先看实验" --summary "第一印象:值得细读"
    tue 14:00 start t2 --pass 1
    tue 14:15 mark-read t2 --minutes 20 --then drop --note "too far from my topic"
    wed 20:00 mark-read t3 --pass 1 --minutes 15
    wed 20:05 drop t4 t5 --why "superseded; 已有更好的方法"
    thu 21:00 start x
    thu 21:40 note x "Why sqrt(d)? See 3.2.1"
    fri 09:00 want l1 l2 l3
    sat 11:00 mark-read x --pass 1 --minutes 45 --note "读了摘要和结论"
    sun 22:00 mark-read t6 --pass 1 --minutes 10 --then done
    """,
    """
    mon 08:30 undo
    tue 09:00 refresh x=78100 y=20
    tue 09:10 start t1 --pass 2
    wed 18:00 mark-read t1 --minutes 95 --then 3 --note "图 2 是关键:alignment and uniformity"
    wed 18:05 summary t1 "Alignment and uniformity explain the loss."
    thu 09:00 reopen t4
    thu 09:30 mark-read l1 --pass 1 --minutes 12 --on 2026-08-29
    fri 10:00 add --title "A Survey of Nothing in Particular" --no-fetch as b
    fri 10:10 edit b year=2019
    fri 16:00 drop b --why "twice the same"
    sat 10:00 start y --pass 1
    sun 10:00 note l2 "another thought\\n\\n- with a list"
    """,
    """
    mon 09:00 undo 2
    mon 09:05 redo
    tue 09:00 mark-read y --minutes 30
    tue 09:30 refresh x=78250 y=24
    wed 10:00 mark-read t3 --pass 2 --minutes 80 --on 2026-09-04
    wed 10:20 want r1 --pass 3 --priority high
    thu 08:00 start r1
    thu 12:10 mark-read r1 --note "**再读一遍**:第 3 节"
    fri 09:00 add 2007.14368=5 as z
    sat 09:00 mark-read l2 l3 --pass 1 --minutes 5
    sun 23:10 reopen b
    """,
    """
    mon 07:00 refresh x=78250 y=23 z=9
    tue 09:00 start t7 --pass 3
    tue 09:10 mark-read t7 --pass 1 --minutes 9 --on 2026-09-08 --then done
    wed 09:00 mark-read t8 --pass 2 --minutes 60 --summary "One sentence; 一句话"
    wed 21:00 remove t9
    thu 09:00 undo
    thu 09:05 remove t10
    fri 10:00 drop l1 --why "旧了"
    sat 09:00 mark-read t7 --minutes 200
    sun 12:00 note t1 "见 [表 3](https://example.org/t3)"
    """,
    """
    tue 09:00 undo 3
    tue 09:10 redo 2
    wed 09:00 add --title "Reading in Three Passes, Notes on" --no-fetch as c
    wed 09:20 mark-read c --pass 1 --minutes 25
    thu 10:00 mark-read c --pass 2 --minutes 70 --then 3
    fri 10:00 merge a c
    sat 15:00 start t11
    sun 15:00 want t4 --pass 2
    """,
    """
    mon 08:00 mark-read t11 --then 2 --minutes 33
    mon 09:00 refresh x=79000 y=30 z=9
    tue 10:00 mark-read t4 --pass 2 --minutes 66
    wed 10:00 mark-read t4 --pass 1 --minutes 11 --on 2026-09-27
    thu 10:00 reopen t2
    fri 10:00 start t12
    fri 10:55 mark-read t12 --then drop
    sun 20:00 undo
    """,
    """
    mon 09:00 redo
    tue 09:00 mark-read z --pass 1 --minutes 18 --on 2026-10-03
    wed 09:00 want z --pass 3
    wed 11:00 mark-read z --pass 2 --minutes 50 --on 2026-10-05
    thu 09:00 summary y "次线性时间"
    fri 09:00 add 2111.10538=35 as w
    sat 12:00 drop t13 t14 t15 --why "no code"
    sun 12:00 reopen t14
    """,
    "",
    """
    mon 09:00 undo 2
    mon 10:00 mark-read t16 --pass 1 --minutes 21
    tue 09:00 refresh x=79500 y=28 z=12 w=40
    tue 21:00 mark-read t16 --pass 2 --minutes 130 --note "Ablations are missing."
    wed 08:00 start t17 --pass 2
    thu 08:00 mark-read t17 --pass 1 --minutes 14 --on 2026-10-20 --then done
    fri 08:00 edit t17 year=2018
    sun 08:00 mark-read t18 --pass 3 --minutes 240 --summary "Read as if I had written it."
    """,
    """
    mon 08:00 merge x t19
    tue 08:00 mark-read x --pass 2 --minutes 120 --on 2026-10-25
    wed 08:00 undo
    thu 08:00 mark-read x --pass 2 --minutes 125
    fri 08:00 start t2 --pass 2
    sat 08:00 drop t2 --why "again too far"
    sun 08:00 start t2
    """,
    """
    mon 09:00 remove t8
    tue 09:00 undo
    tue 09:10 refresh x=80000 y=28 z=15 w=38
    wed 09:00 mark-read t2 --minutes 44
    thu 09:00 want r2 r3 r4 --pass 3
    fri 09:00 mark-read r2 --pass 3 --minutes 90 --then done
    sat 09:00 undo
    sun 09:00 redo
    """,
    """
    mon 09:00 reopen r2
    tue 09:00 start r2 --pass 3
    wed 09:00 undo 3
    thu 09:00 mark-read r3 --minutes 75 --note "比较:和 SimCSE 相同的设置"
    fri 09:00 add --title "对比学习综述" --no-fetch as d
    sat 09:00 mark-read d --pass 1 --minutes 10 --on 2026-11-10
    sun 09:00 drop r4 --why "enough of it"
    """,
    """
    mon 09:00 undo
    tue 09:00 mark-read w --pass 1 --minutes 40 --then 2
    tue 09:30 refresh x=80100 y=29 z=15 w=38
    wed 09:00 mark-read w --pass 2 --minutes 85
    thu 09:00 drop r4 --why "enough of it, really"
    fri 09:00 start d --pass 2
    sun 21:00 note d "还没有读完"
    """,
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def scripted(ledger: Ledger) -> Iterator[Line]:
    """The quarter of the suite."""
    for monday, lines in zip(WEEKS, _QUARTER, strict=True):
        for line in lines.strip().splitlines():
            weekday, at, rest = line.strip().split(" ", 2)
            day = monday + timedelta(days=_DAYS.index(weekday))
            yield moment(day, at), [word.replace("\\n", "\n") for word in shlex.split(rest)]


def drawn(seed: int) -> Plan:
    """A quarter of about 14 commands a week, drawn."""

    def plan(ledger: Ledger) -> Iterator[Line]:
        rng = random.Random(seed)
        yield moment(MONDAY, "08:00"), ["import"]
        for monday in WEEKS:
            hours = sorted(rng.sample(range(9, 7 * 24 - 2), rng.randint(6, 16)))
            for hour in hours:
                when = moment(monday, "00:00") + timedelta(hours=hour, minutes=rng.randint(0, 59))
                words = _draw(rng, ledger, when)
                if words:
                    yield when, words

    return plan


_OFTEN = {
    "add": 4, "fetch": 3, "start": 8, "read": 14, "late": 6, "drop": 4, "reopen": 4, "want": 5, "note": 3, "summary": 2,
    "edit": 1, "remove": 1, "merge": 1, "refresh": 5, "undo": 6, "redo": 6,
}  # fmt: skip


def _draw(rng: random.Random, ledger: Ledger, when: datetime) -> list[str] | None:
    """One command that can be given now; None if the one drawn cannot."""
    cards = ledger.cards
    active = [i for i, card in cards.items() if card.passes and any(it.begun or it.finished for it in card.passes)]
    paper = rng.choice(active if active and rng.random() < 0.6 else list(cards))
    card, i = cards[paper], str(paper)
    number = rng.choice("123")
    counted = [i for i, it in cards.items() if it.counts]
    match rng.choices([*_OFTEN], [*_OFTEN.values()]):
        case ["add"]:
            return ["add", "--title", f"A paper thought of on {when:%A %d %B at %H %M}", "--no-fetch"]
        case ["fetch"]:
            left = [it for it in RECORDED if it not in ledger.fetched_as.values()]
            return ["add", f"{rng.choice(left)}={rng.randint(1, 900)}"] if left else None
        case ["start"] if not card.open:
            return ["start", i, "--pass", number]
        case ["read"] if not (card.open and card.open.begun and when - card.open.begun < timedelta(minutes=2)):
            words = ["mark-read", i, "--pass", number]
            words += ["--minutes", str(rng.randint(5, 240))] * (rng.random() < 0.8)
            words += ["--then", rng.choice(["1", "2", "3", "done", "drop"])] * (rng.random() < 0.4)
            words += ["--note", f"想法 {when:%H%M}"] * (rng.random() < 0.3)
            return words + ["--summary", f"in short, {when:%d%H}"] * (rng.random() < 0.2)
        case ["late"]:
            day = when.date() - timedelta(days=rng.randint(1, 12))
            begun = [it.begun.date() for it in card.passes if it.open and it.begun]
            if day < card.added.date() or any(it > day for it in begun):
                return None
            words = ["mark-read", i, "--pass", number, "--on", day.isoformat(), "--minutes", str(rng.randint(5, 90))]
            return words + ["--then", rng.choice(["1", "2", "3", "done", "drop"])] * (rng.random() < 0.4)
        case ["drop"] if not card.dropped:
            return ["drop", i, "--why", f"原因 {when:%d%H%M}"]
        case ["reopen"] if card.dropped or card.status == "done":
            return ["reopen", i]
        case ["want"]:
            return ["want", i, "--pass", number]
        case ["note"]:
            return ["note", i, f"a thought of {when:%d %H %M} 一个想法"]
        case ["summary"]:
            return ["summary", i, f"总之 {when:%d %H %M}"]
        case ["edit"]:
            return ["edit", i, f"year={rng.randint(1990, 2026)}"]
        case ["remove"]:
            return ["remove", i]
        case ["merge"]:
            titled = [one for one, it in cards.items() if one > paper and not it.counts and not it.open]
            return ["merge", i, str(rng.choice(titled))] if titled and not card.open else None
        case ["refresh"] if counted:
            some = rng.sample(counted, rng.randint(1, len(counted)))
            last = {one: max(cards[one].counts.values()) for one in some}
            return ["refresh", *(f"{one}={max(0, count + rng.randint(-9, 60))}" for one, count in last.items())]
        case ["undo"] if len(ledger.deeds) > 4:
            return ["undo", str(rng.randint(1, 3))]
        case ["redo"] if ledger.back:
            return ["redo", str(rng.randint(1, len(ledger.back)))]
    return None


def moment(day: date, at: str) -> datetime:
    """That time of the day, where the reader lives."""
    return datetime.fromisoformat(f"{day}T{at}:00+08:00")
