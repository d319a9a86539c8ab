"""Venues: spellings of services and of people come to one name, and plain words are no venue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain import venues

FIELDS = [
    ("2021-EMNLP", "EMNLP", 2021),
    ("EMNLP-2021", "EMNLP", 2021),
    ("ICML'24", "ICML", 2024),
    ("SIGIR ’25", "SIGIR", 2025),
    ("ICLR, 2021", "ICLR", 2021),
    ("EMNLP-findings 2020", "EMNLP-findings", 2020),
    ("EMNLP 2020 finding", "EMNLP-findings", 2020),
    ("NIPS2016", "NeurIPS", 2016),
    ("2015NIPS", "NeurIPS", 2015),
    ("(NeurIPS 2020)", "NeurIPS", 2020),
    ("CVPR16", "CVPR", 2016),
    ("3DV 2020", "3DV", 2020),
    ("arxiv, 2016", "arXiv", 2016),
    ("Arxiv/2509", "arXiv", 2025),
    ("KDD", "KDD", None),
    ("Proceedings of the 33rd International Conference on Machine Learning", "ICML", None),
    ("Proceedings of the Fifty-Eighth Annual Meeting of the Association for Computational Linguistics", "ACL", None),
    ("Findings of the Association for Computational Linguistics: EMNLP 2021", "EMNLP-findings", 2021),
    ("2020 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "CVPR", None),
]


@pytest.mark.parametrize(("text", "name", "year"), FIELDS)
def test_a_field_names_venue_and_year(text: str, name: str, year: int | None) -> None:
    found = venues.split(text)
    assert found is not None
    assert found[0] == name
    assert year is None or found[1] == year


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Neural Information Processing Systems", "NeurIPS"),
        ("Annual Meeting of the Association for Computational Linguistics", "ACL"),
        ("Conference on Empirical Methods in Natural Language Processing", "EMNLP"),
        ("North American Chapter of the Association for Computational Linguistics", "NAACL"),
        ("arXiv.org", "arXiv"),
        ("CoRR", "arXiv"),
        ("ACM Multimedia", "ACM MM"),
        ("J. Mach. Learn. Res.", "JMLR"),
        ("Nature", "Nature"),
    ],
)
def test_spellings_of_the_services(text: str, name: str) -> None:
    assert venues.canonical(text) == name


@pytest.mark.parametrize("text", ["", "nature", "learning", "GPT3", "2021", "chi", "neural networks", "a" * 500, "'24"])
def test_plain_words_are_no_venue(text: str) -> None:
    assert venues.split(text) is None
    assert venues.canonical(text) is None


def test_the_table_is_consistent() -> None:
    names = venues.names()
    assert len(names) >= 120
    assert venues.PREPRINT in names
    for name in names:
        assert venues.canonical(name) == name
        assert venues.split(f"{name} 2019") == (name, 2019)
        assert venues.split(f"2019-{name}") == (name, 2019)


@given(st.text(max_size=240))
def test_any_text_gets_an_answer(text: str) -> None:
    found = venues.split(text)
    assert venues.canonical(text) == (found[0] if found else None)
