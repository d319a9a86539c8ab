"""What the tests of pages ask again and again."""

from readlist.domain.listing import Entry, Listing
from readlist.importers import page


def read(text: str) -> Listing:
    """`text` as a page, after the account of its lines is checked."""
    listing = page.read(text)
    number = len(text.split("\n")) - text.endswith("\n")
    assert sum(listing.lines.values()) == number
    assert listing.lines["ignored"] >= len(listing.ignored)
    return listing


def only(text: str) -> Entry:
    """The one entry of `text`."""
    entries = read(text).entries
    assert len(entries) == 1, [entry.metadata.title for entry in entries]
    return entries[0]


def titles(text: str) -> list[str | None]:
    """The titles of all entries of `text`."""
    return [entry.metadata.title for entry in read(text).entries]
