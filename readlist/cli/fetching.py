"""What every command that asks a service tells its user: how far it is, and what could not be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlist.cli.output import Output
from readlist.errors import SourceError

if TYPE_CHECKING:
    from readlist.services.fetch import Fetched, Progress

ADVICE = "the papers are kept; `rl refresh --pending` asks again"


def progress(output: Output) -> Progress:
    """Tells how far the asking is, where it takes more than one request."""

    def tell(name: str, done: int, total: int) -> None:
        if total > 100:
            output.message(f"{name}: {done} of {total}")
        elif not done:
            output.detail(f"asking {name} for {total} papers")

    return tell


def tell_faults(output: Output, fetched: Fetched) -> None:
    """What the services did not give, with one line saying what to do about it."""
    views = output.context.library.views
    for unknown in fetched.unknown:
        if not unknown.final and unknown.paper_id not in fetched.found and views.has_id(unknown.paper_id):
            output.message(f"#{unknown.paper_id} {unknown.reference}: not known to {unknown.source}")
    for one, two in sorted({(min(c.paper_id, c.other_id), max(c.paper_id, c.other_id)) for c in fetched.clashes}):
        if views.has_id(one) and views.has_id(two):
            output.message(f"#{one} and #{two} are one paper: `rl merge {one} {two}` joins them")
    if not fetched.failures:
        return
    hints = list(dict.fromkeys(fault.hint for fault in fetched.failures if fault.hint))
    for fault in fetched.failures[:-1]:
        output.report(SourceError(fault.service, fault.message))
    last = fetched.failures[-1]
    output.report(SourceError(last.service, last.message, "; ".join([ADVICE, *hints])))
