"""BibTeX, as BibTeX and biber both read it: UTF-8, one entry a paper, in order of the citation keys.

Text is escaped for LaTeX, so that no title ends its field, begins a comment or runs a command; formulas between
dollars are kept, as they are meant for LaTeX. Capitals that must stay are put into braces. Sources: the BibTeX
manual (btxdoc, btxhak) for entries, names and keys; the biblatex manual 2.2 for fields, verbatim ones among them.

| what a paper has | what becomes of it |
|---|---|
| key, title, authors, year, venue, DOI | their fields; of a key what BibTeX cannot have is replaced |
| other identifiers | arXiv's or else PubMed's as the e-print, the best other one as the address |
| files | `file`, as reference managers write it |
| tags; abstract; summary and notes | `keywords`; `abstract`; `annote`, all in one |
| kind | the type; a post or video without an address, or with an identifier, is a publication |
| dashes and quotation marks of LaTeX in a title | what LaTeX prints for them |
| other links, day, topics, state, passes, priority, counts, when it was added | are not told |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from readlist.domain.patterns import late
from readlist.domain.shelf import AnyPaper, Shelf
from readlist.domain.text import one_line
from readlist.exporters import _latex as latex
from readlist.exporters import _work as work

if TYPE_CHECKING:
    from readlist.domain.metadata import Link

_KEPT = 16_384  # names, venues and tags, of which many papers have the same

# By sort of publication: the type of the entry, and the field in which its venue stands.
_TYPES: dict[work.Sort, tuple[str, str]] = {
    "conference": ("inproceedings", "booktitle"),
    "journal": ("article", "journal"),
    "preprint": ("misc", "howpublished"),
    "unpublished": ("misc", "howpublished"),
    "thesis": ("phdthesis", "school"),
    "book": ("book", "publisher"),
    "post": ("online", "organization"),
    "video": ("online", "organization"),
    "resource": ("software", "organization"),
}


_ON_THE_WEB = frozenset(sort for sort, (kind, _) in _TYPES.items() if kind == "online")
_ARCHIVES = (("arxiv", "arXiv"), ("pmid", "pubmed"))
"""Identifiers that are e-prints, with the names of their archives; arXiv's as BibTeX styles know it."""


def write(shelf: Shelf) -> Iterator[str]:
    """The entries, one piece each."""
    taken: set[str] = set()
    before = ""
    for paper in shelf.papers:
        key = _unused(key_of(paper.key), taken)
        taken.add(key.casefold())
        yield before + entry(paper, key)
        before = "\n"


def entry(paper: AnyPaper, key: str) -> str:
    """The paper as an entry with the key `key`."""
    identifiers = paper.identifiers
    sort = work.sort_of(paper)
    if sort in _ON_THE_WEB and not any(work.addresses(paper)):  # it would want one
        sort = work.publication(paper)
    kind, place = _TYPES[sort]
    if sort == "unpublished" and not identifiers and work.url(paper):
        # Of a work that is only on the web "misc" tells nothing; this says that it is a paper.
        kind = "unpublished"
    made = f"@{kind}{{{key},\n"
    if title := latex.title(paper.title):
        made += f"  title = {{{title}}},\n"
    if authors := _authors(paper):
        made += f"  author = {{{authors}}},\n"
    if paper.venue and (venue := _venue(paper.venue, bool(identifiers.get("arxiv")))):
        made += f"  {place} = {{{venue}}},\n"
    if paper.year:
        made += f"  year = {{{paper.year}}},\n"
    if doi := _verbatim(identifiers.get("doi")):
        made += f"  doi = {{{doi}}},\n"
    # A field there is for one e-print only.
    beside: tuple[str, ...] = ()
    for scheme, archive in _ARCHIVES:
        if found := identifiers.get(scheme):
            made += f"  eprint = {{{_verbatim(found)}}},\n  archiveprefix = {{{archive}}},\n"
            beside = (scheme,)
            break
    if address := _verbatim(work.best_address(paper, beside)):
        made += f"  url = {{{address}}},\n"
    if paper.links and (files := ";".join(map(_file, filter(work.is_file, paper.links)))):
        made += f"  file = {{{files}}},\n"
    if paper.tags and (keywords := _keywords(paper.tags)):
        made += f"  keywords = {{{keywords}}},\n"
    if paper.abstract and (abstract := latex.paragraphs(paper.abstract)):
        made += f"  abstract = {{{abstract}}},\n"
    if (paper.summary or paper.notes) and (notes := latex.text("\n\n".join(work.notes(paper)))):
        made += f"  annote = {{{notes}}},\n"
    return made + "}\n"


# -- keys --------------------------------------------------------------------------------------------------------------

# BibTeX allows no blank and none of "#%'(),={}; biber none of these and no ~ @ \ either. What stays is letters and
# digits of any script, and the signs that both take, as in the keys of astronomers (2004A&A...424..927C).
_NOT_IN_KEY = late(r"[^\w\-.:/+&!*;?|<>\[\]]+")


def key_of(key: str) -> str:
    """The citation key `key` as an entry may have it.

    Where a character has to go, a few letters made from the whole key are added: keys that differ only there stay
    different, and none depends on what else is exported.
    """
    if key.isascii() and key.isalnum():
        return key
    from unicodedata import normalize

    whole = normalize("NFC", key)
    safe = _NOT_IN_KEY.sub("-", whole).strip("-")
    if safe and safe == key:
        return key
    from hashlib import sha256

    mark = sha256(key.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{safe}-{mark}" if safe else mark


def _unused(key: str, taken: set[str]) -> str:
    """`key` or, as BibTeX takes "Gao2021" and "gao2021" for one, `key` with a number that no key before it has."""
    if key.casefold() not in taken:
        return key
    number, free = 1, key
    while free.casefold() in taken:
        number += 1
        free = f"{key}-{number}"
    return free


# -- values ------------------------------------------------------------------------------------------------------------


@lru_cache(_KEPT)
def _venue(venue: str, arxiv: bool) -> str:
    """Where the paper was published; of a preprint the server, but arXiv's is said as the archive."""
    return latex.escaped(work.publisher(venue) or ("" if arxiv else one_line(venue)))


def _file(link: Link) -> str:
    """A file as JabRef, Zotero and Mendeley note it: description, path, type. biblatex prints nothing of it."""
    from urllib.parse import unquote

    path = unquote(re.sub(r"^file:(?://(?=/))?", "", link.url, flags=re.IGNORECASE))
    path = re.sub(r"^/(?=[A-Za-z]:/)", "", path)
    parts = [re.sub(r"\\", "", one_line(part)) for part in (link.text, path)]
    parts = [part if latex.pairs_up(re.findall("[{}]", part)) else re.sub("[{}]", "", part) for part in parts]
    parts.append(link.rel.upper())
    return ":".join(re.sub("[:;]", lambda found: f"\\{found[0]}", part) for part in parts)


def _verbatim(text: str | None) -> str:
    """An address or identifier: styles print it as it stands, so only what would break the entry is encoded."""
    if not text or _SAFE.fullmatch(text):
        return text or ""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", one_line(text))


_SAFE = late(r"[!-\[\]_-z|~]*")
_UNSAFE = late(r"[{}\\^\s]")


def _keywords(tags: Sequence[str]) -> str:
    """Tags divided by commas; by semicolons, if a tag has a comma."""
    labels = [*map(_label, tags)]
    written = ", ".join(labels)
    if written.count(",") < len(labels) and "，" not in written and "、" not in written:
        return written
    return "; ".join(labels) + (";" if len(labels) == 1 else "")


@lru_cache(_KEPT)
def _label(tag: str) -> str:
    return latex.escaped(one_line(tag).replace(";", ","))


def _authors(paper: AnyPaper) -> str:
    written: list[str] = []
    more = False
    for author in paper.authors:
        if usual := work.usual_name(author):
            written.append(f"{usual[1]}, {usual[0]}")
            continue
        names, others = _unusual(author)
        written += names
        more = more or others
    if more:
        written.append("others")
    return " and ".join(written)


@lru_cache(_KEPT)
def _unusual(author: str) -> tuple[list[str], bool]:
    found, more = work.names_in((author,))
    return [_name(one) for one in found], more


def _name(name: work.Name) -> str:
    if name.literal or re.search(r"(?i)(?:^|\s)and(?:\s|$)", f"{name.family} {name.given}"):
        return f"{{{latex.plain(name.literal or f'{name.given} {name.family}')}}}"
    return ", ".join(latex.plain(part) for part in (name.family, name.suffix, name.given) if part)
