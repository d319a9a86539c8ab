"""The shape of the pages that rl writes, so that it reads back what it wrote: signs, names, escapes.

Below a first line that tells who wrote it, a page is Markdown of four kinds of lines: headings (topics), list items
(papers), what is indented below an item (its summary and notes), and quotations (notes of the topic). An item is

    - ✅ [Title](address) · *authors* · EMNLP 2021 · (Citations 219) · [code](address "code") · `tag`

with a mark or none, the title strong where it has no address, and every other part where there is one.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from readlist.domain.listing import Mark
from readlist.domain.patterns import late

FIRST_LINE = "<!-- A reading list, written by rl. `rl import` reads it back, and what you add to it. (shape 1) -->"
FIRST = late(r"\ufeff?<!-- A reading list, written by rl\b.*\(shape (\d+)\) -->\s*")
SHAPE = 1

MARKS: Mapping[Mark, str] = {"read": "✅", "todo": "#TODO"}
BETWEEN = " · "
COUNT = late(r"\(Citations (\d{1,15})\)")
OWN_ADDRESS = "page"
"""The text of the link that is the paper's address, where an identifier has taken the title's place."""
SUMMARY = "**Summary:** "
NOTE = "<!-- note -->"
"""Divides notes; stands also before a first note that begins as a summary does."""
LIKE_NOTE = late(r"<!-- (\\*)note -->")
"""A line of a note that could be taken for the divider is written with one more backslash."""

NAMES: Mapping[str, str] = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "acl": "ACL",
    "openreview": "OpenReview",
    "s2": "S2",
    "corpus": "CorpusId",
    "pmid": "PubMed",
}
"""How the identifiers of each scheme are called where their addresses stand in a row."""

_ESCAPED = late(r"\\([!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});")


def unescaped(text: str) -> str:
    """Plain text as it was before it was written into Markdown."""
    return _ESCAPED.sub(lambda found: found[1] or html.unescape(found[0]), text)
