"""The words of a text for the full-text index: how a text is put into it, how it is asked, and where the hits stand.

SQLite's tokenizer `unicode61` takes a run of letters and digits as one word, without case and accents. Chinese and
Japanese are written without blanks, and Korean joins particles to its words; so each of their characters is a word of
its own, and what is typed of them is looked for as a phrase: any part of a run is found, a single character too.
`C++`, `C#` and `F#` are words that `c` and `f` are not; after a longer name the signs are a word by themselves, so that
`pointnet` finds PointNet++, and `pointnet++` nothing else. `gpt-3` is the phrase "gpt 3", however it is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from readlist.domain.patterns import late

# Han with its marks (々 〇) and extensions, kana, bopomofo, hangul syllables: from where to where.
_OWN = (
    (0x3005, 0x3007), (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3105, 0x312F),
    (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)  # fmt: skip
# Han that was encoded after Unicode 6.1, which is where SQLite's tables end; it stands in the index as characters of
# private use, which are letters to it.
_LATE = 0x2B820
_TO_PRIVATE = 0xD0000
# Letters that no rule of Unicode takes apart, and what people type for them. ™ would become letters of the word.
_SPELT = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_SPELT_ONES = str.maketrans(_SPELT)

# A command that looks for English words among English texts pays for what is compiled here, and for no more: patterns
# with all of Han in them take ten milliseconds. So these patterns see texts in which a table has set Han apart.
_LETTER = "[^\\W_]"
_ACCENTS = "[\u0300-\u036f]*"
_FOREIGN = late("[^\x00-\x7f]+")
_SIGNED = late(f"(?<!{_LETTER})({_LETTER}{_ACCENTS})([+#]+)(?!{_LETTER})")
_SIGNS_AFTER = late(f"(?<={_LETTER})[+#]+(?!{_LETTER})")
_SIGNS = str.maketrans({"+": "\ue02b", "#": "\ue023"})  # private use, too


def _is_own(code: int) -> bool:
    """Whether the character is a word of its own."""
    return code >= _OWN[0][0] and any(first <= code <= last for first, last in _OWN)


class _Indexed(dict[int, str]):
    """What stands in the index for a character that is not ASCII; each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = "".join(map(self._one, chr(code).casefold()))
        self[code] = found
        return found

    def _one(self, character: str) -> str:
        character = _SPELT.get(character, character)
        code = ord(character[0])
        if not _is_own(code):
            return character
        return f" {chr(code + _TO_PRIVATE) if code >= _LATE else character} "


_INDEXED = _Indexed()


def indexed(text: str) -> str:
    """The text as it is put into the index, which divides it into the words of this module, whatever their case."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("™", " "))
        text = _FOREIGN.sub(lambda run: run[0].translate(_INDEXED), text)
    if "+" not in text and "#" not in text:
        return text
    text = _SIGNED.sub(lambda found: found[1] + found[2].translate(_SIGNS), text)
    return _SIGNS_AFTER.sub(lambda found: f" {found[0].translate(_SIGNS)} ", text)


# -- asking ----------------------------------------------------------------------------------------------------------

_SHORTEST_PREFIX = 2  # letters
# What `indexed` makes words of: letters and digits with their accents, and the characters of private use.
_WORD = late(f"(?:{_LETTER}|[\u0300-\u036f\ue000-\uf8ff\U000f0000-\U0010ffff])+")


def match(text: str, *, prefix: bool = False) -> str:
    """The FTS5 expression that finds what a person typed; empty if there is no word in it.

    All words must be there, in whatever order; what stands in quotes or is written together, in this order. With
    `prefix`, of the last word the beginning is enough. Nothing in `text` is syntax of FTS5.
    """
    phrases = [words for piece in _pieces(text) if (words := _WORD.findall(indexed(piece)))]
    if not phrases:
        return ""
    found = " AND ".join('"' + " ".join(words) + '"' for words in phrases)
    return f"{found} *" if prefix and _may_go_on(phrases[-1][-1]) else found


def _pieces(text: str) -> list[str]:
    """What is looked for as a phrase: what stands in quotes, and every run without blanks."""
    pieces: list[str] = []
    for number, part in enumerate(text.split('"')):
        pieces += [part] if number % 2 else part.split()
    return pieces


def _may_go_on(word: str) -> bool:
    """Whether a longer word may begin with `word`: not a sign, and one letter is the beginning of too many."""
    return len(word) >= _SHORTEST_PREFIX and word.isalnum()


# -- showing ---------------------------------------------------------------------------------------------------------

Span = tuple[int, int]
"""From where to where in a text, the end not included."""


def hits(text: str, query: str) -> list[Span]:
    """Where `text` has what `query`, as typed, looks for; in order, none over another. Of the last word a longer one
    that begins so counts, too."""
    return [span for span, _ in _hits(text, _wanted(query))]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text on one line, and where the hits are in it."""

    text: str
    hits: tuple[Span, ...]


def snippet(text: str, query: str, length: int) -> Snippet | None:
    """About `length` characters of `text`, where it has most of what `query` looks for; None if it has nothing."""
    text = " ".join(text.split())
    found = _hits(text, _wanted(query))
    if not found:
        return None
    best, most = 0, 0
    for first, ((start, _), _) in enumerate(found):
        here = {phrase for (_, end), phrase in found[first:] if end <= start + length - 2 * _CONTEXT}
        if len(here) > most:
            best, most = first, len(here)
    start = max(0, min(found[best][0][0] - _CONTEXT, len(text) - length))
    start, end = _whole_words(text, start, min(len(text), start + length))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    spans = [(a - start + len(before), b - start + len(before)) for (a, b), _ in found if start <= a and b <= end]
    return Snippet(before + text[start:end] + after, tuple(spans))


_CONTEXT = 30  # characters before the first hit of a snippet
_LONGEST_WORD = 20  # a snippet begins up to so many characters later for the sake of a whole word


def _whole_words(text: str, start: int, end: int) -> Span:
    """The part without the pieces of words at its ends; Chinese has no blanks to cut at."""
    if start:
        blank = text.find(" ", start - 1, start + _LONGEST_WORD)
        start = blank + 1 if blank >= 0 else start
    if end < len(text) and text[end] != " ":
        blank = text.rfind(" ", end - _LONGEST_WORD, end)
        end = blank if blank > start else end
    return start, end


_Phrase = tuple[str, ...]


def _wanted(query: str) -> list[_Phrase]:
    return [words for piece in _pieces(query) if (words := tuple(word for word, _, _ in _tokens(piece)))]


def _hits(text: str, wanted: Sequence[_Phrase]) -> list[tuple[Span, int]]:
    """Where the phrases stand in the text, and which of them it is."""
    firsts = {phrase[0] for phrase in wanted[:-1]}
    last = wanted[-1] if wanted else ()
    tokens = _tokens(text)
    found: list[tuple[Span, int]] = []
    past = 0
    for at, (word, start, _) in enumerate(tokens):
        if start < past or not (word in firsts or (last and word.startswith(last[0]))):
            continue
        for number, phrase in enumerate(wanted):
            here = tokens[at : at + len(phrase)]
            if len(here) == len(phrase) and _is(phrase, [word for word, _, _ in here], phrase is last):
                past = here[-1][2]
                found.append(((start, past), number))
                break
    return found


def _is(phrase: _Phrase, words: list[str], last: bool) -> bool:
    if last and _may_go_on(phrase[-1]):
        return words[:-1] == list(phrase[:-1]) and words[-1].startswith(phrase[-1])
    return words == list(phrase)


# For a text in which this character (of private use, and so no letter) stands for every one that is its own word.
_APART = 0xE000
_TOKEN = late(
    f"\ue000|(?<!{_LETTER}){_LETTER}{_ACCENTS}[+#]+(?!{_LETTER})"
    f"|(?<={_LETTER})[+#]+(?!{_LETTER})|(?:{_LETTER}{_ACCENTS})+"
)


class _SetApart(dict[int, int]):
    """What stands for a character that is not ASCII, as in `_Indexed`."""

    def __missing__(self, code: int) -> int:
        found = _APART if _is_own(code) else ord(" ") if code == _APART else code
        self[code] = found
        return found


_SET_APART = _SetApart()


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """The words of a text as they are compared, each with its place."""
    apart = text if text.isascii() else _FOREIGN.sub(lambda run: run[0].translate(_SET_APART), text)
    return [(_plain(text[found.start() : found.end()]), *found.span()) for found in _TOKEN.finditer(apart)]


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    """A word without case, width and accents; a character that is its own word is left as it is."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", word.replace("™", " ")).casefold().translate(_SPELT_ONES)
    if folded and _is_own(ord(folded[0])):
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
