"""`rl export --like PAGE`: a page given back as it is, but for the marks and counts of papers that changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from readlist import importers
from readlist.db.views import Views
from readlist.domain.combining import combined
from readlist.domain.listing import Entry
from readlist.domain.matching import same_paper
from readlist.domain.paper import Paper
from readlist.domain.passes import highest_finished
from readlist.domain.text import fold, one_line
from readlist.errors import InputError
from readlist.exporters.markdown import mark_of
from readlist.services.decoding import decoded
from readlist.services.listing import Wanted, to_filter
from readlist.services.pages_in import at_home

if TYPE_CHECKING:
    from readlist.importers.rewrite import Wish

_SEVERAL = 3
_PAGES = ("page", "html")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Alike:
    """The page, rewritten, and the encoding that it is in. `changed` are the papers whose marks or counts changed.

    `failed` are lines that could not be made to say what they should; `unknown` the titles on the page of which the
    library has no paper; `beside` the papers asked for that are not on the page, and stay off it.
    """

    text: str
    encoding: str
    on_page: int
    changed: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    beside: tuple[int, ...] = ()


def read_bytes(path: str) -> bytes:
    """The page's bytes. Raises InputError."""
    shown = one_line(path)
    try:
        return at_home(path).read_bytes()
    except (FileNotFoundError, ValueError):
        raise InputError(f"there is no file {shown}", "check its name", path) from None
    except OSError as fault:
        raise InputError(f"cannot read {shown}: {fault.strerror}", "check its permissions", path) from fault


def like(views: Views, content: bytes, name: str, wanted: Wanted, today: date) -> Alike:
    """The page `content`, called `name`, with what the library says by now of the papers that `wanted` asks for.

    A mark is changed where it says something else of the paper than the library does, taken over the whole page: one
    that stands twice, once with a mark and once without, is marked. Raises InputError for what is no page.
    """
    from readlist.importers.rewrite import rewrite

    it = _Text(content, name)
    importer = importers.recognise(it.text)
    listing = importer.read(it.text) if importer else None
    if importer is None or listing is None or listing.format not in _PAGES:
        raise InputError(f"{one_line(name)} is no page", "--like rewrites pages of headings and lists", name)
    known = [_known(views, entry, today) for entry in listing.entries]
    papers = {paper.id: paper for paper in views.papers([i for i in dict.fromkeys(known) if i], today, whole=True)}
    mentions: dict[int, list[int]] = {}
    for n, paper_id in enumerate(known):
        if paper_id is not None and paper_id in papers:
            mentions.setdefault(paper_id, []).append(n)
    asked = views.ids(to_filter(wanted, today, views), "id", None, today)
    chosen = set(asked)
    unmarked = _unmarked_means_todo(listing.entries, known, papers)
    wishes: dict[int, Wish] = {}
    for paper_id, numbers in mentions.items():
        if paper_id in chosen:
            wishes |= _wishes(papers[paper_id], listing.entries, numbers, unmarked)
    made = rewrite(it.text, listing, wishes, importer.read)
    return Alike(
        it.restored(made.text),
        it.encoding,
        len(listing.entries),
        tuple(dict.fromkeys(i for n in made.changed if (i := known[n]) is not None)),
        tuple(listing.entries[n].line for n in made.failed),
        tuple(one_line(e.metadata.title or "") for e, i in zip(listing.entries, known, strict=True) if i is None),
        tuple(i for i in asked if i not in mentions),
    )


def _wishes(paper: Paper, entries: Sequence[Entry], numbers: Sequence[int], unmarked_is_todo: bool) -> dict[int, Wish]:
    """What the mentions of a paper are to say, of those that are to say anything else than they do."""
    from readlist.importers.rewrite import Wish

    said = combined([entries[n] for n in numbers])
    mark = mark_of(paper)
    depth = highest_finished(paper.passes) or None
    deeper = bool(said.depth and depth and mark == said.mark == "read" and depth != said.depth)
    keep = not deeper and (mark == said.mark or (unmarked_is_todo and said.mark is None and mark == "todo"))
    count = paper.citations.count if paper.citations else None
    recount = said.metadata.citations is not None and count not in (None, said.metadata.citations)
    wishes: dict[int, Wish] = {}
    for n in numbers:
        entry = entries[n]
        # Where the page marks only one of several mentions, that one speaks for all.
        speaks = not keep and entry.mark == said.mark
        counts = recount and entry.metadata.citations is not None
        if speaks or counts:
            wishes[n] = Wish(
                mark if speaks else entry.mark, depth if speaks else entry.depth, count if counts else None
            )
    return wishes


def _unmarked_means_todo(entries: Sequence[Entry], known: Sequence[int | None], papers: dict[int, Paper]) -> bool:
    """Whether the page was taken in with `--unmarked todo`: it has no sign for what is to be read, and all waits."""
    plain = [papers[i] for e, i in zip(entries, known, strict=True) if e.mark is None and i in papers]
    waiting = sum(mark_of(paper) == "todo" for paper in plain)
    listed = sum(paper.status == "listed" for paper in plain)
    return not listed and waiting >= _SEVERAL and all(entry.mark != "todo" for entry in entries)


def _known(views: Views, entry: Entry, today: date) -> int | None:
    """The paper that an entry is of, found as an import finds it."""
    said = entry.metadata
    for scheme, value in said.identifiers.items():
        found = views.id_of_identifier(scheme, value)
        if found is not None:
            return found
    folded = fold(said.title or "")
    candidates = views.ids_of_titles([folded]).get(folded, []) if folded else []
    for paper in views.papers(candidates, today, whole=True):
        if same_paper(
            our_title=paper.title,
            their_title=said.title or "",
            our_authors=paper.authors,
            their_authors=said.authors,
            our_year=paper.year,
            their_year=said.year,
            our_ids=paper.identifiers,
            their_ids=said.identifiers,
            our_url=paper.url,
            their_url=said.url,
        ):
            return paper.id
    return None


class _Text:
    """A file's text as importers read it, and the way back to its bytes: encoding, byte order mark, ends of lines."""

    def __init__(self, content: bytes, name: str) -> None:
        read = decoded(one_line(name), content)
        for encoding in (*_ENCODINGS, read.encoding):
            try:
                text = content.decode(encoding)
                same = text.encode(encoding) == content
            except (LookupError, UnicodeError):
                continue
            self._begin = "\ufeff" if text.startswith("\ufeff") else ""
            self._divider = "\n" if "\n" in text or "\r" not in text else "\r"
            lines = text.removeprefix(self._begin).split(self._divider)
            self._ends = ["\r" if self._divider == "\n" and line.endswith("\r") else "" for line in lines]
            self._ends[-1] = ""
            self.text = "\n".join(line.removesuffix(end) for line, end in zip(lines, self._ends, strict=True))
            if same and self.text == read.text:
                self.encoding = encoding
                return
        raise InputError(f"{one_line(name)} cannot be written as it was read", "save it as UTF-8", name)

    def restored(self, text: str) -> str:
        """`text`, of as many lines, as the file would have it."""
        lines = text.split("\n")
        return self._begin + self._divider.join(line + end for line, end in zip(lines, self._ends, strict=True))
