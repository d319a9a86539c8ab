"""A library of two thousand papers is fetched in 24 requests, and whatever ends that halfway costs one of them."""

import json
import shutil
import signal
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.replay import ARXIV, SCHOLAR, Replay, at_home, ids_of, ran, replayed, started
from tests.shared import shared

HOW_MANY = 2000
REQUESTS = {ARXIV: 20, SCHOLAR: 4}  # a hundred papers in one, five hundred
_ATOM = "{http://www.w3.org/2005/Atom}"

Log = list[dict[str, Any]]
Listing = list[dict[str, Any]]


def listing(env: Mapping[str, str]) -> Listing:
    found: Listing = json.loads(ran("list", "--json", env=env))["data"]["papers"]
    return found


@pytest.fixture(scope="module")
def titles() -> dict[str, str]:
    """2,000 arXiv ids and their titles as recorded: the 15 that both services were recorded for, and others."""
    both = sorted(shared("corpus/derived/replay").glob("*.arxiv.xml"))
    files = [*both, shared("corpus/arxiv/stringology/DERIVED_feed_wrapped.xml")]
    found: dict[str, str] = {}
    for file in files:
        for entry in ET.parse(file).getroot().iter(f"{_ATOM}entry"):
            name = (entry.findtext(f"{_ATOM}id") or "").partition("/abs/")[2].rpartition("v")[0]
            found.setdefault(name, " ".join((entry.findtext(f"{_ATOM}title") or "").split()))
    chosen = dict(sorted([*found.items()][:HOW_MANY]))
    assert len(chosen) == HOW_MANY and {file.name.removesuffix(".arxiv.xml") for file in both} <= chosen.keys()
    return chosen


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Replay]]:
    """The recorded services with either generation of arXiv's feed."""
    with ExitStack() as stack:
        yield {atom: stack.enter_context(replayed("--atom", atom)) for atom in ("new", "old")}


@pytest.fixture(scope="module")
def stored(titles: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library of all papers, none of them fetched. It is copied, never changed."""
    home = tmp_path_factory.mktemp("stored") / "home"
    ran("add", "--no-fetch", "--from", "-", env=at_home(home), given="\n".join(titles))
    return home


@pytest.fixture(scope="module")
def fetched(
    stored: Path, servers: dict[str, Replay], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, Listing, Log]]:
    """That library fetched without disturbance, from either server: its folder, its papers, and what was asked."""
    homes = {atom: shutil.copytree(stored, tmp_path_factory.mktemp(atom) / "home") for atom in servers}
    with ExitStack() as stack:
        both = [
            stack.enter_context(started("refresh", "--pending", env=at_home(homes[atom], server)))
            for atom, server in servers.items()
        ]
        assert [one.ended() for one in both] == [0, 0]
    return {atom: (home, listing(at_home(home)), servers[atom].log()) for atom, home in homes.items()}


@pytest.fixture
def server(fetched: object, servers: dict[str, Replay]) -> Replay:
    """The recorded services, with an empty log."""
    servers["new"].forget()
    return servers["new"]


@pytest.mark.parametrize("atom", ["new", "old"])
def test_every_paper_is_asked_for_once(fetched: dict[str, tuple[Path, Listing, Log]], atom: str) -> None:
    _, _, log = fetched[atom]
    asked = Counter(entry["path"] for entry in log)
    assert {path: asked[path] for path in REQUESTS} == REQUESTS
    for path in REQUESTS:
        names = [name for entry in log if entry["path"] == path for name in ids_of(entry)]
        assert len(names) == len(set(names)) == HOW_MANY


@pytest.mark.parametrize("atom", ["new", "old"])
def test_every_title_is_the_recorded_one(
    fetched: dict[str, tuple[Path, Listing, Log]], titles: dict[str, str], atom: str
) -> None:
    _, papers, _ = fetched[atom]
    assert {paper["identifiers"]["arxiv"]: paper["title"] for paper in papers} == titles
    assert not any(paper["pending"] for paper in papers)
    assert sum(paper["citations"] is not None for paper in papers) == 15, "those that Semantic Scholar knows"


def test_either_generation_of_the_feed_makes_the_same_library(
    fetched: dict[str, tuple[Path, Listing, Log]],
) -> None:
    assert fetched["new"][1] == fetched["old"][1]


def test_what_is_fresh_is_not_asked_for_again(fetched: dict[str, tuple[Path, Listing, Log]], server: Replay) -> None:
    env = at_home(fetched["new"][0], server)
    ran("refresh", "--stale", "7d", env=env)
    ran("refresh", "--pending", env=env)
    assert server.log() == []


def waiting(path: str, number: int) -> Callable[[Log], bool]:
    """The `number`-th request to `path` has come in and has no answer."""

    def seen(log: Log) -> bool:
        there = [entry for entry in log if entry["path"] == path]
        return len(there) == number and there[-1]["status"] is None

    return seen


def answered(path: str, number: int) -> Callable[[Log], bool]:
    """The `number`-th request to `path` has its answer, which is now being read and saved."""

    def seen(log: Log) -> bool:
        there = [entry for entry in log if entry["path"] == path]
        return len(there) >= number and there[number - 1]["status"] == 200

    return seen


def test_killed_three_times_it_ends_in_the_same_library(
    stored: Path, fetched: dict[str, tuple[Path, Listing, Log]], server: Replay, tmp_path: Path
) -> None:
    home = shutil.copytree(stored, tmp_path / "killed")
    env = at_home(home, server)
    moments = [
        (ARXIV, ["ok", "ok", "stall:60"], waiting(ARXIV, 3)),
        (ARXIV, [], answered(ARXIV, 12)),
        (SCHOLAR, ["ok", "stall:60"], waiting(SCHOLAR, 2)),
    ]
    ends = []
    for path, plan, moment in moments:
        server.play(*plan, prefix=path)
        with started("refresh", "--pending", env=env) as running:
            server.until(moment)
            running.process.kill()
            assert running.ended() == -signal.SIGKILL
        ends.append(len(server.log()))
    ran("refresh", "--pending", env=env)
    log = server.log()
    for start, end in zip(ends, [*ends[1:], len(log)], strict=True):
        known = {(entry["path"], name) for entry in log[:start] for name in ids_of(entry)}
        again = [entry for entry in log[start:end] if known & {(entry["path"], name) for name in ids_of(entry)}]
        assert len(again) <= 1, f"{len(again)} requests were made again after a kill"
    assert listing(env) == fetched["new"][1]


def test_ctrl_c_keeps_what_was_fetched(stored: Path, server: Replay, titles: dict[str, str], tmp_path: Path) -> None:
    home = shutil.copytree(stored, tmp_path / "interrupted")
    env = at_home(home, server)
    server.play("ok", "ok", "stall:60")
    with started("refresh", "--pending", env=env) as running:
        log = server.until(waiting(ARXIV, 3))
        running.process.send_signal(signal.SIGINT)
        said = running.err.read()
        assert running.ended() == 130
    assert said.endswith("interrupted\n") and "Traceback" not in said
    kept = {paper["identifiers"]["arxiv"]: paper["title"] for paper in listing(env)}
    there = {name for entry in log[:2] for name in ids_of(entry)}
    assert len(there) == 200
    assert kept == {name: title if name in there else f"arxiv:{name}" for name, title in titles.items()}
