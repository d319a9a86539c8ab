"""A note about one paper, which its head describes."""

import pytest

from readlist.domain.listing import Listing
from readlist.domain.metadata import Metadata
from readlist.errors import InputError
from readlist.importers import literature_note, recognise

HEAD = """---
title: "Deep Words of Wisdom"
authors:
  - "[[Ann Lee]]"
  - Bo Chan
year: 2020
venue: ICLR
citekey: lee2020deep
doi: 10.1000/words
status: read
date_read: 2024-03-02
rating: 5
tags: [words, 必读]
---
"""
BODY = "# Deep Words of Wisdom\n\n## Idea\n\n- one\n"


def read(text: str) -> Listing:
    importer = recognise(text)
    assert importer is not None and importer.__name__.endswith("literature_note")
    listing = importer.read(text)
    assert sum(listing.lines.values()) == len(text.rstrip("\n").split("\n"))
    return listing


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("front", ["", "\ufeff"])
def test_a_note_is_the_paper_of_its_head_and_the_rest_its_note(front: str, ends: str) -> None:
    (entry,) = read((front + HEAD + BODY).replace("\n", ends)).entries
    assert entry.metadata == Metadata(
        "page", "paper", "Deep Words of Wisdom", ("Ann Lee", "Bo Chan"), 2020, None, "ICLR", {"doi": "10.1000/words"}
    )
    assert (entry.key, entry.mark, entry.finished, entry.tags) == (
        "lee2020deep",
        "read",
        "2024-03-02",
        ("words", "必读"),
    )
    assert (entry.notes, entry.apart) == (("rating: 5",), ("## Idea\n\n- one",))


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("authors: Ann Lee; Bo Chan", ("Ann Lee", "Bo Chan")),
        ("author: Lee, Ann and Chan, Bo", ("Ann Lee", "Bo Chan")),
        ("authors: [{name: Ann Lee}, {given: Bo, family: Chan}]", ("Ann Lee", "Bo Chan")),
    ],
)
def test_authors_as_programs_write_them(authors: str, names: tuple[str, ...]) -> None:
    (entry,) = read(f"---\ntitle: Deep Words of Wisdom\n{authors}\nyear: 2020\n---\n").entries
    assert entry.metadata.authors == names


@pytest.mark.parametrize(
    "head",
    [
        "title: My reading list\nauthor: Me\ndate: 2020-01-01\nlayout: post",  # a page about many papers
        "tags: [a, b]",
        "title: [a",  # no YAML
        "title: Deep Words\ndoi: 10.1000/words\nyear: 2020-13-45",  # a date that there is not
        "title: &a Words\ndoi: *a",
        "- title",
    ],
)
def test_a_head_of_something_else_is_left_to_the_pages(head: str) -> None:
    importer = recognise(f"---\n{head}\n---\n\n- [Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)\n")
    assert importer is not None and importer.__name__.endswith("page")


def test_no_head_is_an_error() -> None:
    with pytest.raises(InputError):
        literature_note.read("- a page\n")
