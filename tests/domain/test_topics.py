"""Topics form a tree, and a person names one by any part of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.glossary import Glossary
from readlist.domain.topics import DEEPEST, Forest, Topic, clean_path, parse_path
from readlist.errors import Ambiguous, NotFound, UsageError
from readlist.glossary import built_in_glossary

NLP, SENTENCES, UNSUPERVISED, VISION, CONTRASTIVE, OTHER = FOREST = (
    Topic(1, "NLP"),
    Topic(2, "句子表征", 1, ("sentence embeddings",)),
    Topic(3, "无监督", 2),
    Topic(4, "Vision"),
    Topic(5, "Contrastive Learning", 4, ("CL",)),
    Topic(6, "无监督", 4),
)
forest = Forest(FOREST)

MIXED = (
    Topic(1, "Contrastive"),
    Topic(2, "自监督"),
    Topic(3, "对比学习", 2),
    Topic(4, "句子", 3),
    Topic(5, "知识蒸馏"),
    Topic(6, "训练", None, ("对抗训练",)),
    Topic(7, "机器学习"),
    Topic(8, "GNN"),
    Topic(9, "图神经网络", 7),
    Topic(10, "Organs"),
)
mixed = Forest(MIXED, built_in_glossary)


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
    ("text", "ids"),
    [
        ("contrastive", {1, 3, 4}),
        ("对比学习", {3, 4}),
        ("对比", {3, 4}),
        ("Contrastive Learning", {3, 4}),
        ("self-supervised", {2, 3, 4}),
        ("KD", {5}),
        ("Knowledge-Distillation", {5}),
        ("adversarial training", {6}),
        ("graph neural networks", {8, 9}),
        ("学习", {3, 4, 7, 9}),
    ],
)
def test_a_filter_finds_what_means_the_same(text: str, ids: set[int]) -> None:
    assert mixed.selected(text) == ids


def test_what_is_found_directly_comes_first() -> None:
    assert [t.id for t in mixed.matching("contrastive")] == [1, 3]
    assert [t.id for t in mixed.matching("图神经网络")] == [9, 8]


@pytest.mark.parametrize(("text", "wanted"), [("contrastive", 1), ("knowledge distillation", 5), ("GNN", 8)])
def test_the_glossary_decides_only_where_nothing_else_does(text: str, wanted: int) -> None:
    assert mixed.one(text).id == wanted


def test_several_topics_that_mean_what_is_asked_are_listed() -> None:
    with pytest.raises(Ambiguous) as refused:
        mixed.one("graph neural network")
    assert set(refused.value.candidates) == {"GNN", "机器学习/图神经网络"}


@given(st.data())
def test_finding_by_the_glossary_is_symmetric(data: st.DataObject) -> None:
    group = data.draw(st.sampled_from(built_in_glossary().groups()))
    one, other = (data.draw(st.sampled_from(group)).removesuffix("?") for _ in range(2))
    for asked, borne in ((one, other), (other, one)):
        assert Forest((Topic(1, "Above"), Topic(2, borne, 1)), built_in_glossary).selected(asked) == {2}


def test_the_glossary_is_not_asked_unless_a_topic_is() -> None:
    def never() -> Glossary:
        raise AssertionError("the glossary was read")

    unread = Forest(MIXED, never)
    assert [unread.path(t) for t, _ in unread.in_order()][:3] == ["Contrastive", "自监督", "自监督/对比学习"]
    assert unread.one("知识").id == 5
    assert [depth for _, depth in unread.in_order()] == [0, 0, 1, 2, 0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("visoin", "Vision"),
        ("contrastive lerning", "Contrastive Learning"),
        ("sentence embedings", "sentence embeddings"),
        ("contrastve", "Contrastive Learning"),
    ],
)
def test_an_unknown_topic_is_told_the_nearest(text: str, near: str) -> None:
    with pytest.raises(NotFound) as refused:
        forest.selected(text)
    assert near in refused.value.hint
    assert text in refused.value.message


def test_a_slip_in_a_name_of_the_glossary_is_told_what_was_meant() -> None:
    with pytest.raises(NotFound) as refused:
        mixed.selected("knowledge distilation")
    assert "知识蒸馏" in refused.value.hint


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


def test_of_a_topic_and_those_below_it_the_one_above_is_meant() -> None:
    """A path without the end of its last name is in the paths of all below, too."""
    field, sentences = Topic(1, "NLP"), Topic(2, "句子表征 Sentence embeddings", 1)
    tree = Forest((field, sentences, Topic(3, "有监督", 2), Topic(4, "无监督", 2), Topic(5, "句子 elsewhere", 1)))
    assert tree.one("NLP/句子表征") == tree.one("句子表征") == sentences
    with pytest.raises(Ambiguous):
        tree.one("句子")
