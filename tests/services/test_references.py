"""Which paper is meant: any part of a title will do, but a slip must not name another paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist.db.library import Library
from readlist.errors import Ambiguous, NotFound
from readlist.services.current import Current
from readlist.services.references import resolve
from tests.db.libraries import library_at, make

TITLES = (
    "An Open Book of 2013 Things", "Sentence-BERT: Sentence Embeddings", "苏剑林:对比学习的 12 个问题", "2104",
    "A Paper That Is Gone", "Universal Sentence Encoder",
)  # fmt: skip
GONE = 5


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    make(tmp_path / "x.db", *TITLES)
    with library_at(tmp_path / "x.db") as found:
        with found.write("remove") as work:
            work.papers.remove(GONE)
        yield found


def meant(library: Library, text: str) -> int:
    return resolve(library.views, Current(library.path), text)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("open book", 1), ("2013 things", 1), ("OPENBOOK", 1), ("en book", 1), ("pen", 1), ("sentencebert", 2),
        ("bert", 2), ("ence embed", 2), ("对比学习", 3), ("比学", 3), ("12 个", 3), ("2104", 4), ("#4", 4), ("4", 4),
        ("universal sent", 6), ("encod", 6),
    ],
)  # fmt: skip
def test_a_part_of_a_title(library: Library, text: str, paper: int) -> None:
    assert meant(library, text) == paper


@pytest.mark.parametrize("text", ["12", "13", "2013", "5", "#5", "4711", "0"])
def test_a_number_is_an_id_and_no_part_of_a_title(library: Library, text: str) -> None:
    with pytest.raises(NotFound, match="there is no paper #"):
        meant(library, text)


@pytest.mark.parametrize("text", ["nope", "kof", "tembed", "lsent"])
def test_letters_that_stand_in_a_title_by_chance_name_no_paper(library: Library, text: str) -> None:
    with pytest.raises(NotFound):
        meant(library, text)


def test_several_are_told_apart(library: Library) -> None:
    with pytest.raises(Ambiguous) as caught:
        meant(library, "sentence")
    assert len(caught.value.candidates) == 2
