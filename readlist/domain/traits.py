"""What of a title, and of the name of an author, is compared when two records may be one paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from readlist.domain.matching import TELLING_TITLE
from readlist.domain.patterns import late
from readlist.domain.text import fold, is_chinese
from readlist.domain.titles import family_name

_MARK = late(r"\s*[:：(（?？。]\s*|\s[-–—|]\s|\s*[–—]\s*|\.\s+")
_PARTS = 6  # colons and the like that are looked at; what has more is no title
_WORD = late(r"\w+")
_DIGITS = late(r"\d+|\+\+")
_ABOUT = late(r"\[re\]|re:|(?:comments?|notes?) on|(?:reply|response|correction|corrigendum|erratum|addendum) to", re.I)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
# A single letter may be a word of its own or a variable: it is a number behind "Part", and I at the end of a title.
_ROMANS = late(r"\b(?:VI{1,3}|I[VX]|I{2,3}|(?<=[Pp]art )[IV]|I(?=\s*(?:$|:)))\b")
_CHINESE_NUMBER = late(r"[一二三四五六七八九十]+|(?<=[(（])[上中下](?=[)）])")


def is_telling(folded: str) -> bool:
    """Whether a folded title is long enough to be of one paper alone. A Han character says as much as three letters."""
    return len(folded) >= TELLING_TITLE or len(folded) + 2 * sum(map(is_chinese, folded)) >= TELLING_TITLE


def telling_words(title: str) -> list[str]:
    """The words of a title that are not found in every title: those of four letters and more."""
    return [word for word in _WORD.findall(title.casefold()) if len(word) >= 4]


def parts(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """What stands before a colon, dash or bracket of the title, and what stands behind a colon or dash, folded."""
    marks = list(islice(_MARK.finditer(title), _PARTS))
    heads = (fold(title[: mark.start()]) for mark in marks)
    tails = (fold(title[mark.end() :]) for mark in marks if mark[0].strip() not in ("(", "（"))
    return frozenset(it for it in heads if len(it) > 2), frozenset(it for it in tails if is_telling(it))


def numbers(title: str) -> tuple[str, ...]:
    """All numbers in a title, of "GPT-2", "Part II" and "(上)" too, sorted."""
    roman = (_ROMAN[found] for found in _ROMANS.findall(title))
    return tuple(sorted([*_DIGITS.findall(title), *roman, *_CHINESE_NUMBER.findall(title)]))


def is_about_another(title: str) -> bool:
    """Whether a title says that the paper comments on another one, corrects it or tries to reproduce it."""
    return _ABOUT.match(title) is not None


@dataclass(frozen=True, slots=True)
class Person:
    """An author as far as lists in different styles agree: "Gao, T.", "Tianyu Gao", "Gao Tianyu"."""

    family: str
    given: str  # its first three letters: Chris and Christopher
    names: frozenset[str]

    def may_be(self, other: Person) -> bool:
        if self.family == other.family:
            return self.given.startswith(other.given) or other.given.startswith(self.given)
        return len(self.names) > 1 and self.names == other.names


@cache
def family(name: str) -> str:
    """The folded family name of an author."""
    return fold(family_name(name))


@cache
def person(name: str) -> Person:
    given = name.partition(",")[2] if "," in name else name.removesuffix(family_name(name))
    first = _WORD.search(given)
    return Person(family(name), fold(first[0])[:3] if first else "", frozenset(map(fold, _WORD.findall(name))))
