"""States of reading and priorities in bibliographies and tables: what words, tags and folders say of them.

Sources: JabRef's special fields (readstatus, priority); the states of Zotero's reading list; the tags that its users
and those of Mendeley make ("/unread", "to-read"); what people call the choices of a column "Status" (Notion, Airtable).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from readlist.domain.listing import Mark, TopicPath
from readlist.domain.patterns import late
from readlist.domain.queue import Priority
from readlist.importers.lines import _states

_STATES: tuple[tuple[Mark | None, int | None, str], ...] = (
    ("read", 1, "browsed"),
    (
        "read",
        None,
        "read|done|finished|complete|completed|reviewed|summarized|summarised|yes|true|1|✅|已读|读完|完成",
    ),
    (
        "todo",
        None,
        "to read|toread|to be read|unread|in progress|reading|started|want to read|queued|todo|to do|to review"
        "|not started|ready to start|up next|next|later|someday|planned|pending|inbox|currently reading"
        "|待读|未读|在读|想读|未开始|进行中|待办",
    ),
)
# What only a reader's own tag says; words that a tag about anything may be, only behind a sign ("/done",
# "status: read"). PubMed's star is no sign: "*Reading" is a heading.
_TAGGED = late(
    r"(?P<sign>(?:[^\w\s*]|_)+\s*|(?:read(?:ing)?[ _-]?)?(?:status|state)\s*[:/=]\s*)?"
    r"(?:(?P<todo>to[ _-]?(?:be[ _-])?read|want[ _-]to[ _-]read|currently[ _-]reading|un-?read|(?:read|reading)[ _-]?"
    r"(?:later|next|queue|list)|to-?do|待读|未读|想读|在读)|(?P<read>already[ _-]read|已读|读完)"
    r"|(?(sign)(?:(?P<reading>reading|in[ _-]progress)|(?P<done>read|done|finished))|(?!)))",
    re.IGNORECASE,
)
_PRIORITIES: tuple[tuple[Priority, str], ...] = (
    ("high", "prio1|high|highest|very high|urgent|top|1|a|p0|p1|高|重要"),
    ("normal", "prio2|normal|medium|middle|2|b|p2|中|一般"),
    ("low", "prio3|low|lowest|very low|3|c|p3|p4|低"),
)


def mark_of_labels(keywords: Iterable[str], topics: Iterable[TopicPath]) -> Mark | None:
    """The mark that a reader's tags ("to-read", "/done") or folders ("To read") are; read, if they say both."""
    marks = {*map(_mark_of_tag, keywords), *(_states.of_heading(path[-1]) for path in topics if path)}
    return "read" if "read" in marks else "todo" if "todo" in marks else None


@lru_cache(maxsize=8192)
def _mark_of_tag(tag: str) -> Mark | None:
    found = _TAGGED.fullmatch(tag.strip()) if len(tag) < 40 else None
    return None if found is None else "read" if found["read"] or found["done"] else "todo"


@lru_cache(maxsize=1024)
def mark_of(word: str) -> tuple[Mark | None, int | None]:
    """The mark that a state of reading is, and the pass it was read in if the word says so (skimmed: 1, 精读: 3), as a
    heading of a page would say it."""
    if not word:
        return None, None
    folded = re.sub(r"[\s_-]+", " ", word.casefold()).strip()
    for mark, depth, words in _STATES:
        if folded in words.split("|"):
            return mark, depth
    return (_states.told_by(word) if len(word) < 60 else None) or (None, None)


def priority_of(word: str) -> Priority | None:
    """The priority that a word or number is; None for one that is not known."""
    if not word:
        return None
    folded = word.casefold().strip()
    return next((priority for priority, words in _PRIORITIES if folded in words.split("|")), None)
