r"""What JabRef keeps in a BibTeX file of its own: the tree of groups, and files attached to an entry.

The tree is a comment, `jabref-meta: grouping:`, with a group on each line: its depth, its kind, and its properties,
divided by `\;`, the name first. Entries name their groups in the field `groups`; up to version 3 the group named its
entries by their keys. Source: JabRef's documentation of its file format and its GroupsParser.

BibDesk keeps its static groups in a comment, too: a property list, each group with the keys of its entries.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from readlist.domain.listing import TopicPath
from readlist.domain.metadata import Rel
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.importers.records._files import file_address, local_address, rel_of
from readlist.importers.records._latex import text as plain

GROUPING = late(
    r"@comment\s*\{\s*(?:jabref-meta:\s*group(?:ing|stree):|(?P<list>BibDesk Static Groups\s*\{))", re.IGNORECASE
)
_LISTED = late(
    r"<key>group name</key>\s*<string>(?P<name>[^<]*)</string>\s*<key>keys</key>\s*<string>(?P<keys>[^<]*)</string>"
)
_GROUP = late(r"\s*(\d{1,3}) (\w+)Group:(.*)", re.DOTALL)
_ENDS = late(r"(?<!\\);")


@dataclass(slots=True)
class Groups:
    """Groups as topics: those to which entries are put by hand, not those that are questions ("unread")."""

    paths: dict[TopicPath, None] = field(default_factory=dict)
    _by_name: dict[str, list[TopicPath]] = field(default_factory=dict)
    _by_key: dict[str, list[TopicPath]] = field(default_factory=dict)

    def add(self, path: TopicPath, keys: Iterable[str]) -> None:
        self.paths.setdefault(path)
        self._by_name.setdefault(path[-1], []).append(path)
        for key in filter(None, keys):
            self._by_key.setdefault(key, []).append(path)

    def named(self, names: Iterable[str]) -> list[TopicPath]:
        """The topics of groups with these names; a group that is not in the tree stands alone."""
        return [path for name in map(one_line, names) if name for path in self._by_name.get(name, [(name,)])]

    def with_key(self, key: str) -> list[TopicPath]:
        """The topics of groups that hold the entry with this key."""
        return self._by_key.get(key, [])


def groups(text: str) -> Groups:
    """The groups of a BibTeX file."""
    found, made = GROUPING.search(text), Groups()
    if not found:
        return made
    if found["list"]:
        for listed in _LISTED.finditer(text, found.end()):
            name = one_line(html.unescape(listed["name"]))
            if name:
                made.add((name,), map(one_line, html.unescape(listed["keys"]).split(",")))
        return made
    end = text.find("\n@", found.end())
    tree = text[found.end() : end if end >= 0 else len(text)].replace("\r", "").replace("\n", "")
    above: list[str] = []
    for line in _ENDS.split(tree):
        group = _GROUP.match(line)
        if not group or group[2].casefold() == "allentries":
            continue
        depth = int(group[1])
        name, _, *keys = [*map(_unescaped, group[3].split("\\;")), ""]
        above = [*above[: max(0, depth - 1)], name]
        if name and group[2].casefold() in ("static", "explicit"):
            made.add(tuple(filter(None, above)), keys if group[2].casefold() == "explicit" else ())
    return made


def _unescaped(text: str) -> str:
    return one_line(re.sub(r"\\(.)", r"\1", text))


# -- attached files ----------------------------------------------------------------------------------------------------

_BETWEEN_FILES = late(r"(?<!\\);")
_BETWEEN_PARTS = late(r"(?<!\\):(?!//)")
_ROOTS = ("Users/", "home/")  # Mendeley writes them without the slash before them
_DRIVE = late(r"[A-Za-z]")


def attached(value: str) -> list[tuple[Rel | None, str, str]]:
    """The files in a field `file`, each "description:path:type" (JabRef, Mendeley, Zotero) or a path alone."""
    made: list[tuple[Rel | None, str, str]] = []
    value = value.replace("$\\backslash$:", "\\:")  # Mendeley's drives of Windows
    for one in _BETWEEN_FILES.split(value):
        parts = _BETWEEN_PARTS.split(one)
        if len(parts) > 1 and _DRIVE.fullmatch(parts[-2].strip()) and parts[-1][:1] in ("/", "\\"):
            parts[-2:] = [f"{parts[-2]}:{parts[-1]}"]  # a drive of Windows
        elif len(parts) > 2 and _DRIVE.fullmatch(parts[1].strip()) and parts[2][:1] in ("/", "\\"):
            parts[1:3] = [f"{parts[1]}:{parts[2]}"]
        if len(parts) == 1 or (len(parts) == 2 and not re.search(r"[/.\\]", parts[1])):
            parts = ["", *parts]
        description, path, kind = [*parts, ""][:3]
        path = _path(path)
        if path.startswith(_ROOTS):
            path = f"/{path}"
        if path:
            address = path if re.match(r"(?i)https?://", path) else local_address(path) or file_address(path)
            made.append((rel_of(path, kind), address, one_line(_path(description))))
    return made


# Mendeley writes names of files in LaTeX; outside of braces a backslash divides names.
_LETTER = late(r"\{\\[^\w\s{}]\s?(?:\{\\?\w\}|\w)\}|\{\\[A-Za-z]{1,3}\}|\{\\?[&%#$_]\}")


def _path(text: str) -> str:
    """A path without its escapes; a backslash between two names is a separator, and written twice or once."""
    text = _LETTER.sub(lambda found: plain(found[0]), text)
    text = text.strip()
    if text.count("{") != text.count("}") or re.fullmatch(r"\{[^{}]*\}", text):
        text = text.strip("{}")
    text = re.sub(r"\\([:;_&%#{}$ ])", r"\1", text)
    return re.sub(r"\\{2,}", r"\\", text)
