"""Topics form a tree, and a person names one by any part of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.topics import DEEPEST, Forest, Topic, clean_path, parse_path
from readlist.errors import Ambiguous, NotFound, UsageError

NLP, SENTENCES, UNSUPERVISED, VISION, CONTRASTIVE, OTHER = FOREST = (
    Topic(1, "NLP"),
    Topic(2, "句子表征", 1, ("sentence embeddings",)),
    Topic(3, "无监督", 2),
    Topic(4, "Vision"),
    Topic(5, "Contrastive Learning", 4, ("CL",)),
    Topic(6, "无监督", 4),
)
forest = Forest(FOREST)


def test_a_topic_is_written_as_its_path() -> None:
    assert forest.path(UNSUPERVISED) == "NLP/句子表征/无监督"
    assert forest.names(NLP) == ("NLP",)
    assert forest.at(("nlp", " 句子表征 ")) == SENTENCES
    assert forest.at(("句子表征",)) is None
    assert [t.id for t in forest.children(None)] == [1, 4]
    assert {t.id for t in forest.below(NLP)} == {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("nlp", {1, 2, 3}),
        ("NLP/句子表征", {2, 3}),
        ("句子", {2, 3}),
        ("EMBEDDINGS", {2, 3}),
        ("无监督", {3, 6}),
        ("contrastive", {5}),
        ("cl", {5}),
        ("vision/无监督", {6}),
        (" vision ", {4, 5, 6}),
    ],
)
def test_a_filter_finds_topics_by_any_part_with_all_below(text: str, ids: set[int]) -> None:
    assert forest.selected(text) == ids


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("nlp", 1), ("NLP/句子表征", 2), ("sentence embeddings", 2), ("CL", 5), ("vision/无监督", 6), ("contrast", 5)],
)
def test_one_topic_is_named_by_path_name_alias_or_a_part_that_fits_only_it(text: str, wanted: int) -> None:
    assert forest.one(text).id == wanted


@pytest.mark.parametrize("text", ["无监督", "i"])
def test_a_name_that_fits_several_lists_them(text: str) -> None:
    with pytest.raises(Ambiguous) as refused:
        forest.one(text)
    assert len(refused.value.candidates) > 1
    assert all("/" in path or path in ("Vision",) for path in refused.value.candidates)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("visoin", "Vision"),
        ("contrastive lerning", "Contrastive Learning"),
        ("sentence embedings", "sentence embeddings"),
    ],
)
def test_an_unknown_topic_is_told_the_nearest(text: str, near: str) -> None:
    with pytest.raises(NotFound) as refused:
        forest.selected(text)
    assert near in refused.value.hint
    assert text in refused.value.message


@pytest.mark.parametrize("text", ["", "  ", "zzz"])
def test_what_fits_nothing_is_not_found(text: str) -> None:
    for find in (forest.matching, forest.one, Forest(()).matching):
        with pytest.raises(NotFound):
            find(text)


@pytest.mark.parametrize("text", ["", "a//b", "/a", "a/", " / ", "/".join("a" * (DEEPEST + 1))])
def test_a_path_without_a_name_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_path(text)


def test_a_path_is_read_without_stray_blanks() -> None:
    assert parse_path(" NLP / 句子  表征") == ("NLP", "句子 表征")


@given(st.lists(st.text(max_size=250), max_size=30))
def test_headings_of_a_file_make_a_path_that_can_be_typed(headings: list[str]) -> None:
    path = clean_path(headings)
    assert len(path) <= DEEPEST
    if path:
        assert parse_path("/".join(path)) == path


@given(st.text())
def test_any_text_finds_topics_or_is_refused(text: str) -> None:
    for find in (forest.selected, forest.one):
        try:
            find(text)
        except (NotFound, Ambiguous) as refused:
            assert refused.message
