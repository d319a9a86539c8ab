"""The memory of the lists that were shown."""

from pathlib import Path

from readlist.domain.metadata import Link, Metadata
from readlist.services.shown import Memory, Related, Shown, Wanted


def shown(paper: int, count: int = 1, **wanted: object) -> Shown:
    """The list of references of a paper, `count` long."""
    papers = tuple(Related(n, Metadata("semantic-scholar", title=f"Reference {n}")) for n in range(1, count + 1))
    return Shown(Wanted("refs", (paper,), None, "influential", 20, **wanted), "2026-11-21", papers, count)  # type: ignore[arg-type]


def asked(paper: int) -> Wanted:
    return Wanted("refs", (paper,))


def test_what_is_recalled_is_what_was_shown(tmp_path: Path) -> None:
    said = Metadata(
        "semantic-scholar", "paper", "句子 “表征”", ("张三", "Bo Li"), 2021, "2021-04-18", "EMNLP",
        {"arxiv": "2104.08821"}, "https://example.org/", (Link("pdf", "https://example.org/x.pdf"),), citations=3,
    )  # fmt: skip
    wanted = Wanted("recommend", (3, 1), "NLP/句子", "given", 0)
    whole = Shown(wanted, "2026-11-21", (Related(1, said, True),), 7, 1000, False)
    Memory(tmp_path / "x.db").remember(whole)
    assert Memory(tmp_path / "x.db").recall(Wanted("recommend", (), "nlp/句子")) == whole
    assert Memory(tmp_path / "x.db").recall(Wanted("recommend", (3, 1))) is None, "these papers, not that topic"
    assert Memory(tmp_path / "y.db").recall(wanted) is None, "another library"


def test_only_a_list_that_is_as_wanted_is_recalled(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "x.db")
    memory.remember(shown(1, deep=True))
    for same in (asked(1), Wanted("refs", (1,), None, "influential"), Wanted("refs", (1,), None, None, 20, True)):
        assert memory.recall(same) is not None
    for other in (
        asked(2), Wanted("cited-by", (1,)), Wanted("refs", (1,), None, "year"), Wanted("refs", (1,), None, None, 0),
    ):  # fmt: skip
        assert memory.recall(other) is None
    memory.remember(shown(1))
    assert memory.recall(Wanted("refs", (1,), None, None, None, True)) is None, "it was not sorted over all of them"


def test_it_does_not_grow_without_end(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "x.db")
    for paper in range(30):
        memory.remember(shown(paper))
        memory.remember(shown(paper))
    assert [paper for paper in range(30) if memory.recall(asked(paper))] == list(range(10, 30))
    memory.remember(shown(99, 9_990))
    assert [paper for paper in range(30) if memory.recall(asked(paper))] == list(range(20, 30))
    memory.remember(shown(100, 20_000))
    assert memory.recall(asked(99)) is None and memory.recall(asked(100)) is not None, "the newest is kept whole"


def test_where_nothing_can_be_written_it_remembers_nothing(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "none" / "x.db")
    memory.remember(shown(1))
    assert memory.recall(asked(1)) is None
    assert not (tmp_path / "none").exists()
