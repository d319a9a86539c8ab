"""Crossref: the record of a DOI, as publishers fill it in, and only of the DOI that was asked for."""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from readlist.domain.metadata import Link, Metadata
from readlist.domain.venues import canonical
from readlist.errors import SourceError
from readlist.sources import FALLBACKS, SOURCES, Answer, Source, load
from tests.shared import shared
from tests.sources.conftest import Rig
from tests.sources.faults import EMPTY, Reply, as_json
from tests.sources.faults import Service as Server

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]

DOI = "10.1234/pub"
A = f"doi:{DOI}"


def day(*parts: int | None) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


def record(**changes: Any) -> dict[str, Any]:
    """The answer for a journal article; `changes` are fields of it, "_" for "-"."""
    message = {
        "DOI": "10.1234/PUB",
        "type": "journal-article",
        "title": ["A <i>Title</i>"],
        "author": [
            {"given": "Jakub", "family": "Lála", "sequence": "first", "affiliation": []},
            {"family": "Madonna", "suffix": None},
        ],
        "container-title": ["Some Journal"],
        "short-container-title": ["Some J."],
        "published": day(2021, 4, 18),
        "issued": day(2021, 4, 18),
        "is-referenced-by-count": 27,
        "relation": {},
        "event": None,
    }
    renamed = {name.replace("_", "-"): value for name, value in changes.items()}
    return {"status": "ok", "message-type": "work", "message": {**message, **renamed}}


def crossref(rig: Rigs, server: Server, **changes: Any) -> Source:
    r = rig(crossref_url=server.url, **changes)
    return load("crossref", r.settings, r.http)


@pytest.fixture
def said(rig: Rigs, serve: Serve) -> Callable[..., Metadata]:
    """What is understood of a record with these changes."""

    def understood(**changes: Any) -> Metadata:
        return crossref(rig, serve(as_json(record(**changes)))).fetch_many([A]).found[A]

    return understood


def test_when_it_is_asked(rig: Rigs, serve: Serve) -> None:
    source = crossref(rig, serve(EMPTY))
    assert "crossref" not in SOURCES
    assert FALLBACKS.index("openalex") < FALLBACKS.index("crossref"), "OpenAlex may find the DOI to ask for"
    assert (source.name, source.batch, source.decides) == ("crossref", 1, frozenset())
    assert (source.fallback_for, source.stands_in) == ("semantic-scholar", "no venue")


@pytest.mark.parametrize(
    ("identifiers", "reference"),
    [
        ({"doi": DOI, "arxiv": "2312.07559", "acl": "P17-1061"}, A),
        ({"acl": "2021.emnlp-main.552"}, "doi:10.18653/v1/2021.emnlp-main.552"),
        ({"arxiv": "2312.07559"}, None),  # its DOI is another agency's
        ({"s2": "0" * 40}, None),
    ],
)
def test_how_a_paper_is_named(rig: Rigs, serve: Serve, identifiers: dict[str, str], reference: str | None) -> None:
    assert crossref(rig, serve(EMPTY)).reference(identifiers) == reference


def test_everything_that_a_record_says(rig: Rigs, serve: Serve) -> None:
    server = serve(as_json(record(abstract="<jats:p>Text.</jats:p>")))
    paper = crossref(rig, server, contact="me@example.org").fetch_many([A]).found[A]
    assert paper == Metadata(
        "crossref",
        kind="paper",
        title="A Title",
        authors=("Jakub Lála", "Madonna"),
        year=2021,
        published="2021-04-18",
        venue="Some Journal",
        identifiers={"doi": DOI},
        url=f"https://doi.org/{DOI}",
        abstract="Text.",
    )
    assert server.asked[0].path == "/works/10.1234%2Fpub?mailto=me%40example.org"


def test_odd_characters_of_a_doi_stay_in_it(rig: Rigs, serve: Serve) -> None:
    doi = "10.1002/(sici)1099:2<1::aid-a#b>3.0.co;2-c?d"
    server = serve(as_json(record(DOI=doi.upper())))
    assert crossref(rig, server).fetch_many([f"doi:{doi}"]).found
    assert server.asked[0].path == "/works/10.1002%2F%28sici%291099%3A2%3C1%3A%3Aaid-a%23b%3E3.0.co%3B2-c%3Fd"


@pytest.mark.parametrize(
    ("title", "subtitle", "whole"),
    [
        (["FUSION"], ["An Online Method"], "FUSION: An Online Method"),
        (["What now?"], ["A Study"], "What now? A Study"),
        (["FUSION: An Online Method"], ["An online method"], "FUSION: An Online Method"),
        (["One", "Eins"], ["Two", "Zwei"], "One: Two"),
        ([None, " "], ["Two"], None),
        ([], [], None),
        (None, None, None),
        (["0"], None, "0"),
        (["NWB in\nthe   browser"], None, "NWB in the browser"),
        (["Cats &amp; dogs &amp;amp; &lt;i&gt;p&lt;/i&gt; &lt; 0.05"], None, "Cats & dogs & p < 0.05"),
        (['By <span style="font-variant:small-caps;">CFD</span> of CO<sub>2</sub>'], None, "By CFD of CO2"),
        (["If p<q and q>r, or <b and c>"], None, "If p<q and q>r, or <b and c>"),
        (["On <mml:math><mml:msup><mml:mi>e</mml:mi><mml:mo>-</mml:mo></mml:msup></mml:math> x"], None, "On e- x"),
        (["大模型综述<br/>2023"], None, "大模型综述 2023"),
        (["x\x1b[2J\u202e y"], None, "x y"),
    ],
)
def test_titles(said: Callable[..., Metadata], title: Any, subtitle: Any, whole: str | None) -> None:
    assert said(title=title, subtitle=subtitle).title == whole


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"given": "Andrew D.", "family": "White", "suffix": "Jr."}, "Andrew D. White Jr."),
        ({"name": "The  ATLAS &amp; CMS\nCollaborations"}, "The ATLAS & CMS Collaborations"),
        ({"given": "伟", "family": "张"}, "张伟"),
        ({"given": "Wei 伟", "family": "Zhang"}, "Wei 伟 Zhang"),
        ({"family": "O&apos;Neil"}, "O'Neil"),
        ({"given": None, "family": " "}, None),
        ({}, None),
    ],
)
def test_authors(said: Callable[..., Metadata], author: dict[str, Any], name: str | None) -> None:
    assert said(author=[author]).authors == ((name,) if name else ())


@pytest.mark.parametrize(
    ("published", "issued", "year", "date"),
    [
        (day(2021, 4, 18), day(2022), 2021, "2021-04-18"),
        (day(2021, 4), None, 2021, None),
        (day(2021), None, 2021, None),
        (day(2021, 4, None), None, 2021, None),
        (day(2021, 13, 40), None, 2021, None),
        (day(2021, 2, 29), None, 2021, None),
        (day(2021, 1, 1), None, 2021, "2021-01-01"),
        (None, day(2020, 6, 1), 2020, "2020-06-01"),
        ({"date-parts": []}, day(2020), 2020, None),
        (day(None), day(None), None, None),
        ({"date-parts": None}, None, None, None),
        (day(20210), None, None, None),
        (day(0), None, None, None),
    ],
)
def test_dates(said: Callable[..., Metadata], published: Any, issued: Any, year: int | None, date: str | None) -> None:
    paper = said(published=published, issued=issued)
    assert (paper.year, paper.published) == (year, date)


LNCS = "Lecture Notes in Computer Science"
ACL60 = "Proceedings of the 60th Annual Meeting of the Association for Computational Linguistics"
KDD22 = "Proceedings of the 22nd ACM SIGKDD International Conference on Knowledge Discovery and Data Mining"


@pytest.mark.parametrize(
    ("kind", "containers", "event", "name"),
    [
        ("journal-article", ["Nature Machine Intelligence"], None, "Nature Machine Intelligence"),
        ("journal-article", ["Proceedings of the AAAI Conference on Artificial Intelligence"], None, "AAAI"),
        ("journal-article", ["Neurocomputing", "Translated title"], None, "Neurocomputing"),
        ("journal-article", ["Cells &amp; Systems"], None, "Cells & Systems"),
        (
            "proceedings-article",
            ["Proceedings of the 2021 Conference on Empirical Methods in Natural Language Processing"],
            None,
            "EMNLP",
        ),
        (
            "proceedings-article",
            ["2019 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"],
            None,
            "CVPR",
        ),
        ("proceedings-article", [f"{ACL60} (Volume 1: Long Papers)"], None, "ACL"),
        ("proceedings-article", [f"{KDD22} - KDD '16"], None, "KDD"),
        ("proceedings-article", ["Proceedings of SPIE"], "Medical Imaging 2019", "Medical Imaging 2019"),
        ("proceedings-article", [], "Interspeech 2019", "INTERSPEECH"),
        ("book-chapter", [LNCS, "Computer Vision – ECCV 2018"], None, "ECCV"),
        ("book-chapter", [LNCS, "Medical Image Computing − MICCAI 2017"], "MICCAI", "MICCAI"),
        ("book-chapter", [LNCS], "European Conference on Computer Vision", "ECCV"),
        ("book-chapter", [LNCS], None, LNCS),
        ("book-chapter", ["A Handbook of Things"], None, "A Handbook of Things"),
        # What stands beside a conference is not the conference.
        (
            "book-chapter",
            [LNCS, "Computer Vision – ECCV 2018 Workshops"],
            "European Conference on Computer Vision",
            "Computer Vision – ECCV 2018 Workshops",
        ),
        (
            "proceedings-article",
            ["Companion of the The Web Conference 2018  - WWW '18"],
            "WWW '18",
            "Companion of the The Web Conference 2018 - WWW '18",
        ),
        (
            "proceedings-article",
            [f"{ACL60}: Student Research Workshop"],
            None,
            f"{ACL60}: Student Research Workshop",
        ),
        # A preprint server is no venue, whatever the record calls it; nor is what a book or data set stands in.
        ("journal-article", ["SSRN Electronic Journal"], None, None),
        ("posted-content", ["bioRxiv"], "bioRxiv", None),
        ("dataset", ["A Database"], None, None),
        ("monograph", ["Springer Theses"], None, None),
        ("journal-article", [], None, None),
        ("journal-article", None, None, None),
        (None, ["Some Journal"], None, None),
    ],
)
def test_venues(said: Callable[..., Metadata], kind: Any, containers: Any, event: str | None, name: str | None) -> None:
    """By the name under which the paper is kept, which is the table's if the publisher's words are in it."""
    found = said(type=kind, container_title=containers, event={"name": event, "acronym": "X"} if event else None).venue
    assert (canonical(found or "") or found) == name


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        ("journal-article", "paper"),
        ("posted-content", "paper"),
        ("dissertation", "thesis"),
        ("book", "book"),
        ("monograph", "book"),
        ("edited-book", "book"),
        ("never-heard-of", "paper"),
        (None, "paper"),
    ],
)
def test_kinds(said: Callable[..., Metadata], kind: str | None, ours: str) -> None:
    assert said(type=kind).kind == ours


RETRACTED = [{"DOI": "10.1234/notice", "type": "retraction", "label": "Retraction", "source": "retraction-watch"}]


@pytest.mark.parametrize(
    ("changes", "withdrawn", "title"),
    [
        ({"updated_by": RETRACTED}, True, "A Title"),
        ({"updated_by": [{"type": "correction"}, {"type": "withdrawal"}]}, True, "A Title"),
        ({"updated_by": [{"type": "correction"}, {"type": "partial_retraction"}, {"type": None}]}, None, "A Title"),
        ({"title": ["RETRACTED: A Title"]}, True, "A Title"),
        ({"title": ["RETRACTED ARTICLE: A Title"]}, True, "A Title"),
        ({"title": ["Retracted Article: A Title"]}, True, "A Title"),
        ({"title": ["[Retracted] A Title"]}, True, "A Title"),
        ({"title": ["Withdrawn: Life after Drink"]}, None, "Withdrawn: Life after Drink"),
        # The notice that takes another work back is not taken back itself.
        ({"update_to": RETRACTED}, None, "A Title"),
        ({"update_to": RETRACTED, "title": ["[Retracted] A Title"]}, None, "[Retracted] A Title"),
        ({"title": ["Retraction Note: A Title"]}, None, "Retraction Note: A Title"),
    ],
)
def test_what_was_taken_back(said: Callable[..., Metadata], changes: Any, withdrawn: bool | None, title: str) -> None:
    paper = said(**changes)
    assert (paper.withdrawn, paper.title) == (withdrawn, title)


def preprint(*names: Any) -> dict[str, Any]:
    return {"has-preprint": [{"id-type": "doi", "id": name, "asserted-by": "subject"} for name in names]}


@pytest.mark.parametrize(
    ("relation", "arxiv"),
    [
        (preprint("10.48550/arXiv.2312.07559"), "2312.07559"),
        (preprint("2312.07559v2"), "2312.07559"),
        (preprint("https://arxiv.org/abs/2312.07559", "arXiv:2312.07559v1"), "2312.07559"),
        (preprint("2312.07559", "2312.07560"), None),
        (preprint("10.26434/chemrxiv-2022-qfv02", None, 7), None),
        ({"has-preprint": {"id": "2312.07559"}}, None),
        ({"has-preprint": [None, "2312.07559"]}, None),
        ({"is-preprint-of": [{"id": "10.48550/arXiv.2312.07559"}], "cites": []}, None),
    ],
)
def test_the_preprint_of_a_work(said: Callable[..., Metadata], relation: Any, arxiv: str | None) -> None:
    assert said(relation=relation).identifiers == {"doi": DOI, **({"arxiv": arxiv} if arxiv else {})}


@pytest.mark.parametrize(
    ("abstract", "text"),
    [
        (
            "<jats:title>Abstract</jats:title><jats:p>One\n  line.</jats:p>\n<jats:p>Two &amp; more.</jats:p>",
            "One line.\n\nTwo & more.",
        ),
        (
            "<jats:sec><jats:title>Aim</jats:title><jats:p>To <jats:italic>see</jats:italic>.</jats:p></jats:sec>",
            "Aim\n\nTo see.",
        ),
        ("<p>Plain <bold>JATS</bold></p>", "Plain JATS"),
        ("Abstract art is old.", "Abstract art is old."),
        (
            "<jats:p>At <jats:inline-formula><jats:alternatives><jats:tex-math>$$a^2$$</jats:tex-math>"
            '<mml:math xmlns:mml="x"><mml:mi>a</mml:mi></mml:math></jats:alternatives></jats:inline-formula>.</jats:p>',
            "At $$a^2$$.",
        ),
        ("<jats:title>Abstract</jats:title>", None),
        ("<jats:p/>", None),
        (None, None),
    ],
)
def test_abstracts(said: Callable[..., Metadata], abstract: str | None, text: str | None) -> None:
    assert said(abstract=abstract).abstract == text


PDF = {"URL": "https://pub.example/a.pdf", "content-type": "application/pdf", "intended-application": "text-mining"}


@pytest.mark.parametrize(
    ("files", "url"),
    [
        ([{**PDF, "content-type": "text/xml"}, PDF], PDF["URL"]),
        ([{**PDF, "URL": "javascript:1"}, PDF], PDF["URL"]),
        ([{**PDF, "intended-application": "similarity-checking"}], None),
        ([{"content-type": "application/pdf"}], None),
        ([], None),
        (None, None),
    ],
)
def test_files(said: Callable[..., Metadata], files: Any, url: str | None) -> None:
    assert said(link=files).links == ((Link("pdf", url),) if url else ())


@pytest.mark.parametrize(
    "changes",
    [
        {"DOI": "10.1234/other"},
        {"DOI": "text"},
        {"DOI": None},
        {"title": "text"},
        {"author": {"family": "X"}},
        {"published": {"date-parts": [["then"]]}},
        {"event": []},
    ],
)
def test_another_works_record_is_no_answer(rig: Rigs, serve: Serve, changes: Any) -> None:
    assert crossref(rig, serve(as_json(record(**changes)))).fetch_many([A]) == Answer()


def test_a_doi_that_was_replaced_leads_to_the_record_of_the_other(rig: Rigs, serve: Serve) -> None:
    """The paper keeps the DOI by which it was asked for. A record that was not led to is still another's."""
    moved = Reply(301, headers={"Location": "/v1/works/10.1234%2FPrime"})
    server = serve(moved, as_json(record(DOI="10.1234/prime")))
    paper = crossref(rig, server).fetch_many([A]).found[A]
    assert (paper.title, paper.identifiers) == ("A Title", {"doi": DOI})
    server = serve(moved, as_json(record(DOI="10.1234/third")))
    assert crossref(rig, server).fetch_many([A]) == Answer()


def test_a_paper_of_the_anthology_is_known_by_its_doi(rig: Rigs, serve: Serve) -> None:
    reference = "doi:10.18653/v1/P17-1061"
    server = serve(as_json(record(DOI="10.18653/v1/p17-1061")))
    paper = crossref(rig, server).fetch_many([reference]).found[reference]
    assert (paper.identifiers, paper.url) == ({"acl": "P17-1061"}, "https://aclanthology.org/P17-1061")


def test_unknown(rig: Rigs, serve: Serve) -> None:
    server = serve(Reply(404, "Resource not found.", {"Content-Type": "text/plain"}))
    assert crossref(rig, server).fetch_many([A]) == Answer(unknown=frozenset({A}))


@pytest.mark.parametrize("reply", [as_json({"status": "ok"}), as_json({"message": [1]}), as_json([record()])])
def test_what_is_no_record(rig: Rigs, serve: Serve, reply: Reply) -> None:
    with pytest.raises(SourceError, match="Crossref answered with something other than a work"):
        crossref(rig, serve(reply)).fetch_many([A])


@pytest.mark.parametrize(("contact", "delay"), [("me@example.org", 0.1), (None, 0.2)])
def test_who_says_whom_to_write_to_may_ask_oftener(rig: Rigs, contact: str | None, delay: float) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(404, text="none"))
    r = rig(transport, crossref_url="https://api.crossref.org", contact=contact)
    for _ in range(3):
        load("crossref", r.settings, r.http).fetch_many([A])
    assert r.waits.seconds == pytest.approx([delay, delay])


def test_recorded_records(rig: Rigs, serve: Serve) -> None:
    seen = 0
    for file in sorted(shared("corpus/crossref").glob("*.json")):
        recording = json.loads(file.read_text(encoding="utf-8"))
        body = recording["response"]["body"]
        if not body.startswith("{"):
            continue  # BibTeX
        message = json.loads(body)["message"]
        reference = f"doi:{message['DOI']}"
        server = serve(Reply(recording["response"]["status"]["code"], body))
        paper = crossref(rig, server).fetch_many([reference]).found[reference]
        wanted = recording["request"]["url"].partition("api.crossref.org")[2].partition("?")[0]
        assert unquote(server.asked[0].path) == unquote(wanted), file.name
        assert (paper.title is None) == (message["title"] == []), file.name
        assert len(paper.authors) == len(message.get("author") or []), file.name
        assert paper.venue == message["container-title"][0].replace("&amp;", "&"), file.name
        assert paper.year == message["published"]["date-parts"][0][0], file.name
        texts = [getattr(paper, it.name) for it in fields(paper)]
        assert not any("<jats" in text or "&amp;" in text for text in texts if isinstance(text, str)), file.name
        seen += 1
    assert seen
