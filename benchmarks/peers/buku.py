"""buku: bookmarks with title and tags; it takes in no abstracts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Command
from benchmarks.peers._peer import Peer
from benchmarks.words import TAG


def peer() -> Peer:
    return Buku()


class Buku(Peer):
    name = "buku"
    packages = ("buku",)

    def fill(self, folder: Path, size: int) -> None:
        with (folder / "papers.md").open("w", encoding="utf-8") as file:
            for number, paper in self.papers(size):
                title = paper["title"].replace("[", "(").replace("]", ")")
                if number == 500:
                    title += " quillwort"  # the abstract that has it is not taken in
                tags = ",".join(paper["tags"])
                file.write(f"- [{title}](https://doi.org/{paper['doi']}) <!-- TAGS: {tags} -->\n")
        self.output(
            [self.program(), "--nostdin", "--nc", "--import", str(folder / "papers.md")], _home(folder), "n\nn\n"
        )

    def commands(self, size: int) -> Mapping[str, Command]:
        folder = self.library(size)

        def buku(*words: str) -> Command:
            return Command((self.program(), "--nostdin", "--nc", "--np", *words), env=_home(folder))

        return {
            "version": buku("--version"),
            "tag": buku("--stag", TAG),
            "search": buku("--sany", "quillwort"),
            "add": buku("--add", "https://example.org/new/{n}", "survey", "--title", "A new paper {n}", "--offline"),
            "modify": buku("--update", "400", "--title", "Another title {n}", "--offline"),
            "export": Command(
                (self.program(), "--nostdin", "--nc", "--export", "{fresh}/out.md"), env=_home(folder), papers=size
            ),
            "import": Command(
                (self.program(), "--nostdin", "--nc", "--import", f"{folder}/papers.md"),
                env=_home(Path("{fresh}")), papers=size,
            ),
        }  # fmt: skip


def _home(folder: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(folder), "BUKU_DEFAULT_DBDIR": str(folder / "buku")}
