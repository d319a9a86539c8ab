"""sqlite-utils: one table with a full-text index, asked by SQL written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Command
from benchmarks.peers._peer import Peer
from benchmarks.places import data
from benchmarks.words import RARE, TAG, TOPIC

_COLUMNS = "rowid, title, year, venue, citations, status"


def peer() -> Peer:
    return SqliteUtils()


class SqliteUtils(Peer):
    name = "sqlite-utils"
    packages = ("sqlite-utils",)

    def fill(self, folder: Path, size: int) -> None:
        library = str(folder / "papers.db")
        self.output([self.program(), "insert", library, "papers", str(data(str(size), "jsonl")), "--nl"])
        self.output([self.program(), "enable-fts", library, "papers", "title", "abstract", "--create-triggers"])

    def commands(self, size: int) -> Mapping[str, Command]:
        library = str(self.library(size) / "papers.db")
        lines = str(data(str(size), "jsonl"))

        def query(sql: str, *more: str) -> Command:
            return Command((self.program(), "query", library, sql, *more))

        return {
            "version": Command((self.program(), "--version")),
            "todo": query(
                f"select {_COLUMNS} from papers where status in ('todo', 'reading') "
                "order by citations desc, rowid limit 20", "--tsv",
            ),
            "list": query(f"select {_COLUMNS} from papers where topics like '%{TOPIC}%' limit 50", "--tsv"),
            "show": query("select * from papers where rowid = 500"),
            "search": Command((self.program(), "search", library, "papers", RARE, "-c", "title", "--limit", "20")),
            "tag": query(f"select {_COLUMNS} from papers where tags like '%\"{TAG}\"%'", "--tsv"),
            "add": Command((self.program(), "insert", library, "papers", "-"), stdin="{one}", before=_one),
            "modify": query("update papers set status = 'done' where rowid = 400"),
            "export": Command((self.program(), "rows", library, "papers")),
            "all": query(f"select {_COLUMNS} from papers", "--csv"),
            "import": Command(
                (self.program(), "insert", "{fresh}/papers.db", "papers", lines, "--nl"), papers=size,
            ),
        }  # fmt: skip


def _one(number: int, fresh: Path) -> Mapping[str, str]:
    path = fresh / "one.json"
    path.write_text(f'{{"title": "A new paper {number}", "year": 2026, "abstract": "New."}}', encoding="utf-8")
    return {"one": str(path)}
