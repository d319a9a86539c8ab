"""Text from the user's editor."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from pathlib import Path

from readlist.context import Context
from readlist.errors import InputError, ReadlistError, UsageError


def edited(context: Context, text: str) -> str:
    """`text` as the user leaves it in `$VISUAL` or `$EDITOR`. Where nobody sits at a terminal, stdin is the text.

    Raises ReadlistError if the editor fails; what was written so far is then kept in a file that the error names.
    """
    environ = context.environ
    if not context.stdin.isatty():
        try:
            return context.stdin.read()
        except UnicodeDecodeError as fault:
            raise InputError("the standard input is text in an unknown encoding", "give the text as UTF-8") from fault
    editor = environ.get("VISUAL") or environ.get("EDITOR")
    if not editor:
        raise UsageError("there is no text, and no editor is set", "give the text, or set EDITOR")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="rl-", suffix=".md", delete=False) as file:
        file.write(text)
    path = Path(file.name)
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise ReadlistError(
            f"cannot start the editor {editor}: {fault.strerror}", "set EDITOR to one that is there"
        ) from fault
    after = path.read_text(encoding="utf-8", errors="replace")
    if done.returncode != 0:
        if after == text:
            path.unlink(missing_ok=True)
            raise ReadlistError(f"the editor ended with {done.returncode}; nothing was changed")
        raise ReadlistError(f"the editor ended with {done.returncode}; nothing was changed", f"your text is in {path}")
    path.unlink(missing_ok=True)
    return after
