"""papis: a folder with an info.yaml for each paper. The files are written directly: it takes in about ten a second."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from benchmarks import papers
from benchmarks.measure import Command
from benchmarks.peers._peer import Peer, key
from benchmarks.places import BENCH
from benchmarks.words import RARE, TAG

_TAKEN_IN = 300  # papers of which the rate of its own import is measured


def peer() -> Peer:
    return Papis()


class Papis(Peer):
    name = "papis"
    packages = ("papis",)
    most = 10_000

    def fill(self, folder: Path, size: int) -> None:
        for number, paper in self.papers(size):
            place = folder / "papers" / key(number)
            place.mkdir(parents=True)
            info = {
                "papis_id": f"{number:032x}",
                "ref": key(number),
                "type": "inproceedings",
                "title": paper["title"],
                "author": " and ".join(paper["authors"]),
                "author_list": [{"given": name.split()[0], "family": name.split()[-1]} for name in paper["authors"]],
                "year": paper["year"],
                "booktitle": paper["venue"],
                "doi": paper["doi"],
                "abstract": paper["abstract"],
                "tags": paper["tags"],
            }
            # Each value as JSON, which YAML reads.
            lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in info.items())
            (place / "info.yaml").write_text("".join(lines), encoding="utf-8")
        _configure(folder)
        self.output([*self._papis(folder), "list", "--format", "{doc[ref]}", f"ref:{key(1)}"], _home(folder))

    def _papis(self, folder: Path) -> tuple[str, ...]:
        return self.program(), "--color", "no", "--log", "ERROR"

    def commands(self, size: int) -> Mapping[str, Command]:
        folder = self.library(size)
        file = BENCH / "papis-some.bib"
        papers.write_bibtex(islice(papers.papers(size), _TAKEN_IN), file)

        def papis(*words: str) -> Command:
            return Command((*self._papis(folder), *words), env=_home(folder))

        return {
            "version": papis("--version"),
            "show": papis("export", "--format", "bibtex", f"ref:{key(500)}"),
            "tag": papis("list", "--all", "--format", "{doc[title]}", f"tags:{TAG}"),
            "search": papis("list", "--all", "--format", "{doc[title]}", f"abstract:{RARE}"),
            "add": papis("add", "--batch", "--set", "title", "A new paper {n}", "--set", "author", "Ada New"),
            "modify": papis("update", "--set", "note", "read {n}", f"ref:{key(400)}"),
            "export": papis("export", "--all", "--format", "bibtex", "--out", "{fresh}/out.bib"),
            "import": Command(
                (*self._papis(folder), "bibtex", "read", str(file), "import", "--all"),
                env=_home(Path("{fresh}")), papers=min(size, _TAKEN_IN),
                before=_empty,
            ),
        }  # fmt: skip


def _empty(number: int, fresh: Path) -> Mapping[str, str]:
    _configure(fresh)
    return {}


def _configure(folder: Path) -> None:
    (folder / "config" / "papis").mkdir(parents=True)
    (folder / "papers").mkdir(exist_ok=True)
    (folder / "config" / "papis" / "config").write_text(
        f"[settings]\ndefault-library = papers\nadd-confirm = False\nadd-edit = False\n\n"
        f"[papers]\ndir = {folder}/papers\n",
        encoding="utf-8",
    )


def _home(folder: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": f"{folder}/config", "XDG_CACHE_HOME": f"{folder}/cache"}
