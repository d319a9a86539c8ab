"""What holds for every test: no real home, no real settings, no network.

A test that needs a service brings an HTTP transport or a server on this machine's loopback address.
"""

import ipaddress
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")

TODAY = "2026-11-21"


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _stay_at_home(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not _is_loopback(host):
        # Not an OSError: the code under test takes those for a service that is down and goes on.
        raise AssertionError(f"a test reached for the network: {event} {host!r}")


sys.addaudithook(_stay_at_home)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for this test alone, with nothing in it; returns it."""
    for name in [name for name in os.environ if name.startswith(("RL_", "XDG_"))]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("RL_HOME", str(home / "readlist"))
    monkeypatch.setenv("RL_CONFIG", str(home / "config.toml"))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / "xdg" / name.lower()))
    return home


@dataclass(frozen=True, slots=True)
class Result:
    """How one run of `rl` ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document that `--json` promises on standard output."""
        return json.loads(self.out)


class Rl(Protocol):
    def __call__(
        self, *args: str | Path, input: str | None = None, env: Mapping[str, str] | None = None, check: bool = False
    ) -> Result:
        """Runs `rl` with `args`; `input` is its standard input (else closed); with `check`, exit 0 is asserted."""
        ...


# Services for the program run as a process, which the audit hook of this process cannot stop: nobody answers there.
_NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def rl(tmp_path: Path, own_home: Path) -> Rl:
    """The program as its users have it: a process of its own, in a pipe, in `tmp_path`, on 2026-11-21."""

    def run(
        *args: str | Path, input: str | None = None, env: Mapping[str, str] | None = None, check: bool = False
    ) -> Result:
        unwanted = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONPATH", "EDITOR", "VISUAL", "PAGER", "LANG"}
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        environment |= {
            "LC_ALL": "C.UTF-8",
            "RL_TODAY": TODAY,
            "RL_ARXIV_URL": f"{_NOBODY}/api/query",
            "RL_S2_URL": _NOBODY,
            "RL_OPENALEX_URL": _NOBODY,
            "RL_CROSSREF_URL": _NOBODY,
            **(env or {}),
        }
        done = subprocess.run(
            [sys.executable, "-m", "readlist", *map(str, args)],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL if input is None else None,
            input=input,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        result = Result(done.returncode, done.stdout, done.stderr)
        assert not check or result.code == 0, f"rl {' '.join(map(str, args))}: exit {result.code}\n{result.err}"
        return result

    return run
