"""The glossary: which names of a topic mean the same, in English and in Chinese.

Its text has one idea a line, the names divided by `=`; a name that ends in `?` is short or has other meanings, and
counts only where it is the whole name of a topic. Lines that begin with `#` are for people. Names are compared folded:
without case, accents, punctuation, the plural's s and the difference of -isation and -ization.

A question is a name of a line, or part of one that is on few lines ("contrastive", but not "learning"). A topic
bears a name that is a whole term in its own: whole words, or Chinese characters in a row, and nothing before them
that turns the meaning round (监督学习 is not in 无监督学习).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile

from readlist.domain.patterns import late

FEW = 4
"""A part of a name that stands on more lines than this says too little to be a question."""

LEAST = 2
"""Characters of the shortest name."""

LEAST_PART = 4
"""Letters of the shortest part of a name that is a question; of Chinese characters `LEAST` are enough."""

_APART = late(r"[\W_]+")
_ACCENTS = late("[\u0300-\u036f]")
_SPELLINGS = (
    (late(r"(?<=[a-z]{3})ies(?![a-z0-9])"), "y"),
    (late(r"(?<=[a-z]{3})(?<![sui])s(?![a-z0-9])"), ""),  # embeddings; not class, corpus, analysis
    (late(r"isation"), "ization"),
    (late(r"(?<=[a-z]el)ling"), "ing"),  # modelling, labelling
)
_TURNS = ("non", "un", "semi", "self", "weakly", "distantly", *"无非半自弱不未反")
"""What stands before a term and makes it another one: self-supervised, 无监督."""


def _plain(text: str) -> str:
    """`text` without case, accents and width: the part of folding that can be done for a whole file at once."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return decomposed if decomposed.isascii() else _ACCENTS.sub("", decomposed)


def _terms(plain: str) -> str:
    text = _APART.sub(" ", plain).strip()
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    first, *words = text.split(" ")
    for word in words:  # a blank between Chinese and other characters is a matter of taste
        first += word if _is_han(first[-1]) or _is_han(word[0]) else f" {word}"
    return first


def fold_name(text: str) -> str:
    """A name as it is compared: "Sentence-Embeddings" is `sentence embedding`, "3D 重建" is `3d重建`."""
    return _terms(_plain(text))


def _lines(text: str) -> list[str]:
    """The lines of a glossary's text, plain; empty for a comment."""
    lines = (line.strip() for line in _plain(text).split("\n"))
    return ["" if line.startswith("#") else line for line in lines]


def _names(line: str) -> list[str]:
    """The names on a plain line, folded; what is to be taken alone ends in `?`."""
    return [_terms(name) + "?" * name.rstrip().endswith("?") for name in line.split("=")]


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _joins(before: str, after: str) -> bool:
    """Whether no word ends between these two characters. Between Chinese ones, nobody can tell: one may."""
    return before != " " and after != " " and not _is_han(before) and not _is_han(after)


def _holds(text: str, term: str) -> bool:
    """Whether the folded `text` has the folded `term` in it as a whole term."""
    start = text.find(term)
    while start >= 0:
        end = start + len(term)
        if (
            not (start and _joins(text[start - 1], term[0]))
            and not (end < len(text) and _joins(term[-1], text[end]))
            and not (start and _turned(text[:start].rstrip(" ")))
        ):
            return True
        start = text.find(term, start + 1)
    return False


def _turned(before: str) -> bool:
    return before.endswith(_TURNS) and (_is_han(before[-1]) or before.split(" ")[-1] in _TURNS)


def _beginning(name: str) -> str:
    """The first characters of a folded name, which no folding has changed: every line with the name has them."""
    same = takewhile(lambda c: c != " " and _is_han(c) == _is_han(name[0]), name)
    return "".join(same)[:3]


def _begins(part: str, name: str) -> bool:
    """Whether `name` begins with `part`, or, if it is Chinese, ends with it: what a person says for short."""
    return name.startswith(part) or (_is_han(part[0]) and name.endswith(part))


def _begins_word(part: str, name: str) -> bool:
    return f" {part}" in f" {name}" or _begins(part, name)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Groups of names that mean the same, a line each; folded when they are asked for."""

    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Glossary:
        """The glossary that `text`, which has no faults, says."""
        return cls(tuple(line for line in _lines(text) if line))

    def extended(self, text: str) -> tuple[Glossary, list[tuple[int, str]]]:
        """This glossary with the lines of `text`, and the faults of `text`: line numbers from 1 and what is wrong.

        A line with a fault is left out. A line that shares a name with a group becomes part of it.
        """
        groups = self.groups()
        faults: list[tuple[int, str]] = []
        for number, line in enumerate(_lines(text), 1):
            if not line:
                continue
            names = _names(line)
            if fault := _fault(names):
                faults.append((number, fault))
            else:
                groups = _joined(groups, names)
        return Glossary(tuple("=".join(names) for names in groups)), faults

    def groups(self) -> list[list[str]]:
        """All groups, each as its names, folded; those to be taken alone end in `?`."""
        return [_names(line) for line in self.lines]

    def meant_by(self, question: str) -> list[list[str]]:
        """The groups that `question` asks for, as `groups` gives them."""
        wanted = fold_name(question)
        if len(wanted) < LEAST:
            return []
        first = _beginning(wanted)
        near = [_names(line) for line in self.lines if first in line]
        whole = [names for names in near if wanted in names or f"{wanted}?" in names]
        if whole or not (_is_han(wanted[0]) or len(wanted) >= LEAST_PART):
            return whole
        for fits in (_begins_word, _begins):
            found = [names for names in near if any(fits(wanted, n) for n in names if not n.endswith("?"))]
            if len(found) <= FEW:
                return found
        return []

    def bearing(self, question: str) -> Callable[[str], bool] | None:
        """Tells of a topic's name whether it bears a name of what `question` asks for; None if it asks for nothing."""
        names = [name for group in self.meant_by(question) for name in group]
        if not names:
            return None
        alone = {name[:-1] for name in names if name.endswith("?")}
        inside = [name for name in names if not name.endswith("?")]

        def bears(name: str) -> bool:
            folded = fold_name(name)
            return folded in alone or any(_holds(folded, term) for term in inside)

        return bears


def _fault(names: list[str]) -> str:
    """What is wrong with the names of a line; empty if nothing is."""
    if len(set(names)) < 2:
        return "a line is two names or more, divided by ="
    for name in names:
        bare = name.removesuffix("?")
        if not bare:
            return "a name is missing beside ="
        if len(bare) < LEAST:
            return f"{bare!r} is too short: a name has {LEAST} letters or more"
    return ""


def _joined(groups: Iterable[list[str]], names: list[str]) -> list[list[str]]:
    """`groups` with those that share a name with `names` made one with it; what is marked `?` joins nothing."""
    shared = {name for name in names if not name.endswith("?")}
    apart: list[list[str]] = []
    together: list[str] = []
    for group in groups:
        if shared.isdisjoint(group):
            apart.append(group)
        else:
            together += group
    return [*apart, list(dict.fromkeys([*together, *names]))]
