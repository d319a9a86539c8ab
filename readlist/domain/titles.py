"""Titles and names: the citation key of a paper."""

from __future__ import annotations

import re
from collections.abc import Callable

from readlist.domain.patterns import late
from readlist.domain.text import is_chinese, one_line, words

# Words that begin many titles and tell nothing of one.
_EMPTY = frozenset(
    "a an and are as at be by can do does for from how in into is it its of on or over the their this to toward "
    "towards under upon using via we what when where which why with without".split()
)
# Parts of a family name that stand before its last word: "Laurens van der Maaten" is cited as van der Maaten.
_PARTICLES = frozenset("al bin da de del della den der di dos du el la le ten ter van von zu".split())
_SUFFIXES = frozenset("jr sr ii iii iv phd".split())
_AND_OTHERS = late(r",?\s+et\.?\s+al\.?$", re.IGNORECASE)
_LONGEST = 16
_LONGEST_KEPT = 200


def family_name(author: str) -> str:
    """The family name of `author`: what stands before a comma, else the last word with its particles.

    A Chinese name without blanks is taken whole.
    """
    name = one_line(author)
    if name[-1:] in ".lL":
        name = _AND_OTHERS.sub("", name)
    if "," in name:
        return name.split(",")[0].strip()
    parts = [p for p in name.split(" ") if p.strip(".").casefold() not in _SUFFIXES] or [name]
    if is_chinese(name) and len(parts) == 1:
        return name
    start = len(parts) - 1
    while start > 1 and parts[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(parts[start:])


def citation_key(title: str, authors: tuple[str, ...], year: int | None) -> str:
    """First author's family name, year, first telling title word: `gao2021simcse`. Letters and digits only.

    Without an author the first two telling words of the title stand around the year; without anything it is "paper".
    """
    telling = [w for w in words(title) if w not in _EMPTY] or words(title)
    parts = iter(telling)
    name = re.sub(r"[\W_]", "", "".join(words(family_name(authors[0])))) if authors else next(parts, "")
    key = f"{name[:_LONGEST]}{year or ''}{next(parts, '')[:_LONGEST]}"
    # A key of digits alone would read as a library id, and hide the paper behind another one's number.
    return f"paper{key}" if not key or key.isdigit() else key


def kept_key(text: str) -> str | None:
    """A citation key from a file as it can name a paper here; None if nothing of it is left.

    Blanks become hyphens; a leading `@`, `#` or `-` goes, as it means the current paper, an id or an option.
    """
    key = re.sub(r"\s+", "-", one_line(text)).lstrip("@#-")[:_LONGEST_KEPT]
    return f"paper{key}" if key.isdigit() else key or None


def unique_key(key: str, taken: Callable[[str], bool]) -> str:
    """`key`, or `key` with a suffix a, b, …, z, aa, … for which it is not `taken`.

    It is the first one, unless keys have gone and left gaps. Few are asked for, however many papers share the key.
    """
    if not taken(key):
        return key
    step = 1
    while taken(key + _suffix(step)):
        step *= 2
    # Of two suffixes, the one taken and the other not, some place between has a free one behind one that is taken.
    low, high = step // 2, step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if taken(key + _suffix(middle)) else (low, middle)
    return key + _suffix(high)


def _suffix(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters
