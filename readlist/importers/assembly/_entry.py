"""From what was seen to what is handed on: a draft of an entry, which the lines under it may still complete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from readlist.domain import identifiers
from readlist.domain.listing import Entry, TopicPath
from readlist.domain.metadata import Kind, Link, Metadata
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese, one_line
from readlist.importers.lines._links import is_post, rel_of
from readlist.importers.lines._seen import Sight

_BESIDE = ("code", "video", "slides", "blog")  # never where one reads the paper itself
_BOOK = late(r"\b(?:books?|textbooks?)\b|书籍|教材|图书", re.IGNORECASE)
_VIDEO = late(r"\b(?:videos?|lectures?)\b|视频", re.IGNORECASE)
_REPOSITORY = late(r"^https?://(?:www\.)?(?:github|gitlab)\.com/[^/?#]+(?:/[^/?#]+)?/?$", re.IGNORECASE)
_ARXIV_NUMBER = late(r"\d{4}\.\d")
_YEAR = late(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Draft:
    """An entry in the making. `depth` is its nesting, `level` that of its heading if a heading names it."""

    line: int
    sight: Sight
    topics: TopicPath
    depth: int
    level: int | None = None
    notes: list[str] = field(default_factory=list)
    abstract_follows: bool = False
    diary: bool = False  # the days around it are those of reading, none of publication
    beside: list[tuple[str, str]] = field(default_factory=list)  # links to other papers, in the notes

    def entry(self) -> Entry:
        """The entry as it is handed on."""
        sight = self.sight
        known: dict[str, str] = {}
        others: list[tuple[str, str]] = []
        for text, address in sight.links:
            found = identifiers.from_url(address)
            if found is not None and known.get(found.scheme, found.value) == found.value:
                known[found.scheme] = found.value
            else:
                others.append((text, address))
        for _, _, named in identifiers.find(sight.text[:4000]):
            known.setdefault(named.scheme, named.value)
        url = None if known else self._url(others)
        links = tuple(
            Link(rel, address, one_line(text))
            for text, address in dict.fromkeys((t, a) for t, a in others)
            for rel in (rel_of(text, address),)
            if address != url or rel in _BESIDE
        )
        links += tuple(Link(rel_of(text, file), file, one_line(text)) for text, file in dict.fromkeys(sight.files))
        known_urls = {link.url for link in links}
        links += tuple(Link("other", a, one_line(t)) for t, a in dict.fromkeys(self.beside) if a not in known_urls)
        fields = sight.fields
        metadata = Metadata(
            source="page",
            kind=self._kind(known, url),
            title=sight.title or None,
            authors=tuple(dict.fromkeys(one_line(name) for name in fields.authors)),
            year=fields.year
            or (int(sight.published[:4]) if sight.published else None)
            or self._dated(known.get("arxiv", "")),
            published=sight.published,
            venue=one_line(fields.venue) if fields.venue else None,
            identifiers=known,
            url=url,
            links=links,
            abstract=sight.abstract,
            citations=fields.citations,
        )
        notes = [*(note for note in (*sight.remarks, *sight.asides) if note.strip()), *self.notes]
        tags = tuple(dict.fromkeys(tag for tag in map(one_line, sight.tags) if tag))
        was_read = sight.mark == "read"
        return Entry(
            self.line,
            metadata,
            (self.topics,) if self.topics else (),
            sight.mark,
            tuple(notes),
            tags,
            depth=sight.depth if was_read else None,
            finished=sight.finished if was_read else None,
        )

    def _url(self, others: Sequence[tuple[str, str]]) -> str | None:
        if self.sight.title_href:
            return self.sight.title_href
        main = [url for text, url in others if rel_of(text, url) not in _BESIDE]
        return next(iter(main), others[0][1] if others else None)

    def _dated(self, arxiv: str) -> int | None:
        """The year of the topic: a heading that is a year dates what stands under it, unless the page is a diary.

        It tells when the paper was read, or is a month ("1903"), if the number at arXiv is of quite another year.
        """
        if self.diary:
            return None
        year = next((int(name) for name in reversed(self.topics) if _YEAR.fullmatch(name.strip())), None)
        if year and _ARXIV_NUMBER.match(arxiv) and not -1 <= year - (2000 + int(arxiv[:2])) <= 2:
            return None
        return year

    def _kind(self, known: dict[str, str], url: str | None) -> Kind:
        fields, title = self.sight.fields, self.sight.title
        if fields.thesis:
            return "thesis"
        if fields.book:
            return "book"
        if known or fields.venue or fields.citations is not None:
            return "paper"
        named = next((text for text, address in self.sight.links if address == url), "")
        rel = rel_of(named if named != title else "", url) if url else None
        if rel == "video":
            return "video"
        if rel == "blog" or (url and rel != "pdf" and is_post(url)) or (self.sight.by and not fields.published):
            return "post"
        topic = self.topics[-1] if self.topics else ""
        if rel != "pdf" and not fields.words and (promised := _kind_of(topic)):
            return promised
        if url and _REPOSITORY.match(url):
            return "resource"
        return "post" if is_chinese(title) else "paper"


@lru_cache(maxsize=256)
def _kind_of(topic: str) -> Kind | None:
    """What a topic's name says that stands below it."""
    return "book" if _BOOK.search(topic) else "video" if _VIDEO.search(topic) else None
