"""What stands behind a title: fields, taken off its end one by one, and who wrote it."""

from __future__ import annotations

import re

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines import _fields
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._people import is_name, names
from readlist.importers.lines._title import is_nickname, is_wordy
from readlist.importers.lines._words import NO_NAME

_BY = late(r"\s+(?:by|By|BY)\s+|\s*作者\s*[:：]\s*|\s文/\s*")
_NO_AUTHOR = late(
    r"(?:a|an|the|using|means?|my|our|this|that|its|[a-z]+ing|[a-z]+ly|[a-z]+tion|[a-z]+ment)\b", re.IGNORECASE
)
_ETAL = late(r"\bet\.?\s?al\b\.?", re.IGNORECASE)
_UNCLOSED_YEAR = late(r"(?:\s*[(（\[]\s*|\s[-–—]{1,2}\s)((?:19|20)\d\d)$")
_UNCLOSED = late(r"\s*[(（]([^()（）\[\]]{2,80})$")
_DASH = late(r"\s(?:[-–—]{1,2}|[·•])(?=\s)")  # parts fields as a comma does, where it has blanks around it
_BEFORE_PEOPLE = late(r"\s[-–—·•]\s|(?P<han>——)")
_BEHIND_BAR = late(r"\s*[\u4e00-\u9fff·]{2,4}\s*")  # a Chinese name in a cell of its own
_STOP = late(r"[.?!](?<=[\w)]{3}.)\s+(?=[A-Z\d])|[.．](?<=[\w)]{2}.)\s*(?=[\u4e00-\u9fff])")
_PROCEEDINGS = late(r"[\s,.]{1,3}(?:In\s)?((?:Proceedings|Proc\.) of [^,.()]{3,90})$")
_VENUE_LIKE = late(
    r"(?:the )?(?:\w+ ){0,5}(?:journal|transactions|proceedings|symposium|conference|workshop|annals) (?:of|on"
    r"|for)\b.{3,90}",
    re.IGNORECASE,
)
_ACRONYM = late(r"[A-Z]\S*[A-Z]")
# arXiv named where the venue stands, before the year; anywhere else it names an address.
_PREPRINT_PLACE = late(r"[\s,，.]+(?:arxiv(?: preprint)?|corr)[\s,，]*$", re.IGNORECASE)


def cut_author(text: str) -> tuple[str, str, str] | None:
    """Title, author and remark of "TITLE by AUTHOR, remark"; None if nobody is named so."""
    lowered = text.lower()
    if len(text) > 600 or not ("by" in lowered or "作者" in text or "文/" in text):
        return None
    last = None
    for found in _BY.finditer(text):
        last = found
    if not last or last.start() < 3:
        return None
    title, rest = text[: last.start()], text[last.end() :]
    end = re.search(r"[,，。;；|(（]|\s[-–—]", rest)
    author, remark = (rest[: end.start()], rest[end.end() :]) if end else (rest, "")
    author = author.strip(" .*_")
    words = author.split()
    if not author or len(author) > 28 or len(words) > 4 or _NO_AUTHOR.match(author) or not author[0].isalpha():
        return None
    if any(word.casefold() in NO_NAME for word in words) or re.search(r"(?:ing|tion|ment)$", author):
        return None
    if is_chinese(author) and len(author) > 10:
        return None
    if len(words) == 1 and author.isascii() and author.islower():  # "side by side"
        return None
    return title.strip(), author, remark


def cut_fields(text: str, known: bool = False) -> tuple[str, Fields]:
    """Take fields off the end of `text`; `known` says that the line is known to be a paper's."""
    found = Fields()
    rest = text
    for _ in range(24):
        rest = rest.rstrip(" \t,，;；|·•-–—[(（")
        shorter = _cut_one(rest, found, known)
        if shorter is None or not shorter.strip():
            break
        rest = shorter
    if not found.published and found.citations is None:
        early = _first_field(rest)
        if early is not None:
            tail = _fields.read_parts(rest[early:].lstrip(" ,，"))
            tail.left += found.left
            found.left = []
            found.update(tail)
            return _again(rest[:early], found)
    return _without_nickname(rest), found


def _again(rest: str, found: Fields) -> tuple[str, Fields]:
    for _ in range(12):
        rest = rest.rstrip(" \t,，;；|·•-–—")
        shorter = _cut_one(rest, found, True)
        if shorter is None or not shorter.strip():
            break
        rest = shorter
    return _without_nickname(rest), found


def _without_nickname(title: str) -> str:
    head, comma, tail = title.replace("，", ",", 1).partition(",")
    if comma and is_nickname(head) and is_wordy(tail) and tail.strip()[:1].isupper():
        return tail.strip()
    return title


def _first_field(text: str) -> int | None:
    """Where the first part begins, behind a title, that only a paper has: a venue, a year, a count."""
    if len(text) > 600:
        return None
    commas = text.replace("，", ",")  # of the same length
    at = commas.find(",")
    while at > 0:
        end = commas.find(",", at + 1)
        part = text[at + 1 : end if end > 0 else len(text)]
        one = _fields.read_part(part) if len(part) < 90 else None
        if one is not None and (one.published or one.citations is not None or one.thesis) and is_wordy(text[:at]):
            return at
        at = end
    return None


def _cut_one(text: str, found: Fields, known: bool) -> str | None:
    """`text` less the one field it ends in, which is added to `found`; None if it ends in none."""
    bare = text.rstrip(".。．")
    at = _fields.ends_in_link_word(bare)
    if at is not None:
        found.words += 1
        return bare[:at]
    evident = known or found.any or found.words > 0
    if bare.endswith((")", "）", "]", "】", "」", "〕")):
        opening = max(bare.rfind(c) for c in ("(（[【" if bare[-1] not in "」〕" else "「〔"))
        if opening > 0:
            one = _fields.read_part(bare[opening + 1 : -1]) or _all_fields(bare[opening + 1 : -1])
            if one is not None and (one.published or one.citations is not None or one.words or one.forms):
                found.update(one)
                return bare[:opening]
        return None
    unclosed = _UNCLOSED_YEAR.search(bare, max(0, len(bare) - 9)) if bare[-1:].isdigit() else None
    if unclosed:
        found.update(Fields(year=int(unclosed[1])))
        return bare[: unclosed.start()]
    proceedings = _PROCEEDINGS.search(bare[-120:]) if found.year and not found.venue else None
    if proceedings:
        found.venue = proceedings[1]
        return bare[: len(bare) - len(proceedings[0])]
    unclosed_bracket = (
        _UNCLOSED.search(bare) if bare.count("(") + bare.count("（") > bare.count(")") + bare.count("）") else None
    )
    if unclosed_bracket:  # what followed it was taken off already
        one = _fields.read_part(unclosed_bracket[1])
        people = names(unclosed_bracket[1], short=True) if one is None and evident else None
        if one is not None or people:
            found.update(one or Fields(authors=people or []))
            return bare[: unclosed_bracket.start()]
    comma = max(bare.rfind(","), bare.rfind("，"), bare.rfind("|"))
    signed = _signed(bare, evident)
    if signed:
        found.update(Fields(authors=signed[1]))
        return signed[0]
    for dash in _DASH.finditer(bare):
        comma = max(comma, dash.end() - 1)
    stop = -1
    if "." in bare or "?" in bare or "!" in bare or "．" in bare:
        for dot in _STOP.finditer(bare):
            stop = dot.start()
    if evident and 0 < stop < comma:  # "Title. Pennington, Socher, Manning.": family names alone
        people = names(bare[stop + 1 :], short=True)
        if people and len(people) > 1:
            found.update(Fields(authors=people))
            return bare[: stop + 1]
    cut = max(comma, stop)
    part = bare[cut + 1 :] if cut > 0 else ""
    if part:
        one = _fields.read_part(part)
        if one is None and cut == comma and part.lstrip().startswith("and "):  # the last of a list of people
            one = _fields.read_part(part.lstrip().removeprefix("and "))
            earlier = bare[:cut].replace("，", ",").rpartition(",")[2]
            one = one if one is not None and one.authors and is_name(earlier) else None
        if one is None and cut == stop and evident and " and " in part:  # "Title. Chen and Manning."
            people = names(part, short=True)
            one = Fields(authors=people) if people else None
        if one is None and bare[cut] == "|" and _BEHIND_BAR.fullmatch(part):
            one, evident = Fields(authors=[part.strip()]), True
        if (
            one is not None
            and (not one.authors or evident or _ETAL.search(part))
            and (one.published or not one.forms or evident)
        ):
            if one.authors and found.authors:  # a list of authors is read from its end
                found.authors = one.authors + found.authors
            found.update(one)
            left = bare[:cut] if cut == comma else bare[: cut + 1]
            if one.year and not one.venue and not found.venue:
                preprint = _PREPRINT_PLACE.search(left)
                if preprint:
                    found.venue, left = venues.PREPRINT, left[: preprint.start()]
            return left
        if found.year and not found.venue and cut == comma and _VENUE_LIKE.fullmatch(part.strip()):
            found.venue = part.strip()
            return bare[:cut]
        etal = _ETAL.search(part)
        if etal:
            people = names(part[: etal.end()], short=True)
            tail = _fields.read_part(part[etal.end() :]) if part[etal.end() :].strip() else Fields()
            if people and tail is not None:
                found.update(Fields(authors=people))
                found.update(tail)
                return bare[:cut]
    words = bare[-80:].split() if bare and not bare[-1].isspace() else []
    if len(words) > 1 and _fields.is_form(words[-1]) and venues.split(words[-2]):  # "ICLR'19 Oral"
        words.pop()
    if words and not venues.possible(words[-1]):
        return None
    for size in range(min(len(words), 4), 0, -1):  # "USENIX ATC 2013" before "ATC 2013"
        tail_text = " ".join(words[-size:])
        venue = venues.split(tail_text)
        if venue and len(bare.split()) > size + 1 and (venue[1] or evident) and _fits(tail_text, venue[0]):
            found.update(Fields(venue=venue[0], year=venue[1]))
            return bare[: bare.rfind(words[-size])]
    return None


def _signed(text: str, evident: bool) -> tuple[str, list[str]] | None:
    """Title and people of "TITLE (2019) - Peters, Ruder and Smith", "TITLE —— 何向南、Tat-Seng Chua"; None if what
    stands behind the last dash may be the title's own, as a name or two without anything that only a paper has."""
    if not (" -" in text or "—" in text or " –" in text or " ·" in text or " •" in text):
        return None
    last = next(reversed(list(_BEFORE_PEOPLE.finditer(text))), None)
    people = names(text[last.end() :], short=True) if last else None
    if last is None or not people:
        return None
    closed = text[: last.start()].rstrip().endswith((")", "）", "]", "】"))
    several = len(people) > 1 or last["han"] or " " in people[0]
    if (closed and several) or (len(people) > 1 and (evident or last["han"])):
        return text[: last.start()], people
    return None


def _all_fields(text: str) -> Fields | None:
    """What a bracket says that holds nothing but fields: "Book, Jan 2017"; or place and year, and words in Chinese."""
    parts = _fields.read_parts(text)
    if parts.left and not (parts.venue and parts.year and any(map(is_chinese, parts.left))):
        return None
    return parts if parts.published else None


def _fits(text: str, name: str) -> bool:
    """Whether a venue at a title's end, with no comma before it, is spelled as an acronym or in Chinese: "Neural
    Networks" is not."""
    if text.split()[0].casefold() in ("in", "at", "the", "of", "on", "for"):
        return False
    return name == venues.PREPRINT or _ACRONYM.search(text) is not None or is_chinese(text)
