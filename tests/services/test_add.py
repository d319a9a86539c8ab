"""Adding by title: what becomes of the paper that the title means."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist.db.library import Library
from readlist.domain.metadata import Metadata
from readlist.errors import UsageError
from readlist.services.add import Added, Request, Wishes, add, read_request
from tests.db.libraries import TODAY, library_at
from tests.services.fakes import Service

SIMCSE = "SimCSE: Simple Contrastive Learning of Sentence Embeddings"
FOUND = Metadata("scholar", title=SIMCSE, authors=("Tianyu Gao",), year=2021, identifiers={"arxiv": "2104.08821"})


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_at(tmp_path / "readlist.db") as library:
        yield library


def by_title(library: Library, title: str, *finders: Service, sources: tuple[Service, ...] = ()) -> Added:
    return add(library, sources, [Request(title, title=title)], Wishes(), finders=finders)


def test_the_key_is_made_of_what_was_found(library: Library) -> None:
    result = by_title(library, "simcse - simple contrastive learning of sentence embeddings", Service("one", FOUND))
    [paper] = library.views.papers(result.new, TODAY, whole=True)
    assert (paper.key, paper.title, paper.identifiers) == ("gao2021simcse", SIMCSE, {"arxiv": "2104.08821"})


def test_a_paper_that_only_the_finder_knows_stays_on_the_list(library: Library) -> None:
    result = by_title(library, SIMCSE, Service("scholar", FOUND), sources=(Service("arxiv"),))
    assert (result.new, result.gone) == ((1,), ())
    assert library.views.paper(1, TODAY).identifiers == {"arxiv": "2104.08821"}


def test_a_title_of_a_paper_that_is_there_adds_nothing(library: Library) -> None:
    with library.write("add") as work:
        work.reading.add(work.papers.add(FOUND), 2)
    result = by_title(library, "SimCSE: Simple Contrastive Learning of Sentence Embed…", Service("one", FOUND))
    assert (result.new, result.there) == ((), (1,))
    assert library.views.paper(1, TODAY).next_pass == 2
    assert not library.views.has_id(2)


def test_an_unknown_title_is_kept_as_it_was_typed(library: Library) -> None:
    result = by_title(library, "The paper that Ming mentioned", Service("one"), Service("down", fails=True))
    assert result.new == (1,)
    assert library.views.paper(1, TODAY).title == "The paper that Ming mentioned"
    assert [fault.service for fault in result.fetched.failures] == ["down"]


@pytest.mark.parametrize(
    "text",
    ["arXiv:1706.03762v7 [cs.CL] 2 Aug 2023", "arXiv:1706.03762 [cs.CL]", "arxiv:1706.03762v7  [stat.ML]  12 Jun 2017"],
)
def test_what_stands_in_the_margin_of_a_pdf_names_its_paper(text: str) -> None:
    assert str(read_request(text).identifier) == "arxiv:1706.03762"
    with pytest.raises(UsageError):
        read_request(f"{text} and more")


def test_a_file_is_told_from_a_reference(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("- A Paper\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        read_request(str(tmp_path / "list.md"))
    assert "rl import" in caught.value.hint
    for text in ("list.md", "x" * 5000, "a\0b"):
        with pytest.raises(UsageError) as caught:
            read_request(text)
        assert "rl import" not in caught.value.hint
