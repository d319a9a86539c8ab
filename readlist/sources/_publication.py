"""Where a preprint was published, and whether it was withdrawn, as its authors say it on arXiv in their own words.

arXiv asks for the reference of the publication in `journal_ref` and leaves `comment` free (info.arxiv.org/help/prep,
"Journal reference", "Comments"). Both are free text, so what is read from them is a guess. It errs on the side of
silence: a venue must be in the table of venues, and the words around it must say that this paper is published there.
A workshop at a conference is not the conference, and neither is a paper that was submitted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.domain.venues import PREPRINT, split

_LONGEST = 1000  # characters of a field that are looked at
_WORDS = 30  # words that the name of a venue has at most, with year and ordinal

_ADDRESS = late(r"https?://\S+|\(?arXiv:\S+", re.IGNORECASE)
_CLAUSE = late(r"[;\n]|(?<=[\w)\]'’]{2})[.!]\s+(?=[A-Z0-9\"(])|\s[-–—|]+\s")
# Abbreviations whose full stop ends no clause: "Proc. SPIRE 2019", "Int. Conf. on", "J. Mach. Learn. Res.".
_ABBREVIATED = late(
    r"\b(Proc|Procs|Int|Intl|Conf|Symp|Trans|Assoc|Comput|Adv|Res|Learn|Mach|Intell|Found|Artif|Neural|Inf|Process|Syst"
    r"|Lett|Nat|Sci|Rep|Commun|Acad|Natl|Theor|Vol|No|pp|Vis|Anal|Pattern|Recognit)\.\s+",
    re.IGNORECASE,
)
_NOWHERE = late(r"\bworkshops?\b|\w@[A-Z]", re.IGNORECASE)
_NOT_THIS = late(
    r"""\b(?: submi(?:tt?ed|ssion|tting) | resubmitted | under\s+(?:re)?view | in\s+review | in\s+preparation
    | reject(?:ed)? | preliminary | earlier | previous | initial | prior | short(?:er|ened)? | condensed | abridged
    | brief | extend(?:ed|s|ing) | expanded | enlarged | abstracts? | improve(?:d|ments?|s) | journal\s+version
    | conference\s+version | long(?:er)?\s+version | related | poster | demo(?:nstration)? | tutorial | keynote | talk
    | thesis | supplement(?:ary|al)? | appendix | companion | based\s+on | parts?\s+of | results? | corrections?
    | erratum | comment(?:ary)?\s+on | challenge | competition | shared\s+task | doctoral | student | satellite
    | co-?located | supersedes? | follow-?up | code | template | style | format )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD = late(
    r"""\b(?: (?:accepted | selected) (?:\s+(?:as|for) \s+ (?:an?\s+)? [\w-]+ (?:\s+[\w-]+)?)?
        (?:\s+(?:at | to | by | in | for | into))?
    | (?:to|will|shall) \s+ (?:be\s+)? appear(?:ed)? (?:\s+(?:at | in | on))?
    | (?:to|will) \s+ be \s+ (?:published | presented) (?:\s+(?:at | in | by))?
    | (?:published | presented | appear(?:s|ed|ing)?) (?:\s+as \s+ (?:an?\s+)? [\w-]+ (?:\s+[\w-]+)?)?
        (?:\s+(?:at | in | by))?
    | camera[- ]ready (?:\s+(?:version|copy|paper))? (?:\s+(?:of | for | at | in))?
    | full \s+ (?:version|paper) \s+ (?:of | at | in) | version \s+ for
    ) (?: \s* [,:] )? \s+ (?: the\s+ | an?\s+ )? (?: main\s+conference\s+(?:of | at)\s+ )?""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_PROCEEDINGS = late(
    r"^(?:in\s*:?\s+)?(?:the\s+)?(?:local\s+)?(?:conference\s+)?(?:proceedings|procs?\.?)\s+(?:of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
# What may stand behind a venue and its year in a clause, so that they are not the beginning of something else ...
_GOES_ON = late(
    r"""\s*(?: $ | [,:;()\[\].] | (?: conference | proceedings | main | as | for | with | and | on | in | at | held
    | oral | spotlight | long | full | regular | papers? | article | version | volume | vol | pp | pages? | best | track
    | using | camera | \d+ )\b )""",
    re.IGNORECASE | re.VERBOSE,
)
# ... and behind one without a year: "Conference on Artificial Intelligence, Robotics and …" is no AAAI.
_ENDS = late(
    rf"\s*(?:$|[.;(\[]|,?\s*(?:(?!(?:19|20)\d\d\b)\d|(?:vol|volume|no|pp|pages?|article|special|{_MONTH})\b))",
    re.IGNORECASE,
)
_ORDINAL = late(r"\d(?:st|nd|rd|th)\b|\b[a-z]+-?(?:first|second|third|[a-z]+th)\b", re.IGNORECASE)
_SPONSOR = late(r"(?:IEEE/CVF|IEEE/ACM|ACM/IEEE|IEEE|ACM)\s+")
_QUALIFIED = late(
    r"""\s*[(\[]?\s*(?: (?: (?: as | an? | the | main | camera[- ]ready | final | accepted | long | full | regular
    | oral | spotlight | conference | proceedings | research | best | version | track | paper | article | presentation
    | award )\b [\s-]* )+ )? [)\]]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR = late(r"(?<![\w.:/–-])(?:19[5-9]\d|20\d\d)(?![\d:/–-]|\.\d)")

_WITHDRAWN = late(
    r"""(?: ^ | [.;:!]\s+ ) (?:temporarily\s+)? (?:withdrawn|retracted) \b
    | \b (?:this|the) (?:\s+(?:current|present|entire|whole|arxiv|\w+ing))? \s+
      (?:paper|article|submission|manuscript|preprint|work|note|version|entry|report|document|draft) \s+
      (?: (?:has | have | had) \s+ (?:now\s+)? been | is (?:\s+(?:now|being|hereby))? | was )
      \s+ (?:temporarily\s+)? (?:withdrawn|retracted)
    | \b (?:withdrawn|retracted) \s+ by \s+ (?:the\s+)? (?:authors?|submitter|arxiv)
    | \b (?:the\s+)? authors? \s+ (?:has|have|had|wish(?:es)?\s+to|would\s+like\s+to) \s+ (?:withdrawn?|retract(?:ed)?)
      \s+ (?:this|the) \s+ (?:paper|article|submission|manuscript|preprint|work|note|version)""",
    re.IGNORECASE | re.VERBOSE,
)


def is_withdrawn(comment: str | None, summary: str | None = None) -> bool:
    """Whether the paper's comment, or its summary, says that it was withdrawn or retracted."""
    return any(_WITHDRAWN.search(one_line(text)) for text in (comment, summary) if text)


def publication_guess(journal_ref: str | None, comment: str | None) -> tuple[str, int | None] | None:
    """Venue (by its canonical name) and year of publication, guessed: from `journal_ref`, else from `comment`.

    The year is None where it is not said. None where neither field names a venue of the table in such words that the
    paper is to be found there.
    """
    return _from_reference(_clean(journal_ref)) or _from_comment(_clean(comment))


def _clean(text: str | None) -> str:
    plain = one_line((text or "")[:_LONGEST])
    return _ADDRESS.sub(" ", plain).replace("\\&", "&").replace("{", "").replace("}", "")


def _from_reference(text: str) -> tuple[str, int | None] | None:
    if not text or _NOWHERE.search(text) or re.search(r"\b(?:short|earlier|preliminary|submitted)\b", text, re.I):
        return None
    for start in _starts(text):
        found = _venue_at(text[start:])
        if found:
            name, year, _ = found
            return name, year or _only_year(text)
    return None


def _from_comment(text: str) -> tuple[str, int | None] | None:
    if _NOWHERE.search(text):
        return None
    for clause in _clauses(text):
        if _NOT_THIS.search(clause):
            continue
        lead = _LEAD.search(clause)
        while lead:
            for start in _starts(clause[lead.end() :], in_text=True):
                found = _venue_at(clause[lead.end() + start :])
                if found:
                    return found[0], found[1] or _only_year(clause)
            lead = _LEAD.search(clause, lead.end())
        # Without such words the venue must stand alone between commas, and with its year: "SPIRE 2019, 12 pages".
        for piece in re.split(r",\s+(?!(?:19|20)\d\d\b)", clause):
            bare = _IN_PROCEEDINGS.sub("", piece.strip())
            found = _venue_at(bare)
            if found and found[1] and _QUALIFIED.fullmatch(bare, found[2]):
                return found[0], found[1]
    return None


def _clauses(text: str) -> Iterator[str]:
    kept = _ABBREVIATED.sub(lambda found: f"{found[1]}.\x00", text)
    for clause in _CLAUSE.split(kept):
        plain = clause.replace("\x00", " ").strip(" .")
        if plain:
            yield plain


def _starts(text: str, *, in_text: bool = False) -> Iterator[int]:
    """Where the name of a venue may begin: at the beginning, behind a bracket, a colon, a comma or "Proceedings of"."""
    yield 0
    found = _IN_PROCEEDINGS.match(text)
    if found:
        yield found.end()
    inside = r"\(|\bproceedings\s+(?:of\s+)?(?:the\s+)?" if in_text else r"[(,:]\s*(?:in\s+)?(?:the\s+)?|\.\s+in\s+"
    for mark in re.finditer(inside, text, re.IGNORECASE):
        yield mark.end()


def _venue_at(text: str) -> tuple[str, int | None, int] | None:
    """The venue that `text` begins with, as long as may be: name, year, where it ends. One with a year is preferred."""
    ends = [found.end() for found in re.finditer(r"[^\s(]+\)?|\([^()]*\)", text)][:_WORDS]
    without: tuple[str, int | None, int] | None = None
    for end in reversed(ends):
        phrase = text[:end].rstrip(",.;:")
        name = _paired(phrase)
        found = split(name) or split(_SPONSOR.sub("", name, count=1))
        if not found or found[0] == PREPRINT:
            continue
        # "… (SODA 2020)": the year of the short name in brackets.
        year = found[1] or next((y for part in re.findall(r"\(([^()]+)\)", phrase) if (y := _year_of(part))), None)
        if year and _GOES_ON.match(text, len(phrase)):
            return found[0], year, len(phrase)
        # "Proceedings of the 37th International Conference on Machine Learning, Vienna": a number makes it a series.
        numbered = text[len(phrase) :].startswith(",") and _ORDINAL.search(phrase)
        if not year and (numbered or _ENDS.match(text, len(phrase))):
            without = without or (found[0], None, len(phrase))
    return without


def _paired(phrase: str) -> str:
    return phrase if phrase.count("(") == phrase.count(")") else phrase.rstrip(")")


def _year_of(part: str) -> int | None:
    found = split(part)
    return found[1] if found else None


def _only_year(text: str) -> int | None:
    """The year that `text` names, if it is one and stands apart from page numbers."""
    years = {int(found[0]) for found in _YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else None
