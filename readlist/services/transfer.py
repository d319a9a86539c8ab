"""Taking in a library's own JSON: into a new library as it is, else each paper into its like here.

A library that was written whole brings its log. In a new library it becomes the log, as if all had been done there, and
taking it in is no entry of its own: the two libraries are equal, and what can be taken back in one can be in the other.
A library with something in it has a log of its own, in which this is one more command; the log of the file, which
speaks of other rows, is passed over there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Literal, cast

from readlist.db.library import Work
from readlist.domain.listing import TopicPath
from readlist.domain.metadata import Metadata
from readlist.domain.record import NoteRecord, PaperRecord, QueryRecord, Records, TagRecord, TopicRecord, VenueRecord

if TYPE_CHECKING:
    from readlist.db.log_records import Restoring

How = Literal["created", "changed", "unchanged"]


def take_in(
    work: Work, records: Records, known: Callable[[Metadata], int | None], above: TopicPath = ()
) -> Iterator[tuple[int, How]]:
    """Take the records in, topics below `above`: the id of each paper, and what became of it.

    A new library becomes equal to the one that was written, ids, log and all. In another one `known` finds the paper
    that the library has already; what is not there yet is added under new ids, and nothing is lost on either side.
    """
    from readlist.db.log_records import restoring
    from readlist.db.transfer import Transfer

    log: Restoring | None
    with restoring(work, records) if restores(work, records, above) else nullcontext() as log:
        transfer = Transfer(work, above)
        if log:
            log.authors()
        for venue in records.of("venues"):
            transfer.venue(cast(VenueRecord, venue))
        for topic in records.of("topics"):
            transfer.topic(cast(TopicRecord, topic))
        for tag in records.of("tags"):
            transfer.tag(cast(TagRecord, tag))
        for note in records.of("notes"):
            transfer.note(cast(NoteRecord, note))
        for query in records.of("queries"):
            transfer.query(cast(QueryRecord, query))
        for record in records.of("papers"):
            assert isinstance(record, PaperRecord)
            paper = None if transfer.keeping else known(_said(record))
            if paper is not None:
                yield paper, "changed" if transfer.join(paper, record) else "unchanged"
                continue
            if log:
                log.links(record)
            yield transfer.add(record), "created"
        transfer.ids_given(records.last)
        if log:
            log.log()


def restores(work: Work, records: Records, above: TopicPath = ()) -> bool:
    """Whether the library becomes, log and all, the one that the records are of."""
    from readlist.db.transfer import Transfer

    return records.logged and not above and Transfer(work).keeping


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
