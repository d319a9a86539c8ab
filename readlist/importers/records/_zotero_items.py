"""Items in Zotero's own JSON: of its web interface (`{"key", "data": {"itemType", …}}`), and those that Better BibTeX
exports as "BetterBibTeX JSON", with the tree of collections beside them.

The fields are called as the columns of Zotero's CSV are, and mean the same (`_columns`, `_table_entry`). Attachments
and notes that stand alone are no works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from readlist.domain.listing import Entry, TopicPath
from readlist.importers.records._columns import COLUMNS, EMPTY
from readlist.importers.records._table_entry import entry_of

# Where items of some types have what others call by the names of the table.
_VENUES = (
    "proceedingsTitle",
    "bookTitle",
    "websiteTitle",
    "blogTitle",
    "forumTitle",
    "encyclopediaTitle",
    "repository",
)
_HIDDEN = frozenset(("tags", "notes", "collections", "attachments", "relations", "key", "title", "version"))
_NO_WORKS = frozenset(("attachment", "note", "annotation"))
NO_WORK = "an item that names no work: an attachment or a note by itself, or one without a title"
_MAKERS = ("author", "presenter", "director", "programmer", "podcaster", "inventor", "artist", "contributor", "editor")


def data(value: object) -> dict[str, Any] | None:
    """The item that a JSON value is, or holds; None for any other value."""
    if isinstance(value, dict) and isinstance(value.get("data"), dict):
        value = value["data"]
    return value if isinstance(value, dict) and isinstance(value.get("itemType"), str) else None


def entry(item: Mapping[str, Any], line: int, collections: Mapping[object, list[TopicPath]]) -> Entry | None:
    """The paper that an item is; None if it is none. `collections`: in which an item is, by its number or key."""
    if item["itemType"] in _NO_WORKS:
        return None
    cells: dict[str, list[tuple[int, str]]] = {}

    def add(what: str, text: object, rank: int = 0) -> None:
        if isinstance(text, str | int) and not isinstance(text, bool) and str(text).strip().casefold() not in EMPTY:
            cells.setdefault(what, []).append((rank, str(text)))

    for name, value in item.items():
        what, rank = COLUMNS.get(re.sub(r"[\W_]", "", name.casefold()), ("", 0))
        if what and name not in _HIDDEN:
            add(what, value, rank)
    add("title", item.get("title") or item.get("subject") or item.get("caseName"))
    for rank, name in enumerate(_VENUES):
        add("venue", item.get(name), 100 + rank)
    add("authors", "; ".join(_makers(item.get("creators"))))
    for tag in _list(item.get("tags")):
        add("labels", tag.get("tag") if isinstance(tag, dict) else tag)
    for note in _list(item.get("notes")):
        add("notes", note.get("note") if isinstance(note, dict) else note)
    for file in _list(item.get("attachments")):
        if isinstance(file, dict):
            add("files", file.get("path") or file.get("localPath"))
    for one in (item.get("itemID"), item.get("key")):
        for path in collections.get(one, ()):
            add("topics", "/".join(part.replace("/", "-").replace(";", ",") for part in path) + ";")

    def said(what: str) -> list[str]:
        return [text for _, text in sorted(cells.get(what, ()), key=lambda it: it[0])]

    return entry_of(said, line, inverted=True)


def in_collections(trees: object) -> Mapping[object, list[TopicPath]]:
    """In which collections each item is, by its number: of Better BibTeX's table of all collections."""
    found: dict[object, list[TopicPath]] = {}
    table = trees if isinstance(trees, dict) else {}
    for one in table.values():
        path: list[str] = []
        above: object = one
        while isinstance(above, dict) and len(path) < 20:
            path.insert(0, str(above.get("name", "")))
            above = table.get(above.get("parent")) if isinstance(above.get("parent"), str) else None
        for item in _list(one.get("items")) if isinstance(one, dict) else ():
            number = item.get("itemID") if isinstance(item, dict) else item
            if isinstance(number, str | int):
                found.setdefault(number, []).append(tuple(filter(None, path)))
    return found


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _makers(creators: object) -> list[str]:
    """Who made the work, each "Family, Given": its authors, or else those of the first kind that it has."""
    people = [one for one in _list(creators) if isinstance(one, dict)]
    for kind in _MAKERS:
        named = [one for one in people if one.get("creatorType", "author") == kind]
        if named:
            return [
                str(one.get("name") or ", ".join(str(one[part]) for part in ("lastName", "firstName") if one.get(part)))
                for one in named
            ]
    return []
