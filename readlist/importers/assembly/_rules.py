"""Which blocks are entries: two tables of rules, each with the reason for it. The first that fits decides.

A refusal says why a block that may look like a paper is none; an acceptance says what makes it one. What fits no
rule is a note: a missed paper stands in the notes and can be found, an invented one has to be weeded out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines import (
    _fields,
    _labels,
    _looks,
    _people,
    _title,
)
from readlist.importers.lines._seen import Sight


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands. `under` says that it is nested in an entry; `papers` that its topic promises papers."""

    flat: bool = False
    under: bool = False
    papers: bool = False
    listed: bool = False  # item of a list or row of a table
    heading: bool = False
    among: bool = False  # most of its list are papers
    detailed: bool = False  # authors, venue or a paper's address stand under it, each on a line of its own
    reading: bool = False  # its heading says of all below that it is to be read, or was
    told: bool = False  # its list goes on with a sentence
    named: bool = False  # its own heading promises papers
    parent: bool = False  # items are nested in it


_POINTING = late(r"(?:参考|详见|参见|参照|可以看|见下|来自|比如|例如|refer to|see also|c\.f\.)", re.IGNORECASE)
_STARTS_MID = late(r"[,，、。;；)）=+/&%]|\.\w|\$\s|--?\w")
_ABOUT_ADDRESS = late(
    r"(?:slides?|videos?|talk|code|source code|github|ppt|poster|demo|blog|website|data|datasets?)\s+(?:in|of"
    r"|at|from|by|for|on|@)\b",
    re.IGNORECASE,
)
_REMARK = late(r"\W{0,3}(?:注|附注|备注|備註|附|PS|P\.S\.|NB|N\.B\.)\s?[:：]")
_CAPTION = late(r"(?:fig(?:ure|\.)?|table|图|表|equation|algorithm)\s*\d+\s*[:：.]", re.IGNORECASE)
_TO_SECTION = late(r"\W*\[[^\[\]]{1,120}\]\([./]{0,2}#[^()\s]*\)\W*")
_NAVIGATION = late(
    r"(?:back to top|table of contents|contents|目录|返回.*|上一页|下一页|home|more|contributing|license)",
    re.IGNORECASE,
)

LABEL = "the name of a field is no title"

Rule = tuple[Callable[[Sight, Place], bool], str]

REFUSALS: tuple[Rule, ...] = (
    (lambda s, p: s.legend, "explains the marks of the page"),
    (
        lambda s, p: s.in_page and not s.links and s.mark is None and _TO_SECTION.fullmatch(s.text) is not None,
        "a link within the page: its contents",
    ),
    (lambda s, p: s.title.casefold() in ("untitled", "无标题"), "a page that was not named yet"),
    (lambda s, p: not s.title and not s.ids, "no title and no identifier"),
    (lambda s, p: bool(s.title) and not any(c.isalpha() for c in s.title), "a title has letters"),
    (lambda s, p: _fields.is_link_word(s.title), "the name of an address is no title"),
    (lambda s, p: _labels.is_label(s.title, s.text), LABEL),
    (
        lambda s, p: (
            s.mark is None
            and s.set_off != "strong"
            and not s.column
            and not (s.fields.announced or p.detailed or p.reading or (p.named and _looks.leads_to_page(s)))
            and not s.ids
            and not s.fields.published
            and not _looks.paper_address(s)
            and not _looks.leads_to_work(s)
            and _people.names(s.title) is not None
        ),
        "people, not what they wrote",
    ),
    (
        lambda s, p: not s.links and not s.fields.any and s.mark is None and _looks.names_several(s.title),
        "the headline of several papers",
    ),
    (
        lambda s, p: not s.column and _ABOUT_ADDRESS.match(s.title) is not None,
        "tells what its address holds: slides, code, a talk",
    ),
    (lambda s, p: _CAPTION.match(s.title) is not None, "the caption of a figure"),
    (lambda s, p: _NAVIGATION.fullmatch(s.title) is not None, "a way through the page, not a thing to read"),
    (
        lambda s, p: s.in_page and not s.links and not s.fields.any and s.mark is None,
        "a link within the page: its contents",
    ),
    (lambda s, p: _STARTS_MID.match(s.text) is not None, "begins in the middle of a sentence"),
    (lambda s, p: _REMARK.match(s.text) is not None, "says of itself that it is a remark"),
    (
        lambda s, p: (
            s.set_off == "strong"
            and bool(s.remarks)
            and s.remarks[0][:1].islower()
            and not s.links
            and not s.fields.any
            and s.title.isalpha()
            and s.title.istitle()
        ),
        "a word in a sentence that is stressed",
    ),
    (lambda s, p: len(s.title) > 300, "longer than any title"),
    (
        lambda s, p: s.set_off == "" and _looks.is_code(s.title) and not s.fields.any and s.mark is None,
        "code or a shell's command",
    ),
    (lambda s, p: s.set_off == "" and not s.column and _looks.is_running(s.title), "running text"),
    (lambda s, p: bool(s.before), "the link stands in a sentence"),
    (lambda s, p: s.by and _POINTING.search(s.title) is not None, "points to a text elsewhere, in passing"),
    (lambda s, p: s.by and len(s.title) > 64 and is_chinese(s.title), "a sentence that names an author"),
    (
        lambda s, p: (
            s.mark == "todo"
            and is_chinese(s.title)
            and re.search(r"[?？吗呢]\s*$", s.text) is not None
            and re.search(r"[,，]", s.title) is not None
            and not s.links
        ),
        "a question to oneself, not a thing to read",
    ),
    (
        lambda s, p: s.mark is not None and sum(map(len, s.remarks)) > 320 and not s.links and not s.fields.any,
        "a mark in a long note",
    ),
    (
        lambda s, p: p.under and not s.whole and s.mark is None and not (s.column and s.ids),
        "a mention in a note of the entry above",
    ),
    (lambda s, p: p.under and not s.title, "an address of the entry above"),
    (
        lambda s, p: (
            p.under and s.mark is not None and not (s.box or s.links or s.fields.any or _title.is_wordy(s.title))
        ),
        "a word or two under an entry",
    ),
    (
        lambda s, p: (
            p.under
            and not (_looks.paper_address(s) and _title.is_wordy(s.title))
            and s.mark is None
            and not (s.fields.venue and _looks.is_latin_title(s.title))
        ),
        "under an entry only what is plainly a paper is one",
    ),
    (
        lambda s, p: (
            p.heading
            and not (p.detailed or _looks.paper_address(s) or (s.fields.venue and s.fields.year) or s.fields.announced)
        ),
        "a heading names a topic unless it has a paper's address, or venue and year, or says that it is a paper",
    ),
    (
        lambda s, p: (
            s.mark == "todo"
            and not (p.listed or p.flat or s.set_off or s.links or s.fields.any)
            and is_chinese(s.title)
        ),
        "a plan in a paragraph, not a thing to read",
    ),
    (
        lambda s, p: (
            p.heading
            and not p.detailed
            and not _title.is_wordy(s.title)
            and not (s.set_off == "link" and bool(s.ids) and s.whole)
        ),
        "a heading of one or two words names a topic",
    ),
    (
        lambda s, p: (
            not p.listed
            and not p.flat
            and not p.heading
            and not s.set_off
            and s.mark is None
            and bool(s.remarks)
            and not (s.fields.authors and s.fields.published and _looks.paper_address(s))
        ),
        "a paragraph of prose with an address in it",
    ),
    (
        lambda s, p: (
            not p.listed
            and not p.flat
            and len(" ".join(s.remarks)) > 1.5 * len(s.title) + 60
            and not (s.fields.authors and s.fields.published and _looks.paper_address(s))
        ),
        "a paragraph that says more about something else",
    ),
)

_PLACED = 40  # characters of "Meta AI", "Google Research"


def _whole(sight: Sight) -> bool:
    """Whether the line is a title with fields and nothing else but, in few words, where it was made: "(Meta AI)"."""
    told = sum(map(len, sight.remarks))
    return sight.whole or (not sight.before and sight.fields.forms > 0 and told <= _PLACED)


ACCEPTANCES: tuple[Rule, ...] = (
    (lambda s, p: s.fields.citations is not None and bool(s.title), "who notes a citation count means a paper"),
    (lambda s, p: s.fields.thesis and _title.is_wordy(s.title), "a thesis, and its title"),
    (
        lambda s, p: (
            s.fields.venue is not None
            and (_title.is_wordy(s.title) or s.set_off != "")
            and (s.set_off != "" or s.fields.year is not None or _looks.is_latin_title(s.title))
        ),
        "a venue stands with a title",
    ),
    (
        lambda s, p: (
            bool(s.title and s.fields.authors and s.fields.year)
            and (s.fields.venue is not None or s.fields.book)
            and not _looks.is_running(s.title)
        ),
        "authors, place and year stand with a title",
    ),
    (
        lambda s, p: bool(s.ids) and bool(s.title) and (s.set_off == "link" or s.whole or p.listed),
        "a title with a paper's address",
    ),
    (lambda s, p: bool(s.ids) and not s.title and s.whole and len(s.links) == 1, "a paper's address alone"),
    (
        lambda s, p: _looks.paper_address(s) and s.set_off == "link" and p.listed and s.title[:1].isalpha(),
        "a link to a paper opens a list item",
    ),
    (
        lambda s, p: _looks.paper_address(s) and _title.is_wordy(s.title) and (p.listed or s.set_off != ""),
        "a title with a PDF's address",
    ),
    (lambda s, p: s.row and s.mark is not None and bool(s.title), "a row with a mark"),
    (
        lambda s, p: s.column and (bool(s.links) or s.fields.any) and len(s.title) > 1,
        "it stands in a table's column of papers, with an address or a field beside it",
    ),
    (
        lambda s, p: s.box and bool(s.title) and not _looks.is_running(s.title) and len(s.title) <= 200,
        "a box to tick stands before it",
    ),
    (
        lambda s, p: s.mark is not None and bool(s.title) and not _looks.is_running(s.title),
        "a mark of reading stands with it",
    ),
    (
        lambda s, p: s.given_up and bool(s.title) and not _looks.is_running(s.title),
        "it was given up, so it was to be read",
    ),
    (
        lambda s, p: p.detailed and bool(s.title) and not _looks.is_running(s.title) and len(s.title) <= 200,
        "the details of a paper stand under it",
    ),
    (
        lambda s, p: (
            s.fields.announced
            and (
                (_title.is_wordy(s.title) and (p.heading or _looks.is_latin_title(s.title)))
                or (bool(s.title) and bool(s.links) and p.listed)
            )
        ),
        "it says that it is a paper's title",
    ),
    (
        lambda s, p: (
            s.file and s.set_off == "link" and s.whole and (_title.is_wordy(s.title.replace("-", " ")) or p.listed)
        ),
        "a link to a PDF beside the page",
    ),
    (
        lambda s, p: p.listed and s.set_off == "link" and len(s.title) >= 4 and _looks.leads_to_work(s),
        "a link to a post or video opens a list item",
    ),
    (
        lambda s, p: s.day is not None and s.whole and _looks.is_latin_title(s.title) and not p.heading,
        "in a diary, a title with its day",
    ),
    (
        lambda s, p: s.by and len(s.title) >= 4 and (" " in s.title or is_chinese(s.title)),
        "somebody is named as its author",
    ),
    (
        lambda s, p: (
            s.fields.year is not None
            and _looks.is_latin_title(s.title)
            and (s.set_off != "" or _looks.is_capital(s.title) or s.fields.words > 0 or bool(s.fields.authors))
        ),
        "a year stands with a title",
    ),
    (
        lambda s, p: (
            s.set_off != ""
            and p.listed
            and bool(s.links)
            and (s.fields.year is not None or bool(s.fields.authors))
            and (bool(s.fields.authors) or s.fields.words > 0)
            and s.title[:1].isalpha()
        ),
        "a title set off, with author or year and an address",
    ),
    (
        lambda s, p: (
            bool(s.fields.authors)
            and _looks.is_latin_title(s.title)
            and (s.set_off != "" or bool(s.links) or (p.listed and s.whole and _looks.is_latin_title(s.title, 4)))
        ),
        "authors stand with a title",
    ),
    (
        lambda s, p: p.listed and s.whole and bool(s.fields.authors and s.fields.year and s.links and s.title),
        "who wrote it, when, and where it is",
    ),
    (
        lambda s, p: (
            s.fields.words > 0
            and _looks.is_latin_title(s.title)
            and s.set_off == ""
            and not p.heading
            and (p.flat or p.listed or (_looks.is_capital(s.title) and not s.title.isupper()))
            and not s.remarks
        ),
        "the names of its addresses follow a title",
    ),
    (
        lambda s, p: s.named_in_bracket and _looks.is_latin_title(s.title, 4) and s.whole and not p.heading,
        "an English title in Chinese brackets, alone on its line",
    ),
    (
        lambda s, p: s.named_in_bracket and p.listed and bool(s.fields.authors) and s.whole,
        "in a list, a title in brackets with its author",
    ),
    (
        lambda s, p: (
            p.papers
            and p.listed
            and _whole(s)
            and _looks.is_latin_title(s.title)
            and not _looks.is_plan(s.title)
            and not (p.told and not _looks.is_capital(s.title) and not _looks.has_colon(s.title))
            and not s.text.rstrip().endswith((".", ":", "?"))
        ),
        "a title in a list of papers",
    ),
    (
        lambda s, p: (
            p.reading and p.listed and _whole(s) and not (p.parent or p.heading) and _looks.is_short_title(s.title)
        ),
        "it stands in a list of what is to be read or was",
    ),
    (
        lambda s, p: s.column and (p.papers or p.reading) and _looks.is_latin_title(s.title, 2),
        "it stands in a column of titles below a heading that promises papers",
    ),
    (
        lambda s, p: p.named and p.listed and s.whole and _looks.leads_to_page(s) and _looks.is_latin_title(s.title, 2),
        "a link to a page in a list of papers",
    ),
    (
        lambda s, p: (
            p.among
            and s.whole
            and not s.links
            and (
                _looks.is_latin_title(s.title)
                or _title.is_nickname(s.title)
                or (_looks.is_latin_title(s.title, 2) and _looks.has_capitals(s.title))
            )
        ),
        "most of its list are papers",
    ),
    (
        lambda s, p: p.among and p.listed and _looks.leads_to_page(s) and _looks.is_latin_title(s.title),
        "a link among papers",
    ),
    (
        lambda s, p: (
            not p.heading
            and (p.flat or p.listed)
            and s.whole
            and _looks.has_colon(s.title)
            and _looks.is_capital(s.title)
            and 5 <= len(s.title.split()) <= 25
            and _looks.is_latin_title(s.title)
            and not s.text.rstrip().endswith((".", ":"))
        ),
        "name, colon, title in capitals: so only titles are written",
    ),
)


NOTHING = "nothing says that it is a paper"


def verdict(sight: Sight, place: Place) -> tuple[bool, str]:
    """Whether what is seen is an entry, and the reason of the rule that decided."""
    for refuses, reason in REFUSALS:
        if refuses(sight, place):
            return False, reason
    for accepts, reason in ACCEPTANCES:
        if accepts(sight, place):
            return True, reason
    return False, NOTHING
