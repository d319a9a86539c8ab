"""`rl doctor`: what is not right with the library."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    pass
