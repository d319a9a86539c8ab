"""Taking in a library's own JSON: into a new library as it is, else each paper into its like here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, cast

from readlist.db.library import Work
from readlist.domain.listing import TopicPath
from readlist.domain.metadata import Metadata
from readlist.domain.record import NoteRecord, PaperRecord, Records, TagRecord, TopicRecord, VenueRecord

How = Literal["created", "changed", "unchanged"]


def take_in(
    work: Work, records: Records, known: Callable[[Metadata], int | None], above: TopicPath = ()
) -> Iterator[tuple[int, How]]:
    """Take the records in, topics below `above`: the id of each paper, and what became of it.

    A new library becomes equal to the one that was written, ids and all. In another one `known` finds the paper that
    the library has already; what is not there yet is added under new ids, and nothing is lost on either side.
    """
    from readlist.db.transfer import Transfer

    transfer = Transfer(work, above)
    for venue in records.of("venues"):
        transfer.venue(cast(VenueRecord, venue))
    for topic in records.of("topics"):
        transfer.topic(cast(TopicRecord, topic))
    for tag in records.of("tags"):
        transfer.tag(cast(TagRecord, tag))
    for note in records.of("notes"):
        transfer.note(cast(NoteRecord, note))
    for record in records.of("papers"):
        assert isinstance(record, PaperRecord)
        paper = None if transfer.keeping else known(_said(record))
        if paper is None:
            yield transfer.add(record), "created"
        else:
            yield paper, "changed" if transfer.join(paper, record) else "unchanged"
    transfer.ids_given(records.last)


def _said(record: PaperRecord) -> Metadata:
    """What tells which paper it is."""
    return Metadata(
        "page",
        title=record.title,
        authors=record.authors,
        year=record.year,
        identifiers=record.identifiers,
        url=record.url,
    )
