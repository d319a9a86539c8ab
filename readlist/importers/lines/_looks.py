"""How titles of papers are written, and what else lines hold: sentences, code, addresses of papers and of posts.

Nothing here decides what is an entry: `_rules` asks these questions.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from readlist.domain import identifiers
from readlist.domain.patterns import late
from readlist.domain.text import fold, is_chinese
from readlist.importers.lines import _title
from readlist.importers.lines._links import is_post, rel_of
from readlist.importers.lines._seen import Sight

_PAPER_HOSTS = late(
    r"(?:^|\.)(?:nips\.cc|neurips\.cc|jmlr\.org|mlr\.press|thecvf\.com|cv-foundation\.org|ieee\.org|acm\.org"
    r"|sciencedirect\.com"
    r"|springer\.com|nature\.com|science\.org|sciencemag\.org|aaai\.org|ijcai\.org|isca-speech\.org|usenix\.org"
    r"|vldb\.org|researchgate\.net"
    r"|mitpressjournals\.org|direct\.mit\.edu|wiley\.com|tandfonline\.com|oup\.com|pnas\.org"
    r"|citeseerx\.ist\.psu\.edu|psu\.edu|biorxiv\.org"
    r"|medrxiv\.org|ssrn\.com|dblp\.org|paperswithcode\.com|semanticscholar\.org|openreview\.net|ecva\.net"
    r"|bmva\.org|bmvc.*|siam\.org"
    r"|eurecom\.fr|hal\.science|archives-ouvertes\.fr|drops\.dagstuhl\.de|ndss-symposium\.org|mlsys\.org"
    r"|iclr\.cc|icml\.cc)$"
)
# Pages of papers at the research divisions of companies.
_PAPER_PATHS = late(r"https?://(?:research\.|www\.microsoft\.com/)[^?#]{2,80}/(?:pubs?|publications?)/[^/?#]{4}")
_SENTENCE = late(r"(?:[a-z\d)]{2}[.!]\s+[A-Z])|。")
_CODE = late(r"[{};$]\s*$|==|=>|->|\(\)|::|\\\w|`|(?:^|\s)--?[a-z]{2,}\b.*=|\|\s*(?:grep|awk|sort|xargs|wc)\b")
_CODE_SIGNS = ("{", "}", ";", "$", "=", "->", "()", "::", "\\", "`", "|")  # one of these stands in what `_CODE` finds
_COMMAND = late(r"(?:sudo|pip|git|cd|export|import|brew|conda|ssh|apt)\b[^:]*$")
_SEVERAL = late(r"\b(?:papers|articles|works)\W*$")


def paper_address(sight: Sight) -> bool:
    """Whether an address of the line leads to a paper: by an identifier, a publisher's host or a PDF."""
    if sight.ids or sight.file:
        return True
    for _, href in sight.links:
        try:
            parts = urlsplit(href)
        except ValueError:
            continue
        host = (parts.hostname or "").casefold()
        if href.casefold().endswith(".pdf") or parts.path.casefold().endswith(".pdf") or _PAPER_HOSTS.search(host):
            return True
        if "/pub" in href and _PAPER_PATHS.match(href):
            return True
    return False


def names_several(title: str) -> bool:
    """Whether `title` ends in a word for works in the plural."""
    lowered = title.lower()
    return any(word in lowered for word in ("papers", "articles", "works")) and _SEVERAL.search(lowered) is not None


def leads_to_work(sight: Sight) -> bool:
    """Whether the address under the title is a post or video, told by its host or by the way blogs name posts."""
    href = sight.title_href
    return href is not None and (
        is_post(href) or (rel_of("", href) in ("blog", "video") and len(urlsplit(href).path) > 1)
    )


def leads_to_paper(text: str) -> bool:
    """Whether `text` holds the address of an identified paper."""
    return any(True for _ in identifiers.find(text))


_ONE_PAPER = late(r"^\s*(?:paper|论文|論文|title)\s*[:：]\s*", re.IGNORECASE)
_READING_OF = late(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})+\.?\s+|\d{1,2}(?:\.\s|、)\s*|[一二三四五六七八九十]{1,3}、)?"
    r"(?:[\[【]?(?:论文|論文|文献|文獻|paper)?\s?(?:阅读|閱讀|精读|精讀|泛读|笔记|筆記|解读|解讀|分享|reading|notes?){1,2}[\]】]"
    r"|(?:论文|論文|文献|文獻)(?:阅读|閱讀|精读|精讀|泛读|笔记|筆記|解读|解讀|分享){1,2}\s*[:：])?\s*",
    re.IGNORECASE,
)
"""What stands before the title in the heading of notes on a paper: its number, and that they are such notes."""
_SECTION = late(
    r"(?:\d{1,2}[.、 ]\s*)?(?:(?:论文|論文|文献|基本|基础|基礎)*(?:信息|資訊|概要|简介|簡介|概述|介绍|介紹)"
    r"|(?:paper |basic |general |publication |bibliographic |article )?"
    r"(?:info(?:rmation)?|details?|metadata|meta|summary|overview|notes?|abstract|about|citations?|references?))",
    re.IGNORECASE,
)


def title_of_heading(heading: str) -> str:
    """The title that a heading is, over a paper's bare address: "paper: TITLE", or a name, colon and more words."""
    announced = _ONE_PAPER.match(heading)
    if announced:
        return _title.clean(heading[announced.end() :])
    return heading if has_colon(heading) and is_latin_title(heading, 5) else ""


def names_work(sight: Sight) -> bool:
    """Whether a heading over the fields of a paper can be its title."""
    title = sight.title
    return not names_section(title) and (
        _title.is_nickname(title) or sight.named_in_bracket or is_latin_title(title, 2)
    )


def names_another(sight: Sight, title: str) -> bool:
    """Whether a link to a paper bears a title, and another one than `title`; a translation is not another."""
    own = sight.title
    if sight.set_off != "link" or not sight.ids or is_chinese(own) != is_chinese(title):
        return False
    if not (_title.is_wordy(own) or has_capitals(own)):
        return False
    ours, theirs = fold(own), fold(title)
    return bool(ours and theirs) and ours not in theirs and theirs not in ours


def without_heading(heading: str) -> str:
    """A heading without what it says besides the title of a paper: its number, "论文笔记："."""
    found = _READING_OF.match(heading)
    return _title.clean(heading[found.end() :]) if found and found.end() else heading


def names_section(heading: str) -> bool:
    """Whether a heading names a part of notes on a paper, not the paper: "1. 基本信息", "Paper info"."""
    return _SECTION.fullmatch(heading.strip(" *:：")) is not None


@lru_cache(maxsize=1024)
def is_running(text: str) -> bool:
    """Whether `text` is running text rather than a title: sentences, many clauses, more words than titles have."""
    if len(text) > 300 or (("." in text or "!" in text or "。" in text) and _SENTENCE.search(text)):
        return True
    if is_chinese(text):
        return len(re.findall(r"[,，;；]", text)) > 3 or sum(map(is_chinese, text)) > 60
    return len(text.split()) > 34


@lru_cache(maxsize=1024)
def is_capital(title: str) -> bool:
    """Whether most of the longer words of a Latin title are written with capitals, as in titles of papers."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", title) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


@lru_cache(maxsize=1024)
def is_code(title: str) -> bool:
    """Whether `title` looks like code or a shell's command."""
    if _COMMAND.match(title):
        return True
    return any(sign in title for sign in _CODE_SIGNS) and _CODE.search(title) is not None


@lru_cache(maxsize=1024)
def is_latin_title(title: str, least: int = 3) -> bool:
    """Whether `title` could be an English paper's: words enough, begins with a capital or a system's name."""
    if is_chinese(title) or (least > 2 and not _title.is_wordy(title)) or is_running(title):
        return False
    words = title.split()
    if len(words) < least:
        return False
    first = words[0]
    begins = (
        first[0].isupper()
        or first[0].isdigit()
        or first.endswith(":")
        or any(c.isupper() for c in first[1:])
        or "-" in first
    )
    return begins and not is_code(title)


_PLAN = late(
    r"(?:add|fix|write|run|implement|make|(?:re-?)?read|check|look|try|finish|update|find|get|ask|clean|move|test|review"
    r"|prepare|send|set|see|learn|study|do|summari[sz]e|download|start|talk|think|use|work|chapters?|pages?|sections?"
    r"|parts?|weeks?|days?)\b"
    r"|跑|做|写|寫|看|读|讀|整理|完成|实现|實現|复现|復現|学|學|准备|準備|修改|更新|补|補|添加|改|把|给|給|跟|找|下载|下載|了解|熟悉"
    r"|搞|总结|總結|讨论|討論|调|調|试|試|重新|继续|繼續",
    re.IGNORECASE,
)
_KIND = late(
    r"(?:\bpapers?|论文|論文|文章|文献|文獻|博客|资料|資料|书|書|笔记|筆記|教程|代码|代碼|系列|方向|相关|相關|部分|专题|專題|等)$"
)
_SHORT = 60  # columns of a terminal


def is_short_title(title: str) -> bool:
    """Whether `title` may be one where all that stands around it is to be read: two words with capitals, or Chinese;
    no plan ("跑实验"), no sentence, no name of many works ("相关论文")."""
    if len(title) > _SHORT or _PLAN.match(title) or re.search(r"[,，。；;!！?？:：…]|\.$", title):
        return False
    if _KIND.search(title):
        return False
    if is_chinese(title):
        return len(title) <= _SHORT / 2 and _title.is_wordy(title)
    return is_latin_title(title, 2) and not names_several(title) and (has_capitals(title) or len(title.split()) > 2)


_PLAINLY_PLAN = late(
    r"(?:re-?read|read|ask|add|fix|write|e-?mail|buy|call|finish|check|update|download|summari[sz]e)\s", re.IGNORECASE
)


def is_plan(title: str) -> bool:
    """Whether a Latin title is a note of what is to be done ("Ask Bob about it"), which no title is written like."""
    return _PLAINLY_PLAN.match(title) is not None and not has_capitals(title) and not re.search(r"[:,]", title)


def has_capitals(title: str) -> bool:
    """Whether all the longer words of a Latin title, two at least, begin with capitals."""
    words = [word for word in title.split() if len(word) > 3]
    return len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words)


# A whole site, the pages of a person, and what a repository has besides its files.
_NO_PAGE = late(
    r"https?://[^/]+/?|https?://[^/]+/(?:~|people/|users?/)[^/]+/?|(?:.{0,200}/)?[A-Z_]{3,20}\.md"
    r"|https?://(?:www\.)?(?:github|gitlab|gitee)\.com/[^/]+(?:/[^/]+(?:/(?:pulls?|issues?|wiki|releases|actions)\b.{0,200})?)?/?"
)


def leads_to_page(sight: Sight) -> bool:
    """Whether the link that is the title leads to a page of a site, not to all of it, nor to a repository."""
    address = sight.title_href or next((file for _, file in sight.files), "")
    return sight.set_off == "link" and bool(address) and _NO_PAGE.fullmatch(address) is None


def has_colon(title: str) -> bool:
    head, colon, tail = title.replace("：", ": ").partition(": ")
    return bool(colon) and 1 <= len(head.split()) <= 7 and len(tail.split()) >= 3
