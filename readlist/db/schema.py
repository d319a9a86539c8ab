"""The tables, as SQLAlchemy Core sees them, at the newest revision. `migrations/` makes them; a test compares both.

Two kinds of facts stand in two sets of tables: what is known of a paper (papers, authors, identifiers, venues, texts,
links, observations, who said what), and what a person does with it (reading, passes, notes, summaries, topics, tags).
A third set, the log, tells what was done to both; `db/journal.py` writes it.
No foreign key cascades: every row that goes is taken out by the unit of work, which sees it go.
Times are ISO 8601 with the offset of where they were written, so that a day is the reader's own day.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _paper(**kw: bool) -> Column[int]:
    return Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False, **kw)  # type: ignore[arg-type]


# -- what is known of papers ---------------------------------------------------------------------------------------

venues = Table(
    "venues",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

venue_aliases = Table(
    "venue_aliases",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("alias", Text, nullable=False),
    Column("venue_id", Integer, ForeignKey("venues.id"), nullable=False),
)

papers = Table(
    "papers",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("folded_title", Text, nullable=False),
    Column("year", Integer),
    Column("published", Text),
    Column("venue_id", Integer, ForeignKey("venues.id")),
    Column("url", Text),
    # The newest observation, kept beside the paper so that lists sort and filter by it without a join.
    Column("citations", Integer),
    # Of a preprint: its newest version, and whether (1) its authors took it back.
    Column("version", Integer),
    Column("withdrawn", Integer),
    Column("changed", Text, nullable=False),
    Index("papers_by_title", "folded_title"),
    Index("papers_by_venue", "venue_id"),
    Index("papers_by_citations", text("citations desc")),
    Index("papers_by_year", text("year desc")),
    Index("papers_by_kind", "kind"),
    Index("papers_by_url", "url", sqlite_where=text("url is not null")),
    sqlite_autoincrement=True,
)

authors = Table(
    "authors",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

paper_authors = Table(
    "paper_authors",
    metadata,
    _paper(primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    Index("papers_by_author", "author_id", "paper_id"),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    _paper(),
    Index("identifiers_of_paper", "paper_id"),
)

texts = Table(
    "texts",
    metadata,
    _paper(primary_key=True),
    Column("abstract", Text),
    Column("tldr", Text),
)

links = Table(
    "links",
    metadata,
    _id(),
    _paper(),
    Column("rel", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("paper_id", "url"),
    Index("links_by_url", "url"),
    sqlite_autoincrement=True,
)

observations = Table(
    "observations",
    metadata,
    _paper(primary_key=True),
    Column("source", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("influential", Integer),
)

field_sources = Table(
    "field_sources",
    metadata,
    _paper(primary_key=True),
    Column("field", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("at", Text, nullable=False),
)

cites = Table(
    "cites",
    metadata,
    # The paper `paper_id` cites the paper `cited_id`; both are in the library.
    _paper(primary_key=True),
    Column("cited_id", Integer, ForeignKey("papers.id"), primary_key=True),
    Index("cites_of_cited", "cited_id", "paper_id"),
    sqlite_with_rowid=False,
)

fetches = Table(
    "fetches",
    metadata,
    _paper(primary_key=True),
    Column("source", Text, primary_key=True),
    # "owed": to be asked for; "found": answered; "unknown": the service does not have it.
    Column("state", Text, CheckConstraint("state in ('owed', 'found', 'unknown')"), nullable=False),
    Column("at", Text, nullable=False),
    Index("fetches_owed", "source", "paper_id", sqlite_where=text("state = 'owed'")),
)

# -- what a person does with them ------------------------------------------------------------------------------------

reading = Table(
    "reading",
    metadata,
    _paper(primary_key=True),
    Column(
        "status",
        Text,
        CheckConstraint("status in ('listed', 'todo', 'reading', 'done', 'dropped')"),
        nullable=False,
    ),
    Column("next_pass", Integer, CheckConstraint("next_pass between 1 and 3")),
    Column("priority", Text, CheckConstraint("priority in ('high', 'normal', 'low')"), nullable=False),
    Column("due", Text),
    # When and why it was given up; both null while it is not.
    Column("dropped", Text),
    Column("drop_reason", Text),
    Column("added", Text, nullable=False),
    # All sort keys of the queue in one table, and one partial index in exactly its order.
    Column("queued", Integer, nullable=False),
    Column("rank", Float, nullable=False),
    Index("queue", text("rank desc"), "paper_id", sqlite_where=text("queued = 1")),
    Index("queue_due", "due", text("rank desc"), sqlite_where=text("queued = 1 and due is not null")),
    Index("reading_by_due", "due"),
    Index("reading_by_status", "status", "paper_id"),
    Index("reading_by_added", "added"),
)

passes = Table(
    "passes",
    metadata,
    _id(),
    _paper(),
    Column("number", Integer, CheckConstraint("number between 1 and 3"), nullable=False),
    Column("started", Text),
    Column("finished", Text),
    Column("minutes", Integer, CheckConstraint("minutes >= 0")),
    Column("version", Integer),  # of the preprint, as it was known when the pass was finished
    Index("passes_of_paper", "paper_id"),
    Index("passes_by_day", "finished"),
    sqlite_autoincrement=True,
)

topics = Table(
    "topics",
    metadata,
    _id(),
    Column("parent_id", Integer, ForeignKey("topics.id")),
    Column("name", Text, nullable=False),
    Index("topics_by_parent", "parent_id"),
    sqlite_autoincrement=True,
)

topic_aliases = Table(
    "topic_aliases",
    metadata,
    Column("topic_id", Integer, ForeignKey("topics.id"), primary_key=True),
    Column("alias", Text, primary_key=True),
)

# The topics that the queue is narrowed to, each with all below it; none: the queue is whole.
focus = Table(
    "focus",
    metadata,
    Column("topic_id", Integer, ForeignKey("topics.id"), primary_key=True),
)

paper_topics = Table(
    "paper_topics",
    metadata,
    Column("topic_id", Integer, ForeignKey("topics.id"), primary_key=True),
    _paper(primary_key=True),
    Index("topics_of_paper", "paper_id"),
)

tags = Table(
    "tags",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

paper_tags = Table(
    "paper_tags",
    metadata,
    Column("tag_id", Integer, ForeignKey("tags.id"), primary_key=True),
    _paper(primary_key=True),
    Index("tags_of_paper", "paper_id"),
)

notes = Table(
    "notes",
    metadata,
    _id(),
    # Of a paper, or of a topic, or (both null) of a whole page.
    Column("paper_id", Integer, ForeignKey("papers.id")),
    Column("topic_id", Integer, ForeignKey("topics.id")),
    Column("pass_id", Integer, ForeignKey("passes.id")),
    Column("pass", Integer),
    Column("text", Text, nullable=False),
    Column("created", Text, nullable=False),
    # The page a note was imported from, and its text as imported: a newer page may replace it, unless a person has.
    Column("page", Text),
    Column("imported", Text),
    Index("notes_of_paper", "paper_id"),
    Index("notes_of_topic", "topic_id"),
    # A pass that goes looks for notes on it.
    Index("notes_of_pass", "pass_id", sqlite_where=text("pass_id is not null")),
    sqlite_autoincrement=True,
)

summaries = Table(
    "summaries",
    metadata,
    _paper(primary_key=True),
    Column("text", Text, nullable=False),
    Column("changed", Text, nullable=False),
)

# -- how the queue is kept in order ------------------------------------------------------------------------------------

# The weights that all ranks of `reading` were made with, by name; with other ones in the settings, ranks are made anew.
rank_weights = Table(
    "rank_weights",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("weight", Float, nullable=False),
)

# -- how things are found, and taken in --------------------------------------------------------------------------------

# Beside these stands `fulltext`, a virtual table (FTS5), which SQLAlchemy cannot describe: see migration 0004.

queries = Table(
    "queries",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("query", Text, nullable=False),
)

# Of a large file that was taken in up to some paper when the import was broken off: its checksum, and how many papers.
imports = Table(
    "imports",
    metadata,
    Column("file", Text, primary_key=True, nullable=False),
    Column("taken", Integer, nullable=False),
)

# -- what was done -----------------------------------------------------------------------------------------------------

log = Table(
    "log",
    metadata,
    _id(),
    Column("at", Text, nullable=False),
    Column("command", Text, nullable=False),
    # The entry that this one takes back, which may be forgotten since; so it is no reference. An undo takes back what a
    # command did, a redo what an undo did.
    Column("undoes", Integer),
    # How many papers the entry added, changed and removed, and how many rows of no paper it touched.
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("other", Integer, nullable=False),
    Index("log_undoes", "undoes", unique=True, sqlite_where=text("undoes is not null")),
    sqlite_autoincrement=True,
)

log_parts = Table(
    "log_parts",
    metadata,
    _id(),
    Column("log_id", Integer, ForeignKey("log.id"), nullable=False),
    Column("changes", LargeBinary, nullable=False),
    Index("parts_of_log", "log_id"),
    sqlite_autoincrement=True,
)

log_papers = Table(
    "log_papers",
    metadata,
    # Of papers that are gone too; so it is no reference.
    Column("paper_id", Integer, primary_key=True),
    Column("part_id", Integer, ForeignKey("log_parts.id"), primary_key=True),
    # What became of the paper in the entry so far; "passing": it came and went in it.
    Column("how", Text, CheckConstraint("how in ('added', 'changed', 'removed', 'passing')"), nullable=False),
    Index("log_papers_of_part", "part_id", "paper_id"),
    sqlite_with_rowid=False,
)
