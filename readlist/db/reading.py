"""Writing what a person does with papers: the queue, passes, notes, summaries. Status and rank follow from them."""

from __future__ import annotations

from dataclasses import dataclass

from readlist.db.ranks import bring_in_step
from readlist.db.unit import Unit
from readlist.domain.dates import day_of
from readlist.domain.passes import Pass, highest_finished, open_pass, status
from readlist.domain.queue import WEIGHTS, Weights, growth, rank


@dataclass(frozen=True, slots=True)
class State:
    """What one person's reading of one paper stands at."""

    next_pass: int | None
    priority: str
    due: str | None
    dropped: str | None
    passes: tuple[Pass, ...]


class Reading:
    """A person's reading, within a unit of work that has done nothing yet: first all ranks are made with `weights`."""

    def __init__(self, unit: Unit, weights: Weights = WEIGHTS) -> None:
        self._unit = unit
        self.weights = weights
        bring_in_step(unit.connection, weights)

    def add(
        self,
        paper_id: int,
        next_pass: int | None,
        priority: str = "normal",
        due: str | None = None,
        added: str | None = None,
    ) -> None:
        """Put a new paper on the list, waiting for `next_pass` (None: listed only); `added` then, else now."""
        self._unit.insert(
            "reading",
            paper_id=paper_id, status="listed", next_pass=next_pass, priority=priority, due=due,
            added=added or self._unit.stamp, queued=0, rank=0.0,
        )  # fmt: skip
        self.settle(paper_id)

    def state(self, paper_id: int) -> State:
        row = self._unit.get("reading", paper_id)
        assert row is not None
        events = tuple(
            Pass(r["number"], r["started"], r["finished"], r["minutes"], id=r["id"])
            for r in self._unit.rows("passes", paper_id=paper_id)
        )
        return State(row["next_pass"], row["priority"], row["due"], row["dropped"], events)

    def set(self, paper_id: int, **values: str | int | None) -> bool:
        """Change next_pass, priority, due, dropped or drop_reason; whether anything changed."""
        changed = self._unit.update("reading", paper_id, **values)
        if changed:
            self.touch(paper_id)
        return changed

    def begin(self, paper_id: int, number: int) -> int:
        """Note that pass `number` is begun now; returns its id."""
        pass_id = self._unit.insert("passes", paper_id=paper_id, number=number, started=self._unit.stamp)
        self.touch(paper_id)
        return pass_id

    def finish(self, paper_id: int, number: int, finished: str | None, minutes: int | None = None) -> int:
        """Note that pass `number` is finished (on an unknown day if None), ending it if it is open; returns its id."""
        unit = self._unit
        paper = unit.get("papers", paper_id)
        version = paper["version"] if paper and finished else None
        current = next((p for p in self.state(paper_id).passes if p.open and p.number == number), None)
        if current is not None and current.id is not None:
            unit.update("passes", current.id, finished=finished, minutes=minutes, version=version)
            pass_id = current.id
        else:
            pass_id = unit.insert(
                "passes", paper_id=paper_id, number=number, finished=finished, minutes=minutes, version=version
            )
        self.touch(paper_id)
        self.settle_cited(paper_id)
        return pass_id

    def close(self, pass_id: int, finished: str | None) -> None:
        """End an open pass that a deeper one, finished then, includes."""
        self._unit.update("passes", pass_id, finished=finished)

    def cite(self, paper_id: int, cited_id: int) -> bool:
        """Note that the first paper cites the second; whether that is new."""
        if paper_id == cited_id or self._unit.get("cites", paper_id, cited_id):
            return False
        self._unit.insert("cites", paper_id=paper_id, cited_id=cited_id)
        self.settle(cited_id)
        return True

    def note(
        self,
        text: str,
        *,
        paper_id: int | None = None,
        topic_id: int | None = None,
        number: int | None = None,
        pass_id: int | None = None,
        page: str | None = None,
    ) -> int:
        """Keep a note of a paper, a topic or (neither) a page. `page` is the page it was imported from."""
        note_id = self._unit.insert(
            "notes",
            paper_id=paper_id, topic_id=topic_id, pass_id=pass_id, text=text, created=self._unit.stamp,
            page=page, imported=text if page else None, **{"pass": number},
        )  # fmt: skip
        if paper_id is not None:
            self.touch(paper_id)
        return note_id

    def rewrite(self, note_id: int, text: str) -> bool:
        """Change a note's text as its writer wants it; whether it changed. An empty text removes the note."""
        row = self._unit.get("notes", note_id)
        if row is None:
            return False
        changed = self._unit.update("notes", note_id, text=text) if text else self._unit.delete("notes", note_id)
        if changed and row["paper_id"]:
            self.touch(row["paper_id"])
        return changed

    def take_in(self, text: str, page: str, *, paper_id: int | None = None, topic_id: int | None = None) -> bool:
        """Take in what the page `page` says under a paper or topic; whether that is new.

        One note for each page: a newer page's text replaces the older one's, unless a person has edited it; then both
        are kept. Text that some note of the paper holds already is nothing new.
        """
        if paper_id is not None:  # by its index: of nearly all notes there are the topic is null
            rows = self._unit.rows("notes", paper_id=paper_id)
        else:
            rows = self._unit.rows("notes", paper_id=None, topic_id=topic_id)
        if any(text in (row["text"], row["imported"]) for row in rows):
            return False
        for row in rows:
            if row["page"] == page and row["text"] == row["imported"]:
                self._unit.update("notes", row["id"], text=text, imported=text)
                break
            if row["page"] == page:
                self._unit.update("notes", row["id"], page=None)
        else:
            self.note(text, paper_id=paper_id, topic_id=topic_id, page=page)
        if paper_id is not None:
            self.touch(paper_id)
        return True

    def summary(self, paper_id: int) -> str | None:
        """The paper's summary."""
        row = self._unit.get("summaries", paper_id)
        return str(row["text"]) if row else None

    def summarise(self, paper_id: int, text: str) -> bool:
        """Set the paper's summary, or remove it (empty); whether that changed anything."""
        if text:
            old = self._unit.get("summaries", paper_id)
            changed = (old is None or old["text"] != text) and self._unit.put(
                "summaries", paper_id, text=text, changed=self._unit.stamp
            )
        else:
            changed = self._unit.delete("summaries", paper_id)
        if changed:
            self.touch(paper_id)
        return changed

    def touch(self, paper_id: int) -> None:
        """Note that something of the paper changed, and bring status and queue in step with it."""
        self._unit.update("papers", paper_id, changed=self._unit.stamp)
        self.settle(paper_id)

    def settle(self, paper_id: int) -> None:
        """Status, queue and rank as they follow from the passes, the wish, the priority and the citation count."""
        row = self._unit.get("reading", paper_id)
        paper = self._unit.get("papers", paper_id)
        if row is None or paper is None:
            return
        state = self.state(paper_id)
        now = status(state.passes, state.next_pass, state.dropped is not None)
        counts = self._unit.rows("observations", paper_id=paper_id)
        citing = (cites["paper_id"] for cites in self._unit.rows("cites", cited_id=paper_id))
        added = day_of(row["added"])
        assert added is not None
        under_way = open_pass(state.passes)
        self._unit.update(
            "reading",
            paper_id,
            status=now,
            queued=int(now in ("todo", "reading")),
            rank=rank(
                state.priority,
                now == "reading",
                under_way.number if under_way else state.next_pass,
                paper["citations"],
                added,
                growth=growth((seen["source"], seen["day"], seen["count"]) for seen in counts),
                cited=sum(highest_finished(self.state(paper).passes) > 0 for paper in citing),
                weights=self.weights,
            ),
        )

    def settle_cited(self, paper_id: int) -> None:
        """Settle the papers that this one cites: whether it is read counts for them."""
        for row in self._unit.rows("cites", paper_id=paper_id):
            self.settle(row["cited_id"])
