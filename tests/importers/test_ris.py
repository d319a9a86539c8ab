"""RIS and its kin: every dialect that programs write, broken records, and nothing lost between the lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.listing import Entry, Listing
from readlist.domain.text import one_line
from readlist.importers import ris


def read(text: str) -> Listing:
    """`text` as RIS, after the account of its lines is checked."""
    assert ris.recognises(text)
    listing = ris.read(text)
    assert sum(listing.lines.values()) == len(text.split("\n")) - text.endswith("\n")
    assert listing.lines["ignored"] >= len(listing.ignored)
    assert all(entry.mark is None for entry in listing.entries)
    return listing


def only(*lines: str) -> Entry:
    """The entry of a record with these lines."""
    (entry,) = read("\n".join(("TY  - JOUR", *lines, "ER  - ", ""))).entries
    return entry


def test_a_record_says_what_a_paper_is() -> None:
    text = """TY  - CONF
ID  - gao2021simcse
TI  - SimCSE: Simple Contrastive Learning of Sentence Embeddings
AU  - Gao, Tianyu
AU  - Yao, Xingcheng
AU  - van der Berg, Jan, Jr.
T2  - Proceedings of the 2021 Conference on Empirical Methods in Natural Language Processing
PY  - 2021
DA  - 2021/11/07
DO  - https://doi.org/10.18653/v1/2021.emnlp-main.552
UR  - https://example.org/paper
L1  - https://example.org/paper.pdf
L1  - file:///home/me/paper.pdf
L1  - internal-pdf://0123/paper.pdf
KW  - contrastive learning
KW  - embeddings, of sentences
AB  - We propose.
N1  - my own words
N1  - and more
ER  -
"""
    (entry,) = read(text).entries
    said = entry.metadata
    assert (entry.line, entry.key, said.kind, said.title) == (
        1, "gao2021simcse", "paper", "SimCSE: Simple Contrastive Learning of Sentence Embeddings",
    )  # fmt: skip
    assert said.authors == ("Tianyu Gao", "Xingcheng Yao", "Jan van der Berg Jr.")
    assert said.venue is not None and said.venue.startswith("Proceedings of the 2021")
    assert (said.year, said.published) == (2021, "2021-11-07")
    assert said.identifiers == {"acl": "2021.emnlp-main.552"}
    assert said.url == "https://example.org/paper"
    assert [(link.rel, link.url) for link in said.links] == [
        ("pdf", "https://example.org/paper.pdf"),
        ("pdf", "file:///home/me/paper.pdf"),
    ], "a file of the reader's is kept; what EndNote alone can open is not"
    assert said.abstract == "We propose."
    assert entry.tags == ("contrastive learning", "embeddings, of sentences")
    assert entry.notes == ("my own words", "and more")


@pytest.mark.parametrize(
    ("line", "year", "day"),
    [
        ("PY  - 2014", 2014, None),
        ("Y1  - 2005/07/15/", 2005, "2005-07-15"),
        ("PY  - 2012///", 2012, None),
        ("DA  - 2016/12//", 2016, None),
        ("Y1  - 2015/october", 2015, None),
        ("PY  - YEAR/MONTH/DAY/", None, None),
        ("PY  - 99", None, None),
        ("Y2  - 2019/03/28", None, None),  # the day on which somebody looked it up
    ],
)
def test_dates(line: str, year: int | None, day: str | None) -> None:
    said = only("TI  - A Title", line).metadata
    assert (said.year, said.published) == (year, day)


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("Shannon,Claude E.", "Claude E. Shannon"),
        ("Purcell S.", "S. Purcell"),
        ("De Bakker P.I.W.", "P.I.W. De Bakker"),
        ("Catarina Barata", "Catarina Barata"),
        ("OpenAI", "OpenAI"),
        ("王, 五", "王五"),
    ],
)
def test_names(written: str, author: str) -> None:
    assert only("TI  - A Title", f"AU  - {written}").metadata.authors == (author,)


@pytest.mark.parametrize("tag", ["JO", "JF", "JA", "T2", "BT", "C3", "J2"])
def test_each_tag_of_a_venue(tag: str) -> None:
    assert only("TI  - A Title", f"{tag}  - Nature").metadata.venue == "Nature"


@pytest.mark.parametrize(
    "line", ["M3  - doi: 10.1063/1.1954747", "N1  - doi:10.1063/1.1954747", "L3  - 10.1063/1.1954747"]
)
def test_a_doi_in_other_places(line: str) -> None:
    entry = only("TI  - A Title", line)
    assert entry.metadata.identifiers == {"doi": "10.1063/1.1954747"}
    assert entry.notes == ()


@pytest.mark.parametrize(
    "line",
    [
        "M1  - arXiv:1412.6980",
        "AN  - arXiv:1412.6980",
        "JO  - arXiv preprint arXiv:1412.6980",
        "DO  - 10.48550/arXiv.1412.6980",
    ],
)
def test_an_arxiv_number_in_many_places(line: str) -> None:
    assert only("TI  - A Title", line).metadata.identifiers == {"arxiv": "1412.6980"}


def test_secondary_authors_write_books_and_edit_volumes() -> None:
    lines = "TI  - A Title\nAU  - One, A.\nA2  - Two, B.\nER  - \n"
    (book,) = read(f"TY  - BOOK\n{lines}").entries
    (chapter,) = read(f"TY  - CHAP\n{lines}").entries
    assert book.metadata.authors == ("A. One", "B. Two")
    assert chapter.metadata.authors == ("A. One",)


def test_what_goes_on_below_a_tag() -> None:
    entry = only("TI  - A title that", "goes on", "KW  - one", "two", "N1  - first", "  * second", "AB  - It", "goes")
    assert entry.metadata.title == "A title that goes on"
    assert entry.tags == ("one", "two")
    assert entry.notes == ("first", "* second")
    assert entry.metadata.abstract == "It\ngoes"


def test_a_sentence_is_no_tag() -> None:
    entry = only("TI  - A Title", "N1  - it is", "an - attempt", "to - be")
    assert entry.notes == ("it is", "an - attempt", "to - be")


def test_lower_case_one_blank_and_a_byte_order_mark() -> None:
    text = "\ufeffty  - JOUR\r\nti  - One\r\ner  - \r\nTY - JOUR\r\nTI - Two\r\nER -\r\n"
    assert [entry.metadata.title for entry in read(text).entries] == ["One", "Two"]


def test_missing_starts_and_ends() -> None:
    text = "TI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\n\nTY  - JOUR\nTI  - Three\n"
    assert [(entry.line, entry.metadata.title) for entry in read(text).entries] == [
        (1, "One"),
        (4, "Two"),
        (7, "Three"),
    ]


def test_a_second_type_within_a_record_is_no_second_record() -> None:
    (entry,) = read("TY  - BOOK\nTI  - One\nTY  - THES\nPB  - A School\nER  - \n").entries
    assert (entry.metadata.kind, entry.metadata.venue) == ("thesis", "A School")


def test_what_is_no_work_is_told() -> None:
    listing = read("Record #1 of 2\n1.\nTY  - JOUR\nAU  - Marx, Karl\nER  - \nTY  - JOUR\nTI  - One\nER  - \n")
    assert [(it.line, it.reason) for it in listing.ignored] == [
        (1, "stands in no record"),
        (3, "a record that names no work: no title, no identifier, no address"),
    ]
    assert listing.lines == {"topics": 0, "papers": 3, "notes": 0, "blank": 0, "ignored": 5}


def test_scopus_counts_and_bookkeeping() -> None:
    entry = only("TI  - A Title", "N1  - Cited By :44", "N1  - Export Date: 1 April 2016", "N1  - mine")
    assert entry.metadata.citations == 44
    assert entry.notes == ("mine",)


def test_several_addresses_on_one_line() -> None:
    said = only("TI  - A Title", "UR  - http://example.com; www.example.org/a", "UR  - //example.net/b").metadata
    assert said.url == "http://example.com"
    assert [link.url for link in said.links] == ["https://www.example.org/a", "https://example.net/b"]


def test_web_of_science() -> None:
    text = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Loach, PA
   Law, CJ
AF Loach, Paul A.
   Law, Christopher J.
TI Interactions stabilizing the structure of
   a complex
SO BIOCHEMISTRY
DE one; two
TC 23
PD JUN 8
PY 2004
DI 10.1021/bi049798f
ER

EF
"""
    (entry,) = read(text).entries
    said = entry.metadata
    assert said.title == "Interactions stabilizing the structure of a complex"
    assert said.authors == ("Paul A. Loach", "Christopher J. Law")
    assert (said.published, said.citations, entry.tags) == ("2004-06-08", 23, ("one", "two"))


def test_pubmed_and_endnote() -> None:
    (pubmed,) = read(
        "PMID- 27169098\nTI  - Proteomics: a new\n      perspective.\nFAU - Doe, Jane\nAU  - Doe J\n"
        "LID - 10.4103/2277-9175.180636 [doi]\nDP  - 2016 May 3\nJT  - Advanced biomedical research\n"
    ).entries
    assert pubmed.metadata.title == "Proteomics: a new perspective."
    assert pubmed.metadata.authors == ("Jane Doe",)
    assert pubmed.metadata.identifiers["doi"] == "10.4103/2277-9175.180636"
    one, two = read("%0 Journal Article\n%T One\n%A Doe, J.\n%D 2020\n%J Nature\n\n%0 Book\n%T Two\n%I CRC\n").entries
    assert (one.metadata.title, one.metadata.venue, one.metadata.year) == ("One", "Nature", 2020)
    assert (two.metadata.kind, two.metadata.venue) == ("book", "CRC")


def test_the_volume_of_the_acl_anthology() -> None:
    (entry,) = read("%0 Conference Proceedings\n%T One\n%Y Doe, J.\n%S Proceedings of X\n%I A Society\n").entries
    assert (entry.metadata.venue, entry.metadata.authors) == ("Proceedings of X", ("J. Doe",))


def test_what_databases_add_is_no_note() -> None:
    lines = ("U2  - L373791783", "U3  - 2014-08-29", "N1  - Last updated - 2019-05-03", "N1  - mine")
    entry = only("TI  - A Title", *lines)
    assert entry.notes == ("mine",)


REFWORKS = """RT Journal Article
SR 1
A1 张三;李四;
T1 一个标题
JF 计算机学报
YR 2020
K1 深度学习;综述
AB First line
In the second line
NO my note
UL https://example.org/x
DO 10.1000/xyz

RT Dissertation/Thesis
T1 Another
A1 Roe,R.
PB A School
YR 2001
"""
NOTEEXPRESS = """{Reference Type}: Journal Article
{Title}: 一个标题
{Author}: 张三;李四
{Author Address}: 某大学;
{Journal}: 计算机学报
{Year}: 2020
{Keywords}: 深度学习;综述
{Abstract}: First line
In the second line
{Notes}: my note
{URL}: https://example.org/x
{DOI}: 10.1000/xyz

{Reference Type}: Thesis
{Title}: Another
{Author}: Roe, R.
{Publisher}: A School
{Year}: 2001
"""


@pytest.mark.parametrize("text", [REFWORKS, NOTEEXPRESS], ids=["RefWorks", "NoteExpress"])
def test_what_cnki_writes(text: str) -> None:
    one, two = read(text).entries
    said = one.metadata
    assert (said.title, said.authors, said.venue, said.year) == ("一个标题", ("张三", "李四"), "计算机学报", 2020)
    assert (said.identifiers, said.url) == ({"doi": "10.1000/xyz"}, "https://example.org/x")
    assert (said.abstract, one.tags, one.notes) == (
        "First line\nIn the second line",
        ("深度学习", "综述"),
        ("my note",),
    )
    assert (two.metadata.kind, two.metadata.venue, two.metadata.authors) == ("thesis", "A School", ("R. Roe",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RT @somebody: read this paper\nIS it good\n",
        "# Papers\n\n- one\n- two\n",
        "# How RIS looks\n\n```\nTY  - JOUR\nTI  - A Title\nER  - \n```\n",
        "- [ ] TY  - JOUR\n",
        "% a comment\n@article{a, title={TY  - JOUR}}\n",
        "IT - a department\nHR - another one\n",
        '[{"type": "book", "title": "TY  - JOUR"}]',
    ],
)
def test_what_is_not_ris(text: str) -> None:
    assert not ris.recognises(text)


_CONTROLS = "\x00\x07\x1b\u202e\ufeff|\\\t"
_words = st.text(st.sampled_from("abcéß王 .,:'\"-()" + _CONTROLS), max_size=30).map(one_line)
_titles = _words.map(lambda it: f"Title {it}".strip())


@given(st.lists(st.tuples(_titles, _words, st.integers(1800, 2090)), min_size=1, max_size=8), st.booleans())
def test_records_come_back(records: list[tuple[str, str, int]], ended: bool) -> None:
    text = "".join(
        f"TY  - JOUR\nTI  - {title}\nAB  - {words}\nPY  - {year}\n" + "ER  - \n" * ended
        for title, words, year in records
    )
    entries = read(text).entries
    assert [(it.metadata.title, it.metadata.abstract, it.metadata.year) for it in entries] == [
        (title, words.strip() or None, year) for title, words, year in records
    ]


_LINES = (
    "TY  - JOUR",
    "ER  - ",
    "TI  - a",
    "AU  - b, c; d",
    "PY  - 2001/00/00",
    "",
    "  on it goes",
    "PT J",
    "%0 Book",
    "PMID- 1",
    "N1  - Cited By: 99999999999",
    "UR  - http://[",
    "DO  - 10.1/",
    "KW  - ;;",
    "\x00",
    "M3  - \ud800",
    "\r",
)


@given(st.lists(st.sampled_from(_LINES), max_size=25), st.sampled_from(("\n", "\r\n", "\r")))
def test_any_lines_are_accounted_for(lines: list[str], end: str) -> None:
    text = end.join(lines)
    listing = ris.read(text)
    assert sum(listing.lines.values()) == len(text.split("\n")) - (text.endswith("\n") or not text)
