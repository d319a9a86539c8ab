"""Every command explains itself, in 80 columns, with examples that work."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import environment
from tests.conftest import TODAY, Rl

COMMANDS = (
    "",
    *"refs cited-by recommend".split(),
    *"add refresh todo focus list search show open pdf".split(),
    *"start mark-read triage want drop reopen note summary edit remove merge".split(),
    *"import export report stats doctor backup restore".split(),
    *"log undo redo".split(),
    *(f"topic {verb}".strip() for verb in ("", "list", "add", "remove", "move", "merge", "alias", "rename")),
    *(f"tag {verb}".strip() for verb in ("", "list", "add", "remove", "rename")),
    *(f"venue {verb}".strip() for verb in ("", "list", "alias", "merge")),
    *(f"query {verb}".strip() for verb in ("", "save", "list", "remove")),
    *(f"config {verb}".strip() for verb in ("", "list", "set", "unset")),
)


def examples(text: str) -> list[str]:
    """The command lines that a help text ends with."""
    after = text.partition("\n  Example")[2]
    return [line.strip() for line in after.splitlines() if line.strip().startswith("rl ")]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_the_screen_and_shows_an_example(rl: Rl, command: str) -> None:
    result = rl(*command.split(), "--help", env={"COLUMNS": "80"})
    assert result.code == 0, result.err
    wide = [line for line in result.out.splitlines() if len(line) > 80]
    assert not wide, f"lines of more than 80 columns: {wide}"
    cut = [line for line in result.out.splitlines() if line.rstrip().endswith("...") and "[ARGS]" not in line]
    assert not cut, f"sentences that are cut off: {cut}"
    assert f"rl {command}".strip() in result.out
    assert examples(result.out), "there is no example"


def test_every_command_is_tried_here() -> None:
    from readlist.cli.reference import names

    assert set(names()) == {name or "rl" for name in COMMANDS if name not in ("topic", "tag", "venue", "query")}


def test_a_group_alone_shows_its_help(rl: Rl) -> None:
    result = rl("tag")
    assert "Commands:" in result.out + result.err
    assert result.code == 2 and "rl: Usage" not in result.err, "the help keeps its lines"


@pytest.fixture(scope="module")
def prepared(example_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that has what the examples of the help speak of; returns its data folder."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    shutil.copytree(example_library, home)
    for line in (
        "topic add NLP/old", "topic add 对比学习", "topic add contrastive", "topic add NLP/句子表征/无监督",
        "topic add NLP/retrieval", "tag add survey 12 7", "tag add old-tag 12",
        "venue alias JMLR 'NIPS workshop'", "start gao2021simcse --pass 2",
        "query save survey-queue tag:survey status:todo", "tag add gone 12", "undo",
    ):  # fmt: skip
        words = shlex.split(line)
        done = subprocess.run(
            [sys.executable, "-m", "readlist", "--home", str(home), "--config", str(home / "none"), *words],
            env=environment() | {"RL_TODAY": TODAY}, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}: {done.stderr}"
    return home


@pytest.mark.parametrize("command", [name for name in COMMANDS if name])
def test_examples_of_the_help_work(
    rl: Rl, inside: Rl, prepared: Path, own_home: Path, command: str, tmp_path: Path
) -> None:
    """Each example runs on a library that has what it speaks of; with no service there, 4 is its exit code."""
    shutil.copytree(prepared, own_home / "readlist")
    for name in ("reading-list.md", "notes.md", "2021.md", "2022.md"):
        (tmp_path / name).write_text("- A Paper, ACL 2020 #TODO\n", "utf-8")
    (tmp_path / "ids.txt").write_text("1706.03762\n", "utf-8")
    if command == "restore":
        inside("backup", "~/safe/readlist-copy.db", check=True)
    for line in examples(rl(*command.split(), "--help").out):
        text = "written in the editor" if "--edit" in line else None
        unasked = ["--json"] if command == "triage" else []  # which needs a terminal to ask at
        result = inside(*shlex.split(line)[1:], *unasked, input=text, env={"BROWSER": "true"})
        reachable = 4 if command in ("add", "refresh", "refs", "cited-by", "recommend", "open", "pdf") else 0
        assert result.code in (0, reachable), f"{line}: exit {result.code}: {result.err}"
