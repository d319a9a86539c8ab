"""arXiv: what is read from its feeds, and what is no feed."""

from collections.abc import Callable
from html import escape

import pytest

from readlist.domain.metadata import Link
from readlist.errors import SourceError
from readlist.sources import Answer, Source, load
from tests.sources.conftest import Rig
from tests.sources.faults import EMPTY, HTML, JUNK, REFUSED, Reply
from tests.sources.faults import Service as Server

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]


def entry(identifier: str = "2104.08821v4", title: str = "A Title", **more: str) -> str:
    inside = {
        "id": f"http://arxiv.org/abs/{identifier}",
        "title": title,
        "published": "2021-04-18T11:27:08Z",
        "updated": "2022-05-18T00:00:00Z",
        "summary": "Text.",
    } | {name: value for name, value in more.items() if name not in ("doi", "names")}
    lines = [f"<{name}>{escape(value)}</{name}>" for name, value in inside.items() if value]
    lines += [f"<author><name>{escape(name)}</name></author>" for name in more.get("names", "A B|C D").split("|")]
    if "doi" in more:
        lines.append(f"<arxiv:doi>{escape(more['doi'])}</arxiv:doi>")
    lines.append(f'<link title="pdf" href="http://arxiv.org/pdf/{identifier}" rel="related"/>')
    return "<entry>" + "".join(lines) + "</entry>"


def feed(*entries: str, total: int | None = None, status: int = 200) -> Reply:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<title>arXiv Query</title><opensearch:totalResults>{len(entries) if total is None else total}"
        f"</opensearch:totalResults>{''.join(entries)}</feed>"
    )
    return Reply(status, body, {"Content-Type": "application/atom+xml; charset=utf-8"})


ERROR = (
    "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>"
    "<summary>incorrect id format for abc</summary></entry>"
)


def arxiv(rig: Rigs, server: Server) -> Source:
    r = rig(arxiv_url=f"{server.url}/api/query")
    return load("arxiv", r.settings, r.http)


def test_everything_that_an_entry_says(rig: Rigs, serve: Serve) -> None:
    server = serve(
        feed(
            entry(
                "math.GT/0309136v2",
                "On \n  Things",
                summary="  One\nline.\n \n  Two.\n",
                names="Jo  Doe| |李沐",
                doi="10.1103/X.1 10.48550/arXiv.2104.08821",
            )
        )
    )
    answer = arxiv(rig, server).fetch_many(["math/0309136"])
    paper = answer.found["math/0309136"]
    assert (paper.source, paper.kind, paper.title) == ("arxiv", "paper", "On Things")
    assert paper.authors == ("Jo Doe", "李沐")
    assert (paper.year, paper.published, paper.venue) == (2021, "2021-04-18", None)
    assert paper.abstract == "One line.\n\nTwo."
    assert paper.identifiers == {"arxiv": "math/0309136", "doi": "10.1103/x.1"}
    assert paper.url == "https://arxiv.org/abs/math/0309136"
    assert paper.links == (Link("pdf", "https://arxiv.org/pdf/math/0309136"),)
    assert paper.citations is None


def test_a_doi_of_the_anthology_is_an_anthology_id(rig: Rigs, serve: Serve) -> None:
    source = arxiv(rig, serve(feed(entry(doi="10.18653/v1/2021.emnlp-main.552"))))
    assert source.fetch_many(["2104.08821"]).found["2104.08821"].identifiers == {
        "arxiv": "2104.08821",
        "acl": "2021.emnlp-main.552",
    }


def test_one_request_and_the_ids_decide(rig: Rigs, serve: Serve) -> None:
    server = serve(feed(entry("1706.03762v7", "0"), entry("2104.08821v4", "Second")))
    answer = arxiv(rig, server).fetch_many(["2104.08821", "9912.00001", "1706.03762", "2104.08821"])
    assert {reference: paper.title for reference, paper in answer.found.items()} == {
        "2104.08821": "Second",
        "1706.03762": "0",
    }
    assert answer.unknown == {"9912.00001"}
    assert len(server.asked) == 1
    assert "id_list=2104.08821%2C9912.00001%2C1706.03762&" in server.asked[0].path
    assert "max_results=100" in server.asked[0].path
    assert server.asked[0].headers["user-agent"].startswith("readlist/")


def test_nothing_asked_is_nothing_sent(rig: Rigs, serve: Serve) -> None:
    server = serve(feed())
    assert arxiv(rig, server).fetch_many([]) == Answer()
    assert server.asked == []
    with pytest.raises(ValueError, match="at most 100"):
        arxiv(rig, server).fetch_many([str(number) for number in range(101)])


def test_none_known_is_an_answer(rig: Rigs, serve: Serve) -> None:
    assert arxiv(rig, serve(feed())).fetch_many(["9912.00001"]) == Answer(unknown=frozenset({"9912.00001"}))


@pytest.mark.parametrize(
    "reply",
    [
        feed(entry(), entry("1706.03762v1")),
        feed(entry(), total=3),
        feed(entry(), entry("1301.00001v1", published="")),
        feed(entry(), entry("nothing-like-an-id")),
    ],
)
def test_a_feed_that_is_not_what_was_asked_decides_nothing_more(rig: Rigs, serve: Serve, reply: Reply) -> None:
    server = serve(reply)
    answer = arxiv(rig, server).fetch_many(["2104.08821", "9912.00001"])
    assert list(answer.found) == ["2104.08821"]
    assert answer.unknown == frozenset()
    assert len(server.asked) == 1


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&b;</title></entry></feed>'
)
EXTERNAL = BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/hostname"')


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (HTML, "arXiv answered with a page of HTML"),
        (Reply(200, "<html><body>Log in<br></body>"), "arXiv answered with a page of HTML"),
        (Reply(200, "<html><body/></html>"), "arXiv answered with a page of HTML"),
        (EMPTY, "arXiv answered with an empty page"),
        (Reply(200, " \n"), "arXiv answered with an empty page"),
        (JUNK, "arXiv answered with a feed that is broken off or malformed"),
        (Reply(200, feed(entry()).data[:-40]), "broken off or malformed"),
        (Reply(200, "<rss/>"), "arXiv answered with something other than a feed"),
        (Reply(200, "<feed/>"), "arXiv answered with something other than a feed"),
        (Reply(200, BOMB), "arXiv answered with a document type declaration"),
        (Reply(200, EXTERNAL), "arXiv answered with a document type declaration"),
        (Reply(200, BOMB.encode("utf-16")), "arXiv answered with a document type declaration"),
        (Reply(200, b'<?xml version="1.0" encoding="nonsense"?><feed/>'), "broken off or malformed"),
        (feed(entry("1706.03762v1")), "without the papers that it announces, or with others"),
        (feed(total=1), "without the papers that it announces"),
        (feed(entry(published="yesterday")), "arXiv answered with a feed that cannot be read"),
        (feed(ERROR, status=400), "arXiv did not accept the request: incorrect id format for abc"),
        (feed(ERROR), "arXiv did not accept the request: incorrect id format for abc"),
        (Reply(400, "Bad Request"), "arXiv did not accept the request (400)"),
        (REFUSED, "arXiv refused the request as one too many (429: Rate exceeded.)"),
    ],
)
def test_what_is_no_feed_is_never_no_results(rig: Rigs, serve: Serve, reply: Reply, says: str) -> None:
    server = serve(reply)
    with pytest.raises(SourceError) as caught:
        arxiv(rig, server).fetch_many(["2104.08821"])
    assert says in caught.value.message
    assert caught.value.service == "arxiv"
    assert caught.value.hint
    assert len(server.asked) == (4 if reply is REFUSED else 1)


def test_odd_entries_reach_the_terminal_in_no_other_way(
    rig: Rigs, serve: Serve, capfd: pytest.CaptureFixture[str]
) -> None:
    server = serve(feed(entry(), entry("1301.00001v1", published="")))
    arxiv(rig, server).fetch_many(["2104.08821"])
    assert capfd.readouterr() == ("", "")


def test_how_a_paper_is_named(rig: Rigs, serve: Serve) -> None:
    source = arxiv(rig, serve(feed()))
    assert source.reference({"doi": "10.1/x", "arxiv": "2104.08821"}) == "2104.08821"
    assert source.reference({"doi": "10.1/x"}) is None
    assert (source.name, source.batch, source.decides) == ("arxiv", 100, frozenset({"arxiv"}))


def test_an_address_with_a_query_and_braces(rig: Rigs, serve: Serve) -> None:
    server = serve(feed(entry()))
    r = rig(arxiv_url=f"{server.url}/{{mirror}}/query?token=1")
    assert load("arxiv", r.settings, r.http).fetch_many(["2104.08821"]).found
    assert "token=1&search_query=" in server.asked[0].path
