"""arXiv: what is read from its feeds, and what is no feed."""

from collections.abc import Callable
from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest

from readlist.domain.metadata import Link
from readlist.errors import SourceError
from readlist.sources import Answer, Finder, Source, finders, load
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


def finder(rig: Rigs, server: Server) -> Finder:
    r = rig(arxiv_url=f"{server.url}/api/query")
    return finders(r.settings, r.http)[-1]


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


def test_one_malformed_id_does_not_fail_its_neighbours(rig: Rigs, serve: Serve) -> None:
    server = serve(feed(ERROR, status=400), feed(entry(), entry("1706.03762v7")))
    answer = arxiv(rig, server).fetch_many(["2104.08821", "abc", "1706.03762", "9912.00001"])
    assert set(answer.found) == {"2104.08821", "1706.03762"}
    assert answer.unknown == {"abc", "9912.00001"}
    assert len(server.asked) == 2
    assert "id_list=2104.08821%2C1706.03762%2C9912.00001&" in server.asked[1].path


def test_nothing_but_a_malformed_id(rig: Rigs, serve: Serve) -> None:
    server = serve(feed(ERROR))
    assert arxiv(rig, server).fetch_many(["abc"]) == Answer(unknown=frozenset({"abc"}))
    assert len(server.asked) == 1


def test_many_malformed_ids_are_given_up(rig: Rigs, serve: Serve) -> None:
    names = [f"{letter}{letter}" for letter in "abcdef"]
    server = serve(*[feed(ERROR.replace("for abc", f"for {name}"), status=400) for name in names])
    with pytest.raises(SourceError, match="did not accept the request: incorrect id format for dd"):
        arxiv(rig, server).fetch_many(["2104.08821", *names])
    assert len(server.asked) == 4


def test_a_long_list_is_posted_as_a_form(rig: Rigs, serve: Serve) -> None:
    server = serve(feed(entry("1706.03762v7")))
    short = [f"2104.{number:05}" for number in range(100)]
    arxiv(rig, server).fetch_many(["1706.03762", *short[:99]])
    assert server.asked[0].method == "GET"
    long = ["1706.03762", *(f"cond-mat/{number:07}" for number in range(99))]
    r = rig(arxiv_url=f"{server.url}/api/query?token=1")
    answer = load("arxiv", r.settings, r.http).fetch_many(long)
    assert list(answer.found) == ["1706.03762"]
    asked = server.asked[1]
    assert (asked.method, asked.path) == ("POST", "/api/query?token=1")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    form = parse_qs(asked.body.decode())
    assert form["id_list"] == [",".join(long)]
    assert form["max_results"] == ["100"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Attention Is All You Need", "attention is all you need"),
        ('"A" AND (B): C-D/E\\ OR\nnot_this ANDNOT $x^2$', "a and b c d e or not this andnot x 2"),
        ("Newton's 0-shot über 注意力", "newton's 0 shot über 注意力"),
    ],
)
def test_a_title_is_looked_up_as_a_phrase(rig: Rigs, serve: Serve, title: str, words: str) -> None:
    server = serve(feed(*(entry(f"2104.0000{number}v1", f"Title {number}") for number in range(1, 7)), total=900))
    found = finder(rig, server).find_title(title)
    assert [paper.title for paper in found] == [f"Title {number}" for number in range(1, 6)]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(server.asked[0].path).query).items()}
    assert asked["search_query"] == f'ti:"{words}"'
    assert asked["max_results"] == "5"
    assert len(server.asked) == 1


def test_a_title_that_nothing_has(rig: Rigs, serve: Serve) -> None:
    server = serve(feed())
    assert finder(rig, server).find_title("No such title") == []
    assert finder(rig, server).find_title(' "…" ') == []
    assert len(server.asked) == 1
    with pytest.raises(SourceError, match="without the papers that it announces"):
        finder(rig, serve(feed(total=3))).find_title("A title")
    with pytest.raises(SourceError, match="a page of HTML"):
        finder(rig, serve(HTML)).find_title("A title")


@pytest.mark.parametrize(
    ("identifier", "more", "version", "withdrawn", "venue", "year"),
    [
        ("2104.08821v4", {}, 4, False, None, 2021),
        ("2104.08821", {}, None, False, None, 2021),
        ("2104.08821v2", {"comment": "This paper has been withdrawn"}, 2, True, None, 2021),
        ("2104.08821v1", {"comment": "Accepted to EMNLP 2022"}, 1, False, "EMNLP", 2022),
        ("2104.08821v1", {"comment": "To appear at EMNLP"}, 1, False, None, 2021),
        ("2104.08821v1", {"journal_ref": "ACL 2020", "comment": "EMNLP 2022"}, 1, False, "ACL", 2020),
    ],
)
def test_version_withdrawal_and_publication(
    rig: Rigs,
    serve: Serve,
    identifier: str,
    more: dict[str, str],
    version: int | None,
    withdrawn: bool,
    venue: str | None,
    year: int,
) -> None:
    text = "".join(f"<arxiv:{name}>{value}</arxiv:{name}>" for name, value in more.items())
    server = serve(feed(entry(identifier).replace("</entry>", f"{text}</entry>")))
    paper = arxiv(rig, server).fetch_many(["2104.08821"]).found["2104.08821"]
    assert (paper.version, paper.withdrawn) == (version, withdrawn)
    assert (paper.venue, paper.year, paper.published) == (venue, year, "2021-04-18")


def test_an_address_with_a_query_and_braces(rig: Rigs, serve: Serve) -> None:
    server = serve(feed(entry()))
    r = rig(arxiv_url=f"{server.url}/{{mirror}}/query?token=1")
    assert load("arxiv", r.settings, r.http).fetch_many(["2104.08821"]).found
    assert "token=1&search_query=" in server.asked[0].path
