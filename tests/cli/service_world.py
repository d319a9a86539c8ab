"""Four services and a library: what each says of three papers when it is well, and what a person did with them."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from readlist.cli import main
from readlist.context import Context
from readlist.domain.paper import Paper
from tests.replay import at_home
from tests.sources.faults import Reply, Service, Waits, as_json
from tests.sources.test_arxiv import entry, feed
from tests.sources.test_openalex import work
from tests.sources.test_semantic_scholar import row

LATER = "2026-11-28"
FIRST, SECOND, THIRD = "2104.08821", "hep-th/9901001", "1706.03762"
IDS = (FIRST, SECOND, THIRD)
TITLES = {FIRST: "Simple Contrastive Learning", SECOND: "A Solution", THIRD: "Attention Is All You Need"}
DOIS = {FIRST: "10.1000/first", SECOND: "10.1000/second", THIRD: "10.1000/third"}
ASKED = (DOIS[FIRST], DOIS[SECOND], f"10.48550/arxiv.{THIRD}")  # by these, while the third's own DOI is not known


def entries(**changes: str) -> list[str]:
    """What arXiv says of the three papers; each with `changes`."""
    return [entry(f"{name}v2", **{"title": TITLES[name], "names": f"Ada L|{name} B", **changes}) for name in IDS]


def rows(**changes: Any) -> list[dict[str, Any]]:
    """What Semantic Scholar says of them."""
    return [
        row(
            name,
            paperId=f"{number}" * 40,
            externalIds={"ArXiv": name, "DOI": DOIS[name], "CorpusId": 100 + number},
            **{"title": TITLES[name], "citationCount": 40 + number, "venue": "EMNLP", "year": 2021, **changes},
        )
        for number, name in enumerate(IDS, 1)
    ]


def works(**changes: Any) -> list[Reply]:
    """What OpenAlex says of them, one after the other: no count, if none is in `changes`."""
    none = dict.fromkeys(("primary_location", "locations", "cited_by_count"))
    return [as_json(work(**none | {"doi": f"https://doi.org/{doi}", "title": "A title"} | changes)) for doi in ASKED]


def records(**changes: Any) -> list[Reply]:
    """What Crossref says of them, one after the other."""
    return [as_json({"message": {"DOI": DOIS[name], "title": [TITLES[name]], **changes}}) for name in IDS]


UNKNOWN = as_json({"error": "Not Found"}, 404)
SILENT = as_json([None, None, None])

LABELS = {"arxiv": "arXiv", "s2": "Semantic Scholar", "openalex": "OpenAlex", "crossref": "Crossref"}
SETTINGS = {name: f"RL_{name.upper()}_URL" for name in LABELS}
PATHS = {"arxiv": "/api/query"}
GOOD: dict[str, Sequence[Reply]] = {
    "arxiv": [feed(*entries())],
    "s2": [as_json(rows())],
    "openalex": [UNKNOWN],
    "crossref": [UNKNOWN],
}


@dataclass
class World:
    """The four services, and a library in `home` of somebody who asks them."""

    home: Path
    services: Mapping[str, Service]
    waits: Waits = field(default_factory=Waits)

    def env(self, **more: str) -> dict[str, str]:
        found = {SETTINGS[name]: service.url + PATHS.get(name, "") for name, service in self.services.items()}
        return at_home(self.home) | found | {"RL_ARXIV_DELAY": "0", "RL_S2_DELAY": "0", "RL_TODAY": LATER} | more

    def answer(self, **replies: Sequence[Reply]) -> None:
        """From now on the services answer so, those that are not named as they should."""
        for name, service in self.services.items():
            service.asked.clear()
            service.replies = [*replies.get(name, GOOD[name])]

    def rl(self, *words: str, **env: str) -> "Ended":
        """`rl --json` in this process, whose waits are kept and not waited."""
        out, err = io.StringIO(), io.StringIO()
        context = Context(self.env(**env), io.StringIO(), out, err, sleep=self.waits.sleep)
        code = main([*words, "--json"], context)
        return Ended(code, err.getvalue(), json.loads(out.getvalue()))

    def papers(self) -> list[Paper]:
        """All that the library holds of the three papers."""
        context = Context(self.env(), io.StringIO(), io.StringIO(), io.StringIO())
        try:
            return context.library.views.papers([1, 2, 3], context.now().date(), whole=True)
        finally:
            context.close()


@dataclass(frozen=True)
class Ended:
    """How a run of `rl --json` ended: exit code, standard error, the document."""

    code: int
    err: str
    document: dict[str, Any]


def person(paper: Paper) -> tuple[object, ...]:
    """What a person did with the paper, and what it is called by."""
    return (
        paper.id, paper.key, paper.added, paper.status, paper.priority, paper.summary, paper.next_pass, paper.passes,
        paper.due, paper.drop_reason, paper.topics, paper.tags, paper.notes,
    )  # fmt: skip


def facts(paper: Paper) -> Paper:
    """What is known of the paper, but for counts."""
    return replace(paper, citations=None, citation_history=(), urgency=None, changed="")


def assert_kept(before: Sequence[Paper], after: Sequence[Paper]) -> None:
    """Nothing of the papers is lost, and no count of an earlier day is another now."""
    for old, new in zip(before, after, strict=True):
        assert person(new) == person(old) or old.pending
        assert new.identifiers.items() >= old.identifiers.items()
        assert new.citation_history[: len(old.citation_history)] == old.citation_history
        if old.citations:
            assert new.citations and new.citations.count == old.citations.count
        if not old.pending:
            assert facts(new) == facts(old)
    assert before[2].pending and before[2].notes == after[2].notes and before[2].topics == after[2].topics
