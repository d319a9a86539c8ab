"""What is seen of one block, before rules say whether it is an entry."""

from __future__ import annotations

from dataclasses import dataclass, field

from readlist.domain import identifiers
from readlist.domain.listing import Mark
from readlist.importers.lines._fields import Fields


@dataclass(slots=True)
class Sight:
    """One block as a possible entry. `set_off` tells how the title was set off: "link", "strong", "quoted" or "".
    `column`: it stands in a table's column of titles.

    `before` is running text that stands before a link, `remarks` what was said besides the fields. `links` are all
    addresses of the line as (text, address), `files` those of files beside the page, as written. `whole` says that
    nothing but the title and fields stands there.
    `depth` and `finished` are how deeply and on what day it was read, `published` the day of publication (ISO dates),
    `day` a day that stands there as written. `asides` are words that no rule heeds but that are kept as notes.
    """

    text: str
    title: str = ""
    set_off: str = ""
    fields: Fields = field(default_factory=Fields)
    links: list[tuple[str, str]] = field(default_factory=list)
    title_href: str | None = None
    mark: Mark | None = None
    given_up: bool = False  # it was to be read, and is not any more
    box: bool = False
    bullet: bool = False
    before: str = ""
    remarks: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    by: bool = False
    in_page: bool = False
    file: bool = False  # a link leads to a PDF beside the page
    named_in_bracket: bool = False
    row: bool = False
    column: bool = False
    legend: bool = False
    abstract: str | None = None
    depth: int | None = None
    finished: str | None = None
    day: str | None = None
    published: str | None = None
    asides: list[str] = field(default_factory=list)
    keyed: list[tuple[str, str]] = field(default_factory=list)  # fields by their names, within the line
    files: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ids(self) -> list[identifiers.Identifier]:
        """The papers that the line's addresses identify."""
        return [found for _, href in self.links if (found := identifiers.from_url(href))]

    @property
    def whole(self) -> bool:
        """Whether the line is a title with fields and nothing else."""
        return not self.before and not self.remarks
