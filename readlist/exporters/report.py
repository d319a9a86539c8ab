"""The report as Markdown, through a template that the user can replace.

A template sees `report` (a `domain.report.Report`), `lang`, and the ready lines `heading`, `days` and `summary`;
`say("name", n=3)` gives a phrase of `exporters.phrases`; `groups` are the papers read, as (pass number, entries),
deepest first. Filters: `line` and `cell` for plain text, `paper`, `details` and `link` for a paper, `written` for the
summary and notes of an entry, `about` for the passes of an entry, `reasons` for what makes a paper urgent.
It may begin with `{% extends "weekly.md.j2" %}` and replace single blocks of the report.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
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


def render(report: Report, lang: Lang, template: str | None = None) -> str:
    """The report as Markdown, in `lang`; `template` is the text of a template to use instead of the standard one.

    Raises InputError, with line and problem, for a template that is not right.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    words = _Words(report, lang)
    environment = _environment(words)
    try:
        if template is None:
            made = environment.get_template(STANDARD)
        else:
            code = environment.compile(template, filename=_USERS)
            made = environment.template_class.from_code(environment, code, environment.make_globals(None))
        text = made.render(words.values())
    except TemplateSyntaxError as error:
        raise _fault(error.lineno, error.message or "syntax error") from error
    except (TemplateError, Exception) as error:
        # A template is a program of the user's: whatever it raises is its fault, not a fault of ours.
        if template is None:
            raise
        raise _fault(_line_of(error), str(error) or type(error).__name__) from error
    return printable(text).strip("\n") + "\n"


def _environment(words: _Words) -> Environment:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    standard = files(__package__).joinpath("templates", STANDARD).read_text(encoding="utf-8")
    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # what is made is Markdown; text is escaped for that by the filters
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({STANDARD: standard}),
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


def _fault(line: int | None, problem: str) -> InputError:
    where = f"line {line} of the template" if line else "the template"
    return InputError(f"{where}: {problem}", 'a template may begin with {% extends "weekly.md.j2" %}')


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
            "period": period,
            "heading": self.say(f"title_{period}", name=name),
            "days": self.say("days", first=first, last=last),
            "summary": self._summary(period),
            "groups": [(n, tuple(g)) for n, g in groupby(report.read, key=lambda entry: entry.deepest)],
        }

    def _summary(self, period: str) -> str:
        report, say = self._report, self.say
        waiting = say("waiting", n=report.waiting)
        if report.quiet:
            return say(f"quiet_{period}", waiting=waiting)
        parts = []
        if report.read:
            parts.append(say("on_papers", n=len(report.read), passes=say("passes", n=report.passes)))
        if report.minutes:
            parts.append(say("minutes", n=report.minutes))
        if report.added_total:
            parts.append(say("added", n=report.added_total))
        if report.dropped:
            parts.append(say("dropped", n=len(report.dropped)))
        return " · ".join((*parts, waiting))

    def paper(self, paper: Paper, counted: bool = True) -> str:
        """Title, details and link; without the citation count unless `counted`."""
        details = self.details(paper, counted)
        parts = (f"**{md.line(paper.title) or md.line(paper.key)}**", details and f"({details})", link(paper))
        return " ".join(part for part in parts if part)

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
        """Which passes these are, where that is not plain, and how long they took; or since when one is under way."""
        parts = []
        if isinstance(entry, Read):
            if len(entry.passes) > 1:
                numbers = (", " if self._lang == "en" else "、").join(str(event.number) for event in entry.passes)
                parts.append(self.say("which_passes", numbers=numbers))
            if entry.minutes:
                parts.append(self.say("min", n=entry.minutes))
        elif entry.paper.open_pass:
            parts.append(self.say("which_pass", numbers=entry.paper.open_pass.number))
            begun = day_of(entry.paper.open_pass.started)
            if begun:
                parts.append(self.say("since", day=begun.isoformat()))
        return " · ".join(parts)

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
