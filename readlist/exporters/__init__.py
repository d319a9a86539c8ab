"""One file per output: domain objects in, text out. An exporter opens no file of the user's and asks no clock.

A module of `FORMATS` writes papers in one format; to add a format, add a file, and its name and endings here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from readlist.domain.shelf import Shelf

FORMATS: Mapping[str, str] = {
    "markdown": "markdown",
    "bibtex": "bibtex",
    "csl-json": "csl_json",
    "ris": "ris",
    "csv": "csv_table",
    "json": "own_json",
    "html": "html",
}
"""The name of a format, as `--format` takes it, and the module of this folder that writes it."""

BY_KEY = frozenset({"bibtex", "csl-json", "ris"})
"""Formats whose entries stand in order of their citation keys, so that a new paper is one new place in a diff."""

ENDINGS: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".bib": "bibtex",
    ".csl.json": "csl-json",
    ".json": "json",
    ".ris": "ris",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
}
"""The format that the ending of a file's name means; the first that fits."""


class Exporter(Protocol):
    """What a module of `FORMATS` offers."""

    def write(self, shelf: Shelf) -> Iterator[str]:
        """The file's text in pieces, made as they are asked for. Same papers, same text."""
        ...


def load(name: str) -> Exporter:
    """The exporter of the format `name` from `FORMATS`."""
    return cast(Exporter, import_module(f"{__name__}.{FORMATS[name]}"))


def format_of(file: str) -> str | None:
    """The format that the name of a file asks for by its ending, None if it asks for none that there is."""
    lowered = file.casefold()
    named = next((name for ending, name in ENDINGS.items() if lowered.endswith(ending)), None)
    return named if named in FORMATS else None
