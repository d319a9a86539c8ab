"""What a list shows is what a plain look at every paper would find, in the order promised, fast."""

import random
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.library import Work
from readlist.db.views import SORTS, Views
from readlist.domain.filter import CHOSEN, Either, Filter, Node, Not, Range, Term
from readlist.domain.filter import negated as negation
from readlist.domain.metadata import KINDS, Metadata
from readlist.domain.paper import Paper
from readlist.domain.passes import STATUSES
from readlist.domain.query import parse
from readlist.domain.queue import PRIORITIES
from readlist.domain.text import fold
from readlist.errors import NotFound
from tests.db.libraries import NOW, TODAY, library_at

AUTHORS = ("Tianyu Gao", "Danqi Chen", "Jacob Devlin", "李沐", "Ming_Wei Chang", "Percy 100% Liang")
VENUES = ("NIPS", "EMNLP", "ACL", "NAACL", "TACL", "arXiv", "My Workshop", "My Other Workshop")
TOPICS = (("NLP",), ("NLP", "句子表征"), ("NLP", "句子表征", "无监督"), ("Vision", "Contrastive"), ("Vision",))
TAGS = ("survey", "To Read", "组会")
WORDS = (
    "Simple",
    "Contrastive",
    "Learning",
    "of",
    "Sentence",
    "Embeddings",
    "Émile",
    "预训练",
    "BERT",
    "100%",
    "a_b",
    "GPT-3",
)


def _fill(work: Work, chance: random.Random) -> None:
    for number in range(60):
        said = Metadata(
            "page",
            kind=chance.choice(KINDS) if number % 3 == 0 else "paper",
            title=" ".join(chance.sample(WORDS, 3)) + f" {number}",
            authors=tuple(chance.sample(AUTHORS, chance.randrange(3))),
            year=chance.choice([None, 2018, 2019, 2020, 2021]),
            venue=chance.choice([None, *VENUES]),
            citations=chance.choice([None, 0, 5, 100, 100, 101, 4000]),
        )
        paper = work.papers.add(said)
        due = chance.choice([None, None, None, -3, 0, 2, 10, 60])
        work.reading.add(
            paper,
            chance.choice([None, 1, 1, 1, 2, 3]),
            chance.choice([*PRIORITIES, "normal", "normal"]),
            None if due is None else (TODAY + timedelta(days=due)).isoformat(),
        )
        for path in chance.sample(TOPICS, chance.randrange(3)):
            work.topics.attach(paper, work.topics.ensure(path))
        for tag in chance.sample(TAGS, chance.randrange(3)):
            work.tags.attach(paper, tag)
        for _ in range(chance.randrange(3)):
            work.reading.finish(paper, chance.choice([1, 2]), chance.choice([None, "2026-11-19"]))
        if chance.random() < 0.2:
            work.reading.begin(paper, chance.choice([1, 2, 3]))
        if chance.random() < 0.1:
            work.reading.set(paper, dropped=work.unit.stamp, drop_reason="dull")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty papers, added over two weeks, under all that papers can be filed under."""
    path = tmp_path_factory.mktemp("views") / "readlist.db"
    chance = random.Random(20261121)
    with library_at(path) as library, library.write("add") as work:
        _fill(work, chance)
        venue = work.views.venue_id("My Workshop")
        assert venue
        work.venues.alias(venue, "MyWS")
        topic = work.topics.forest().at(("Vision", "Contrastive"))
        assert topic
        work.topics.alias(topic, "对比")
    with closing(sqlite3.connect(path)) as connection:  # as if added over some weeks, long ago
        for number in range(1, 61):
            added = (NOW - timedelta(days=(number * 7) % 20)).isoformat(timespec="seconds")
            connection.execute(
                "update reading set added = ?, rank = round(rank + ?, 2) where paper_id = ?",
                (added, 0.01 * ((number * 7) % 20), number),
            )
        connection.commit()
    return path


@pytest.fixture(scope="module")
def views(path: Path) -> Iterator[Views]:
    with library_at(path) as library:
        yield library.views


@pytest.fixture(scope="module")
def papers(views: Views) -> list[Paper]:
    found = views.papers(range(1, 61), TODAY, whole=True)
    assert len(found) == 60
    return found


# -- what a query means, said plainly ------------------------------------------------------------------------------


def _within(value: int | str | None, wanted: Range) -> bool:
    if value is None:
        return False
    low, high = wanted.low, wanted.high
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


CANONICAL = {"nips": "NeurIPS", "neural information processing systems": "NeurIPS", "myws": "My Workshop"}


def _meets(paper: Paper, term: Term) -> bool:
    value = term.value
    if isinstance(value, Range) and term.key == "read":
        return any(p.finished and _within(p.finished[:10], value) for p in paper.passes)
    if isinstance(value, Range):
        found: int | str | None = {
            "year": paper.year,
            "id": paper.id,
            "cites": paper.citations.count if paper.citations else None,
            "pass": max((p.number for p in paper.passes if p.open), default=paper.next_pass),
            "added": paper.added[:10],
            "due": paper.due,
        }[term.key]
        return _within(found, value)
    low = value.casefold()
    match term.key:
        case "status":
            return paper.status == value
        case "kind":
            return paper.kind == value
        case "priority":
            return paper.priority == value
        case "due":
            return (paper.due is None) == (value == "none")
        case "added":
            return value == "any"
        case "topic":
            wanted = "vision/contrastive" if low == "对比" else low
            parts = [path.casefold() for path in paper.topics]
            return any(wanted in path for path in parts)
        case "tag":
            return low in [tag.casefold() for tag in paper.tags]
        case "venue":
            name = CANONICAL.get(low, value).casefold()
            known = {"neurips", "emnlp", "acl", "naacl", "tacl", "arxiv", "my workshop", "my other workshop"}
            venue = (paper.venue or "").casefold()
            return venue == name if name in known else bool(venue) and name in venue
        case "author":
            return any(low in author.casefold() for author in paper.authors)
        case "key":
            return low in paper.key
        case "title":
            return low in paper.title.casefold() or bool(fold(value) and fold(value) in fold(paper.title))
        case "read":
            return any(p.finished and not p.implied for p in paper.passes) == (value == "any")
        case "has":
            return bool(
                paper.citations is not None if value == "cites" else
                value in paper.identifiers if value in ("arxiv", "doi") else
                getattr(paper, {"topic": "topics", "tag": "tags", "note": "notes"}.get(value, value))
            )  # fmt: skip
        case "is":
            return paper.withdrawn if value == "withdrawn" else paper.pending
        case _:
            texts = (paper.title, *paper.authors, paper.venue or "", *paper.tags, *paper.topics)
            return paper.key.startswith(low) or any(_has_words(text, value) for text in texts)


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+", plain)


def _has_words(text: str, wanted: str) -> bool:
    """Whether the words follow one another in the text; of the last one the beginning is enough."""
    here, asked = _words(text), _words(wanted)
    return bool(asked) and any(
        here[at : at + len(asked) - 1] == asked[:-1] and here[at + len(asked) - 1].startswith(asked[-1])
        for at in range(len(here) - len(asked) + 1)
    )


def _fits(paper: Paper, node: Node) -> bool:
    if isinstance(node, Term):
        return _meets(paper, node) != node.negated
    if isinstance(node, Not):
        return not _fits(paper, node.part)
    if isinstance(node, Either):
        return any(_fits(paper, part) for part in node.parts)
    return _fits_all(paper, node.parts)


def _fits_all(paper: Paper, parts: Sequence[Node]) -> bool:
    """Several values of one choice mean either; everything else holds together."""
    chosen: dict[str, list[Term]] = {}
    for part in parts:
        values = part.parts if isinstance(part, Either) else (part,)
        terms = [it for it in values if isinstance(it, Term) and not it.negated]
        if len(terms) == len(values) and len({it.key for it in terms}) == 1 and terms[0].key in CHOSEN:
            chosen.setdefault(terms[0].key, []).extend(terms)
        elif not _fits(paper, part):
            return False
    return all(any(_meets(paper, term) for term in terms) for terms in chosen.values())


def plainly(papers: list[Paper], wanted: Filter) -> list[Paper]:
    return [paper for paper in papers if _fits_all(paper, wanted.terms)]


def _sorted(papers: list[Paper], sort: str) -> list[Paper]:
    last = float("inf")
    keys: dict[str, Callable[[Paper], tuple[object, ...]]] = {
        "urgency": lambda p: (p.urgency is None, -p.urgency.total if p.urgency else 0, p.id),
        "citations": lambda p: (-p.citations.count if p.citations else last, p.id),
        "year": lambda p: (-p.year if p.year else last, p.id),
        "added": lambda p: (-p.id,),
        "due": lambda p: (p.due or "9999", p.id),
        "title": lambda p: (fold(p.title), p.id),
        "id": lambda p: (p.id,),
        "key": lambda p: (p.key,),
    }
    return sorted(papers, key=keys[sort])


QUERIES = [
    "", "topic:nlp", "topic:句子", "topic:NLP/句子表征", "topic:contrastive", "topic:对比", "tag:SURVEY",
    'tag:"to read"', "tag:组会", "tag:none-such", "venue:acl", "venue:NIPS", "venue:NeurIPS",
    'venue:"neural information processing systems"', "venue:workshop", "venue:myws", "venue:arxiv", "venue:xyz",
    "year:2020..", "year:..2019", "year:2021", "year:..", "cites:>100", "cites:0", "cites:<=5", "status:todo",
    "status:listed", "status:reading", "status:done", "status:dropped", "pass:<2", "pass:2", "pass:3", "added:-7d",
    "added:..2026-11-10", "added:any", "due:none", "due:any", "due:+7d", "due:today", "author:gao", "author:李",
    "author:Ming_Wei", "author:100%", "author:_", "kind:thesis", "kind:paper", "priority:high", "priority:low",
    "key:gao", "key:2020", "simple", "émile", "emile", "预训", "sentence-embeddings", '"of sentence"', "100%", "a_b",
    "gpt3", "gao2020", "workshop", "!!!", "%", "'", "\\", "title:impl", "title:gpt3", "id:3..9", "id:1,60", "read:any",
    "read:none", "read:2026-11-19", "read:..2026-11-18", "has:abstract", "has:note", "has:venue", "has:tag", "has:due",
    "has:topic,arxiv", "is:withdrawn", "is:pending", "tag:survey or topic:nlp", "venue:acl,nips year:2020..",
    "(tag:survey or cites:>100) -(status:done or year:..2019)", "status:todo,done kind:paper", "tag:(survey or 组会)",
    "status:todo status:done", "(status:todo or due:any) status:reading", "-status:todo,done", "author:gao or 李",
]  # fmt: skip


@pytest.mark.parametrize("negated", [False, True], ids=["wanted", "unwanted"])
@pytest.mark.parametrize("text", QUERIES)
def test_a_query_finds_what_a_plain_look_finds(text: str, negated: bool, views: Views, papers: list[Paper]) -> None:
    wanted = parse([text], TODAY)
    if negated:
        wanted = Filter(tuple(map(negation, wanted.terms)))
    found = views.select(wanted, "id", None, TODAY)
    assert [p.id for p in found.papers] == [p.id for p in plainly(papers, wanted)]
    assert found.total == len(found.papers)


def test_the_queries_of_this_test_find_something(papers: list[Paper]) -> None:
    empty = [text for text in QUERIES if not plainly(papers, parse([text], TODAY))]
    nothing = {
        "tag:none-such",
        "venue:xyz",
        "!!!",
        "%",
        "'",
        "\\",
        "due:today",
        "gao2020",
        "is:withdrawn",
        "is:pending",
    }
    assert set(empty) <= nothing | {"gpt3", "is:withdrawn", "has:note", "has:abstract", "read:..2026-11-18"}
    assert {p.status for p in papers} == set(STATUSES)


terms = st.lists(
    st.sampled_from([q for q in QUERIES if q]).flatmap(lambda q: st.sampled_from([q, f"-{q}"])), max_size=4
)


@given(terms, st.sampled_from(sorted(SORTS)), st.none() | st.integers(1, 70), st.booleans(), st.integers(0, 40))
def test_any_query_in_any_order_is_the_plain_list_cut_off(
    views: Views, texts: list[str], sort: str, limit: int | None, queue: bool, later: int
) -> None:
    today = TODAY + timedelta(days=later)
    everything = views.papers(range(1, 61), today, whole=True)
    wanted = parse(texts, TODAY)
    plain = [p for p in plainly(everything, wanted) if not queue or p.status in ("todo", "reading")]
    found = views.select(wanted, sort, limit, today, queue=queue)
    assert [p.id for p in found.papers] == [p.id for p in _sorted(plain, sort)][:limit]
    assert found.total == len(plain)


@pytest.mark.parametrize("limit", [1, 5, 20, None])
@pytest.mark.parametrize("later", [0, 1, 7, 21, 365])
def test_the_queue_is_in_order_of_the_urgency_that_it_shows(later: int, limit: int | None, views: Views) -> None:
    found = views.select(Filter(), "urgency", limit, TODAY + timedelta(days=later), queue=True)
    shown = [p.urgency.total for p in found.papers if p.urgency]
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == min(limit or 999, found.total)


def test_an_unknown_topic_is_not_an_empty_list(views: Views) -> None:
    with pytest.raises(NotFound) as refused:
        views.select(parse(["topic:visoin"], TODAY), "id", None, TODAY)
    assert "Vision" in refused.value.hint


def test_a_list_and_a_single_look_agree(views: Views, papers: list[Paper]) -> None:
    listed = views.select(Filter(), "id", None, TODAY, whole=True).papers
    assert list(listed) == papers
    assert [views.paper(p.id, TODAY) for p in papers] == papers
    short = views.select(Filter(), "id", None, TODAY).papers
    assert [(p.title, p.urgency, p.topics, p.status) for p in short] == [
        (p.title, p.urgency, p.topics, p.status) for p in papers
    ]


def test_papers_come_in_the_order_asked_for_and_once_each(views: Views) -> None:
    assert [p.id for p in views.papers([5, 3, 999, 4], TODAY)] == [5, 3, 4]
    assert views.papers([], TODAY) == []


def test_a_title_that_fits_exactly_decides(path: Path, views: Views, papers: list[Paper]) -> None:
    assert views.ids_of_title(papers[7].title.upper()) == [8]
    assert views.ids_of_title("!!!") == []
    assert set(views.ids_of_title("contrastive")) == {p.id for p in papers if "Contrastive" in p.title}


def test_tags_topics_and_venues_are_counted(views: Views, papers: list[Paper]) -> None:
    assert {c.name: (c.papers, c.read) for c in views.tags()} == {
        tag: (len(with_tag), sum(p.status == "done" for p in with_tag))
        for tag in TAGS
        if (with_tag := [p for p in papers if tag in p.tags])
    }
    assert {c.name: c.papers for c in views.venues()} == {
        name: sum(p.venue == name for p in papers) for name in {p.venue for p in papers if p.venue}
    }
    assert views.status_counts() == {s: n for s in STATUSES if (n := sum(p.status == s for p in papers))}


def test_a_reader_sees_one_state_while_another_one_writes(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "readlist.db"
    copy.write_bytes(path.read_bytes())
    with library_at(copy) as reader, library_at(copy) as writer:
        before = reader.views.select(Filter(), "id", None, TODAY).total
        with writer.write("remove") as work:
            work.papers.remove(1)
            assert reader.views.select(Filter(), "id", None, TODAY).total == before
        assert reader.views.select(Filter(), "id", None, TODAY).total == before - 1
        assert not reader.views.has_id(1)
