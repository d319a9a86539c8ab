"""What to list: a query as a person writes it, read into one `Filter`.

topic:contrastive tag:survey venue:ACL,EMNLP year:2020.. cites:>100 status:todo pass:<2 added:-7d author:gao
"exact words" -excluded (tag:a or tag:b) -(venue:arXiv year:..2015) tag:(a or "b c") @saved

Terms that stand side by side must all hold; `or`, `OR` and `|` join what any will do of, and bind less. `-` or `NOT`
negates what follows. A comma between values is an `or`. Colons, parentheses, commas and quotes may be Chinese ones. The
word "or" itself, and anything else that means something here, is looked for in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from readlist.domain.filter import All as All
from readlist.domain.filter import Either as Either
from readlist.domain.filter import Filter as Filter
from readlist.domain.filter import Node, negated
from readlist.domain.filter import Not as Not
from readlist.domain.filter import Range as Range
from readlist.domain.filter import Term as Term
from readlist.domain.patterns import late
from readlist.domain.query_keys import IDENTIFIERS, TEXTS, term_of
from readlist.domain.query_keys import KEYS as KEYS
from readlist.errors import NotFound, ReadlistError, UsageError

Saved = Callable[[], Mapping[str, str]]
"""The queries saved under names (in lower case), asked for only where a query names one."""

MOST = 200
"""Conditions in one query: SQLite reads no expression of any depth."""
_DEEPEST = 30  # parentheses within one another, and saved queries too

_QUOTES = {'"': '"', "\u201c": "\u201d", "\u201d": "\u201d"}
_WIDE = str.maketrans("\uff1a\uff08\uff09\uff5c\uff0c\u3001", ":()|,,")
_KEY = late(r"([A-Za-z]+):")
_NAME = late(r"@(\w[\w.-]*)(?=[\s()|]|$)")
_OR = late(r"\||(?:or|OR)(?=[\s()\"\u201c\u201d|]|$)")
_WORD_OPERATOR = late(r"(AND|NOT)(?=[\s(\"\u201c]|$)")
_SPEAKS = late(r"(?:^|[\s(])(?:-\S|(?:or|OR|AND|NOT)(?=\s|$)|@\w|[A-Za-z]+:[^\s/])|[()|\"\u201c\u201d]")
_LEADING = late(r"(-?(?:([A-Za-z]+):)?)(?=\S)")


def parse(texts: Iterable[str], today: date, saved: Saved = dict, *, titles: bool = False) -> Filter:
    """The filter that the words `texts` of a command line ask for; raises UsageError saying where it is wrong.

    `saved` has what `@name` stands for; NotFound is raised for a name that is not there. With `titles` (where whole
    titles are typed) an `or` in lower case between plain words is a word like others.
    """
    return _Reader(line_of(texts), today, saved, titles).whole()


def line_of(texts: Iterable[str]) -> str:
    """The words of a command line as one query.

    A shell takes the quotes away that a person writes. So a word with blanks in it is put into quotes again, behind its
    key if it has one (`tag:to read`), unless it is a query itself: `venue:ACL or venue:EMNLP`.
    """
    return " ".join(map(_quoted, texts))


def _quoted(text: str) -> str:
    lead = _LEADING.match(text.translate(_WIDE))
    before = lead[1] if lead and (lead[2] is None or lead[2].casefold() in TEXTS) else ""
    rest = text[len(before) :]
    if not re.search(r"\S\s+\S", rest) or _SPEAKS.search(rest.translate(_WIDE)) or rest[:1].isspace():
        return text
    return f'{before}"{rest}"'


def means_query(word: str) -> bool:
    """Whether a word, where papers may be named too, is of a query: it has a key or names a saved query."""
    bare = word.translate(_WIDE).lstrip("-(")
    key = _KEY.match(bare)
    return bool(_NAME.match(bare) or (key and key[1].casefold() in KEYS and key[1].casefold() not in IDENTIFIERS))


def checked_name(text: str) -> str:
    """The name under which a query can be saved, without its @, in lower case; raises UsageError."""
    name = text.removeprefix("@").casefold()
    if not is_name(name):
        raise UsageError(f"a query cannot be named {text!r}", "letters, digits, - _ and . ; up to 60 of them")
    return name


def is_name(name: str) -> bool:
    """Whether a query can be saved under `name`, which is in lower case."""
    return len(name) <= 60 and name == name.casefold() and re.fullmatch(r"\w[\w.-]*", name) is not None


def names_in(query: str) -> set[str]:
    """The saved queries that a query may name: what looks like it, in quotes too."""
    return {name.casefold() for name in re.findall(r"@(\w[\w.-]*)", query)}


class _Reader:
    """Reads one line, from left to right. `within`: the saved queries that it stands in."""

    def __init__(self, line: str, today: date, saved: Saved, titles: bool, within: tuple[str, ...] = ()) -> None:
        self._line = line
        self._plain = line.translate(_WIDE)  # the same letters at the same places
        self._today = today
        self._saved = saved
        self._titles = titles
        self._within = within
        self._at = 0
        self._depth = 0
        self._terms = 0

    def whole(self) -> Filter:
        parts = self._either("")
        return Filter(tuple(parts))

    # -- what is made of what ----------------------------------------------------------------------------------------

    def _either(self, key: str) -> list[Node]:
        """Up to the end, or to the parenthesis that closes: the parts that hold together."""
        sides = [self._together(key)]
        while operator := self._or():
            start = self._at
            if not sides[-1]:
                raise self._fault(f"{operator[0]!r} has nothing before it", start, _SIDES)
            self._at = operator.end()
            sides.append(self._together(key))
            if not sides[-1]:
                raise self._fault(f"{operator[0]!r} has nothing behind it", start, _SIDES)
        if len(sides) == 1:
            return sides[0]
        found: list[Node] = []
        for side in sides:
            node = _one(side)
            found += node.parts if isinstance(node, Either) else (node,)
        return [Either(tuple(found))]

    def _together(self, key: str) -> list[Node]:
        parts: list[Node] = []
        while True:
            self._skip()
            if self._at == len(self._line) or self._here == ")":
                if self._at < len(self._line) and not self._depth:
                    raise self._fault("a parenthesis closes that was not opened", self._at, _IN_QUOTES)
                return parts
            if self._or() and not (self._titles and self._between_words(parts)):
                return parts
            operator = _WORD_OPERATOR.match(self._plain, self._at)
            if operator and operator[1] == "AND" and not key:
                start, self._at = self._at, operator.end()
                self._skip()
                if not parts or self._at == len(self._line) or self._here == ")" or self._or():
                    raise self._fault("'AND' stands between two conditions", start, _SIDES)
                continue
            named = self._here == "@"
            node = self._unary(key)
            parts += node.parts if isinstance(node, All) and not named else (node,)

    def _unary(self, key: str) -> Node:
        start = self._at
        operator = _WORD_OPERATOR.match(self._plain, start)
        if operator and operator[1] == "NOT":
            self._at = operator.end()
            self._skip()
            if self._at == len(self._line) or self._here == ")" or self._or():
                raise self._fault("'NOT' has nothing behind it", start, _SIDES)
            self._deeper(start)
            node = negated(self._unary(key))
            self._depth -= 1
            return node
        after = self._plain[start + 1 : start + 2]
        if self._here == "-" and after and not after.isspace() and after not in ")|":
            self._at += 1
            return negated(self._primary(key))
        return self._primary(key)

    def _primary(self, key: str) -> Node:
        start = self._at
        if self._here == "(":
            return self._group(key, start)
        named = _NAME.match(self._plain, start)
        if named and not key:
            self._at = named.end()
            return self._named(named[1], start)
        found = _KEY.match(self._plain, start)
        if found and not self._is_text(found):
            name = found[1].casefold()
            if key:
                raise self._fault(f"{name}: stands within {key}:(…)", start, "close the parenthesis before it")
            self._at = found.end()
            if self._at < len(self._line) and self._here == "(" and name in KEYS:
                return self._group(name, start)
            return self._values(name, start)
        return self._values(key, start)

    def _group(self, key: str, start: int) -> Node:
        opened = self._at
        self._at += 1
        self._deeper(start)
        parts = self._either(key)
        if self._at == len(self._line):
            raise self._fault("the parenthesis is not closed", opened, _IN_QUOTES)
        if not parts:
            raise self._fault("the parentheses are empty", opened, "write a condition into them")
        self._at += 1
        self._depth -= 1
        return _one(parts)

    def _named(self, name: str, start: int) -> Node:
        queries = self._saved()
        wanted = name.casefold()
        if wanted not in queries:
            from readlist.domain.nearest import did_you_mean

            fault = self._fault(f"there is no saved query @{name}", start, "")
            raise NotFound(
                fault.message,
                did_you_mean(f"@{wanted}", [f"@{it}" for it in queries], "`rl query list` shows all"),
                f"@{name}",
            )
        if wanted in self._within:
            way = " → ".join(f"@{it}" for it in (*self._within[self._within.index(wanted) :], wanted))
            said = f"the saved query @{wanted} names itself: {way}"
            raise UsageError(said, f"save @{self._within[-1]} anew without it")
        inner = _Reader(queries[wanted], self._today, self._saved, False, (*self._within, wanted))
        inner._terms = self._terms
        try:
            found = inner.whole().terms
        except ReadlistError as fault:
            if not self._within and type(fault) is UsageError and "names itself" not in fault.message:
                raise UsageError(f"in @{wanted}: {fault.message}", fault.hint) from None
            raise
        self._terms = inner._terms
        return All(found)

    # -- words and values --------------------------------------------------------------------------------------------

    def _values(self, key: str, start: int) -> Node:
        """One value, or several with commas between them, any of which will do."""
        found: list[Node] = [self._value(key, start)]
        if key and key not in IDENTIFIERS:
            while self._at < len(self._line) and self._here == ",":
                self._at += 1
                found.append(self._value(key, start))
        return found[0] if len(found) == 1 else Either(tuple(found))

    def _value(self, key: str, start: int) -> Term:
        self._terms += 1
        if self._terms > MOST:
            raise UsageError(f"the query has more than {MOST} conditions", "ask in two steps")
        close = _QUOTES.get(self._line[self._at : self._at + 1])
        if close:
            end = self._line.find(close, self._at + 1)
            if end < 0:
                raise self._fault("the quote is not closed", self._at, "close the quote")
            value = self._line[self._at + 1 : end]
            self._at = end + 1
        else:
            end = self._word_end(key)
            value = self._line[self._at : end]
            self._at = end
            if not value:
                raise self._fault(f"{key}: has no value", start, f"no blank comes after the colon: {key}:VALUE")
        if not key:
            return Term("text", value)
        try:
            return term_of(key, value, self._today)
        except UsageError as fault:
            raise self._fault(fault.message, start, fault.hint) from None

    def _word_end(self, key: str) -> int:
        """Where the word ends that begins here. Parentheses within it are part of it: `O(n)`."""
        opened, stops = 0, '|"\u201c\u201d' + ("," if key and key not in IDENTIFIERS else "")
        for place in range(self._at, len(self._line)):
            letter = self._plain[place]
            if letter.isspace() or letter in stops:
                return place
            if letter == "(":
                opened += 1
            elif letter == ")":
                if not opened:
                    return place
                opened -= 1
        return len(self._line)

    def _is_text(self, found: re.Match[str]) -> bool:
        """Whether what looks like a key is text: an address, words before a Chinese colon or a blank."""
        if found[1].casefold() in KEYS:
            return False
        after = self._plain[found.end() : found.end() + 2]
        return self._line[found.end() - 1] != ":" or after == "//" or not after.strip()[:1] or after[0].isspace()

    def _between_words(self, before: list[Node]) -> bool:
        found = _OR.match(self._plain, self._at)
        if found is None or found[0] != "or":
            return False
        rest = self._plain[found.end() :].lstrip()
        key = _KEY.match(rest.lstrip("-"))
        plain = not (key and key[1].casefold() in KEYS) and rest[:1] not in tuple('"(@\u201c')
        return plain and (not before or (isinstance(before[-1], Term) and before[-1].key == "text"))

    # -- letters -----------------------------------------------------------------------------------------------------

    @property
    def _here(self) -> str:
        return self._plain[self._at]

    def _skip(self) -> None:
        while self._at < len(self._line) and self._here.isspace():
            self._at += 1

    def _or(self) -> re.Match[str] | None:
        return _OR.match(self._plain, self._at)

    def _deeper(self, start: int) -> None:
        self._depth += 1
        if self._depth + len(self._within) > _DEEPEST:
            raise self._fault("the query is nested too deep", start, f"up to {_DEEPEST} parentheses in one another")

    def _fault(self, said: str, place: int, hint: str) -> UsageError:
        before, after = self._line[:place], self._line[place:]
        shown = f"{'…' * (len(before) > _AROUND)}{before[-_AROUND:]}→{after[:_AROUND]}{'…' * (len(after) > _AROUND)}"
        return UsageError(f"{said} at character {place + 1} of the query: {shown}", hint)


_AROUND = 30  # letters shown on either side of what is wrong
_SIDES = "write what it joins, or the word itself in quotes"
_IN_QUOTES = "a parenthesis that is looked for stands in quotes"


def _one(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(tuple(parts))
