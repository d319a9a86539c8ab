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
    ("mark-raed 12", 2, "No such command 'mark-raed'", "Did you mean 'mark-read'"),
    ("lst", 2, "No such command 'lst'", "'list'"),
    ("rm 12", 2, "No such command 'rm'", "Did you mean 'remove'"),
    ("next", 2, "No such command 'next'", "Did you mean 'todo'"),
    ("topic rm 12", 2, "No such command 'rm'", "rl topic --help"),
    ("topic lst", 2, "No such command 'lst'", "'list'"),
    ("todo --srt year", 2, "No such option: --srt", "did you mean --sort"),
    ("todo --sort yaer", 2, "--sort cannot be 'yaer'", "did you mean year"),
    ("list --status don", 2, "--status cannot be 'don'", "did you mean done"),
    ("list status:redaing", 2, "status:redaing", "did you mean reading"),
    ("export --format bibtx", 2, "--format cannot be", "did you mean bibtex"),
    ("show gao2021simsce", 3, "no paper fits", "did you mean gao2021simcse"),
    ("show goa2021simcse", 3, "no paper fits", "gao2021simcse"),
    ("show wao2021simcse", 3, "no paper fits", "gao2021simcse"),
    ("show 'attension is all you need'", 3, "no paper fits", "vaswani2017attention"),
    ("show xyzzy", 3, "no paper fits", "a part of its title"),
    ("list -t contrastiv-learning", 3, "there is no topic", "did you mean"),
    ("venue alias EMNPL x", 3, "there is no venue 'EMNPL'", "did you mean EMNLP"),
    ("import '\0.md'", 5, "no file", ""),
    ("import https://example.org/list.md", 5, "there is no file https", "save the page"),
    ("add /dev/../etc/passwd", 2, "names no paper", "it is a file.*rl import"),
    ("import ''", 5, "name of the file is empty", "standard input"),
    ("export -o ' '", 2, "name of the file is empty", "name one"),
    ("export -o list.docx", 2, "no format has the ending .docx", "--format markdown, bibtex"),
    ("export -o /dev/full", 1, "No space left on device", "make room"),
    ("report -o week.pdf", 2, "no format has the ending .pdf", "--format markdown or html"),
    ("report --lang fr", 2, "--lang cannot be 'fr'", "en or zh"),
    ("drop 4711 --why x", 3, "there is no paper #4711", "rl list"),
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


@pytest.mark.usefixtures("example")
def test_a_tag_or_venue_that_there_is_not_is_told() -> None:
    assert run(["tag", "add", "survey", "12"]).code == 0
    for words, says in (
        (["list", "--tag", "srvey"], "there is no tag 'srvey': did you mean survey?"),
        (["list", "--venue", "EMNPL"], "there is no venue 'EMNPL': did you mean EMNLP?"),
    ):
        result = run(words)
        assert result.code == 0 and not result.out and says in result.err
    assert "there is no" not in run(["list", "--tag", "survey", "--venue", "CVPR"]).err, (
        "there are both, but not together"
    )
    refused = run(["tag", "remove", "srvey", "12"])
    assert_explained(refused, 3, "there is no tag 'srvey'")
    assert "did you mean survey?" in refused.err


def test_an_empty_library_is_no_fault(rl: Rl, own_home: Path) -> None:
    for words in (["list"], ["todo"], ["topic", "list"], ["tag", "list"], ["venue", "list"], ["report"]):
        result = rl(*words)
        assert result.code == 0, f"rl {' '.join(words)}: {result.err}"
    assert not (own_home / "readlist" / "readlist.db").exists(), "a command that reads has made a library"
    for words in (["todo"], ["list"], ["report"], []):
        result = rl(*words)
        assert result.code == 0 and "rl import" in result.err and "rl add" in result.err, f"{words}: how to begin"
    assert_explained(rl("show", "12"), 3, "no paper")
