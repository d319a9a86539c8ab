"""Papers that may be one are proposed with reasons; papers that are not one are left alone; never all with all."""

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.blocks import candidates, suspicions
from readlist.domain.duplicates import Pair, Record, Side, Suspicion, judged
from readlist.domain.text import fold
from readlist.domain.traits import numbers, parts, person

TITLE = "SimCSE: Simple Contrastive Learning of Sentence Embeddings"
GAO = ("Tianyu Gao", "Xingcheng Yao", "Danqi Chen")
ARXIV = {"arxiv": "2104.08821"}


def record(title: str = TITLE, *authors: str, number: int = 1, **known: object) -> Record:
    return Record(number, title, fold(title), authors, **known)  # type: ignore[arg-type]


def compared(one: Record, other: Record) -> Suspicion | None:
    """What is said of the two, which must not depend on their order."""
    found, turned = judged(Pair(Side(one), Side(other))), judged(Pair(Side(other), Side(one)))
    assert (found and found.points) == (turned and turned.points)
    return found


@pytest.mark.parametrize(
    ("one", "other", "certainty", "reason"),
    [
        (record(TITLE, *GAO), record(TITLE.upper(), "Gao, T."), "surely", "same title"),
        (record(year=2021), record(year=2022), "likely", "same title"),
        (record(TITLE, *GAO, identifiers=ARXIV, venue="arXiv"), record(TITLE, "Gao", venue="EMNLP"), "surely",
         "a preprint and a publication"),
        (record(TITLE, "Tianyu Gao"), record("SimCSE", "Gao"), "likely", "a name or subtitle added"),
        (record(TITLE), record("SimCSE"), "maybe", "a name or subtitle added"),
        (record(TITLE), record("Simple Contrastive Learning of Sentence Embeddings"), "maybe", "a name or subtitle"),
        (record("对比学习综述：方法与应用"), record("对比学习综述"), "maybe", "a name or subtitle added"),
        (record("Simple Contrastive Learning of Sentence …"),
         record("Simple Contrastive Learning of Sentence Embeddings"), "maybe", "cut off"),
        (record(TITLE), record(TITLE.replace("Embeddings", "Embedings")), "maybe", "spelling"),
        (record(TITLE, "Gao"), record(TITLE.replace("Contrastive", "Contrastvie"), "T Gao"), "likely", "spelling"),
        (record("Local Low-Rank Matrix Approximation", "J Lee", "S Kim", "G Lebanon", identifiers=ARXIV),
         record("Matrix Approximation under Local Low-Rank Assumption", "S Kim", "J Lee", "G Lebanon", venue="ICML"),
         "maybe", "most words in common"),
        (record("RMIX: Risk-Sensitive Reinforcement Learning", "Wei Qiu", year=2021),
         record("RMIX: Learning Risk-Sensitive Policies", "W. Qiu", year=2021), "maybe", "same name"),
        (record("UniLMv2", url="https://a/u.pdf"), record("UniLMv2: Pseudo-Masked Models", url="https://a/u.pdf"),
         "surely", "same address"),
        (record("One title", identifiers=ARXIV), record("One title", named=frozenset({"arxiv:2104.08821"})), "likely",
         "an address of one is of the other (arxiv:2104.08821)"),
        (record("GloVe", "J Pennington", year=2014), record("Glove", "Jeffrey Pennington", year=2014), "likely",
         "one that several papers may have"),
    ],
)  # fmt: skip
def test_what_may_be_one_paper_is_proposed_with_its_reason(
    one: Record, other: Record, certainty: str, reason: str
) -> None:
    found = compared(one, other)
    assert found, "the pair is not proposed"
    assert any(reason in sentence and points > 0 for sentence, points in found.reasons), found.reasons
    assert found.certainty == certainty, found


LLAMA = "Llama 2: Open Foundation and Fine-Tuned Chat Models"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(TITLE, *GAO), record(TITLE, "Ting Chen", "Simon Kornblith")),
        (record(identifiers=ARXIV), record(identifiers={"arxiv": "2104.08822"})),
        (record(TITLE, year=2010), record(TITLE, year=2020)),
        (record(LLAMA, "Touvron"), record(LLAMA.replace("2", "3"), "Touvron")),
        (record("Improving BERT, Part I", "A Chen"), record("Improving BERT, Part II", "A Chen")),
        (record("深度学习论文精读（一）", "Mu Li"), record("深度学习论文精读（二）", "Mu Li")),
        (record("Supervised Learning of Sentence Embeddings", "T Gao"),
         record("Unsupervised Learning of Sentence Embeddings", "T Gao")),
        (record("BERT: Pre-training of Deep Bidirectional Transformers", "J Devlin"),
         record("RoBERTa: A Robustly Optimized BERT Approach", "Y Liu")),
        (record("Top Papers of the Week (May 1 - May 7)"), record("Top Papers of the Week (May 8 - May 14)")),
        (record(TITLE), record(TITLE, kind="post")),
        (record(TITLE), record(f"[Re] {TITLE}")),
        (record("Deep Equilibrium Models", "S Bai", "Z Kolter", "V Koltun", venue="NeurIPS", year=2019),
         record("Multiscale Deep Equilibrium Models", "S Bai", "V Koltun", "Z Kolter", venue="NeurIPS", year=2020)),
        (record("Introduction"), record("Preface")),
        (record("MapReduce", url="https://a/x.pdf"), record("The Google File System", url="https://a/x.pdf")),
        (record(""), record("")),
        (record("!!!"), record("???")),
    ],
)  # fmt: skip
def test_what_are_two_papers_is_not_proposed(one: Record, other: Record) -> None:
    assert compared(one, other) is None


def test_what_speaks_against_a_pair_is_told() -> None:
    found = compared(record(TITLE, *GAO, year=2014), record(TITLE, *GAO, year=2021))
    assert found and found.certainty == "likely"
    assert [sentence for sentence, points in found.reasons if points < 0] == ["years far apart"]


records = st.builds(
    record,
    st.sampled_from([TITLE, "SimCSE", TITLE + " II", "Simple Contrastive Learning", "", "对比学习", "SimCSE: Another"]),
    st.sampled_from([*GAO, "Gao, T.", "陈丹琦", "", ", "]),
    year=st.none() | st.integers(2010, 2020),
    venue=st.sampled_from([None, "arXiv", "ACL"]),
    identifiers=st.dictionaries(st.sampled_from(["arxiv", "doi"]), st.sampled_from(["1", "2"])),
    url=st.sampled_from([None, "https://a"]),
    named=st.frozensets(st.sampled_from(["arxiv:1", "doi:2"])),
)


@given(records, records)
def test_a_comparison_does_not_depend_on_the_order(one: Record, other: Record) -> None:
    compared(one, other)


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_can_be_compared(title: str, name: str) -> None:
    known = record(title, name)
    found = compared(known, record(title, name, number=2))
    assert bool(found) <= bool(fold(title)), "titles without a letter are nobody's"


def test_numbers_are_found_however_they_are_written() -> None:
    assert numbers("GPT-2 and Part II") == ("2", "2")
    assert numbers("What I Learned About V Functions") == ()
    assert numbers("Improving BERT, Part I") == ("1",)
    assert numbers("论文精读（上）") == ("上",) and numbers("第三部分") == ("三",)


def test_a_title_is_taken_apart_at_colons_dashes_and_brackets() -> None:
    heads, tails = parts("CLIP: Learning Transferable Models (Extended)")
    assert heads == {"clip", "cliplearningtransferablemodels"}
    assert tails == {"learningtransferablemodelsextended"}
    assert not any(parts("Pre-training of Transformers"))
    assert len(parts("A word: " * 1000)[0]) < 10, "a page that was taken for a title costs no more than a title"


@pytest.mark.parametrize("other", ["Gao, Tianyu", "T. Gao", "Gao", "Gao Tianyu", "TIANYU GAO", "Tian Gao"])
def test_an_author_is_known_in_other_styles(other: str) -> None:
    assert person("Tianyu Gao").may_be(person(other)) and person(other).may_be(person("Tianyu Gao"))


@pytest.mark.parametrize("other", ["Jun Gao", "J. Gao", "Tianyu Chen", "Gau, T."])
def test_an_author_is_not_another_of_the_same_family(other: str) -> None:
    assert not person("Tianyu Gao").may_be(person(other))


# -- which pairs are looked at -----------------------------------------------------------------------------------------


def many(titles: list[str], *authors: str) -> list[Record]:
    return [record(title, *authors, number=number) for number, title in enumerate(titles, 1)]


def test_pairs_are_found_among_other_papers_the_most_certain_first() -> None:
    words = "graph neural learning deep image models language robust efficient adaptive policy search".split()
    others = {f"{a} {b} {c} networks".title() for a, b, c in permutations(words, 3)}
    titles = [*sorted(others)[:300], TITLE, "SimCSE", "Attention Is All You Need", "Attention is all you need!"]
    random.Random(1).shuffle(titles)
    found = suspicions(many(titles))
    assert [{titles[it.ours - 1], titles[it.theirs - 1]} for it in found] == [
        {"Attention Is All You Need", "Attention is all you need!"},
        {TITLE, "SimCSE"},
    ]


@pytest.mark.parametrize("title", ["Introduction", "Introduction to Deep Learning and Its Many Applications"])
def test_a_title_that_many_papers_have_makes_no_pairs(title: str) -> None:
    papers = many([title] * 1000)
    pairs, common = candidates(papers)
    assert len(pairs) < 10 * len(papers) and fold(title) in common
    assert suspicions(papers) == []


def test_among_papers_of_one_title_those_of_one_author_are_found() -> None:
    papers = [record("Introduction", f"Author {n}son", number=n, year=2000) for n in range(1, 200)]
    papers.append(record("Introduction", "A. 77son", number=1000, year=2000))
    assert {(it.ours, it.theirs) for it in suspicions(papers)} == {(77, 1000)}


@pytest.mark.parametrize(
    "change",
    [
        lambda title: title.replace("Contrastive", "Contrstive"),
        lambda title: title.replace("Sentence", "Sentenec"),
        lambda title: title[:40] + "…",
        lambda title: title.partition(":")[0],
        lambda title: title.partition(": ")[2],
        lambda title: f"New: {title.partition(': ')[2]}",
    ],
)
def test_a_changed_title_meets_the_old_one(change: object) -> None:
    changed = change(TITLE)  # type: ignore[operator]
    assert (0, 1) in candidates(many([TITLE, changed]))[0]
