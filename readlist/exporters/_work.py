"""A paper as bibliographies see it: what sort of publication it is, its authors' names in parts, where it is found.

BibTeX, CSL-JSON and RIS have the same questions to a paper; the answers stand here once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Link
from readlist.domain.paper import Paper
from readlist.domain.text import is_chinese, one_line, printable
from readlist.domain.titles import family_name
from readlist.domain.venues import is_journal, is_preprint_server

Sort = Literal["conference", "journal", "preprint", "unpublished", "thesis", "book", "post", "video", "resource"]


def sort_of(paper: Paper) -> Sort:
    """What sort of publication the paper is: told by its kind, then by its venue, then by where it is found.

    A post that has an identifier of publications is cited as what it is there.
    """
    if paper.kind != "paper" and not (paper.kind == "post" and paper.identifiers):
        return paper.kind
    return publication(paper)


def publication(paper: Paper) -> Sort:
    """What sort of publication the paper is as a paper, whatever its kind."""
    if venue(paper):
        return "journal" if is_journal(venue(paper)) else "conference"
    return "preprint" if paper.identifiers.get("arxiv") or paper.venue else "unpublished"


def venue(paper: Paper) -> str:
    """Where the paper was published, empty if nowhere: a preprint server does not publish."""
    name = one_line(paper.venue or "")
    return "" if is_preprint_server(name) else name


def place(paper: Paper) -> str:
    """`venue`, or the server where a preprint is put, if the library says which."""
    return one_line(paper.venue or "")


# -- names -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """An author: `family` with `given` and `suffix`, or, where there is no given name, `literal`, to be kept as it is.

    Literal are the names of groups, single names, and Chinese names, of which no style may turn the parts around.
    """

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""


_SUFFIX = re.compile(r"(?:Jr|Sr|Ph\.?D|II|III|IV)\.?", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:(?-i:AI)|association|authors|centers?|centre|collaboration|committee|community|company|consortium|corp(?:oration)?"
    r"|council|department|developers|foundation|google|group|inc|initiative|institute?|labs?|laborator(?:y|ies)|llc|ltd"
    r"|microsoft|openai|organi[sz]ation|project|research|school|society|team|universit(?:y|é|ät)|workshop)"
    r"(?!\w)|[&@/\d]|\band\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?:,?\s*\bet\.?\s+al\.?|,?\s+and\s+others|,?\s*等)\s*$|^others$", re.IGNORECASE)


def names(paper: Paper) -> tuple[list[Name], bool]:
    """The authors, and whether the list says that there are more ("et al.")."""
    found: list[Name] = []
    more = False
    for author in map(one_line, paper.authors):
        bare = _OTHERS.sub("", author).strip(" ,")
        more = more or bare != author.strip(" ,")
        if bare:
            found.append(name(bare))
    return found, more


def name(author: str) -> Name:
    """The parts of a name written "Given Family", "Given Family Jr", "Family, Given" or "Family, Given, Jr"."""
    if _GROUP.search(author):
        return Name(literal=author)
    parts = [part.strip() for part in author.split(",")]
    if len(parts) in (2, 3) and all(parts):
        family, given, *rest = parts
        if not rest and _SUFFIX.fullmatch(given):
            straight = name(family)
            return Name(straight.family, straight.given, given) if straight.family else Name(literal=author)
        if rest and _SUFFIX.fullmatch(given):  # "Family, Jr, Given"
            given, rest = rest[0], [given]
        if not rest or _SUFFIX.fullmatch(rest[0]):
            return Name(family, given, rest[0] if rest else "")
    words = author.split(" ")
    if len(parts) > 1 or len(words) < 2 or is_chinese(author):
        return Name(literal=author)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    family = family_name(" ".join(words))
    given = " ".join(words).removesuffix(family).strip()
    # family_name passes over suffixes wherever they stand; where the name does not end in it, it is left alone.
    if not given or not " ".join(words).endswith(family):
        return Name(literal=author)
    return Name(family, given, suffix)


# -- identifiers and addresses -----------------------------------------------------------------------------------------

# Of several identifiers the page that a reader is sent to: the publisher's before an index.
_PAGES = ("acl", "openreview", "arxiv", "pmid", "corpus", "s2")


def own(paper: Paper) -> list[Identifier]:
    """The paper's identifiers other than its DOI that have a page, the best page first."""
    found = [Identifier(scheme, value) for scheme, value in paper.identifiers.items() if scheme != "doi"]
    found.sort(key=lambda it: _PAGES.index(it.scheme) if it.scheme in _PAGES else len(_PAGES))
    return [it for it in found if it.url]


def url(paper: Paper) -> str:
    """The paper's own address if it says more than its identifiers do, else empty."""
    address = one_line(paper.url or "").replace(" ", "%20")
    named = ids.from_url(address) if ids.is_address(address) else None
    known = named is not None and paper.identifiers.get(named.scheme) == named.value
    return address if ids.is_address(address) and not known else ""


def addresses(paper: Paper, beside: tuple[str, ...] = ()) -> Iterator[str]:
    """Where the paper is found, best first: the pages of identifiers of schemes not in `beside`, its own address.

    The index pages of Semantic Scholar come last: they are no place of publication.
    """
    pages = [it for it in own(paper) if it.scheme not in beside]
    yield from (str(it.url) for it in pages if it.scheme not in ("corpus", "s2"))
    if url(paper):
        yield url(paper)
    yield from (str(it.url) for it in pages if it.scheme in ("corpus", "s2"))


_BESIDE = re.compile(r"/?[^:/?#\\~\s][^:/?#\s]*(?:[/?#]|$)")


def is_beside(link: Link) -> bool:
    """Whether the link is a path without a scheme or host: a file of the site or folder of the page that names it."""
    return _BESIDE.match(link.url) is not None


# -- texts -------------------------------------------------------------------------------------------------------------


def notes(paper: Paper) -> list[str]:
    """What the reader wrote: the summary, then the notes, each as it was written, without blank lines around it.

    Line breaks of HTML are line breaks: programs of bibliographies show a note's Markdown as it was typed.
    """
    texts = (paper.summary or "", *(note.text for note in paper.notes))
    return [text for text in (_BREAK.sub("\n", printable(it)).strip() for it in texts) if text]


_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*\n?", re.IGNORECASE)


def is_file(link: Link) -> bool:
    """Whether the link is a file of somebody's machine: never opened, and never written as a link of a page."""
    return link.url[:5].casefold() == "file:"
