"""Queries of several conditions, and queries saved under a name, as a person uses them."""

from pathlib import Path

import pytest

from tests.conftest import Rl


@pytest.fixture
def three(rl: Rl) -> Rl:
    for words in (
        ("--title", "Attention Is All You Need", "--tag", "nlp"),
        ("--title", "预训练语言模型综述", "--tag", "综述"),
        ("--title", "RoBERTa: A Robustly Optimized BERT", "--tag", "to read"),
    ):
        rl("add", *words, "--no-fetch", check=True)
    return rl


def ids(rl: Rl, *words: str) -> list[int]:
    return [int(line.split("\t")[0]) for line in rl(*words, check=True).out.splitlines()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["tag:nlp", "or", "tag:综述"], [1, 2]),
        (["tag:nlp or tag:综述"], [1, 2]),
        (["(tag:nlp or tag:综述) title:attention"], [1]),
        (["tag:nlp,综述"], [1, 2]),
        (["tag:to read"], [3]),
        (["--", "-(tag:nlp,综述)"], [3]),
        (["NOT", "tag:nlp"], [2, 3]),
        (["\uff08tag\uff1anlp or tag\uff1a综述\uff09"], [1, 2]),
        (["语言"], [2]),
        (["you need"], [1]),
        (["need you"], []),
        (["optim"], [3]),
        (["title:bert"], [3]),
    ],
)
def test_conditions_are_joined_as_typed_in_a_shell(three: Rl, words: list[str], found: list[int]) -> None:
    assert ids(three, "list", *words) == found
    assert sorted(ids(three, "todo", *words)) == found


def test_a_fault_is_shown_where_it_is(three: Rl) -> None:
    result = three("list", "tag:nlp", "(topc:x", "or", "year:2020)")
    assert result.code == 2
    assert "unknown key 'topc' at character 10 of the query: tag:nlp (→topc:x or year:2020)" in result.err
    assert "did you mean topic:?" in result.err


def test_a_saved_query_is_used_changed_and_taken_back(three: Rl) -> None:
    said = three("query", "save", "Work", "tag:nlp", "or", "tag:综述", check=True)
    assert "@work stands for tag:nlp or tag:综述: 2 papers" in said.err
    assert ids(three, "list", "@work") == [1, 2]
    assert ids(three, "list", "--", "-@work") == [3]
    three("query", "save", "new", "@work title:attention", check=True)
    assert ids(three, "list", "@new") == [1]
    again = three("query", "save", "work", "tag:to read", check=True)
    assert "before: tag:nlp or tag:综述" in again.err
    assert ids(three, "list", "@work") == [3]
    three("undo", check=True)
    assert three("query", "list", "--json", check=True).json()["data"] == {
        "queries": [
            {"name": "new", "query": "@work title:attention", "papers": 1, "fault": None},
            {"name": "work", "query": "tag:nlp or tag:综述", "papers": 2, "fault": None},
        ],
        "total": 2,
    }
    gone = three("query", "remove", "@work", check=True)
    assert "@new names it" in gone.err
    missing = three("list", "@new")
    assert missing.code == 3 and "there is no saved query @work" in missing.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("a b", "tag:x"), 2, "cannot be named"),
        (("a", "topc:x"), 2, "did you mean topic:?"),
        (("a", "@b"), 3, "there is no saved query @b"),
        (("a", "tag:x or @a"), 2, "@a → @a"),
        (("a", "(tag:x"), 2, "not closed"),
        (("a", "topic:nowhere"), 0, "cannot be asked now, there is no topic 'nowhere'"),
    ],
)
def test_a_query_is_checked_when_it_is_saved(three: Rl, words: tuple[str, ...], code: int, said: str) -> None:
    result = three("query", "save", *words)
    assert result.code == code and said in result.err
    assert bool(three("query", "list", check=True).out) == (code == 0)


@pytest.mark.parametrize("command", ["list", "todo", "search", "stats", "export"])
def test_whoever_types_a_bare_minus_learns_how_to_leave_papers_out(three: Rl, command: str) -> None:
    result = three(command, "-status:done")
    assert result.code == 2 and f"put -- before it: rl {command} -- -word" in result.err


def test_saved_queries_are_part_of_the_library_that_is_exported(three: Rl, tmp_path: Path) -> None:
    three("query", "save", "work", "tag:nlp", check=True)
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    three("export", "-o", str(first), check=True)
    elsewhere = {"RL_HOME": str(tmp_path / "elsewhere")}
    three("import", str(first), env=elsewhere, check=True)
    assert three("query", "list", env=elsewhere, check=True).out == "work\t1\ttag:nlp\n"
    three("export", "-o", str(second), env=elsewhere, check=True)
    assert first.read_bytes() == second.read_bytes()
    three("query", "save", "work", "tag:other", check=True)
    three("import", str(first), check=True)
    three("import", str(first), check=True)
    listed = three("query", "list", check=True).out.splitlines()
    assert listed == ["work\t0\ttag:other", "work-2\t1\ttag:nlp"]


def test_a_refresh_takes_a_query(three: Rl) -> None:
    assert "nothing is to be fetched" in three("refresh", "tag:nlp", check=True).err
    assert three("refresh", "@nothing").code == 3
    assert three("refresh", "no such paper").code == 3
