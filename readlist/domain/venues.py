"""Venues: which conference or journal a spelling means, with the year that stands beside it.

The names are data (`domain.venue_names`). Upper and lower case, punctuation, years, ordinals and "Proceedings of
the …" do not matter when a spelling is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from readlist.domain.patterns import late
from readlist.domain.venue_names import PREPRINT as PREPRINT
from readlist.domain.venue_names import PRINTED, TABLE

_WORDS = frozenset(
    """
    algorithmiclearningtheory alt arr artificialintelligence artificialintelligenceandstatistics ase bea
    bioinformatics ccl ccs chi computationallearningtheory computationallinguistics
    computervisionandpatternrecognition cpm dac esa fast fg findings humanoid humanoids ics isca
    knowledgediscoveryanddatamining kr learningongraphs log logicincomputerscience machinelearning
    machinelearningforhealthcare medicalimageanalysis medicalimagingwithdeeplearning micro mm nature
    neuralcomputation neuralinformationprocessingsystems neuralnetworks oakland patternrecognition
    recentadvancesinnaturallanguageprocessing rss sc science slt supercomputing tcs theoreticalcomputerscience
    tip verylargedatabases websearchanddatamining www
    """.split()
)

# What is printed in volumes and issues, told from its names: "Transactions of …", "J. Mach. Learn. Res.".
_JOURNAL = late(
    r"\b(?:journal|transactions|trans\.|letters|lett\.|annals|magazine|bulletin|quarterly|acta|archives|zeitschrift"
    r"|revue|foundations and trends|reviews? of|(?:physical|annual) reviews?)(?!\w)|\bJ\. "
    r"|[学學][报報]|期刊|[杂雜][志誌]|通[报報]",
    re.IGNORECASE,
)
_MEETING = late(
    r"\b(?:conf(?:erence|\.)|proc(?:eedings|\.)|workshops?|symposi(?:um|a)|meeting|congress|colloquium|summit|school"
    r"|advances in|findings|tracks?)(?!\w)|会议|研讨会|大会",
    re.IGNORECASE,
)
_SERVER = late(r"rxiv\b|^ssrn\b|\bpreprints?\b", re.IGNORECASE)
_YEAR = late(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)|['’‘`´]\s?(\d\d)(?!\d)")
_SHORT_YEAR = late(r"([A-Za-z*&/ -]{2,20}?)[ -]?(\d\d)")
_PROCEEDINGS = late(
    r"^(?:(?:in|to appear in|accepted (?:at|by|to)|published (?:in|at))\s+)?(?:the\s+)?"
    r"(?:proceedings|proc\.?|advances)\s+(?:of\s+|in\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_LEAD = late(
    r"^(?:in|at|to appear in|accepted (?:at|by|to)|published (?:in|at))[\s:]+(?:the\s+)?",
    re.IGNORECASE,
)
_ORDINAL = late(
    r"\b(?:the\s+)?(?:\d+(?:st|nd|rd|th)|(?:[a-z]+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth"
    r"|ninth|tenth)|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth)\s+",
    re.IGNORECASE,
)
_SHORT_IN_PARENS = late(r"\(([^()]{2,20})\)\s*$")
_PREPRINT_MONTH = late(r"(?:arxiv|corr)\W{0,2}(?:20)?([0-3]\d)(?:0[1-9]|1[0-2])", re.IGNORECASE)
_LETTERS = late(r"[^\W\d_]+")
_PASSED_OVER = frozenset(
    """
    accepted advances annual appear at by fifty finding forty in nd of proc proceedings published rd seventy
    sixty st th the thirty to twenty
    """.split()
)
_ORDINAL_ENDS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "teenth",
    "tieth",
)
_MAX = 200  # characters; no venue's name is longer, and a longer field need not be looked at


_NO_LETTERS = {n: None for n in range(128) if not chr(n).isalnum()}


def _fold(text: str) -> str:
    if text.isascii():  # as nearly all names are
        return text.lower().translate(_NO_LETTERS)
    return "".join([c for c in text.casefold() if c.isalnum()])


@cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for name, spellings in TABLE:
        for spelling in (name, *filter(None, spellings.split("|"))):
            index.setdefault(_fold(spelling), name)
    return index


@cache
def _spelled() -> frozenset[str]:
    return frozenset(s for name, spellings in TABLE for s in (name, *spellings.split("|")) if s)


@cache
def _spellings() -> dict[str, list[str]]:
    """By canonical name: it and its other spellings."""
    found: dict[str, list[str]] = {}
    for name, spellings in TABLE:
        found.setdefault(name, []).extend((name, *spellings.split("|")))
    return found


def names() -> tuple[str, ...]:
    """All canonical names, in the order of the table."""
    return tuple(dict.fromkeys(name for name, _ in TABLE))


def is_preprint_server(name: str) -> bool:
    """Whether the venue `name` is a server on which anybody puts work that was not published: arXiv, bioRxiv, SSRN."""
    return name == PREPRINT or _SERVER.search(name) is not None


@lru_cache(maxsize=4096)
def is_journal(name: str) -> bool:
    """Whether the venue `name` (canonical, if it is in the table) is a journal rather than a conference.

    Of a name that is not in the table and does not say, one word in capitals is a conference: those go by
    acronyms, journals by titles ("Cell", "New Phytologist").
    """
    spellings = _spellings().get(name)
    if spellings:
        return name in PRINTED or any(_JOURNAL.search(spelling) for spelling in spellings)
    if _MEETING.search(name):
        return False
    return _JOURNAL.search(name) is not None or not re.fullmatch(r"[^\sa-z]*[A-Z]{2}\S*(?: \S*\d\S*)?", name[:_MAX])


def _known(text: str) -> str | None:
    text = re.sub(r"(?i)\bfinding\b", "Findings", text)
    text = text.strip(" \t,.;:()[]{}-–—/'’‘`\"")
    key = _fold(text)
    name = _index().get(key)
    if name is None or (key in _WORDS and text not in _spelled()):
        return None
    return name


def canonical(text: str) -> str | None:
    """The canonical name of the venue that the whole of `text` spells; None if it is not in the table.

    Years, ordinals and "Proceedings of the …" are passed over: "Proceedings of the 33rd International Conference on
    Machine Learning" is "ICML", as is "ICML 2016".
    """
    if len(text) > _MAX:
        return None
    found = split(text)
    return found[0] if found else None


def _candidates(text: str) -> Iterable[str]:
    bare = _ORDINAL.sub("", text)
    parens = _SHORT_IN_PARENS.search(text)
    tries = [text, bare, _PROCEEDINGS.sub("", bare), _LEAD.sub("", bare), _ORDINAL.sub("", _PROCEEDINGS.sub("", text))]
    if parens:
        tries += [_SHORT_IN_PARENS.sub("", _PROCEEDINGS.sub("", bare)), parens[1]]
    return dict.fromkeys(tries)


@cache
def _vocabulary() -> frozenset[str]:
    known = {word for spelling in _spelled() for word in _LETTERS.findall(spelling.casefold())}
    return frozenset(known) | _PASSED_OVER


@lru_cache(maxsize=8192)
def possible(text: str) -> bool:
    """Whether all words of `text` are words of venues' names: `split` finds none in any other text that has them.

    The quick answer for most texts is no.
    """
    if text.endswith((")", "）")):
        return True
    text = text.casefold()
    vocabulary = _vocabulary()
    first = _LETTERS.search(text)
    if first and first[0] not in vocabulary and not first[0].endswith(_ORDINAL_ENDS):
        return False
    return all(word in vocabulary or word.endswith(_ORDINAL_ENDS) for word in _LETTERS.findall(text))


@lru_cache(maxsize=8192)
def split(text: str) -> tuple[str, int | None] | None:
    """The venue and year that the field `text` names, such as `2021-EMNLP`, `ICML'24`, `NIPS2016`, `(NeurIPS 2020)`.

    None if it is not a venue of the table. The year is None where the field names none. A two-digit year is one of
    this century up to 69, else of the last.
    """
    text = text.strip()
    if not text or len(text) > _MAX:
        return None
    if not possible(text):
        return None
    month = _PREPRINT_MONTH.fullmatch(text.strip("()[] "))  # "arXiv/2509": the month of its identifier
    if month:
        return PREPRINT, 2000 + int(month[1])
    for spelling in _candidates(text):  # a name that holds digits (3DV) before one with a year
        name = _known(spelling)
        if name:
            return name, None
    found = _YEAR.search(text)
    if found:
        year = _century(found[1]) if found[1] else int(found[0])
        rest = f"{text[: found.start()]} {text[found.end() :]}"
    else:
        short = _SHORT_YEAR.fullmatch(text.strip("()[]"))
        if not short:
            return None
        year, rest = _century(short[2]), short[1]
    for spelling in _candidates(rest.strip(" ,.-–—()[]:")):
        name = _known(spelling)
        if name:
            return name, year
    return None


def _century(two: str) -> int:
    return int(two) + (2000 if int(two) < 70 else 1900)
