"""Taskwarrior, as Debian has it: papers as tasks, the abstract as an annotation."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from benchmarks.measure import Command
from benchmarks.peers._peer import Absent, Peer
from benchmarks.words import RARE, TAG

_STATUS = {"done": "completed"}


def peer() -> Peer:
    return Taskwarrior()


class Taskwarrior(Peer):
    name = "taskwarrior"
    most = 100_000

    def install(self) -> None:
        if not shutil.which("task"):
            raise Absent("`task` is not there; Debian's package taskwarrior has it")

    def version(self) -> str:
        return self.output(["task", "--version"]).strip()

    def fill(self, folder: Path, size: int) -> None:
        (folder / "taskrc").write_text(
            f"data.location={folder}/data\nconfirmation=off\nverbose=nothing\nhooks=off\ngc=off\n", encoding="utf-8"
        )
        (folder / "data").mkdir()
        with (folder / "tasks.json").open("w", encoding="utf-8") as file:
            for number, paper in self.papers(size):
                task = {
                    "uuid": str(UUID(int=number + (4 << 76) + (8 << 60))),
                    "description": paper["title"],
                    "entry": "20260101T000000Z",
                    "status": _STATUS.get(paper.get("status", ""), "pending"),
                    "tags": [tag.replace("-", "_") for tag in paper["tags"]],
                    "project": paper["topics"][0].replace("/", "."),
                    "annotations": [{"entry": "20260101T000000Z", "description": paper["abstract"]}],
                }
                if task["status"] == "completed":
                    task["end"] = "20260102T000000Z"
                file.write(json.dumps(task, ensure_ascii=False) + "\n")
        self.output(["task", f"rc:{folder}/taskrc", "import", str(folder / "tasks.json")])

    def commands(self, size: int) -> Mapping[str, Command]:
        folder = self.library(size)

        def task(*words: str) -> Command:
            return Command(("task", f"rc:{folder}/taskrc", "rc.defaultwidth=160", *words))

        return {
            "version": Command(("task", "--version")),
            "todo": task("limit:20", "next"),
            "list": task("limit:50", "project:NLP.retrieval", "list"),
            "tag": task(f"+{TAG}", "list"),
            "show": task(str(UUID(int=500 + (4 << 76) + (8 << 60))), "info"),
            "search": task(f"/{RARE}/", "all"),
            "add": task("add", "A new paper {n}"),
            "modify": task(str(UUID(int=400 + (4 << 76) + (8 << 60))), "modify", "priority:H", "/a/a/"),
            "export": task("export"),
            "import": Command(
                ("task", "rc:/dev/null", "rc.data.location={fresh}", "rc.confirmation=off", "import",
                 f"{folder}/tasks.json"), papers=size,
            ),
        }  # fmt: skip
