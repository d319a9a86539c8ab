"""`rl export`: the same filters as a list, to stdout or into a file, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from readlist.exporters import FORMATS
from readlist.services.export import export
from readlist.services.listing import Wanted
from tests.cli.helpers import assert_explained, environment, papers
from tests.conftest import Result, Rl
from tests.db.libraries import TODAY, add, library_at

PAGE = """# NLP

## 对比学习

- SimCSE: Simple Contrastive Learning of Sentence Embeddings, EMNLP 2021 https://arxiv.org/abs/2104.08821 #TODO
- Debiased Contrastive Learning, NeurIPS 2020 [arXiv](https://arxiv.org/abs/2007.00224) ✅
- 无监督句子表征综述，软件学报 2022 #TODO
"""


@pytest.fixture
def library(inside: Rl, tmp_path: Path) -> Rl:
    """The program on a library of three papers."""
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    inside("import", "page.md", "--yes", check=True)
    return inside


def keys(bib: str) -> list[str]:
    return [line.partition("{")[2].rstrip(",") for line in bib.splitlines() if line.startswith("@")]


def test_all_papers_by_default_in_order_of_their_keys(library: Rl) -> None:
    out = library("export", "--format", "bibtex", check=True).out
    assert keys(out) == sorted(it["key"] for it in papers(library)) and len(keys(out)) == 3
    assert library("export", "--format", "bibtex", check=True).out == out


@pytest.mark.parametrize(
    "filters",
    [("status:done",), ("--status", "todo"), ("-t", "对比"), ("--venue", "NIPS"), ("--pass", "1"), ("contrastive",),
     ("--limit", "1"), ("--sort", "year", "--limit", "2"), ("--sort", "urgency"), ("year:2021..",), ("--tag", "none")],
    ids=" ".join,
)  # fmt: skip
def test_the_filters_are_those_of_a_list(library: Rl, filters: tuple[str, ...]) -> None:
    words = filters if "--sort" in filters else (*filters, "--sort", "id")
    out = library("export", "--format", "bibtex", *words, check=True).out
    assert keys(out) == [it["key"] for it in papers(library, *words)]


@pytest.mark.parametrize(
    ("file", "begins"),
    [("a.bib", "@"), ("a.ris", "TY  - "), ("a.csv", "\ufeffid,"), ("b.csl.json", "[\n{"), ("A.BIB", "@")],
)
def test_the_ending_says_the_format(library: Rl, tmp_path: Path, file: str, begins: str) -> None:
    result = library("export", "-o", file, check=True)
    assert not result.out and f"3 papers written to {file}" in result.err
    assert (tmp_path / file).read_bytes().decode("utf-8").startswith(begins)
    assert "无监督句子表征综述" in (tmp_path / file).read_text("utf-8")


def test_the_format_outranks_the_ending(library: Rl, tmp_path: Path) -> None:
    library("export", "--format", "ris", "-o", "a.txt", check=True)
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("TY  - ")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_stdout_and_file_are_the_same_bytes(library: Rl, tmp_path: Path, own_home: Path, name: str) -> None:
    """In a pipe, whatever the encoding of the machine."""
    library("export", "--format", name, "-o", "file", check=True)
    piped = subprocess.run(
        [sys.executable, "-m", "readlist", "export", "--format", name],
        env=environment() | {"PYTHONIOENCODING": "latin-1", "RL_TODAY": "2026-11-21"},
        capture_output=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert piped.stdout == (tmp_path / "file").read_bytes()
    assert "无监督".encode() in piped.stdout


def test_json_tells_of_the_file_or_has_the_text(library: Rl, tmp_path: Path) -> None:
    data = library("export", "-o", "a.bib", "--json", check=True).json()["data"]
    assert data == {"path": "a.bib", "format": "bibtex", "papers": 3, "text": None}
    data = library("export", "--format", "bibtex", "--json", check=True).json()["data"]
    assert data == {"path": None, "format": "bibtex", "papers": 3, "text": (tmp_path / "a.bib").read_text("utf-8")}


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [(("--format", "word"), 2, "bibtex, csl-json"), (("--sort", "colour"), 2, "citations"),
     (("-t", "nowhere"), 3, "topic"),
     (("--limit", "-1"), 2, "limit"), (("--status", "gone"), 2, "listed"), (("colour:red",), 2, "colour")],
)  # fmt: skip
def test_what_cannot_be_leaves_the_file_alone(
    library: Rl, tmp_path: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    (tmp_path / "a.bib").write_text("older", "utf-8")
    assert_explained(library("export", "-o", "a.bib", *words), code, says)
    assert (tmp_path / "a.bib").read_text("utf-8") == "older"
    assert not [it for it in tmp_path.iterdir() if it.name.startswith(".a.bib")]


@pytest.mark.parametrize(
    ("file", "says"), [("no/such/folder.bib", "folder"), (".", "folder"), ("x" * 300, "cannot write")]
)
def test_a_file_that_cannot_be_written(library: Rl, file: str, says: str) -> None:
    assert_explained(library("export", "--format", "bibtex", "-o", file), 1, says)


def test_a_link_stays_a_link_and_rights_stay(library: Rl, tmp_path: Path) -> None:
    (tmp_path / "real.bib").write_text("older", "utf-8")
    (tmp_path / "real.bib").chmod(0o640)
    (tmp_path / "link.bib").symlink_to("real.bib")
    library("export", "-o", "link.bib", check=True)
    assert (tmp_path / "link.bib").is_symlink()
    assert len(keys((tmp_path / "real.bib").read_text("utf-8"))) == 3
    assert stat.S_IMODE((tmp_path / "real.bib").stat().st_mode) == 0o640


def test_what_is_no_file_is_written_into(library: Rl) -> None:
    library("export", "--format", "ris", "-o", os.devnull, check=True)
    assert not Path(os.devnull).is_file() and Path(os.devnull).exists()


def test_dash_is_stdout(library: Rl, tmp_path: Path) -> None:
    assert keys(library("export", "--format", "bibtex", "-o", "-", check=True).out)
    assert not (tmp_path / "-").exists()


def test_what_was_done_stands_in_the_table(library: Rl) -> None:
    library(
        "mark-read", "2104.08821", "--pass", "1", "--minutes", "30", "--note", "=1+1", "--summary", "好", check=True
    )
    out = library("export", "--format", "csv", "simcse", check=True).out
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""))
    told = {name: row[name] for name in ("status", "next_pass", "pass_1", "pass_2", "minutes", "notes", "summary")}
    assert told == {"status": "todo", "next_pass": "2", "pass_1": "2026-11-21", "pass_2": "", "minutes": "30",
                    "notes": "'=1+1", "summary": "好"}  # fmt: skip
    assert row["topics"] == "NLP/对比学习"


def test_an_empty_library_is_an_empty_file_of_its_format(inside: Rl) -> None:
    assert inside("export", "--format", "csl-json", check=True).out == "[]\n"
    assert inside("export", "--format", "bibtex", check=True).out == ""


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("to", ["", "-o /dev/stdout"], ids=["stdout", "named"])
def test_a_reader_that_leaves_ends_it(tmp_path: Path, name: str, to: str) -> None:
    """Quietly and at once: nothing is told, and the rest of the papers is not read."""
    with library_at(tmp_path / "readlist.db") as library, library.write("add") as work:
        for number in range(400):
            add(work, f"Paper number {number} {'and more ' * 60}", abstract=f"{number} is said of it. " * 60)
    shell = f"{{ {sys.executable} -m readlist export --format {name} {to}; echo exit $? >&2; }} | head -c 10"
    done = subprocess.run(
        ["sh", "-c", shell], env=environment() | {"RL_HOME": str(tmp_path)}, capture_output=True, check=False
    )
    assert done.stderr == b"exit 0\n" and len(done.stdout) == 10


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout here")
def test_a_pipe_is_written_into_by_its_name(rl: Rl, library: Rl) -> None:
    """What stands behind it in /proc is no place for a file."""
    printed = library("export", "--format", "bibtex", check=True).out
    assert rl("export", "--format", "bibtex", "-o", "/dev/stdout", check=True).out == printed


def test_exporting_loads_nothing_that_writes(library: Rl, tmp_path: Path) -> None:
    code = (
        "import sys; from readlist.cli import main; from readlist.context import Context; "
        "main(['export', '--format', 'bibtex', '-o', 'a.bib'], Context.of_process()); "
        "print(sorted({'sqlalchemy', 'rich', 'httpx', 'pydantic', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, encoding="utf-8", check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]", done.stdout
    assert keys((tmp_path / "a.bib").read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [(("--format", "ris", "--log", "all"), 2, "ris has no place for the log"),
     (("--format", "json", "--log", "some"), 2, "held"),
     (("--format", "json", "--log", "held", "contrastive"), 2, "whole library"),
     (("--like", "page.md", "--log", "held"), 2, "markdown has no place")],
)  # fmt: skip
def test_the_log_is_for_whole_libraries_in_json(library: Rl, words: tuple[str, ...], code: int, says: str) -> None:
    assert_explained(library("export", *words), code, says)


# -- stopped in the middle -------------------------------------------------------------------------------------------


def left(folder: Path) -> list[str]:
    """What an export has left beside its file."""
    return [it.name for it in folder.iterdir() if it.name.startswith(".library")]


@pytest.mark.parametrize("older", [None, "older"])
def test_a_full_disk_leaves_the_older_file(library: Rl, tmp_path: Path, older: str | None) -> None:
    file = tmp_path / "library.json"
    if older:
        file.write_text(older, "utf-8")

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(
        [sys.executable, "-m", "readlist", "export", "-o", "library.json"],
        env=environment() | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, encoding="utf-8", preexec_fn=full,
        check=False, cwd=tmp_path,
    )  # fmt: skip
    assert_explained(Result(done.returncode, done.stdout, done.stderr), 1, "cannot write library.json: File too large")
    assert (file.read_text("utf-8") if file.exists() else None) == older
    assert left(tmp_path) == []


STOPPED = """
import sys
from readlist.cli.files import write_file

def pieces():
    yield "a piece" * 100_000
    print("ready", flush=True)
    sys.stdin.read()

write_file("library.json", pieces())
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle_the_older_file_is_whole(tmp_path: Path, stop: signal.Signals) -> None:
    file = tmp_path / "library.json"
    file.write_text("older", "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED], env=environment(), cwd=tmp_path, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:  # fmt: skip
        assert process.stdout and process.stdout.readline() == "ready\n"
        process.send_signal(stop)
        process.communicate(timeout=60)
    assert process.returncode
    assert file.read_text("utf-8") == "older"
    if stop == signal.SIGINT:
        assert left(tmp_path) == []


def test_an_export_is_of_one_state(library: Rl, own_home: Path, tmp_path: Path) -> None:
    """What another command writes meanwhile is in all of it or in nothing."""
    with library_at(own_home / "readlist" / "readlist.db") as reading:
        before = "".join(export(reading.views, Wanted(), TODAY, "json").pieces)
        pieces = export(reading.views, Wanted(), TODAY, "json").pieces
        begun = [next(pieces), next(pieces)]
        library("note", "2104.08821", "written meanwhile", check=True)
        library("add", "--title", "Added Meanwhile", "--no-fetch", "-t", "new", check=True)
        assert "".join([*begun, *pieces]) == before
        assert "Added Meanwhile" in "".join(export(reading.views, Wanted(), TODAY, "json").pieces)
