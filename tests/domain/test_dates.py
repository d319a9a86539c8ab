"""Days and weeks as people write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.dates import (
    Span,
    day_of,
    month_of,
    parse_age,
    parse_date,
    parse_month,
    parse_past,
    parse_week,
    week_of,
)
from readlist.errors import UsageError

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026-2-3", "2026-02-03"),
        ("2026/02/03", "2026-02-03"),
        ("2026.2.3", "2026-02-03"),
        (" Today ", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("tomorrow", "2026-11-22"),
        ("-3d", "2026-11-18"),
        ("3d", "2026-11-18"),
        ("+2w", "2026-12-05"),
        ("-1m", "2026-10-22"),
        ("-1y", "2025-11-21"),
        ("2026-W47", "2026-11-16"),
        ("2026w01", "2025-12-29"),
        ("mon", "2026-11-16"),
        ("Sat", "2026-11-21"),
        ("sunday", "2026-11-15"),
        ("tues", "2026-11-17"),
    ],
)
def test_every_way_to_write_a_day(text: str, day: str) -> None:
    assert parse_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"), [("mon", "2026-11-23"), ("sat", "2026-11-21"), ("3d", "2026-11-24"), ("-3d", "2026-11-18")]
)
def test_a_due_day_is_looked_for_ahead(text: str, day: str) -> None:
    assert parse_date(text, TODAY, future=True) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    ["", "2026-13-01", "2026-02-30", "2026-11", "21.11.2026", "moon", "monkey", "-99999y", "2025-W53", "2026-W00",
     "now", "0000-01-01", "d", "--3d", "+99999y", "2026-11-21T09:30", "星期一"],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_date(text, TODAY)
    assert repr(text) in refused.value.message
    assert "2026-W47" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "first", "week"),
    [
        ("2026-W47", "2026-11-16", "2026-W47"),
        ("2026W47", "2026-11-16", "2026-W47"),
        ("W47", "2026-11-16", "2026-W47"),
        ("w5", "2026-01-26", "2026-W05"),
        ("47", "2026-11-16", "2026-W47"),
        ("this", "2026-11-16", "2026-W47"),
        ("last", "2026-11-09", "2026-W46"),
        ("2026-01-01", "2025-12-29", "2026-W01"),
        ("2027-01-03", "2026-12-28", "2026-W53"),
        ("2026-W53", "2026-12-28", "2026-W53"),
        ("2021-01-03", "2020-12-28", "2020-W53"),
        ("2024-12-30", "2024-12-30", "2025-W01"),
        ("yesterday", "2026-11-16", "2026-W47"),
    ],
)
def test_every_way_to_write_a_week(text: str, first: str, week: str) -> None:
    span = parse_week(text, TODAY)
    assert span.first == date.fromisoformat(first)
    assert span.week == week


def test_a_bare_week_number_belongs_to_the_iso_year_of_today() -> None:
    assert parse_week("W01", date(2024, 12, 31)).week == "2025-W01"


@pytest.mark.parametrize("text", ["2025-W53", "W0", "W54", "99", "9999-W52", "9999-12-31", "0000-W01", "week", ""])
def test_a_week_that_is_not_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_week(text, TODAY)


@given(st.dates(date(1, 1, 8), date(9999, 12, 20)))
def test_every_day_is_in_its_week_and_month(day: date) -> None:
    week = week_of(day)
    assert day in week
    assert week.first.weekday() == 0
    assert (week.last - week.first).days == 6
    assert week.week is not None
    assert parse_week(week.week, TODAY) == week
    month = month_of(day)
    assert day in month
    assert month.first.day == 1
    assert (month.last + timedelta(days=1)).day == 1
    assert month.last.month == month.first.month == day.month


def test_the_last_month_that_python_knows_has_an_end() -> None:
    assert month_of(date.max).last == date.max


@given(
    st.text()
    | st.from_regex(r"[+-]?[0-9]{1,9}[dwmy]", fullmatch=True)
    | st.from_regex(r"[0-9]{4}-?[wW][0-9]{1,2}", fullmatch=True)
)
def test_any_text_is_a_day_or_refused(text: str) -> None:
    for read in (parse_date, parse_past, parse_week):
        try:
            read(text, TODAY)
        except UsageError as refused:
            assert refused.message


def test_what_has_happened_is_not_in_the_future() -> None:
    assert parse_past("today", TODAY) == TODAY
    with pytest.raises(UsageError, match="2026-11-22 is in the future"):
        parse_past("tomorrow", TODAY)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [(None, None), ("2026-11-21", TODAY), ("2026-11-21T23:59:00-11:00", TODAY), ("2026-11-21T00:01:00+14:00", TODAY)],
)
def test_the_day_of_a_moment_is_the_day_where_it_was_written(stamp: str | None, day: date | None) -> None:
    assert day_of(stamp) == day


@given(st.integers(0, 9999), st.sampled_from("hdwmy"))
def test_any_age_leads_to_a_day_of_the_calendar(number: int, unit: str) -> None:
    age = parse_age(f"{number}{unit}")
    assert datetime(1970, 1, 1) - age >= datetime(1000, 1, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("this", date(2026, 11, 1), date(2026, 11, 30)),
        ("last", date(2026, 10, 1), date(2026, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2026/2 ", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12-31", date(2026, 12, 1), date(2026, 12, 31)),
        ("-30d", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_a_month_by_name_or_by_a_day_in_it(text: str, first: date, last: date) -> None:
    assert parse_month(text, TODAY) == Span(first, last)


def test_the_month_before_january_is_december() -> None:
    assert parse_month("last", date(2027, 1, 31)) == month_of(date(2026, 12, 1))
