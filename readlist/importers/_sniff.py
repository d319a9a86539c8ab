"""Which formats a text can be of at all, by a quick look: only the modules of these are loaded and asked.

Each look is a condition that every text of the format fulfils, and most other texts do not. The formats themselves
decide, in their own order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_FIRST = re.compile(r"[\ufeff\s]*(\S)")
_ENTRY = re.compile(r"@[ \t]*[A-Za-z][\w+-]*\s*[{(]")
_TAGS = re.compile(r"(?<![A-Za-z0-9])(?:(?i:TY|ER) {1,2}-|PMID {0,2}-|PT(?![A-Za-z0-9]))|%0")
_DIVIDED = re.compile(r"[,;\t]|sep=", re.IGNORECASE)


def _begins(signs: str) -> Callable[[str], bool]:
    def look(text: str) -> bool:
        found = _FIRST.match(text)
        return found is not None and found[1] in signs

    return look


def _head(text: str) -> bool:
    """Whether the first line that is not blank is divided, as the head of a table is."""
    text = text.removeprefix("\ufeff").lstrip()
    return _DIVIDED.search(text[: text.find("\n") if "\n" in text else len(text)]) is not None


LOOKS: Mapping[str, Callable[[str], bool]] = {
    "own_json": _begins("{"),
    "own_page": lambda text: "written by rl" in text[:100],
    "html": _begins("<"),
    "bibtex": lambda text: "@" in text[:200_000] and _ENTRY.search(text) is not None,
    "ris": lambda text: _TAGS.search(text[:100_000]) is not None,
    "json_lines": _begins("{"),
    "csl_json": _begins("{["),
    "csv_table": _head,
}
