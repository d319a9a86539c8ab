"""What the queue goes by: which papers cite which, the topics in focus, and the weights that ranks were made with.

No rank is made here: the program does that when it next writes, because it finds no weights, and until then it reads
the queue without them.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE cites (
        paper_id INTEGER NOT NULL,
        cited_id INTEGER NOT NULL,
        PRIMARY KEY (paper_id, cited_id),
        FOREIGN KEY(paper_id) REFERENCES papers (id),
        FOREIGN KEY(cited_id) REFERENCES papers (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX cites_of_cited ON cites (cited_id, paper_id)
    """,
    """
    CREATE TABLE focus (
        topic_id INTEGER NOT NULL,
        PRIMARY KEY (topic_id),
        FOREIGN KEY(topic_id) REFERENCES topics (id)
    )
    """,
    """
    CREATE TABLE rank_weights (
        name TEXT NOT NULL,
        weight FLOAT NOT NULL,
        PRIMARY KEY (name)
    )
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
