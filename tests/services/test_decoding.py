"""Bytes to text: every encoding that people's files are in, and what is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.errors import InputError
from readlist.services.decoding import decoded

CHINESE = "# 句子表征\n\n- 一篇关于对比学习的论文，作者：张三\n  title = {深度学习在自然语言处理中的应用},\n"
GERMAN = "author = {Müller, Jürgen and Großmann, Ève},\ntitle = {Über «Größe» – naïve Ansätze},\n"


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (CHINESE.encode(), CHINESE, "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), CHINESE, "utf-8"),
        (CHINESE.encode("utf-16"), CHINESE, "utf-16"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), CHINESE, "utf-16"),
        (codecs.BOM_UTF32_LE + CHINESE.encode("utf-32-le"), CHINESE, "utf-32"),
        (GERMAN.encode("utf-16-le"), GERMAN, "utf-16"),
        (GERMAN.encode("utf-16-be"), GERMAN, "utf-16"),
        (CHINESE.encode("gbk"), CHINESE, "gb18030"),
        (("𠮷 is rare\n" + CHINESE).encode("gb18030"), "𠮷 is rare\n" + CHINESE, "gb18030"),
        (GERMAN.encode("cp1252"), GERMAN, "windows-1252"),
        (GERMAN.replace("–", "-").encode("latin-1"), GERMAN.replace("–", "-"), "windows-1252"),
        ("% Encoding: KOI8-R\nПривет\n".encode("koi8-r"), "% Encoding: KOI8-R\nПривет\n", "koi8-r"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>Łódź'.encode("iso-8859-2"), None, "iso8859-2"),
        ('<meta charset="gb2312">中文'.encode("gbk"), '<meta charset="gb2312">中文', "gb18030"),
        (b"% Encoding: UTF-8\n" + GERMAN.encode("cp1252"), "% Encoding: UTF-8\n" + GERMAN, "windows-1252"),
        (b"% Encoding: hex\nabc \xe9t\xe9 def\n", "% Encoding: hex\nabc été def\n", "windows-1252"),
    ],
)
def test_encodings(raw: bytes, text: str | None, encoding: str) -> None:
    it = decoded("file", raw)
    assert it.encoding == encoding
    assert it.text == (text if text is not None else raw.decode(encoding))


def test_a_file_put_together_from_two() -> None:
    it = decoded("file", CHINESE.encode() * 3 + GERMAN.encode("cp1252"))
    assert it.text == CHINESE * 3 + GERMAN and it.encoding == "utf-8 and windows-1252"
    it = decoded("file", GERMAN.encode() * 3 + "一行中文\n".encode("gbk"))
    assert it.text == GERMAN * 3 + "一行中文\n"


def test_a_character_that_was_cut_off_costs_that_character() -> None:
    it = decoded("file", "句子\n表征学习".encode()[:-1] + b"\nmore\n")
    assert it.text == "句子\n表征学\ufffd\nmore\n"


def test_line_ends() -> None:
    assert decoded("file", b"a\r\nb\n").text == "a\nb\n"
    assert decoded("file", b"a\rb\r").text == "a\nb\n"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "file is empty"),
        (codecs.BOM_UTF8 + b" \n", "file is empty"),
        (b"%PDF-1.7\n\xe2\xe3", "a PDF"),
        (b"PK\x03\x04abc", "a ZIP archive"),
        (bytes(range(256)), "not text"),
        (b"abc\0def", "not text"),
        (b"\x01\x02\x03\x04\xe9" * 20, "not text"),
        (b"\xff\xfea\0b", "UTF-16, but broken at byte"),
        ("Привет, мир, как твои дела\n".encode("cp1251"), "unknown encoding"),
        ("日本語の論文を読む\n".encode("shift-jis"), "unknown encoding"),
    ],
)
def test_what_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as fault:
        decoded("file", raw)
    assert fault.value.hint


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
@example("联通")
def test_what_is_utf8_is_read_as_utf8(text: str) -> None:
    if not text.removeprefix("\ufeff").strip():
        return
    it = decoded("file", text.encode())
    assert it.encoding in ("utf-8", "utf-16") and (it.encoding != "utf-8" or it.text == text.removeprefix("\ufeff"))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        it = decoded("file", raw)
    except InputError:
        return
    assert it.text.strip() and "\r\n" not in it.text
