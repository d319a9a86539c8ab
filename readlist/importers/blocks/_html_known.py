"""How a web page is told from other texts, Markdown with some HTML in it above all."""

from __future__ import annotations

import re

from readlist.domain.patterns import late

_WHOLE = late(r"<(?:!doctype\s+(?:html|netscape-bookmark)|html[\s>])", re.IGNORECASE)
_PART = late(
    r"<(?:meta|title|style|link|body|div|p|ul|ol|dl|table|section|article|main|h[1-6]|details|blockquote)\b",
    re.IGNORECASE,
)
_BLOCK = late(r"<(?:p|li|h[1-6]|tr|t[dh]|d[dt]|div|br|details)\b", re.IGNORECASE)
# A line of Markdown, which text between tags is not; a page that has one is Markdown with some HTML in it.
_MARKDOWN = late(
    r"^(?:#{1,6} +\S|[ \t]*(?:[-*+]|\d{1,3}[.)]) +\S|\[[^\[\]\n]{1,200}\]:|\||```|~~~)|\]\((?:https?:|\.|/|#)|\*\*\S",
    re.MULTILINE,
)
_LEAST = 3  # tags of blocks that make a part of a page


def recognises(text: str) -> bool:
    """Whether `text` is a web page, or a part of one that holds no Markdown."""
    at = _lead(text)
    if text[at : at + 1] != "<":
        return False
    if _WHOLE.match(text, at):
        return True
    if not _PART.match(text, at) or _MARKDOWN.search(text):
        return False
    return sum(1 for _, _ in zip(range(_LEAST), _BLOCK.finditer(text), strict=False)) == _LEAST


def _lead(text: str) -> int:
    """Where `text` begins, less white space, an XML declaration and comments."""
    at = 0
    while at < len(text):
        if text[at].isspace() or text[at] == "\ufeff":
            at += 1
        elif text.startswith("<!--", at) or text[at : at + 5].casefold() == "<?xml":
            end = text.find("-->" if text[at + 1] == "!" else "?>", at)
            if end < 0:
                return at
            at = end + 2 + (text[at + 1] == "!")
        else:
            break
    return at
