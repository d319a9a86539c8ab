"""What is measured, against what, and what it may cost: one table. `make bench` measures a row's commands together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Figure = Literal["time", "rate", "memory"]


@dataclass(frozen=True, slots=True)
class Claim:
    """`what` on the library of `size` beside `base` (of `base_size`; else the same), and a bound of the ratio.

    `time`: seconds over the base's, `at_least`: how many times as fast. `rate`: papers a second, over the base's if
    there is one. `memory`: MB at the peak. Without a bound it is only told.
    """

    what: str
    size: str
    base: str = ""
    at_most: float | None = None
    at_least: float | None = None
    base_size: str = ""
    figure: Figure = "time"


@dataclass(frozen=True, slots=True)
class Row:
    """Commands that are measured in the same rounds: at most `rounds`, each within `seconds`, but `least`."""

    name: str
    title: str
    claims: tuple[Claim, ...]
    rounds: int = 21
    least: int = 3
    seconds: float = 8.0
    growth: str = ""
    """Whose growth over the sizes this row tells, as the picture names it."""
    warm: bool = True


K, TEN, HUNDRED, MILLION, REAL = "1000", "10000", "100000", "1000000", "real"
ALL = (K, TEN, HUNDRED, MILLION)


def _most(what: str, sizes: tuple[str, ...], **bounds: float) -> Iterator[Claim]:
    for size in sizes:
        for base, bound in bounds.items():
            yield Claim(what, size, base.replace("_", " "), at_most=bound)


def _least(what: str, sizes: tuple[str, ...], **bounds: float) -> Iterator[Claim]:
    for size in sizes:
        for base, bound in bounds.items():
            yield Claim(what, size, base.replace("__", "-").replace("_", " "), at_least=bound)


def _grown(what: str, bound: float | None, first: str = K) -> Iterator[Claim]:
    """How much longer it takes at a million than at `first`; the sizes between are only told."""
    for size in ALL:
        if size != first:
            is_end = size == MILLION
            yield Claim(what, size, what, base_size=first, at_most=bound if is_end else None)


def _screens() -> Iterator[Row]:
    for verb in ("todo", "list", "show"):
        for size in (TEN, HUNDRED):
            claims = [*_most(f"rl {verb}", (size,), B=0.35, **{f"typer_{verb}": 1.15})]
            claims += _least(f"rl {verb}", (size,), **{f"sqlite__utils_{verb}": 1.8})
            claims += _least(f"rl {verb}", (size,), **{f"taskwarrior_{verb}": 3.0 if size == TEN else 25.0})
            if size == TEN:
                claims += _least(f"rl {verb}", (size,), **{f"papis_{'show' if verb == 'show' else 'tag'}": 9.0})
            yield Row(f"screen-{verb}-{size}", f"`rl {_SAID[verb]}` in a pipe", tuple(claims))
        term = f"rl {verb} in a terminal"
        claims = [*_most(term, (TEN, HUNDRED), B=0.6)]
        claims += [Claim(term, size, f"rich {verb} in a terminal", at_most=1.25) for size in (TEN, HUNDRED)]
        yield Row(f"terminal-{verb}", f"`rl {_SAID[verb]}` in a terminal", tuple(claims))


_SAID = {"todo": "todo", "list": "list -t … --limit 50", "show": "show"}
_FREQUENT = ("any", "beginning", "湍", "湍流", "扩散模型")
_PEERS = ("sqlite-utils", "taskwarrior", "buku", "beets", "papis", "pubs")


def _beside(what: str, title: str, rl: str = "") -> Row:
    """One thing done by rl and by every peer that does it, at 10,000 papers."""
    names = (f"rl {rl or what}", *(f"{peer} {what}" for peer in _PEERS))
    return Row(f"peers-{what}", title, tuple(Claim(name, TEN, "P") for name in names), rounds=7, least=2, seconds=5)


ROWS: tuple[Row, ...] = (
    # Imports come first: the libraries that they make are those of all other rows.
    Row(
        "import-1000000", "`rl import` of a million as JSON lines",
        (
            Claim("rl import", MILLION, figure="rate", at_least=5_000),
            Claim("rl import", MILLION, figure="memory", at_most=400),
        ),
        rounds=1, least=1, warm=False, growth="rl import",
    ),
    Row(
        "import", "`rl import` of 10,000 as JSON lines",
        (
            Claim("rl import", TEN, "sqlite-utils import", at_most=1.5),
            Claim("rl import", TEN, "pubs import", at_least=15),
        ),
        rounds=5, least=2, seconds=12, warm=False,
    ),
    Row(
        "import-real", "`rl import` of the real papers of conferences, rate beside that at 10,000",
        (Claim("rl import", REAL, "rl import", base_size=TEN, figure="rate", at_least=0.8),),
        rounds=2, least=2, warm=False,
    ),
    Row(
        "growth-import", "`rl import` of JSON lines, growth",
        tuple(Claim("rl import", size, figure="rate") for size in (K, TEN, HUNDRED)),
        rounds=3, least=1, warm=False, growth="rl import",
    ),
    Row(
        "import-bibtex", "`rl import` of 10,000 BibTeX entries",
        (
            Claim("rl import bib", TEN, "rl import", at_most=2.5),
            Claim("rl import bib", TEN, "papers-cli import", at_least=5),
            Claim("rl import bib", TEN, "papis import", figure="rate", at_least=100),
        ),
        rounds=5, least=2, seconds=12, warm=False,
    ),
    Row("version", "`rl --version`", tuple(_most("rl version", (TEN,), P=8)), rounds=31),
    Row("complete", "completion of a paper's key", tuple(_most("rl complete", (TEN,), P=8)), rounds=31),
    Row("help", "`rl --help`", tuple(_most("rl help", (TEN,), P=16))),
    *_screens(),
    Row("growth-todo", "`rl todo`, growth", tuple(_grown("rl todo", 1.2, TEN)), growth="rl todo"),
    Row("growth-list", "`rl list -t … --limit 50`, growth", tuple(_grown("rl list", None)), growth="rl list -t …"),
    Row("growth-tag", "`rl list --tag …`, all hits, growth", tuple(_grown("rl tag", None)), growth="rl list --tag …"),
    Row("growth-show", "`rl show`, growth", tuple(_grown("rl show", None)), growth="rl show"),
    Row("growth-complete", "completion, growth", tuple(_grown("rl complete", None)), growth="TAB behind a key"),
    Row(
        "mark-read", "`rl mark-read`",
        (*_most("rl mark-read", ALL, B=1.2), *_least("rl mark-read", (TEN,), papis_modify=2.5)), rounds=15,
    ),
    Row("growth-mark-read", "`rl mark-read`, growth", tuple(_grown("rl mark-read", 1.2)), growth="rl mark-read"),
    Row(
        "add", "`rl add --no-fetch`",
        (*_most("rl add", ALL, B=1.2), *_least("rl add", (TEN,), papis_add=2.5)), rounds=15,
    ),
    Row("growth-add", "`rl add --no-fetch`, growth", tuple(_grown("rl add", 1.2)), growth="rl add --no-fetch"),
    Row(
        "search", "`rl search`, few hits",
        (
            *_most("rl search", (TEN, HUNDRED, MILLION), B=0.35),
            *_least("rl search", (TEN,), sqlite__utils_search=1.4, papis_search=7),
        ),
    ),
    Row(
        "growth-search", "`rl search`, few hits, growth", tuple(_grown("rl search", 1.3, TEN)),
        growth="rl search, few hits",
    ),
    Row(
        "search-any", "`rl search` of words that many of a million papers have: English, its beginning, and Chinese",
        tuple(claim for words in _FREQUENT for claim in _most(f"rl search {words}", (MILLION,), B=1.2)), rounds=7,
    ),
    Row(
        "growth-search-any", "`rl search` of a frequent word, growth",
        tuple(_grown("rl search any", None)), rounds=7, growth="rl search, many hits",
    ),
    Row(
        "export", "`rl export --format bibtex` of 10,000",
        tuple(_least("rl export", (TEN,), pubs_export=4, papis_export=80)), rounds=9, least=2, warm=False,
    ),
    Row(
        "growth-export", "`rl export --format bibtex`, growth", tuple(_grown("rl export", None)),
        rounds=3, least=1, warm=False, growth="rl export",
    ),
    Row("all", "`rl list` of 10,000 into a pipe", tuple(_most("rl all", (TEN,), P=10))),
    Row(
        "growth-all", "`rl list --limit 0` into a pipe, growth", tuple(_grown("rl all", None)),
        rounds=3, least=1, warm=False, growth="rl list --limit 0",
    ),
    _beside("version", "start (`--version`)"),
    _beside("todo", "what to read next"),
    _beside("tag", "list by tag"),
    _beside("search", "search, few hits"),
    _beside("add", "add one"),
    _beside("modify", "change one", "mark-read"),
)  # fmt: skip


def named(names: str) -> list[Row]:
    """The rows whose names begin with one of these, or have them as a part; of nothing all."""
    wanted = [name for name in names.replace(",", " ").split() if name]
    return [row for row in ROWS if not wanted or any(name in row.name for name in wanted)]
