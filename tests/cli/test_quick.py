"""Plain command lines are run without Typer, and do to the letter what they do with it."""

import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.cli import main
from readlist.cli.app import command_line
from readlist.cli.declared import BEFORE, COMMON, Commands
from readlist.cli.output import Output
from readlist.cli.quick import run
from readlist.cli.verbs import MODULES, QUICK, command_in, verbs_of
from readlist.context import Context
from tests.cli.helpers import environment
from tests.conftest import TODAY


def context_for(home: Path) -> Context:
    environ = environment() | {"RL_HOME": str(home), "RL_CONFIG": str(home / "none"), "RL_TODAY": TODAY}
    return Context(environ, io.StringIO(), io.StringIO(), io.StringIO())


def both_ways(home: Path, argv: list[str]) -> tuple[tuple[int, str, str], tuple[int, str, str]]:
    """How a line ends without Typer, where it is plain, and with it: exit code, stdout, stderr."""
    ends = []
    for plain in (True, False):
        context = context_for(home)
        code = main(argv, context, plain=plain)
        ends.append((code, context.stdout.getvalue(), context.stderr.getvalue()))  # type: ignore[attr-defined]
    return ends[0], ends[1]


def is_plain(home: Path, argv: list[str]) -> bool:
    context = context_for(home)
    try:
        return run(argv, Output(context, wants_json=False))
    finally:
        context.close()


@pytest.fixture(scope="module")
def library(example_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library for reading commands, which remember the paper that they showed last."""
    return Path(shutil.copytree(example_library, tmp_path_factory.mktemp("quick") / "home"))


READING = [
    "--version", "", "--json", "todo", "todo --json", "todo -q", "todo -v --why", "todo --why --json -q",
    "todo --limit 2",
    "todo --limit=2", "todo -t contrastive", "todo -t contrastive -t nothing", "todo --topic=contrastive",
    "todo -tcontrastive",
    "todo -qv", "todo --limit", "todo --limit two", "todo --limit ２", "todo --limit -1", "todo --why=yes", "todo --wh",
    "todo --no-why", "todo -- -word", "todo -word", "todo -", "todo --", "todo --pass 1 --sort year", "todo --pass 9",
    "todo --sort nothing", "todo --limit 1 --limit 2", "todo --help", "todo -h", "todo venue:ACL --help",
    "todo --version",
    "list", "list gao simcse", "list simcse --status todo gao", "list --status done --status todo", "list nothing:here",
    "search", "search contrastive", "search 句子 --json", "search contrastive learning --limit 1 -q", "search zzzyx",
    "search -- -contrastive", "search year:2020..", "search contrastive --status todo --json", "search (",
    "list --venue ACL year:2020..", "list --tag x", "list --limit 2 --json", "list --json --json",
    "list --limit= --json",
    "show gao2021simcse", "show", "show gao2021simcse --json", "show nobody", "show nobody --json", "show a b",
    "show @",
    "show 1 -- -2", "show --json=1", "show -", "lisst", "lisst --json", "--jso", "--home", "--config", "--home todo",
    "--home= todo", "--config= list --limit 1", "--home /nowhere todo", "--home=/nowhere list --json", "--json todo",
    "-q todo", "--version todo", "--version --version", "todo --home /nowhere", "-- todo", "note",
    "summary -t contrastive",
    "summary -t nothing --limit 1", "focus", "focus --json", "want", "drop gao2021simcse", "mark-read",
    "start --pass x",
    "export --format bibtex", "export gao --format=ris --json", "export --format nothing", "export --form csv",
    "export --limit 1 -o", "export --sort year --status done -t contrastive --format csv -q",
    "add", "add --no-fetch", "add --title", "topic", "topic list", "config", "mark-read --minutes 1e3",
    "import", "import nowhere.md", "import nowhere.md --read-pass x", "import --strict nowhere.md --json",
]  # fmt: skip


@pytest.mark.parametrize("line", READING)
def test_a_line_does_the_same_both_ways(library: Path, line: str) -> None:
    plain, typer = both_ways(library, line.split())
    assert plain == typer


WORDS = st.sampled_from(
    [
        "todo", "list", "show", "summary", "--json", "-q", "-v", "-qv", "--quiet", "--why", "--limit", "--limit=1",
        "2", "0",
        "-t", "--topic", "--topic=contrastive", "contrastive", "--tag", "--status", "done", "--pass", "1",
        "--sort", "year",
        "gao2021simcse", "venue:ACL", "", "-", "--", "-5", "--help", "--home", "--config=", "句子", " 3 ", "1_0", "@",
    ]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(command=st.sampled_from(["todo", "list", "search", "show"]), words=st.lists(WORDS, max_size=5))
def test_any_line_does_the_same_both_ways(library: Path, command: str, words: list[str]) -> None:
    plain, typer = both_ways(library, [command, *words])
    assert plain == typer


PAGE = str(Path(__file__).parents[2] / "examples" / "reading-list.md")
WRITING = [
    ["mark-read", "12", "--pass", "1"], ["mark-read", "12", "7", "--minutes=30", "--then", "done", "--pass", "2"],
    ["mark-read", "1", "2", "3", "4"], ["start", "12", "--pass", "3"], ["start", "--pass", "2", "gao2021simcse"],
    ["add", "2104.08821", "2106.00001", "--no-fetch", "-t", "NLP/新", "--tag", "a", "--tag", "b"],
    ["add", "--no-fetch", "--title", "A Title of -- its own", "--note", "-x", "--priority", "high", "--due", "+2w"],
    ["add", "--no-fetch", "--priority", "urgent", "2104.08821"], ["add", "--no-fetch", "nonsense"],
    ["note", "12", "some text", "--pass", "1"], ["note", "12", "--", "-text"], ["want", "12", "15", "--pass", "3"],
    ["drop", "12", "--why", "old", "-q"], ["reopen", "12", "--json"], ["focus", "contrastive"],
    ["want", "1", "2", "3", "-y"],
    ["import", PAGE], ["import", PAGE, "nowhere.md", "--topic=旧", "-y"],
    ["import", PAGE, "--unmarked", "todo", "--read-pass", "1", "--json"],
    ["import", PAGE, "--dry-run", "--read-pass", "4"], ["import", "nowhere.md", "--strict"],
    ["summary", "12", "One line."], ["--home=", "note", "12", "text", "--json"],
]  # fmt: skip


@pytest.mark.parametrize("argv", WRITING, ids=lambda argv: " ".join(argv).replace(PAGE, "PAGE"))
def test_writing_does_the_same_both_ways(example_library: Path, tmp_path: Path, argv: list[str]) -> None:
    ends = []
    for plain in (True, False):
        home = tmp_path / "library"  # one name for both: messages may hold it
        shutil.copytree(example_library, home)
        context = context_for(home)
        code = main(argv, context, plain=plain)
        said = (context.stdout.getvalue(), context.stderr.getvalue())  # type: ignore[attr-defined]
        after = context_for(home)
        main(["list", "--json"], after, plain=False)
        ends.append((code, *said, after.stdout.getvalue()))  # type: ignore[attr-defined]
        shutil.rmtree(home)
    assert ends[0] == ends[1]


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("--version", True), ("", True), ("todo", True), ("todo -t x --why --json", True), ("list a -- -b", True),
        ("search contrastive learning --limit 3", True), ("search", False),
        ("show gao2021simcse -q", True), ("--config=x todo --limit 3", True), ("todo --limit x", False),
        ("todo -qv", False),
        ("todo --help", False), ("--help", False), ("lisst", False), ("show a b", False), ("want", False),
        ("stats", False), (f"import {PAGE} --dry-run", True), ("import", False),
    ],
)  # fmt: skip
def test_what_is_plain_is_run_without_typer(library: Path, line: str, plain: bool) -> None:
    assert is_plain(library, line.split()) is plain


def test_the_table_of_modules_is_up_to_date() -> None:
    """Each module has the commands that the table says, and all that the quick ones take is read as Typer reads it."""
    listed = [name for names in MODULES.values() for name in names]
    whole = command_line().commands
    assert list(whole) == listed and len(set(listed)) == len(listed)
    for module, names in MODULES.items():
        alone = command_line(names[0])
        assert tuple(alone.commands) == names, f"{module} has other commands"
    for module in QUICK:
        found = Commands()
        verbs_of(module).register(found)
        assert tuple(found.commands) == MODULES[module]
        for name, command in found.commands.items():
            mine = {it.name: it for it in command.params}
            theirs = {it.name: it for it in whole[name].params}
            assert mine.keys() == theirs.keys()
            for key, it in theirs.items():
                for seen in ("param_type_name", "metavar", "nargs", "hidden", "help"):
                    assert getattr(mine[key], seen) == getattr(it, seen), f"{name} {key} {seen}"
                if it.param_type_name == "option":
                    assert [*mine[key].opts] == it.opts
                    assert (mine[key].is_flag, mine[key].multiple) == (it.is_flag, it.multiple)


def test_every_option_before_the_command_that_takes_a_value_is_known() -> None:
    root = command_line()
    taking = {it.name for it in root.params if it.param_type_name == "option" and not it.is_flag}
    assert taking == BEFORE.keys()
    assert {"json", "quiet", "verbose"} == COMMON.keys()


@pytest.mark.parametrize(
    ("line", "command"),
    [("todo -t x", "todo"), ("--home todo list", "list"), ("--home=todo list", "list"),
    ("--json --config x show", "show"),
     ("-- todo", "todo"), ("", None), ("--home", None), ("-q", None)],
)  # fmt: skip
def test_the_command_of_a_line(line: str, command: str | None) -> None:
    assert command_in(line.split()) == command
