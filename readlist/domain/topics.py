"""Topics: a tree with aliases, and how a person names one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readlist.domain.text import one_line
from readlist.errors import Ambiguous, NotFound, UsageError

if TYPE_CHECKING:
    from readlist.domain.glossary import Glossary
    from readlist.domain.listing import TopicPath

SEPARATOR = "/"
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its own name, the id of the topic above it, other names."""

    id: int
    name: str
    parent: int | None = None
    aliases: tuple[str, ...] = ()


def parse_path(text: str) -> TopicPath:
    """`NLP/句子表征/无监督` as its names. A blank name or too deep a path is refused."""
    path = tuple(one_line(part) for part in text.split(SEPARATOR))
    if not all(path) or len(path) > DEEPEST:
        raise UsageError(f"{one_line(text)!r} is not a topic", "a topic is written name or name/name/…")
    return path


def clean_path(path: Iterable[str]) -> TopicPath:
    """A heading path from a file as a topic path: separators inside a name become a look-alike, blanks go."""
    names = (one_line(name).replace(SEPARATOR, "∕").strip()[:200] for name in path)
    return tuple(name for name in names if name)[:DEEPEST]


def _same(text: str) -> str:
    return one_line(text).casefold()


@dataclass(frozen=True, slots=True)
class Forest:
    """All topics of a library, and the glossary by which they are found too; it is read when it is needed."""

    topics: tuple[Topic, ...]
    glossary: Callable[[], Glossary] | None = field(compare=False, repr=False, default=None)
    _by_id: dict[int, Topic] = field(init=False, compare=False, repr=False, default_factory=dict)
    _below: dict[int | None, list[Topic]] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for topic in self.topics:
            self._by_id[topic.id] = topic
            self._below.setdefault(topic.parent, []).append(topic)

    def names(self, topic: Topic) -> TopicPath:
        """The names from the root down to `topic`."""
        names = [topic.name]
        while topic.parent is not None:
            topic = self._by_id[topic.parent]
            names.append(topic.name)
        return tuple(reversed(names))

    def path(self, topic: Topic) -> str:
        return SEPARATOR.join(self.names(topic))

    def at(self, path: TopicPath) -> Topic | None:
        """The topic with exactly this path, case-folded."""
        wanted = tuple(map(_same, path))
        return next((t for t in self.topics if tuple(map(_same, self.names(t))) == wanted), None)

    def with_id(self, topic_id: int) -> Topic:
        return self._by_id[topic_id]

    def children(self, parent: int | None) -> list[Topic]:
        return list(self._below.get(parent, ()))

    def below(self, topic: Topic) -> Iterator[Topic]:
        """`topic` and all topics under it."""
        waiting = [topic]
        while waiting:
            current = waiting.pop()
            yield current
            waiting.extend(self.children(current.id))

    def in_order(self) -> Iterator[tuple[Topic, int]]:
        """All topics, each before those below it, with how many stand above it."""
        waiting = [(topic, 0) for topic in reversed(self.children(None))]
        while waiting:
            topic, depth = waiting.pop()
            waiting += [(child, depth + 1) for child in reversed(self.children(topic.id))]
            yield topic, depth

    def matching(self, text: str) -> list[Topic]:
        """Topics that `text` finds: by any part of path, name or alias, then by the glossary.

        Raises NotFound with the nearest names.
        """
        direct = self._direct(text)
        there = {topic.id for topic in direct}
        return self._found(text, direct + [topic for topic in self.meant_by(text) if topic.id not in there])

    def _direct(self, text: str) -> list[Topic]:
        wanted = _same(text)
        return [
            topic
            for topic in self.topics
            if wanted and (wanted in _same(self.path(topic)) or any(wanted in _same(alias) for alias in topic.aliases))
        ]

    def meant_by(self, text: str) -> list[Topic]:
        """The topics that bear, by the glossary, a name of what `text` is a name of."""
        bears = self.glossary().bearing(text) if self.glossary and self.topics else None
        return [topic for topic in self.topics if any(map(bears, (topic.name, *topic.aliases)))] if bears else []

    def _found(self, text: str, topics: list[Topic]) -> list[Topic]:
        if not topics:
            raise NotFound(f"there is no topic {one_line(text)!r}", self._nearest(_same(text)), ref=text)
        return topics

    def selected(self, text: str) -> set[int]:
        """The ids of the topics that `text` finds, with all topics below them."""
        return {below.id for topic in self.matching(text) for below in self.below(topic)}

    def one(self, text: str) -> Topic:
        """The one topic that `text` names: by its path, its name or an alias, else by any part that fits only one.

        The glossary is asked only where nothing fits.
        """
        exact = self.exactly(text)
        found = [exact] if exact else self._found(text, self._direct(text) or self.meant_by(text))
        if len(found) > 1:
            # A topic that is found by its own name is meant before those below it, which only have it in their path.
            wanted = _same(text)
            found = [t for t in found if any(wanted in _same(name) for name in (t.name, *t.aliases))] or found
            above = next((t for t in found if {it.id for it in found} <= {it.id for it in self.below(t)}), None)
            found = [above] if above else found
        if len(found) > 1:
            raise Ambiguous(
                f"{one_line(text)!r} fits {len(found)} topics",
                [self.path(topic) for topic in found],
                "name one of them by its path",
                ref=text,
            )
        return found[0]

    def exactly(self, text: str) -> Topic | None:
        """The topic whose path, name or alias `text` is; None if there is none. Raises Ambiguous for a shared name."""
        at = self.at(tuple(part for part in text.split(SEPARATOR)))
        if at:
            return at
        wanted = _same(text)
        found = [t for t in self.topics if _same(t.name) == wanted or wanted in map(_same, t.aliases)]
        if len(found) > 1:
            raise Ambiguous(
                f"{one_line(text)!r} is the name of {len(found)} topics",
                [self.path(topic) for topic in found],
                "name one of them by its path",
                ref=text,
            )
        return found[0] if found else None

    def _nearest(self, wanted: str) -> str:
        """The hint for a topic that there is not: names like it, else topics that mean what is like it."""
        from readlist.domain.nearest import nearest

        names = {_same(name): name for topic in self.topics for name in (topic.name, *topic.aliases)}
        known = {word: name for folded, name in names.items() for word in folded.split() if len(word) > 3} | names
        near = [known[name] for name in nearest(wanted, known)]
        if not near and self.glossary and self.topics:
            terms = (term for group in self.glossary().groups() for term in group)
            near = [topic.name for term in nearest(wanted, terms) for topic in self.meant_by(term)][:3]
        if near:
            return f"did you mean {' or '.join(dict.fromkeys(near))}? `rl topic list` shows all"
        return "`rl topic list` shows all topics" if self.topics else "there are no topics yet"
