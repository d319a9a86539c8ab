"""The commands that are measured, by name: `rl todo`, `papis search`, `P` … on the library of one size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarks import libraries
from benchmarks.measure import Command, Launcher
from benchmarks.peers import peers
from benchmarks.peers._peer import Absent
from benchmarks.places import FLOORS, PYTHON, RL
from benchmarks.words import COMMON, RARE, TAG, TOPIC

_RL: Mapping[str, tuple[str, ...]] = {
    "version": ("--version",),
    "help": ("--help",),
    "todo": ("todo",),
    "list": ("list", "-t", TOPIC, "--limit", "50"),
    "tag": ("list", "--tag", TAG),
    "show": ("show", "500"),
    "search": ("search", RARE),
    "search any": ("search", COMMON, "--limit", "20"),
    "search beginning": ("search", COMMON[:4], "--limit", "20"),
    "search 湍": ("search", "湍", "--limit", "20"),
    "search 湍流": ("search", "湍流", "--limit", "20"),
    "search 扩散模型": ("search", "扩散模型", "--limit", "20"),
    "mark-read": ("mark-read", "{paper}", "--pass", "1"),
    "add": ("add", "--no-fetch", "10.9999/new.{n}"),
    "all": ("list", "--limit", "0"),
    "export": ("export", "--format", "bibtex"),
}
_COMPLETED = "rl show lear"
_FLOORS: Mapping[str, tuple[str, ...]] = {
    "P": ("-c", "pass"),
    "B": ("-c", "import typer, sqlalchemy"),
    "raw todo": (str(FLOORS / "raw_todo.py"), "{library}"),
    "typer todo": (str(FLOORS / "typer_todo.py"), "todo", "{library}"),
    "typer list": (str(FLOORS / "typer_todo.py"), "topic", "{library}", "-t", TOPIC),
    "typer show": (str(FLOORS / "typer_todo.py"), "show", "{library}", "500"),
    "rich todo": (str(FLOORS / "typer_todo.py"), "todo", "{library}", "--table"),
    "rich list": (str(FLOORS / "typer_todo.py"), "topic", "{library}", "-t", TOPIC, "--table"),
    "rich show": (str(FLOORS / "typer_todo.py"), "show", "{library}", "500", "--table"),
}
TERMINAL = " in a terminal"


class Unknown(Exception):
    """There is no such command."""


def spelt() -> dict[str, str]:
    """How the commands of rl are typed whose names do not say it."""
    lines = {f"rl {name}": " ".join(("rl", *words)) for name, words in _RL.items()}
    lines |= {
        "rl complete": f"{_COMPLETED}<TAB>",
        "rl import": "rl import -q FILE.jsonl",
        "rl import bib": "rl import -q FILE.bib",
    }
    return {name: line for name, line in lines.items() if name != line}


def find(launcher: Launcher, name: str, size: str) -> Command:
    """The command of this name on the library of this size. Raises Absent, Missing or Unknown, which say why."""
    bare = name.removesuffix(TERMINAL)
    return replace(_find(launcher, bare, size), terminal=bare != name)


def _find(launcher: Launcher, name: str, size: str) -> Command:
    if name in _FLOORS:
        needs = any("{library}" in word for word in _FLOORS[name])
        library = str(libraries.rl(launcher, size) / "readlist.db") if needs else ""
        return Command((str(PYTHON), *(word.replace("{library}", library) for word in _FLOORS[name])))
    program, _, what = name.partition(" ")
    if program == "rl":
        return _rl(launcher, what, size)
    libraries.file(size, "jsonl")
    if program in ("pubs", "papers-cli"):
        libraries.file(size, "bib")
    found = _peer(program, libraries.count(size))
    if what not in found:
        raise Unknown(f"{program} has nothing like it")
    return found[what]


@cache
def _peer(program: str, papers: int) -> Mapping[str, Command]:
    peer = peers()[program]
    peer.install()
    return peer.commands(papers)


def _rl(launcher: Launcher, what: str, size: str) -> Command:
    if what.startswith("import"):
        return libraries.taking_in(size, "bib" if what == "import bib" else "jsonl")
    home = libraries.rl(launcher, size)
    env = {"RL_HOME": str(home)}
    if what == "complete":
        typed = {"_RL_COMPLETE": "complete_bash", "COMP_WORDS": _COMPLETED, "COMP_CWORD": "2"}
        return Command((str(RL),), env={**env, **typed})
    return Command((str(RL), *_RL[what]), env=env, before=_another(libraries.count(size)))


def _another(papers: int) -> Callable[[int, Path], Mapping[str, str]]:
    """Each run a paper that is not the last one's."""
    return lambda number, fresh: {"paper": str(number * 7_919 % papers + 1)}


__all__ = ["TERMINAL", "Absent", "Unknown", "find"]
