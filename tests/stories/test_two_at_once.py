"""Several `rl` at once: they take turns at a service, none loses what another saved, and a dead one holds up nobody."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.replay import ARXIV, Replay, at_home, ids_of, ran, replayed, started
from tests.shared import shared

DELAY = 0.3  # seconds between two requests to arXiv


@pytest.fixture(scope="module")
def _server() -> Iterator[Replay]:
    with replayed() as server:
        yield server


@pytest.fixture
def server(_server: Replay) -> Replay:
    _server.forget()
    return _server


@pytest.fixture
def env(server: Replay, tmp_path: Path) -> dict[str, str]:
    return at_home(tmp_path / "library", server) | {"RL_ARXIV_DELAY": str(DELAY)}


def stored(env: Mapping[str, str], count: int) -> list[str]:
    """Puts `count` papers that arXiv knows on the list, which get the numbers from 1 on; their arXiv ids."""
    text = shared("corpus/arxiv/stringology/arxiv_entries_collected.xml").read_text("utf-8")
    found = dict.fromkeys(re.findall(r"<id>http://arxiv\.org/abs/(\S+?)(?:v\d+)?</id>", text))
    ids = [*found][:count]
    ran("add", "--no-fetch", "--from", "-", env=env, given="\n".join(ids))
    return ids


def papers(env: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """All papers of the library, by arXiv id."""
    found = json.loads(ran("list", "--json", env=env))["data"]["papers"]
    return {paper["identifiers"]["arxiv"]: paper for paper in found}


def gaps(log: list[dict[str, Any]]) -> list[float]:
    """Seconds between the requests to arXiv."""
    times = [entry["t"] for entry in log if entry["path"] == ARXIV]
    return [later - earlier for earlier, later in pairwise(times)]


def numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


def test_two_refreshing_at_once_take_turns(env: dict[str, str], server: Replay) -> None:
    ids = stored(env, 220)
    server.play("stall:1", prefix=ARXIV)  # the first to come is kept there until the other waits at the gate
    with (
        started("refresh", *numbers(1, 110), env=env) as one,
        started("refresh", *numbers(111, 220), env=env) as other,
    ):
        server.until(lambda log: len(log) >= 2)
        ran("note", "220", "written meanwhile", env=env)
        assert [one.ended(), other.ended()] == [0, 0]
    log = server.log()
    assert min(gaps(log)) >= DELAY - 0.001  # the log is in whole milliseconds
    halves = [ids.index(ids_of(entry)[0]) // 110 for entry in log if entry["path"] == ARXIV]
    assert sorted(halves) == [0, 0, 1, 1]
    assert halves not in ([0, 0, 1, 1], [1, 1, 0, 0]), "they were not at it at the same time"
    after = papers(env)
    assert [name for name in ids if after[name]["pending"] or not after[name]["authors"]] == []
    assert [note["text"] for note in after[ids[219]]["notes"]] == ["written meanwhile"]


def test_one_killed_at_the_gate_holds_up_nobody(env: dict[str, str], server: Replay) -> None:
    ids = stored(env, 30)
    server.play("stall:60", prefix=ARXIV)
    with started("refresh", *numbers(1, 10), env=env) as holder:
        server.until(lambda log: len(log) == 1)
        with (
            started("refresh", *numbers(11, 20), env=env) as one,
            started("refresh", *numbers(21, 30), env=env) as other,
        ):
            one.says("waiting for another rl that is asking arXiv")
            other.says("waiting for another rl that is asking arXiv")
            assert len(server.log()) == 1
            holder.process.kill()
            holder.ended()
            killed = time.monotonic()
            server.until(lambda log: len(log) >= 2)
            assert time.monotonic() - killed < 20
            assert [one.ended(), other.ended()] == [0, 0]
    assert min(gaps(server.log())) >= DELAY - 0.001
    after = papers(env)
    assert [name for name in ids if after[name]["pending"]] == ids[:10], "those of the one that was killed"


def test_a_paper_that_goes_away_while_it_is_asked_for_holds_up_nobody(env: dict[str, str], server: Replay) -> None:
    stored(env, 3)
    server.play("stall:1", prefix=ARXIV)
    with started("refresh", "--all", env=env) as one:
        server.until(lambda log: len(log) >= 1)
        ran("merge", "1", "2", env=env)
        assert one.ended() == 0
    assert sorted(paper["id"] for paper in papers(env).values()) == [1, 3]
    assert not any(paper["pending"] for paper in papers(env).values())
