"""Two records that may be one paper: what speaks for it, what against it, and how certain that makes it.

Nothing here joins papers: pairs are proposed, and a person decides. Each reason has its points and its sentence, in one
table, and a pair is proposed when the points of what holds of it reach the least of `CERTAINTIES`. They are set so that
few of the pairs proposed are wrong, since a list of wrong pairs is not read: weighed on 168,000 papers of conferences
and on forty pages of reading lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from readlist.domain.matching import TELLING_TITLE, YEARS_APART
from readlist.domain.metadata import Kind
from readlist.domain.text import words
from readlist.domain.traits import (
    Person,
    is_about_another,
    is_telling,
    numbers,
    parts,
    person,
    telling_words,
)
from readlist.domain.venues import PREPRINT

CERTAINTIES: tuple[tuple[float, str], ...] = ((9, "surely"), (7, "likely"), (5, "maybe"))
"""The least points of each degree of certainty, the most certain first."""


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as far as it is compared. `folded` is its title, folded; `named` are identifiers that its addresses name.

    Identifiers are by scheme, and in `named` as "arxiv:2104.08821".
    """

    id: int
    title: str
    folded: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    kind: Kind = "paper"
    venue: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two papers that may be one, by their ids; `reasons` are the sentences and their points, those for it first."""

    ours: int
    theirs: int
    points: float
    reasons: tuple[tuple[str, float], ...]

    @property
    def certainty(self) -> str:
        """In a word: "surely", "likely", "maybe"."""
        return next((word for least, word in CERTAINTIES if self.points >= least), "")


class Side:
    """A record with what is asked of it in comparing; kept by who compares, since most papers meet several others."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.folded = record.folded

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return tuple(one for one in dict.fromkeys(map(person, self.record.authors)) if one.family)

    @cached_property
    def parts(self) -> tuple[frozenset[str], frozenset[str]]:
        return parts(self.record.title)

    @cached_property
    def telling(self) -> frozenset[str]:
        return frozenset(telling_words(self.record.title))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        return numbers(self.record.title)

    @property
    def published(self) -> bool:
        return self.record.venue not in (None, PREPRINT)

    @property
    def preprint(self) -> bool:
        return not self.published and ("arxiv" in self.record.identifiers or self.record.venue == PREPRINT)


# -- how two of them compare ------------------------------------------------------------------------------------------

Likeness = Literal["same", "same common", "subtitle", "cut", "spelling", "begins", "name", "words", ""]
"""How two titles are alike, by the strongest that holds; `REASONS` says each in words."""


class Pair:
    """Two records side by side. `common` are folded titles and parts of titles that many papers share."""

    def __init__(self, ours: Side, theirs: Side, common: Collection[str] = ()) -> None:
        self.ours = ours
        self.theirs = theirs
        self._common = common

    @cached_property
    def likeness(self) -> Likeness:
        short, long = sorted((self.ours, self.theirs), key=lambda side: len(side.folded))
        if not short.folded:
            return ""
        if short.folded == long.folded:
            return "same" if is_telling(short.folded) and short.folded not in self._common else "same common"
        if short.folded not in self._common and (short.folded in long.parts[0] or short.folded in long.parts[1]):
            return "subtitle"
        if self._is_slip():
            return "spelling"
        if is_telling(short.folded) and long.folded.startswith(short.folded):
            if short.record.title.rstrip().endswith(("…", "...")):
                return "cut"
            if len(short.telling) > 3:
                return "begins"
        if short.parts[0] & long.parts[0] - set(self._common):
            return "name"
        shared = len(short.telling & long.telling)
        most_words = shared > 1 and 2 * shared >= len(short.telling | long.telling)
        return "words" if most_words and self.authors == "all" else ""

    def _is_slip(self) -> bool:
        """Whether a slip of the pen explains how the titles differ: a few letters, and no word for another."""
        from rapidfuzz.distance import OSA, Prefix

        left, right = self.ours.folded, self.theirs.folded
        most = max(len(left), len(right)) // 12
        if not is_telling(left) or abs(len(left) - len(right)) > most:
            return False
        if OSA.distance(left, right, score_cutoff=most) > most:
            return False
        ours, theirs = (words(side.record.title) for side in (self.ours, self.theirs))
        one, other = "".join(w for w in ours if w not in theirs), "".join(w for w in theirs if w not in ours)
        if not one or not other:
            return len(one or other) <= 3  # an article more or less
        alike = Prefix.similarity(one, other)  # nobody slips from "supervised" to "unsupervised"
        slips = OSA.distance(one, other)
        return slips <= (3 if alike >= 5 else 2 if alike >= 2 else 1 if alike and len(one) >= 6 else 0)

    @cached_property
    def authors(self) -> Literal["all", "first", "some", "none", ""]:
        """What the lists of authors have in common; "" where one is empty. "all" is three authors or more."""
        ours, theirs = self.ours.people, self.theirs.people
        if not ours or not theirs:
            return ""
        common = sum(any(one.may_be(other) for other in theirs) for one in ours)
        if common == len(ours) == len(theirs) >= 3:
            return "all"
        return "first" if ours[0].may_be(theirs[0]) else "some" if common else "none"

    @property
    def years(self) -> int | None:
        ours, theirs = self.ours.record.year, self.theirs.record.year
        return abs(ours - theirs) if ours and theirs else None

    def same_address(self) -> bool:
        return self.ours.record.url is not None and self.ours.record.url == self.theirs.record.url

    def names_the_other(self) -> str:
        """The identifier of one that an address of the other names."""
        for one, other in ((self.ours, self.theirs), (self.theirs, self.ours)):
            for scheme, value in one.record.identifiers.items():
                if f"{scheme}:{value}" in other.record.named:
                    return f"{scheme}:{value}"
        return ""

    def preprint_and_publication(self) -> bool:
        return (self.ours.preprint and self.theirs.published) or (self.theirs.preprint and self.ours.published)

    def two_publications(self) -> bool:
        """Whether both were published, each under its own title; a list that names one in short names its venue too."""
        if self.likeness in ("same", "same common", "spelling", "cut"):
            return False
        ours, theirs = self.ours.record, self.theirs.record
        in_short = self.likeness == "subtitle" and ours.venue == theirs.venue and not self.years
        return self.ours.published and self.theirs.published and not in_short

    def two_of(self, *schemes: str) -> str:
        """The two identifiers of one scheme, where they differ."""
        for scheme in schemes:
            ours, theirs = (side.record.identifiers.get(scheme) for side in (self.ours, self.theirs))
            if ours and theirs and ours != theirs:
                return f"{ours}, {theirs}"
        return ""

    def other_numbers(self) -> str:
        """The numbers of both titles, where they differ. One that a long subtitle brings tells nothing."""
        ours, theirs = self.ours.numbers, self.theirs.numbers
        rest = abs(len(self.ours.folded) - len(self.theirs.folded))
        if ours == theirs or (self.likeness == "subtitle" and rest >= TELLING_TITLE):
            return ""
        return " and ".join(", ".join(found) or "none" for found in (ours, theirs))

    def one_is_about_the_other(self) -> bool:
        return is_about_another(self.ours.record.title) != is_about_another(self.theirs.record.title)

    def other_kinds(self) -> str:
        ours, theirs = self.ours.record.kind, self.theirs.record.kind
        return "" if ours == theirs else f"{ours}, {theirs}"


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for two records being one paper (points above 0) or against it.

    `found` is whether it holds of a pair; a text is what to say behind the sentence, and an empty one that it does not.
    """

    points: float
    sentence: str
    found: Callable[[Pair], bool | str]


def _likeness(wanted: Likeness) -> Callable[[Pair], bool]:
    return lambda pair: pair.likeness == wanted


def _authors(wanted: str) -> Callable[[Pair], bool]:
    return lambda pair: pair.authors == wanted


REASONS: tuple[Reason, ...] = (
    Reason(7, "same title", _likeness("same")),
    Reason(3, "same title, but one that several papers may have", _likeness("same common")),
    Reason(5, "one title is the other with a name or subtitle added", _likeness("subtitle")),
    Reason(5, "one title is the other, cut off", _likeness("cut")),
    Reason(5, "titles that differ in spelling only", _likeness("spelling")),
    Reason(3, "one title begins the other", _likeness("begins")),
    Reason(2, "titles that begin with the same name", _likeness("name")),
    Reason(1, "titles with most words in common", _likeness("words")),
    Reason(4, "same authors", _authors("all")),
    Reason(3, "same first author", _authors("first")),
    Reason(2, "an author in common", _authors("some")),
    Reason(1, "same year", lambda pair: pair.years == 0),
    Reason(1, "a preprint and a publication", Pair.preprint_and_publication),
    Reason(5, "same address", Pair.same_address),
    Reason(5, "an address of one is of the other", Pair.names_the_other),
    Reason(-3, "titles that are not alike", _likeness("")),
    Reason(-6, "no author in common", _authors("none")),
    Reason(-8, "two papers of arXiv", lambda pair: pair.two_of("arxiv")),
    Reason(-2, "two numbers in one register", lambda pair: pair.two_of("acl", "openreview", "s2", "corpus")),
    Reason(-1, "two DOIs", lambda pair: pair.two_of("doi")),
    Reason(-3, "two publications under two titles", Pair.two_publications),
    Reason(-4, "years far apart", lambda pair: (pair.years or 0) > YEARS_APART),
    Reason(-8, "other numbers in the titles", Pair.other_numbers),
    Reason(-8, "a comment or a reproduction, and what it is about", Pair.one_is_about_the_other),
    Reason(-4, "of two kinds", Pair.other_kinds),
)


def judged(pair: Pair) -> Suspicion | None:
    """The suspicion that the two are one paper; None where too little speaks for it."""
    if not pair.likeness and not pair.same_address() and not pair.names_the_other():
        return None  # nothing else would be enough, and most pairs end here
    found: list[tuple[str, float]] = []
    for reason in REASONS:
        detail = reason.found(pair)
        if detail:
            found.append((reason.sentence if detail is True else f"{reason.sentence} ({detail})", reason.points))
    points = sum(points for _, points in found)
    if points < CERTAINTIES[-1][0]:
        return None
    return Suspicion(pair.ours.record.id, pair.theirs.record.id, points, tuple(found))
