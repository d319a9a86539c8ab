"""Asking whoever sits at the terminal: a line, one of several words, a single key. Questions go to stderr.

Ctrl-C raises KeyboardInterrupt; the end of input (Ctrl-D) raises UsageError: nothing was changed.
"""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from readlist.cli.output import Output
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.errors import InputError, UsageError

T = TypeVar("T")

END = "\x04"
"""What `key` gives where the input ends."""


class Cancelled(UsageError):
    """The input ended at a question."""

    def __init__(self) -> None:
        super().__init__("nothing was changed")


def ask(output: Output, question: str, read: Callable[[str], T]) -> T:
    """The answer to `question`, as `read` understands it; where that raises UsageError, it says why and asks again."""
    while True:
        try:
            return read(line(output, question))
        except Cancelled:
            raise
        except UsageError as fault:
            tell(output, f"  {fault.message}" + (f": {fault.hint}" if fault.hint else ""))


def line(output: Output, question: str) -> str:
    """One line as typed, cleaned; "" if Enter alone was pressed."""
    context = output.context
    context.stderr.write(f"{one_line(question)}: ")
    context.stderr.flush()
    try:
        typed = context.stdin.readline()
    except UnicodeDecodeError as fault:
        raise InputError("what was typed is text in an unknown encoding", "type it as UTF-8") from fault
    if not typed:
        tell(output, "")
        raise Cancelled
    return one_line(typed)


def choice(choices: Mapping[str, T], default: T) -> Callable[[str], T]:
    """Reads one of several words, whole or by any beginning that fits one alone; "" is `default`."""

    def read(typed: str) -> T:
        word = unicodedata.normalize("NFKC", typed).casefold()
        if not word:
            return default
        if word in choices:
            return choices[word]
        fits = {name for name in choices if name.startswith(word)}
        if len({choices[name] for name in fits}) == 1:
            return choices[fits.pop()]
        says = f"{typed[:40]!r} could be {' or '.join(sorted(fits))}" if fits else f"not {typed[:40]!r}"
        raise UsageError(says, ", ".join(name for name in choices if not name.isdecimal()))

    return read


def key(output: Output, question: str, keys: str) -> str:
    """The one of `keys` that is pressed, without Enter; `END` at the end of input. Other keys do nothing.

    Where keys cannot be read one by one, it is the first letter of a line.
    """
    with _keys(output) as pressed:
        output.context.stderr.write(question)
        output.context.stderr.flush()
        found = pressed()
        while found != END and found not in keys:
            found = pressed()
    return found


def tell(output: Output, text: str) -> None:
    """A line on stderr, as part of the conversation: with -q, too."""
    output.context.stderr.write(f"{text}\n")
    output.context.stderr.flush()


def wrapped(output: Output, text: str, indent: int) -> str:
    """`text`, indented, in lines that fit the terminal that stderr is on; one line where it is on none."""
    blank = " " * indent
    if not output.context.stderr.isatty():
        return blank + text
    width = shutil.get_terminal_size().columns - 1
    lines, used = [blank], indent
    for part in _PARTS.findall(text):
        cells = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in part)
        if used + cells > width and lines[-1].strip() and not _CLOSING.match(part):
            lines, used = [*lines, blank + "  "], indent + 2
            part, cells = part.lstrip(), cells - (part[0] == " ")
        lines[-1] += part
        used += cells
    return "\n".join(lines)


_PARTS = late(r" ?[^\s\u2e80-\uffef]+|\s?[\u2e80-\uffef]")  # words, and Chinese letters one by one
_CLOSING = late("[、。,;:?!)》”]")  # does not begin a line


@contextmanager
def _keys(output: Output) -> Iterator[Callable[[], str]]:
    """Within the block, a function that gives the next key in small letters; of an arrow or the like, a blank."""
    if sys.platform == "win32":
        yield _windows_key
        return
    descriptor = output.context.stdin.fileno()
    try:
        import termios

        before = termios.tcgetattr(descriptor)
        now = termios.tcgetattr(descriptor)
    except (ImportError, termios.error):
        yield lambda: _first_letter(output.context.stdin.readline())
        return
    # Keys come as they are pressed and are not shown; Ctrl-C goes on interrupting.
    now[3] &= ~(termios.ICANON | termios.ECHO)
    now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
    try:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, now)
        yield lambda: _plain(_character(descriptor))
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _character(descriptor: int) -> str:
    """One character from a terminal; a blank for what a key sends that is none (ECMA-48, 5.4)."""
    read = os.read(descriptor, 1)
    if read == b"\x1b":
        if _more(descriptor) and os.read(descriptor, 1) in (b"[", b"O"):
            while _more(descriptor) and not b"@" <= os.read(descriptor, 1) <= b"~":
                pass
        return " "
    while read and read[0] >= 0xC0 and len(read) < 2 + (read[0] >= 0xE0) + (read[0] >= 0xF0):
        read += os.read(descriptor, 1)
    return read.decode("utf-8", "replace") if read else END


def _more(descriptor: int) -> bool:
    """Whether more comes at once: the rest of what a key sends."""
    import select

    return bool(select.select([descriptor], [], [], 0.02)[0])


def _windows_key() -> str:
    import msvcrt

    typed: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
    if typed in "\x00\xe0":  # the first half of an arrow or function key
        msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
        return " "
    if typed == "\x03":
        raise KeyboardInterrupt
    return END if typed == "\x1a" else _plain(typed)


def _first_letter(typed: str) -> str:
    return _plain(typed.strip()[:1]) if typed else END


def _plain(typed: str) -> str:
    """As on any keyboard: without case, and of half width, as a Chinese input method may leave it."""
    return unicodedata.normalize("NFKC", typed).casefold() or " "
