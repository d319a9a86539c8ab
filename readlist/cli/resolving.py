"""What was found for titles, as `rl refresh --resolve` and `rl add --title` show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readlist.cli.output import Output
from readlist.domain.text import one_line
from readlist.domain.venues import canonical

if TYPE_CHECKING:
    from readlist.services.resolve import Candidate, Resolved, Unsure


def document(resolved: Resolved) -> dict[str, Any]:
    """What was found, for JSON."""
    return {
        "resolved": [
            {"id": it.paper_id, "identifier": str(it.identifier), "reasons": list(it.reasons)} for it in resolved.found
        ],
        "same": [{"id": it.paper_id, "other": it.other_id, "reasons": list(it.reasons)} for it in resolved.same],
        "unsure": [
            {"id": it.paper_id, "candidates": [_candidate(one) for one in it.candidates]} for it in resolved.unsure
        ],
    }


def _candidate(it: Candidate) -> dict[str, Any]:
    said = it.metadata
    return {
        "title": said.title,
        "authors": list(said.authors),
        "year": said.year,
        "venue": said.venue,
        "identifier": str(it.identifier),
        "identifiers": dict(said.identifiers),
        "source": said.source,
        "for": list(it.verdict.reasons),
        "against": list(it.verdict.doubts),
        "on_list": it.on_list,
    }


def draw(output: Output, resolved: Resolved) -> None:
    """What was found, and what might be it: as text on a terminal, as lines of fields in a pipe."""
    titles = _titles(output, resolved)
    if not output.terminal:
        output.rows(_rows(resolved, titles))
        return
    for it in resolved.found:
        output.line(f"#{it.paper_id} {one_line(titles[it.paper_id])}")
        output.line(f"    is {it.identifier} ({'; '.join(it.reasons)})")
    for same in resolved.same:
        output.line(f"#{same.paper_id} {one_line(titles[same.paper_id])}")
        output.line(f"    is #{same.other_id}: `rl merge {same.other_id} {same.paper_id}` makes one paper of both")
    for unsure in resolved.unsure:
        if unsure.candidates:
            draw_candidates(output, unsure, titles[unsure.paper_id])


def draw_candidates(output: Output, unsure: Unsure, title: str) -> None:
    """The papers that a title may mean, with the reasons and the command that takes one of them."""
    output.line(f"#{unsure.paper_id} {one_line(title)} may be")
    for it in unsure.candidates:
        output.line(f"    {_described(it)}")
        for name, reasons in (("for", it.verdict.reasons), ("against", it.verdict.doubts)):
            if reasons:
                output.line(f"      {name}: {'; '.join(map(one_line, reasons))}")
        output.line(f"      to take it: {_take(unsure.paper_id, it)}")


def tell(output: Output, resolved: Resolved) -> None:
    """How many titles were found, and what becomes of the others."""
    if not resolved.asked:
        output.message("no title is to be looked for: all papers have identifiers, or were looked for lately")
        return
    guessed = sum(bool(it.candidates) for it in resolved.unsure)
    parts = [f"{len(resolved.found)} of {len(resolved.asked)} titles found"]
    if resolved.same:
        parts.append(f"{len(resolved.same)} on the list already")
    if guessed:
        parts.append(f"{guessed} with candidates")
    if len(resolved.unsure) > guessed:
        parts.append(f"{len(resolved.unsure) - guessed} unknown")
    output.message(", ".join(parts))


def _titles(output: Output, resolved: Resolved) -> dict[int, str]:
    return {i: title for i, _, title in output.context.library.views.names(resolved.asked)}


def _rows(resolved: Resolved, titles: dict[int, str]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        (it.paper_id, "found", it.identifier, titles[it.paper_id], "; ".join(it.reasons), "") for it in resolved.found
    ]
    rows += [
        (it.paper_id, "same", f"#{it.other_id}", titles[it.paper_id], "; ".join(it.reasons), "") for it in resolved.same
    ]
    for unsure in resolved.unsure:
        rows += [
            (
                unsure.paper_id, "candidate", it.identifier, it.metadata.title,
                "; ".join(it.verdict.reasons), "; ".join(it.verdict.doubts),
            )
            for it in unsure.candidates
        ] or [(unsure.paper_id, "unknown", "", titles[unsure.paper_id], "", "")]  # fmt: skip
    return rows


def _described(it: Candidate) -> str:
    """The paper in a line: title, first authors, where and when."""
    said = it.metadata
    names = ", ".join(said.authors[:2]) + (" et al." if len(said.authors) > 2 else "")
    venue = said.venue and (canonical(said.venue) or said.venue)
    where = " ".join(str(part) for part in (venue, said.year) if part)
    return one_line(". ".join(part for part in (said.title, names.rstrip("."), where) if part))


def _take(paper_id: int, it: Candidate) -> str:
    if it.on_list is not None:
        return f"it is #{it.on_list}: rl merge {it.on_list} {paper_id}"
    return f"rl refresh {paper_id} --as {it.identifier}"
