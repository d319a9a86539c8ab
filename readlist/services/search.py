"""Finding papers by what stands in them: words in any order, best first.

A paper that is named by its identifier, its key or its whole title comes before all others. If few papers have the last
word as it was typed, those follow in which a longer word begins so: it may not be typed to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

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
_RUN = re.compile(r'[^\s"]*"[^"]*"?|\S+')


@dataclass(frozen=True, slots=True)
class Found:
    """Papers, best first, each with the part of its text where the words stand, if they do; `total` is how many have
    them. `text`: the words that were looked for, as `domain.words` reads them."""

    papers: tuple[Paper, ...]
    snippets: tuple[Snippet | None, ...]
    total: int
    text: str


def search(views: Views, index: Search, wanted: Wanted, today: date) -> Found:
    """The papers that have the words of `wanted.query` and meet the rest of it. Raises UsageError without words."""
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
        return Found((), (), 0, text)
    named += [i for i in _named(views, text.replace('"', "")) if i not in named and index.meets(i, inside)]
    limit = (50 if wanted.limit is None else wanted.limit) or None
    ids, total = _best(index, expression, longer, limit, inside) if expression else ([], 0)
    total += sum(1 for i in named if i not in ids and not (expression and index.has(expression, i)))
    ids = [*named, *(i for i in ids if i not in named)][:limit]
    texts: dict[int, list[str]] = {}
    for start in range(0, len(ids), 500):
        texts |= index.texts(ids[start : start + 500])
    papers = views.papers(ids, today)
    return Found(tuple(papers), tuple(_snippet(texts.get(p.id, ()), text) for p in papers), total, text)


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
    from readlist.domain.identifiers import parse
    from readlist.domain.text import fold

    text = text.strip().strip('"')
    found = []
    if len(text.split()) == 1:
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
        else:
            yield from _RUN.findall(word)


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


def _best(index: Search, exact: str, longer: str, limit: int | None, inside: Sql) -> tuple[list[int], int]:
    """The ids of the papers that fit best, and how many there are."""
    total = index.count(exact, inside)
    ids = index.ranked(exact, total, limit, inside) if total else []
    if total < _FEW and longer != exact:
        total = index.count(longer, inside)
        more = index.ranked(longer, total, limit and limit + len(ids), inside)
        first = set(ids)
        ids += [i for i in more if i not in first]
    return ids[:limit], total


def _snippet(texts: Sequence[str], text: str) -> Snippet | None:
    found = [it for one in texts if (it := snippet(one, text, _LENGTH))]
    return max(found, key=lambda it: len(it.hits), default=None)
