"""Is it the same paper? Decided by identifier, else by title with author and year where they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readlist.domain.text import fold, is_chinese
from readlist.domain.titles import family_name

TELLING_TITLE = 12
"""Folded titles shorter than this ("Introduction", "GloVe") are shared by different works: they prove nothing alone."""

YEARS_APART = 3
"""A preprint and its publication may be this many years apart."""


def contradiction(
    ours: Mapping[str, str], theirs: Mapping[str, str], our_year: int | None, their_year: int | None
) -> str | None:
    """Why two records with one title are two papers after all: another id of one scheme, years far apart."""
    for scheme, value in ours.items():
        other = theirs.get(scheme)
        # One paper has one arXiv id; a DOI may be of the preprint or of the publication.
        if scheme != "doi" and other is not None and other != value:
            return f"{scheme} {value} is not {scheme} {other}"
    if our_year and their_year and abs(our_year - their_year) > YEARS_APART:
        return f"{our_year} is not {their_year}"
    return None


def authors_agree(ours: Sequence[str], theirs: Sequence[str]) -> bool | None:
    """Whether the lists share a family name; None where they cannot be compared.

    That is where one is empty, or one is in Chinese and the other is not. ("et al." lists may be of one name.)
    """
    if not ours or not theirs or _chinese(ours) != _chinese(theirs):
        return None
    left, right = ({fold(family_name(a)) for a in names} for names in (ours, theirs))
    return bool(left & right)


def _chinese(names: Sequence[str]) -> bool:
    return any(map(is_chinese, names))


def same_paper(
    *,
    our_title: str,
    their_title: str,
    our_authors: Sequence[str] = (),
    their_authors: Sequence[str] = (),
    our_year: int | None = None,
    their_year: int | None = None,
    our_ids: Mapping[str, str] | None = None,
    their_ids: Mapping[str, str] | None = None,
    our_url: str | None = None,
    their_url: str | None = None,
) -> bool:
    """Whether two records are one paper."""
    ids, other_ids = our_ids or {}, their_ids or {}
    if any(other_ids.get(scheme) == value for scheme, value in ids.items()):
        return True
    key = fold(our_title)
    if not key or key != fold(their_title) or contradiction(ids, other_ids, our_year, their_year):
        return False
    agree = authors_agree(our_authors, their_authors)
    if agree is False:
        return False
    if len(key) >= TELLING_TITLE or agree:
        return True
    if our_url and their_url:
        return our_url == their_url
    return our_year == their_year
