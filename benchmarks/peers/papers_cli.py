"""papers-cli: one BibTeX file. Only how it takes papers in is measured: it loads this file whole in every command."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Command
from benchmarks.peers._peer import Peer
from benchmarks.places import data


def peer() -> Peer:
    return PapersCli()


class PapersCli(Peer):
    name = "papers-cli"
    packages = ("papers-cli",)
    most = 10_000

    def fill(self, folder: Path, size: int) -> None:
        """None is needed."""

    def commands(self, size: int) -> Mapping[str, Command]:
        papers = self.program("papers")

        def empty(number: int, fresh: Path) -> Mapping[str, str]:
            made = ("install", "--global", "--no-prompt", "--no-git", "--bibtex", f"{fresh}/library.bib")
            self.output([papers, *made, "--filesdir", f"{fresh}/files"], {"HOME": str(fresh)})
            return {}

        offline = ("--no-query-doi", "--no-query-fulltext", "--no-git")
        return {
            "version": Command((papers, "--version")),
            "import": Command(
                (papers, "add", *offline, str(data(str(size), "bib"))),
                env={"HOME": "{fresh}"}, before=empty, papers=size,
            ),
        }  # fmt: skip
