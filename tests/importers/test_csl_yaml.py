"""CSL items in YAML: pandoc's and Better BibTeX's, broken ones, and pages that are none."""

from __future__ import annotations

import pytest

from readlist import importers
from readlist.domain.listing import Listing
from readlist.importers import csl_yaml

ITEMS = """---
references:
- id: doe2006
  type: article-journal
  title: "Words: of Wisdom"
  author:
  - family: Doe
    given: Jane
  - literal: OpenAI
  issued: 2006-05-03
  container-title: Nature
  DOI: 10.1000/xyz
  keyword: a, b
  abstract: >-
    One
    line.
  note: "Read_Status: Read"
- id: broken
  title: [no end

- id: roe2001
  type: thesis
  title: Old dates
  author: Roe, Bob
  issued:
  - year: 2001
    month: 5
    day: 7
- id: nothing
...
"""


def read(text: str) -> Listing:
    """`text` as references, after the account of its lines is checked."""
    found = importers.recognise(text)
    assert found is not None and found.__name__.endswith(".csl_yaml")
    listing = csl_yaml.read(text)
    assert sum(listing.lines.values()) == text.count("\n")
    return listing


@pytest.mark.parametrize("head", ["", "# exported\n"])
def test_items(head: str) -> None:
    listing = read(ITEMS.replace("---\n", "---\n" + head))
    below = head.count("\n")
    one, two = listing.entries
    said = one.metadata
    assert (one.line, one.key, one.mark, one.tags) == (3 + below, "doe2006", "read", ("a", "b"))
    assert (said.title, said.authors, said.venue) == ("Words: of Wisdom", ("Jane Doe", "OpenAI"), "Nature")
    assert (said.published, said.identifiers, said.abstract) == ("2006-05-03", {"doi": "10.1000/xyz"}, "One line.")
    assert (two.metadata.kind, two.metadata.authors, two.metadata.published) == ("thesis", ("Bob Roe",), "2001-05-07")
    assert [(it.line, it.broken) for it in listing.ignored if it.line > 2 + below] == [
        (18 + below, True),
        (29 + below, False),
    ]


def test_without_the_edges_of_a_document() -> None:
    assert len(read("references:\n  - id: a\n    title: One\n  - id: b\n    title: Two\n").entries) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "references:\n\n- one\n- two\n",
        "---\nreferences:\n- id: a\n  title: One\n---\n\n# A page\n\nwith text\n",
        "# references:\n- a paper\n",
    ],
)
def test_what_is_not_it(text: str) -> None:
    assert not csl_yaml.recognises(text)


def test_references_that_would_multiply_are_not_followed() -> None:
    listing = read("references:\n- id: a\n  title: &x One\n  note: [*x, *x]\n- id: b\n  title: Two\n")
    assert [entry.metadata.title for entry in listing.entries] == ["Two"]
