"""A paper as the library knows it, with what its reader did with it: what every view, table and document shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from readlist.domain.metadata import Kind, Link
from readlist.domain.passes import Pass, Status, open_pass
from readlist.domain.queue import Priority, Urgency


@dataclass(frozen=True, slots=True)
class Note:
    """A note in Markdown. `pass_number` is the pass in which it was taken, None for one of no pass."""

    text: str
    created: str
    pass_number: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A citation count as `source` gave it on the day `observed` (ISO date)."""

    count: int
    source: str
    observed: str
    influential: int | None = None


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Who said a field, and when (ISO date-time)."""

    source: str
    at: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything about one paper. `added` and `changed` are ISO date-times with their offset, `due` an ISO date.

    A listing may leave out `abstract`, `notes` and what else it does not show; `rl show` and JSON have all of it.
    """

    id: int
    key: str
    kind: Kind
    title: str
    added: str
    changed: str
    status: Status
    priority: Priority = "normal"
    authors: tuple[str, ...] = ()
    year: int | None = None
    published: str | None = None
    venue: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    links: tuple[Link, ...] = ()
    abstract: str | None = None
    summary: str | None = None
    tldr: str | None = None
    next_pass: int | None = None
    passes: tuple[Pass, ...] = ()
    due: str | None = None
    drop_reason: str | None = None
    urgency: Urgency | None = None
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    citations: Observation | None = None
    citation_history: tuple[Observation, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: Mapping[str, FieldSource] = field(default_factory=dict)
    pending: bool = False
    version: int | None = None
    withdrawn: bool = False

    @property
    def open_pass(self) -> Pass | None:
        return open_pass(self.passes)

    @property
    def guess(self) -> str:
        """Words to stand behind the venue where it is a guess: read out of what its authors wrote on arXiv."""
        said = self.sources.get("venue")
        return " (a guess, from its authors' words on arXiv)" if said and said.source == "arxiv" else ""
