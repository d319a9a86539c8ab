"""What every command that asks a service tells its user: how far it is, and what could not be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlist.cli.output import MANY, Output
from readlist.domain.metadata import SERVICES
from readlist.errors import SourceError

if TYPE_CHECKING:
    from readlist.services.fetch import Fetched, Progress, Unknown

FEW = 5
"""Papers that are told of one by one."""
TITLES = "titles"
"""What `services.resolve` says it is looking for: one request a paper, so that a few take their time."""
ADVICE = "the papers are kept; `rl refresh --pending` asks again"
ADVICE_ON_KNOWN = "what was known is kept; `rl refresh` asks again"
ADVICE_ON_TITLES = "the papers are kept; `rl refresh --resolve` looks for them again"


def progress(output: Output) -> Progress:
    """Tells how far the asking is, where it takes more than one request."""

    def tell(name: str, done: int, total: int) -> None:
        what = SERVICES.get(name, name)
        if not done:
            output.detail(f"asking {what} for {total} papers")
        if total > MANY or name == TITLES:
            output.progress(what, done, total, step=MANY)

    return tell


def tell_faults(output: Output, fetched: Fetched, advice: str = ADVICE) -> None:
    """What the services did not give, with one line saying what to do about it."""
    views = output.context.library.views
    _tell_unknown(output, fetched)
    for one, two in sorted({(min(c.paper_id, c.other_id), max(c.paper_id, c.other_id)) for c in fetched.clashes}):
        if views.has_id(one) and views.has_id(two):
            output.message(f"#{one} and #{two} are one paper: `rl merge {one} {two}` joins them")
    if not fetched.failures:
        return
    hints = list(dict.fromkeys(fault.hint for fault in fetched.failures if fault.hint))
    for fault in fetched.failures[:-1]:
        output.report(SourceError(fault.service, fault.message))
    last = fetched.failures[-1]
    output.report(SourceError(last.service, last.message, "; ".join([advice, *hints])))


def _tell_unknown(output: Output, fetched: Fetched) -> None:
    """The papers that a service does not have, if none has them or it ought to; those reported already left out."""
    views = output.context.library.views
    reported = {fault.ref for fault in output.errors}
    by_source: dict[str, list[Unknown]] = {}
    for it in fetched.unknown:
        missed = it.final or it.paper_id not in fetched.found
        if missed and it.reference not in reported and views.has_id(it.paper_id):
            by_source.setdefault(SERVICES.get(it.source, it.source), []).append(it)
    for source, unknown in by_source.items():
        if len(unknown) > FEW:
            first = f"#{unknown[0].paper_id} {unknown[0].reference}"
            output.message(f"{len(unknown):,} papers are not known to {source}, {first} among them")
            continue
        for it in unknown:
            output.message(f"#{it.paper_id} {it.reference}: not known to {source}")
