"""The rate gate: between two requests to one service lies its delay, over all processes of this user.

arXiv asks for "no more than one request every three seconds" and "a single connection at a time" (Terms of Use for
arXiv APIs, "Rate limits"); Semantic Scholar grants a key one request per second. The gate of a service is a lock in
the data folder, held for the whole request, and a file beside it with the wall-clock time at which the last request
ended. Counting from the end keeps the delay as the service sees it, whatever the connection took.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readlist.errors import SourceError

if TYPE_CHECKING:
    from filelock import FileLock

    from readlist.sources._http import Service

POLL = 0.1
"""Seconds between two looks at a lock that another process holds."""
PATIENCE = 180.0
"""Seconds after which a lock that stays held is reported instead of waited for: its holder is stopped or stuck."""


@dataclass(slots=True)
class Turn:
    """One request's way through the gate. Set `reached` to False when nothing came to the service after all."""

    reached: bool = True


class Gate:
    """The gates of all services, in the folder `folder` (made on first use, mode 0700).

    Where the folder cannot be written the delay is kept within this process only.
    """

    def __init__(
        self,
        folder: Path,
        *,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        notice: Callable[[str], None],
    ) -> None:
        self._folder = folder
        self._sleep = sleep
        self._clock = clock
        self._notice = notice
        self._last: dict[str, float] = {}

    @contextlib.contextmanager
    def turn(self, service: Service) -> Iterator[Turn]:
        """Wait until `service` may be asked, and keep others away until the block ends.

        A service without a delay has no gate. Raises SourceError if another process keeps the lock for `PATIENCE`.
        """
        if service.delay <= 0:
            yield Turn()
            return
        lock = self._acquire(service)
        try:
            before = self._read(service)
            if before is not None:
                # No more than the delay: a mark in the future means that the clock was set back.
                rest = min(max(before + service.delay - self._clock(), 0.0), service.delay)
                if rest > 1:
                    self._notice(f"waiting {rest:.0f} s: {service.label} is asked at most every {service.delay:g} s")
                if rest:
                    self._sleep(rest)
            turn = Turn()
            self._write(service, self._clock())
            try:
                yield turn
            finally:
                self._write(service, self._clock() if turn.reached else before)
        finally:
            if lock is not None:
                lock.release()

    def _acquire(self, service: Service) -> FileLock | None:
        import filelock

        try:
            for folder in (self._folder.parent, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = filelock.FileLock(self._folder / f"{service.name}.lock", mode=0o600)
        except OSError:
            return None
        waited = 0.0
        while True:
            try:
                lock.acquire(timeout=0)
                return lock
            except filelock.Timeout:
                pass
            except (OSError, NotImplementedError):
                return None
            if waited >= PATIENCE:
                raise SourceError(
                    service.name,
                    f"{service.label} was not asked: another rl has been asking it for {PATIENCE:.0f} s",
                    "see whether another rl is stopped or stuck, end it, and try again",
                )
            if waited < 1 <= waited + POLL:
                self._notice(f"waiting for another rl that is asking {service.label}")
            self._sleep(POLL)
            waited += POLL

    def _read(self, service: Service) -> float | None:
        kept = self._last.get(service.name)
        try:
            mark = float((self._folder / service.name).read_text(encoding="ascii")[:40])
        except (OSError, ValueError):  # not there, not readable, or not a number: then as if never asked
            return kept
        if not math.isfinite(mark):
            return kept
        return mark if kept is None else max(mark, kept)

    def _write(self, service: Service, mark: float | None) -> None:
        path = self._folder / service.name
        if mark is None:
            self._last.pop(service.name, None)
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            return
        self._last[service.name] = mark
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                out.write(f"{mark!r}\n")
