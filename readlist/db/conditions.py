"""A `Filter` as SQL: one table from the query's keys to conditions over `reading r` and `papers p`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from readlist.domain.filter import All, Filter, Node, Not, Range, Term, together
from readlist.domain.text import fold, one_line
from readlist.domain.topics import Forest

Sql = tuple[str, list[Any]]

_COLUMNS = {
    "id": "p.id",
    "year": "p.year",
    "cites": "p.citations",
    "added": "r.added",
    "due": "r.due",
    # The pass that is wanted next; while one is being read, that one.
    "pass": "coalesce((select max(o.number) from passes o where o.paper_id = p.id and o.started is not null "
    "and o.finished is null), r.next_pass)",
    "status": "r.status",
    "kind": "p.kind",
    "priority": "r.priority",
}
_MOMENTS = ("added", "read")  # days asked for, moments stored: ISO texts that begin with their day

_OF_PAPERS = ("\x01", "\x02")
_FOUND = ("p.id in (", ")")
_LOOKED_UP = ("exists (select 1 from (", ") found where found.paper_id = p.id)")

_HAS = {
    "abstract": "p.id in (select paper_id from texts where abstract <> '')",
    "summary": "p.id in (select paper_id from summaries)",
    "note": "p.id in (select paper_id from notes where paper_id is not null)",
    "topic": "p.id in (select paper_id from paper_topics)",
    "tag": "p.id in (select paper_id from paper_tags)",
    "venue": "p.venue_id is not null",
    "year": "p.year is not null",
    "cites": "p.citations is not null",
    "due": "r.due is not null",
    "arxiv": "p.id in (select paper_id from identifiers where scheme = 'arxiv')",
    "doi": "p.id in (select paper_id from identifiers where scheme = 'doi')",
    "code": "p.id in (select paper_id from links where rel = 'code')",
}
_IS = {
    "withdrawn": "p.withdrawn = 1",
    "pending": "p.id in (select paper_id from fetches where state = 'owed')",
}


def condition(wanted: Filter, forest: Callable[[], Forest], walked: bool = False) -> Sql:
    """The SQL condition, with its values, that holds for the papers that meet `wanted`.

    Several terms of one choice that hold together (status:todo status:done) mean either. Raises NotFound for a topic
    that nothing fits. `walked`: papers are gone through in some order until there are enough, so each is looked up by
    itself; else the papers of a label are found first, all of them.
    """
    sql, values = _all(wanted.terms, forest)
    for mark, found, looked_up in zip(_OF_PAPERS, _FOUND, _LOOKED_UP, strict=True):
        sql = sql.replace(mark, looked_up if walked else found)
    return sql, values


def _all(parts: Sequence[Node], forest: Callable[[], Forest]) -> Sql:
    chosen, rest = together(parts)
    conditions: list[str] = []
    values: list[Any] = []
    for part in rest:
        sql, more = _node(part, forest)
        conditions.append(sql)
        values += more
    for key, names in chosen.items():
        conditions.append(f"{_COLUMNS[key]} in ({','.join('?' * len(names))})")
        values += names
    return (" and ".join(conditions) or "1"), values


def _node(node: Node, forest: Callable[[], Forest]) -> Sql:
    """The condition in parentheses. What is not known (no year) does not meet a condition, and meets its negation."""
    if isinstance(node, Term):
        sql, values = _term(node, forest)
        return (f"not coalesce(({sql}), 0)" if node.negated else f"({sql})"), values
    if isinstance(node, Not):
        sql, values = _node(node.part, forest)
        return f"not coalesce({sql}, 0)", values
    if isinstance(node, All):
        sql, values = _all(node.parts, forest)
        return f"({sql})", values
    sides = [_node(part, forest) for part in node.parts]
    return f"({' or '.join(sql for sql, _ in sides)})", [value for _, more in sides for value in more]


def _term(term: Term, forest: Callable[[], Forest]) -> Sql:
    key, value = term.key, term.value
    if key == "read":
        return _read(value)
    if isinstance(value, Range):
        return _range(_COLUMNS[key], value, key in _MOMENTS)
    if key in ("due", "added"):  # due:none, due:any
        return f"{_COLUMNS[key]} is {'not ' if value == 'any' else ''}null", []
    if key in _COLUMNS:
        return f"{_COLUMNS[key]} = ?", [value]
    if key in ("has", "is"):
        return (_HAS if key == "has" else _IS)[value], []
    if key in ("arxiv", "doi", "acl"):
        return _of_papers("select paper_id from identifiers where scheme = ? and value = ?"), [key, value]
    if key == "topic":
        ids = sorted(forest().selected(value))
        return _of_papers(f"select paper_id from paper_topics where topic_id in ({','.join('?' * len(ids))})"), [*ids]
    return _TEXTS[key](one_line(value))


def _read(value: str | Range) -> Sql:
    """By the day on which a pass was finished; of some passes it is not known."""
    if isinstance(value, Range):
        when, values = _range("finished", value, True)
        return _of_papers(f"select paper_id from passes where {when}"), values
    return f"p.id {'not ' if value == 'none' else ''}in (select paper_id from passes where finished is not null)", []


def _range(column: str, wanted: Range, moments: bool = False) -> Sql:
    """A column between two bounds. A moment lies within a day if its text begins with it: `2026-11-21T…` < `…-21~`."""
    high = f"{wanted.high}~" if moments and wanted.high is not None else wanted.high
    ends = [(sign, end) for sign, end in ((">=", wanted.low), ("<=", high)) if end is not None]
    return " and ".join(f"{column} {sign} ?" for sign, _ in ends) or f"{column} is not null", [end for _, end in ends]


def _of_papers(query: str) -> str:
    """The papers of a query for `paper_id`, in one of the two ways that `condition` puts in for the marks."""
    return f"{_OF_PAPERS[0]}{query}{_OF_PAPERS[1]}"


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
    from readlist.domain import venues

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


def _title(text: str) -> Sql:
    folded = fold(text)
    if not folded:
        return "p.title like ? escape '\\'", [_like(text)]
    return "p.title like ? escape '\\' or instr(p.folded_title, ?)", [_like(text), folded]


def _key(text: str) -> Sql:
    return "p.key like ? escape '\\'", [_like(text)]


def _text(text: str) -> Sql:
    """Words that the title, an author, the venue, a tag or a topic has, of each the beginning; or the citation key's.

    Several words (they stood in quotes) follow one another. By the full-text index: no paper is looked at that has not
    got them. Parts within a word are found by `title:`, `author:` and `key:`.
    """
    from readlist.domain.words import match

    words = match(f'"{text.replace(chr(34), " ")}"', prefix=True)
    keys = sorted({text, text.lower()})
    parts = ["select id from papers where key >= ? and key < ?"] * len(keys)
    values = [end for key in keys for end in (key, f"{key}\U0010ffff")]
    if words:
        parts.append("select rowid from fulltext where fulltext match ?")
        values.append(f"{{title authors venue tags topics}} : ({words})")
    return f"p.id in ({' union '.join(parts)})", values


_TEXTS: dict[str, Callable[[str], Sql]] = {
    "tag": _tag,
    "venue": _venue,
    "author": _author,
    "title": _title,
    "key": _key,
    "text": _text,
}
