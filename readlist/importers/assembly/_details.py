"""Lines under an entry that complete it: "Authors: …", "78 cited, NIPS2015", a link to its code."""

from __future__ import annotations

import re
from collections.abc import Mapping

from readlist.domain import identifiers, venues
from readlist.domain.patterns import late
from readlist.importers._blocks import Block
from readlist.importers.assembly._entry import Draft
from readlist.importers.lines import (
    _days,
    _fields,
    _inline,
    _legend,
    _marks,
    _people,
)
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._inline import Span
from readlist.importers.lines._labels import key_of, names_paper
from readlist.importers.lines._legend import Legend
from readlist.importers.lines._links import of_badge
from readlist.importers.lines._seen import Sight

_DETAIL_MAX = 4000  # characters, for an abstract or list of authors; other details are a few words
_HOST = late(r"(?:[a-z0-9-]+\.)+[a-z]{2,6}/\S+$", re.IGNORECASE)  # an address without its scheme
_AND_OTHERS = late(r"等(?:人)?\s*(?:[(（][^()（）]*[)）])?\s*$")
_EXPLAINED = late(r"\s*[(（]([^()（）]{2,60})[)）]\s*$")
_NOTED = late(r"(<?https?://[^\s<>，。；]+>?)[\s,，。;；]+(\S.{0,80})")
_BARS = late(r"\s+\|\s+")
_TAG = late(r"<[^<>]{1,500}>")
_SUMMARY = late(
    r"(?:<details>\s*)?<summary>\s*(?:<\w+>)?\s*(?:Abstract|摘要)\s*:?\s*(?:</\w+>)?\s*</summary>", re.IGNORECASE
)


def absorb(block: Block, draft: Draft, references: Mapping[str, str], legend: Legend = _legend.NONE) -> bool:
    """Complete `draft` by what `block` says, if it is nothing but details; else leave both alone and say False."""
    text = block.text.strip()
    if block.kind not in ("item", "text", "heading") or block.box is not None or not text or len(text) > _DETAIL_MAX:
        return False
    keyed = key_of(text)
    if keyed is None and _marks.take(text, legend).mark:
        return False
    sight = draft.sight
    bare = _TAG.sub("", text).strip()
    if draft.abstract_follows and len(bare) > 80:
        sight.abstract, draft.abstract_follows = bare, False
        return True
    if _SUMMARY.fullmatch(text):
        draft.abstract_follows = True
        return True
    if keyed and " | " in text and _several(text, sight, references, legend):
        return True
    if keyed:
        return _set(sight, *keyed, re.split(r"[:：]", text)[0].strip("*_ "), references, legend)
    if len(text) > 600:
        return False
    links = _addresses(text, references, "")
    if links:
        sight.links += [link for link in links if link not in sight.links]
        return True
    if block.continues and _continued(text, draft, references):
        return True
    if "](" in text or "://" in text:
        return False
    found_parts = _fields.read_parts(re.sub(r"[*_`]{1,2}", "", text))
    left = found_parts.left
    if left or not found_parts.any:
        if "][" in text:
            return False
        if found_parts.citations is not None or (found_parts.venue and len(text) < 60):
            found_parts.left, found_parts.authors = [], []
            sight.fields.update(found_parts)
        return False
    sight.fields.update(found_parts)
    return True


def _several(text: str, sight: Sight, references: Mapping[str, str], legend: Legend) -> bool:
    """Take the fields of a line that holds several, each with its key: "arXiv: … | PDF: … | Categories: cs.CR"."""
    parts = _BARS.split(text)
    if not all(":" in part[:40] or "：" in part[:40] for part in parts):
        return False
    for part in parts:
        name, value = re.split(r"[*_]{0,2}\s*[:：][*_]{0,2}\s*", part.lstrip("*_ "), maxsplit=1)
        set_field(sight, name, value, references, legend)
    return True


def set_field(sight: Sight, name: str, value: str, references: Mapping[str, str], legend: Legend) -> None:
    """Set the field of that name ("status", "year", 会议); what is no field is kept as a note."""
    keyed = key_of(f"{name}: {value}")
    if not value or keyed is None or not _set(sight, *keyed, name, references, legend):
        sight.asides.append(f"{name}: {value}".strip(" :"))


def _set(sight: Sight, key: str, value: str, name: str, references: Mapping[str, str], legend: Legend) -> bool:
    """Set what `key` (as `key_of` has it) means; False, and nothing is changed, if `value` is nothing of the kind."""
    if key == "status":
        said = _marks.cell(value, legend, status=True)
        if said:
            sight.mark, sight.depth = _marks.both(sight.mark, said[0]), sight.depth or said[1]
        return said is not None
    if key == "finished":
        day = _days.parse(value, year_first=legend.year_first)
        if day:
            sight.mark, sight.finished = "read", sight.finished or day
        return day is not None
    if key == "authors":
        value = _AND_OTHERS.sub("", value).rstrip()
        people = _people.names(_inline.plain(value), short=True)
        sight.fields.authors = sight.fields.authors or people or _divided(value)
        return True
    if key == "tags":
        named = [tag.strip(" #[]'\"") for tag in re.split(r"[,，;；、]|\s+(?=#)", value)]
        sight.tags += [tag for tag in named if tag and tag not in sight.tags]
        return True
    if key == "abstract":
        sight.abstract = sight.abstract or value
        return True
    if key == "venue" and len(value) < 160:
        where = _inline.plain(value)
        found = venues.split(where)
        explained = _EXPLAINED.search(where) if found is None else None
        if explained and (found := venues.split(where[: explained.start()])):  # "ICCV 2023（CCF-A）"
            sight.asides.append(explained[1])
        sight.fields.update(Fields(venue=found[0], year=found[1]) if found else Fields(venue=where))
        return True
    if key == "year":
        place, year = venues.split(_inline.plain(value)), _fields.year_of(value)
        sight.fields.update(Fields(venue=place[0], year=place[1]) if place else Fields(year=year))
        return place is not None or year is not None
    if key == "count":
        number = _fields.number(value)
        if number is not None:
            sight.fields.citations = number
        return number is not None
    alone = None if "/" in value or " " in value else identifiers.parse(value)
    if alone is not None and alone.url:  # "arxiv:: 2309.06180"
        sight.links += [] if alone in sight.ids else [("", alone.url)]
        return True
    links = _addresses(f"https://{value}" if _HOST.match(value) else value, references, name)
    noted = _NOTED.fullmatch(value) if links is None and names_paper(f"{name}: {value}") else None
    if noted:  # "论文: https://arxiv.org/abs/1812.01754 overview"
        links = _addresses(noted[1], references, name)
        sight.asides += [noted[2]] if links else []
    if links:
        sight.links += [link for link in links if link not in sight.links]
    return bool(links)


def leads_to_paper(block: Block, references: Mapping[str, str]) -> bool:
    """Whether a line holds nothing but addresses, one of them that of an identified paper."""
    if "://" not in block.text or len(block.text) > _DETAIL_MAX:
        return False
    return any(identifiers.from_url(href) is not None for _, href in _addresses(block.text, references, "") or ())


def _continued(text: str, draft: Draft, references: Mapping[str, str]) -> bool:
    """Complete the entry by the rest of its paragraph, if that holds nothing but fields and their addresses."""
    sight = draft.sight
    spans = _inline.spans(text, references)
    links = [(span.text, span.href) for span in spans if span.href and identifiers.is_address(span.href)]
    if not links or not all(_fields.is_link_word(name) for name, _ in links):
        return False
    found = _fields.read_parts("".join(span.text if span.href is None else " , " for span in spans).strip(" ,.[]()"))
    if found.left or not found.any:
        return False
    found.authors = [*sight.fields.authors, *(name for name in found.authors if name not in sight.fields.authors)]
    sight.fields.authors = []
    sight.fields.update(found)
    sight.links += [link for link in links if link not in sight.links]
    return True


def _divided(value: str) -> list[str]:
    return [person for person in (p.strip(" .*_") for p in re.split(r"[,;、]|\band\b", _inline.plain(value))) if person]


def _addresses(text: str, references: Mapping[str, str], name: str) -> list[tuple[str, str]] | None:
    """The addresses of a text that holds only addresses and their names; None if it holds more."""
    spans: list[Span] = _inline.spans(text, references)
    links: list[tuple[str, str]] = []
    rest = ""
    for span in spans:
        if span.style == "image":
            badge = of_badge(span.href or "")
            if badge is not None and badge.url:
                links.append(("", badge.url))
            continue
        if span.href is not None and identifiers.is_address(span.href):
            short = span.bare or _fields.is_link_word(span.text) or (bool(name) and len(span.text) < 40)
            if not short:
                return None
            links.append((name if span.bare else span.text, span.href))
        else:
            rest += span.text
    rest = rest.strip(" ,;|/()[]:：·、")
    if rest and not _fields.is_link_word(rest):
        return None
    return links or None
