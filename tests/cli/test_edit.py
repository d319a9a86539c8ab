"""`rl edit` and `rl remove`: what a person sets holds against every fetch, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.services import Services, running
from tests.conftest import Rl

SIMCSE = "2104.08821"


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with running() as found:
        yield found


def paper(rl: Rl, reference: str = "1") -> dict:  # type: ignore[type-arg]
    return rl("show", reference, "--json", check=True).json()["data"]["paper"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("assignment", "field", "value"),
    [
        ("title=A  better\ttitle", "title", "A better title"),
        ("authors=Tianyu Gao; Xingcheng Yao", "authors", ["Tianyu Gao", "Xingcheng Yao"]),
        ("authors=Gao, Tianyu and Danqi Chen", "authors", ["Gao, Tianyu", "Danqi Chen"]),
        ("authors=Tianyu Gao, Danqi Chen", "authors", ["Tianyu Gao", "Danqi Chen"]),
        ("authors=Gao, Tianyu", "authors", ["Gao, Tianyu"]),
        ("authors=高天宇、陈丹琦", "authors", ["高天宇", "陈丹琦"]),
        ("year=2020", "year", 2020),
        ("published=2021-04-18", "published", "2021-04-18"),
        ("venue=NIPS", "venue", "NeurIPS"),
        ("venue=A Workshop of ours", "venue", "A Workshop of ours"),
        ("kind=thesis", "kind", "thesis"),
        ("url=https://example.org/x?a=b", "url", "https://example.org/x?a=b"),
        ("abstract=摘要 = an abstract", "abstract", "摘要 = an abstract"),
        ("key=my-own-key", "key", "my-own-key"),
        ("topics=NLP/句子表征; Contrastive learning", "topics", ["NLP/句子表征", "Contrastive learning"]),
        ("tags=#survey; 必读", "tags", ["survey", "必读"]),
    ],
)
def test_a_field_is_set_and_set_back(rl: Rl, assignment: str, field: str, value: object) -> None:
    rl("add", "--title", "SimCSE Simple Contrastive", "-t", "old", "--tag", "old", "--no-fetch", check=True)
    before = paper(rl)
    done = rl("edit", "1", assignment, "--json", check=True).json()["data"]
    assert done["paper"][field] == value
    assert done["changed"] == [field]
    assert rl("edit", "1", assignment, "--json", check=True).json()["data"]["changed"] == []
    rl("undo", check=True)
    after = paper(rl)
    assert after == before


def test_identifiers_are_set_replaced_and_taken_off(rl: Rl) -> None:
    rl("add", "--title", "SimCSE Simple Contrastive", "--no-fetch", check=True)
    for given, found in [
        ("arxiv=https://arxiv.org/abs/2104.08821v4", {"arxiv": "2104.08821"}),
        ("arxiv=1810.04805", {"arxiv": "1810.04805"}),
        ("doi=https://doi.org/10.1000/XYZ", {"arxiv": "1810.04805", "doi": "10.1000/xyz"}),
        ("arxiv=", {"doi": "10.1000/xyz"}),
    ]:
        rl("edit", "1", given, check=True)
        assert paper(rl)["identifiers"] == found


def test_what_a_person_set_or_emptied_no_fetch_changes(rl: Rl, services: Services) -> None:
    rl("add", SIMCSE, env=services.env, check=True)
    fetched = paper(rl)
    assert fetched["abstract"] and fetched["venue"]
    rl("edit", "1", "title=My title", "venue=", "abstract=", "authors=", "year=1999", check=True)
    rl("refresh", "--all", env=services.env, check=True)
    found = paper(rl)
    assert (found["title"], found["venue"], found["abstract"], found["authors"], found["year"]) == (
        "My title", None, None, [], 1999,
    )  # fmt: skip
    assert found["key"] == fetched["key"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["1", "yaer=2020"], "did you mean year"),
        (["1", "year=soon"], "year cannot be 'soon'"),
        (["1", "year=20215"], "four digits"),
        (["1", "title="], "title cannot be empty"),
        (["1", "kind=poem"], "paper, thesis"),
        (["1", "url=javascript:alert(1)"], "https://"),
        (["1", "arxiv=10.1000/x"], "kind arxiv"),
        (["1", "doi=10.1/other", "year=2020"], "kind doi"),
        (["1", "key=12"], "not digits alone"),
        (["1", "key=two words"], "without blanks"),
        (["1", "key=other"], "#2 has the key other"),
        (["1", "doi=10.1000/other"], "rl merge 1 2"),
        (["1", "year"], "no FIELD=VALUE"),
    ],
)
def test_what_cannot_be_changes_nothing(rl: Rl, words: list[str], says: str) -> None:
    rl("add", "--title", "SimCSE Simple Contrastive", "--no-fetch", check=True)
    rl("add", "--title", "Another paper altogether", "--no-fetch", check=True)
    rl("edit", "2", "key=other", "doi=10.1000/other", check=True)
    before = paper(rl)
    done = rl("edit", *words)
    assert done.code == 2 and says in done.err
    assert paper(rl) == before


def test_the_record_is_corrected_in_the_editor(rl: Rl, tmp_path: Path) -> None:
    rl("add", "--title", "SimCSE Simple Contrastive", "-t", "NLP", "--no-fetch", check=True)
    # Where nobody sits at a terminal, the text comes from the standard input.
    done = rl("edit", "1", input="# a comment\ntitle = 对比学习 = good\n\nyear = 2021\ntopics = NLP\n", check=True)
    assert "title: SimCSE Simple Contrastive → 对比学习 = good" in done.err and "year: (none) → 2021" in done.err
    assert "topics" not in done.err
    assert "tags: (none) → x" in rl("edit", "1", "tags=x", check=True).err
    refused = rl("edit", "1", input="titel = x\n")
    assert refused.code == 2 and "did you mean title" in refused.err


def test_a_removed_paper_is_gone_and_comes_back_whole(rl: Rl) -> None:
    rl(
        "add",
        "--title",
        "SimCSE Simple Contrastive",
        "--no-fetch",
        "-t",
        "NLP",
        "--tag",
        "x",
        "--note",
        "n",
        check=True,
    )
    rl("mark-read", "1", "--pass", "1", "--summary", "s", check=True)
    before = paper(rl)
    done = rl("remove", "1", check=True)
    assert "removed" in done.err and "rl undo" in done.err
    assert rl("show", "1").code == 3
    rl("undo", check=True)
    assert paper(rl) == before
    rl("add", "--title", "Another paper altogether", "--no-fetch", check=True)
    assert rl("list", "--json", check=True).json()["data"]["total"] == 2


def test_several_papers_are_removed_only_when_asked_or_told(rl: Rl) -> None:
    for name in ("First paper here", "Second paper here", "Third paper here"):
        rl("add", "--title", name, "--no-fetch", check=True)
    assert rl("remove", "1", "2", "3").code == 2
    rl("remove", "1", "2", "3", "--yes", check=True)
    assert rl("list", "--json", check=True).json()["data"]["total"] == 0
    rl("undo", "--yes", check=True)
    assert rl("list", "--json", check=True).json()["data"]["total"] == 3


@pytest.mark.parametrize(
    ("assignment", "instead"),
    [("due=fri", "rl want PAPER --due"), ("priority=high", "--priority"), ("status=done", "mark-read"),
     ("summary=x", "rl summary"), ("note=x", "rl note")],
)  # fmt: skip
def test_what_is_no_field_of_the_record_is_told_with_the_command_that_sets_it(
    rl: Rl, assignment: str, instead: str
) -> None:
    rl("add", "--title", "A paper", "--no-fetch", check=True)
    done = rl("edit", "1", assignment)
    assert done.code == 2 and "no field of the record" in done.err and instead in done.err
    assert rl("edit", assignment).err == done.err, "of the current paper"
