"""A topic is found by any name that means the same; what only looks like such a name finds nothing."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.glossary import FEW, LEAST, Glossary, fold_name
from readlist.domain.text import is_chinese
from readlist.glossary import built_in_glossary

GROUPS = built_in_glossary().groups()
PLAIN = [[name for name in group if not name.endswith("?")] for group in GROUPS]
NAMES = [name for group in PLAIN for name in group]


def finds(question: str, topic: str) -> bool:
    bears = built_in_glossary().bearing(question)
    return bears is not None and bears(topic)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("contrastive", "对比学习"),
        ("Contrast", "对比学习"),
        ("对比学习", "Contrastive Learning"),
        ("对比", "Contrastive-learning papers"),
        ("contrastive learning", "自监督对比学习（必读）"),
        ("knowledge distillation", "知识蒸馏"),
        ("distill", "知识蒸馏"),
        ("知识蒸馏", "Knowledge-Distillation"),
        ("KD", "知识蒸馏"),
        ("模型蒸馏", "KD"),
        ("LLMs", "大模型"),
        ("大语言模型", "LLMs and friends"),
        ("检索增强生成", "RAG"),
        ("sentence embeddings", "句向量"),
        ("句子表征", "Sentence Representations"),
        ("named entity recognition", "中文命名实体识别"),
        ("language modelling", "语言模型"),
        ("optimisation", "优化算法"),
        ("3D 重建", "3d reconstruction"),
        ("图神经网络", "GNNs for chemistry"),
        ("reinforcement", "强化学习"),
        ("Ｎａïve Bayes", "朴素贝叶斯"),
    ],
)
def test_a_name_finds_the_other_names(question: str, topic: str) -> None:
    assert finds(question, topic)


@pytest.mark.parametrize(
    ("question", "topic", "why"),
    [
        ("学习", "机器学习", "a word that most names have says nothing"),
        ("learning", "深度学习", "a word that most names have says nothing"),
        ("l", "LSTM", "one letter says nothing"),
        ("con", "对比学习", "three letters may be the beginning of anything"),
        ("supervised learning", "无监督学习", "the sign before it turns it round"),
        ("supervised learning", "弱监督学习", "the sign before it turns it round"),
        ("监督学习", "Self-supervised learning", "the word before it turns it round"),
        ("对比学习", "Non-contrastive learning", "the word before it turns it round"),
        ("对比学习", "Contrastiveness", "a part of a word is not the word"),
        ("生成对抗网络", "Organisation", "GAN is a part of a word"),
        ("知识蒸馏", "KD trees", "an abbreviation with other meanings counts alone"),
        ("machine translation", "MT-bench", "an abbreviation with other meanings counts alone"),
        ("relation extraction", "Re-ID", "an abbreviation with other meanings counts alone"),
        ("RE benchmarks", "关系抽取", "an abbreviation with other meanings counts alone"),
        ("contrastive learning of sentences", "对比学习", "a question that says more wants less"),
    ],
)
def test_what_only_looks_like_a_name_finds_nothing(question: str, topic: str, why: str) -> None:
    assert not finds(question, topic), why


def test_every_name_finds_all_names_of_its_group() -> None:
    """So finding is symmetric."""
    for group in PLAIN:
        for name in group:
            bears = built_in_glossary().bearing(name)
            assert bears and [other for other in group if not bears(other)] == [], name


@given(st.sampled_from(PLAIN), st.sampled_from(["", "Papers on ", "必读：", "NLP ", "的"]), st.data())
def test_finding_holds_inside_longer_names_and_in_any_case(group: list[str], around: str, data: st.DataObject) -> None:
    asked, borne = (data.draw(st.sampled_from(group)) for _ in range(2))
    assert finds(asked.upper(), f"{around}{borne.title()}")
    assert finds(asked, f"{borne} {around}")


@given(st.text(), st.text())
def test_any_text_may_ask_and_be_asked(question: str, topic: str) -> None:
    assert finds(question, topic) in (True, False)


def test_the_words_of_the_field_are_many_and_each_stands_once() -> None:
    assert len(GROUPS) >= 250
    assert all(len(group) > 1 for group in GROUPS)
    assert sum(any(map(is_chinese, g)) and not all(map(is_chinese, g)) for g in GROUPS) >= 250, "in both languages"
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []
    alone = {name.removesuffix("?") for group in GROUPS for name in group if name.endswith("?")}
    assert alone.isdisjoint(NAMES), "a name that is marked as having other meanings is marked everywhere"
    assert all(len(set(group)) == len(group) for group in GROUPS)
    assert [name for name in (*NAMES, *alone) if len(name) < LEAST or name != fold_name(name)] == []
    text = "\n".join("=".join(group) for group in GROUPS)
    assert Glossary().extended(text)[1] == []


def test_a_part_finds_few_groups_at_most() -> None:
    for word in {word for name in NAMES for word in (*name.split(), name[:4])} - set(NAMES):
        assert len(built_in_glossary().meant_by(word)) <= FEW


MINE = """# mine
反差学习 = contrastive learning
Vogelkunde = ornithology = 鸟类学

just one name
a = = b
x = too short
Same = same
knowledge distillation = 知识蒸馏
"""


def test_lines_of_ones_own_add_to_the_words_of_the_field() -> None:
    glossary, faults = built_in_glossary().extended(MINE.replace("\n", "\r\n"))
    assert [line for line, _ in faults] == [5, 6, 7, 8]
    assert all(what for _, what in faults)
    for question, topic in (
        ("反差学习", "对比学习"),
        ("对比", "反差学习"),
        ("ornithology", "鸟类学"),
        ("KD", "知识蒸馏"),
    ):
        bears = glossary.bearing(question)
        assert bears and bears(topic), question
    assert len(glossary.lines) == len(GROUPS) + 1, "known names make no group of their own"


def test_a_marked_name_joins_nothing() -> None:
    glossary, faults = built_in_glossary().extended("moving target = 移动靶 = MT?")
    bears = glossary.bearing("移动靶")
    assert not faults
    assert bears and bears("MT") and not bears("机器翻译")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_glossary_or_has_faults(text: str) -> None:
    glossary, faults = Glossary().extended(text)
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 1 for line, _ in faults)
    assert all(len(group) > 1 and all(group) for group in glossary.groups())
