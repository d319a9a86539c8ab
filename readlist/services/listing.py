"""Which papers, in which order: the options of `todo` and `list` and the words of a query as one filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from readlist.db.views import MANY, SORTS, Page, Row, Views
from readlist.domain.filter import Filter, Range, Term
from readlist.domain.passes import STATUSES, checked_pass
from readlist.errors import UsageError

_MOST = 1_000_000_000  # papers; SQLite counts no further than 64 bits
_LONGEST = 2_000  # characters; SQLite refuses longer patterns


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a listing is asked for. `limit` 0 is all; None is the command's own."""

    query: Sequence[str] = ()
    topics: Sequence[str] = ()
    tags: Sequence[str] = ()
    venues: Sequence[str] = ()
    statuses: Sequence[str] = ()
    number: int | None = None
    sort: str | None = None
    limit: int | None = None


def to_filter(wanted: Wanted, today: date, views: Views) -> Filter:
    """All that `wanted` asks for, as one filter. `views` has the saved queries."""
    if any(len(text) > _LONGEST for text in (*wanted.query, *wanted.topics, *wanted.tags, *wanted.venues)):
        raise UsageError("a word of the query is too long", f"up to {_LONGEST} characters are looked for")
    terms = [Term("topic", text) for text in wanted.topics]
    for name, texts in (("tag", wanted.tags), ("venue", wanted.venues)):
        if any(not text.removeprefix("#").strip() for text in texts):
            raise UsageError(f"--{name} cannot be empty", f"`rl {name} list` shows all")
    terms += [Term("tag", text.removeprefix("#")) for text in wanted.tags]
    terms += [Term("venue", text) for text in wanted.venues]
    for status in wanted.statuses:
        if status not in STATUSES:
            from readlist.domain.nearest import choices

            raise UsageError(f"--status cannot be {status!r}", choices(status, STATUSES))
        terms.append(Term("status", status))
    if wanted.number is not None:
        checked_pass(wanted.number)
        terms.append(Term("pass", Range(wanted.number, wanted.number)))
    if not wanted.query:
        return Filter(tuple(terms))
    from readlist.domain.query import parse

    return parse(wanted.query, today, views.queries) & Filter(tuple(terms))


def order_of(wanted: Wanted, default_sort: str, default_limit: int) -> tuple[str, int | None]:
    """The order that `wanted` asks for, and how many papers at most (None: all). Raises UsageError if it cannot be."""
    sort = wanted.sort or default_sort
    if sort not in SORTS:
        from readlist.domain.nearest import choices

        raise UsageError(f"--sort cannot be {sort!r}", choices(sort, SORTS))
    limit = default_limit if wanted.limit is None else wanted.limit
    if limit < 0:
        raise UsageError(f"--limit cannot be {limit}", "a number from 0; 0 means all")
    return sort, min(limit, _MOST) or None


@dataclass(frozen=True, slots=True)
class Streamed:
    """Papers as a plain list prints them, each read when it is asked for; `focus`: the topics narrowed to.

    `limit`: how many there are at most; `total` counts all, if they are more, up to one beyond `MANY`.
    """

    rows: Iterator[Row]
    focus: tuple[str, ...]
    limit: int | None
    total: Callable[[], int]


def stream(
    views: Views, wanted: Wanted, today: date, *, queue: bool, default_sort: str, default_limit: int
) -> Streamed:
    """The papers that `select` gives, for a pipe: nothing is read ahead, however many they are."""
    sort, limit = order_of(wanted, default_sort, default_limit)
    asked = to_filter(wanted, today, views)
    focused = queue and not asked.named("topic")
    return Streamed(
        views.rows(asked, sort, limit, today, queue=queue, focused=focused),
        views.focus() if focused else (),
        limit,
        lambda: views.count(asked, queue=queue, focused=focused, most=MANY),
    )


def select(
    views: Views, wanted: Wanted, today: date, *, queue: bool, default_sort: str, default_limit: int, whole: bool
) -> Page:
    """The papers that `wanted` asks for. `queue`: only those that wait to be read or are being read.

    The queue is narrowed to the topics in focus (`Page.focus` says so), unless `wanted` names topics itself. With
    `whole` each paper has all that JSON shows, and `Page.total` is exact.
    """
    sort, limit = order_of(wanted, default_sort, default_limit)
    asked = to_filter(wanted, today, views)
    focused = queue and not asked.named("topic")
    return views.select(asked, sort, limit, today, whole=whole, queue=queue, focused=focused, exact=whole)
