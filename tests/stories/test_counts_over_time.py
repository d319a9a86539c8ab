"""Citation counts as they were seen on 26 days of three years, refreshed day by day: the stored histories are these.

Every paper is refreshed on the days on which it was counted. A day on which the count was as before is an observation
too: that it had not moved by then is known. Runs are within this process, since there are many.
"""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from readlist.cli import main
from readlist.context import Context
from tests.replay import SCHOLAR, Replay, at_home, replayed
from tests.shared import shared
from tests.sources.faults import Service, as_json

LATER = "2026-11-21"

History = list[tuple[str, int]]


@dataclass(frozen=True)
class Counted:
    """A paper of the table: its names, and its count on each day on which it was asked for."""

    title: str
    corpus: int
    arxiv: str | None
    history: History

    @property
    def fell(self) -> bool:
        return any(later[1] < earlier[1] for earlier, later in pairwise(self.history))


@pytest.fixture(scope="module")
def table() -> list[Counted]:
    rows = json.loads(shared("corpus/derived/s2_citation_counts_over_time.json").read_text("utf-8"))
    return [
        Counted(
            row["title"],
            row["externalIds"]["CorpusId"],
            row["externalIds"].get("ArXiv"),
            [(day, count) for day, count in row["counts"]],
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def server() -> Iterator[Replay]:
    with replayed() as started:
        yield started


@dataclass
class User:
    """Somebody with a library, who asks the services at some addresses."""

    env: dict[str, str]

    def context(self, day: str, given: str = "") -> Context:
        stdin = io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8")
        return Context(self.env | {"RL_TODAY": day}, stdin, io.StringIO(), io.StringIO())

    def rl(self, day: str, *words: str, given: str = "") -> Any:
        """The data of what `rl` says on `day`; exit 0 is asserted."""
        context = self.context(day, given)
        out, err = context.stdout, context.stderr
        assert isinstance(out, io.StringIO) and isinstance(err, io.StringIO)
        assert main([*words, "--json"], context) == 0, err.getvalue()
        return json.loads(out.getvalue())["data"]

    def live_through(self, papers: list[Counted], names: list[str], tell: Callable[[str, list[Counted]], None]) -> int:
        """Puts the papers on the list and refreshes on each day those that were counted then, which `tell` has the
        service know. How many days that were."""
        days = sorted({day for paper in papers for day, _ in paper.history})
        self.rl(days[0], "add", "--no-fetch", "--from", "-", given="\n".join(names))
        for day in days:
            asked = {str(n): paper for n, paper in enumerate(papers, 1) if day in dict(paper.history)}
            tell(day, [*asked.values()])
            assert self.rl(day, "refresh", *asked)["total"] == len(asked)
        return len(days)

    def assert_kept(self, papers: list[Counted]) -> None:
        """Every history is the table's, and the count that is shown is its last, whether that rose or fell."""
        context = self.context(LATER)
        stored = context.library.views.papers(range(1, len(papers) + 1), context.now().date(), whole=True)
        context.close()
        for counted, paper in zip(papers, stored, strict=True):
            assert [(it.observed, it.count) for it in paper.citation_history] == counted.history, counted.title
            assert {it.source for it in paper.citation_history} == {"semantic-scholar"}
        shown = {it["id"]: it["citations"] for it in self.rl(LATER, "list")["papers"]}
        last = [(shown[number]["observed"], shown[number]["count"]) for number in range(1, len(papers) + 1)]
        assert last == [counted.history[-1] for counted in papers]
        for number, counted in enumerate(papers, 1):
            if counted.fell:
                paper = self.rl(LATER, "show", str(number))["paper"]
                assert [(it["observed"], it["count"]) for it in paper["citation_history"]] == counted.history
                assert (paper["citations"]["observed"], paper["citations"]["count"]) == counted.history[-1]


def test_papers_of_arxiv(table: list[Counted], server: Replay, tmp_path: Path) -> None:
    papers = [paper for paper in table if paper.arxiv]
    assert (len(papers), sum(paper.fell for paper in papers)) == (115, 5)
    user = User(at_home(tmp_path / "home", server))

    def tell(day: str, asked: list[Counted]) -> None:
        server.count({str(paper.arxiv): dict(paper.history)[day] for paper in asked})

    days = user.live_through(papers, [str(paper.arxiv) for paper in papers], tell)
    assert (days, server.paths().count(SCHOLAR)) == (17, 17)
    user.assert_kept(papers)


def test_all_papers(table: list[Counted], tmp_path: Path) -> None:
    assert (len(table), sum(paper.fell for paper in table)) == (351, 24)

    with Service(as_json([])) as service:
        user = User(at_home(tmp_path / "home") | {"RL_S2_URL": service.url, "RL_S2_DELAY": "0"})

        def tell(day: str, asked: list[Counted]) -> None:
            rows = [{"corpusId": p.corpus, "title": p.title, "citationCount": dict(p.history)[day]} for p in asked]
            service.replies = [as_json(rows)]

        assert user.live_through(table, [f"CorpusId:{paper.corpus}" for paper in table], tell) == 26
        assert len(service.asked) == 26
        user.assert_kept(table)
