"""The topics under which a line stands, made by headings and by items of lists that name groups of papers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readlist.domain.listing import Mark, TopicPath
from readlist.domain.patterns import late
from readlist.importers.lines import _days, _looks, _states
from readlist.importers.lines._seen import Sight

# A heading that promises papers. "Paper" alone is more often the heading of one paper, or of the page.
_PAPERS = late(
    r"papers\b|paper[ -]?list|paper(?=[和与及、等])|\bpublications\b|\breadings\b|\breading list|\bto[- ]read\b"
    r"|\bsurveys\b|\b(?:text)?books\b"
    r"|\breferences\b|论文|文献|综述|阅读列表|书籍|教材|論文|文獻|綜述|閱讀清單|書籍",
    re.IGNORECASE,
)
# "Last updated: 2017-06-17" as a heading tells of the page and names no topic.
_STAMP = late(
    rf"(?:last\s+)?(?:updated?|modified|更新)(?:\s+(?:on|at|date)|日期|时间|時間|于|於)?\s*[:：]?\s*{_days.DAY}",
    re.IGNORECASE,
)
_STAMPED = ("updat", "modif", "更新")
_READING = late(r"read|[读讀看阅閱]", re.IGNORECASE)
_ITEM_LEVEL = 100  # topics made of list items lie below all headings


@dataclass(slots=True)
class Topic:
    """One topic. `mark` is what its name says of all that stands under it."""

    level: int
    name: str
    leaf: bool = False
    bare: bool = True  # nothing but headings stood below it so far
    papers: bool = False  # its name promises papers
    mark: Mark | None = None
    depth: int | None = None  # of the passes that its name says were read
    sight: Sight | None = None  # what is on the heading, should a line below say that it is a paper's
    used: bool = False  # a paper below has its title from it


class Topics:
    """The topics of a page as it is read from above: those that hold, the innermost last, and all there were."""

    def __init__(self) -> None:
        self.now: list[Topic] = []
        self.seen: dict[TopicPath, None] = {}

    @property
    def path(self) -> TopicPath:
        """The names of the topics that hold."""
        return tuple(topic.name for topic in self.now)

    @property
    def last(self) -> Topic | None:
        """The innermost topic."""
        return self.now[-1] if self.now else None

    @property
    def promise_papers(self) -> bool:
        """Whether the innermost topic, or the one around it, says that papers stand below."""
        return any(topic.papers for topic in self.now[-2:])

    @property
    def is_reading(self) -> bool:
        """Whether the innermost topic says of all below that it is to be read, or was; "To do" may say it of work."""
        return bool(self.now) and self.now[-1].mark is not None and _READING.search(self.now[-1].name) is not None

    def state(self) -> tuple[Mark | None, int | None]:
        """The mark, and the depth of reading, that the innermost topic gives that says anything of reading."""
        return next(((topic.mark, topic.depth) for topic in reversed(self.now) if topic.mark), (None, None))

    def enter(self, level: int, name: str, leaf: bool = False, sight: Sight | None = None) -> None:
        """Begin a topic, which ends those of its level and below; without a name only that."""
        while self.now and self.now[-1].level >= level:
            self.now.pop()
        if name:
            mark, depth = _states.told_by(name, first=not self.seen) or (None, None)
            self.now.append(Topic(level, name, leaf, True, promises_papers(name), mark, depth, sight))
            self.seen.setdefault(self.path)

    def name(self, sight: Sight, bare: bool = False) -> None:
        """Give a paper's address the title that the heading above is: below "论文：", or, if it stands there `bare`,
        right below a heading that can be nothing else. A heading names one paper; what promises papers names none.
        """
        topic = next((topic for topic in reversed(self.now) if not _looks.names_section(topic.name)), None)
        if topic is None:
            return
        title = _looks.title_of_heading(topic.name)
        if not title and not topic.used and (not bare or topic.bare):
            name = _looks.without_heading(topic.name)
            on = topic.sight
            if on is not None and on.fields.venue and on.fields.year:
                sight.fields.update(on.fields)
                title = _looks.without_heading(on.title)
            elif not promises_papers(name) and (not bare or name != topic.name):
                title = name.split(" -- ")[0].strip()
        topic.used = topic.used or bool(title)
        sight.title = title
        sight.fields.announced = sight.fields.announced or not bare

    def enter_group(self, depth: int, name: str) -> None:
        """Begin a topic that an item of a list names, at its depth."""
        self.enter(_ITEM_LEVEL + depth, name)

    def leave(self, level: int) -> None:
        """Leave the topics that a paper's heading ends. One of the same level stays if only such headings follow it:
        it is the headline of the papers below."""
        while self.now and self.now[-1].level >= level:
            if self.now[-1].level == level and self.now[-1].bare:
                break
            self.now.pop()

    def leave_groups(self, depth: int) -> None:
        """Leave the topics of items below which a line of that depth does not stand."""
        while self.now and self.now[-1].level >= _ITEM_LEVEL and depth <= self.now[-1].level - _ITEM_LEVEL:
            self.now.pop()

    def leave_leaf(self) -> None:
        """Leave a topic of which bullets alone are part."""
        if self.now and self.now[-1].leaf:
            self.now.pop()

    def hold(self) -> None:
        """Note that something stands below the innermost topic."""
        if self.now:
            self.now[-1].bare = False


def promises_papers(name: str) -> bool:
    """Whether a heading of that name stands over papers."""
    return _PAPERS.search(name) is not None


def is_stamp(heading: str) -> bool:
    """Whether a heading is the day of the page's last change."""
    lowered = heading.lower()
    return any(word in lowered for word in _STAMPED) and _STAMP.fullmatch(heading.strip(" *_()")) is not None
