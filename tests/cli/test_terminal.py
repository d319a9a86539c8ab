"""On a terminal things line up and fit; in a pipe they are plain and whole."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.helpers import Screen, environment, papers
from tests.cli.terminal import talk
from tests.conftest import TODAY, Rl

BOXES = set("─━│┃┌┐└┘├┤┬┴┼╭╮╰╯═║╌")
SCREENS = (
    "list", "todo", "todo --why", "show gao2021simcse", "topic list", "tag list", "venue list", "summary -t NLP",
    "config",
)  # fmt: skip


def fits(screen: Screen, columns: int, line: str) -> None:
    wide = [text for text in screen.lines if cell_len(text) > columns]
    assert not wide, f"rl {line} is wider than {columns} columns: {wide[:3]}"


@pytest.mark.parametrize("columns", [80, 200])
def test_no_line_is_wider_than_the_terminal(rl: Rl, example: Path, tty: Callable[..., Screen], columns: int) -> None:
    rl("summary", "gao2021simcse", "同一句话过两次 dropout 就是一对正例。" * 12, check=True)
    rl("note", "gao2021simcse", "https://example.org/" + "x" * 150, check=True)
    rl("tag", "add", "很长的标签" * 20, "gao2021simcse", check=True)
    rl("topic", "add", "深/" * 10 + "很长的题目名字" * 10, "gao2021simcse", check=True)
    for line in SCREENS:
        screen = tty(*line.split(), columns=columns)
        assert screen.code == 0, screen.err
        fits(screen, columns, line)


def test_a_narrow_terminal_is_no_fault(example: Path, tty: Callable[..., Screen]) -> None:
    for columns in (20, 40):
        for line in SCREENS:
            screen = tty(*line.split(), columns=columns)
            assert screen.code == 0, f"rl {line} at {columns} columns: {screen.err}"
            if columns == 40:
                fits(screen, columns, line)


@pytest.mark.parametrize("line", ["list", "todo", "search learning", "log"])
def test_on_a_narrow_terminal_titles_keep_their_words(example: Path, tty: Callable[..., Screen], line: str) -> None:
    """Half a screen of a laptop, or a telephone: what is left out leaves room for what a paper is known by."""
    screen = tty(*line.split(), columns=44)
    fits(screen, 44, line)
    words = r"Contrastive Learning|Representation Learning|Attention Is All"
    assert re.search(words, screen.text), f"rl {line} breaks words: {screen.text[:500]}"
    assert "Cited" not in screen.text and "Cited" in tty("list", columns=64).text


def test_columns_line_up(rl: Rl, example: Path, tty: Callable[..., Screen]) -> None:
    """Numbers stand at the right: whatever the title's script, a row's count ends in the column where its head ends."""
    screen = tty("list", columns=120)
    head = next(line for line in screen.lines if "Cited" in line)
    end = cell_len(head[: head.index("Cited")] + "Cited")
    counts = {f"{it['citations']['count']:,}" for it in papers(rl) if it["citations"]}
    seen = set()
    for line in screen.lines:
        for count in counts:
            if len(count) > 4 and f" {count} " in line:
                seen.add(count)
                found = cell_len(line[: line.index(count)] + count)
                assert found == end, f"{count} ends in column {found}, its head in {end}: {line!r}"
    assert seen == {count for count in counts if len(count) > 4}, "the counts are not all shown"
    status = cell_len(head[: head.index("Status")])
    for line in screen.lines:
        if line.lstrip()[:3].strip().isdigit() and line.rstrip().endswith(("done", "todo", "listed")):
            word = line.split()[-1]
            assert cell_len(line[: line.rindex(word)]) == status, f"the status does not line up: {line!r}"


def test_titles_are_whole_on_a_terminal(rl: Rl, example: Path, tty: Callable[..., Screen]) -> None:
    shown = "".join(tty("list", columns=80).text.split())
    title = "UnderstandingContrastiveRepresentationLearning"
    assert title in shown or "Understanding" in shown
    assert "…" not in tty("list", "wang", columns=200).text


def test_no_color(example: Path, tty: Callable[..., Screen]) -> None:
    for line in SCREENS:
        plain = tty(*line.split(), env={"NO_COLOR": "1"}).raw
        colours = [code for code in _codes(plain) if any(30 <= part <= 49 or 90 <= part <= 107 for part in code)]
        assert not colours, f"rl {line} is coloured under NO_COLOR: {colours[:3]}"
    assert _codes(tty("todo").raw), "a terminal without NO_COLOR has some style"


def _codes(raw: str) -> list[list[int]]:
    import re

    found = re.findall(r"\x1b\[([0-9;]*)m", raw)
    return [[int(part) for part in code.split(";") if part] for code in found]


def test_a_pipe_is_plain_and_whole(rl: Rl, example: Path) -> None:
    everything = rl("list", "--json", check=True).json()["data"]["papers"]
    for line in SCREENS:
        out = rl(*line.split(), env={"COLUMNS": "40"}, check=True).out
        assert "\x1b" not in out and not BOXES & set(out), f"rl {line} draws into a pipe"
    rows = [line.split("\t") for line in rl("list", env={"COLUMNS": "40"}, check=True).out.splitlines()]
    assert len(rows) == len(everything) and len({len(row) for row in rows}) == 1, "a paper a line, so many fields each"
    for row, it in zip(rows, everything, strict=True):
        assert (row[0], row[1], row[2], row[4]) == (str(it["id"]), it["key"], it["status"], it["title"])


def test_force_color_in_a_pipe(rl: Rl, example: Path) -> None:
    result = rl("list", env={"FORCE_COLOR": "1", "COLUMNS": "100"}, check=True)
    assert "\x1b[" in result.out and max(map(cell_len, _plain(result.out).splitlines())) <= 100


def _plain(raw: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", raw)


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "zh_CN.UTF-8"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=lambda env: " ".join(f"{k}={v}" for k, v in env.items()),
)
def test_locales(example: Path, env: dict[str, str], own_home: Path, tmp_path: Path) -> None:
    for line in (
        "list",
        "list --json",
        "todo",
        "show gao2021simcse",
        "report",
        "topic list",
        "show 没有的题目",
        "--help",
    ):
        done = subprocess.run(
            [sys.executable, "-m", "readlist", *line.split()],
            env=environment() | {"RL_TODAY": TODAY} | env,
            capture_output=True,
            cwd=tmp_path,
            check=False,
        )
        # Where the locale knows no Chinese, a Chinese argument is no text; it may be refused as such.
        assert done.returncode in ((2, 3) if "没有" in line else (0,)) and b"Traceback" not in done.stderr, (
            f"rl {line}: {done.stderr!r}"
        )
        if line == "report" and env.get("LC_ALL", "").startswith("zh"):
            assert "周" in done.stdout.decode("utf-8"), "the report speaks the language of the locale"
        if line == "list --json":
            import json

            text = done.stdout.decode(env.get("PYTHONIOENCODING", "utf-8"))
            titles = [it["title"] for it in json.loads(text)["data"]["papers"]]
            assert any("如何读论文" in title for title in titles), "JSON is whole in any encoding"


def test_a_reader_that_leaves(rl: Rl, example: Path, tmp_path: Path) -> None:
    for line in ("list", "list --json", "todo --limit 0", "report", "topic list"):
        process = subprocess.Popen(
            [sys.executable, "-m", "readlist", *line.split()],
            env=environment() | {"RL_TODAY": TODAY},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
        )
        assert process.stdout and process.stderr
        process.stdout.close()
        said = process.stderr.read()
        process.stderr.close()
        code = process.wait(30)
        assert b"Traceback" not in said and b"Broken" not in said and b"Exception" not in said, f"rl {line}: {said!r}"
        assert code in (0, 141), f"rl {line}: exit {code}"


def test_asking_before_many_papers_change(rl: Rl, example: Path, tty: Callable[..., Screen]) -> None:
    before = papers(rl)
    no = tty("drop", "12", "13", "14", "--why", "x", typed="n\n")
    assert "(3 papers)" in no.text and "#12" in no.text, "it shows what it will do"
    assert no.code == 2 and papers(rl) == before, "no means no"
    yes = tty("drop", "12", "13", "14", "--why", "x", typed="y\n")
    assert yes.code == 0, yes.text
    assert [it["status"] for it in papers(rl)[11:14]] == ["dropped"] * 3


def test_the_editor(rl: Rl, example: Path, tty: Callable[..., Screen], tmp_path: Path) -> None:
    editor = tmp_path / "my editor.sh"
    editor.write_text('#!/bin/sh\nprintf "written in the editor" > "$1"\n', "utf-8")
    editor.chmod(0o700)
    result = tty("note", "12", env={"EDITOR": f"'{editor}'"})
    assert result.code == 0, result.err
    notes = rl("show", "12", "--json", check=True).json()["data"]["paper"]["notes"]
    assert notes[-1]["text"] == "written in the editor"
    for command, says in (("false", "ended with 1"), ("/no/such/editor", "cannot start"), ("", "EDITOR")):
        failed = tty("note", "12", env={"EDITOR": command})
        assert failed.code in (1, 2) and says in failed.err, f"EDITOR={command!r}: {failed.err}"
    assert rl("show", "12", "--json", check=True).json()["data"]["paper"]["notes"] == notes


def test_head_of_a_long_list(own_home: Path, rl: Rl, made: Path, tmp_path: Path) -> None:
    letters = str.maketrans("0123456789", "abcdefghij")
    titles = [f"{str(n).translate(letters).title()}nets for Learning, a Title of Some Length" for n in range(100, 400)]
    (tmp_path / "long.md").write_text("".join(f"- {title}, ACL 2020 #TODO\n" for title in titles), "utf-8")
    rl("import", "long.md", check=True)
    for line in ("list", "list --json", "todo --limit 0"):
        shell = f"{{ {sys.executable} -m readlist {line}; echo exit $? >&2; }} | head -1"
        done = subprocess.run(
            ["sh", "-c", shell], env=environment() | {"RL_TODAY": TODAY}, capture_output=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        assert done.stderr == "exit 0\n", f"rl {line} | head -1 says: {done.stderr}"
        assert len(done.stdout.splitlines()) == 1, done.stdout[:200]
    program = f"{sys.executable} -m readlist"
    both = subprocess.run(
        ["sh", "-c", f"{program} import long.md 2>&1 | true; {program} --help | true"],
        env=environment(), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (both.stdout, both.stderr) == ("", ""), "messages that nobody reads"


def test_ctrl_c_at_a_question(rl: Rl, example: Path) -> None:
    before = papers(rl)
    ended = talk("want 5 6 7 --pass 3", ("?", "\x03"))
    assert ended.code == 130, ended
    assert "interrupted" in ended.shown and "Traceback" not in ended.shown, ended
    assert papers(rl) == before, "an interrupted question changes nothing"


def test_no_is_said_to_be_understood(rl: Rl, example: Path) -> None:
    before = papers(rl)
    for answer in ("n\n", "\n"):
        ended = talk("want 5 6 7 --pass 3", ("?", answer))
        assert ended.code in (1, 2) and "nothing was changed" in ended.shown, ended
    assert papers(rl) == before
    ended = talk("want 5 6 7 --pass 3", ("?", "y\n"))
    assert ended.code == 0, ended
    assert [it["next_pass"] for it in papers(rl)[4:7]] == [3, 3, 3]
