"""Names under which tables and records of all programs keep what they say of a paper, and how such cells are read."""

from __future__ import annotations

import re
from functools import lru_cache

from readlist.domain.listing import TopicPath
from readlist.domain.patterns import late
from readlist.domain.topics import clean_path
from readlist.importers.lines._column_names import NAMES
from readlist.importers.records._bib_states import mark_of

COLUMNS = {name: (what, rank) for what, names in NAMES for rank, name in enumerate(names.split())}

EMPTY = frozenset(("", "n/a", "nan", "null", "-", "–", "—"))
"""What stands in a cell in which nothing stands, in lower case."""

NO_PART = late(r"(?i)book$|thesis|dissertation|report|preprint|manuscript|webpage|blog|video|software|dataset")
"""Types of works that are no part of another: who put them out stands for the venue."""

_COUNT = late(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?", re.ASCII)
_SIGNS = {
    **dict.fromkeys(("x", "✓", "✔", "√", "☑", "y", "✔️", "☑️", "是", "已", "yes", "true", "1", "读过"), "read"),
    **dict.fromkeys(
        ("☐", "⬜", "✗", "✘", "❌", "no", "n", "false", "0", "not started", "not read", "否", "未", "没有"), "todo"
    ),
}


def count(cell: str) -> int | None:
    """The number that a cell holds, "1,234" and "12.0" too."""
    found = _COUNT.fullmatch(cell)
    return int(found[1].replace(",", "")) if found else None


def state(cell: str) -> str:
    """The word for a state of reading, as all bibliographies have it, that a cell is or whose sign it holds."""
    return cell if mark_of(cell)[0] else _SIGNS.get(cell.casefold().strip(" []"), "")


@lru_cache(maxsize=8192)
def topics(cell: str) -> tuple[TopicPath, ...]:
    """The topics that a cell names: paths, divided by semicolons, lines, or, where there are none, commas."""
    paths = re.split(r"[;；\n]", cell) if re.search(r"[;；\n]", cell) else re.split(r"[,，]", cell)
    return tuple(path for one in paths if (path := clean_path(re.split("[/>]", one))))
