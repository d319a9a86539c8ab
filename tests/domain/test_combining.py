"""Mentions of one paper become one, and no name that a person wrote down is lost."""

import pytest

from readlist.domain.combining import combined
from readlist.domain.listing import Entry
from readlist.domain.metadata import Metadata


def mention(title: str | None, *notes: str) -> Entry:
    return Entry(1, Metadata("page", title=title, identifiers={"arxiv": "2001.00001"}), notes=notes)


@pytest.mark.parametrize(
    ("first", "second", "notes"),
    [
        ("Deep Words", "Slow Words", ("Also listed here as: Slow Words", "one", "two")),
        ("DW", "Deep Words of Wisdom", ("Also listed here as: Deep Words of Wisdom", "one", "two")),
        ("Deep Words", "deep words!", ("one", "two")),
        ("Deep Words of Wisdom", "Deep Words", ("one", "two")),
        ("Deep Words", None, ("one", "two")),
        (None, "Deep Words", ("one", "two")),
    ],
)
def test_a_second_title_is_a_note(first: str | None, second: str | None, notes: tuple[str, ...]) -> None:
    whole = combined([mention(first, "one"), mention(second, "two")])
    assert (whole.metadata.title, whole.notes) == (first or second, notes)
