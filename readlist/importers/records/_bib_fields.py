"""The fields of bibliographies, whatever the format: what BibTeX, RIS, CSL-JSON and Zotero's CSV say, in our words.

A reader fills a `Record` with plain text (its own markup taken off) under the names of this module and asks for the
`entry`. What kinds, names, dates, identifiers, keywords, states of reading and priorities mean stands here alone, so
that one library gives the same papers in every format.

Sources: the entry types of BibTeX (btxdoc) and BibLaTeX (manual, 2.1), RIS (the reference types of Reference
Manager), CSL 1.0.2 (item types), Zotero's item types. States of reading and priorities are in `_bib_states`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as Date
from functools import lru_cache
from urllib.parse import urlsplit

from readlist.domain import identifiers as ids
from readlist.domain import venues
from readlist.domain.links import kind_of as kind_of_address
from readlist.domain.listing import Entry, TopicPath
from readlist.domain.metadata import Kind, Link, Metadata, Rel
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese, one_line, printable
from readlist.domain.titles import family_name
from readlist.importers.records._bib_states import mark_of, mark_of_labels, priority_of
from readlist.importers.records._files import is_local, rel_of

# What a type is called, letters alone, in any of the formats. What is not here is a paper.
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("thesis", "thesis phdthesis mastersthesis bachelorsthesis bathesis mathesis dissertation candthesis thes"
               " dissertationthesis thesisdissertation"),
    ("book", "book mvbook collection mvcollection reference mvreference proceedings mvproceedings booklet edbook ebook"
             " edited editedbook electronicbook bookwhole bookedited whole periodical encyclopedia serial ser"),
    ("video", "video movie film motionpicture broadcast videorecording tvbroadcast mpct performance"
              " filmorbroadcast onlinevideo videodvd"),
    ("resource", "software computerprogram dataset data comp dbase aggr slide presentation resource"),
)  # fmt: skip
# Types that say only that the work is on the web, or nothing at all: the address tells which kind it is.
_ON_THE_WEB = frozenset(
    "online electronic www webpage web elec icomm blog blogpost post postweblog forumpost website url newspaperarticle"
    " articlenewspaper news podcast audiorecording song sound".split()
)
_OF_NO_TYPE = frozenset("misc gen generic document attachment entry other standalone".split())

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(slots=True)
class Record:
    """One entry of a bibliography in plain text. Lists are in the order in which the file says things.

    `type` is the word of the format. `authors` are made by `person` or `name`. `dates` are texts, the best first: the
    first that names a year counts. `identifiers` are made by `identified`. `addresses` are (rel, address, text): the
    first of rel None is the paper's own, unless it is an identifier. `topics` are paths; `keywords` single labels.
    `state`, `priority` are the words of the format (`mark_of`, `priority_of`); `read_on` and `added` are dates.
    """

    line: int
    type: str = ""
    key: str = ""
    title: str = ""
    authors: list[str] = field(default_factory=list)
    venue: str = ""
    dates: list[str] = field(default_factory=list)
    identifiers: list[ids.Identifier] = field(default_factory=list)
    addresses: list[tuple[Rel | None, str, str]] = field(default_factory=list)
    abstract: str = ""
    notes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    topics: list[TopicPath] = field(default_factory=list)
    state: str = ""
    read_on: str = ""
    priority: str = ""
    summary: str = ""
    added: str = ""
    citations: int | None = None


def entry(record: Record) -> Entry | None:
    """The record as an entry; None if it names no work: neither a title nor an identifier nor an address."""
    found: dict[str, str] = {}
    for identifier in record.identifiers:
        found.setdefault(identifier.scheme, identifier.value)
    links: dict[str, Link] = {}
    own: str | None = None
    for rel, address, text in record.addresses:
        url = one_line(address)
        on_the_web = _WEB.fullmatch(url) is not None or ids.is_address(url)
        named = ids.from_url(url) if on_the_web and rel is None else None
        if named:
            found.setdefault(named.scheme, named.value)
        elif rel is None and own is None and on_the_web:
            own = url
        elif on_the_web or is_local(url):
            links.setdefault(url, Link(rel or rel_of(url), url, one_line(text)))
    title = one_line(record.title)
    if not title and not found and not own:
        return None
    year, published = _published(record.dates)
    venue = _served(one_line(record.venue), found) if record.venue else ""
    mark, depth = mark_of(record.state)
    if not mark and (record.keywords or record.topics):
        mark = mark_of_labels(record.keywords, record.topics)
    finished = date(record.read_on)[1] if mark == "read" and record.read_on else None
    return Entry(
        line=record.line,
        metadata=Metadata(
            source="page",
            # What stands on a server of preprints is a paper, wherever else it is found.
            kind=kind(
                record.type,
                own,
                identified=bool(found) or (bool(venue) and venues.is_preprint_server(venue)),
                published=bool(venue),
            ),
            title=title or None,
            authors=tuple(dict.fromkeys(filter(None, record.authors))),
            year=year,
            published=published,
            venue=venue or None,
            identifiers=found,
            url=own,
            links=tuple(links.values()),
            abstract=printable(record.abstract).strip() or None,
            citations=record.citations,
        ),
        topics=tuple(dict.fromkeys(filter(None, record.topics))) if record.topics else (),
        mark=mark,
        notes=_paragraphs(record.notes) if record.notes else (),
        tags=tuple(dict.fromkeys(filter(None, map(_label, record.keywords)))) if record.keywords else (),
        key=one_line(record.key) or None,
        depth=depth,
        finished=finished,
        priority=priority_of(record.priority),
        summary=printable(record.summary).strip() or None if record.summary else None,
        added=moment(record.added) if record.added else None,
    )


_ARXIV = late(
    r"(?:arxiv|corr)(?:\.org)?\b[\s:]*(?:(?:preprints?|e-?prints?)\b[\s:]*)?(?:\[[\w.-]+\]|\(?arxiv:|abs/|\d|[a-z-]+/\d|$)",
    re.IGNORECASE,
)


def _served(venue: str, found: dict[str, str]) -> str:
    """The venue; of arXiv its name alone, and the number behind it ("arXiv preprint arXiv:1412.6980 [cs.LG]") is the
    paper's own.
    """
    if venue[:1] not in "aAcC" or not _ARXIV.match(venue):
        return venue
    number = next((it for _, _, it in ids.find(venue) if it.scheme == "arxiv"), None)
    if number:
        found.setdefault(number.scheme, number.value)
    return venues.PREPRINT


# Nearly every address is of this form; what is not is looked at in parts.
_WEB = late(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:[/?#][!-~]*)?")


@lru_cache(maxsize=1024)
def _typed(type_: str) -> tuple[str, Kind | None]:
    """The letters of a type, and the kind of work that it is, if it says so."""
    word = re.sub(r"[^a-z]", "", type_.casefold())
    return word, next((known for known, types in _KINDS if word in types.split()), None)


def kind(type_: str, url: str | None, *, identified: bool, published: bool) -> Kind:
    """The kind of a work of that type: what is only said to be on the web is told by the host of its address."""
    word, known = _typed(type_[:200])
    if known:
        return known
    if word in _ON_THE_WEB and not identified:
        return kind_of_address(url) if url else "post"
    if word in _OF_NO_TYPE and url and not identified and not _is_document(url):
        of_host = kind_of_address(url)
        # "Medium" or "GitHub repository" may stand for a venue; of a post nothing but its address tells.
        if not published or of_host != "post" or _BLOGS.search(urlsplit(url).hostname or ""):
            return of_host
    return "paper"


_BLOGS = late(
    r"(?:^|\.)(?:medium\.com|substack\.com|wordpress\.com|blogspot\.[a-z.]+|towardsdatascience\.com|github\.io"
    r"|zhihu\.com|jianshu\.com|csdn\.net|cnblogs\.com|juejin\.cn|weixin\.qq\.com)$|^blogs?\.",
    re.IGNORECASE,
)


def _is_document(url: str) -> bool:
    return urlsplit(url).path.casefold().endswith((".pdf", ".ps", ".ps.gz"))


# -- names -------------------------------------------------------------------------------------------------------------


def person(family: str, given: str = "", particle: str = "", suffix: str = "") -> str:
    """A name of parts as one text: given name first, or, if that would hide which part is the family name, behind it.

    Chinese names are written without a blank, family name first.
    """
    family, given = one_line(f"{particle} {family}"), one_line(given)
    if not given or not family:
        return family or given
    if is_chinese(family) and is_chinese(given):
        return family + given
    straight = one_line(f"{given} {family} {suffix}")
    if family_name(straight).casefold() == family.casefold():
        return straight
    return f"{family}, {given}" if not suffix else f"{family}, {given}, {one_line(suffix)}"


def name(text: str) -> str:
    """A name written "Family, Given", "Family, Jr, Given" or "Given Family", as `person` writes it."""
    parts = [part for part in (one_line(part) for part in text.split(",")) if part]
    if len(parts) < 2:
        return parts[0] if parts else ""
    if len(parts) == 2:
        return person(parts[0], parts[1])
    return person(parts[0], " ".join(parts[2:]), suffix=parts[1])


_ISO_DAY = late(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR = late(r"(?<!\d)(1[4-9]\d\d|20\d\d|2100)(?!\d)")
_MONTH = late(r"(?<![a-z])(" + "|".join(_MONTHS) + r")[a-z]*", re.IGNORECASE)
_DAY = late(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)")


# -- dates -------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _date(text: str) -> tuple[int | None, str | None]:
    text = one_line(text)
    found = _ISO_DAY.search(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _YEAR.search(text)
    if not found:
        return None, None
    year = int(found[1])
    month = _MONTH.search(text)
    rest = text[: found.start()] + " " + text[found.end() :]
    day = _DAY.search(rest)
    if month and day:
        return _day(year, _MONTHS.index(month[1].lower()) + 1, int(day[1]))
    return year, None


def date(text: str) -> tuple[int | None, str | None]:
    """The year that `text` names, and the day as an ISO date if it names one. Of a span that is its beginning.

    Understood are ISO dates with more behind them, `2021/04/18/`, `18 April 2021`, `April 18, 2021`, `c. 1999`, `2021`.
    """
    return _date(one_line(text)[:80]) if len(text) > 80 else _date(text)


def _day(year: int, month: int, day: int) -> tuple[int | None, str | None]:
    if not 1400 <= year <= 2100:
        return None, None
    try:
        return year, Date(year, month, day).isoformat()
    except ValueError:
        return year, None


def _published(texts: Iterable[str]) -> tuple[int | None, str | None]:
    """The year of the first text that names one, and the first day that falls into it."""
    known = [pair for pair in map(date, texts) if pair[0]]
    year = known[0][0] if known else None
    return year, next((day for of, day in known if day and of == year), None)


def moment(text: str) -> str | None:
    """An ISO date or date-time, or None for what is none."""
    text = one_line(text)
    found = re.match(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?", text)
    if not found:
        return date(text)[1]
    day = date(found[1])[1]
    if not day or not found[2]:
        return day
    zone = "+00:00" if found[3] in (None, "Z") else f"{found[3][:3]}:{found[3][-2:]}"
    return f"{day}T{found[2] if len(found[2]) == 8 else found[2] + ':00'}{zone}"


# -- identifiers and addresses -----------------------------------------------------------------------------------------

_ARXIV_WORDS = frozenset(("arxiv", "arxiv.org", "arxivid", "arxiv id"))


_PLAIN_DOI = late(r"10\.\d{4,9}/[A-Za-z0-9./_()-]{1,200}[A-Za-z0-9]", re.ASCII)  # as nearly all of them are
_PREFIXED = late(r"^(?:doi|arxiv|pmid)\s*:?\s+(?=\S)", re.IGNORECASE)
_SUBJECTS = late(r"\s+\[[\w.,; -]*\]\W*$")  # "1706.03762 [cs.CL]"


def identified(scheme: str, text: str) -> ids.Identifier | None:
    """The identifier in a field for `scheme` ("doi", "arxiv", "pmid" …): bare, with its prefix, or as an address."""
    if not text:
        return None
    if scheme == "doi" and _PLAIN_DOI.fullmatch(text):
        return ids.doi(text)
    text = _SUBJECTS.sub("", one_line(text[:500])).strip(" {}<>.,;\"'")
    text = _PREFIXED.sub(lambda found: found[0].strip(" :") + ":", text)
    for attempt in (f"{scheme}:{text}", text):
        found = ids.parse(attempt) if attempt.strip() else None
        if found:
            return found
    embedded = next(ids.find(text), None)
    return embedded[2] if embedded else None


def eprint(archive: str, text: str) -> ids.Identifier | None:
    """The identifier in an `eprint` field; without a name of the archive only what cannot be mistaken is taken."""
    word = one_line(archive).casefold().strip(" :")
    if word in _ARXIV_WORDS or not word:
        return identified("arxiv", text)
    if word in ("pubmed", "pmid"):
        return identified("pmid", text)
    return None


# -- labels and words --------------------------------------------------------------------------------------------------


# PubMed puts an asterisk to the headings that an article is mainly about. "A*" is a word.
_MAIN_HEADING = late(r"\*?(\w.{2,}?\w)\*?|\*(\w.*)", re.DOTALL)


def _label(word: str) -> str:
    label = one_line(word).lstrip("#").strip()
    if "*" not in label:
        return label
    starred = _MAIN_HEADING.fullmatch(label)
    return (starred[1] or starred[2]) if starred else label


def keywords(text: str) -> list[str]:
    """The keywords in one text: divided by semicolons if there are any, else by commas; line breaks divide too."""
    mark = _SEMICOLONS if ";" in text or "；" in text else _COMMAS
    return [word for word in map(one_line, mark.split(text)) if word]


_SEMICOLONS = late(r"[;；\n]")
_COMMAS = late(r"[,，、\n]")


def _paragraphs(notes: Iterable[str]) -> tuple[str, ...]:
    """Notes as lines, one empty line between two of them; a note said twice is said once."""
    lines: list[str] = []
    for note in dict.fromkeys(printable(note).strip() for note in notes):
        if note:
            lines += [*([""] if lines else []), *note.split("\n")]
    return tuple(lines)
