"""One exchange with a service: a request sent and its answer taken in, and what it means when that fails.

httpx bounds each read and each address tried, but neither the name look-up nor a body that drips. So an exchange runs
in a thread of its own, which is left behind (and closes its connection) when time is up.
"""

from __future__ import annotations

import json as _json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from readlist.domain.text import one_line

if TYPE_CHECKING:
    import httpx

CONNECT_TIMEOUT = 5.0
"""Seconds, at most, until a connection stands: name look-up, TCP and TLS together."""

ADDRESS_HINT = "check the address in the settings (`rl config`)"

_DETAIL = 200  # characters of a service's own words in a message


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: `headers` with names in lower case, `body` unpacked, `url` where it came from in the end."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = ""

    @property
    def text(self) -> str:
        """The body as UTF-8, with what is not UTF-8 replaced."""
        return self.body.decode("utf-8", errors="replace")


class Fault(Exception):
    """One try that failed: what happened, how many further tries its kind is worth, and the first wait in seconds.

    `asked` is the wait that the service asked for; `reached` says whether anything came to the service; `counts`
    whether it speaks against the service, rather than against the one thing that was asked for.
    """

    def __init__(
        self,
        what: str,
        tries: int = 0,
        wait: float = 0.0,
        *,
        hint: str = "",
        asked: float | None = None,
        reached: bool = True,
        counts: bool = True,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.tries = tries
        self.wait = wait
        self.hint = hint
        self.asked = asked
        self.reached = reached
        self.counts = counts


class Sink(Protocol):
    """Where the body of a good answer goes. Raises Fault where it must not go on."""

    limit: int
    """Bytes, unpacked, that it takes."""

    def begin(self) -> None:
        """A body begins, for the first time or again."""
        ...

    def take(self, part: bytes) -> None:
        """The next bytes of it."""
        ...

    def end(self) -> bytes:
        """The body is whole; what of it belongs into the Response."""
        ...

    def discard(self) -> None:
        """Nothing will come of it."""
        ...


class Memory:
    """A Sink that keeps the body."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._body = bytearray()

    def begin(self) -> None:
        self._body.clear()

    def take(self, part: bytes) -> None:
        self._body += part

    def end(self) -> bytes:
        return bytes(self._body)

    def discard(self) -> None:
        self._body.clear()


class Clockwork:
    """How long an exchange may take: `timeout` seconds in all, or with `between` from each byte to the next."""

    def __init__(self, timeout: float, *, between: bool = False) -> None:
        self.timeout = timeout
        self._between = between
        self._deadline = time.monotonic() + timeout

    def progress(self) -> None:
        """Some bytes came."""
        if self._between:
            self._deadline = time.monotonic() + self.timeout

    @property
    def left(self) -> float:
        """Seconds until time is up, 0 at least."""
        return max(0.0, self._deadline - time.monotonic())


@dataclass(frozen=True, slots=True)
class Call:
    """One request, redirects apart."""

    method: str
    url: str
    params: Mapping[str, str] | None
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)


def exchange(client: httpx.Client, call: Call, sink: Sink, clockwork: Clockwork, drop: Callable[[], None]) -> Response:
    """Send `call` and take its answer in: a good one's body into `sink`, a refusal's into the Response.

    Raises Fault. Calls `drop` when the client must not be used again, since a thread that was left behind has it.
    """
    import httpx

    to_connect = min(CONNECT_TIMEOUT, clockwork.left)
    connected, done, abandoned = threading.Event(), threading.Event(), threading.Event()
    answer: list[Response | BaseException] = []

    def trace(event: str, _: object) -> None:
        if event.endswith("send_request_headers.started"):
            connected.set()

    def work() -> None:
        try:
            answer.append(_send(client, request, abandoned, sink, clockwork))
        except BaseException as fault:  # noqa: BLE001 - handed over to the thread that waits
            answer.append(fault)
        finally:
            connected.set()
            done.set()
            if abandoned.is_set():
                client.close()
                sink.discard()

    try:
        request = client.build_request(
            call.method,
            call.url,
            params=call.params or None,
            headers=call.headers,
            content=call.body,
            timeout=httpx.Timeout(max(clockwork.left, 0.001), connect=max(to_connect, 0.001)),
            extensions={"trace": trace},
        )
    except (httpx.InvalidURL, ValueError) as fault:
        raise Fault("cannot be asked: its address is not one", hint=ADDRESS_HINT, reached=False) from fault
    threading.Thread(target=work, name="rl-exchange", daemon=True).start()
    try:
        if not connected.wait(to_connect) and not done.is_set():
            raise Fault(
                f"could not be reached within {to_connect:g} s",
                1,
                0.25,
                hint="check the network connection, or try again later",
                reached=False,
            )
        while not done.wait(clockwork.left):
            if not clockwork.left:
                raise _too_slow(clockwork.timeout)
    finally:
        if not done.is_set():
            abandoned.set()
            drop()
    outcome = answer[0]
    if isinstance(outcome, Response):
        return outcome
    meant = _meaning(outcome, clockwork.timeout)
    if meant is outcome:
        raise meant
    raise meant from outcome


def _send(
    client: httpx.Client, request: httpx.Request, abandoned: threading.Event, sink: Sink, clockwork: Clockwork
) -> Response:
    response = client.send(request, stream=True)
    try:
        clockwork.progress()
        into = sink if 200 <= response.status_code < 300 else Memory(min(sink.limit, 10_000_000))
        too_much = Fault(
            f"sent more than {into.limit / 1_000_000:g} MB, which is no answer to what was asked",
            hint=ADDRESS_HINT,
            counts=isinstance(into, Memory),
        )
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced[:18]) > into.limit:
            raise too_much
        into.begin()
        size = 0
        for part in response.iter_bytes():
            clockwork.progress()
            size += len(part)
            if size > into.limit:
                raise too_much
            if abandoned.is_set():
                break
            into.take(part)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Response(response.status_code, headers, into.end(), str(request.url))
    finally:
        response.close()


def _too_slow(timeout: float) -> Fault:
    return Fault(
        f"did not answer within {timeout:g} s",
        1,
        0.5,
        hint="try again later, or allow more time (network.timeout, RL_TIMEOUT)",
    )


def _meaning(fault: BaseException, timeout: float) -> BaseException:
    """What an exception of the exchange means: a Fault, or itself if it is a fault of ours."""
    import ssl

    import httpx

    causes = list(_causes(fault))
    if isinstance(fault, Fault):
        return fault
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Fault(
            "could not prove who it is (its certificate is not valid here)",
            hint="check the date of this computer and whether a proxy comes between",
            reached=False,
        )
    if isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        why = next((c.strerror for c in reversed(causes) if isinstance(c, OSError) and c.strerror), None)
        what = "could not be reached" + (f" ({why})" if why else "")
        return Fault(what, 1, 0.25, hint="check the network connection, or try again later", reached=False)
    if isinstance(fault, httpx.ProxyError):
        hint = "check the proxy in the environment (HTTPS_PROXY)"
        return Fault("could not be reached through the proxy", 1, 0.25, hint=hint, reached=False)
    if isinstance(fault, httpx.TimeoutException):
        return _too_slow(timeout)
    if isinstance(fault, httpx.DecodingError):
        return Fault("sent an answer that cannot be unpacked", 2, 0.5)
    if isinstance(fault, httpx.TransportError):
        return Fault("broke off before its answer was complete", 2, 0.5)
    if isinstance(fault, httpx.HTTPError | httpx.InvalidURL):
        return Fault("could not be asked", hint=ADDRESS_HINT)
    if isinstance(fault, UnicodeError):  # a host's name with an empty or too long part, from the look-up
        return Fault("cannot be asked: its address is not one", hint=ADDRESS_HINT, reached=False)
    return fault


def _causes(fault: BaseException | None) -> Iterable[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__


def shown(text: str, limit: int = _DETAIL) -> str:
    """A service's own words, fit for a message: one line of at most `limit` characters."""
    line = one_line(text[: limit * 10])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def detail(response: Response) -> str:
    """The service's own words for a refusal: JSON under `error` or `message`, or a line of plain text."""
    kind = response.headers.get("content-type", "").lower()
    text = response.text[:10_000]
    if "html" in kind or text.lstrip()[:1] == "<":
        return ""
    try:
        said = _json.loads(text)
    except (ValueError, RecursionError):
        return shown(text) if "json" not in kind else ""
    if isinstance(said, dict):
        found = said.get("error") or said.get("message")
        return shown(found) if isinstance(found, str) else ""
    return shown(said) if isinstance(said, str) else ""
