"""How a command's options and arguments are declared, without loading Typer: one declaration for both readers.

A parameter is `Annotated[type, Option(...)]` or `Annotated[type, Argument(...)]` in the signature of the command's
function. `cli.command` makes Typer's parameters of it, `cli.quick` reads it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints


class Option:
    """An option: its spellings, the placeholder of its value, and its help."""

    __slots__ = ("help", "metavar", "names")

    def __init__(self, *names: str, metavar: str | None = None, help: str = "") -> None:
        self.names, self.metavar, self.help = names, metavar, help


class Argument:
    """An argument: its placeholder and its help."""

    __slots__ = ("help", "metavar")

    def __init__(self, *, metavar: str, help: str = "") -> None:
        self.metavar, self.help = metavar, help


COMMON: dict[str, Any] = {
    "json": Annotated[bool, Option("--json", help="One JSON document on stdout.")],
    "quiet": Annotated[bool, Option("--quiet", "-q", help="No messages, only data and faults.")],
    "verbose": Annotated[bool, Option("--verbose", "-v", help="Say more of what is being done.")],
}
"""What every command has: by name, declared like the others."""

HOME = Annotated[str | None, Option("--home", metavar="FOLDER", help="Data folder (RL_HOME).")]
CONFIG = Annotated[str | None, Option("--config", metavar="FILE", help="Settings file (RL_CONFIG).")]
BEFORE: dict[str, Any] = {"home": HOME, "config": CONFIG}
"""What stands before the command and takes a value."""

NOTHING: Any = object()
"""The default of a parameter that must be given."""


class Parameter:
    """A parameter as it is read from a command line; the attributes are those that Typer's parameters have.

    `nargs` is -1 for an argument that takes all words that are left, `read` makes the value of a word.
    """

    __slots__ = (
        "default", "help", "hidden", "is_flag", "metavar", "multiple", "name", "nargs", "opts", "param_type_name",
        "read",
    )  # fmt: skip

    def __init__(self, name: str, hint: Any, default: Any) -> None:
        (said,) = hint.__metadata__
        kind = hint.__origin__
        if get_origin(kind) is UnionType:
            (kind,) = (it for it in get_args(kind) if it is not NoneType)
        several = get_origin(kind) is list
        self.read: Callable[[str], Any] = get_args(kind)[0] if several else kind
        self.name, self.default, self.hidden = name, default, False
        self.metavar, self.help = said.metavar, said.help
        option = isinstance(said, Option)
        self.param_type_name = "option" if option else "argument"
        self.opts: tuple[str, ...] = said.names if option else (name,)
        self.is_flag = kind is bool
        self.multiple = several and option
        self.nargs = -1 if several and not option else 1


class Declared:
    """A command: its function and what it takes, read from the function's signature when it is asked for."""

    def __init__(self, name: str, function: Callable[..., None]) -> None:
        self.name, self.function, self.hidden = name, function, False

    @property
    def params(self) -> list[Parameter]:
        return [*parameters(self.function), *(Parameter(name, hint, False) for name, hint in COMMON.items())]


class Commands:
    """What a module's `register` is handed in the place of Typer's app by whoever only wants to know its commands."""

    def __init__(self) -> None:
        self.commands: dict[str, Declared] = {}
        self.params = [Parameter(name, hint, None) for name, hint in BEFORE.items()]


def parameters(function: Callable[..., None]) -> Iterator[Parameter]:
    """What a command's function takes beside the Output, which comes first."""
    hints = get_type_hints(function, include_extras=True)
    names = function.__code__.co_varnames[1 : function.__code__.co_argcount]
    given = function.__defaults__ or ()
    defaults = [NOTHING] * (len(names) - len(given)) + list(given)
    for name, default in zip(names, defaults, strict=True):
        yield Parameter(name, hints[name], default)
