"""What became of papers since they were last asked for."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from readlist.db.library import Library
from readlist.domain.metadata import Metadata
from readlist.services.refresh import Refreshed, of_papers, refresh
from tests.db.libraries import NOW, TODAY, add, library_at
from tests.services.fakes import Service

ID = "2104.08821"


def known(source: str, **said: object) -> Metadata:
    return Metadata(source, title="SimCSE", identifiers={"arxiv": ID}, **said)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_at(tmp_path / "readlist.db") as library:
        with library.write("add") as work:
            add(work, "SimCSE", identifiers={"arxiv": ID})
        yield library


def run(library: Library, source: Service, *spares: Service) -> Refreshed:
    return refresh(library, [source], lambda: spares, of_papers([source], [1]), NOW)


def count(library: Library, source: str, number: int) -> None:
    with library.write("refresh") as work:
        work.papers.observe(1, source, number)


SCHOLAR, ALEX = "semantic-scholar", "openalex"


def test_a_count_that_moved_is_told_with_what_it_was(library: Library) -> None:
    count(library, SCHOLAR, 41)
    [moved] = run(library, Service(SCHOLAR, known(SCHOLAR, citations=40))).moved
    assert (moved.before, moved.after) == (41, 40)


def test_the_difference_between_two_services_is_no_movement(library: Library) -> None:
    count(library, SCHOLAR, 41)
    down = Service(SCHOLAR, fails=True)
    up = Service("arxiv", known("arxiv"))
    spare = Service(ALEX, known(ALEX, citations=27), fallback_for=SCHOLAR)
    result = refresh(library, [up, down], lambda: [spare], of_papers([up, down], [1]), NOW)
    assert spare.asked == [ID]
    assert result.moved == ()
    history = library.views.paper(1, TODAY).citation_history
    assert {(o.source, o.count) for o in history} == {(SCHOLAR, 41), (ALEX, 27)}


def test_the_first_count_of_a_service_is_compared_with_the_page(library: Library) -> None:
    count(library, "page", 219)
    [moved] = run(library, Service(SCHOLAR, known(SCHOLAR, citations=512))).moved
    assert (moved.before, moved.after) == (219, 512)


def test_a_spare_that_does_not_have_a_paper_is_not_asked_again_soon(library: Library) -> None:
    lacking, spare = Service(SCHOLAR), Service(ALEX, fallback_for=SCHOLAR)
    run(library, lacking, spare)
    run(library, lacking, spare)
    assert spare.asked == [ID]
    library.now = lambda: NOW + timedelta(days=31)
    run(library, lacking, spare)
    assert spare.asked == [ID, ID]


def test_where_nobody_answers_the_spares_are_left_alone(library: Library) -> None:
    spare = Service(ALEX, known(ALEX, citations=27), fallback_for=SCHOLAR)
    result = run(library, Service(SCHOLAR, fails=True), spare)
    assert spare.asked == []
    assert [fault.service for fault in result.fetched.failures] == [SCHOLAR]


@pytest.mark.parametrize(
    ("venue", "source", "asked"),
    [("EMNLP", SCHOLAR, False), ("arXiv.org", SCHOLAR, True), (None, SCHOLAR, True), ("EMNLP", "user", False)],
)
def test_the_record_of_a_doi_is_asked_for_where_no_venue_is_known(
    library: Library, venue: str | None, source: str, asked: bool
) -> None:
    if source == "user":
        with library.write("edit") as work:
            work.papers.learn(1, Metadata("user", venue=venue, year=2021))
    said = known(SCHOLAR, venue=venue if source == SCHOLAR else None, year=2021)
    record = Service("crossref", known("crossref", venue="EMNLP", year=2021), fallback_for=SCHOLAR)
    record.stands_in = "no venue"
    result = run(library, Service(SCHOLAR, said), record)
    assert bool(record.asked) is asked
    assert library.views.paper(1, TODAY).venue == "EMNLP"
    news = [it.text for it in result.news if it.kind == "published"]
    assert news == (["published: EMNLP 2021"] if source == SCHOLAR else [])
