"""The rules behind the figures: weeks, moves of the queue, quartiles, shades, what is summed up."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.stats import (
    USUAL_WEEKS,
    Moves,
    Share,
    by_week,
    level,
    level_bounds,
    mondays,
    moves_of,
    shown,
    spread,
)

TODAY = date(2026, 11, 21)  # a Saturday
DAYS = st.integers(-40, 60).map(lambda n: TODAY - timedelta(days=n))


@pytest.mark.parametrize(
    ("since", "first", "weeks"),
    [
        (None, date(2026, 5, 25), USUAL_WEEKS),
        (TODAY, date(2026, 11, 16), 1),
        (date(2026, 11, 16), date(2026, 11, 16), 1),
        (date(2026, 11, 15), date(2026, 11, 9), 2),
        (date(2026, 1, 1), date(2025, 12, 29), 47),
    ],
)
def test_weeks_go_from_monday_to_the_one_under_way(since: date | None, first: date, weeks: int) -> None:
    found = mondays(since, TODAY)
    assert (found[0], len(found), found[-1]) == (first, weeks, date(2026, 11, 16))
    assert {day.isoweekday() for day in found} == {1}


@given(
    st.dictionaries(DAYS, st.tuples(st.integers(1, 9), st.integers(0, 500))),
    st.lists(st.builds(Moves, DAYS, st.integers(0, 5), st.integers(0, 5))),
    st.integers(0, 1000),
)
def test_weeks_count_what_lies_in_them_and_the_queue_adds_up(
    days: dict[date, tuple[int, int]], moves: list[Moves], waiting: int
) -> None:
    starts = mondays(TODAY - timedelta(weeks=4), TODAY)
    weeks = by_week(starts, days, moves, waiting)
    assert [week.first for week in weeks] == starts
    for week in weeks:
        last = week.first + timedelta(days=6)
        assert week.passes == sum(count for day, (count, _) in days.items() if week.first <= day <= last)
        assert week.minutes == sum(spent for day, (_, spent) in days.items() if week.first <= day <= last)
        # What is dated in the future has been done all the same: its week is the one under way.
        later = sum(m.came - m.went for m in moves if m.day > last)
        assert week.waiting == (waiting if week is weeks[-1] else waiting - later)
    for before, week in pairwise(weeks):
        assert week.waiting == before.waiting + week.came - week.went


def test_a_week_has_its_iso_name() -> None:
    (week,) = by_week([date(2025, 12, 29)], {}, [], 0)
    assert week.name == "2026-W01"


A, B, C, D = (date(2026, 11, day) for day in (2, 5, 9, 12))


@pytest.mark.parametrize(
    ("added", "told", "moves"),
    [
        (A, [(B, False)], [(A, True), (B, False)]),
        (A, [(B, True)], [(B, True)]),
        (A, [(B, True), (C, False), (D, True)], [(B, True), (C, False), (D, True)]),
        (A, [(A, False)], [(A, True), (A, False)]),
        # Noted later than it was done: what lies between never was.
        (A, [(C, True), (B, False)], []),
        (A, [(C, False), (D, True), (B, False)], [(A, True), (B, False)]),
        (A, [(C, True), (D, False), (B, True)], [(B, True)]),
        (A, [(C, True), (B, None)], [(B, True)]),
        # Read before it was put on the list.
        (C, [(B, False)], [(C, True), (C, False)]),
        (C, [(D, True), (B, None)], [(C, True)]),
    ],
)
def test_moves_of_one_paper(added: date, told: list[tuple[date, bool | None]], moves: list[tuple[date, bool]]) -> None:
    assert moves_of(added, told) == moves


@given(st.lists(st.integers(0, 50), max_size=40))
def test_quartiles_are_the_numbers_up_to_which_so_many_lie(numbers: list[int]) -> None:
    found = spread(Counter(numbers))
    if not numbers:
        assert found is None
        return
    assert found and found.count == len(numbers)
    assert found.low <= found.median <= found.high
    for quarter, figure in ((1, found.low), (2, found.median), (3, found.high)):
        assert figure in numbers
        assert 4 * sum(n <= figure for n in numbers) >= quarter * len(numbers)
        assert 4 * sum(n < figure for n in numbers) < quarter * len(numbers)


@pytest.mark.parametrize(
    ("largest", "bounds"),
    [(0, (1,)), (1, (1,)), (3, (1, 2, 3)), (4, (1, 2, 3, 4)), (5, (1, 2, 3, 4)), (8, (1, 3, 5, 7))],
)
def test_shades_of_a_calendar(largest: int, bounds: tuple[int, ...]) -> None:
    assert level_bounds(largest) == bounds


@given(st.integers(1, 5000))
def test_every_day_with_something_has_a_shade_and_the_fullest_the_darkest(largest: int) -> None:
    bounds = level_bounds(largest)
    levels = [level(count, bounds) for count in range(largest + 1)]
    assert levels == sorted(levels)
    assert levels[0] == 0 and levels[1] == 1 and levels[-1] == len(bounds) <= 4
    assert set(levels) == set(range(len(bounds) + 1)), "no shade is without a number"


@given(
    st.lists(st.builds(Share, st.text("abc", min_size=1), st.integers(1, 99), st.integers(0, 9)), max_size=12),
    st.lists(st.just(Share(None, 7, 3)), max_size=1),
    st.integers(2, 8),
)
def test_what_is_not_shown_is_summed_up(named: list[Share], nameless: list[Share], most: int) -> None:
    rows = shown([*named, *nameless], most)
    assert len(rows) <= most
    assert sum(row.papers for row in rows) == sum(share.papers for share in (*named, *nameless))
    assert sum(row.read for row in rows) == sum(share.read for share in (*named, *nameless))
    assert [row for row in rows if not row.others and row.name] == named[: len(rows) - len(nameless) - 1] or len(
        rows
    ) == len(named) + len(nameless)
    assert all(row.others != 1 for row in rows), "one is named, not called others"
    assert rows[-1:] == nameless or not nameless
