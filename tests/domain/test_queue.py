"""Urgency can be taken apart, and the stored rank never contradicts it, whatever the terms weigh."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.queue import (
    DUE_HORIZON_DAYS,
    MOST_CITING,
    PRIORITIES,
    TERMS,
    WEIGHTS,
    Urgency,
    beyond_rank,
    growth,
    rank,
    urgency,
)

TODAY = date(2026, 11, 21)

papers = st.fixed_dictionaries(
    {
        "priority": st.sampled_from(PRIORITIES),
        "being_read": st.booleans(),
        "next_pass": st.none() | st.sampled_from([1, 2, 3]),
        "citations": st.none() | st.integers(0, 300_000),
        "added": st.dates(date(2020, 1, 1), date(2027, 1, 1)),
        "growth": st.sampled_from([0.0, 0.1, 0.9, 1.0, 12.3, 5000.0]),
        "cited": st.integers(0, 9),
    }
)
dues = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
weights = st.just(WEIGHTS) | st.fixed_dictionaries(
    {name: st.integers(-20_000, 20_000).map(lambda thousandths: thousandths / 1000) for name in TERMS}
)
Weights = Mapping[str, float]


def exact(points: float) -> Decimal:
    """Points as they are written, for sums without the machine's own rounding."""
    return Decimal(f"{points:.3f}")


@given(papers, dues, st.booleans(), st.integers(0, 1000), weights)
def test_the_terms_sum_up_to_the_urgency(
    paper: dict[str, Any], due: date | None, in_focus: bool, later: int, weights: Weights
) -> None:
    found = urgency(**paper, due=due, today=TODAY + timedelta(days=later), in_focus=in_focus, weights=weights)
    assert exact(found.total) == sum(exact(points) for _, points in found.terms)
    assert all(why and points and round(points, 3) == points for why, points in found.terms)
    assert len({why for why, _ in found.terms}) == len(found.terms)


@given(st.lists(st.tuples(papers, dues, st.booleans()), min_size=2, max_size=6), st.integers(-50, 2000), weights)
def test_rank_with_what_the_day_adds_orders_as_the_sums_do(
    several: list[tuple[dict[str, Any], date | None, bool]], later: int, weights: Weights
) -> None:
    day = TODAY + timedelta(days=later)
    totals = [urgency(**p, due=due, today=day, in_focus=f, weights=weights).total for p, due, f in several]
    stored = [round(rank(**p, weights=weights) + beyond_rank(due, f, day, weights), 3) for p, due, f in several]
    places = range(len(several))
    assert sorted(places, key=lambda i: (-totals[i], i)) == sorted(places, key=lambda i: (-stored[i], i))


def terms(found: Urgency) -> dict[str, float]:
    return dict(found.terms)


def test_what_makes_a_paper_urgent_is_named() -> None:
    found = urgency(
        "high", True, 2, 999, date(2026, 11, 11), TODAY, TODAY, growth=12.3, cited=3, in_focus=True
    )  # fmt: skip
    assert terms(found) == {
        "high priority": 6.0,
        "being read": 4.0,
        "pass 2 is next": 1.0,
        "999 citations": 3.0,
        "12 new citations a month": 1.12,
        "cited by 3 papers you have read": 1.5,
        "10 days on the list": 0.1,
        "in focus": 2.0,
        "due today": 12.0,
    }
    assert terms(urgency("low", False, 1, None, TODAY, None, TODAY)) == {"low priority": -3.0}
    assert urgency("normal", False, None, 0, TODAY, None, TODAY) == Urgency(0.0, ())


@pytest.mark.parametrize("name", TERMS)
def test_each_term_has_its_own_weight(name: str) -> None:
    """Twice the weight is twice the points of the one term, and of no other."""
    everything: dict[str, Any] = {
        "priority": "low" if name == "low" else "high", "being_read": True, "next_pass": 2, "citations": 999,
        "added": date(2026, 11, 11), "due": TODAY, "today": TODAY, "growth": 9.0, "cited": 3, "in_focus": True,
    }  # fmt: skip
    once = terms(urgency(**everything))
    twice = terms(urgency(**everything, weights={**WEIGHTS, name: 2 * WEIGHTS[name]}))
    assert [twice[why] / points for why, points in once.items() if twice[why] != points] == [pytest.approx(2)]


@pytest.mark.parametrize(
    ("days", "why", "points"),
    [(-400, "overdue", 12.0), (-1, "overdue", 12.0), (0, "due today", 12.0), (1, "due in 1 day", 11.43),
     (7, "due in 7 days", 8.0), (DUE_HORIZON_DAYS - 1, "due in 20 days", 0.57), (DUE_HORIZON_DAYS, None, 0.0),
     (400, None, 0)],
)  # fmt: skip
def test_a_due_date_counts_more_the_nearer_it_is(days: int, why: str | None, points: float) -> None:
    found = urgency("normal", False, 1, None, TODAY, TODAY + timedelta(days=days), TODAY)
    assert found.terms == (((why, points),) if why else ())


def test_one_is_not_many() -> None:
    found = urgency("normal", False, 1, 1, TODAY - timedelta(days=1), None, TODAY, growth=1.0, cited=1)
    assert terms(found) == {
        "1 citation": 0.3,
        "1 new citation a month": 0.3,
        "cited by a paper you have read": 0.5,
        "1 day on the list": WEIGHTS["age"],
    }


def test_more_citations_priority_waiting_and_papers_that_cite_never_make_less_urgent() -> None:
    def total(
        priority: str = "normal", citations: int = 10, waited: int = 5, cited: int = 2, gained: float = 1
    ) -> float:
        added = TODAY - timedelta(days=waited)
        return urgency(priority, False, 1, citations, added, None, TODAY, growth=gained, cited=cited).total

    assert total("low") < total() < total("high")
    assert total(citations=10) < total(citations=1000)
    assert total(waited=5) < total(waited=6)
    assert total(gained=1) < total(gained=2)
    assert total(cited=2) < total(cited=3) < total(cited=MOST_CITING) == total(cited=MOST_CITING + 50)


S2, PAGE, OA = "semantic-scholar", "page", "openalex"


@pytest.mark.parametrize(
    ("observations", "gained"),
    [
        ([], 0),
        ([(S2, "2026-11-01", 500)], 0),
        ([(S2, "2026-10-04", 100), (S2, "2026-11-01", 128)], 30.4),  # 28 days, a citation a day
        ([(S2, "2026-10-05", 100), (S2, "2026-11-01", 128)], 0),  # too near to one another
        ([(S2, "2025-11-01", 100), (S2, "2026-11-01", 465)], 30.4),
        ([(S2, "2020-01-01", 0), (S2, "2026-09-01", 100), (S2, "2026-10-20", 101), (S2, "2026-11-01", 161)], 30.4),
        ([(S2, "2026-09-01", 100), (PAGE, "2026-11-01", 900)], 0),  # two who count each in their own way
        ([(PAGE, "2026-08-01", 50), (S2, "2026-09-01", 100), (S2, "2026-11-01", 161), (OA, "2026-11-01", 90)], 30.4),
        ([(S2, "2026-09-01", 161), (S2, "2026-11-01", 100)], 0),  # a service corrects itself
    ],
)
def test_growth_is_what_the_counts_of_one_source_gained(
    observations: list[tuple[str, str, int]], gained: float
) -> None:
    assert growth(observations) == growth(reversed(observations)) == gained
