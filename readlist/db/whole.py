"""A paper with all its rows as one: the columns, in the order in which one checksum is taken over them.

The log tells of papers that came by the thousand in one record each (`Journal.add_papers`). Who takes one back
reads the rows again and compares the checksum. Columns of later tables are not in it; what follows from
elsewhere (the rank) is not either.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "papers": (
        "id", "key", "kind", "title", "folded_title", "year", "published", "venue_id", "url", "citations", "version",
        "withdrawn", "changed",
    ),
    "reading": (
        "paper_id", "status", "next_pass", "priority", "due", "dropped", "drop_reason", "added", "queued",
    ),
    "texts": ("paper_id", "abstract", "tldr"),
    "paper_authors": ("paper_id", "position", "author_id"),
    "identifiers": ("scheme", "value", "paper_id"),
    "field_sources": ("paper_id", "field", "source", "at"),
    "links": ("id", "paper_id", "rel", "url", "text"),
    "observations": ("paper_id", "source", "day", "count", "influential"),
    "fetches": ("paper_id", "source", "state", "at"),
    "paper_topics": ("topic_id", "paper_id"),
    "paper_tags": ("tag_id", "paper_id"),
    "notes": ("id", "paper_id", "topic_id", "pass_id", "pass", "text", "created", "page", "imported"),
    "summaries": ("paper_id", "text", "changed"),
}  # fmt: skip
"""The tables that a new paper has rows in, and their columns."""


def whole_checksum(rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> int:
    """Over a paper's rows by table, each list in the order of its columns; tables without rows do not count."""
    return checksum_of_text(
        [f"({table!r}, {list(rows[table])!r})" for table in COLUMNS if rows.get(table)],
    )


def checksum_of_text(tables: Sequence[str]) -> int:
    """`whole_checksum` of what is the Python text of (table, rows), for each table in the order of `COLUMNS`."""
    return crc32(f"[{', '.join(tables)}]".encode("utf-8", "replace"))


def rows_of(connection: sqlite3.Connection, paper: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """The paper's rows by table, as `whole_checksum` wants them."""
    for table, columns in COLUMNS.items():
        own = "id" if table == "papers" else "paper_id"
        order = ", ".join(map(str, range(1, len(columns) + 1)))
        yield (
            table,
            connection.execute(
                f"select {', '.join(columns)} from {table} where {own} = ? order by {order}", (paper,)
            ).fetchall(),
        )
