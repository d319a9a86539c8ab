"""What fits where the cursor stands: commands, options, and the names that the library has.

What a word can be follows from the placeholder of its option or argument (`PAPER`, `TOPIC`, …) by one table, so a
new command completes by using the placeholders that the others use. How the shells ask and are answered is the
business of `cli.shells`. Nothing here writes, and a library that is not there is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from readlist.context import Context
from readlist.domain.text import one_line
from readlist.errors import NotFound

MOST = 50
"""Candidates in one answer: what a person reads through, and what a shell shows without asking."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that fits; what it means; and another text by which the same thing is named (a title, an alias)."""

    value: str
    help: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands: in which command ("topic move"), in the value of which parameter, or of none.

    `typed` is what of the word has been typed, `before` what stands in front of it in the same word (`--topic=`).
    """

    command: Any
    path: str
    parameter: Any | None
    typed: str
    before: str = ""
    used: frozenset[str] = frozenset()
    names_options: bool = False


class Names:
    """The names that can be offered, read when they are asked for."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def library(self) -> Any:
        from readlist.db.completion import opened
        from readlist.glossary import glossary_beside

        settings = self.context.settings
        return opened(settings.database, glossary_beside(settings.config, self.context.tell))

    def papers(self, typed: str) -> list[Candidate]:
        found = self.library.papers(typed, MOST) if self.library else []
        return [Candidate(key, title, title) for key, title in found]

    def topics(self, typed: str) -> list[Candidate]:
        if not self.library:
            return []
        forest = self.library.forest()
        paths = [(forest.path(topic), topic.aliases) for topic in forest.topics]
        found = _fitting(typed, [*(Candidate(path) for path, _ in sorted(paths)), *_aliased(paths)])
        if found:
            return found
        with suppress(NotFound):  # a word of the field for it: `contrastive` is 对比学习
            found = [Candidate(forest.path(topic), typed, typed) for topic in forest.matching(typed)]
        return found

    def tags(self, typed: str) -> list[Candidate]:
        return _fitting(typed, [_counted(tag) for tag in self.library.tags()] if self.library else [])

    def venues(self, typed: str) -> list[Candidate]:
        if not self.library:
            return []
        found = self.library.venues()
        return _fitting(typed, [*map(_counted, found), *_aliased((v.name, v.aliases) for v in found)])

    def query(self, typed: str) -> list[Candidate]:
        """The keys of a query, and the values of those that name things: `topic:"Question answering"`."""
        from readlist.domain.metadata import KINDS
        from readlist.domain.passes import STATUSES
        from readlist.domain.query import KEYS
        from readlist.domain.query_keys import HAS, IS
        from readlist.domain.queue import PRIORITIES

        minus, rest = ("-", typed[1:]) if typed.startswith("-") else ("", typed)
        key, colon, value = rest.partition(":")
        if rest.startswith("@"):
            saved = self.library.queries() if self.library else {}
            return [Candidate(f"{minus}@{name}", query) for name, query in saved.items() if name.startswith(rest[1:])]
        if not colon:
            return [Candidate(f"{minus}{name}:") for name in sorted(KEYS) if name.startswith(key)]
        values: dict[str, Callable[[str], list[Candidate]]] = {
            "topic": self.topics, "tag": self.tags, "venue": self.venues, "key": self.papers,
            "status": _one_of(STATUSES), "kind": _one_of(KINDS), "priority": _one_of(PRIORITIES),
            "pass": _one_of("123"), "added": _one_of(("today", "-7d", "-30d")), "due": _one_of(("any", "none", "+7d")),
            "read": _one_of(("-7d", "any", "none")), "has": _one_of(HAS), "is": _one_of(IS),
        }  # fmt: skip
        give = values.get(key.casefold())
        found = give(value.lstrip('"')) if give else []
        return [
            replace(it, value=f"{minus}{key}:{_in_query(it.value)}", also=it.also and f"{minus}{key}:{it.also}")
            for it in found
            if '"' not in it.value  # a query has no way to write it
        ]

    def weeks(self, typed: str) -> list[Candidate]:
        from readlist.domain.dates import week_of

        today = self.context.now().date()
        spans = [week_of(today - timedelta(weeks=back)) for back in range(10)]
        named = [Candidate(span.week or "", f"{span.first} to {span.last}") for span in spans]
        return _fitting(typed, [Candidate("last", named[1].value), *named])

    def listing_orders(self, typed: str) -> list[Candidate]:
        from readlist.db.views import SORTS

        return _one_of(SORTS)(typed)

    def related_orders(self, typed: str) -> list[Candidate]:
        from readlist.services.related import ORDERS

        return _one_of(ORDERS)(typed)

    def formats(self, typed: str) -> list[Candidate]:
        from readlist.exporters import FORMATS

        return _one_of(FORMATS)(typed)

    def statuses(self, typed: str) -> list[Candidate]:
        from readlist.domain.passes import STATUSES

        return _one_of(STATUSES)(typed)

    def priorities(self, typed: str) -> list[Candidate]:
        from readlist.domain.queue import PRIORITIES

        return _one_of(PRIORITIES)(typed)

    def fields(self, typed: str) -> list[Candidate]:
        from readlist.services.edit import FIELDS

        return [Candidate(f"{name}=") for name in FIELDS if name.startswith(typed)]

    def settings(self, typed: str) -> list[Candidate]:
        from readlist.settings import SETTINGS

        return _fitting(typed, [Candidate(it.name, it.help) for it in SETTINGS if it.in_file])


def _one_of(names: Iterable[str]) -> Callable[[str], list[Candidate]]:
    return lambda typed: _fitting(typed, [Candidate(name) for name in names])


Give = Callable[[Names, str], list[Candidate]]


def _words(words: str) -> Give:
    """Words that are the same in every library."""
    return lambda names, typed: _one_of(words.split())(typed)


FILES = "files"
"""In the table below: a file of the user's, which the shell knows better."""

_DAYS = _words("today yesterday -7d mon")
_AHEAD = _words("today tomorrow fri +1w +2w")
_PASSES = _words("1 2 3")

VALUES: dict[str, Give | str] = {
    "PAPER": Names.papers, "OTHER": Names.papers, "PAPER TEXT": Names.papers,
    "TOPIC": Names.topics, "TAG": Names.tags, "VENUE": Names.venues, "QUERY": Names.query,
    "FIELD=VALUE": Names.fields,
    "FILE": FILES, "FOLDER": FILES, "PAGE": FILES,
    "S": Names.statuses, "ORDER": Names.listing_orders, "F": Names.formats, "P": Names.priorities,
    "WEEK": Names.weeks, "WHEN": Names.weeks, "DATE": _DAYS,
    "LANG": _words("en zh"),
    "STATUS": _words("listed todo"),
    "WHAT": _words("1 2 3 done drop"),
    "WHICH": _words("held all none"),
    "AGE": _words("7d 30d 365d"),
    # What only its user knows:
    **dict.fromkeys(("REF", "TITLE", "TEXT", "N", "N,M", "M", "NAME", "TO", "ALIAS", "VALUE"), _words("")),
}  # fmt: skip
"""By placeholder: what can stand there. A test asks for every placeholder of the program."""

EXCEPTIONS: dict[str, Give] = {
    **{f"{path} --sort": Names.related_orders for path in ("refs", "cited-by", "recommend")},
    **{f"{path} --due": _AHEAD for path in ("add", "want")},
    **{f"{path} {name}": Names.topics for path, name in (("topic move", "TO"), ("topic merge", "INTO"))},
    **{f"tag {path}": Names.tags for path in ("add NAME", "remove NAME", "rename NAME", "rename TO")},
    **{f"venue {path}": Names.venues for path in ("alias NAME", "merge NAME", "merge INTO")},
    **{f"config {path}": Names.settings for path in ("set NAME", "unset NAME")},
    "report --format": _words("markdown html"),
    "--pass": _PASSES,
    "--read-pass": _PASSES,
}
"""Placeholders that mean something else in one command ("tag add NAME"), or for one option everywhere ("--pass")."""


def values_of(path: str, parameter: Any) -> Give | str | None:
    """What can stand in the place of a parameter: a function, `FILES`, or None if the tables do not say."""
    placeholder = "".join(c for c in parameter.metavar or "" if c not in "[]…")
    name = placeholder if parameter.param_type_name == "argument" else parameter.opts[0]
    return EXCEPTIONS.get(f"{path} {name}") or EXCEPTIONS.get(name) or VALUES.get(placeholder)


def place_of(root: Any, words: Sequence[str], typed: str, options: dict[str, str]) -> Place | None:
    """Where `typed` stands after the complete `words` of a command line; None where nothing is known of it.

    Values of the options that stand before the command go to `options`.
    """
    command, path = root, ""
    waiting: Any = None  # an option whose value is the next word
    given, only_arguments = 0, False
    used: set[str] = set()
    for word in words:
        if waiting is not None:
            if command is root:
                options[waiting.name] = word
            waiting = None
        elif word == "--" and not only_arguments:
            only_arguments = True
        elif word.startswith("-") and len(word) > 1 and not only_arguments:
            waiting, name, value = _option_in(command, word)
            used.add(name)
            if value is not None and command is root and waiting is not None:
                options[waiting.name] = value
            waiting = None if value is not None else waiting
        elif getattr(command, "commands", None) and not given:
            command = command.commands.get(word)
            if command is None:
                return None
            path, used = f"{path} {word}".strip(), set()
        else:
            given += 1
    place = Place(command, path, waiting, typed, used=frozenset(used))
    if waiting is not None:
        return place
    if typed.startswith("-") and not only_arguments:
        name, equals, value = typed.partition("=")
        option = _options(command).get(name)
        if equals and option is not None:
            return replace(place, parameter=option, typed=value, before=f"{name}=")
        return replace(place, names_options=True)
    if getattr(command, "commands", None):
        return place
    arguments = [it for it in command.params if it.param_type_name == "argument"]
    for number, argument in enumerate(arguments):
        if argument.nargs == -1 or number == given:
            return replace(place, parameter=argument)
    return None


def candidates(place: Place, names: Names) -> list[Candidate] | None:
    """Up to `MOST` words that fit, the likeliest first; None where a file's name is wanted."""
    if place.parameter is not None:
        give = values_of(place.path, place.parameter)
        if give == FILES:
            return None
        found = give(names, place.typed) if callable(give) else []
    elif place.names_options:
        found = _option_names(place)
    else:
        below = getattr(place.command, "commands", {})
        shown = [Candidate(name, it.get_short_help_str(80)) for name, it in below.items() if not it.hidden]
        found = [it for it in shown if it.value.startswith(place.typed)]
    return [
        Candidate(place.before + one_line(it.value), one_line(it.help), it.also and place.before + one_line(it.also))
        for it in found[:MOST]
        if one_line(it.value)
    ]


def _options(command: Any) -> dict[str, Any]:
    """By each of its spellings: the options of a command that take a value."""
    options = [it for it in command.params if it.param_type_name == "option" and not it.is_flag]
    return {spelling: it for it in options for spelling in it.opts}


def _option_in(command: Any, word: str) -> tuple[Any, str, str | None]:
    """The option of a word that takes a value (else None), its name as given, and its value if that is in the word."""
    taking = _options(command)
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return taking.get(name), name, value if equals else None
    for position, letter in enumerate(word[1:], 2):  # -qt is -q -t, -tNLP is -t NLP
        if (option := taking.get(f"-{letter}")) is not None:
            return option, f"-{letter}", word[position:] or None
    return None, word, None


def _option_names(place: Place) -> list[Candidate]:
    """The options that may still be given, in their longest spelling."""
    found = []
    for option in place.command.params:
        again = getattr(option, "multiple", False)
        if option.param_type_name == "option" and not option.hidden and (again or not place.used & {*option.opts}):
            found += [Candidate(max(option.opts, key=len), option.help or "")]
    found.append(Candidate("--help", "Show this message and exit."))
    return [it for it in found if it.value.startswith(place.typed)]


def _fitting(typed: str, found: Iterable[Candidate]) -> list[Candidate]:
    """Those that begin with what was typed (a topic by any name of its path), else those that hold it; no case."""
    wanted = typed.casefold()
    begin: dict[str, Candidate] = {}
    hold: dict[str, Candidate] = {}
    for it in found:
        names = [text.casefold() for text in (it.value, *it.value.split("/"), it.also) if text]
        if any(name.startswith(wanted) for name in names):
            begin.setdefault(it.value, it)
        elif any(wanted in name for name in names):
            hold.setdefault(it.value, it)
    return list((begin or hold).values())


def _aliased(named: Iterable[tuple[str, Iterable[str]]]) -> list[Candidate]:
    return [Candidate(name, alias, alias) for name, aliases in named for alias in aliases]


def _counted(it: Any) -> Candidate:
    return Candidate(it.name, f"{it.papers} paper{'s' if it.papers != 1 else ''}")


def _in_query(value: str) -> str:
    """A value as a query takes it: in quotes if something in it would mean something else."""
    return f'"{value}"' if any(sign in value for sign in " ,()|") else value
