"""A query is read as a person means it, or refused where it is wrong."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.filter import Node
from readlist.domain.query import (
    KEYS,
    All,
    Either,
    Filter,
    Not,
    Range,
    Term,
    line_of,
    means_query,
    parse,
)
from readlist.errors import NotFound, UsageError

TODAY = date(2026, 11, 21)
A, B, C = Term("tag", "a"), Term("tag", "b"), Term("tag", "c")


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
        ("read:2026-W47", [Term("read", Range("2026-11-16", "2026-11-22"))]),
        ("added:2026-02", [Term("added", Range("2026-02-01", "2026-02-28"))]),
        ("added:2024-02..2024-W10", [Term("added", Range("2024-02-01", "2024-03-10"))]),
        ("added:<2026-W47", [Term("added", Range(None, "2026-11-15"))]),
        ("added:>2026-W47", [Term("added", Range("2026-11-23", None))]),
        ("due:<=2026-12", [Term("due", Range(None, "2026-12-31"))]),
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
        ("BERT: deep", [Term("text", "BERT: deep")]),
        ("pass:1,3", [Either((Term("pass", Range(1, 1)), Term("pass", Range(3, 3))))]),
        ("status:todo,reading", [Either((Term("status", "todo"), Term("status", "reading")))]),
        ('tag:a,"b c"', [Either((Term("tag", "a"), Term("tag", "b c")))]),
        ("-tag:a,b", [Not(Either((Term("tag", "a"), Term("tag", "b"))))]),
        ("read:-7d", [Term("read", Range("2026-11-14", None))]),
        ("read:none", [Term("read", "none")]),
        ("id:3..5", [Term("id", Range(3, 5))]),
        ("has:Summary -is:withdrawn", [Term("has", "summary"), Term("is", "withdrawn", True)]),
        ("arxiv:1706.03762v5", [Term("arxiv", "1706.03762")]),
        ("doi:10.1016/0004-3702(94)90020-5", [Term("doi", "10.1016/0004-3702(94)90020-5")]),
        ("tag:a or tag:b", [Either((A, B))]),
        ("tag:a OR tag:b", [Either((A, B))]),
        ("tag:a|tag:b", [Either((A, B))]),
        ("tag:a tag:b or tag:c", [Either((All((A, B)), C))]),
        ("tag:a (tag:b or tag:c)", [A, Either((B, C))]),
        ("tag:a AND tag:b", [A, B]),
        ("(tag:a tag:b) tag:c", [A, B, C]),
        ("NOT tag:a", [Term("tag", "a", True)]),
        ("NOT -tag:a", [A]),
        ("-(tag:a tag:b)", [Not(All((A, B)))]),
        ("NOT (tag:a or tag:b)", [Not(Either((A, B)))]),
        ("tag:(a or b)", [Either((A, B))]),
        ("tag:(a -b)", [A, Term("tag", "b", True)]),
        ("-tag:(a b)", [Not(All((A, B)))]),
        ("tag\uff1aa", [A]),
        ("\uff08tag:a or tag:b\uff09 tag:c", [Either((A, B)), C]),
        ("tag\uff1aa\uff0cb", [Either((A, B))]),
        ("\u201cexact words\u201d", [Term("text", "exact words")]),
        ("BERT\uff1a\u9884\u8bad\u7ec3", [Term("text", "BERT\uff1a\u9884\u8bad\u7ec3")]),
        ("O(n) f(x", [Term("text", "O(n)"), Term("text", "f(x")]),
        ('"or" oracle a-b', [Term("text", "or"), Term("text", "oracle"), Term("text", "a-b")]),
        ("not this OR", None),
        ("", []),
    ],
)
def test_every_form_of_a_query(text: str, terms: list[Node] | None) -> None:
    if terms is None:
        with pytest.raises(UsageError):
            parse(text.split(" "), TODAY)
    else:
        assert parse([text], TODAY) == Filter(tuple(terms))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["exact words"], '"exact words"'),
        (["tag:to read"], 'tag:"to read"'),
        (["-not this"], '-"not this"'),
        (["a", "b c", "d"], 'a "b c" d'),
        (["year:2020 gao"], "year:2020 gao"),
        (["BERT: a study"], '"BERT: a study"'),
        (["(tag:a or tag:b) -status:done"], "(tag:a or tag:b) -status:done"),
        (["venue:ACL or venue:EMNLP"], "venue:ACL or venue:EMNLP"),
        (["venue:ACL", "or", "venue:EMNLP"], "venue:ACL or venue:EMNLP"),
        (['tag:"to read" x'], 'tag:"to read" x'),
        (["@work bert"], "@work bert"),
    ],
)
def test_quotes_that_a_shell_took_away_are_put_back(words: list[str], line: str) -> None:
    assert line_of(words) == line
    assert parse(words, TODAY, lambda: {"work": "x"}) == parse([line], TODAY, lambda: {"work": "x"})


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
        ("-year:", "year: has no value at character 2"),
        ("a (tag:b", "not closed at character 3 of the query: a →(tag:b"),
        ("a tag:b)", "character 8 of the query: a tag:b→)"),
        ("a ( ) b", "empty at character 3"),
        ("or tag:a", "'or' has nothing before it at character 1"),
        ("tag:a or", "'or' has nothing behind it at character 7"),
        ("tag:a | | tag:b", "'|' has nothing behind it at character 7"),
        ("(tag:a OR) b", "character 8"),
        ("tag:a NOT", "'NOT' has nothing behind it at character 7"),
        ("AND tag:a", "'AND' stands between two conditions at character 1"),
        ("tag:a,", "tag: has no value"),
        ("tag:(a year:2020)", "year: stands within tag:(…) at character 8"),
        ("has:everything", "has:everything cannot be at character 1"),
        ("arxiv:nothing", "arxiv:nothing cannot be"),
        ("x venue:ACL topc:a", "unknown key 'topc' at character 13 of the query: x venue:ACL →topc:a"),
        ("(" * 40 + "a" + ")" * 40, "nested too deep"),
        (" ".join(["tag:a"] * 300), "more than 200 conditions"),
    ],
)
def test_a_wrong_query_is_refused_where_it_is_wrong(text: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse([text], TODAY)
    assert said in refused.value.message
    assert refused.value.hint


pieces = st.sampled_from(
    [
        *(f"{key}:" for key in KEYS),
        "(",
        ")",
        "or ",
        "NOT ",
        "|",
        ",",
        "@a",
        '"',
        "-",
        "..",
        ">",
        "<=",
        "2020",
        "today",
        "todo",
        " ",
        "x",
        "-3d",
        "//",
    ]
)


@given(st.text() | st.lists(pieces).map("".join))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        found = parse([text], TODAY)
    except (UsageError, NotFound) as refused:
        assert refused.message
    else:
        assert all(isinstance(part, Term | All | Either | Not) for part in found.terms)


# -- a tree, written and read again ------------------------------------------------------------------------------------

leaves = st.sampled_from([A, B, C, Term("text", "or"), Term("text", "two words"), Term("year", Range(2020, None))])


def _parts(nodes: st.SearchStrategy[Node], own: type) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(nodes.filter(lambda it: not isinstance(it, own)), min_size=2, max_size=3).map(tuple)


def _above(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    joined = st.one_of(_parts(nodes, All).map(All), _parts(nodes, Either).map(Either))
    return st.one_of(joined, joined.map(Not), leaves.map(lambda it: replace(it, negated=True)))


trees = st.recursive(leaves, _above, max_leaves=12)


def written(node: Node) -> str:
    """A tree as a query, with no more parentheses than needed within each part."""
    if isinstance(node, Term):
        value = "2020.." if isinstance(node.value, Range) else f'"{node.value}"'
        return f"{'-' * node.negated}{'' if node.key == 'text' else node.key + ':'}{value}"
    if isinstance(node, Not):
        return f"-({written(node.part)})"
    inside = [f"({written(it)})" if isinstance(it, Either) else written(it) for it in node.parts]
    return (" " if isinstance(node, All) else " or ").join(inside)


@given(trees)
def test_a_tree_written_as_a_query_is_read_as_that_tree(tree: Node) -> None:
    wanted = tree.parts if isinstance(tree, All) else (tree,)
    assert parse([f"({written(tree)})"], TODAY) == Filter(wanted)


# -- saved queries -----------------------------------------------------------------------------------------------------


def test_a_saved_query_stands_as_one_condition_wherever_it_is_named() -> None:
    saved = {"work": "tag:a or tag:b", "deep": "@Work tag:c"}
    work = All((Either((A, B)),))
    assert parse(["@work"], TODAY, lambda: saved) == Filter((work,))
    assert parse(["-@work"], TODAY, lambda: saved) == Filter((Not(work),))
    assert parse(["@DEEP or tag:a"], TODAY, lambda: saved) == Filter((Either((All((work, C)), A)),))
    assert parse(["a@work", "@"], TODAY, lambda: saved) == Filter((Term("text", "a@work"), Term("text", "@")))


def test_two_saved_queries_of_one_choice_must_both_hold() -> None:
    saved = {"waits": "status:todo", "done": "status:done"}
    assert parse(["@waits", "@done"], TODAY, lambda: saved).terms == (
        All((Term("status", "todo"),)),
        All((Term("status", "done"),)),
    )


@pytest.mark.parametrize(
    ("text", "saved", "said"),
    [
        ("@a", {"a": "@b", "b": "x or @a"}, "@a → @b → @a"),
        ("@c", {"c": "@b", "b": "@b"}, "@b → @b"),
        ("@a", {"a": "topc:x"}, "in @a: unknown key 'topc'"),
    ],
)
def test_a_saved_query_that_cannot_be_asked_is_named(text: str, saved: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        parse([text], TODAY, lambda: saved)


def test_an_unknown_saved_query_is_told_the_nearest_one() -> None:
    with pytest.raises(NotFound, match="character 7") as refused:
        parse(["tag:a @survy"], TODAY, lambda: {"survey": "x"})
    assert "@survey" in refused.value.hint


# -- with papers, and with titles --------------------------------------------------------------------------------------


def test_where_papers_may_be_named_a_key_or_a_saved_name_means_a_query() -> None:
    assert all(map(means_query, ["year:2020..", "-status:done", "@work", "(tag:a", "-@work", "TAG:x"]))
    assert not any(map(means_query, ["12", "gao2021simcse", "arxiv:1706.03762", "doi:10.1/x", "https://a.b", "@", "-"]))


def test_in_a_title_or_is_a_word_and_between_conditions_it_is_not() -> None:
    words = [Term("text", it) for it in ("word", "or", "subword")]
    assert parse(["word", "or", "subword"], TODAY, titles=True) == Filter(tuple(words))
    assert parse(["word", "OR", "subword"], TODAY, titles=True) == Filter((Either((words[0], words[2])),))
    assert parse(["word", "or", "tag:a"], TODAY, titles=True) == Filter((Either((words[0], A)),))


def test_the_words_of_a_query_can_be_told_from_its_conditions() -> None:
    words, rest = parse(['neural "machine translation" year:2020 -bert'], TODAY).split()
    assert words == ("neural", "machine translation")
    assert rest == Filter((Term("year", Range(2020, 2020)), Term("text", "bert", True)))
