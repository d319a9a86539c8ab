"""Regular expressions that are compiled when they are first asked.

A page is read by some three hundred patterns, of which one page needs a third; compiling all of them takes 50 of the
190 ms of importing a small page (most of it for sets that hold Chinese punctuation, which `re` lays out over 65,536
places).
"""

from __future__ import annotations

import re
from typing import Any, cast

_ASKED = ("match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer", "pattern", "flags")


class _Late:
    """What a compiled pattern answers, made at the first question; after that an attribute is as quick as its own."""

    __slots__ = ("_flags", "_source", *_ASKED)

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for asked in _ASKED:
            setattr(self, asked, getattr(compiled, asked))
        return getattr(compiled, name)


def late(source: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """`re.compile` at first use, for patterns that are named at the top of a module.

    A mistake in `source` is an `re.error` then, not at import: tests/domain/test_patterns.py compiles all there are.
    """
    return cast("re.Pattern[str]", _Late(source, int(flags)))
