"""docs/benchmarks.md, made of the results that are kept; nothing is measured here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.commands import spelt
from benchmarks.pages import NOISE, RATE
from benchmarks.places import RESULTS, ROOT
from benchmarks.plot import drawn
from benchmarks.rows import ROWS

Result = Mapping[str, Any]

_PICTURE = "benchmarks-growth.svg"
_METHOD = """\
# What the commands cost

Measured by `make bench`; `make bench-doc` writes this page again from the results that it kept in `.bench/results/`.
`make bench SIZES="1000 10000" ROWS=todo,search ROUNDS=5` measures a part.

**Method.** The commands of a row are started one after the other, each once per round, the order turned round every
other round, and what is slow only in the first rounds; one round before that warms the caches and does not count, but
where papers are taken in or written out. Every figure is of a whole process on a warm page cache: wall time from start
to end, peak memory as the kernel tells it. Figures are medians; a ratio is taken round by round and its median told, so
that what else the machine does falls on both sides. P is `python -c pass`, B is `python -c "import typer, sqlalchemy"`,
both in the environment of rl. Commands "in a terminal" run in one of 100 columns, all others write into a pipe.
"`typer …`" and "`rich …`" are the scripts in `benchmarks/floors/`: the same queries with Typer and twenty commands,
printed as plain lines or as a Rich table.

**Libraries.** Made up, the same on every machine, the smaller ones the beginning of the larger: abstracts of about 150
English-looking words by Zipf's law, every tenth paper in Chinese of everyday terms. "Real" are papers of conferences,
where their file is at hand. The library of a million is what `rl import` made of JSON lines. Commands that write add to
these libraries; a few papers more or less do not show.

**Other programs.** Each is installed into an environment of its own and gets the same papers. They do not all do the
same: buku takes in no abstracts (its search is over titles), pubs searches titles and its import knows no tags, papis'
files are written directly (of its own import 300 papers are measured), beets keeps papers as items of music,
sqlite-utils is asked by SQL written by hand, Taskwarrior is C++ and not measured beyond 100,000, of papers-cli only
its import is measured. What is asked of each is in `benchmarks/peers/`.
"""


def write() -> list[Path]:
    """Write the page and its picture; returns what was written."""
    results = _kept()
    growth = _series(results)
    docs = ROOT / "docs"
    picture = docs / _PICTURE
    page = docs / "benchmarks.md"
    written = [page]
    if growth:
        picture.write_text(drawn(growth, "Time of each command by papers in the library"), encoding="utf-8")
        written.append(picture)
    page.write_text(text(results), encoding="utf-8")
    return written


def _kept() -> dict[str, Result]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*.json"))}


def text(results: Mapping[str, Result]) -> str:
    """The page."""
    rows = [results[row.name] for row in ROWS if row.name in results]
    parts = [
        _METHOD,
        f"**Names.** {'; '.join(f'`{name}` is `{line}`' for name, line in spelt().items())}.\n",
        *_machine(results.get("machine")),
        "## Bounds\n",
        *_bounds(rows),
        "## Growth\n",
        *_growth(rows),
        "## Beside other programs\n",
        "At 10,000 papers: milliseconds, and how many times as long as `python -c pass`.\n",
        *_peers(results),
        "## Does search find?\n",
        *_recall(results.get("recall")),
        "## Bytes per paper\n",
        *_bytes(results.get("sizes")),
        "## Pages kept by hand\n",
        *_pages(results.get("pages")),
        "## Every command\n",
        *_commands(rows),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _machine(told: Result | None) -> Iterator[str]:
    if told:
        yield (
            f"**Machine.** {told['processor']}, {told['cores']} cores, {told['memory'] / 1024:.0f} GiB, "
            f"{told['system']}. {', '.join(f'{name} {version}' for name, version in told['versions'].items())}.\n"
        )


# -- bounds ------------------------------------------------------------------------------------------------------------


def _bounds(rows: list[Result]) -> Iterator[str]:
    claims = [claim for row in rows for claim in row["claims"] if _bound(claim)]
    met = sum(bool(claim.get("met")) for claim in claims)
    yield f"{met} of {len(claims)} are met. ✗ marks what is missed, — what could not be measured.\n"
    yield "| what | papers | beside | bound | measured | |\n|---|--:|---|--:|--:|---|"
    for row in rows:
        for claim in row["claims"]:
            if _bound(claim):
                mark = "✓" if claim.get("met") else "—" if "fault" in claim else "✗"
                yield (
                    f"| {_name(claim['what'])} | {_size(claim['size'])} | {_beside(claim)} | {_bound(claim)} "
                    f"| {_value(claim)} | {mark} |"
                )
    yield ""
    faults = dict.fromkeys(claim["fault"] for claim in claims if "fault" in claim)
    yield from (f"- not measured: {_cell(fault)}" for fault in faults)
    yield ""


def sentence(claim: Result) -> str:
    """A claim on one line, for the terminal."""
    mark = {True: "met", False: "MISSED"}.get(claim.get("met", ""), "")
    beside = f" beside {_beside(claim)}" if claim["base"] else ""
    return f"{claim['what']} @{claim['size']}{beside}: {_value(claim)} {_bound(claim)} {mark} {claim.get('fault', '')}"


def _bound(claim: Result) -> str:
    for sign, bound in (("≤", claim["at_most"]), ("≥", claim["at_least"])):
        if bound is not None:
            return f"{sign} {_figure(claim, bound)}"
    return ""


def _value(claim: Result) -> str:
    return _figure(claim, claim["value"]) if "value" in claim else "—"


def _figure(claim: Result, value: float) -> str:
    if claim["figure"] == "memory":
        return f"{value:,.0f} MB"
    if claim["figure"] == "rate" and not claim["base"]:
        return f"{value:,.0f}/s"
    if claim["at_least"] is not None and claim["figure"] == "time":
        return f"{value:.3g} × as fast"
    return f"{value:.3g} ×"


def _beside(claim: Result) -> str:
    if not claim["base"]:
        return ""
    if claim["base_size"]:
        own = "itself" if claim["base"] == claim["what"] else _name(claim["base"])
        return f"{own} at {_size(claim['base_size'])}"
    return _name(claim["base"])


def _name(command: str) -> str:
    return command if command in ("P", "B") else f"`{command}`"


def _size(size: str) -> str:
    return f"{int(size):,}" if size.isdigit() else size


def _cell(said: str) -> str:
    return said.replace("|", "\\|").replace("\n", " ")


# -- growth ------------------------------------------------------------------------------------------------------------


def _series(results: Mapping[str, Result]) -> dict[str, list[tuple[int, float]]]:
    """By command: (papers, seconds) of the rows that tell its growth."""
    found: dict[str, dict[int, float]] = {}
    for row in ROWS:
        told = results.get(row.name)
        if row.growth and told:
            line = {int(it["size"]): it["wall"] for it in told["commands"] if "wall" in it}
            found.setdefault(row.growth, {}).update(line)
    return {name: sorted(line.items()) for name, line in found.items() if len(line) > 1}


def _growth(rows: list[Result]) -> Iterator[str]:
    series = _series({row["row"]: row for row in rows})
    if not series:
        yield "Not measured.\n"
        return
    yield f"![Time of each command by papers in the library]({_PICTURE})\n"
    sizes = sorted({count for line in series.values() for count, _ in line})
    yield "| command, ms | " + " | ".join(f"{size:,}" for size in sizes) + " | last over first |"
    yield "|---|" + "--:|" * (len(sizes) + 1)
    for name, line in series.items():
        by_size = dict(line)
        cells = [f"{by_size[size] * 1000:,.0f}" if size in by_size else "" for size in sizes]
        yield f"| {name} | {' | '.join(cells)} | {line[-1][1] / line[0][1]:,.2f} × |"
    yield ""


# -- the rest ----------------------------------------------------------------------------------------------------------


def _peers(results: Mapping[str, Result]) -> Iterator[str]:
    rows = [results[row.name] for row in ROWS if row.name.startswith("peers-") and row.name in results]
    if not rows:
        yield "Not measured.\n"
        return
    programs = list(dict.fromkeys(claim["what"].split()[0] for row in rows for claim in row["claims"]))
    yield "| | " + " | ".join(row["title"] for row in rows) + " |"
    yield "|---|" + "--:|" * len(rows)
    for program in programs:
        cells = []
        for row in rows:
            walls = {it["name"]: it.get("wall") for it in row["commands"]}
            of_it = [claim for claim in row["claims"] if claim["what"].split()[0] == program and "value" in claim]
            cells.append(f"{walls[of_it[0]['what']] * 1000:,.0f} ({of_it[0]['value']:.1f} P)" if of_it else "–")
        yield f"| {program} | {' | '.join(cells)} |"
    yield ""


def _recall(told: Result | None) -> Iterator[str]:
    good = {size: it for size, it in (told or {"libraries": {}})["libraries"].items() if "queries" in it}
    if not good:
        yield "Not measured.\n"
        return
    yield (
        "Queries of one to five words taken from titles and abstracts (English, Chinese, both) beside a plain scan of "
        "all texts; and titles typed whole, in quotes and word by word.\n"
    )
    yield "| papers | queries | papers found of those that have the words | queries that miss none | titles | first |"
    yield "|--:|--:|--:|--:|--:|--:|"
    for size, it in good.items():
        name = f"{it['papers']:,}{'' if size.isdigit() else ' (real)'}"
        yield f"| {name} | {it['queries']:,} | {it['recall']:.4f} | {it['whole']:,} | {it['titles']} | {it['first']} |"
    yield ""
    for said, which in (("Queries that miss something", "missed"), ("Titles that do not come first", "late")):
        texts = [text for it in good.values() for text in it[which]]
        if texts:
            yield f"{said}: {'; '.join(f'`{_cell(text)}`' for text in texts)}.\n"


def _bytes(told: Result | None) -> Iterator[str]:
    if not told:
        yield "Not measured.\n"
        return
    good = {size: it for size, it in told["libraries"].items() if "bytes" in it}
    kinds = list(dict.fromkeys(kind for it in good.values() for kind in sorted(it["bytes"])))
    yield "| papers | " + " | ".join(kinds) + " | all | share of the index |\n|--:|" + "--:|" * (len(kinds) + 2)
    for size, it in good.items():
        whole = sum(it["bytes"].values())
        each = [f"{it['bytes'].get(kind, 0) / it['papers']:,.0f}" for kind in kinds]
        share = it["bytes"].get("full-text index", 0) / whole
        name = _size(size) if size.isdigit() else f"{it['papers']:,} (real)"
        yield f"| {name} | {' | '.join(each)} | {whole / it['papers']:,.0f} | {share:.0%} |"
    yield ""
    yield from (f"- {_size(size)}: {_cell(it['fault'])}" for size, it in told["libraries"].items() if "fault" in it)


def _pages(told: Result | None) -> Iterator[str]:
    if not told or "fault" in told:
        yield f"Not measured{': ' + _cell(told['fault']) if told else ''}.\n"
        return
    each, one, pages = told["each"], told["one"], told["pages"]
    rounds = max((it["rounds"] for it in pages), default=0)
    start, bullet = (f"{it['cpu'] * 1000:,.0f} ms (wall time {it['wall'] * 1000:,.0f} ms)" for it in (each, one))
    yield (
        f"`rl import PAGE -q --yes` into an empty library: {len(pages)} pages by others. Seconds are of the processor "
        f"(user and system), medians of up to {rounds} rounds. *Start-up* is the same command on a page of "
        f"{each['bytes']:,} bytes, made up, with one paper of each common way of writing (bullets with links, marks, "
        "authors and venue, a count, a day, a reference; a table row; a heading with fields), so that what a run pays "
        f"once, loading modules and compiling patterns, is in it: {start}. A page of one bullet takes {bullet}. Both "
        "are measured several times in each round, and taken off round by round. Below 20 kB the noise of ±5 ms is "
        "most of what a page shows, and one that does not write in all these ways comes out below zero.\n"
    )
    yield "| size | pages | s, median | worst | s/MB beyond start-up, median | worst | within bound | by one bullet |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for it in told["classes"]:
        cells = [f"{value:.{places}f}" for of, places in (("cpu", 3), ("rate", 2)) for value in it[of]]
        cells += map(str, (it["kept"], it["kept_one"]))
        yield f"| {it['size']} | {it['pages']} | {' | '.join(cells)} |"
    kept, by_wall = (sum(page[name] for page in pages) for name in ("kept", "kept_by_wall"))
    yield (
        f"\nThe bound: start-up + {RATE:g} s/MB × size + {NOISE * 1000:g} ms of noise. {kept} of {len(pages)} pages "
        f"are within it; by wall time, in which whatever else the machine does is counted, {by_wall}. The last column "
        "takes the page of one bullet for start-up.\n"
    )
    for it in told["beyond"] or told["nearest"]:
        yield (
            f"- {'Beyond' if told['beyond'] else 'Nearest to'} it: `{it['name']}`, {it['bytes'] / 1000:,.1f} kB, "
            f"{it['cpu']:.3f} s: {it['beyond'] * 1000:,.0f} of {it['allowed'] * 1000:,.0f} ms beyond start-up, "
            f"{it['rate']:.2f} s/MB"
        )
    yield from (f"- not measured: `{it['name']}`: {it['fault']}" for it in told["faults"])
    yield ""


def _commands(rows: list[Result]) -> Iterator[str]:
    yield "| row | command | papers | rounds | wall ms | processor ms | peak MB | papers/s |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        for it in row["commands"]:
            head = f"| {row['row']} | {_name(it['name'])} | {_size(it['size'])} | {it['rounds']} "
            if "wall" in it:
                rate = f"{it['rate']:,.0f}" if "rate" in it else ""
                yield f"{head}| {it['wall'] * 1000:,.1f} | {it['cpu'] * 1000:,.1f} | {it['peak']:,.1f} | {rate} |"
            else:
                yield f"{head}| {_cell(it.get('fault', ''))} | | | |"
    yield ""
