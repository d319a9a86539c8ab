"""The rate gate: the delay over all processes, and never a deadlock for a broken clock, file or folder."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import filelock
import pytest

from readlist.errors import SourceError
from readlist.sources._gate import Gate
from readlist.sources._http import Http, Service
from tests.sources.conftest import Rig
from tests.sources.faults import Reply, Waits, make_settings
from tests.sources.faults import Service as Server

ARXIV = Service("arxiv", "arXiv", 3.0)


def gate(folder: Path, waits: Waits, told: list[str] | None = None) -> Gate:
    return Gate(folder, sleep=waits.sleep, clock=waits.clock, notice=(told if told is not None else []).append)


def test_the_rest_of_the_delay_is_waited_and_told(tmp_path: Path) -> None:
    waits, told = Waits(), list[str]()
    for passed in (0.0, 0.5, 2.5, 10.0):
        waits.now += passed
        with gate(tmp_path / "data" / "gate", waits, told).turn(ARXIV):
            pass
    assert waits.seconds == pytest.approx([2.5, 0.5])
    assert told == ["waiting 2 s: arXiv is asked at most every 3 s"]
    assert (tmp_path / "data" / "gate").stat().st_mode & 0o777 == 0o700


def test_the_delay_counts_from_the_end_of_a_request(tmp_path: Path) -> None:
    waits = Waits()
    one = gate(tmp_path / "gate", waits)
    with one.turn(ARXIV):
        waits.now += 2
    with one.turn(ARXIV):
        pass
    assert waits.seconds == pytest.approx([3])


def test_what_never_reached_the_service_does_not_count(tmp_path: Path) -> None:
    waits = Waits()
    with gate(tmp_path / "gate", waits).turn(ARXIV) as turn:
        turn.reached = False
    with gate(tmp_path / "gate", waits).turn(ARXIV):
        pass
    assert waits.seconds == []


def test_without_a_delay_there_is_no_gate(tmp_path: Path) -> None:
    waits = Waits()
    with gate(tmp_path / "data" / "gate", waits).turn(Service("arxiv", "arXiv", 0.0)):
        pass
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("mark", ["", "soon", "nan", "-inf", "1e400", "\xff\xfe", "0"])
def test_a_broken_mark_is_no_mark(tmp_path: Path, mark: str) -> None:
    waits = Waits()
    (tmp_path / "gate").mkdir()
    (tmp_path / "gate" / "arxiv").write_text(mark, encoding="latin-1")
    with gate(tmp_path / "gate", waits).turn(ARXIV):
        pass
    assert waits.seconds == []
    assert float((tmp_path / "gate" / "arxiv").read_text()) == waits.now


def test_a_clock_that_went_back_costs_one_delay(tmp_path: Path) -> None:
    waits = Waits()
    (tmp_path / "gate").mkdir()
    (tmp_path / "gate" / "arxiv").write_text(str(waits.now + 1e8))
    for _ in range(2):
        with gate(tmp_path / "gate", waits).turn(ARXIV):
            pass
    assert waits.seconds == pytest.approx([3, 3])


def test_where_nothing_can_be_written_the_process_keeps_the_delay(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    waits = Waits()
    one = gate(tmp_path / "file" / "gate", waits)
    for _ in range(2):
        with one.turn(ARXIV):
            pass
    assert waits.seconds == pytest.approx([3])


def test_a_lock_that_stays_held_is_reported(tmp_path: Path) -> None:
    waits, told = Waits(), list[str]()
    (tmp_path / "gate").mkdir()
    with (
        filelock.FileLock(tmp_path / "gate" / "arxiv.lock"),
        pytest.raises(SourceError, match="another rl"),
        gate(tmp_path / "gate", waits, told).turn(ARXIV),
    ):
        pass
    assert told == ["waiting for another rl that is asking arXiv"]


def test_an_error_inside_releases_the_lock(tmp_path: Path) -> None:
    waits = Waits()
    with pytest.raises(KeyError), gate(tmp_path / "gate", waits).turn(ARXIV):
        raise KeyError
    with filelock.FileLock(tmp_path / "gate" / "arxiv.lock", timeout=0):
        pass


_ASK = """
import sys
from pathlib import Path
from readlist.sources._http import Http, Service
from tests.sources.faults import make_settings
home, url = Path(sys.argv[1]), sys.argv[2]
with Http(make_settings(home)) as http:
    for _ in range(3):
        http.get(Service("arxiv", "arXiv", 0.3), url)
"""


def test_two_processes_keep_the_delay_between_them(tmp_path: Path, serve: Callable[..., Server]) -> None:
    server = serve(Reply(200, "fine", stall=0.05))
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _ASK, str(tmp_path / "data"), server.url]
    running = [subprocess.Popen(command, cwd=root) for _ in range(2)]
    assert [process.wait(30) for process in running] == [0, 0]
    arrivals = sorted(asked.at for asked in server.asked)
    assert len(arrivals) == 6
    gaps = [later - earlier for earlier, later in pairwise(arrivals)]
    assert min(gaps) >= 0.3


def test_only_one_connection_at_a_time(tmp_path: Path, serve: Callable[..., Server]) -> None:
    server = serve(Reply(200, "fine", stall=0.2))
    slow = Service("arxiv", "arXiv", 0.01)

    def ask() -> None:
        with Http(make_settings(tmp_path / "data"), sleep=time.sleep) as http:
            http.get(slow, server.url)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    first, second = sorted(asked.at for asked in server.asked)
    assert second - first >= 0.2


def test_a_retry_waits_at_the_gate_too(rig: Callable[..., Rig], serve: Callable[..., Server]) -> None:
    r, server = rig(), serve(Reply(500), Reply(200, "fine"))
    assert r.http.get(ARXIV, server.url).text == "fine"
    assert r.waits.seconds == pytest.approx([1, 2])
