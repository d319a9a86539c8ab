"""Which field of a paper each key of a JSON object holds.

The names that tables have too are in `_columns`, those that only objects have are below; by their keys are known also
the objects of Semantic Scholar, OpenAlex, Crossref and arXiv's list of all preprints. CSL items are read by the rules
of CSL-JSON.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from readlist.domain.listing import Entry
from readlist.importers import csl_json
from readlist.importers.records import _bib_fields
from readlist.importers.records._columns import COLUMNS
from readlist.importers.records._json_fields import SETTERS, ObjectRecord

# What a key holds that no column of a table is called. In this order they are taken; of one kind the first that says
# something counts, if there can be but one.
_KEYS: tuple[tuple[str, str], ...] = (
    ("type", "publicationtypes"),
    ("authors", "authorsparsed authorships"),
    ("venue", "publicationvenue hostvenue primarylocation journalref"),
    ("date", "createddate publicationdate"),
    ("identifiers", "externalids ids"),
    ("s2", "paperid"),
    ("url", "site homepage paperlink urlabs landingpageurl"),
    ("pdf", "openaccesspdf bestoalocation urlpdf"),
    ("code", "officialcode"),
    ("links", "project projectpage video slides poster blog openreviewurl"),
    ("abstract", "paperabstract abstracttext abstractinvertedindex"),
    ("tags", "fieldsofstudy s2fieldsofstudy subjects concepts category categories"),
    ("count", "citedbycount gscitation gscitations ncitations ncitation numcitations"),
    ("id", "id"),
)  # fmt: skip
_ALIASES = {name: (field, 100 + rank) for field, names in _KEYS for rank, name in enumerate(names.split())}
_CSL = frozenset(("issued", "container-title", "event-title", "citation-key", "non-dropping-particle"))
_WRAPPERS = ("paper", "_source", "work", "data")


class Schema:
    """The fields that the keys of an object hold, the better names first: the same for all objects with these keys.

    `titled`: one of them is a title. `csl`: they are those of a CSL item.
    """

    __slots__ = ("csl", "setters", "titled")

    def __init__(self, keys: tuple[str, ...]) -> None:
        names = {key: re.sub(r"[\W_]", "", key.casefold()) for key in keys}
        found = {key: _ALIASES.get(name) or COLUMNS.get(name) for key, name in names.items()}
        if "ENTRYTYPE" in keys and "ID" in keys:  # as bibtexparser writes them
            found["ID"] = ("key", 0)
        fields = {field for field, _ in filter(None, found.values())}
        if "summary" in fields and "abstract" not in fields:  # as arXiv calls it
            found = {key: ("abstract", one[1]) if one and one[0] == "summary" else one for key, one in found.items()}
        if "title" not in fields:
            found = {key: ("title", one[1]) if one and one[0] == "name" else one for key, one in found.items()}
        order = [*SETTERS]
        known = [(order.index(one[0]), one[1], key) for key, one in found.items() if one and one[0] in SETTERS]
        self.setters = tuple((key, SETTERS[order[at]]) for at, _, key in sorted(known))
        self.titled = "title" in {order[at] for at, _, _ in known}
        self.csl = not _CSL.isdisjoint(keys) and "title" in keys


@lru_cache(maxsize=4096)
def schema_of(keys: tuple[str, ...]) -> Schema:
    """The schema of objects with these keys."""
    return Schema(keys)


def work_of(value: dict[str, Any]) -> dict[str, Any]:
    """The object that describes the paper: `value`, or what it wraps."""
    if "title" not in value:
        for name in _WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, dict) and "title" in inner:
                return inner
    return value


def entry(value: dict[str, Any], line: int) -> Entry | None:
    """The paper that the object on `line` describes; None if it names none."""
    if "title" not in value:
        value = work_of(value)
    schema = schema_of(tuple(value))
    if schema.csl:
        return _bib_fields.entry(csl_json.record(value, line))
    record = ObjectRecord(line)
    for key, set_field in schema.setters:
        one = value[key]
        if one is not None and one != "" and one != []:
            set_field(record, one, key)
    record.settle()
    return _bib_fields.entry(record)
