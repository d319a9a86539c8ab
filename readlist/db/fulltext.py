"""The full-text index: what a paper's document is made of, and how it follows the tables in every transaction.

The index keeps words and places, but no text; so a document is taken out by handing in the very words that it has. They
are read from the tables before anything in them changes: `Index.before` is told of the changes that are about to be
written, takes out the papers concerned, and `Index.settle` puts them in again as they stand at the end. A paper that is
not under way between the two is always in the index as the tables have it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from readlist.db.reader import CHUNK

COLUMNS = ("title", "authors", "abstract", "summary", "notes", "venue", "tags", "topics")
"""The columns of the index, in order."""

Document = tuple[int, str, str, str, str, str, str, str, str]
"""A paper's id and the plain text of each column."""

_DEEPEST = 100  # topics above one another; a stop for what is no tree
_UNDER_WAY = 5_000  # papers that are out of the index at a time

_INSERT = f"insert into fulltext (rowid, {', '.join(COLUMNS)}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DELETE = f"insert into fulltext (fulltext, rowid, {', '.join(COLUMNS)}) values ('delete', ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def matching(text: str) -> tuple[str, list[Any]]:
    """The SQL condition on `p.id`, with its values, for papers that have the words of `text` anywhere.

    Of the last word the beginning is enough. Text without a word finds nothing.
    """
    from readlist.domain.words import match

    expression = match(text, prefix=True)
    if not expression:
        return "0", []
    return "p.id in (select rowid from fulltext where fulltext match ?)", [expression]


# -- documents ---------------------------------------------------------------------------------------------------------


def joined(texts: Iterable[str | None]) -> str:
    """The text of a column that is made of several: names, notes, abstract and tldr."""
    return "\n".join(text for text in texts if text)


def names(
    connection: sqlite3.Connection, table: str, ids: Iterable[int], known: dict[tuple[str, int], str] | None = None
) -> str:
    """The text of a column for these `tags` or `topics`: a topic with all that stand above it, without aliases.

    `known` keeps what was asked, for who asks often.
    """
    known = {} if known is None else known
    found = []
    for i in sorted(ids):
        if (table, i) not in known:
            row = connection.execute(_NAME_OF[table], (i,)).fetchone()
            known[table, i] = (row[0] or "") if row else ""
        found.append(known[table, i])
    return joined(found)


_NAME_OF = {
    "tags": "select name from tags where id = ?",
    "topics": f"""
        with recursive up(id, name, parent_id, depth) as (
            select id, name, parent_id, 0 from topics where id = ?
            union all select t.id, t.name, t.parent_id, depth + 1
            from topics t join up on t.id = up.parent_id where depth < {_DEEPEST}
        ) select group_concat(name, '/') from (select name from up order by depth desc)
        """,
}

_LISTS: Mapping[str, str] = {
    "authors": "select l.paper_id, a.name from paper_authors l join authors a on a.id = l.author_id "
    "where l.paper_id in ({}) order by l.paper_id, l.position",
    "notes": "select paper_id, text from notes where paper_id in ({}) order by paper_id, id",
    "tags": "select paper_id, tag_id from paper_tags where paper_id in ({})",
    "topics": "select paper_id, topic_id from paper_topics where paper_id in ({})",
}


def documents(
    connection: sqlite3.Connection, ids: Sequence[int], known: dict[tuple[str, int], str] | None = None
) -> Iterator[Document]:
    """The documents of those of the papers that there are, as the tables have them now."""
    known = {} if known is None else known
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        marks = ",".join("?" * len(chunk))
        lists: dict[str, dict[int, list[Any]]] = {}
        for name, sql in _LISTS.items():
            of: dict[int, list[Any]] = lists.setdefault(name, {})
            for paper, value in connection.execute(sql.format(marks), chunk):
                of.setdefault(paper, []).append(value)
        rows = connection.execute(
            "select p.id, p.title, x.abstract, x.tldr, s.text, v.name from papers p "
            "left join texts x on x.paper_id = p.id left join summaries s on s.paper_id = p.id "
            f"left join venues v on v.id = p.venue_id where p.id in ({marks})",
            chunk,
        ).fetchall()
        for i, title, abstract, tldr, summary, venue in rows:
            yield (
                i,
                title,
                joined(lists["authors"].get(i, ())),
                joined((abstract, tldr)),
                summary or "",
                joined(lists["notes"].get(i, ())),
                venue or "",
                names(connection, "tags", lists["tags"].get(i, ()), known),
                names(connection, "topics", lists["topics"].get(i, ()), known),
            )


def add_documents(connection: sqlite3.Connection, rows: Iterable[Document]) -> None:
    """Put papers that are not in the index into it.

    Rows are (id, title, authors, abstract, summary, notes, venue, tags, topics) in plain text, several of a kind put
    together by `joined` and `names`, so that each row is what `documents` reads from the tables.
    """
    add_words(connection, _words(rows))


def add_words(connection: sqlite3.Connection, rows: Iterable[Document]) -> None:
    """`add_documents` of texts that have been divided into words (`domain.words.indexed`)."""
    connection.executemany(_INSERT, rows)


def _words(rows: Iterable[Document]) -> Iterator[Any]:
    from readlist.domain.words import indexed

    for row in rows:
        yield (row[0], *[text and indexed(text) for text in row[1:]])


def gather(connection: sqlite3.Connection) -> None:
    """From now on in this transaction many documents are put in: they are sorted in memory, 32 MB at a time, and
    written in few large pieces, which are merged when there are sixteen of a size. `write_gathered` has to follow."""
    _configure(connection, _GATHERED)


def write_gathered(connection: sqlite3.Connection) -> None:
    """Write what was gathered; the index is kept as usual again."""
    connection.execute("savepoint gathered")  # FTS5 writes what it holds
    connection.execute("release gathered")
    _configure(connection, _USUAL)


_GATHERED = (("hashsize", 1 << 25), ("automerge", 16))
_USUAL = (("hashsize", 1 << 20), ("automerge", 4))


def _configure(connection: sqlite3.Connection, options: Sequence[tuple[str, int]]) -> None:
    connection.executemany("insert into fulltext (fulltext, rank) values (?, ?)", options)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index anew from the tables."""
    connection.execute("insert into fulltext (fulltext) values ('delete-all')")
    known: dict[tuple[str, int], str] = {}
    last = -1
    while ids := [
        i for (i,) in connection.execute("select id from papers where id > ? order by id limit ?", (last, CHUNK))
    ]:
        add_documents(connection, documents(connection, ids, known))
        last = ids[-1]


# -- in step -----------------------------------------------------------------------------------------------------------

_BELOW = f"""
    with recursive below(id, depth) as (
        select ?, 0 union
        select t.id, depth + 1 from topics t join below b on t.parent_id = b.id where depth < {_DEEPEST}
    ) select paper_id from paper_topics where topic_id in (select id from below)
    """

# The tables of names: which columns the index has of them, and the papers of a row.
_NAMES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "authors": (("name",), "select paper_id from paper_authors where author_id = ?"),
    "venues": (("name",), "select id from papers where venue_id = ?"),
    "tags": (("name",), "select paper_id from paper_tags where tag_id = ?"),
    "topics": (("name", "parent_id"), _BELOW),
}
# The tables of papers, and the columns that the index has of them; a row of them tells its paper.
_OF_PAPERS: Mapping[str, tuple[str, ...]] = {
    "papers": ("title", "venue_id"),
    "paper_authors": ("author_id",),
    "texts": ("abstract", "tldr"),
    "summaries": ("text",),
    "notes": ("text", "paper_id"),
    "paper_tags": (),
    "paper_topics": (),
}
TABLES = frozenset((*_NAMES, *_OF_PAPERS))
"""The tables of which a change may concern the index."""

Row = Mapping[str, Any]


class Index:
    """Keeps the index in step with what one transaction writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._out: set[int] = set()  # papers that are not in the index now

    def before(self, changes: Iterable[tuple[str, tuple[Any, ...], Row | None, Row | None]]) -> None:
        """Take out the papers whose documents will be others by these changes (table, key, row before, row after),
        which are not written yet. Of a changed row both have at least the columns that differ."""
        papers: set[int] = set()
        new: set[int] = set()
        for table, key, before, after in changes:
            if table in _OF_PAPERS:
                if table == "papers" and before is None:
                    new.add(key[0])
                if before and after and not any(before.get(c) != after.get(c) for c in _OF_PAPERS[table]):
                    continue
                papers |= self._papers_of(table, key, before, after)
            elif table in _NAMES and before:
                columns, sql = _NAMES[table]
                if after is None or any(before.get(c) != after.get(c) for c in columns):
                    papers.update(i for (i,) in self._connection.execute(sql, key))
        inside = sorted(papers - new - self._out)
        for start in range(0, len(inside), CHUNK):
            gone = list(documents(self._connection, inside[start : start + CHUNK]))
            self._connection.executemany(_DELETE, _words(gone))
        self._out |= papers

    def written(self) -> None:
        """The changes are written. Keeps the memory of a transaction of any size bounded."""
        if len(self._out) > _UNDER_WAY:
            self.settle()

    def settle(self) -> None:
        """Put the papers that were taken out, and those that are new, into the index as they are now."""
        if self._out:
            ids = sorted(self._out)
            self._out.clear()
            add_documents(self._connection, documents(self._connection, ids))

    def _papers_of(self, table: str, key: tuple[Any, ...], before: Row | None, after: Row | None) -> set[int]:
        if table == "papers":
            return {key[0]}
        found = {row["paper_id"] for row in (before, after) if row and row.get("paper_id") is not None}
        if not found and table == "notes":
            there = self._connection.execute("select paper_id from notes where id = ?", key).fetchone()
            found = {there[0]} if there and there[0] is not None else set()
        return found
