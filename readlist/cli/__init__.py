"""The command line: reads it, calls a service, shows the result. `main` is the one error boundary.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or ambiguous, 4 a service failed, 5 an input file is
unreadable, 70 an unexpected fault, 130 interrupted.
"""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
from collections.abc import Sequence

from readlist.cli.output import Output
from readlist.cli.quick import run as run_plain
from readlist.context import Context
from readlist.errors import ReadlistError, UsageError

UNEXPECTED = 70
INTERRUPTED = 130

_NO_OUTPUT = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What the system says where stdout takes no more. Faults of the library and of other files are explained below."""


def run() -> None:
    """The console script: runs on this process and leaves it with the exit code."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started it (`>&-`)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end
    gc.set_threshold(50_000)  # a run is short: what it makes is hardly ever in cycles
    code = main(sys.argv[1:], Context.of_process())
    gc.freeze()  # all memory goes back at once; Python would look through it for cycles before
    sys.exit(code)


def main(argv: Sequence[str], context: Context, *, plain: bool = True) -> int:
    """Run one command line; returns the exit code. Whatever goes wrong is shown here and nowhere else.

    A plain line is run without Typer (`cli.quick`), unless `plain` is False; what it does is the same.

    Where a shell asks what fits at its cursor, it is answered instead (`cli.shells`).
    """
    if context.environ.get("_RL_COMPLETE") or context.environ.get("_READLIST_COMPLETE"):
        from readlist.cli.shells import answer

        try:
            return answer(context)
        finally:
            context.close()
    output = Output(context, wants_json="--json" in argv)
    context.tell = output.message
    try:
        return _guarded(list(argv), output, plain)
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has what it wanted. Nothing more can be written; not at exit either.
        output.cut_off()
        return 0
    except OSError as fault:
        output.cut_off()
        return output.failed(
            ReadlistError(f"cannot write the output: {fault.strerror}", "make room, or write elsewhere")
        )
    finally:
        output.clear()
        context.close()


def _guarded(argv: list[str], output: Output, plain: bool) -> int:
    """Run the command line and show its faults; what cannot be written to stdout raises OSError."""
    try:
        code = output.exit_code if plain and run_plain(argv, output) else _by_typer(argv, output)
        output.finish()
        return code
    except ReadlistError as fault:
        return output.failed(fault)
    except KeyboardInterrupt:
        output.clear()
        output.interrupted()
        return INTERRUPTED
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno in _NO_OUTPUT:
            raise
        return output.unexpected(fault, UNEXPECTED)


def _by_typer(argv: list[str], output: Output) -> int:
    """What is not run as it stands (`cli.quick`): the help, commands that are used now and then, slips."""
    import typer

    from readlist.cli.app import command_line
    from readlist.cli.verbs import command_in

    try:
        result = command_line(command_in(argv)).main(args=argv, prog_name="rl", standalone_mode=False, obj=output)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:  # Typer's own way out when the reader of a pipe is gone
        raise BrokenPipeError(errno.EPIPE, "nobody reads the output") from None
    except typer.TyperException as fault:
        inside = getattr(fault, "ctx", None)
        path = inside.command_path if inside else "rl"
        output.command = path.removeprefix("rl").strip()
        if type(fault).__name__ == "NoArgsIsHelpError":
            if output.json:
                raise UsageError("which command?", f"`{path} --help` lists them") from None
            output.message(fault.format_message())
            return UsageError.exit_code
        raise UsageError(_sentence(fault.format_message()), _usage_hint(fault, path)) from None
    if result == INTERRUPTED:  # Typer takes Ctrl-C for a way to leave
        raise KeyboardInterrupt
    return result if isinstance(result, int) else output.exit_code


def _sentence(said: str) -> str:
    """What Typer says, without the words of a programmer."""
    said = re.sub(r" (?:Did you mean .*\?|\(Possible options: .*\))$", "", said)  # stands in the hint
    said = re.sub(r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)$", r"nothing is known to do with: \1", said)
    return said.replace("is not a valid int.", "is not a whole number").rstrip(".")


def _takes_query(fault: object) -> bool:
    command = getattr(getattr(fault, "ctx", None), "command", None)
    return any("QUERY" in (getattr(it, "metavar", None) or "") for it in getattr(command, "params", ()))


def _usage_hint(fault: object, path: str) -> str:
    option = str(getattr(fault, "option_name", ""))
    if re.match(r"-[^-]", option) and _takes_query(fault):
        return f"to leave out papers with a word, put -- before it: {path} -- -word"
    if type(fault).__name__ == "BadOptionUsage" or path == "rl":
        usual = "`rl --help` lists the commands, `rl COMMAND --help` their options"
    else:
        usual = f"`{path} --help` shows how it is used"
    near = getattr(fault, "possibilities", None)
    if near:
        return f"did you mean {' or '.join(sorted(near))}? {usual}"
    said = str(getattr(fault, "message", ""))
    unknown = re.match(r"No such command '(.*?)'", said)
    if path == "rl" and unknown and unknown[1] in _ELSEWHERE:
        return f"Did you mean '{_ELSEWHERE[unknown[1]]}'? {usual}"
    meant = re.search(r"Did you mean .*\?$", said)
    return f"{meant[0]} {usual}" if meant else usual


# What other programs call a command -> what it is called here.
_ELSEWHERE = {
    "browse": "open", "check": "doctor", "cite": "export", "del": "remove", "delete": "remove", "done": "mark-read",
    "fetch": "refresh", "find": "search", "finish": "mark-read", "history": "log", "info": "show", "ls": "list",
    "modify": "edit", "new": "add", "next": "todo", "queue": "todo", "read": "mark-read", "rm": "remove",
    "status": "stats", "sync": "refresh", "unread": "want", "update": "refresh", "view": "show",
}  # fmt: skip
