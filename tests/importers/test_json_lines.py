"""JSON lines: papers of data sets, services and scripts, one object a line."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist import importers
from readlist.domain.listing import Entry, Listing
from readlist.errors import InputError
from readlist.importers import bibtex, csl_json, json_lines


def read(text: str) -> Listing:
    """`text` as JSON lines, after the account of its lines is checked."""
    listing = json_lines.read(text)
    assert sum(listing.lines.values()) == len(text.split("\n")) - text.endswith("\n")
    return listing


def only(**said: Any) -> Entry:
    (entry,) = read(json.dumps(said) + "\n").entries
    return entry


@pytest.mark.parametrize(
    "authors",
    [
        ["Ada Lovelace", "Kurt Gödel"],
        ["Lovelace, Ada", "Gödel, Kurt"],
        [{"name": "Ada Lovelace"}, {"name": "Kurt Gödel", "authorId": "7"}],
        [{"given": "Ada", "family": "Lovelace"}, {"given": "Kurt", "family": "Gödel"}],
        [{"first": "Ada", "last": "Lovelace"}, {"first": "Kurt", "middle": [], "last": "Gödel"}],
        [["Lovelace", "Ada", ""], ["Gödel", "Kurt", ""]],
        [{"author": {"display_name": "Ada Lovelace"}}, {"author": {"display_name": "Kurt Gödel"}}],
        "Ada Lovelace; Kurt Gödel",
        "Ada Lovelace and Kurt Gödel",
        "Ada Lovelace, Kurt Gödel",
        'Ada Lovelace and Kurt G\\"odel',
    ],
)
def test_authors(authors: object) -> None:
    assert only(title="T", authors=authors).metadata.authors == ("Ada Lovelace", "Kurt Gödel")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"year": "2021"}, "year", 2021),
        ({"year": 2021.0}, "year", 2021),
        ({"published": "2021-03-04T00:00:00Z"}, "published", "2021-03-04"),
        ({"publication_date": "2021-03-04"}, "year", 2021),
        ({"booktitle": "ACL"}, "venue", "ACL"),
        ({"publicationVenue": {"name": "ACL", "type": "conference"}}, "venue", "ACL"),
        ({"journal": {"name": "TACL", "pages": "1-3"}}, "venue", "TACL"),
        ({"abstractText": "So."}, "abstract", "So."),
        ({"summary": "So."}, "abstract", "So."),
        ({"abstract_inverted_index": {"We": [0], "count": [1, 3], "and": [2]}}, "abstract", "We count and count"),
        ({"doi": "https://doi.org/10.1000/ABC"}, "identifiers", {"doi": "10.1000/abc"}),
        ({"arxivId": "2104.08821v2"}, "identifiers", {"arxiv": "2104.08821"}),
        ({"id": "hep-th/9901001"}, "identifiers", {"arxiv": "hep-th/9901001"}),
        (
            {"externalIds": {"DOI": "10.1/x", "ArXiv": "2104.08821", "CorpusId": 12, "MAG": "3"}, "paperId": "a" * 40},
            "identifiers",
            {"arxiv": "2104.08821", "corpus": "12", "s2": "a" * 40},
        ),
        ({"site": "https://openreview.net/forum?id=05T81ScPFb"}, "identifiers", {"openreview": "05T81ScPFb"}),
        ({"n_citations": 12}, "citations", 12),
        ({"gs_citation": -1}, "citations", None),
        ({"cited_by_count": "1,234"}, "citations", 1234),
        ({"ENTRYTYPE": "phdthesis"}, "kind", "thesis"),
    ],
)
def test_fields(said: dict[str, Any], field: str, value: object) -> None:
    assert getattr(only(title="T", **said).metadata, field) == value


def test_links_labels_and_reading() -> None:
    entry = only(
        title="T",
        url="https://example.org/t",
        openAccessPdf={"url": "https://example.org/t.pdf", "status": "GOLD"},
        github="https://github.com/a/b",
        keywords="one; two",
        fieldsOfStudy=["three"],
        topics=["nlp/parsing"],
        status="done",
        citekey="lovelace2021t",
        comments="10 pages",
    )
    assert entry.metadata.url == "https://example.org/t"
    assert [(link.rel, link.url) for link in entry.metadata.links] == [
        ("pdf", "https://example.org/t.pdf"),
        ("code", "https://github.com/a/b"),
    ]
    assert (entry.tags, entry.topics) == (("one", "two", "three"), (("nlp", "parsing"),))
    assert (entry.mark, entry.key, entry.notes) == ("read", "lovelace2021t", ("10 pages",))


@pytest.mark.parametrize(
    ("id_", "key"), [("05T81ScPFb", None), (17, None), ("A33sBLz9WR", None), ("gao2021simcse", "gao2021simcse")]
)
def test_an_id_is_a_key_only_if_documents_could_cite_by_it(id_: object, key: str | None) -> None:
    assert only(title="T", id=id_).key == key


def test_where_it_was_rejected_it_did_not_come_out() -> None:
    assert only(title="T", venue="iclr", year=2020, status="Poster").metadata.venue == "iclr"
    rejected = only(title="T", venue="iclr", year=2020, status="Reject")
    assert (rejected.metadata.venue, rejected.notes) == (None, ("iclr: Reject",))


def test_a_broken_line_costs_no_other() -> None:
    listing = read('{"title": "A", "year": 1}\n{"title": "B\n\n[1, 2]\n{"x": 1}\n{"title": "C"}')
    assert [(one.line, one.metadata.title) for one in listing.entries] == [(1, "A"), (6, "C")]
    assert [(one.line, one.broken) for one in listing.ignored] == [(2, True), (4, False), (5, False)]
    assert listing.lines == {"topics": 0, "papers": 2, "notes": 0, "blank": 1, "ignored": 3}


def test_nothing_but_broken_lines() -> None:
    with pytest.raises(InputError):
        json_lines.read('{"title": "A"\n{"title": "B"\n')


def test_lines_of_csl_are_read_as_such() -> None:
    item = {"id": "x", "type": "article-journal", "title": "T", "issued": {"date-parts": [[2020, 2, 3]]}, "note": "n"}
    one, two = json.dumps(item), json.dumps({**item, "id": "y"})
    assert json_lines.read(f"{one}\n{two}\n").entries == csl_json.read(f"{one}\n{two}\n").entries


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"title": "A", "authors": ["B"]}\n{"title": "C"}\n', "json_lines"),
        ('\ufeff\n{"title": "A"\n{"title": "C", "year": 2000}\n', "json_lines"),
        ('{"paper": {"title": "A"}, "score": 1}\n', "json_lines"),
        ('{"rl": "library", "version": 1\n}\n', "own_json"),
        ('[{"id": "a", "type": "book", "title": "T"}]', "csl_json"),
        ('{"a": 1}\n{"a": 2}\n', "page"),
        ('{"title": "A"} is how a line begins\n', "page"),
    ],
)
def test_told_by_content(text: str, name: str) -> None:
    found = importers.recognise(text)
    assert found is not None
    assert found.__name__.endswith(f".{name}")


_LINE = st.one_of(
    st.builds(
        lambda title, year: json.dumps({"title": title, "year": year}, ensure_ascii=False), st.text(), st.integers()
    ),
    st.sampled_from(["", " \r", "{", "null", '"text"', "[1]", '{"title": ["x", {}], "authors": [[], {}, 3, null]}']),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=6,
    ).map(lambda value: json.dumps(dict.fromkeys(("title", "authors", "venue", "ids", "url", "tags", "id"), value))),
)
_BIB = st.sampled_from(
    [
        "@string{acl = {ACL}}\n",
        "@article{a, title = {A {B}}, journal = acl,\n year = 2020}\n",
        '@article{b, title = "B = {"}c{"}",}\n',
        "@inproceedings{c, title = {C}, crossref = {p}}\n\n",
        "@inproceedings{d, crossref = {q}}\n",
        "@proceedings{p, title = {P}, year = 1999}\n",
        "@article{e, title = {E\n@article{f, title = {F}}\n",
        "text between\n",
        "\n",
        "@article\n{g,\n title = {G}, groups = {X}}\n",
        "@comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:X\\;0\\;1\\;;\n}\n",
    ]
)


@given(st.lists(_LINE).map("\n".join), st.integers(1, 60))
def test_lines_in_blocks_of_any_size(text: str, size: int) -> None:
    _same(json_lines, text, size)


@given(st.lists(_BIB).map("".join), st.integers(1, 60))
def test_bibtex_in_blocks_of_any_size(text: str, size: int) -> None:
    _same(bibtex, text, size)


def _same(importer: Any, text: str, size: int) -> None:
    try:
        whole = importer.read(text)
    except InputError:
        return
    assert sum(whole.lines.values()) == len(text.split("\n")) - (text.endswith("\n") or not text)
    pieces = list(importer.pieces(text[at : at + size] for at in range(0, len(text), size)))
    assert tuple(sorted((e for p in pieces for e in p.entries), key=lambda it: it.line)) == whole.entries
    assert {kind: sum(p.lines[kind] for p in pieces) for kind in whole.lines} == whole.lines
    assert tuple(sorted((i for p in pieces for i in p.ignored), key=lambda it: it.line)) == whole.ignored


def test_a_large_file_comes_in_pieces() -> None:
    text = "".join(f'{{"title": "T{at}", "year": 2000}}\n' for at in range(2000))
    found = importers.streaming(text[:65536])
    assert found is json_lines
    sizes = [len(piece.entries) for piece in found.pieces((text,))]
    assert sum(sizes) == 2000
    assert max(sizes) <= 500


def test_a_child_waits_for_its_parent_however_far_off() -> None:
    filling = "".join(f"@misc{{m{at}, title = {{M{at}}}}}\n" for at in range(1200))
    child, parent = "@inproceedings{c, title = {C}, crossref = {p}}\n", "@proceedings{p, title = {P}, year = {1999}}\n"
    for text in (child + filling + parent, parent + filling + child):
        found = {entry.key: entry.metadata for entry in bibtex.read(text).entries}
        assert (found["c"].venue, found["c"].year) == ("P", 1999)
    assert [entry.key for entry in bibtex.read(child + filling).entries][:2] == ["c", "m0"]
