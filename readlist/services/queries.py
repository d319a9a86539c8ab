"""Saved queries: a name for what is asked for often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readlist.db.library import Library
from readlist.db.queries import remove_query, save_query
from readlist.db.views import Views
from readlist.domain.nearest import did_you_mean
from readlist.domain.query import checked_name, line_of, names_in, parse
from readlist.errors import NotFound, ReadlistError, UsageError

LIST = "`rl query list` shows all"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query and its name, without the @. `papers`: how many meet it now; None where `fault` says why it cannot be
    asked: a topic that it names is not there (yet, or any more), or a saved query.
    """

    name: str
    query: str
    papers: int | None
    fault: str | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A query that was saved, and what the name stood for before, if it did."""

    saved: SavedQuery
    before: str | None


def listed(views: Views, today: date) -> tuple[SavedQuery, ...]:
    """All saved queries, by name."""
    return tuple(_asked(views, name, query, today) for name, query in views.queries().items())


def save(library: Library, name: str, words: Sequence[str], today: date) -> Replaced:
    """Save the query under the name, in place of what it stood for. Raises what is wrong with either."""
    name = checked_name(name)
    query = line_of(words).strip()
    if not query:
        raise UsageError("a query is missing", f"rl query save {name} tag:survey status:todo")
    with library.write("query save") as work:
        known = {**work.views.queries(), name: query}
        parse([f"@{name}"], today, lambda: known)
        before = save_query(work.unit, name, query)
        return Replaced(_asked(work.views, name, query, today), before)


def remove(library: Library, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Remove the saved query: its name, what it stood for, and the names of saved queries that it is used in."""
    wanted = name.removeprefix("@").casefold()
    with library.write("query remove") as work:
        known = work.views.queries()
        if wanted not in known:
            raise NotFound(f"there is no saved query @{wanted}", did_you_mean(wanted, known, LIST), name)
        remove_query(work.unit, wanted)
        using = [other for other, query in known.items() if other != wanted and wanted in names_in(query)]
        return wanted, known[wanted], tuple(using)


def _asked(views: Views, name: str, query: str, today: date) -> SavedQuery:
    try:
        papers = views.select(parse([f"@{name}"], today, views.queries), "id", 1, today).total
    except ReadlistError as fault:
        return SavedQuery(name, query, None, str(fault))
    return SavedQuery(name, query, papers, None)
