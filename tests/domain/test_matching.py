"""The same paper is one paper: by identifier, else by title with author and year where known."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.matching import authors_agree, contradiction, same_paper

LONG = "SimCSE: Simple Contrastive Learning of Sentence Embeddings"


def ours_and_theirs(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    def named(whose: str, record: dict[str, Any]) -> dict[str, Any]:
        return {f"{whose}_{name}": value for name, value in record.items()}

    one = same_paper(**named("our", ours), **named("their", theirs))
    assert same_paper(**named("our", theirs), **named("their", ours)) == one, "it does not matter which came first"
    return one


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"title": LONG}, {"title": LONG.upper()}),
        ({"title": LONG}, {"title": "Sim-CSE — simple contrastive learning of sentence embeddings."}),
        ({"title": "Another title", "ids": {"arxiv": "1"}}, {"title": LONG, "ids": {"arxiv": "1"}}),
        ({"title": LONG, "year": 2021}, {"title": LONG, "year": 2024}),
        ({"title": LONG, "authors": ["Gao, Tianyu"]}, {"title": LONG, "authors": ["Tianyu Gao", "Danqi Chen"]}),
        ({"title": LONG, "authors": ["Gao et al."]}, {"title": LONG, "authors": ["Tianyu Gao"]}),
        ({"title": LONG, "authors": ["Émile Müller"]}, {"title": LONG, "authors": ["E. MULLER"]}),
        ({"title": LONG, "ids": {"doi": "10.1/a"}}, {"title": LONG, "ids": {"doi": "10.1/b"}}),
        ({"title": "GloVe", "year": 2014}, {"title": "Glove", "year": 2014}),
        ({"title": "GloVe", "authors": ["J Pennington"], "year": 2014}, {"title": "GloVe", "authors": ["Pennington"]}),
        ({"title": "GloVe", "url": "https://a"}, {"title": "GloVe", "url": "https://a"}),
    ],
)
def test_one_paper_in_two_records_is_known(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert ours_and_theirs(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"title": LONG}, {"title": LONG + " II"}),
        ({"title": LONG, "year": 2016}, {"title": LONG, "year": 2020}),
        ({"title": LONG, "ids": {"arxiv": "1"}}, {"title": LONG, "ids": {"arxiv": "2"}}),
        ({"title": LONG, "authors": ["Tianyu Gao"]}, {"title": LONG, "authors": ["Ting Chen"]}),
        ({"title": "Preface", "year": 2019}, {"title": "Preface", "year": 2020}),
        ({"title": "GloVe", "year": 2014}, {"title": "GloVe"}),
        ({"title": "GloVe", "url": "https://a"}, {"title": "GloVe", "url": "https://b"}),
        ({"title": "!!!"}, {"title": "???"}),
        ({"title": ""}, {"title": ""}),
    ],
)
def test_two_papers_are_not_made_one(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert not ours_and_theirs(ours, theirs)


records = st.fixed_dictionaries(
    {"title": st.sampled_from([LONG, "GloVe", "", "BERT"])},
    optional={
        "authors": st.lists(st.sampled_from(["T Gao", "Gao, T", "D Chen"]), max_size=2),
        "year": st.none() | st.integers(2010, 2020),
        "ids": st.dictionaries(st.sampled_from(["arxiv", "doi"]), st.sampled_from(["1", "2"])),
        "url": st.none() | st.sampled_from(["https://a", "https://b"]),
    },
)


@given(records, records)
def test_sameness_does_not_depend_on_which_record_came_first(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    ours_and_theirs(ours, theirs)


def test_a_contradiction_names_what_speaks_against_it() -> None:
    assert contradiction({"arxiv": "1"}, {"arxiv": "2"}, None, None) == "arxiv 1 is not arxiv 2"
    assert contradiction({}, {}, 2010, 2020) == "2010 is not 2020"
    assert contradiction({"arxiv": "1"}, {"doi": "2"}, 2020, None) is None


def test_unknown_authors_neither_agree_nor_disagree() -> None:
    assert authors_agree([], ["Gao"]) is None
    assert authors_agree(["T. Gao"], ["Gao, T."]) is True
    assert authors_agree(["Chen"], ["Gao"]) is False
