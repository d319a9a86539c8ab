"""Where the words of the glossary (`domain/glossary.py`) come from: the program's own, and what the user wrote."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readlist.domain.glossary import Glossary


@cache
def built_in_glossary() -> Glossary:
    """The words of the field that come with the program."""
    from readlist.domain.glossary import Glossary

    return Glossary.of(Path(__file__).with_name("glossary.txt").read_text(encoding="utf-8"))


def glossary_beside(config: Path, tell: Callable[[str], None]) -> Callable[[], Glossary]:
    """Reads the glossary when it is asked for first: the built-in one with what the user wrote beside `config`.

    A fault in the user's file is told with file and line; what is wrong is left out.
    """
    path = config.with_name("glossary.txt")

    @cache
    def glossary() -> Glossary:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return built_in_glossary()
        except (OSError, UnicodeDecodeError) as fault:
            tell(f"warning: cannot read the glossary {path}: {fault}")
            return built_in_glossary()
        whole, faults = built_in_glossary().extended(text)
        for line, what in faults:
            tell(f"warning: {path}:{line}: {what}; the line is left out")
        return whole

    return glossary
