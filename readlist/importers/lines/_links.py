"""What an address is to its paper: code, PDF, video, slides, a post; by the words it is named with, or by itself."""

from __future__ import annotations

import re
from urllib.parse import unquote

from readlist.domain import identifiers, venues
from readlist.domain.metadata import Rel
from readlist.domain.patterns import late

# What an address is to its paper: by the words it is named with, else by host and path. The first that fits counts.
_RELS: tuple[tuple[Rel, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "code",
        late(
            r"\b(?:code|codes|github|implementation|pytorch|tensorflow|torch|jax|theano|matlab|caffe|repo"
            r"|repository)\b|代码|源码",
            re.I,
        ),
        late(
            r"^https?://(?:www\.|gist\.)?(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|gitee\.com"
            r"|codeberg\.org)/",
            re.I,
        ),
    ),
    (
        "video",
        late(r"\b(?:video|videos|talk|youtube|bilibili)\b|视频", re.I),
        late(
            r"^https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|bilibili\.com|b23\.tv|vimeo\.com"
            r"|slideslive\.com)/",
            re.I,
        ),
    ),
    (
        "slides",
        late(r"\b(?:slides?|ppt|presentation)\b|幻灯片", re.I),
        late(r"slideshare\.net/|\.pptx?(?:$|\?)|slides?[^/]*\.pdf$", re.I),
    ),
    (
        "blog",
        late(r"\b(?:blog|notes?|post)\b|博客|解读|笔记|知乎|专栏", re.I),
        late(
            r"zhihu\.com/|csdn\.net/|\bmedium\.com/|jianshu\.com/|cnblogs\.com/|blog|mp\.weixin\.qq\.com/"
            r"|kexue\.fm/|spaces\.ac\.cn/"
            r"|juejin\.(?:cn|im)/|towardsdatascience\.com/|ruder\.io/|distill\.pub/",
            re.I,
        ),
    ),
    ("pdf", late(r"\bpdf\b", re.I), late(r"\.pdf(?:$|[?#])", re.I)),
)
_PDF = late(r"(?<!slides)\.pdf(?:$|[?#])", re.IGNORECASE)
_PERMALINK = late(
    r"^https?://[^/]+/(?:.*/)?(?:(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-][0-3]?\d)?[/-].|posts?/|articles?/\d|blog/.)",
    re.IGNORECASE,
)


def is_post(url: str) -> bool:
    """Whether an address is that of a blog's post: its path holds a day, or a folder of posts."""
    return _PERMALINK.search(url) is not None


def rel_of(text: str, url: str) -> Rel:
    """What the address `url`, named `text`, is to the paper."""
    if len(text) < 40:
        for rel, words, _ in _RELS:
            if words.search(text):
                return rel
    if _PDF.search(url):
        return "pdf"
    return next((rel for rel, _, address in _RELS if address.search(url)), "other")


# A badge that shows a paper's citation count asks Semantic Scholar for it by an exact id; one for a preprint shows
# arXiv's number, a fixed one the count itself.
_ASKS = late(r"api\.semanticscholar\.org/(?:graph/)?v1/paper/([^?&/\s]+(?:/[^?&\s]+)?)", re.IGNORECASE)
_SHOWS = late(r"/(?:badge/|static/v1\?.*message=)(?:\w*[-_ ])?arxiv[-:_ ]{0,2}(\d{4}\.\d{4,5})(?!\d)", re.IGNORECASE)
_COUNTS = late(r"/badge/(?:\w+[ _])?(?:citations?|cited[ _]by)-(\d{1,7})-", re.IGNORECASE)
_SHOWS_TEXT = late(r"/badge/([^/?#]{2,80})-\w{2,20}(?:\.svg)?(?:[?#]|$)", re.ASCII)
_SHA = late(r"[0-9a-f]{40}", re.IGNORECASE)


def of_badge(address: str) -> identifiers.Identifier | None:
    """The paper whose identifier the address of a badge carries."""
    if len(address) > 2000:
        return None
    plain = unquote(unquote(address))
    asked = _ASKS.search(plain)
    if asked:
        name = asked[1]
        return identifiers.parse(f"s2:{name}" if _SHA.fullmatch(name) else name)
    shown = _SHOWS.search(plain)
    return identifiers.arxiv(shown[1]) if shown else None


def count_of_badge(address: str) -> int | None:
    """The citation count that a fixed badge shows."""
    found = _COUNTS.search(unquote(address[:2000]))
    return int(found[1]) if found else None


def published_of_badge(address: str) -> tuple[str, int | None] | None:
    """The venue and year that a fixed badge shows ("ICLR-2021-blue": label, message and colour, divided by hyphens)."""
    found = _SHOWS_TEXT.search(unquote(address[:2000]))
    if not found:
        return None
    parts = [part.replace("\0", "-").replace("_", " ") for part in found[1].replace("--", "\0").split("-")]
    whole = venues.split(" ".join(parts))
    return whole or next((one for part in parts if (one := venues.split(part)) and one[1]), None)


def names_paper(text: str) -> bool:
    """Whether an address in `text`, of a link or of a badge, is that of an identified paper."""
    if "://" not in text:
        return False
    return of_badge(text) is not None or any(True for _ in identifiers.find(text))
