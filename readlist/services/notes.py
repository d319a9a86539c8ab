"""Notes and summaries: what the reader thought of a paper. The note of a pass begins as a page of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from readlist.db.library import Library
from readlist.db.views import Views
from readlist.domain.paper import Note, Paper
from readlist.domain.passes import GUIDES, checked_pass
from readlist.domain.patterns import late
from readlist.domain.text import one_line, printable
from readlist.errors import InputError, NotFound, UsageError

_LARGEST = 100_000  # bytes of a template
_EMPTY = {
    "en": "What you leave empty is taken out; of a page left as it is, nothing is kept.",
    "zh": "没有填写的标题会被去掉;什么都不写,就不保存笔记。",
}
_PASS = {"en": "pass {}", "zh": "第 {} 遍"}
_PLACE = late(r"\{(title|key|authors|venue|year|pass|today)\}")
_COMMENT = late(r"[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL)
_HEADING = late(r"(#{1,6})\s")
_PROMPT = late(r"[:?\uff1a\uff1f][*_\s]*$")  # a line that ends so asks for something


_REMOVES = "`rl note PAPER --remove` takes a note away"


def clean(text: str) -> str:
    """A note as it is kept: without control characters and outer blank lines, otherwise as written."""
    return printable(text).strip()


def add_note(library: Library, paper_id: int, text: str, number: int | None = None) -> int:
    """Keep a note of the paper; returns the note's id."""
    kept = clean(text)
    if not kept:
        raise UsageError("the note is empty; nothing was kept", 'rl note PAPER "what you thought"')
    with library.write("note") as work:
        return work.reading.note(kept, paper_id=paper_id, number=checked_pass(number))


def rewrite_note(library: Library, note_id: int, text: str, command: str = "note") -> bool:
    """Change a note; whether it changed. An empty text is refused, since a failed editor leaves one."""
    kept = clean(text)
    if not kept:
        raise UsageError("the note came back empty; it was left as it was", _REMOVES)
    with library.write(command) as work:
        if work.views.has_note(note_id):
            return work.reading.rewrite(note_id, kept)
    raise NotFound("the note is gone", "")


def remove_note(library: Library, paper_id: int, number: int | None = None) -> tuple[str, int]:
    """Take the newest note of the paper away (`number`: of those on that pass): its text, and how many are left."""
    with library.write("note") as work:
        notes = work.views.paper(paper_id, work.unit.now.date()).notes
        ids = [(it.id, it.text) for it in notes if it.id is not None and number in (None, it.pass_number)]
        if not ids:
            of = f" of pass {number}" if number else ""
            raise NotFound(f"#{paper_id} has no note{of}", f"`rl show {paper_id}` shows what it has")
        note_id, text = ids[-1]
        work.reading.rewrite(note_id, "")
        return text, len(ids) - 1


def remove_summary(library: Library, paper_id: int) -> None:
    """Take the paper's summary away."""
    with library.write("summary") as work:
        if not work.reading.summarise(paper_id, ""):
            raise NotFound(f"#{paper_id} has no summary", f"`rl show {paper_id}` shows what it has")


def summarise(library: Library, paper_id: int, text: str) -> bool:
    """Set the paper's one-paragraph summary; whether it changed."""
    kept = clean(text)
    if not kept:
        raise UsageError(
            "the summary is empty; nothing was changed", 'rl summary PAPER "in a paragraph"; --remove takes it away'
        )
    with library.write("summary") as work:
        return work.reading.summarise(paper_id, kept)


# -- the note of a pass ------------------------------------------------------------------------------------------------


def template(folder: Path, paper: Paper, number: int, lang: str, today: date) -> str:
    """The page on which the note of pass `number` begins: the user's `note-pass-N.md` in `folder`, else the built-in.

    In a page of the user's {title}, {key}, {authors}, {venue}, {year}, {pass} and {today} are filled in. Raises
    InputError, naming the file, if it cannot be read.
    """
    file = folder / f"note-pass-{number}.md"
    try:
        own = file.read_bytes()
    except FileNotFoundError:
        return _built_in(paper, number, lang)
    except OSError as fault:
        raise InputError(f"cannot read the template {file}: {fault.strerror}", "mend or remove it") from fault
    if len(own) > _LARGEST:
        raise InputError(f"the template {file} is too large", f"up to {_LARGEST} bytes are read")
    try:
        page = own.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = own[: fault.start].count(b"\n") + 1
        raise InputError(f"the template {file} is not UTF-8 in line {line}", "save it as UTF-8") from fault
    values = {
        "title": one_line(paper.title), "key": paper.key, "authors": one_line(", ".join(paper.authors)),
        "venue": one_line(paper.venue or ""), "year": str(paper.year or ""), "pass": str(number),
        "today": today.isoformat(),
    }  # fmt: skip
    return _PLACE.sub(lambda place: values[place[1]], printable(page))


def filled_in(page: str, text: str) -> str:
    """What was written into a page of questions: `text` without what of the page was left as it was.

    Its comments go, and each of its headings and prompts under which nothing was written. Empty if nothing was.
    """
    comments = set(_COMMENT.findall(page))
    for comment in comments:
        text = text.replace(comment, "").replace(comment.strip(), "")
    # Lines of a comment that was torn apart go, too.
    of_comments = {line.strip() for comment in comments for line in comment.splitlines() if line.strip()}
    lines = [line for line in clean(text).split("\n") if line.strip() not in of_comments]
    asked = {line.strip() for line in _COMMENT.sub("", page).splitlines() if line.strip()}
    own = [bool(line.strip()) and line.strip() not in asked for line in lines]
    if not any(own):
        return ""
    levels = [_level(line) if line.strip() in asked else None for line in lines]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        end = _end(levels, at)
        if levels[at] is not None and not any(own[at:end]):
            at = end
        else:
            kept.append(lines[at])
            at += 1
    return clean("\n".join(kept))


def continued(page: str, note: str) -> str:
    """A note of a pass, followed by the questions of the page that have no heading in it yet."""
    there = {line.strip() for line in note.splitlines()}
    lines = page.split("\n")
    levels = [_level(line) for line in lines]
    left: list[str] = []
    for at in (at for at, level in enumerate(levels) if level is not None and level < _DEEPEST):
        following = next((i for i in range(at + 1, len(lines)) if (levels[i] or _DEEPEST) < _DEEPEST), len(lines))
        if lines[at].strip() not in there:
            left.append("\n".join(lines[at:following]).strip() + "\n")
    return "\n".join([f"{note}\n", *left])


def note_of_pass(views: Views, pass_id: int) -> Note | None:
    """The note that was begun in a pass."""
    return next(iter(views.notes_of_passes((pass_id,), date.max).get(pass_id, ())), None)


def keep_note_of_pass(library: Library, paper: Paper, old: Note | None, page: str, text: str) -> bool | None:
    """Keep what was written into `page` as the note of the pass under way; whether it changed, None: nothing is kept.

    `old` is the note that was continued. Emptied, it is refused: a failed editor leaves such.
    """
    kept = filled_in(page, text)
    if old and old.id is not None:
        if not kept:
            raise UsageError("the note came back empty; it was left as it was", _REMOVES)
        if kept == clean(old.text):
            return False
        return rewrite_note(library, old.id, kept, "start")
    if not kept:
        return None
    under_way = paper.open_pass
    with library.write("start") as work:
        number, pass_id = (under_way.number, under_way.id) if under_way else (None, None)
        work.reading.note(kept, paper_id=paper.id, number=number, pass_id=pass_id)
    return True


_DEEPEST = 7
"""The level of a prompt, below that of all headings."""


def _built_in(paper: Paper, number: int, lang: str) -> str:
    guide = GUIDES[lang][number]
    head = f"{one_line(paper.title)}\n{paper.key}, {_PASS[lang].format(number)}: {guide.read}\n{_EMPTY[lang]}"
    return "\n".join([f"{_comment(head)}\n", *_sections(guide.questions)])


def _sections(questions: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, asks in questions:
        yield f"## {name}\n{_comment(asks)}\n"


def _comment(text: str) -> str:
    return f"<!-- {re.sub('-{2,}', '–', text)} -->"


def _level(line: str) -> int | None:
    """How deep a line of a page stands that asks for something under it; None for any other."""
    heading = _HEADING.match(line)
    if heading:
        return len(heading[1])
    return _DEEPEST if _PROMPT.search(line) else None


def _end(levels: list[int | None], at: int) -> int:
    """Where that ends what stands under the line `at`."""
    own = levels[at] or 0
    return next((i for i in range(at + 1, len(levels)) if (levels[i] or _DEEPEST + 1) <= own), len(levels))
