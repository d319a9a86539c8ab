"""Who is believed on which field of a paper. Order of arrival never decides, only who says it.

A person's edit ("user") always wins. The services outrank what a page says in passing, except that a preprint server
is no venue of publication: "EMNLP 2021" on a page stands against Semantic Scholar's "arXiv.org". Venue and year go
together: who is believed on the venue of publication is believed on its year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from readlist.domain.metadata import Metadata

Value = str | int | tuple[str, ...]

PUBLICATION = "publication"
"""Who said the year together with a venue of publication: no field of the paper, but what its year is weighed by."""

FIELDS = ("kind", "title", "authors", "year", "published", "venue", "url", "abstract", "tldr")

# Later outranks earlier. "reference" is the stand-in title of a paper of which nothing is known but its identifier.
_SPEAKERS = ("reference", "typed", "page", "openalex", "crossref", "semantic-scholar", "arxiv", "user")
# arXiv's free text on publication is a guess; of the services it is believed last on venue and year.
_ON_PUBLICATION = ("reference", "typed", "arxiv", "page", "openalex", "crossref", "semantic-scholar", "user")

OBSERVERS = ("page", "openalex", "semantic-scholar", "user")
"""Who counts citations; of two counts of one day the later in this row is shown."""


def trust(observer: str) -> int:
    """How far the observer's citation counts are trusted: the higher, the more."""
    return OBSERVERS.index(observer) if observer in OBSERVERS else -1


@dataclass(frozen=True, slots=True)
class Claim:
    """A field's value and who said it."""

    value: Value
    source: str


def _rank(order: tuple[str, ...], source: str) -> int:
    return order.index(source) if source in order else order.index("page")


def _is_published(venue: Value | None) -> bool:
    from readlist.domain.venues import PREPRINT

    return venue is not None and venue != PREPRINT


def _publication_rank(source: str, published: bool) -> tuple[int, int]:
    """A venue of publication outranks a preprint server and no venue, whoever says so; a person outranks all."""
    return (2 if source == "user" else 1 if published else 0, _rank(_ON_PUBLICATION, source))


def improvements(known: Mapping[str, Claim], said: Metadata, venue: str | None) -> dict[str, Value]:
    """The fields of `known` that `said` changes, with their new values.

    `venue` is `said.venue` under its canonical name. Empty values never replace anything: a source that does not say
    is no source that denies. With a year that was said of a publication comes `PUBLICATION`, to be kept with the rest:
    without it, who is believed later would depend on who came first.
    """
    changed: dict[str, Value] = {}
    published = _is_published(venue)
    for field in FIELDS:
        value: Value | None = venue if field == "venue" else getattr(said, field)
        if value is None or value == () or value == "":
            continue
        old = known.get(field)
        with_venue = known.get(PUBLICATION)
        if old is None:
            better = True
        elif field == "year":
            was_published = with_venue is not None and with_venue.source == old.source
            better = _publication_rank(said.source, published) >= _publication_rank(old.source, was_published)
        elif field == "venue":
            better = _publication_rank(said.source, published) >= _publication_rank(
                old.source, _is_published(old.value)
            )
        else:
            better = _rank(_SPEAKERS, said.source) >= _rank(_SPEAKERS, old.source)
        if better and old != Claim(value, said.source):
            changed[field] = value
        if better and field == "year" and published and with_venue != Claim(value, said.source):
            changed[PUBLICATION] = value
    return changed


def improvements_of_new(said: Metadata, venue: str | None) -> dict[str, Value]:
    """What `improvements` gives for a paper of which nothing is known but the title and the kind that `said` says."""
    facts: dict[str, Value] = {}
    if said.authors:
        facts["authors"] = said.authors
    if said.year is not None:
        facts["year"] = said.year
        if _is_published(venue):
            facts[PUBLICATION] = said.year
    if said.published:
        facts["published"] = said.published
    if venue:
        facts["venue"] = venue
    if said.url:
        facts["url"] = said.url
    if said.abstract:
        facts["abstract"] = said.abstract
    if said.tldr:
        facts["tldr"] = said.tldr
    return facts
