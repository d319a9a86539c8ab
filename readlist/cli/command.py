"""How a function becomes a command: what every command has in common, in one place.

Each command is handed an `Output`; `--json`, `-q` and `-v` are added to its own options here, its example to its help.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from readlist.cli.declared import COMMON, Argument, Commands, Declared, Option

if TYPE_CHECKING:
    import typer

    from readlist.cli.output import Output


def examples(*lines: str) -> str | None:
    """The example command lines as the end of a help text."""
    if not lines:
        return None
    shown = "\n".join(f"  {line}" for line in lines)
    return f"\b\n{'Examples' if len(lines) > 1 else 'Example'}:\n{shown}"


def command(
    app: typer.Typer | Commands, name: str, *shown: str, hidden: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the command `name` of `app`. It is handed the Output first; `shown` are its examples."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        if isinstance(app, Commands):
            app.commands[name] = Declared(name, function)
        else:
            _register(app, name, function, shown, hidden)
        return function

    return register


def for_typer(hint: Any) -> Any:
    """An annotation as Typer reads it; what is Typer's own already stays as it is."""
    import typer

    said = getattr(hint, "__metadata__", (None,))[0]
    if isinstance(said, Option):
        return Annotated[hint.__origin__, typer.Option(*said.names, metavar=said.metavar, help=said.help)]
    if isinstance(said, Argument):
        return Annotated[hint.__origin__, typer.Argument(metavar=said.metavar, help=said.help)]
    return hint


def _register(app: typer.Typer, name: str, function: Callable[..., None], shown: tuple[str, ...], hidden: bool) -> None:
    import inspect

    import typer

    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    own = [p.replace(annotation=for_typer(hints[p.name]), kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
    common = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=for_typer(annotation))
        for key, annotation in COMMON.items()
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
