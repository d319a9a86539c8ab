"""How texts are divided into words for the index, how they are asked for, and where the hits stand."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.words import hits, indexed, match, snippet

TEXT = (
    "Naïve BERT模型 in C++语言, written in C# by Søgaard; PointNet++ and ﬁne Ａ１ GPT-3 3D F1 "
    "Straße 한국어 ガイド \U0002b820\U0002b821 (A+B)"
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table fulltext using fts5(a, b, tokenize='unicode61 remove_diacritics 2')")
    yield connection
    connection.close()


def finds(index: sqlite3.Connection, text: str, query: str, prefix: bool = False) -> bool:
    index.execute("delete from fulltext")
    index.execute("insert into fulltext values (?, '')", (indexed(text),))
    expression = match(query, prefix=prefix)
    if not expression:
        return False
    return bool(index.execute("select 1 from fulltext where fulltext match ?", (expression,)).fetchall())


@pytest.mark.parametrize(
    "query",
    ["naive", "NAÏVE", "模", "模型", "bert模型", "BERT 模型", "c++", "C++语言", "c#", "sogaard", "Søgaard", "pointnet",
     "pointnet++", "fine", "a1", "gpt-3", "gpt 3", "3d", "f1", "strasse", "국", "한국", "ガイ", "\U0002b821", "a+b",
     '"written in c#"', "sogaard naive"],
)  # fmt: skip
def test_what_is_there_is_found(index: sqlite3.Connection, query: str) -> None:
    assert finds(index, TEXT, query)
    assert hits(TEXT, query)


@pytest.mark.parametrize(
    "query", ["c", "c+", "型模", "pointnet#", "gpt-4", "f", '"naive in"', "naiv", "point", "", "!!!", '""']
)
def test_what_is_not_there_is_not_found(index: sqlite3.Connection, query: str) -> None:
    assert not finds(index, TEXT, query)


def test_a_beginning_is_found_only_when_asked_for(index: sqlite3.Connection) -> None:
    assert not finds(index, "contrastive learning", "learning contra")
    assert finds(index, "contrastive learning", "learning contra", prefix=True)
    assert not finds(index, "contrastive learning", "contra learning", prefix=True)
    assert not finds(index, "contrastive", "c", prefix=True), "one letter is the beginning of too many"


@given(st.text() | st.text(alphabet='"*():^-+{}AND OR NOT NEAR title模é#'), st.booleans())
def test_nothing_that_is_typed_is_syntax(text: str, prefix: bool) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create virtual table fulltext using fts5(a, tokenize='unicode61 remove_diacritics 2')")
        expression = match(text, prefix=prefix)
        if expression:
            connection.execute("select * from fulltext where fulltext match ?", (expression,)).fetchall()
    hits(text, text)
    shown = snippet(text, text, 50)
    assert shown is None or all(0 <= start < end <= len(shown.text) for start, end in shown.hits)


def test_hits_are_marked_as_they_are_written() -> None:
    text = "Über Sätze: sentence Sentences 句子表征与句子"
    found = [text[a:b] for a, b in hits(text, "satze 句子 sentence")]
    assert found == ["Sätze", "sentence", "Sentences", "句子", "句子"]
    assert [text[a:b] for a, b in hits(text, '"句子表征"')] == ["句子表征"]


def test_a_snippet_is_where_most_of_the_words_are() -> None:
    text = "one " + "filler " * 60 + "then one and two together " + "filler " * 60
    shown = snippet(text, "one two", 80)
    assert shown is not None
    assert [shown.text[a:b] for a, b in shown.hits] == ["one", "two"]
    assert shown.text.startswith("…") and shown.text.endswith("…")
    assert len(shown.text) <= 82
    assert snippet(text, "three", 80) is None
