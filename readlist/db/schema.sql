CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE authors (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        UNIQUE (name)
    );

CREATE TABLE tags (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        UNIQUE (name)
    );

CREATE TABLE topics (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER,
        name TEXT NOT NULL,
        FOREIGN KEY(parent_id) REFERENCES topics (id)
    );

CREATE INDEX topics_by_parent ON topics (parent_id)
    ;

CREATE TABLE venues (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        UNIQUE (name)
    );

CREATE TABLE papers (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        "key" TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        folded_title TEXT NOT NULL,
        year INTEGER,
        published TEXT,
        venue_id INTEGER,
        url TEXT,
        citations INTEGER,
        version INTEGER,
        withdrawn INTEGER,
        changed TEXT NOT NULL,
        UNIQUE ("key"),
        FOREIGN KEY(venue_id) REFERENCES venues (id)
    );

CREATE INDEX papers_by_title ON papers (folded_title)
    ;

CREATE INDEX papers_by_venue ON papers (venue_id)
    ;

CREATE TABLE topic_aliases (
        topic_id INTEGER NOT NULL,
        alias TEXT NOT NULL,
        PRIMARY KEY (topic_id, alias),
        FOREIGN KEY(topic_id) REFERENCES topics (id)
    );

CREATE TABLE venue_aliases (
        folded TEXT NOT NULL,
        alias TEXT NOT NULL,
        venue_id INTEGER NOT NULL,
        PRIMARY KEY (folded),
        FOREIGN KEY(venue_id) REFERENCES venues (id)
    );

CREATE TABLE fetches (
        paper_id INTEGER NOT NULL,
        source TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state in ('owed', 'found', 'unknown')),
        at TEXT NOT NULL,
        PRIMARY KEY (paper_id, source),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE INDEX fetches_owed ON fetches (source, paper_id) WHERE state = 'owed'
    ;

CREATE TABLE field_sources (
        paper_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        source TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (paper_id, field),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE TABLE identifiers (
        scheme TEXT NOT NULL,
        value TEXT NOT NULL,
        paper_id INTEGER NOT NULL,
        PRIMARY KEY (scheme, value),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE INDEX identifiers_of_paper ON identifiers (paper_id)
    ;

CREATE TABLE links (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        paper_id INTEGER NOT NULL,
        rel TEXT NOT NULL,
        url TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (paper_id, url),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE TABLE observations (
        paper_id INTEGER NOT NULL,
        source TEXT NOT NULL,
        day TEXT NOT NULL,
        count INTEGER NOT NULL,
        influential INTEGER,
        PRIMARY KEY (paper_id, source, day),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE TABLE paper_authors (
        paper_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        author_id INTEGER NOT NULL,
        PRIMARY KEY (paper_id, position),
        FOREIGN KEY(paper_id) REFERENCES papers (id),
        FOREIGN KEY(author_id) REFERENCES authors (id)
    );

CREATE INDEX papers_by_author ON paper_authors (author_id, paper_id)
    ;

CREATE TABLE paper_tags (
        tag_id INTEGER NOT NULL,
        paper_id INTEGER NOT NULL,
        PRIMARY KEY (tag_id, paper_id),
        FOREIGN KEY(tag_id) REFERENCES tags (id),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE INDEX tags_of_paper ON paper_tags (paper_id)
    ;

CREATE TABLE paper_topics (
        topic_id INTEGER NOT NULL,
        paper_id INTEGER NOT NULL,
        PRIMARY KEY (topic_id, paper_id),
        FOREIGN KEY(topic_id) REFERENCES topics (id),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE INDEX topics_of_paper ON paper_topics (paper_id)
    ;

CREATE TABLE passes (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        paper_id INTEGER NOT NULL,
        number INTEGER NOT NULL CHECK (number between 1 and 3),
        started TEXT,
        finished TEXT,
        minutes INTEGER CHECK (minutes >= 0),
        version INTEGER,
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE INDEX passes_by_day ON passes (finished)
    ;

CREATE INDEX passes_of_paper ON passes (paper_id)
    ;

CREATE TABLE reading (
        paper_id INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status in ('listed', 'todo', 'reading', 'done', 'dropped')),
        next_pass INTEGER CHECK (next_pass between 1 and 3),
        priority TEXT NOT NULL CHECK (priority in ('high', 'normal', 'low')),
        due TEXT,
        dropped TEXT,
        drop_reason TEXT,
        added TEXT NOT NULL,
        queued INTEGER NOT NULL,
        rank FLOAT NOT NULL,
        PRIMARY KEY (paper_id),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE INDEX queue ON reading (rank desc, paper_id) WHERE queued = 1
    ;

CREATE INDEX reading_by_added ON reading (added)
    ;

CREATE INDEX reading_by_status ON reading (status, paper_id)
    ;

CREATE TABLE summaries (
        paper_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        changed TEXT NOT NULL,
        PRIMARY KEY (paper_id),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE TABLE texts (
        paper_id INTEGER NOT NULL,
        abstract TEXT,
        tldr TEXT,
        PRIMARY KEY (paper_id),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    );

CREATE TABLE notes (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        paper_id INTEGER,
        topic_id INTEGER,
        pass_id INTEGER,
        pass INTEGER,
        text TEXT NOT NULL,
        created TEXT NOT NULL,
        page TEXT,
        imported TEXT,
        FOREIGN KEY(paper_id) REFERENCES papers (id),
        FOREIGN KEY(topic_id) REFERENCES topics (id),
        FOREIGN KEY(pass_id) REFERENCES passes (id)
    );

CREATE INDEX notes_of_paper ON notes (paper_id)
    ;

CREATE INDEX notes_of_topic ON notes (topic_id)
    ;

CREATE TABLE log (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        command TEXT NOT NULL,
        undoes INTEGER,
        added INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        removed INTEGER NOT NULL,
        other INTEGER NOT NULL
    );

CREATE UNIQUE INDEX log_undoes ON log (undoes) WHERE undoes is not null
    ;

CREATE TABLE log_parts (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        log_id INTEGER NOT NULL,
        changes BLOB NOT NULL,
        FOREIGN KEY(log_id) REFERENCES log (id)
    );

CREATE INDEX parts_of_log ON log_parts (log_id)
    ;

CREATE TABLE log_papers (
        paper_id INTEGER NOT NULL,
        part_id INTEGER NOT NULL,
        how TEXT NOT NULL CHECK (how in ('added', 'changed', 'removed', 'passing')),
        PRIMARY KEY (paper_id, part_id),
        FOREIGN KEY(part_id) REFERENCES log_parts (id)
    ) WITHOUT ROWID
    ;

CREATE INDEX log_papers_of_part ON log_papers (part_id, paper_id)
    ;

CREATE INDEX notes_of_pass ON notes (pass_id) WHERE pass_id is not null
    ;

CREATE TABLE cites (
        paper_id INTEGER NOT NULL,
        cited_id INTEGER NOT NULL,
        PRIMARY KEY (paper_id, cited_id),
        FOREIGN KEY(paper_id) REFERENCES papers (id),
        FOREIGN KEY(cited_id) REFERENCES papers (id)
    ) WITHOUT ROWID
    ;

CREATE INDEX cites_of_cited ON cites (cited_id, paper_id)
    ;

CREATE TABLE focus (
        topic_id INTEGER NOT NULL,
        PRIMARY KEY (topic_id),
        FOREIGN KEY(topic_id) REFERENCES topics (id)
    );

CREATE TABLE rank_weights (
        name TEXT NOT NULL,
        weight FLOAT NOT NULL,
        PRIMARY KEY (name)
    );

CREATE VIRTUAL TABLE fulltext USING fts5(
        title, authors, abstract, summary, notes, venue, tags, topics,
        content='', tokenize='unicode61 remove_diacritics 2'
    );

CREATE TABLE queries (
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        PRIMARY KEY (name)
    );

CREATE TABLE imports (
        file TEXT NOT NULL,
        taken INTEGER NOT NULL,
        PRIMARY KEY (file)
    );

CREATE INDEX papers_by_citations ON papers (citations desc);

CREATE INDEX papers_by_year ON papers (year desc);

CREATE INDEX reading_by_due ON reading (due);

CREATE INDEX papers_by_kind ON papers (kind);

CREATE INDEX papers_by_url ON papers (url) WHERE url is not null;

CREATE INDEX links_by_url ON links (url);

CREATE INDEX queue_due ON reading (due, rank desc) WHERE queued = 1 and due is not null;

INSERT INTO alembic_version VALUES ('0004');
