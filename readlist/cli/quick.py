"""The commands that are used fifty times a day, run without loading Typer, which takes longer than they do.

It reads what is plain: known options in full, values that are right. Whatever else a command line holds (`--help`, a
slip, letters run together as in `-qv`, a missing word) is left to Typer, which explains it. So there is one place for
messages, and a test runs both readers on the same lines. What a command takes is declared once (`cli.declared`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from readlist.cli.declared import BEFORE, COMMON, NOTHING, Commands, Declared, Parameter
from readlist.cli.output import Output
from readlist.cli.verbs import BY_COMMAND, QUICK, verbs_of


def declared(command: str | None) -> Commands | None:
    """The commands of the module that has `command`, if they are declared without Typer."""
    module = BY_COMMAND.get(command or "")
    if module not in QUICK:
        return None
    found = Commands()
    verbs_of(module).register(found)
    return found


def run(argv: Sequence[str], output: Output) -> bool:
    """Run the command line `argv` if it is plain; False, and nothing was done, if Typer is to read it."""
    if argv == ["--version"]:
        from readlist import __version__

        output.line(f"rl {__version__}")
        return True
    options, words = _before(argv)
    if not words or words == ["--json"]:
        from readlist.cli.today import show

        output.context.options.update(options)
        show(output)
        return True
    found = declared(words[0])
    command = found.commands.get(words[0]) if found else None
    values = _values(command, words[1:]) if command else None
    if command is None or values is None:
        return False
    output.context.options.update(options)
    output.command = command.name
    for name in COMMON:
        setattr(output, name, values.pop(name) or getattr(output, name))
    command.function(output, **values)
    return True


def _before(argv: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The options that stand before the command, by name, and the rest of the line."""
    options: dict[str, str] = {}
    words = list(argv)
    while words:
        name, equals, value = words[0].partition("=")
        if name.removeprefix("--") not in BEFORE or not name.startswith("--") or (not equals and len(words) < 2):
            break
        options[name[2:]] = value if equals else words[1]
        del words[: 1 if equals else 2]
    return {name: value for name, value in options.items() if value}, words


def _values(command: Declared, words: Sequence[str]) -> dict[str, Any] | None:
    """The value of each parameter; None if the words are not plain."""
    parameters = command.params
    by_spelling = {spelling: it for it in parameters if it.param_type_name == "option" for spelling in it.opts}
    values: dict[str, Any] = {it.name: it.default for it in parameters}
    loose: list[str] = []
    left = iter(words)
    try:
        for word in left:
            if word == "--":
                loose += left
            elif len(word) < 2 or word[0] != "-":
                loose.append(word)
            else:
                name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
                option = by_spelling[name]
                if option.is_flag:
                    if equals:
                        return None
                    values[option.name] = True
                    continue
                read = option.read(value if equals else next(left))
                values[option.name] = [*(values[option.name] or ()), read] if option.multiple else read
        _fill([it for it in parameters if it.param_type_name == "argument"], loose, values)
    except (KeyError, ValueError, StopIteration):  # an option that is not there, a wrong value, none at all
        return None
    return None if loose or NOTHING in values.values() else values


def _fill(arguments: Sequence[Parameter], loose: list[str], values: dict[str, Any]) -> None:
    """Give the loose words to the arguments, in order; what stays in `loose` is too much."""
    for argument in arguments:
        if not loose:
            return
        taken = loose[:] if argument.nargs == -1 else loose[:1]
        del loose[: len(taken)]
        read = [argument.read(word) for word in taken]
        values[argument.name] = read if argument.nargs == -1 else read[0]
