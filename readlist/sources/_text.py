"""Running text as services send it."""

from __future__ import annotations

import re
from html import unescape

from readlist.domain.patterns import late
from readlist.domain.text import one_line, printable

_BLANK_LINE = late(r"\n[^\S\n]*\n")
# Tags by their names, so that "p<q" stays: HTML's, those of JATS with and without its prefix, all of MathML.
_ENDS = r"(?:jats:)?(?:p|title|sec|list|list-item|disp-formula|break)|br|div|li|ul|ol|h[1-6]"
_WITHIN = (
    r"(?:jats|mml):[\w.-]+|i|b|em|strong|italic|bold|sub|sup|sc|scp|tt|u|ovl|underline|monospace|font|span|a"
    r"|ext-link|inline-formula|alternatives|tex-math|math|m[inos]|mrow|msu[bp]|msubsup"
)
_TAG = r"</?(?:{})(?:\s[^<>=]*=[^<>]*|\s*)/?>"
_PARAGRAPH_TAG = late(_TAG.format(_ENDS), re.IGNORECASE)
_WORD_TAG = late(_TAG.format(_WITHIN), re.IGNORECASE)
# A formula in TeX and again in MathML.
_AGAIN = late(r"(?<=:tex-math>)\s*<mml:math\b.{0,9999}?</mml:math>", re.IGNORECASE | re.DOTALL)
_ESCAPED = 3  # times over, at most


def paragraphs(text: str | None) -> str | None:
    """`text` with each paragraph on one line and a blank line between two; None if nothing is left.

    Abstracts come hard-wrapped and indented from one generation of a service and unwrapped from the next; folded,
    they are equal. Only a blank line ends a paragraph, since indentation is part of the wrapping.
    """
    parts = (one_line(part) for part in _BLANK_LINE.split(printable(text or "")))
    return "\n\n".join(part for part in parts if part) or None


def unmarked(text: str) -> str:
    """`text` without tags and entities, also where it was escaped once too often; paragraphs stay apart."""
    text = _AGAIN.sub("", text)
    for _ in range(_ESCAPED):
        before = text
        text = unescape(_WORD_TAG.sub("", _PARAGRAPH_TAG.sub("\n\n", text)))
        if text == before:
            break
    return text
