"""Asking the full-text index: how many papers have the words, which of them first, and what to show of these.

Ranking looks at every hit, two thirds of a microsecond each. So nothing is joined to the hits, only to the papers
shown; and where a word is in more papers than can be ranked while one waits, those that have it in the title are
ranked, and of these, if need be, the newest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from readlist.db.fulltext import COLUMNS
from readlist.db.reader import Reader

WEIGHTS = {
    "title": 12.0, "authors": 4.0, "abstract": 1.0, "summary": 4.0, "notes": 2.0, "venue": 4.0, "tags": 4.0,
    "topics": 4.0,
}  # fmt: skip
"""What a hit in each column counts."""

RANKED = 100_000
"""Hits that are ranked for a page of a search, at most."""

_BM25 = f"bm25(fulltext, {', '.join(str(WEIGHTS[name]) for name in COLUMNS)})"

Sql = tuple[str, Sequence[Any]]

_ALL: Sql = ("", ())


def titled(text: str) -> str:
    """The expression for titles that hold `text` as it stands, its last word perhaps longer; empty without a word."""
    from readlist.domain.words import match

    expression = match('"' + text.replace('"', " ") + '"', prefix=True)
    return expression and f"{{title}} : {expression}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Papers, best first, of the `among` that were compared: all that fit, or of too many only those that have the
    words in their titles (`titles`), the newest of these, or the newest of all (`newest`)."""

    ids: list[int]
    among: int
    titles: bool = False
    newest: bool = False


class Search(Reader):
    """Finds papers by expressions of FTS5 (`domain.words.match`). `inside` is a condition over `reading r` and
    `papers p`, with its values, that the papers are to meet."""

    def count(self, expression: str, inside: Sql = _ALL) -> int:
        where, values = _met(inside)
        return int(self._one(f"select count(*) from fulltext where fulltext match ?{where}", expression, *values))

    def has(self, expression: str, paper_id: int) -> bool:
        return (
            self._one("select 1 from fulltext where fulltext match ? and rowid = ?", expression, paper_id) is not None
        )

    def meets(self, paper_id: int, inside: Sql) -> bool:
        where, values = inside
        sql = f"select 1 from papers p join reading r on r.paper_id = p.id where p.id = ? and ({where or '1'})"
        return self._one(sql, paper_id, *values) is not None

    def ranked(self, expression: str, total: int, limit: int | None, inside: Sql = _ALL, most: int = RANKED) -> Ranking:
        """The papers that fit best, up to `limit` (None: all), of `total` that fit.

        For a page of them no more than `most` are compared.
        """
        where, values = _met(inside)
        among, titles, newest = total, False, False
        if limit is not None and total > most:
            in_titles = f"{{title}} : ({expression})"
            n = self.count(in_titles, inside)
            if n >= limit:
                expression, among, titles = in_titles, n, True
            newest = among > most
            if newest:
                oldest = self._one(
                    f"select rowid from fulltext where fulltext match ?{where} order by rowid desc limit 1 offset ?",
                    expression, *values, most,
                )  # fmt: skip
                where, values, among = f"{where} and rowid > ?", [*values, oldest], most
        sql = f"select rowid from fulltext where fulltext match ?{where} order by {_BM25}, rowid desc"
        tail = "" if limit is None else f" limit {limit:d}"
        return Ranking([i for (i,) in self._all(sql + tail, expression, *values)], among, titles, newest)

    def texts(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """By paper: what a snippet may be taken from: summary, notes, abstract, tldr."""
        marks = ",".join("?" * len(ids))
        found: dict[int, list[str]] = {}
        for table, column in (("summaries", "text"), ("notes", "text"), ("texts", "abstract"), ("texts", "tldr")):
            for i, text in self._all(f"select paper_id, {column} from {table} where paper_id in ({marks})", *ids):
                if text:
                    found.setdefault(i, []).append(text)
        return found

    def names_with(self, expression: str, most: int) -> list[str]:
        """Titles, author names and abstracts of up to `most` papers, for the words in them."""
        ids = [i for (i,) in self._all("select rowid from fulltext where fulltext match ? limit ?", expression, most)]
        marks = ",".join("?" * len(ids))
        return [
            text
            for (text,) in self._all(
                f"select title from papers where id in ({marks}) union all select a.name from paper_authors l "
                f"join authors a on a.id = l.author_id where l.paper_id in ({marks}) "
                f"union all select abstract from texts where abstract is not null and paper_id in ({marks})",
                *ids,
                *ids,
                *ids,
            )
        ]


def _met(inside: Sql) -> Sql:
    """Asked of every hit by itself: the other way round all papers of the library would be looked at."""
    where, values = inside
    if where in ("", "1"):
        return _ALL
    return (
        " and exists (select 1 from papers p join reading r on r.paper_id = p.id "
        f"where p.id = fulltext.rowid and ({where}))",
        values,
    )
