"""Everything that can go wrong in a way the user should hear of.

Each error knows the sentence to show, a hint that says what to do next, and the exit code of the contract:
1 failed, 2 wrong usage, 3 not found or ambiguous, 4 a service was not reachable, 5 an input file is unreadable.
Errors are raised where the fault is known and shown in one place, the error boundary of `cli/`.
"""

from __future__ import annotations

from collections.abc import Sequence


class ReadlistError(Exception):
    """A fault with a sentence for the user. `code` is its stable name in JSON."""

    exit_code = 1
    code = "failed"

    def __init__(self, message: str, hint: str = "", ref: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.ref = ref


class UsageError(ReadlistError):
    """The command line asks for something that cannot be: a pass 4, a date in the future, a malformed id."""

    exit_code = 2
    code = "usage"


class SettingError(UsageError):
    """A setting has a value that is not allowed."""

    code = "setting"


class NotFound(ReadlistError):
    """Nothing in the library fits what was asked for."""

    exit_code = 3
    code = "not-found"


class Ambiguous(ReadlistError):
    """More than one thing fits; `candidates` are lines that tell them apart."""

    exit_code = 3
    code = "ambiguous"

    def __init__(self, message: str, candidates: Sequence[str], hint: str = "", ref: str | None = None) -> None:
        super().__init__(message, hint, ref)
        self.candidates = tuple(candidates)


class SourceError(ReadlistError):
    """A metadata service was not reachable, refused, or answered something unreadable."""

    exit_code = 4
    code = "service"

    def __init__(self, service: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.service = service


class InputError(ReadlistError):
    """An input file is unreadable, or is not what it should be."""

    exit_code = 5
    code = "input"


class DatabaseError(ReadlistError):
    """The library cannot be opened, read or written; nothing of the command was kept."""

    code = "database"


class NewerDatabase(DatabaseError):
    """The library was made by a later version of rl; it is left as it is."""

    code = "newer-database"
