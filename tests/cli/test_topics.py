"""Topics are found by what they are called elsewhere, and their tree shows how much of each is read."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from readlist.db.connect import open_reading
from readlist.db.views import Views
from readlist.glossary import glossary_beside
from tests.cli.helpers import Screen, environment, papers, refused
from tests.conftest import TODAY, Rl
from tests.shared import shared

pytestmark = pytest.mark.usefixtures("made")

PAGE = """# NLP

## Contrastive

- [First Paper](https://arxiv.org/abs/2104.08821), NIPS 2020 #TODO
- [Second Paper](https://arxiv.org/abs/2007.00224), NeurIPS 2021 ✅

## 对比学习

- [Third Paper](https://arxiv.org/abs/2010.04592), ACL 2021 #TODO
- [Second Paper](https://arxiv.org/abs/2007.00224), NeurIPS 2021 ✅

### 温度

- [Fourth Paper](https://arxiv.org/abs/2012.09740), CVPR 2021 #TODO

# 知识蒸馏

- [Fifth Paper](https://arxiv.org/abs/1503.02531) ✅

# Machine learning
"""


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """Five papers, one of them under two topics."""
    inside("import", "-", input=PAGE, check=True)
    return inside


def found(rl: Rl, *words: str) -> list[str]:
    return sorted(it["title"].split()[0] for it in rl(*words, "--json", check=True).json()["data"]["papers"])


def test_the_english_name_finds_what_a_chinese_page_has(inside: Rl) -> None:
    """On a real page: the papers that it has under 对比学习 and wants to read, and no more."""
    page = next(shared("seeds").glob("000_*.txt"))
    inside("import", page, check=True)
    asked = inside("todo", "--topic", "contrastive", "--limit", "0", "--json", check=True).json()["data"]["papers"]
    everything = inside("todo", "--limit", "0", "--json", check=True).json()["data"]["papers"]
    under = {it["id"] for it in everything if any("对比学习" in path for path in it["topics"])}
    assert {it["id"] for it in asked} == under
    assert len(under) == 7


def test_both_languages_of_a_mixed_page_are_found(rl: Rl) -> None:
    assert found(rl, "todo", "-t", "contrastive") == ["First", "Fourth", "Third"]
    assert found(rl, "list", "-t", "contrastive") == ["First", "Fourth", "Second", "Third"]
    assert found(rl, "list", "-t", "对比学习") == ["Fourth", "Second", "Third"]
    assert found(rl, "list", "topic:KD") == found(rl, "list", "-t", "knowledge distillation") == ["Fifth"]
    without = rl("list", "--json", "--", "topic:contrastive", "-topic:对比学习", check=True).json()["data"]["papers"]
    assert [it["title"] for it in without] == ["First Paper"]
    refused(rl, "list", "-t", "knowledge graph", code=3, says="no topic 'knowledge graph'", hint="rl topic list")
    refused(rl, "list", "-t", "knowledge distilation", code=3, says="no topic", hint="did you mean 知识蒸馏")


def test_a_command_that_needs_one_topic_takes_it_by_another_name(rl: Rl) -> None:
    told = rl("topic", "alias", "knowledge distillation", "teacher", check=True)
    assert "知识蒸馏 is also teacher" in told.err
    rl("topic", "rename", "contrastive", "Contrastive Learning", check=True)
    fault = refused(rl, "topic", "rename", "对比表示学习", "x", code=3, says="fits 2 topics", hint="path")
    assert set(fault["candidates"]) == {"NLP/Contrastive Learning", "NLP/对比学习"}


def test_a_topic_moves_below_one_named_in_part_or_a_new_one(rl: Rl) -> None:
    told = rl("topic", "move", "温度", "distillation", check=True)
    assert "NLP/对比学习/温度 is 知识蒸馏/温度 now" in told.err and "new" not in told.err
    told = rl("topic", "move", "温度", "Losses", check=True)
    assert "Losses is new" in told.err
    assert found(rl, "list", "-t", "Losses") == ["Fourth"]


def test_what_is_done_to_a_topic_is_told_by_its_path(rl: Rl) -> None:
    for words, says in (
        (["add", "深度学习"], "深度学习 is new"),
        (["add", "深度学习"], "深度学习 is there already"),
        (["add", "Deep Learning"], "深度学习 may be the same: `rl topic merge`"),
        (["merge", "Deep Learning", "深度学习"], "Deep Learning is a part of 深度学习 now"),
        (["merge", "NLP", "NLP"], "NLP is one topic already"),
        (["rename", "NLP", "NLP"], "NLP is there already"),
        (["alias", "对比学习", "对比学习"], "was 对比学习 already"),
        (["alias", "温度", "知识蒸馏"], "so is 知识蒸馏: name each by its path"),
    ):
        assert says in rl("topic", *words, check=True).err, words
    refused(rl, "topic", "rename", "NLP", "a/b", code=2, says="not a topic's name", hint="move")
    refused(rl, "topic", "merge", "NLP", "nowhere", code=3, says="no topic 'nowhere'")


def test_the_tree_counts_what_is_below_and_each_paper_once(rl: Rl) -> None:
    topics = {it["path"]: it for it in rl("topic", "list", "--json", check=True).json()["data"]["topics"]}
    counts = {path: (it["papers"], it["read"], it["total"]) for path, it in topics.items()}
    assert counts == {
        "NLP": (0, 1, 4),
        "NLP/Contrastive": (2, 1, 2),
        "NLP/对比学习": (2, 1, 3),
        "NLP/对比学习/温度": (1, 0, 1),
        "知识蒸馏": (1, 1, 1),
        "Machine learning": (0, 0, 0),
    }
    for path, (_, read, total) in counts.items():
        shown = [it for it in papers(rl) if any(f"{t}/".startswith(f"{path}/") for t in it["topics"])]
        assert (sum(it["status"] == "done" for it in shown), len(shown)) == (read, total)
    rl("topic", "alias", "温度", "temperature", check=True)
    lines = rl("topic", "list", check=True).out.splitlines()
    assert [line.split("\t") for line in lines] == [
        [path, str(read), str(total), "temperature" if "温度" in path else ""]
        for path, (_, read, total) in counts.items()
    ]


def test_on_a_terminal_the_tree_has_bars_that_line_up(rl: Rl, tty: Callable[..., Screen]) -> None:
    rl("topic", "alias", "温度", "temperature", check=True)
    rl("topic", "add", f"知识蒸馏/{'很长的题目' * 12}", "1", check=True)
    screen = tty("topic", "list", columns=80)
    lines = screen.lines
    assert max(map(cell_len, lines)) <= 80
    shown = {line.split()[0]: line for line in lines if "/" in line}
    assert "━━━━━━━━━━" not in shown["NLP"] and "━" in shown["NLP"] and shown["NLP"].endswith(" 1/4")
    assert "━" not in shown["温度"].split("1")[0] and "──────────" in shown["温度"] and "= temperature" in shown["温度"]
    assert shown["Contrastive"].startswith("  ") and shown["温度"].startswith("    ")
    starts = {cell_len(line[: next(i for i, c in enumerate(line) if c in "━─")]) for line in shown.values()}
    assert len(starts) == 1, f"the bars begin in different columns: {starts}"
    assert "很长的题目" * 12 in "".join(line.split("━")[0].split("─")[0].strip() for line in lines[2:])
    assert not any(c in next(line for line in lines if "Machine" in line) for c in "━─"), "no bar of nothing"


def test_without_topics_it_is_said_how_to_make_one(inside: Rl) -> None:
    done = inside("topic", "list", check=True)
    assert done.out == "" and "rl topic add" in done.err


def loaded(rl_args: list[str], home: Path) -> set[str]:
    """The modules that a run of `rl` loads."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "readlist", *rl_args],
        env=environment() | {"RL_HOME": str(home), "RL_TODAY": TODAY},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}


def test_the_glossary_is_read_only_where_a_topic_is_asked_for(example_library: Path) -> None:
    for line in ("todo", "list", "topic list", "show gao2021simcse"):
        assert "readlist.domain.glossary" not in loaded(line.split(), example_library), line
    assert "readlist.domain.glossary" in loaded(["todo", "-t", "contrastive"], example_library)


def test_words_of_ones_own_are_read_and_their_faults_told(made: Path, rl: Rl, tmp_path: Path) -> None:
    rl("topic", "add", "Vogelkunde", "1", check=True)
    own = tmp_path / "glossary.txt"
    own.write_text("# mine\nVogelkunde = 鸟类学\nnonsense\n", encoding="utf-8")
    told: list[str] = []
    views = Views(open_reading(made, 1), glossary_beside(tmp_path / "config.toml", told.append))
    assert views.forest().one("鸟类学").name == "Vogelkunde"
    assert views.forest().one("knowledge distillation").name == "知识蒸馏"
    assert len(told) == 1, "a fault is told once"
    assert told[0].startswith(f"warning: {own}:3: ")


@pytest.mark.parametrize("fault", ["not UTF-8", "a folder"])
def test_words_that_cannot_be_read_are_told_and_left_out(made: Path, rl: Rl, tmp_path: Path, fault: str) -> None:
    own = tmp_path / "glossary.txt"
    if fault == "a folder":
        own.mkdir()
    else:
        own.write_bytes("对比学习 = 反差学习".encode("gbk"))
    told: list[str] = []
    views = Views(open_reading(made, 1), glossary_beside(tmp_path / "config.toml", told.append))
    assert views.forest().one("knowledge distillation").name == "知识蒸馏"
    assert [str(own) in line and line.startswith("warning: cannot read") for line in told] == [True]


def test_words_beside_the_settings_find_topics(rl: Rl, own_home: Path) -> None:
    rl("topic", "add", "Vogelkunde", "1", check=True)
    (own_home / "glossary.txt").write_text("Vogelkunde = 鸟类学\nnonsense\n", encoding="utf-8")
    done = rl("todo", "-t", "鸟类学", check=True)
    assert "First Paper" in done.out and "glossary.txt:2: a line is two names" in done.err
    assert "glossary.txt" not in rl("todo", check=True).err, "it is read only where a topic is asked for"
