"""`rl refs`, `rl cited-by`, `rl recommend`: papers around a paper, and which of them are on the list."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    pass
