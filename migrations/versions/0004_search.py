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


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
