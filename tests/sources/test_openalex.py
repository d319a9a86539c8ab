"""OpenAlex: one look-up a paper, and only for the paper that was asked for."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from readlist.domain.metadata import Link
from readlist.errors import SourceError
from readlist.sources import FALLBACKS, SOURCES, Answer, Source, load
from tests.shared import shared
from tests.sources.conftest import Rig
from tests.sources.faults import EMPTY, HTML, JUNK, Reply, as_json
from tests.sources.faults import Service as Server

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]

A = "doi:10.48550/arXiv.2312.07559"
ARXIV = {
    "landing_page_url": "https://arxiv.org/abs/2312.07559",
    "source": {"display_name": "arXiv", "type": "repository"},
}
JOURNAL = {
    "landing_page_url": "https://doi.org/10.1234/pub",
    "pdf_url": "https://pub.example/a.pdf",
    "source": {"display_name": "Some  Journal", "type": "journal"},
}


def work(**changes: Any) -> dict[str, Any]:
    return {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.48550/arxiv.2312.07559",
        "title": "A <i>Title</i>",
        "publication_year": 2023,
        "publication_date": "2023-12-08",
        "ids": {"openalex": "https://openalex.org/W1", "mag": 12},
        "type": "preprint",
        "primary_location": ARXIV,
        "locations": [ARXIV],
        "authorships": [
            {"author": {"display_name": "Jakub Lála"}},
            {"author": None, "raw_author_name": "Bran,  A."},
            {"author": {"display_name": None}},
        ],
        "cited_by_count": 27,
        "abstract_inverted_index": {"world": [1], "Hello": [0, 2], "far": [10**9, -1]},
        **changes,
    }


def openalex(rig: Rigs, server: Server, **changes: Any) -> Source:
    r = rig(openalex_url=server.url, **changes)
    return load("openalex", r.settings, r.http)


def test_it_is_asked_for_no_paper_but_after_another() -> None:
    assert "openalex" not in SOURCES
    assert "openalex" in FALLBACKS


def test_everything_that_a_work_says(rig: Rigs, serve: Serve) -> None:
    server = serve(as_json(work()))
    paper = openalex(rig, server, contact="me@example.org").fetch_many([A]).found[A]
    assert (paper.source, paper.kind, paper.title) == ("openalex", "paper", "A Title")
    assert paper.authors == ("Jakub Lála", "Bran, A.")
    assert (paper.year, paper.published, paper.venue) == (2023, "2023-12-08", None)
    assert paper.identifiers == {"arxiv": "2312.07559"}
    assert (paper.citations, paper.influential) == (27, None)
    assert paper.abstract == "Hello world Hello"
    assert paper.url == "https://arxiv.org/abs/2312.07559"
    path, _, query = server.asked[0].path.partition("?")
    assert path == "/works/https://doi.org/10.48550/arXiv.2312.07559"
    assert "mailto=me%40example.org" in query
    assert "cited_by_count" in query


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"primary_location": JOURNAL, "locations": [JOURNAL, ARXIV]}, "venue", "Some Journal"),
        ({"primary_location": JOURNAL}, "links", (Link("pdf", "https://pub.example/a.pdf"),)),
        ({"doi": "https://doi.org/10.1234/PUB"}, "identifiers", {"arxiv": "2312.07559", "doi": "10.1234/pub"}),
        ({"publication_date": "2023-01-01"}, "published", None),
        ({"publication_date": "2023"}, "published", None),
        ({"publication_year": None}, "year", None),
        ({"title": None}, "title", None),
        ({"title": "0"}, "title", "0"),
        ({"cited_by_count": 0}, "citations", 0),
        ({"cited_by_count": None}, "citations", None),
        ({"abstract_inverted_index": None}, "abstract", None),
        ({"authorships": None}, "authors", ()),
        ({"type": "dissertation"}, "kind", "thesis"),
        ({"primary_location": None, "locations": None}, "url", "https://arxiv.org/abs/2312.07559"),
        ({"primary_location": {"source": None}}, "venue", None),
        ({"ids": None}, "citations", 27),
    ],
)
def test_what_is_missing_or_odd(rig: Rigs, serve: Serve, changes: Any, field: str, value: Any) -> None:
    answer = openalex(rig, serve(as_json(work(**changes)))).fetch_many([A])
    assert getattr(answer.found[A], field) == value


@pytest.mark.parametrize(
    "changes",
    [
        {"doi": "https://doi.org/10.48550/arxiv.2312.07558", "primary_location": None, "locations": None},
        {"doi": None, "primary_location": None, "locations": None},
        {"doi": "https://doi.org/10.1/other", "primary_location": JOURNAL, "locations": [JOURNAL]},
        {"cited_by_count": -1},
        {"cited_by_count": "many"},
        {"cited_by_count": 10**30},
        {"authorships": "text"},
    ],
)
def test_another_papers_work_is_no_answer(rig: Rigs, serve: Serve, changes: Any) -> None:
    assert openalex(rig, serve(as_json(work(**changes)))).fetch_many([A]) == Answer()


def test_unknown(rig: Rigs, serve: Serve) -> None:
    server = serve(Reply(404, "<!doctype html><title>404 Not Found</title>", {"Content-Type": "text/html"}))
    source = openalex(rig, server)
    for _ in range(4):
        assert source.fetch_many([A]) == Answer(unknown=frozenset({A}))
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (HTML, "OpenAlex answered with a page of HTML"),
        (EMPTY, "OpenAlex answered with an empty page"),
        (JUNK, "OpenAlex answered with something that is not JSON"),
        (Reply(200, "[" * 200_000), "OpenAlex answered with something that is not JSON"),
        (as_json([work()]), "OpenAlex answered with something other than a work"),
        (as_json({"error": "Invalid query", "message": "x"}, 403), "OpenAlex denied the request (403: Invalid query)"),
    ],
)
def test_what_is_no_answer(rig: Rigs, serve: Serve, reply: Reply, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        openalex(rig, serve(reply)).fetch_many([A])
    assert says in caught.value.message
    assert (caught.value.service, bool(caught.value.hint)) == ("openalex", True)


@pytest.mark.parametrize(("contact", "named"), [(None, True), ("me@example.org", False)])
def test_the_hint_names_the_contact_where_it_helps(rig: Rigs, serve: Serve, contact: str | None, named: bool) -> None:
    with pytest.raises(SourceError) as caught:
        openalex(rig, serve(Reply(429)), contact=contact).fetch_many([A])
    assert ("RL_CONTACT" in caught.value.hint) is named


def test_how_a_paper_is_named(rig: Rigs, serve: Serve) -> None:
    source = openalex(rig, serve(EMPTY))
    assert source.reference({"arxiv": "2312.07559", "doi": "10.1234/pub"}) == "doi:10.1234/pub"
    assert source.reference({"arxiv": "hep-th/9901001"}) == "doi:10.48550/arXiv.hep-th/9901001"
    assert source.reference({"s2": "0" * 40}) is None
    assert (source.name, source.batch, source.decides) == ("openalex", 1, frozenset())
    assert source.fallback_for == "semantic-scholar"
    assert source.fetch_many([]) == Answer()
    with pytest.raises(ValueError, match="at most 1"):
        source.fetch_many(["doi:10.1/a", "doi:10.1/b"])


def test_no_more_than_ten_requests_a_second(rig: Rigs) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(404, text="none"))
    r = rig(transport, openalex_url="https://api.openalex.org")
    for _ in range(3):
        load("openalex", r.settings, r.http).fetch_many([A])
    assert r.waits.seconds == pytest.approx([0.1, 0.1])


def test_odd_characters_of_a_doi_stay_in_it(rig: Rigs, serve: Serve) -> None:
    server = serve(as_json(work(doi="https://doi.org/10.1234/(a)<b>#c?d")))
    openalex(rig, server).fetch_many(["doi:10.1234/(a)<b>#c?d"])
    assert server.asked[0].path.startswith("/works/https://doi.org/10.1234/(a)%3Cb%3E%23c%3Fd?select=")


def test_recorded_look_ups(rig: Rigs, serve: Serve) -> None:
    files = sorted(shared("corpus/openalex/paperqa").glob("*_works_https-_doi.org_*.json"))
    assert files
    for file in files:
        recording = json.loads(file.read_text(encoding="utf-8"))
        body = recording["response"]["body"]
        status = recording["response"]["status"]["code"]
        doi = recording["request"]["url"].split("doi.org/")[1].split("?")[0].replace("%2F", "/").replace("%3A", ":")
        reference = f"doi:{doi.lower()}"
        answer = openalex(rig, serve(Reply(status, body))).fetch_many([reference])
        if status == 404:
            assert answer == Answer(unknown=frozenset({reference})), file.name
            continue
        said, paper = json.loads(body), answer.found[reference]
        assert paper.citations == said.get("cited_by_count"), file.name
        assert (paper.title is None) == (said.get("title") is None), file.name
        assert len(paper.authors) == len(said.get("authorships") or []), file.name
        assert paper.venue is None or "biorxiv" not in paper.venue.lower()


def test_recorded_works_of_a_search(rig: Rigs, serve: Serve) -> None:
    """A work with a place at arXiv is found under arXiv's DOI, whatever its own is."""
    works = json.loads(shared("corpus/openalex/fastpaper/body_search.json").read_text(encoding="utf-8"))["results"]
    assert works
    seen = 0
    for one in works:
        places = [place["landing_page_url"] or "" for place in one["locations"]]
        arxiv = next((place.rsplit("/abs/")[1] for place in places if "arxiv.org/abs/" in place), None)
        if not arxiv:
            continue
        reference = f"doi:10.48550/arXiv.{arxiv}"
        paper = openalex(rig, serve(as_json(one))).fetch_many([reference]).found[reference]
        assert paper.identifiers["arxiv"] == arxiv
        assert paper.citations == one["cited_by_count"]
        assert paper.venue is None or "arxiv" not in paper.venue.lower()
        seen += 1
    assert seen
