"""The queries of the screens, by the same indexes as rl: the queue's first papers, those of a topic, and one paper."""

import sqlite3
from collections.abc import Iterator


def lines(library: str, limit: int = 20) -> Iterator[tuple[str, ...]]:
    """The columns of each paper."""
    connection = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    connection.execute("select count(*) from reading where queued = 1").fetchone()
    ids = [
        row[0]
        for row in connection.execute(
            "select r.paper_id from reading r where r.queued = 1 order by r.rank desc, r.paper_id limit ?", (limit,)
        )
    ]
    yield from shown(connection, ids, "r.next_pass")


def tagged(library: str, topic: str, limit: int = 50) -> Iterator[tuple[str, ...]]:
    """The papers under a topic, in order of their ids."""
    connection = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    ids = [
        row[0]
        for row in connection.execute(
            "select distinct l.paper_id from paper_topics l join topics t on t.id = l.topic_id "
            "where t.name like ? order by 1 limit ?", (f"%{topic}%", limit),
        )
    ]  # fmt: skip
    for start in range(0, len(ids), 500):
        yield from shown(connection, ids[start : start + 500], "r.status")


_OF_ONE = {
    "Authors": "select a.name from paper_authors l join authors a on a.id = l.author_id where l.paper_id = ? "
    "order by l.position",
    "Identifiers": "select scheme || ':' || value from identifiers where paper_id = ?",
    "Links": "select url from links where paper_id = ?",
    "Topics": "select t.name from paper_topics l join topics t on t.id = l.topic_id where l.paper_id = ?",
    "Tags": "select t.name from paper_tags l join tags t on t.id = l.tag_id where l.paper_id = ?",
    "Counts": "select source || ' ' || day || ' ' || count from observations where paper_id = ? order by day",
    "Passes": "select number || ' ' || coalesce(finished, started, '') from passes where paper_id = ? order by number",
    "Summary": "select text from summaries where paper_id = ?",
    "Notes": "select text from notes where paper_id = ? order by id",
    "Abstract": "select abstract from texts where paper_id = ?",
}


def whole(library: str, paper: int) -> Iterator[tuple[str, ...]]:
    """All about one paper: name and value."""
    connection = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    row = connection.execute(
        "select p.key, p.title, p.year, v.name, p.url, p.citations, r.status, r.next_pass, r.added from papers p "
        "join reading r on r.paper_id = p.id left join venues v on v.id = p.venue_id where p.id = ?", (paper,),
    ).fetchone()  # fmt: skip
    names = ("Key", "Title", "Year", "Venue", "Page", "Citations", "Status", "Pass", "Added")
    yield from ((name, str(value)) for name, value in zip(names, row, strict=True) if value is not None)
    for name, sql in _OF_ONE.items():
        found = [str(value) for (value,) in connection.execute(sql, (paper,)) if value]
        if found:
            yield name, ", ".join(found)


def shown(connection: sqlite3.Connection, ids: list[int], last: str) -> Iterator[tuple[str, ...]]:
    """What a list shows of these papers, in this order."""
    marks = ",".join("?" * len(ids))
    authors: dict[int, list[str]] = {}
    for paper, name in connection.execute(
        "select l.paper_id, a.name from paper_authors l join authors a on a.id = l.author_id "
        f"where l.paper_id in ({marks}) order by l.paper_id, l.position", ids,
    ):  # fmt: skip
        authors.setdefault(paper, []).append(name)
    rows = {
        row[0]: row
        for row in connection.execute(
            f"select p.id, p.key, p.title, p.year, v.name, p.citations, {last} from papers p "
            f"join reading r on r.paper_id = p.id left join venues v on v.id = p.venue_id where p.id in ({marks})", ids,
        )
    }  # fmt: skip
    for paper in ids:
        row = rows[paper]
        yield tuple("" if it is None else str(it) for it in (*row[:3], ", ".join(authors.get(paper, ())), *row[3:]))
