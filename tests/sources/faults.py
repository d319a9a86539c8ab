"""A service on this machine's loopback address that answers as a test scripts it, and keeps what it was asked."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

from readlist import settings as settings_module
from readlist.settings import Settings


@dataclass(frozen=True)
class Reply:
    """One scripted answer. `cut` sends half of the body and closes; `stall` waits that many seconds first; `drip` sends
    a byte every `drip` seconds; `reset` closes without a word."""

    status: int = 200
    body: bytes | str = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    stall: float = 0.0
    drip: float = 0.0
    reset: bool = False

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Asked:
    """One request as the service saw it; `at` is the monotonic time of its arrival, `port` the client's."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    port: int


def as_json(data: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(status, json.dumps(data), {"Content-Type": "application/json", **headers})


HTML = Reply(200, "<!doctype html><html><title>Just a moment...</title>", {"Content-Type": "text/html"})
JUNK = Reply(200, b'{"data": [<feed><entry>\x00\xff')
EMPTY = Reply(200, b"")
REFUSED = Reply(429, "Rate exceeded.", {"Content-Type": "text/plain"})


class Service:
    """`replies` in turn, the last one over and over; a context manager."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[Asked] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body are written apart, and the second would wait for 40 ms

            def log_message(self, *args: object) -> None:
                pass

            def _answer(self) -> None:
                at = time.monotonic()
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.asked.append(Asked(self.command, self.path, headers, body, at, self.client_address[1]))
                reply = service.replies.pop(0) if len(service.replies) > 1 else service.replies[0]
                try:
                    self._send(reply)
                except OSError:  # the client has left, which is what some tests are about
                    self.close_connection = True

            def _send(self, reply: Reply) -> None:
                if reply.stall:
                    time.sleep(reply.stall)
                if reply.reset:
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in reply.headers:
                    self.send_header("Content-Length", str(len(reply.data)))
                self.end_headers()
                if reply.cut:
                    self.wfile.write(reply.data[: len(reply.data) // 2])
                    self.close_connection = True
                elif reply.drip:
                    for byte in reply.data:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(reply.drip)
                else:
                    self.wfile.write(reply.data)

            do_GET = _answer
            do_POST = _answer

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Service:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def nobody() -> str:
    """An address on this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@dataclass
class Waits:
    """Takes the place of sleep: keeps the seconds, waits none, and moves `now` on by them."""

    seconds: list[float] = field(default_factory=list)
    now: float = 1_790_000_000.0

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


def make_settings(home: Path, **changes: Any) -> Settings:
    """Settings without delays that point at nobody; `changes` are its fields."""
    plain = settings_module.load({"RL_HOME": str(home), "RL_CONFIG": str(home / "none.toml")})
    base = {
        "arxiv_url": f"{nobody()}/api/query",
        "s2_url": nobody(),
        "openalex_url": nobody(),
        "crossref_url": nobody(),
        "arxiv_delay": 0.0,
        "s2_delay": 0.0,
    }
    return replace(plain, **{**base, "timeout": 5.0, **changes})
