"""The one HTTP policy for every service: how long to wait, what to try again, when to stop, what to say.

- One request may take `settings.timeout` seconds from connect to last byte, the connection 5 of them.
- Tried again, after growing waits with jitter: 429 and 5xx three times, a connection that breaks twice, a time-out
  and a service that cannot be reached at all once. Other refusals (400, 401, 403, 404) are answers.
- `Retry-After` (RFC 9110, 10.2.3: seconds or a date) is honoured up to a minute; a longer one ends the request.
- After three failed requests in a row a service is not asked again in this run.
- At most three redirects, to https only; a secret goes to the host it is for and to no other.
- A file may take as long as its bytes keep coming; it is written beside, and has its name when it is whole.

Each failure is a SourceError: one sentence naming the service and what happened, and a hint.
"""

from __future__ import annotations

import contextlib
import json as _json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from readlist import __version__
from readlist.errors import SourceError
from readlist.settings import Settings
from readlist.sources import _download
from readlist.sources._exchange import (
    ADDRESS_HINT,
    Call,
    Clockwork,
    Fault,
    Memory,
    Response,
    Sink,
    detail,
    exchange,
    shown,
)
from readlist.sources._gate import Gate
from readlist.sources._web import is_loopback, is_pdf, without_user

if TYPE_CHECKING:
    import httpx

BODY_LIMIT = 10_000_000
"""Bytes of an answer, unpacked."""
DOWNLOAD_LIMIT = 200_000_000
"""Bytes of a file that is downloaded."""
REDIRECTS = 3
LONGEST_RETRY_AFTER = 60.0
"""Seconds that a service may ask us to wait before we give up instead."""
FAILURES = 3
"""Failed requests in a row after which a service is left alone for the rest of the run."""

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
class _Ask:
    """What is asked of a service, and on which terms: `gate` says at whose gate an address waits, `circuit` whose
    failures are counted together. With `hint` it is a file that is asked for, and that is what to do without it."""

    service: Service
    call: Call
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    accepted: frozenset[int] = frozenset()
    _: KW_ONLY
    sink: Callable[[], Sink]
    gate: Callable[[str], Service]
    circuit: str
    hint: str = ""

    @property
    def is_file(self) -> bool:
        return bool(self.hint)


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
        self._clients: dict[tuple[bool, bool], httpx.Client] = {}
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
        limit: int = BODY_LIMIT,
    ) -> Response:
        """Ask for `url`. `secrets` are headers for the host of `url` alone; `limit` is the most bytes of an answer.

        Answers with a status below 300 are returned, and those with a status in `accept`; every other is a
        SourceError, as is no answer.
        """
        call = Call("GET", url, params, self._headers(headers))
        return self._request(self._ask(service, call, secrets, accept, limit))

    def post(
        self,
        service: Service,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        json: Any = None,
        form: str | None = None,
        secrets: Mapping[str, str] | None = None,
        accept: Iterable[int] = (),
        limit: int = BODY_LIMIT,
    ) -> Response:
        """Like `get`, sending `json`, or `form` (url-encoded already).

        Only for requests that change nothing: they are tried again like any other.
        """
        kind = "application/json" if form is None else "application/x-www-form-urlencoded"
        body = _json.dumps(json) if form is None else form
        call = Call("POST", url, params, self._headers({**(headers or {}), "Content-Type": kind}), body.encode())
        return self._request(self._ask(service, call, secrets, accept, limit))

    def download(
        self,
        service: Service | str,
        url: str,
        target: Path,
        limit: int = DOWNLOAD_LIMIT,
        check: Callable[[bytes], bool] = is_pdf,
    ) -> int:
        """Fetch the file at `url` into `target`; how many bytes it has.

        `service` is whom messages name: a Service or a label, "" for the file's host. `check` is shown the first 1,024
        bytes (all, where there are fewer) and says whether this is what was wanted. The file is written beside as
        `….part` and takes `target`'s name, in place of what was there, when it is whole; after a failure nothing of it
        is left, and what a killed run left is taken away by a later one.

        The policy is that of every request, but for this: the time-out is the longest silence before and between
        bytes, not the time of the whole; other hosts may be named by a redirect and need not be a service's; no secret
        goes with it, none of the address either; `http://` becomes `https://` except to this machine. Files of
        arxiv.org come from the mirror that the setting arxiv.url names, if it names one, and wait at the same gate as
        arXiv's query service. A file that is not there or is no such file does not count towards leaving its host
        alone.

        Raises SourceError; ReadlistError if the file cannot be written here.
        """
        address = self.file_address(url)
        host = urlsplit(address).hostname or ""
        known = service if isinstance(service, Service) else Service(host, service or host, 0.0)
        if not address:
            raise SourceError(
                known.name,
                f"no file is to be had from {shown(url)}: it is no address that begins with https://",
                "correct the paper's link",
            )
        parts: list[_download.Part] = []

        def sink() -> Sink:
            parts.append(_download.Part(target, limit, check))
            return parts[-1]

        ask = _Ask(
            known,
            Call("GET", address, None, self._headers(_download.HEADERS)),
            sink=sink,
            gate=self._file_gate,
            circuit=f"files of {host}",
            hint=f"see whether {shown(address)} opens in a browser, and save the file from there as {target}",
        )
        _download.sweep(target.parent, self._clock())
        try:
            self._request(ask)
            return parts[-1].keep()
        finally:
            for part in parts:
                part.discard()

    def file_address(self, url: str) -> str:
        """Where `download` asks for the file at `url`; "" if it does not."""
        return _download.address(_download.at_mirror(url, self._settings.arxiv_url))

    def _file_gate(self, url: str) -> Service:
        parts, queries = urlsplit(url), urlsplit(self._settings.arxiv_url)
        host = parts.hostname or ""
        if _download.is_arxiv(host) or (host, parts.port) == (queries.hostname, queries.port):
            return Service("arxiv", "arXiv", self._settings.arxiv_delay)
        return Service(host, host, 0.0)

    def _headers(self, headers: Mapping[str, str] | None) -> dict[str, str]:
        return {"User-Agent": self._user_agent(), **(headers or {})}

    def _ask(
        self,
        service: Service,
        call: Call,
        secrets: Mapping[str, str] | None,
        accept: Iterable[int],
        limit: int,
    ) -> _Ask:
        hidden = dict(secrets or {})
        if hidden and not _encrypted(call.url):
            host = urlsplit(call.url).hostname
            self._notice(f"the key for {service.label} is not sent: {host} is not asked over https")
            hidden = {}
        return _Ask(
            service,
            call,
            hidden,
            frozenset(accept),
            sink=lambda: Memory(limit),
            gate=lambda _: service,
            circuit=service.name,
        )

    def _request(self, ask: _Ask) -> Response:
        service = ask.service
        if self._failures.get(ask.circuit, 0) >= FAILURES:
            raise SourceError(
                service.name,
                f"{service.label} is not asked again in this run: {FAILURES} requests in a row failed",
                "try again later",
            )
        done = 0
        while True:
            try:
                return self._once(ask)
            except Fault as fault:
                if done >= fault.tries:
                    raise self._failed(ask, fault) from fault
                wait = fault.asked or fault.wait * 3**done * (0.75 + 0.5 * self._spread())
                done += 1
                if wait > 1:
                    said = self._clean(fault.what)
                    self._notice(f"{service.label} {said}; trying again in {wait:.0f} s ({done} of {fault.tries})")
                self._sleep(wait)

    def _failed(self, ask: _Ask, fault: Fault) -> SourceError:
        message = f"{ask.service.label} {self._clean(fault.what)}"
        if fault.counts:
            self._failures[ask.circuit] = self._failures.get(ask.circuit, 0) + 1
            if self._failures[ask.circuit] == FAILURES:
                message += f"; it is not asked again in this run, after {FAILURES} failed requests in a row"
        hint = ask.hint if ask.hint and fault.hint in ("", ADDRESS_HINT) else fault.hint
        return SourceError(ask.service.name, message, hint or "try again later")

    def _once(self, ask: _Ask) -> Response:
        """One try, redirects included. Raises Fault where another try may help or none will."""
        call, home = ask.call, _origin(ask.call.url)
        sink = ask.sink()
        client = self._client(ask.service, call.url)  # made before the gate: what it costs must not eat up the delay
        with contextlib.ExitStack() as stack:
            at = ask.gate(call.url)
            turn = stack.enter_context(self._gate.turn(at))
            clockwork = Clockwork(self._settings.timeout, between=ask.is_file)
            for hop in range(REDIRECTS + 1):
                drop = partial(self._drop, client)
                own = {**call.headers, **ask.secrets} if _origin(call.url) == home else call.headers
                try:
                    response = exchange(client, replace(call, headers=own), sink, clockwork, drop)
                except Fault as fault:
                    turn.reached = fault.reached or hop > 0
                    raise
                if response.status not in (301, 302, 303, 307, 308):
                    break
                url = self._next(response)
                method, body = ("GET", None) if response.status == 303 else (call.method, call.body)
                call = Call(method, url, None, call.headers, body)
                client = self._client(ask.service, url)
                if ask.gate(url).name != at.name:
                    stack.close()
                    at = ask.gate(url)
                    turn = stack.enter_context(self._gate.turn(at))
                    clockwork = Clockwork(self._settings.timeout, between=ask.is_file)
            else:
                raise Fault(f"sent us on more than {REDIRECTS} times", hint=ADDRESS_HINT)
        if response.status < 300 or response.status in ask.accepted:
            self._failures[ask.circuit] = 0
            return response
        raise self._refusal(ask, response)

    def _drop(self, client: httpx.Client) -> None:
        self._clients = {kind: kept for kind, kept in self._clients.items() if kept is not client}

    def _next(self, response: Response) -> str:
        """Where a redirect leads. Only https, or from this machine to itself, is followed."""
        place = response.headers.get("location", "")
        try:
            target = urljoin(response.url, place)
            parts = urlsplit(target)
            host = parts.hostname
            _origin(target)
        except ValueError:
            host = None
        if not place or not host:
            raise Fault("sent us on without saying where", hint=ADDRESS_HINT)
        if parts.scheme == "https" or (
            parts.scheme == "http" and is_loopback(host) and is_loopback(urlsplit(response.url).hostname)
        ):
            return without_user(target)
        raise Fault(f"sent us on to {parts.scheme}://{host}, which is not https", hint=ADDRESS_HINT)

    def _refusal(self, ask: _Ask, response: Response) -> Fault:
        status, service = response.status, ask.service
        said = detail(response)
        shown = f"{status}: {said}" if said else f"{status}"
        if status == 429 or status in _BUSY:
            busy = status == 429
            what = f"refused the request as one too many ({shown})" if busy else f"has a fault of its own ({shown})"
            hint = (service.busy_hint if busy else "") or "wait a few minutes and try again"
            asked = self._retry_after(response)
            if asked is not None and asked > LONGEST_RETRY_AFTER:
                wait = _duration(asked)
                hint = f"try again in {wait}" + (f"; {service.busy_hint}" if busy and service.busy_hint else "")
                return Fault(f"{what} and asks to wait {wait}", hint=hint)
            return Fault(what, 3, 1.0, hint=hint, asked=asked)
        if status in (401, 403):
            return Fault(f"denied the request ({shown})", hint=service.denied_hint)
        if 300 <= status < 500:
            hint = ADDRESS_HINT if status == 404 or ask.is_file else "`rl config` lists settings"
            return Fault(f"did not accept the request ({shown})", hint=hint, counts=not ask.is_file)
        return Fault(f"answered with status {shown}", 3, 1.0, hint="wait a few minutes and try again")

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

    def _client(self, service: Service, url: str) -> httpx.Client:
        """The client for `url`: this machine is never asked through a proxy."""
        import httpx

        parts = urlsplit(url)
        local, encrypted = is_loopback(parts.hostname), parts.scheme == "https"
        kind = (local, encrypted or not local)
        if kind not in self._clients:
            try:
                self._clients[kind] = httpx.Client(
                    transport=self._transport,
                    trust_env=not local,
                    verify=kind[1],  # to read all certificates costs more than a request that needs none
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
        return self._clients[kind]

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
        return shown(text, 300)


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
    return parts.scheme == "https" or is_loopback(parts.hostname)
