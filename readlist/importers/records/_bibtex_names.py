"""Lists of names in BibTeX's ways of writing them (btxdoc, section 4; BibLaTeX manual, 3.2): as people write them."""

from __future__ import annotations

import re
from functools import lru_cache

from readlist.domain.patterns import late
from readlist.domain.text import is_chinese, one_line
from readlist.importers.records._bib_fields import person
from readlist.importers.records._extra import ENDS_OF_OTHERS, OTHERS, initials_behind, suffixed
from readlist.importers.records._latex import split
from readlist.importers.records._latex import text as plain

_AND = late(r"(?:^|(?<=\s))\\?and(?=\s|$)", re.IGNORECASE)
_AMPERSAND = late(r"\s\\?&\s")
_SEMICOLON = late(r";")
_COMMA = late(r",")
_PART = late(r"^\s*([a-z]+)\s*=\s*(.*?)\s*$", re.IGNORECASE | re.DOTALL)  # BibLaTeX: family=…, given=…
_FAMILY_IN_BRACES = late(r"(.*\S)\s*\{([^{}]*\s[^{}]*)\}", re.DOTALL)
_STRAIGHT = late(r"\s*(?:[^\W\d_]\.[ ~-]?)+\s*[^\W\d_]{2,}[^.]*$")  # "A. B. Smith"
_INITIALS = late(r"\s*(?:[^\W\d_]\.[ ~-]?){1,4}\s*")
_WHOLE_ZH = late(r"\s*[\u4e00-\u9fff]{2,4}\s*")
_LONG_FAMILIES = frozenset(
    "欧阳 司马 诸葛 上官 司徒 东方 慕容 皇甫 尉迟 令狐 夏侯 公孙 端木 独孤 南宫 歐陽 司馬 諸葛".split()
)
_NOBODY = frozenset(("", "others", "et al.", "et al", "and others", "etc", "etc."))


def people(tex: str) -> list[str]:
    """The names in a field, in order. "and others" names nobody; `{…}` as a whole is a body with one name."""
    parts = [part for part in split(tex, _AND) if part.strip()]
    if len(parts) == 1 and ";" in tex and "&" not in tex:
        parts = list(split(tex, _SEMICOLON))
    parts = [name for part in parts for pair in _between_ampersands(part) for name in _between_commas(pair)]
    return [found for part in parts if (found := _one(part.strip()))]


def _between_ampersands(part: str) -> list[str]:
    """Names between which "&" stands, if each is plainly a person: not "Barnes & Noble"."""
    if "&" not in part:
        return [part]
    names = [*split(part, _AMPERSAND)]
    return names if all("," in name or _STRAIGHT.match(name) for name in names) else [part]


def _between_commas(part: str) -> list[str]:
    """Names that were divided by commas all the same.

    No family name begins with the initials of a given one ("A. Doe, B. Roe"), or ends in initials ("Doe A, Roe B"), and
    none has three commas: "Doe, A., Roe, B." are two with one each. What stands between two commas is a suffix, of one
    word. Of Chinese names each is a whole one, if it is longer than a family name.
    """
    foreign = not part.isascii()
    if foreign and ("、" in part or "，" in part):
        return re.split("[、，]", part)
    if "," not in part or "{" in part:
        return [part]
    names = part.strip(" ,\n\t").split(",")
    if len(names) < 2:
        return [part]
    # (Each of these looks at one sign first: nearly all names have none of all this.)
    if "." in names[0] and all(map(_STRAIGHT.match, names)):
        return names
    if names[0][-1:].isupper() and initials_behind(names):
        return [", ".join(name.strip().rsplit(" ", 1)) for name in names]
    if len(names) > 3 and len(names) % 2 == 0 and all(map(_INITIALS.fullmatch, names[1::2])):
        return [f"{family},{given}" for family, given in zip(names[::2], names[1::2], strict=True)]
    if len(names) > 2 and all(" " in name.strip() for name in names):
        return names
    if foreign and is_chinese(part) and all(map(_WHOLE_ZH.fullmatch, names)) and names[0].strip() not in _LONG_FAMILIES:
        return names
    return [part]


@lru_cache(maxsize=65536)
def _one(tex: str) -> str:
    if tex.endswith(ENDS_OF_OTHERS):
        tex = OTHERS.sub("", tex).strip(" ,")
    if tex.strip("{}").casefold() in _NOBODY:
        return ""
    if tex.startswith("{") and tex.endswith("}") and "{" not in tex[1:-1]:
        return person(plain(tex))
    parts = list(split(tex, _COMMA))
    extended = [_PART.match(part) for part in parts]
    named = {found[1].casefold(): plain(found[2].strip('{}"')) for found in extended if found}
    if all(extended) and "family" in named:
        return person(named.get("family", ""), named.get("given", ""), named.get("prefix", ""), named.get("suffix", ""))
    if len(parts) > 1:
        return suffixed(",".join(plain(part).replace(",", " ") for part in parts))
    family = _FAMILY_IN_BRACES.fullmatch(tex)
    return person(plain(family[2]), plain(family[1])) if family else one_line(plain(tex))
