"""A tree of conditions finds in SQL the papers that it holds for, whatever stands in it."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.conditions import condition
from readlist.db.library import Library
from readlist.domain.filter import CHOSEN, All, Either, Filter, Node, Not, Range, Term
from tests.db.libraries import TODAY, add, library_at

TAGS, VENUES, AUTHORS, WORDS = ("survey", "思路"), ("ACL", "ICML"), ("Ada Bee", "Cy Dee"), ("graph", "trees", "学习")

Facts = dict[str, Any]
"""Of each key the values of a paper, of `year` the year or None."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, dict[int, Facts]]]:
    chance = random.Random(3)
    known: dict[int, Facts] = {}
    with library_at(tmp_path_factory.mktemp("conditions") / "readlist.db") as library:
        with library.write("add") as work:
            for number in range(60):
                one: Facts = {
                    "text": {word for word in WORDS if chance.random() < 0.4},
                    "author": {name for name in AUTHORS if chance.random() < 0.4},
                    "venue": {it for it in [chance.choice((*VENUES, None))] if it},
                    "tag": {tag for tag in TAGS if chance.random() < 0.4},
                    "year": chance.choice((None, 2019, 2020, 2021)),
                    "status": {chance.choice(("listed", "todo"))},
                    "has": {"abstract"} if chance.random() < 0.5 else set(),
                }
                title = " ".join([f"Number {number}", *sorted(one["text"])])
                paper = add(
                    work, title, 1 if one["status"] == {"todo"} else None,
                    year=one["year"], venue=next(iter(one["venue"]), None), authors=tuple(sorted(one["author"])),
                    abstract="Of it." if one["has"] else None,
                )  # fmt: skip
                for tag in sorted(one["tag"]):
                    work.tags.attach(paper, tag)
                known[paper] = one
        yield library, known


def values(key: str) -> st.SearchStrategy[str | Range]:
    if key == "year":
        ends = st.none() | st.integers(2018, 2022)
        return st.builds(Range, ends, ends)
    of = {"text": WORDS, "author": AUTHORS, "venue": VENUES, "tag": (*TAGS, "nobody"), "has": ("abstract", "year")}
    return st.sampled_from(of.get(key, ("listed", "todo", "done")))


KEYS = ("text", "author", "venue", "tag", "year", "status", "has")
leaves = st.sampled_from(KEYS).flatmap(lambda key: st.builds(Term, st.just(key), values(key), st.booleans()))
parts = st.lists(leaves, min_size=1, max_size=3).map(tuple)


def above(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    joined = st.builds(All, several) | st.builds(Either, several)
    return joined | joined.map(Not)


trees: st.SearchStrategy[Node] = st.recursive(leaves, above, max_leaves=12)


def holds(node: Node, one: Facts) -> bool:
    if isinstance(node, Not):
        return not holds(node.part, one)
    if isinstance(node, All):
        return all_hold(node.parts, one)
    if isinstance(node, Either):
        return any(holds(part, one) for part in node.parts)
    return fits(node, one) is not node.negated


def fits(term: Term, one: Facts) -> bool:
    if isinstance(term.value, Range):
        year, low, high = one["year"], term.value.low, term.value.high
        return year is not None and (low is None or low <= year) and (high is None or year <= high)
    if (term.key, term.value) == ("has", "year"):
        return one["year"] is not None
    return term.value in one[term.key]


def all_hold(nodes: tuple[Node, ...], one: Facts) -> bool:
    """Values of one choice that stand side by side are alternatives."""
    alternatives: dict[str, bool] = {}
    for node in nodes:
        terms = node.parts if isinstance(node, Either) else (node,)
        keys = {it.key if isinstance(it, Term) and not it.negated else "" for it in terms}
        if len(keys) == 1 and keys <= set(CHOSEN):
            (key,) = keys
            alternatives[key] = alternatives.get(key, False) or holds(node, one)
        elif not holds(node, one):
            return False
    return all(alternatives.values())


@given(st.lists(trees, min_size=1, max_size=3).map(tuple))
def test_any_tree_finds_the_papers_that_it_holds_for(
    shelf: tuple[Library, dict[int, Facts]], tree: tuple[Node, ...]
) -> None:
    library, known = shelf
    wanted = {paper for paper, one in known.items() if all_hold(tree, one)}
    queue = {paper for paper in wanted if known[paper]["status"] == {"todo"}}
    asked = Filter(tree)
    for sort, limit in (("id", None), ("year", 1_000), ("urgency", 1_000), ("urgency", None)):
        assert {row[0] for row in library.views.rows(asked, sort, limit, TODAY)} == wanted
        assert {row[0] for row in library.views.rows(asked, sort, limit, TODAY, queue=True)} == queue
    assert library.views.count(asked, most=1_000) == len(wanted)
    sql, values = condition(asked, library.views.forest, walked=True)
    whole = (
        f"select p.id from papers p join reading r on r.paper_id = p.id where {sql}"  # each paper looked up by itself
    )
    with closing(sqlite3.connect(library.path)) as connection:
        assert {i for (i,) in connection.execute(whole, values)} == wanted
