"""Legends: what a page says that its signs mean ("⬜ unread, ✅ read", "❤ skimmed ❤❤ read ❤❤❤ in depth").

A legend outranks the defaults of `_marks`, wherever on the page it stands. A line is one if it gives signs and the
words for reading beside them, and nothing else; a sign that is explained as something else (📝 = note available) is
no mark on that page. Signs are told apart by number too: ❤❤ is another sign than ❤, ★★☆ is two stars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from readlist.domain.listing import Mark
from readlist.domain.patterns import late
from readlist.importers._blocks import Block
from readlist.importers.lines import _days

_SHORTCODES = {
    "heart": "❤", "white_heart": "🤍", "green_heart": "💚", "yellow_heart": "💛", "blue_heart": "💙",
    "purple_heart": "💜", "black_heart": "🖤", "orange_heart": "🧡", "star": "⭐", "star2": "🌟", "fire": "🔥",
    "white_check_mark": "✅", "heavy_check_mark": "✔", "ballot_box_with_check": "☑", "x": "❌", "eyes": "👀",
    "white_large_square": "⬜", "white_medium_square": "⬜", "black_large_square": "⬛", "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳", "book": "📖", "books": "📚", "memo": "📝", "pencil": "📝", "bookmark": "🔖",
    "red_circle": "🔴", "green_circle": "🟢", "yellow_circle": "🟡", "white_circle": "⚪", "large_blue_circle": "🔵",
}  # fmt: skip
_EMPTY = {"☆": "★", "✩": "★", "○": "●", "♡": "♥", "🤍": "❤", "🌑": "🌕", "□": "■"}  # the empty place of a rating

_ONE = (
    r"[\u231b\u23f0\u23f3\u221a\u25a0-\u27bf\u2b1b-\u2b1c\u2b50\u2b55\U0001f004-\U0001f64f\U0001f6a0-\U0001faff]\ufe0f?"
)
_SIGN = late(rf":[a-z0-9_+-]{{1,30}}:|(?<!\w)\[[ xX~!?*/+✓-]\](?!\()|{_ONE}")
_ANY = late(rf":[a-z_]{{1,30}}:|{_ONE}|\[[~!?*/+-]\]")  # what makes a look worth while

# meaning, depth, words: the first that is found counts.
_MEANINGS: tuple[tuple[str, int | None, re.Pattern[str]], ...] = tuple(
    (meaning, depth, late(words, re.IGNORECASE))
    for meaning, depth, words in (
        (
            "other",
            None,
            r"must[- ]read|worth reading|recommend|important paper|available|\bcode\b"
            r"|必[读讀]|推[荐薦]|代[码碼]|程式碼|有[笔筆][记記]",
        ),
        (
            "todo",
            None,
            r"\bun-?read\b|\bnot (?:been )?(?:yet )?(?:read|started|finished)\b|\bto[- ]?(?:be )?(?:read|do)\b"
            r"|\bplan|\bwant"
            r"|\bqueue|\bpending\b|\bin[- ]progress\b|\breading\b|haven'?t read"
            r"|[未没沒待想][读讀看]|在[读讀]|[未待][阅閱]|未完成|[计計][划劃][读讀看阅閱]",
        ),
        (
            "read",
            3,
            r"\bin[- ]depth\b|\bin detail\b|\bdeep(?:ly)?\b|\bcareful(?:ly)?\b|\bthorough|\bclosely\b"
            r"|re-?implement|reproduc"
            r"|[精细細][读讀]|深入",
        ),
        (
            "read",
            1,
            r"\bskim|\bglanc|\bbrows|\babstracts?\b|\bquick|\bpartly\b|\bpartial|\bsome (?:\w+ )?parts?\b"
            r"|[泛略粗速][读讀]|[浏瀏][览覽]|[扫掃][过過]",
        ),
        (
            "read",
            2,
            r"\bread (?:it )?(?:all|fully|whole|entire|complete)|\bfully read\b|\bwhole paper\b|通[读讀]|全文",
        ),
        (
            "read",
            None,
            r"\bread\b|\bdone\b|\bfinish|\bcomplete|已[读讀阅閱看]|[读讀看](?:完|过|過)|完成|[一二两兩三四五六七八九1-9]遍"
            r"|(?:1st|2nd|3rd|first|second|third)[ -]pass|\bpass[ -]?(?:[123]|one|two|three)\b",
        ),
    )
)
CROSSED = "×✗✘❌☐⬜"
"""Signs behind a pass that say that it was not made."""
# The three passes in which papers are read: 第二遍, 读了两遍, "2nd pass".
_NTH = late(
    rf"([一二两兩三四五六七八九1-9])遍(?P<crossed>[^\s{CROSSED}遍]{{0,2}}\s?[{CROSSED}])?"
    r"|(1st|2nd|3rd|first|second|third)[ -]pass|\bpass[ -]?([123]|one|two|three)\b",
    re.IGNORECASE,
)
_TIMES = dict.fromkeys("一 1 1st first one".split(), 1) | dict.fromkeys("二 两 兩 2 2nd second two".split(), 2)
_PLAIN = late(
    r"(?:already |have |not (?:yet )?)?(?:un-?read|read(?:ing)?|to[- ]?(?:be )?(?:read|do)|todo|done|finished"
    r"|completed|in progress"
    r"|skim(?:med)?|[已未待在想没沒精细細泛略粗通][读讀]|[读讀看]完|已[阅閱]|[已待未]看|(?:[读讀看]了?)?第?[一二两兩三1-3]遍)",
    re.IGNORECASE,
)
_CONNECTOR = late(r"^[\s`)\]）*_]*(?:[=:：→–—-]+|means?\b|表示|代表|为|為|是|\bis\b|\bfor\b)\s*")
_EDGES = " \t>`()（）[]【】*_.,;:|/=→–—-，。；：、&\n"
_CUE = late(
    r"(?:the )?(?:legend|key|symbols?|signs?|marks?|icons?|emojis?|status|notation"
    r"|[图圖]例|[说說]明|[标標][记記]|符[号號]|[图圖][标標]|[状狀][态態]|注)",
    re.IGNORECASE,
)
_EXPLAINS = late(r"mean|descri|explan|含义|含義|说明|說明|意思|表示")
_OF_STATES = late(r"mean|descri|explan|count|number|total|percent|含义|含義|说明|說明|意思|表示|[数數]量|篇[数數]|占比")
_LONG = 160  # characters of one meaning
_SHORT = 60
_NAME = 12
_TITLED = late(r"[A-Z][\w-]+(?:\W+(?:[a-z]{1,4}\W+)?[A-Z][\w-]+){2}|(?:19|20)\d\d")  # words as titles have them


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sign says of reading: a mark, and how deeply (1 to 3); neither for a sign about something else."""

    mark: Mark | None = None
    depth: int | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """How a page writes what it says of reading: the signs that it explains, the lines that explain them, and days."""

    signs: Mapping[str, Meaning] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()
    year_first: bool = False  # short days of the page are written 26.1.31 (`_days.year_first`)

    def of(self, sign: str) -> Meaning | None:
        """What `sign` (as `signs_in` yields it) means here; None if the page does not say. More of a sign than any
        that is explained means what the most of it means."""
        while sign:
            meaning = self.signs.get(sign)
            if meaning is not None or len(sign) == 1 or sign.startswith("["):
                return meaning
            sign = sign[:-1]
        return None


def signs_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The signs of `text`: start, end and the sign in its normal spelling, a run of one sign as one."""
    run: list[str] = []
    start = end = 0
    for found in _SIGN.finditer(text):
        one = _normal(found[0])
        if one is None:
            continue
        if run and found.start() == end and _EMPTY.get(one, one) == _EMPTY.get(run[0], run[0]) and one[0] != "[":
            run.append(one)
        else:
            if run:
                yield start, end, _joined(run)
            run, start = [one], found.start()
        end = found.end()
    if run:
        yield start, end, _joined(run)


def _normal(sign: str) -> str | None:
    if sign.startswith(":"):
        return _SHORTCODES.get(sign.strip(":"))
    return "[x]" if sign in ("[X]", "[✓]") else sign.rstrip("\ufe0f")


def _joined(run: list[str]) -> str:
    """The filled places of a rating, or the run as it is; a rating without any is one empty place."""
    filled = [one for one in run if one not in _EMPTY]
    return "".join(filled) if filled and len(filled) < len(run) else "".join(run)


def _holds_none(text: str) -> bool:
    """A quick look: no sign stands in such a text."""
    return text.isascii() and ":" not in text and "[" not in text


def _may_hold_sign(text: str) -> bool:
    if _holds_none(text):
        return False
    return _ANY.search(text) is not None or "[x]" in text.lower()


def meaning_of(text: str) -> Meaning | None:
    """What words say of reading: "skimmed", 精读, 读了两遍; None if nothing."""
    for meaning, depth, words in _MEANINGS:
        if words.search(text):
            if meaning != "read":
                return Meaning() if meaning == "other" else Meaning("todo", depth)
            passes = _passes(text)
            return Meaning("todo") if passes == 0 else Meaning("read", max(depth or 0, passes or 0) or None)
    return None


def _passes(text: str) -> int | None:
    """The last of the three passes that words say was made, 0 if those they name were not; who read a thing more often
    has made all three. None if they name none."""
    found = list(_NTH.finditer(text))
    made = (_TIMES.get((one[1] or one[3] or one[4]).lower(), 3) for one in found if not one["crossed"])
    return max(made, default=0) if found else None


def find(blocks: Sequence[Block]) -> Legend:
    """What the page explains."""
    signs: dict[str, Meaning] = {}
    lines: set[int] = set()
    for block in blocks:
        if block.kind not in ("item", "text", "row") or len(block.text) > 600:
            continue
        if block.box is None and not _may_hold_sign(block.text):
            continue
        said = _explained(block)
        if said:
            lines.add(block.first)
            for sign, meaning in said.items():
                signs.setdefault(sign, meaning)
    if any(meaning.depth for meaning in signs.values()):  # beside "skimmed" and "in depth", "read" is what lies between
        signs = {s: Meaning("read", m.depth or 2) if m.mark == "read" else m for s, m in signs.items()}
    year_first = _days.year_first(block.text for block in blocks)
    return Legend(signs, frozenset(lines), year_first) if signs or year_first else NONE


NONE = Legend()


def _explained(block: Block) -> dict[str, Meaning] | None:
    """The signs that one line explains; None if it is no legend."""
    if block.kind == "row":
        return _of_row(block)
    text = block.text if block.box is None else f"[{block.box}] {block.text}"
    if "](" in text or "://" in text:
        return None
    alone = block.box is not None and _holds_none(block.text)  # the box is the only sign
    found = list(signs_in(text[:3] if alone else text))
    if not found:
        return None
    before = text[: found[0][0]].strip(_EDGES)
    pieces = [
        (sign, text[end : found[i + 1][0] if i + 1 < len(found) else len(text)])
        for i, (_, end, sign) in enumerate(found)
    ]
    if not pieces[-1][1].strip(_EDGES) and before:  # "read ✅ unread ⬜": the words stand in front
        words = [before, *(piece for _, piece in pieces[:-1])]
        pieces = [(sign, word) for (sign, _), word in zip(pieces, words, strict=True)]
    elif before and not _CUE.fullmatch(before):
        return None
    said: dict[str, Meaning] = {}
    waiting: list[str] = []
    connected = False
    plain = True
    unknown = False  # a sign has a name that tells nothing of reading: "⭐ 收藏"
    for sign, piece in pieces:
        waiting.append(sign)
        words_of = piece.strip(_EDGES).replace("&nbsp;", " ").strip(_EDGES)
        if not words_of:
            continue
        if len(words_of) > _LONG:
            return None
        connected = connected or _CONNECTOR.match(piece) is not None
        plain = plain and _PLAIN.fullmatch(_CONNECTOR.sub("", words_of).strip(_EDGES)) is not None
        if not (connected or plain) and (len(pieces) == 1 or block.box is not None or _TITLED.search(words_of)):
            return None  # signs or a box beside a title
        meaning = meaning_of(words_of)
        if meaning is None:
            if len(words_of) > (_SHORT if connected else _NAME):
                return None
            unknown = unknown or not connected
            meaning = Meaning()
        said.update(dict.fromkeys(waiting, meaning))
        waiting = []
    marks = {meaning for meaning in said.values() if meaning.mark}
    if not marks or (unknown and not before and len(marks) < 2):
        return None
    if len(said) == 1:
        return said if connected or plain else None
    return said if len(marks) > 1 or connected or plain else None


def _of_row(block: Block) -> dict[str, Meaning] | None:
    """A row "sign | meaning", or one of a table of the states: "sign and state | what that is | how many"."""
    cells = [(name, text.strip()) for name, text in block.cells if text.strip()]
    found = list(signs_in(cells[0][1])) if len(cells) > 1 else []
    if len(found) != 1 or cells[0][1][: found[0][0]].strip(_EDGES):
        return None
    words = cells[0][1][found[0][1] :].strip(_EDGES)
    names = [name for name, _ in cells[1:]]
    if words:
        if not all(_OF_STATES.search(name) for name in names):
            return None
        meaning = meaning_of(words)
        return {found[0][2]: meaning} if meaning and meaning.mark else None
    if len(cells) != 2:
        return None
    words = cells[1][1].strip(_EDGES)
    meaning = meaning_of(words)
    if meaning is None or not (_EXPLAINS.search(" ".join(name for name, _ in cells)) or _PLAIN.fullmatch(words)):
        return None
    return {found[0][2]: meaning}
