"""Who is named: how people's names and lists of them are written, and places of work.

A part of a line is people or none; a word that titles have too is no name unless what stands around says so. A Chinese
name is told from a Chinese word by its surname, of which there are few: 何向南 is somebody, 看了两遍 is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines import _surnames
from readlist.importers.lines._words import INSTITUTE, NO_NAME, WORKPLACES

_NAME_WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.\-]*|van|von|der|den|de|da|di|del|della|la|le|el|al|bin|ter|ten|dos|du|d'\w+)"
_NAME = late(rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,4}}")
_HAN = late(r"[\u4e00-\u9fff]{2,5}")
_FOREIGN = late(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}")  # 约书亚·本吉奥
ETAL = late(r"\s*,?\s*(?:et\.?\s?al\b\.?|\betc\b\.?|and others|等人?)\s*", re.IGNORECASE)
_ET = late(r"et(?:\.?\s?al|c)")
_BY_LINE = late(r"^(?:by|authors?)\s*[:：]?\s+", re.IGNORECASE)
_MORE = late(r"[()（）]|(?:19|20)\d\d")  # more than an institute: "2021 (Xidian University)"
_FOOTNOTE = late(r"(?<=[^\W\d])[\d*†‡§]{1,6}$")
# No person's name has three capitals in a row, or ends as words for things and qualities do.
_NO_PERSON = late(
    r"\b[A-Z]{3,}-|\b[B-DF-HJ-NP-TV-XZ]{3,}\b|(?:tion|sion|ness|ization|ology|ency|ility|istic|istics|ional"
    r"|ative|based|aware)s?\b(?!\.)|\d",
    re.ASCII,
)
_AND = late(r"[,，]\s*and\s|[,，]|\band\b|&|;|、")


@lru_cache(maxsize=8192)
def is_affiliation(text: str) -> bool:
    """Whether `text` is a place of work."""
    if len(text) >= 90:
        return False
    text = text.strip().lower()
    if text in WORKPLACES:
        return True
    return says_institute(text) and INSTITUTE.fullmatch(text) is not None and _MORE.search(text) is None


def says_institute(text: str) -> bool:
    """A quick look for an institute's name in lower-case `text`, which never misses one."""
    return "univ" in text or "institute" in text or "lab" in text or "college" in text


def is_name(text: str, short: bool = False, certain: bool = False) -> bool:
    """Whether `text` reads like one person's name; `short` allows a family name alone, or a name in Chinese.

    `certain`: what stands around says that it is a name ("et al." follows), so words that titles have too ("Long
    Ouyang") may be names, and a Chinese one need not begin with a known surname.
    """
    text = text.strip(" .")
    if not 2 <= len(text) <= 48:
        return False
    if is_chinese(text):
        return short and (_is_chinese_name(text) or (certain and _HAN.fullmatch(text) is not None))
    words = text.split()
    if not short and len(words) < 2:
        return False
    if (
        not _NAME.fullmatch(text)
        or (not certain and any(word.casefold() in NO_NAME for word in words))
        or _NO_PERSON.search(text)
    ):
        return False
    return not is_affiliation(text) and venues.split(text) is None and not (len(words) > 1 and text.isupper())


def _is_chinese_name(text: str) -> bool:
    """Whether `text` is a surname with one or two characters behind it, or a foreign name divided by dots."""
    if "·" in text:
        return _FOREIGN.fullmatch(text) is not None
    if not _HAN.fullmatch(text) or not _surnames.NEVER.isdisjoint(text) or is_affiliation(text):
        return False
    if text[:2] in _surnames.DOUBLE or (len(text) == 4 and text[0] in _surnames.SINGLE and text[1] in _surnames.SINGLE):
        return 3 <= len(text) <= 4  # of two surnames: 范徐丽泰
    return text[0] in _surnames.SINGLE and len(text) <= 3 and text[:2] not in _surnames.WORDS


def may_have_etal(text: str) -> bool:
    """A quick look for what `ETAL` finds, which never misses it."""
    lowered = text.lower()
    return ("et" in lowered and _ET.search(lowered) is not None) or "others" in lowered or "等" in lowered


def _may_list(text: str) -> bool:
    """A quick look for what `_AND` finds, which never misses it."""
    return "," in text or "and" in text or "&" in text or ";" in text or "，" in text or "、" in text


def _person(text: str) -> str:
    """A name less the signs of footnotes behind it."""
    text = text.strip()
    if text[-1:].isdigit() or text[-1:] in "*†‡§":
        text = _FOOTNOTE.sub("", text)
    return text.strip(" .*†‡")


def _inverted(text: str) -> list[str] | None:
    """The people of a list as BibTeX has it, family name first: "Bronstein, Michael M and Bruna, Joan"."""
    parts = text.split(" and ")
    if any(part.count(",") != 1 for part in parts):
        return None
    people = [" ".join(reversed([_person(name) for name in part.split(",")])) for part in parts]
    return people if _mostly_names(people) else None


def names(text: str, short: bool = False, certain: bool = False) -> list[str] | None:
    """The people that all of `text` lists ("Eric Jang et al.", "D. Kingma and J. Ba"); None if it is no such list.

    `short` and `certain` as `is_name` has them.
    """
    if len(text) > 3000:
        return None
    bare, others = ETAL.subn(" ", text) if may_have_etal(text) else (text, 0)
    if others and any(c.isalnum() for c in ETAL.split(text)[-1]):
        return None
    bare = bare.strip()
    bare = _BY_LINE.sub("", bare) if bare[:1] in ("b", "B", "a", "A") else bare
    if bare[:1].islower() and not _NAME.match(bare):
        return None
    inverted = _inverted(bare) if "," in bare and " and " in bare else None
    if inverted:
        return inverted
    listed = _AND.search(bare) if _may_list(bare) else None
    first = _person(bare[: listed.start()] if listed else bare)
    if first and not is_name(first, short=True, certain=True):  # as nearly all texts are no list of people
        return None
    people = [person for person in map(_person, _AND.split(bare)) if person] if listed else [first] if first else []
    alone = short or bool(others)
    if people and all(is_name(p, alone, certain or (bool(others) and len(people) == 1)) for p in people):
        return people
    return people if len(people) >= 3 and _mostly_names(people, alone) else None


def _mostly_names(people: list[str], short: bool = False) -> bool:
    """Whether all may be names and two thirds are: in a list one may be a word of titles too ("Long Zhou")."""
    if not all(is_name(person, short, certain=True) for person in people):
        return False
    return sum(is_name(person, short) for person in people) * 3 >= len(people) * 2
