"""CSL-JSON, as citation processors (pandoc, Zotero, citeproc) read it: an array of items, in order of their keys.

| what a paper has | what becomes of it |
|---|---|
| key, title, authors, year, venue, DOI, PubMed's number, abstract, tags | their variables |
| day | in `issued`, if it is of the year of publication |
| arXiv's number | `archive_location`, and `number` of a preprint |
| other identifiers, address | the best one as `URL` |
| summary and notes | `note`, all in one |
| links, files, topics, state, passes, priority, counts, when it was added | are not told |

Source: the JSON schema of CSL input data and the CSL 1.0.2 specification, appendix III (types) and IV (variables).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from readlist.domain.shelf import AnyPaper, Shelf
from readlist.domain.text import one_line, printable
from readlist.exporters import _work as work

# By sort of publication: the type of the item, and the variable in which its venue stands.
_TYPES: dict[work.Sort, tuple[str, str]] = {
    "conference": ("paper-conference", "container-title"),
    "journal": ("article-journal", "container-title"),
    "preprint": ("article", "publisher"),
    "unpublished": ("article", "publisher"),
    "thesis": ("thesis", "publisher"),
    "book": ("book", "publisher"),
    "post": ("webpage", "container-title"),
    "video": ("motion_picture", "publisher"),
    "resource": ("software", "publisher"),
}


_json = json.JSONEncoder(ensure_ascii=False).encode


def write(shelf: Shelf) -> Iterator[str]:
    """The items, one piece each, with a line for each variable so that they can be compared line by line."""
    before = "["
    for paper in shelf.papers:
        lines = [f'"{name}": {_json(value)}' for name, value in item(paper).items() if value]
        yield before + "\n{\n  " + ",\n  ".join(lines) + "\n}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def item(paper: AnyPaper) -> dict[str, Any]:
    """The paper as an item; what is empty is not known."""
    sort = work.sort_of(paper)
    kind, place = _TYPES[sort]
    arxiv = paper.identifiers.get("arxiv")
    return {
        "id": one_line(paper.key),
        "type": kind,
        "title": one_line(paper.title),
        "author": [_name(name) for name in work.names(paper)[0]],
        "issued": {"date-parts": [_date(paper)]} if paper.year else None,
        place: work.place(paper) or ("arXiv" if arxiv and sort == "preprint" else ""),
        "number": f"arXiv:{arxiv}" if arxiv and sort == "preprint" else None,
        "archive": "arXiv" if arxiv else None,
        "archive_location": arxiv,
        "DOI": paper.identifiers.get("doi"),
        "PMID": paper.identifiers.get("pmid"),
        "URL": next(work.addresses(paper, ("arxiv", "pmid")), "") or next(work.addresses(paper), ""),
        "keyword": _keywords(paper),
        "abstract": printable(paper.abstract or "").strip(),
        "note": "\n\n".join(work.notes(paper)),
    }


def _name(name: work.Name) -> dict[str, str]:
    if name.given and not name.suffix:
        return {"family": name.family, "given": name.given}
    if name.literal:
        return {"literal": name.literal}
    made = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in made.items() if value}


def _date(paper: AnyPaper) -> list[int]:
    """The day, if it is of the year of publication; a preprint's day says nothing of the conference a year later."""
    day = (paper.published or "")[:10].split("-")
    whole = len(day) == 3 and all(part.isdecimal() for part in day) and int(day[0]) == paper.year
    return [int(part) for part in day] if whole else [paper.year or 0]


def _keywords(paper: AnyPaper) -> str:
    """Tags divided by commas, as Zotero does it; by semicolons, if a tag has a comma."""
    labels = [one_line(tag).replace(";", ",") for tag in paper.tags]
    divided = any(mark in label for label in labels for mark in ",，、")
    return ("; ".join(labels) + ";" * (len(labels) == 1)) if divided else ", ".join(labels)
