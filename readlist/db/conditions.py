"""A `Filter` as SQL: one table from the query's keys to conditions over `reading r` and `papers p`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from readlist.domain import venues
from readlist.domain.query import Filter, Range, Term
from readlist.domain.text import fold, one_line
from readlist.domain.topics import Forest

Sql = tuple[str, list[Any]]

_COLUMNS = {
    "year": "p.year",
    "cites": "p.citations",
    "added": "substr(r.added, 1, 10)",
    "due": "r.due",
    # The pass that is wanted next; while one is being read, that one.
    "pass": "coalesce((select max(o.number) from passes o where o.paper_id = p.id and o.started is not null "
    "and o.finished is null), r.next_pass)",
    "status": "r.status",
    "kind": "p.kind",
    "priority": "r.priority",
}


def condition(wanted: Filter, forest: Callable[[], Forest]) -> Sql:
    """The SQL condition, with its values, that holds for the papers that meet `wanted`.

    Several terms of one choice (status:todo status:done) mean either; everything else must hold together. Raises
    NotFound for a topic that nothing fits.
    """
    parts: list[str] = []
    values: list[Any] = []
    either: dict[str, list[str]] = {}
    for term in wanted.terms:
        if term.key in ("status", "kind", "priority") and not term.negated:
            either.setdefault(term.key, []).append(str(term.value))
            continue
        sql, more = _term(term, forest)
        parts.append(f"not coalesce(({sql}), 0)" if term.negated else f"({sql})")
        values += more
    for key, names in either.items():
        parts.append(f"{_COLUMNS[key]} in ({','.join('?' * len(names))})")
        values += names
    return (" and ".join(parts) or "1"), values


def _term(term: Term, forest: Callable[[], Forest]) -> Sql:
    if isinstance(term.value, Range):
        return _range(_COLUMNS[term.key], term.value)
    if term.key in ("due", "added"):  # due:none, due:any
        return f"{_COLUMNS[term.key]} is {'not ' if term.value == 'any' else ''}null", []
    if term.key in _COLUMNS:
        return f"{_COLUMNS[term.key]} = ?", [term.value]
    if term.key == "topic":
        ids = sorted(forest().selected(term.value))
        return _of_papers(f"select paper_id from paper_topics where topic_id in ({','.join('?' * len(ids))})"), [*ids]
    return _TEXTS[term.key](one_line(term.value))


def _range(column: str, wanted: Range) -> Sql:
    parts = [f"{column} {sign} ?" for sign, end in ((">=", wanted.low), ("<=", wanted.high)) if end is not None]
    return " and ".join(parts) or f"{column} is not null", [e for e in (wanted.low, wanted.high) if e is not None]


def _of_papers(query: str) -> str:
    return f"p.id in ({query})"


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _tag(text: str) -> Sql:
    return _of_papers(
        "select l.paper_id from paper_tags l join tags t on t.id = l.tag_id where t.name = ? collate nocase"
    ), [text]


def _venue(text: str) -> Sql:
    """A venue by its name, by an alias or by a spelling that the built-in table knows; if none, by a part of its name.

    So `venue:ACL` is not NAACL and TACL too.
    """
    # The table tells a venue from plain words by its capitals (Machine Learning); here a venue is meant.
    known = venues.canonical(text) or venues.canonical(text.title())
    names = sorted({fold(text), fold(known or text)})
    exact = (
        "select id from venues where name = ? collate nocase "
        f"union select venue_id from venue_aliases where folded in ({','.join('?' * len(names))})"
    )
    if known:
        return f"p.venue_id in ({exact})", [known, *names]
    return (
        f"p.venue_id in ({exact}) or "
        f"(not exists ({exact}) and p.venue_id in (select id from venues where name like ? escape '\\'))",
        [text, *names, text, *names, _like(text)],
    )


def _author(text: str) -> Sql:
    return _of_papers(
        "select l.paper_id from paper_authors l join authors a on a.id = l.author_id where a.name like ? escape '\\'"
    ), [_like(text)]


def _key(text: str) -> Sql:
    return "p.key like ? escape '\\'", [_like(text)]


def _text(text: str) -> Sql:
    """Words of the title (without case, accents and punctuation), an author, the venue or the citation key."""
    author, values = _author(text)
    parts = [author, "p.key like ? escape '\\'", "p.title like ? escape '\\'",
             "p.venue_id in (select id from venues where name like ? escape '\\')"]  # fmt: skip
    values = [*values, _like(text), _like(text), _like(text)]
    if fold(text):
        parts.append("instr(p.folded_title, ?)")
        values.append(fold(text))
    return " or ".join(parts), values


_TEXTS: dict[str, Callable[[str], Sql]] = {
    "tag": _tag,
    "venue": _venue,
    "author": _author,
    "key": _key,
    "text": _text,
}
