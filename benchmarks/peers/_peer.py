"""What all peers have in common."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from benchmarks import papers
from benchmarks.measure import Command
from benchmarks.places import BENCH, PYTHON, environment, peer_library


class Absent(Exception):
    """The peer is not on this machine; says why."""


class Peer(ABC):
    """A program: how it is had, how it gets its library, and which of its commands do what rl does."""

    name: str
    packages: tuple[str, ...] = ()
    most: int = 1_000_000
    """Papers; with more it is not tried."""

    def __init__(self) -> None:
        self._bin = BENCH / "venv" / self.name / "bin"

    # -- how it is had -------------------------------------------------------------------------------------------------

    def install(self) -> None:
        """Put it into its own environment, if it is not there. Raises Absent."""
        if (self._bin / ".installed").exists():
            return
        shutil.rmtree(self._bin.parent, ignore_errors=True)
        sys.stderr.write(f"installing {self.name} …\n")
        # `make` holds what pip installs to the versions that rl is tested with; others have their own.
        free = {name: value for name, value in os.environ.items() if not name.endswith("_CONSTRAINT")}
        for argv in (
            [str(PYTHON), "-m", "venv", str(self._bin.parent)],
            [str(self._bin / "pip"), "install", "-q", "--disable-pip-version-check", *self.packages],
        ):
            done = subprocess.run(argv, capture_output=True, text=True, env=free)
            if done.returncode:
                raise Absent(f"cannot be installed: {done.stderr.strip().splitlines()[-1]}")
        (self._bin / ".installed").touch()

    def program(self, name: str | None = None) -> str:
        """The path of its program."""
        return str(self._bin / (name or self.name))

    def version(self) -> str:
        """The version that is installed."""
        code = f"from importlib.metadata import version; print(version({self.name!r}))"
        return self.output([self.program("python"), "-c", code]).strip()

    def output(self, argv: list[str], env: Mapping[str, str] | None = None, given: str | None = None) -> str:
        """What a command prints; a failure raises Absent with what it said."""
        done = subprocess.run(argv, capture_output=True, text=True, input=given, env=environment(**(env or {})))
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines() or ["nothing said"]
            raise Absent(f"{argv[0].rpartition('/')[2]} failed: {said[-1]}")
        return done.stdout

    # -- its library ---------------------------------------------------------------------------------------------------

    def library(self, size: int) -> Path:
        """The folder of its library of this size, filled if it is not there."""
        folder = peer_library(self.name, str(size))
        if size > self.most:
            raise Absent(f"not tried with more than {self.most:,} papers")
        if not (folder / ".filled").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            sys.stderr.write(f"filling {self.name}'s library of {size:,} …\n")
            self.fill(folder, size)
            (folder / ".filled").touch()
        return folder

    def papers(self, size: int) -> Iterator[tuple[int, papers.Paper]]:
        """The papers with their numbers from 1."""
        return enumerate(islice(papers.papers(size), size), 1)

    @abstractmethod
    def fill(self, folder: Path, size: int) -> None:
        """Make its library in an empty folder."""

    @abstractmethod
    def commands(self, size: int) -> Mapping[str, Command]:
        """By what they do (version, list, todo, search, add, modify, export, import): its commands on its library."""


def key(number: int) -> str:
    """How peers that need a key call the paper with this number."""
    return f"bench{number}"


def bibtex(number: int, given: papers.Paper | None = None) -> str:
    """An entry for a paper that is new."""
    new = {
        "title": f"A new paper {number}", "authors": ["Ada New"], "year": 2026, "venue": "ACL", "tags": ["survey"],
        "abstract": "New.", "doi": f"10.9999/new.{number}",
    }  # fmt: skip
    return papers.bibtex(given or new, key(number))
