"""Semantic Scholar's titles, references, citing papers and recommendations."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from readlist.errors import SourceError
from readlist.sources import Edges, Graph, finders, graph
from tests.shared import shared
from tests.sources.conftest import Rig
from tests.sources.faults import EMPTY, HTML, JUNK, Reply, as_json
from tests.sources.faults import Service as Server
from tests.sources.test_semantic_scholar import SHA, row

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]

A = "ARXIV:1706.03762"
PAST = as_json({"error": "Requested data for this limit and/or offset is not available"}, 400)


def scholar(rig: Rigs, server: Server, **changes: Any) -> Graph:
    r = rig(s2_url=server.url, **changes)
    return graph(r.settings, r.http)


def query(server: Server) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(server.asked[-1].path).query).items()}


@pytest.mark.parametrize(
    ("reply", "titles"),
    [
        (as_json({"data": [row(title="Attention is All you Need", matchScore=174.2)]}), ["Attention is All you Need"]),
        (as_json({"data": [row(title="0")]}), ["0"]),
        (as_json({"data": [None, row(title=None)]}), []),
        (as_json({"data": []}), []),
        (as_json({"data": None}), []),
        (as_json({"total": 0, "offset": 0}), []),
        (as_json({"error": "Title match not found"}, 404), []),
    ],
)
def test_a_title_has_one_match_or_none(rig: Rigs, serve: Serve, reply: Reply, titles: list[str]) -> None:
    server = serve(reply)
    found = scholar(rig, server, s2_api_key="k3y").find_title(" Attention is\nall you need? ")
    assert [paper.title for paper in found] == titles
    assert urlsplit(server.asked[0].path).path == "/graph/v1/paper/search/match"
    assert query(server)["query"] == "Attention is all you need?"
    assert "title" in query(server)["fields"].split(",")
    assert server.asked[0].headers["x-api-key"] == "k3y"


def test_a_title_without_a_word_is_not_asked_for(rig: Rigs, serve: Serve) -> None:
    server = serve(EMPTY)
    assert scholar(rig, server).find_title(" … ") == []
    assert server.asked == []


def test_who_finds_titles(rig: Rigs) -> None:
    r = rig()
    assert [finder.name for finder in finders(r.settings, r.http)] == ["semantic-scholar", "arxiv"]


def test_references_and_citing_papers(rig: Rigs, serve: Serve) -> None:
    cited = {"isInfluential": True, "contexts": ["…"], "citedPaper": row("1409.0473")}
    without_id = {"citedPaper": {"paperId": None, "title": "A Book", "year": 1999}}
    rows = [cited, None, {"citedPaper": None}, without_id, {"citedPaper": {"paperId": None, "title": None}}]
    server = serve(as_json({"offset": 10, "next": 15, "data": rows}))
    edges = scholar(rig, server).references(A, 10, 5)
    assert [paper.title for paper in edges.papers] == ["Paper 1409.0473", "A Book"]
    assert edges.papers[0].identifiers["arxiv"] == "1409.0473"
    assert edges.influential == (True, False)
    assert (edges.next, edges.elided, edges.known) == (15, False, True)
    assert urlsplit(server.asked[0].path).path == f"/graph/v1/paper/{A}/references"
    assert {name: query(server)[name] for name in ("offset", "limit")} == {"offset": "10", "limit": "5"}
    assert "isInfluential" in query(server)["fields"]
    citing = serve(as_json({"offset": 0, "data": [{"isInfluential": False, "citingPaper": row("2104.08821")}]}))
    edges = scholar(rig, citing).citations("DOI:10.1/(x)#y", limit=10**6)
    assert [paper.title for paper in edges.papers] == ["Paper 2104.08821"]
    assert edges.next is None
    assert urlsplit(citing.asked[0].path).path == "/graph/v1/paper/DOI:10.1/(x)%23y/citations"
    assert query(citing)["limit"] == "1000"


@pytest.mark.parametrize(
    ("reply", "edges"),
    [
        (as_json({"data": None, "citingPaperInfo": {"title": "x"}}), Edges(elided=True)),
        (as_json({"offset": 0, "data": []}), Edges()),
        (as_json({"offset": 0}), Edges()),
        (as_json({"offset": 0, "next": 0, "data": []}), Edges()),
        (as_json({"offset": 0, "next": "2", "data": [None]}), Edges()),
        (as_json({"error": "Paper with id x not found"}, 404), Edges(known=False)),
        (PAST, Edges()),
    ],
)
def test_no_edges_and_why(rig: Rigs, serve: Serve, reply: Reply, edges: Edges) -> None:
    assert scholar(rig, serve(reply)).references(A) == edges
    assert scholar(rig, serve(reply)).citations(A) == edges


def test_recommendations(rig: Rigs, serve: Serve) -> None:
    server = serve(as_json({"recommendedPapers": [row("2104.08821"), None, row("1810.04805")]}))
    found = scholar(rig, server).recommendations([A, SHA, A], 7)
    assert [paper.title for paper in found] == ["Paper 2104.08821", "Paper 1810.04805"]
    assert server.asked[0].method == "POST"
    assert urlsplit(server.asked[0].path).path == "/recommendations/v1/papers/"
    assert json.loads(server.asked[0].body)["positivePaperIds"] == [A, SHA]
    assert query(server)["limit"] == "7"
    assert scholar(rig, serve(as_json({"error": "Input papers not found"}, 404))).recommendations([A]) == ()
    nothing = serve(EMPTY)
    assert scholar(rig, nothing).recommendations([]) == ()
    assert nothing.asked == []


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (HTML, "Semantic Scholar answered with a page of HTML"),
        (EMPTY, "Semantic Scholar answered with an empty page"),
        (JUNK, "Semantic Scholar answered with something that is not JSON"),
        (as_json([]), "Semantic Scholar answered with something other than a list of papers"),
        (as_json({}), "Semantic Scholar answered with something other than a list of papers"),
        (as_json({"data": "x", "recommendedPapers": 1}), "something other than a list of papers"),
        (as_json({"data": ["x", 1], "recommendedPapers": [[]]}), "answered with papers that cannot be read"),
        (as_json({"error": "Unrecognized or unsupported fields: [x]"}, 400), "not accept the request: Unrecognized"),
        (as_json(["x"], 400), "Semantic Scholar did not accept the request (400)"),
        (Reply(404, "<html>"), "Semantic Scholar did not accept the request (404)"),
        (as_json({"message": "Forbidden"}, 403), "Semantic Scholar denied the request (403: Forbidden)"),
    ],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda source: source.find_title("A title"),
        lambda source: source.references(A),
        lambda source: source.citations(A),
        lambda source: source.recommendations([A]),
    ],
    ids=["find_title", "references", "citations", "recommendations"],
)
def test_what_is_no_answer(rig: Rigs, serve: Serve, ask: Callable[[Graph], Any], reply: Reply, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        ask(scholar(rig, serve(reply)))
    assert says in caught.value.message
    assert (caught.value.service, bool(caught.value.hint)) == ("semantic-scholar", True)


def recorded(pattern: str) -> list[tuple[str, Reply, Any]]:
    files = sorted(shared("corpus/s2").glob(f"*/{pattern}"))
    assert files
    found = []
    for file in files:
        recording = json.loads(file.read_text(encoding="utf-8"))
        if "response" in recording:
            body = recording["response"]["body"]
            found.append((file.name, Reply(recording["response"]["status"]["code"], body), json.loads(body)))
    return found


@pytest.mark.parametrize(("what", "inner"), [("references", "citedPaper"), ("citations", "citingPaper")])
def test_recorded_edges(rig: Rigs, serve: Serve, what: str, inner: str) -> None:
    elided = without_id = 0
    for name, reply, said in recorded(f"200_*{what}*.json"):
        edges: Edges = getattr(scholar(rig, serve(reply)), what)(A, said.get("offset", 0))
        rows = said["data"] or []
        assert len(edges.papers) == sum(bool(row[inner] and row[inner].get("title")) for row in rows), name
        assert edges.influential == tuple(
            bool(row.get("isInfluential")) for row in rows if row[inner] and row[inner].get("title")
        )
        assert edges.next == said.get("next"), name
        assert edges.elided == (said["data"] is None), name
        elided += edges.elided
        without_id += sum("s2" not in paper.identifiers for paper in edges.papers)
    assert without_id
    assert elided == (what == "references")


def test_recorded_recommendations_and_titles(rig: Rigs, serve: Serve) -> None:
    for name, reply, said in recorded("200_post_papers*.json"):
        found = scholar(rig, serve(reply)).recommendations([A])
        assert [paper.title for paper in found] == [" ".join(r["title"].split()) for r in said["recommendedPapers"]], (
            name
        )
    for name, reply, said in [*recorded("200_paper_search_match*.json"), *recorded("404_paper_search_match*.json")]:
        found_by_title = scholar(rig, serve(reply)).find_title("A title")
        assert len(found_by_title) == len(said.get("data", [])), name
