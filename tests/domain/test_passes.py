"""The three passes: every rule of section 4 of the contract."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.passes import (
    GUIDES,
    JUST,
    LONGEST,
    PASSES,
    STATUSES,
    Pass,
    Then,
    highest_finished,
    just_finished,
    minutes_by_clock,
    next_after,
    open_pass,
    pass_to_finish,
    pass_to_start,
    status,
    verdict_open,
    with_implied,
)

DAY, LATER = "2026-11-20", "2026-11-21"


def done(number: int) -> Pass:
    return Pass(number, finished=DAY)


@pytest.mark.parametrize(
    ("events", "next_pass", "dropped", "wanted"),
    [
        ([], None, False, "listed"),
        ([], 1, False, "todo"),
        ([], 3, False, "todo"),
        ([Pass(1, started=DAY)], 1, False, "reading"),
        ([Pass(1, started=DAY)], None, False, "reading"),
        ([done(1)], 2, False, "todo"),
        ([done(1)], None, False, "done"),
        ([done(1), Pass(2, started=DAY)], 2, False, "reading"),
        ([Pass(2)], None, False, "done"),  # imported as read, on an unknown day
        ([done(3)], None, False, "done"),
        ([], 1, True, "dropped"),
        ([Pass(1, started=DAY)], 1, True, "dropped"),
        ([done(2)], None, True, "dropped"),
    ],
)
def test_the_status_follows_from_the_passes(
    events: list[Pass], next_pass: int | None, dropped: bool, wanted: str
) -> None:
    assert status(events, next_pass, dropped) == wanted


@pytest.mark.parametrize(
    ("finished", "wanted", "before", "then", "after"),
    [
        (1, 1, 0, None, 2),
        (2, 2, 1, None, None),
        (3, 3, 2, None, None),
        (1, None, 0, None, 2),  # of a listed paper too
        (2, 1, 0, None, None),  # deeper than asked for
        (3, 1, 0, None, None),
        (1, 3, 0, None, 3),  # a deeper pass that was wanted stays wanted
        (2, 3, 1, None, 3),
        (1, 2, 1, None, 2),  # read again: nothing changes
        (1, None, 2, None, None),
        (2, None, 3, None, None),
        (1, 1, 2, None, None),  # wanted again and read again: no longer wanted
        (2, 1, 3, None, None),
        (2, 2, 3, None, None),
        (1, 1, 0, "3", 3),
        (1, 1, 0, "done", None),
        (1, 1, 0, "drop", None),
        (2, 2, 1, "3", 3),
        (2, 2, 1, "2", 2),
        (3, 3, 2, "1", 1),
    ],
)
def test_the_pass_wanted_after_one_is_finished(
    finished: int, wanted: int | None, before: int, then: Then | None, after: int | None
) -> None:
    assert next_after(finished, wanted, before, then) == after


def test_a_finished_pass_implies_those_before_it() -> None:
    assert [(p.number, p.implied) for p in with_implied([done(3)])] == [(1, True), (2, True), (3, False)]
    assert [(p.number, p.implied) for p in with_implied([done(1), done(3)])] == [(2, True), (1, False), (3, False)]
    assert with_implied([Pass(3, started=DAY)]) == (Pass(3, started=DAY),)
    assert all((p.started, p.finished, p.minutes) == (None, None, None) for p in with_implied([done(3)]) if p.implied)


def test_of_two_open_passes_the_one_begun_last_is_under_way() -> None:
    assert open_pass([Pass(2, started=LATER), Pass(1, started=DAY)]) == Pass(2, started=LATER)
    assert open_pass([done(1)]) is None


@pytest.mark.parametrize(
    ("events", "wanted", "number"),
    [([], None, 1), ([], 1, 1), ([done(1)], 2, 2), ([done(1)], None, 2), ([done(2)], None, 3), ([done(3)], None, 3),
     ([done(1)], 3, 3)],
)  # fmt: skip
def test_start_begins_the_pass_that_comes_next(events: list[Pass], wanted: int | None, number: int) -> None:
    assert pass_to_start(events, wanted) == number


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_pass_has_its_question_in_every_language(language: str) -> None:
    assert set(GUIDES[language]) == set(PASSES)
    assert all(guide.read and guide.decide for guide in GUIDES[language].values())
    assert [len(GUIDES[language][number].questions) for number in PASSES] == [5, 3, 2]
    assert all(name and asks for guide in GUIDES[language].values() for name, asks in guide.questions)


@pytest.mark.parametrize(
    ("events", "wanted", "number"),
    [([Pass(2, started=DAY)], 1, 2), ([done(1)], 2, 2), ([done(2)], None, None), ([], 3, 3)],
)
def test_the_pass_under_way_is_finished_else_the_one_wanted(
    events: list[Pass], wanted: int | None, number: int | None
) -> None:
    assert pass_to_finish(events, wanted) == number


@pytest.mark.parametrize(
    ("events", "next_pass", "is_open"),
    [([done(1)], 2, True), ([done(1), done(1)], 2, True), ([done(1)], None, False), ([done(1)], 3, False),
     ([done(1), done(2)], 2, False), ([], 2, False), ([done(1), Pass(2, started=DAY)], 2, False)],
)  # fmt: skip
def test_after_pass_1_alone_the_verdict_is_open(events: list[Pass], next_pass: int | None, is_open: bool) -> None:
    assert verdict_open(events, next_pass) == is_open


zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
begun = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda it: it.replace(microsecond=0))


@given(begun, zones, zones, st.integers(-100_000, 200_000))
def test_the_clock_never_tells_what_cannot_be(start: datetime, zone: timezone, other: timezone, seconds: int) -> None:
    """Whatever zone the reader is in by now, it tells whole minutes of the day on which the pass was begun, or none."""
    moment = start.replace(tzinfo=zone)
    now = moment + timedelta(seconds=seconds)
    told = minutes_by_clock(Pass(1, started=moment.isoformat()), now.astimezone(other))
    if 60 <= seconds < LONGEST * 60 and now.date() == moment.date():
        assert told == seconds // 60
    else:
        assert told is None


@given(begun, zones, st.integers(-200, 200), st.none() | st.sampled_from(PASSES))
def test_a_pass_is_finished_just_now_for_a_minute(start: datetime, zone: timezone, ago: int, asked: int | None) -> None:
    moment = start.replace(tzinfo=zone)
    event = Pass(2, finished=moment.isoformat())
    found = just_finished([done(1), event], asked, moment + timedelta(seconds=ago))
    assert found == (event if 0 <= ago < JUST and asked in (None, 2) else None)
    if asked in (None, 2):
        assert just_finished([event, Pass(2, started=DAY)], asked, moment) is None, "it is under way again"


def test_a_day_alone_has_no_clock() -> None:
    now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert minutes_by_clock(Pass(1, started="2026-11-21"), now) is None
    assert just_finished([Pass(1, finished="2026-11-21")], 1, now) is None
    assert minutes_by_clock(Pass(1, started="2026-11-21T08:30:00"), now) == 30, "without a zone: the reader's own"


moments = st.none() | st.sampled_from([DAY, LATER])
events_ = st.lists(st.builds(Pass, st.sampled_from(PASSES), moments, moments), max_size=6)


@given(events_, st.none() | st.sampled_from(PASSES), st.booleans())
def test_every_history_has_one_status_that_agrees_with_it(
    events: list[Pass], next_pass: int | None, dropped: bool
) -> None:
    found = status(events, next_pass, dropped)
    assert found in STATUSES
    assert (found == "dropped") == dropped
    if found == "reading":
        assert open_pass(events)
    if found == "todo":
        assert next_pass in PASSES
        assert not open_pass(events)
    if found == "done":
        assert highest_finished(events) > 0
        assert next_pass is None
    if found == "listed":
        assert not highest_finished(events)
    shown = with_implied(events)
    assert {p.number for p in shown if not p.open} >= set(range(1, highest_finished(events) + 1))
    assert shown[len(shown) - len(events) :] == tuple(events)
    assert status(shown, next_pass, dropped) == found


@given(st.lists(st.sampled_from(PASSES), min_size=1, max_size=8), st.none() | st.sampled_from(PASSES))
def test_a_reader_who_does_what_is_wanted_comes_to_an_end(first: list[int], wanted: int | None) -> None:
    events: list[Pass] = []
    for number in first:
        wanted = next_after(number, wanted, highest_finished(events), None)
        events.append(done(number))
        assert wanted is None or wanted > number
    for _ in PASSES:
        if wanted is not None:
            number = wanted
            wanted = next_after(number, number, highest_finished(events), None)
            events.append(done(number))
    assert wanted is None
    assert status(events, wanted, False) == "done"
