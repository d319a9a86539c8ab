"""What an entry of the log says to a person: which papers, which fields from what to what, which topics and tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from readlist.db.history import Entry, History
from readlist.db.views import Views
from readlist.domain.text import one_line

if TYPE_CHECKING:
    from readlist.db.changes import Change

NAMED = 20
"""So many papers of an entry are named; the others are counted."""

_LARGEST = 16_384  # bytes of an entry, as stored, that is looked into for a list
_LISTED = 3  # papers or names in one sentence
_SHORT = 40  # letters of a value
_GONE = "that is gone"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a paper that changed, or (`thing`) something of the paper that came (`before` None) or went."""

    field: str
    before: str | int | None
    after: str | int | None
    thing: bool = False

    def words(self) -> str:
        before, after = (None if value is None else _short(value) for value in (self.before, self.after))
        if not self.thing or (before is not None and after is not None):
            return f"{self.field} {before or 'none'} → {after or 'none'}"
        if before is not None:
            return f"{self.field} {before} removed"
        return self.field if after is None else f"{self.field}: {after}"


@dataclass(frozen=True, slots=True)
class Named:
    """A paper of an entry. `how`: "added", "changed", "removed" or "passing"; `title` None: nobody remembers it."""

    id: int
    title: str | None
    how: str

    def words(self, width: int | None) -> str:
        title = one_line(self.title or "")
        if width is not None and len(title) > width:
            title = title[:width].rstrip() + "…"
        return f"#{self.id} {title}".rstrip()


@dataclass(frozen=True, slots=True)
class Deed:
    """An entry, its first papers, the fields that changed if it is of one paper, and what became of topics and tags."""

    entry: Entry
    papers: tuple[Named, ...]
    fields: tuple[FieldChange, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The command with its number in the log."""
        return f"{self.entry.command} ({self.entry.id})"

    def words(self, width: int | None = None) -> str:
        """What was done, in a sentence; `width`: titles are cut at so many letters."""
        return "; ".join(part for part in (self._of(), self._what(width), *self.labels) if part)

    def _of(self) -> str:
        """For an undo or a redo: of which command."""
        if self.entry.undoes is None:
            return ""
        number, command = self.entry.of or (None, "an earlier command")
        again = "taken back" if self.entry.command == "undo" else "done again"
        return f"{command} ({number}) {again}" if number else f"{command} {again}"

    def _what(self, width: int | None) -> str:
        if not self.papers:
            return ""
        if len(self.papers) == 1:
            (paper,) = self.papers
            how = {"passing": "came and went", "changed": "" if self.fields else "changed"}.get(paper.how, paper.how)
            said = "; ".join(filter(None, (how, *(it.words() for it in self.fields))))
            return f"{paper.words(width)}: {said}"
        counts = {"added": self.entry.added, "changed": self.entry.changed, "removed": self.entry.removed}
        (how, first), *others = [(how, count) for how, count in counts.items() if count]
        many = f"{first} paper{'s' if first != 1 else ''} {how}" + "".join(f", {count} {how}" for how, count in others)
        shown = [paper.words(width) for paper in self.papers[:_LISTED]]
        left = self.entry.papers - len(shown)
        return f"{many}: {', '.join(shown)}" + (f" and {left} more" if left else "")


class Teller:
    """Says what entries of the log are about."""

    def __init__(self, views: Views, history: History) -> None:
        self._views = views
        self._history = history
        self._names: dict[tuple[str, int], str] = {}  # of topics and tags that an entry removed

    def deed(self, entry: Entry) -> Deed:
        """The entry in words. Large ones are not looked into: their papers are counted and the first named."""
        papers = tuple(Named(i, self._title(i), how) for i, how in self._history.papers_of_entry(entry.id, NAMED))
        if len(papers) > 1 and not entry.other:
            return Deed(entry, papers)
        changes = self._history.changes_of_entry(entry.id, _LARGEST) or []
        self._remember(changes)
        fields = self._fields(changes, papers[0]) if len(papers) == 1 else ()
        return Deed(entry, papers, tuple(fields), tuple(self._labels(changes)))

    def of_paper(self, entry: Entry, paper: int) -> Deed:
        """What the entry did to that paper."""
        named = Named(paper, self._title(paper), self._history.became(entry.id, paper))
        changes = self._history.changes_to_paper(entry.id, paper)
        self._remember(changes)
        return Deed(entry, (named,), tuple(self._fields(changes, named)))

    def _title(self, paper: int) -> str | None:
        names = self._views.names([paper])
        return names[0][2] if names else self._history.old_title(paper)

    # -- papers --------------------------------------------------------------------------------------------------------

    def _fields(self, changes: Sequence[Change], paper: Named) -> Iterator[FieldChange]:
        """What changed of the paper. Of one that is new what came with it by hand; of one that went nothing."""
        tables = {"changed": _ORDER, "added": _OWN}.get(paper.how, ())
        counted = any(it.table == "papers" and it.after and "citations" in it.after for it in changes)
        wanted = [it for it in changes if it.table in tables and paper.id in it.papers]
        wanted.sort(key=lambda it: tables.index(it.table))
        for change in wanted:
            if change.table in _COLUMNS:
                yield from self._columns(change)
            elif change.table in _THINGS and not (counted and change.table == "observations"):
                yield from self._thing(change, paper.id)
        if any(it.table == "paper_authors" for it in wanted):
            yield FieldChange("authors", None, None, thing=True)

    def _columns(self, change: Change) -> Iterator[FieldChange]:
        if change.before is None or change.after is None:  # of a new row the log keeps no long texts
            yield FieldChange("texts", None, None, thing=True)
            return
        for name, field in _COLUMNS[change.table].items():
            if name in change.after:
                was, now = change.before[name], change.after[name]
                if name == "venue_id":
                    was, now = (self._history.name_of_venue(i) if i else None for i in (was, now))
                yield FieldChange(field, was, now, thing=name == "drop_reason")

    def _thing(self, change: Change, paper: int) -> Iterator[FieldChange]:
        """A pass, a note, a topic … of the paper: it came, went, or changed."""
        before, after = change.before, change.after if change.left is None else change.told or {}
        if before and after and "paper_id" in before:  # it went from one paper to another
            before, after = (change.told if row["paper_id"] == paper else None for row in (before, after))
        name, words = _THINGS[change.table]
        was, now = (None if row is None else words(self, change, row) for row in (before, after))
        if was != now:
            yield FieldChange(name(change), was, now, thing=True)

    def topic(self, topic: int) -> str:
        found = next((it for it in self._forest.topics if it.id == topic), None)
        return self._forest.path(found) if found else self._names.get(("topics", topic), _GONE)

    def tag(self, tag: int) -> str:
        return self._history.name_of_tag(tag) or self._names.get(("tags", tag), _GONE)

    @cached_property
    def _forest(self) -> Any:
        return self._views.forest()

    def _remember(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.table in ("topics", "tags"):
                name = (change.before or {}).get("name") or (change.told or {}).get("name")
                if name:
                    self._names[change.table, change.key[0]] = name

    # -- what is of no paper -------------------------------------------------------------------------------------------

    def _labels(self, changes: Sequence[Change]) -> Iterator[str]:
        """What became of topics, tags, aliases and notes of topics: by name if they are few."""
        found: dict[tuple[str, str], list[str]] = {}
        for change in changes:
            if change.table in _LABELS and not change.papers:
                thing, name = _LABELS[change.table]
                before, after = change.before or {}, change.after or {}
                verb = "added" if change.before is None else "removed" if change.after is None else "changed"
                said = name(self, change, {**(change.told or {}), **before})
                if verb == "changed":
                    verb = "moved" if "parent_id" in after else "renamed" if "name" in after else verb
                    said = f"{before['name']} → {after['name']}" if "name" in after else said
                found.setdefault((thing, verb), []).append(_short(said))
        for (thing, verb), names in found.items():
            many = _MANY.get(thing, f"{thing}s")
            yield f"{thing} {verb}: {', '.join(names)}" if len(names) <= _LISTED else f"{len(names)} {many} {verb}"


_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reading": {
        "status": "status", "next_pass": "next pass", "priority": "priority", "due": "due", "drop_reason": "reason",
    },
    "papers": {
        "title": "title", "key": "key", "kind": "kind", "year": "year", "published": "published", "venue_id": "venue",
        "url": "address", "citations": "citations", "version": "version", "withdrawn": "withdrawn",
    },
    "texts": {"abstract": "abstract", "tldr": "in short"},
}  # fmt: skip
_OWN = ("passes", "summaries", "notes", "paper_topics", "paper_tags")
_ORDER = ("reading", *_OWN, "papers", "identifiers", "links", "texts", "paper_authors", "observations")

_Row = Mapping[str, Any]


def _pass(teller: Teller, change: Change, row: _Row) -> str:
    finished, started, minutes = (row.get(name) for name in ("finished", "started", "minutes"))
    unknown = "read" if "number" in row else "open"  # of a pass that changed only what changed is told
    when = f"finished {finished[:10]}" if finished else f"begun {started[:10]}" if started else unknown
    return when + (f", {minutes} minutes" if minutes is not None else "")


def _number(change: Change) -> str:
    return f"pass {(change.told or change.before or {}).get('number')}"


# Table -> what a row of it is called, and what it says.
_THINGS: Mapping[str, tuple[Callable[[Change], str], Callable[[Teller, Change, _Row], str | int | None]]] = {
    "passes": (_number, _pass),
    "notes": (lambda change: "note", lambda teller, change, row: row.get("text")),
    "summaries": (lambda change: "summary", lambda teller, change, row: row.get("text")),
    "paper_topics": (lambda change: "topic", lambda teller, change, row: teller.topic(change.key[0])),
    "paper_tags": (lambda change: "tag", lambda teller, change, row: teller.tag(change.key[0])),
    "identifiers": (lambda change: change.key[0], lambda teller, change, row: change.key[1]),
    "links": (lambda change: "link", lambda teller, change, row: row.get("url")),
    "observations": (lambda change: f"count of {change.key[1]}", lambda teller, change, row: row.get("count")),
}

# Table -> what a row of it is called, and its name.
_LABELS: Mapping[str, tuple[str, Callable[[Teller, Change, _Row], Any]]] = {
    "topics": ("topic", lambda teller, change, row: teller.topic(change.key[0])),
    "tags": ("tag", lambda teller, change, row: teller.tag(change.key[0])),
    "focus": ("focus", lambda teller, change, row: teller.topic(change.key[0])),
    "queries": ("query", lambda teller, change, row: f"@{change.key[0]}"),
    "topic_aliases": ("alias", lambda teller, change, row: f"{change.key[1]} of {teller.topic(change.key[0])}"),
    "venue_aliases": ("alias", lambda teller, change, row: row.get("alias", change.key[0])),
    "notes": ("note", lambda teller, change, row: row.get("text", "")),
}


_MANY = {"alias": "aliases", "focus": "topics in focus", "query": "queries"}


def _short(value: str | int) -> str:
    text = one_line(str(value))
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"
