"""What the figures were taken on: the machine, and the versions of everything that was started."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers import peers
from benchmarks.peers._peer import Absent

NAME = "machine"


def described() -> dict[str, Any]:
    """The machine, and versions by name."""
    versions = {
        "rl": version("readlist"), "Python": platform.python_version(), "SQLite": sqlite3.sqlite_version,
        "typer": version("typer"), "sqlalchemy": version("sqlalchemy"), "rich": version("rich"),
    }  # fmt: skip
    for name, peer in peers().items():
        try:
            peer.install()
            versions[name] = peer.version()
        except Absent as error:
            versions[name] = str(error)
    return {
        "row": NAME,
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "system": f"{platform.system()} {platform.release()}",
        "versions": versions,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
