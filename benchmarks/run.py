"""One row measured: its commands side by side, its claims judged, all kept as a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from benchmarks import commands, libraries
from benchmarks.measure import Command, Launcher, Run, middle, ratio, rounds
from benchmarks.places import RESULTS
from benchmarks.rows import Claim, Row

Measured = dict[tuple[str, str], list[Run]]
"""Runs by command and size."""


def run(launcher: Launcher, row: Row, sizes: Sequence[str], most: int | None) -> dict[str, Any]:
    """Measure a row on the libraries of these sizes; returns what is kept of it."""
    claims = [claim for claim in row.claims if {claim.size, claim.base_size or claim.size} <= set(sizes)]
    wanted = dict.fromkeys(pair for claim in claims for pair in _commands(claim))
    found: dict[str, Command] = {}
    absent: dict[tuple[str, str], str] = {}
    for name, size in wanted:
        try:
            found[f"{name}@{size}"] = commands.find(launcher, name, size)
        except (commands.Absent, commands.Unknown, libraries.Missing) as error:
            absent[name, size] = str(error)
    limit = min(row.rounds, most) if most else row.rounds
    runs = rounds(launcher, found, limit, min(row.least, limit), row.seconds, row.warm)
    measured = {pair: runs.get("@".join(pair), []) for pair in wanted}
    return {
        "row": row.name,
        "title": row.title,
        "growth": row.growth,
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "commands": [_told(pair, measured[pair], absent.get(pair, ""), found) for pair in wanted],
        "claims": [_judged(claim, measured, absent, found) for claim in claims],
    }


def keep(result: dict[str, Any]) -> None:
    """Write the result where `make bench-doc` finds it."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{result['row']}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")


def _commands(claim: Claim) -> list[tuple[str, str]]:
    pairs = [(claim.what, claim.size)]
    if claim.base:
        # What does not depend on the library is measured once for all sizes.
        pairs.append((claim.base, claim.base_size or ("" if claim.base in ("P", "B") else claim.size)))
    return pairs


def _told(pair: tuple[str, str], runs: Sequence[Run], absent: str, found: dict[str, Command]) -> dict[str, Any]:
    good = [run for run in runs if not run.fault]
    told: dict[str, Any] = {"name": pair[0], "size": pair[1], "rounds": len(good)}
    if good:
        told |= {figure: round(middle(good, figure), 5) for figure in ("wall", "cpu", "peak")}
        papers = found["@".join(pair)].papers
        if papers:
            told |= {"papers": papers, "rate": round(papers / told["wall"], 1)}
    faults = [run.fault for run in runs if run.fault]
    if absent or faults:
        told["fault"] = absent or faults[0]
    return told


def _judged(
    claim: Claim, measured: Measured, absent: dict[tuple[str, str], str], found: dict[str, Command]
) -> dict[str, Any]:
    """The claim with what was measured (`value`) and whether it is met; or why there is no figure (`fault`)."""
    told: dict[str, Any] = {name: getattr(claim, name) for name in Claim.__slots__}
    pairs = _commands(claim)
    for pair in pairs:
        faults = [run.fault for run in measured[pair] if run.fault]
        if pair in absent or faults or not measured[pair]:
            told["fault"] = f"{pair[0]}: {absent.get(pair) or (faults or ['not measured'])[0]}"
            return told
    runs = [measured[pair] for pair in pairs]
    papers = [found["@".join(pair)].papers for pair in pairs]
    if claim.figure == "memory":
        value = middle(runs[0], "peak")
    elif not claim.base:
        value = papers[0] / middle(runs[0], "wall") if claim.figure == "rate" else middle(runs[0], "wall")
    elif claim.figure == "rate":
        value = papers[0] / papers[1] / ratio(runs[0], runs[1])
    else:
        value = ratio(runs[0], runs[1])
        if claim.at_least is not None:
            value = ratio(runs[1], runs[0])
    told["value"] = value
    if claim.at_most is not None:
        told["met"] = value <= claim.at_most
    if claim.at_least is not None:
        told["met"] = value >= claim.at_least
    return told
