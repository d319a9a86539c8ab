"""Which formats a text can be of at all, by a quick look: only the modules of these are loaded and asked.

Each look is a condition that every text of the format fulfils, and most other texts do not. The formats themselves
decide, in their own order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from readlist.domain.patterns import late
from readlist.importers.blocks import _html_known
from readlist.importers.lines import _column_names

_FIRST = late(r"\s*(\S)")
_OWN_JSON = late(r'[\ufeff\s]*\{\s*"rl"')
_ENTRY = late(r"^[ \t]*@[ \t]*[A-Za-z][\w+-]*\s*[{(]", re.MULTILINE)
_TAGS = late(r"(?:(?i:TY|ER) {1,2}-|PMID {0,2}-|PT(?![A-Za-z0-9])|%0|RT |\{Reference Type)")
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")  # of str.splitlines
_TAGGED = 60_000  # characters
_DIVIDER = late(r"[,;\t]")
_NO_LETTER = late(r"[\W_]")
_HEAD = 50_000  # characters
_ABOVE = 50  # lines


def _begins(signs: str) -> Callable[[str], bool]:
    def look(text: str) -> bool:
        found = _FIRST.match(text, text.startswith("\ufeff"))
        return found is not None and found[1] in signs

    return look


def _tagged(text: str) -> bool:
    """Whether a line begins with a tag that begins or ends a record."""
    head = "\n" + text[:_TAGGED].lstrip("\ufeff \t")
    return any(_begins_line(head, found.start()) for found in _TAGS.finditer(head))


def _begins_line(text: str, at: int) -> bool:
    """Whether nothing, or one blank, stands before `at` in its line."""
    before = text[at - 1]
    return before in _LINE_ENDS or (before.isspace() and text[at - 2] in _LINE_ENDS)


def _head(text: str) -> bool:
    """Whether one of the first lines that are not blank is divided and names a column of titles."""
    lines = text[:_HEAD].removeprefix("\ufeff").lstrip().split("\n", _ABOVE)[:_ABOVE]
    cells = [cell for line in [line for line in lines if line.strip()][:4] for cell in _DIVIDER.split(line)]
    return not _column_names.TITLES.isdisjoint(_NO_LETTER.sub("", cell.casefold()) for cell in cells)


LOOKS: Mapping[str, Callable[[str], bool]] = {
    "own_json": lambda text: _OWN_JSON.match(text) is not None,
    "own_page": lambda text: "written by rl" in text[:100],
    "endnote_xml": lambda text: "<xml>" in text[:500],
    "html": _html_known.recognises,
    "csl_yaml": lambda text: "references:" in text[:5000],
    "literature_note": lambda text: text.startswith(("---", "\ufeff---")),
    "bibtex": lambda text: "@" in text[:200_000] and _ENTRY.search(text) is not None,
    "ris": _tagged,
    "json_lines": _begins("{"),
    "csl_json": _begins("{["),
    "csv_table": _head,
}
