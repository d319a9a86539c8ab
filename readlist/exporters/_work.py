"""A paper as bibliographies see it: what sort of publication it is, its authors' names in parts, where it is found.

BibTeX, CSL-JSON and RIS have the same questions to a paper; the answers stand here once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Link
from readlist.domain.shelf import AnyPaper
from readlist.domain.text import is_chinese, one_line, printable
from readlist.domain.titles import family_name
from readlist.domain.venues import is_journal, is_preprint_server

Sort = Literal["conference", "journal", "preprint", "unpublished", "thesis", "book", "post", "video", "resource"]


def sort_of(paper: AnyPaper) -> Sort:
    """What sort of publication the paper is: told by its kind, then by its venue, then by where it is found.

    A post that has an identifier of publications is cited as what it is there.
    """
    if paper.kind != "paper" and not (paper.kind == "post" and paper.identifiers):
        return paper.kind
    return publication(paper)


def publication(paper: AnyPaper) -> Sort:
    """What sort of publication the paper is as a paper, whatever its kind."""
    name = venue(paper)
    if name:
        return "journal" if is_journal(name) else "conference"
    return "preprint" if paper.identifiers.get("arxiv") or paper.venue else "unpublished"


def venue(paper: AnyPaper) -> str:
    """Where the paper was published, empty if nowhere: a preprint server does not publish."""
    return _publisher(paper.venue) if paper.venue else ""


@lru_cache(maxsize=4096)
def _publisher(venue: str) -> str:
    name = one_line(venue)
    return "" if is_preprint_server(name) else name


def place(paper: AnyPaper) -> str:
    """`venue`, or the server where a preprint is put, if the library says which."""
    return one_line(paper.venue or "")


# -- names -------------------------------------------------------------------------------------------------------------


class Name(NamedTuple):
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


_TELLING = frozenset(
    """
    ai association authors center centers centre collaboration committee community company consortium corp
    corporation council department developers foundation google group inc initiative institut institute lab labs
    laboratory laboratories llc ltd microsoft openai organisation organization project research school society team
    university universität université workshop and others et al jr sr ph phd i ii iii iv bin da de del della den der
    di dos du el la le ten ter van von zu
    """.split()
)
"""Words of which one in a name makes it another thing than given and family name: those of `_GROUP`, `_OTHERS` and
`_SUFFIX`, and the particles of `domain.titles`."""

_BETWEEN_WORDS = str.maketrans(".-|", "   ")


def plain_names(authors: Sequence[str]) -> list[tuple[str, str]] | None:
    """Given and family name of each, where all are words of letters (with hyphens and dots) and no more.

    So nearly all authors are called, and looking at all of a paper together is what takes no time. None: where one is
    not, and `name` has to look at them.
    """
    together = "|".join(authors)
    if "  " in together or "| " in together or together[:1] in " |":
        return None
    if not together.isascii() and is_chinese(together):
        return None
    words = together.translate(_BETWEEN_WORDS).casefold().split(" ")
    if not "".join(words).isalpha() or not _TELLING.isdisjoint(words):
        return None
    found = [(given, family) for given, _, family in [author.rpartition(" ") for author in authors]]
    return found if all(given and family for given, family in found) else None


def names(paper: AnyPaper) -> tuple[list[Name], bool]:
    """The authors, and whether the list says that there are more ("et al.")."""
    plain = plain_names(paper.authors)
    if plain:
        return [Name(family, given) for given, family in plain], False
    found: list[Name] = []
    more = False
    for author in map(one_line, paper.authors):
        bare = _OTHERS.sub("", author).strip(" ,")
        more = more or bare != author.strip(" ,")
        if bare:
            found.append(name(bare))
    return found, more


@lru_cache(maxsize=4096)
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


def own(paper: AnyPaper, beside: tuple[str, ...] = ()) -> list[Identifier]:
    """The paper's identifiers, of schemes not in `beside` and no DOI, that have a page, the best page first."""
    found = [
        Identifier(scheme, value)
        for scheme, value in paper.identifiers.items()
        if scheme != "doi" and scheme not in beside
    ]
    found.sort(key=lambda it: _PAGES.index(it.scheme) if it.scheme in _PAGES else len(_PAGES))
    return [it for it in found if it.url]


def url(paper: AnyPaper) -> str:
    """The paper's own address if it says more than its identifiers do, else empty."""
    if not paper.url:
        return ""
    address = one_line(paper.url).replace(" ", "%20")
    if not _PLAIN_ADDRESS.fullmatch(address) and not ids.is_address(address):
        return ""
    if _may_name(address, paper):
        named = ids.from_url(address)
        if named is not None and paper.identifiers.get(named.scheme) == named.value:
            return ""
    return address


# What is an address at first sight; of all else `is_address` has the say.
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][!-~]*)?")


def _may_name(address: str, paper: AnyPaper) -> bool:
    """Whether `address` can name one of the paper's identifiers: what stands behind the slash of it is in it then."""
    if "%" in address:
        return True
    folded = address.casefold()
    return any(value.rpartition("/")[2].casefold() in folded for value in paper.identifiers.values())


def addresses(paper: AnyPaper, beside: tuple[str, ...] = ()) -> Iterator[str]:
    """Where the paper is found, best first: the pages of identifiers of schemes not in `beside`, its own address.

    The index pages of Semantic Scholar come last: they are no place of publication.
    """
    pages = own(paper, beside)
    yield from (str(it.url) for it in pages if it.scheme not in ("corpus", "s2"))
    address = url(paper)
    if address:
        yield address
    yield from (str(it.url) for it in pages if it.scheme in ("corpus", "s2"))


_BESIDE = re.compile(r"/?[^:/?#\\~\s][^:/?#\s]*(?:[/?#]|$)")


def is_beside(link: Link) -> bool:
    """Whether the link is a path without a scheme or host: a file of the site or folder of the page that names it."""
    return _BESIDE.match(link.url) is not None


# -- texts -------------------------------------------------------------------------------------------------------------


def notes(paper: AnyPaper) -> list[str]:
    """What the reader wrote: the summary, then the notes, each as it was written, without blank lines around it.

    Line breaks of HTML are line breaks: programs of bibliographies show a note's Markdown as it was typed.
    """
    if not paper.summary and not paper.notes:
        return []
    texts = (paper.summary or "", *(note.text for note in paper.notes))
    return [text for text in (_BREAK.sub("\n", printable(it)).strip() for it in texts) if text]


_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*\n?", re.IGNORECASE)


def is_file(link: Link) -> bool:
    """Whether the link is a file of somebody's machine: never opened, and never written as a link of a page."""
    return link.url[:5].casefold() == "file:"
