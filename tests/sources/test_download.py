"""Files: whole or not at all, and under the same policy as every request."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from readlist.errors import ReadlistError, SourceError
from readlist.sources._http import BODY_LIMIT, Service
from tests.sources.conftest import Rig
from tests.sources.faults import EMPTY, HTML, REFUSED, Reply, nobody
from tests.sources.faults import Service as Server

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]

PDF = b"%PDF-1.5\n" + b"x" * 3000 + b"\n%%EOF\n"
FILE = Reply(200, PDF, {"Content-Type": "application/pdf"})


def test_a_file_takes_its_name_when_it_is_whole(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    target = tmp_path / "pdf" / "gao2021simcse.pdf"
    server = serve(FILE)
    assert rig().http.download("the publisher", f"{server.url}/a.pdf", target) == len(PDF)
    assert target.read_bytes() == PDF
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert server.asked[0].headers["user-agent"].startswith("readlist/")
    assert "pdf" in server.asked[0].headers["accept"]


@pytest.mark.parametrize("before", [b"", b"\n\xef\xbb\xbf", b"x" * 1019])
def test_the_header_may_stand_anywhere_in_the_first_kilobyte(
    rig: Rigs, serve: Serve, tmp_path: Path, before: bytes
) -> None:
    server = serve(Reply(200, before + b"%PDF-1.4"))
    assert rig().http.download("it", server.url, tmp_path / "a.pdf") == len(before) + 8


@pytest.mark.parametrize(
    ("replies", "says", "tries"),
    [
        ([HTML], "it answered with a page of HTML where a file was expected", 1),
        ([EMPTY], "it answered with an empty page where a file was expected", 1),
        ([Reply(200, b"x" * 1020 + b"%PDF-")], "it answered with something else where a file was expected", 1),
        ([replace(FILE, cut=True)], "it broke off before its answer was complete", 3),
        ([Reply(reset=True)], "it broke off before its answer was complete", 3),
        ([Reply(200, PDF * 2)], "it sent more than 0.005 MB", 1),
        ([Reply(200, PDF, {"Content-Length": "5001"})], "it sent more than 0.005 MB", 1),
        ([Reply(404, "none")], "it did not accept the request (404: none)", 1),
        ([replace(HTML, status=403)], "it denied the request (403)", 1),
        ([REFUSED], "it refused the request as one too many (429: Rate exceeded.)", 4),
        ([Reply(500)], "it has a fault of its own (500)", 4),
        ([Reply(302, headers={"Location": "/again"})], "it sent us on more than 3 times", 4),
        ([Reply(302, headers={"Location": "http://other.invalid/a"})], "http://other.invalid, which is not https", 1),
    ],
)
def test_a_failure_leaves_nothing_and_takes_nothing(
    rig: Rigs, serve: Serve, tmp_path: Path, replies: list[Reply], says: str, tries: int
) -> None:
    server, target = serve(*replies), tmp_path / "a.pdf"
    target.write_bytes(b"the one from before")
    with pytest.raises(SourceError) as caught:
        rig().http.download("it", f"{server.url}/a", target, limit=5000)
    assert says in caught.value.message
    assert caught.value.hint
    assert len(server.asked) == tries
    assert target.read_bytes() == b"the one from before"
    assert list(tmp_path.glob("*.part")) == []
    assert list(tmp_path.glob(".*.part")) == []


def test_a_file_that_passes_the_second_time(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    server = serve(replace(FILE, cut=True), Reply(503), FILE)
    assert rig().http.download("it", server.url, tmp_path / "a.pdf") == len(PDF)
    assert (tmp_path / "a.pdf").read_bytes() == PDF


def test_a_slow_file_is_waited_for_and_a_silent_one_is_not(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    slow = serve(Reply(200, b"%PDF-" + b"x" * 20, drip=0.03))
    assert rig(timeout=0.4).http.download("it", slow.url, tmp_path / "a.pdf") == 25
    silent = serve(replace(FILE, stall=0.6))
    with pytest.raises(SourceError, match=r"it did not answer within 0\.2 s"):
        rig(timeout=0.2).http.download("it", silent.url, tmp_path / "b.pdf")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.pdf"]


def test_no_credentials_are_sent_and_http_is_made_https(rig: Rigs, tmp_path: Path) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.host == "me.example":
            return httpx.Response(302, headers={"Location": "https://u:p@there.example/a.pdf"})
        return httpx.Response(200, content=PDF)

    r = rig(transport=httpx.MockTransport(answer), s2_api_key="s3cret")
    assert r.http.download("it", "http://user:word@me.example/a.pdf?b=1", tmp_path / "a.pdf") == len(PDF)
    assert [str(request.url) for request in seen] == ["https://me.example/a.pdf?b=1", "https://there.example/a.pdf"]
    assert not any("authorization" in request.headers or "x-api-key" in request.headers for request in seen)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x.org/a.pdf", "file:///etc/passwd", "http://x.org:8080/a", "https://[x/", "https://x.org:99999/a",
     "https://x.org:abc/a", "https://"],
)  # fmt: skip
def test_other_addresses_are_not_asked(rig: Rigs, tmp_path: Path, url: str) -> None:
    with pytest.raises(SourceError, match="is no address that begins with https://"):
        rig().http.download("it", url, tmp_path / "a.pdf")


@pytest.mark.parametrize("host", ["a..b", "a" * 300 + ".org", "xn--", "exa\x01mple.org"])
def test_a_host_that_cannot_be_looked_up(rig: Rigs, tmp_path: Path, host: str) -> None:
    with pytest.raises(SourceError, match="cannot be asked: its address is not one") as caught:
        rig().http.download("it", f"https://{host}/a.pdf", tmp_path / "a.pdf")
    assert "opens in a browser" in caught.value.hint, "it is not the settings that are wrong"


def test_arxivs_files_wait_at_arxivs_gate(rig: Rigs, tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "doi.example":
            return httpx.Response(302, headers={"Location": "https://arxiv.org/pdf/2104.08821"})
        return httpx.Response(200, content=PDF)

    r = rig(transport=httpx.MockTransport(answer), arxiv_delay=3.0)
    r.http.get(Service("arxiv", "arXiv", 3.0), "https://export.arxiv.org/api/query")
    r.http.download("arXiv", "https://arxiv.org/pdf/2104.08821", tmp_path / "a.pdf")
    r.http.download("arXiv", "https://doi.example/x", tmp_path / "a.pdf")
    r.http.download("another", "https://another.example/x", tmp_path / "a.pdf")
    assert r.waits.seconds == pytest.approx([3, 3])


@pytest.mark.parametrize(
    ("queries", "url", "asked"),
    [
        ("https://export.arxiv.org/api/query", "https://arxiv.org/pdf/2104.08821", "https://arxiv.org/pdf/2104.08821"),
        (
            "https://mirror.example/api/query",
            "http://arxiv.org/pdf/2104.08821",
            "https://mirror.example/pdf/2104.08821",
        ),
        ("https://me:word@m.example/arxiv/api/query", "https://arxiv.org/pdf/x", "https://m.example/arxiv/pdf/x"),
        ("http://127.0.0.1:9", "https://arxiv.org/pdf/hep-th/9901001", "http://127.0.0.1:9/pdf/hep-th/9901001"),
        ("https://mirror.example/api/query", "https://aclanthology.org/P17-1061.pdf", None),
        ("https://mirror.example/api/query", "https://notarxiv.org/pdf/2104.08821", None),
    ],
)
def test_arxivs_files_come_from_the_mirror_in_the_settings(
    rig: Rigs, tmp_path: Path, queries: str, url: str, asked: str | None
) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, content=PDF)

    r = rig(transport=httpx.MockTransport(answer), arxiv_url=queries, arxiv_delay=3.0)
    for _ in range(2):
        r.http.download("", url, tmp_path / "a.pdf")
    assert seen == [asked or url] * 2 == [r.http.file_address(url)] * 2
    assert r.waits.seconds == ([pytest.approx(3)] if asked else []), "a mirror is asked as seldom as arXiv"


def test_the_folders_of_a_file_are_its_owners_alone(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    target = tmp_path / "readlist" / "pdf" / "a.pdf"
    rig().http.download("it", serve(FILE).url, target)
    assert [oct(path.stat().st_mode & 0o777) for path in (target.parent.parent, target.parent, target)] == [
        "0o700", "0o700", "0o600",
    ]  # fmt: skip


def test_what_a_killed_run_left_is_taken_away_and_what_another_writes_is_not(
    rig: Rigs, serve: Serve, tmp_path: Path
) -> None:
    r, folder = rig(), tmp_path / "pdf"
    folder.mkdir()
    for name, age in ((".a.pdf.x1.part", 90_000), (".b.pdf.x2.part", 60), ("own.part", 90_000), (".own", 90_000)):
        (folder / name).write_bytes(b"%PDF-")
        os.utime(folder / name, (r.waits.now - age,) * 2)
    r.http.download("it", serve(FILE).url, folder / "c.pdf")
    assert sorted(path.name for path in folder.iterdir()) == [".b.pdf.x2.part", ".own", "c.pdf", "own.part"]


def test_a_failure_says_where_to_put_the_file(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    server = serve(HTML)
    with pytest.raises(SourceError, match=r"127\.0\.0\.1 answered with a page of HTML") as caught:
        rig().http.download("", f"{server.url}/a", tmp_path / "a.pdf")
    assert f"{server.url}/a" in caught.value.hint and str(tmp_path / "a.pdf") in caught.value.hint


def test_files_that_are_missing_do_not_end_the_asking(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    r, server = rig(), serve(*[Reply(404), HTML] * 3, FILE)
    for _ in range(6):
        with pytest.raises(SourceError):
            r.http.download("it", server.url, tmp_path / "a.pdf")
    assert r.http.download("it", server.url, tmp_path / "a.pdf") == len(PDF)


def test_a_host_that_denies_is_left_alone_and_its_query_service_is_not(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    r, server = rig(), serve(Reply(403), Reply(403), Reply(403), Reply(200, "fine"))
    service = Service("arxiv", "arXiv", 0.0)
    for _ in range(4):
        with pytest.raises(SourceError):
            r.http.download(service, server.url, tmp_path / "a.pdf")
    assert len(server.asked) == 3
    assert r.http.get(service, server.url).text == "fine"


def test_what_cannot_be_written_here_is_not_the_services_fault(rig: Rigs, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReadlistError, match=r"cannot write .*a\.pdf") as caught:
        rig().http.download("it", serve(FILE).url, tmp_path / "file" / "a.pdf")
    assert not isinstance(caught.value, SourceError)
    assert caught.value.hint


def test_nobody_there(rig: Rigs, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"it could not be reached \(Connection refused\)"):
        rig().http.download("it", nobody(), tmp_path / "a.pdf")


def test_an_answer_of_a_size_of_its_own(rig: Rigs, serve: Serve) -> None:
    server = serve(Reply(200, b"x" * (BODY_LIMIT + 1)))
    service = Service("arxiv", "arXiv", 0.0)
    assert len(rig().http.get(service, server.url, limit=BODY_LIMIT + 1).body) == BODY_LIMIT + 1
    with pytest.raises(SourceError, match=r"arXiv sent more than 0\.001 MB"):
        rig().http.get(service, serve(Reply(200, b"x" * 1001)).url, limit=1000)


def test_a_form_is_posted_as_one(rig: Rigs, serve: Serve) -> None:
    server = serve(Reply(200, "fine"))
    rig().http.post(Service("arxiv", "arXiv", 0.0), server.url, form="a=b&c=d%2Ce")
    assert (server.asked[0].method, server.asked[0].body) == ("POST", b"a=b&c=d%2Ce")
    assert server.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"
