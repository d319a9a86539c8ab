"""Text from the user's editor."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from readlist.context import Context
from readlist.errors import InputError, ReadlistError, UsageError

T = TypeVar("T")


def edited(context: Context, text: str) -> str:
    """`text` as the user leaves it in `$VISUAL` or `$EDITOR`. Where nobody sits at a terminal, stdin is the text.

    Raises ReadlistError if the editor fails; what was written so far is then kept in a file that the error names.
    """
    return saved(context, text, str)


def saved(context: Context, text: str, save: Callable[[str], T]) -> T:
    """Hand to `save` what `edited` gives, and return what it returns. If it fails, the text is kept in a file, too."""
    if not context.stdin.isatty():
        try:
            return save(context.stdin.read())
        except UnicodeDecodeError as fault:
            raise InputError("the standard input is text in an unknown encoding", "give the text as UTF-8") from fault
    command = _editor(context)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="rl-", suffix=".md", delete=False) as file:
        file.write(text)
    path = Path(file.name)
    try:
        _run(command, path)
        result = save(_read(path))
    except (ReadlistError, KeyboardInterrupt) as fault:
        if not _worth_keeping(path, text):
            path.unlink(missing_ok=True)
        elif isinstance(fault, ReadlistError):
            fault.hint = f"{fault.hint}; your text is in {path}" if fault.hint else f"your text is in {path}"
        raise
    path.unlink(missing_ok=True)
    return result


def _editor(context: Context) -> list[str]:
    """The words of the user's editor."""
    editor = context.environ.get("VISUAL") or context.environ.get("EDITOR")
    if not editor:
        raise UsageError("there is no text, and no editor is set", "give the text, or set EDITOR")
    try:
        words = shlex.split(editor)
    except ValueError:
        words = []
    if not words:
        raise UsageError(f"cannot start the editor {editor}: its quotes do not fit", "set EDITOR to one that is there")
    return words


def _run(command: list[str], path: Path) -> None:
    """Let the user edit the file; raises ReadlistError if the editor does not end well."""
    try:
        with _ctrl_c_is_the_editors():
            ended = subprocess.run([*command, str(path)], check=False).returncode
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise ReadlistError(
            f"cannot start the editor {' '.join(command)}: {reason}", "set EDITOR to one that is there"
        ) from fault
    if ended < 0:
        raise ReadlistError(f"the editor was ended by {_name(-ended)}; nothing was changed")
    if ended:
        raise ReadlistError(f"the editor ended with {ended}; nothing was changed")


@contextmanager
def _ctrl_c_is_the_editors() -> Iterator[None]:
    """At a terminal Ctrl-C goes to the editor and to us; while it runs it is meant for the editor."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # A handler of our own is not handed down to the editor, as `SIG_IGN` would be.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputError("the editor left text that is not UTF-8; nothing was changed", "save it as UTF-8") from fault
    except OSError as fault:
        raise ReadlistError(f"the editor left no file: {fault.strerror}; nothing was changed") from fault


def _worth_keeping(path: Path, before: str) -> bool:
    """Whether the file holds something that its writer would miss."""
    with suppress(OSError):
        after = path.read_bytes()
        return bool(after.strip()) and after.replace(os.linesep.encode(), b"\n") != before.encode()
    return False
