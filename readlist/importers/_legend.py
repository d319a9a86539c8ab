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
            r"must[- ]read|worth reading|recommend|important paper|available|\bcode\b|必读|推荐|代码|有笔记",
        ),
        (
            "todo",
            None,
            r"\bun-?read\b|\bnot (?:been )?(?:yet )?(?:read|started|finished)\b|\bto[- ]?(?:be )?(?:read|do)\b"
            r"|\bplan|\bwant"
            r"|\bqueue|\bpending\b|\bin[- ]progress\b|\breading\b|haven'?t read|未读|待读|没读|未看|待看|想读"
            r"|在读|正在读|未完成",
        ),
        (
            "read",
            3,
            r"\bin[- ]depth\b|\bin detail\b|\bdeep(?:ly)?\b|\bcareful(?:ly)?\b|\bthorough|\bclosely\b"
            r"|re-?implement|reproduc"
            r"|精读|细读|深入|三遍",
        ),
        (
            "read",
            1,
            r"\bskim|\bglanc|\bbrows|\babstracts?\b|\bquick|\bpartly\b|\bpartial|\bsome (?:\w+ )?parts?\b|泛读"
            r"|略读|粗读|浏览"
            r"|速读|扫过|一遍",
        ),
        (
            "read",
            2,
            r"\bread (?:it )?(?:all|fully|whole|entire|complete)|\bfully read\b|\bwhole paper\b|通读|全文|[二两]遍",
        ),
        ("read", None, r"\bread\b|\bdone\b|\bfinish|\bcomplete|已读|读完|已阅|已看|看完|完成|读过"),
    )
)
_PLAIN = late(
    r"(?:already |have |not (?:yet )?)?(?:un-?read|read(?:ing)?|to[- ]?(?:be )?(?:read|do)|todo|done|finished"
    r"|completed|in progress"
    r"|skim(?:med)?|已读|未读|待读|在读|想读|读完|没读|精读|泛读|略读|粗读|通读|已阅|已看|待看|未看)",
    re.IGNORECASE,
)
_CONNECTOR = late(r"^[\s`)\]）*_]*(?:[=:：→–—-]+|means?\b|表示|代表|为|是|\bis\b|\bfor\b)\s*")
_EDGES = " \t>`()（）[]【】*_.,;:|/=→–—-，。；：、&\n"
_CUE = late(
    r"(?:the )?(?:legend|key|symbols?|signs?|marks?|icons?|emojis?|status|notation|图例|说明|标记|符号|图标|状态|注)",
    re.IGNORECASE,
)
_LONG = 160  # characters of one meaning
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sign says of reading: a mark, and how deeply (1 to 3); neither for a sign about something else."""

    mark: Mark | None = None
    depth: int | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """The signs that a page explains, and the lines that explain them."""

    signs: Mapping[str, Meaning] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()

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
    """What words say of reading: "skimmed", 精读; None if nothing."""
    for meaning, depth, words in _MEANINGS:
        if words.search(text):
            return Meaning() if meaning == "other" else Meaning("read" if meaning == "read" else "todo", depth)
    return None


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
    return Legend(signs, frozenset(lines)) if signs else NONE


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
    for sign, piece in pieces:
        waiting.append(sign)
        words_of = piece.strip(_EDGES).replace("&nbsp;", " ").strip(_EDGES)
        if not words_of:
            continue
        if len(words_of) > _LONG:
            return None
        connected = connected or _CONNECTOR.match(piece) is not None
        plain = plain and _PLAIN.fullmatch(_CONNECTOR.sub("", words_of).strip(_EDGES)) is not None
        if len(pieces) == 1 and not (connected or plain):  # one box or sign before a title
            return None
        meaning = meaning_of(words_of)
        if meaning is None:
            if len(words_of) > _SHORT or not connected:
                return None
            meaning = Meaning()
        said.update(dict.fromkeys(waiting, meaning))
        waiting = []
    marks = {meaning for meaning in said.values() if meaning.mark}
    if not marks:
        return None
    if len(said) == 1:
        return said if connected or plain else None
    return said if len(marks) > 1 or connected or plain else None


def _of_row(block: Block) -> dict[str, Meaning] | None:
    """A row "sign | meaning"."""
    cells = [text.strip() for _, text in block.cells if text.strip()]
    if len(cells) != 2:
        return None
    found = list(signs_in(cells[0]))
    if len(found) != 1 or cells[0][: found[0][0]].strip(_EDGES) or cells[0][found[0][1] :].strip(_EDGES):
        return None
    words = cells[1].strip(_EDGES)
    meaning = meaning_of(words)
    names = " ".join(name for name, _ in block.cells)
    named = re.search(r"mean|descri|explan|含义|说明|意思|表示", names) is not None
    if meaning is None or not (named or _PLAIN.fullmatch(words)):
        return None
    return {found[0][2]: meaning}
