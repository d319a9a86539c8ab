"""Web pages: saved from a browser, exported from a notebook or a wiki, or a browser's bookmarks.

What a page says is read by the same recognisers as Markdown (`_assemble`); here is only what is HTML about it.
"""

from __future__ import annotations

from dataclasses import replace

from readlist.domain import identifiers
from readlist.domain.listing import Listing
from readlist.domain.metadata import Metadata
from readlist.errors import InputError
from readlist.importers import page, recognise
from readlist.importers.assembly._assemble import assemble
from readlist.importers.blocks import _html
from readlist.importers.blocks._html_account import Web
from readlist.importers.blocks._html_inline import without_near
from readlist.importers.blocks._html_known import recognises

__all__ = ("read", "recognises")


def read(text: str, *, mentions: bool = False) -> Listing:
    """All of `text`, every line accounted for. Raises InputError for a page that shows no text."""
    web = _html.read(text)
    if web.plain is not None and web.plain.strip():
        return _shifted((recognise(web.plain) or page).read(web.plain, mentions=mentions), web)
    if not any(block.kind not in ("noise", "blank") for block in web.page.blocks):
        raise InputError("the web page shows no text", hint="save the page once it is complete, or its text")
    listing = assemble(web.page, mentions=mentions)
    line = web.lines
    return replace(
        listing,
        format="html",
        # A heading without text ends a section; it says nothing to a paper that the section stands under.
        entries=tuple(
            replace(
                entry,
                line=line[entry.line - 1],
                metadata=_without_near(entry.metadata),
                notes=tuple(without_near(note) for note in entry.notes if note.strip("# ")),
            )
            for entry in listing.entries
        ),
        topic_notes=tuple(
            replace(note, line=line[note.line - 1], text=without_near(note.text)) for note in listing.topic_notes
        ),
        ignored=tuple(sorted((replace(it, line=line[it.line - 1]) for it in listing.ignored), key=lambda it: it.line)),
    )


def _without_near(metadata: Metadata) -> Metadata:
    """What is known of a paper, without the links that lead beside the page."""
    links = tuple(link for link in metadata.links if identifiers.is_address(link.url))
    return metadata if len(links) == len(metadata.links) else replace(metadata, links=links)


def _shifted(listing: Listing, web: Web) -> Listing:
    """The listing of a text that a browser shows and has saved as a page, with the lines of the file."""
    above = web.above
    lines = dict(listing.lines)
    lines["blank"] += web.total - sum(lines.values())
    return replace(
        listing,
        lines=lines,
        entries=tuple(replace(entry, line=entry.line + above) for entry in listing.entries),
        topic_notes=tuple(replace(note, line=note.line + above) for note in listing.topic_notes),
        ignored=tuple(replace(it, line=it.line + above) for it in listing.ignored),
    )
