"""What urgency is counted with is set by the reader; and who wants to be nagged, is."""

import pytest

from tests.cli.helpers import refused
from tests.conftest import Rl

pytestmark = pytest.mark.usefixtures("made")

PAGE = """# NLP

- [Cited Paper](https://arxiv.org/abs/2104.08821), (Citations 999) #TODO
- [Wanted Paper](https://arxiv.org/abs/2007.00224) #TODO
"""


@pytest.fixture
def rl(inside: Rl) -> Rl:
    inside("import", "-", input=PAGE, check=True)
    inside("want", "2", "--priority", "high", check=True)
    return inside


def order(rl: Rl, **env: str) -> list[str]:
    return [line.split("\t")[0] for line in rl("todo", env=env, check=True).out.splitlines()]


def test_weights_are_settings_and_hold_at_once(rl: Rl) -> None:
    assert order(rl) == ["2", "1"]
    assert order(rl, RL_URGENCY_CITATIONS="2.5") == ["1", "2"]
    assert order(rl) == ["2", "1"]
    rl("config", "set", "urgency.citations", "2.5", check=True)
    assert order(rl) == ["1", "2"]
    assert "+7.5 999 citations" in rl("todo", "--why", check=True).out
    assert "+7.5 999 citations" in rl("show", "1", check=True).out


def test_other_weights_do_not_hinder_taking_back(rl: Rl) -> None:
    told = rl("log", check=True).out.count("\n")
    rl("config", "set", "urgency.high", "0.5", check=True)
    rl("undo", "2", check=True)
    assert rl("list", check=True).out == ""
    rl("redo", "2", check=True)
    assert order(rl) == ["1", "2"]
    assert "+0.5 high priority" in rl("todo", "--why", check=True).out
    assert rl("log", check=True).out.count("\n") == told + 4
    assert rl("doctor", check=True).code == 0


@pytest.mark.parametrize("text", ["much", "1e9", "nan", "0.0001", "true"])
def test_what_is_no_weight_is_refused(rl: Rl, text: str) -> None:
    refused(rl, "config", "set", "urgency.age", text, code=2, says="urgency.age", hint="-1000 to 1000")


def test_who_wants_to_be_nagged_is(rl: Rl) -> None:
    assert "more urgent" not in rl("mark-read", "1", "--pass", "1", check=True).err
    rl("undo", check=True)
    rl("config", "set", "reading.nag", "on", check=True)
    assert "more urgent: #2" in rl("mark-read", "1", "--pass", "1", check=True).err
    assert "more urgent" not in rl("mark-read", "2", "--pass", "1", check=True).err


def test_every_reason_of_urgency_is_said_in_chinese(rl: Rl) -> None:
    rl("focus", "NLP", check=True)
    found = rl("report", "--lang", "zh", check=True).out
    assert "关注的主题" in found and "in focus" not in found
