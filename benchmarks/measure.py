"""Commands measured side by side: each once per round, the order turned round every other round."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any

from benchmarks.places import BENCH, environment

_LONGEST = 1_800.0  # seconds; a command that takes longer is stopped


@dataclass(frozen=True, slots=True)
class Command:
    """A command to be started. In its words and environment `{n}` is the number of the run, `{fresh}` a new folder."""

    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    terminal: bool = False
    stdin: str = ""
    cwd: str = "/"
    before: Callable[[int, Path], Mapping[str, str]] | None = None
    """Makes ready, which is not measured; given the number of the run and the new folder.

    It returns what else stands for `{name}`.
    """
    papers: int = 0
    """How many papers it takes in, for a rate."""
    keep: Path | None = None
    """Where the new folder goes afterwards, if nothing is there; else it is removed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost: seconds, and MB at the peak. `fault`: why it counts for nothing."""

    wall: float
    cpu: float
    peak: float
    fault: str = ""


class Launcher:
    """The process that starts commands (`launch.py`). `scratch`: where the new folders are made."""

    def __init__(self, scratch: Path = BENCH / "fresh") -> None:
        self._scratch = scratch

    def __enter__(self) -> Launcher:
        script = Path(__file__).with_name("launch.py")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, command: Command, number: int = 0) -> Run:
        """Run it once."""
        run, _ = self.run_and_read(command, number)
        return run

    def run_and_read(self, command: Command, number: int = 0) -> tuple[Run, str]:
        """Run it once; also the last that it printed."""
        fresh = self._scratch / "new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        values = {"n": str(number), "fresh": str(fresh)}
        values |= command.before(number, fresh) if command.before else {}
        argv = [_filled(word, values) for word in command.argv]
        env = environment(**{name: _filled(value, values) for name, value in command.env.items()})
        request = {
            "argv": argv, "env": env, "cwd": command.cwd, "stdin": _filled(command.stdin, values),
            "terminal": command.terminal, "seconds": _LONGEST,
        }  # fmt: skip
        assert self._process.stdin and self._process.stdout
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        fault = ""
        if answer["code"]:
            said = (answer["faults"] or answer["printed"]).strip().splitlines() or ["nothing said"]
            fault = f"exit code {answer['code']}: {' / '.join(said[-2:])}"[:300]
        if command.keep and not fault and not command.keep.exists():
            command.keep.parent.mkdir(parents=True, exist_ok=True)
            fresh.rename(command.keep)
        else:
            shutil.rmtree(fresh, ignore_errors=True)
        return Run(answer["wall"], answer["cpu"], answer["peak"], fault), answer["printed"]


def _filled(word: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word


def rounds(
    launcher: Launcher, commands: Mapping[str, Command], most: int, least: int, seconds: float, warm: bool = True
) -> dict[str, list[Run]]:
    """The runs of each command, round by round: `most` of each, or as many as fit into `seconds`, but `least`.

    So what is slow is left out of the later rounds. A command that fails is not started again. A first round, which
    warms the caches, is not counted.
    """
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    spent = dict.fromkeys(commands, 0.0)
    offset = time.time_ns() // 1_000_000_000 % 1_000_000 * 100  # what is added in a run must be new to the library
    for number in range(-1 if warm else 0, most):
        going = [
            name
            for name in commands
            if (number < least or spent[name] < seconds) and not (runs[name] and runs[name][-1].fault)
        ]
        for name in going if number % 2 == 0 else reversed(going):
            begun = time.monotonic()
            run = launcher.run(commands[name], offset + number + 1)
            spent[name] += time.monotonic() - begun
            if number >= 0 or run.fault:
                runs[name].append(run)
    return runs


def middle(runs: Sequence[Run], figure: str) -> float:
    """The median of one figure: wall, cpu or peak."""
    return float(median(getattr(run, figure) for run in runs))


def ratio(runs: Sequence[Run], base: Sequence[Run], figure: str = "wall") -> float:
    """How many times as much as the base, taken round by round; the median."""
    return float(median(getattr(a, figure) / getattr(b, figure) for a, b in zip(runs, base, strict=False)))
