"""A query is read as a person means it, or refused where it is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.query import KEYS, Filter, Range, Term, parse
from readlist.errors import UsageError

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("topic:contrastive", [Term("topic", "contrastive")]),
        ("TOPIC:NLP/句子表征", [Term("topic", "NLP/句子表征")]),
        ('topic:"to read"', [Term("topic", "to read")]),
        ("-tag:survey", [Term("tag", "survey", True)]),
        ("venue:ACL author:gao", [Term("venue", "ACL"), Term("author", "gao")]),
        ("key:gao2021", [Term("key", "gao2021")]),
        ("year:2020", [Term("year", Range(2020, 2020))]),
        ("year:2020..", [Term("year", Range(2020, None))]),
        ("year:..2020", [Term("year", Range(None, 2020))]),
        ("year:2018..2020", [Term("year", Range(2018, 2020))]),
        ("year:=2020", [Term("year", Range(2020, 2020))]),
        ("cites:>100", [Term("cites", Range(101, None))]),
        ("cites:>=100", [Term("cites", Range(100, None))]),
        ("pass:<2", [Term("pass", Range(None, 1))]),
        ("pass:<=2", [Term("pass", Range(None, 2))]),
        ("status:TODO", [Term("status", "todo")]),
        ("kind:thesis priority:high", [Term("kind", "thesis"), Term("priority", "high")]),
        ("added:-7d", [Term("added", Range("2026-11-14", None))]),
        ("added:yesterday", [Term("added", Range("2026-11-20", "2026-11-20"))]),
        ("added:>2026-11-01", [Term("added", Range("2026-11-02", None))]),
        ("added:-7d..-1d", [Term("added", Range("2026-11-14", "2026-11-20"))]),
        ("due:+7d", [Term("due", Range(None, "2026-11-28"))]),
        ("due:mon", [Term("due", Range("2026-11-23", "2026-11-23"))]),
        ("due:<=tomorrow", [Term("due", Range(None, "2026-11-22"))]),
        ("due:none", [Term("due", "none")]),
        ("due:ANY", [Term("due", "any")]),
        ('"exact words" -excluded', [Term("text", "exact words"), Term("text", "excluded", True)]),
        ('-"not this"', [Term("text", "not this", True)]),
        ("https://example.org/a?b=c", [Term("text", "https://example.org/a?b=c")]),
        ("-", [Term("text", "-")]),
        ("无监督", [Term("text", "无监督")]),
        ("BERT: deep", [Term("text", "BERT:"), Term("text", "deep")]),
        ("", []),
    ],
)
def test_every_form_of_a_query(text: str, terms: list[Term]) -> None:
    assert parse([text], TODAY) == Filter(tuple(terms))


def test_words_of_the_command_line_are_one_query() -> None:
    assert parse(["year:2020..", "-tag:x y"], TODAY) == parse(["year:2020.. -tag:x y"], TODAY)
    assert parse(["a"], TODAY) & parse(["b"], TODAY) == parse(["a", "b"], TODAY)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("topc:x", "topic"),
        ("autor:gao", "author"),
        ("statsu:todo", "status"),
        ("citations:>3", "cites"),
        ("years:2020", "year"),
    ],
)
def test_an_unknown_key_is_told_the_nearest_one(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse([text], TODAY)
    assert text.split(":")[0] in refused.value.message
    assert hint in refused.value.hint


def test_an_unknown_key_like_no_other_is_told_all() -> None:
    with pytest.raises(UsageError) as refused:
        parse(["xyzzy:1"], TODAY)
    assert all(key in refused.value.hint for key in KEYS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year:soon", "year:soon"),
        ("cites:>many", "cites:>many"),
        ("cites:-5", "cites:-5"),
        ("pass:1.5", "pass:1.5"),
        ("status:finished", "status:finished"),
        ("kind:poem", "kind:poem"),
        ("added:someday", "someday"),
        ("added:>9999-12-31", "9999-12-31"),
        ("added:<0001-01-01", "0001-01-01"),
        ('a "open', "character 3"),
        ("topic:", "topic:"),
        ("-year: 2020", "year:"),
    ],
)
def test_a_wrong_query_is_refused_where_it_is_wrong(text: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse([text], TODAY)
    assert said in refused.value.message
    assert refused.value.hint


pieces = st.sampled_from(
    [*(f"{key}:" for key in KEYS), '"', "-", "..", ">", "<=", "2020", "today", "todo", " ", "x", "-3d", "//"]
)


@given(st.text() | st.lists(pieces).map("".join))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        found = parse([text], TODAY)
    except UsageError as refused:
        assert refused.message
    else:
        assert all(term.key in (*KEYS, "text") for term in found.terms)
