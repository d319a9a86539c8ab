"""The JSON that `rl` promises: the shapes of its documents. Keys may be added, never renamed."""

from __future__ import annotations

from typing import TypedDict

from readlist.domain.paper import Observation, Paper
from readlist.domain.passes import Pass


class LinkDocument(TypedDict):
    """An address that belongs to a paper but does not identify it."""

    rel: str
    url: str
    text: str


class CountDocument(TypedDict):
    """A citation count; `observed` is the day on which `source` gave it."""

    count: int
    source: str
    observed: str


# "pass" is a word of Python's own, so these two are written in the other form.
PassDocument = TypedDict(
    "PassDocument",
    {
        "pass": int,
        "started": str | None,
        "finished": str | None,
        "minutes": int | None,
        "note": str | None,
        "implied": bool,
        "version": int | None,
    },
)
NoteDocument = TypedDict("NoteDocument", {"text": str, "pass": int | None, "created": str})


class PaperDocument(TypedDict):
    """A paper, with what its reader did with it."""

    id: int
    key: str
    kind: str
    title: str
    authors: list[str]
    year: int | None
    published: str | None
    venue: str | None
    identifiers: dict[str, str]
    url: str | None
    links: list[LinkDocument]
    abstract: str | None
    summary: str | None
    tldr: str | None
    status: str
    next_pass: int | None
    passes: list[PassDocument]
    priority: str
    due: str | None
    drop_reason: str | None
    urgency: float | None
    topics: list[str]
    tags: list[str]
    citations: CountDocument | None
    notes: list[NoteDocument]
    pending: bool
    version: int | None
    withdrawn: bool
    added: str
    changed: str


def paper(it: Paper) -> PaperDocument:
    """The document of a paper (read with all its details)."""
    return {
        "id": it.id,
        "key": it.key,
        "kind": it.kind,
        "title": it.title,
        "authors": list(it.authors),
        "year": it.year,
        "published": it.published,
        "venue": it.venue,
        "identifiers": dict(it.identifiers),
        "url": it.url,
        "links": [{"rel": link.rel, "url": link.url, "text": link.text} for link in it.links],
        "abstract": it.abstract,
        "summary": it.summary,
        "tldr": it.tldr,
        "status": it.status,
        "next_pass": it.next_pass,
        "passes": [_pass(event) for event in it.passes],
        "priority": it.priority,
        "due": it.due,
        "drop_reason": it.drop_reason,
        "urgency": it.urgency.total if it.urgency else None,
        "topics": list(it.topics),
        "tags": list(it.tags),
        "citations": count(it.citations) if it.citations else None,
        "notes": [{"text": note.text, "pass": note.pass_number, "created": note.created} for note in it.notes],
        "pending": it.pending,
        "version": it.version,
        "withdrawn": it.withdrawn,
        "added": it.added,
        "changed": it.changed,
    }


def count(it: Observation) -> CountDocument:
    return {"count": it.count, "source": it.source, "observed": it.observed}


def _pass(event: Pass) -> PassDocument:
    return {
        "pass": event.number,
        "started": event.started,
        "finished": event.finished,
        "minutes": event.minutes,
        "note": event.note,
        "implied": event.implied,
        "version": event.version,
    }
