"""Is the paper that was found by a title the one that is meant? The rules, and their reasons in words.

Services answer a title with the nearest one they have, right or wrong. A title counts as the same when it is equal
after folding, differs by a slip of the pen, or is cut off; a shortened one needs a witness, the year, an author or the
venue; any other is a candidate for the reader to judge. What speaks against a paper is never outvoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readlist.domain.matching import YEARS_APART, authors_agree
from readlist.domain.text import fold, is_chinese, one_line, words
from readlist.domain.titles import family_name
from readlist.domain.venues import PREPRINT, canonical

ENOUGH = 2
"""Points at which a paper is accepted: the title's, and one for each witness."""
ALIKE = 0.7
"""Titles less alike than this are not worth showing where nothing else is known. One that holds the other is."""
WITNESS = 0.1
"""By so much less alike a title may be for each witness, and must be more for each doubt: papers get renamed."""

_TELLING_WORDS = 4
_TELLING_LETTERS = 20
_SLIP_IN = 5  # letters of the shortest word in which a slip is one: "image" and "imago"
_WORDS_PER_SLIP = 4  # words of a title for each slip in it
_SLIPS = 2
_CUT = ("…", "...", "..")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a paper: of one that is looked for, or of one that was found."""

    title: str
    authors: Sequence[str] = ()
    year: int | None = None
    venue: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the paper found is the one meant, or may be (`worth_showing`); what speaks for it and against it.

    `alike` is between 0 and 1: how alike the titles are.
    """

    accepted: bool
    alike: float
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    worth_showing: bool


@dataclass(frozen=True, slots=True)
class _Title:
    """How two titles agree: points towards being accepted, None if never; in words."""

    points: int | None
    says: str
    same: bool = False  # the whole title, so that years may be as far apart as a preprint and its publication
    alike: float = 1.0


def judge(meant: Known, found: Known) -> Verdict:
    """Whether `found` is the paper `meant`."""
    title = _compare(meant.title, found.title)
    reasons = [title.says]
    doubts = [] if title.points is not None else ["the titles differ"]
    sides = (_author(meant, found), _year(meant, found, title.same), _venue(meant, found))
    witnesses = [witness for witness, _ in sides if witness]
    against = [doubt for _, doubt in sides if doubt]
    alike_enough = title.alike >= ALIKE - WITNESS * (len(witnesses) - len(against))
    sure = title.points is not None and not against and title.points + len(witnesses) >= ENOUGH
    if not sure and not doubts and not against:
        doubts = ["too little is known of it to be sure: neither year nor author"]
    return Verdict(
        sure, title.alike, (*reasons, *witnesses), (*doubts, *against), sure or (title.alike > 0 and alike_enough)
    )


def _compare(ours: str, theirs: str) -> _Title:
    left, right = fold(ours), fold(theirs)
    if not left or not right:
        return _Title(None, "no title", alike=0.0)
    if left == right:
        return _Title(2 if _is_telling(ours) else 1, "same title", same=True)
    cut = _cut_off(ours, theirs) or _cut_off(theirs, ours)
    if cut:
        return _Title(2 if _bears_changes(ours) else 1, cut)
    slips = _slips(ours, theirs)
    if slips:
        return _Title(2 if _bears_changes(ours) else 1, f"same title but for the spelling: {', '.join(slips)}")
    part = _part(ours, theirs) or _part(theirs, ours)
    return part or _Title(None, f"title {_alike(left, right):.0%} alike", alike=_alike(left, right))


def _is_telling(title: str) -> bool:
    """Whether hardly two works have just this title: not "Attention", "Deep Learning", "Language Models"."""
    long = len(words(title)) >= _TELLING_WORDS or len(fold(title)) >= _TELLING_LETTERS
    return long or _han(title) >= _TELLING_WORDS * 2


def _bears_changes(title: str) -> bool:
    """Whether hardly two works have nearly this title: not "Generative Adversarial Nets" and "… Networks"."""
    return len(words(title)) >= _TELLING_WORDS and len(fold(title)) >= _TELLING_LETTERS


def _han(title: str) -> int:
    return sum(is_chinese(c) for c in title)


def _cut_off(short: str, whole: str) -> str | None:
    """In words, that `short` is `whole` with its end cut off: within a word, or anywhere where dots say so."""
    bare = one_line(short)
    marked = next((mark for mark in _CUT if bare.endswith(mark)), None)
    beginning, all_of_it = fold(bare), fold(whole)
    if not all_of_it.startswith(beginning):
        return None
    if marked:
        return f"same title, cut off at {marked}" if len(words(bare)) >= _TELLING_WORDS else None
    ours, theirs = words(short), words(whole)
    inside = len(ours) == len(theirs) and theirs[-1].startswith(ours[-1]) and not is_chinese(theirs[-1])
    # A number, or a word of two letters, is not the beginning of a longer one: "GPT-1", "Part I".
    if inside and len(ours[-1]) > 2 and not theirs[-1].isdigit() and len(ours) > 1:
        return f"same title, its last word cut off: {ours[-1]}, {theirs[-1]}"
    return None


def _slips(ours: str, theirs: str) -> list[str]:
    """The words in which two titles differ by a slip of the pen, as "alighment, alignment"; none if they differ more.

    A slip is one letter too many, too few, another, or two that changed places; not the first letter of a word and no
    digit, which make another word: (un)supervised, (bi)linear, GPT-2 and GPT-3. Chinese has no such slips.
    """
    from rapidfuzz.distance import OSA, Levenshtein

    left, right = fold(ours), fold(theirs)
    allowed = min(_SLIPS, min(len(words(ours)), len(words(theirs))) // _WORDS_PER_SLIP)
    if not allowed or OSA.distance(left, right, score_cutoff=allowed) > allowed:
        return []
    slips: dict[tuple[int, int], str] = {}
    ours_at, theirs_at = _places(ours), _places(theirs)
    if len(ours_at) != len(left) or len(theirs_at) != len(right):
        return []
    for change in Levenshtein.editops(left, right):
        # What one of them lacks would stand behind the letter before it.
        one = _at(ours_at, change.src_pos - (change.tag == "insert"))
        two = _at(theirs_at, change.dest_pos - (change.tag == "delete"))
        touched = [left[change.src_pos]] if change.tag != "insert" else []
        touched += [right[change.dest_pos]] if change.tag != "delete" else []
        word, other = words(ours)[one[0]], words(theirs)[two[0]]
        first = (change.tag != "insert" and one[1] == 0) or (change.tag != "delete" and two[1] == 0)
        if first or min(len(word), len(other)) < _SLIP_IN or not all(c.isascii() and c.isalpha() for c in touched):
            return []
        slips[one[0], two[0]] = f"{word}, {other}"
    return list(slips.values()) if len(slips) <= allowed else []


def _places(title: str) -> list[tuple[int, int]]:
    """For each letter of the folded title: which word it is in, and where in the word."""
    return [(n, place) for n, word in enumerate(words(title)) for place in range(len(word))]


def _at(places: Sequence[tuple[int, int]], position: int) -> tuple[int, int]:
    return places[max(position, 0)]


def _part(short: str, whole: str) -> _Title | None:
    """How `short` is a part of the title `whole`."""
    main, colon, subtitle = whole.replace("\uff1a", ":").partition(":")
    bare = fold(short)
    if colon and fold(subtitle) and bare == fold(main):
        return _Title(1 if len(words(main)) > 2 else 0, "the title is its main title, before the colon")
    if colon and fold(main) and bare == fold(subtitle) and len(words(subtitle)) > 2:
        return _Title(0, "the title is its subtitle, after the colon")
    if len(words(short)) > 2 and f" {' '.join(words(short))} " in f" {' '.join(words(whole))} ":
        return _Title(None, "one title is a part of the other", alike=max(ALIKE, _alike(bare, fold(whole))))
    return None


def _alike(left: str, right: str) -> float:
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(left, right))


_Witness = tuple[str | None, str | None]  # what speaks for it, what against


def _author(meant: Known, found: Known) -> _Witness:
    agree = authors_agree(meant.authors, found.authors)
    if agree is None:
        return None, None
    if not agree:
        return None, f"{_family(meant)} is not among its authors"
    theirs = {fold(family_name(name)) for name in found.authors}
    shared = next(name for name in map(family_name, meant.authors) if fold(name) in theirs)
    return f"author {shared}", None


def _family(meant: Known) -> str:
    return one_line(family_name(meant.authors[0]))


def _year(meant: Known, found: Known, same_title: bool) -> _Witness:
    if not meant.year or not found.year:
        return None, None
    apart = abs(meant.year - found.year)
    if apart <= 1:
        return f"year {found.year}", None
    if same_title and apart <= YEARS_APART:
        return None, None
    return None, f"it is of {found.year}, not {meant.year}"


def _venue(meant: Known, found: Known) -> _Witness:
    """The venue may speak for a paper, never against it: preprints are published, and papers appear twice."""
    if not meant.venue or not found.venue:
        return None, None
    ours, theirs = (canonical(name) or one_line(name) for name in (meant.venue, found.venue))
    return (f"venue {theirs}" if ours == theirs != PREPRINT else None), None
