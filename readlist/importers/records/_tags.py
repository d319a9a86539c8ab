"""The dialects of tagged bibliographies: how their lines look, what begins and ends a record, which tag says what.

Sources: the RIS specification of Reference Manager and what EndNote, Zotero, Scopus, Springer, Wiley, ScienceDirect,
Ovid and PubMed Central make of it; the field tags of Web of Science; PubMed's display format MEDLINE; EndNote's tagged
export, which is that of refer; RefWorks' tagged format and NoteExpress', both as CNKI writes them, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from readlist.domain.patterns import late


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one program writes records. `fields` names for each field the tags that say it, the best first.

    `line` finds a tag and its value. `start` is the tag that begins a record, `end` the one that ends it; where there
    is none, a record ends where the next begins. `of_file` are tags that speak of the file as a whole. What stands
    below a line of a tag in `lists` is another value; below one in `joint` it is another line; else the same line goes
    on. A value of a tag in `divided` may hold several, behind semicolons.
    """

    name: str
    line: re.Pattern[str]
    start: str
    end: str
    fields: Mapping[str, tuple[str, ...]]
    of_file: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    joint: frozenset[str] = frozenset()
    divided: frozenset[str] = frozenset()

    @property
    def naming(self) -> frozenset[str]:
        """The tags that name a work."""
        return frozenset((*self.fields["title"], self.fields["doi"][0]))


RIS = Dialect(
    name="ris",
    # Two blanks by the specification. With one, only capitals that more than a hyphen follows: "an - attempt" is text.
    line=late(r"\s?(?:([A-Za-z][A-Za-z0-9])  -|([A-Z][A-Z0-9]) -(?=\s|$))(.*)"),
    start="TY",
    end="ER",
    fields={
        "type": ("TY",),
        "key": ("ID", "LB"),
        "title": ("T1", "TI"),
        "other title": ("BT", "CT", "ST", "T2"),
        "title of a part": ("CT", "ST"),
        "authors": ("AU", "A1"),
        "further authors": ("A2",),
        "editors": ("ED", "A2", "A3"),
        "venue": ("JF", "T2", "JO", "BT", "C3", "JA", "J2", "J1", "T3"),
        "publisher": ("PB",),
        "dates": ("PY", "Y1", "DA"),
        "doi": ("DO", "L3", "M3", "N1"),
        "number": ("M1", "AN", "C7"),
        "accession": ("U1", "U2"),
        "url": ("UR", "LK"),
        "pdf": ("L1",),
        "link": ("L2",),
        "abstract": ("AB", "N2"),
        "keywords": ("KW",),
        "notes": ("N1", "RN"),
        "own fields": ("U1", "U2", "U3", "U4", "U5"),
    },
    lists=frozenset(("KW",)),
    joint=frozenset(("N1", "RN", "AB", "N2")),
)

WEB_OF_SCIENCE = Dialect(
    name="web-of-science",
    line=late(r"([A-Z][A-Z0-9])(?: (.*)|$)"),
    start="PT",
    end="ER",
    of_file=frozenset(("FN", "VR", "EF")),
    fields={
        "type": ("DT", "PT"),
        "title": ("TI",),
        "authors": ("AF",),
        "other authors": ("AU",),
        "editors": ("BE",),
        "venue": ("SO", "CT", "JI"),
        "dates": ("PY", "PD"),
        "doi": ("DI",),
        "accession": ("PM",),
        "abstract": ("AB",),
        "keywords": ("DE",),
        "citations": ("TC", "Z9"),
    },
    lists=frozenset(("AU", "AF", "BE", "CR", "C1")),
    divided=frozenset(("DE",)),
)

PUBMED = Dialect(
    name="pubmed",
    line=late(r"([A-Z]{2,4}) {0,2}-(?: (.*)|$)"),
    start="PMID",
    end="",
    fields={
        "title": ("TI", "BTI", "TT"),
        "authors": ("FAU",),
        "other authors": ("AU", "CN"),
        "editors": ("FED", "ED"),
        "venue": ("JT", "TA"),
        "dates": ("DP", "DEP"),
        "doi": ("LID", "AID", "SO"),
        "accession": ("PMID", "PMC"),
        "abstract": ("AB", "OAB"),
        "keywords": ("OT",),
    },
)

ENDNOTE = Dialect(
    name="endnote",
    line=late(r"%([^\s\w%]|[0-9A-Z])(?: (.*)|$)"),
    start="0",
    end="",
    fields={
        "type": ("0",),
        "key": ("F",),
        "title": ("T",),
        "other title": ("!",),
        "title of a part": ("!",),
        "authors": ("A",),
        "editors": ("E", "Y"),
        "venue": ("J", "B", "S"),  # the ACL Anthology has the volume under %S
        "publisher": ("I",),
        "dates": ("D", "8"),
        "doi": ("R",),
        "number": ("R", "M", "N"),
        "url": ("U",),
        "pdf": (">",),
        "abstract": ("X",),
        "keywords": ("K",),
        "notes": ("Z", "O"),
    },
    lists=frozenset(("K",)),
    joint=frozenset(("Z", "O", "X")),
)

REFWORKS = Dialect(
    name="refworks",
    # Tags by name, as what goes on below a line has no mark: "NO" begins a field, "No" a sentence.
    line=late(
        r"(RT|SR|ID|A[1-6]|T[1-3]|J[FON]|YR|FD|VO|IS|SP|OP|K1|AB|NO|SN|P[BPNM]|ED|C[LNPRTY]|A[DNV]|D[BOS]|L[AKS]|O[LN]|R[DP]"
        r"|S[FLT]|U[1-5LR]|W[PTV]|NT|FR|MD) (.*)"
    ),
    start="RT",
    end="",
    fields={
        "type": ("RT",),
        "title": ("T1",),
        "other title": ("T2",),
        "authors": ("A1",),
        "editors": ("A2",),
        "venue": ("JF", "JO", "T2"),
        "publisher": ("PB",),
        "dates": ("YR", "FD"),
        "doi": ("DO",),
        "accession": ("PM",),
        "url": ("UL", "LK", "UR"),
        "abstract": ("AB",),
        "keywords": ("K1",),
        "notes": ("NO",),
    },
    joint=frozenset(("NO", "AB")),
)

NOTEEXPRESS = Dialect(
    name="noteexpress",
    line=late(r"\{([A-Z][A-Za-z0-9/ ]{1,40})\}:(.*)"),
    start="REFERENCE TYPE",
    end="",
    fields={
        "type": ("REFERENCE TYPE",),
        "title": ("TITLE",),
        "other title": ("SECONDARY TITLE",),
        "authors": ("AUTHOR",),
        "editors": ("EDITOR", "SECONDARY AUTHOR"),
        "venue": ("JOURNAL", "BOOK TITLE", "SECONDARY TITLE", "CONFERENCE NAME", "TERTIARY TITLE"),
        "publisher": ("PUBLISHER",),
        "dates": ("YEAR", "DATE"),
        "doi": ("DOI",),
        "url": ("URL", "LINK"),
        "abstract": ("ABSTRACT",),
        "keywords": ("KEYWORDS",),
        "notes": ("NOTES", "NOTE"),
    },
    joint=frozenset(("NOTES", "NOTE", "ABSTRACT")),
)
