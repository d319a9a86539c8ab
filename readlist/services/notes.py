"""Notes and summaries: what the reader thought of a paper."""

from __future__ import annotations

from readlist.db.library import Library
from readlist.domain.text import printable
from readlist.errors import NotFound, UsageError
from readlist.services.read import checked_pass


def clean(text: str) -> str:
    """A note as it is kept: without control characters and outer blank lines, otherwise as written."""
    return printable(text).strip()


def add_note(library: Library, paper_id: int, text: str, number: int | None = None) -> int:
    """Keep a note of the paper; returns the note's id."""
    kept = clean(text)
    if not kept:
        raise UsageError("the note is empty; nothing was kept", 'rl note PAPER "what you thought"')
    with library.write("note") as work:
        return work.reading.note(kept, paper_id=paper_id, number=checked_pass(number))


def rewrite_note(library: Library, note_id: int, text: str) -> bool:
    """Change a note; whether it changed. An empty text is refused, since a failed editor leaves one."""
    kept = clean(text)
    if not kept:
        raise UsageError("the note came back empty; it was left as it was", "")
    with library.write("note") as work:
        if work.views.has_note(note_id):
            return work.reading.rewrite(note_id, kept)
    raise NotFound("the note is gone", "")


def summarise(library: Library, paper_id: int, text: str) -> bool:
    """Set the paper's one-paragraph summary; whether it changed."""
    kept = clean(text)
    if not kept:
        raise UsageError("the summary is empty; nothing was changed", 'rl summary PAPER "in a paragraph"')
    with library.write("summary") as work:
        return work.reading.summarise(paper_id, kept)
