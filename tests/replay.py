"""The recorded answers of the services (../shared), served on this machine's loopback address, and `rl` beside them.

The server keeps a log of its requests, plays faults on demand, and can be told other citation counts.
"""

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qs

from tests.cli.helpers import environment
from tests.conftest import TODAY
from tests.shared import shared

ARXIV = "/api/query"
SCHOLAR = "/graph/v1/paper/batch"

_OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # this machine is asked without a proxy


@dataclass(frozen=True)
class Replay:
    """A running server: its address, and the environment that leads `rl` to it."""

    url: str
    env: Mapping[str, str]

    def log(self) -> list[dict[str, Any]]:
        """Every request so far: "t" (seconds), "method", "path", "query", "body", "status" (None while it waits)."""
        entries: list[dict[str, Any]] = self._ask("log")
        return entries

    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [entry["path"] for entry in self.log()]

    def forget(self) -> None:
        """Empty the log and drop the faults that are left."""
        self._ask("log/clear", {})
        self._ask("faults/clear", {})

    def play(self, *plan: str, prefix: str = "/") -> None:
        """Answer the next requests below `prefix` by `plan`: "ok", "429+3", "stall:5", "cut" …, then as usual."""
        self._ask("faults", {"prefix": prefix, "plan": plan})

    def count(self, counts: Mapping[str, int]) -> None:
        """From now on these are the citation counts of the papers with these arXiv ids."""
        self._ask("counts", counts)

    def until(self, seen: Callable[[list[dict[str, Any]]], bool], within: float = 30.0) -> list[dict[str, Any]]:
        """The log as soon as `seen` says so of it; fails if that takes more than `within` seconds."""
        deadline = time.monotonic() + within
        while not seen(log := self.log()):
            assert time.monotonic() < deadline, f"waited in vain; the log: {[(e['path'], e['status']) for e in log]}"
            time.sleep(0.002)
        return log

    def _ask(self, what: str, data: Any = None) -> Any:
        body = None if data is None else json.dumps(data).encode()
        with _OPEN.open(urllib.request.Request(f"{self.url}/__{what}", body), timeout=10) as answer:
            return json.load(answer)


def ids_of(entry: Mapping[str, Any]) -> list[str]:
    """The papers that a request of the log asks for, as that service names them."""
    if entry["path"] == SCHOLAR:
        ids: list[str] = json.loads(entry["body"])["ids"]
        return ids
    query = entry["query"] if entry["method"] == "GET" else {k: v[0] for k, v in parse_qs(entry["body"]).items()}
    return [name for name in query.get("id_list", "").split(",") if name]


@contextmanager
def replayed(*options: str) -> Iterator[Replay]:
    """The recorded services, for as long as the context lasts; `options` are the server's (`--atom old`)."""
    command = [sys.executable, str(shared("tools/replay.py")), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    try:
        assert process.stdout
        said = json.loads(process.stdout.readline())
        url = f"http://127.0.0.1:{said['port']}"
        yield Replay(url, said["env"] | {"RL_CROSSREF_URL": url})  # of no DOI does it have Crossref's record
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout:
            process.stdout.close()


def ran(*words: str, env: Mapping[str, str], given: str = "") -> str:
    """Runs `rl` as a process to its end, with `given` on its stdin; what it writes to stdout. Exit 0 is asserted."""
    done = subprocess.run(
        [sys.executable, "-m", "readlist", *words],
        env=env,
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"rl {' '.join(words)[:80]}: exit {done.returncode}\n{done.stderr[-2000:]}"
    return done.stdout


@dataclass(frozen=True)
class Running:
    """`rl` at work: the process, and its stderr as it comes."""

    process: subprocess.Popen[str]
    err: IO[str]

    def says(self, text: str) -> None:
        """Wait until a line on stderr holds `text`; fails if it ends without."""
        for line in self.err:
            if text in line:
                return
        raise AssertionError(f"it ended without saying {text!r}: exit {self.process.wait(60)}")

    def ended(self) -> int:
        """Wait for the end; the exit code, or the number of the signal that ended it, negative."""
        self.err.read()
        return self.process.wait(60)


@contextmanager
def started(*words: str, env: Mapping[str, str]) -> Iterator[Running]:
    """`rl` as a process that goes on beside the test; what is left of it at the end is killed."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # of a background job, children ignore Ctrl-C
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "readlist", *words],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.stderr
    try:
        yield Running(process, process.stderr)
    finally:
        process.kill()
        process.wait(20)
        process.stderr.close()


def at_home(home: Path, replay: Replay | None = None) -> dict[str, str]:
    """The environment of an `rl` with its library in `home`, on 2026-11-21; without `replay` nobody answers."""
    own = {"RL_HOME": str(home), "RL_CONFIG": str(home / "config.toml"), "RL_TODAY": TODAY}
    kept = {name: value for name, value in environment().items() if not name.startswith("RL_") or name.endswith("_URL")}
    return kept | own | dict(replay.env if replay else {})
