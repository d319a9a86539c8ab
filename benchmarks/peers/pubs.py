"""pubs: a folder with a BibTeX file and one of metadata for each paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Command
from benchmarks.peers._peer import Peer, bibtex, key
from benchmarks.places import data
from benchmarks.words import TAG


def peer() -> Peer:
    return Pubs()


class Pubs(Peer):
    name = "pubs"
    packages = ("pubs", "bibtexparser<2", "pyparsing", "six")
    most = 10_000

    def fill(self, folder: Path, size: int) -> None:
        self.output([*self._pubs(folder), "init", "-p", f"{folder}/papers"])
        self.output([*self._pubs(folder), "import", str(data(str(size), "bib"))])

    def _pubs(self, folder: Path) -> tuple[str, ...]:
        return self.program(), "-c", f"{folder}/config"

    def commands(self, size: int) -> Mapping[str, Command]:
        folder = self.library(size)

        def empty(number: int, fresh: Path) -> Mapping[str, str]:
            self.output([*self._pubs(fresh), "init", "-p", f"{fresh}/papers"])
            return {}

        def one(number: int, fresh: Path) -> Mapping[str, str]:
            path = fresh / "one.bib"
            path.write_text(bibtex(number), encoding="utf-8")
            return {"one": str(path)}

        def pubs(*words: str) -> Command:
            return Command((*self._pubs(folder), *words), before=one if "{one}" in words else None)

        return {
            "version": pubs("--version"),
            "tag": pubs("list", f"tag:{TAG}"),
            "search": pubs("list", "title:quillwort"),
            "add": pubs("add", "{one}"),
            "modify": pubs("tag", key(400), "+read{n}"),
            "export": pubs("export"),
            "import": Command(
                (*self._pubs(Path("{fresh}")), "import", str(data(str(size), "bib"))), before=empty, papers=size
            ),
        }
