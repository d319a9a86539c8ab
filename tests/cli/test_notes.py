"""`rl note --remove` and `rl summary --remove`: what was noted can be taken away, and comes back with `rl undo`."""

from typing import Any

import pytest

from tests.cli.helpers import paper, refused
from tests.conftest import Rl

pytestmark = pytest.mark.usefixtures("made")


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """A paper with three notes, the second on pass 1, and a summary."""
    inside("add", "--title", "A Paper", "--no-fetch", "--note", "第一条", check=True)
    inside("note", "1", "on pass 1", "--pass", "1", check=True)
    inside("note", "1", "the newest", check=True)
    inside("summary", "1", "In a paragraph.", check=True)
    return inside


def notes(rl: Rl) -> list[Any]:
    return [it["text"] for it in paper(rl, 1)["notes"]]


def test_the_newest_note_goes_or_that_of_a_pass(rl: Rl) -> None:
    before = notes(rl)
    assert sorted(before) == sorted(["第一条", "on pass 1", "the newest"])
    done = rl("note", "1", "--remove", "--pass", "1", check=True)
    assert "note removed: on pass 1" in done.err and "rl undo" in done.err
    assert notes(rl) == ["第一条", "the newest"]
    done = rl("note", "--remove", "--json", check=True)  # of the current paper
    assert "note removed: the newest (1 left)" in done.err
    assert [it["text"] for it in done.json()["data"]["paper"]["notes"]] == notes(rl) == ["第一条"]
    rl("undo", "2", check=True)
    assert notes(rl) == before


def test_the_summary_goes(rl: Rl) -> None:
    assert "summary removed: In a paragraph." in rl("summary", "1", "--remove", check=True).err
    assert paper(rl, 1)["summary"] is None
    refused(rl, "summary", "1", "--remove", code=3, says="#1 has no summary")
    rl("undo", check=True)
    assert paper(rl, 1)["summary"] == "In a paragraph."


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("note 1 --remove --pass 3", 3, "#1 has no note of pass 3"),
        ("note 1 text --remove", 2, "takes away, and writes nothing"),
        ("note 1 --edit --remove", 2, "takes away, and writes nothing"),
        ("summary 1 text --remove", 2, "takes away, and writes nothing"),
        ("summary -t x --remove", 2, "a topic or a paper"),
        ("note 4711 --remove", 3, "there is no paper #4711"),
    ],
)
def test_what_cannot_be_removed(rl: Rl, line: str, code: int, says: str) -> None:
    refused(rl, *line.split(), code=code, says=says)


def test_what_comes_back_empty_is_left_and_told_how_to_remove_it(rl: Rl) -> None:
    assert "--remove" in rl("note", "1", "--edit", input="").err
    assert "--remove" in rl("summary", "1", input="").err
    assert len(notes(rl)) == 3
