"""What is kept of what the services say of a paper."""

from pathlib import Path

import pytest

from readlist.domain.metadata import Metadata
from tests.db.libraries import TODAY, library_at

ARXIV, CROSSREF = "arxiv", "crossref"


@pytest.mark.parametrize(
    ("said", "withdrawn"),
    [
        ([(ARXIV, True)], True),
        ([(ARXIV, True), (ARXIV, False)], False),
        ([(CROSSREF, True), (ARXIV, False)], True),
        ([(ARXIV, False), (CROSSREF, True), (ARXIV, False)], True),
        ([(ARXIV, True), (ARXIV, None)], True),
    ],
)
def test_who_said_that_a_paper_was_taken_back_may_say_that_it_is_there_again(
    tmp_path: Path, said: list[tuple[str, bool | None]], withdrawn: bool
) -> None:
    with library_at(tmp_path / "readlist.db") as library:
        for n, (source, state) in enumerate(said):
            with library.write("refresh") as work:
                if n == 0:
                    work.reading.add(work.papers.add(Metadata("page", title="A Paper")), None)
                work.papers.learn(1, Metadata(source, withdrawn=state))
        assert library.views.paper(1, TODAY).withdrawn is withdrawn
