"""One file per input format. A module here is an importer; to add a format, add a file.

An importer knows its own kind of text (`recognises`) and reads it into a `Listing` (`read`). It is pure: text in,
values out; it opens no file and asks no network. The first module in `FORMATS` that recognises a text reads it.
Formats of which there are files of any size can be read piece by piece (`Streaming`), in bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from readlist.domain.listing import Listing, Piece
from readlist.importers._sniff import LOOKS

FORMATS = (
    "own_json", "own_page", "endnote_xml", "html", "csl_yaml", "literature_note", "bibtex", "ris", "json_lines",
    "csl_json", "csv_table", "page",
)  # fmt: skip
STREAMING = ("json_lines", "bibtex")


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


class Streaming(Importer, Protocol):
    """An importer of bibliographies of any size. `FORMAT` is what a `Listing` of it calls its format."""

    FORMAT: str

    def pieces(self, blocks: Iterable[str]) -> Iterator[Piece]:
        """The file whose text is that of all `blocks`, in pieces of about 500 papers, every line accounted for.

        Raises InputError at the end if nothing of it could be read. `read` is the collection of all pieces.
        """
        ...


def load(name: str) -> Importer:
    """The importer of that name from `FORMATS`."""
    return cast(Importer, import_module(f"{__name__}.{name}"))


def recognise(text: str) -> Importer | None:
    """The importer whose format `text` is, or None."""
    possible = (name for name in FORMATS if name not in LOOKS or LOOKS[name](text))
    return next((importer for importer in map(load, possible) if importer.recognises(text)), None)


def named(format: str, text: str) -> Importer:
    """The importer for a file that is said to be of a format of `BY_NAME`, whatever it looks like."""
    possible = [load(name) for name in BY_NAME[format]]
    return next((importer for importer in possible if importer.recognises(text)), possible[-1])


BY_NAME: Mapping[str, tuple[str, ...]] = {
    "markdown": ("own_page", "literature_note", "page"),
    "bibtex": ("bibtex",),
    "csl-json": ("csl_yaml", "csl_json"),
    "ris": ("ris",),
    "csv": ("csv_table",),
    "json": ("own_json", "csl_json", "json_lines"),
    "html": ("html",),
    "endnote": ("endnote_xml",),
}
"""What a file can be said to be, as `rl export` names it -> modules of `FORMATS`: the first that recognises it, else
the last."""


def streaming(head: str, format: str | None = None) -> Streaming | None:
    """The importer that reads a file piece by piece which begins with `head` (some 64 kB); None if none does."""
    importer = named(format, head) if format else recognise(head)
    if importer is None or importer.__name__.rpartition(".")[2] not in STREAMING:
        return None
    return cast(Streaming, importer)
