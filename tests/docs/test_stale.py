"""The reference is the one that the program would make now, and real output is of the shapes that it promises."""

from __future__ import annotations

import json
import re
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from readlist.cli import main, reference, shapes
from readlist.context import Context
from readlist.importers import page
from readlist.settings import SETTINGS
from tests.docs.examples import DOCUMENTS, ROOT

PAGE = str(ROOT / "examples" / "reading-list.md")
SIMCSE = "arXiv:2104.08821"


@pytest.mark.parametrize(("name", "make"), [("commands.md", reference.commands), ("schema.json", reference.schema)])
def test_reference_is_fresh(name: str, make: Any) -> None:
    there = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert there == make(), f"docs/{name} is stale: make docs"


def test_every_command_has_a_shape() -> None:
    assert set(reference.names()) == set(shapes.DATA)


def test_every_option_is_in_the_reference() -> None:
    text = reference.commands()
    for name in reference.names():
        assert name == "rl" or f"# rl {name}\n" in text
    for word in ("`-t, --topic TOPIC`", "`--why`", "`[QUERY…]`", "`-y, --yes`"):
        assert word in text


def ask(home: Path, *arguments: str) -> tuple[int, Any]:
    """Runs `rl` in this process on the library in `home`: its exit code, and the document that it printed."""
    nobody = "http://127.0.0.1:9"
    environment = {
        "RL_HOME": str(home),
        "RL_CONFIG": str(home / "config.toml"),
        "RL_TODAY": "2026-11-21",
        "RL_ARXIV_URL": nobody,
        "RL_S2_URL": nobody,
        "RL_OPENALEX_URL": nobody,
        "RL_CROSSREF_URL": nobody,
    }
    printed = StringIO()
    context = Context(environment, StringIO(), printed, StringIO(), sleep=lambda seconds: None)
    code = main([*arguments, "--json"], context)
    return code, json.loads(printed.getvalue())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("library")
    assert ask(home, "import", PAGE, "--yes")[0] == 0
    assert ask(home, "tag", "add", "survey", SIMCSE)[0] == 0
    assert ask(home, "config", "set", "report.lang", "zh")[0] == 0
    return home


@pytest.fixture
def filled(made: Path, tmp_path: Path) -> Path:
    """A home with the example page in its library, for this test alone."""
    return shutil.copytree(made, tmp_path / "filled")


COMMANDS = [
    ("rl",),
    ("todo", "todo", "--topic", "contrastive"),
    ("todo", "todo", "--why"),
    ("focus", "focus", "contrastive"),
    ("list", "list", "status:done", "--limit", "5"),
    ("search", "search", "contrastive", "sentence", "--limit", "3"),
    ("show", "show", SIMCSE),
    ("start", "start", SIMCSE, "--pass", "3"),
    ("mark-read", "mark-read", SIMCSE, "--pass", "2", "--minutes", "5", "--note", "n", "--summary", "s"),
    ("triage", "triage", "--limit", "3"),
    ("want", "want", SIMCSE, "--due", "2026-12-01", "--priority", "high"),
    ("drop", "drop", SIMCSE, "--why", "enough"),
    ("reopen", "reopen", SIMCSE),
    ("note", "note", SIMCSE, "a note"),
    ("summary", "summary", SIMCSE, "a summary"),
    ("import", "import", PAGE, "--yes"),
    ("import", "import", PAGE, "--dry-run"),
    ("add", "add", "--title", "A Paper That Nobody Has Written", "--no-fetch"),
    ("export", "export", "--format", "bibtex"),
    ("report", "report"),
    ("stats", "stats", "--since", "-3w"),
    ("open", "open", SIMCSE, "--print"),
    ("edit", "edit", SIMCSE, "year=2020", "doi="),
    ("remove", "remove", SIMCSE),
    ("doctor", "doctor"),
    ("backup", "backup"),
    ("log", "log"),
    ("undo", "undo"),
    ("topic list", "topic", "list"),
    ("topic add", "topic", "add", "New", SIMCSE),
    ("topic remove", "topic", "remove", "对比学习 Contrastive learning", SIMCSE),
    ("topic move", "topic", "move", "组会 Reading group", "NLP"),
    ("topic merge", "topic", "merge", "组会 Reading group", "CV", "--yes"),
    ("topic alias", "topic", "alias", "CV", "vision"),
    ("topic rename", "topic", "rename", "CV", "Vision"),
    ("tag list", "tag", "list"),
    ("tag add", "tag", "add", "new", SIMCSE),
    ("tag remove", "tag", "remove", "survey", SIMCSE),
    ("tag rename", "tag", "rename", "survey", "review"),
    ("venue list", "venue", "list"),
    ("venue alias", "venue", "alias", "NeurIPS", "Neural Things"),
    ("venue merge", "venue", "merge", "JMLR", "ICML", "--yes"),
    ("config", "config"),
    ("config list", "config", "list"),
    ("config set", "config", "set", "report.lang", "zh"),
    ("config unset", "config", "unset", "report.lang"),
]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [(c[0], c[1:]) for c in COMMANDS],
    ids=lambda v: "-".join(map(str, v)) if isinstance(v, tuple) else v,
)
def test_output_is_of_the_promised_shape(filled: Path, name: str, arguments: tuple[str, ...]) -> None:
    code, answer = ask(filled, *arguments)
    assert code == 0, answer
    reference.adapter(shapes.Envelope, closed=True).validate_python(answer)
    assert (answer["command"], answer["status"], answer["errors"]) == (name, "ok", [])
    reference.adapter(shapes.DATA[name], closed=True).validate_python(answer["data"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "no such paper"),
        ("show", "contrastive"),
        ("todo", "colour:red"),
        ("todo", "--no-such-option"),
        ("import", "no-such-file.md"),
        ("add", "2303.08774"),
        ("refresh", "--pending"),
        ("refresh", "--resolve"),
        ("add", "--title", "A Paper That Nobody Has Written"),
        ("refs", SIMCSE),
        ("pdf", SIMCSE),
        ("redo",),
    ],
    ids=" ".join,
)
def test_errors_are_of_the_promised_shape(filled: Path, arguments: tuple[str, ...]) -> None:
    code, answer = ask(filled, *arguments)
    assert code != 0
    reference.adapter(shapes.Envelope, closed=True).validate_python(answer)
    assert answer["status"] == "error"
    assert answer["errors"]
    if answer["data"] is not None:
        reference.adapter(shapes.DATA[answer["command"]], closed=True).validate_python(answer["data"])


def test_the_schema_names_every_command() -> None:
    schema = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))
    named = {name for rule in schema["allOf"] for name in rule["if"]["properties"]["command"]["enum"]}
    assert named == set(reference.names())
    assert "PaperDocument" in schema["$defs"]


def test_documents_name_nothing_that_is_not_there() -> None:
    """Links between the documents, and to files of the project, lead somewhere."""
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_setting_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.variable}`" in text
        assert not setting.in_file or f"`{setting.name}`" in text


@pytest.mark.parametrize(("means", "mark"), [("read: ", "read"), ("to be read: ", "todo")])
def test_marks_in_the_readme_are_understood(means: str, mark: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| `") and f"| {means}" in line)
    for written in re.findall(r"`([^`]+)`", row.split(" | ")[0]):
        title = "A Study of Something That Nobody Has Studied"
        entries = [page.read(f"# T\n\n{line}\n").entries for line in (f"- {written} {title}", f"- {title} {written}")]
        assert any(e and e[0].mark == mark and e[0].metadata.title == title for e in entries), written
