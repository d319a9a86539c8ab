"""Papers named inside running notes: those named without an address only if asked for, as a name may be anything.

A name counts if it is set off as titles are (《…》, quotation marks, strong text, a link to a paper), if it is
announced ("paper: …"), if venue and year follow it in brackets, or if it is written as titles in English are: a run of
words of which those that carry meaning are capitalised. Links that were lost in copying leave such runs behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from readlist.domain import identifiers
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines import (
    _fields,
    _inline,
    _looks,
    _title,
)
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._inline import Span
from readlist.importers.lines._seen import Sight

_LINE_MAX = 20_000  # characters; a longer line is no note that somebody wrote
_SMALL = frozenset("a an and as at by for from in into is of on or over the to using via vs with without".split())
_MAYBE_LINK = late(r"://|\]\(|\[[^\[\]]{0,200}\]", re.IGNORECASE)
_BOOKISH = late(r"《([^《》]{4,200})》|“([^“”]{12,200})”|\"([^\"]{12,200})\"|「([^「」]{6,200})」")
_ANNOUNCED = late(r"(?:^|[\s(（，,。;；])(?:paper|论文|文章题目|title)\s*[:：]\s*", re.IGNORECASE)
_BRACKETS = late(r"\s*[(（\[【]([^()（）\[\]【】]{3,60})[)）\]】]")
_WORD = late(r"[A-Za-z0-9][A-Za-z0-9'’&+./-]*")
_GAP = late(r"(?::|,|\?)?[ \u00a0]")
_LEAST = 4  # words of a title that is told by its capitals alone


def find(text: str, references: Mapping[str, str]) -> Iterator[Sight]:
    """The papers that a line of notes names, each once."""
    if len(text) > _LINE_MAX:
        return
    seen: set[str] = set()
    for sight in _named(text, references):
        key = sight.title.casefold() or str(sight.ids[0])
        if key not in seen and not any(key in other for other in seen):
            seen.add(key)
            yield sight


def linked(text: str, references: Mapping[str, str]) -> Iterator[Sight]:
    """The papers to which a line of notes links, by an address that identifies them."""
    if len(text) > _LINE_MAX or not _MAYBE_LINK.search(text):
        return
    for span in _inline.spans(text, references):
        if span.href is not None and (sight := _of_link(span)) is not None:
            yield sight


def _of_link(span: Span) -> Sight | None:
    href = span.href or ""
    found = identifiers.from_url(href) if identifiers.is_address(href) else None
    if found is None:
        return None
    title = "" if span.bare or not _is_title(span.text) else _title.clean(span.text)
    return Sight(title, title=title, set_off="link", links=[(span.text, href)])


def _named(text: str, references: Mapping[str, str]) -> Iterator[Sight]:
    spans = _inline.spans(text, references)
    running: list[str] = []
    for span in spans:
        if span.href is not None:
            running.append(" ￼ ")
            linked_paper = _of_link(span)
            if linked_paper is not None:
                yield linked_paper
            continue
        if span.style == "code" or span.style == "image":
            running.append(" ￼ ")
        elif span.style == "strong" and _is_title(span.text):
            running.append(" ￼ ")
            yield _sight_of(span.text)
        else:
            running.append(span.text)
    plain = "".join(running)
    taken: list[str] = []
    at = 0
    for found_quote in _BOOKISH.finditer(plain):
        inner = next(group for group in found_quote.groups() if group)
        if (found_quote[1] and _title.is_wordy(inner)) or _is_title(inner):
            yield _sight_of(inner)
            taken += [plain[at : found_quote.start()], " ￼ "]
            at = found_quote.end()
    yield from _runs("".join([*taken, plain[at:]]))


def _sight_of(title: str, fields: Fields | None = None) -> Sight:
    return Sight(title, title=_title.clean(title), set_off="quoted", fields=fields or Fields())


def _is_title(text: str) -> bool:
    return _looks.is_latin_title(text, _LEAST) and _looks.is_capital(text)


def _runs(plain: str) -> Iterator[Sight]:
    """Names told by what stands around them: an announcement, venue and year behind, or capitals alone."""
    for start, end in _capital_runs(plain):
        title = plain[start:end].strip(" ,:")
        behind = _BRACKETS.match(plain, end)
        field = _fields.read_part(behind[1]) if behind else None
        dated = field if field is not None and field.published and (field.venue or field.year) else None
        announced = _ANNOUNCED.search(plain, max(0, start - 12), start)
        words = title.split()
        placed = dated is not None and dated.venue is not None
        if (placed and (len(words) > 1 or _title.is_nickname(title))) or (announced and len(words) > 1):
            yield _sight_of(title, dated)
        elif _explains_a_name(plain, start, end):
            continue
        elif _is_written_as_title(title, whole=not plain[:start].strip(" -*•") and not plain[end:].strip(" .")):
            yield _sight_of(title, dated)


def _is_written_as_title(title: str, whole: bool) -> bool:
    words = title.split()
    if len(words) > 25 or not _looks.is_latin_title(title, _LEAST):
        return False
    telling = [word for word in words if word.casefold() not in _SMALL]
    joined = len(telling) < len(words) or ":" in title  # "of", "for", a colon: what holds a title together
    spelled = sum(
        1 for word in telling if word[0].isupper() and any(c.islower() for c in word)
    )  # no acronym, no number
    return spelled >= 3 and (joined or whole)


def _explains_a_name(plain: str, start: int, end: int) -> bool:
    """Whether a run fills brackets behind a word: "ABC (Words That It Is Short For)"."""
    return (
        plain[end : end + 1] in (")", "）") and re.search(r"\w\s?[(（]$", plain[max(0, start - 8) : start]) is not None
    )


def _capital_runs(plain: str) -> Iterator[tuple[int, int]]:
    """The stretches of words that are capitalised or small words between such; a colon or comma may stand between.

    A name in lower letters before a colon ("mixup: Beyond …") belongs to the title behind it.
    """
    words = list(_WORD.finditer(plain))
    run: list[re.Match[str]] = []
    for number, word in enumerate(words):
        capital = word[0][0].isupper() or word[0][0].isdigit()
        small = word[0].casefold() in _SMALL
        joins = bool(run) and _GAP.fullmatch(plain, run[-1].end(), word.start()) is not None
        if not joins and run:
            yield from _trimmed(run)
            run = []
        if capital or (small and run):
            run.append(word)
        else:
            if run:
                yield from _trimmed(run)
            run = []
            after = words[number + 1] if number + 1 < len(words) else None
            named = plain[word.end() : word.end() + 2] == ": " and not _title.announces(word[0])
            if named and after is not None and after[0][0].isupper():
                run = [word]
    if run:
        yield from _trimmed(run)


def _trimmed(run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    while run and (run[-1][0].casefold() in _SMALL and run[-1][0].islower()):
        run.pop()
    if run and not is_chinese(run[0][0]):
        yield run[0].start(), run[-1].end()
