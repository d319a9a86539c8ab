"""Which pairs of a library's papers are worth comparing: never all with all.

Papers that share a key (a title, a part of one, rare words of it, its authors, an address) form a block, and pairs are
made within blocks. In a block that is too big, each paper meets only those beside it in order of title and authors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from sys import intern

from readlist.domain.duplicates import Pair, Record, Side, Suspicion, judged
from readlist.domain.traits import family, parts, telling_words

BIGGEST = 20
"""Papers in a block of which all pairs are compared."""
BESIDE = 4
"""With how many papers behind it each paper of a bigger block is compared."""
COMMON = 4
"""A title, or part of one, that more papers share ("Introduction", "Deep Learning: …") is no sign of one paper."""

_END = 20  # letters of a title's beginning and ending; a slip is seldom in both

Blocks = dict[Hashable, list[int]]


def suspicions(records: Sequence[Record]) -> list[Suspicion]:
    """All pairs that may be one paper, the most certain first."""
    pairs, common = candidates(records)
    sides: dict[int, Side] = {}
    found = []
    for one, other in sorted(pairs):
        ours, theirs = (sides.get(i) or sides.setdefault(i, Side(records[i])) for i in (one, other))
        suspicion = judged(Pair(ours, theirs, common))
        if suspicion:
            found.append(suspicion)
    return sorted(found, key=lambda it: (-it.points, it.ours, it.theirs))


def candidates(records: Sequence[Record]) -> tuple[set[tuple[int, int]], frozenset[str]]:
    """The pairs to compare, as positions in `records`; and the titles and parts of titles that many papers share."""
    titles = _blocks(records, _titles)
    common = frozenset(str(title) for title, block in titles.items() if len(block) > COMMON)
    pairs = {pair for block in titles.values() for pair in _pairs(records, block)}
    for keys in (_ends, _authors, _rare_words(records), _addresses(records)):
        pairs.update(pair for block in _blocks(records, keys).values() for pair in _pairs(records, block))
    return pairs, common


def _titles(record: Record) -> Iterable[Hashable]:
    heads, tails = parts(record.title)
    return {record.folded, *heads, *tails} - {""}


def _ends(record: Record) -> Iterable[Hashable]:
    """The beginning and the ending of a title. Chinese titles are short, and their words are not set apart."""
    end = _END if len(record.folded) > _END else len(record.folded) // 2
    return {(record.folded[:end], ""), ("", record.folded[-end:])} if end else ()


def _authors(record: Record) -> Iterable[Hashable]:
    if len(record.authors) >= 3:
        yield frozenset(family(name) for name in record.authors)


def _rare_words(records: Sequence[Record]) -> Callable[[Record], Iterable[Hashable]]:
    """Keys of two words each, of the three words of a title that the fewest titles have."""
    frequency = Counter(intern(word) for record in records for word in set(telling_words(record.title)))

    def keys(record: Record) -> Iterable[Hashable]:
        rarest = sorted(set(telling_words(record.title)), key=lambda word: (frequency[word], word))[:3]
        return combinations(sorted(map(intern, rarest)), 2)

    return keys


def _addresses(records: Sequence[Record]) -> Callable[[Record], Iterable[Hashable]]:
    """The address of a paper, and the identifiers that addresses of other papers name."""
    named = {name for record in records for name in record.named}

    def keys(record: Record) -> Iterable[Hashable]:
        own = {f"{scheme}:{value}" for scheme, value in record.identifiers.items()} if named else set()
        return {*([record.url] if record.url else []), *record.named, *(own & named)}

    return keys


def _blocks(records: Sequence[Record], keys: Callable[[Record], Iterable[Hashable]]) -> Blocks:
    """By key: the positions of the records that have it, two at least."""
    first: dict[Hashable, int] = {}
    blocks: Blocks = {}
    for position, record in enumerate(records):
        for key in keys(record):
            before = first.setdefault(key, position)
            if before != position:
                blocks.setdefault(key, [before]).append(position)
    return blocks


def _pairs(records: Sequence[Record], block: list[int]) -> Iterator[tuple[int, int]]:
    if len(block) <= BIGGEST:
        yield from combinations(block, 2)
        return
    order = sorted(block, key=lambda i: (records[i].folded, _first_family(records[i]), records[i].year or 0, i))
    for place, one in enumerate(order):
        for other in order[place + 1 : place + 1 + BESIDE]:
            yield min(one, other), max(one, other)


def _first_family(record: Record) -> str:
    return family(record.authors[0]) if record.authors else ""
