"""Shorthands for the tests of the command line."""

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import Result, Rl

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "reading-list.md"
NOBODY = "http://127.0.0.1:9"
_SGR = re.compile(r"\x1b\[[0-9;]*m")


def environment() -> dict[str, str]:
    """The environment of a run outside the `rl` fixture: no settings of the user's, nobody answers."""
    unwanted = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PYTHONPATH", "EDITOR", "VISUAL", "PAGER", "LANG"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    services = {f"RL_{name}_URL": NOBODY for name in ("S2", "OPENALEX", "CROSSREF")}
    services["RL_ARXIV_URL"] = f"{NOBODY}/api/query"
    root = str(Path(__file__).resolve().parents[2])
    return kept | services | {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PYTHONPATH": root}


def papers(rl: Rl, *filters: str) -> list[dict[str, Any]]:
    """The papers that `rl list` gives as JSON."""
    found: list[dict[str, Any]] = rl("list", *filters, "--json", check=True).json()["data"]["papers"]
    return found


def paper(rl: Rl, reference: str | int) -> dict[str, Any]:
    """One paper as JSON."""
    found: dict[str, Any] = rl("show", str(reference), "--json", check=True).json()["data"]["paper"]
    return found


def by_arxiv(rl: Rl) -> dict[str, dict[str, Any]]:
    """The papers of the library that have an arXiv id, by that id."""
    return {it["identifiers"]["arxiv"]: it for it in papers(rl) if "arxiv" in it["identifiers"]}


def assert_explained(result: Result, code: int, says: str) -> None:
    """A failed command says one sentence that holds `says` (a regular expression), and no traceback."""
    assert result.code == code, f"exit {result.code}, not {code}; stderr: {result.err}"
    assert "Traceback" not in result.err, result.err
    lines = [line for line in result.err.splitlines() if line.strip()]
    assert lines, "nothing on stderr says what is wrong"
    faults = [line for line in lines if line.startswith("rl: ")]
    assert faults, f"no line begins with 'rl: ': {result.err}"
    assert re.search(says, result.err), f"{says!r} is not in: {result.err}"


def refused(
    rl: Rl,
    *args: str | Path,
    code: int,
    says: str,
    hint: str | None = "",
    env: Mapping[str, str] | None = None,
    input: str | None = None,
) -> dict[str, Any]:
    """Asserts that the command fails with `code` and a sentence and hint, as text and as JSON, and changes nothing.

    `hint` is a regular expression for the hint; None: there need not be one. Returns the first error of the JSON.
    """  # fmt: skip
    before = papers(rl)
    plain = rl(*args, env=env, input=input)
    assert_explained(plain, code, says)
    if hint is not None:
        hints = [line for line in plain.err.splitlines() if line.startswith("    ")]
        assert hints, f"no hint says what to do next: {plain.err}"
        assert re.search(hint, " ".join(hints)), f"{hint!r} is not in the hint: {hints}"
    with_json = rl(*args, "--json", env=env, input=input)
    assert with_json.code == code, f"exit {with_json.code} with --json, {code} without"
    document = with_json.json()
    assert document["version"] == 1 and document["status"] == "error", document
    assert document["errors"], "the envelope names no error"
    error: dict[str, Any] = document["errors"][0]
    assert set(error) >= {"code", "message", "hint", "ref"}, f"a key is missing: {error}"
    assert papers(rl) == before, "the library has changed"
    return error


@dataclass(frozen=True)
class Screen:
    """How a run on a terminal ended: exit code, what the terminal was sent, stderr where it was a pipe."""

    code: int
    raw: str
    err: str

    @property
    def text(self) -> str:
        """Without colours."""
        return _SGR.sub("", self.raw)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def on_terminal(args: Sequence[str], *, columns: int, env: Mapping[str, str], cwd: Path, typed: str = "") -> Screen:
    """Run `rl` on a pseudo-terminal of that width. With `typed`, stderr is on it too and that is typed in."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "readlist", *args],
        stdin=slave, stdout=slave, stderr=slave if typed else subprocess.PIPE, env=dict(env), cwd=cwd,
    )  # fmt: skip
    os.close(slave)
    if typed:
        os.write(master, typed.encode())
    said: list[bytes] = []

    def listen() -> None:
        assert process.stderr
        said.append(process.stderr.read())

    listener = threading.Thread(target=listen) if process.stderr else None
    if listener:
        listener.start()
    shown = b""
    with contextlib.suppress(OSError):  # Linux says EIO when the last writer is gone
        while chunk := os.read(master, 65536):
            shown += chunk
    code = process.wait(60)
    if listener and process.stderr:
        listener.join(60)
        process.stderr.close()
    os.close(master)
    return Screen(code, shown.decode("utf-8", "replace").replace("\r\n", "\n"), b"".join(said).decode("utf-8"))
