"""The report of a week, or of any span of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from readlist.db.views import Views
from readlist.domain.dates import Span, day_of
from readlist.domain.merging import trust
from readlist.domain.paper import Note, Paper
from readlist.domain.passes import Pass, with_implied
from readlist.domain.query import Filter
from readlist.domain.report import Mover, Noted, Read, Report, Standing, queue_change

MOST_SHOWN = 15
"""How many of the papers added, and of those whose counts moved, a report names: after an import or a refresh of
everything they are thousands."""
MOST_NEXT = 5
"""How many papers of the queue a report names."""


def weekly(views: Views, span: Span, now: datetime) -> Report:
    """What happened in `span`, as it was known at its end (`db.past` says how that is found); what is next as of `now`.

    Notes read as they read now: who mends a note of last week wants it mended in last week's report.
    """
    today = now.date()
    finished: dict[int, list[Pass]] = defaultdict(list)
    for paper_id, event in views.finished_in(span):
        finished[paper_id].append(event)
    notes = views.notes_in(span)
    begun, given_up, added = views.open_after(span), views.dropped_in(span), views.added_in(span)
    moved = _movers(views, span, today)
    shown = {*added[:MOST_SHOWN], *(paper_id for paper_id, _, _ in moved[:MOST_SHOWN])}

    # A paper that stood otherwise on one of the two days counts on both, or the queue's change would not add up.
    before, then = views.standings((_day_before(span.first), span.last), {*finished, *notes, *begun, *given_up, *shown})
    dropped = sorted(
        (i for i, stood in then.items() if day_of(stood.dropped) in span), key=lambda i: (then[i].dropped or "", i)
    )
    named = sorted({*finished, *notes, *begun, *dropped, *shown})
    of_passes = views.notes_of_passes([event.id or 0 for i in named for event in then[i].passes], span.last)
    papers = {
        paper.id: _as_it_was(paper, then[paper.id], of_passes, span.last, today)
        for paper in views.papers(named, today, whole=True)
    }

    reading = [i for i in begun if then[i].status == "reading" and i not in finished]
    waiting = views.select(Filter(), "urgency", MOST_NEXT, today, whole=True, queue=True, focused=True)
    return Report(
        span=span,
        today=today,
        read=_read(papers, finished, notes, of_passes, then),
        reading=tuple(Noted(papers[i], _texts(notes.get(i, ()))) for i in reading),
        added=tuple(papers[i] for i in added[:MOST_SHOWN]),
        added_total=len(added),
        dropped=tuple(papers[i] for i in dropped),
        noted=tuple(Noted(papers[i], _texts(notes[i])) for i in notes if i not in finished and i not in reading),
        movers=tuple(Mover(papers[i], before, after) for i, before, after in moved[:MOST_SHOWN]),
        movers_total=len(moved),
        next=waiting.papers,
        queue=queue_change(span, views.in_queue_apart_from(then, span.last), before, then),
    )


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def _as_it_was(paper: Paper, stood: Standing, notes: Mapping[int, Sequence[Note]], day: date, today: date) -> Paper:
    """The paper with what its reader had done with it by the end of `day`, and its citation count of then."""
    history = tuple(seen for seen in paper.citation_history if seen.observed <= day.isoformat())
    return replace(
        paper,
        status=stood.status,
        next_pass=stood.next_pass,
        drop_reason=stood.drop_reason,
        summary=stood.summary,
        passes=with_implied([_with_notes(event, notes) for event in stood.passes]),
        notes=tuple(note for note in paper.notes if note.created[:10] <= day.isoformat()),
        citation_history=history,
        citations=max(history, key=lambda seen: (seen.observed, trust(seen.source)), default=None),
        urgency=paper.urgency if day >= today else None,
    )


def _with_notes(event: Pass, notes: Mapping[int, Sequence[Note]]) -> Pass:
    return replace(event, note="\n\n".join(_texts(notes.get(event.id or 0, ()))) or None)


def _read(
    papers: Mapping[int, Paper],
    finished: Mapping[int, Sequence[Pass]],
    notes: Mapping[int, Sequence[Note]],
    of_passes: Mapping[int, Sequence[Note]],
    then: Mapping[int, Standing],
) -> tuple[Read, ...]:
    """The papers read, those read deepest first, then in the order in which they were finished."""
    found = []
    for paper_id, events in finished.items():
        told = {note.id for event in events for note in of_passes.get(event.id or 0, ())}
        others = [note for note in notes.get(paper_id, ()) if note.id not in told]
        passes = tuple(_with_notes(event, of_passes) for event in events)
        found.append(Read(papers[paper_id], passes, _texts(others), then[paper_id].then))
    return tuple(sorted(found, key=lambda entry: -entry.deepest))


def _texts(notes: Iterable[Note]) -> tuple[str, ...]:
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
