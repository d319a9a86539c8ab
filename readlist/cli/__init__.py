"""The command line: reads it, calls a service, shows the result. `main` is the one error boundary.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or ambiguous, 4 a service failed, 5 an input file is
unreadable, 70 an unexpected fault, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from readlist.cli.output import Output
from readlist.context import Context
from readlist.errors import ReadlistError, UsageError

UNEXPECTED = 70
INTERRUPTED = 130


def run() -> None:
    """The console script: runs on this process and leaves it with the exit code."""
    sys.exit(main(sys.argv[1:], Context.of_process()))


def main(argv: Sequence[str], context: Context) -> int:
    """Run one command line; returns the exit code. Whatever goes wrong is shown here and nowhere else."""
    output = Output(context, wants_json="--json" in argv)
    context.tell = output.message
    try:
        code = _invoke(list(argv), output)
        output.finish()
        return code
    except ReadlistError as fault:
        return output.failed(fault)
    except KeyboardInterrupt:
        output.interrupted()
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has what it wanted. Nothing more can be written; not at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), context.stdout.fileno())
        return 0
    except Exception as fault:  # noqa: BLE001 - the last resort
        return output.unexpected(fault, UNEXPECTED)
    finally:
        context.close()


def _invoke(argv: list[str], output: Output) -> int:
    import typer

    from readlist.cli.app import command_line

    try:
        result = command_line().main(args=argv, prog_name="rl", standalone_mode=False, obj=output)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as fault:
        raise UsageError(fault.format_message(), _usage_hint(fault)) from None
    return result if isinstance(result, int) else output.exit_code


def _usage_hint(fault: object) -> str:
    inside = getattr(fault, "ctx", None)
    return f"`{inside.command_path} --help` shows how it is used" if inside else "`rl --help` lists the commands"
