"""What the tests of the sources share: an Http whose waits are kept instead of waited."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from readlist.settings import Settings
from readlist.sources._http import Http
from tests.sources.faults import Reply, Service, Waits, make_settings


@dataclass
class Rig:
    """One client on one home: its settings, its waits, and what it told the user."""

    settings: Settings
    http: Http
    waits: Waits
    told: list[str]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Callable[..., Rig]]:
    """Makes a Rig; arguments are fields of Settings."""
    with ExitStack() as stack:

        def make(transport: Any = None, **changes: Any) -> Rig:
            settings = make_settings(tmp_path / "data", **changes)
            waits, told = Waits(), list[str]()
            http = Http(
                settings,
                sleep=waits.sleep,
                clock=waits.clock,
                jitter=lambda: 0.5,
                notice=told.append,
                transport=transport,
            )
            stack.enter_context(http)
            return Rig(settings, http, waits, told)

        yield make


@pytest.fixture
def serve() -> Iterator[Callable[..., Service]]:
    """Starts a Service with the replies given."""
    with ExitStack() as stack:

        def start(*replies: Reply) -> Service:
            return stack.enter_context(Service(*replies))

        yield start
