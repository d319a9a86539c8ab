"""Several mentions of one paper as one: what is said first holds, the rest adds what was not said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readlist.domain.listing import Entry
from readlist.domain.metadata import Metadata
from readlist.domain.passes import IMPORTED_READ_PASS
from readlist.domain.text import fold


def together(said: Metadata, other: Metadata) -> Metadata:
    """What is said first, with what only the other says."""
    return replace(
        said,
        kind=said.kind or other.kind,
        title=said.title or other.title,
        authors=said.authors or other.authors,
        # A year belongs to its venue.
        year=said.year or (other.year if not said.venue or said.venue == other.venue else None),
        venue=said.venue or other.venue,
        published=said.published or other.published,
        url=said.url or other.url,
        abstract=said.abstract or other.abstract,
        citations=other.citations if said.citations is None else said.citations,
        identifiers={**other.identifiers, **said.identifiers},
        links=tuple({link.url: link for link in (*other.links, *said.links)}.values()),
    )


def _titles_beside(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Titles of later mentions that the first one's does not hold: two papers may stand under one address by mistake,
    and a name that a person wrote down must not be lost."""
    seen = fold(entries[0].metadata.title or "")
    beside: list[str] = []
    for entry in entries[1:]:
        title = entry.metadata.title
        folded = fold(title or "")
        if title and seen and folded not in seen:
            seen += f" {folded}"
            beside.append(f"Also listed here as: {title}")
    return tuple(beside)


def combined(entries: Sequence[Entry]) -> Entry:
    """Several mentions of one paper on one page as one: what is said first holds, the rest adds what was not said."""
    first = entries[0]
    if len(entries) == 1:
        return first
    said = first.metadata
    for entry in entries[1:]:
        said = together(said, entry.metadata)
    marks = {entry.mark for entry in entries}
    deepest = max(
        (entry for entry in entries if entry.mark == "read"),
        key=lambda entry: (entry.depth or IMPORTED_READ_PASS, entry.finished or ""),
        default=None,
    )
    return replace(
        first,
        metadata=said,
        topics=tuple(dict.fromkeys(path for entry in entries for path in entry.topics)),
        mark="read" if "read" in marks else "todo" if "todo" in marks else None,
        depth=deepest.depth if deepest else None,
        finished=deepest.finished if deepest else None,
        priority=next((entry.priority for entry in entries if entry.priority), None),
        summary=next((entry.summary for entry in entries if entry.summary), None),
        notes=(*_titles_beside(entries), *(line for entry in entries for line in entry.notes)),
        apart=tuple(text for entry in entries for text in entry.apart),
        tags=tuple(dict.fromkeys(tag for entry in entries for tag in entry.tags)),
    )
