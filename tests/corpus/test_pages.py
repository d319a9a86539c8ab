"""Real pages against what a reader of each page says of it.

`pages/NAME.toml` says, of the page `NAME.md` of the corpus, what its author meant; it was written by reading the page,
not by running the program. Keys, all optional but the first:

- `papers`, `read`, `todo`: how many papers the library holds after the page alone was imported, how many of them are
  marked as read or wait to be read; a number, or `[least, most]` where the page leaves room. The rest has no mark.
- `legend`: the lines on which the page explains its marks; they name no paper, nor do those of `not_papers`, however
  much they look like it (a table of contents, a note, a person).
- `[[spot]]`: one paper, named by the line that names it (or the lines of which one may). `title` is what the library
  should call it; `state` is read, todo or none; `finished` is the day of a pass; `topic` the last part of a topic's
  path; `tag` a tag; `author` one of the authors; `notes` the number of lines in its notes that are not blank; `links`
  the number of its links; `abstract` whether it has one. `venue`, `year`, `published`, `citations`, `kind` and `url`
  are those of `rl list --json`, false for "has none". Every other key is a scheme of identifiers.

`known_gaps.toml` lists what the program does not do yet. A gap that is mended fails until it is taken off that list,
so the list can only shrink.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from readlist import importers
from readlist.cli import main
from readlist.context import Context
from readlist.errors import InputError
from readlist.importers import page
from tests.shared import shared

DATA = Path(__file__).parent
NAMES = sorted(file.stem for file in (DATA / "pages").glob("*.toml"))
EMPTY = "sjtu-dmtai-qiaoan-EMPTY"

WHOLE_PAGE = {"addresses", "words"}  # gaps that the tests of these names look for
MENDED = "mended, take it off known_gaps.toml:"

# Addresses that name a paper, found without any help of the program.
ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
DOI = re.compile(r"doi\.org/(10\.\d{4,9}/[^\s)\]>\"'|，。]+)", re.IGNORECASE)
ACL = re.compile(
    r"(?:aclanthology\.(?:org|info)|aclweb\.org/anthology(?:-new)?)/(?:papers/\w/\w+/)?"
    r"([A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)"
)

FIELD_WORDS = frozenset(
    "cited citations arxiv paper papers code link links note notes author authors done todo"
    " 论文 论文地址 论文链接 代码 代码地址 链接 地址 作者 会议 年份 阅读笔记".split()
)

Paper = Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """A page that was imported into a library of its own: what `rl` printed, then and the second time."""

    text: str
    file: Mapping[str, Any]
    again: Mapping[str, Any]
    papers: tuple[Paper, ...]
    notes: tuple[str, ...]
    topics: tuple[str, ...]


def ask(home: Path, *arguments: str) -> Any:
    """What `rl` prints, in this process, for `arguments`, on the library in `home`."""
    nobody = "http://127.0.0.1:9"
    environment = dict.fromkeys(("RL_ARXIV_URL", "RL_S2_URL", "RL_OPENALEX_URL", "RL_CROSSREF_URL"), nobody)
    environment |= {"RL_HOME": str(home), "RL_CONFIG": str(home / "config.toml"), "RL_TODAY": "2026-11-21"}
    printed = StringIO()
    context = Context(environment, StringIO(), printed, StringIO(), sleep=lambda seconds: None)
    code = main([*arguments, "--json"], context)
    assert code == 0, printed.getvalue()
    return json.loads(printed.getvalue())["data"]


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Taken]:
    """Imports a page of the corpus, twice; each page once for all tests."""
    done: dict[str, Taken] = {}

    def taken(name: str) -> Taken:
        if name not in done:
            path = shared(f"corpus/pages/{name}.md")
            home = tmp_path_factory.mktemp("library")
            first = ask(home, "import", str(path), "--yes")
            papers = ask(home, "list", "--limit", "0")["papers"]
            again = ask(home, "import", str(path), "--yes")
            with sqlite3.connect(home / "readlist.db") as library:
                notes = tuple(text for (text,) in library.execute("select text from notes order by id"))
                topics = tuple(text for (text,) in library.execute("select name from topics order by id"))
            text = path.read_bytes().decode("utf-8-sig")
            done[name] = Taken(text, first["files"][0], again, tuple(papers), notes, topics)
        return done[name]

    return taken


def expectations(name: str) -> Mapping[str, Any]:
    return tomllib.loads((DATA / "pages" / f"{name}.toml").read_text("utf-8"))


def gaps(name: str) -> dict[str, str]:
    """What is known to be wrong on a page, and why: check → reason."""
    listed = tomllib.loads((DATA / "known_gaps.toml").read_text("utf-8")).get("gap", [])
    return {check: gap["reason"] for gap in listed for check in gap["pages"].get(name, ())}


def state(paper: Paper) -> str:
    if any(event["finished"] or event["implied"] for event in paper["passes"]) or paper["status"] == "done":
        return "read"
    return "todo" if paper["next_pass"] is not None else "none"


def within(found: int, expected: int | list[int]) -> bool:
    least, most = (expected, expected) if isinstance(expected, int) else expected
    return least <= found <= most


def holds(paper: Paper, key: str, expected: Any) -> tuple[bool, Any]:
    """Whether `paper` is as expected in one respect, and how it is."""
    found: Any
    match key:
        case "state":
            found = state(paper)
        case "topic":
            found = [topic.rsplit("/", 1)[-1].replace("∕", "/") for topic in paper["topics"]]
            return expected in found, found
        case "author":
            found = paper["authors"]
            return (expected in found if expected else not found), found
        case "tag":
            return expected in paper["tags"], paper["tags"]
        case "finished":
            found = [event["finished"] for event in paper["passes"]]
            return expected in found, found
        case "notes":
            found = sum(bool(line.strip()) for note in paper["notes"] for line in note["text"].split("\n"))
        case "links":
            found = len(paper["links"])
        case "citations":
            found = paper["citations"] and paper["citations"]["count"]
        case "abstract":
            found = bool(paper["abstract"])
        case "title" | "venue" | "year" | "kind" | "url" | "published":
            found = paper[key]
        case scheme:
            found = paper["identifiers"].get(scheme)
    return found == (None if expected is False else expected), found


def folded(title: str) -> str:
    return "".join(character for character in title.casefold() if character.isalnum())


def spots(name: str, taken: Taken, wanted: Mapping[str, Any]) -> Iterator[tuple[str, bool, Any]]:
    """Each check of a single paper: its name (LINE.KEY), whether it holds, what was found."""
    importer = importers.recognise(taken.text)
    assert importer
    named = {entry.line: entry.metadata for entry in importer.read(taken.text).entries}
    titles = {folded(paper["title"]): paper for paper in taken.papers}
    known = {(s, v): paper for paper in taken.papers for s, v in paper["identifiers"].items()}
    for line in (*wanted.get("legend", ()), *wanted.get("not_papers", ())):
        yield f"{line}.no_paper", line not in named, named.get(line)
    for spot in wanted.get("spot", ()):
        lines = [spot["line"]] if isinstance(spot["line"], int) else spot["line"]
        said = next((named[line] for line in lines if line in named), None)
        paper: Paper | None = None
        if said:
            with_id = (known[item] for item in said.identifiers.items() if item in known)
            paper = next(with_id, None) or titles.get(folded(said.title or ""))
        for key, expected in spot.items():
            if key != "line":
                yield f"{lines[0]}.{key}", *(holds(paper, key, expected) if paper else (False, "no paper"))


def checks(name: str, taken: Taken) -> Iterator[tuple[str, bool, Any]]:
    wanted = expectations(name)
    states = Counter(state(paper) for paper in taken.papers)
    for key, found in (("papers", len(taken.papers)), ("read", states["read"]), ("todo", states["todo"])):
        if key in wanted:
            yield key, within(found, wanted[key]), found
    yield from spots(name, taken, wanted)


def addresses(text: str) -> set[tuple[str, str]]:
    """The papers whose addresses at arXiv, doi.org and the ACL Anthology stand in `text`: (scheme, value)."""
    return {
        *(("arxiv", value.lower()) for value in ARXIV.findall(text)),
        *(("doi", value.rstrip(".,;").lower()) for value in DOI.findall(text)),
        *(("acl", value.lower()) for value in ACL.findall(text)),
    }


def held(taken: Taken) -> set[tuple[str, str]]:
    """The papers that the library can be asked for: by identifier, or by the address of a link."""
    told = {(scheme, value.lower()) for paper in taken.papers for scheme, value in paper["identifiers"].items()}
    links = [link["url"] for paper in taken.papers for link in paper["links"]]
    return told | addresses("\n".join([*links, *(paper["url"] or "" for paper in taken.papers)]))


def words(text: str) -> set[str]:
    """What a line says in words, less the addresses of its links, and less words by which a field is told.

    A field goes into the paper: "78 cited, NIPS2015" is a count, a venue and a year there, and no text.
    """
    text = re.sub(r"\]\([^)]*\)|<[^>]*>|https?://\S*|&\w+;", " ", text.casefold())
    return set(re.findall(r"(?<![a-z0-9])[a-z]{4,}(?![a-z0-9])|[\u3040-\u9fff]{2,}", text)) - FIELD_WORDS


def lost_lines(taken: Taken) -> list[int]:
    """Of about fifty lines of the page, those of which more than a quarter of the words is nowhere in the library."""
    ignored = {line["line"] for line in taken.file["ignored"]}
    kept = "\n".join([json.dumps(taken.papers, ensure_ascii=False), *taken.notes, *taken.topics]).casefold()
    lines = [(n, words(line)) for n, line in enumerate(taken.text.split("\n"), 1) if n not in ignored and words(line)]
    step = max(1, len(lines) // 50)
    return [n for n, said in lines[::step] if sum(word in kept for word in said) < len(said) * 0.75]


@pytest.mark.parametrize("name", NAMES)
def test_page_is_read_as_its_author_meant_it(take: Callable[[str], Taken], name: str) -> None:
    known = gaps(name)
    results = list(checks(name, take(name)))
    wrong = [f"{check}: found {found!r}" for check, good, found in results if not good and check not in known]
    mended = [check for check, good, _ in results if good and check in known]
    gone = known.keys() - {check for check, _, _ in results} - WHOLE_PAGE
    assert not wrong, f"{name} is read wrongly:\n  " + "\n  ".join(wrong)
    assert not mended, f"{name}: {MENDED} {', '.join(mended)}"
    assert not gone, f"{name}: known_gaps.toml names what nobody checks: {', '.join(gone)}"


@pytest.mark.parametrize("name", NAMES)
def test_addresses_of_papers_are_in_the_library(take: Callable[[str], Taken], name: str) -> None:
    wanted = addresses(take(name).text)
    lost = wanted - held(take(name))
    if "addresses" in gaps(name):
        assert len(lost) > len(wanted) * 0.01, f"{name}: {MENDED} addresses"
    else:
        assert len(lost) <= len(wanted) * 0.01, sorted(lost)


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_lost(take: Callable[[str], Taken], name: str) -> None:
    """The lines by kind are all lines; what a line says stands in the library, or the line is listed as ignored."""
    taken = take(name)
    assert sum(taken.file["lines"].values()) == len(taken.text.split("\n")) - taken.text.endswith("\n")
    assert all(line["reason"] and line["text"].strip() for line in taken.file["ignored"])
    lost = lost_lines(taken)
    if "words" in gaps(name):
        assert lost, f"{name}: {MENDED} words"
    else:
        assert not lost, f"lines of {name} that are not in the library: {lost}"


@pytest.mark.parametrize("name", NAMES)
def test_the_second_import_changes_nothing(take: Callable[[str], Taken], name: str) -> None:
    again = take(name).again
    assert (again["created"], again["merged"]) == (0, 0)
    assert again["unchanged"] == len(take(name).papers)


def test_every_page_has_its_expectations() -> None:
    files = {file.stem for file in shared("corpus/pages").iterdir()}
    assert files - {EMPTY} == set(NAMES)
    with pytest.raises(InputError):
        page.read(shared(f"corpus/pages/{EMPTY}.md").read_text("utf-8"))
