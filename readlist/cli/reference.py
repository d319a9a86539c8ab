"""The reference: `docs/commands.md` from the command line itself, `docs/schema.json` from the shapes of the documents.

`python -m readlist.cli.reference docs` (`make docs`) writes both; a test fails when they are stale. The shapes of the
papers stand in `cli.documents`, what each command puts around them in `cli.shapes`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import typer

from readlist.cli import documents
from readlist.cli.shapes import DATA, Envelope


def adapter(document: Any, *, closed: bool = False) -> Any:
    """A pydantic TypeAdapter of a TypedDict; with `closed` it refuses keys that the shape does not name."""
    from pydantic import TypeAdapter

    return TypeAdapter(_for_pydantic(document, closed, {}))


def _for_pydantic(shape: Any, closed: bool, made: dict[Any, Any]) -> Any:
    """`shape` with every TypedDict in it as pydantic takes it: before Python 3.12 only those of typing_extensions."""
    if is_typeddict(shape):
        if shape not in made:
            import typing_extensions

            hints = get_type_hints(shape, include_extras=True)
            fields = {name: _for_pydantic(kind, closed, made) for name, kind in hints.items()}
            make: Any = typing_extensions.TypedDict
            twin = make(shape.__name__, fields)
            twin.__module__, twin.__doc__ = shape.__module__, shape.__doc__
            twin.__pydantic_config__ = {"extra": "forbid", "strict": True} if closed else {}
            made[shape] = twin
        return made[shape]
    inner = get_args(shape)
    if not inner or get_origin(shape) is Literal:
        return shape
    parts = tuple(_for_pydantic(part, closed, made) for part in inner)
    origin = get_origin(shape)
    if origin in (UnionType, Union):
        return Union[parts]  # noqa: UP007 - the parts are known only now
    return origin[parts if len(parts) > 1 else parts[0]]


def schema() -> str:
    """The JSON Schema of what `--json` prints: the envelope, and by command the shape of its `data`."""
    from pydantic import TypeAdapter

    made: dict[Any, Any] = {}
    shapes = [Envelope, *(kind for kind in vars(documents).values() if is_typeddict(kind)), *DATA.values()]
    inputs: list[Any] = [
        (shape.__name__, "serialization", TypeAdapter(_for_pydantic(shape, False, made)))
        for shape in {shape.__name__: shape for shape in shapes}.values()
    ]
    _, together = TypeAdapter.json_schemas(inputs)
    shared: dict[str, Any] = together["$defs"]
    envelope = shared.pop(Envelope.__name__)
    commands: dict[str, list[str]] = {}
    for command, shape in DATA.items():
        commands.setdefault(shape.__name__, []).append(command)
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **envelope,
        "title": "One document of rl --json",
        "allOf": [
            {
                "if": {"properties": {"command": {"enum": names}}},
                "then": {"properties": {"data": {"anyOf": [{"$ref": f"#/$defs/{shape}"}, {"type": "null"}]}}},
            }
            for shape, names in commands.items()
        ],
        "$defs": shared,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


# -- the commands ------------------------------------------------------------------------------------------------------

_COMMON = ("json", "quiet", "verbose")

_HEAD = """# Commands

<!-- Made from the program by `make docs`. Change the help texts in `readlist/cli/`, not this page. -->

`rl COMMAND --help` says the same in the terminal. Every command also takes

| option | what |
|---|---|
| `--json` | one JSON document on stdout, whatever happens ([schema](schema.json)) |
| `-q`, `--quiet` | no messages, only data and faults |
| `-v`, `--verbose` | say more of what is being done |
| `-h`, `--help` | the help of the command |

`rl` alone shows the day: what is being read, what is next, the week so far. Before a command may stand

"""


def commands() -> str:
    """Every command with its arguments, options and examples, in Markdown."""
    from readlist.cli.app import command_line

    root = command_line()
    found = list(_walk(root, typer.Context(root, info_name="rl")))
    parts = [_HEAD + _table(root, found[0][0])]
    anchors = [f"[`{c.command_path}`](#{c.command_path.replace(' ', '-')})" for c, _ in found[1:]]
    parts.append(" · ".join(anchors))
    parts += [_section(context, command) for context, command in found[1:]]
    return "\n\n".join(part for part in parts if part) + "\n"


def names() -> list[str]:
    """The names of all commands that run by themselves, as `--json` says them: "rl" (alone), "todo", "topic add"."""
    from readlist.cli.app import command_line

    root = command_line()
    found = _walk(root, typer.Context(root, info_name="rl"))
    return [
        context.command_path.removeprefix("rl ")
        for context, command in found
        if not getattr(command, "commands", None) or command.invoke_without_command
    ]


def _walk(command: Any, context: Any) -> Iterator[tuple[Any, Any]]:
    """The command and all below it that are not hidden, each with a context that knows its full name."""
    yield context, command
    for name, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield from _walk(below, typer.Context(below, info_name=name, parent=context))


def _section(context: Any, command: Any) -> str:
    path = context.command_path
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n"))
    examples = [line.strip() for line in (command.epilog or "").splitlines() if line.strip().startswith("rl ")]
    parts = [
        f"{'###' if path.count(' ') > 1 else '##'} {path}",
        _plain(text),
        f"```text\n{usage}\n```",
        _table(command, context),
        "```sh\n" + "\n".join(examples) + "\n```" if examples else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _table(command: Any, context: Any) -> str:
    """The arguments and options of one command."""
    rows = []
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record and parameter.name not in _COMMON:
            rows.append(f"| `{record[0].replace('|', '&#124;')}` | {_plain(record[1]).replace('|', '&#124;')} |")
    return "| argument, option | what |\n|---|---|\n" + "\n".join(rows) if rows else ""


def _plain(text: str) -> str:
    return text.replace("<", "&lt;").replace("[ ]", "`[ ]`").replace("[x]", "`[x]`")


def main(folder: str) -> None:
    """Write both files into `folder`."""
    Path(folder, "commands.md").write_text(commands(), encoding="utf-8")
    Path(folder, "schema.json").write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "docs")
