"""`rl export --like PAGE`: what is said about a page that is given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readlist.cli.output import Output
from readlist.domain.text import one_line
from readlist.errors import UsageError

if TYPE_CHECKING:
    from readlist.services.like import Alike
    from readlist.services.listing import Wanted

_NAMED = 5  # lines and titles that are told; of more the number


def alike(output: Output, page: str, wanted: Wanted, format: str) -> Alike:
    """The page, rewritten. Raises UsageError for a format that no page is in."""
    from readlist.services.like import like, read_bytes

    if format != "markdown":
        raise UsageError(f"--like rewrites a page: its format cannot be {format}", "leave --format out")
    return like(output.context.library.views, read_bytes(page), page, wanted, output.context.now().date())


def tell_changes(output: Output, page: Alike, file: str | None) -> None:
    """What was changed, what could not be, and what stands on one side only."""
    output.message(
        f"{_papers(len(page.changed))} changed of {page.on_page} on the page"
        + (f"; written to {one_line(file)}" if file else "")
    )
    if page.failed:
        output.message(f"  {_several('line', page.failed)} could not be changed without changing more: look there")
    if page.unknown:
        output.message(f"  not in the library: {_some(page.unknown)} (`rl import` takes the page in)")
    if page.beside:
        titles = [title for _, _, title in output.context.library.views.names(page.beside[:_NAMED])]
        output.message(f"  not on the page, and not written to it: {_some(titles, len(page.beside))}")


def _papers(count: int) -> str:
    return f"{count} paper" if count == 1 else f"{count} papers"


def _several(name: str, numbers: Sequence[int]) -> str:
    return f"{name}{'s' if len(numbers) > 1 else ''} {_some([str(n) for n in numbers])}"


def _some(texts: Sequence[str], total: int | None = None) -> str:
    more = (len(texts) if total is None else total) - len(texts[:_NAMED])
    return "; ".join(_cut(one_line(text)) for text in texts[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else text[:_LETTERS].rstrip() + "…"


_LETTERS = 60  # of a title
