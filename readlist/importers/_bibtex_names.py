"""Lists of names in BibTeX's ways of writing them (btxdoc, section 4; BibLaTeX manual, 3.2): as people write them."""

from __future__ import annotations

import re
from functools import lru_cache

from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.importers._bib_fields import name, person
from readlist.importers._latex import split
from readlist.importers._latex import text as plain

_AND = late(r"(?:^|(?<=\s))and(?=\s|$)", re.IGNORECASE)
_SEMICOLON = late(r";")
_COMMA = late(r",")
_PART = late(r"^\s*([a-z]+)\s*=\s*(.*?)\s*$", re.IGNORECASE | re.DOTALL)  # BibLaTeX: family=…, given=…
_FAMILY_IN_BRACES = late(r"(.*\S)\s*\{([^{}]*\s[^{}]*)\}", re.DOTALL)
_STRAIGHT = late(r"\s*(?:[^\W\d_]\.[ ~-]?)+\s*[^\W\d_]{2,}[^.]*$")  # "A. B. Smith"
_NOBODY = frozenset(("others", "et al.", "et al", "and others"))


def people(tex: str) -> list[str]:
    """The names in a field, in order. "and others" names nobody; `{…}` as a whole is a body with one name."""
    parts = [part for part in split(tex, _AND) if part.strip()]
    if len(parts) == 1 and ";" in tex and "&" not in tex:
        parts = list(split(tex, _SEMICOLON))
    parts = [name for part in parts for name in _between_commas(part)]
    return [found for part in parts if (found := _one(part.strip()))]


def _between_commas(part: str) -> list[str]:
    """Names that were divided by commas all the same: no family name begins with the initials of a given one."""
    names = part.split(",")
    return names if len(names) > 1 and "{" not in part and all(map(_STRAIGHT.match, names)) else [part]


@lru_cache(maxsize=65536)
def _one(tex: str) -> str:
    if tex.casefold() in _NOBODY:
        return ""
    if tex.startswith("{") and tex.endswith("}") and "{" not in tex[1:-1]:
        return person(plain(tex))
    parts = list(split(tex, _COMMA))
    extended = [_PART.match(part) for part in parts]
    named = {found[1].casefold(): plain(found[2].strip('{}"')) for found in extended if found}
    if all(extended) and "family" in named:
        return person(named.get("family", ""), named.get("given", ""), named.get("prefix", ""), named.get("suffix", ""))
    if len(parts) > 1:
        return name(",".join(plain(part).replace(",", " ") for part in parts))
    family = _FAMILY_IN_BRACES.fullmatch(tex)
    return person(plain(family[2]), plain(family[1])) if family else one_line(plain(tex))
