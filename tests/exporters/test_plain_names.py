"""The short way for names that are plainly written leads where the long one does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readlist.exporters._work import name, names, plain_names
from tests.exporters.shelves import paper

PARTS = (
    "Tianyu Gao Jean-Luc D. A.-B. Jürgen 李沐 李 van der Google AI Team and others et al. Jr. III PhD Ph.D. Al-Rfou "
    "université Research-Group O'Brien X|Y , 3M -"
).split()
WRITTEN = st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join), max_size=4)


@given(WRITTEN)
def test_plain_names_are_what_the_rules_make_of_each(authors: list[str]) -> None:
    plain = plain_names(authors)
    if plain is not None:
        assert [(it.given, it.family, it.suffix, it.literal) for it in map(name, authors)] == [
            (given, family, "", "") for given, family in plain
        ]
        assert names(paper(authors=tuple(authors))) == ([*map(name, authors)], False)


def test_most_names_are_plain() -> None:
    assert plain_names(["Tianyu Gao", "Christopher D. Manning", "Jürgen Schmidhuber"]) == [
        ("Tianyu", "Gao"),
        ("Christopher D.", "Manning"),
        ("Jürgen", "Schmidhuber"),
    ]
    for odd in ("李沐", "OpenAI", "Google Research", "Laurens van der Maaten", "Ann Smith Jr.", "A. Author et al."):
        assert plain_names(["Tianyu Gao", odd]) is None
