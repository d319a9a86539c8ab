"""A page rewritten in place of its marks and counts; all else stays, sign by sign.

The reader of the page is the judge: an edit is kept only if the page, read again, says of that paper what it should
and of all others what it said before. So how a mark is best written may be tried, after the manner of other lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from readlist.domain.listing import Entry, Listing, Mark
from readlist.domain.patterns import late
from readlist.domain.text import fold
from readlist.importers._blocks import Block
from readlist.importers._exchange import exchanged
from readlist.importers.lines import (
    _legend,
    _mark_words,
    _marks,
    _states,
)

_WORDS = rf"(?i:{_mark_words.TODO_WORDS}|{_mark_words.READ_WORDS}){_mark_words.TICK}"
_TOKEN = late(
    rf"(?P<box>\[[ xX✓✔√/>]\](?![(\[]))|(?P<sign>(?:{_legend._ONE})+|:[a-z0-9_+-]{{1,30}}:)"
    r"|(?P<state>(?<![\w#])(?:TODO|DONE|LATER|NOW|DOING|WAITING|WAIT|NEXT|STARTED|IN-PROGRESS|READING)(?=\s+\S))"
    rf"|(?P<hash>(?:#|(?<![\w#]))TODO\b[:：]?|#todo\b)"
    r"|(?P<tag>(?<=\s)#[^\W\d][\w-]{1,10}(?![\w/-]))"
    r"|(?P<braced>\{\{(?:\[\[)?(?:TODO|DONE)(?:\]\])?\}\})"
    rf"|(?P<begun>[(\[（【]\s*(?i:{_mark_words.UNDER_WAY})\s*[)\]）】])"
    rf"|(?P<label>(?:{_mark_words.TODO_HAN}|{_mark_words.READ_HAN})(?=[*_]*\s*[:：|｜]\s*\S))"  # in front of the title
    rf"|(?P<word>[(\[（【]\s*{_WORDS}\s*[!！]?[)\]）】]|(?<=[\s|,，;；–—)）\]】》-]){_WORDS}(?=\s*(?:\||[.。]?$)))"
    rf"|(?P<part>(?:(?<=[(\[（【,，;；])|(?<=[,;]\s)){_WORDS}(?=\s*[,，;；)\]）】]))"  # among others in a bracket
)
_CELL_BEGUN = late(rf"\s*(?:{_mark_words.UNDER_WAY}|{_mark_words.PARTLY})\s*", re.IGNORECASE)
_SPOKEN = ("word", "part", "begun", "label")
# What says the same of another mark where one of these stands.
_EXCHANGED: Mapping[str, Mapping[Mark, str]] = {
    "state": {"read": "DONE", "todo": "TODO"},
    "tag": {"read": "#read", "todo": "#toread"},
    "braced": {"read": "{{[[DONE]]}}", "todo": "{{[[TODO]]}}"},
}
_PREFIX = late(r"\s*(?:>\s?)*(?:(?:[-*+•]|\*{2,12}|\d{1,9}[.)、])\s+|#{1,6}\s+)?")
_BULLET = late(r"\s*(?:>\s?)*(?:[-*+]|\d{1,9}[.)])\s+")
_ROW = late(r"\s*\|.*\|\s*")
_CELL = late(r"(?<=\|)(?:[^|\\]|\\.)*(?=\|)")
_COUNT_WORD = late(r"cit(?:ed|ation|es)|引用|被引", re.IGNORECASE)
_USUAL: Mapping[Mark, tuple[str, str]] = {"read": ("tail", "✅"), "todo": ("lead", "#TODO")}
_SEPARATORS = ",，;；"
_CLOSING = ")]）】"
_FULL = 2  # the pass that a mark means which says no more
_DETAILS = 12  # lines in which the details of an entry stand


@dataclass(frozen=True, slots=True)
class Wish:
    """What an entry of the page is to say: its mark, how deeply it was read, and its count (None: as it is)."""

    mark: Mark | None
    depth: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The page as it is now; of the entries (by number) those that were changed, and those that could not be."""

    text: str
    changed: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    """A mark on a line. `place`: "box", "lead", "tail", "mid", or the cell of a row that it stands in ("cell 0")."""

    start: int
    end: int
    text: str
    kind: str
    place: str
    mark: Mark
    depth: int | None


_Edit = tuple[int, str]
"""The number of a line, from 0, and what it is to be."""
_Candidates = Callable[[int, Wish], Iterator[_Edit]]


def rewrite(text: str, listing: Listing, wishes: Mapping[int, Wish], read: Callable[[str], Listing]) -> Rewritten:
    """`text`, of which `listing` is what `read` says, with the entries in `wishes` (by their number) as wished."""
    page = _Page(text, listing, read)
    entries = listing.entries
    marks = {n: wish for n, wish in wishes.items() if _differs(entries[n], wish)}
    counts = {n: wish for n, wish in wishes.items() if wish.count not in (None, entries[n].metadata.citations)}
    failed = page.change(counts, page.counted, _with_count) | page.change(marks, page.marked, _with_mark)
    changed = tuple(sorted((marks.keys() | counts.keys()) - failed))
    return Rewritten(page.text, changed, tuple(sorted(failed)))


def _differs(entry: Entry, wish: Wish) -> bool:
    deeper = bool(entry.depth and wish.depth and wish.mark == "read" and entry.depth != wish.depth)
    return entry.mark != wish.mark or deeper


def _with_count(entry: Entry, wish: Wish) -> Entry:
    return replace(entry, metadata=replace(entry.metadata, citations=wish.count))


def _with_mark(entry: Entry, wish: Wish) -> Entry:
    return replace(entry, mark=wish.mark)


def _bare(entry: Entry) -> Entry:
    """What of an entry an edit may not change, but for its mark and count: depth and day go with the mark."""
    return replace(entry, depth=None, finished=None)


def _nearer(found: Entry, before: Entry, wish: Wish) -> bool:
    """Whether an edit that was to change how deeply a paper was read at least brought that nearer."""
    if not (before.mark == wish.mark == "read" and before.depth and wish.depth and before.depth != wish.depth):
        return True
    return abs((found.depth or _FULL) - wish.depth) < abs(before.depth - wish.depth)


class _Page:
    def __init__(self, text: str, listing: Listing, read: Callable[[str], Listing]) -> None:
        self._lines = text.split("\n")
        self._read = read
        self._entries = [*listing.entries]
        signs = [(n, line.strip(" >\t\r*-")) for n, line in enumerate(self._lines, 1) if _legend._ANY.search(line)]
        self._legend = _legend.find([Block("text", n, line) for n, line in signs])
        self._manners = self._find_manners()

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    # -- trying ------------------------------------------------------------------------------------------------------

    def change(self, wishes: Mapping[int, Wish], candidates: _Candidates, as_wished: Callable[..., Entry]) -> set[int]:
        """Change the entries as wished, each by the first of its candidates that the reader takes so; which failed."""
        expected = [*self._entries]
        waiting: dict[int, Iterator[_Edit]] = {}
        lines: dict[int, int] = {}
        for n, wish in wishes.items():
            if lines.setdefault(self._entries[n].line, n) == n:  # one edit of a line at a time
                waiting[n] = candidates(n, wish)
                expected[n] = as_wished(self._entries[n], wish)
        tried: dict[int, tuple[int, str]] = {}  # by entry: the line, and what it was
        failed = set(wishes) - set(waiting)
        again = set(waiting)
        while again:
            for n in sorted(again):
                edit = next(waiting[n], None)
                if edit is None:
                    failed.add(n)
                    expected[n] = self._entries[n]
                else:
                    tried[n] = edit[0], self._lines[edit[0]]
                    self._lines[edit[0]] = edit[1]
            again = self._wrong(expected, tried, wishes)
            for n in again:
                at, before = tried.pop(n)
                self._lines[at] = before
        self._entries = expected
        return failed

    def _wrong(
        self, expected: list[Entry], tried: Mapping[int, tuple[int, str]], wishes: Mapping[int, Wish]
    ) -> set[int]:
        """Of the edits tried those after which the reader says what it should not."""
        if not tried:
            return set()
        found = self._read(self.text).entries
        wrong: set[int] = set()
        for n, (one, other) in enumerate(zip(found, expected, strict=False)):
            if _bare(one) != _bare(other):
                wrong.add(self._blamed(n, expected[n].line, tried))
                if one.line != other.line:
                    break  # an entry came or went: what follows says nothing
            elif n in tried and not _nearer(one, self._entries[n], wishes[n]):
                wrong.add(n)
        else:
            if len(found) != len(expected):
                wrong.add(self._blamed(-1, len(self._lines), tried))
        return wrong

    @staticmethod
    def _blamed(n: int, line: int, tried: Mapping[int, tuple[int, str]]) -> int:
        """The edit that an entry is wrong by: its own, else the nearest above it."""
        if n in tried:
            return n
        above = [other for other, (at, _) in tried.items() if at < line]
        return max(above or tried, key=lambda other: tried[other][0])

    # -- what may be written -----------------------------------------------------------------------------------------

    def counted(self, n: int, wish: Wish) -> Iterator[_Edit]:
        """The lines of an entry with the new count in the place of the old one, the likeliest place first."""
        old, new = self._entries[n].metadata.citations, wish.count
        if old is None or new is None:
            return
        pattern = re.compile(rf"(?<![\w.,/:-])(?:{old}|{old:,})(?![\w/-]|[.,]\d)")
        start = self._entries[n].line - 1
        later = [entry.line - 1 for entry in self._entries if entry.line - 1 > start]
        places: list[tuple[bool, int, re.Match[str]]] = []
        for at in range(start, min([start + _DETAILS, len(self._lines), *later])):
            line = self._lines[at]
            for found in pattern.finditer(line):
                around = line[max(0, found.start() - 20) : found.end() + 12]
                places.append((_COUNT_WORD.search(around) is None, -found.start() if at == start else at, found))
        for _, at, found in sorted(places, key=lambda place: place[:2]):
            at = max(at, start)
            number = f"{new:,}" if "," in found[0] else str(new)
            yield at, found.string[: found.start()] + number + found.string[found.end() :]

    def marked(self, n: int, wish: Wish) -> Iterator[_Edit]:
        """The line of an entry with the mark that is wished: as other lines have it, else as is usual."""
        at = self._entries[n].line - 1
        line = self._lines[at]
        seen = {line}
        title = fold(self._entries[n].metadata.title or "")[:20]
        tokens = [token for token in self._tokens(line) if self._entries[n].mark or token.place.startswith("cell")]
        for edited in self._marked(line, tokens, wish, title):
            if edited not in seen:
                seen.add(edited)
                yield at, edited

    def _marked(self, line: str, tokens: list[_Token], wish: Wish, title: str) -> Iterator[str]:
        if wish.mark is None:
            for token in tokens:
                yield _without(line, token)
            yield _without_all(line, tokens)
            return
        own, usual = self._ordered(wish)
        own_first = next(iter(own), None)
        for token in tokens:
            if token.kind in _EXCHANGED and (token.kind != "state" or token.place == "lead"):
                yield line[: token.start] + _EXCHANGED[token.kind][wish.mark] + line[token.end :]
        for token in tokens:  # what stands in a place made for it is exchanged there
            for ways in (own, usual):
                for place, text in ways:
                    made_for_it = place == "box" or place.startswith("cell") or (place, text) == own_first
                    if place == token.place and made_for_it:
                        yield line[: token.start] + text + line[token.end :]
                if token.kind in _SPOKEN and token.place.startswith("cell"):
                    yield _with_word(line, token, tokens, wish)
        bare = _without_all(line, tokens)
        for place, text in own:
            yield from _with(bare, place, text, title)
        for token in tokens:
            if token.kind in _SPOKEN:
                yield _with_word(line, token, tokens, wish)
        for place, text in usual:
            yield from _with(bare, place, text, title)
        for token in tokens:
            for _, text in (*own, *usual):
                yield line[: token.start] + text + line[token.end :]

    def _ordered(self, wish: Wish) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The ways (place, text) in which the mark may be written: the page's own, and what is usual elsewhere."""
        assert wish.mark is not None
        own = [
            (abs((depth or 2) - (wish.depth or depth or 2)), -count, place, text)
            for (mark, place, text, depth), count in self._manners.items()
            if mark == wish.mark and not (_is_word(text) and depth and wish.depth and depth != wish.depth)
        ]
        ways = [(place, text) for *_, place, text in sorted(own)]
        places = [place for (_, place, _, _), _ in self._manners.most_common()]
        signs = [sign for sign, meaning in self._legend.signs.items() if meaning.mark == wish.mark]
        signs.sort(key=lambda sign: abs((self._legend.signs[sign].depth or 2) - (wish.depth or 2)))
        ways += [(place, sign) for sign in signs for place in dict.fromkeys([*places, "lead"]) if place != "box"]
        if "box" in places:
            ways.append(("box", "[x]" if wish.mark == "read" else "[ ]"))
        usual, text = _USUAL[wish.mark]
        others = dict.fromkeys([p for p in places if p != "box"] + [usual, "lead", "tail"])
        return list(dict.fromkeys(ways)), [(place, text) for place in others if (place, text) not in ways]

    # -- what is written ---------------------------------------------------------------------------------------------

    def _find_manners(self) -> Counter[tuple[Mark, str, str, int | None]]:
        """How the page marks its papers, and how often: (mark, place, text, depth)."""
        manners: Counter[tuple[Mark, str, str, int | None]] = Counter()
        for entry in self._entries:
            if entry.mark and entry.line <= len(self._lines):
                for token in self._tokens(self._lines[entry.line - 1]):
                    if token.mark == entry.mark and token.place != "mid" and token.kind != "begun":
                        manners[token.mark, token.place, token.text, token.depth] += 1
        return manners

    def _tokens(self, line: str) -> list[_Token]:
        """The marks on a line."""
        head = _PREFIX.match(line)
        begins = head.end() if head else 0
        ends = len(line.rstrip())
        row = _ROW.fullmatch(line.rstrip("\r"))
        cells = [found.span() for found in _CELL.finditer(line)] if row else []
        tokens = []
        for found in _TOKEN.finditer(line):
            said = self._meaning(found[0], found.lastgroup or "")
            if said is None:
                continue
            if found["label"] and found.start() != begins:
                continue
            place = "lead" if found.start() == begins else "tail" if found.end() == ends else "mid"
            if found["box"] and place == "lead" and _BULLET.match(line):
                place = "box"
            for number, (start, end) in enumerate(cells):
                if start <= found.start() < end:
                    alone = not any(c.isalnum() for c in line[start : found.start()] + line[found.end() : end])
                    place = f"cell {number}" if alone else "mid"
            tokens.append(_Token(found.start(), found.end(), found[0], found.lastgroup or "", place, *said))
        for number, (start, end) in enumerate(() if tokens else cells):
            if _CELL_BEGUN.fullmatch(line, start, end):
                inside = line[start:end]
                at = start + len(inside) - len(inside.lstrip())
                tokens.append(
                    _Token(at, at + len(inside.strip()), inside.strip(), "begun", f"cell {number}", "todo", None)
                )
        return tokens

    def _meaning(self, text: str, kind: str) -> tuple[Mark, int | None] | None:
        if kind in ("hash", "begun"):
            return "todo", None
        if kind in ("state", "braced"):
            return ("read" if "DONE" in text else "todo"), None
        if kind == "tag":
            said = _states.of_tag(text[1:])
            return (said, None) if said else None
        return _marks.cell(text.strip(" ()[]（）【】!！") if kind in _SPOKEN else text, self._legend)


def _is_word(text: str) -> bool:
    """Whether a mark is a word, which says just how deeply a paper was read; of signs the nearest is taken."""
    return not text.startswith(":") and sum(c.isalpha() for c in text) > 1


def _without(line: str, token: _Token) -> str:
    """The line less a mark and the blank that set it off."""
    before, after = line[: token.start], line[token.end :]
    if token.place.startswith("cell"):
        return before + after
    if token.kind == "label":
        return before + after.lstrip("*_ :：|｜")
    if token.kind == "part":
        if before.rstrip(" ")[-1:] in _SEPARATORS:
            return before.rstrip(_SEPARATORS + " ") + after
        after = after.lstrip(_SEPARATORS + " ")
        return before[:-1].rstrip(" ") + after[1:] if after[:1] in _CLOSING else before + after
    if token.place in ("box", "lead"):
        return before + after.lstrip(" ")
    parted = " ,，;；—–-" if token.kind == "word" else " "  # what sets off a word that ends the line goes with it
    return before.rstrip(parted) + after if not after.strip() else before + after.removeprefix(" ")


def _without_all(line: str, tokens: list[_Token]) -> str:
    for token in reversed(tokens):
        line = _without(line, token)
    return line


def _with_word(line: str, token: _Token, tokens: list[_Token], wish: Wish) -> str:
    """The line with a word for what is wished in the place of one that said something else, and without the others."""
    assert wish.mark is not None
    for other in reversed(tokens):
        if other.start > token.start:
            line = _without(line, other)
    line = line[: token.start] + exchanged(token.text, wish.mark, wish.depth) + line[token.end :]
    return _without_all(line, [other for other in tokens if other.start < token.start])


def _with(line: str, place: str, text: str, title: str) -> Iterator[str]:
    """The line with a mark put there, as far as it has such a place; in a row lead and tail are those of the title."""
    prefix = _PREFIX.match(line)
    begins, ends = prefix.end() if prefix else 0, len(line.rstrip())
    if _ROW.fullmatch(line.rstrip("\r")):
        for number, cell in enumerate(_CELL.finditer(line)):
            inside = cell[0].strip()
            first = cell.start() + (len(cell[0]) - len(cell[0].lstrip()) if inside else cell[0].startswith(" "))
            last = cell.start() + len(cell[0].rstrip())
            if place == f"cell {number}" and not inside:
                yield f"{line[:first]}{text}{line[first:]}"
            elif place == f"cell {number}" or (place == "lead" and title and title in fold(inside)):
                yield f"{line[:first]}{text} {line[first:]}"
            elif place == "tail" and title and title in fold(inside):
                yield f"{line[:last]} {text}{line[last:]}"
    elif place == "box" and not _BULLET.match(line):
        return
    elif place in ("box", "lead"):
        yield f"{line[:begins]}{text} {line[begins:]}"
    elif place == "tail":
        yield f"{line[:ends]} {text}{line[ends:]}"
