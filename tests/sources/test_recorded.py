"""Against recorded answers of the services, served on loopback: both generations of arXiv's feed say the same."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from readlist.sources import finders, graph, load
from tests.shared import shared
from tests.sources.conftest import Rig
from tests.sources.faults import Reply

Rigs = Callable[..., Rig]


class Recorded:
    """One server of recordings and its control."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.settings = {"arxiv_url": f"{url}/api/query", "s2_url": url}

    def log(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.url}/__log", timeout=10) as answer:
            entries: list[dict[str, Any]] = json.load(answer)
        return entries

    def tell(self, what: str, data: Any = None) -> None:
        request = urllib.request.Request(f"{self.url}/__{what}", json.dumps(data).encode(), method="POST")
        urllib.request.urlopen(request, timeout=10).close()


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Recorded]]:
    tool = shared("tools/replay.py")
    with ExitStack() as stack:
        running = {}
        for atom in ("new", "old"):
            process = stack.enter_context(
                subprocess.Popen([sys.executable, str(tool), "--atom", atom], stdout=subprocess.PIPE, text=True)
            )
            stack.callback(process.terminate)
            running[atom] = process
        ports = {}
        for atom, process in running.items():
            assert process.stdout
            ports[atom] = json.loads(process.stdout.readline())["port"]
        yield {atom: Recorded(f"http://127.0.0.1:{port}") for atom, port in ports.items()}


@pytest.fixture(autouse=True)
def clean(servers: dict[str, Recorded]) -> None:
    for server in servers.values():
        server.tell("log/clear")
        server.tell("faults/clear")


def arxiv_ids(count: int) -> list[str]:
    text = shared("corpus/arxiv/stringology/arxiv_entries_collected.xml").read_text(encoding="utf-8")
    found = re.findall(r"<id>http://arxiv\.org/abs/(\S+?)(?:v\d+)?</id>", text)
    wanted = [*dict.fromkeys(found)][:count]
    return ["2104.12255", "1706.03762", "astro-ph/0601001", *wanted]


def test_both_generations_of_the_feed_are_equal(rig: Rigs, servers: dict[str, Recorded]) -> None:
    ids = arxiv_ids(1500)
    answers = {}
    for atom, server in servers.items():
        r = rig(**server.settings)
        source = load("arxiv", r.settings, r.http)
        found: dict[str, Any] = {}
        for start in range(0, len(ids), source.batch):
            answer = source.fetch_many(ids[start : start + source.batch])
            assert answer.unknown == frozenset()
            found |= answer.found
        answers[atom] = found
        assert len(server.log()) == -(-len(ids) // source.batch), "one request for each batch"
    assert len(answers["new"]) == len(ids)
    assert answers["new"] == answers["old"]
    assert answers["new"]["2104.12255"].title == "0"
    assert all(paper.title and "\n" not in paper.title and paper.authors for paper in answers["new"].values())


def test_unknown_ids_are_left_out_and_known_so(rig: Rigs, servers: dict[str, Recorded]) -> None:
    r = rig(**servers["new"].settings)
    answer = load("arxiv", r.settings, r.http).fetch_many(["0808.05394", "1706.03762"])
    assert set(answer.found) == {"1706.03762"}
    assert answer.unknown == {"0808.05394"}


def test_semantic_scholar_knows_what_was_recorded(rig: Rigs, servers: dict[str, Recorded]) -> None:
    table = json.loads(shared("corpus/derived/s2_papers_by_arxiv.json").read_text(encoding="utf-8"))
    references = [f"ARXIV:{name}" for name in [*table][:499]] + ["ARXIV:9912.00001"]
    r = rig(**servers["new"].settings)
    answer = load("semantic_scholar", r.settings, r.http).fetch_many(references)
    assert set(answer.found) == set(references[:-1])
    assert answer.unknown == {"ARXIV:9912.00001"}
    assert len(servers["new"].log()) == 1
    for reference, paper in answer.found.items():
        assert paper.title
        assert paper.citations is not None
        assert paper.identifiers["arxiv"] == reference[6:].lower()


def test_recorded_batches_are_read_in_whatever_order(rig: Rigs, serve: Callable[..., Any]) -> None:
    files = sorted(shared("corpus/s2").glob("*/200_post_paper_batch*.json"))
    assert files
    for file in files:
        recording = json.loads(file.read_text(encoding="utf-8"))
        body = recording["request"]["body"]
        asked = (json.loads(body) if isinstance(body, str) else body)["ids"]
        r = rig(s2_url=serve(Reply(200, recording["response"]["body"])).url)
        answer = load("semantic_scholar", r.settings, r.http).fetch_many(asked)
        rows = json.loads(recording["response"]["body"])
        assert len(answer.found) == sum(row is not None for row in rows), file.name
        assert len(answer.unknown) == rows.count(None), file.name
        corpus = answer.found.get("CorpusId:470667")
        assert corpus is None or corpus.identifiers.get("s2") == "c31c87c591a25c64fbaa82e8ac6a81831b6ac7ce"


def test_a_long_list_goes_by_post_and_a_malformed_id_goes_alone(rig: Rigs, servers: dict[str, Recorded]) -> None:
    old = [name for name in arxiv_ids(3000) if "/" in name]
    ids = [*old, *(f"cond-mat/{number:07}" for number in range(99 - len(old))), "2104.0882x"]
    r = rig(**servers["new"].settings)
    answer = load("arxiv", r.settings, r.http).fetch_many(ids)
    assert set(answer.found) == set(old)
    assert answer.unknown == set(ids) - set(old)
    assert [(entry["method"], entry["status"]) for entry in servers["new"].log()] == [("POST", 400), ("POST", 200)]


def test_titles_are_found(rig: Rigs, servers: dict[str, Recorded]) -> None:
    r = rig(**servers["new"].settings)
    scholar, arxiv = finders(r.settings, r.http)
    for finder in (scholar, arxiv):
        papers = finder.find_title("Attention is all you need")
        assert "1706.03762" in {paper.identifiers.get("arxiv") for paper in papers}
        assert len(papers) <= 5
        assert finder.find_title("qwertz uiop asdfgh") == []
    assert len(servers["new"].log()) == 4


def test_edges_are_served(rig: Rigs, servers: dict[str, Recorded]) -> None:
    r = rig(**servers["new"].settings)
    source = graph(r.settings, r.http)
    assert len(source.references("CorpusId:49313245").papers) > 70
    assert source.citations("DOI:10.1016/j.matdes.2024.112730", 0, 5).next == 5
    assert source.references("DOI:10.1016/j.actamat.2020.07.060").elided
    assert not source.references("ARXIV:9912.00001").known
    assert len(source.recommendations(["ARXIV:1706.03762"], 20)) == 20


@pytest.mark.parametrize("plan", [["429"], ["429+3"], ["503"], ["cut"], ["504", "500", "429"]])
@pytest.mark.parametrize("name", ["arxiv", "semantic_scholar"])
def test_faults_that_pass(rig: Rigs, servers: dict[str, Recorded], name: str, plan: list[str]) -> None:
    server = servers["new"]
    server.tell("faults", {"prefix": "/", "plan": plan})
    r = rig(**server.settings)
    source = load(name, r.settings, r.http)
    reference = source.reference({"arxiv": "1706.03762"})
    assert reference
    assert source.fetch_many([reference]).found
    assert len(server.log()) == len(plan) + 1
    if plan == ["429+3"]:
        assert r.waits.seconds == [3.0]


_FETCH = """
import sys
from pathlib import Path
from readlist.sources import load
from readlist.sources._http import Http
from tests.sources.faults import make_settings
settings = make_settings(Path(sys.argv[1]), arxiv_url=sys.argv[2], arxiv_delay=0.3)
with Http(settings) as http:
    for _ in range(3):
        assert load("arxiv", settings, http).fetch_many(["1706.03762"]).found
"""


def test_two_processes_keep_arxivs_delay(tmp_path: Path, servers: dict[str, Recorded]) -> None:
    server = servers["new"]
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _FETCH, str(tmp_path / "data"), f"{server.url}/api/query"]
    running = [subprocess.Popen(command, cwd=root) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]
    arrivals = [entry["t"] for entry in server.log()]
    assert len(arrivals) == 6
    assert min(later - earlier for earlier, later in pairwise(arrivals)) >= 0.299
