"""Start commands one by one and tell what each cost: wall and processor seconds, peak memory, what it printed.

A process of its own, started with nothing but built-in modules: a child's peak memory cannot read below that of the
process which starts it. Requests and answers are JSON lines on stdin and stdout.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import tty
from typing import Any

_KEPT = 4_000  # bytes of what a command printed


def _child(request: dict[str, Any], out: int, err: int, terminal: bool) -> None:
    """In the forked process: become the command."""
    try:
        os.setsid()
        given = os.open(request.get("stdin") or os.devnull, os.O_RDONLY)
        if terminal:
            fcntl.ioctl(out, termios.TIOCSCTTY, 0)
        os.dup2(given, 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.closerange(3, 256)
        os.chdir(request["cwd"])
        os.execvpe(request["argv"][0], request["argv"], request["env"])
    except OSError as error:
        os.write(2, f"{request['argv'][0]}: {error}".encode())
    os._exit(127)


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Run one command to its end, reading all that it prints."""
    terminal = bool(request.get("terminal"))
    if terminal:
        reading, writing = pty.openpty()
        tty.setraw(writing)
        fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    else:
        reading, writing = os.pipe()
    faults_in, faults_out = os.pipe()
    begun = time.perf_counter()
    pid = os.fork()
    if not pid:
        _child(request, writing, faults_out, terminal)
    os.close(writing)
    os.close(faults_out)
    printed, faults = _drain(reading, faults_in, pid, begun + request["seconds"])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - begun
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
        "code": os.waitstatus_to_exitcode(status),
        "bytes": printed[0],
        "printed": printed[1].decode(errors="replace"),
        "faults": faults[1].decode(errors="replace"),
    }


def _drain(out: int, err: int, pid: int, until: float) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    """Read both ends until they close; the group is killed at `until`. Of each: how many bytes, and the last ones."""
    sizes, tails = {out: 0, err: 0}, {out: b"", err: b""}
    open_ends = {out, err}
    while open_ends:
        ready, _, _ = select.select(open_ends, [], [], max(0.0, until - time.perf_counter()))
        if not ready:
            os.killpg(pid, signal.SIGKILL)
            break
        for end in ready:
            try:
                piece = os.read(end, 65_536)
            except OSError:  # how a terminal says that nobody writes any more
                piece = b""
            if not piece:
                open_ends.discard(end)
            sizes[end] += len(piece)
            tails[end] = (tails[end] + piece)[-_KEPT:]
    os.close(out)
    os.close(err)
    return (sizes[out], tails[out]), (sizes[err], tails[err])


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
