"""Making one paper of two: all that is known of either, and all that was done with either, belongs to the one kept."""

from __future__ import annotations

from typing import Any

from readlist.db.papers import Papers
from readlist.db.reading import Reading, State
from readlist.db.tables import Row, Table
from readlist.db.unit import Unit
from readlist.domain.merging import FIELDS
from readlist.domain.metadata import Link, Metadata
from readlist.domain.passes import highest_finished, open_pass
from readlist.domain.queue import PRIORITIES


def merge(unit: Unit, papers: Papers, reading: Reading, kept: int, gone: int) -> None:
    """Move everything of the paper `gone` to `kept`, and take `gone` away. Its citation key goes with it.

    Of two values of a field the more trusted speaker's is kept (`domain.merging`), else the one of the paper kept; so
    too of two summaries, of which the other becomes a note.
    """
    # Those of the paper kept come last: of two who are equally believed, the later is.
    said = _sayings(papers, gone) + _sayings(papers, kept)
    states = reading.state(kept), reading.state(gone)
    added = min(_row(unit, i)["added"] for i in (kept, gone))
    reasons = [_row(unit, i)["drop_reason"] for i in (kept, gone)]
    _move_facts(unit, papers, kept, gone)
    _move_reading(unit, reading, kept, gone)
    papers.remove(gone)
    for one in said:
        papers.learn(kept, one)
    papers.recount(kept)
    reading.set(kept, added=added, **_joined(states, reasons))
    reading.touch(kept)
    reading.settle_cited(kept)


def _sayings(papers: Papers, paper_id: int) -> list[Metadata]:
    """What is known of the paper, as what each speaker said: venue and year of one speaker stay together."""
    fields: dict[str, dict[str, Any]] = {}
    for name, claim in papers.known(paper_id).items():
        if name in FIELDS and claim.source != "reference" and claim.value not in ("", ()):
            fields.setdefault(claim.source, {})[name] = claim.value
    return [Metadata(source, **values) for source, values in fields.items()]


def _row(unit: Unit, paper_id: int) -> Row:
    row = unit.get("reading", paper_id)
    assert row is not None
    return row


def _move_facts(unit: Unit, papers: Papers, kept: int, gone: int) -> None:
    for row in unit.rows("identifiers", paper_id=gone):
        unit.update("identifiers", row["scheme"], row["value"], paper_id=kept)
    for row in unit.rows("links", paper_id=gone):
        papers.add_link(kept, Link(row["rel"], row["url"], row["text"]))
    for row in unit.rows("observations", paper_id=gone):
        if unit.get("observations", kept, row["source"], row["day"]) is None:
            unit.insert("observations", **{**row, "paper_id": kept})
    for row in unit.rows("fetches", paper_id=gone):
        ours = unit.get("fetches", kept, row["source"])
        if ours is None or (ours["state"] != "found" and row["state"] == "found"):
            unit.put("fetches", kept, row["source"], state=row["state"], at=row["at"])
    for row in unit.rows("cites", paper_id=gone):
        if row["cited_id"] != kept:
            unit.put("cites", kept, row["cited_id"])
    for row in unit.rows("cites", cited_id=gone):
        if row["paper_id"] != kept:
            unit.put("cites", row["paper_id"], kept)


def _move_reading(unit: Unit, reading: Reading, kept: int, gone: int) -> None:
    things: tuple[Table, ...] = ("passes", "notes")
    for table in things:
        for row in unit.rows(table, paper_id=gone):
            unit.update(table, row["id"], paper_id=kept)
    labels: tuple[tuple[Table, str], ...] = (("paper_topics", "topic_id"), ("paper_tags", "tag_id"))
    for table, name in labels:
        for row in unit.rows(table, paper_id=gone):
            if unit.get(table, row[name], kept) is None:
                unit.insert(table, **{name: row[name], "paper_id": kept})
    summary = unit.get("summaries", gone)
    if summary:
        ours = unit.get("summaries", kept)
        if ours is None:
            reading.summarise(kept, summary["text"])
        elif ours["text"] != summary["text"]:
            reading.note(summary["text"], paper_id=kept)


def _joined(states: tuple[State, State], reasons: list[str | None]) -> dict[str, str | int | None]:
    """The queue's settings of two papers as one: the more urgent wish holds, unless the passes of both fulfil it."""
    events = states[0].passes + states[1].passes
    wanted = max((state.next_pass for state in states if state.next_pass and not state.dropped), default=None)
    if wanted and wanted <= highest_finished(events) and not open_pass(events):
        wanted = None
    dropped = all(state.dropped for state in states)
    return {
        "next_pass": wanted,
        "priority": min((state.priority for state in states), key=list[str](PRIORITIES).index),
        "due": min((state.due for state in states if state.due), default=None),
        "dropped": states[0].dropped if dropped else None,
        "drop_reason": reasons[0] if dropped else None,
    }
