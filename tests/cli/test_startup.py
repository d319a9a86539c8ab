"""Starting is quick because nothing is loaded that is not needed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import environment
from tests.conftest import TODAY

HEAVY = {"sqlalchemy", "alembic", "pydantic", "httpx", "arxiv", "requests", "markdown_it", "jinja2", "tomlkit"}
DRIVER = """
import atexit, json, os, sys
sink = os.fdopen(int(sys.argv.pop(1)), "w")
atexit.register(lambda: (json.dump(sorted({name.partition(".")[0] for name in sys.modules}), sink), sink.close()))
from readlist.cli import run
sys.argv[0] = "rl"
run()
"""


def loaded(args: list[str], home: Path, extra: dict[str, str] | None = None) -> tuple[set[str], str, int]:
    """The top-level modules that a run of `rl` has loaded when it ends, its stdout and its exit code."""
    import os

    reader, writer = os.pipe()
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(writer), *args],
        env=environment() | {"RL_HOME": str(home), "RL_CONFIG": str(home / "none"), "RL_TODAY": TODAY} | (extra or {}),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        pass_fds=[writer],
        check=False,
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        return set(json.load(pipe)), done.stdout, done.returncode


@pytest.mark.parametrize(
    "line",
    [
        "--version", "--help", "todo --help", "todo", "todo --why --json", "list", "list status:done --json",
        "search contrastive", "search 句子 --json", "search -- contrastive -embeddings",
        "show gao2021simcse", "show gao2021simcse --json", "summary -t contrastive", "topic list", "tag list",
        "venue list", "config", "lisst", "", "--json",
    ],
)  # fmt: skip
def test_reading_loads_nothing_heavy(example_library: Path, line: str) -> None:
    modules, _, code = loaded(line.split(), example_library)
    assert code == (2 if line == "lisst" else 0)
    assert not modules & HEAVY, f"rl {line} loads {sorted(modules & HEAVY)}"
    assert "rich" not in modules, f"rl {line} loads rich though its stdout is a pipe"


@pytest.mark.parametrize(
    ("line", "offered"),
    [("rl to", "todo"), ("rl show gao2021", "gao2021simcse"), ("rl show alignment", "wang2020understanding"),
     ("rl list --venue EMN", "EMNLP"), ("rl todo --sort ci", "citations"), ("rl export --format ri", "ris")],
)  # fmt: skip
def test_completion_loads_nothing_heavy(example_library: Path, line: str, offered: str) -> None:
    completing = {"_RL_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    modules, out, _ = loaded([], example_library, completing)
    assert offered in out.split(), f"`{line}<TAB>` completes to {out!r}"
    assert not modules & (HEAVY | {"rich"}), f"completion loads {sorted(modules & (HEAVY | {'rich'}))}"


def test_an_empty_library_is_told_at_once(tmp_path: Path) -> None:
    """Where there is no library, `rl` alone makes none in memory either."""
    modules, out, code = loaded([], tmp_path)
    assert (out, code) == ("", 0) and not modules & (HEAVY | {"rich"})


NEVER = HEAVY | {"filelock"}


@pytest.mark.parametrize("line", ["todo", "list --json", "add 2104.08821 --no-fetch"])
def test_the_first_command_of_all_migrates_nothing(tmp_path: Path, line: str) -> None:
    modules, _, code = loaded(line.split(), tmp_path / "home")
    assert code == 0 and not modules & (NEVER | {"rich"})


@pytest.mark.parametrize(
    ("name", "text", "more"),
    [
        ("page.md", "# NLP\n- [SimCSE](https://arxiv.org/abs/2104.08821)\n", {"markdown_it"}),
        ("refs.bib", "@misc{simcse, title = {SimCSE: Simple Contrastive Learning}, year = {2021}}\n", set()),
        ("papers.jsonl", '{"title": "SimCSE: Simple Contrastive Learning"}\n', set()),
    ],
)
def test_an_import_loads_what_reads_the_file_and_no_service(
    tmp_path: Path, name: str, text: str, more: set[str]
) -> None:
    """Which services are to be asked later is known without what asks them."""
    (tmp_path / name).write_text(text, "utf-8")
    modules, _, code = loaded(["import", str(tmp_path / name)], tmp_path / "home")
    assert code == 0 and not modules & ((NEVER | {"rich", "typer", "hashlib", "xml"}) - more)


@pytest.mark.parametrize(
    "line",
    [
        "--version", "--help", "", "todo", "list", "search contrastive", "show gao2021simcse", "topic list",
        "summary -t contrastive",
    ],
)  # fmt: skip
def test_reading_takes_no_lock(example_library: Path, line: str) -> None:
    modules, _, _ = loaded(line.split(), example_library)
    assert "filelock" not in modules, f"rl {line} loads filelock"


@pytest.mark.parametrize(
    "line", ["", "todo", "list", "search contrastive", "show gao2021simcse", "topic list", "venue list"]
)
def test_a_terminal_loads_rich_and_nothing_else(example_library: Path, line: str) -> None:
    modules, out, code = loaded(line.split(), example_library, {"FORCE_COLOR": "1", "COLUMNS": "80"})
    assert code == 0 and "\x1b[" in out and "rich" in modules, f"rl {line} does not draw"
    assert not modules & NEVER, f"rl {line} loads {sorted(modules & NEVER)} on a terminal"


@pytest.mark.parametrize(
    "line",
    ["mark-read 12 --pass 1", "note 12 text", "add 2104.08821 --no-fetch", "add 2106.00001 --no-fetch", "want 5"],
)
def test_writing_loads_no_more_than_it_needs(example: Path, line: str) -> None:
    modules, _, code = loaded(line.split(), example)
    needless = modules & ((NEVER | {"rich"}) - {"sqlalchemy"})
    assert code == 0
    assert not needless, f"rl {line} loads {sorted(needless)}"


QUICKLY = NEVER | {"typer", "click", "rich", "platformdirs"}


@pytest.mark.parametrize(
    "line",
    [
        "--version", "", "todo", "todo --why --json", "todo -t contrastive --limit 3", "list status:done",
        "search contrastive", "search contrastive year:2020.. --limit 3",
        "show 12 --json", "mark-read 12 --pass 1", "start 12", "note 12 text", "add 2106.00001 --no-fetch",
        "want 5", "focus", "export --format bibtex", "export status:done --format csl-json", "export --format csv",
    ],
)  # fmt: skip
def test_daily_commands_load_no_typer(example: Path, line: str) -> None:
    modules, _, code = loaded(line.split(), example)
    assert code == 0
    assert not modules & QUICKLY, f"rl {line} loads {sorted(modules & QUICKLY)}"


@pytest.mark.parametrize("line", ["rl show gao2021", "rl list --venue EMN", "rl todo --sort ci", "rl mark-read --home"])
def test_completion_of_daily_commands_loads_no_typer(example_library: Path, line: str) -> None:
    completing = {"_RL_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    modules, _, code = loaded([], example_library, completing)
    assert code == 0
    assert not modules & QUICKLY, f"completion loads {sorted(modules & QUICKLY)}"
