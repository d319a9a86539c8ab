"""CSL items in YAML, as pandoc takes them and Better BibTeX exports them ("Better CSL YAML"): a list `references:`.

Each item is read by itself, so that a broken one costs no other, and then as in CSL-JSON (`csl_json`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from readlist.domain.listing import Listing
from readlist.domain.patterns import late
from readlist.importers.csl_json import NO_ITEM, record
from readlist.importers.records._account import Account
from readlist.importers.records._bib_fields import entry

_BEGIN = late(r"\ufeff?\s*(?:---[ \t]*\r?\n\s*)?(?:#[^\n]*\n\s*)*references:[ \t]*\r?\n(?P<indent>[ \t]*)- ")
_FRAME = late(r"\s*(?:references:|---|\.\.\.)\s*")
_TITLE = late(r"^[ \t-]*title:", re.MULTILINE)
BROKEN = "a broken item: it is not YAML"


def recognises(text: str) -> bool:
    """Whether `text` is a list of references and nothing else: a page may have one above its text."""
    if not _BEGIN.match(text) or not _TITLE.search(text[:200_000]):
        return False
    lines = text.split("\n")
    below = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), len(lines))
    return not any(line.strip() for line in lines[below + 1 :])


def read(text: str, *, mentions: bool = False) -> Listing:
    """All items of `text`."""
    account = Account(text)
    found = _BEGIN.match(account.text)
    entries = []
    for first, last in _items(account.lines, found["indent"] if found else ""):
        value = _loaded("\n".join(account.lines[first - 1 : last]))
        made = entry(record(value, first)) if value is not None else None
        if made:
            account.take(first, last)
            entries.append(made)
        else:
            account.ignore(first, last, BROKEN if value is None else NO_ITEM, broken=value is None)
    account.frame(_FRAME)
    return account.listing("csl-yaml", entries)


def _items(lines: Sequence[str], indent: str) -> Iterator[tuple[int, int]]:
    """The first and the last line of each item: it goes on as long as lines stand further in than its dash."""
    begun = 0
    for number, line in enumerate(lines, start=1):
        starts = line.startswith(f"{indent}- ")
        goes_on = not line.strip() or line.startswith((f"{indent} ", f"{indent}\t"))
        if begun and not (goes_on and not starts):
            yield begun, number - 1
            begun = 0
        if starts:
            begun = number
    if begun:
        yield begun, len(lines)


def _loaded(text: str) -> dict[str, Any] | None:
    """The item in a list of one; None if it is broken, or holds references, which may multiply."""
    import yaml

    try:
        if "*" in text and any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            return None
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that there is not
        return None
    item = value[0] if isinstance(value, list) and value else None
    return {str(name): _plain(one) for name, one in item.items()} if isinstance(item, dict) else None


def _plain(value: object) -> object:
    """A value as JSON has it: days as text, and of a list of dates (as pandoc once wrote one) the first."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and "year" in value[0]:
            return _plain(value[0])
        return [_plain(one) for one in value]
    return value
