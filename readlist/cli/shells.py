"""How bash, zsh and fish ask what fits at the cursor, and how each is answered.

A shell runs the program with `_RL_COMPLETE=complete_SHELL` and the command line as it stands in the environment. The
answer is words that the shell takes as one word each, whatever is in them: for bash they are quoted here, as the
quotes already typed demand; zsh is given code in which every text stands in single quotes, and quotes what it inserts
itself, as fish does. Exit code 1 says that the name of a file is wanted. Whatever goes wrong, nothing is said: a
message would land in the middle of what somebody is typing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from readlist.cli.completing import Candidate, Names, candidates, place_of
from readlist.context import Context
from readlist.domain.patterns import late

FILES_WANTED = 1
"""The exit code where a file's name is wanted."""


# -- what was typed ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A command line up to the cursor: its complete words, and what has been typed of the last one.

    `quote` is the quote that is still open in it, `settled` how many letters of `typed` the shell leaves as they are.
    """

    words: tuple[str, ...]
    typed: str
    quote: str = ""
    settled: int = 0


def line_of(text: str, breaks: str = "") -> Line:
    """A command line as a shell reads it, quotes taken off; `breaks`: letters that begin a new word for bash."""
    words: list[str] = []
    word, quote, settled, inside = "", "", 0, False
    letters = iter(text)
    for letter in letters:
        if quote:
            if letter == quote:
                quote = ""
            elif letter == "\\" and quote == '"':
                following = next(letters, "")
                word += following if following in '\\"$`' else letter + following
            else:
                word += letter
        elif letter in "\"'":
            quote, inside, settled = letter, True, len(word)
        elif letter == "\\":
            word, inside = word + next(letters, ""), True
        elif letter.isspace():
            if inside:
                words.append(word)
            word, inside, settled = "", False, 0
        else:
            word, inside = word + letter, True
            if letter in breaks:
                settled = len(word)
    return Line(tuple(words), word, quote, settled)


def _asked(shell: str, environ: Mapping[str, str]) -> Line:
    if shell != "bash":
        return line_of(environ.get("_TYPER_COMPLETE_ARGS", ""))
    if "COMP_WORDS" not in environ:
        breaks = "".join(set(environ.get("COMP_WORDBREAKS", ":=")) & set(":=@"))
        return line_of(environ.get("COMP_LINE", ""), breaks)
    whole = line_of(environ["COMP_WORDS"])
    words = [*whole.words, whole.typed]
    number = int(environ.get("COMP_CWORD", len(words) - 1))
    return Line(tuple(words[:number]), words[number] if number < len(words) else "")


# -- what is answered --------------------------------------------------------------------------------------------------

_LISTS = ("33", "63", "64")  # COMP_TYPE where bash shows the candidates; else it may put them into the line
_INSERTS_EACH = ("37", "42")
_PLAIN = late(r"[\w./,+%@:=-]")


def _for_bash(found: Sequence[Candidate], line: Line, environ: Mapping[str, str]) -> Iterator[str]:
    kept = line.typed[: line.settled]
    fitting = [it for it in found if it.value.startswith(kept)]
    words = [_quoted(it.value[line.settled :], line.quote) for it in fitting]
    kind = environ.get("COMP_TYPE", "")
    if len(words) < 2:
        yield from words
        return
    typed = line.typed[line.settled :]
    if kind and kind not in _INSERTS_EACH and not all(it.value[line.settled :].startswith(typed) for it in fitting):
        yield ""  # the words have a beginning in common that was not typed; bash must not put it in its place
    if kind not in _LISTS:
        yield from words
        return
    wide = max(map(_width, words))
    for word, it in zip(words, fitting, strict=True):
        beside = f"{word}{' ' * (wide - _width(word))}  {it.help}" if it.help else word
        yield _cut(beside, _columns(environ))


def _quoted(value: str, quote: str) -> str:
    """The value as bash reads it back, after the quote that is open."""
    if quote == "'":
        return value.replace("'", r"'\''")
    if quote:
        return re.sub(r'([\\"$`])', r"\\\1", value).replace("!", "\"'!'\"")
    return "".join(c if _PLAIN.match(c) else f"\\{c}" for c in value)


def _for_zsh(found: Sequence[Candidate], line: Line, environ: Mapping[str, str]) -> Iterator[str]:
    if not found:
        return
    wide = max(_width(it.value) for it in found)
    room = _columns(environ)
    shown = [
        _cut(f"{it.value}{' ' * (wide - _width(it.value))}  {it.help}" if it.help else it.value, room) for it in found
    ]
    yield "local -a rl_values rl_shown"
    yield f"rl_values=({' '.join(_literal(it.value) for it in found)})"
    yield f"rl_shown=({' '.join(map(_literal, shown))})"
    beginning = all(it.value.startswith(line.typed) for it in found)
    if len(found) > 1 and not beginning:  # what they have in common is not what was typed: go through them whole
        yield "compstate[insert]=menu"
    layout = " -l" if any(it.help for it in found) else ""
    suffix = " -S ''" if all(it.value.endswith((":", "=")) for it in found) else ""
    yield f"compadd -U -V rl{layout}{suffix} -d rl_shown -a rl_values"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _for_fish(found: Sequence[Candidate], line: Line, environ: Mapping[str, str]) -> Iterator[str]:
    """fish shows only what holds the word as it was typed, so a paper found by its title is offered by its title."""
    typed = line.typed.casefold()
    for it in found:
        by_other = it.also and typed not in it.value.casefold()
        yield f"{it.also}\t{it.value}" if by_other else f"{it.value}\t{it.help}" if it.help else it.value


_ANSWERS: Mapping[str, Callable[[Sequence[Candidate], Line, Mapping[str, str]], Iterator[str]]] = {
    "bash": _for_bash,
    "zsh": _for_zsh,
    "fish": _for_fish,
}


def _columns(environ: Mapping[str, str]) -> int:
    given = environ.get("COLUMNS", "")
    return max(int(given), 20) if given.isascii() and given.isdecimal() and len(given) < 6 else 80


def _width(text: str) -> int:
    """Cells on a terminal: Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c))


def _cut(text: str, columns: int) -> str:
    if _width(text) < columns:
        return text
    while _width(text) > columns - 2:
        text = text[: -max(1, (_width(text) - columns) // 2)]
    return f"{text}…"


# -- one question ------------------------------------------------------------------------------------------------------


def instruction(environ: Mapping[str, str]) -> str:
    """What a shell asks this run to do instead of a command: "complete_bash", "source_zsh", …; empty if nothing."""
    return environ.get("_RL_COMPLETE") or environ.get("_READLIST_COMPLETE") or ""


def answer(context: Context) -> int:
    """Answer the shell on stdout, whatever happens; returns the exit code."""
    what, _, shell = instruction(context.environ).partition("_")
    try:
        if what == "source":
            from readlist.cli.shell_setup import SCRIPTS

            context.stdout.write(SCRIPTS[shell] + "\n")
        elif what == "complete" and shell in _ANSWERS:
            found = _found(context, line := _asked(shell, context.environ))
            if found is None:
                return FILES_WANTED
            for text in _ANSWERS[shell](found, line, context.environ):
                with suppress(UnicodeEncodeError):  # the terminal has no such letters
                    context.stdout.write(text + "\n")
        context.stdout.flush()
    except Exception:  # noqa: BLE001, S110 - a library that cannot be read, a setting that is wrong, nobody reading
        pass
    return 0


def _found(context: Context, line: Line) -> list[Candidate] | None:
    from readlist.cli import quick
    from readlist.cli.verbs import command_in

    words = line.words[1:]
    root: object = quick.declared(command_in(words))
    if root is None:
        from readlist.cli.app import command_line

        root = command_line(command_in(words))
    place = place_of(root, words, line.typed, context.options)
    return candidates(place, Names(context)) if place else []
