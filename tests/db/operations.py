"""Random things that commands do to a library, for laws that hold whatever was done."""

from typing import Any

from hypothesis import strategies as st

from readlist.db.library import Library, Work
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Link, Metadata
from readlist.domain.topics import Topic
from readlist.errors import UsageError
from tests.db.libraries import TODAY

NAMES = st.sampled_from(["A", "a", "B", "C", "句子"])
NUMBERS = st.integers(0, 5)
SAYINGS = st.builds(
    Metadata,
    source=st.sampled_from(["typed", "page", "semantic-scholar", "arxiv", "user"]),
    kind=st.sampled_from([None, "paper", "thesis"]),
    title=st.sampled_from(["A simple title", "Another title", "B"]),
    authors=st.sampled_from([(), ("Tianyu Gao",), ("Tianyu Gao", "Danqi Chen"), ("Gao", "Gao")]),
    year=st.sampled_from([None, 2020, 2021]),
    venue=st.sampled_from([None, "arXiv", "NIPS", "EMNLP 2021", "My Workshop"]),
    identifiers=st.dictionaries(st.sampled_from(["arxiv", "doi"]), st.sampled_from(["1", "2"]), max_size=2),
    url=st.sampled_from([None, "https://a.example"]),
    links=st.sampled_from([(), (Link("code", "https://c.example"),)]),
    abstract=st.sampled_from([None, "abstract"]),
    citations=st.sampled_from([None, 0, 5, 70]),
)
OPERATIONS = st.one_of(
    st.tuples(st.just("add"), SAYINGS, st.sampled_from([None, 1, 2])),
    st.tuples(st.just("learn"), NUMBERS, SAYINGS),
    st.tuples(st.just("bare"), st.sampled_from(["3", "4"])),
    st.tuples(st.just("owe"), NUMBERS),
    st.tuples(st.just("answered"), NUMBERS, st.sampled_from(["found", "unknown"])),
    st.tuples(st.just("topic"), NUMBERS, st.lists(NAMES, min_size=1, max_size=3)),
    st.tuples(st.just("alias"), NUMBERS, NAMES),
    st.tuples(st.just("rename topic"), NUMBERS, NAMES),
    st.tuples(st.just("move"), NUMBERS, st.none() | NUMBERS),
    st.tuples(st.just("merge"), NUMBERS, NUMBERS),
    st.tuples(st.just("remove topic"), NUMBERS),
    st.tuples(st.just("topic note"), NUMBERS, NAMES),
    st.tuples(st.just("tag"), NUMBERS, NAMES),
    st.tuples(st.just("rename tag"), NAMES, NAMES),
    st.tuples(st.just("remove tag"), NAMES),
    st.tuples(st.just("begin"), NUMBERS, st.sampled_from([1, 2, 3])),
    st.tuples(st.just("finish"), NUMBERS, st.sampled_from([1, 2, 3]), st.sampled_from([None, "2026-11-20"])),
    st.tuples(st.just("set"), NUMBERS, st.sampled_from(["high", "low"]), st.sampled_from([None, 1, 3])),
    st.tuples(st.just("drop"), NUMBERS),
    st.tuples(st.just("note"), NUMBERS, NAMES),
    st.tuples(st.just("page"), NUMBERS, NAMES),
    st.tuples(st.just("rewrite"), NUMBERS, st.sampled_from(["", "new text"])),
    st.tuples(st.just("summary"), NUMBERS, st.sampled_from(["", "summary"])),
    st.tuples(st.just("remove"), NUMBERS),
    st.tuples(st.just("venue alias"), NUMBERS, NAMES),
    st.tuples(st.just("merge venues"), NUMBERS, NUMBERS),
)


def perform(work: Work, operation: tuple[Any, ...]) -> None:
    """Do one thing to whatever paper, topic, tag or venue the number picks; nothing where there is none."""
    name, *rest = operation
    match name, rest:
        case "add", [said, next_pass]:
            work.reading.add(work.papers.add(said), next_pass)
        case "bare", [value]:
            if work.papers.with_identifier("arxiv", value) is None:
                work.reading.add(work.papers.add(Metadata("reference"), Identifier("arxiv", value)), 1)
        case (("rename tag" | "remove tag"), [tag, *new]):
            found = work.tags.find(tag)
            if found is not None:
                work.tags.rename(found, *new) if new else work.tags.remove(found)
        case (("venue alias" | "merge venues"), [number, other]):
            ids = [work.views.venue_id(venue.name) for venue in work.views.venues()]
            if ids and name == "venue alias":
                work.venues.alias(ids[number % len(ids)] or 0, other)
            elif ids:
                work.venues.merge(ids[number % len(ids)] or 0, ids[other % len(ids)] or 0)
        case (("alias" | "rename topic" | "move" | "merge" | "remove topic" | "topic note"), [number, *more]):
            topics = work.topics.forest().topics
            if topics:
                perform_on_topic(work, name, topics, topics[number % len(topics)], more)
        case _, [number, *more]:
            keys = work.views.keys()
            paper_id = work.views.id_of_key(keys[number % len(keys)]) if keys else None
            if paper_id is not None:
                perform_on_paper(work, name, paper_id, more)


def perform_on_topic(work: Work, name: str, topics: tuple[Topic, ...], topic: Topic, more: list[Any]) -> None:
    try:
        match name, more:
            case "alias", [alias]:
                work.topics.alias(topic, alias)
            case "rename topic", [new]:
                work.topics.rename(topic, new)
            case "move", [parent]:
                work.topics.move(topic, None if parent is None else topics[parent % len(topics)])
            case "merge", [other]:
                work.topics.merge(topic, topics[other % len(topics)])
            case "remove topic", []:
                work.topics.remove(topic)
            case "topic note", [text]:
                work.reading.take_in(text, "page.md", topic_id=topic.id)
    except UsageError:
        pass


def perform_on_paper(work: Work, name: str, paper_id: int, more: list[Any]) -> None:
    match name, more:
        case "learn", [said]:
            work.papers.learn(paper_id, said)
        case "owe", []:
            work.papers.owe(paper_id, ["arxiv", "semantic-scholar"])
        case "answered", [state]:
            work.papers.answered(paper_id, "arxiv", state)
        case "topic", [path]:
            work.topics.attach(paper_id, work.topics.ensure(tuple(path)))
        case "tag", [tag]:
            work.tags.attach(paper_id, tag)
        case "begin", [number]:
            work.reading.begin(paper_id, number)
        case "finish", [number, day]:
            work.reading.finish(paper_id, number, day, 20)
        case "set", [priority, next_pass]:
            work.reading.set(paper_id, priority=priority, next_pass=next_pass, due="2026-12-01")
        case "drop", []:
            work.reading.set(paper_id, dropped=work.unit.stamp, drop_reason="dull", next_pass=None)
        case "note", [text]:
            work.reading.note(text, paper_id=paper_id, number=1)
        case "page", [text]:
            work.reading.take_in(text, "page.md", paper_id=paper_id)
        case "rewrite", [text]:
            for note in work.views.paper(paper_id, TODAY).notes:
                work.reading.rewrite(note.id or 0, text)
        case "summary", [text]:
            work.reading.summarise(paper_id, text)
        case "remove", []:
            work.papers.remove(paper_id)
        case _:
            raise AssertionError(name)


def look_at(library: Library) -> None:
    """What is stored agrees with itself, whatever was done."""
    views = library.views
    forest = views.forest()
    paths = [forest.path(topic).casefold() for topic in forest.topics]
    assert len(paths) == len(set(paths)), "a topic stands once under its parent"
    keys = views.keys()
    ids = [i for i in map(views.id_of_key, keys) if i is not None]
    for paper in views.papers(ids, TODAY, whole=True):
        assert (paper.status in ("todo", "reading")) == (paper.urgency is not None)
        assert (paper.status == "reading") == (paper.open_pass is not None) or paper.status == "dropped"
        assert (paper.status == "dropped") == (paper.drop_reason is not None)
        assert paper.key
        assert paper.title
