"""Blog listings: a title, and below it who wrote it when ("By Ann Lee | 2021-06-29 | 74 readers").

Two such lines make a listing; one alone may be the head of the page itself. A line counts if it is made of nothing
but an author, a day, numbers of readers and the like, and of the words of buttons ("Cite", 引用), behind which text
copied from a page often goes on without a break: there the next title or the first sentence of the post begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readlist.domain.patterns import late
from readlist.importers._blocks import Block
from readlist.importers.lines import _days

_TITLE_MAX = 200  # characters
_LINE_MAX = 2000
_PART_MAX = 120  # a name, a day and the words between
_DIGIT = late(r"\d")
_CUES = ("|", "by", "·", "•", "｜", "作者")
_CUE = late(r"[|｜·•]|\bby\b|作者")
_BAR = late(r"\s*[|｜·•]\s*")
_AUTHOR = late(
    r"(?:(?:(?:posted|written|published)\s+)?by|author|作者|文)\s*[:：/]?\s*(?P<name>[^\d|:：,，。]{1,40}?)",
    re.IGNORECASE,
)
_DATED = late(
    rf"(?:(?:posted|published|updated|written|last updated)(?: on)?|on|date|[发發][布佈表](?:于|於|时间|時間)?"
    rf"|更新[于於]|日期|时间|時間)?\s*[:：]?\s*"
    rf"(?P<day>{_days.DAY})(?:\s+\d{{1,2}}:\d\d(?::\d\d)?)?",
    re.IGNORECASE,
)
_BOTH = (
    late(
        rf"(?:posted |written |published )?by\s+(?P<name>[^\d|:,]{{2,40}}?)\s*(?:,|\bon\b|-"
        rf"|–)\s*(?P<day>{_days.DAY})",
        re.IGNORECASE,
    ),
    late(
        rf"(?:posted|published|written)?\s*(?:on\s+)?(?P<day>{_days.DAY})\s*,?\s*by\s+(?P<name>[^\d|:,]{{2,40}}?)",
        re.IGNORECASE,
    ),
)
_COUNT = late(
    r"[\d][\d,.]{0,11}\s*[kKwW万萬]?\s*(?:位[读讀]者|[次人]?[阅閱][读讀]|次?[浏瀏][览覽]|[条條]?[评評][论論]|[个個]?[赞讚]"
    r"|次[点點][赞讚]|收藏|分[钟鐘][阅閱][读讀]|readers?|views?|reads?|comments?|likes?|claps?"
    r"|min(?:ute)?s?(?: read)?|shares?|words?|字)"
    r"|(?:[阅閱][读讀]|[浏瀏][览覽]|[评評][论論]|[点點][赞讚]|收藏|[热熱]度|views?|comments?)\s*[:：(（]?\s*\d[\d,.]{0,11}\s*[kKwW万萬]?[)）]?"
    r"|(?:no|leave a) comments?|[暂暫][无無][评評][论論]",
    re.IGNORECASE,
)
_BUTTON = late(
    r"(?:引用|[评評][论論]|分享|收藏|[阅閱][读讀]全文|[继繼][续續][阅閱][读讀]"
    r"|cite|share|reply|comment|read more|continue reading)(?P<rest>.*)",
    re.IGNORECASE,
)
_LABEL = late(r"[^\d|]{1,20}")  # a category
_END = late(
    r"(?:最[近新][评評][论論]|[热熱][门門](?:文章|[标標][签籤])|recent (?:posts|comments)|older posts|newer posts"
    r"|archives?|categories|tags)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a listing: its title, author and day (ISO date), and the text that stands behind its byline."""

    title: str
    author: str | None
    published: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of a page by the number of the block that holds the title, which may be the byline of the post before.

    `bylines` are the numbers of the blocks below the titles. The listing ends before block `end`.
    """

    titles: Mapping[int, Post]
    bylines: frozenset[int]
    end: int

    def holds(self, at: int) -> bool:
        """Whether block `at` stands within the listing."""
        return bool(self.titles) and min(self.titles) <= at < self.end


NONE = Posts({}, frozenset(), -1)


@dataclass(frozen=True, slots=True)
class _Byline:
    author: str | None
    day: str
    rest: str


def _byline(text: str) -> _Byline | None:
    head = text[:120].lower()
    if len(text) > _LINE_MAX or not any(cue in head for cue in _CUES):
        return None
    if not _CUE.search(head) or not _DIGIT.search(head) or not _days.hints(text):
        return None
    author: str | None = None
    day: str | None = None
    counted = False
    rest = ""
    parts = _BAR.split(text.strip(" *_#>"), maxsplit=8)
    if len(parts) == 1 and len(text) > _PART_MAX:
        return None
    for number, part in enumerate(parts):
        part = part.strip(" *_")
        if not part or _COUNT.fullmatch(part):
            counted = counted or bool(part)
            continue
        both = dated = None
        if _days.hints(part):
            both = next((found for form in _BOTH if (found := form.fullmatch(part))), None)
            dated = _DATED.fullmatch(part)
        named = _AUTHOR.fullmatch(part)
        if both or dated or named:
            groups = {
                name: value for found in (both, dated, named) if found for name, value in found.groupdict().items()
            }
            author = author or (groups.get("name") or "").strip() or None
            day = day or _days.parse(groups.get("day") or "")
            continue
        button = _BUTTON.fullmatch(part)
        if button and day:
            rest = " | ".join([button["rest"], *parts[number + 1 :]]).strip(" :：")
            break
        if not _LABEL.fullmatch(part) or len(parts) < 3:
            return None
    return _Byline(author, day, rest) if day and (author or counted) else None


def find(blocks: Sequence[Block]) -> Posts:
    """The posts that the blocks list."""
    lines = [
        (number, block.text.strip()) for number, block in enumerate(blocks) if block.kind in ("heading", "item", "text")
    ]
    bylines = {at: found for at, (_, text) in enumerate(lines) if (found := _byline(text))}
    if len(bylines) < 2:
        return NONE
    posts: dict[int, Post] = {}
    owned: set[int] = set()
    for at, byline in bylines.items():
        above = bylines.get(at - 1)
        # Two bylines in a row: the upper one runs on into the title of the lower one.
        title = above.rest if above else lines[at - 1][1] if at else ""
        if title and len(title) <= _TITLE_MAX:
            rest = "" if at + 1 in bylines else byline.rest
            posts[lines[at - 1][0]] = Post(title, byline.author, byline.day, rest)
            owned.add(lines[at][0])
    if len(posts) < 2:
        return NONE
    end = next((n for n, text in lines if n > max(owned) and _END.fullmatch(text)), len(blocks))
    return Posts(posts, frozenset(owned), end)
