"""What comes from outside cannot steer a terminal, and equal titles have equal keys."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.text import fold, is_chinese, one_line, printable, words

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
hostile = st.text(st.characters() | st.sampled_from(sorted(BIDI | set("\x1b[]m;0\x07\x9b\r\n\t\ud800"))))


@given(hostile)
def test_nothing_that_steers_a_terminal_survives(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not BIDI & set(shown)
    assert printable(shown) == shown
    shown.encode("utf-8")


@given(hostile)
def test_one_line_is_one_line_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert "  " not in line
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://evil\x07link\x1b]8;;\x07", "link"),
        ("\x1b]0;title\x1b\\text", "text"),
        ("\x9b31mred", "31mred"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("abc\u202etxt.exe", "abctxt.exe"),
        ("\ufeffBERT", "BERT"),
        ("a\ud800b", "ab"),
        ("无监督 学习 🎉", "无监督 学习 🎉"),
    ],
)
def test_text_is_shown_without_its_control_sequences(raw: str, shown: str) -> None:
    assert printable(raw) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sim-CSE: A Simple Method", "simcse a simple  method"),
        ("Émile über ﬁne", "emile uber fine"),
        ("ＢＥＲＴ：预训练", "bert 预训练"),
        ("Straße", "STRASSE"),
        ("GloVe", "Glove"),
        ("cafe\u0301", "caf\u00e9"),
        ("x²", "X2"),
    ],
)
def test_spellings_of_one_title_fold_to_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("GPT-2", "GPT-3"), ("学习", "学"), ("R-Drop", "Drop"), ("0", "")])
def test_different_titles_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_is_stable_and_knows_no_composition(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
    assert all(c.isalnum() for c in fold(text))


def test_words_are_folded_and_in_order() -> None:
    assert words("The Émile_effect: 2 cafés") == ["the", "emile", "effect", "2", "cafes"]
    assert words("") == []


@pytest.mark.parametrize(
    ("text", "chinese"), [("句子", True), ("a 学", True), ("abc", False), ("カナ", False), ("", False)]
)
def test_chinese_is_known_by_its_characters(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese
