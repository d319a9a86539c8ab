"""Making one of two papers that a person knows to be one."""

from __future__ import annotations

from readlist.db.library import Library
from readlist.errors import UsageError


def merge(library: Library, kept: int, gone: int) -> None:
    """Everything of `gone` becomes `kept`'s: identifiers, passes, notes, topics, tags, links, counts."""
    if kept == gone:
        raise UsageError("both are the same paper", "name two papers: rl merge 12 15")
    with library.write("merge") as work:
        work.merge(kept, gone)
