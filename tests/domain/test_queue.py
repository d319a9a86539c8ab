"""Urgency can be taken apart, and the stored rank never contradicts it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.queue import DUE_HORIZON_DAYS, PRIORITIES, WEIGHTS, Urgency, rank, urgency

TODAY = date(2026, 11, 21)

papers = st.tuples(
    st.sampled_from(PRIORITIES),
    st.booleans(),
    st.none() | st.sampled_from([1, 2, 3]),
    st.none() | st.integers(0, 300_000),
    st.dates(date(2020, 1, 1), TODAY),
)


@given(papers, st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 1000))
def test_the_terms_sum_up_to_the_urgency(
    paper: tuple[str, bool, int | None, int | None, date], due: date | None, later: int
) -> None:
    found = urgency(*paper, due, TODAY + timedelta(days=later))
    assert found.total == round(sum(points for _, points in found.terms), 2)
    assert all(why and points for why, points in found.terms)
    assert len({why for why, _ in found.terms}) == len(found.terms)


@given(papers, papers, st.integers(0, 2000))
def test_without_a_due_date_rank_orders_as_urgency_does_on_any_day(
    one: tuple[str, bool, int | None, int | None, date],
    other: tuple[str, bool, int | None, int | None, date],
    later: int,
) -> None:
    day = TODAY + timedelta(days=later)
    difference = rank(*one) - rank(*other)
    assert difference == pytest.approx(urgency(*one, None, day).total - urgency(*other, None, day).total, abs=1e-6), (
        "the order of two papers never depends on the day"
    )


def terms(found: Urgency) -> dict[str, float]:
    return dict(found.terms)


def test_what_makes_a_paper_urgent_is_named() -> None:
    found = terms(urgency("high", True, 2, 999, date(2026, 11, 11), TODAY, TODAY))
    assert found == {
        "high priority": 6.0,
        "being read": 4.0,
        "pass 2 is next": 1.0,
        "999 citations": 3.0,
        "10 days on the list": 0.1,
        "due today": 12.0,
    }
    assert terms(urgency("low", False, 1, None, TODAY, None, TODAY)) == {"low priority": -3.0}
    assert urgency("normal", False, None, 0, TODAY, None, TODAY) == Urgency(0.0, ())


@pytest.mark.parametrize(
    ("days", "why", "points"),
    [(-400, "overdue", 12.0), (-1, "overdue", 12.0), (0, "due today", 12.0), (1, "due in 1 day", 11.43),
     (7, "due in 7 days", 8.0), (DUE_HORIZON_DAYS - 1, "due in 20 days", 0.57), (DUE_HORIZON_DAYS, None, 0.0),
     (400, None, 0)],
)  # fmt: skip
def test_a_due_date_counts_more_the_nearer_it_is(days: int, why: str | None, points: float) -> None:
    found = urgency("normal", False, 1, None, TODAY, TODAY + timedelta(days=days), TODAY)
    assert found.terms == (((why, points),) if why else ())


def test_a_day_on_the_list_is_not_days() -> None:
    found = urgency("normal", False, 1, 1, TODAY - timedelta(days=1), None, TODAY)
    assert terms(found) == {"1 citation": 0.3, "1 day on the list": WEIGHTS["age"]}


def test_more_citations_priority_and_waiting_never_make_less_urgent() -> None:
    def total(priority: str = "normal", citations: int = 10, waited: int = 5) -> float:
        return urgency(priority, False, 1, citations, TODAY - timedelta(days=waited), None, TODAY).total

    assert total("low") < total() < total("high")
    assert total(citations=10) < total(citations=1000)
    assert total(waited=5) < total(waited=6)
