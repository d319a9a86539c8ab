"""Texts and titles that are told by a look at them are written as the rules make them, word by word."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from readlist.domain.text import one_line
from readlist.exporters import _latex as latex

WORDS = (
    "A a O R x Deep deep BERT GPT-4 3D A3 A123 100th with: in: on Foo. What? it's X-ray -- '' ``x $x$ & é Gödel Ai "
    'learning Learning via : K9a mBERT AbcdE Abcd9E C++ of 10 "Why (VAE) [1] :Foo a/b A: A. 对比 – ’s 𝐀 ß ª'
).split()
WRITTEN = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


@given(WRITTEN | st.text(max_size=30))
@example("A Simple Framework: A Study of Words")
def test_a_title_by_its_shape_is_what_its_words_make_of_it(title: str) -> None:
    by_shape = latex._by_shape(one_line(title))
    assert by_shape is None or by_shape == latex._part_by_part(one_line(title))


def test_most_titles_are_told_by_their_shape() -> None:
    for title, written in (
        ("A Simple Framework for Contrastive Learning of Visual Representations", None),
        (
            "SimCSE: Simple Contrastive Learning of Sentence Embeddings",
            "{SimCSE}: Simple Contrastive Learning of Sentence Embeddings",
        ),
        ("On the use of words", None),
        ("对比学习综述", None),
    ):
        assert latex._by_shape(title) == (written or title)
    for title in ("Learning from German text with Bayes", "ATTENTION IS ALL YOU NEED", "K-means in R", "50% of it"):
        assert latex._by_shape(title) is None


SIGNS = st.lists(st.sampled_from([*"abA 1.-'`&%$#_{}~^\\=@\n\r\té句", "  ", "--", "''"]), max_size=12).map("".join)


@given(SIGNS)
def test_an_abstract_is_what_its_lines_are(raw: str) -> None:
    lines = [latex.text(line) for line in map(one_line, re.split("\r\n|\r|\n", raw)) if line]
    assert latex.paragraphs(raw) == "\n\n".join(lines)


@given(SIGNS)
def test_each_sign_is_escaped_by_itself(raw: str) -> None:
    assert latex.plain(raw) == "".join(map(latex.plain, raw))
