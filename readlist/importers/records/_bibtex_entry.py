"""An entry of BibTeX or BibLaTeX in the words of all bibliographies: which field says what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readlist.domain import identifiers as ids
from readlist.domain import venues
from readlist.domain.metadata import Rel
from readlist.domain.patterns import late
from readlist.domain.text import fold, one_line
from readlist.importers.records import _bib_fields as fields
from readlist.importers.records._bibtex_blocks import Block, Values
from readlist.importers.records._bibtex_journals import JOURNALS
from readlist.importers.records._bibtex_names import people
from readlist.importers.records._extra import plain as unmarked
from readlist.importers.records._extra import remarks, web_address
from readlist.importers.records._jabref import Groups, attached
from readlist.importers.records._latex import text as plain

_VENUES = ("journaltitle", "journal", "fjournal", "booktitle", "eventtitle", "maintitle", "conference", "venue")
_SCHOOLS = ("school", "institution", "university")
_PUBLISHERS = ("institution", "publisher", "organization")
# Types of works that no journal or volume holds: whoever put them out stands for the venue, as in the other formats
# (a web page's site, the institution of a report).
_ISSUED = frozenset(
    "techreport report unpublished misc manual standard online electronic www software dataset video movie"
    " audio".split()
)
_OF_MISC = (
    ("online", late(r"\bblog(?: ?post)?\b|\bweb ?(?:page|site|log)\b")),
    ("video", late(r"\bvideo\b|\byoutube\b|\bfilm\b")),
    ("software", late(r"\bsoftware\b|\bcomputer program\b|\bdata ?set\b")),
)
_NAMED_IN_NEED = ("booktitle", "maintitle", "issuetitle", "shorttitle")
_ADDRESSES: tuple[tuple[str, Rel | None], ...] = (
    ("url", None), ("link", None), ("ee", None), ("uri", None), ("website", None), ("pdf", "pdf"), ("pdfurl", "pdf"),
    ("code", "code"), ("software", "code"), ("github", "code"), ("video", "video"), ("slides", "slides"),
    ("blog", "blog"), ("adsurl", "other"), ("openreview", "other"), ("poster", "other"), ("supp", "other"),
)  # fmt: skip
_NOTES = ("note", "annote", "annotation", "comment", "comments", "review", "notes", "addendum")
_ADDED = ("creationdate", "date-added", "dateadded", "date_added", "added-at", "timestamp")
_A_DAY = late(r"\d{4}[-.]\d\d[-.]\d\d(?:[T ].*)?", re.DOTALL)
_RATING = late(r"[1-5]")
_FLAGS = ("ranking", "relevance", "qualityassured")
_MACRO = late(r"\s*\{?\\([a-z]+)\s*(?:\{\})?\}?\s*")
_ARXIV_VENUE = late(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_EPRINT_NOTE = late(
    r"((?:arxiv(?: e-?print| preprint)?|doi)?\s*:?\s*\S+?(?:\s*\[[\w.-]+\])?)(?:[.,;]?\s*\(?(?:19|20)\d\d\)?)?\.?",
    re.IGNORECASE,
)
# A note that says where the work is and nothing else: in classical BibTeX there is no better place for it.
_WHERE_NOTE = late(
    r"(?:(?:also |freely |online )?(?:available|accessible)(?: online)?(?: (?:at|from|under|via))?|url|link|online"
    r"|see(?: also)?)?\s*:?\s*(?:\\url\s*\{([^{}\s]*)\}|<?(https?://[^\s{}>]+?)>?)"
    r"(?:[,;.]?\s*\(?(?:last )?(?:accessed|visited|retrieved)\b[^{}]{0,40})?[.,;]?",
    re.IGNORECASE,
)
_SHORT = 500  # characters of a note that says nothing but where the work is
_URL = late(r"\\url\s*\{([^{}]*)\}|(https?://[^\s{}]+)")
_ESCAPED = late(r"\\([_%&#~$])|\{\\([_%&#$])\}|\\textasciitilde\s*(?:\{\})?|\\textunderscore\s*(?:\{\})?|[{}]")
_PARAGRAPH = late(r"\n[ \t]*\n\s*")


class _Said:
    """The values of an entry as plain text."""

    def __init__(self, said: Values) -> None:
        self._said = said

    def raw(self, name: str) -> str:
        return (self._said.get(name) or ("",))[0]

    def all(self, name: str) -> Sequence[str]:
        return self._said.get(name, ())

    def line(self, *names: str) -> str:
        """The first of these fields that says something, as one line."""
        for name in names:
            for one in self._said.get(name, ()):
                line = one_line(unmarked(plain(one)))
                if line:
                    return line
        return ""

    def lines(self, *names: str) -> list[str]:
        """What each of these fields says, as lines."""
        return [
            line
            for name in names
            if name in self._said
            for one in self._said[name]
            if (line := one_line(unmarked(plain(one))))
        ]

    def any(self, names: frozenset[str]) -> bool:
        """Whether the entry has one of these fields."""
        return not names.isdisjoint(self._said)

    def prose(self, name: str) -> str:
        """A text of paragraphs, whose lines are broken where the file's happen to be."""
        return "\n\n".join(
            one_line(unmarked(plain(part)))
            for one in self.all(name)
            for part in (_PARAGRAPH.split(one) if "\n" in one else (one,))
            if part.strip()
        )

    def names(self, prefix: str) -> list[str]:
        return [name for name in self._said if name.startswith(prefix)]


_OF_ADDRESSES = frozenset(
    (*(name for name, _ in _ADDRESSES), *(f"bdsk-url-{at}" for at in range(1, 10)), "howpublished", "file", "local-url")
)
_OF_READING = frozenset((
    *_FLAGS, *_ADDED, "readstatus", "read_status", "read-status", "readingstatus", "status", "rating", "summary",
    "tldr", "read", "readdate", "read_on", "date-read", "dateread", "read_status_date", "priority", "times-cited",
    "citations", "citedby", "citation-count",
))  # fmt: skip


def _note(text: str) -> str:
    """A note without the indentation that all of the file has; what an empty group stands before is the note's own."""
    lines = plain("\n".join(line.strip() for line in text.split("\n"))).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _verbatim(text: str) -> str:
    """An address, path or identifier, in which only what must be is escaped."""
    if not text or not ("\\" in text or "{" in text or "}" in text):
        return one_line(text)
    return one_line(_ESCAPED.sub(_bare, text))


def _bare(found: re.Match[str]) -> str:
    if found[1] or found[2]:
        return found[1] or found[2]
    return {"t": "~" if "tilde" in found[0] else "_"}.get(found[0][1:2], "")


def record(block: Block, said: Values, groups: Groups) -> fields.Record:
    it = _Said(said)
    record = fields.Record(block.line, type=_type(block.type, it), key=block.key)
    record.title = _title(it)
    names = it.raw("author") or it.raw("authors") or it.raw("editor")
    record.authors = people(unmarked(names) if "&" in names else names)
    record.venue = _venue(record.type, it, record)
    record.dates = _dates(it)
    _identify(record, it)
    _addresses(record, it)
    record.abstract = it.prose("abstract") or it.prose("abstr")
    record.keywords = [
        word
        for one in it.lines("keywords", "keyword", "author_keywords", "mendeley-tags", "tags")
        for word in fields.keywords(one)
    ]
    _topics(record, it, groups)
    if it.any(_OF_READING):
        _of_reading(record, it)
    _notes(record, it)  # last, as notes say what no field does
    return record


def _of_reading(record: fields.Record, it: _Said) -> None:
    """What few entries say: what their reader thinks of them, when they came, how often they are cited."""
    record.keywords += [it.line(name) for name in _FLAGS]
    record.state = it.line("readstatus", "read_status", "read-status", "readingstatus", "status") or _yes(
        it.line("read")
    )
    rating = it.line("rating")
    record.keywords += [f"rank{rating}"] if _RATING.fullmatch(rating) else []  # as JabRef calls it
    record.summary = it.prose("summary") or it.prose("tldr")
    record.read_on = it.line("readdate", "read_on", "date-read", "dateread", "read_status_date")
    record.priority = it.line("priority")
    record.added = next((day for name in _ADDED if _A_DAY.fullmatch(day := it.line(name).replace(".", "-"))), "")
    counted = it.line("times-cited", "citations", "citedby", "citation-count")
    if counted.isdecimal() and len(counted) < 10:
        record.citations = int(counted)


def _type(type_: str, it: _Said) -> str:
    """The type; of a report or thesis that only its field `type` tells apart, that; of @misc what it is said to be."""
    word = it.line("type").casefold()
    if "thesis" in word or "dissertation" in word:
        return "thesis"
    if type_ == "misc":
        said = f"{word} {_URL.sub('', it.line('howpublished', 'entrysubtype')).casefold()}"
        return next((of for of, words in _OF_MISC if words.search(said)), type_)
    return type_


def _title(it: _Said) -> str:
    title, subtitle = it.line("title"), it.line("subtitle")
    if not title:
        return it.line(*_NAMED_IN_NEED)
    if subtitle and fold(subtitle) not in fold(title):
        title += f" {subtitle}" if title.endswith((":", "?", "!", "–", "—")) else f": {subtitle}"
    return title


def _venue(type_: str, it: _Said, record: fields.Record) -> str:
    """Where the work came out: of several names the first that the table of venues knows, else the first."""
    word = type_.casefold()
    kind = fields.kind(type_, None, identified=True, published=True)
    if kind == "thesis":
        return it.line(*_SCHOOLS, "publisher")
    if kind == "book":
        return it.line("publisher", "journal", "series")
    macro = _MACRO.fullmatch(it.raw("journal")) if "\\" in it.raw("journal") else None
    names = [JOURNALS[macro[1]]] if macro and macro[1] in JOURNALS else it.lines(*_VENUES)
    served = next((name for name in names if _ARXIV_VENUE.search(name)), "")
    if served:  # "arXiv preprint arXiv:2104.08821"; DBLP: CoRR, volume abs/2104.08821
        number = ids.arxiv(it.line("volume").removeprefix("abs/")) or next(
            (found for _, _, found in ids.find(served) if found.scheme == "arxiv"), None
        )
        if number:
            record.identifiers.append(number)
            return venues.PREPRINT
    if not names and word in _ISSUED:
        names = it.lines(*_PUBLISHERS)
        if not names and not _URL.search(it.raw("howpublished")):
            names = it.lines("howpublished")
    candidates = [*names, *it.lines("series", "shortjournal")] if names else []
    return next((name for name in candidates if venues.canonical(name)), next(iter(candidates), ""))


def _dates(it: _Said) -> list[str]:
    year, month, day = it.line("year"), it.line("month"), it.line("day")
    spelled = f"{year}-{month}-{day}" if month.isdecimal() and day.isdecimal() else f"{day} {month} {year}"
    return [it.line("date"), spelled, year, it.line("eventdate"), it.line("issued")]


def _identify(record: fields.Record, it: _Said) -> None:
    archive = it.line("eprinttype", "archiveprefix", "archive")
    found = [
        fields.eprint(archive, _verbatim(it.raw("eprint"))) if it.raw("eprint") else None,
        *(fields.identified("arxiv", _verbatim(it.raw(name))) for name in ("arxivid", "arxiv", "arxiv_id")),
        # Zotero has it as the number of a report.
        fields.identified("arxiv", _verbatim(number)) if "rxiv" in (number := it.raw("number")).casefold() else None,
        fields.identified("doi", _verbatim(it.raw("doi"))),  # behind: Mendeley puts numbers of other preprints there
        fields.identified("pmid", _verbatim(it.raw("pmid"))),
    ]
    for name in ("acl", "openreview", "s2", "corpus"):
        value = _verbatim(it.raw(name))
        found.append(ids.parse(value if "://" in value else f"{name}:{value}") if value else None)
    record.identifiers += [one for one in found if one]


def _addresses(record: fields.Record, it: _Said) -> None:
    if not it.any(_OF_ADDRESSES):
        return
    for name, rel in _ADDRESSES:
        for value in it.all(name):
            inside = [first or second for first, second in _URL.findall(value)] if "\\" in value or " " in value else ()
            for address in inside or [value]:
                whole = _verbatim(address)
                record.addresses.append((rel, whole if whole.startswith("http") else web_address(whole), ""))
    for first, second in _URL.findall(it.raw("howpublished")):
        record.addresses.append((None, _verbatim(first or second), ""))
    for number in range(1, 10):
        record.addresses += [("other", _verbatim(one), "") for one in it.all(f"bdsk-url-{number}")]
    for name in ("file", "local-url"):
        for value in it.all(name):
            record.addresses += attached(value)


def _notes(record: fields.Record, it: _Said) -> None:
    for name in _NOTES:
        for value in it.all(name):
            note = _note(value)
            short = len(value) < _SHORT
            eprint = _EPRINT_NOTE.fullmatch(note) if short else None
            place = _WHERE_NOTE.fullmatch(value.strip()) if short and name == "note" else None
            if eprint and (number := fields.eprint("", eprint[1])):
                record.identifiers.append(number)
            elif place and (address := _verbatim(place[1] or place[2])):
                record.addresses.append((None, address, ""))
            else:  # Better BibTeX writes Zotero's Extra here
                record.notes.append(remarks(record, note))
    # JabRef's `comment-name`: the comments of one of several people.
    record.notes += [_note(value) for name in sorted(it.names("comment-")) for value in it.all(name)]


def _topics(record: fields.Record, it: _Said, groups: Groups) -> None:
    for value in it.all("groups"):
        record.topics += groups.named(plain(one) for one in re.split(r"(?<!\\),", value))
    for value in it.all("mendeley-groups"):
        record.topics += [tuple(filter(None, map(one_line, path.split("/")))) for path in plain(value).split(",")]
    record.topics += groups.with_key(record.key)


def _yes(word: str) -> str:
    """BibDesk's and others' field `read`: 1 or yes."""
    return "read" if word.casefold() in ("1", "yes", "true", "read") else ""
