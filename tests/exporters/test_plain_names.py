"""The short way for names that are plainly written leads where the long one does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readlist.exporters._work import name, names, usual_name
from tests.exporters.shelves import paper

PARTS = (
    "Tianyu Gao Jean-Luc D. A.-B. Jürgen 李沐 李 van der Google AI Team and others et al. Jr. III PhD Ph.D. Al-Rfou "
    "université Research-Group O'Brien X|Y , 3M -"
).split()
WRITTEN = st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join), max_size=4)


@given(WRITTEN)
def test_plain_names_are_what_the_rules_make_of_each(authors: list[str]) -> None:
    for author in authors:
        usual = usual_name(author)
        if usual is not None:
            assert name(author) == (usual[1], usual[0], "", "")
            assert names(paper(authors=(author,))) == ([name(author)], False)


def test_most_names_are_plain() -> None:
    assert usual_name("Tianyu Gao") == ("Tianyu", "Gao")
    assert usual_name("Christopher D. Manning") == ("Christopher D.", "Manning")
    assert usual_name("Jürgen Schmidhuber") == ("Jürgen", "Schmidhuber")
    for odd in ("李沐", "OpenAI", "Google Research", "Laurens van der Maaten", "Ann Smith Jr.", "A. Author et al."):
        assert usual_name(odd) is None
