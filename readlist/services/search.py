"""Finding papers by what stands in them: words in any order, best first.

A paper that is named by its identifier, its key or its whole title comes before all others. If few papers have the last
word as it was typed, those follow in which a longer word begins so: it may not be typed to its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from readlist.db.search import Ranking
from readlist.domain.words import Snippet, match, snippet
from readlist.errors import ReadlistError, UsageError

if TYPE_CHECKING:
    from readlist.db.search import Search, Sql
    from readlist.db.views import Views
    from readlist.domain.filter import Filter, Node
    from readlist.domain.paper import Paper
    from readlist.services.listing import Wanted

_FEW = 50  # hits; with fewer, words that only begin as the last one are looked for too
_LENGTH = 160  # characters of a snippet
_AT_ONCE = 100  # papers that are read together


@dataclass(frozen=True, slots=True)
class Hits:
    """The ids of papers, best first; `total` is how many have the words, `ranking` which of these were compared.

    `text`: the words that were looked for, as `domain.words` reads them.
    """

    ids: tuple[int, ...]
    total: int
    text: str
    ranking: Ranking


Shown = tuple["Paper", Snippet | None]
"""A paper, with the part of its text where the words stand, if they do."""


@dataclass(frozen=True, slots=True)
class Found:
    """What `find` tells, and the papers in this order; each is read when it is asked for, however many they are."""

    hits: Hits
    rows: Iterator[Shown]


def search(views: Views, index: Search, wanted: Wanted, today: date) -> Found:
    """The papers that have the words of `wanted.query` and meet the rest of it. Raises UsageError without words."""
    hits = find(views, index, wanted, today)
    return Found(hits, _shown(views, index, hits, today))


def _shown(views: Views, index: Search, hits: Hits, today: date) -> Iterator[Shown]:
    for start in range(0, len(hits.ids), _AT_ONCE):
        ids = hits.ids[start : start + _AT_ONCE]
        texts = index.texts(ids)
        for paper in views.papers(ids, today):
            yield paper, _snippet(texts.get(paper.id, ()), hits.text)


def find(views: Views, index: Search, wanted: Wanted, today: date) -> Hits:
    """Which papers `search` gives, in order."""
    typed = " ".join(wanted.query)
    named = _named(views, typed)
    try:
        asked = _filter(views, wanted, today)
        text, choice, inside = _words(asked), _choice(asked.terms), _inside(views, asked)
    except ReadlistError:
        if not named:
            raise
        text, choice, inside = typed.replace('"', " "), [], ("", [])  # a title that reads like a query
    expression, longer = match(text), match(text, prefix=True)
    if not expression and choice:
        # The filter tells which of them go together; each is looked for as it is there.
        text = " ".join(choice)
        expression = longer = " OR ".join(f"({match(word, prefix=True)})" for word in choice)
    if not expression and not named:
        if not typed.strip() or inside[0] not in ("", "1"):
            raise UsageError("no word to look for", "`rl list` takes filters alone; `rl search WORD… venue:ACL` both")
        return Hits((), 0, text, Ranking([], 0))
    named += [i for i in _named(views, text.replace('"', "")) if i not in named and index.meets(i, inside)]
    limit = (50 if wanted.limit is None else wanted.limit) or None
    best, total = _best(index, expression, longer, limit, inside) if expression else (Ranking([], 0), 0)
    more = sum(1 for i in named if i not in best.ids and not (expression and index.has(expression, i)))
    ids = [*named, *(i for i in best.ids if i not in named)][:limit]
    return Hits(tuple(ids), total + more, text, best)


def nearest(index: Search, text: str) -> list[str]:
    """Of the words that no paper has: a sentence each, with words of the library that are like it."""
    from difflib import get_close_matches

    from readlist.domain.text import one_line
    from readlist.domain.text import words as words_of

    said = []
    for word in dict.fromkeys(words_of(text)):
        if not match(word) or index.count(match(word)):
            continue
        known: set[str] = set()
        for kept in (word[:3], word[:2]):
            if len(kept) > 1 and not known:
                known = {it for name in index.names_with(match(kept, prefix=True), 200) for it in words_of(name)}
        near = get_close_matches(word, sorted(known), 3, 0.75)
        hint = f": did you mean {' or '.join(near)}?" if near else ""
        said.append(f"{one_line(word)!r} is in no paper{hint}")
    return said


def _named(views: Views, text: str) -> list[int]:
    """The papers of which `text` is an identifier, the key or the whole title."""
    from readlist.domain.text import fold

    text = text.strip().strip('"')
    found = []
    if len(text.split()) == 1:
        if any(sign in text for sign in ":./"):  # no identifier is without; what reads them is not loaded for a word
            from readlist.domain.identifiers import parse

            identifier = parse(text)
            if identifier:
                found.append(views.id_of_identifier(identifier.scheme, identifier.value))
        found.append(views.id_of_key(text.casefold()))
    folded = fold(text)
    if folded:
        found += views.ids_of_titles([folded]).get(folded, [])
    return list(dict.fromkeys(i for i in found if i is not None))


def _filter(views: Views, wanted: Wanted, today: date) -> Filter:
    from readlist.domain.query import parse
    from readlist.services.listing import to_filter

    rest = to_filter(replace(wanted, query=()), today, views)
    return parse(list(_pieces(wanted.query)), today, views.queries, titles=True) & rest


def _pieces(words: Sequence[str]) -> Iterator[str]:
    """The words one by one: what a shell hands over as one, in quotes, is a search like any other. What is to stand
    together is in quotes of its own."""
    from readlist.domain.query import means_query

    for word in words:
        if means_query(word):
            yield word
        elif '"' in word:
            import re

            yield from re.findall(r'[^\s"]*"[^"]*"?|\S+', word)
        else:
            yield from word.split()


def _words(asked: Filter) -> str:
    """What must be there, each word or phrase in quotes."""
    texts, _ = asked.split()
    return " ".join(map(_in_quotes, texts))


def _choice(nodes: Sequence[Node]) -> list[str]:
    """The words, each in quotes, of which some must be there: `bert OR gpt`."""
    from readlist.domain.filter import Not, Term

    found: list[str] = []
    for node in nodes:
        if isinstance(node, Term):
            if node.key == "text" and not node.negated and match(word := _in_quotes(str(node.value))):
                found.append(word)
        elif not isinstance(node, Not):
            found += _choice(node.parts)
    return found


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', " ") + '"'


def _inside(views: Views, asked: Filter) -> Sql:
    _, rest = asked.split()
    if not rest.terms:
        return "", []
    from readlist.db.conditions import condition

    return condition(rest, views.forest)


def _best(index: Search, exact: str, longer: str, limit: int | None, inside: Sql) -> tuple[Ranking, int]:
    """The papers that fit best, and how many there are."""
    total = index.count(exact, inside)
    best = index.ranked(exact, total, limit, inside) if total else Ranking([], 0)
    if total < _FEW and longer != exact:
        total = index.count(longer, inside)
        more = index.ranked(longer, total, limit and limit + len(best.ids), inside)
        first = set(best.ids)
        best = replace(more, ids=[*best.ids, *(i for i in more.ids if i not in first)])
    return best, total


def _snippet(texts: Sequence[str], text: str) -> Snippet | None:
    found = [it for one in texts if (it := snippet(one, text, _LENGTH))]
    return max(found, key=lambda it: len(it.hits), default=None)
