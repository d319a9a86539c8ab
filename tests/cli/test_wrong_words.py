"""What is typed wrong is answered with what was probably meant."""

import io
import re
import shlex
from pathlib import Path

import pytest

from readlist.cli import main
from readlist.context import Context
from tests.cli.helpers import assert_explained, environment
from tests.conftest import TODAY, Result, Rl

CASES = (
    ("add doi:nonsense", 2, "is not a DOI", "10.1145"),
    ("add 2104.08821 1706.03762 --title A", 2, "--title is of one paper", ""),
    ("show gao2021simcs", 3, "simcs", "gao2021simcse"),
    ("show 2101.00001", 3, "is not on the list", "rl add"),
    ("show https://example.org/nothing", 3, "no paper fits", ""),
    ("drop 12 4711 --why x", 3, "4711", ""),
    ("want", 2, "PAPER", "rl want --help"),
    ("mark-read 15", 2, "which pass of #15", "--pass"),
    ("drop 12 --why ''", 2, "say why", "--why"),
    ("note 12 ''", 2, "note is empty", "rl note"),
    ("note 12 text --pass 4", 2, "there is no pass 4", ""),
    ("note 12 too many words", 2, "too many words", "quotes"),
    ("summary 12 ' '", 2, "summary is empty", "rl summary"),
    ("summary 12 -t NLP", 2, "a topic or a paper", ""),
    ("todo topic:nowhere", 3, "there is no topic 'nowhere'", "rl topic list"),
    ("list yaer:2020", 2, "unknown key 'yaer'", "did you mean year"),
    ("list status:read", 2, "status:read", "allowed"),
    ("list -simcse", 2, "No such option: -s", "rl list -- -word"),
    ("list --tag ''", 2, "--tag cannot be empty", "rl tag list"),
    ("list --venue ' '", 2, "--venue cannot be empty", "rl venue list"),
    ("topic move NLP NLP/对比学习", 2, "cannot be moved below itself", "outside"),
    ("topic rename CV ''", 2, "topic", ""),
    ("topic alias CV ''", 2, "topic", ""),
    ("tag rename '' x", 2, "a tag cannot be empty", ""),
    ("tag remove nothing", 3, "there is no tag 'nothing'", "rl tag list"),
    ("venue alias Nowhere x", 3, "there is no venue 'Nowhere'", "rl venue list"),
    ("report --week soon", 2, "'soon' is not a date", ""),
    ("report --week last --month", 2, "not several", ""),
    ("mark-raed 12", 2, "Did you mean 'mark-read'", "rl --help"),
    ("import '\0.md'", 5, "no file", ""),
)


def run(words: list[str]) -> Result:
    """One command line in this process: what it says is the same, and it is much faster."""
    out, err = io.StringIO(), io.StringIO()
    code = main(words, Context(environment() | {"RL_TODAY": TODAY}, io.StringIO(), out, err))
    return Result(code, out.getvalue(), err.getvalue())


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(("line", "code", "says", "hint"), CASES, ids=[case[0] for case in CASES])
def test_wrong_words(line: str, code: int, says: str, hint: str) -> None:
    before = run(["list", "--json"]).json()
    plain = run(shlex.split(line))
    assert_explained(plain, code, says)
    hints = [text for text in plain.err.splitlines() if text.startswith("    ")]
    assert hints, f"no hint says what to do next: {plain.err}"
    assert re.search(hint, " ".join(hints)), f"{hint!r} is not in the hint: {hints}"
    with_json = run([*shlex.split(line), "--json"])
    assert with_json.code == code and with_json.json()["status"] == "error"
    assert run(["list", "--json"]).json() == before, "the library has changed"


def test_json_before_the_command(rl: Rl) -> None:
    result = rl("--json", "list")
    assert result.code == 2 and result.json()["errors"][0]["hint"] == "--json stands after the command: rl list --json"


def test_an_empty_library_is_no_fault(rl: Rl, own_home: Path) -> None:
    for words in (["list"], ["todo"], ["topic", "list"], ["tag", "list"], ["venue", "list"], ["report"]):
        result = rl(*words)
        assert result.code == 0, f"rl {' '.join(words)}: {result.err}"
    assert not (own_home / "readlist" / "readlist.db").exists(), "a command that reads has made a library"
    assert "rl import" in rl("todo").err, "it says how to begin"
    assert_explained(rl("show", "12"), 3, "no paper")
