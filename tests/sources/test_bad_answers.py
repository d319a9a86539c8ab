"""Every service against every bad answer: a SourceError that names the service and a remedy, and nothing else.

What the transport does is a row for all; what an answer says is a row for the services that speak that language.
"""

import gzip
import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from readlist.domain.metadata import Metadata
from readlist.errors import SourceError
from readlist.sources import Answer, finders, graph, load
from readlist.sources._http import BODY_LIMIT
from tests.sources.conftest import Rig
from tests.sources.faults import EMPTY, HTML, JUNK, REFUSED, Reply, as_json, nobody
from tests.sources.faults import Service as Server
from tests.sources.test_arxiv import BOMB, EXTERNAL, entry, feed
from tests.sources.test_crossref import record
from tests.sources.test_openalex import work
from tests.sources.test_semantic_scholar import row

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]

ARXIV_ID = "2104.08821"
DOI = "10.1234/pub"
ASKED = {"arxiv": ARXIV_ID}
GOOD_WORK = work(doi=f"https://doi.org/10.48550/arxiv.{ARXIV_ID}", primary_location=None, locations=None)


@dataclass(frozen=True)
class Way:
    """One way to ask a service: who that is, which setting is its address, and how it is asked."""

    service: str
    label: str
    setting: str
    ask: Callable[[Rig, Path], Any]
    good: Reply
    path: str = ""


def fetch(name: str, identifiers: Mapping[str, str] = ASKED) -> Callable[[Rig, Path], Any]:
    def ask(r: Rig, _: Path) -> Answer:
        source = load(name, r.settings, r.http)
        reference = source.reference(identifiers)
        assert reference
        return source.fetch_many([reference])

    return ask


def find(place: int) -> Callable[[Rig, Path], Any]:
    return lambda r, _: finders(r.settings, r.http)[place].find_title("A title")


def download(r: Rig, folder: Path) -> int:
    return r.http.download("the publisher", r.settings.openalex_url, folder / "a.pdf")


S2, MATCH = ("semantic-scholar", "Semantic Scholar", "s2_url"), as_json({"data": [row()]})
EDGES = as_json({"data": [{"citedPaper": row(), "citingPaper": row()}]})
ARXIV = ("arxiv", "arXiv", "arxiv_url")
FEED = feed(entry())
WAYS = {
    "arxiv": Way(*ARXIV, fetch("arxiv"), FEED, "/api/query"),
    "arxiv-title": Way(*ARXIV, find(1), FEED, "/api/query"),
    "s2": Way(*S2, fetch("semantic_scholar"), as_json([row(ARXIV_ID)])),
    "s2-title": Way(*S2, find(0), MATCH),
    "s2-references": Way(*S2, lambda r, _: graph(r.settings, r.http).references("ARXIV:1"), EDGES),
    "s2-citations": Way(*S2, lambda r, _: graph(r.settings, r.http).citations("ARXIV:1"), EDGES),
    "s2-recommendations": Way(
        *S2,
        lambda r, _: graph(r.settings, r.http).recommendations(["ARXIV:1"]),
        as_json({"recommendedPapers": [row()]}),
    ),
    "openalex": Way("openalex", "OpenAlex", "openalex_url", fetch("openalex"), as_json(GOOD_WORK)),
    "crossref": Way("crossref", "Crossref", "crossref_url", fetch("crossref", {"doi": DOI}), as_json(record())),
    "file": Way("127.0.0.1", "the publisher", "openalex_url", download, Reply(200, b"%PDF-1.5 " + b"x" * 100)),
}
JSON = [name for name in WAYS if name.startswith(("s2", "openalex", "crossref"))]
XML = [name for name in WAYS if name.startswith("arxiv")]
DATA = [*JSON, *XML]


def failure(way: Way, r: Rig, folder: Path) -> SourceError:
    """How asking fails; only a SourceError is caught."""
    with pytest.raises(SourceError) as caught:
        way.ask(r, folder)
    fault = caught.value
    assert fault.service == way.service
    assert fault.message.startswith(f"{way.label} ")
    assert len(fault.message) < 400
    assert fault.message.isprintable()
    assert fault.hint
    assert fault.hint.isprintable()
    assert fault.exit_code == 4
    assert list(folder.glob("*.pdf")) == []
    assert list(folder.glob(".*.part")) == []
    return fault


@pytest.mark.parametrize("name", WAYS)
def test_each_way_works(rig: Rigs, serve: Serve, tmp_path: Path, name: str) -> None:
    way = WAYS[name]
    assert way.ask(rig(**{way.setting: serve(way.good).url + way.path}), tmp_path)


LONG = {"Retry-After": "7200"}
LOOP = Reply(302, headers={"Location": "/again"})
TOO_BIG = Reply(200, b"x" * 50_000_000)
HIDDEN = Reply(200, gzip.compress(b" " * 50_000_000, 1), {"Content-Encoding": "gzip"})


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize(
    ("reply", "says", "tries"),
    [
        (Reply(200, "late", stall=0.4), "did not answer within 0.1 s", 2),
        (REFUSED, "refused the request as one too many (429: Rate exceeded.)", 4),
        (as_json({"message": "Too Many Requests.", "code": "429"}, 429), "(429: Too Many Requests.)", 4),
        (replace(REFUSED, headers={"Retry-After": "3"}), "refused the request as one too many", 4),
        (replace(REFUSED, headers=LONG), "and asks to wait 2 hours", 1),
        (as_json({"message": "Internal Server Error"}, 500), "a fault of its own (500: Internal Server Error)", 4),
        (Reply(500, b"\xff\x00" * 99), "has a fault of its own (500", 4),
        (replace(HTML, status=504), "has a fault of its own (504)", 4),
        (Reply(200, "cut off in the middle", cut=True), "broke off before its answer was complete", 3),
        (Reply(reset=True), "broke off before its answer was complete", 3),
        (LOOP, "sent us on more than 3 times", 4),
        (Reply(302, headers={"Location": "http://elsewhere.invalid/"}), "which is not https", 1),
    ],
    ids=["stall", "429", "429-json", "429+3", "429+7200", "500", "500-junk", "504", "cut", "reset", "loop", "http"],
)
def test_what_the_transport_does(
    rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply, says: str, tries: int
) -> None:
    way, server = WAYS[name], serve(reply)
    r = rig(timeout=0.1 if reply.stall else 5.0, **{way.setting: server.url + way.path})
    fault = failure(way, r, tmp_path)
    assert says in fault.message
    assert len(server.asked) == tries
    if reply.status == 429:
        assert ("RL_S2_API_KEY" in fault.hint) == name.startswith("s2")
        if reply.headers == LONG:
            assert "2 hours" in fault.hint


@pytest.mark.parametrize("name", WAYS)
def test_a_refused_connection(rig: Rigs, tmp_path: Path, name: str) -> None:
    way = WAYS[name]
    fault = failure(way, rig(**{way.setting: nobody() + way.path}), tmp_path)
    assert "could not be reached (Connection refused)" in fault.message
    assert "network" in fault.hint


@pytest.mark.parametrize("name", WAYS)
def test_a_name_that_cannot_be_looked_up(rig: Rigs, tmp_path: Path, name: str) -> None:
    def look_up(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "service.invalid"
        raise httpx.ConnectError("no") from socket.gaierror(-2, "Name or service not known")

    way = replace(WAYS[name], service="service.invalid") if name == "file" else WAYS[name]
    r = rig(httpx.MockTransport(look_up), **{way.setting: "https://service.invalid" + way.path})
    assert "could not be reached (Name or service not known)" in failure(way, r, tmp_path).message


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("reply", [TOO_BIG, HIDDEN], ids=["announced", "packed"])
def test_a_body_of_50_mb(rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply) -> None:
    way, server = WAYS[name], serve(reply)
    fault = failure(way, rig(**{way.setting: server.url + way.path}), tmp_path)
    assert f"sent more than {BODY_LIMIT // 1_000_000} MB" in fault.message
    assert len(server.asked) == 1


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (HTML, "answered with a page of HTML"),
        (EMPTY, "answered with an empty page"),
        (Reply(200, " \r\n\t"), "answered with an empty page"),
        (JUNK, "answered with "),
        (Reply(200, b"\x00\xff\xfe" * 9), "answered with "),
        (Reply(200, '"text"'), "answered with "),
        (Reply(200, "null"), "answered with "),
        (Reply(200, "NaN"), "answered with "),
        (Reply(200, "[" * 100_000), "answered with "),
        (Reply(200, "<a>" * 100_000), "answered with "),
        (Reply(200, BOMB), "answered with "),
        (Reply(200, EXTERNAL), "answered with "),
    ],
)
def test_what_is_no_answer(rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply, says: str) -> None:
    way, server = WAYS[name], serve(reply)
    fault = failure(way, rig(**{way.setting: server.url + way.path}), tmp_path)
    assert says in fault.message
    assert Path("/etc/hostname").read_text().strip() not in fault.message
    assert len(server.asked) == 1


def laughs(depth: int) -> str:
    """Entities that would grow to 10 to the power of `depth` words."""
    words = ["lol", *(f"&l{number};" * 10 for number in range(depth))]
    inner = "".join(f'<!ENTITY l{number} "{word}">' for number, word in enumerate(words))
    top = '<feed xmlns="http://www.w3.org/2005/Atom">'
    return f'<?xml version="1.0"?><!DOCTYPE feed [{inner}]>{top}<entry><title>&l{depth};</title></entry></feed>'


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("reply", [Reply(200, laughs(10)), Reply(400, laughs(10))], ids=["200", "400"])
def test_entities_are_never_unfolded(rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply) -> None:
    way = WAYS[name]
    fault = failure(way, rig(**{way.setting: serve(reply).url + way.path}), tmp_path)
    assert "lol" not in fault.message


def said(name: str, reply: Reply, rig: Rigs, serve: Serve, tmp_path: Path) -> tuple[Metadata | None, bool]:
    """What is taken from a readable answer: the paper, and whether it is known to be unknown."""
    way = WAYS[name]
    answer = way.ask(rig(**{way.setting: serve(reply).url + way.path}), tmp_path)
    assert isinstance(answer, Answer)
    return next(iter(answer.found.values()), None), bool(answer.unknown)


OTHER_FEED = feed(entry(), entry("1706.03762v1"))
OTHER_WORK = {**GOOD_WORK, "doi": "https://doi.org/10.48550/arxiv.1706.03762"}


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("s2", as_json([row("1706.03762")])),
        ("s2", as_json([row(None, externalIds={"DOI": "10.48550/arXiv.1706.03762"})])),
        ("s2", as_json([["x"]])),
        ("s2", as_json([{"citationCount": "many"}])),
        ("openalex", as_json(OTHER_WORK)),
        ("openalex", as_json({})),
        ("openalex", as_json({"ids": [], "cited_by_count": 3})),
        ("crossref", as_json(record(DOI="10.1234/other"))),
        ("crossref", as_json({"message": {}})),
    ],
)
def test_another_papers_answer_is_none(rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply) -> None:
    assert said(name, reply, rig, serve, tmp_path) == (None, False)


def test_another_papers_feed_is_a_failure(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    way = WAYS["arxiv"]
    fault = failure(way, rig(arxiv_url=serve(feed(entry("1706.03762v1"))).url + way.path), tmp_path)
    assert "others than those asked for" in fault.message
    paper, unknown = said("arxiv", OTHER_FEED, rig, serve, tmp_path)
    assert paper
    assert (paper.identifiers["arxiv"], unknown) == (ARXIV_ID, False)


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("arxiv", feed(entry(title="0"))),
        ("s2", as_json([row(ARXIV_ID, title="0")])),
        ("openalex", as_json({**GOOD_WORK, "title": "0"})),
        ("crossref", as_json(record(title=["0"]))),
    ],
)
def test_a_title_may_be_0(rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply) -> None:
    paper, _ = said(name, reply, rig, serve, tmp_path)
    assert paper
    assert paper.title == "0"


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("arxiv", feed(entry(title="", summary="", names=""))),
        ("s2", as_json([{"externalIds": {"ArXiv": ARXIV_ID}}])),
        ("openalex", as_json({"doi": f"https://doi.org/10.48550/arxiv.{ARXIV_ID}"})),
        ("crossref", as_json({"message": {"DOI": DOI}})),
    ],
)
def test_what_is_missing_is_not_said(rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply) -> None:
    paper, _ = said(name, reply, rig, serve, tmp_path)
    assert paper
    assert (paper.title, paper.abstract, paper.citations, paper.authors) == (None, None, None, ())


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("arxiv", feed()),
        ("s2", as_json([None])),
        ("s2", as_json({"error": "No valid paper ids given"}, 400)),
        ("openalex", as_json({"error": "Not Found"}, 404)),
        ("crossref", Reply(404, "Resource not found.")),
    ],
)
def test_unknown_is_no_failure(rig: Rigs, serve: Serve, tmp_path: Path, name: str, reply: Reply) -> None:
    assert said(name, reply, rig, serve, tmp_path) == (None, True)


HOSTILE = json.dumps(
    {"data": [{"title": "x\x1b[2J" * 9, "authors": [{"name": "\u202e\ud800"}], "year": 10**9, "url": "javascript:1"}]}
)


def test_hostile_text_is_cleaned(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    way = WAYS["s2-title"]
    (paper,) = way.ask(rig(s2_url=serve(Reply(200, HOSTILE)).url), tmp_path)
    assert paper.title == "x" * 9
    assert (paper.authors, paper.year, paper.url) == ((), None, None)
