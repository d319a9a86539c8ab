"""Which module has which commands: so that only the module of the command that was named is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

MODULES: Mapping[str, tuple[str, ...]] = {
    "adding": ("add",),
    "refreshing": ("refresh",),
    "citing": ("refs", "cited-by", "recommend"),
    "listing": ("todo", "list"),
    "searching": ("search",),
    "focusing": ("focus",),
    "showing": ("show",),
    "opening": ("pdf", "open"),
    "reading": ("start", "mark-read", "want", "drop", "reopen"),
    "triaging": ("triage",),
    "notes": ("note", "summary"),
    "editing": ("edit", "remove"),
    "merging": ("merge",),
    "importing": ("import",),
    "exporting": ("export",),
    "reporting": ("report",),
    "statistics": ("stats",),
    "undoing": ("log", "undo", "redo"),
    "doctoring": ("doctor",),
    "copying": ("backup", "restore"),
    "filing": ("topic", "tag", "venue"),
    "queries": ("query",),
    "config": ("config",),
}
"""By module of `cli/`: its commands, in the order of the help. A test compares it with what the modules register."""

QUICK = frozenset(
    {"adding", "listing", "searching", "showing", "reading", "notes", "focusing", "importing", "exporting"}
)
"""The modules that declare their commands without Typer (`cli.declared`), so that `cli.quick` can run them."""

BY_COMMAND = {command: module for module, commands in MODULES.items() for command in commands}


def verbs_of(module: str) -> Any:
    """The module of `cli/` with that name."""
    return import_module(f"readlist.cli.{module}")


def command_in(words: Sequence[str]) -> str | None:
    """The command that a command line names: its first word that is no option and no value of one before it."""
    left = iter(words)
    for word in left:
        if word in ("--home", "--config"):
            next(left, None)
        elif not word.startswith("-"):
            return word
    return None
