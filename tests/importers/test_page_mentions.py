"""Papers that notes name: always those with an address, by name only if asked for. The notes stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.importers import page
from tests.importers.test_page_properties import PIECES


@pytest.mark.parametrize(
    ("note", "title"),
    [
        ("见论文《Deep Words of Wisdom》,写得很好", "Deep Words of Wisdom"),
        ("a good overview is “Deep Words of Wisdom for All”, they say", "Deep Words of Wisdom for All"),
        ("compare **Deep Words of Wisdom for All**, which is older", "Deep Words of Wisdom for All"),
        ("更稳定, paper: Deep Words and 更多", "Deep Words"),
        ("they use WordNet (ACL 2019) for that", "WordNet"),
        (
            "so the mean is subtracted Deep Words of Wisdom: Learning for All 也可以",
            "Deep Words of Wisdom: Learning for All",
        ),
        ("superimpose two images (0.3, 0.7) mixup: Beyond Words of Wisdom", "mixup: Beyond Words of Wisdom"),
        ("Words Are All You Need", "Words Are All You Need"),
    ],
)
def test_a_note_names_a_paper(note: str, title: str) -> None:
    text = f"Basics\n\n• plain words first, which are none\n• {note}\n"
    listing = page.read(text, mentions=True)
    assert [entry.metadata.title for entry in listing.entries] == [title]
    assert page.read(text).lines == listing.lines
    assert [n.text for n in listing.topic_notes] == [n.text for n in page.read(text).topic_notes]
    assert not page.read(text).entries


@pytest.mark.parametrize(
    "note",
    [
        "BERT (Bidirectional Encoder Representations from Transformers) is used",
        "Written on June 3, 2019",
        "change to RGB, HSV, YUV, LAB color spaces",
        "Gaussian Mixture Model 和 K means",
        "the Stanford Natural Language group said so",
    ],
)
def test_other_names_are_no_papers(note: str) -> None:
    assert not page.read(f"Basics\n\n• first words, which are none\n• {note}\n", mentions=True).entries


def test_an_address_in_a_note_is_a_link_of_the_paper_above_or_a_paper() -> None:
    text = (
        "# A\n\nWe build on [earlier work](https://arxiv.org/abs/2001.00001), of course.\n\n"
        "- [Deep Words of Wisdom](https://arxiv.org/abs/2001.00002)\n"
        "  - compare [Smith](https://aclanthology.org/P17-1061/) on this, and its own https://arxiv.org/abs/2001.00002\n"
    )
    first, second = page.read(text).entries
    assert (first.metadata.title, first.metadata.identifiers) == (None, {"arxiv": "2001.00001"})
    assert [link.url for link in second.metadata.links] == ["https://aclanthology.org/P17-1061/"]
    assert len(second.notes) == 1
    named = page.read(text, mentions=True).entries
    assert {"acl": "P17-1061"} in [dict(entry.metadata.identifiers) for entry in named]


@given(st.lists(PIECES, max_size=40).map("".join))
def test_mentions_leave_the_account_as_it_is(text: str) -> None:
    if text.strip("\ufeff \t\r\n\f\v"):
        with_them, without = page.read(text, mentions=True), page.read(text)
        assert with_them.lines == without.lines
        assert with_them.topic_notes == without.topic_notes
        named, linked = ({frozenset(it.metadata.identifiers.items()) for it in x.entries} for x in (with_them, without))
        assert named >= linked
