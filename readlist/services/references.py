"""Which paper is meant? The one place that reads a PAPER of the command line.

Tried in this order; the first that fits decides: library id, citation key, identifier (bare, prefixed or as an
address), an address that a paper has as a link, part of a title. A number is no part of a title: a slip in an id, or
the id of a paper that is gone, would be taken for a paper with "2013" in its title, and that one be changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from readlist.db.views import Views
from readlist.domain import identifiers
from readlist.domain.nearest import nearest, parts
from readlist.domain.text import fold, one_line, words
from readlist.errors import Ambiguous, NotFound, UsageError
from readlist.services.current import Current

_CANDIDATES = 10
_LOOKED_AT = 1_000  # keys; more would take longer than the answer is worth
_TELLING = 3  # letters; shorter words are in every title
_WORDS = 8


def resolve(views: Views, current: Current, reference: str) -> int:
    """The id of the one paper that `reference` names. Raises NotFound, Ambiguous, or UsageError for an empty name."""
    text = reference.strip()
    if text == "@":
        return current.paper(views)
    text = one_line(text)
    if not text:  # an unset variable of a script must not mean the paper being read
        raise UsageError("the name of the paper is empty", "@ is the current paper")
    if re.fullmatch(r"#?[0-9]{1,9}", text):
        number = int(text.removeprefix("#"))
        if views.has_id(number):
            return number
        titled = [] if text.startswith("#") else views.ids_of_titles([fold(text)])[fold(text)]
        if titled:
            return _only(views, titled, reference)
        raise NotFound(f"there is no paper #{number}", "`rl list` shows the ids", ref=reference)
    key = views.id_of_key(text)
    if key is not None:
        return key
    named = identifiers.parse(text)
    if named:
        found = views.id_of_identifier(named.scheme, named.value)
        if found is not None:
            return found
        raise NotFound(f"{named} is not on the list", f"`rl add {named}` puts it there", ref=reference)
    if identifiers.is_address(text):
        return _only(views, ids_of_address(views, text), reference)
    return _only(views, _titled(views, text), reference)


def _titled(views: Views, text: str) -> list[int]:
    """The papers with `text` in their title; of a few those alone that have it as a person would see it there."""
    ids = views.ids_of_title(text)
    return [i for i, _, title in views.names(ids) if _stands_in(text, title)] if len(ids) <= _CANDIDATES else ids


def _stands_in(text: str, title: str) -> bool:
    """Whether `text` stands in the title as it is, or folded from the beginning of a word on, or within one: "nope" is
    not in "An Open …", though its letters are."""
    if text.casefold() in one_line(title).casefold():
        return True
    wanted, parts = fold(text), [fold(part) for part in title.split()]
    return any(wanted in part or "".join(parts[n:]).startswith(wanted) for n, part in enumerate(parts))


def resolve_all(views: Views, current: Current, references: Sequence[str]) -> list[int]:
    """The papers that `references` name, each once, in order; without any, the current paper."""
    return list(dict.fromkeys(resolve(views, current, text) for text in references or ["@"]))


def chosen(views: Views, current: Current, words: Sequence[str], today: date) -> list[int]:
    """The papers that `words` name, or, where one of them is plainly of a query (`year:2020..`, `@work`), that fit it.

    Papers of a query stand in the order of their ids; there may be none.
    """
    from readlist.domain.query import means_query

    if not any(map(means_query, words)):
        return resolve_all(views, current, words)
    from readlist.services.listing import Wanted, to_filter

    return views.ids(to_filter(Wanted(words), today, views), "id", None, today)


def ids_of_address(views: Views, url: str) -> list[int]:
    """The papers that have this address, with or without a slash at its end."""
    bare = url.rstrip("/")
    return next((ids for spelling in (url, bare, f"{bare}/") if (ids := views.ids_of_url(spelling))), [])


def _only(views: Views, ids: Sequence[int], reference: str) -> int:
    shown = one_line(reference)
    if not ids:
        raise NotFound(f"no paper fits {shown!r}", _nearest(views, shown), ref=reference)
    if len(ids) > 1:
        raise Ambiguous(
            f"{shown!r} fits {len(ids)} papers",
            [f"{i}  {key}  {title}" for i, key, title in views.names(ids[:_CANDIDATES])],
            "name one by its id or key" + (f"; the first {_CANDIDATES} are shown" if len(ids) > _CANDIDATES else ""),
            ref=reference,
        )
    return ids[0]


def _nearest(views: Views, text: str) -> str:
    meant = identifiers.looks_meant(text)
    if meant:
        return f"it looks like an {meant}, but is none" if meant[0] == "a" else f"it looks like a {meant}, but is none"
    near = nearest(text, views.keys_near(*parts(text.casefold()), _LOOKED_AT))
    if not near:
        telling = [word for word in words(text) if len(word) >= _TELLING][:_WORDS]
        near = views.titles_near(list(map(fold, telling)), 3) if len(telling) > 1 else []
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "a paper is named by its id, key, arXiv id, DOI, address, or a part of its title"
