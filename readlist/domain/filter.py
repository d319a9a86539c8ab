"""Which papers: a tree of conditions. What a person writes is read into it by `domain/query.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Key = Literal[
    "topic", "tag", "venue", "author", "title", "key", "arxiv", "doi", "acl", "year", "cites", "pass", "id",
    "added", "due", "read", "status", "kind", "priority", "has", "is", "text",
]  # fmt: skip

CHOSEN: tuple[Key, ...] = ("status", "kind", "priority")
"""Keys of which a paper has one value: several that hold together mean either."""


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; None is open. Numbers, or ISO dates as text."""

    low: int | str | None = None
    high: int | str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `value` is text, or a Range for years, counts, passes and dates."""

    key: Key
    value: str | Range
    negated: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Holds for a paper that meets every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Holds for a paper that meets one of the parts at least."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds for a paper that does not meet the part. A Term is negated by itself."""

    part: All | Either


Node = Term | All | Either | Not


@dataclass(frozen=True, slots=True)
class Filter:
    """Which papers: all that meet every term, each of them a condition or a tree of some."""

    terms: tuple[Node, ...] = ()

    def __and__(self, other: Filter) -> Filter:
        return Filter(self.terms + other.terms)

    def named(self, key: Key) -> tuple[str, ...]:
        """The texts of the conditions of that key which papers are to meet, or may."""
        return tuple(term.value for term in _wanted(self.terms) if term.key == key and isinstance(term.value, str))

    def split(self) -> tuple[tuple[str, ...], Filter]:
        """The plain words and phrases that all must be there, and a filter of everything else."""
        words = tuple(str(it.value) for it in self.terms if isinstance(it, Term) and _is_word(it))
        return words, Filter(tuple(it for it in self.terms if not _is_word(it)))


def negated(node: Node) -> Node:
    """What holds where `node` does not."""
    if isinstance(node, Term):
        return replace(node, negated=not node.negated)
    return node.part if isinstance(node, Not) else Not(node)


def together(parts: Sequence[Node]) -> tuple[dict[Key, tuple[str, ...]], list[Node]]:
    """Parts that hold together as the values of one choice of which any will do, by key, and all other parts.

    So `status:todo status:done` is either, and so is `status:todo,done` beside `--status reading`.
    """
    chosen: dict[Key, tuple[str, ...]] = {}
    rest: list[Node] = []
    for part in parts:
        terms = part.parts if isinstance(part, Either) else (part,)
        keys = {it.key if isinstance(it, Term) and not it.negated else None for it in terms}
        (key,) = keys if len(keys) == 1 else (None,)
        if key in CHOSEN:
            chosen[key] = (*chosen.get(key, ()), *(str(it.value) for it in terms if isinstance(it, Term)))
        else:
            rest.append(part)
    return chosen, rest


def _is_word(node: Node) -> bool:
    return isinstance(node, Term) and node.key == "text" and not node.negated


def _wanted(nodes: Sequence[Node]) -> Iterator[Term]:
    for node in nodes:
        if isinstance(node, Term):
            if not node.negated:
                yield node
        elif not isinstance(node, Not):
            yield from _wanted(node.parts)
