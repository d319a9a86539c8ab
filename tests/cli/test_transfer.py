"""A library as JSON: complete, taken into a new library as it is and into another one without loss; pages rewritten."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from readlist import importers
from readlist.errors import InputError
from tests.conftest import Rl
from tests.replay import at_home, ran

PAGE = """# NLP

all about language

## 句子表征

- SimCSE: Simple Contrastive Learning of Sentence Embeddings, EMNLP 2021 (Citations 219) ✅
  - dropout as noise
- #TODO [BERT-flow: On the Sentence Embeddings](https://arxiv.org/abs/2011.05864), EMNLP 2020 [code](https://github.com/a/b)

# CV

- Momentum Contrast for Unsupervised Visual Representation Learning, CVPR 2020
"""


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("add", "--title", "Gone before long", "--no-fetch"),
    ("undo", "--yes"),
    ("start", "bert-flow", "--pass", "1"),
    (*"mark-read momentum --pass 3 --minutes 90 --on 2026-11-19 --note".split(), "a note\n# of the pass"),
    ("note", "momentum", "another | note"),
    ("summary", "simcse", "Two dropouts make a pair."),
    ("drop", "simcse", "--why", "read enough"),
    ("topic", "alias", "NLP", "language"),
    ("topic", "add", "empty/one"),
    ("tag", "add", "survey", "simcse"),
    ("venue", "alias", "CVPR", "Computer Vision Meeting"),
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with something of everything in it, and with something gone from it. It is copied, not changed."""
    folder = tmp_path_factory.mktemp("stored")
    (folder / "page.md").write_text(PAGE, encoding="utf-8")
    ran("import", str(folder / "page.md"), env=at_home(folder / "home"))
    for command in COMMANDS:
        ran(*command, env=at_home(folder / "home"))
    return folder


@pytest.fixture(scope="module")
def written(stored: Path) -> str:
    """The same library as JSON."""
    return ran("export", "--format", "json", env=at_home(stored / "home"))


@pytest.fixture
def used(rl: Rl, stored: Path, own_home: Path, tmp_path: Path) -> Rl:
    """The program with that library."""
    shutil.copytree(stored / "home", own_home / "readlist")
    shutil.copy(stored / "page.md", tmp_path)
    return rl


def other(tmp_path: Path, name: str = "other") -> dict[str, str]:
    return {"RL_HOME": str(tmp_path / name)}


def shown(rl: Rl, paper: str, env: dict[str, str]) -> Any:
    return rl("show", paper, "--json", env=env, check=True).json()["data"]["paper"]


def test_a_library_taken_into_a_new_one_is_equal(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", check=True)
    env = other(tmp_path)
    result = used("import", "library.json", "--json", env=env, check=True).json()["data"]
    assert (result["created"], result["merged"], result["files"][0]["format"]) == (3, 0, "json")
    lines = (tmp_path / "library.json").read_text(encoding="utf-8").split("\n")
    assert sum(result["files"][0]["lines"].values()) == len(lines) - 1
    assert used("export", "--format", "json", env=env).out == "\n".join(lines)
    for paper in ("simcse", "bert-flow", "momentum"):
        assert shown(used, paper, env) == shown(used, paper, {})
    assert used("todo", env=env).out == used("todo").out


def test_the_log_comes_along(used: Rl, tmp_path: Path) -> None:
    used("topic", "remove", "empty/one", check=True)
    used("undo", check=True)
    used("export", "-o", "library.json", "--log", "all", check=True)
    env = other(tmp_path)
    told = used("import", "library.json", env=env, check=True).err
    assert "its log came with it" in told
    assert used("log", "-n", "0", env=env).out == used("log", "-n", "0").out
    assert used("log", "momentum", env=env).out == used("log", "momentum").out != ""
    for command in ("redo", "undo", *["undo"] * 9):
        ours, theirs = (used(command, "--yes", env=it, check=True).err for it in ({}, env))
        assert theirs == ours
    assert (
        used("export", "--format", "json", "--log", "all", env=env).out
        == used("export", "--format", "json", "--log", "all").out
    )
    # What was given once is not given again, though it is gone.
    used("add", "--title", "Comes afterwards", "--no-fetch", env=env, check=True)
    assert shown(used, "Comes afterwards", env)["id"] == 5


def test_what_was_taken_back_is_in_the_file_only_if_asked_for(used: Rl, tmp_path: Path) -> None:
    before = used("export", "--format", "json", check=True).out
    used("note", "simcse", "secret", check=True)
    after = used("export", "--format", "json", check=True).out
    assert after != before
    used("undo", check=True)
    assert used("export", "--format", "json", check=True).out == before
    used("redo", check=True)
    assert used("export", "--format", "json", check=True).out == after
    used("undo", check=True)
    whole, held, without = (
        used("export", "--format", "json", "--log", which, check=True).json() for which in ("all", "held", "none")
    )
    commands = list({entry["id"]: entry["command"] for entry in held["log"]}.values())  # of an entry there may be parts
    assert [entry["command"] for entry in whole["log"]][-4:] == ["note", "undo", "redo", "undo"]
    assert "undo" not in commands and commands[0] == "import" and len(commands) == len(COMMANDS) - 1
    assert not {"log", "authors", "last"} & without.keys() and without["papers"] == held["papers"]


def test_without_a_log_taking_in_is_an_entry_of_its_own(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", "--log", "none", check=True)
    env = other(tmp_path)
    used("import", "library.json", env=env, check=True)
    assert [line.split("\t")[2] for line in used("log", env=env).out.splitlines()] == ["import"]
    used("undo", "--yes", env=env, check=True)
    assert used("list", env=env).out == ""
    assert used("topic", "list", env=env).out == ""


def test_where_something_was_done_the_log_is_passed_over(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", check=True)
    env = other(tmp_path)
    used("add", "--title", "My own paper of no fame", "--no-fetch", env=env, check=True)
    before = used("export", "--format", "json", env=env).out
    told = used("import", "library.json", "--yes", env=env, check=True).err
    assert "its log" not in told
    assert [line.split("\t")[2] for line in used("log", env=env).out.splitlines()] == ["import", "add"]
    used("undo", "--yes", env=env, check=True)
    assert used("export", "--format", "json", env=env).out == before


def test_below_a_topic_of_its_own_a_library_is_not_restored(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", check=True)
    env = other(tmp_path)
    used("import", "library.json", "--topic", "old", env=env, check=True)
    assert shown(used, "momentum", env)["topics"] == ["old/CV"]
    assert [line.split("\t")[2] for line in used("log", env=env).out.splitlines()] == ["import"]


def test_a_page_after_the_library_is_a_command_after_the_last(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", check=True)
    (tmp_path / "more.md").write_text("# CV\n\n- A Paper That Is New Here, ICCV 2023\n", encoding="utf-8")
    env = other(tmp_path)
    used("import", "library.json", "more.md", env=env, check=True)
    text = used("export", "--format", "json", env=env).out
    assert json.loads(text)["log"][-1]["papers"] == {"added": [4]}
    used("undo", env=env, check=True)
    assert used("export", "--format", "json", env=env).out == (tmp_path / "library.json").read_text("utf-8")


@pytest.mark.parametrize(
    "change",
    [
        ["sqlite_master", [1], None, 5, None, None],
        ["log", [1], None, 5, None, None],
        ["papers", [1], {'title" = 1; drop table papers; --': 1}, None, None, None],
        ["papers", [1, 2], None, 5, None, None],
        ["papers", ["one"], None, 5, None, None],
        ["papers", [2**63], None, 5, None, None],
        ["papers", [1], {"title": {"a": 1}}, None, None, None],
        ["papers", [1], "all", 5, None, None],
        ["papers", [1], None, 5, "one", None],
        ["papers", 1, None, 5],
        7,
    ],
)
def test_a_log_that_could_not_be_taken_back_is_refused(used: Rl, tmp_path: Path, change: object) -> None:
    whole = used("export", "--format", "json", check=True).json()
    whole["log"][-1]["changes"].append(change)
    (tmp_path / "library.json").write_text(json.dumps(whole), encoding="utf-8")
    result = used("import", "library.json", env=other(tmp_path))
    assert result.code == 5
    assert "entry 12 says what this rl does not know" in result.err and "--log none" in result.err
    assert used("list", env=other(tmp_path)).out == ""


def test_it_is_one_document_and_a_paper_a_line(used: Rl) -> None:
    text = used("export", "--format", "json", check=True).out
    whole = json.loads(text)
    assert (whole["rl"], whole["version"]) == ("library", 1)
    assert [paper["id"] for paper in whole["papers"]] == [1, 2, 3]
    assert sum(line.startswith('{"id"') and '"key"' in line for line in text.split("\n")) == 3
    assert sum(line.startswith('{"id"') and '"command"' in line for line in text.split("\n")) == len(whole["log"])
    simcse = whole["papers"][0]
    assert simcse["drop_reason"] == "read enough"
    assert simcse["summary"]["text"] == "Two dropouts make a pair."
    assert simcse["citations"] == [{"count": 219, "source": "page", "observed": "2026-11-21"}]
    assert simcse["sources"]["year"]["source"] == "page"


def test_taking_in_twice_changes_nothing(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", check=True)
    for env in ({}, other(tmp_path)):
        used("import", "library.json", env=env, check=True)
        before = used("export", "--format", "json", env=env).out
        again = used("import", "library.json", "--json", env=env, check=True).json()["data"]
        assert (again["created"], again["merged"], again["unchanged"]) == (0, 0, 3)
        assert used("export", "--format", "json", env=env).out == before


def test_into_a_library_with_papers_nothing_is_lost_on_either_side(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", check=True)
    env = other(tmp_path)
    for command in (
        ("add", "--title", "My own paper of no fame", "--no-fetch", "-t", "mine"),
        ("add", "--title", "Momentum Contrast for Unsupervised Visual Representation Learning", "--no-fetch"),
        ("note", "momentum", "mine"),
        ("mark-read", "momentum", "--pass", "1", "--on", "2026-11-20"),
        ("add", "2011.05864", "--no-fetch", "--priority", "high"),
        ("summary", "2011.05864", "My summary."),
        ("mark-read", "2011.05864", "--pass", "2", "--on", "2026-11-20"),
    ):
        used(*command, env=env, check=True)
    result = used("import", "library.json", "--json", "--yes", env=env, check=True).json()["data"]
    assert (result["created"], result["merged"]) == (1, 2)
    moco, flow, simcse = (shown(used, paper, env) for paper in ("momentum", "2011.05864", "simcse"))
    assert [note["text"] for note in moco["notes"]] == ["mine", "a note\n# of the pass", "another | note"]
    assert [(p["pass"], p["finished"]) for p in moco["passes"] if not p["implied"]] == [
        (1, "2026-11-20"),
        (3, "2026-11-19"),
    ]
    assert moco["status"] == "done" and moco["topics"] == ["CV"]
    assert (flow["title"], flow["priority"], flow["summary"]) == (
        "BERT-flow: On the Sentence Embeddings",
        "high",
        "My summary.",
    )
    assert flow["links"][0]["url"] == "https://github.com/a/b"
    assert (simcse["status"], simcse["tags"], simcse["year"]) == ("dropped", ["survey"], 2021)
    assert used("topic", "list", env=env).out.count("empty") >= 1
    assert used("list", "-t", "language", env=env, check=True).out.count("\n") == 2


def test_a_wish_is_fulfilled_by_a_pass_of_the_other_library(used: Rl, tmp_path: Path) -> None:
    used("want", "momentum", "--pass", "2", check=True)
    env = other(tmp_path)
    used("add", "--title", "Momentum Contrast for Unsupervised Visual Representation Learning", "--no-fetch", env=env)
    used("export", "-o", "library.json", check=True)
    used("import", "library.json", "--yes", env=env, check=True)
    moco = shown(used, "momentum", env)
    assert (moco["status"], moco["next_pass"]) == ("todo", 2)  # wanted again after it was read
    assert [p["pass"] for p in moco["passes"] if not p["implied"]] == [3]


def test_an_import_can_be_tried(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "library.json", check=True)
    env = other(tmp_path)
    tried = used("import", "library.json", "--dry-run", env=env, check=True)
    assert "SimCSE" in tried.out and "NLP / 句子表征" in tried.out
    assert used("list", env=env).out == ""
    assert used("log", env=env).out == ""


def test_a_selection_is_a_small_library(used: Rl, tmp_path: Path) -> None:
    whole = used("export", "--format", "json", "-t", "CV", check=True).json()
    assert [paper["title"][:8] for paper in whole["papers"]] == ["Momentum"]
    assert [topic["path"] for topic in whole["topics"]] == ["CV"]
    assert "log" not in whole and whole["tags"] == [] and [venue["name"] for venue in whole["venues"]] == ["CVPR"]


def test_a_file_that_another_program_laid_out_is_read(used: Rl, tmp_path: Path) -> None:
    text = used("export", "--format", "json", check=True).out
    whole = json.loads(text)
    whole["papers"][0]["colour"] = "red"
    whole["later"] = [{"id": 1}]
    (tmp_path / "pretty.json").write_text(json.dumps(whole, indent=2), encoding="utf-8")
    env = other(tmp_path)
    result = used("import", "pretty.json", "--json", env=env, check=True).json()["data"]
    assert sum(result["files"][0]["lines"].values()) == json.dumps(whole, indent=2).count("\n") + 1
    assert used("export", "--format", "json", env=env).out == text


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text[: len(text) // 2], "line "),
        (lambda text: text[: text.index("\n]", text.index('"papers"'))], "it is cut off"),
        (lambda text: changed(text, '"version": 1', '"version": 7'), "reads up to 1"),
        (lambda text: changed(text, '"number": 3', '"number": 4'), "number"),
        (lambda text: changed(text, '"kind": "paper"', '"kind": "poem"'), "kind"),
        (lambda text: changed(text, '"key": "', '"key": 7, "old": "'), "key"),
        (lambda text: changed(text, '"added": "2026-', '"added": "20x6-'), "added is not a date"),
        (lambda text: changed(text, '{"id": 2, "path"', '{"id": 1, "path"'), "stands in the file twice"),
        (lambda text: changed(text, '"path": "CV"', '"path": "CV//a"'), "is not a topic"),
        (lambda text: changed(text, '"arxiv": ', '"isbn": '), "no identifier of the kind"),
        (lambda text: changed(text, '"count": 219', '"count": 99999999999999999999'), "count"),
        (lambda text: changed(text, '"papers": [\n', '"papers": [\n[[[['), "line "),
        (lambda text: text + "and more\n", "behind the end"),
    ],
)
def test_a_file_that_is_not_sound_is_refused_with_its_line(written: str, spoil: Any, said: str) -> None:
    text = spoil(written)
    importer = importers.recognise(text)
    assert importer is not None and importer.__name__.endswith("own_json")
    with pytest.raises(InputError, match=said):
        importer.read(text)


def test_a_broken_file_takes_nothing_in(used: Rl, tmp_path: Path) -> None:
    text = used("export", "--format", "json", check=True).out
    (tmp_path / "library.json").write_text(text[:-40], encoding="utf-8")
    result = used("import", "library.json", env=other(tmp_path))
    assert result.code == 5
    assert "line " in result.err and "export the library again" in result.err
    assert used("list", env=other(tmp_path)).out == ""


def test_the_page_shape_goes_out_and_in(used: Rl, tmp_path: Path) -> None:
    used("export", "-o", "back.md", check=True)
    env = other(tmp_path)
    used("import", "back.md", env=env, check=True)
    ours, theirs = (
        {p["title"]: p for p in used("list", "--json", env=it, check=True).json()["data"]["papers"]} for it in ({}, env)
    )
    assert ours.keys() == theirs.keys()
    for title, paper in ours.items():
        copy = theirs[title]
        for name in ("topics", "tags", "links", "identifiers", "venue", "year", "kind", "summary"):
            assert copy[name] == paper[name], (title, name)
        assert [note["text"] for note in copy["notes"]] == [note["text"] for note in paper["notes"]]
        assert (copy["citations"] or {}).get("count") == (paper["citations"] or {}).get("count")
    states = {title: paper["status"] for title, paper in theirs.items()}
    assert sorted(states.values()) == ["done", "listed", "todo"]  # a page knows no dropped papers
    again = used("import", "back.md", "--json", env=env, check=True).json()["data"]
    assert (again["created"], again["merged"]) == (0, 0)


def test_a_page_is_rewritten_in_place(used: Rl, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    before = page.read_bytes()
    assert used("export", "--like", "page.md").out.encode() != before  # momentum was read, simcse was dropped
    result = used("export", "--like", "page.md", "-o", "page.md", check=True)
    assert "2 papers changed of 3 on the page; written to page.md" in result.err
    assert page.read_bytes() == before.replace(" (Citations 219) ✅".encode(), b" (Citations 219)").replace(
        b"CVPR 2020", "CVPR 2020 ✅".encode()
    )
    again = used("export", "--like", "page.md", "-o", "page.md", check=True)
    assert "0 papers changed" in again.err
    assert used("import", "page.md", "--json", check=True).json()["data"]["unchanged"] == 3


def test_faults_of_like_are_told(used: Rl, tmp_path: Path) -> None:
    assert used("export", "--like", "nowhere.md").code == 5
    assert used("export", "--like", "page.md", "--format", "bibtex").code == 2
    (tmp_path / "a.bib").write_text("@article{a, title={B}, year=2020}\n", encoding="utf-8")
    assert used("export", "--like", "a.bib").code == 5
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    assert used("export", "--like", "empty.md").code == 5
