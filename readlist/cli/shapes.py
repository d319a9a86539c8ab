"""What every command prints with `--json`: the envelope, and by command what stands in its `data`.

The shapes of the papers stand in `cli.documents`. Nothing here is needed to run a command; the schema and the tests
are made from it (`cli.reference`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from readlist.cli import documents


class ErrorDocument(TypedDict):
    """Something that went wrong. `code` is stable; `ref` is what was typed; `candidates` what it may have meant."""

    code: str
    message: str
    hint: str
    ref: str | None
    candidates: NotRequired[list[str]]


class Envelope(TypedDict):
    """What every command prints with `--json`. After an error `data` is null, or what could be done all the same."""

    version: Literal[1]
    command: str
    status: Literal["ok", "error"]
    data: dict[str, Any] | None
    errors: list[ErrorDocument]


class QueryDocument(TypedDict):
    """A saved query. `papers` fit it; null if it cannot be asked now, as `fault` says."""

    name: str
    query: str
    papers: int | None
    fault: str | None


class PapersData(TypedDict):
    """Papers; `total` is how many there were before `--limit`."""

    papers: list[documents.PaperDocument]
    total: int


class TodayData(TypedDict):
    """The day: the papers begun last, the most urgent of those that wait, all counts of both, and the week so far.

    `papers` counts the library; `passes` were finished this week, in `minutes`; `added` counts the papers put on it.
    Where topics are in focus, `next` and `waiting` are of papers under these alone.
    """

    day: str
    week: str
    reading: list[documents.PaperDocument]
    next: list[documents.PaperDocument]
    papers: int
    being_read: int
    waiting: int
    focus: list[str]
    passes: int
    minutes: int
    added: int


class TermDocument(TypedDict):
    """A reason for urgency, and its points."""

    reason: str
    points: float


class WhyDocument(TypedDict):
    """What the urgency of the paper with this id is the sum of."""

    id: int
    terms: list[TermDocument]


class HitDocument(TypedDict):
    """Where the words stand in the text of the paper with this id; `spans`: from and to, in the snippet."""

    id: int
    snippet: str | None
    spans: list[list[int]]


class SearchData(PapersData):
    """Papers that have the words, best first, and in the same order where these stand."""

    hits: list[HitDocument]


class TodoData(PapersData):
    """Papers of the queue. `focus`: the topics it was narrowed to. `why`, with --why: in the order of the papers."""

    focus: list[str]
    why: NotRequired[list[WhyDocument]]


class ResolvedDocument(TypedDict):
    """A paper known by its title, the identifier that it was found under, and why it is that one."""

    id: int
    identifier: str
    reasons: list[str]


class SamePaperDocument(TypedDict):
    """A title that means the paper `other` of the list, and why."""

    id: int
    other: int
    reasons: list[str]


# "for" is a word of Python's own, so this one and the pairs below are written in the other form.
CandidateDocument = TypedDict(
    "CandidateDocument",
    {
        "title": str | None,
        "authors": list[str],
        "year": int | None,
        "venue": str | None,
        "identifier": str,
        "identifiers": dict[str, str],
        "source": str,
        "for": list[str],
        "against": list[str],
        "on_list": int | None,
    },
)
"""A paper that a title may mean, with what speaks for it and against it; `on_list` is its id if it is there."""


class UnsureDocument(TypedDict):
    """A title for which no paper is sure; the likeliest first."""

    id: int
    candidates: list[CandidateDocument]


class ResolvingData(TypedDict):
    """What was found for titles."""

    resolved: list[ResolvedDocument]
    same: list[SamePaperDocument]
    unsure: list[UnsureDocument]


class AddData(PapersData, ResolvingData):
    """`new` are the ids of papers that were put on the list, `already` of those that were on it."""

    new: list[int]
    already: list[int]


class NewsDocument(TypedDict):
    """Something that became of a paper: it was published, has a new version, was withdrawn."""

    id: int
    kind: Literal["published", "version", "withdrawn"]
    text: str


class MovedDocument(TypedDict):
    """A citation count that is another one than when it was last seen."""

    id: int
    before: int
    after: int


class RefreshData(PapersData):
    """The papers asked for and what is new of them; `pending` is how many are still to be fetched.

    With `--resolve`: what was found for their titles.
    """

    pending: int
    news: NotRequired[list[NewsDocument]]
    movers: NotRequired[list[MovedDocument]]
    resolved: NotRequired[list[ResolvedDocument]]
    same: NotRequired[list[SamePaperDocument]]
    unsure: NotRequired[list[UnsureDocument]]


class RelatedDocument(TypedDict):
    """A paper around another one. `number` is its place in the list; `on_list` its id and `status` where it is known.

    `influential`: Semantic Scholar takes the citation for an influential one.
    """

    number: int
    title: str
    authors: list[str]
    year: int | None
    published: str | None
    venue: str | None
    identifiers: dict[str, str]
    url: str | None
    citations: documents.CountDocument | None
    influential: bool
    on_list: int | None
    status: str | None


class RelatedData(TypedDict):
    """References, citing papers or recommendations: the first of `total` that were sorted; after --add those added.

    `next` is the offset of what Semantic Scholar has beyond these, null if that is all. `elided`: the publisher does
    not let it show them. `of` are the ids of the papers that they are around; `new` and `already` as for `add`.
    """

    papers: list[RelatedDocument]
    total: int
    next: int | None
    elided: bool
    of: list[int]
    new: list[int]
    already: list[int]


class FieldSourceDocument(TypedDict):
    """Who said what a field holds, and when."""

    source: str
    at: str


class WholePaper(documents.PaperDocument):
    """A paper with the course of its citation counts and the origin of its fields."""

    citation_history: list[documents.CountDocument]
    sources: dict[str, FieldSourceDocument]


class ShowData(TypedDict):
    """One paper; its history and sources stand beside it, too."""

    paper: WholePaper
    citation_history: list[documents.CountDocument]
    sources: dict[str, FieldSourceDocument]


class NoteData(TypedDict):
    """The paper that it is about."""

    paper: documents.PaperDocument


class RemovedDocument(TypedDict):
    """A paper that was taken out of the library."""

    id: int
    key: str
    title: str


class PdfDocument(TypedDict):
    """A PDF in the data folder. `url` is where it was downloaded from just now, null if it was there already."""

    id: int
    key: str
    path: str
    bytes: int
    url: str | None


class OpenData(TypedDict):
    """A paper with the address of its page and the path of its PDF, null where there is none."""

    paper: documents.PaperDocument
    url: str | None
    path: str | None


class IgnoredDocument(TypedDict):
    """A line of a page that was taken for nothing, and why."""

    line: int
    text: str
    reason: str


class LinesDocument(TypedDict):
    """How many lines of a page were of which kind; the sum is the number of its lines."""

    topics: int
    papers: int
    notes: int
    blank: int
    ignored: int


class FileDocument(TypedDict):
    """What was made of one input file."""

    path: str
    format: str
    lines: LinesDocument
    ignored: list[IgnoredDocument]


class ImportData(TypedDict):
    """What an import did; `papers` are the ids of all papers named, in order."""

    created: int
    merged: int
    unchanged: int
    papers: list[int]
    dry_run: bool
    files: list[FileDocument]


class ExportData(TypedDict):
    """What was exported: how many papers, in which format; into the file `path`, or, where that is null, as `text`."""

    path: str | None
    format: str
    papers: int
    text: str | None


# What was decided after a pass, in the words of `--then`; "3" says: go on to pass 3.
FinishedDocument = TypedDict(
    "FinishedDocument",
    {
        "pass": int,
        "finished": str | None,
        "minutes": int | None,
        "note": str | None,
        "then": Literal["1", "2", "3", "done", "drop"],
    },
)


class ReadDocument(TypedDict):
    """A paper of a report with the passes that were finished in its days, and the notes written besides."""

    paper: documents.PaperDocument
    passes: list[FinishedDocument]
    notes: list[str]


class NotedDocument(TypedDict):
    """A paper of a report with the notes that were written on it in its days."""

    paper: documents.PaperDocument
    notes: list[str]


class MoverDocument(TypedDict):
    """A paper whose citation count moved in the days of a report, from `before` to `after`."""

    paper: documents.PaperDocument
    before: int
    after: int


class QueueDocument(TypedDict):
    """How many papers waited at the start and at the end of the days of a report, and what made the difference.

    `end` is `start` + `added` + `wanted` - `read` - `dropped` - `other`.
    """

    start: int
    added: int
    wanted: int
    read: int
    dropped: int
    other: int
    end: int


class ReportData(TypedDict):
    """A report: its days (both included), what happened in them, and the page itself. `week` if it is one ISO week.

    Papers are as their reader had them at the end of these days; those of `next` as they are now. `added` and `movers`
    name the first of what may be thousands, `added_total` and `movers_total` count them all. `html` is the page made
    with `--format html`.
    """

    since: str
    until: str
    week: str | None
    minutes: int
    read: list[ReadDocument]
    reading: list[NotedDocument]
    noted: list[NotedDocument]
    added: list[documents.PaperDocument]
    added_total: int
    dropped: list[documents.PaperDocument]
    movers: list[MoverDocument]
    movers_total: int
    queue: QueueDocument
    next: list[documents.PaperDocument]
    markdown: str
    html: str | None


class ShareDocument(TypedDict):
    """How many papers a topic or venue has, and how many of them are read; null: those that have none."""

    name: str | None
    papers: int
    read: int


class YearDocument(TypedDict):
    """The papers of a year, and how many of them are read; null: those of no known year."""

    name: int | None
    papers: int
    read: int


DepthDocument = TypedDict("DepthDocument", {"pass": int, "papers": int})


class DayDocument(TypedDict):
    """A day, with how many passes were finished on it."""

    day: str
    passes: int


class WeekDocument(TypedDict):
    """A week from its Monday `first` on. `came` and `went` are moves into the queue and out of it, `waiting` the papers
    in it at the week's end.
    """

    week: str
    first: str
    passes: int
    minutes: int
    came: int
    went: int
    waiting: int


class SpreadDocument(TypedDict):
    """The quartiles of days that `papers` papers took."""

    papers: int
    low: int
    median: int
    high: int


class StatsData(TypedDict):
    """Figures of the papers that fit, as of `today`; `weeks` and `days` from the Monday `since` on.

    `passes` counts the papers of which a pass or a deeper one was finished, `undated` those read on an unknown day,
    which are on no day. `to_first` and `to_done`: days from adding a paper to its first and its last pass. `svg` is the
    picture that was drawn.
    """

    today: str
    since: str
    papers: int
    read: int
    waiting: int
    statuses: dict[str, int]
    passes: list[DepthDocument]
    undated: int
    minutes: int
    topics: list[ShareDocument]
    venues: list[ShareDocument]
    years: list[YearDocument]
    days: list[DayDocument]
    weeks: list[WeekDocument]
    to_first: SpreadDocument | None
    to_done: SpreadDocument | None
    svg: str | None


class EntryPaperDocument(TypedDict):
    """A paper that an entry of the log concerns; `title` is null if nobody remembers it."""

    id: int
    title: str | None
    how: Literal["added", "changed", "removed", "passing"]


class FieldChangeDocument(TypedDict):
    """A field, a pass, a note, a topic … of a paper, before and after. Of long texts the log keeps less, or nothing."""

    field: str
    before: str | int | None
    after: str | int | None


class EntryDocument(TypedDict):
    """An entry of the log: one run of one command. `what` says in words what was done.

    `undone`: it does not hold any more. `undoes`: the entry that an undo or a redo took back. `added`, `changed` and
    `removed` count papers, of which `papers` names the first; `changes` are told of one paper alone.
    """

    id: int
    at: str
    command: str
    what: str
    undone: bool
    undoes: int | None
    added: int
    changed: int
    removed: int
    papers: list[EntryPaperDocument]
    changes: list[FieldChangeDocument]


class LogData(TypedDict):
    """Entries of the log, newest first; `total` is how many there are, `forgotten` how many `--trim` removed."""

    entries: list[EntryDocument]
    total: int
    forgotten: int


class UndoData(TypedDict):
    """The commands that were taken back or done again, and how many papers that changed."""

    entries: list[EntryDocument]
    papers: int
    dry_run: bool


class TopicDocument(TypedDict):
    """A topic by its path, with how many papers stand directly under it.

    `total` counts those of the topics below as well, each paper once, and `read` how many of these are read.
    """

    path: str
    papers: int
    total: int
    read: int
    aliases: list[str]


class TagDocument(TypedDict):
    """A tag, with how many papers have it and how many of them are read."""

    name: str
    papers: int
    read: int


class VenueDocument(TagDocument):
    """A venue, with its other spellings."""

    aliases: list[str]


class CheckDocument(TypedDict):
    """What was looked at; "see": `remedy` is the command that does something about it. `papers` are ids."""

    name: str
    state: Literal["ok", "see", "damaged"]
    text: str
    remedy: str
    papers: list[int]


# "for" is a word of Python's own.
DuplicateDocument = TypedDict(
    "DuplicateDocument",
    {
        "papers": list[int],
        "certainty": Literal["surely", "likely", "maybe"],
        "for": list[str],
        "against": list[str],
        "merge": str,
    },
)


class DoctorData(TypedDict):
    """What was looked at (not with `--duplicates`), and pairs of papers that may be one, of which `merge` keeps the
    first. `total` is how many pairs there were before `--limit`. `mended`: the papers that `--fix` brought in step.
    """

    checks: list[CheckDocument]
    duplicates: list[DuplicateDocument]
    total: int
    mended: list[int]


class SettingDocument(TypedDict):
    """A setting; `value` is null where none is set and for secrets, `set` tells the two apart."""

    name: str
    value: str | float | None
    set: bool
    source: Literal["option", "environment", "file", "default"]
    environment: str
    help: str


class SettingsData(TypedDict):
    """All settings, and the settings file."""

    settings: list[SettingDocument]
    file: str


def _flat(shape: str, /, **fields: Any) -> Any:
    """A shape of a few fields that needs no words."""
    make: Any = TypedDict
    return make(shape, fields)


DATA: Mapping[str, Any] = {
    "rl": TodayData,
    "add": AddData,
    "refresh": RefreshData,
    "refs": RelatedData,
    "cited-by": RelatedData,
    "recommend": RelatedData,
    "todo": TodoData,
    "focus": _flat("FocusData", focus=list[str], papers=int, total=int),
    "list": PapersData,
    "search": SearchData,
    "query save": _flat("QuerySaveData", name=str, query=str, papers=int | None, fault=str | None, before=str | None),
    "query list": _flat("QueriesData", queries=list[QueryDocument], total=int),
    "query remove": _flat("QueryRemoveData", name=str, query=str, used_in=list[str]),
    "show": ShowData,
    "open": OpenData,
    "pdf": _flat("PdfData", files=list[PdfDocument]),
    "start": PapersData,
    "mark-read": PapersData,
    "triage": PapersData,
    "want": PapersData,
    "drop": PapersData,
    "reopen": PapersData,
    "note": NoteData,
    "edit": _flat("EditData", paper=documents.PaperDocument, changed=list[str]),
    "remove": _flat("RemoveData", removed=list[RemovedDocument]),
    "backup": _flat("BackupData", path=str, papers=int),
    "restore": _flat("RestoreData", path=str, papers=int, kept=str | None),
    "merge": NoteData,
    "summary": PapersData,
    "import": ImportData,
    "export": ExportData,
    "report": ReportData,
    "stats": StatsData,
    "doctor": DoctorData,
    "log": LogData,
    "undo": UndoData,
    "redo": UndoData,
    "topic list": _flat("TopicsData", topics=list[TopicDocument], total=int),
    "topic add": _flat("TopicAddData", topic=str, added=int),
    "topic remove": _flat("TopicRemoveData", topic=str, removed=int),
    "topic move": _flat("TopicData", topic=str),
    "topic merge": _flat("TopicData", topic=str),
    "topic alias": _flat("TopicAliasData", topic=str, alias=str, new=bool),
    "topic rename": _flat("TopicRenameData", topic=str, before=str),
    "tag list": _flat("TagsData", tags=list[TagDocument], total=int),
    "tag add": _flat("TagAddData", tag=str, added=int),
    "tag remove": _flat("TagRemoveData", tag=str, removed=int),
    "tag rename": _flat("TagRenameData", tag=str, before=str),
    "venue list": _flat("VenuesData", venues=list[VenueDocument], total=int),
    "venue alias": _flat("VenueAliasData", venue=str, alias=str, new=bool, moved=int),
    "venue merge": _flat("VenueMergeData", venue=str, moved=int),
    "config": SettingsData,
    "config list": SettingsData,
    "config set": _flat("SettingData", name=str, file=str),
    "config unset": _flat("SettingData", name=str, file=str),
}
"""What `data` holds, by command."""
