"""`rl refs`, `rl cited-by`, `rl recommend`: papers around a paper, which are on the list, and putting some there."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from readlist.cli.reference import adapter
from readlist.cli.shapes import RelatedData
from tests.cli.helpers import Screen, assert_explained, papers, refused
from tests.cli.services import KNOWN, Services, running
from tests.cli.test_hostile import EVIL, steering
from tests.cli.test_startup import loaded
from tests.conftest import Rl
from tests.replay import replayed

SIMCSE = "ARXIV:2104.08821"
ADAM, OLD = "1412.6980", "hep-th/9901001"
CHINESE = "对比学习综述：从句子表征到多模态大规模预训练模型的统一视角与未来方向"


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """These tests run the program in this process, since they run it often."""
    return inside


@pytest.fixture(scope="module")
def _services() -> Iterator[Services]:
    with running() as services:
        yield services


@pytest.fixture
def services(_services: Services) -> Services:
    """The services, with the references of a paper: 5 of them, of which 3 can be added by what the services know."""
    s = _services
    for kept in (s.requests, s.edges, s.recommended, s.bodies):
        kept.clear()
    s.refused_from = 10_000
    s.edges[f"{SIMCSE}/references"] = edges(
        (row(1, "A Book without Any Identifier", count=7, ids=False), False),
        (known(OLD, 7), False),
        (known(ADAM, 130_637), False),
        (row(2, CHINESE, count=5, venue="计算机学报", authors=("张三", "李四"), doi="10.1000/x.1"), True),
        (known("2104.08821", 4012), False),
    )
    s.edges[f"{SIMCSE}/citations"] = []
    return s


def row(
    number: int, title: str, *, count: int | None = 0, year: int | None = 2020, venue: str = "", ids: bool = True,
    authors: tuple[str, ...] = ("Ada Müller", "Bo Li", "Cy Xu"), arxiv: str | None = None, doi: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A paper as an answer shows it."""
    external = {name: value for name, value in (("ArXiv", arxiv), ("DOI", doi)) if value}
    return {
        "paperId": f"{number:040x}" if ids else None, "corpusId": 1000 + number if ids else None, "title": title,
        "externalIds": external, "venue": venue, "year": year, "citationCount": count,
        "authors": [{"name": name} for name in authors],
    }  # fmt: skip


def known(arxiv: str, count: int) -> dict[str, Any]:
    """A paper that the services can be asked for."""
    it = KNOWN[arxiv]
    return row(
        it["corpus"], it["title"], count=count, year=int(it["published"][:4]), arxiv=arxiv, venue=it["venue"],
        authors=tuple(it["authors"]),
    ) | {"paperId": it["s2"], "corpusId": it["corpus"]}  # fmt: skip


def edges(*pairs: tuple[dict[str, Any], bool]) -> list[dict[str, Any]]:
    return [{"isInfluential": influential, "citedPaper": it, "citingPaper": it} for it, influential in pairs]


def cite(services: Services, paper: dict[str, Any]) -> None:
    """One more reference, an influential one."""
    references = services.edges[f"{SIMCSE}/references"]
    assert references is not None
    references += edges((paper, True))


def many(count: int) -> list[dict[str, Any]]:
    """Citing papers, of which the last are cited most."""
    return edges(*((row(i, f"Citing paper {i}", count=i), False) for i in range(count)))


@pytest.fixture
def simcse(rl: Rl, made: Path, services: Services) -> Rl:
    """The paper is on the list as #1; the services have not been asked for anything yet."""
    rl("add", "2104.08821", env=services.env, check=True)
    services.requests.clear()
    return rl


def asked(services: Services) -> list[str]:
    return [path for _, path in services.requests]


def titles(data: dict[str, Any]) -> list[str]:
    return [it["title"] for it in data["papers"]]


def related(rl: Rl, services: Services, *words: str) -> dict[str, Any]:
    """The data of a command that works, which must be of the promised shape."""
    data: dict[str, Any] = rl(*words, "--json", env=services.env, check=True).json()["data"]
    adapter(RelatedData, closed=True).validate_python(data)
    return data


# -- showing -----------------------------------------------------------------------------------------------------------


def test_references_with_marks_the_influential_first(simcse: Rl, services: Services) -> None:
    simcse("add", OLD, "--no-fetch", check=True)
    simcse("mark-read", OLD, "--pass", "2", check=True)
    result = simcse("refs", "1", env=services.env, check=True)
    assert asked(services) == [f"/graph/v1/paper/{SIMCSE}/references"], "one request"
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert rows == [
        ["1", "", "", "*", CHINESE, "张三 & 李四", "计算机学报", "2020", "5", "doi:10.1000/x.1"],
        ["2", "", "", "", KNOWN[ADAM]["title"], "Kingma & Ba", "ICLR", "2014", "130637", f"arxiv:{ADAM}"],
        ["3", "1", "todo", "", KNOWN["2104.08821"]["title"], "Gao et al.", "EMNLP", "2021", "4012", "arxiv:2104.08821"],
        ["4", "", "", "", "A Book without Any Identifier", "Müller et al.", "", "2020", "7", ""],
        ["5", "2", "done", "", KNOWN[OLD]["title"], "Müller", "", "1999", "7", f"arxiv:{OLD}"],
    ]
    data = related(simcse, services, "refs", "1")
    assert [(it["number"], it["on_list"], it["status"], it["influential"]) for it in data["papers"]] == [
        (1, None, None, True), (2, None, None, False), (3, 1, "todo", False), (4, None, None, False),
        (5, 2, "done", False),
    ]  # fmt: skip
    assert data["papers"][0]["citations"] == {"count": 5, "source": "semantic-scholar", "observed": "2026-11-21"}
    assert (data["total"], data["next"], data["elided"], data["of"]) == (5, None, False, [1])
    assert (data["new"], data["already"]) == ([], [])


def test_a_title_without_an_identifier_is_found_on_the_list(simcse: Rl, services: Services) -> None:
    simcse("add", "--title", "a book without any IDENTIFIER!", "--no-fetch", check=True)
    same_title = row(8, KNOWN["2104.08821"]["title"], year=2010, count=3)
    services.edges[f"{SIMCSE}/references"] = [
        *(services.edges[f"{SIMCSE}/references"] or []),
        *edges((same_title, False)),
    ]
    found = related(simcse, services, "refs", "1")["papers"]
    on_list = {(it["title"], it["year"]): it["on_list"] for it in found}
    assert on_list["A Book without Any Identifier", 2020] == 2 and on_list[CHINESE, 2020] is None
    assert on_list[same_title["title"], 2021] == 1 and on_list[same_title["title"], 2010] is None, "years apart"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("influential", [CHINESE, "Adam", "SimCSE", "A Book", "A Solution"]),
        ("citations", ["Adam", "SimCSE", "A Book", "A Solution", CHINESE]),
        ("year", ["SimCSE", "A Book", CHINESE, "Adam", "A Solution"]),
        ("given", ["A Book", "A Solution", "Adam", CHINESE, "SimCSE"]),
    ],
)
def test_orders(simcse: Rl, services: Services, sort: str, order: list[str]) -> None:
    found = titles(related(simcse, services, "refs", "1", "--sort", sort))
    assert [title for title in order if not found[order.index(title)].startswith(title)] == []


def test_the_current_paper_is_meant_and_stays(simcse: Rl, services: Services) -> None:
    simcse("add", OLD, "--no-fetch", check=True)
    simcse("refs", "1", env=services.env, check=True)
    assert related(simcse, services, "refs")["of"] == [1], "it is what was looked at last"
    simcse("refs", "--add", "2", env=services.env, check=True)
    assert related(simcse, services, "refs")["of"] == [1], "adding goes on with the same list"


def test_wrong_words(simcse: Rl, services: Services) -> None:
    refused(simcse, "refs", "1", "--sort", "title", code=2, says="sort", hint="influential", env=services.env)
    refused(simcse, "recommend", "--sort", "influential", code=2, says="sort", hint="given", env=services.env)
    refused(simcse, "cited-by", "1", "--limit", "-1", code=2, says="--limit cannot be -1", env=services.env)
    refused(simcse, "refs", "1", "-t", "NLP", code=2, says="added", hint="--add", env=services.env)
    refused(simcse, "recommend", "1", "-t", "NLP", code=2, says="which", env=services.env)
    assert asked(services) == []


def test_nothing_to_show_says_why(simcse: Rl, services: Services) -> None:
    services.edges[f"{SIMCSE}/references"] = None
    result = simcse("refs", "1", env=services.env, check=True)
    assert result.out == "" and "publisher does not let" in result.err
    data = related(simcse, services, "refs", "1")
    assert data["elided"] is True and data["papers"] == []
    assert "no paper that cites it" in simcse("cited-by", "1", env=services.env, check=True).err
    assert related(simcse, services, "cited-by", "1")["elided"] is False
    assert "recommends nothing" in simcse("recommend", "1", env=services.env, check=True).err
    refused(simcse, "refs", "1", "--add", "1", code=3, says="no number 1", hint="empty", env=services.env)


def test_a_paper_that_the_service_does_not_know(simcse: Rl, services: Services) -> None:
    simcse("add", OLD, "--no-fetch", check=True)
    for command in ("refs", "cited-by"):
        error = refused(simcse, command, OLD, code=3, says="does not know", env=services.env)
        assert error["code"] == "not-found"


def test_a_paper_without_an_identifier(simcse: Rl, services: Services) -> None:
    simcse("add", "--title", "A Paper Known by Title", "--no-fetch", check=True)
    for command in ("refs", "cited-by", "recommend"):
        refused(
            simcse, command, "2", code=3, says="#2 A Paper Known by Title has no identifier", hint="refresh --resolve",
            env=services.env,
        )  # fmt: skip
    refused(simcse, "refs", "7.5", code=3, says="no paper fits", env=services.env)
    assert asked(services) == []


# -- pages -------------------------------------------------------------------------------------------------------------


def test_no_more_pages_than_are_needed(simcse: Rl, services: Services) -> None:
    services.edges[f"{SIMCSE}/citations"] = many(2500)

    def run(*words: str) -> tuple[int, dict[str, Any], str]:
        services.requests.clear()
        told = simcse("cited-by", "1", *words, env=services.env, check=True).err
        count = len(services.requests)
        return count, related(simcse, services, "cited-by", "1", *words), told

    count, data, told = run()
    assert (count, data["total"], data["next"], len(data["papers"])) == (1, 1000, 1000, 20)
    assert data["papers"][0]["title"] == "Citing paper 999"
    assert "20 of the newest 1,000 (of 4,012)" in told and "--deep" in told and "--limit 0 shows all" in told
    count, data, told = run("--limit", "1500")
    assert (count, data["total"], data["next"], len(data["papers"])) == (2, 2000, 2000, 1500)
    count, data, told = run("--deep", "--limit", "2")
    assert (count, data["total"], data["next"], len(data["papers"])) == (3, 2500, None, 2)
    assert data["papers"][0]["title"] == "Citing paper 2499"
    assert "2 of 2,500" in told and "2,000 so far" in told and "newest" not in told
    count, data, told = run("--limit", "0")
    assert (count, data["total"], len(data["papers"])) == (3, 2500, 2500)
    assert [it["number"] for it in data["papers"]] == list(range(1, 2501))


def test_the_service_goes_no_further_than_9999(simcse: Rl, services: Services) -> None:
    services.edges[f"{SIMCSE}/citations"] = many(10_500)
    result = simcse("cited-by", "1", "--deep", "--limit", "1", env=services.env, check=True)
    assert len(services.requests) == 10
    assert "1 of the newest 9,999" in result.err and "goes no further" in result.err and "--deep" not in result.err


def test_a_paper_on_two_pages_is_one(simcse: Rl, services: Services) -> None:
    rows = many(1500)
    services.edges[f"{SIMCSE}/citations"] = [*rows[:1000], *rows[990:], *edges((known("2104.08821", 10**6), False))]
    data = related(simcse, services, "cited-by", "1", "--limit", "0")
    assert data["total"] == 1501
    assert [it["on_list"] for it in data["papers"]] == [1] + [None] * 1500, "each of many is looked up"


def test_a_fault_after_the_first_page_keeps_what_was_given(simcse: Rl, services: Services) -> None:
    services.edges[f"{SIMCSE}/citations"] = many(2500)
    services.refused_from = 1000
    result = simcse("cited-by", "1", "--limit", "0", "--json", env=services.env)
    assert result.code == 4
    document = result.json()
    assert (document["status"], document["errors"][0]["code"]) == ("error", "service")
    assert (document["data"]["total"], document["data"]["next"]) == (1000, 1000)


def test_no_service_is_exit_4_and_loses_nothing(simcse: Rl, services: Services) -> None:
    shown = related(simcse, services, "refs", "1")
    for words in (("refs", "1"), ("cited-by", "1"), ("recommend", "1")):
        error = refused(simcse, *words, code=4, says="127.0.0.1:9|Semantic Scholar")
        assert error["code"] == "service"
    added = related(simcse, services, "refs", "1", "--add", "2")
    assert titles(added) == [shown["papers"][1]["title"]], "the list shown before is still there"


# -- adding ------------------------------------------------------------------------------------------------------------


def test_numbers_mean_what_was_shown(simcse: Rl, services: Services) -> None:
    shown = related(simcse, services, "refs", "1")
    references = services.edges[f"{SIMCSE}/references"]
    assert references
    references.reverse()
    for it in references:
        it["citedPaper"]["citationCount"] = 1
    services.requests.clear()
    added = related(simcse, services, "refs", "1", "--add", "2,5", "-t", "NLP", "--tag", "survey", "--priority", "high")
    assert titles(added) == [shown["papers"][1]["title"], shown["papers"][4]["title"]]
    assert sorted(asked(services)) == ["/api/query", "/graph/v1/paper/batch"], "one request of each service"
    assert [it["on_list"] for it in added["papers"]] == added["new"] == [2, 3]
    for it in papers(simcse)[1:]:
        assert (it["topics"], it["tags"], it["priority"], it["pending"]) == (["NLP"], ["survey"], "high", False)
    assert [it["key"] for it in papers(simcse)] == ["gao2021simcse", "kingma2014adam", "muller1999solution"]


def test_adding_again_says_so(simcse: Rl, services: Services) -> None:
    simcse("refs", "1", env=services.env, check=True)
    first = simcse("refs", "1", "--add", "2", env=services.env, check=True)
    assert "kingma2014adam" in first.err and "(added)" in first.err and first.out == ""
    services.requests.clear()
    again = simcse("refs", "1", "--add", "2", "--add", "3", "-t", "Later", env=services.env, check=True)
    assert again.err.count("already on the list") == 2 and asked(services) == []
    assert [it["topics"] for it in papers(simcse)] == [["Later"], ["Later"]]
    marks = {it["number"]: it["on_list"] for it in related(simcse, services, "refs", "1")["papers"]}
    assert marks == {1: None, 2: 2, 3: 1, 4: None, 5: None}


def test_adding_without_having_looked_asks_for_the_list(simcse: Rl, services: Services) -> None:
    added = related(simcse, services, "refs", "1", "--add", "2")
    assert titles(added) == [KNOWN[ADAM]["title"]]
    assert asked(services)[0] == f"/graph/v1/paper/{SIMCSE}/references"


def test_numbers_of_another_order_than_shown(simcse: Rl, services: Services) -> None:
    simcse("refs", "1", env=services.env, check=True)
    assert titles(related(simcse, services, "refs", "1", "--sort", "citations", "--add", "1")) == [KNOWN[ADAM]["title"]]
    assert titles(related(simcse, services, "refs", "1", "--add", "1")) == [KNOWN[ADAM]["title"]], "now this was last"


def test_lists_are_kept_apart(simcse: Rl, services: Services) -> None:
    services.edges[f"{SIMCSE}/citations"] = edges((known(OLD, 7), False))
    simcse("cited-by", "1", env=services.env, check=True)
    simcse("refs", "1", env=services.env, check=True)
    services.requests.clear()
    assert titles(related(simcse, services, "cited-by", "1", "--add", "1")) == [KNOWN[OLD]["title"]]
    assert titles(related(simcse, services, "refs", "1", "--add", "2")) == [KNOWN[ADAM]["title"]]
    assert {path.rpartition("/")[2] for path in asked(services)} == {"query", "batch"}


def test_three_papers_are_asked_about(simcse: Rl, services: Services, tty: Callable[..., Screen]) -> None:
    simcse("refs", "1", env=services.env, check=True)
    refused(simcse, "refs", "1", "--add", "all", code=2, says="4 papers", hint="--yes", env=services.env)
    refused(simcse, "refs", "1", "--add", "1-3", code=2, says="3 papers", hint="--yes", env=services.env)
    screen = tty("refs", "1", "--add", "1-3", env=services.env, typed="n\n")
    assert screen.code == 2 and CHINESE in screen.text and len(papers(simcse)) == 1
    added = related(simcse, services, "refs", "1", "--add", "2-5", "--yes")
    assert added["new"] == [2, 3, 4] and added["already"] == [1]
    assert [it["on_list"] for it in added["papers"]] == [2, 1, 3, 4]
    assert papers(simcse)[2]["title"] == "A Book without Any Identifier", "by its title"
    left = simcse("refs", "1", "--add", "all", env=services.env)
    assert left.code == 0 and papers(simcse)[-1]["id"] == 5, "one was left"
    assert "nothing to add" in simcse("refs", "1", "--add", "all", env=services.env, check=True).err


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("x", 2, "--add cannot be 'x'"), ("", 2, "--add cannot be ''"), ("5-3", 2, "5-3"), ("1,,2", 0, ""),
        ("0", 3, "no number 0"), ("6", 3, "no number 6"), ("4-99", 3, "no number 99"), ("-1", 2, "-1"),
        ("９", 2, "９"), ("1，5", 0, ""), (" 1, 5 ", 0, ""), ("9999999", 2, "9999999"),
    ],
)  # fmt: skip
def test_what_numbers_can_be(simcse: Rl, services: Services, text: str, code: int, says: str) -> None:
    simcse("refs", "1", env=services.env, check=True)
    words = ("refs", "1", f"--add={text}")
    if code:
        refused(simcse, *words, code=code, says=says, env=services.env)
    else:
        simcse(*words, env=services.env)
        assert len(papers(simcse)) == 3


def test_adding_without_the_net_keeps_what_the_list_said(simcse: Rl, services: Services) -> None:
    simcse("refs", "1", env=services.env, check=True)
    result = simcse("refs", "1", "--add", "1,2")
    assert_explained(result, 4, "127.0.0.1:9|arXiv")
    assert "rl refresh --pending" in result.err
    _, chinese, adam = papers(simcse)
    assert (chinese["title"], chinese["authors"], chinese["pending"]) == (CHINESE, ["张三", "李四"], True)
    assert (adam["key"], adam["year"], adam["venue"], adam["pending"]) == ("kingma2014adam", 2014, "ICLR", True)
    assert adam["citations"] is None, "a count of who knows when is not kept"
    simcse("refresh", "--pending", env=services.env)
    assert papers(simcse)[2]["citations"]["count"] == KNOWN[ADAM]["count"]


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"[", b"{}", b'[{"wanted": 1}]', b'[{"papers": [{}]}]'])
def test_a_damaged_memory_is_as_none(simcse: Rl, services: Services, made: Path, damage: bytes) -> None:
    simcse("refs", "1", env=services.env, check=True)
    file = made.with_name("readlist.db.shown")
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_bytes())[0]["papers"][1]["said"]["title"] == KNOWN[ADAM]["title"]
    file.write_bytes(damage)
    assert titles(related(simcse, services, "refs", "1", "--add", "2")) == [KNOWN[ADAM]["title"]]
    assert len(json.loads(file.read_bytes())) == 1, "it is whole again"


# -- recommendations ---------------------------------------------------------------------------------------------------


def test_recommendations_are_in_the_order_given_those_on_the_list_last(simcse: Rl, services: Services) -> None:
    services.recommended += [
        known("2104.08821", 4012),
        row(1, "Like It"),
        known(ADAM, 1),
        row(2, "Most Cited", count=9),
    ]
    data = related(simcse, services, "recommend")
    assert services.bodies == [{"positivePaperIds": [SIMCSE], "negativePaperIds": []}]
    assert [it["title"].partition(":")[0] for it in data["papers"]] == ["Like It", "Adam", "Most Cited", "SimCSE"]
    assert [it["on_list"] for it in data["papers"]] == [None, None, None, 1]
    services.recommended.reverse()
    assert titles(related(simcse, services, "recommend", "--add", "2", "--under", "NLP"))[0].startswith("Adam")
    assert papers(simcse)[1]["topics"] == ["NLP"]
    by_count = titles(related(simcse, services, "recommend", "--sort", "citations"))
    assert by_count[0] == "Most Cited"


def test_several_papers_and_topics(simcse: Rl, services: Services) -> None:
    """Of a topic those count that were read or are wanted; where there are none, those listed."""
    simcse("add", OLD, ADAM, "-t", "Old/stuff", "--no-fetch", check=True)
    simcse("add", "--title", "Of No Identifier", "-t", "Old", "--no-fetch", check=True)
    simcse("drop", ADAM, "--why", "no", check=True)
    services.recommended.append(row(1, "Like Them"))
    data = related(simcse, services, "recommend", "1", OLD)
    assert data["of"] == [1, 2] and services.bodies[-1]["positivePaperIds"] == [SIMCSE, f"ARXIV:{OLD}"]
    result = simcse("recommend", "-t", "old", env=services.env, check=True)
    assert services.bodies[-1]["positivePaperIds"] == [f"ARXIV:{OLD}"]
    assert "papers like 1 of yours" in result.err and "1 more have no identifier" in result.err
    refused(simcse, "recommend", "-t", "nowhere", code=3, says="no topic", env=services.env)
    simcse("topic", "add", "Empty", check=True)
    refused(simcse, "recommend", "-t", "Empty", code=3, says="no paper of Empty", env=services.env)


def test_of_a_large_topic_the_last_hundred_count(simcse: Rl, services: Services, tmp_path: Path) -> None:
    lines = [f"- Paper {i} on a Large Topic https://arxiv.org/abs/2001.{10_000 + i} #TODO" for i in range(110)]
    (tmp_path / "page.md").write_text("# Large\n\n" + "\n".join(lines) + "\n", "utf-8")
    simcse("import", "page.md", check=True)
    services.recommended.append(row(1, "Like Them"))
    assert "papers like 100 of yours" in simcse("recommend", "-t", "large", env=services.env, check=True).err
    asked_for = services.bodies[-1]["positivePaperIds"]
    assert len(asked_for) == 100 and "ARXIV:2001.10109" in asked_for and "ARXIV:2001.10009" not in asked_for


def test_a_topic_of_what_is_added_is_not_the_topic_asked_for(simcse: Rl, services: Services) -> None:
    """`rl recommend --add 1 -t NLP` after `rl recommend` must not add number 1 of another list."""
    simcse("topic", "add", "NLP", "1", check=True)
    services.recommended += [known(ADAM, 1), row(2, "Another")]
    simcse("recommend", env=services.env, check=True)
    refused(simcse, "recommend", "--add", "1", "-t", "NLP", code=2, says="no list", hint="--under", env=services.env)
    simcse("recommend", "-t", "NLP", env=services.env, check=True)
    simcse("recommend", "-t", "nlp", "--add", "1", env=services.env, check=True)
    assert len(papers(simcse)) == 2


# -- how it looks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [50, 80, 130])
def test_tables_fit_and_nothing_steers(
    simcse: Rl, services: Services, tty: Callable[..., Screen], columns: int
) -> None:
    long = row(9, f"Evil {EVIL} title " * 4, count=10**9, venue=EVIL, authors=(EVIL, "B", "C"))
    cite(services, long)
    simcse("mark-read", "1", "--pass", "2", check=True)
    screen = tty("refs", "1", columns=columns, env=services.env)
    assert screen.code == 0, screen.err
    assert not [line for line in screen.lines if cell_len(line) > columns]
    assert not steering(screen.text) and not steering(screen.err)
    flat = "".join(screen.text.split())
    assert "#1✓" in flat and "[red]markup[/red]" in flat and ":smile:" in flat
    assert "6 papers, 1 on the list, * influential" in screen.err
    pipe = simcse("refs", "1", env=services.env, check=True)
    assert not steering(pipe.out) and len(pipe.out.splitlines()) == 6
    assert all(line.count("\t") == 9 for line in pipe.out.splitlines())
    simcse("refs", "1", "--add", "1", env=services.env)
    assert not steering(simcse("refs", "1", "--add", "1", env=services.env).err)


def test_looking_writes_nothing_to_the_library(example: Path, services: Services) -> None:
    modules, out, code = loaded(["refs", "gao2021simcse"], example, services.env)
    assert code == 0 and out.count("\n") == 5
    assert not modules & {"sqlalchemy", "alembic"}, "what writes is not even loaded"


def test_recorded_answers(rl: Rl, made: Path) -> None:
    rl("add", "doi:10.1016/j.actamat.2020.07.060", "CorpusId:49313245", "--no-fetch", check=True)
    with replayed() as replay:
        assert "publisher does not let" in rl("refs", "1", env=replay.env, check=True).err
        data = rl("refs", "2", "--limit", "0", "--json", env=replay.env, check=True).json()["data"]
        assert data["total"] == len(data["papers"]) >= 73
        counts = [it["citations"]["count"] for it in data["papers"] if not it["influential"] and it["citations"]]
        assert counts == sorted(counts, reverse=True) and len(counts) > 50
        assert len(rl("recommend", "2", env=replay.env, check=True).out.splitlines()) == 20
        assert len(replay.paths()) == 3
