"""A paper as bibliographies see it: what sort of publication it is, its authors' names in parts, where it is found.

BibTeX, CSL-JSON and RIS have the same questions to a paper; the answers stand here once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from readlist.domain.patterns import late
from readlist.domain.shelf import AnyPaper
from readlist.domain.text import is_chinese, one_line, printable
from readlist.domain.titles import family_name
from readlist.domain.venues import is_journal, is_preprint_server

if TYPE_CHECKING:
    from readlist.domain.identifiers import Identifier
    from readlist.domain.metadata import Link

_KEPT = 16_384  # names and venues, of which many papers have the same

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
    if paper.venue:
        return _published(paper.venue)
    return "preprint" if paper.identifiers.get("arxiv") else "unpublished"


@lru_cache(_KEPT)
def _published(venue: str) -> Sort:
    name = publisher(venue)
    return "preprint" if not name else "journal" if is_journal(name) else "conference"


@lru_cache(_KEPT)
def publisher(venue: str) -> str:
    """The venue, empty if it is a preprint server, which does not publish."""
    name = one_line(venue)
    return "" if is_preprint_server(name) else name


def place(paper: AnyPaper) -> str:
    """Where the paper was published, or the server where a preprint is put, if the library says which."""
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


# (Compiled when they are needed: of most papers they are not.)
_SUFFIX = r"(?i)(?:Jr|Sr|Ph\.?D|II|III|IV)\.?"
_GROUP = (
    r"(?i)\b(?:(?-i:AI)|association|authors|centers?|centre|collaboration|committee|community|company|consortium|corp(?:oration)?"
    r"|council|department|developers|foundation|google|group|inc|initiative|institute?|labs?|laborator(?:y|ies)|llc|ltd"
    r"|microsoft|openai|organi[sz]ation|project|research|school|society|team|universit(?:y|é|ät)|workshop)"
    r"(?!\w)|[&@/\d]|\band\b"
)
_OTHERS = r"(?i)(?:,?\s*\bet\.?\s+al\.?|,?\s+and\s+others|,?\s*等)\s*$|^others$"


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


_USUAL = late(r"([A-Z][a-z]+(?: [A-Z]\.)?) ([A-Z][a-z]+)")


def usual_name(author: str) -> tuple[str, str] | None:
    """Given and family name, where `author` is words of letters (with hyphens and dots) and no more.

    So nearly all authors are called. None: `name` has to look at it.
    """
    usual = _USUAL.fullmatch(author)
    if usual:
        given, family = usual.groups()
        return None if given.lower() in _TELLING or family.lower() in _TELLING else (given, family)
    given, _, family = author.rpartition(" ")
    if not given or not family or "  " in author or author[0] == " " or is_chinese(author):
        return None
    words = author.replace(".", " ").replace("-", " ").casefold().split(" ")
    return (given, family) if "".join(words).isalpha() and _TELLING.isdisjoint(words) else None


def names(paper: AnyPaper) -> tuple[list[Name], bool]:
    """The authors, and whether the list says that there are more ("et al.")."""
    return names_in(paper.authors)


def names_in(authors: Sequence[str]) -> tuple[list[Name], bool]:
    """The authors that are named, and whether it is said that there are more."""
    found: list[Name] = []
    more = False
    for author in authors:
        usual = usual_name(author)
        if usual:
            found.append(Name(usual[1], usual[0]))
            continue
        author = one_line(author)
        bare = re.sub(_OTHERS, "", author).strip(" ,")
        more = more or bare != author.strip(" ,")
        if bare:
            found.append(name(bare))
    return found, more


@lru_cache(_KEPT)
def name(author: str) -> Name:
    """The parts of a name written "Given Family", "Given Family Jr", "Family, Given" or "Family, Given, Jr"."""
    if re.search(_GROUP, author):
        return Name(literal=author)
    parts = [part.strip() for part in author.split(",")]
    if len(parts) in (2, 3) and all(parts):
        family, given, *rest = parts
        if not rest and re.fullmatch(_SUFFIX, given):
            straight = name(family)
            return Name(straight.family, straight.given, given) if straight.family else Name(literal=author)
        if rest and re.fullmatch(_SUFFIX, given):  # "Family, Jr, Given"
            given, rest = rest[0], [given]
        if not rest or re.fullmatch(_SUFFIX, rest[0]):
            return Name(family, given, rest[0] if rest else "")
    words = author.split(" ")
    if len(parts) > 1 or len(words) < 2 or is_chinese(author):
        return Name(literal=author)
    suffix = words.pop() if len(words) > 2 and re.fullmatch(_SUFFIX, words[-1]) else ""
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
    from readlist.domain.identifiers import Identifier

    found = [
        Identifier(scheme, value)
        for scheme, value in paper.identifiers.items()
        if scheme != "doi" and scheme not in beside
    ]
    found.sort(key=lambda it: _PAGES.index(it.scheme) if it.scheme in _PAGES else len(_PAGES))
    return [it for it in found if it.url]


def best_address(paper: AnyPaper, beside: tuple[str, ...] = ()) -> str:
    """The first of `addresses`, empty if there is none."""
    for scheme in paper.identifiers:
        if scheme != "doi" and scheme not in beside:
            return next(addresses(paper, beside), "")
    return url(paper) if paper.url else ""


def url(paper: AnyPaper) -> str:
    """The paper's own address if it says more than its identifiers do, else empty."""
    if not paper.url:
        return ""
    address = one_line(paper.url).replace(" ", "%20")
    if not _PLAIN_ADDRESS.fullmatch(address):
        from readlist.domain.identifiers import is_address

        if not is_address(address):
            return ""
    if _may_name(address, paper):
        from readlist.domain.identifiers import from_url

        named = from_url(address)
        if named is not None and paper.identifiers.get(named.scheme) == named.value:
            return ""
    return address


# What is an address at first sight; of all else `is_address` has the say.
_PLAIN_ADDRESS = late(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][!-~]*)?")


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


_BESIDE = late(r"/?[^:/?#\\~\s][^:/?#\s]*(?:[/?#]|$)")


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


_BREAK = late(r"[ \t]*<br\s*/?>[ \t]*\n?", re.IGNORECASE)


def is_file(link: Link) -> bool:
    """Whether the link is a file of somebody's machine: never opened, and never written as a link of a page."""
    return link.url[:5].casefold() == "file:"
