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
    """A query and its name, without the @. `papers`: how many meet it now; None where it cannot be asked any more."""

    name: str
    query: str
    papers: int | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A query that was saved, and what the name stood for before, if it did."""

    saved: SavedQuery
    before: str | None


def listed(views: Views, today: date) -> tuple[SavedQuery, ...]:
    """All saved queries, by name."""
    return tuple(SavedQuery(name, query, _papers(views, name, today)) for name, query in views.queries().items())


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
        return Replaced(SavedQuery(name, query, _papers(work.views, name, today)), before)


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


def _papers(views: Views, name: str, today: date) -> int | None:
    try:
        return views.select(parse([f"@{name}"], today, views.queries), "id", 1, today).total
    except ReadlistError:  # a topic that it names is gone, or a saved query
        return None
