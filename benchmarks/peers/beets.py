"""beets: papers as items of its library, made through its own Library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Command
from benchmarks.peers._peer import Peer
from benchmarks.places import data
from benchmarks.words import RARE, TAG

_FILL = """
import json, sys
from beets.library import Item, Library
library = Library(sys.argv[1], sys.argv[2])
with library.transaction(), open(sys.argv[3], encoding="utf-8") as lines:
    for number, line in enumerate(lines, 1):
        paper = json.loads(line)
        item = Item(title=paper["title"], artist="; ".join(paper["authors"]), album=paper["venue"],
                    year=paper["year"], comments=paper["abstract"], grouping=" ".join(paper["tags"]),
                    path=f"{sys.argv[2]}/{number}".encode())
        library.add(item)
"""


def peer() -> Peer:
    return Beets()


class Beets(Peer):
    name = "beets"
    packages = ("beets",)
    most = 10_000

    def fill(self, folder: Path, size: int) -> None:
        (folder / "config.yaml").write_text(
            f"library: {folder}/library.db\ndirectory: {folder}/music\nplugins: []\n", encoding="utf-8"
        )
        self.output([*self._filling(str(folder), size)], {"BEETSDIR": str(folder)})

    def _filling(self, folder: str, size: int) -> tuple[str, ...]:
        lines = str(data(str(size), "jsonl"))
        return self.program("python"), "-c", _FILL, f"{folder}/library.db", f"{folder}/music", lines

    def commands(self, size: int) -> Mapping[str, Command]:
        folder = self.library(size)

        def beet(*words: str) -> Command:
            return Command((self.program("beet"), *words), env={"BEETSDIR": str(folder)})

        return {
            "version": beet("version"),
            "tag": beet("list", f"grouping:{TAG}"),
            "search": beet("list", f"comments:{RARE}"),
            "modify": beet("modify", "-yWM", "id:400", "title=Another title {n}"),
            "export": beet("list", "-f", "$title $artist $album $year $comments"),
            "import": Command(self._filling("{fresh}", size), env={"BEETSDIR": "{fresh}"}, papers=size),
        }
