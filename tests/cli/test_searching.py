"""`rl search`: what is said beside the papers."""

import pytest

from readlist.cli.searching import _more
from readlist.db.search import Ranking
from readlist.services.search import Hits


@pytest.mark.parametrize(
    ("ranking", "said"),
    [
        (Ranking([], 70), ""),
        (Ranking([], 20_112, titles=True),
         "too many to compare: these are the best of the 20112 that have the words in the title"),
        (Ranking([], 100_000, titles=True, newest=True),
         "too many to compare: these are the best of the newest 100000 that have the words in the title"),
        (Ranking([], 100_000, newest=True), "too many to compare: these are the best of the newest 100000"),
    ],
    ids=["all", "titles", "newest titles", "newest"],
)  # fmt: skip
def test_what_was_not_compared_is_said(ranking: Ranking, said: str) -> None:
    total = 412_337 if said else 70
    assert _more(50, Hits((), total, "x", ranking)) == f"50 of {total}; --limit 0 shows all" + (said and f"\n{said}")
