"""How a function becomes a command: what every command has in common, in one place.

Each command is handed an `Output`; `--json`, `-q` and `-v` are added to its own options here, its example to its help.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

import typer

from readlist.cli.output import Output

_Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No messages, only data and faults.")]
_Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more of what is being done.")]
_COMMON: dict[str, Any] = {"json": _Json, "quiet": _Quiet, "verbose": _Verbose}


def examples(*lines: str) -> str | None:
    """The example command lines as the end of a help text."""
    if not lines:
        return None
    shown = "\n".join(f"  {line}" for line in lines)
    return f"\b\n{'Examples' if len(lines) > 1 else 'Example'}:\n{shown}"


def command(
    app: typer.Typer, name: str, *shown: str, hidden: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the command `name` of `app`. It is handed the Output first; `shown` are its examples."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(function, include_extras=True)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
        own = [p.replace(annotation=hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
        common = [
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
            for key, annotation in _COMMON.items()
        ]

        def run(ctx: typer.Context, **values: Any) -> None:
            output: Output = ctx.obj
            output.command = ctx.command_path.removeprefix("rl ")
            output.json = values.pop("json") or output.json
            output.quiet = values.pop("quiet") or output.quiet
            output.verbose = values.pop("verbose") or output.verbose
            function(output, **values)

        run.__signature__ = inspect.Signature([context, *own, *common])  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in (context, *own, *common)}
        run.__name__ = function.__name__
        text = inspect.cleandoc(function.__doc__ or "")
        app.command(name, help=text, epilog=examples(*shown), hidden=hidden)(run)
        return function

    return register
