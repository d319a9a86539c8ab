"""From what was seen to what is handed on: a draft of an entry, which the lines under it may still complete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from readlist.domain import identifiers
from readlist.domain.listing import Entry, TopicPath
from readlist.domain.metadata import Kind, Link, Metadata, Rel
from readlist.domain.text import is_chinese, one_line
from readlist.importers._sight import Sight

# What an address is to its paper: by the words it is named with, else by host and path. The first that fits counts.
_RELS: tuple[tuple[Rel, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "code",
        re.compile(
            r"\b(?:code|codes|github|implementation|pytorch|tensorflow|torch|jax|theano|matlab|caffe|repo"
            r"|repository)\b|代码|源码",
            re.I,
        ),
        re.compile(
            r"^https?://(?:www\.|gist\.)?(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|gitee\.com"
            r"|codeberg\.org)/",
            re.I,
        ),
    ),
    (
        "video",
        re.compile(r"\b(?:video|videos|talk|youtube|bilibili)\b|视频", re.I),
        re.compile(
            r"^https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|bilibili\.com|b23\.tv|vimeo\.com"
            r"|slideslive\.com)/",
            re.I,
        ),
    ),
    (
        "slides",
        re.compile(r"\b(?:slides?|ppt|presentation)\b|幻灯片", re.I),
        re.compile(r"slideshare\.net/|\.pptx?(?:$|\?)|slides?[^/]*\.pdf$", re.I),
    ),
    (
        "blog",
        re.compile(r"\b(?:blog|notes?|post)\b|博客|解读|笔记|知乎|专栏", re.I),
        re.compile(
            r"zhihu\.com/|csdn\.net/|\bmedium\.com/|jianshu\.com/|cnblogs\.com/|blog|mp\.weixin\.qq\.com/"
            r"|kexue\.fm/|spaces\.ac\.cn/"
            r"|juejin\.(?:cn|im)/|towardsdatascience\.com/|ruder\.io/|distill\.pub/",
            re.I,
        ),
    ),
    ("pdf", re.compile(r"\bpdf\b", re.I), re.compile(r"\.pdf(?:$|[?#])", re.I)),
)
_PDF = re.compile(r"(?<!slides)\.pdf(?:$|[?#])", re.IGNORECASE)
_BESIDE = ("code", "video", "slides", "blog")  # never where one reads the paper itself
_BOOK = re.compile(r"\b(?:books?|textbooks?)\b|书籍|教材|图书", re.IGNORECASE)
_VIDEO = re.compile(r"\b(?:videos?|lectures?)\b|视频", re.IGNORECASE)
_REPOSITORY = re.compile(r"^https?://(?:www\.)?(?:github|gitlab)\.com/[^/?#]+(?:/[^/?#]+)?/?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def rel_of(text: str, url: str) -> Rel:
    """What the address `url`, named `text`, is to the paper."""
    if len(text) < 40:
        for rel, words, _ in _RELS:
            if words.search(text):
                return rel
    if _PDF.search(url):
        return "pdf"
    return next((rel for rel, _, address in _RELS if address.search(url)), "other")


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
        fields = sight.fields
        metadata = Metadata(
            source="page",
            kind=self._kind(known, url),
            title=sight.title or None,
            authors=tuple(dict.fromkeys(one_line(name) for name in fields.authors)),
            year=fields.year or self._dated(),
            venue=one_line(fields.venue) if fields.venue else None,
            identifiers=known,
            url=url,
            links=links,
            abstract=sight.abstract,
            citations=fields.citations,
        )
        notes = [*(note for note in sight.remarks if note.strip()), *self.notes]
        tags = tuple(dict.fromkeys(tag for tag in map(one_line, sight.tags) if tag))
        return Entry(self.line, metadata, (self.topics,) if self.topics else (), sight.mark, tuple(notes), tags)

    def _url(self, others: Sequence[tuple[str, str]]) -> str | None:
        if self.sight.title_href:
            return self.sight.title_href
        main = [url for text, url in others if rel_of(text, url) not in _BESIDE]
        return next(iter(main), others[0][1] if others else None)

    def _dated(self) -> int | None:
        """The year of the topic: a heading that is a year dates what stands under it."""
        return next((int(name) for name in reversed(self.topics) if _YEAR.fullmatch(name.strip())), None)

    def _kind(self, known: dict[str, str], url: str | None) -> Kind:
        fields, title = self.sight.fields, self.sight.title
        if fields.thesis:
            return "thesis"
        if known or fields.venue or fields.citations is not None:
            return "paper"
        rel = rel_of("", url) if url else None
        if rel == "video":
            return "video"
        if rel == "blog" or (self.sight.by and not fields.published):
            return "post"
        topic = self.topics[-1] if self.topics else ""
        if rel != "pdf" and not fields.words:
            if _BOOK.search(topic):
                return "book"
            if _VIDEO.search(topic):
                return "video"
        if url and _REPOSITORY.match(url):
            return "resource"
        return "post" if is_chinese(title) else "paper"


_KEY = re.compile(r"^[*_]{0,2}([A-Za-z][A-Za-z &/-]{1,24}|[\u4e00-\u9fff]{2,6})[*_]{0,2}\s*[:：][*_]{0,2}\s*(.*)$")
_KEYS = (
    ("authors", re.compile(r"authors?|作者", re.IGNORECASE)),
    ("venue", re.compile(r"conference|conf|venue|journal|published(?: in)?|publication|会议|期刊|发表", re.IGNORECASE)),
    ("year", re.compile(r"year|date|published|年份|时间|日期", re.IGNORECASE)),
    ("abstract", re.compile(r"abstract|摘要", re.IGNORECASE)),
    ("count", re.compile(r"citations?|cited(?: by)?|引用(?:数|次数|量)?", re.IGNORECASE)),
    (
        "links",
        re.compile(
            r"links?|urls?|papers?|pdf|arxiv|code|codes|github|project|doi|website|slides|video|blog|论文|论文地址"
            r"|论文链接|原文|链接|地址|代码"
            r"|代码地址|项目|openreview|homepage|notes?",
            re.IGNORECASE,
        ),
    ),
)


def key_of(text: str) -> tuple[str, str] | None:
    """The field that a line "Authors: …", "Link: …" names, and its value."""
    found = _KEY.match(text)
    if not found:
        return None
    key = next((name for name, words in _KEYS if words.fullmatch(found[1].strip())), None)
    return (key, found[2].strip()) if key and found[2].strip() else None
