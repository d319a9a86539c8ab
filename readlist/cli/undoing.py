"""`rl log`, `rl undo`, `rl redo`: what was done, and taking it back."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    pass
