"""Every service against every bad answer, as a user meets it: what was known stays, and what failed is said.

Three papers are on the list. Two were fetched a week ago and bear a person's marks, the third is still to be fetched.
`rl refresh --all` then meets one service that misbehaves; the others answer as a week ago. Crossref and OpenAlex are
asked where Semantic Scholar has no answer.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from readlist.domain.paper import Paper
from tests.cli.service_world import (
    ASKED,
    DOIS,
    FIRST,
    GOOD,
    IDS,
    LABELS,
    LATER,
    PATHS,
    SECOND,
    SETTINGS,
    SILENT,
    THIRD,
    TITLES,
    UNKNOWN,
    Ended,
    World,
    assert_kept,
    entries,
    person,
    records,
    rows,
    works,
)
from tests.conftest import TODAY, Rl
from tests.sources.faults import EMPTY, HTML, JUNK, REFUSED, Reply, Service, as_json, nobody
from tests.sources.test_arxiv import BOMB, EXTERNAL, entry, feed
from tests.sources.test_bad_answers import HIDDEN, LONG, LOOP, TOO_BIG
from tests.sources.test_openalex import work
from tests.sources.test_semantic_scholar import row

KEY = "a-key-of-mine"


@pytest.fixture(scope="module")
def services() -> Iterator[dict[str, Service]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(Service(UNKNOWN)) for name in LABELS}


@pytest.fixture(scope="module")
def library(services: dict[str, Service], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Paper]]:
    """The library to begin with, which is copied and never changed, and what it holds."""
    world = World(tmp_path_factory.mktemp("begun") / "home", services)
    world.answer(arxiv=[feed(*entries()[:2])], s2=[as_json(rows()[:2])])
    for words in (
        ["add", FIRST, SECOND, "--priority", "high"],
        ["add", FIRST, "--topic", "NLP/句子", "--tag", "survey", "--note", "读第三节", "--due", "2026-12-24"],
        ["mark-read", "1", "--pass", "1", "--minutes", "20", "--note", "of interest"],
        ["start", "1", "--pass", "2"],
        ["summary", "1", "What it comes to."],
        ["drop", "2", "--why", "superseded"],
        ["add", THIRD, "--no-fetch", "--note", "Ada told me of it", "--topic", "NLP"],
    ):
        ended = world.rl(*words, RL_TODAY=TODAY)
        assert ended.code == 0, ended.err
    papers = world.papers()
    assert [(paper.title, paper.pending) for paper in papers[:2]] == [(TITLES[FIRST], False), (TITLES[SECOND], False)]
    assert papers[2].pending
    return world.home, papers


@pytest.fixture
def world(library: tuple[Path, list[Paper]], services: dict[str, Service], tmp_path: Path) -> World:
    """The services, all well, and a copy of the library."""
    world = World(Path(shutil.copytree(library[0], tmp_path / "library")), services)
    world.answer()
    return world


def assert_said(ended: Ended, service: str, says: str, hint: str) -> None:
    """One sentence names the service and what it did; the last hint says what to do."""
    assert "Traceback" not in ended.err and KEY not in ended.err
    faults = [line for line in ended.err.splitlines() if line.startswith("rl: ")]
    named = [line.lower().replace("-", " ").startswith(f"rl: {LABELS[service].lower()} ") for line in faults]
    assert any(named) and any(says in line for line in faults), ended.err
    errors = ended.document["errors"]
    assert ended.document["status"] == "error" and {error["code"] for error in errors} == {"service"}
    assert hint in errors[-1]["hint"] and errors[-1]["hint"] in ended.err


ELSEWHERE = Reply(302, headers={"Location": "http://elsewhere.invalid/"})
AGAIN = "again"  # a hint that says to try again, or what does

# What a service does, whoever it is: its answer, what is said of it, what to do, and the waits between the tries.
TRANSPORT: dict[str, tuple[Reply, str, str, list[float] | None]] = {
    "time-out": (Reply(200, "late", stall=0.6), "did not answer within 0.25 s", "RL_TIMEOUT", None),
    "429": (REFUSED, "refused the request as one too many (429", AGAIN, None),
    "429 + 3 s": (replace(REFUSED, headers={"Retry-After": "3"}), "refused the request as one too many", "", [3.0] * 3),
    "429 + 2 h": (replace(REFUSED, headers=LONG), "asks to wait 2 hours", "try again in 2 hours", []),
    "500": (as_json({"message": "Internal Server Error"}, 500), "has a fault of its own (500", "wait a few", None),
    "504": (as_json({"message": "Endpoint request timed out"}, 504), "has a fault of its own (504", "wait a few", None),
    "HTML": (HTML, "answered with a page of HTML", "opens in a browser", []),
    "cut": (Reply(200, "cut off in the middle", cut=True), "broke off before its answer was complete", AGAIN, None),
    "junk": (JUNK, "answered with ", "try again later", []),
    "empty": (EMPTY, "answered with an empty page", "try again later", []),
    "entity bomb": (Reply(200, BOMB), "answered with ", "try again later", []),
    "external entity": (Reply(200, EXTERNAL), "answered with ", "try again later", []),
    "50 MB": (TOO_BIG, "sent more than 10 MB", "rl config", []),
    "50 MB, packed": (HIDDEN, "sent more than 10 MB", "rl config", []),
    "redirect loop": (LOOP, "sent us on more than 3 times", "rl config", []),
    "redirect to http": (ELSEWHERE, "sent us on to http://elsewhere.invalid, which is not https", "rl config", []),
}


@pytest.mark.parametrize("service", LABELS)
@pytest.mark.parametrize("fault", TRANSPORT)
def test_a_service_that_fails_costs_nothing(
    world: World, library: tuple[Path, list[Paper]], service: str, fault: str
) -> None:
    reply, says, hint, waits = TRANSPORT[fault]
    world.answer(**{service: [reply]} | ({} if service in ("arxiv", "s2") else {"s2": [SILENT]}))
    ended = world.rl("refresh", "--all", RL_TIMEOUT="0.25" if reply.stall else "10")
    assert ended.code == 4, ended.err
    assert_said(ended, service, says, hint)
    if reply.status == 429 and service == "s2":
        assert_said(ended, service, says, "set s2.api_key or RL_S2_API_KEY")
    after = world.papers()
    assert_kept(library[1], after)
    assert after[2].pending == (service in ("arxiv", "s2")), "what a service owes stays owed"
    assert after[2].title == TITLES[THIRD], "what the others say is taken in"
    if waits is not None:
        assert world.waits.seconds == waits


@dataclass(frozen=True)
class Case:
    """What a service answers, and what comes of it: the exit code, what is said, the title of the third paper, and
    whether it is still to be fetched. `others` are other services that do not answer as they should."""

    service: str
    replies: Sequence[Reply]
    code: int = 0
    says: str = ""
    title: str = TITLES[THIRD]
    pending: bool = False
    others: Mapping[str, Sequence[Reply]] = field(default_factory=dict)


def changed(place: int, **changes: Any) -> list[dict[str, Any]]:
    """Semantic Scholar's rows, one of them with `changes`."""
    return [{**it, **changes} if number == place else it for number, it in enumerate(rows())]


NOTHING_SAID = [{"externalIds": {"ArXiv": name}} for name in IDS]
NO_TITLES = feed(*entries(title="", summary="", names=""))
NO_USE = "gave no usable answer"

# An answer that can be read: what it says of whom.
CONTENT: dict[str, Case] = {
    "arxiv: other papers": Case("arxiv", [feed(entry("2301.00001v1"))], 4, "others than those asked for", pending=True),
    "arxiv: another among them": Case("arxiv", [feed(*entries()[:2], entry("2301.00001v1"))], 4, NO_USE, pending=True),
    "arxiv: fewer than announced": Case("arxiv", [feed(*entries()[:2], total=3)], 4, NO_USE, pending=True),
    "arxiv: fields missing": Case("arxiv", [NO_TITLES]),
    "arxiv: fields missing everywhere": Case(
        "arxiv", [NO_TITLES], title=f"arxiv:{THIRD}", others={"s2": [as_json(NOTHING_SAID)]}
    ),
    "arxiv: title 0": Case("arxiv", [feed(*entries()[:2], entry(f"{THIRD}v2", title="0"))], title="0"),
    "s2: null rows": Case("s2", [SILENT]),
    "s2: none known": Case("s2", [as_json({"error": "No valid paper ids given"}, 400)]),
    "s2: too few rows": Case("s2", [as_json(rows()[:2])], 4, "2 papers where 3 were asked for", pending=True),
    "s2: an object": Case("s2", [as_json({"data": rows()})], 4, "something other than a list", pending=True),
    "s2: other papers": Case(
        "s2", [as_json([row(f"2301.0000{n}", paperId=f"{n}" * 40) for n in (7, 8, 9)])], 4, NO_USE, pending=True
    ),
    "s2: another order": Case("s2", [as_json(rows()[::-1])]),
    "s2: fields missing": Case("s2", [as_json(NOTHING_SAID)]),
    "s2: fields null": Case("s2", [as_json(rows(title=None, citationCount=None, venue=None, year=None, authors=None))]),
    "s2: no such counts": Case("s2", [as_json(rows(citationCount=-1))], 4, NO_USE, pending=True),
    "s2: counts in words": Case("s2", [as_json(rows(citationCount="many"))], 4, NO_USE, pending=True),
    "s2: title 0": Case("s2", [as_json(rows(title="0"))], title="0", others={"arxiv": [NO_TITLES]}),
    "openalex: other papers": Case("openalex", [as_json(work())], 4, NO_USE),
    "openalex: an empty object": Case("openalex", [as_json({})], 4, NO_USE),
    "openalex: a list": Case("openalex", [as_json([])], 4, "something other than a work"),
    "openalex: unknown": Case("openalex", [UNKNOWN]),
    "openalex: fields missing": Case("openalex", [as_json({"doi": f"https://doi.org/{doi}"}) for doi in ASKED]),
    "openalex: no such counts": Case("openalex", works(cited_by_count=-1), 4, NO_USE),
    "openalex: title 0": Case("openalex", works(title="0")),
    "crossref: other papers": Case("crossref", [as_json({"message": {"DOI": "10.1000/other"}})], 4, NO_USE),
    "crossref: an empty object": Case("crossref", [as_json({})], 4, "something other than a work"),
    "crossref: fields missing": Case("crossref", records(title=None)),
    "crossref: title 0": Case("crossref", records(title=["0"])),
}


@pytest.mark.parametrize("name", CONTENT)
def test_an_answer_never_takes_away(world: World, library: tuple[Path, list[Paper]], name: str) -> None:
    case = CONTENT[name]
    spared = {"s2": [SILENT]} if case.service in ("openalex", "crossref") else {}
    world.answer(**{**spared, **case.others, case.service: case.replies})
    ended = world.rl("refresh", "--all")
    assert ended.code == case.code, ended.err
    after = world.papers()
    assert_kept(library[1], after)
    assert (after[2].title, after[2].pending) == (case.title, case.pending)
    assert world.waits.seconds == []
    if case.code:
        assert_said(ended, case.service, case.says, AGAIN)
    else:
        assert ended.document["status"] == "ok" and "rl: " not in ended.err


@pytest.mark.parametrize("service", LABELS)
def test_a_service_that_is_not_there(world: World, library: tuple[Path, list[Paper]], service: str) -> None:
    world.answer(s2=[SILENT])
    ended = world.rl("refresh", "--all", **{SETTINGS[service]: nobody() + PATHS.get(service, "")})
    assert ended.code == 4, ended.err
    assert_said(ended, service, "could not be reached (Connection refused)", "check the network connection")
    assert_kept(library[1], world.papers())


@pytest.mark.parametrize("names", [("arxiv", "s2"), ("openalex", "crossref")])
def test_a_name_that_cannot_be_looked_up(
    world: World, library: tuple[Path, list[Paper]], rl: Rl, names: tuple[str, str]
) -> None:
    world.answer(s2=[SILENT])
    lost = {SETTINGS[name]: f"http://{name}.invalid{PATHS.get(name, '')}" for name in names}
    done = rl("refresh", "--all", "--json", env=world.env(**lost))
    assert done.code == 4, done.err
    for name in names:
        assert_said(Ended(done.code, done.err, done.json()), name, "could not be reached", "check the network")
    assert_kept(library[1], world.papers())


@pytest.mark.parametrize("service", LABELS)
def test_the_key_does_not_follow_to_another_host(world: World, library: tuple[Path, list[Paper]], service: str) -> None:
    lists = {**GOOD, "openalex": works(), "crossref": records()}
    with Service(*lists[service]) as stranger:
        world.answer(**{"s2": [SILENT], service: [Reply(307, headers={"Location": f"{stranger.url}/works/away"})]})
        ended = world.rl("refresh", "--all", RL_S2_API_KEY=KEY)
    assert ended.code == 0, ended.err
    assert stranger.asked and not any(KEY in str(asked) for asked in stranger.asked)
    assert all(asked.headers["x-api-key"] == KEY for asked in world.services["s2"].asked)
    assert_kept(library[1], world.papers())


def test_a_key_that_is_refused_is_not_shown(world: World, library: tuple[Path, list[Paper]]) -> None:
    world.answer(s2=[as_json({"message": f"Forbidden: {KEY}"}, 403)])
    ended = world.rl("refresh", "--all", RL_S2_API_KEY=KEY)
    assert ended.code == 4
    assert_said(ended, "s2", "denied the request (403: Forbidden: ***)", "check your key: s2.api_key or RL_S2_API_KEY")
    assert KEY not in json.dumps(ended.document)
    assert_kept(library[1], world.papers())


def test_a_refusal_of_a_key_does_not_ask_for_a_key(world: World) -> None:
    world.answer(s2=[REFUSED])
    ended = world.rl("refresh", "--all", RL_S2_API_KEY=KEY)
    assert ended.code == 4 and "RL_S2_API_KEY" not in ended.err


def test_another_service_counts_where_the_first_is_down(world: World, library: tuple[Path, list[Paper]]) -> None:
    world.answer(s2=[Reply(500)], openalex=works(cited_by_count=27))
    ended = world.rl("refresh", "--all")
    assert_said(ended, "s2", "has a fault of its own (500)", "wait a few minutes")
    for old, new in zip(library[1][:2], world.papers(), strict=False):
        *before, last = new.citation_history
        assert tuple(before) == old.citation_history
        assert (last.source, last.count, last.observed) == ("openalex", 27, LATER)
        assert new.citations == last, "the newest count is shown, with who counted"


def test_arxiv_no_longer_has_the_papers(world: World, library: tuple[Path, list[Paper]]) -> None:
    world.answer(arxiv=[feed()])
    ended = world.rl("refresh", "--all")
    assert ended.code in (0, 3), ended.err
    assert_kept(library[1], world.papers())


ANOTHER = {
    "arxiv": [feed(entry(f"{FIRST}v3", title="Another Paper", names="Someone Else", doi=DOIS[SECOND]), *entries()[1:])],
    "s2": [as_json(changed(0, title="Another Paper", externalIds={"ArXiv": FIRST, "DOI": DOIS[SECOND]}))],
    "openalex": [works(ids={"arxiv": f"https://arxiv.org/abs/{SECOND}"})[0], *works()[1:]],
}


@pytest.mark.parametrize("service", ANOTHER)
def test_an_id_that_is_now_another_papers(world: World, library: tuple[Path, list[Paper]], service: str) -> None:
    world.answer(**{"s2": [SILENT], service: ANOTHER[service]})
    ended = world.rl("refresh", "--all")
    assert ended.code == 0, ended.err
    assert "#1 and #2 are one paper: `rl merge 1 2` joins them" in ended.err, "they are told of, and not joined"
    before, after = library[1], world.papers()
    assert [person(paper) for paper in after[:2]] == [person(paper) for paper in before[:2]]
    assert [dict(paper.identifiers) for paper in after[:2]] == [dict(paper.identifiers) for paper in before[:2]]
    if service == "arxiv":  # its word on what is under its own id is believed
        assert (after[0].title, after[0].sources["title"].source) == ("Another Paper", "arxiv")
    else:
        assert_kept(before, after)
