"""How texts are divided into words for the index, how they are asked for, and where the hits stand."""

import re
import sqlite3
import unicodedata
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


# Each rule of the index said plainly, one after the other.
ONES = (
    "[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]"
)
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def said_plainly(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace("™", " ")).casefold().translate(LETTERS)
    text = re.sub(ONES, r" \g<0> ", text)
    text = "".join(chr(ord(c) + 0xD0000) if 0x2B820 <= ord(c) <= 0x323AF else c for c in text)
    signs = str.maketrans({"+": "\ue02b", "#": "\ue023"})
    text = re.sub(
        "(?<![^\\W_])([^\\W_][\u0300-\u036f]*)([+#]+)(?![^\\W_])", lambda it: it[1] + it[2].translate(signs), text
    )
    return re.sub("(?<=[^\\W_])[+#]+(?![^\\W_])", lambda it: f" {it[0].translate(signs)} ", text)


@pytest.fixture(scope="module")
def tokens() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table fulltext using fts5(a, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("create virtual table words using fts5vocab(fulltext, instance)")
    yield connection
    connection.close()


def tokens_of(connection: sqlite3.Connection, text: str) -> list[tuple[str, int]]:
    connection.execute("delete from fulltext")
    connection.execute("insert into fulltext values (?)", (text,))
    return connection.execute("select term, offset from words order by offset").fetchall()


TYPED = st.text(alphabet='aBc+# ."-é\u0301\u0308模型ガ가\U0002b820\ue000\ue02bＡ™øŁßİﬁ²½々〇\u3000\n')


@given(st.lists(TYPED | st.text(), max_size=4).map("".join))
def test_a_text_is_divided_as_the_rules_say(tokens: sqlite3.Connection, text: str) -> None:
    assert tokens_of(tokens, indexed(text)) == tokens_of(tokens, said_plainly(text))


@given(st.lists(TYPED | st.text(st.characters(max_codepoint=0x24F)), min_size=1, max_size=4))
def test_every_word_of_a_text_is_found_in_it(tokens: sqlite3.Connection, pieces: list[str]) -> None:
    tokens_of(tokens, indexed(" ".join(pieces)))
    for piece in pieces:
        expression = match(f'"{piece.replace(chr(34), " ")}"')
        if any(character.isalnum() for character in piece):
            assert tokens.execute("select 1 from fulltext where fulltext match ?", (expression,)).fetchone(), expression


@pytest.mark.parametrize("text", ["语#", "语++ and c++"])
def test_signs_after_chinese_are_no_words_and_not_marked(text: str) -> None:
    assert [text[a:b] for a, b in hits(text, text[:2])] == [text[0]]


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
