"""The one HTTP policy, against a service that misbehaves."""

import gzip
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate

import httpx
import pytest

from readlist.errors import SourceError
from readlist.sources._http import BODY_LIMIT, Service
from tests.sources.conftest import Rig
from tests.sources.faults import HTML, REFUSED, Reply, Waits, as_json, nobody
from tests.sources.faults import Service as Server

PLAIN = Service("arxiv", "arXiv", 0.0)
OK = Reply(200, "fine")

Rigs = Callable[..., Rig]
Serve = Callable[..., Server]


@pytest.mark.parametrize(
    ("replies", "waits"),
    [
        ([OK], []),
        ([REFUSED, OK], [1]),
        ([Reply(500), Reply(504), Reply(503), OK], [1, 3, 9]),
        ([replace(REFUSED, headers={"Retry-After": "7"}), OK], [7]),
        ([replace(REFUSED, headers={"Retry-After": "0"}), OK], [1]),
        ([replace(REFUSED, headers={"Retry-After": "soon"}), OK], [1]),
        ([Reply(503, headers={"Retry-After": formatdate(Waits.now + 30, usegmt=True)}), OK], [30]),
        ([Reply(503, headers={"Retry-After": formatdate(Waits.now - 30, usegmt=True)}), OK], [1]),
        ([Reply(200, "cut off", cut=True), Reply(reset=True), OK], [0.5, 1.5]),
    ],
)
def test_a_fault_that_passes_is_waited_out(rig: Rigs, serve: Serve, replies: list[Reply], waits: list[float]) -> None:
    r, server = rig(), serve(*replies)
    assert r.http.get(PLAIN, server.url).text == "fine"
    assert r.waits.seconds == pytest.approx(waits)
    assert len(server.asked) == len(replies)
    assert len(r.told) == sum(wait > 1 for wait in waits)


@pytest.mark.parametrize(
    ("reply", "tries", "says"),
    [
        (REFUSED, 4, "arXiv refused the request as one too many (429: Rate exceeded.)"),
        (Reply(500), 4, "arXiv has a fault of its own (500)"),
        (as_json({"message": "Endpoint request timed out"}, 504), 4, "(504: Endpoint request timed out)"),
        (Reply(505), 4, "arXiv answered with status 505"),
        (replace(HTML, status=503), 4, "arXiv has a fault of its own (503)"),
        (as_json({"error": "bad \x1b[31mfield"}, 400), 1, "arXiv did not accept the request (400: bad field)"),
        (as_json({"message": "Forbidden"}, 403), 1, "arXiv denied the request (403: Forbidden)"),
        (Reply(401), 1, "arXiv denied the request (401)"),
        (as_json({"error": "none"}, 404), 1, "arXiv did not accept the request (404: none)"),
        (as_json(["odd"], 404), 1, "arXiv did not accept the request (404)"),
        (Reply(304), 1, "arXiv did not accept the request (304)"),
        (Reply(200, "half of it", cut=True), 3, "arXiv broke off before its answer was complete"),
        (Reply(reset=True), 3, "arXiv broke off before its answer was complete"),
        (Reply(200, "no gzip", {"Content-Encoding": "gzip"}), 3, "arXiv sent an answer that cannot be unpacked"),
        (Reply(429, headers={"Retry-After": "3600"}), 1, "and asks to wait 1 hour"),
        (Reply(429, headers={"Retry-After": "90000"}), 1, "and asks to wait 2 days"),
        (Reply(302, headers={"Location": "/again"}), 4, "arXiv sent us on more than 3 times"),
        (Reply(302, headers={"Location": "http://other.invalid/"}), 1, "sent us on to http://other.invalid, which"),
        (Reply(302, headers={"Location": "file:///etc/passwd"}), 1, "arXiv sent us on without saying where"),
        (Reply(302, headers={"Location": "https://[odd"}), 1, "arXiv sent us on without saying where"),
        (Reply(302), 1, "arXiv sent us on without saying where"),
        (Reply(200, b"x" * (BODY_LIMIT + 1)), 1, "arXiv sent more than 10 MB"),
        (Reply(200, gzip.compress(b"0" * (BODY_LIMIT + 1)), {"Content-Encoding": "gzip"}), 1, "sent more than 10 MB"),
    ],
)
def test_a_fault_that_stays_is_named(rig: Rigs, serve: Serve, reply: Reply, tries: int, says: str) -> None:
    r, server = rig(), serve(reply)
    with pytest.raises(SourceError) as caught:
        r.http.get(PLAIN, server.url)
    assert says in caught.value.message
    assert caught.value.message.startswith("arXiv ")
    assert (caught.value.service, caught.value.exit_code) == ("arxiv", 4)
    assert caught.value.hint
    assert len(server.asked) == tries


def test_nobody_there_is_known_within_two_seconds(rig: Rigs) -> None:
    r = rig(arxiv_delay=3.0)
    with pytest.raises(SourceError, match=r"arXiv could not be reached \(Connection refused\)"):
        r.http.get(Service("arxiv", "arXiv", 3.0), nobody())
    assert sum(r.waits.seconds) < 1, "the delay between requests is not kept for what never arrived"
    assert not (r.settings.home / "gate" / "arxiv").exists()


def test_a_name_that_cannot_be_looked_up_is_tried_once_more(rig: Rigs) -> None:
    tries = []

    def fail(request: httpx.Request) -> httpx.Response:
        tries.append(request)
        raise httpx.ConnectError("no") from OSError(-3, "Temporary failure in name resolution")

    r = rig(transport=httpx.MockTransport(fail))
    with pytest.raises(SourceError, match="Temporary failure in name resolution"):
        r.http.get(PLAIN, "https://export.arxiv.org/")
    assert len(tries) == 2
    assert sum(r.waits.seconds) < 1


@pytest.mark.parametrize("reply", [Reply(200, "late", stall=1.0), Reply(200, "d" * 50, drip=0.05)])
def test_the_deadline_holds_for_silence_and_for_drops(rig: Rigs, serve: Serve, reply: Reply) -> None:
    r, server = rig(timeout=0.2), serve(reply)
    began = time.monotonic()
    with pytest.raises(SourceError, match=r"arXiv did not answer within 0\.2 s") as caught:
        r.http.get(PLAIN, server.url)
    assert time.monotonic() - began < 0.8
    assert "RL_TIMEOUT" in caught.value.hint
    assert len(server.asked) == 2


def test_a_slow_answer_does_not_spoil_the_next(rig: Rigs, serve: Serve) -> None:
    r, server = rig(timeout=0.2), serve(Reply(200, "late", stall=0.5), OK)
    assert r.http.get(PLAIN, server.url).text == "fine"


def test_three_failures_end_the_asking_for_this_run(rig: Rigs, serve: Serve) -> None:
    r, server = rig(), serve(Reply(403))
    for _ in range(2):
        with pytest.raises(SourceError, match=r"denied the request \(403\)$"):
            r.http.get(PLAIN, server.url)
    with pytest.raises(SourceError, match="not asked again in this run"):
        r.http.get(PLAIN, server.url)
    with pytest.raises(SourceError, match="not asked again in this run"):
        r.http.get(PLAIN, server.url)
    assert len(server.asked) == 3
    with pytest.raises(SourceError, match=r"Other denied the request \(403\)$"):
        r.http.get(Service("other", "Other", 0.0), server.url)


def test_a_success_forgives_failures(rig: Rigs, serve: Serve) -> None:
    r, server = rig(), serve(Reply(403), Reply(403), OK, Reply(403), Reply(403), OK)
    for expected in (None, None, "fine", None, None, "fine"):
        if expected:
            assert r.http.get(PLAIN, server.url).text == expected
        else:
            with pytest.raises(SourceError):
                r.http.get(PLAIN, server.url)


def test_an_accepted_refusal_is_an_answer(rig: Rigs, serve: Serve) -> None:
    r, server = rig(), serve(as_json({"error": "none"}, 400))
    assert r.http.get(PLAIN, server.url, accept=(400,)).status == 400


def test_who_asks_and_what(rig: Rigs, serve: Serve) -> None:
    server = serve(OK)
    rig().http.get(PLAIN, server.url, {"q": "a b&c"})
    rig(contact="me@example.org").http.post(PLAIN, server.url, json={"ids": ["1"]})
    plain, contact = server.asked
    assert plain.headers["user-agent"] == "readlist/0.1.0"
    assert plain.path in ("/?q=a+b%26c", "/?q=a%20b%26c")
    assert contact.headers["user-agent"] == "readlist/0.1.0 (+mailto:me@example.org)"
    assert (contact.method, contact.body) == ("POST", b'{"ids": ["1"]}')
    assert contact.headers["content-type"] == "application/json"


def test_a_redirect_keeps_the_secret_at_home(rig: Rigs, serve: Serve) -> None:
    other = serve(OK)
    home = serve(
        Reply(307, headers={"Location": "/moved"}),
        Reply(307, headers={"Location": f"{other.url}/there"}),
    )
    answer = rig().http.post(PLAIN, home.url, json=[1], secrets={"x-api-key": "s3cret"})
    assert answer.url == f"{other.url}/there"
    assert [asked.headers.get("x-api-key") for asked in home.asked] == ["s3cret", "s3cret"]
    assert "x-api-key" not in other.asked[0].headers
    assert (other.asked[0].method, other.asked[0].body) == ("POST", b"[1]")


def test_a_secret_does_not_travel_unencrypted(rig: Rigs) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, text="fine")

    r = rig(transport=httpx.MockTransport(answer))
    for scheme in ("http", "https"):
        r.http.get(PLAIN, f"{scheme}://mirror.example/", secrets={"x-api-key": "s3cret"})
    assert [request.headers.get("x-api-key") for request in seen] == [None, "s3cret"]
    assert len(r.told) == 1
    assert "s3cret" not in r.told[0]


def test_the_key_is_in_no_message_and_no_log(rig: Rigs, serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    r, server = rig(s2_api_key="s3cret"), serve(as_json({"message": "bad key s3cret\n" * 100}, 429))
    with pytest.raises(SourceError) as caught:
        r.http.get(PLAIN, server.url, secrets={"x-api-key": "s3cret"})
    everything = [caught.value.message, caught.value.hint, repr(r.http), repr(r.settings), caplog.text, *r.told]
    assert not any("s3cret" in text for text in everything)
    assert server.asked[0].headers["x-api-key"] == "s3cret"
    assert len(caught.value.message) < 330
    assert "\n" not in caught.value.message


def test_one_connection_serves_many_requests(rig: Rigs, serve: Serve) -> None:
    r, server = rig(), serve(OK)
    for _ in range(3):
        r.http.get(PLAIN, server.url)
    assert len({asked.port for asked in server.asked}) == 1


def test_loopback_is_asked_without_the_proxy_of_the_environment(
    rig: Rigs, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, nobody())
        monkeypatch.setenv(name.lower(), nobody())
    server = serve(OK)
    assert rig().http.get(PLAIN, server.url).text == "fine"


def test_a_proxy_that_cannot_be_used_is_said(rig: Rigs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example")
    with pytest.raises(SourceError, match="arXiv cannot be asked: the proxy"):
        rig().http.get(PLAIN, "https://export.arxiv.org/")
