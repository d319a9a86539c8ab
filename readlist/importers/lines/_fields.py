"""The small fields that stand around a title: venue, year, count, authors, link words, and how each is written.

One part of a line (between commas, dots, brackets) is one field or none. What a field looks like is decided here and
nowhere else; where fields may stand is the business of `_sight`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.importers.lines._people import ETAL, is_affiliation, is_name, may_have_etal, names, says_institute
from readlist.importers.lines._words import FORMS, LAST_WORDS, LINK_WORDS, SURE_ENDS, SURE_LINK_WORDS

_COUNT = late(
    r"[(\[（]?\s*(?:(?:#\s?)?(?:total\s)?(?:citations?|cited(?:\s+by)?|cites?|引用(?:次[数數]|[数數]|量)?"
    r"|被引(?:次[数數]|用)?)\s*[:：=]?\s*"
    r"(?P<a>\d[\d,]{0,11}(?:\.\d{1,2}(?=\s?[kK千万萬]))?)\s?(?P<at>[kK千万萬](?![A-Za-z]))?\+?(?:\s*次)?"
    r"|(?P<b>\d(?:[\d,]{0,10}\d)?(?:\.\d{1,2}(?=\s?[kK千万萬]))?)\s?(?P<bt>[kK千万萬](?![A-Za-z]))?\+?\s*(?:citations?|cited(?!\s+by)|cites|次引用|引用))\s*[)\]）]?",
    re.IGNORECASE,
)
_THOUSANDS = {"k": 1_000, "千": 1_000, "万": 10_000, "萬": 10_000}  # "3k+ citations"
_NUMBER = late(
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,2}(?=\s?[kK千万萬]))?)\s?(?P<times>[kK千万萬])?\+?(?:\s?次)?",
    re.ASCII,
)
_DIGIT = late(r"\d")
_YEAR = late(r"(?:19[5-9]\d|20\d\d)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = late(
    rf"(?:{_MONTH}\s*(?:\d{{1,2}}(?:st|nd|rd|th)?)?,?\s*(?P<a>(?:19|20)\d\d)"
    rf"|\d{{1,2}}\s+{_MONTH},?\s*(?P<b>(?:19|20)\d\d)"
    r"|\d{1,2}[./]\d{1,2}[ ./]+(?P<c>(?:19|20)\d\d)"
    r"|(?P<d>(?:19|20)\d\d)[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?)\.?",
    re.IGNORECASE,
)

# Of what is asked of nearly every part of every line the patterns are for text in lower case: `re` then passes over
# the words of an alternative by their first letter.
_WORD = late(rf"(?:\W{{0,3}})(?:{SURE_LINK_WORDS}|{LINK_WORDS})s?\s?\d?(?:\W{{0,3}})")
_SURE_AT_END = late(rf"(?:^|[\s,，;|/(（\[])(?:{SURE_LINK_WORDS})$", re.IGNORECASE)
_JOINED = late(r"[\s,/|&+、;·•-]+")

_THESIS = late(
    r"\b(?:ph\.?\s?d\.?|master'?s?|doctoral|m\.?sc\.?|bachelor'?s?)\s+(?:thesis|dissertation)\b|[博硕碩]士(?:[学學]位)?[论論]文"
    r"|\b(?:thesis|dissertation)\s*$",
    re.IGNORECASE,
)


# A journal in Chinese, known or not, with its year; without a year the last ones are words of titles too.
_HAN_JOURNAL = late(
    r"(?P<name>[\u4e00-\u9fff]{2,16}(?:[学學][报報]|通[报報]|[学學]刊|[杂雜][志誌])|[计計]算[机機](?:科[学學]|[应應]用|工程)"
    r"|控制[与與][决決]策)\s*[,，]?\s*(?P<year>(?:19|20)\d\d)"
)
_FORM_JOINED = late(r"(?<=\d)[_-](?=[A-Za-z]+$)")  # "ICLR2021_spotlight"
_EVENTS = ("workshop", "workshops", "track")
_HAN = late(r"[\u4e00-\u9fff]")
_BEHIND_HAN = late(r"(?<=[\u4e00-\u9fff，。；）)])\s[^\u4e00-\u9fff，。；]{4,120}$")
_SENTENCE = 60  # characters; less is a few words with a stop
_CLAUSE = late(r"[\u4e00-\u9fff]{5}")


@dataclass(slots=True)
class Fields:
    """What the parts of a line said. `left` are the parts that are no field, in order."""

    venue: str | None = None
    year: int | None = None
    citations: int | None = None
    authors: list[str] = field(default_factory=list)
    words: int = 0  # link words seen
    forms: int = 0  # "short", "oral", places of work
    thesis: bool = False
    book: bool = False
    announced: bool = False  # the line calls itself a paper's title
    left: list[str] = field(default_factory=list)

    def update(self, other: Fields) -> None:
        """Take from `other` what is not known yet."""
        self.venue = self.venue or other.venue
        self.year = self.year or other.year
        if self.citations is None:
            self.citations = other.citations
        self.authors = self.authors or other.authors
        self.words += other.words
        self.forms += other.forms
        self.thesis = self.thesis or other.thesis
        self.book = self.book or other.book
        self.announced = self.announced or other.announced
        self.left += other.left

    @property
    def published(self) -> bool:
        """Whether a place or time of publication was named."""
        return self.venue is not None or self.year is not None

    @property
    def any(self) -> bool:
        """Whether anything was said that only a paper has."""
        return self.published or self.citations is not None or bool(self.authors) or self.thesis


def around_count(text: str) -> tuple[str, str, int | None]:
    """The citation count that `text` names, as in "(Citations 219)", "78 cited", "被引 12", and the text around it."""
    lowered = text.lower()
    told = ("cite" in lowered or "citation" in lowered or "引" in text) and _DIGIT.search(text)
    found = _COUNT.search(text) if told else None
    if not found:
        return text, "", None
    times = _THOUSANDS.get((found["at"] or found["bt"] or "").lower(), 1)
    number = round(float((found["a"] or found["b"]).replace(",", "")) * times)
    return text[: found.start()].rstrip(), text[found.end() :].lstrip(), number


def number(text: str) -> int | None:
    """The count that all of `text` is: 219, "1,021", "25000+", "3k"."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return round(float(found["digits"].replace(",", "")) * _THOUSANDS.get((found["times"] or "").lower(), 1))


def take_count(text: str) -> tuple[str, int | None]:
    """The text less its citation count, and the count."""
    before, after, number = around_count(text)
    return f"{before} {after}".strip(), number


@lru_cache(maxsize=8192)
def is_link_word(text: str) -> bool:
    """Whether all of `text` names an address ("PDF", "[Code]", "arXiv, github")."""
    text = text.strip()
    if not text or len(text) > 60:
        return False
    text = text.lower()
    if _WORD.fullmatch(text):
        return True
    bare = text.strip("[]()（）【】 ")
    first = _JOINED.split(bare, maxsplit=1)[0]
    if first and not _WORD.fullmatch(first):
        return False
    parts = [part for part in _JOINED.split(bare) if part]
    return len(parts) > 1 and all(_WORD.fullmatch(part) for part in parts)


def ends_in_link_word(text: str) -> int | None:
    """Where the link word begins that `text` ends in, if it is one that no title ends in."""
    if not text[-12:].lower().endswith(SURE_ENDS):
        return None
    found = _SURE_AT_END.search(text, max(0, len(text) - 24))
    return found.start() if found else None


def year_of(text: str) -> int | None:
    """The year that all of `text` is: 2021, (2021), Aug. 4 2023, 2021-04-18."""
    text = text.strip(" ()[]（）【】.,:'’")
    if not 4 <= len(text) <= 24 or not (text[-1].isdigit() or text[-1] in "月日"):
        return None
    if _YEAR.fullmatch(text):
        return int(text)
    found = _DATE.fullmatch(text)
    return int(next(group for group in found.groups() if group)) if found else None


def full_year(text: str) -> int:
    """The year that four digits are, or two with a mark of omission before them ('24)."""
    return int(text) + (0 if len(text) == 4 else 2000 if int(text) < 70 else 1900)


def is_form(text: str) -> bool:
    """Whether `text` says in which form something was published: oral, poster, short."""
    return text.strip(" .,;()").lower() in FORMS


def read_part(part: str) -> Fields | None:
    """What one part says, or None if it is no field."""
    found, again = _part(part), Fields()
    if found is None:
        return None
    again.update(found)
    again.authors = [*found.authors]
    return again


@lru_cache(maxsize=4096)
def _part(part: str) -> Fields | None:
    """`read_part`, once for what a page says again and again; the result is not to be changed."""
    part = part.strip(" \t.,;:|-–—/()[]（）【】{}*_`")
    found = Fields()
    if not part:
        return found
    if len(part) > 220:
        people = names(part)
        return Fields(authors=people) if people else None
    rest, found.citations = take_count(part)
    rest = rest.strip(" ,;()")
    if not rest:
        return found
    lowered = rest.lower()
    if ("thesis" in lowered or "dissertation" in lowered or "论文" in rest or "論文" in rest) and _THESIS.search(rest):
        person = re.sub(r"['’]s$", "", _THESIS.sub("", rest).strip(" ,'’"))
        found.thesis, found.authors = True, names(person) or []
        return found if found.authors or not person else None
    year = year_of(rest)
    if year:
        found.year = year
        return found
    venue = venues.split(rest)
    if venue and not (venue[0] == venues.PREPRINT and venue[1] is None and found.citations is None):
        found.venue, found.year = venue
        return found
    if is_link_word(rest):
        found.words = 1
        return found
    if lowered in FORMS or is_affiliation(rest):
        found.book = rest.casefold() in ("book", "textbook")
        found.forms, found.left = 1, [] if found.book else [rest]
        return found
    journal = _HAN_JOURNAL.fullmatch(rest) if "0" <= rest[-1] <= "9" and not rest.isascii() else None
    if journal:
        found.venue, found.year = journal["name"], int(journal["year"])
        return found
    people = names(rest)
    if people:
        found.authors = people
        return found
    others = ETAL.search(rest) if may_have_etal(rest) else None
    if others:  # "Eric Jang et al. ICLR"
        people, tail = names(rest[: others.end()]), read_part(rest[others.end() :])
        if not people or tail is None or tail.authors:
            return None
        found.authors = people
        found.update(tail)
        return found
    return _mixed(rest, found)


_ARXIV_ID = late(r"(?:arxiv[:\s]*)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)


def _mixed(part: str, found: Fields) -> Fields | None:
    """Two fields with only a blank between them: "2.19 2015 arxiv", "arXiv:2106.07139 2021", "ICLR 2018 oral"."""
    bare = (_ARXIV_ID.sub(" ", part) if "." in part else part).strip(" ,:")
    if not bare:
        return found
    if bare != part:
        inner = read_part(bare)
        return inner
    pieces = _FORM_JOINED.sub(" ", part).split()
    if 2 <= len(pieces) <= 8 and (_may_end_field(pieces[-1]) or says_institute(part.lower())):
        for cut in range(len(pieces) - 1, 0, -1):
            head, tail = " ".join(pieces[:cut]), " ".join(pieces[cut:])
            second = _simple(tail)
            first = _simple(head) if second else None
            if first and second:
                found.update(first)
                found.update(second)
                return found
    return _event(pieces, found) if pieces[-1].lower() in _EVENTS else None


def _event(pieces: list[str], found: Fields) -> Fields | None:
    """A workshop or track by its name, behind place and year: "NIPS 2014 Deep Learning Workshop"."""
    for cut in range(1, min(4, len(pieces) - 1)):
        venue = venues.split(" ".join(pieces[:cut]))
        if venue and venue[1] and pieces[cut][:1].isupper():
            found.venue, found.year = f"{venue[0]} {' '.join(pieces[cut:])}", venue[1]
            return found
    return None


def _may_end_field(word: str) -> bool:
    """A quick look for the last word of what `_simple` reads, which never misses it, but for that of an institute."""
    return _DIGIT.search(word) is not None or word.lower() in LAST_WORDS or venues.possible(word)


def _simple(text: str) -> Fields | None:
    year = year_of(text)
    if year:
        return Fields(year=year)
    venue = venues.split(text)
    if venue:
        return Fields(venue=venue[0], year=venue[1])
    if text.lower() in FORMS or is_affiliation(text):
        return Fields(forms=1, left=[text])
    return None


_SEPARATOR = late(r"\s*[,，;；|·•。]\s*|(?<=[\w)\]*]{2})\.\s+|\s+[-–—]\s+|\s*[()（）\[\]【】]\s*|\s{3,}")


def told(text: str) -> tuple[str, Fields] | None:
    """A text of Chinese sentences and the fields that follow the last word; None for any other text.

    What stands between the commas of such a text are clauses, no fields.
    """
    if len(text) <= _SENTENCE or "。" not in text or len(_HAN.findall(text)) * 3 <= len(text):
        return None
    behind = _BEHIND_HAN.search(text)
    fields = read_parts(behind[0]) if behind else None
    return (
        (text[: behind.start()], fields) if behind and fields and fields.any and not fields.left else (text, Fields())
    )


def _tells(text: str) -> bool:
    return not text.isascii() and _CLAUSE.search(text) is not None


def read_parts(text: str) -> Fields:
    """All fields of a stretch of text that holds no title, and in `left` what is none."""
    found = Fields()
    text, found.citations = take_count(text)
    text = text.strip()
    if not text:
        return found
    whole = read_part(text)
    if whole is not None:
        found.update(whole)
        return found
    pending: list[str] = []
    before = ""
    parts = _SEPARATOR.split(text)
    for number, part in enumerate(parts):
        one = read_part(part.removeprefix("and ") if found.authors else part)
        told = number + 1 < len(parts) and _tells(parts[number + 1])
        if one is None or (one.authors and told):  # a name before a Chinese clause is what the clause tells of
            pending.append(part.strip())
            before = part.strip()
        else:
            if one.year and not before.isascii() and is_name(before, short=True):  # who wrote it stands before when
                one.authors.append(pending.pop())
            before = ""
            if one.authors and found.authors:  # further authors of the same list
                found.authors += one.authors
                one.authors = []
            pending += one.left  # in the order in which they stand
            one.left = []
            found.update(one)
    found.left += [part for part in pending if any(c.isalnum() for c in part)]
    return found
