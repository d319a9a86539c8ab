"""Is the paper that a service found by a title the one that is meant?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.likeness import Known, judge

ALIGNMENT = "Understanding Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere"

SAME = [
    # what the page says, what the service found, why it is the same
    ("simcse: simple contrastive learning of sentence embeddings", "SimCSE: Simple Contrastive Learning of …", "dots"),
    (
        "Multi-task fine tuning for dialogue state tracking",
        "Multitask Fine-Tuning for Dialogue State Tracking",
        "hyphens",
    ),
    ("Ｄｉｖｅｒｓｅ Beam Search for Neural Models", "Diverse Beam Search for neural models", "width and case"),
    ("Softmax-free Transformer with Linear Complexit", "Softmax-free Transformer with Linear Complexity", "cut word"),
    ("A Simple Framework for Contrastive Learning of ...", "A Simple Framework for Contrastive Learning of X", "cut"),
    (ALIGNMENT.replace("Alignment", "alighment"), ALIGNMENT, "slip: another letter"),
    (ALIGNMENT.replace("Learning", "Leraning"), ALIGNMENT, "slip: letters that changed places"),
    (ALIGNMENT.replace("Alignment", "aligment").replace("Uniformity", "Uniformmity"), ALIGNMENT, "two slips"),
    ("面向任务型对话的小样本学习方法综述", "面向任务型对话的小样本学习方法综述", "Chinese"),
]
OTHER = [
    (
        "Unsupervised learning of visual representations",
        "Supervised learning of visual representations",
        "first letter",
    ),
    ("Language models are few-shot learners for GPT-3", "Language models are few-shot learners for GPT-2", "a digit"),
    ("Scaling image recognition to large sets, Part 1", "Scaling image recognition to large sets, Part 11", "a number"),
    ("A study of word order in translation models", "A study of world order in translation models", "short word"),
    ("基于监督学习的句子表征方法研究", "基于无监督学习的句子表征方法研究", "Chinese"),
    (
        "Sentence Embedding via an Orthogonal Basis",
        "Zero-training Sentence Embedding via an Orthogonal Basis",
        "longer",
    ),
    ("Universal Sentence Encoder", "Discrete Cosine Transform as Universal Sentence Encoder", "a part"),
    ("Sample Efficient Model Evaluation", "Active Testing: Sample-Efficient Model Evaluation", "a subtitle"),
    ("GloVe", "GloVe: Global Vectors for Word Representation", "a main title alone"),
    ("Generative adversarial net", "Generative Adversarial Nets", "a short title, changed"),
    ("Attention", "Attention", "a title that many works have"),
    ("", "", "no title"),
]


@pytest.mark.parametrize(("ours", "theirs"), [row[:2] for row in SAME], ids=[row[2] for row in SAME])
def test_the_title_alone_is_enough(ours: str, theirs: str) -> None:
    for one, two in ((ours, theirs), (theirs, ours)):
        verdict = judge(Known(one), Known(two))
        assert verdict.accepted, verdict
        assert not verdict.doubts


@pytest.mark.parametrize(("ours", "theirs"), [row[:2] for row in OTHER], ids=[row[2] for row in OTHER])
def test_the_title_alone_is_not_enough(ours: str, theirs: str) -> None:
    for one, two in ((ours, theirs), (theirs, ours)):
        verdict = judge(Known(one), Known(two))
        assert not verdict.accepted, verdict
        assert verdict.doubts


@pytest.mark.parametrize(
    ("meant", "found", "accepted"),
    [
        (Known("Attention", year=2017), Known("Attention", year=2017), True),
        (Known("GloVe", ("Pennington",), 2014), Known("GloVe: Global Vectors", ("Jeffrey Pennington",), 2014), True),
        (Known("GloVe", ("Pennington",)), Known("GloVe: Global Vectors", ("Jeffrey Pennington",), 2014), False),
        (Known("Sample Efficient Evaluation", ("Kossen",), 2021),
         Known("Active Testing: Sample-Efficient Evaluation", ("Jannik Kossen",), 2021), True),
        (Known("Language Models", venue="NIPS"), Known("Language Models", venue="NeurIPS 2020"), True),
        (Known("Language Models", venue="arXiv"), Known("Language Models", venue="arXiv.org"), False),
    ],
)  # fmt: skip
def test_a_short_title_needs_a_witness(meant: Known, found: Known, accepted: bool) -> None:
    assert judge(meant, found).accepted is accepted


def test_years_as_of_a_preprint_and_its_publication_agree_only_for_the_whole_title() -> None:
    assert judge(Known(ALIGNMENT, year=2018), Known(ALIGNMENT, year=2021)).accepted
    assert not judge(Known(ALIGNMENT, year=2017), Known(ALIGNMENT, year=2021)).accepted
    slip = ALIGNMENT.replace("Alignment", "alighment")
    assert judge(Known(slip, year=2020), Known(ALIGNMENT, year=2021)).accepted
    assert not judge(Known(slip, year=2019), Known(ALIGNMENT, year=2021)).accepted


def test_the_reasons_name_what_agrees_and_what_does_not() -> None:
    found = Known(ALIGNMENT, ("Tongzhou Wang", "Phillip Isola"), 2020, "International Conference on Machine Learning")
    good = judge(Known(ALIGNMENT.replace("Alignment", "alighment"), ("Wang",), 2020, "ICML"), found)
    assert good.reasons == (
        "same title but for the spelling: alighment, alignment", "author Wang", "year 2020", "venue ICML",
    )  # fmt: skip
    bad = judge(Known(ALIGNMENT, ("Gao",), 2012), found)
    assert bad.doubts == ("Gao is not among its authors", "it is of 2020, not 2012")


def test_names_in_another_script_say_nothing() -> None:
    verdict = judge(Known(ALIGNMENT, ("王同舟",)), Known(ALIGNMENT, ("Tongzhou Wang",)))
    assert verdict.accepted
    assert verdict.reasons == ("same title",)


@given(st.text(max_size=60), st.text(max_size=60), st.none() | st.integers(1900, 2100), st.integers(1900, 2100))
def test_any_two_texts_are_judged(ours: str, theirs: str, year: int | None, other: int) -> None:
    verdict = judge(Known(ours, (), year), Known(theirs, ("A. Author",), other))
    assert 0 <= verdict.alike <= 1
    assert verdict.accepted or verdict.doubts


@given(st.text(min_size=1, max_size=80), st.integers(2000, 2020), st.integers(4, 50))
def test_years_far_apart_are_never_accepted(title: str, year: int, apart: int) -> None:
    assert not judge(Known(title, year=year), Known(title, year=year + apart)).accepted


@pytest.mark.parametrize(
    ("meant", "found", "shown"),
    [
        # Renamed between preprint and publication: the less alike, the more must speak for it.
        (Known("Free Embedding via an Orthogonal Basis"), Known("Zero Embedding via an Orthogonal Basis"), True),
        (Known("Distilling Knowledge", ("Kim",), 2016), Known("Distilled Attention", ("Yoon Kim",), 2016), True),
        (Known("Distilling Knowledge"), Known("Distilled Attention"), False),
        (Known("A Sentence Encoder", year=2018), Known("Cosines as a Sentence Encoder", year=2018), True),
        (Known("A Sentence Encoder", year=2018), Known("Discrete cosines as a Sentence Encoder", year=2023), False),
        (Known("A title"), Known("Something else altogether"), False),
    ],
)  # fmt: skip
def test_what_may_be_the_paper_is_worth_showing(meant: Known, found: Known, shown: bool) -> None:
    verdict = judge(meant, found)
    assert not verdict.accepted
    assert verdict.worth_showing is shown
