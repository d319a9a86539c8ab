"""What bibliographies keep in free text: lines "Label: value" among the notes, markup in titles, notes in HTML.

Sources: Zotero's field Extra and what its add-ons write there (Better BibTeX: `Citation Key`, `tex.*`; the reading
list: `Read_Status`, `Read_Status_Date`; citation counts: `ZSCC`, "12 citations (Crossref) [2024-01-31]"); Zotero and
CSL processors allow a few HTML elements in titles.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese, one_line
from readlist.importers.records._bib_fields import (
    Record,
    date,
    eprint,
    identified,
    keywords,
    kind,
    name,
    person,
)
from readlist.importers.records._bib_states import mark_of, priority_of
from readlist.importers.records._files import local_address
from readlist.importers.records._notes_html import note

_LABELLED = late(r"\s{0,3}(?:tex\.)?([A-Za-z][A-Za-z_ -]{1,30}?)\*?\s*[:=]\s*(\S.*)", re.IGNORECASE)
_COUNTED = late(r"\s*(\d{1,9}) citations? \((?:[^()]|\([^()]*\))*\)(?: \[[\d-]+\])?\s*", re.IGNORECASE)
_CITED_BY = late(
    r"(?:cited by\s*[:=]?|(?:zscc|gscc|citations?|times cited)\s*[:=])\s*(\d{1,9})(?:\s*[;,].*|\.)?", re.IGNORECASE
)


_Taker = Callable[[Record, str], bool]
"""Gives a record what a value says; whether it could be understood."""


def _text(field: str, understood: Callable[[str], bool]) -> _Taker:
    """Into a field of the record that is one text."""

    def take(record: Record, value: str) -> bool:
        before = getattr(record, field)
        if not understood(value) or before not in ("", value):  # what would be lost is the reader's text
            return False
        setattr(record, field, value)
        return True

    return take


def _identifier(scheme: str) -> _Taker:
    def take(record: Record, value: str) -> bool:
        found = identified(scheme, value) if scheme else eprint("", value)
        if found:
            record.identifiers.append(found)
        return found is not None

    return take


def _keywords(record: Record, value: str) -> bool:
    record.keywords += keywords(value)
    return True


def _of_pubmed(record: Record, value: str) -> bool:
    return pubmed(record, value)


def _is_state(value: str) -> bool:
    return mark_of(value)[0] is not None or value.casefold() in ("new", "not reading")


# What a label, in lower case and with blanks for underscores, says of a paper; with `tex.` before it the same.
_LABELS: dict[str, _Taker] = {
    "citation key": _text("key", lambda value: bool(citation_key(value))),
    "citekey": _text("key", lambda value: bool(citation_key(value))),
    "bibtex": _text("key", lambda value: bool(citation_key(value))),
    "arxiv": _identifier("arxiv"),
    "arxiv id": _identifier("arxiv"),
    "doi": _identifier("doi"),
    "pmid": _identifier("pmid"),
    "pmcid": _of_pubmed,
    "eprint": _identifier(""),
    "read status": _text("state", _is_state),
    "readstatus": _text("state", _is_state),
    "read status date": _text("read_on", lambda value: date(value)[0] is not None),
    "priority": _text("priority", lambda value: priority_of(value) is not None),
    "keywords": _keywords,
    "container title": _text("venue", bool),
    "publication title": _text("venue", bool),
}


def take_extra(record: Record, text: str) -> str:
    """Give `record` what the labelled lines of `text` say, and return the text without them: notes, as written."""
    left = []
    for line in text.split("\n"):
        found = _LABELLED.fullmatch(line)
        take = _LABELS.get(re.sub(r"[\s_-]+", " ", found[1].casefold()).strip()) if found else None
        counted = _COUNTED.fullmatch(line) or _CITED_BY.fullmatch(line.strip())
        if found and take and take(record, found[2].strip()):
            continue
        if counted:
            record.citations = int(counted[1])
        else:
            left.append(line)
    return "\n".join(left).strip("\n")


# Remarks that the program that wrote the file makes, not its reader.
_BOOKKEEPING = late(
    r"(?i)export date:\s*\d{1,2} \w+ \d{4}|(?:pmc)?\d+\s*\[(?!pmid|pmcid)\w+\]|[\w.-]+\[(?:pii|pm)\w*\]"
    r"|(?:date (?:revised|created|completed)|last updated) - [\d-]{8,10}"  # ProQuest
    r"|cited references? count:\s*\d+|isi document delivery no\.:.*"  # Web of Science, by way of EndNote
    # Zotero's Extra: what web pages say of themselves, and catalogues.
    r"|(?:bandiera_abtest|cc_license_type|cg_type|primary_atype|subject_term(?:_id)?|_eprint|google-books-id|oclc"
    r"|mag ?id|page version id|ads bibcode|imdb id): .*|is[sb]n: [\dx ,;-]+"
)
# Of these, which a reader could write too, Zotero writes several.
_IMPRINT = late(r"(?i)publisher: .*|number: \d+|(?:bandiera_abtest|cg_type|primary_atype): .*")
_DOI = late(r"(?i)(?:doi\b:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)\s*(?:\[doi\])?\.?")
_PUBMED = late(r"(?i)PMID:?\s*\d{1,8}|\d{1,8}\s*\[pmid\]|PMC\d{1,8}\s*\[pmcid\]")


def remarks(record: Record, text: str) -> str:
    """`take_extra`, and the note that is left as Markdown, less what is no reader's.

    A line that is an identifier and nothing else is the paper's, where it has none of that kind; a program's
    bookkeeping goes.
    """
    kept = []
    lines = text.split("\n")
    imprint = len(lines) > 1 and sum(_IMPRINT.fullmatch(line.strip()) is not None for line in lines) > 1
    for line in lines:
        bare = line.strip()
        if imprint and _IMPRINT.fullmatch(bare):
            continue
        doi = _DOI.fullmatch(bare)
        number = identified("doi", doi[1]) if doi else None
        if number and all(it == number for it in record.identifiers if it.scheme == "doi"):
            record.identifiers.append(number)
        elif _PUBMED.fullmatch(bare):
            pubmed(record, bare)
        elif not _BOOKKEEPING.fullmatch(bare):
            kept.append(line)
    return note(take_extra(record, "\n".join(kept)))


_INITIALS_BEHIND = late(r"([^\s,][^,]*?) ((?:[^\W\d_]\.[ -]?){1,5})")


@lru_cache(maxsize=32768)
def person_of(text: str) -> str:
    """A name of a table or a RIS file: `name`, and "Family I.", as Scopus writes it, and "Family, Given, Jr."."""
    text = one_line(plain(text))
    if "," not in text and text[-1:] not in (".", "-"):
        return text
    behind = _INITIALS_BEHIND.fullmatch(text)
    if behind:
        return person(behind[1], behind[2])
    return suffixed(text)


def suffixed(text: str) -> str:
    """`name`, and "Family, Given, Jr.": BibTeX has the suffix in the middle."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]) and not _SUFFIX.fullmatch(parts[1]):
        return person(parts[0], parts[1], suffix=parts[2])
    return name(text)


_SUFFIX = late(r"(?:jr|sr|ph\.?d|i{1,3}|iv)\.?", re.IGNORECASE)


_SPACE = late(r"\s+")
_AND = late(r",?\s+(?:and|&)\s+")
OTHERS = late(r"[,;]?\s*(?:\bet\.? al\.?|\band others|\betc\.?|\.\.\.|…|等)\s*$", re.IGNORECASE)
ENDS_OF_OTHERS = ("al", "al.", "others", "etc", "etc.", "...", "…", "等")
_BETWEEN_NAMES = late(r"\s*[;；\n|]\s*")
_NUMBERED = late(r"\s*\(\d+\)")  # Scopus numbers its authors
_INITIALS = late(r"(?:[A-Z]\.?[ -]?){1,4}")
_FAMILY_INITIALS = late(r"(?=.*[a-z])(?:[a-z'’]+ ){0,3}[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)? (?!AI\b)(?:[A-Z]-?){1,3}")


def initials_behind(names: Iterable[str]) -> bool:
    """Whether these are several names as PubMed writes them, each with its initials behind ("van der Walt SJ").

    Of one alone nobody can tell: "Meta AI".
    """
    names = [name.strip() for name in names]
    return len(names) > 1 and all(_FAMILY_INITIALS.fullmatch(name) for name in names)


def people(text: str) -> list[str]:
    """The names in one cell, however they are divided: by semicolons, "and", or commas with the names' own."""
    text = plain(text)
    if not text.isprintable() or "  " in text:
        text = _SPACE.sub(lambda run: "\n" if "\n" in run[0] else " ", text)
    if "(" in text:
        text = _NUMBERED.sub("", text)
    if text.rstrip().casefold().endswith(ENDS_OF_OTHERS):
        text = OTHERS.sub("", text)
    text = text.strip(" ,;\n")
    parts = [part for part in _BETWEEN_NAMES.split(text) if part]
    if len(parts) > 1:
        return [person_of(part.strip(",")) for part in parts]
    return [name for part in _AND.split(text) for name in _between_commas(part.strip(" ,"))]


def _between_commas(text: str) -> list[str]:
    names = [name for name in (name.strip() for name in re.split("[,，、]", text)) if name]
    if len(names) % 2 == 0 and all(map(_INITIALS.fullmatch, names[1::2])):  # "Smith, J., Doe, A."
        return [person_of(f"{family}, {given}") for family, given in zip(names[::2], names[1::2], strict=True)]
    if len(names) == 2 and " " not in names[0] and not is_chinese(text):  # "Smith, John"
        return [person_of(text)]
    if initials_behind([*names[:-1], names[-1].rstrip(".")]):
        return [person(*name.rstrip(".").rsplit(" ", 1)) for name in names]
    return [person_of(name) for name in names]


def where(type_: str, names: Iterable[str], publishers: Iterable[str]) -> str:
    """Where a work of that type came out: what a journal is to an article, its publisher is to a book or thesis.

    Of several names the first that the table of venues knows, else the first.
    """
    names, publishers = list(filter(None, map(one_line, names))), list(filter(None, map(one_line, publishers)))
    if kind(type_, None, identified=True, published=True) in ("book", "thesis"):
        names = [*publishers, *names][:1]
    names = names or publishers
    return next(filter(venues.canonical, names), next(iter(names), ""))


_NUMBERED_BY_PROGRAM = late(
    r"(?:ITEM|rayyan)-\d+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{40}", re.IGNORECASE
)


def citation_key(text: str) -> str:
    """`text` if it can be the key by which documents cite a paper; empty for numbers, addresses and sentences.

    A DOI can: publishers write BibTeX with such keys.
    """
    text = one_line(text)
    # Zotero's own ids are addresses, or a library's number with an item's code behind it; other programs' are below.
    if re.fullmatch(r"10\.\d{4,9}/\S+", text):
        return text
    if (
        _NUMBERED_BY_PROGRAM.fullmatch(text)
        or re.search(r"\s|://", text)
        or not re.search(r"[^\W\d_]", text)
        or re.match(r"\d+[/_]", text)
    ):
        return ""
    return text


def pubmed(record: Record, text: str) -> bool:
    """Give `record` the PubMed number that `text` is ("PMID: 123", "123[pmid]"); one of PubMed Central is a link.

    False if it is none.
    """
    found = re.fullmatch(r"(?i)(?:PMID:?\s*)?(\d{1,8})(?:\s*\[pmid\])?|(PMC\d{1,8})(?:\s*\[pmcid\])?", text.strip())
    number = identified("pmid", found[1]) if found and found[1] else None
    if number:
        record.identifiers.append(number)
    elif found and found[2]:
        record.addresses.append(("other", f"https://www.ncbi.nlm.nih.gov/pmc/articles/{found[2].upper()}/", "PMC"))
    return found is not None


def web_address(text: str) -> str:
    """`text` as an address, with the scheme of the web where only that is missing."""
    text = text.strip(" <>")
    if text.startswith("//"):
        return f"https:{text}"
    return f"https://{text}" if _BARE.match(text) else text


_BARE = late(r"www\.\S+\.\w|(?:[a-z0-9-]+\.)+[a-z]{2,12}/[^\s/]", re.IGNORECASE)


def addresses(text: str) -> list[str]:
    """The addresses in one cell or line: of the web, or one of a file of the machine that wrote it."""
    local = "" if _HOST.match(text) else local_address(text)
    return [local] if local else web_addresses(text)


_HOST = late(r"[\w-]+(?:\.[\w-]+)+/|www\.")  # of an address without its scheme


# From the start of a run alone: a run of a hundred thousand semicolons is looked through once.
_BETWEEN_ADDRESSES = late(r"(?<![;,\s])[;,\s]+(?=https?://|//|www\.)")


def web_addresses(text: str) -> list[str]:
    """The addresses in one cell or line, divided by semicolons, commas or blanks."""
    return [web_address(part) for part in _BETWEEN_ADDRESSES.split(text)]


# Elements that CSL processors and Zotero know in titles, and those of abstracts as publishers deposit them (JATS).
_MARKUP = late(
    r"</?(?:i|b|em|strong|sup|sub|sc|span|u|tt|scp|mml:\w+|jats:\w+|inline-formula|tex-math)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_ENTITY = late(r"&(?:[a-z]{2,8}\d{0,2}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)


def plain(text: str) -> str:
    """`text` of a title, name or abstract without the few elements and entities that such fields may hold."""
    if "<" in text:
        bare = _MARKUP.sub("", text)
        text = bare if bare.strip() else text  # "<i>" alone is a text
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
