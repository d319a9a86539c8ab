"""Where a run is wired together: settings, the clock, waiting, streams, the library, the network.

Everything below `cli/` is handed what it needs from here and reads no clock, environment or global itself. The library
and the network are opened on first use. Tests hand in a Context of their own.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from readlist.errors import SettingError
from readlist.settings import Settings, load

if TYPE_CHECKING:
    from readlist.db.library import Library
    from readlist.sources import Finder, Graph, Source
    from readlist.sources._http import Http


def clock(environ: Mapping[str, str]) -> Callable[[], datetime]:
    """The clock: the machine's, in its own time zone, or what `RL_TODAY` (a date or date-time) says instead."""
    fixed = environ.get("RL_TODAY")
    if not fixed:
        return lambda: datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(fixed.strip())
    except ValueError:
        raise SettingError(
            f"RL_TODAY cannot be {fixed!r}", "allowed: a date or date-time, 2026-11-21 or 2026-11-21T09:30"
        ) from None
    if not 1970 <= moment.year <= 9000:
        raise SettingError(f"RL_TODAY cannot be {fixed!r}", "allowed: years from 1970 to 9000")
    # A date-time without an offset is of the user's own time zone.
    return lambda: moment if moment.tzinfo else moment.astimezone()


@dataclass
class Context:
    """One run of the program."""

    environ: Mapping[str, str]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    sleep: Callable[[float], None] = time.sleep
    options: dict[str, str] = field(default_factory=dict)
    """Settings given on the command line, by name."""
    tell: Callable[[str], None] = lambda message: None
    """Tells the user something on stderr; set by `cli`."""

    @classmethod
    def of_process(cls) -> Context:
        """The context of this process: its environment and its streams."""
        return cls(os.environ, sys.stdin, sys.stdout, sys.stderr)

    @cached_property
    def settings(self) -> Settings:
        settings = load(self.environ, self.options)
        for warning in settings.warnings:
            self.tell(f"warning: {warning}")
        return settings

    @cached_property
    def now(self) -> Callable[[], datetime]:
        return clock(self.environ)

    @cached_property
    def library(self) -> Library:
        from readlist.db.library import Library
        from readlist.glossary import glossary_beside

        glossary = glossary_beside(self.settings.config, self.tell)
        weights = self.settings.weights
        return Library(self.settings.database, self.now, self.tell, glossary=glossary, weights=weights)

    @cached_property
    def http(self) -> Http:
        from readlist.sources._http import Http

        return Http(self.settings, sleep=self.sleep, notice=self.tell)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The metadata services, in the order in which they are asked."""
        from readlist.sources import SOURCES, load

        return tuple(load(name, self.settings, self.http) for name in SOURCES)

    @cached_property
    def finders(self) -> tuple[Finder, ...]:
        """The services that can be asked for a title, in the order in which they are."""
        from readlist.sources import finders

        return finders(self.settings, self.http)

    @cached_property
    def fallbacks(self) -> tuple[Source, ...]:
        """The services that are asked, one look-up a paper, where those above gave no answer."""
        from readlist.sources import FALLBACKS, load

        return tuple(load(name, self.settings, self.http) for name in FALLBACKS)

    @cached_property
    def graph(self) -> Graph:
        """The service that knows which paper cites which."""
        from readlist.sources import graph

        return graph(self.settings, self.http)

    def close(self) -> None:
        """Let go of whatever was opened."""
        for name in ("http", "library"):
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()
