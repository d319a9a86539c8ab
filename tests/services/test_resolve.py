"""Finding identifiers for papers known only by their title."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from readlist.db.library import Library
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Metadata
from readlist.errors import NotFound, UsageError
from readlist.services.fetch import fetch_owed
from readlist.services.resolve import Resolved, identify, resolve, unresolved
from tests.db.libraries import NOW, add, library_at
from tests.services.fakes import Service

SIMCSE = "SimCSE: Simple Contrastive Learning of Sentence Embeddings"
FOUND = Metadata(
    "service",
    title=SIMCSE,
    authors=("Tianyu Gao",),
    year=2021,
    venue="EMNLP",
    identifiers={"arxiv": "2104.08821"},
    citations=4012,
)
OTHER = Metadata("service", title="CLIP: Contrastive Learning of Images", identifiers={"arxiv": "2103.00020"})


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_at(tmp_path / "readlist.db") as library:
        yield library


def put(library: Library, *titles: str, **said: Any) -> list[int]:
    with library.write("add") as work:
        return [add(work, title, **said) for title in titles]


def look(library: Library, *services: Service, ids: Sequence[int] | None = None) -> Resolved:
    wanted = unresolved(library, NOW) if ids is None else ids
    return resolve(library, services, services, wanted, NOW, "refresh")


def test_a_paper_that_is_surely_meant_gets_its_identifiers_and_all_that_is_known(library: Library) -> None:
    [paper] = put(library, "simcse - simple contrastive learning of sentence embedings", year=2021)
    result = look(library, Service("one", FOUND))
    assert [(it.paper_id, str(it.identifier)) for it in result.found] == [(paper, "arxiv:2104.08821")]
    found = library.views.paper(paper, NOW.date())
    assert (found.title, found.venue, found.identifiers) == (SIMCSE, "EMNLP", {"arxiv": "2104.08821"})
    assert found.citations
    assert found.citations.count == 4012
    assert not found.pending
    assert not look(library, Service("one", FOUND)).asked


def test_what_the_finder_does_not_say_is_asked_of_the_others(library: Library) -> None:
    put(library, SIMCSE)
    one, two = Service("one", FOUND), Service("two", FOUND)
    look(library, one, two)
    assert one.asked == [SIMCSE]
    assert two.asked == ["2104.08821"]


def test_candidates_change_nothing_and_come_with_reasons(library: Library) -> None:
    [paper] = put(library, "Contrastive Learning of Images", year=2015)
    before = library.views.paper(paper, NOW.date())
    result = look(library, Service("one", OTHER), Service("two", FOUND))
    [unsure] = result.unsure
    candidate = unsure.candidates[0]
    assert candidate.metadata == OTHER
    assert candidate.verdict.reasons == ("the title is its subtitle, after the colon",)
    assert candidate.verdict.doubts
    assert library.views.paper(paper, NOW.date()) == before


def test_two_papers_that_fit_equally_well_are_left_to_the_reader(library: Library) -> None:
    put(library, SIMCSE)
    twin = Metadata("service", title=SIMCSE, identifiers={"arxiv": "2105.00001"})
    result = look(library, Service("one", FOUND, twin))
    assert not result.found
    assert len(result.unsure[0].candidates) == 2


def test_a_title_that_nobody_knows_is_not_asked_for_again_soon(library: Library) -> None:
    [paper] = put(library, SIMCSE)
    assert look(library, Service("one")).unsure[0].candidates == ()
    assert unresolved(library, NOW + timedelta(days=29)) == []
    assert unresolved(library, NOW + timedelta(days=31)) == [paper]
    assert unresolved(library, NOW, again=True) == [paper]
    assert look(library, Service("one", FOUND), ids=[paper]).found


def test_a_service_that_fails_is_left_alone_and_its_papers_are_looked_for_again(library: Library) -> None:
    papers = put(library, SIMCSE, "A Title That Nobody Ever Wrote About")
    down, up = Service("down", fails=True), Service("up", FOUND)
    result = look(library, down, up)
    assert down.asked[:1] == [SIMCSE]
    assert SIMCSE in up.asked
    assert "A Title That Nobody Ever Wrote About" not in down.asked
    assert [it.paper_id for it in result.found] == papers[:1]
    assert [fault.service for fault in result.fetched.failures] == ["down"]
    assert unresolved(library, NOW) == papers[1:]


def test_a_title_that_means_a_paper_on_the_list_is_told_and_not_joined(library: Library) -> None:
    with library.write("add") as work:
        there = work.papers.add(FOUND)
        work.reading.add(there, 1)
    [paper] = put(library, "SimCSE: Simple Contrastive Learning of Sentence Embed...")
    result = look(library, Service("one", FOUND))
    assert [(it.paper_id, it.other_id) for it in result.same] == [(paper, there)]
    assert library.views.paper(paper, NOW.date()).identifiers == {}
    assert unresolved(library, NOW) == []


def test_a_person_may_say_which_paper_it_is(library: Library) -> None:
    [paper, other] = put(library, "Some Old Title of It", "Another")
    service = Service("arxiv", FOUND)
    fetched = identify(library, [service], paper, Identifier("arxiv", "2104.08821"))
    assert fetched.found == {paper}
    assert library.views.paper(paper, NOW.date()).title == SIMCSE
    with pytest.raises(UsageError, match=f"is #{paper}"):
        identify(library, [service], other, Identifier("arxiv", "2104.08821"))


def test_a_paper_is_not_given_a_second_number_of_arxiv(library: Library) -> None:
    [paper] = put(library, "Attention Is All You Need", identifiers={"arxiv": "1706.03762", "doi": "10.1/x"})
    service = Service("arxiv", FOUND)
    with pytest.raises(UsageError, match=r"is arxiv:1706\.03762 already") as caught:
        identify(library, [service], paper, Identifier("arxiv", "2104.08821"))
    assert "rl edit" in caught.value.hint and not service.asked
    assert library.views.id_of_identifier("arxiv", "2104.08821") is None
    identify(library, [service], paper, Identifier("doi", "10.1/y"))
    assert library.views.id_of_identifier("doi", "10.1/y") == library.views.id_of_identifier("doi", "10.1/x") == paper


def test_a_paper_that_does_not_exist_is_not_taken(library: Library) -> None:
    [paper] = put(library, "Some Old Title of It")
    before = library.views.paper(paper, NOW.date())
    with pytest.raises(NotFound, match="arXiv has no paper"):
        identify(library, [Service("arxiv")], paper, Identifier("arxiv", "2104.99999"))
    after = library.views.paper(paper, NOW.date())
    assert (after.identifiers, after.pending, after.title) == (before.identifiers, before.pending, before.title)
    assert fetch_owed(library, [Service("arxiv")], "refresh").found_by == {}


def test_posts_and_papers_with_an_identifier_are_not_looked_for(library: Library) -> None:
    put(library, "A Post on Contrastive Learning", kind="post")
    put(library, SIMCSE, identifiers={"doi": "10.1/x"})
    assert unresolved(library, NOW) == []
    assert look(library, Service("one", FOUND), ids=[1, 2]).asked == (1,)
