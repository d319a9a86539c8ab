"""One file per input format. A module here is an importer; to add a format, add a file.

An importer knows its own kind of text (`recognises`) and reads it into a `Listing` (`read`). It is pure: text in,
values out; it opens no file and asks no network. The first module in `FORMATS` that recognises a text reads it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from readlist.domain.listing import Listing

FORMATS = ("own_json", "own_page", "html", "bibtex", "ris", "csl_json", "csv_table", "page")


class Importer(Protocol):
    """What a module of this folder offers."""

    __name__: str
    __doc__: str | None

    def recognises(self, text: str) -> bool:
        """Whether `text` is of this importer's format, judged by content, never by a file's name."""
        ...

    def read(self, text: str, *, mentions: bool = False) -> Listing:
        """All of `text`, every line accounted for. Raises InputError if nothing of it can be read.

        With `mentions` also the papers that running notes name; formats without such notes take no heed of it.
        """
        ...


def load(name: str) -> Importer:
    """The importer of that name from `FORMATS`."""
    return cast(Importer, import_module(f"{__name__}.{name}"))


def recognise(text: str) -> Importer | None:
    """The importer whose format `text` is, or None."""
    return next((importer for importer in map(load, FORMATS) if importer.recognises(text)), None)
