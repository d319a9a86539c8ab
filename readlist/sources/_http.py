"""The one HTTP policy for every service: how long to wait, what to try again, when to stop, what to say.

- One request may take `settings.timeout` seconds from connect to last byte, the connection 5 of them.
- Tried again, after growing waits with jitter: 429 and 5xx three times, a connection that breaks twice, a time-out
  and a service that cannot be reached at all once. Other refusals (400, 401, 403, 404) are answers.
- `Retry-After` (RFC 9110, 10.2.3: seconds or a date) is honoured up to a minute; a longer one ends the request.
- After three failed requests in a row a service is not asked again in this run.
- At most three redirects, to https only; a secret goes to the host it is for and to no other.

Each failure is a SourceError: one sentence naming the service and what happened, and a hint.
"""

from __future__ import annotations

import json as _json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from readlist import __version__
from readlist.domain.text import one_line
from readlist.errors import SourceError
from readlist.settings import Settings
from readlist.sources._gate import Gate, Turn

if TYPE_CHECKING:
    import httpx

BODY_LIMIT = 10_000_000
"""Bytes of an answer, unpacked."""
CONNECT_TIMEOUT = 5.0
"""Seconds, at most, until a connection stands: name look-up, TCP and TLS together."""
REDIRECTS = 3
LONGEST_RETRY_AFTER = 60.0
"""Seconds that a service may ask us to wait before we give up instead."""
FAILURES = 3
"""Failed requests in a row after which a service is left alone for the rest of the run."""

_DETAIL = 200  # characters of a service's own words in a message
_BUSY = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Service:
    """A service as the policy sees it.

    `name` is its name in errors and the gate, `label` what people call it, `delay` the least seconds between two
    requests. `busy_hint` says what to do when it answers 429, `denied_hint` when it answers 401 or 403.
    """

    name: str
    label: str
    delay: float
    busy_hint: str = ""
    denied_hint: str = ""


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


class _Fault(Exception):
    """One try that failed: what happened, how many further tries its kind is worth, and the first wait in seconds.

    `asked` is the wait that the service asked for; `reached` says whether anything came to the service.
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
    ) -> None:
        super().__init__(what)
        self.what = what
        self.tries = tries
        self.wait = wait
        self.hint = hint
        self.asked = asked
        self.reached = reached


class Http:
    """The client that all sources share. Not for use by several threads at once.

    `sleep` waits a number of seconds; `clock` gives the wall-clock time in seconds since the epoch (the real one,
    since the rate gate compares it between processes); `jitter` gives numbers from 0 to 1; `notice` is told of every
    wait longer than a second. `transport` takes the network's place.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        jitter: Callable[[], float] | None = None,
        notice: Callable[[str], None] = lambda _: None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._clock = clock
        self._jitter = jitter
        self._notice = notice
        self._transport = transport
        self._gate = Gate(settings.home / "gate", sleep=sleep, clock=clock, notice=notice)
        self._clients: dict[bool, httpx.Client] = {}
        self._failures: dict[str, int] = {}

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections. A later request opens new ones."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            client.close()

    def get(
        self,
        service: Service,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        secrets: Mapping[str, str] | None = None,
        accept: Iterable[int] = (),
    ) -> Response:
        """Ask for `url`. `secrets` are headers for the host of `url` alone.

        Answers with a status below 300 are returned, and those with a status in `accept`; every other is a
        SourceError, as is no answer.
        """
        return self._request(service, "GET", url, params, headers, secrets, None, accept)

    def post(
        self,
        service: Service,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        json: Any,
        secrets: Mapping[str, str] | None = None,
        accept: Iterable[int] = (),
    ) -> Response:
        """Like `get`, sending `json`. Only for requests that change nothing: they are tried again like any other."""
        return self._request(service, "POST", url, params, headers, secrets, _json.dumps(json).encode(), accept)

    def _request(
        self,
        service: Service,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        secrets: Mapping[str, str] | None,
        body: bytes | None,
        accept: Iterable[int],
    ) -> Response:
        if self._failures.get(service.name, 0) >= FAILURES:
            raise SourceError(
                service.name,
                f"{service.label} is not asked again in this run: {FAILURES} requests in a row failed",
                "try again later",
            )
        sent = {"User-Agent": self._user_agent(), **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
        hidden = dict(secrets or {})
        if hidden and not _encrypted(url):
            self._notice(f"the key for {service.label} is not sent: {urlsplit(url).hostname} is not asked over https")
            hidden = {}
        accepted = frozenset(accept)
        done = 0
        while True:
            try:
                return self._once(service, method, url, params, sent, hidden, body, accepted)
            except _Fault as fault:
                if done >= fault.tries:
                    raise self._failed(service, fault) from fault
                wait = fault.asked or fault.wait * 3**done * (0.75 + 0.5 * self._spread())
                done += 1
                if wait > 1:
                    said = self._clean(fault.what)
                    self._notice(f"{service.label} {said}; trying again in {wait:.0f} s ({done} of {fault.tries})")
                self._sleep(wait)

    def _failed(self, service: Service, fault: _Fault) -> SourceError:
        self._failures[service.name] = self._failures.get(service.name, 0) + 1
        message = f"{service.label} {self._clean(fault.what)}"
        if self._failures[service.name] == FAILURES:
            message += f"; it is not asked again in this run, after {FAILURES} failed requests in a row"
        return SourceError(service.name, message, fault.hint or "try again later")

    def _once(
        self,
        service: Service,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        secrets: Mapping[str, str],
        body: bytes | None,
        accepted: frozenset[int],
    ) -> Response:
        """One try, redirects included. Raises _Fault where another try may help or none will."""
        client = self._client(service, url)  # made before the gate: what it costs must not eat up the delay
        with self._gate.turn(service) as turn:
            deadline = time.monotonic() + self._settings.timeout
            home = _origin(url)
            for _ in range(REDIRECTS + 1):
                own = {**headers, **secrets} if _origin(url) == home else headers
                response = self._exchange(service, client, method, url, params, own, body, deadline, turn)
                if response.status not in (301, 302, 303, 307, 308):
                    break
                url, params = self._next(response), None
                client = self._client(service, url)
                if response.status == 303:
                    method, body = "GET", None
            else:
                raise _Fault(
                    f"sent us on more than {REDIRECTS} times",
                    hint="check the address in the settings (`rl config`)",
                )
        if response.status < 300 or response.status in accepted:
            self._failures[service.name] = 0
            return response
        raise self._refusal(service, response)

    def _next(self, response: Response) -> str:
        """Where a redirect leads. Only https, or from this machine to itself, is followed."""
        hint = "check the address in the settings (`rl config`)"
        place = response.headers.get("location", "")
        try:
            target = urljoin(response.url, place)
            parts = urlsplit(target)
            host = parts.hostname
            _origin(target)
        except ValueError:
            host = None
        if not place or not host:
            raise _Fault("sent us on without saying where", hint=hint)
        if parts.scheme == "https" or (
            parts.scheme == "http" and _is_loopback(host) and _is_loopback(urlsplit(response.url).hostname)
        ):
            return target
        raise _Fault(f"sent us on to {parts.scheme}://{host}, which is not https", hint=hint)

    def _refusal(self, service: Service, response: Response) -> _Fault:
        status = response.status
        said = _detail(response)
        shown = f"{status}: {said}" if said else f"{status}"
        if status == 429 or status in _BUSY:
            busy = status == 429
            what = f"refused the request as one too many ({shown})" if busy else f"has a fault of its own ({shown})"
            hint = (service.busy_hint if busy else "") or "wait a few minutes and try again"
            asked = self._retry_after(response)
            if asked is not None and asked > LONGEST_RETRY_AFTER:
                return _Fault(f"{what} and asks to wait {_duration(asked)}", hint=f"try again in {_duration(asked)}")
            return _Fault(what, 3, 1.0, hint=hint, asked=asked)
        if status in (401, 403):
            return _Fault(f"denied the request ({shown})", hint=service.denied_hint)
        if 300 <= status < 500:
            hint = "check the address in the settings (`rl config`)" if status == 404 else "`rl config` lists settings"
            return _Fault(f"did not accept the request ({shown})", hint=hint)
        return _Fault(f"answered with status {shown}", 3, 1.0, hint="wait a few minutes and try again")

    def _retry_after(self, response: Response) -> float | None:
        """Seconds that the service asks us to wait; None if it does not say so in a readable way."""
        text = response.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        if not text:
            return None
        from email.utils import parsedate_to_datetime

        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self._clock())
        except (ValueError, OverflowError, TypeError, IndexError):
            return None

    def _exchange(
        self,
        service: Service,
        client: httpx.Client,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: bytes | None,
        deadline: float,
        turn: Turn,
    ) -> Response:
        """Send one request and read its answer, within the deadline.

        httpx bounds each read and each address tried, but neither the name look-up nor a body that drips; so the
        exchange runs in a thread of its own, which is left behind (and closes its connection) when time is up.
        """
        import httpx

        left = max(0.0, deadline - time.monotonic())
        to_connect = min(CONNECT_TIMEOUT, left)
        connected, done, abandoned = threading.Event(), threading.Event(), threading.Event()
        answer: list[Response | BaseException] = []

        def trace(event: str, _: object) -> None:
            if event.endswith("send_request_headers.started"):
                connected.set()

        def work() -> None:
            try:
                answer.append(_send(client, request, abandoned))
            except BaseException as fault:  # noqa: BLE001 - handed over to the thread that waits
                answer.append(fault)
            finally:
                connected.set()
                done.set()
                if abandoned.is_set():
                    client.close()

        try:
            request = client.build_request(
                method,
                url,
                params=params or None,
                headers=headers,
                content=body,
                timeout=httpx.Timeout(max(left, 0.001), connect=max(to_connect, 0.001)),
                extensions={"trace": trace},
            )
        except (httpx.InvalidURL, ValueError) as fault:
            turn.reached = False
            raise _Fault("cannot be asked: its address is not one", hint="check `rl config`") from fault
        threading.Thread(target=work, name=f"rl-{service.name}", daemon=True).start()
        try:
            if not connected.wait(to_connect) and not done.is_set():
                turn.reached = False
                raise _Fault(
                    f"could not be reached within {to_connect:g} s",
                    1,
                    0.25,
                    hint="check the network connection, or try again later",
                )
            if not done.wait(max(0.0, deadline - time.monotonic())):
                raise self._too_slow()
        finally:
            if not done.is_set():
                abandoned.set()
                self._clients = {kind: kept for kind, kept in self._clients.items() if kept is not client}
        outcome = answer[0]
        if isinstance(outcome, Response):
            return outcome
        meant = self._fault(outcome)
        turn.reached = meant.reached
        raise meant from outcome

    def _too_slow(self) -> _Fault:
        return _Fault(
            f"did not answer within {self._settings.timeout:g} s",
            1,
            0.5,
            hint="try again later, or allow more time (network.timeout, RL_TIMEOUT)",
        )

    def _fault(self, fault: BaseException) -> _Fault:
        """What an exception of the exchange means."""
        import ssl

        import httpx

        causes = list(_causes(fault))
        if isinstance(fault, _Fault):
            return fault
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            return _Fault(
                "could not prove who it is (its certificate is not valid here)",
                hint="check the date of this computer and whether a proxy comes between",
                reached=False,
            )
        if isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
            why = next((c.strerror for c in reversed(causes) if isinstance(c, OSError) and c.strerror), None)
            what = "could not be reached" + (f" ({why})" if why else "")
            return _Fault(what, 1, 0.25, hint="check the network connection, or try again later", reached=False)
        if isinstance(fault, httpx.ProxyError):
            hint = "check the proxy in the environment (HTTPS_PROXY)"
            return _Fault("could not be reached through the proxy", 1, 0.25, hint=hint, reached=False)
        if isinstance(fault, httpx.TimeoutException):
            return self._too_slow()
        if isinstance(fault, httpx.DecodingError):
            return _Fault("sent an answer that cannot be unpacked", 2, 0.5)
        if isinstance(fault, httpx.TransportError):
            return _Fault("broke off before its answer was complete", 2, 0.5)
        if isinstance(fault, httpx.HTTPError | httpx.InvalidURL):
            return _Fault("could not be asked", hint="check the address in the settings (`rl config`)")
        raise fault

    def _client(self, service: Service, url: str) -> httpx.Client:
        """The client for `url`: this machine is never asked through a proxy."""
        import httpx

        local = _is_loopback(urlsplit(url).hostname)
        if local not in self._clients:
            try:
                self._clients[local] = httpx.Client(
                    transport=self._transport,
                    trust_env=not local,
                    follow_redirects=False,
                    headers={"Accept-Encoding": "gzip"},
                    limits=httpx.Limits(max_connections=4, keepalive_expiry=15.0),
                )
            except (ImportError, ValueError, OSError, httpx.HTTPError, httpx.InvalidURL) as fault:
                raise SourceError(
                    service.name,
                    f"{service.label} cannot be asked: the proxy or the certificates set in the environment "
                    f"cannot be used ({self._clean(str(fault))})",
                    "check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE",
                ) from fault
        return self._clients[local]

    def _user_agent(self) -> str:
        contact = self._settings.contact
        return f"readlist/{__version__}" + (f" (+mailto:{contact})" if contact else "")

    def _spread(self) -> float:
        if self._jitter is None:
            import random

            self._jitter = random.random
        return self._jitter()

    def _clean(self, text: str) -> str:
        """`text` fit for a message: one line, cut, and without the key even if the service repeats it."""
        if self._settings.s2_api_key:
            text = text.replace(self._settings.s2_api_key, "***")
        return shown(text, _DETAIL + 100)


def shown(text: str, limit: int = _DETAIL) -> str:
    """A service's own words, fit for a message: one line of at most `limit` characters."""
    line = one_line(text[: limit * 10])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _send(client: httpx.Client, request: httpx.Request, abandoned: threading.Event) -> Response:
    response = client.send(request, stream=True)
    try:
        too_much = _Fault(
            f"sent more than {BODY_LIMIT // 1_000_000} MB, which is no answer to what was asked",
            hint="check the address in the settings (`rl config`)",
        )
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced[:18]) > BODY_LIMIT:
            raise too_much
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > BODY_LIMIT:
                raise too_much
            if abandoned.is_set():
                break
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Response(response.status_code, headers, bytes(body), str(request.url))
    finally:
        response.close()


def _detail(response: Response) -> str:
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


def _causes(fault: BaseException | None) -> Iterable[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__


def _duration(seconds: float) -> str:
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = -(-int(seconds) // size)
            return f"{count} {name}" + ("s" if count > 1 else "")
    return f"{seconds:.0f} s"


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _encrypted(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or _is_loopback(parts.hostname)


def _is_loopback(host: str | None) -> bool:
    if not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
