"""The TAB key: what fits at the cursor, as one word of the shell, quickly, and without a trace."""

from __future__ import annotations

import io
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.cli import completing, main, shell_setup, shells
from readlist.cli.app import command_line
from readlist.context import Context
from tests.cli.helpers import environment
from tests.conftest import TODAY, Rl

NASTY = 'a $(touch pwned) `touch pwned`; b\'s "c" \\ !d * ? ~ # <e> | & (f) {g,h} [i] 句 子 %s \\n =j :k'
SIMCSE = "gao2021simcse"
CONTRASTIVE = "NLP/句子表征 Sentence embeddings/对比学习 Contrastive learning"


def ask(line: str, shell: str = "fish", **env: str) -> tuple[int, list[str]]:
    """What the shell is told when `line` stands before the cursor: the exit code and the lines."""
    asked = {"COMP_LINE": line} if shell == "bash" else {"_TYPER_COMPLETE_ARGS": line}
    out, err = io.StringIO(), io.StringIO()
    given = environment() | {"RL_TODAY": TODAY, "_RL_COMPLETE": f"complete_{shell}"} | asked | env
    code = main([], Context(given, io.StringIO(), out, err))
    assert not err.getvalue()
    return code, out.getvalue().splitlines()


def values(line: str, **env: str) -> list[str]:
    """The words that are offered."""
    return [text.partition("\t")[0] for text in ask(line, **env)[1]]


CASES: tuple[tuple[str, set[str]], ...] = (
    ("rl tod", {"todo"}),
    ("rl topic re", {"remove", "rename"}),
    ("rl todo --so", {"--sort"}),
    ("rl todo --sort ci", {"citations"}),
    ("rl todo --sort=ci", {"--sort=citations"}),
    ("rl refs 3 --sort inf", {"influential"}),
    ("rl list --status r", {"reading"}),
    ("rl list --status todo --status d", {"done", "dropped"}),
    ("rl export --format b", {"bibtex"}),
    ("rl show gao2021s", {SIMCSE}),
    ("rl show GAO2021S", {SIMCSE}),
    ("rl want 12 gao2021s", {SIMCSE}),
    ("rl mark-read --pass 2 gao2021s", {SIMCSE}),
    ("rl merge 12 gao2021s", {SIMCSE}),
    ("rl note gao2021s", {SIMCSE}),
    ("rl list -t 对比", {CONTRASTIVE}),
    ("rl list -t Contrast", {CONTRASTIVE}),
    ("rl list -t句子表征", set()),  # -tVALUE in one word: the shells complete the word, which begins with -
    ("rl topic move 对比", {CONTRASTIVE}),
    ("rl topic move 组会 对比", {CONTRASTIVE}),
    ("rl recommend --under 对比", {CONTRASTIVE}),
    ("rl list --venue icl", {"ICLR"}),
    ("rl venue merge JMLR icl", {"ICLR"}),
    ("rl list top", {"topic:"}),
    ("rl list topic:对比", {f'topic:"{CONTRASTIVE}"'}),
    ("rl list -- -topic:对比", {f'-topic:"{CONTRASTIVE}"'}),
    ("rl list status:dr", {"status:dropped"}),
    ("rl list venue:icl", {"venue:ICLR"}),
    ("rl report --lang ", {"en", "zh"}),
    ("rl report --week 2026-W4", {f"2026-W{n}" for n in range(40, 48)}),
    ("rl want 3 --priority h", {"high"}),
    ("rl mark-read 3 --then d", {"done", "drop"}),
    ("rl start --pass ", {"1", "2", "3"}),
    ("rl config set s2.", {"s2.url", "s2.api_key", "s2.delay"}),
    ("rl edit 12 ti", {"title="}),
    ("rl frobnicate ", set()),
    ("rl todo --frobnicate ", {f"{key}:" for key in "topic tag venue author title key year cites pass id".split()}
     | {f"{key}:" for key in "added due read status kind priority has is arxiv doi acl".split()}),
    ("rl show nothingofthekind", set()),
    ("rl show 'unfinished", set()),
    ("rl drop 3 --why ", set()),
    ("rl", set()),
)  # fmt: skip


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(("line", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_fits(line: str, expected: set[str]) -> None:
    assert set(values(line)) == expected


@pytest.mark.usefixtures("example")
def test_a_paper_is_found_by_its_title() -> None:
    for line in ("rl show Alignment", "rl show 'alignment and uni", "rl show alignment\\ and"):
        assert ask(line, "bash") == (0, ["wang2020understanding"]), line
    # fish shows only what holds the word as typed, so there it is offered by its title.
    (offered,) = ask("rl show alignment")[1]
    assert offered.startswith("Understanding Contrastive") and offered.endswith("\twang2020understanding")


@pytest.mark.usefixtures("example")
def test_with_nothing_typed_the_queue_comes_first(inside: Rl) -> None:
    queue = [paper["key"] for paper in inside("todo", "--limit", "0", "--json").json()["data"]["papers"]]
    offered = values("rl show ")
    assert offered[: len(queue)] == queue
    assert len(offered) == completing.MOST < len(inside("list").out.splitlines())


@pytest.mark.usefixtures("example")
def test_files_are_left_to_the_shell() -> None:
    for line in (
        "rl import ",
        "rl import a.md b",
        "rl export -o ",
        "rl --config ",
        "rl export --like=",
        "rl --home=/x",
    ):
        for shell in ("bash", "zsh", "fish"):
            assert ask(line, shell) == (shells.FILES_WANTED, []), line


def test_the_home_on_the_line_is_the_one_that_is_read(example: Path, tmp_path: Path) -> None:
    other = tmp_path / "another home"
    shutil.move(example, other)
    assert values("rl show gao2021s") == []
    for said in (f"--home '{other}'", f"--home={shlex.quote(str(other))}"):
        assert values(f"rl {said} show gao2021s") == [SIMCSE]


def test_every_placeholder_is_known() -> None:
    """A new command completes by its placeholders: each is in the tables, if only as one that nobody can guess."""

    def walk(command: Any, path: str) -> Iterator[str]:
        for it in command.params:
            takes = it.param_type_name == "argument" or not it.is_flag
            if takes and completing.values_of(path, it) is None:
                yield f"rl {path} {it.opts[0]} {it.metavar}"
        for name, below in getattr(command, "commands", {}).items():
            yield from walk(below, f"{path} {name}".strip())

    assert not list(walk(command_line(), ""))


# -- what the shells make of it ----------------------------------------------------------------------------------------


def bash(folder: Path, line: str, kept: str, quote: str, home: Path) -> list[str]:
    """The words that real bash has after TAB and Enter on `line`, with the script as it is installed.

    readline keeps `kept` of the line, puts the one candidate after it, and closes the `quote` that is open.
    """
    program = folder / "rl"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m readlist "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = f"""{shell_setup.SCRIPTS["bash"]}
COMP_LINE=$1 COMP_POINT=${{#1}} COMP_TYPE=9
_rl_completion "$2"
[[ ${{#COMPREPLY[@]}} -eq 1 ]] || {{ echo "${{#COMPREPLY[@]}} candidates"; exit 1; }}
line="$3${{COMPREPLY[0]}}$4"
eval "set -- $line"
printf '%s\\0' "$@"
"""
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", script, "bash", line, str(program), kept, quote],
        cwd=folder,
        env=environment() | {"RL_HOME": str(home), "RL_TODAY": TODAY},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr
    return done.stdout.split("\0")[:-1]


@pytest.fixture
def nasty(example: Path, inside: Rl) -> Path:
    """A library with a tag in which every letter means something to some shell."""
    inside("tag", "add", NASTY, "25", check=True)
    return example


@pytest.mark.parametrize("typed", ["a", "a\\ ", "'a", '"a', "'a $(", "a\\ \\$\\("])
def test_bash_takes_any_name_as_one_word(nasty: Path, tmp_path: Path, typed: str) -> None:
    folder = tmp_path / "bash"
    folder.mkdir()
    quote = typed[0] if typed[0] in "'\"" else ""
    kept = f"rl list --tag {quote}"
    assert bash(folder, f"rl list --tag {typed}", kept, quote, nasty) == ["rl", "list", "--tag", NASTY]
    assert not (folder / "pwned").exists()


@pytest.mark.parametrize(
    ("kept", "typed", "quote", "word"),
    [
        ("rl list -t ", "Contrast", "", CONTRASTIVE),
        ("rl list topic:", "Contrast", "", f'topic:"{CONTRASTIVE}"'),
        ("rl list --topic=", "Contrast", "", f"--topic={CONTRASTIVE}"),
        ("rl list --topic='", "对比", "'", f"--topic={CONTRASTIVE}"),
        ("rl show ", "Alignment", "", "wang2020understanding"),
    ],
)
def test_bash_puts_the_whole_name_in(
    example: Path, tmp_path: Path, kept: str, typed: str, quote: str, word: str
) -> None:
    folder = tmp_path / "bash"
    folder.mkdir()
    assert bash(folder, kept + typed, kept, quote, example)[-1] == word


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1))
def test_quoting_is_undone_by_a_shell(text: str) -> None:
    """shlex reads them as a shell does, but for what a backslash does in double quotes."""
    for quote in ("", "'"):
        assert shlex.split(f"{quote}{shells._quoted(text, quote)}{quote}") == [text]
    assert shlex.split(shells._literal(text)) == [text]
    for quote in ("", '"'):
        assert shells.line_of(f"rl {quote}{shells._quoted(text, quote)}{quote} x").words == ("rl", text)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
def test_zsh_runs_nothing_that_stands_in_a_name(nasty: Path, tmp_path: Path) -> None:
    _, lines = ask("rl list --tag a", "zsh")
    script = "\n".join(["compadd() { printf '%s\\0' $rl_values }", "given() {", *lines, "}", "given"])
    done = subprocess.run(["zsh", "-f", "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == (f"{NASTY}\0", "")
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_are_read_by_their_shells(rl: Rl, shell: str, tmp_path: Path) -> None:
    result = rl(env={"_RL_COMPLETE": f"source_{shell}"})
    assert result.code == 0 and "readlist" in result.out and not result.err
    if shutil.which(shell) is not None:
        (tmp_path / "script").write_text(result.out, encoding="utf-8")
        done = subprocess.run([shell, "-n", "script"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0 and not done.stderr, done.stderr


# -- without a trace ---------------------------------------------------------------------------------------------------


def test_no_library_is_made(own_home: Path, rl: Rl) -> None:
    result = rl(env={"_RL_COMPLETE": "complete_bash", "COMP_LINE": "rl show g"})
    assert (result.code, result.out, result.err) == (0, "", "")
    assert not any(own_home.iterdir())


def test_the_library_is_not_touched(example: Path) -> None:
    before = (example / "readlist.db").read_bytes()
    for line in ("rl show g", "rl list -t N", "rl mark-read 3 --pass 1 ", "rl remove 3"):
        ask(line)
    assert (example / "readlist.db").read_bytes() == before


@pytest.mark.parametrize("fault", ["no database", "another program's", "newer", "settings"])
def test_nothing_is_said_of_faults(made: Path, own_home: Path, rl: Rl, fault: str) -> None:
    if fault == "no database":
        made.write_bytes(b"no database" * 1000)
    elif fault == "settings":
        (own_home / "config.toml").write_text("no [toml", encoding="utf-8")
    else:
        with sqlite3.connect(made) as connection:
            change = (
                "drop table alembic_version" if fault != "newer" else "update alembic_version set version_num = 'z'"
            )
            connection.execute(change)
        connection.close()
    for shell in ("bash", "zsh", "fish"):
        asked = {"COMP_LINE": "rl show g", "_TYPER_COMPLETE_ARGS": "rl show g"}
        result = rl(env={"_RL_COMPLETE": f"complete_{shell}"} | asked)
        assert (result.code, result.out, result.err) == (0, "", ""), fault


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "env",
    [
        {"_RL_COMPLETE": "complete_bash"},
        {"_RL_COMPLETE": "complete_bash", "COMP_WORDS": "rl show g", "COMP_CWORD": "x"},
        {"_RL_COMPLETE": "complete_bash", "COMP_WORDS": "rl show g", "COMP_CWORD": "99"},
        {"_RL_COMPLETE": "complete_tcsh", "COMP_LINE": "rl show g"},
        {"_RL_COMPLETE": "nonsense"},
    ],
)
def test_nothing_is_said_of_a_strange_question(rl: Rl, env: dict[str, str]) -> None:
    result = rl(env=env)
    assert (result.code, result.err) == (0, "") and "Traceback" not in result.out


@pytest.mark.usefixtures("example")
def test_the_other_name_of_the_program_completes(rl: Rl) -> None:
    for variable in ("_RL_COMPLETE", "_READLIST_COMPLETE"):
        asked = {variable: "complete_bash", "COMP_WORDS": "readlist show gao2021s", "COMP_CWORD": "2"}
        assert rl(env=asked).out == f"{SIMCSE}\n"


@pytest.mark.usefixtures("example")
def test_bash_shows_titles_and_keeps_what_was_typed() -> None:
    """Where several fit that do not begin as was typed, bash gets an empty one: it must not put in what they share."""
    _, first = ask("rl show contrastive", "bash", COMP_TYPE="9")
    assert first[0] == "" and SIMCSE in first
    _, shown = ask("rl show contrastive", "bash", COMP_TYPE="63", COLUMNS="80")
    assert any(text.startswith(SIMCSE) and "SimCSE: Simple" in text for text in shown)
    assert all(shells._width(text) <= 80 for text in shown)


# -- installing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shell", "start", "script"),
    [
        ("bash", ".bashrc", ".bash_completions/rl.sh"),
        ("zsh", ".zshrc", ".zfunc/_rl"),
        ("fish", None, ".config/fish/completions/readlist.fish"),
    ],
)
def test_installing_twice_adds_one_line(own_home: Path, shell: str, start: str | None, script: str) -> None:
    if start:
        (own_home / start).write_text("export A=1", encoding="utf-8")  # no line break at the end
    env = {"HOME": str(own_home)}
    written = shell_setup.install(shell, env)
    once = [path.read_bytes() for path in written]
    assert shell_setup.install(shell, env) == written and [path.read_bytes() for path in written] == once
    assert (own_home / script).read_text(encoding="utf-8").strip() == shell_setup.SCRIPTS[shell]
    if start:
        lines = (own_home / start).read_text(encoding="utf-8").splitlines()
        assert lines[0] == "export A=1" and len(lines) == 2


def test_a_folder_that_cannot_be_written_is_explained(own_home: Path) -> None:
    (own_home / ".zfunc").write_text("a file", encoding="utf-8")
    from readlist.errors import ReadlistError

    with pytest.raises(ReadlistError, match="cannot write"):
        shell_setup.install("zsh", {"HOME": str(own_home)})
