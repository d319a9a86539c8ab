"""Lines copied from a bibliography, by the ways of writing them:

- 'Dean, Jeffrey, and L. Barroso. "Title." Venue 56.2 (2013): 74-80' (MLA; IEEE has commas for stops)
- 'Dean, J., & Barroso, L. (2013). Title. Venue, 56' (APA)
- 'J. Dean and L. Barroso. Title. Venue, 2013.', 'Dean et al. Title. Venue 2013' (what BibTeX's styles print)
- '李航, 王芳. 题名[J]. 刊名, 2012' (GB/T 7714, with a letter for the kind of work; its stops may be commas, or wide)
"""

from __future__ import annotations

import re

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines import _fields, _title, _title_end
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._people import ETAL, is_name, may_have_etal, names

_QUOTED_CITATION = late(
    r"^(?P<who>[A-Z][^\"“”]{3,300}?)[.,]?\s*[\"“](?P<title>[^\"“”]{6,250}?)[.,]?[\"”]\s*(?P<rest>.*)$"
)
_DATED_CITATION = late(
    r"^(?P<who>[A-Z][^()\"“]{3,400}?)\s*\((?P<year>(?:19"
    r"|20)\d\d)[a-z]?\)[.,:]?\s+(?P<title>[^.?!]{6,250}[.?!])(?P<rest>.*)$"
)
_VOLUME = late(r"(?P<venue>[A-Z][A-Za-z&:\s-]{3,100}?)[,\s]+(?:vol\w*\.?\s*)?\d(?P<rest>.*)$")
_SEVERAL = late(r"\w\s(?:and|&)\s\w|\bet\.?\s?al\b")
_INVERTED = late(r"[A-Z][\w'’-]+,\s(?:[A-Z][\w'’-]*\.?[\s-]?){1,3}(?:,|$|\sand\s|\s&|\.)")


# A stop that ends a list of people: behind a word, an initial that ends a name, or "et al.".
_STOP = (
    r"(?<=[A-Z])\.?:\s+|(?<=[^\W\d_]{2})\.\s+|(?<=[a-z] [A-Z])\.\s+|(?<=[a-z] [A-Z]{2})\.\s+"
    r"|\bet\.?\s?al\b\.?[,:]?\s+"
)
_STOPS = (".", ":", "al", "．", "等")  # without any of these nothing ends
_PEOPLE_END = late(_STOP)
_PEOPLE_END_HAN = late(rf"{_STOP}|(?<=[\u4e00-\u9fff])[.．]|等[.．,，]\s*")
_YEAR = late(r"[(\[]?((?:19|20)\d\d)[a-z]?[)\]]?[.,:]\s+")
_TITLE_END = late(r"(?<=[\w)\]’'\"]{2})\.\s+(?=\S)|(?<=[?!])\s+(?=\S)|\.?\s*(?=https?://)|\.?$")
_WHO_MAX = 600
# The letter by which GB/T 7714 tells what a work is: book, journal, conference, thesis, report, online …
_LETTER = late(r"\s?\[(?P<kind>[MJCDRNSPAZ]|EB|DB|CP)(?:/(?:OL|CD|DK|MT))?\](?:\s*[.．,，]|\s*//|\s|$)\s*")
# Where in a volume it stands: "33:1877–1901", "2019;1(8):9", "pp. 5998–6008", "29(1): 1-20", and the identifier.
_WHERE = late(
    r"\b(?:pages?|pp?)\b\.?\s*\w{1,8}(?:\s*[-–—]{1,2}\s*\w{1,8})?|\b\d{1,4}\s?\(\d{1,4}\)\s*(?:[:：]\s*\d+(?:\s*[-–—]{1,2}\s*\d+)?)?"
    r"|(?<![\d.])\d{1,3}\s?[:：]\s*\d+\s*[-–—]{1,2}\s*\d+|[:：]\s*\d+\s*[-–—]{1,2}\s*\d+|(?<=\w)\s\(\d\)"
    r"|\bdoi:\s*\S+|\bvol(?:ume|\.)\s*\d+"
)


def cut(text: str) -> tuple[str, Fields] | None:
    """Title and fields of a line in the style of a bibliography; None for any other line."""
    if len(text) > 900:
        return None
    found = _QUOTED_CITATION.match(text) if '"' in text or "“" in text else None
    quoted = found is not None
    if not found:
        found = _DATED_CITATION.match(text) if "(" in text else None
        if found and not _INVERTED.match(found["who"]) and not _SEVERAL.search(found["who"]):
            return None
    if not found:
        return (_lettered(text) if "[" in text else None) or _stopped(text)
    people = _people(found["who"])
    if not people or not (_title.is_wordy(found["title"]) or (quoted and " " in found["title"])):
        return None
    where = _VOLUME.match(found["rest"].strip(" ."))
    fields = _rest(found["rest"]) if not where else Fields()
    if where:
        known = venues.split(where["venue"])
        years = re.findall(r"(?<![\d–-])(?:19|20)\d\d(?![\d–-])", where["rest"])  # no pages: 1929-1958
        fields = Fields(venue=known[0] if known else where["venue"], year=int(years[0]) if years else None)
        remark = _REMARK.search(where["rest"])
        fields.left = [remark[1].strip()] if remark else []
    dated = _fields.year_of(found.groupdict().get("year") or "")
    fields.year = dated or fields.year
    fields.update(Fields(authors=people))
    return _title.clean(found["title"]), fields


def _rest(text: str) -> Fields:
    """The fields behind a title."""
    text = _WHERE.sub(" ", re.sub(r"^(?:In\b:?|//)\s*", "", text.strip())).replace(" ;", ";")
    return _fields.read_parts(text.strip(" .．,;")) if any(c.isalnum() for c in text) else Fields()


def _listed(text: str) -> list[str] | None:
    """The people of a list that ends in "et al.", has several, or writes a given name as an initial."""
    if not text[:1].isalpha():
        return None
    parts = [part for part in re.split(r"\s*[,，]\s*|\s+and\s+|\s*&\s*", ETAL.sub("", text).strip(" .,")) if part]
    if len(parts) > 1 and all(_FAMILY_FIRST.fullmatch(part) for part in parts):  # "Vaswani A, Shazeer N"
        found = [_FAMILY_FIRST.fullmatch(part) for part in parts]
        return [f"{'. '.join(it['given'].replace(' ', ''))}. {it['family']}" for it in found if it]
    people = names(text, short=True) or _people(text)
    if not people or (len(people) == 1 and not may_have_etal(text) and not re.match(r"[A-Z]\.", text)):
        return None
    return people


_GIVEN = late(r"[A-Z][\w'’-]+(?:\s[A-Z]\.?){1,3}")  # "Geoffrey E."
_REMARK = late(r"\(([^()]*[^\W\d_]{3}[^()]*)\)\W*$")
_FAMILY_FIRST = late(r"(?P<family>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) (?P<given>[A-Z](?: ?[A-Z]){0,2})")


def _ends(text: str) -> re.Pattern[str]:
    return _PEOPLE_END if text.isascii() else _PEOPLE_END_HAN


def _stopped(text: str) -> tuple[str, Fields] | None:
    """Title and fields of "PEOPLE. TITLE. VENUE, YEAR", in which full stops divide. Something must stand behind the
    title that only a paper has, for sentences have stops as well."""
    if not any(map(text.__contains__, _STOPS)):
        return None
    for end in _ends(text).finditer(text, 0, _WHO_MAX):
        people = _listed(text[: end.end()].rstrip(" .,:"))
        if not people:
            continue
        dated = _YEAR.match(text, end.end())
        start = dated.end() if dated else end.end()
        stop = _TITLE_END.search(text, start + 6)
        if stop is None:
            return None
        title = text[start : stop.start()]
        if not _title.is_wordy(title) or title[:1].islower() or _fields.read_part(title) is not None:
            continue  # "TITLE. PEOPLE. VENUE": what stands second is a field
        fields = _rest(text[stop.end() :])
        fields.year = int(dated[1]) if dated else fields.year
        if not fields.published:  # "TITLE, VENUE YEAR"
            title, tail = _title_end.cut_fields(title, known=True)
            fields.update(tail)
        if not (fields.published or fields.words or fields.citations is not None) or not _title.is_wordy(title):
            return None
        fields.update(Fields(authors=people))
        return _title.clean(title), fields
    return None


def _lettered(text: str) -> tuple[str, Fields] | None:
    """Title and fields of "PEOPLE. TITLE[J]. VENUE, YEAR, VOLUME(ISSUE): PAGES"."""
    kind = _LETTER.search(text)
    if kind is None:
        return None
    title, people = text[: kind.start()], []
    for end in _ends(title).finditer(title, 0, _WHO_MAX):
        listed = title[: end.start()]
        people = _listed(title[: end.end()].rstrip(" .．,:")) or names(listed, short=True, certain=True) or []
        if people:
            title = title[end.end() :]
            break
    if not people and is_chinese(title):
        people, title = _in_front(title)
    fields = _rest(text[kind.end() :])
    if not people and not fields.year:  # a letter in brackets may mean anything
        return None
    if kind["kind"] in "JC":  # what stands first is the journal, known or not
        first = re.split(r"[,，.．]", text[kind.end() :], maxsplit=1)[0].strip()
        fields.venue = fields.venue or first or None
    fields.left, fields.authors = [], people
    fields.thesis, fields.book = kind["kind"] == "D", kind["kind"] == "M"
    title = _title.clean(title)
    return (title, fields) if title else None


def _in_front(text: str) -> tuple[list[str], str]:
    """The Chinese names that `text` begins with and the title behind them, where commas divide both."""
    parts = re.split(r"[,，]\s*", text)
    first = next((at for at, part in enumerate(parts) if not is_name(part, short=True)), len(parts))
    return (parts[:first], "，".join(parts[first:])) if 0 < first < len(parts) else ([], text)


def _people(text: str) -> list[str] | None:
    """The authors that a bibliography names, of whom the first or all are inverted ("Dean, Jeffrey")."""
    text = ETAL.sub("", text)
    cut = re.split(r"(,\s*and\s|,\s*&\s?|\sand\s|\s&\s|[,;]\s)", text)
    parts = [(part.strip(" ."), before.strip()) for part, before in zip(cut[::2], ("", *cut[1::2]), strict=True)]
    parts = [(part, before) for part, before in parts if part]
    # "Dean, Jeffrey, and L. Barroso": of several people the others tell that the first is inverted.
    inverted = len(parts) == 2 or any(" " in part for part, _ in parts[2:])
    people: list[str] = []
    for part, before in parts:
        given = before == "," and (
            re.fullmatch(r"(?:[A-Z]\.?[\s-]?){1,4}", part)
            or (len(people) == 1 and _GIVEN.fullmatch(part))  # only the first is inverted
            or (inverted and len(people) == 1 and " " not in part)
        )
        if given and people and " " not in people[-1]:
            people[-1] = f"{part}{'.' if len(part) == 1 or part[-2] == ' ' else ''} {people[-1]}"
        else:
            people.append(part)
    return people if people and all(is_name(person, short=True) for person in people) else None
