"""Other programs that keep a library, each in an environment of its own, each with the same papers."""

from __future__ import annotations

from importlib import import_module

from benchmarks.peers._peer import Peer

NAMES = ("sqlite_utils", "taskwarrior", "buku", "beets", "papis", "pubs", "papers_cli")


def peers() -> dict[str, Peer]:
    """All of them by name."""
    found = [import_module(f"benchmarks.peers.{name}").peer() for name in NAMES]
    return {peer.name: peer for peer in found}
