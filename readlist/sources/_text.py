"""Running text as services send it."""

from __future__ import annotations

import re

from readlist.domain.text import one_line, printable

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def paragraphs(text: str | None) -> str | None:
    """`text` with each paragraph on one line and a blank line between two; None if nothing is left.

    Abstracts come hard-wrapped and indented from one generation of a service and unwrapped from the next; folded,
    they are equal. Only a blank line ends a paragraph, since indentation is part of the wrapping.
    """
    parts = (one_line(part) for part in _BLANK_LINE.split(printable(text or "")))
    return "\n\n".join(part for part in parts if part) or None
