"""A page that rl wrote, in the shape of `domain/page_shape.py`: read back sign by sign, with nothing to guess.

What a person has added to it since is read as any page is (`page`), and stands under the topic that it was added to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from readlist.domain import identifiers
from readlist.domain import page_shape as shape
from readlist.domain.listing import LINE_KINDS, Entry, Ignored, Listing, Mark, TopicNote, TopicPath
from readlist.domain.metadata import KINDS, RELS, Kind, Link, Metadata, Rel
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.domain.topics import clean_path
from readlist.errors import InputError
from readlist.importers import page
from readlist.importers._blocks import lines_of

_HEADING = late(r"(#{1,6}) (\S.*)")
_FENCE = late(r" {0,3}(`{3,}|~{3,})")
# Within these the signs that would end them are escaped.
_TEXT = r"(?:[^\[\]\\]|\\.)*"
_STARLESS = r"(?:[^*\\]|\\.)+"
_LINK = late(rf"\[(?P<text>{_TEXT})\]\((?:<(?P<angled>[^<>\n]*)>|(?P<plain>[^\s()<>]+))(?: \"(?P<told>[a-z]+)\")?\)")
_TITLE = late(rf"- (?:(?P<mark>✅|#TODO) )?(?:\*\*(?P<strong>{_STARLESS})\*\*|(?P<link>{_LINK.pattern}))")
_TAG = late(r"`([^`]+)`|<code>(.+)</code>")
_PEOPLE = late(rf"\*({_STARLESS})\*")
_KIND = late(rf"\(({'|'.join(KINDS)})\)")
_PUBLISHED = late(r"(?:(.*) )?(\d{4})", re.ASCII)
_OTHER = late(r"[\[(*`<].*")
_MARKS: dict[str, Mark] = {sign: mark for mark, sign in shape.MARKS.items()}
_CALLED = {name: scheme for scheme, name in shape.NAMES.items()}
_STAND_IN = "Topic{}of"  # no heading of a paper, no word of a list


def recognises(text: str) -> bool:
    """Whether the first line says that rl wrote the page."""
    return shape.FIRST.match(text) is not None


def read(text: str, *, mentions: bool = False) -> Listing:
    """All of `text`, every line accounted for. Raises InputError for the page of a newer rl."""
    found = shape.FIRST.match(text)
    if found and int(found[1]) > shape.SHAPE:
        raise InputError(
            "line 1: a newer rl wrote this page", "update rl, or take the first line off to read it as any page"
        )
    reader = _Reader(lines_of(text))
    reader.run()
    return reader.with_the_rest(mentions)


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LINE_KINDS, 0))
    topics: dict[TopicPath, None] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)  # by their lines: a paper stands once under each topic
    notes: list[TopicNote] = field(default_factory=list)
    path: TopicPath = ()
    rest: list[str] = field(default_factory=list)  # the page less what was read, for `page`
    stand_ins: dict[str, TopicPath] = field(default_factory=dict)

    def run(self) -> None:
        at, quiet = 1, True
        self.rest = [""]
        while at < len(self.lines):
            heading = _HEADING.fullmatch(self.lines[at]) is not None
            used, kept = self._take(at, quiet)
            lines = self.lines[at : at + used]
            self.rest += lines if kept else [""] * used
            # A quotation is a note of the topic where nothing but blank lines stands between it and the heading.
            if any(line.strip() for line in lines):
                quiet = heading
            at += used

    def _take(self, at: int, quiet: bool) -> tuple[int, bool]:
        """Read what begins at line `at` (from 0): how many lines it has, and whether they are left for `page`."""
        line = self.lines[at]
        if not line.strip():
            self.counts["blank"] += 1
            return 1, False
        fence = _FENCE.match(line)
        if fence:
            end = re.compile(rf" {{0,3}}{re.escape(fence[1])}")
            close = next((n for n in range(at + 1, len(self.lines)) if end.match(self.lines[n])), len(self.lines) - 1)
            return close - at + 1, True
        heading = _HEADING.fullmatch(line)
        if heading:
            self._enter(len(heading[1]), heading[2])
            self.counts["topics"] += 1
            name = _STAND_IN.format(len(self.stand_ins))
            self.stand_ins[name] = self.path
            self.lines[at] = f"# {name}"
            return 1, True
        if line.startswith(">") and quiet:
            return self._quotation(at), False
        entry = _entry(line, at + 1, self.path)
        if entry is None:
            return 1, True
        below = _below(self.lines[at + 1 :])
        summary, notes = _parted(below)
        blank = sum(not text.strip() for text in below)
        known = self.entries.get(line)
        topics = (*(known.topics if known else ()), *entry.topics)
        entry = replace(known or entry, topics=tuple(dict.fromkeys(topics)))
        texts = (*(["\n".join(entry.notes)] if entry.notes else []), *entry.apart, *notes)
        self.entries[line] = replace(
            entry,
            summary=entry.summary or summary,
            notes=tuple(texts[0].split("\n")) if texts else (),
            apart=tuple(texts[1:]),
        )
        self.counts["papers"] += 1
        self.counts["blank"] += blank
        self.counts["notes"] += len(below) - blank
        return 1 + len(below), False

    def _enter(self, level: int, text: str) -> None:
        """Enter a topic. For what is added below it a name stands in that no rule of pages takes for anything else."""
        names = [one_line(shape.unescaped(name)) for name in (text.split("/") if level == 6 else [text])]
        self.path = clean_path((*self.path[: level - 1], *names))
        if self.path:
            self.topics.setdefault(self.path)

    def _quotation(self, at: int) -> int:
        end = next((n for n in range(at, len(self.lines)) if not self.lines[n].startswith(">")), len(self.lines))
        texts = _divided([line[1:].removeprefix(" ") for line in self.lines[at:end]])
        self.notes += [TopicNote(at + 1, self.path, text, number) for number, text in enumerate(texts, 1)]
        self.counts["notes"] += end - at
        return end - at

    def with_the_rest(self, mentions: bool) -> Listing:
        """The listing, with what the page holds besides."""
        mine = tuple(self.entries.values())
        ignored = (Ignored(1, self.lines[0], "tells that rl wrote the page"),)
        counts = self.counts | {"ignored": 1}
        if all(not line or line.removeprefix("# ") in self.stand_ins for line in self.rest):
            return Listing("page", tuple(self.topics), mine, tuple(self.notes), counts, ignored)
        other = page.read("\n".join(self.rest) + "\n", mentions=mentions)
        for kind, lines in other.lines.items():
            counts[kind] += lines
        counts["topics"] -= len(self.stand_ins)
        counts["blank"] -= sum(not line for line in self.rest)
        return Listing(
            "page",
            tuple(dict.fromkeys((*self.topics, *map(self._real, other.topics)))),
            tuple(
                sorted(
                    (*mine, *(replace(e, topics=tuple(map(self._real, e.topics))) for e in other.entries)),
                    key=lambda entry: entry.line,
                )
            ),
            tuple(
                sorted(
                    (*self.notes, *(replace(note, topic=self._real(note.topic)) for note in other.topic_notes)),
                    key=lambda note: note.line,
                )
            ),
            counts,
            (*ignored, *other.ignored),
        )

    def _real(self, path: TopicPath) -> TopicPath:
        """A path of what was added, below the topic of this page that its first name stands for."""
        return (*self.stand_ins.get(path[0], path[:1]), *path[1:]) if path else ()


# -- one item ----------------------------------------------------------------------------------------------------------


def _entry(line: str, number: int, path: TopicPath) -> Entry | None:
    """The paper that the line is an item of; None for a line of another shape."""
    head, *parts = line.split(shape.BETWEEN)
    found = _TITLE.fullmatch(head)
    if not found:
        return None
    said = Metadata("page", "paper", shape.unescaped(found["strong"] or found["text"]))
    tags: list[str] = []
    if found["link"]:
        said = _with_link(said, _address(found), named=True, own=found["told"] == shape.OWN_ADDRESS)
    for part in parts:
        if link := _LINK.fullmatch(part):
            own = link["text"] == shape.OWN_ADDRESS and not link["told"]
            scheme = None if link["told"] else _CALLED.get(link["text"])
            said = _with_link(said, _address(link), bool(scheme), own) if own or scheme else _with(said, _link(link))
        elif tag := _TAG.fullmatch(part):
            tags.append(tag[1] or shape.unescaped(tag[2]))
        elif people := _PEOPLE.fullmatch(part):
            said = replace(said, authors=tuple(shape.unescaped(name) for name in people[1].split(", ")))
        elif count := shape.COUNT.fullmatch(part):
            said = replace(said, citations=int(count[1]))
        elif kind := _KIND.fullmatch(part):
            said = replace(said, kind=cast(Kind, kind[1]))
        elif said.venue or said.year or _OTHER.match(part):
            return None
        else:
            published = _PUBLISHED.fullmatch(part)
            venue = (published[1] if published else part) or ""
            said = replace(said, venue=shape.unescaped(venue) or None, year=int(published[2]) if published else None)
    if said.title in (said.url, *(f"{scheme}:{value}" for scheme, value in said.identifiers.items())):
        said = replace(said, title=None)  # it stands in for one that is not known
    return Entry(number, said, (path,) if path else (), _MARKS.get(found["mark"] or ""), tags=tuple(tags))


def _with_link(said: Metadata, url: str, named: bool, own: bool) -> Metadata:
    """`said` with an address of the paper itself: one that names an identifier, its `own`, or both."""
    found = identifiers.from_url(url) if named else None
    if found:
        said = replace(said, identifiers={**said.identifiers, found.scheme: found.value})
    return replace(said, url=url) if own or not found else said


def _with(said: Metadata, link: Link) -> Metadata:
    return replace(said, links=(*said.links, link))


def _address(found: re.Match[str]) -> str:
    return shape.unescaped(found["plain"] if found["angled"] is None else found["angled"])


def _link(found: re.Match[str]) -> Link:
    text = shape.unescaped(found["text"])
    rel = found["told"] or text
    alone = not found["told"] and rel in RELS  # the kind of link stands for a text that it has not
    return Link(cast(Rel, rel if rel in RELS else "other"), _address(found), "" if alone else text)


def _below(lines: Sequence[str]) -> list[str]:
    """The lines that belong to the item above: those indented, and blank ones between them."""
    end = 0
    for number, line in enumerate(lines, 1):
        if line.startswith("  "):
            end = number
        elif line.strip():
            break
    return list(lines[:end])


def _parted(below: Sequence[str]) -> tuple[str | None, list[str]]:
    """The summary and the notes that stand below an item."""
    lines = [line.removeprefix("  ") for line in below]
    while lines and not lines[0]:
        del lines[0]
    summary: list[str] = []
    if lines and lines[0].startswith(f"> {shape.SUMMARY}"):
        lines[0] = "> " + lines[0].removeprefix(f"> {shape.SUMMARY}")
        while lines and lines[0].startswith(">"):
            summary.append(lines.pop(0)[1:].removeprefix(" "))
    return "\n".join(summary) or None, _divided(lines)


def _divided(lines: Sequence[str]) -> list[str]:
    """The notes that these lines are, as they were before they were written to a page."""
    notes: list[list[str]] = [[]]
    for line in lines:
        like = shape.LIKE_NOTE.fullmatch(line)
        if like and not like[1]:
            notes.append([])
        else:
            notes[-1].append(f"<!-- {line[6:]}" if like else line)
    return [text for text in ("\n".join(note).strip("\n") for note in notes) if text.strip()]
