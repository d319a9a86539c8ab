"""Tables: Zotero's CSV and those of other programs, lists from spreadsheets, and what is no table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.listing import Entry, Listing
from readlist.domain.text import one_line
from readlist.importers import csv_table

ZOTERO = (
    "Key", "Item Type", "Publication Year", "Author", "Title", "Publication Title", "ISBN", "DOI", "Url",
    "Abstract Note", "Date", "Date Added", "Extra", "Notes", "File Attachments", "Link Attachments", "Manual Tags",
    "Automatic Tags", "Editor", "Publisher", "Archive", "Archive Location",
)  # fmt: skip


def table(head: Sequence[str], *rows: Sequence[str], between: str = ",", end: str = "\r\n") -> str:
    """A table as Python's csv writes it."""
    made = io.StringIO()
    csv.writer(made, delimiter=between, lineterminator=end).writerows([head, *rows])
    return made.getvalue()


def read(text: str) -> Listing:
    """`text` as a table, after the account of its lines is checked."""
    assert csv_table.recognises(text)
    listing = csv_table.read(text)
    assert sum(listing.lines.values()) == len(text.split("\n")) - text.endswith("\n")
    return listing


def only(between: str = ",", **cells: str) -> Entry:
    """The entry of a table with one row."""
    (entry,) = read(table(list(cells), list(cells.values()), between=between)).entries
    return entry


def zotero(**cells: str) -> Entry:
    """The entry of an item as Zotero writes it, the blanks in names of columns written as `_`."""
    row = {"Key": "ABCD2345", "Item Type": "journalArticle", "Title": "A Title"}
    row |= {name.replace("_", " "): cell for name, cell in cells.items()}
    (entry,) = read("\ufeff" + table(ZOTERO, [row.get(name, "") for name in ZOTERO], end="\n")).entries
    return entry


def test_an_item_of_zotero() -> None:
    entry = zotero(
        Item_Type="conferencePaper",
        Publication_Year="2017",
        Author="Vaswani, Ashish; van der Maaten, Laurens",
        Title='Attention, "please":\nIs All You Need',
        Publication_Title="Advances in Neural Information Processing Systems",
        DOI="10.5555/3295222.3295349",
        Url="https://example.org/paper",
        Abstract_Note="One.\n\nTwo.",
        Date="2017-06-12",
        Date_Added="2023-01-02 03:04:05",
        Extra="arXiv:1706.03762 [cs]\nCitation Key: vaswani2017\nRead_Status: Read\n"
        "Read_Status_Date: 2024-02-03T00:00Z\ntex.priority: high\nand a remark",
        Notes="<div><h1>Mine</h1><p>so <b>good</b></p></div>; <p>see <a href='https://x.org/'>there</a></p>",
        File_Attachments="/home/me/Zotero/storage/A/x.pdf; C:\\Users\\me\\y.pdf",
        Manual_Tags="nlp; to present, soon",
        Automatic_Tags="Computer Science",
    )
    said = entry.metadata
    assert (entry.line, said.title) == (2, 'Attention, "please": Is All You Need')
    assert said.authors == ("Ashish Vaswani", "Laurens van der Maaten")
    assert (said.year, said.published, entry.added) == (2017, "2017-06-12", "2023-01-02T03:04:05+00:00")
    assert said.identifiers == {"doi": "10.5555/3295222.3295349", "arxiv": "1706.03762"}
    assert (said.url, said.abstract) == ("https://example.org/paper", "One.\n\nTwo.")
    assert [(link.rel, link.url) for link in said.links] == [
        ("pdf", "file:///home/me/Zotero/storage/A/x.pdf"),
        ("pdf", "file:///C:/Users/me/y.pdf"),
    ]
    assert (entry.key, entry.mark, entry.finished, entry.priority) == ("vaswani2017", "read", "2024-02-03", "high")
    assert entry.tags == ("nlp", "to present, soon", "Computer Science")
    assert entry.notes == ("# Mine", "", "so **good**", "", "see [there](https://x.org/)", "", "and a remark")


def test_what_web_pages_and_catalogues_put_into_extra_is_no_note() -> None:
    extra = (
        "Bandiera_abtest: a\nNumber: 7553\nPublisher: Nature Publishing Group\nPMCID: PMC5\n_eprint: https://x.org/a"
    )
    entry = zotero(Extra=f"{extra}\nmine\n2024-01-02")
    assert entry.notes == ("mine", "2024-01-02")
    assert [link.url for link in entry.metadata.links] == ["https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5/"]
    assert zotero(Extra="Publisher: has gone").notes == ("Publisher: has gone",)


def test_zotero_says_where_books_and_preprints_came_out() -> None:
    assert zotero(Item_Type="book", Publisher="MIT Press").metadata.venue == "MIT Press"
    assert zotero(Publication_Title="Nature", Publisher="Springer").metadata.venue == "Nature"
    assert zotero(Publisher="Springer").metadata.venue is None
    assert zotero(Item_Type="book", Editor="Doe, Jane").metadata.authors == ("Jane Doe",)
    assert zotero(Archive="arXiv", Archive_Location="2104.08821").metadata.identifiers == {"arxiv": "2104.08821"}


def test_the_key_of_an_item_of_zotero_is_no_citation_key() -> None:
    assert zotero().key is None
    assert zotero().mark is None


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_what_divides_cells(between: str) -> None:
    entry = only(between, Title="One, two; three", Year="2020", Authors="Ann Lee")
    assert (entry.metadata.title, entry.metadata.year) == ("One, two; three", 2020)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Authors,Author full names,Title,Year,Source title,Cited by,DOI,Link",
         '"Federico S., Grillo A.","Federico, Salvatore (7003); Grillo, Alfio (44)",T,2004,Nature,44,10.1000/182,'
         "https://example.org/x"),
        ("Cites,Authors,Title,Year,Source,Publisher,ArticleURL,DOI",
         '44,"Salvatore Federico, Alfio Grillo",T,2004,Nature,P,https://example.org/x,10.1000/182'),
        ("PT\tAU\tAF\tTI\tSO\tPY\tDI\tTC",
         "J\tFederico, S; Grillo, A\tFederico, Salvatore; Grillo, Alfio\tT\tNature\t2004\t10.1000/182\t44"),
        ("Item type,Authors,Title,Journal,Publication year,DOI,URLs,Citations",
         'Journal Article,"Federico, Salvatore and Grillo, Alfio",T,Nature,2004.0,10.1000/182,https://example.org/x,44'),
        ("论文标题;作者;期刊;年份;DOI;引用;链接",
         "T;Salvatore Federico、Alfio Grillo;Nature;2004;https://doi.org/10.1000/182;44;https://example.org/x"),
    ],
    ids=["Scopus", "Publish or Perish", "Web of Science", "Paperpile", "Chinese"],
)  # fmt: skip
def test_other_programs(head: str, row: str) -> None:
    (entry,) = read(f"{head}\n{row}\n").entries
    said = entry.metadata
    assert (said.title, said.year, said.venue, said.citations) == ("T", 2004, "Nature", 44)
    assert said.authors == ("Salvatore Federico", "Alfio Grillo")
    assert said.identifiers == {"doi": "10.1000/182"}


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Smith, John", ("John Smith",)),
        ("Smith, J., Doe, A.", ("J. Smith", "A. Doe")),
        ("Federico S., Grillo A., Herzog W.", ("S. Federico", "A. Grillo", "W. Herzog")),
        ("Ann Lee, Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Ann Lee and Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Ann Lee, Bo Ek, and Cy Wu", ("Ann Lee", "Bo Ek", "Cy Wu")),
        ("Vaswani, Ashish; Shazeer, Noam; ", ("Ashish Vaswani", "Noam Shazeer")),
        ("Ann Lee et al.", ("Ann Lee",)),
        ("张三，李四，王五", ("张三", "李四", "王五")),
        ("OpenAI", ("OpenAI",)),
        ("Harris CR, Millman KJ, van der Walt SJ.", ("CR Harris", "KJ Millman", "SJ van der Walt")),
        ("Google AI, Meta AI", ("Google AI", "Meta AI")),
    ],
)
def test_people(cell: str, authors: tuple[str, ...]) -> None:
    assert only(Title="T", Authors=cell).metadata.authors == authors


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("read", "read"), ("Done", "read"), ("✅", "read"), ("x", "read"), ("[x]", "read"), ("已读", "read"),
        ("To Read", "todo"), ("in progress", "todo"), ("TODO", "todo"), ("未读", "todo"), ("⬜", "todo"),
        ("no", "todo"), ("To-Do", "todo"), ("Not started", "todo"), ("Up next", "todo"), ("正在读", "todo"),
        ("🟢 Done", "read"), ("Completed ✅", "read"), ("读过", "read"), ("Abandoned", None),
        ("", None), ("listed", None), ("New", None), ("Not Reading", None),
    ],
)  # fmt: skip
def test_states_of_reading(status: str, mark: str | None) -> None:
    assert only(Title="T", Year="2020", Status=status).mark == mark


@pytest.mark.parametrize(
    ("status", "depth"), [("精读", 3), ("通读", 2), ("第二遍", 2), ("2nd pass", 2), ("skimmed", 1)]
)
def test_a_status_may_say_how_deeply(status: str, depth: int) -> None:
    entry = only(Title="T", Year="2020", Status=status)
    assert (entry.mark, entry.depth) == ("read", depth)


def test_words_of_the_reader_in_columns_of_any_name() -> None:
    entry = only(Name="T", Year="2020", Status="Done", Rating="⭐⭐", Idea="one,\ntwo", Volume="3", Notes="mine")
    assert entry.notes == ("mine", "Rating: ⭐⭐", "Idea: one,", "two")
    assert zotero(Type="Blog").notes == (), "a program's own columns are none"


def test_a_list_of_books() -> None:
    one, two, three = read(
        "Book Id,Title,Author,Additional Authors,ISBN13,Publisher,Year Published,Date Read,Bookshelves,Exclusive Shelf,"
        'My Review\n1,A,"F. Scott Doe","Ann Roe, Bo Poe","=""978""",Scribner,2004,2020/03/04,"classics, fun",read,'
        "Good<br/>so\n"
        "2,B,X,,,P,2016,,to-read,to-read,\n3,C,Y,,,P,2016,,,currently-reading,\n"
    ).entries
    assert (one.metadata.kind, one.metadata.venue, one.metadata.year) == ("book", "Scribner", 2004)
    assert one.metadata.authors == ("F. Scott Doe", "Ann Roe", "Bo Poe")
    assert (one.mark, one.finished, one.tags, one.notes) == ("read", "2020-03-04", ("classics", "fun"), ("Good", "so"))
    assert (two.mark, three.mark) == ("todo", "todo")


def test_a_head_below_what_tells_where_the_table_is_from() -> None:
    listing = read(
        '"About the data: Exported on a day, from somewhere."\n'
        "Rank,DOI,Title,Source title,PubYear,Authors,Times cited\n"
        '1,10.1000/xyz,T,Nature,2015,"Doe, Ann; Roe, Bo",7\n'
    )
    (entry,) = listing.entries
    assert (entry.metadata.title, entry.metadata.authors, entry.metadata.citations) == ("T", ("Ann Doe", "Bo Roe"), 7)
    assert [it.line for it in listing.ignored] == [1, 2]


def test_a_table_is_one_whatever_its_rows_are() -> None:
    listing = read("Title,Authors,Year,Journal,DOI,Abstract,Tags\nOne,Ann Lee,2020\nTwo,Bo,2021,N,,,,,,,too,many\n")
    assert [entry.metadata.title for entry in listing.entries] == ["One"]
    assert [it.line for it in listing.ignored if it.broken] == [3]


@pytest.mark.parametrize(
    ("cells", "venue", "year", "identifiers"),
    [
        ({"Source": "Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004"}, "Cancer", 2004, {}),
        ({"Publication": "arXiv preprint arXiv:1412.6980"}, "arXiv", None, {"arxiv": "1412.6980"}),
        ({"Journal": "arXiv [cs.CL]", "Arxiv ID": "2005.14165"}, "arXiv", None, {"arxiv": "2005.14165"}),
        ({"Journal": "ArXiv Workshop on Archives"}, "ArXiv Workshop on Archives", None, {}),
    ],
)
def test_venues_that_say_more(cells: dict[str, str], venue: str, year: int | None, identifiers: dict[str, str]) -> None:
    said = only(Title="T", **cells).metadata
    assert (said.venue, said.year, said.identifiers) == (venue, year, identifiers)


@pytest.mark.parametrize("cell", ["one; two", "one, two", "one|two", "['one', 'two']"])
def test_what_divides_tags(cell: str) -> None:
    assert only(Title="T", Tags=cell).tags == ("one", "two")


def test_topics_and_tags() -> None:
    entry = only(Title="T", Collections="NLP/Embeddings; Vision", Tags="one, two")
    assert entry.topics == (("NLP", "Embeddings"), ("Vision",))
    assert entry.tags == ("one", "two")
    listing = read(table(("Title", "Folder"), ("T", "A/B")))
    assert listing.topics == (("A",), ("A", "B"))


def test_the_columns_of_rl() -> None:
    entry = only(
        key="gao2021simcse", title="'=SUM(1)", authors="A B; C D", pass_1="2024-01-02", pass_2="yes", next_pass="3"
    )
    assert (entry.key, entry.metadata.title, entry.mark, entry.depth) == ("gao2021simcse", "=SUM(1)", "read", 2)
    assert only(title="T", pass_1="2024-01-02", year="2020").finished == "2024-01-02"
    assert only(title="T", next_pass="1", year="2020").mark == "todo"


def test_a_list_of_names_and_addresses() -> None:
    entry = only(Name="SimCSE", Link="https://arxiv.org/abs/2104.08821", Code="https://github.com/princeton-nlp/SimCSE")
    assert entry.metadata.title == "SimCSE"
    assert entry.metadata.identifiers == {"arxiv": "2104.08821"}
    assert [link.rel for link in entry.metadata.links] == ["code"]


def test_rows_that_cannot_be_read_are_told() -> None:
    text = 'sep=,\nTitle,Year\nOne,2020\nTwo, and more,2021\n,2022\n,\n\n"A 5" disk,2023\nLast,2024\n'
    listing = read(text)
    assert [entry.metadata.title for entry in listing.entries] == ["One", "A 5 disk", "Last"]
    assert [(it.line, it.reason, it.broken) for it in listing.ignored] == [
        (1, "the names of a table's columns", False),
        (4, "a row with more cells than the table has columns", True),
        (5, "a row that names no work: no title, no identifier, no address", False),
    ]
    assert listing.lines == {"topics": 0, "papers": 4, "notes": 0, "blank": 1, "ignored": 4}


def test_a_mark_of_quotation_that_is_never_closed_costs_one_row() -> None:
    text = 'Title\tYear\n"One\t2020\n' + "Two\t2021\n" * 4000
    assert len(read(text).entries) == 4001


def test_a_file_that_is_cut_off() -> None:
    text = table(("Title", "Abstract"), ("One", "a\nb"), ("Two", "c\nd\ne"), end="\n")
    assert [entry.metadata.title for entry in read(text[:-3]).entries] == ["One", "Two"]


def test_a_cell_of_any_size() -> None:
    assert only(Title="T", Abstract="a" * 300_000).metadata.abstract == "a" * 300_000
    assert csv.field_size_limit() == 131_072


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title, Authors, Year\n\n- a paper\n",
        "Title\nOne\nTwo\n",
        "Papers, notes, and more\n\nHere is a line.\nAnother, with a comma.\n",
        "Paper title, authors\n\nThis page lists papers.\nIt has no table.\n",
        "| Title | Year |\n|---|---|\n| One | 2020 |\n",
        "Name,Age\nAnn,30\n",
        "@article{a,\n title = {One},\n year = 2020,\n}\n",
        "TY  - JOUR\nTI  - One\nER  - \n",
        '[{"title": "x", "author": []}]',
        "," * 50_000,
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert not csv_table.recognises(text)


_hostile = st.text(st.sampled_from("ab ,;\"'\n\t|=\\\x00\x1b\u202e王"), max_size=15)


@given(
    st.lists(st.tuples(_hostile, st.integers(1500, 2090), st.sampled_from("ABCD"), _hostile), min_size=1, max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(("\n", "\r\n")),
)
def test_rows_come_back(records: list[tuple[str, int, str, str]], between: str, end: str) -> None:
    rows = [(f"T {title}", str(year), f"{name} B; C {name}", about) for title, year, name, about in records]
    entries = read(table(("Title", "Year", "Authors", "Journal"), *rows, between=between, end=end)).entries
    assert [(it.metadata.title, it.metadata.year, it.metadata.authors) for it in entries] == [
        (one_line(f"T {title}"), year, (f"{name} B", f"C {name}")) for title, year, name, _ in records
    ]


@given(st.lists(st.sampled_from(('"', "a,b", "a;b;c", "", ",,,", 'x,"y', '"z",1', "\r", "\x00,1")), max_size=20))
def test_any_lines_are_accounted_for(lines: list[str]) -> None:
    text = "\n".join(["Title,Year", *lines])
    assert sum(csv_table.read(text).lines.values()) == len(text.split("\n")) - text.endswith("\n")
