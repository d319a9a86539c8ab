"""The report as Markdown, through a template that the user can replace.

The head of the standard one (`templates/weekly.md.j2`, printed by `rl report --print-template`) says what a template
is given. It may begin with `{% extends "weekly.md.j2" %}` and replace single blocks of the report. It runs in a
sandbox: it reaches what it is given, and no files.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from readlist.domain.dates import Span, day_of, month_of
from readlist.domain.identifiers import Identifier
from readlist.domain.paper import Paper
from readlist.domain.report import Noted, Read, Report
from readlist.domain.text import one_line, printable
from readlist.domain.titles import family_name
from readlist.errors import InputError
from readlist.exporters import markdown_text as md
from readlist.exporters import phrases
from readlist.exporters.phrases import Lang

if TYPE_CHECKING:
    from jinja2 import Environment

STANDARD = "weekly.md.j2"
_USERS = "<template>"
_PAGES = {"arxiv": "arXiv", "doi": "DOI", "acl": "ACL", "openreview": "OpenReview"}
_LAST_RESORT = {"s2": "Semantic Scholar", "corpus": "Semantic Scholar"}


@dataclass(frozen=True, slots=True)
class Template:
    """A template of the user's: its text, and what to call it where it is at fault."""

    text: str
    name: str


def standard_template() -> str:
    """The template that is used if the user brings none."""
    return files(__package__).joinpath("templates", STANDARD).read_text(encoding="utf-8")


def render(report: Report, lang: Lang, template: Template | None = None) -> str:
    """The report as Markdown, in `lang`, by the user's own template or the standard one.

    Raises InputError, with name, line and problem, for a template that is not right.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    words = _Words(report, lang)
    environment = _environment(words)
    try:
        if template is None:
            made = environment.get_template(STANDARD)
        else:
            code = environment.compile(template.text, filename=_USERS)
            made = environment.template_class.from_code(environment, code, environment.make_globals(None))
        text = made.render(words.values())
    except TemplateSyntaxError as error:
        if template is None:
            raise
        raise _fault(template, error.lineno, error.message or "syntax error") from error
    except (TemplateError, Exception) as error:
        # A template is a program of the user's: whatever it raises is its fault, not a fault of ours.
        if template is None:
            raise
        raise _fault(template, _line_of(error), str(error) or type(error).__name__) from error
    return printable(text).strip("\n") + "\n"


def _environment(words: _Words) -> Environment:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # what is made is Markdown; text is escaped for that by the filters
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({STANDARD: standard_template()}),
    )
    environment.filters.update(
        line=md.line,
        cell=md.cell,
        paper=words.paper,
        details=words.details,
        link=link,
        written=words.written,
        about=words.about,
        reasons=words.reasons,
    )
    return environment


def _line_of(error: BaseException) -> int | None:
    """The line of the user's template that `error` comes from."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _USERS]
    return lines[-1] if lines else None


def _fault(template: Template, line: int | None, problem: str) -> InputError:
    where = f"line {line} of the template" if line else "the template"
    hint = "`rl report --print-template` prints one that is right, and what it may say"
    return InputError(f"{where} {template.name}: {problem}", hint, template.name)


def link(paper: Paper) -> str | None:
    """A link to a page about the paper, in Markdown; None if there is none."""
    for scheme, name in _PAGES.items():
        if scheme in paper.identifiers:
            return _page(scheme, paper, name)
    if paper.url and md.address(paper.url):
        host = (urlsplit(one_line(paper.url)).hostname or "").removeprefix("www.")
        return md.link(host, paper.url)
    for scheme, name in _LAST_RESORT.items():
        if scheme in paper.identifiers:
            return _page(scheme, paper, name)
    return None


def dotted(*parts: str) -> str:
    """The parts that are not empty, divided by dots. A full-width bracket brings a blank of its own."""
    text = ""
    for part in filter(None, parts):
        text += ("· " if text.endswith("）") else " · ") + part if text else part
    return text


def _page(scheme: str, paper: Paper, name: str) -> str | None:
    url = Identifier(scheme, paper.identifiers[scheme]).url
    return md.link(name, url) if url else None


class _Words:
    """What a template is given to speak with, in one language."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self._report = report
        self._lang = lang

    def say(self, phrase: str, **values: object) -> str:
        return phrases.say(self._lang, phrase, **values)

    def values(self) -> Mapping[str, Any]:
        report = self._report
        period, name = _period(report.span)
        first, last = report.span.first.isoformat(), report.span.last.isoformat()
        return {
            "report": report,
            "lang": self._lang,
            "say": self.say,
            "dotted": dotted,
            "period": period,
            "heading": self.say(f"title_{period}", name=name),
            "days": self.say("days", first=first, last=last),
            "summary": self._summary(period),
            "queue": self._queue(),
            "groups": [(n, tuple(g)) for n, g in groupby(report.read, key=lambda entry: entry.deepest)],
        }

    def _summary(self, period: str) -> str:
        report, say = self._report, self.say
        when = "waited" if report.over else "waiting"
        waiting = say(when, n=report.waiting) if report.waiting else say(f"none_{when}")
        if report.quiet:
            return say("ahead" if report.ahead else f"quiet_{period}", waiting=waiting)
        parts = []
        if report.read:
            parts.append(say("on_papers", n=len(report.read), passes=say("passes", n=report.passes)) + self._by_pass())
        if report.minutes:
            parts.append(say("minutes", n=report.minutes))
        if report.added_total:
            parts.append(say("added", n=report.added_total))
        if report.dropped:
            parts.append(say("dropped", n=len(report.dropped)))
        return dotted(*parts, waiting)

    def _by_pass(self) -> str:
        """How many passes were of which kind, where that is not plain from their number."""
        if self._report.passes < 2:
            return ""
        kinds = [self.say("of_pass", number=number, n=n) for number, n in self._report.by_pass.items()]
        return self.say("details", text=self.say("comma").join(kinds))

    def _queue(self) -> str:
        """The queue at the start and at the end, and what made the difference; "" if nothing came or went."""
        queue = self._report.queue
        moves = [
            self.say(f"queue_{name}", n=n)
            for name in ("added", "wanted", "read", "dropped", "other")
            for n in (getattr(queue, name),)
            if n
        ]
        return self.say("queue", start=queue.start, end=queue.end, moves=self.say("comma").join(moves)) if moves else ""

    def paper(self, paper: Paper, counted: bool = True) -> str:
        """Title, details and link; without the citation count unless `counted`."""
        details, page = self.details(paper, counted), link(paper)
        told = self.say("details", text=details) if details else ""
        beside = "" if told.endswith("）") else " "  # a full-width bracket brings its own space
        return f"**{md.line(paper.title) or md.line(paper.key)}**{told}" + (f"{beside}{page}" if page else "")

    def details(self, paper: Paper, counted: bool = True) -> str:
        """Authors, venue and year, and the citation count."""
        venue = md.line(paper.venue or "")
        year = "" if paper.year is None or str(paper.year) in venue else str(paper.year)
        count = self.say("citations", n=paper.citations.count) if counted and paper.citations else ""
        parts = (self._authors(paper.authors), f"{venue} {year}".strip(), count)
        return self.say("comma").join(part for part in parts if part)

    def _authors(self, authors: tuple[str, ...]) -> str:
        names = [md.line(family_name(author)) for author in authors[:2]]
        if len(authors) > 2:
            return self.say("more_authors", first=names[0])
        return self.say("two_authors", first=names[0], second=names[1]) if len(names) == 2 else "".join(names)

    def about(self, entry: Read | Noted) -> str:
        """Which passes these are, where that is not plain, how long they took, and what was decided then.

        Of a paper that is being read: which pass, and since when.
        """
        parts = []
        if isinstance(entry, Read):
            if len(entry.passes) > 1:
                *most, last = (str(event.number) for event in entry.passes)
                numbers = self.say("and").join((self.say("comma_in_list").join(most), last))
                parts.append(self.say("which_passes", numbers=numbers))
            if entry.minutes:
                parts.append(self.say("min", n=entry.minutes))
            parts.append(self.say(f"then_{entry.then}"))
        elif entry.paper.open_pass:
            parts.append(self.say("which_pass", numbers=entry.paper.open_pass.number))
            begun = day_of(entry.paper.open_pass.started)
            if begun:
                parts.append(self.say("since", day=begun.isoformat()))
        return dotted(*parts)

    def written(self, entry: Read | Noted, summary: bool = True) -> str:
        """The summary, quoted, and the notes, to stand beneath the list item of the entry; "" if there are none."""
        parts = [md.quoted(text) for text in [md.block([entry.paper.summary or ""])] if summary and text]
        notes: list[str] = []
        if isinstance(entry, Read):
            for event in entry.passes:
                if event.note and len(entry.passes) > 1:
                    day = day_of(event.finished)
                    label = self.say("pass_of", number=event.number, day=day.isoformat() if day else "")
                    notes.append(f"*{label}*")
                notes.append(event.note or "")
            if entry.notes and any(event.note for event in entry.passes):
                notes.append(f"*{self.say('besides')}*")
        parts.append(md.block([*notes, *entry.notes]))
        return md.indented("\n\n".join(part for part in parts if part))

    def reasons(self, paper: Paper) -> str:
        """What makes the paper urgent, the weightiest first, less what its details say already."""
        terms = sorted(paper.urgency.terms, key=lambda term: -abs(term[1])) if paper.urgency else []
        told = [phrases.reason(self._lang, why) for why, _ in terms]
        number = paper.open_pass.number if paper.open_pass else paper.next_pass
        wanted = [self.say("which_pass", numbers=number)] if number else []
        return self.say("comma").join((*wanted, *(md.line(why) for why in told if why)))


def _period(span: Span) -> tuple[str, str]:
    """What kind of span it is, and its name: ("week", "2026-W47"), ("month", "2026-11") or ("span", "")."""
    if span.week:
        return "week", span.week
    if span == month_of(span.first):
        return "month", f"{span.first:%Y-%m}"
    return "span", ""
