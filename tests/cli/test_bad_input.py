"""What is wrong with the input is said in one clear sentence, with the right exit code, and changes nothing."""

import contextlib
import io
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from readlist.cli import main
from readlist.context import Context
from tests.cli.helpers import EXAMPLE, assert_explained, environment, papers, refused
from tests.conftest import TODAY, Result, Rl


def run(*args: str, env: Mapping[str, str] | None = None) -> Result:
    """One command line in this process, which is much faster than a process of its own."""
    out, err = io.StringIO(), io.StringIO()
    given = environment() | {"RL_TODAY": TODAY} | dict(env or {})
    code = main(args, Context(given, io.StringIO(), out, err, sleep=lambda seconds: None))
    return Result(code, out.getvalue(), err.getvalue())


def listed() -> Any:
    result = run("list", "--json")
    assert result.code == 0, result.err
    return result.json()


@pytest.fixture(scope="module")
def as_imported(example_library: Path) -> Any:
    """What `list --json` says of the example library, which every test begins with a copy of."""
    result = run("list", "--json", env={"RL_HOME": str(example_library), "RL_CONFIG": str(example_library / "none")})
    assert result.code == 0, result.err
    return result.json()


class Case(NamedTuple):
    """A command line that is refused: its exit code, what the sentence and what the hint says (regular expressions)."""

    line: tuple[str, ...]
    code: int
    says: str
    hint: str = ""


def case(line: str, code: int, says: str, hint: str = "") -> Case:
    """`line` is divided at blanks; `~` alone stands for an empty word."""
    return Case(tuple("" if word == "~" else word for word in line.split(" ")), code, says, hint)


CASES = (
    # references
    case("add 2104.1", 2, "'2104.1' names no paper", "arXiv id"),
    case("add 2104.08821v", 2, "'2104.08821v' is not an arXiv id", "2104.08821v4"),
    case("add S2:zz", 2, "not a Semantic Scholar id", "40 hexadecimal digits"),
    case("add ACL:x", 2, "not an ACL Anthology id", "P17-1061"),
    case("add CorpusId:x", 2, "not a Corpus id", "number"),
    case("add hello", 2, "'hello' names no paper", "--title"),
    case("add", 2, "what is to be added", "rl add 2104.08821"),
    case("add ~ --no-fetch", 2, "names no paper"),
    case("show #999", 3, "no paper #999", "rl list"),
    case("show nosuchpaper", 3, "no paper fits 'nosuchpaper'"),
    case("show simcsee2021gao", 3, "no paper fits"),
    case("show learning", 3, r"'learning' fits \d+ papers\n  \d+ ", "by its id or key"),
    case("drop ~ --why x", 2, "is empty", "@ is the current paper"),
    case("start 5 6", 2, "'?6'?", "rl start --help"),
    # numbers, dates, words that are not among those allowed
    case("mark-read 5 --pass 4", 2, "no pass 4", "1, 2 and 3"),
    case("mark-read 5 --pass 0", 2, "no pass 0", "1, 2 and 3"),
    case("start 5 --pass 4", 2, "no pass 4"),
    case("list --pass 4", 2, "no pass 4"),
    case("mark-read 5 --pass two", 2, "'two' is not a whole number"),
    case("mark-read 5 --pass 1 --on tomorrow", 2, "2026-11-22 is in the future", "today is 2026-11-21"),
    case("mark-read 5 --pass 1 --on 2027-01-01", 2, "2027-01-01 is in the future"),
    case("mark-read 5 --pass 1 --on 2026-02-30", 2, "'2026-02-30' is not a date", "2026-11-21"),
    case("mark-read 5 --pass 1 --then 4", 2, "--then cannot be '4'", "1, 2, 3, done, drop"),
    case("mark-read 5 --pass 1 --minutes -5", 2, "-5 minutes", "from 0"),
    case("mark-read 5 --pass 1 --minutes 99999999999999999999", 2, "cannot take"),
    case("add 2104.08821 --no-fetch --due someday", 2, "'someday' is not a date"),
    case("add 2104.08821 --no-fetch --priority urgent", 2, "cannot be 'urgent'", "high, normal, low"),
    case("todo --limit -1", 2, "--limit cannot be -1", "0 means all"),
    case("list --limit=-1", 2, "--limit cannot be -1", "0 means all"),
    case("list --limit ten", 2, "'ten' is not a whole number"),
    case("list --sort colour", 2, "--sort cannot be 'colour'", "citations"),
    case("list --status read", 2, "--status cannot be 'read'", "listed, todo, reading, done, dropped"),
    case("list year:x", 2, "year:x .*is not a number", r"year:2018\.\.2020"),
    case("list colour:red", 2, "unknown key 'colour'", "topic, tag, venue"),
    case('list "open', 2, "the quote is not closed", "close the quote"),
    Case(("list", "a" * 100_000), 2, "too long"),
    case("report --week 2026-W60", 2, "2026 has no week 60", "52 or 53"),
    case("report --since tomorrow --until yesterday", 2, "2026-11-22 is after 2026-11-20"),
    case("report --lang fr", 2, "cannot be 'fr'", "en or zh"),
    case("refresh", 2, "what is to be refreshed", "--pending"),
    case("refresh --stale old", 2, "'old' is not an age", "7d"),
    # labels
    case("list -t contrastiv+leaning", 3, "no topic 'contrastiv", "did you mean .*Contrastive learning"),
    case("topic remove NLPP", 3, "no topic 'NLPP'", "did you mean NLP"),
    case("summary -t quantum", 3, "no topic 'quantum'", "rl topic list"),
    case("tag add ~ 5", 2, "a tag cannot be empty"),
    case("tag add # 5", 2, "a tag cannot be empty"),
    case("add 2104.08821 --no-fetch --tag ~", 2, "a tag cannot be empty"),
    case("add 2104.08821 --no-fetch -t ~", 2, "'' is not a topic"),
    case("topic add // 5", 2, "'//' is not a topic", "name/name"),
    case("topic move NLP NLP", 2, "below itself"),
    case("tag rename nosuch new", 3, "no tag 'nosuch'", "rl tag list"),
    case("venue merge nosuch ACL", 3, "no venue 'nosuch'", "rl venue list"),
    case("venue alias ACL ~", 2, "cannot be empty|not a venue's name"),
    case("venue alias ACL ?!", 2, "not a venue's name", "letters or digits"),
    # commands and options
    case("lst", 2, "did you mean|Did you mean", "rl --help"),
    case("topic lst", 2, "Did you mean 'list'", "rl topic --help"),
    case("list --topc NLP", 2, "--topc", "did you mean --topic.*rl list --help"),
    case("drop 5", 2, "--why", "rl drop --help"),
    # many papers, and nobody to ask
    case("mark-read 5 6 7 --pass 1", 2, r"pass 1 as read \(3 papers\)", "--yes"),
    case("want 5 6 7", 2, r"\(3 papers\)", "--yes"),
    case("drop 5 6 7 --why old", 2, r"give up \(3 papers\)", "--yes"),
    case("reopen 5 6 7", 2, r"\(3 papers\)", "--yes"),
    case("topic remove NLP", 2, r"remove NLP with all below it \(\d+ papers\)", "--yes"),
    case("tag add survey 5 6 7", 2, r"\(3 papers\)", "--yes"),
    # settings
    case("config set report.lang fr", 2, "report.lang .*cannot be 'fr'", "en or zh"),
    case("config set arxiv.dely 1", 2, "no setting 'arxiv.dely'", "did you mean arxiv.delay"),
    case("config set home x", 2, "no setting 'home'"),
    # files
    case("import none.md", 5, "no file none.md", "check its name"),
    case("import ~nobody-here/none.md", 5, "no file ~nobody-here/none.md"),
    case("import folder", 5, "folder is a folder", "files in it"),
    case("import empty.md", 5, "empty.md is empty"),
    case("import blank.md", 5, "blank.md is empty"),
    case("import binary.md", 5, "binary.md is not text", "plain text"),
    case("import unknown.md", 5, "unknown encoding", "UTF-8"),
    case("import large.md", 5, "large.md:1: a line of more than 20 MB", "into lines"),
    case("import page.md none.md --strict", 5, "no file none.md"),
    case("import page.md --unmarked read", 2, "--unmarked cannot be 'read'", "listed, todo"),
    case("import page.md --read-pass 7", 2, "no pass 7"),
    case("add --from none.txt", 5, "no file none.txt"),
    case("add --from binary.md", 5, "is not text"),
    case("report --template none.j2", 5, "cannot read the template none.j2: No such file or directory$"),
    case("report --template folder", 5, "cannot read the template folder: Is a directory$"),
    case("report --template binary.md", 5, "the template binary.md is not text"),
    case("report --template broken.j2", 5, "line 2 of the template"),
    case("report --template ~nobody-here/x.j2", 5, "cannot read the template"),
    case("report -o none/week.md", 1, "cannot write none/week.md: No such file", "folder"),
    case("report -o /", 1, "cannot write /: it is a folder"),
    case("report -o .", 1, "cannot write .: it is a folder"),
    Case(("report", "-o", "a" * 300), 1, "File name too long"),
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that this test runs in, with files of the kinds that a page is not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text("- A Paper of This Page, ACL 2020 #TODO\n", "utf-8")
    (tmp_path / "empty.md").touch()
    (tmp_path / "blank.md").write_text("\n \n", "utf-8")
    (tmp_path / "binary.md").write_bytes(bytes(range(256)))
    (tmp_path / "unknown.md").write_bytes(b"- A Paper \xff\xff\n")
    (tmp_path / "broken.j2").write_text("# {{ week }}\n{% for x %}\n", "utf-8")
    (tmp_path / "folder").mkdir()
    with (tmp_path / "large.md").open("wb") as large:
        large.truncate(50_000_000)
    return tmp_path


@pytest.mark.usefixtures("example", "files")
@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: " ".join(wrong.line)[:60])
def test_is_refused_with_a_sentence_and_a_hint(wrong: Case, as_imported: Any) -> None:
    plain = run(*wrong.line)
    assert_explained(plain, wrong.code, wrong.says.removesuffix("$"))
    assert plain.out == "", "nothing goes to stdout"
    faults = [line for line in plain.err.splitlines() if line.startswith("rl: ")]
    assert len(faults) == 1, f"one sentence, not {len(faults)}: {plain.err}"
    if wrong.says.endswith("$"):
        assert not faults[0].endswith("'") and "Errno" not in faults[0], faults[0]
    hints = [line for line in plain.err.splitlines() if line.startswith("    ")]
    assert hints, f"no hint says what to do next: {plain.err}"
    assert contains(wrong.hint, " ".join(hints)), f"{wrong.hint!r} is not in the hint: {hints}"
    with_json = run(*wrong.line, "--json")
    assert with_json.code == wrong.code, f"exit {with_json.code} with --json, {wrong.code} without"
    document = with_json.json()
    assert (document["version"], document["status"]) == (1, "error"), document
    error = document["errors"][-1]
    assert set(error) >= {"code", "message", "hint", "ref"}, f"a key is missing: {error}"
    assert error["message"] and "Traceback" not in with_json.err
    assert listed() == as_imported, "the library has changed"


def contains(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


@pytest.mark.usefixtures("example")
def test_an_ambiguous_title_lists_its_candidates() -> None:
    result = run("show", "learning", "--json")
    (error,) = result.json()["errors"]
    assert result.code == 3 and error["code"] == "ambiguous" and error["ref"] == "learning"
    assert 1 < len(error["candidates"]) <= 10, error
    first = error["candidates"][0].split()
    assert run("show", first[0]).out == run("show", first[1]).out, "a candidate begins with its id and its key"


@pytest.mark.usefixtures("example")
def test_a_paper_named_twice_is_taken_once() -> None:
    for line in ("add 2104.08821 arXiv:2104.08821v2 --no-fetch", "want 5 #5 5", "topic add X 5 5", "tag add x 5 5 5"):
        result = run(*line.split(" "), "--json")
        assert result.code == 0, f"{line}: {result.err}"
        data = result.json()["data"]
        assert data.get("total", data.get("added")) == 1, f"{line}: {data}"
    assert run("mark-read", "5", "5", "5", "--pass", "3").code == 0, "one paper named three times is not three papers"
    passes = run("show", "5", "--json").json()["data"]["paper"]["passes"]
    assert [it["pass"] for it in passes if not it["implied"]].count(3) == 1, "the pass was finished once"


@pytest.mark.usefixtures("example", "files")
def test_what_could_be_read_is_imported() -> None:
    result = run("import", "page.md", "none.md", "--json")
    document = result.json()
    assert (result.code, document["status"], document["data"]["created"]) == (5, "error", 1)
    assert ["none.md" in error["message"] for error in document["errors"]] == [True]


WRONG_SETTINGS = (
    ("RL_ARXIV_DELAY", "[arxiv]\ndelay = 'soon'", "soon", "a number of seconds"),
    ("RL_S2_DELAY", "[s2]\ndelay = -1", "-1", "a number of seconds"),
    ("RL_TIMEOUT", "[network]\ntimeout = 0", "0", "above 0"),
    ("RL_CONTACT", "[network]\ncontact = 'nobody'", "nobody", "e-mail"),
    ("RL_ARXIV_URL", "[arxiv]\nurl = 'ftp://x'", "ftp://x", "https://"),
    ("RL_LANG", "[report]\nlang = 'fr'", "fr", "en or zh"),
)


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(("variable", "toml", "value", "allowed"), WRONG_SETTINGS)
def test_a_wrong_value_of_a_setting(own_home: Path, variable: str, toml: str, value: str, allowed: str) -> None:
    name = toml[1:].replace("]\n", ".").split(" ")[0]
    in_environment = run("list", env={variable: value})
    assert_explained(in_environment, 2, f"{name} .*{variable}.* cannot be '?{value}'?\\n    allowed: .*{allowed}")
    (own_home / "config.toml").write_text(toml + "\n", "utf-8")
    kept = {key: text for key, text in environment().items() if key != variable}
    out, err = io.StringIO(), io.StringIO()
    code = main(["list", "--json"], Context(kept | {"RL_TODAY": TODAY}, io.StringIO(), out, err))
    assert_explained(
        Result(code, "", err.getvalue()), 2, f"{name} .*file.* cannot be '?{value}'?\\n    allowed: .*{allowed}"
    )
    assert json.loads(out.getvalue())["errors"][0]["code"] == "setting"


@pytest.mark.usefixtures("example")
def test_an_unknown_setting_is_a_warning(own_home: Path) -> None:
    (own_home / "config.toml").write_text("[report]\nlanguage = 'zh'\n", "utf-8")
    result = run("list", "--limit", "1", "--json")
    assert result.code == 0 and result.json()["data"]["total"] > 1, "it works all the same"
    assert "warning" in result.err and "'report.language'" in result.err, result.err
    assert result.err.count("warning") == 1, "it is said once"


@pytest.mark.usefixtures("example")
def test_a_settings_file_that_is_none(own_home: Path) -> None:
    for text, says in ((b"lang = ", "not valid TOML"), (b"\xff\xfe", "cannot read the settings file")):
        (own_home / "config.toml").write_bytes(text)
        assert_explained(run("list"), 2, says)


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("today", ["nonsense", "2026-13-01", "20:15", "2026-11-21T09:30+99:00"])
def test_a_wrong_today(today: str) -> None:
    for command in ("list", "todo", "report"):
        result = run(command, env={"RL_TODAY": today})
        assert_explained(result, 2, "RL_TODAY cannot be .*\n    allowed: a date or date-time")


# -- the library's file --------------------------------------------------------------------------------------------


def test_a_locked_library_is_left_alone(rl: Rl, example: Path) -> None:
    before = papers(rl)
    with contextlib.closing(sqlite3.connect(example / "readlist.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        result = rl("want", "5", "--json")
        assert result.code == 1, result.err
        assert papers(rl) == before, "reading does not wait for the other one"
        other.execute("rollback")
    assert_explained(result, 1, "another rl is writing")
    assert "try again" in result.err
    assert result.json()["errors"][0]["code"] == "database"
    assert papers(rl) == before


def _make(path: Path, *statements: str) -> bytes:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["corrupt", "newer", "foreign", "text", "folder"])
def test_a_file_that_is_no_library_of_this_program_is_not_touched(
    rl: Rl, made: Path, kind: str, own_home: Path
) -> None:
    says, hint, code = {
        "corrupt": ("damaged|not a database", "backups", "database"),
        "newer": ("made by a newer rl.*9999", "update readlist", "newer-database"),
        "foreign": ("database of another program", "RL_HOME", "database"),
        "text": ("not a database", "backups", "database"),
        "folder": ("cannot open", "folder", "database"),
    }[kind]
    before = b""
    if kind == "newer":
        before = _make(made, "update alembic_version set version_num = '9999'")
    else:
        made.unlink()
        if kind == "folder":
            made.mkdir()
        elif kind == "foreign":
            before = _make(made, "create table songs (name text)", "insert into songs values ('Lola')")
        else:
            before = b"my shopping list" if kind == "text" else b"SQLite format 3\0" + os.urandom(9000)
            made.write_bytes(before)
    for command in (("list",), ("add", "--title", "A Paper", "--no-fetch"), ("import", str(EXAMPLE))):
        result = run(*command, "--json")
        assert_explained(result, 1, says)
        (error,) = result.json()["errors"]
        assert error["code"] == code, error
        assert contains(hint, error["hint"]), error
    if kind != "folder":
        assert made.read_bytes() == before, f"the {kind} file has changed"
    left = sorted(path.name for path in made.parent.iterdir())
    assert left in (["readlist.db"], ["readlist.db", "readlist.db-shm", "readlist.db-wal"]), f"left behind: {left}"


def test_a_full_disk_keeps_the_library_whole(rl: Rl, example: Path, tmp_path: Path) -> None:
    before = papers(rl)
    page = tmp_path / "many.md"
    letters = str.maketrans("0123456789", "abcdefghij")
    titles = [f"{str(n).translate(letters).title()}nets for Learning" for n in range(1000, 1800)]
    page.write_text("".join(f"- {title}, ACL 2020 #TODO\n  - {'a note ' * 20}\n" for title in titles), "utf-8")
    limit = (example / "readlist.db").stat().st_size + 20_000

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "readlist", "import", str(page), "--json"],
        env=environment() | {"RL_TODAY": TODAY, "PYTHONDONTWRITEBYTECODE": "1"}, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", preexec_fn=full, check=False, timeout=120,
    )  # fmt: skip
    result = Result(done.returncode, done.stdout, done.stderr)
    assert_explained(result, 1, "disk|File too large")
    assert "nothing was changed" in result.err, result.err
    assert result.json()["errors"][0]["code"] == "database"
    assert papers(rl) == before, "a part of the page was kept"


def test_a_first_start_on_a_full_disk(own_home: Path) -> None:
    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    command = [sys.executable, "-m", "readlist", "add", "--title", "A Paper", "--no-fetch"]
    env = environment() | {"RL_TODAY": TODAY, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, env=env, capture_output=True, encoding="utf-8", preexec_fn=full, check=False, timeout=120
    )
    assert_explained(Result(done.returncode, done.stdout, done.stderr), 1, "disk|File too large")
    again = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert again.returncode == 0, f"with room again it goes on: {again.stderr}"


# -- the streams -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_that_is_full(example: Path) -> None:
    env = environment() | {"RL_TODAY": TODAY}
    for command in (["list"], ["list", "--json"], ["nosuch", "--json"], ["--help"]):
        with Path("/dev/full").open("w") as out:
            done = subprocess.run(
                [sys.executable, "-m", "readlist", *command], env=env, stdout=out, stderr=subprocess.PIPE,
                encoding="utf-8", check=False,
            )  # fmt: skip
        assert_explained(Result(done.returncode, "", done.stderr), 1, "cannot write the output: No space left")
        assert "Exception ignored" not in done.stderr, done.stderr


def test_streams_that_are_closed(rl: Rl, example: Path) -> None:
    program = f"{sys.executable} -m readlist"
    env = environment() | {"RL_TODAY": TODAY}
    for line, code in (
        (f"{program} list >&-", 0),
        (f"{program} nosuch 2>&-", 2),
        (f"{program} want 5 6 7 <&-", 2),
        (f"{program} add --title 'A Paper' --no-fetch 2>&-", 0),
        (f"printf '\\377' | PYTHONIOENCODING=utf-8:strict {program} note 5", 5),
    ):
        done = subprocess.run(["sh", "-c", line], env=env, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == code, f"{line}: exit {done.returncode}: {done.stderr}"
        assert "Traceback" not in done.stderr and "unexpected fault" not in done.stderr, done.stderr
    assert papers(rl)[-1]["title"] == "A Paper", "messages that nobody hears stop nothing"


def test_bytes_that_are_no_text_as_arguments(rl: Rl, example: Path) -> None:
    wrong = os.fsdecode(b"\xff\xfe")
    for line in (
        *(("show", wrong), ("list", wrong), ("add", wrong), ("note", wrong), ("note", "5", wrong), ("import", wrong)),
        *(("tag", "add", wrong, "5"), ("topic", "add", wrong, "5"), ("venue", "alias", "ACL", wrong)),
        ("drop", "5", "--why", wrong),
    ):
        result = run(*line)
        assert result.code in (0, 2, 3, 5), f"{line}: exit {result.code}: {result.err}"
        assert not result.code or result.err.startswith("rl: "), result.err
    refused(rl, "show", wrong, code=2, says="empty")


# -- anything at all --------------------------------------------------------------------------------------------------

WORDS = (
    *"add refresh todo list show start mark-read want drop reopen note summary import report topic tag venue".split(),
    *"config remove move merge alias rename set unset --json -q -v --help --version --yes -t --topic --tag".split(),
    *"--pass --limit --sort --why --status --on --then --minutes --note --title --no-fetch --from --due".split(),
    *"--priority --week --since --until --lang --template --dry-run --unmarked --stale --all --pending --edit".split(),
    *"-- - @ 1 #2 0 -1 4 2104.08821 NLP contrastive 10.1/x http:// https://arxiv.org/abs/ ACL:x page.md".split(),
    *"none.md . / year:2020.. cites:>x -x ~x 99999999999999999999 2026-W47 [red] ' % * OR 标签".split(),
    "", " ", '"', "\x1b[31m", "\udcff", "\u202e",
)  # fmt: skip
_word = st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)


@pytest.fixture(scope="module")
def playground(example_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that any command line may be tried on."""
    folder = tmp_path_factory.mktemp("anything")
    shutil.copytree(example_library, folder / "home")
    (folder / "page.md").write_text("- A Paper of This Page, ACL 2020 #TODO\n", "utf-8")
    return folder


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_word, max_size=6))
@example(words=["todo", "--limit", "99999999999999999999"])
@example(words=["import", "~x"])
@example(words=["list", "--", "--json"])
def test_any_words_are_answered(words: list[str], playground: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Reports may be written anywhere, and settings and libraries be anyone's: those options are not played with.
    words = [word for word in words if not word.startswith(("-o", "--ou", "--ho", "--co", "--inst", "--show"))]
    monkeypatch.chdir(playground)
    env = {"RL_HOME": str(playground / "home"), "RL_CONFIG": str(playground / "config.toml")}
    result = run(*words, env=env | {"RL_ARXIV_DELAY": "0", "RL_S2_DELAY": "0"})
    assert result.code in (0, 1, 2, 3, 4, 5, 130), f"{words}: exit {result.code}: {result.err}"
    assert "Traceback" not in result.err and "unexpected fault" not in result.err, f"{words}: {result.err}"
    if result.code and "--help" not in words and "-h" not in words:
        assert result.err.strip(), f"{words}: exit {result.code}, and nothing says why"
    if words[:1] == ["config"]:
        (playground / "config.toml").unlink(missing_ok=True)
