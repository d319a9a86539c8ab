"""CSL-JSON: items of every program, whole files and broken ones, and no other JSON taken for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.listing import Entry, Listing
from readlist.domain.text import one_line, printable
from readlist.errors import InputError
from readlist.importers import csl_json

ITEM: dict[str, Any] = {
    "id": "gao2021simcse",
    "type": "paper-conference",
    "title": "SimCSE: <i>Simple</i> Contrastive Learning &amp; more",
    "author": [
        {"family": "Gao", "given": "Tianyu"},
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "OpenAI"},
    ],
    "issued": {"date-parts": [["2021", 11, 7]]},
    "container-title": "EMNLP 2021",
    "DOI": "10.18653/V1/2021.EMNLP-MAIN.552",
    "URL": "https://example.org/paper",
    "PMID": "12345678",
    "ISBN": "978-1-2345",
    "abstract": "<jats:p>We propose.</jats:p>",
    "keyword": "contrastive learning, embeddings",
    "note": "arXiv: 2104.08821 [cs.CL]\ntex.readstatus: read\nmy own words",
}


def read(text: str) -> Listing:
    """`text` as CSL-JSON, after the account of its lines is checked."""
    assert csl_json.recognises(text)
    listing = csl_json.read(text)
    assert sum(listing.lines.values()) == len(text.split("\n")) - text.endswith("\n")
    return listing


def only(**item: Any) -> Entry:
    """The entry of one item."""
    (entry,) = read(json.dumps([{"type": "article-journal", "title": "A Title", **item}])).entries
    return entry


def test_an_item_says_what_a_paper_is() -> None:
    (entry,) = read(json.dumps([ITEM], indent=2)).entries
    said = entry.metadata
    assert (entry.line, entry.key, said.kind) == (2, "gao2021simcse", "paper")
    assert said.title == "SimCSE: Simple Contrastive Learning & more"
    assert said.authors == ("Tianyu Gao", "Jan van der Berg Jr.", "OpenAI")
    assert (said.year, said.published, said.venue) == (2021, "2021-11-07", "EMNLP 2021")
    assert said.identifiers == {"acl": "2021.emnlp-main.552", "arxiv": "2104.08821", "pmid": "12345678"}
    assert said.url == "https://example.org/paper"
    assert said.abstract == "We propose."
    assert (entry.tags, entry.notes, entry.mark) == (("contrastive learning", "embeddings"), ("my own words",), "read")


ZOTERO: dict[str, Any] = {
    "config": {"label": "BetterBibTeX JSON"},
    "collections": {
        "A": {"key": "A", "name": "NLP", "parent": False, "collections": ["B"], "items": []},
        "B": {"key": "B", "name": "Embeddings", "parent": "A", "collections": [], "items": [1]},
    },
    "items": [
        {
            "itemID": 1,
            "key": "ABCD2345",
            "itemType": "conferencePaper",
            "title": "A <i>Title</i>",
            "creators": [
                {"creatorType": "editor", "firstName": "Ed", "lastName": "Poe"},
                {"creatorType": "author", "firstName": "Ann", "lastName": "van der Lee"},
                {"creatorType": "author", "name": "OpenAI"},
            ],
            "proceedingsTitle": "Proceedings of Something",
            "date": "2017-06-12",
            "DOI": "10.1000/xyz",
            "abstractNote": "abs",
            "citationKey": "lee2017",
            "dateAdded": "2020-01-02T03:04:05Z",
            "tags": [{"tag": "x, y"}, "z"],
            "notes": [{"note": "<p>hi <b>you</b></p>"}],
            "attachments": [{"path": "/home/me/a.pdf"}],
            "extra": "Read_Status: Read",
        },
        {"itemID": 2, "itemType": "attachment", "title": "a.pdf"},
        {"itemID": 3, "itemType": "thesis", "title": "T", "university": "MIT"},
        {"itemID": 4, "itemType": "preprint", "title": "P", "repository": "arXiv", "archiveID": "arXiv:1706.03762"},
    ],
}


def test_items_of_zotero() -> None:
    listing = read(json.dumps(ZOTERO, indent=1))
    one, two, three = listing.entries
    said = one.metadata
    assert (listing.format, said.title, said.authors) == ("zotero-json", "A Title", ("Ann van der Lee", "OpenAI"))
    assert (said.venue, said.published, said.identifiers) == (
        "Proceedings of Something",
        "2017-06-12",
        {"doi": "10.1000/xyz"},
    )
    assert (one.key, one.mark, one.added, one.notes) == (
        "lee2017",
        "read",
        "2020-01-02T03:04:05+00:00",
        ("hi **you**",),
    )
    assert (one.topics, one.tags) == ((("NLP", "Embeddings"),), ("x, y", "z"))
    assert [link.url for link in said.links] == ["file:///home/me/a.pdf"]
    assert (two.metadata.kind, two.metadata.venue) == ("thesis", "MIT")
    assert (three.metadata.venue, three.metadata.identifiers) == ("arXiv", {"arxiv": "1706.03762"})
    assert ["attachment" in it.reason for it in listing.ignored][-1]


def test_items_of_zotero_from_the_web() -> None:
    (entry,) = read(json.dumps([{"key": "K", "data": ZOTERO["items"][2]}])).entries
    assert entry.metadata.title == "T"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ITEM]),
        json.dumps([ITEM], indent=4),
        json.dumps({"items": [ITEM]}, indent=1),
        json.dumps({"total": 1, "about": {"a": [1]}, "items": [ITEM]}),
        json.dumps(ITEM),
        f"\ufeff{json.dumps(ITEM)}\n{json.dumps(ITEM)}\n",
    ],
    ids=["array", "indented", "items", "items behind other members", "single", "one a line"],
)
def test_where_items_stand(text: str) -> None:
    assert {entry.key for entry in read(text).entries} == {"gao2021simcse"}


@pytest.mark.parametrize(
    ("issued", "year", "day"),
    [
        ({"date-parts": [[2017, 6, 12]]}, 2017, "2017-06-12"),
        ({"date-parts": [["2017", "6"]]}, 2017, None),
        ({"date-parts": [[2017]], "season": "Winter"}, 2017, None),
        ({"date-parts": [[2017, 1, 2], [2018, 3, 4]]}, 2017, "2017-01-02"),
        ({"raw": "2017-06-12"}, 2017, "2017-06-12"),
        ({"literal": "Spring 2017"}, 2017, None),
        ("2017", 2017, None),
        ({"date-parts": [[None]]}, None, None),
        ({"date-parts": "2017"}, None, None),
        ([2017], 2017, None),
        (None, None, None),
    ],
)
def test_dates(issued: object, year: int | None, day: str | None) -> None:
    said = only(issued=issued, id="x").metadata
    assert (said.year, said.published) == (year, day)


@pytest.mark.parametrize(
    ("id_", "key"),
    [
        ("vaswani2017", "vaswani2017"),
        ("DBLP:conf/nips/VaswaniSPUJGKP17", "DBLP:conf/nips/VaswaniSPUJGKP17"),
        ("http://zotero.org/users/1/items/ABCD1234", None),
        ("8712345/ABCD1234", None),
        (17, None),
        ("10.1000/182", "10.1000/182"),
    ],
)
def test_keys(id_: object, key: str | None) -> None:
    assert only(id=id_).key == key


def test_the_key_of_better_bibtex() -> None:
    assert only(id="8712345/ABCD1234", note="Citation Key: vaswani2017").key == "vaswani2017"
    assert only(id="8712345/ABCD1234", **{"citation-key": "vaswani2017"}).key == "vaswani2017"


def test_the_reading_list_of_zotero() -> None:
    entry = only(note="Read_Status: Read\nRead_Status_Date: 2024-02-03T04:05:06Z\nZSCC: 0000042")
    assert (entry.mark, entry.finished, entry.notes, entry.metadata.citations) == ("read", "2024-02-03", (), 42)
    assert only(note="Read_Status: In Progress").mark == "todo"
    assert only(note="Read_Status: New").mark is None


@pytest.mark.parametrize(
    ("item", "kind", "venue"),
    [
        ({"type": "thesis", "publisher": "MIT"}, "thesis", "MIT"),
        ({"type": "book", "publisher": "MIT Press", "container-title": "A Series"}, "book", "MIT Press"),
        ({"type": "chapter", "publisher": "Springer", "container-title": "A Book"}, "paper", "A Book"),
        ({"type": "article", "publisher": "arXiv", "number": "arXiv:2104.08821"}, "paper", "arXiv"),
        ({"type": "post-weblog", "URL": "https://example.org/"}, "post", None),
        ({"type": "journal-article", "container-title": ["Nature", "N"], "title": ["T"]}, "paper", "Nature"),
    ],
)
def test_kinds_and_venues(item: dict[str, object], kind: str, venue: str | None) -> None:
    said = only(**item).metadata
    assert (said.kind, said.venue) == (kind, venue)


def test_a_preprint_is_told_by_its_number_or_archive() -> None:
    assert only(type="article", number="arXiv:2104.08821").metadata.identifiers == {"arxiv": "2104.08821"}
    assert only(archive="arXiv", archive_location="2104.08821").metadata.identifiers == {"arxiv": "2104.08821"}
    assert only(number="2104.08821").metadata.identifiers == {}


def test_broken_items_are_told_and_the_rest_is_read() -> None:
    text = (
        '[\n{"id": "a1", "type": "book", "title": "One"},\n'
        '{"id": "a2", "type": "book", "title": "Two" "author": [{"family": "x"}, {"family": "y"}]},\n'
        '{"id": "a3", "type": "book", "title": "A\tThree"},\n17,\n{"id": "a4", "type": "book", "ti'
    )
    listing = read(text)
    assert [(entry.line, entry.key) for entry in listing.entries] == [(2, "a1"), (4, "a3")]
    assert [(it.line, it.broken) for it in listing.ignored] == [(3, True), (5, False), (6, True)]
    assert listing.lines == {"topics": 0, "papers": 3, "notes": 0, "blank": 0, "ignored": 3}


def test_a_file_of_which_nothing_can_be_read() -> None:
    text = '[{"type": "book", "title": "One", "author": [{'
    assert csl_json.recognises(text)
    with pytest.raises(InputError):
        csl_json.read(text)


def test_no_items_are_no_papers() -> None:
    assert read("[]\n").entries == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[![badge](https://example.org)](x)\n# Papers",
        "[1] A paper, 2020",
        "{}",
        "[1, 2]",
        '{"command": "export", "data": {"papers": [{"title": "x", "authors": []}]}}',
        '[{"paperId": "1", "title": "x", "authors": [], "publisher": "y"}]',
        '[{"title": "x", "author": null, "year": 2020}]',
        '@article{a, title = {"type": "book"}}',
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_what_is_not_csl(text: str) -> None:
    assert not csl_json.recognises(text)


_text = st.text(st.characters(), max_size=20)
_names = st.text(st.sampled_from("abcdé'"), min_size=1, max_size=8).map(str.capitalize)
_hostile = st.text(st.sampled_from('ab\n\t|{}[]",\\\x00\x1b\u202e王'), max_size=20)


@given(
    st.lists(
        st.tuples(_hostile, st.lists(_names, max_size=3), st.integers(1500, 2090), _hostile), min_size=1, max_size=6
    ),
    st.sampled_from((None, 2)),
    st.booleans(),
)
def test_items_come_back(records: list[tuple[str, list[str], int, str]], indent: int | None, readable: bool) -> None:
    items = [
        {"type": "book", "title": f"T {title}", "author": [{"family": name} for name in names],
         "issued": {"date-parts": [[year]]}, "abstract": abstract}
        for title, names, year, abstract in records
    ]  # fmt: skip
    entries = read(json.dumps(items, indent=indent, ensure_ascii=readable)).entries
    assert [(it.metadata.title, it.metadata.authors, it.metadata.year, it.metadata.abstract) for it in entries] == [
        (one_line(f"T {title}"), tuple(dict.fromkeys(names)), year, printable(abstract.strip()).strip() or None)
        for title, names, year, abstract in records
    ]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ITEM, "x"]), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.sampled_from(list(ITEM)), _json, max_size=8), max_size=4), st.integers(0, 400))
def test_any_values_and_any_end_are_accounted_for(items: list[dict[str, object]], cut: int) -> None:
    text = json.dumps([ITEM, *items, ITEM], indent=1)[: -cut or None]
    listing = read(text)
    assert listing.entries[0].key == "gao2021simcse"
