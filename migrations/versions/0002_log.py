"""The log: what each command did to which rows, so that it can be shown and taken back."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE log (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        command TEXT NOT NULL,
        undoes INTEGER,
        added INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        removed INTEGER NOT NULL,
        other INTEGER NOT NULL
    )
    """,
    """
    CREATE UNIQUE INDEX log_undoes ON log (undoes) WHERE undoes is not null
    """,
    """
    CREATE TABLE log_parts (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        log_id INTEGER NOT NULL,
        changes BLOB NOT NULL,
        FOREIGN KEY(log_id) REFERENCES log (id)
    )
    """,
    """
    CREATE INDEX parts_of_log ON log_parts (log_id)
    """,
    """
    CREATE TABLE log_papers (
        paper_id INTEGER NOT NULL,
        part_id INTEGER NOT NULL,
        how TEXT NOT NULL CHECK (how in ('added', 'changed', 'removed', 'passing')),
        PRIMARY KEY (paper_id, part_id),
        FOREIGN KEY(part_id) REFERENCES log_parts (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX log_papers_of_part ON log_papers (part_id, paper_id)
    """,
    # A pass that is taken back looks for notes on it: among all notes, without this one.
    """
    CREATE INDEX notes_of_pass ON notes (pass_id) WHERE pass_id is not null
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
