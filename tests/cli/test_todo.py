"""`rl todo --why` and `rl focus`: why a paper comes first, and a queue narrowed to a few topics."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import refused
from tests.cli.services import running
from tests.cli.test_related import edges, known, row
from tests.conftest import Rl

pytestmark = pytest.mark.usefixtures("made")

PAGE = """# NLP

## 对比学习

- [First Paper](https://arxiv.org/abs/2104.08821), NeurIPS 2020, (Citations 999) #TODO
- [Second Paper](https://arxiv.org/abs/2007.00224), NeurIPS 2021 #TODO

## Generation

- [Third Paper](https://arxiv.org/abs/2010.04592), ACL 2021 #TODO

# Vision

- [Fourth Paper](https://arxiv.org/abs/2010.11929), ICLR 2021 ✅
"""


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """Four papers: two under NLP/对比学习, one under NLP/Generation, one under Vision, which is read."""
    inside("import", "-", input=PAGE, check=True)
    return inside


def todo(rl: Rl, *words: str) -> tuple[list[str], list[str]]:
    """The titles of the queue, and what it is narrowed to."""
    data = rl("todo", "--json", *words, check=True).json()["data"]
    assert data["total"] == len(data["papers"])
    return [paper["title"] for paper in data["papers"]], data["focus"]


# -- why ---------------------------------------------------------------------------------------------------------------


def test_a_due_day_is_told_as_it_was_understood_and_can_be_taken_away(rl: Rl) -> None:
    def due() -> str | None:
        return rl("show", "2", "--json", check=True).json()["data"]["paper"]["due"]  # type: ignore[no-any-return]

    assert "pass 1, due 2026-11-27" in rl("want", "2", "--due", "fri", check=True).err
    assert due() == "2026-11-27"
    rl("want", "2", "--priority", "high", check=True)
    assert due() == "2026-11-27", "it stays unless it is named"
    assert "which is past" in rl("want", "2", "--due", "2025-11-27", check=True).err
    assert "due on no day" in rl("want", "2", "--due", "none", check=True).err
    assert due() is None
    rl("undo", check=True)
    assert due() == "2025-11-27"
    refused(rl, "want", "2", "--due", "", code=2, says="is not a date")


def test_sorted_by_due_days_the_days_are_shown(rl: Rl, tty: Any) -> None:
    rl("want", "3", "--due", "2026-12-01", check=True)
    screen = tty("todo", "--sort", "due", columns=80)
    assert "Due" in screen.text and "Urg." not in screen.text
    first = next(line for line in screen.lines if "Third Paper" in line)
    assert first.split()[0] == "3" and first.rstrip().endswith("2026-12-01")
    assert "Urg." in tty("todo", columns=80).text


def test_the_points_that_are_shown_add_up(rl: Rl) -> None:
    rl("want", "2", "--priority", "high", "--due", "+5d", check=True)
    rl("start", "3", "--pass", "2", check=True)
    day = {"RL_TODAY": "2026-11-24"}
    lines = [line.split("\t") for line in rl("todo", "--why", env=day, check=True).out.splitlines()]
    assert [line[0] for line in lines] == ["2", "3", "1"]
    for line in lines:
        points = re.findall(r"[+-][\d.]+(?= )", line[-1])
        assert sum(map(Decimal, points)) == Decimal(line[-2])
    assert lines[0][-1] == "+6 high priority, +0.03 3 days on the list, +10.86 due in 2 days"
    data = rl("todo", "--why", "--json", env=day, check=True).json()["data"]
    assert [it["id"] for it in data["why"]] == [2, 3, 1]
    for paper, why in zip(data["papers"], data["why"], strict=True):
        assert sum(Decimal(str(term["points"])) for term in why["terms"]) == Decimal(str(paper["urgency"]))


def test_on_a_screen_each_reason_has_its_line(rl: Rl, tty: Any) -> None:
    screen = tty("todo", "--why", "--limit", "1", columns=80)
    assert re.search(r"First Paper +3$", screen.text, re.M), screen.text
    assert re.search(r"^ +999 citations +\+3$", screen.text, re.M), screen.text


def test_looking_at_references_tells_the_queue_who_cites_whom(rl: Rl) -> None:
    """Once #4, which is read, is asked for what it cites, also for what the list is too short for."""
    cited = row(7, "First Paper", count=0, arxiv="2104.08821")
    others = [row(n, f"Other {n}", count=9) for n in range(20, 30)]
    rows = edges(*((it, False) for it in (known("1412.6980", 999), *others, cited)))
    with running() as services:
        services.edges["ARXIV:2010.11929/references"] = services.edges["ARXIV:2104.08821/citations"] = rows
        told = rl("log", check=True).out
        assert "First Paper" not in rl("refs", "4", "--limit", "3", env=services.env, check=True).out
        assert rl("log", check=True).out == told, "who only looks does nothing to take back"
        assert "+0.5 cited by a paper you have read" in rl("todo", "--why", check=True).out
        rl("refs", "4", "--add", "1", env=services.env, check=True)
        assert len(rl("log", check=True).out.splitlines()) == len(told.splitlines()) + 1
        rl("undo", check=True)
        assert rl("log", check=True).out.count("\n") == told.count("\n") + 2
        rl("cited-by", "1", "--add", "1", env=services.env, check=True)
        rl("mark-read", "1412.6980", "--pass", "1", check=True)
        assert "+1 cited by 2 papers you have read" in rl("todo", "--why", check=True).out
    assert rl("doctor", check=True).code == 0


# -- focus -------------------------------------------------------------------------------------------------------------


def test_the_queue_is_narrowed_until_that_is_cleared(rl: Rl) -> None:
    whole = todo(rl)
    assert whole == (["First Paper", "Second Paper", "Third Paper"], [])
    assert "rl focus TOPIC" in rl("focus", check=True).err
    done = rl("focus", "contrastive", check=True)
    assert done.out == "NLP/对比学习\n", "the glossary knows the Chinese name"
    assert "2 of the 3 papers" in done.err
    assert todo(rl) == (["First Paper", "Second Paper"], ["NLP/对比学习"])
    assert rl("focus", "--json", check=True).json()["data"] == {"focus": ["NLP/对比学习"], "papers": 2, "total": 3}
    listed = rl("todo", check=True)
    assert listed.err.splitlines()[0] == "in focus: NLP/对比学习; `rl focus --clear` shows the whole queue"
    assert "whole again" in rl("focus", "--clear", check=True).err
    assert todo(rl) == whole
    assert "whole already" in rl("focus", "--clear", check=True).err


def test_a_topic_that_is_named_sets_the_focus_aside_for_once(rl: Rl) -> None:
    rl("focus", "Generation", check=True)
    for words in (("-t", "对比学习"), ("topic:对比学习",)):
        assert todo(rl, *words) == (["First Paper", "Second Paper"], [])
    assert todo(rl, "--", "-topic:Vision")[1] == ["NLP/Generation"], "a topic that is not wanted is none that is named"
    assert todo(rl) == (["Third Paper"], ["NLP/Generation"])
    assert len(rl("list", check=True).out.splitlines()) == 4, "the list of all papers is no queue"


def test_several_topics_with_all_below_them(rl: Rl) -> None:
    rl("focus", "NLP", "Vision", check=True)
    assert todo(rl)[1] == ["NLP", "Vision"], "what stands below them goes with them"
    rl("topic", "add", "NLP/New", "3", check=True)
    assert len(todo(rl)[0]) == 3


def test_what_is_in_focus_counts_more(rl: Rl) -> None:
    rl("focus", "Generation", check=True)
    assert "+2 in focus" in rl("todo", "--why", check=True).out
    data = rl("list", "status:todo", "--sort", "urgency", "--json", check=True).json()["data"]["papers"]
    assert [(paper["title"], paper["urgency"]) for paper in data][:2] == [("First Paper", 3.0), ("Third Paper", 2.0)]


def test_a_narrowed_queue_with_nothing_in_it_says_why(rl: Rl) -> None:
    rl("focus", "Vision", check=True)
    done = rl("todo", check=True)
    assert done.out == ""
    assert "in focus: Vision" in done.err and "the whole queue has 3" in done.err


def test_the_focus_is_taken_back_and_done_again(rl: Rl) -> None:
    rl("focus", "Vision", check=True)
    rl("focus", "Generation", check=True)
    for command, focus in (("undo", ["Vision"]), ("undo", []), ("redo", ["Vision"]), ("redo", ["NLP/Generation"])):
        rl(command, check=True)
        assert todo(rl)[1] == focus


def test_a_focus_goes_with_its_topic(rl: Rl) -> None:
    rl("focus", "Generation", "Vision", check=True)
    rl("topic", "remove", "Vision", check=True)
    assert todo(rl)[1] == ["NLP/Generation"]
    rl("topic", "merge", "Generation", "对比学习", check=True)
    assert todo(rl)[1] == ["NLP/对比学习"]
    rl("topic", "remove", "对比学习", "-y", check=True)
    assert todo(rl)[1] == []


def test_wrong_words(rl: Rl) -> None:
    refused(rl, "focus", "no such topic", code=3, says="no topic")
    refused(rl, "focus", "Vision", "no such topic", code=3, says="no topic")
    refused(rl, "focus", "Vision", "--clear", code=2, says="which")
    assert todo(rl)[1] == []


def test_the_focus_and_who_cites_whom_go_with_the_library(rl: Rl, tmp_path: Path) -> None:
    rl("focus", "对比学习", check=True)
    whole = rl("export", "--format", "json", check=True).out
    assert '"focus": true' in whole
    file, home = tmp_path / "library.json", {"RL_HOME": str(tmp_path / "other")}
    file.write_text(whole.replace('"id": 4, ', '"id": 4, "cites": [1], '), encoding="utf-8")
    rl("import", str(file), "-y", env=home, check=True)
    again = rl("export", "--format", "json", env=home, check=True).out
    assert '"cites": [1]' in again and '"focus": true' in again
    why = rl("todo", "--why", env=home, check=True).out.splitlines()[0]
    assert "+0.5 cited by a paper you have read" in why
    rl("import", str(file), "-y", check=True)
    assert "cited by" in rl("todo", "--why", check=True).out, "a library with something in it learns it, too"


def test_the_log_names_topics_in_focus_by_their_number_where_they_are_many(rl: Rl) -> None:
    page = "".join(f"# Field {n}\n\n- [Paper {n}](https://arxiv.org/abs/2104.0000{n})\n\n" for n in range(1, 6))
    rl("import", "-", input=page, check=True)
    said = rl("focus", "field", check=True).err
    assert "focus" in said
    assert "5 topics in focus added" in rl("log", "-n", "1", check=True).out
    shown = rl("todo").err
    assert "Field 1, Field 2, Field 3 and 2 more" in shown
