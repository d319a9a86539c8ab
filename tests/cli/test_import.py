"""`rl import`: a page in, twice, revised, broken, and what its reader did since."""

import io
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from readlist.cli.bar import Bar
from readlist.services.import_file import import_pages
from readlist.services.pages_in import Page, read_page
from readlist.services.taking_in import Options
from tests.cli.helpers import EXAMPLE, assert_explained, by_arxiv, environment, on_terminal, paper, papers, refused
from tests.conftest import TODAY, Rl
from tests.db.libraries import dump_file, library_at

PAGE = """# NLP

## Contrastive

- SimCSE: Simple Contrastive Learning of Sentence Embeddings https://arxiv.org/abs/2104.08821 (Citations 3) #TODO
  - dropout is the only augmentation
- Debiased Contrastive Learning, NeurIPS 2020 [arXiv](https://arxiv.org/abs/2007.00224) ✅
- Contrastive Learning with Hard Negative Samples, ICLR 2021 [arXiv](https://arxiv.org/abs/2010.04592)
"""


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """These tests run the program in this process, since they run it often."""
    return inside


def imported(rl: Rl, *words: str | Path, input: str | None = None, code: int = 0) -> Any:
    """The data of an import."""
    result = rl("import", *words, "--json", input=input)
    assert result.code == code, f"exit {result.code}: {result.err}"
    return result.json()["data"]


def library(rl: Rl) -> Any:
    return rl("list", "--json", check=True).json()["data"]


@pytest.fixture
def page(tmp_path: Path, made: Path) -> Path:
    file = tmp_path / "page.md"
    file.write_text(PAGE, "utf-8")
    return file


def test_the_example_page(rl: Rl, made: Path) -> None:
    data = imported(rl, EXAMPLE)
    lines = data["files"][0]["lines"]
    assert sum(lines.values()) == len(EXAMPLE.read_text("utf-8").splitlines()), f"a line is not accounted for: {lines}"
    assert set(lines) == {"topics", "papers", "notes", "blank", "ignored"}
    assert lines["ignored"] == len(data["files"][0]["ignored"])
    assert data["created"] == len(data["papers"]) == library(rl)["total"]
    assert (data["merged"], data["unchanged"]) == (0, 0)
    before = library(rl)
    again = imported(rl, EXAMPLE)
    assert (again["created"], again["merged"], again["unchanged"]) == (0, 0, data["created"])
    assert library(rl) == before, "importing twice changes nothing"
    simcse = by_arxiv(rl)["2104.08821"]
    assert simcse["status"] == "done" and simcse["venue"] == "EMNLP" and simcse["citations"]["count"] == 3
    assert len(simcse["notes"][0]["text"].splitlines()) == 3, "its three notes"
    moco = by_arxiv(rl)["1911.05722"]
    assert len(moco["topics"]) == 2, "a paper under two headings is one paper under two topics"


def test_a_revised_page_changes_what_it_says_anew(rl: Rl, page: Path) -> None:
    imported(rl, page)
    rl("note", "2007.00224", "a note of my own", check=True)
    before = by_arxiv(rl)
    revised = (
        PAGE.replace("(Citations 3) #TODO", "(Citations 30) ✅")
        .replace("dropout is the only augmentation", "dropout is the augmentation, at 0.1")
        + "- ConSERT: A Contrastive Framework, ACL 2021 [arXiv](https://arxiv.org/abs/2105.11741) #TODO\n"
    )  # fmt: skip
    page.write_text(revised, "utf-8")
    data = imported(rl, page)
    assert (data["created"], data["merged"], data["unchanged"]) == (1, 1, 2)
    after = by_arxiv(rl)
    simcse = after["2104.08821"]
    assert (simcse["status"], simcse["next_pass"], simcse["citations"]["count"]) == ("done", None, 30)
    assert [note["text"] for note in simcse["notes"]] == ["- dropout is the augmentation, at 0.1"] or [
        note["text"].strip("- ") for note in simcse["notes"]
    ] == ["dropout is the augmentation, at 0.1"], f"the line of the page was edited, not added: {simcse['notes']}"
    assert after["2105.11741"]["status"] == "todo"
    for untouched in ("2007.00224", "2010.04592"):
        assert after[untouched] == before[untouched], "what the page did not change has changed"


def test_a_note_edited_by_hand_is_not_overwritten(rl: Rl, page: Path) -> None:
    imported(rl, page)
    rl("note", "2104.08821", "--edit", input="my own words, better than the page's", check=True)
    page.write_text(PAGE.replace("dropout is the only augmentation", "the page says something new"), "utf-8")
    imported(rl, page)
    texts = "\n".join(note["text"] for note in by_arxiv(rl)["2104.08821"]["notes"])
    assert "my own words, better than the page's" in texts, "the note written by hand is gone"
    assert "the page says something new" in texts, "what the page says anew is lost"


def test_the_marks_of_the_reader_stay(rl: Rl, page: Path) -> None:
    imported(rl, page)
    rl("drop", "2104.08821", "--why", "too old", check=True)
    rl("mark-read", "2010.04592", "--pass", "3", check=True)
    rl("want", "2007.00224", "--pass", "3", check=True)
    before = library(rl)
    data = imported(rl, page)
    assert data["unchanged"] == 3 and library(rl) == before
    page.write_text(PAGE.replace("2010.04592)", "2010.04592) #TODO"), "utf-8")
    imported(rl, page)
    found = by_arxiv(rl)
    assert found["2104.08821"]["status"] == "dropped", "given up by its reader: the page does not bring it back"
    assert found["2010.04592"]["status"] == "done", "read in rl since: the page's older mark does not undo it"
    assert (found["2007.00224"]["status"], found["2007.00224"]["next_pass"]) == ("todo", 3)


def test_dry_run_keeps_nothing(rl: Rl, page: Path, made: Path) -> None:
    before = made.read_bytes()
    result = rl("import", page, "--dry-run")
    assert result.code == 0 and "SimCSE" in result.out, "it shows what would be taken in"
    data = imported(rl, page, "--dry-run")
    assert data["created"] == 3 and data["dry_run"] is True
    assert library(rl)["total"] == 0
    assert rl("topic", "list", "--json", check=True).json()["data"]["total"] == 0
    assert made.read_bytes() == before


def test_dry_run_makes_no_library(rl: Rl, own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    rl("import", "page.md", "--dry-run", check=True)
    assert library(rl)["total"] == 0


def test_options(rl: Rl, page: Path) -> None:
    imported(rl, page, "--topic", "old/lists", "--unmarked", "todo", "--read-pass", "1")
    found = by_arxiv(rl)
    assert found["2104.08821"]["topics"] == ["old/lists/NLP/Contrastive"]
    assert (found["2010.04592"]["status"], found["2010.04592"]["next_pass"]) == ("todo", 1)
    assert [p["pass"] for p in found["2007.00224"]["passes"]] == [1]
    assert found["2007.00224"]["passes"][0]["finished"] is None
    refused(rl, "import", page, "--unmarked", "done", code=2, says="--unmarked cannot be 'done'", hint="listed, todo")
    refused(rl, "import", page, "--read-pass", "4", code=2, says="there is no pass 4")
    refused(rl, "import", page, "--topic", "a//b", code=2, says="not a topic")


def test_standard_input(rl: Rl, page: Path) -> None:
    data = imported(rl, "-", input=PAGE)
    assert data["created"] == 3 and data["files"][0]["path"] == "-"
    assert imported(rl, "-", input=PAGE)["unchanged"] == 3
    assert imported(rl, page)["created"] == 0, "the same page under a name has the same papers"


def test_one_of_several_files_is_broken(rl: Rl, page: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_bytes(b"\x7fELF\0\0\0\1\2")
    refused(rl, "import", page, "broken.md", "--strict", code=5, says="broken.md is not text")
    assert papers(rl) == []
    result = rl("import", "broken.md", page, "none.md")
    assert_explained(result, 5, "broken.md is not text")
    assert "there is no file none.md" in result.err
    assert len(papers(rl)) == 3, "the rest is imported"
    document = rl("import", "broken.md", page, "--json").json()
    assert document["status"] == "error" and document["data"]["unchanged"] == 3


def test_the_same_paper_in_two_files_is_one(rl: Rl, page: Path, tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(
        "# Mine\n\n- [x] SimCSE: simple contrastive learning of sentence embeddings\n", "utf-8"
    )
    data = imported(rl, page, "b.md")
    assert data["created"] == 3
    simcse = by_arxiv(rl)["2104.08821"]
    assert simcse["status"] == "done", "read on one page wins over todo on another"
    assert simcse["topics"] == ["NLP/Contrastive", "Mine"] or set(simcse["topics"]) == {"Mine", "NLP/Contrastive"}


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda file: file.write_text(""), "is empty"),
        (lambda file: file.write_text(" \n\n\t\n"), "is empty"),
        (lambda file: file.write_bytes(bytes(range(256)) * 9), "is not text"),
        (lambda file: file.mkdir(), "is a folder"),
        (lambda file: None, "there is no file"),
        (lambda file: file.write_bytes(b"- " * 25_000_000), r"page\.md:1: a line of more than 20 MB"),
        (lambda file: file.write_bytes(b"\xff\xfe\x00\xd8\x00"), "encoding|not text|empty"),
    ],
    ids=["empty", "blank", "binary", "folder", "missing", "large", "half-utf16"],
)
def test_files_that_are_no_pages(rl: Rl, made: Path, tmp_path: Path, make: Callable[[Path], object], says: str) -> None:
    make(tmp_path / "page.md")
    error = refused(rl, "import", "page.md", code=5, says=says)
    assert error["code"] == "input"


def test_pages_from_other_systems(rl: Rl, made: Path, tmp_path: Path) -> None:
    text = "# 句子\r\n\r\n- 一篇关于句子表征的论文, ACL 2021 ✅\r\n"
    for name, encoding in (("a.md", "utf-8-sig"), ("b.md", "gb18030"), ("c.md", "utf-16")):
        (tmp_path / name).write_bytes(text.encode(encoding))
        data = imported(rl, name)
        assert data["created"] + data["unchanged"] + data["merged"] >= 1, name
    assert "句子" in paper(rl, 1)["topics"][0]
    assert not re.search(r"[\ufeff\r]", paper(rl, 1)["title"])


def test_the_closing_lines_say_what_waits(rl: Rl, page: Path) -> None:
    result = rl("import", page, check=True)
    assert "3 new" in result.err and "1 of 3 papers wait" in result.err, result.err
    assert result.out == "", "the closing lines are messages, not data"
    assert rl("import", page, "-q", check=True).err == ""


# -- how far it is ---------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """Keeps what it is shown, and tells whoever waits for it that there is something."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text.strip():
            self.shown.set()
        return super().write(text)


def test_progress_is_told_of_every_paper(made: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with library_at(made) as library:
        pages = [Page("a.md", "a.md", PAGE), Page("b.md", "b.md", PAGE.replace("#TODO", "✅"))]
        import_pages(library, (), pages, Options(), lambda *it: told.append(it))
    assert told[:2] == [("reading a.md", 0, 0), ("reading b.md", 0, 0)]
    assert told[-1] == ("import", 6, 6)
    steps = [done for what, done, total in told[2:] if (what, total) == ("import", 6)]
    assert steps == sorted(steps) and len(steps) == len(told) - 2


def test_a_bar_is_shown_where_it_takes_long() -> None:
    screen = Terminal()
    with closing(Bar(screen, {"TERM": "xterm"})) as bar:
        bar.advance("import", 1, 4)
        assert bar.shown and "import" in screen.getvalue() and "1/4" in screen.getvalue()
        bar.advance("import", 4, 4)
        assert "import" not in screen.getvalue().rpartition("\x1b[2K")[2]
        bar.advance("reading a.md", 0, 0)  # of this nobody knows how far it is: it moves by itself
        screen.shown.clear()
        assert screen.shown.wait(20) and "reading a.md" in screen.getvalue()
        bar.advance("import", 2, 4)
        assert bar.shown and "2/4" in screen.getvalue()


def test_no_bar_is_shown_for_what_is_done_soon() -> None:
    screen = Terminal()
    with closing(Bar(screen, {"TERM": "xterm"}, patience=1000)) as bar:
        for done in range(4):
            bar.advance("reading a.md", 0, 0)
            bar.advance("import", done, 4)
        bar.advance("import", 4, 4)
    assert screen.getvalue() == ""


def test_a_small_page_is_taken_in_without_a_bar(page: Path, tmp_path: Path) -> None:
    screen = on_terminal(
        ["import", str(page), "--yes"], columns=80, env=environment() | {"RL_TODAY": TODAY}, cwd=tmp_path, typed="\n"
    )
    assert "3 new" in screen.text
    assert "\x1b" not in screen.raw and "━" not in screen.text


def test_in_a_pipe_nothing_is_told_of_progress(rl: Rl, made: Path, tmp_path: Path) -> None:
    names = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(150)]
    (tmp_path / "many.md").write_text("".join(f"- The {it}net for Learning, ACL 2020\n" for it in names), "utf-8")
    told = rl("import", "many.md", check=True).err
    assert told.startswith("many.md: 150 lines read") and "import:" not in told and "reading" not in told
    assert rl("export", "-o", "many.json", check=True).err.count("\n") == 1


# -- stopped in the middle -------------------------------------------------------------------------------------------

STOPPED = """
import sys
from datetime import datetime
from pathlib import Path
from readlist.db.library import Library
from readlist.services.import_file import import_pages
from readlist.services.taking_in import Options
from readlist.services.pages_in import read_page

def wait(what, done, total):
    if done and done >= total - 1:
        print("ready", flush=True)
        sys.stdin.read()

library = Library(Path(sys.argv[1]), lambda: datetime.now().astimezone(), print)
import_pages(library, (), [read_page(sys.argv[2])], Options(), wait)
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("file", ["page.md", "library.json"])
def test_stopped_in_the_middle_nothing_is_taken_in(
    rl: Rl, page: Path, made: Path, tmp_path: Path, file: str, stop: signal.Signals
) -> None:
    """Whether the library is empty, and would become the one of the file, or has something in it."""
    empty = shutil.copy(made, tmp_path / "empty.db")
    imported(rl, page)
    rl("export", "-o", "library.json", check=True)
    for path in (Path(empty), made):
        before = dump_file(path)
        (tmp_path / "page.md").write_text(PAGE.replace("SimCSE", "SimCSE, once more"), "utf-8")
        with subprocess.Popen(
            [sys.executable, "-c", STOPPED, path, file], env=environment(), cwd=tmp_path, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        ) as process:  # fmt: skip
            assert process.stdout and process.stdout.readline() == "ready\n"
            process.send_signal(stop)
            process.communicate(timeout=60)
        assert process.returncode
        assert dump_file(path) == before
        with library_at(path) as library:  # it can be written to again
            import_pages(library, (), [read_page(str(tmp_path / file))], Options())
            assert len(library.views.keys()) == 3
