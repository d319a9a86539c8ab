"""Pages kept by hand: Markdown, org-mode, reStructuredText, AsciiDoc, or text copied from a rendered page.

Headings are topics, a list item, table row or line that names a paper is an entry, what stands under it is its
notes. A page is read in three steps, each of its own module: a shape becomes blocks (`_markdown`, `_org`, `_adoc`,
`_rst`, `_scholar`, `_flat`), each block is looked at for a title, fields, links and marks (`_sight`), and rules say
whether it is an entry (`_rules`). Here the blocks are put together, and every line gets its place.
"""

from __future__ import annotations

from readlist.domain.listing import Listing
from readlist.errors import InputError
from readlist.importers._blocks import Page
from readlist.importers.assembly._assemble import assemble
from readlist.importers.blocks import _flat, _markdown


def recognises(text: str) -> bool:
    """Whether `text` is a page: any text that holds a printable character. To be asked last of all formats."""
    return bool(text.strip())


def read(text: str, *, mentions: bool = False) -> Listing:
    """All of `text`, every line accounted for. Raises InputError for a text without a single word."""
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise InputError("the page is empty", hint="give a file that lists papers, one a line or list item")
    text = text.removeprefix("\ufeff")
    return assemble(_shape(text), mentions=mentions)


def _shape(text: str) -> Page:
    """The blocks of `text`, by the first shape that it is of."""
    if text.startswith("*") or "\n*" in text:  # only a page with stars can be an outline of org-mode
        from readlist.importers.blocks import _org

        if _org.recognises(text):
            return _org.read(text)
    if text.startswith("= ") or "\n= " in text or "\n== " in text:  # headings of AsciiDoc
        from readlist.importers.blocks import _adoc

        if _adoc.recognises(text):
            return _adoc.read(text)
    if ">`_" in text or ".. " in text or "\n===" in text or text.startswith("==="):  # as for reStructuredText
        from readlist.importers.blocks import _rst

        if _rst.recognises(text):
            return _rst.read(text)
    if "Cited by" in text or "被引用" in text:
        from readlist.importers.blocks import _scholar

        if _scholar.recognises(text):
            return _scholar.read(text)
    return _markdown.read(text) if _markdown.recognises(text) else _flat.read(text)
