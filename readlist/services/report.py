"""The report of a week, or of any span of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from readlist.db.views import Views
from readlist.domain.dates import Span
from readlist.domain.paper import Note, Paper
from readlist.domain.passes import Pass
from readlist.domain.query import Filter
from readlist.domain.report import Mover, Noted, Read, Report

MOST_SHOWN = 15
"""How many of the papers added, and of those whose counts moved, a report names: after an import or a refresh of
everything they are thousands."""
MOST_NEXT = 5
"""How many papers of the queue a report names."""


def weekly(views: Views, span: Span, now: datetime) -> Report:
    """What happened in `span`; what is next and how much is waiting are as of `now`."""
    today = now.date()
    finished: dict[int, list[Pass]] = defaultdict(list)
    for paper_id, event in views.finished_in(span):
        finished[paper_id].append(event)
    notes = views.notes_in(span)
    begun, dropped, added = views.started_in(span), views.dropped_in(span), views.added_in(span)
    moved = _movers(views, span, today)
    shown = {*added[:MOST_SHOWN], *(paper_id for paper_id, _, _ in moved[:MOST_SHOWN])}
    named = {*finished, *notes, *begun, *dropped, *shown}
    papers = {paper.id: paper for paper in views.papers(sorted(named), today, whole=True)}

    # A paper given up half way is no longer being read, though its last pass was never finished.
    reading = [i for i in begun if papers[i].status == "reading" and i not in finished]
    queue = views.select(Filter(), "urgency", MOST_NEXT, today, whole=True, queue=True)
    return Report(
        span=span,
        today=today,
        read=_read(papers, finished, notes),
        reading=tuple(Noted(papers[i], _texts(notes.get(i, ()))) for i in reading),
        added=tuple(papers[i] for i in added[:MOST_SHOWN]),
        added_total=len(added),
        dropped=tuple(papers[i] for i in dropped),
        noted=tuple(Noted(papers[i], _texts(notes[i])) for i in notes if i not in finished and i not in reading),
        movers=tuple(Mover(papers[i], before, after) for i, before, after in moved[:MOST_SHOWN]),
        movers_total=len(moved),
        next=queue.papers,
        waiting=queue.total,
    )


def _read(papers: dict[int, Paper], finished: dict[int, list[Pass]], notes: dict[int, list[Note]]) -> tuple[Read, ...]:
    """The papers read, those read deepest first, then in the order in which they were finished."""
    found = []
    for paper_id, events in finished.items():
        paper = papers[paper_id]
        with_notes = {event.id: event.note for event in paper.passes}
        passes = tuple(replace(event, note=with_notes.get(event.id)) for event in events)
        others = [note for note in notes.get(paper_id, ()) if not any(_taken_in(event, note) for event in passes)]
        found.append(Read(paper, passes, _texts(others)))
    return tuple(sorted(found, key=lambda entry: -entry.deepest))


def _taken_in(event: Pass, note: Note) -> bool:
    """Whether the note's text stands in what was noted in the pass."""
    return event.number == note.pass_number and note.text in (event.note or "")


def _texts(notes: Sequence[Note]) -> tuple[str, ...]:
    return tuple(note.text for note in notes)


def _movers(views: Views, span: Span, today: date) -> list[tuple[int, int, int]]:
    """Each paper whose count moved, once, the largest change first.

    Where two sources saw a paper move, the one whose count the library showed at the end of the span is believed.
    """
    by_paper: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in views.movers(span):
        by_paper[row[0]].append(row)
    twice = [paper_id for paper_id, rows in by_paper.items() if len(rows) > 1]
    for paper in views.papers(twice, today, whole=True):
        counts = [
            seen.count
            for seen in paper.citation_history
            if seen.source != "page" and seen.observed <= span.last.isoformat()
        ]
        by_paper[paper.id].sort(key=lambda row: row[2] != counts[-1])
    return sorted((rows[0] for rows in by_paper.values()), key=lambda row: (-abs(row[2] - row[1]), row[0]))
