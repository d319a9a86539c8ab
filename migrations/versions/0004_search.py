"""Finding: the full-text index, queries saved under a name, and how far an import has come that was broken off.

The index holds no text of its own (`content=''`): the program fills it from the other tables right after this step, and
brings it in step in every transaction (`readlist/db/fulltext.py`).
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE VIRTUAL TABLE fulltext USING fts5(
        title, authors, abstract, summary, notes, venue, tags, topics,
        content='', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TABLE queries (
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE imports (
        file TEXT NOT NULL,
        taken INTEGER NOT NULL,
        PRIMARY KEY (file)
    )
    """,
)

# For each the time that it saves at a million papers, and its bytes a paper. All together cost a twentieth of the
# library. None is made for the priority: a scan takes 39 ms, no value is rare, and the queue has its own order.
INDEXES = (
    # Orders of lists, with nothing known last: 110 ms, 10 bytes; 103 ms, 11 bytes; 61 ms, 9 bytes.
    "CREATE INDEX papers_by_citations ON papers (citations desc)",
    "CREATE INDEX papers_by_year ON papers (year desc)",
    "CREATE INDEX reading_by_due ON reading (due)",
    # The few posts, videos, books among papers: 87 ms, 14 bytes.
    "CREATE INDEX papers_by_kind ON papers (kind)",
    # Whether an address is there already, asked for each that is added: 107 ms, 27 and 18 bytes.
    "CREATE INDEX papers_by_url ON papers (url) WHERE url is not null",
    "CREATE INDEX links_by_url ON links (url)",
    # The most urgent of those that are due, without a look at the rows: 2 ms of 2.4.
    "DROP INDEX queue_due",
    "CREATE INDEX queue_due ON reading (due, rank desc) WHERE queued = 1 and due is not null",
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
