"""Which paper of the library an entry is of: its identifiers decide, then its title (`domain/matching.py`)."""

from __future__ import annotations

from collections.abc import Mapping

from readlist.db.papers import Papers
from readlist.domain.matching import contradiction, same_paper
from readlist.domain.metadata import Metadata
from readlist.domain.text import fold, one_line


def paper_of(papers: Papers, said: Metadata, given: Mapping[tuple[str, str], int]) -> int | None:
    """The paper that an entry is of, if the library has it.

    `given` are the papers to which entries have given identifiers that these have not been told of yet.
    """
    for scheme, value in said.identifiers.items():
        found = papers.with_identifier(scheme, value) or given.get((scheme, value))
        if found is not None:
            return found
    title = said.title or said.url or ""  # a paper of which no more is known stands under its address
    for candidate in papers.with_title(fold(title)) if title else ():
        known = papers.known(candidate)
        authors, year, url = known.get("authors"), known.get("year"), known.get("url")
        if not fold(title) and known["title"].value == one_line(title):  # of signs alone: nothing to be compared
            return candidate
        if same_paper(
            our_title=str(known["title"].value),
            their_title=title,
            our_authors=authors.value if authors and isinstance(authors.value, tuple) else (),
            their_authors=said.authors,
            our_year=year.value if year and isinstance(year.value, int) else None,
            their_year=said.year,
            our_ids=papers.identifiers(candidate),
            their_ids=said.identifiers,
            our_url=str(url.value) if url else None,
            their_url=said.url,
        ):
            return candidate
    return None


def is_titled(papers: Papers, paper_id: int, said: Metadata) -> bool:
    """Whether the paper, which has the entry's key, has its title too, and no other identifier speaks against it.

    A key tells the same entry again where the title alone is too short to.
    """
    title, other = str(papers.known(paper_id)["title"].value), one_line(said.title or "")
    same = fold(title) == fold(other) if fold(title) else title == other
    return same and not contradiction(papers.identifiers(paper_id), said.identifiers, None, None)
