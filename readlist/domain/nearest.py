"""What was probably meant by a name that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHOWN = 3
_LIKE = 0.6  # of difflib's ratio; `simsce` and `simcse` have 0.83, `read` and `reading` 0.73


def nearest(word: str, names: Iterable[str]) -> list[str]:
    """Up to three of `names` that are like `word`, the likest first, whatever their case; none if it is one of them."""
    import difflib

    by_folded = {name.casefold(): name for name in names}
    wanted = word.strip().casefold()
    if wanted in by_folded:
        return []
    return [by_folded[name] for name in difflib.get_close_matches(wanted, by_folded, _SHOWN, _LIKE)]


def did_you_mean(word: str, names: Iterable[str], otherwise: str) -> str:
    """A hint: the names that are nearest to `word`, and `otherwise` (what shows them all)."""
    near = nearest(word, names)
    return f"did you mean {' or '.join(near)}? {otherwise}" if near else otherwise


def choices(word: str, allowed: Iterable[str]) -> str:
    """The hint for a word that is none of a few allowed ones."""
    given = list(allowed)
    return did_you_mean(word, given, f"allowed: {', '.join(given)}")


def parts(key: str) -> tuple[str, str]:
    """A citation key as the family name that it begins with and the rest from the year on (`2021simcse`)."""
    found = re.match(r"\D*", key)
    at = found.end() if found else 0
    return key[:at], key[at:]
