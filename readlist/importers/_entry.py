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
from readlist.importers._links import is_post, rel_of
from readlist.importers._seen import Sight

_BESIDE = ("code", "video", "slides", "blog")  # never where one reads the paper itself
_BOOK = late(r"\b(?:books?|textbooks?)\b|书籍|教材|图书", re.IGNORECASE)
_VIDEO = late(r"\b(?:videos?|lectures?)\b|视频", re.IGNORECASE)
_REPOSITORY = late(r"^https?://(?:www\.)?(?:github|gitlab)\.com/[^/?#]+(?:/[^/?#]+)?/?$", re.IGNORECASE)
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
            year=fields.year or (int(sight.published[:4]) if sight.published else None) or self._dated(),
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

    def _dated(self) -> int | None:
        """The year of the topic: a heading that is a year dates what stands under it, unless the page is a diary."""
        if self.diary:
            return None
        return next((int(name) for name in reversed(self.topics) if _YEAR.fullmatch(name.strip())), None)

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


_VALUE = r"[*_]{0,2}\s*(?:::|[:：])[*_]{0,2}\s*(.*)$"
_KEY = late(r"^[*_]{0,2}([A-Za-z][A-Za-z &/-]{1,24})" + _VALUE)
_KEY_HAN = late(r"^[*_]{0,2}([\u4e00-\u9fff]{2,6})" + _VALUE)
_KEY_MAX = 100  # characters; the name of a field and what may stand around it are fewer
_KEYS = (
    (
        "finished",
        late(r"read(?: on| date)|date read|finished(?: on)?|阅读(?:日期|时间)|读于|读完(?:日期|时间)?", re.IGNORECASE),
    ),
    ("status", late(r"status|state|read\??|阅读状态|阅读情况|状态|进度|是否(?:已|阅|已阅)?读完?", re.IGNORECASE)),
    ("authors", late(r"authors?|by|作者", re.IGNORECASE)),
    (
        "venue",
        late(
            r"conference|conf|venue|journal|published(?: in)?|publication|会议|收录(?:会议|于)?|期刊|发表于?"
            r"|来源|出处",
            re.IGNORECASE,
        ),
    ),
    (
        "year",
        late(
            r"year|date|published|年份|时间|日期|发表(?:时间|日期|年份)|发布(?:时间"
            r"|日期)",
            re.IGNORECASE,
        ),
    ),
    ("tags", late(r"tags?|keywords?|标签|关键词", re.IGNORECASE)),
    ("abstract", late(r"abstract|摘要", re.IGNORECASE)),
    ("count", late(r"citations?|cited(?: by)?|引用(?:数|次数|量)?", re.IGNORECASE)),
    (
        "links",
        late(
            r"links?|urls?|papers?|paper links?|pdf|arxiv|code|codes|github|project|project page|doi|website"
            r"|slides|video|blog"
            r"|openreview|homepage|notes?|论文|论文地址|论文链接|原文|原文链接|链接|地址|代码|代码地址|代码链接"
            r"|项目|项目地址|项目主页|主页",
            re.IGNORECASE,
        ),
    ),
)


_OF_PAPER = late(r"(?:papers?|paper links?|pdf|arxiv|doi|论文|论文地址|论文链接|原文|原文链接)", re.IGNORECASE)


def _keyed(text: str) -> re.Match[str] | None:
    head = text[:_KEY_MAX]
    if ":" not in head and "：" not in head:
        return None
    return _KEY.match(text) or (None if head.isascii() else _KEY_HAN.match(text))


def names_paper(text: str) -> bool:
    """Whether a line "论文：address" gives the address of the paper itself."""
    found = _keyed(text)
    return found is not None and _OF_PAPER.fullmatch(found[1].strip()) is not None and "http" in found[2]


def key_of(text: str) -> tuple[str, str] | None:
    """The field that a line "Authors: …", "Link: …" names, and its value."""
    found = _keyed(text)
    if not found:
        return None
    key = next((name for name, words in _KEYS if words.fullmatch(found[1].strip())), None)
    return (key, found[2].strip()) if key and found[2].strip() else None
