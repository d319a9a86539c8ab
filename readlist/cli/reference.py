"""The reference: `docs/commands.md` from the command line itself, `docs/schema.json` from the shapes of the documents.

`python -m readlist.cli.reference docs` (`make docs`) writes both; a test fails when they are stale. The shapes of the
papers stand in `cli.documents`; what each command puts around them stands here, in `DATA`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NotRequired, TypedDict, Union, get_args, get_origin, get_type_hints, is_typeddict

import typer

from readlist.cli import documents

# -- the documents of `--json` -----------------------------------------------------------------------------------------


class ErrorDocument(TypedDict):
    """Something that went wrong. `code` is stable; `ref` is what was typed; `candidates` what it may have meant."""

    code: str
    message: str
    hint: str
    ref: str | None
    candidates: NotRequired[list[str]]


class Envelope(TypedDict):
    """What every command prints with `--json`. After an error `data` is null, or what could be done all the same."""

    version: Literal[1]
    command: str
    status: Literal["ok", "error"]
    data: dict[str, Any] | None
    errors: list[ErrorDocument]


class PapersData(TypedDict):
    """Papers; `total` is how many there were before `--limit`."""

    papers: list[documents.PaperDocument]
    total: int


class AddData(PapersData):
    """`new` are the ids of papers that were put on the list, `already` of those that were on it."""

    new: list[int]
    already: list[int]


class NewsDocument(TypedDict):
    """Something that became of a paper: it was published, has a new version, was withdrawn."""

    id: int
    kind: Literal["published", "version", "withdrawn"]
    text: str


class MovedDocument(TypedDict):
    """A citation count that is another one than when it was last seen."""

    id: int
    before: int
    after: int


class RefreshData(PapersData):
    """The papers asked for and what is new of them; `pending` is how many are still to be fetched."""

    pending: int
    news: list[NewsDocument]
    movers: list[MovedDocument]


class FieldSourceDocument(TypedDict):
    """Who said what a field holds, and when."""

    source: str
    at: str


class WholePaper(documents.PaperDocument):
    """A paper with the course of its citation counts and the origin of its fields."""

    citation_history: list[documents.CountDocument]
    sources: dict[str, FieldSourceDocument]


class ShowData(TypedDict):
    """One paper; its history and sources stand beside it, too."""

    paper: WholePaper
    citation_history: list[documents.CountDocument]
    sources: dict[str, FieldSourceDocument]


class NoteData(TypedDict):
    """The paper that it is about."""

    paper: documents.PaperDocument


class IgnoredDocument(TypedDict):
    """A line of a page that was taken for nothing, and why."""

    line: int
    text: str
    reason: str


class LinesDocument(TypedDict):
    """How many lines of a page were of which kind; the sum is the number of its lines."""

    topics: int
    papers: int
    notes: int
    blank: int
    ignored: int


class FileDocument(TypedDict):
    """What was made of one input file."""

    path: str
    format: str
    lines: LinesDocument
    ignored: list[IgnoredDocument]


class ImportData(TypedDict):
    """What an import did; `papers` are the ids of all papers named, in order."""

    created: int
    merged: int
    unchanged: int
    papers: list[int]
    dry_run: bool
    files: list[FileDocument]


FinishedDocument = TypedDict("FinishedDocument", {"pass": int, "finished": str | None, "minutes": int | None})


class ReadDocument(TypedDict):
    """A paper of a report with the passes that were finished in its days."""

    paper: documents.PaperDocument
    passes: list[FinishedDocument]


class ReportData(TypedDict):
    """A report: its days (both included), what happened in them, and the page itself. `week` if it is one ISO week."""

    since: str
    until: str
    week: str | None
    minutes: int
    read: list[ReadDocument]
    added: list[documents.PaperDocument]
    dropped: list[documents.PaperDocument]
    next: list[documents.PaperDocument]
    markdown: str


class TopicDocument(TypedDict):
    """A topic by its path, with how many papers stand directly under it and how many of them are read."""

    path: str
    papers: int
    read: int
    aliases: list[str]


class TagDocument(TypedDict):
    """A tag, with how many papers have it and how many of them are read."""

    name: str
    papers: int
    read: int


class VenueDocument(TagDocument):
    """A venue, with its other spellings."""

    aliases: list[str]


class SettingDocument(TypedDict):
    """A setting; `value` is null where none is set and for secrets, `set` tells the two apart."""

    name: str
    value: str | float | None
    set: bool
    source: Literal["option", "environment", "file", "default"]
    environment: str
    help: str


class SettingsData(TypedDict):
    """All settings, and the settings file."""

    settings: list[SettingDocument]
    file: str


def _flat(shape: str, /, **fields: Any) -> Any:
    """A shape of a few fields that needs no words."""
    make: Any = TypedDict
    return make(shape, fields)


DATA: Mapping[str, Any] = {
    "add": AddData,
    "refresh": RefreshData,
    "todo": PapersData,
    "list": PapersData,
    "show": ShowData,
    "start": PapersData,
    "mark-read": PapersData,
    "want": PapersData,
    "drop": PapersData,
    "reopen": PapersData,
    "note": NoteData,
    "merge": NoteData,
    "summary": PapersData,
    "import": ImportData,
    "report": ReportData,
    "topic list": _flat("TopicsData", topics=list[TopicDocument], total=int),
    "topic add": _flat("TopicAddData", topic=str, added=int),
    "topic remove": _flat("TopicRemoveData", topic=str, removed=int),
    "topic move": _flat("TopicData", topic=str),
    "topic merge": _flat("TopicData", topic=str),
    "topic alias": _flat("TopicAliasData", topic=str, alias=str, new=bool),
    "topic rename": _flat("TopicRenameData", topic=str, before=str),
    "tag list": _flat("TagsData", tags=list[TagDocument], total=int),
    "tag add": _flat("TagAddData", tag=str, added=int),
    "tag remove": _flat("TagRemoveData", tag=str, removed=int),
    "tag rename": _flat("TagRenameData", tag=str, before=str),
    "venue list": _flat("VenuesData", venues=list[VenueDocument], total=int),
    "venue alias": _flat("VenueAliasData", venue=str, alias=str, new=bool),
    "venue merge": _flat("VenueMergeData", venue=str, moved=int),
    "config": SettingsData,
    "config list": SettingsData,
    "config set": _flat("SettingData", name=str, file=str),
    "config unset": _flat("SettingData", name=str, file=str),
}
"""What `data` holds, by command."""


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

Before the command may stand

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
    """The names of all commands that run by themselves, as `--json` says them: "todo", "topic add"."""
    from readlist.cli.app import command_line

    root = command_line()
    found = _walk(root, typer.Context(root, info_name="rl"))
    return [
        context.command_path.removeprefix("rl ")
        for context, command in found
        if command is not root and (not getattr(command, "commands", None) or command.invoke_without_command)
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
