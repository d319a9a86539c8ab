"""Citation keys: family name, year, first telling title word; unique; never a number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.titles import citation_key, family_name, unique_key


@pytest.mark.parametrize(
    ("author", "family"),
    [
        ("Tianyu Gao", "Gao"),
        ("Gao, Tianyu", "Gao"),
        ("Laurens van der Maaten", "van der Maaten"),
        ("van der Maaten, Laurens", "van der Maaten"),
        ("Nando de Freitas", "de Freitas"),
        ("Van Durme", "Durme"),
        ("Robert L. Logan IV", "Logan"),
        ("Sammy Davis Jr.", "Davis"),
        ("李沐", "李沐"),
        ("Plato", "Plato"),
        ("Gao et al.", "Gao"),
        ("Tianyu Gao et al", "Gao"),
        ("", ""),
    ],
)
def test_the_family_name_is_found(author: str, family: str) -> None:
    assert family_name(author) == family


@pytest.mark.parametrize(
    ("title", "authors", "year", "key"),
    [
        ("SimCSE: Simple Contrastive Learning", ("Tianyu Gao", "X Yao"), 2021, "gao2021simcse"),
        ("The Curious Case", ("Ari Holtzman",), 2020, "holtzman2020curious"),
        ("On the Sentence Embeddings", ("Bohan Li",), None, "lisentence"),
        ("t-SNE", ("Laurens van der Maaten",), 2008, "vandermaaten2008t"),
        ("Émile", ("Łukasz Kaiser",), 2017, "kaiser2017emile"),
        ("对比学习综述", ("李沐",), 2021, "李沐2021对比学习综述"),
        ("0", ("Jane Doe",), 2020, "doe20200"),
        ("0", (), 2020, "paper02020"),
        ("2021", (), None, "paper2021"),
        ("", (), None, "paper"),
        ("GloVe vectors", (), 2014, "glove2014vectors"),
        ("The", ("Ann O'Neil-Smith",), 2020, "oneilsmith2020the"),
        ("!!!", ("!!!",), 2020, "paper2020"),
    ],
)
def test_the_citation_key_of_a_paper(title: str, authors: tuple[str, ...], year: int | None, key: str) -> None:
    assert citation_key(title, authors, year) == key


@given(st.text(), st.lists(st.text(), max_size=2).map(tuple), st.none() | st.integers(1, 9999))
def test_a_key_is_one_word_and_never_a_number(title: str, authors: tuple[str, ...], year: int | None) -> None:
    key = citation_key(title, authors, year)
    assert key
    assert not re.search(r"[\W_]", key)
    assert not key.isdigit()
    assert not re.fullmatch(r"#?[0-9]+", key)


def test_a_taken_key_gets_the_next_letter() -> None:
    taken: set[str] = set()
    for _ in range(30):
        taken.add(unique_key("gao2021simcse", taken.__contains__))
    assert len(taken) == 30
    assert {"gao2021simcse", "gao2021simcsea", "gao2021simcsez", "gao2021simcseaa"} <= taken
