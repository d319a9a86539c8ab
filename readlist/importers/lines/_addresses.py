"""What a line has of addresses: links, badges, files beside the page, and papers named by their numbers."""

from __future__ import annotations

import re

from readlist.domain import identifiers
from readlist.domain.patterns import late
from readlist.importers.lines import _fields
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._inline import Span
from readlist.importers.lines._links import count_of_badge, of_badge, published_of_badge
from readlist.importers.lines._seen import Sight

_BESIDE_PAGE = late(r"(?![a-z][a-z0-9+.-]*:|//|\s*$)", re.IGNORECASE)  # a path, not an address
_WITHOUT_SCHEME = late(r"(?:www\.|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|ai|cn|uk|de|ch|jp)/)", re.IGNORECASE)
_NUMBERED = late(r"\d[./]\d|\d{4}")
# A paper's number without its prefix, where a list has it: in front, or last.
_NUMBER = (
    r"(?:arxiv\s*[:：]?\s*)?(?P<arxiv>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?)"
    r"|(?P<doi>10\.\d{4,9}/[^\s，。；、]{3,100})"
)
_NUMBER_FIRST = late(rf"\s*[(\[]?(?:{_NUMBER})[)\]]?[\s,:：-]+(?=\S)", re.IGNORECASE)
_NUMBER_LAST = late(rf"(?:(?<=[\s,(\[:：])|^)(?:{_NUMBER})\s*[)\]]?\s*$", re.IGNORECASE)


def collect(spans: list[Span], sight: Sight) -> list[Span]:
    """Keep the addresses of `spans` in `sight`; give back the spans that hold words, and a blank for each address
    that is its own text, or whose text says no more than what it is."""
    words: list[Span] = []
    for span in spans:
        if span.style == "image":
            read_badge(span.href or "", sight)
            continue
        if span.href is not None:
            if _WITHOUT_SCHEME.match(span.href):
                span.href = f"http://{span.href}"
            if identifiers.is_address(span.href):
                sight.links.append(("" if span.bare else span.text, span.href))
            elif span.href.startswith(("#", "./#", "/#")):
                sight.in_page = True
            elif _BESIDE_PAGE.match(span.href):
                sight.file = sight.file or span.href.casefold().endswith(".pdf")
                if span.href.isprintable():
                    sight.files.append((span.text.strip(" []【】"), span.href))
            if span.bare or _fields.is_link_word(span.text) or _names_itself(span):
                sight.fields.words += 1
                words.append(Span(" ", None, "", bare=True))
                continue
        elif not span.style:
            span.text = _cut_named(span.text, sight, first=not words)
        words.append(span)
    return words


def _names_itself(span: Span) -> bool:
    """Whether a link's text is the number of the paper that it leads to: "[arXiv:2403.06634](…)"."""
    if span.href is None or len(span.text) > 60 or not _NUMBERED.search(span.text):
        return False
    led = identifiers.from_url(span.href)
    named = identifiers.parse(span.text.strip(" []()"))
    return led is not None and named is not None and (led.scheme, led.value) == (named.scheme, named.value)


def _cut_named(text: str, sight: Sight, first: bool) -> str:
    """`text` less the papers that it names by prefix and number, or by arXiv's number alone at an end of the line."""
    if not _NUMBERED.search(text):
        return text
    named = [(start, end, it) for start, end, it in identifiers.find(text) if text[start : start + 4].lower() != "http"]
    bare = None if named else (_NUMBER_FIRST.match(text) if first else None) or _NUMBER_LAST.search(text)
    if bare and (it := identifiers.arxiv(bare["arxiv"]) if bare["arxiv"] else identifiers.doi(bare["doi"])):
        named = [(bare.start(), bare.end(), it)]
    for start, end, it in reversed(named):
        if it.url:
            sight.links.append(("", it.url))
            text = f"{text[:start]} {text[end:]}"
            sight.fields.words += 1
    return text


def read_badge(address: str, sight: Sight) -> bool:
    """Keep what a badge tells of the paper: its identifier or its count. Whether it told anything."""
    paper, count = of_badge(address), count_of_badge(address)
    place = published_of_badge(address)
    if place is not None:
        sight.fields.update(Fields(venue=place[0], year=place[1]))
    if paper is not None and (url := paper.url) is not None:
        sight.links.append(("", url))
    if count is not None and sight.fields.citations is None:
        sight.fields.citations = count
    return paper is not None or count is not None
