"""A conversation with `rl` at a terminal of its own: wait for what it shows, then type."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.cli.helpers import environment
from tests.conftest import TODAY

_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
_PATIENCE = 30.0  # seconds until a program that shows nothing is given up
_AGAIN = 2.0  # seconds until somebody who sees nothing happen presses Ctrl-C again


@dataclass(frozen=True)
class Talk:
    """How it ended: the exit code, and all that was shown, without colours."""

    code: int
    shown: str

    @property
    def lines(self) -> list[str]:
        return self.shown.splitlines()


def talk(
    args: str, *said: tuple[str, str], env: Mapping[str, str] | None = None, columns: int = 80, cwd: Path | None = None
) -> Talk:
    """Run `rl ARGS` at a terminal. `said` are pairs: once the first is shown (anew), the second is typed.

    Asserts that each is shown. Ctrl-C is "\\x03", Ctrl-D "\\x04", Enter "\\n". A Ctrl-C that nothing follows on is
    pressed again: Python notices a signal that falls between its last look and a blocking read at the next key only.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "readlist", *args.split()],
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True, cwd=cwd,
        env=environment() | {"RL_TODAY": TODAY, "LANG": "C.UTF-8"} | dict(env or {}),
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    os.close(slave)
    shown, seen = b"", 0
    waiting = list(said)
    ends = time.monotonic() + _PATIENCE
    last = ""
    while (left := ends - time.monotonic()) > 0:
        if not select.select([master], [], [], min(left, _AGAIN))[0]:
            if last == "\x03":
                os.write(master, b"\x03")
            continue
        try:
            chunk = os.read(master, 65536)
        except OSError:  # Linux says EIO when the last writer is gone
            break
        if not chunk:
            break
        shown += chunk
        while waiting and (at := shown.find(waiting[0][0].encode(), seen)) >= 0:
            expected, typed = waiting.pop(0)
            seen = at + len(expected.encode())
            os.write(master, typed.encode())
            last = typed or last
            if typed:
                break
    else:
        process.kill()
        process.wait()
        raise AssertionError(f"rl {args} waits for more than it was told: {_plain(shown)}")
    code = process.wait(_PATIENCE)
    os.close(master)
    assert not waiting, f"rl {args} did not show {waiting[0][0]!r}: {_plain(shown)}"
    return Talk(code, _plain(shown))


def _plain(raw: bytes) -> str:
    return _CODES.sub("", raw.decode("utf-8", "replace")).replace("\r\n", "\n")
