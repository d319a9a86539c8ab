"""Who is believed on which field: never the one who came first or last, only who says it."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.merging import FIELDS, Claim, improvements
from readlist.domain.metadata import Metadata
from readlist.domain.venues import PREPRINT

SOURCES = ("typed", "page", "openalex", "crossref", "semantic-scholar", "arxiv", "user")


def heard(sayings: list[Metadata]) -> dict[str, Claim]:
    """What is known of a paper after these sayings, one after the other."""
    known: dict[str, Claim] = {}
    for said in sayings:
        better = improvements(known, said, said.venue)
        known |= {name: Claim(value, said.source) for name, value in better.items()}
    return known


def fields(known: dict[str, Claim]) -> dict[str, Claim]:
    return {name: claim for name, claim in known.items() if name in FIELDS}


values: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.none() | st.sampled_from(["paper", "thesis"]),
        "title": st.none() | st.sampled_from(["", "A", "B"]),
        "authors": st.sampled_from([(), ("X",), ("X", "Y")]),
        "year": st.none() | st.integers(2019, 2022),
        "published": st.none() | st.sampled_from(["2021-04-18", "2021-05-01"]),
        "venue": st.none() | st.sampled_from([PREPRINT, "EMNLP", "ACL"]),
        "url": st.none() | st.sampled_from(["https://a", "https://b"]),
        "abstract": st.none() | st.sampled_from(["a", "b"]),
        "tldr": st.none() | st.just("t"),
    },
)


@st.composite
def sayings_of_distinct_sources(draw: st.DrawFn) -> list[Metadata]:
    sources = draw(st.lists(st.sampled_from(SOURCES), unique=True, min_size=2, max_size=4))
    return [Metadata(source, **draw(values)) for source in sources]


@given(sayings_of_distinct_sources())
def test_the_order_of_arrival_never_decides(sayings: list[Metadata]) -> None:
    wanted = fields(heard(sayings))
    for order in permutations(sayings):
        assert fields(heard(list(order))) == wanted


@given(sayings_of_distinct_sources())
def test_hearing_everything_again_changes_nothing(sayings: list[Metadata]) -> None:
    known = heard(sayings)
    assert fields(heard([*sayings, *sayings])) == fields(known)


@given(sayings_of_distinct_sources(), values)
def test_what_a_person_said_is_never_replaced_by_others(sayings: list[Metadata], own: dict[str, Any]) -> None:
    others = [said for said in sayings if said.source != "user"]
    mine = Metadata("user", **own)
    for order in ([mine, *others], [*others, mine], [*others[:1], mine, *others[1:]]):
        known = heard(order)
        for name in FIELDS:
            value = getattr(mine, name)
            if value:
                assert known[name] == Claim(value, "user")


@given(sayings_of_distinct_sources())
def test_who_says_nothing_denies_nothing(sayings: list[Metadata]) -> None:
    known = heard(sayings)
    for name in FIELDS:
        assert (name in known) == any(getattr(said, name) for said in sayings)


PAGE = Metadata("page", title="page", venue="EMNLP", year=2021)
S2_PREPRINT = Metadata("semantic-scholar", title="S2", venue=PREPRINT, year=2020)
S2_PUBLISHED = Metadata("semantic-scholar", title="S2", venue="ACL", year=2022)
ARXIV = Metadata("arxiv", title="arXiv", venue=None, year=2019, abstract="a")
GUESS = Metadata("arxiv", title="arXiv", venue="NAACL", year=2020)
CROSSREF = Metadata("crossref", title="CROSSREF", venue="TACL", year=2023)
OPENALEX = Metadata("openalex", title="OpenAlex", venue="Neurocomputing", year=2024)


@pytest.mark.parametrize(
    ("sayings", "name", "claim"),
    [
        ([PAGE, S2_PREPRINT], "venue", Claim("EMNLP", "page")),  # a preprint server is no venue of publication
        ([PAGE, S2_PREPRINT], "year", Claim(2021, "page")),  # and the year goes with the venue
        ([PAGE, S2_PUBLISHED], "venue", Claim("ACL", "semantic-scholar")),
        ([PAGE, S2_PUBLISHED], "year", Claim(2022, "semantic-scholar")),
        ([S2_PREPRINT, ARXIV], "year", Claim(2020, "semantic-scholar")),
        ([ARXIV, S2_PREPRINT, PAGE], "title", Claim("arXiv", "arxiv")),
        ([PAGE, GUESS, OPENALEX, CROSSREF, S2_PREPRINT], "venue", Claim("TACL", "crossref")),
        ([PAGE, GUESS, OPENALEX, CROSSREF, S2_PREPRINT], "year", Claim(2023, "crossref")),
        ([CROSSREF, S2_PUBLISHED], "venue", Claim("ACL", "semantic-scholar")),
        ([CROSSREF, S2_PUBLISHED], "year", Claim(2022, "semantic-scholar")),
        ([CROSSREF, Metadata("user", year=2025)], "year", Claim(2025, "user")),
        ([CROSSREF, S2_PREPRINT], "title", Claim("S2", "semantic-scholar")),
        ([CROSSREF, OPENALEX, PAGE], "title", Claim("CROSSREF", "crossref")),
        ([Metadata("typed", title="typed"), PAGE], "title", Claim("page", "page")),
        ([Metadata("reference", title="arxiv:1"), Metadata("typed", title="typed")], "title", Claim("typed", "typed")),
    ],
)
def test_who_is_believed(sayings: list[Metadata], name: str, claim: Claim) -> None:
    for order in permutations(sayings):
        assert heard(list(order))[name] == claim


def test_a_source_may_correct_itself() -> None:
    assert heard([PAGE, Metadata("page", title="better")])["title"] == Claim("better", "page")


def test_a_page_that_adds_the_venue_later_is_believed_on_its_year_too() -> None:
    known = heard([Metadata("page", year=2021), Metadata("page", year=2021, venue="EMNLP"), S2_PREPRINT])
    assert known["year"] == Claim(2021, "page")
