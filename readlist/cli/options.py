"""Options and arguments that several commands share, each with its name and help once."""

from __future__ import annotations

from typing import Annotated, Any

from readlist.cli.declared import Argument, Option

Paper = Annotated[str, Argument(metavar="PAPER", help="Id, key, arXiv id, DOI, address, part of a title, or @.")]
OnePaper = Annotated[
    str,
    Argument(metavar="[PAPER]", help="Id, key, arXiv id, DOI, address, part of a title; @ is the current one."),
]
Papers = Annotated[
    list[str], Argument(metavar="PAPER…", help="Ids, keys, arXiv ids, DOIs, addresses, parts of titles, or @.")
]
SomePapers = Annotated[
    list[str] | None,
    Argument(metavar="[PAPER…]", help="Ids, keys, arXiv ids, DOIs, addresses, parts of titles; none: the current one."),
]
Query = Annotated[
    list[str] | None,
    Argument(metavar="[QUERY…]", help="Words, topic: tag: venue: year: status: added: author: …, or, ( ), -, @name."),
]
Topics = Annotated[
    list[str] | None, Option("--topic", "-t", metavar="TOPIC", help="Under this topic, by any part of its path.")
]
NewTopics = Annotated[
    list[str] | None, Option("--topic", "-t", metavar="TOPIC", help="Put it under this topic, made if need be.")
]
Tags = Annotated[list[str] | None, Option("--tag", metavar="TAG", help="With this tag.")]
NewTags = Annotated[list[str] | None, Option("--tag", metavar="TAG", help="Give it this tag.")]
Venues = Annotated[list[str] | None, Option("--venue", metavar="VENUE", help="Of this venue, in any spelling.")]
Statuses = Annotated[
    list[str] | None,
    Option("--status", metavar="S", help="listed, todo, reading, done or dropped; may be repeated."),
]
Pass = Annotated[int | None, Option("--pass", metavar="N", help="Pass 1, 2 or 3.")]
WaitingPass = Annotated[int | None, Option("--pass", metavar="N", help="Waiting for this pass.")]
Limit = Annotated[int | None, Option("--limit", metavar="N", help="At most so many; 0 is all.")]
Sort = Annotated[
    str | None, Option("--sort", metavar="ORDER", help="urgency, citations, year, added, due, title, id or key.")
]
Yes = Annotated[bool, Option("--yes", "-y", help="Do it without being asked.")]
Priority = Annotated[str | None, Option("--priority", metavar="P", help="high, normal or low.")]
Due = Annotated[str | None, Option("--due", metavar="DATE", help="To be read by then: 2026-12-01, fri, +2w.")]
DueOrNone = Annotated[
    str | None, Option("--due", metavar="DATE", help="To be read by then: 2026-12-01, fri, +2w; none takes it away.")
]
NoteText = Annotated[str | None, Option("--note", metavar="TEXT", help="A note to keep with it.")]


def several(values: list[str] | None) -> tuple[str, ...]:
    """What was given for an option or argument that may be repeated."""
    return tuple(values or ())


def checked_priority(value: str | None) -> Any:
    """`value` if it is a priority; raises UsageError naming those there are."""
    from readlist.domain.queue import PRIORITIES
    from readlist.errors import UsageError

    if value is not None and value not in PRIORITIES:
        raise UsageError(f"--priority cannot be {value!r}", f"allowed: {', '.join(PRIORITIES)}")
    return value
