"""`rl refresh` and `rl merge`: what has grown old is asked for again, and two records of one paper become one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.services import KNOWN, Services, running
from tests.conftest import Rl

SIMCSE = KNOWN["2104.08821"]


@pytest.fixture
def services() -> Iterator[Services]:
    with running() as started:
        yield started


def papers(rl: Rl) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rl("list", "--json", check=True).json()["data"]["papers"]
    return found


def test_only_what_is_old_is_asked_for(rl: Rl, services: Services) -> None:
    rl("add", "2104.08821", "hep-th/9901001", env=services.env, check=True)
    services.requests.clear()
    week_later = services.env | {"RL_TODAY": "2026-11-28"}
    assert "nothing is to be fetched" in rl("refresh", "--stale", "7d", env=services.env, check=True).err
    assert services.requests == []
    result = rl("refresh", "--stale", "6d", env=week_later, check=True)
    assert "2 of 2 papers fetched" in result.err
    assert len(services.requests) == 2, "one request of each service for both papers"


def test_a_count_that_moved_is_shown_and_its_history_kept(rl: Rl, services: Services) -> None:
    rl("add", "2104.08821", env=services.env, check=True)
    before = SIMCSE["count"]
    SIMCSE["count"] = before - 12
    try:
        result = rl("refresh", "--all", env=services.env | {"RL_TODAY": "2026-11-28"}, check=True)
    finally:
        SIMCSE["count"] = before
    assert "4,012\t4,000\t-12" in result.out
    shown = rl("show", "1", "--json", check=True).json()["data"]["paper"]
    assert [(it["count"], it["observed"]) for it in shown["citation_history"]] == [
        (4012, "2026-11-21"),
        (4000, "2026-11-28"),
    ]
    assert shown["citations"]["count"] == 4000, "a count that fell is kept as it is"


def test_what_a_person_did_survives_a_refresh(rl: Rl, services: Services) -> None:
    rl("add", "2104.08821", "-t", "NLP", "--note", "mine", env=services.env, check=True)
    rl("mark-read", "1", "--pass", "1", "--minutes", "20", check=True)
    before = papers(rl)
    rl("refresh", "--all", env=services.env, check=True)
    assert papers(rl) == before


def test_a_refresh_must_be_told_what(rl: Rl) -> None:
    result = rl("refresh")
    assert result.code == 2 and "--stale 7d" in result.err
    assert rl("refresh", "--stale", "soon").code == 2


def test_another_name_of_a_paper_on_the_list_is_that_paper(rl: Rl, services: Services) -> None:
    rl("add", "2104.08821", env=services.env, check=True)
    rl("mark-read", "1", "--pass", "2", check=True)
    result = rl("add", f"CorpusId:{SIMCSE['corpus']}", "--tag", "again", env=services.env, check=True)
    assert "already on the list" in result.err
    (only,) = papers(rl)
    assert (only["id"], only["status"], only["tags"]) == (1, "done", ["again"])


def test_merge_keeps_what_is_known_and_done_of_both(rl: Rl, services: Services) -> None:
    rl("add", f"CorpusId:{SIMCSE['corpus']}", "--no-fetch", "-t", "NLP", "--note", "of the first", check=True)
    rl("add", "2104.08821", "--no-fetch", "--tag", "survey", "--priority", "high", check=True)
    rl("mark-read", "2", "--pass", "1", "--minutes", "30", check=True)
    told = rl("refresh", "--pending", env=services.env, check=True).err
    assert "rl merge 1 2" in told
    rl("merge", "1", "2", check=True)
    (only,) = papers(rl)
    assert only["identifiers"]["arxiv"] == "2104.08821" and only["identifiers"]["corpus"] == str(SIMCSE["corpus"])
    assert only["title"] == SIMCSE["title"] and only["topics"] == ["NLP"] and only["tags"] == ["survey"]
    assert [note["text"] for note in only["notes"]] == ["of the first"]
    assert [(it["pass"], it["minutes"]) for it in only["passes"]] == [(1, 30)]
    assert (only["status"], only["next_pass"], only["priority"]) == ("todo", 2, "high")
    assert rl("show", "2").code == 3, "its number is not given to another paper"
    assert rl("merge", "1", "1").code == 2
