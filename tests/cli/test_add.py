"""`rl add`: stored first, then asked for in as few requests as can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import replay
from tests.cli.helpers import NOBODY, assert_explained, paper, papers, refused
from tests.cli.services import KNOWN, Services, running
from tests.conftest import Rl

pytestmark = pytest.mark.usefixtures("made")


@pytest.fixture(scope="module")
def _services() -> Iterator[Services]:
    with running() as services:
        yield services


@pytest.fixture
def services(_services: Services) -> Services:
    _services.requests.clear()
    return _services


def test_one_request_of_each_service_for_all_papers(rl: Rl, services: Services) -> None:
    result = rl("add", "2104.08821", "https://arxiv.org/abs/hep-th/9901001", env=services.env)
    assert result.code == 0, result.err
    assert sorted(path for _, path in services.requests) == ["/api/query", "/graph/v1/paper/batch"]
    first, second = papers(rl)
    known = KNOWN["2104.08821"]
    assert first["title"] == known["title"] and first["authors"] == known["authors"]
    assert first["abstract"] == known["abstract"]
    assert (first["year"], first["published"], first["key"]) == (2021, "2021-04-18", "gao2021simcse")
    assert first["venue"] == "EMNLP", "the long name of the venue is its short one"
    assert first["identifiers"]["arxiv"] == "2104.08821"
    assert first["identifiers"]["s2"] == known["s2"] and first["identifiers"]["corpus"] == str(known["corpus"])
    assert first["citations"] == {"count": 4012, "source": "semantic-scholar", "observed": "2026-11-21"}
    assert (first["status"], first["next_pass"], first["pending"]) == ("todo", 1, False)
    assert second["title"] == KNOWN["hep-th/9901001"]["title"], "entities are read, not kept"
    assert second["citations"]["count"] == 0, "no citations is a count, not none"
    assert second["identifiers"]["arxiv"] == "hep-th/9901001"


def test_sources_say_who_said_what(rl: Rl, services: Services) -> None:
    rl("add", "2104.08821", env=services.env, check=True)
    data = rl("show", "--json", check=True).json()["data"]
    assert data["sources"]["title"]["source"] == "arxiv"
    assert data["citation_history"] == [{"count": 4012, "source": "semantic-scholar", "observed": "2026-11-21"}]


def test_adding_what_is_there_adds_topics_and_tags(rl: Rl, services: Services) -> None:
    rl("add", "2104.08821", "-t", "NLP/句子", env=services.env, check=True)
    services.requests.clear()
    again = rl("add", "arXiv:2104.08821v3", "-t", "New", "--tag", "#survey", "--priority", "high", env=services.env)
    assert again.code == 0, again.err
    assert "already" in again.err
    assert services.requests == [], "what is known is not asked for again"
    (only,) = papers(rl)
    assert sorted(only["topics"]) == ["NLP/句子", "New"] and only["tags"] == ["survey"] and only["priority"] == "high"
    data = rl("add", "2104.08821", "--json", env=services.env, check=True).json()["data"]
    assert (data["new"], data["already"], data["total"]) == ([], [1], 1)


def test_a_paper_twice_in_one_call_is_one(rl: Rl, services: Services) -> None:
    data = rl("add", "2104.08821", "https://arxiv.org/pdf/2104.08821v2.pdf", "--json", env=services.env).json()["data"]
    assert data["new"] == [1] and data["already"] == [] and len(papers(rl)) == 1


def test_an_id_nobody_knows_is_not_put_on_the_list(rl: Rl, services: Services) -> None:
    result = rl("add", "2104.08821", "2112.19999", env=services.env)
    assert_explained(result, 3, "arXiv has no paper .*2112.19999")
    assert "not put on the list" in result.err
    assert [it["identifiers"]["arxiv"] for it in papers(rl)] == ["2104.08821"], "the other one stays"
    document = rl("add", "2112.19998", "--json", env=services.env).json()
    assert (document["status"], document["errors"][0]["code"]) == ("error", "not-found")


def test_an_id_nobody_knows_is_kept_with_its_note(rl: Rl, services: Services) -> None:
    result = rl("add", "2112.19999", "--note", "Ada told me of it", env=services.env)
    assert result.code == 3, result.err
    (only,) = papers(rl)
    assert [note["text"] for note in only["notes"]] == ["Ada told me of it"]
    assert "was not put on the list" not in result.err, "it was kept, so it must not be said that it was not"


def test_from_a_file_with_comments_and_a_bad_line(rl: Rl, services: Services, tmp_path: Path) -> None:
    file = tmp_path / "ids.txt"
    file.write_text(
        "# to read\n2104.08821  # the one by Gao\n\n2104.1\nhttps://arxiv.org/abs/hep-th/9901001#s1\n", "utf-8"
    )
    result = rl("add", "--from", "ids.txt", env=services.env)
    assert_explained(result, 5, r"ids\.txt, line 4: .2104\.1. ")
    assert [it["id"] for it in papers(rl)] == [1, 2], "the good lines are kept"
    assert rl("add", "--from", "-", input="hep-th/9901001\n", env=services.env).code == 0
    refused(rl, "add", "--from", "none.txt", code=5, says="there is no file none.txt")


def test_by_title_alone(rl: Rl) -> None:
    rl("add", "--title", "  A Survey\tof  Transformers ", "--no-fetch", check=True)
    (only,) = papers(rl)
    assert (only["title"], only["status"], only["pending"]) == ("A Survey of Transformers", "todo", False)
    again = rl("add", "--title", "a survey of transformers")
    assert again.code == 4 and "already" in again.err and "rl refresh --resolve" in again.err, "nobody answers here"
    assert len(papers(rl)) == 1
    refused(rl, "add", "--title", " \t ", code=2, says="title is empty")


def test_an_address_of_no_paper_is_kept_as_it_is(rl: Rl) -> None:
    rl("add", "https://www.bilibili.com/video/BV1H44y1t75x/", "--no-fetch", check=True)
    (only,) = papers(rl)
    assert only["kind"] == "video" and only["url"].startswith("https://www.bilibili.com/video/BV1H44y1t75x")
    again = rl("add", "https://www.bilibili.com/video/BV1H44y1t75x", "--no-fetch", check=True)
    assert "already" in again.err, "the same address with and without its last slash"


def test_without_fetch_nobody_is_asked(rl: Rl, services: Services) -> None:
    rl("add", "2104.08821", "--no-fetch", env=services.env, check=True)
    assert services.requests == [] and paper(rl, 1)["pending"] is True
    rl("refresh", "--pending", env=services.env, check=True)
    assert paper(rl, 1)["title"] == KNOWN["2104.08821"]["title"]
    services.requests.clear()
    assert "nothing is" in rl("refresh", "--pending", env=services.env, check=True).err
    assert services.requests == []


def test_no_service_keeps_the_papers(rl: Rl, services: Services) -> None:
    result = rl("add", "2104.08821", "hep-th/9901001", "-t", "NLP")
    assert_explained(result, 4, "127.0.0.1:9|arXiv")
    assert "rl refresh --pending" in result.err, "it says what to do next"
    assert [it["pending"] for it in papers(rl)] == [True, True]
    assert rl("refresh", "--pending").code == 4
    document = rl("refresh", "--pending", "--json").json()
    assert document["status"] == "error" and {e["code"] for e in document["errors"]} == {"service"}
    rl("refresh", "--pending", env=services.env, check=True)
    assert [it["pending"] for it in papers(rl)] == [False, False]


def test_one_service_down_keeps_what_the_other_says(rl: Rl, services: Services) -> None:
    result = rl("add", "2104.08821", env=services.env | {"RL_S2_URL": NOBODY})
    assert result.code == 4, result.err
    only = paper(rl, 1)
    assert only["title"] == KNOWN["2104.08821"]["title"] and only["citations"] is None and only["pending"]


# -- the recorded answers of the real services -----------------------------------------------------------------------

FOUR = ("1706.03762", "https://arxiv.org/pdf/1905.01254v2", "doi:10.48550/arXiv.2311.15777", "1706.03762")


@contextmanager
def replayed(*options: str) -> Iterator[dict[str, str]]:
    """The recorded services; gives the environment that leads to them."""
    with replay.replayed(*options) as services:
        yield dict(services.env)


def listing(rl: Rl) -> Any:
    return rl("list", "--json", check=True).json()


def test_recorded_answers(rl: Rl, own_home: Path, empty_library: Path) -> None:
    library = own_home / "readlist" / "readlist.db"

    def afresh() -> None:
        for file in library.parent.iterdir():
            if file.is_file():
                file.unlink()
        library.write_bytes(empty_library.read_bytes())

    with replay.replayed() as services:
        result = rl("add", *FOUR, env=services.env)
        assert result.code == 0, result.err
        assert sorted(services.paths()) == ["/api/query", "/graph/v1/paper/batch"], "one request of each service"
        new = listing(rl)
        assert new["data"]["total"] == 3, "1706.03762 was named twice"
        assert new["data"]["papers"][0]["key"] == "vaswani2017attention"
        assert all(it["authors"] and it["citations"] and not it["pending"] for it in new["data"]["papers"])
        afresh()
        assert rl("add", *FOUR).code == 4, "nobody answers"
        assert [it["pending"] for it in papers(rl)] == [True] * 3
        rl("refresh", "--pending", env=services.env, check=True)
        assert listing(rl) == new, "fetched later is the same as fetched at once"
    afresh()
    with replayed("--atom", "old") as env:
        rl("add", *FOUR, env=env, check=True)
        assert listing(rl) == new, "the older Atom feed says the same"
