"""How long `rl import` takes for pages that people keep by hand, beyond what any page costs to start.

The pages are by others and not part of the project: they are read where they are on this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import Command, Launcher, Run, middle, rounds
from benchmarks.places import BENCH, RL, ROOT

NAME = "pages"
RATE = 2.0  # seconds a megabyte beyond start-up, which no page may exceed
NOISE = 0.01  # seconds by which two medians of the same may differ on a machine that does other things, too
_EVERY = 9  # pages, before which start-up is measured again
_CLASSES = {
    "below 5 kB": 5_000, "5 to 20 kB": 20_000, "20 to 50 kB": 50_000, "50 to 250 kB": 250_000, "above 250 kB": 10**12,
}  # fmt: skip

ONE_BULLET = "- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n"
EACH_WAY = """\
# Reading list

> ✅ read, #TODO to read

## Birds

- [Counting Quills in Long Wings](https://arxiv.org/abs/2101.99991) ✅
- Sorting Feathers of Ducks, Ann Example et al. ACL 2021 [arXiv](https://arxiv.org/abs/2101.99992) (Citations 12) #TODO
  - The second table is worth a look.
- [2020-EMNLP] Nests on Trees without Leaves, https://doi.org/10.9999/nests.1
- [x] Songs Sung before the Morning (read 2024-03-01)
- Example, A., & Other, B. (2019). Eggs of many colours. Journal of Imagined Birds, 5, 1-9.

| Title | Authors | Venue | Year | Citations | Link | Read on |
|---|---|---|---|---|---|---|
| Wings that Fold | Ann Example, Bob Other | ICML | 2022 | 34 | [pdf](https://example.org/wings.pdf) | 2024-03-02 |

## 羽毛 Feathers

### [基于羽毛的深度学习方法](https://arxiv.org/abs/2101.99993)
- 作者：张三，李四
- 会议：ACL 2022
"""
"""One paper of each common way of writing. What is paid once a run (modules, patterns) is in the time for this page."""


def measure(launcher: Launcher, sizes: Sequence[str]) -> dict[str, Any]:
    """Seconds of each page and of start-up, beside the bound. The sizes of libraries are nothing to it."""
    there = found(Path(os.environ.get("READLIST_SHARED") or ROOT.parent / "shared"))
    if not there:
        return {"row": NAME, "fault": "the pages are not on this machine (../shared, or READLIST_SHARED)"}
    return {"row": NAME, **measured(launcher, there, BENCH / NAME)}


def found(shared: Path) -> list[Path]:
    """The pages below the folder, the smallest first; those that hold nothing are left out."""
    paths = [*(shared / "corpus" / "pages").glob("*"), *(shared / "seeds").glob("*.txt")]
    return sorted((path for path in paths if path.is_file() and path.stat().st_size), key=lambda it: it.stat().st_size)


def measured(launcher: Launcher, pages: Sequence[Path], folder: Path, most: int = 9) -> dict[str, Any]:
    """What the pages cost, in at most so many rounds; the pages of start-up are written to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = folder / "each way.md", folder / "one bullet.md"
    for path, text in zip(starts, (EACH_WAY, ONE_BULLET), strict=True):
        path.write_text(text, encoding="utf-8")
    commands: dict[str, Command] = {}
    for place, page in enumerate(pages):
        if place % _EVERY == 0:
            commands |= {f"{start} {place}": _importing(start) for start in starts}
        commands[str(page)] = _importing(page)
    runs = rounds(launcher, commands, most, min(5, most), 10.0)
    each, one = (
        [them for name, them in runs.items() if name.rpartition(" ")[0] == str(start)] for start in starts
    )  # fmt: skip
    if faults := [run.fault for them in (*each, *one) for run in them if run.fault]:
        return {"fault": f"rl import fails: {faults[0].partition(':')[0]}"}
    return {
        "each": _figures(starts[0], list(chain(*each))), "one": _figures(starts[1], list(chain(*one))),
        **judged([_told(page, runs[str(page)], each, one) for page in pages]),
    }  # fmt: skip


def _importing(page: Path) -> Command:
    return Command((str(RL), "import", str(page), "-q", "--yes"), {"RL_HOME": "{fresh}"})


def _figures(page: Path, runs: Sequence[Run]) -> dict[str, Any]:
    named = {"name": page.name, "bytes": page.stat().st_size, "rounds": len(runs)}
    return named | {figure: round(middle(runs, figure), 5) for figure in ("cpu", "wall")}


def _told(
    page: Path, runs: Sequence[Run], each: Sequence[Sequence[Run]], one: Sequence[Sequence[Run]]
) -> dict[str, Any]:
    if faults := [run.fault for run in runs if run.fault]:  # what rl says of it may hold words of the page
        return {"name": page.name, "bytes": page.stat().st_size, "fault": faults[0].partition(":")[0]}
    return {
        **_figures(page, runs), "beyond": beyond(runs, each, "cpu"), "beyond_by_wall": beyond(runs, each, "wall"),
        "beyond_one": beyond(runs, one, "cpu"),
    }  # fmt: skip


def beyond(runs: Sequence[Run], starts: Sequence[Sequence[Run]], figure: str) -> float:
    """Seconds more than the runs of start-up in the same round; the median."""
    startup = [middle(them, figure) for them in zip(*starts, strict=False)]
    return float(median(getattr(run, figure) - taken for run, taken in zip(runs, startup, strict=False)))


def judged(pages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The pages beside the bound, all together and by size; those beyond it, and the one that comes nearest to it."""
    good = []
    for page in pages:
        if "fault" not in page:
            megabytes = page["bytes"] / 1e6
            allowed = RATE * megabytes + NOISE
            kept = {f"kept{which}": page[f"beyond{which}"] <= allowed for which in ("", "_by_wall", "_one")}
            good.append({**page, "rate": page["beyond"] / megabytes, "allowed": allowed, **kept})
    good.sort(key=lambda page: (page["beyond"] - NOISE) / page["bytes"], reverse=True)
    return {
        "pages": good, "faults": [page for page in pages if "fault" in page], "classes": list(_classes(good)),
        "beyond": [page for page in good if not page["kept"]], "nearest": good[:1],
    }  # fmt: skip


def _classes(pages: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for (name, edge), least in zip(_CLASSES.items(), (0, *_CLASSES.values()), strict=False):
        if here := [page for page in pages if least <= page["bytes"] < edge]:
            told: dict[str, Any] = {"size": name, "pages": len(here)}
            told |= {which: sum(page[which] for page in here) for which in ("kept", "kept_one")}
            for figure in ("cpu", "rate"):
                values = [page[figure] for page in here]
                told[figure] = [median(values), max(values)]
            yield told


__all__ = ["EACH_WAY", "NAME", "NOISE", "ONE_BULLET", "RATE", "beyond", "found", "judged", "measure", "measured"]
