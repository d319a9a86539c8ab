"""Semantic Scholar: what is read from its batches, and whose row is whose."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from readlist.domain.metadata import Link
from readlist.errors import SourceError
from readlist.sources import Answer, Source, load
from tests.sources.conftest import Rig
from tests.sources.faults import EMPTY, HTML, JUNK, Reply, as_json
from tests.sources.faults import Service as Server

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]

SHA = "204e3073870fae3d05bcbc2f6a8e263d9b72e776"


def row(arxiv: str | None = "1706.03762", **changes: Any) -> dict[str, Any]:
    names = {"ArXiv": arxiv, "CorpusId": 13756489} if arxiv else {}
    return {"paperId": SHA, "externalIds": names, "title": f"Paper {arxiv}", "citationCount": 7, **changes}


def scholar(rig: Rigs, server: Server, **changes: Any) -> Source:
    r = rig(s2_url=server.url, **changes)
    return load("semantic_scholar", r.settings, r.http)


def test_everything_that_a_row_says(rig: Rigs, serve: Serve) -> None:
    server = serve(
        as_json(
            [
                {
                    "paperId": SHA.upper(),
                    "corpusId": 13756489,
                    "externalIds": {"ArXiv": "1706.03762", "DOI": "10.5555/X", "ACL": "p17-1061", "MAG": "1"},
                    "url": "https://www.semanticscholar.org/paper/x",
                    "title": " Attention is\u202e All\nyou Need",
                    "abstract": "One\nline.\n\nTwo.",
                    "venue": "NIPS",
                    "publicationVenue": {"name": "Neural Information Processing Systems"},
                    "year": 2017,
                    "publicationDate": "2017-06-12",
                    "citationCount": 78035,
                    "influentialCitationCount": 14378,
                    "openAccessPdf": {"url": "https://x.org/a.pdf", "status": "GREEN"},
                    "authors": [{"authorId": "1", "name": "Ashish Vaswani"}, {"name": None}, {"name": "Noam  Shazeer"}],
                    "tldr": {"model": "x", "text": "Short."},
                    "new": ["field"],
                }
            ]
        )
    )
    paper = scholar(rig, server).fetch_many(["ARXIV:1706.03762"]).found["ARXIV:1706.03762"]
    assert (paper.source, paper.kind, paper.title) == ("semantic-scholar", "paper", "Attention is All you Need")
    assert paper.authors == ("Ashish Vaswani", "Noam Shazeer")
    assert (paper.year, paper.published) == (2017, "2017-06-12")
    assert paper.venue == "Neural Information Processing Systems"
    assert paper.identifiers == {
        "s2": SHA,
        "corpus": "13756489",
        "arxiv": "1706.03762",
        "acl": "P17-1061",
        "doi": "10.5555/x",
    }
    assert (paper.citations, paper.influential, paper.tldr) == (78035, 14378, "Short.")
    assert paper.abstract == "One line.\n\nTwo."
    assert paper.links == (Link("pdf", "https://x.org/a.pdf"),)
    assert paper.url == "https://www.semanticscholar.org/paper/x"
    asked = server.asked[0]
    assert (asked.method, asked.path.split("?")[0]) == ("POST", "/graph/v1/paper/batch")
    assert json.loads(asked.body) == {"ids": ["ARXIV:1706.03762"]}
    assert "doi" not in asked.path.lower()
    assert "x-api-key" not in asked.headers


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"publicationVenue": "id-as-text", "venue": "arXiv.org"}, "venue", "arXiv.org"),
        ({"publicationVenue": None, "venue": ""}, "venue", None),
        ({"publicationVenue": {"id": "x"}, "venue": "ACL"}, "venue", "ACL"),
        ({"openAccessPdf": {"url": ""}}, "links", ()),
        ({"openAccessPdf": {"url": "javascript:alert(1)"}}, "links", ()),
        ({"openAccessPdf": None}, "links", ()),
        ({"url": "ftp://x"}, "url", None),
        ({"publicationDate": "2017"}, "published", None),
        ({"year": None}, "year", None),
        ({"title": None}, "title", None),
        ({"title": "0"}, "title", "0"),
        ({"authors": None}, "authors", ()),
        ({"tldr": None}, "tldr", None),
        ({"abstract": "\ud800"}, "abstract", None),
        ({"citationCount": 0}, "citations", 0),
        ({"citationCount": None}, "citations", None),
        (
            {"externalIds": {"DOI": "10.48550/arXiv.1706.03762"}, "paperId": None},
            "identifiers",
            {"arxiv": "1706.03762"},
        ),
        ({"externalIds": None, "paperId": None}, "identifiers", {}),
    ],
)
def test_what_is_missing_or_odd(rig: Rigs, serve: Serve, changes: Any, field: str, value: Any) -> None:
    answer = scholar(rig, serve(as_json([row(**changes)]))).fetch_many(["ARXIV:1706.03762"])
    assert getattr(answer.found["ARXIV:1706.03762"], field) == value


A, B, C = "ARXIV:1706.03762", "ARXIV:2104.08821", "ARXIV:1810.04805"


@pytest.mark.parametrize(
    ("asked", "rows", "found", "unknown"),
    [
        ([A, B, C], [row(), None, row("1810.04805")], {A, C}, {B}),
        ([A, B], [None, None], set(), {A, B}),
        ([A], [row("2104.08821")], set(), set()),
        ([A], [row(None, externalIds={"DOI": "10.1/other"})], {A}, set()),
        (["DOI:10.1234/Mine"], [row(None, externalIds={"DOI": "10.1234/MINE"})], {"DOI:10.1234/Mine"}, set()),
        (["DOI:10.1234/mine"], [row(None, externalIds={"DOI": "10.1234/other"})], set(), set()),
        (["ACL:P17-1061"], [row(None, externalIds={"ACL": "P17-1062"})], set(), set()),
        (["CorpusId:1"], [row()], {"CorpusId:1"}, set()),
        ([SHA], [row(paperId="0" * 40)], {SHA}, set()),
        ([A, B], [row(citationCount="many"), row("2104.08821")], {B}, set()),
        ([A, B], [row(citationCount=-1), row("2104.08821")], {B}, set()),
        ([A, B], [row(citationCount=10**30), row("2104.08821")], {B}, set()),
        ([A, B], [[], "text"], set(), set()),
        # out of order, as has been recorded
        ([A, B, C], [row("1810.04805"), row(), row("2104.08821")], {A, B, C}, set()),
        ([A, B, C], [None, row(), row("2104.08821")], {A, B}, {C}),
        ([A, SHA], [row(None), row(paperId="1" * 40)], {A, SHA}, set()),
        ([A, B, "CorpusId:1"], [row("2104.08821"), row(), row(None, paperId="0" * 40)], {A, B}, set()),
        # the same paper under two names
        ([A, "CorpusId:13756489"], [row(), row()], {A, "CorpusId:13756489"}, set()),
    ],
)
def test_whose_row_is_whose(
    rig: Rigs, serve: Serve, asked: list[str], rows: list[Any], found: set[str], unknown: set[str]
) -> None:
    server = serve(as_json(rows))
    answer = scholar(rig, server).fetch_many(asked)
    assert set(answer.found) == found
    assert answer.unknown == unknown
    for reference, paper in answer.found.items():
        if reference.startswith("ARXIV:") and "arxiv" in paper.identifiers:
            assert paper.identifiers["arxiv"] == reference[6:]
    assert len(server.asked) == 1


def test_all_unknown(rig: Rigs, serve: Serve) -> None:
    source = scholar(rig, serve(as_json({"error": "No valid paper ids given"}, 400)))
    assert source.fetch_many([A, B]) == Answer(unknown=frozenset({A, B}))


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (HTML, "Semantic Scholar answered with a page of HTML"),
        (EMPTY, "Semantic Scholar answered with an empty page"),
        (JUNK, "Semantic Scholar answered with something that is not JSON"),
        (Reply(200, "[" * 200_000), "Semantic Scholar answered with something that is not JSON"),
        (as_json({"data": []}), "Semantic Scholar answered with something other than a list of papers"),
        (as_json([row(), row()]), "Semantic Scholar answered with 2 papers where 1 were asked for"),
        (as_json([]), "Semantic Scholar answered with 0 papers where 1 were asked for"),
        (as_json({"error": "Unrecognized or unsupported fields: [x]"}, 400), "not accept the request: Unrecognized"),
        (as_json(["x"], 400), "Semantic Scholar did not accept the request (400)"),
        (as_json({"error": "gone"}, 404), "Semantic Scholar did not accept the request (404: gone)"),
        (as_json({"message": "Internal Server Error"}, 500), "a fault of its own (500: Internal Server Error)"),
        (as_json({"message": "Endpoint request timed out"}, 504), "(504: Endpoint request timed out)"),
        (Reply(200, json.dumps([row()]), cut=True), "Semantic Scholar broke off"),
    ],
)
def test_what_is_no_answer(rig: Rigs, serve: Serve, reply: Reply, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        scholar(rig, serve(reply)).fetch_many([A])
    assert says in caught.value.message
    assert caught.value.service == "semantic-scholar"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("key", "status", "names_the_key"), [(None, 429, True), ("k3y", 429, False), (None, 403, True), ("k3y", 403, True)]
)
def test_the_hint_names_the_key_where_it_helps(
    rig: Rigs, serve: Serve, key: str | None, status: int, names_the_key: bool
) -> None:
    server = serve(as_json({"message": "no", "code": str(status)}, status))
    with pytest.raises(SourceError) as caught:
        scholar(rig, server, s2_api_key=key).fetch_many([A])
    assert ("s2.api_key" in caught.value.hint and "RL_S2_API_KEY" in caught.value.hint) == names_the_key
    assert server.asked[0].headers.get("x-api-key") == key
    assert key is None or key not in caught.value.message + caught.value.hint


def test_the_key_stays_with_its_host(rig: Rigs, serve: Serve) -> None:
    other = serve(as_json([row()]))
    server = serve(Reply(308, headers={"Location": f"{other.url}/elsewhere"}))
    assert scholar(rig, server, s2_api_key="k3y").fetch_many([A]).found
    assert server.asked[0].headers["x-api-key"] == "k3y"
    assert "x-api-key" not in other.asked[0].headers


def test_how_a_paper_is_named(rig: Rigs, serve: Serve) -> None:
    source = scholar(rig, serve(EMPTY))
    names = {"openreview": "abcdefgh", "s2": SHA, "corpus": "1", "acl": "P17-1061", "doi": "10.1/x", "arxiv": "1.2"}
    asked = []
    for scheme in ("arxiv", "doi", "acl", "corpus", "s2"):
        asked.append(source.reference(names))
        del names[scheme]
    assert asked == ["ARXIV:1.2", "DOI:10.1/x", "ACL:P17-1061", "CorpusId:1", SHA]
    assert source.reference(names) is None
    assert (source.name, source.batch, source.decides) == ("semantic-scholar", 500, frozenset({"s2", "corpus"}))


def test_nothing_asked_is_nothing_sent(rig: Rigs, serve: Serve) -> None:
    server = serve(EMPTY)
    assert scholar(rig, server).fetch_many([]) == Answer()
    assert server.asked == []
    with pytest.raises(ValueError, match="at most 500"):
        scholar(rig, server).fetch_many([str(number) for number in range(501)])
