"""The examples in the documents: blocks marked `console`, with `$ …` lines and what they print.

All examples of a document run in order, by `sh`, in one home and one folder that are thrown away, on 21 November 2026.
What they print, on both streams, is compared where the document shows some; a line `…` stands for any lines. Comments
in front of a block say how it runs: `<!-- terminal -->` as on a screen of 80 columns (less the colours) instead of
in a pipe; `<!-- network -->` with the services at hand, and in a home of its own, so that the examples without
services are the same whether or not these can be run.

`python -m tests.docs.examples README.md docs/*.md` writes what the examples print now into the documents.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.shared import shared

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ANYTHING = "…"
_NOT_HERE = ("make", "pip", "pipx", "python3 -m venv")
"""What begins an example that sets a machine up; it is not run."""

_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!-- (?P<words>[a-z ]+) -->\n\Z")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Example:
    """One `$ …` line of a document, on line `line`, with the output that is shown below it."""

    line: int
    command: str
    shown: tuple[str, ...]
    network: bool = False
    terminal: bool = False

    @property
    def runs(self) -> bool:
        return not self.command.startswith(_NOT_HERE)


@dataclass(frozen=True, slots=True)
class Ran:
    """How an example ended: its exit code, and the lines that it printed."""

    code: int
    lines: tuple[str, ...]


def examples(text: str) -> list[Example]:
    """The examples of a document, in order."""
    found: list[Example] = []
    for block in _BLOCK.finditer(text):
        comment = _COMMENT.search(text, 0, block.start())
        words = comment["words"].split() if comment else []
        first = text.count("\n", 0, block.start("body")) + 1
        command, at = "", 0
        shown: list[str] = []
        for number, line in enumerate([*block["body"].splitlines(), "$ "], first):
            if line.startswith("$ "):
                if command:
                    found.append(Example(at, command, tuple(shown), "network" in words, "terminal" in words))
                command, at, shown = line[2:], number, []
            else:
                shown.append(line)
    return found


class Place:
    """A folder with `examples/`, a home, and the program as `rl`, in which the examples of one document run."""

    def __init__(self, folder: Path, services: Mapping[str, str] | None = None) -> None:
        self._folder = folder / "work"
        programs = folder / "bin"
        programs.mkdir(parents=True)
        shutil.copytree(ROOT / "examples", self._folder / "examples")
        program = programs / "rl"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m readlist "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        nobody = "http://127.0.0.1:9"
        self._environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("RL_", "XDG_")) and name not in ("NO_COLOR", "FORCE_COLOR", "EDITOR", "LANG")
        } | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",  # else a pipe would get all messages before all data
            "HOME": str(folder),
            "RL_HOME": str(folder / "home"),
            "RL_CONFIG": str(folder / "config.toml"),
            "RL_TODAY": "2026-11-21T09:30:00+08:00",
            "RL_ARXIV_URL": f"{nobody}/api/query",
            "RL_S2_URL": nobody,
            "RL_OPENALEX_URL": nobody,
            "RL_CROSSREF_URL": nobody,
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "80",
            **(services or {}),
        }

    def run(self, example: Example) -> Ran:
        done = subprocess.run(
            ["/bin/sh", "-c", example.command],
            cwd=self._folder,
            env=self._environment | ({"FORCE_COLOR": "1"} if example.terminal else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, tuple(line.rstrip() for line in _COLOURS.sub("", done.stdout).splitlines()))


@contextlib.contextmanager
def services(program: Path) -> Iterator[dict[str, str]]:
    """The recorded services of `program` on this machine: the settings that lead to them."""
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        try:
            found: dict[str, str] = json.loads(server.stdout.readline())["env"]
            yield {**found, "RL_ARXIV_DELAY": "0", "RL_S2_DELAY": "0"}
        finally:
            server.terminate()


def fits(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether a program printed what the document shows. Nothing shown fits anything."""
    if not shown:
        return True
    pattern = "".join(r"(?:.*\n)*" if line == ANYTHING else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _abridged(shown: tuple[str, ...], printed: tuple[str, ...]) -> list[str]:
    """`printed`, left out where `shown` leaves out: as many lines before the first `…` and after the last one."""
    if not shown or fits(shown, printed):
        return list(shown)
    if ANYTHING not in shown:
        return list(printed)
    before = shown.index(ANYTHING)
    after = len(shown) - 1 - max(i for i, line in enumerate(shown) if line == ANYTHING)
    return [*printed[:before], ANYTHING, *printed[max(before, len(printed) - after) :]]


def rewrite(document: Path, settings: Mapping[str, str] | None) -> list[str]:
    """Write what the examples print now into `document`; returns what failed or was not run, and is left as it was."""
    text = document.read_text(encoding="utf-8")
    lines = text.splitlines()
    faults: list[str] = []
    new: dict[int, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        places = {False: Place(Path(folder, "offline")), True: Place(Path(folder, "online"), settings)}
        for example in examples(text):
            if not example.runs or (example.network and settings is None):
                faults.append(f"{document.name}:{example.line}: not run: {example.command}")
                continue
            ran = places[example.network].run(example)
            if ran.code:
                faults.append(f"{document.name}:{example.line}: exit {ran.code}: {example.command}")
                continue
            new[example.line] = _abridged(example.shown, ran.lines)
    for example in reversed(examples(text)):
        if example.line in new:
            lines[example.line : example.line + len(example.shown)] = new[example.line]
    document.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return faults


def main(arguments: list[str]) -> None:
    with contextlib.ExitStack() as stack:
        settings = None
        with contextlib.suppress(pytest.skip.Exception):
            settings = stack.enter_context(services(shared("tools/replay.py")))
        for name in arguments:
            for fault in rewrite(Path(name), settings):
                sys.stderr.write(f"{fault}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
