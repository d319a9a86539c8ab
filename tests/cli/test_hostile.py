"""Text from outside cannot steer the terminal of who reads it."""

import contextlib
import io
import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist.cli import main
from readlist.context import Context
from tests.cli.helpers import Screen, environment, paper
from tests.conftest import TODAY, Rl

ESC = "\x1b"
EVIL = (
    f"{ESC}[2J{ESC}]0;owned\x07{ESC}[31mred{ESC}[0m\u202egnihtemos\u202c "
    "\x9b31m\u2066iso\u2069 [red]markup[/red] [link=x]y[/link] :smile: \x08\x08\x7f"
)
PAGE = f"""# Topic {EVIL} one

- An Evil {EVIL} Title on Contrastive Learning, ACL 2021 https://example.org/{ESC}[31mx?a=\u202eb #TODO
  - a note {EVIL}\twith a tab
- [Another {EVIL} Paper](https://arxiv.org/abs/2104.08821) by Evil {EVIL} Author, NeurIPS 2020 (Citations 3) ✅
  - tail {ESC}[?1049h

| Title {EVIL} | Year |
|---|---|
| A Table {EVIL} Paper | 2020 |
"""
READING = (
    "list", "list evil", "todo", "todo --why", "show 1", "show 2", "topic list", "tag list", "venue list", "report",
    "report --lang zh", "summary -t Topic", "config", "show nothing-like-it", "show paper", "list -t nowhere",
)  # fmt: skip


def steering(text: str) -> list[str]:
    """The characters of `text` that are no print and no line end or tab: controls, bidi marks and overrides."""
    return sorted(
        {repr(c) for c in text if c not in "\n\t" and (unicodedata.category(c) in ("Cc", "Cs") or c in _BIDI)}
    )


_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """These tests run the program in this process, since they run it often."""
    return inside


@pytest.fixture
def evil(rl: Rl, made: Path, tmp_path: Path) -> Rl:
    (tmp_path / "evil.md").write_text(PAGE, "utf-8")
    rl("import", "evil.md", "--unmarked", "todo", check=True)
    rl("tag", "add", f"tag{EVIL}", "1", check=True)
    rl("topic", "add", f"made{EVIL}", "1", check=True)
    rl("topic", "alias", "Topic", f"alias {EVIL}", check=True)
    rl("note", "1", f"by hand {EVIL}\n\n    {ESC}[5mcode", check=True)
    rl("summary", "1", f"in short {EVIL}", check=True)
    rl("mark-read", "1", "--pass", "1", "--note", f"pass {EVIL}", check=True)
    rl("drop", "2", "--why", f"since {EVIL}", check=True)
    return rl


def test_nothing_steers_through_a_pipe(evil: Rl, tmp_path: Path) -> None:
    for line in READING:
        for words in (line.split(), [*line.split(), "--json"]):
            result = evil(*words)
            assert result.code in (0, 3), f"rl {line}: {result.err}"
            assert "Traceback" not in result.err
            found = steering(result.out) + steering(result.err)
            if words[-1] == "--json":
                found = [c for c in found if c not in ("'\\t'",)]
            assert not found, f"rl {' '.join(words)} lets through {found}"
    for words in (["import", "evil.md", "--dry-run"], ["show", f"x{EVIL}"], ["list", "-t", EVIL], ["add", EVIL], [EVIL],
                  ["start", "1", f"--{EVIL}"], ["list", f"year:{EVIL}"], ["tag", "remove", f"no{EVIL}"],
                  ["import", f"no{EVIL}.md"], ["report", "--week", EVIL], ["mark-read", "--pass", EVIL]):  # fmt: skip
        result = evil(*words)
        found = steering(result.out) + steering(result.err)
        assert not found, f"rl {words!r} lets through {found}: {result.err!r}"


def test_nothing_steers_a_terminal(evil: Rl, tty: Callable[..., Screen]) -> None:
    for line in READING:
        screen = tty(*line.split(), columns=80)
        found = steering(screen.text) + steering(screen.err)
        assert not found, f"rl {line} sends {found} to the terminal"


def test_markup_is_text(evil: Rl, tty: Callable[..., Screen]) -> None:
    joined = re.sub(r"\s+", "", tty("show", "1").text)
    assert "[red]markup[/red]" in joined and ":smile:" in joined, "Rich has read markup or emoji codes in a title"


def test_the_report_file_is_clean(evil: Rl, tmp_path: Path) -> None:
    for lang in ("en", "zh"):
        evil("report", "--lang", lang, "-o", "week.md", check=True)
        assert not steering((tmp_path / "week.md").read_text("utf-8")), f"the {lang} report holds control characters"


def test_what_is_stored_is_clean(evil: Rl) -> None:
    it = paper(evil, 1)
    assert not steering(it["title"] + it["summary"] + "".join(note["text"] for note in it["notes"]))
    assert not steering("".join(it["topics"] + it["tags"]))
    assert "\n" not in it["title"] and "\t" not in it["title"]


# -- what reached the library by some other way ----------------------------------------------------------------------

_TEXTS = (
    ("papers", "title"), ("papers", "url"), ("authors", "name"), ("venues", "name"), ("venue_aliases", "alias"),
    ("links", "url"), ("links", "text"), ("texts", "abstract"), ("texts", "tldr"), ("topics", "name"), ("tags", "name"),
    ("reading", "drop_reason"), ("notes", "text"), ("summaries", "text"),
)  # fmt: skip


@pytest.fixture
def poisoned(evil: Rl, made: Path) -> Path:
    """The library with control characters written straight into its columns, as no command would store them."""
    dirt = f"{ESC}[31m\x9b2J\u202edirt\u202c [red]x[/red]\x07\r"
    with contextlib.closing(sqlite3.connect(made)) as connection:
        connection.executescript(
            """
            insert or ignore into authors (name) values ('Ada');
            insert or ignore into paper_authors (paper_id, position, author_id) values (1, 9, 1);
            insert or replace into texts (paper_id, abstract, tldr) values (1, 'abstract', 'short');
            insert or ignore into venues (name) values ('Venue');
            update papers set venue_id = (select min(id) from venues) where id = 1;
            update papers set url = coalesce(url, 'https://example.org') where id = 1;
            insert or ignore into venue_aliases (folded, alias, venue_id) select 'other', 'Other', min(id) from venues;
            insert or ignore into links (paper_id, rel, url, text) values (1, 'code', 'https://example.org/c', 'code');
            """
        )
        for table, column in _TEXTS:
            there = {name for _, name, *_ in connection.execute(f"pragma table_info({table})")}
            assert column in there, f"{table} has no column {column}: bring this list up to date"
            poison = f"update {table} set {column} = {column} || ? where {column} is not null"
            assert connection.execute(poison, [dirt]).rowcount, f"there is nothing in {table}.{column} to poison"
        connection.commit()
    return made


def said(*words: str, **env: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command line, run in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = main(words, Context(environment() | {"RL_TODAY": TODAY} | env, io.StringIO(), out, err))
    return code, out.getvalue(), err.getvalue()


def test_what_is_stored_does_not_decide_what_is_shown(poisoned: Path) -> None:
    seen = ""
    for line in READING:
        for env in ({}, {"FORCE_COLOR": "1", "COLUMNS": "80"}):
            code, out, err = said(*line.split(), **env)
            assert code in (0, 3), f"rl {line}: {err}"
            plain = re.sub(r"\x1b\[[0-9;]*m", "", out) if env else out
            found = steering(plain) + steering(err)
            assert not found, f"rl {line} {env} lets through {found}"
            seen += plain
        code, out, err = said(*line.split(), "--json")
        assert not steering(out) + steering(err), f"rl {line} --json lets through {steering(out) + steering(err)}"
        assert json.loads(out)["version"] == 1
    assert "dirt [red]x[/red]" in seen, "markup is shown as it was typed"


@pytest.mark.usefixtures("made")
def test_errors_as_json_hold_no_control_character(tmp_path: Path) -> None:
    for words in (("show", EVIL), ("import", f"no{EVIL}.md"), ("list", "-t", EVIL), ("tag", "remove", EVIL)):
        code, out, err = said(*words, "--json")
        assert code in (2, 3, 5), err
        assert not steering(out) + steering(err), f"rl {words!r} --json lets through {steering(out) + steering(err)}"
        (error,) = json.loads(out)["errors"]
        assert error["ref"] in (None, words[-1]), "what was typed is given back as it was typed"


@pytest.mark.usefixtures("made")
def test_the_name_of_a_file_stays_on_its_line(tmp_path: Path) -> None:
    file = tmp_path / f"a{ESC}[31m\nrl: forged\u202e.md"
    file.write_text("- A Paper of This Page, ACL 2020 #TODO\n", "utf-8")
    for words in (("import", str(file), "--dry-run"), ("import", str(file))):
        code, out, err = said(*words)
        assert code == 0 and not steering(out) + steering(err), err
        forged = [line for line in (out + err).splitlines() if line.startswith("rl: ")]
        assert not forged, f"a file's name makes a message of the program: {forged}"
