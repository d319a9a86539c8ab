"""Lists of terms (`<dl>`): what a `<dd>` says belongs to its `<dt>`, also where it reads like a paper of its own."""

from __future__ import annotations

from readlist.importers.lines import _fields, _inline

_LONGEST = 500  # characters; what says more tells something


def completed(title: str, said: str) -> str | None:
    """The line that the name of a paper makes together with what is said of it (both Markdown), where that is no more
    than its fields: authors, venue, year, addresses. None if it is not, or `title` may be no title."""
    if len(said) > _LONGEST or "://" in title.partition("](")[0] or "**" in title:
        return None
    spans = _inline.spans(said, {})
    if any(span.href is not None and not (span.bare or _fields.is_link_word(span.text)) for span in spans):
        return None
    found = _fields.read_parts(
        "".join(" , " if span.href is not None else span.text for span in spans).strip(" ,.[]()")
    )
    if found.left or not found.published:
        return None
    return f"{title if title.startswith('[') else f'**{title}**'} {said}"
