"""Lines copied from a bibliography: 'Dean, Jeffrey, and L. Barroso. "Title." Venue 56.2 (2013): 74-80' (the way of the
MLA), 'Dean, J., & Barroso, L. (2013). Title. Venue, 56' (that of the APA)."""

from __future__ import annotations

import re

from readlist.domain import venues
from readlist.importers import _fields, _title
from readlist.importers._fields import Fields

_QUOTED_CITATION = re.compile(
    r"^(?P<who>[A-Z][^\"“”]{3,300}?)[.,]?\s*[\"“](?P<title>[^\"“”]{6,250}?)[.,]?[\"”]\s*(?P<rest>.*)$"
)
_DATED_CITATION = re.compile(
    r"^(?P<who>[A-Z][^()\"“]{3,400}?)\s*\((?P<year>(?:19"
    r"|20)\d\d)[a-z]?\)[.,:]?\s+(?P<title>[^.?!]{6,250}[.?!])(?P<rest>.*)$"
)
_VOLUME = re.compile(r"(?P<venue>[A-Z][A-Za-z&:\s-]{3,100}?)[,\s]+(?:vol\w*\.?\s*)?\d(?P<rest>.*)$")
_SEVERAL = re.compile(r"\w\s(?:and|&)\s\w|\bet\.?\s?al\b")
_INVERTED = re.compile(r"[A-Z][\w'’-]+,\s(?:[A-Z][\w'’-]*\.?[\s-]?){1,3}(?:,|$|\sand\s|\s&|\.)")


def cut(text: str) -> tuple[str, Fields] | None:
    """Title and fields of a line in the style of a bibliography; None for any other line."""
    if len(text) > 900:
        return None
    found = _QUOTED_CITATION.match(text)
    quoted = found is not None
    if not found:
        found = _DATED_CITATION.match(text)
        if found and not _INVERTED.match(found["who"]) and not _SEVERAL.search(found["who"]):
            return None
    people = _people(found["who"]) if found else None
    if not found or not people or not (_title.is_wordy(found["title"]) or (quoted and " " in found["title"])):
        return None
    where = _VOLUME.match(found["rest"].strip(" ."))
    fields = _fields.read_parts(found["rest"].strip(" .")) if not where else Fields()
    if where:
        known = venues.split(where["venue"])
        years = re.findall(r"(?<![\d–-])(?:19|20)\d\d(?![\d–-])", where["rest"])  # no pages: 1929-1958
        fields = Fields(venue=known[0] if known else where["venue"], year=int(years[0]) if years else None)
    dated = _fields.year_of(found.groupdict().get("year") or "")
    fields.year = dated or fields.year
    fields.update(Fields(authors=people))
    return _title.clean(found["title"]), fields


def _people(text: str) -> list[str] | None:
    """The authors that a bibliography names, of whom the first or all are inverted ("Dean, Jeffrey")."""
    text = _fields.ETAL.sub("", text)
    cut = re.split(r"(,\s*and\s|,\s*&\s?|\sand\s|\s&\s|[,;]\s)", text)
    parts = [(part.strip(" ."), before.strip()) for part, before in zip(cut[::2], ("", *cut[1::2]), strict=True)]
    parts = [(part, before) for part, before in parts if part]
    # "Dean, Jeffrey, and L. Barroso": of several people the others tell that the first is inverted.
    inverted = len(parts) == 2 or any(" " in part for part, _ in parts[2:])
    people: list[str] = []
    for part, before in parts:
        given = before == "," and (
            re.fullmatch(r"(?:[A-Z]\.?[\s-]?){1,4}", part) or (inverted and len(people) == 1 and " " not in part)
        )
        if given and people and " " not in people[-1]:
            people[-1] = f"{part}{'.' if len(part) == 1 else ''} {people[-1]}"
        else:
            people.append(part)
    return people if people and all(_fields.is_name(person, short=True) for person in people) else None
