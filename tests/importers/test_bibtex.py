"""BibTeX and BibLaTeX: what an entry says, what is broken, and the account of the lines."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist import importers
from readlist.domain.listing import Entry, Listing
from readlist.domain.metadata import Metadata
from readlist.importers import bibtex


def read(text: str) -> Listing:
    """`text` as a bibliography, after the account of its lines is checked."""
    listing = bibtex.read(text)
    lines = text.removeprefix("\ufeff").split("\n")
    number = len(lines) - (lines[-1] == "")
    assert sum(listing.lines.values()) == number
    shown = len(text.split("\r")) if number == 1 else number  # old Macintosh: one line, of which editors show several
    assert all(1 <= it.line <= shown for it in listing.ignored)
    assert all(1 <= it.line <= number for it in listing.entries)
    return listing


def entry(fields: str, type_: str = "article") -> Entry:
    """The one entry with these fields."""
    entries = read(f"@{type_}{{key,\n{fields}\n}}\n").entries
    assert len(entries) == 1
    return entries[0]


def said(fields: str, type_: str = "article") -> Metadata:
    return entry(fields, type_).metadata


@pytest.mark.parametrize(
    ("tex", "title"),
    [
        (r"{{BERT}: Pre-training of {Deep} Models}", "BERT: Pre-training of Deep Models"),
        (
            r"{G{\"o}del, \'{E}cole, \v{C}ech, \c{c}a va, na{\"\i}ve, \AA{}rhus}",
            "Gödel, École, Čech, ça va, naïve, Århus",
        ),
        (r"{Stra{\ss}e {\O}re \o re {\L}\'od\'z \textcommabelow{s}}", "Straße Øre øre Łódź ș"),
        (r"{An \emph{important} {\em thing} in \textbf{bold \textit{face}}}", "An important thing in bold face"),
        (r"{On $k$-NN in $\mathbb{R}^{n}$ and \(x_1\)}", r"On $k$-NN in $\mathbb{R}^{n}$ and $x_1$"),
        (r"{``Quoted'' -- a dash~--- \& 50\% \#1 \_x}", "“Quoted” – a dash — & 50% #1 _x"),
        (r"{\textalpha-helix at 20{\textdegree}C, \texttrademark}", "α-helix at 20°C, ™"),
        (r"{A \unknowncommand{kept} title}", "A kept title"),
        ("{深度学习{中}的表示}", "深度学习中的表示"),
        ('"A quoted {"}title{"} here"', 'A quoted "title" here'),
        ("{Broken\n   over lines}", "Broken over lines"),
        ('{First} # " and " # {second}', "First and second"),
        (r"{Line\\{break}}", "Line break"),
        (r"{A \hspace{2pt}gap and \textcolor{red}{red}}", "A gap and red"),
        (r"{Cost {\$}$\backslash$alpha{\$}}", r"Cost $\alpha$"),  # Mendeley writes out what it takes for text
        ("{" + "{" * 5000 + "Deep" + "}" * 5000 + "}", "Deep"),
    ],
)
def test_titles(tex: str, title: str) -> None:
    assert said(f"title = {tex}").title == title


def test_a_subtitle_belongs_to_the_title() -> None:
    assert said("title = {Main}, subtitle = {More of it}").title == "Main: More of it"
    assert said("title = {Main: More of it}, subtitle = {More of it}").title == "Main: More of it"


@pytest.mark.parametrize(
    ("tex", "names"),
    [
        ("Gao, Tianyu and Yao, Xingcheng", ("Tianyu Gao", "Xingcheng Yao")),
        ("Tianyu Gao and Xingcheng Yao and others", ("Tianyu Gao", "Xingcheng Yao")),
        ("van der Maaten, Laurens and Ludwig van Beethoven", ("Laurens van der Maaten", "Ludwig van Beethoven")),
        ("King, Jr., Martin Luther", ("Martin Luther King Jr.",)),
        (
            "{World Health Organization} and {Barnes and Noble, Inc.}",
            ("World Health Organization", "Barnes and Noble, Inc."),
        ),
        ("Garc{\\'i}a M{\\'a}rquez, Gabriel", ("García Márquez, Gabriel",)),
        ("Barack {de la Cruz}", ("Barack de la Cruz",)),
        ("张, 三 and 李四", ("张三", "李四")),
        ("family=Hasselt, given=Hado, prefix=van, useprefix=true and Doe, Jane", ("Hado van Hasselt", "Jane Doe")),
        ("Doe, A.; Roe, B.", ("A. Doe", "B. Roe")),
        ("A. Doe, B. C. Roe and D. Poe", ("A. Doe", "B. C. Roe", "D. Poe")),
        ("Green Larsen, Kasper", ("Green Larsen, Kasper",)),
        ("Anderson, Andy\n  and\n  Sand, Andrea", ("Andy Anderson", "Andrea Sand")),
        ("Doe, A., Roe, B. and Poe, C.", ("A. Doe", "B. Roe", "C. Poe")),
        ("Doe A, van der Roe BC", ("A Doe", "BC van der Roe")),
        ("Doe, A. et al.", ("A. Doe",)),
        ("Doe, A. and {et al.}", ("A. Doe",)),
        ("Doe, Ann B., Jr.", ("Ann B. Doe Jr.",)),
        ("Ann Doe, Bo Roe, Cy Poe", ("Ann Doe", "Bo Roe", "Cy Poe")),
        ("A. Doe, B. Roe, and C. Poe", ("A. Doe", "B. Roe", "C. Poe")),
        ("Doe, A. \\& Roe, B.", ("A. Doe", "B. Roe")),
        ("Barnes \\& Noble", ("Barnes & Noble",)),
        ("A. Doe \\and B. Roe", ("A. Doe", "B. Roe")),
        ("张三、李四", ("张三", "李四")),
        ("张三, 李四, 王五", ("张三", "李四", "王五")),
        ("欧阳, 娜娜", ("欧阳娜娜",)),
        ("M&uuml;ller, J.", ("J. Müller",)),
        ("{Google AI}, {Meta AI}", ("Google AI, Meta AI",)),
    ],
)
def test_names(tex: str, names: tuple[str, ...]) -> None:
    assert said(f"title = {{T}}, author = {{{tex}}}").authors == names


def test_a_thousand_names() -> None:
    names = [f"Family{number}, Given{number}" for number in range(1000)]
    authors = said("title = {T}, author = {" + " and ".join(names) + "}").authors
    assert len(authors) == 1000 and authors[999] == "Given999 Family999"


def test_the_editors_of_a_book_without_authors_are_its_authors() -> None:
    assert said("title = {T}, editor = {Doe, Jane}", "proceedings").authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("fields", "year", "day"),
    [
        ("year = 2021", 2021, None),
        ("year = {2021}, month = nov, day = 7", 2021, "2021-11-07"),
        ("year = {2021}, month = 11, day = 7", 2021, "2021-11-07"),
        ("year = 2021, month = {31 Jul--04 Aug}", 2021, "2021-07-31"),
        ('year = 1999, month = dec # "~24"', 1999, "1999-12-24"),
        ("date = {2021-04-18}, year = {2020}", 2021, "2021-04-18"),
        ("date = {2019-05/2019-07}", 2019, None),
        ("year = {in press}", None, None),
        ("year = {c. 1843}", 1843, None),
        ("urldate = {2020-01-01}", None, None),
    ],
)
def test_dates(fields: str, year: int | None, day: str | None) -> None:
    it = said(f"title = {{T}}, {fields}")
    assert (it.year, it.published) == (year, day)


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("doi = {10.1000/XYZ}", {"doi": "10.1000/xyz"}),
        ("doi = {https://doi.org/10.1000/xyz\\_1}", {"doi": "10.1000/xyz_1"}),
        ("doi = {10.18653/v1/2021.emnlp-main.552}", {"acl": "2021.emnlp-main.552"}),
        ("eprint = {2104.08821v4}, archiveprefix = {arXiv}", {"arxiv": "2104.08821"}),
        ("eprint = {2104.08821}, eprinttype = {arxiv}, eprintclass = {cs.CL}", {"arxiv": "2104.08821"}),
        ("eprint = {cs/0503050}", {"arxiv": "cs/0503050"}),
        ("eprint = {25155}, eprinttype = {jstor}", {}),
        ("eprint = {12345}, eprinttype = {pubmed}", {"pmid": "12345"}),
        ("arxivid = {1706.03762}, pmid = {23288346}", {"arxiv": "1706.03762", "pmid": "23288346"}),
        ("journal = {arXiv preprint arXiv:1706.03762}", {"arxiv": "1706.03762"}),
        ("journal = {CoRR}, volume = {abs/1706.03762}", {"arxiv": "1706.03762"}),
        ("url = {https://arxiv.org/abs/1706.03762v5}", {"arxiv": "1706.03762"}),
        ("note = {arXiv:1706.03762}", {"arxiv": "1706.03762"}),
        ("url = {https://pubmed.ncbi.nlm.nih.gov/23288346/}", {"pmid": "23288346"}),
        ("number = {arXiv:1706.03762}, publisher = {arXiv}", {"arxiv": "1706.03762"}),  # Zotero
        ("note = {arXiv preprint arXiv:1706.03762, 2017}", {"arxiv": "1706.03762"}),
        ("note = {Available at: \\url{https://arxiv.org/abs/1706.03762}}", {"arxiv": "1706.03762"}),
        ("note = {Compare with arXiv:1706.03762}", {}),  # another's
        ("number = {1706}", {}),
    ],
)
def test_identifiers(fields: str, identifiers: dict[str, str]) -> None:
    assert said(f"title = {{T}}, {fields}").identifiers == identifiers


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (":C$\\backslash$:/Users/me/Downloads/a b.pdf:pdf", "file:///C:/Users/me/Downloads/a%20b.pdf"),  # Mendeley
        (":Users/me/Documents/x.pdf:pdf;::", "file:///Users/me/Documents/x.pdf"),  # Mendeley
        ("/home/me/R{\\'{e}}nyi {\\&} Co.pdf", "file:///home/me/R%C3%A9nyi%20&%20Co.pdf"),
        ("{Deep learning.pdf:/Users/me/Deep learning.pdf:application/pdf}", "file:///Users/me/Deep%20learning.pdf"),
        ("file://localhost/Users/me/Deep%20learning.pdf", "file:///Users/me/Deep%20learning.pdf"),  # Papers
        ("sub/it.pdf", "file:sub/it.pdf"),
    ],
)
def test_files_of_many_programs(value: str, address: str) -> None:
    (link,) = said(f"title = {{T}}, file = {{{value}}}").links
    assert (link.rel, link.url) == ("pdf", address)


def test_a_number_of_another_preprint_in_the_place_of_the_doi() -> None:
    found = said("title = {T}, doi = {arXiv:1811.03600v2}, archiveprefix = {arXiv}, eprint = {1810.04805}")
    assert found.identifiers == {"arxiv": "1810.04805"}


def test_what_other_formats_have_in_notes_is_taken_out_of_notes() -> None:
    (entry,) = read(
        "@article{a, title = {A &amp; B}, note = {PMID: 23439512\nCited By :44\nkeywords: x, y\nmy own words}}\n"
    ).entries
    assert entry.metadata.title == "A & B"
    assert (entry.metadata.identifiers, entry.metadata.citations) == ({"pmid": "23439512"}, 44)
    assert (entry.tags, entry.notes) == (("x", "y"), ("my own words",))


def test_addresses_and_files() -> None:
    it = said(
        "title = {T}, url = {https://a.org/x\\_y}, pdf = {https://a.org/x.pdf}, code = {https://github.com/a/b},\n"
        "file = {:C\\:\\\\papers\\\\My Paper.pdf:PDF;Talk:http\\://b.org/talk.pdf:PDF;/home/me/z.html},\n"
        "link = {javascript:x}"
    )
    assert it.url == "https://a.org/x_y"
    assert [(link.rel, link.url, link.text) for link in it.links] == [
        ("pdf", "https://a.org/x.pdf", ""),
        ("code", "https://github.com/a/b", ""),
        ("pdf", "file:///C:/papers/My%20Paper.pdf", ""),
        ("pdf", "http://b.org/talk.pdf", "Talk"),
        ("other", "file:///home/me/z.html", ""),
    ]


@pytest.mark.parametrize(
    ("type_", "fields", "kind", "venue"),
    [
        ("article", "journal = {Nature}", "paper", "Nature"),
        ("article", "journaltitle = {Nature}", "paper", "Nature"),
        ("inproceedings", "booktitle = {Proceedings of Something}, series = {KDD '23}", "paper", "KDD '23"),
        ("phdthesis", "school = {MIT}", "thesis", "MIT"),
        ("thesis", "institution = {MIT}, type = {phdthesis}", "thesis", "MIT"),
        ("techreport", "institution = {MIT}", "paper", "MIT"),
        ("report", "institution = {MIT}, type = {PhD thesis}", "thesis", "MIT"),
        ("book", "publisher = {Knopf}", "book", "Knopf"),
        ("online", "url = {https://a.org/post}", "post", None),
        ("misc", "howpublished = {\\url{https://a.org/post}}", "post", None),
        ("misc", "url = {https://www.youtube.com/watch?v=x}", "video", None),
        ("misc", "url = {https://cdn.a.org/paper.pdf}", "paper", None),
        ("misc", "eprint = {1706.03762}", "paper", None),
        ("misc", "note = {\\url{https://a.org/post}}", "post", None),
        ("misc", "note = {URL: https://a.org/post, accessed 3 May 2020}", "post", None),
        ("misc", "journal = {Medium}, url = {https://medium.com/x}", "post", "Medium"),
        ("misc", "journal = {GitHub repository}, url = {https://github.com/a/b}", "resource", "GitHub repository"),
        ("misc", "publisher = {A Society}, url = {https://a.org/report}", "paper", "A Society"),
        ("misc", "howpublished = {Blog post}, year = 2020", "post", "Blog post"),
        ("misc", "type = {Software}, author = {A}", "resource", None),
        ("article", "journal = {\\prl}", "paper", "Physical Review Letters"),
        ("article", "journal = {\\mnras{}}", "paper", "Monthly Notices of the Royal Astronomical Society"),
        ("article", "journal = {arXiv e-prints}, eprint = {1706.03762}", "paper", "arXiv"),
        ("article", "journal = {CoRR}, year = 2017", "paper", "arXiv"),
        ("software", "url = {https://github.com/a/b}", "resource", None),
        ("dataset", "publisher = {Zenodo}", "resource", "Zenodo"),
        ("video", "", "video", None),
        ("invented", "", "paper", None),
    ],
)  # fmt: skip
def test_kinds_and_venues(type_: str, fields: str, kind: str, venue: str | None) -> None:
    it = said(f"title = {{T}}, {fields}", type_)
    assert (it.kind, it.venue) == (kind, venue)


def test_what_a_reader_says() -> None:
    it = entry(
        "title = {T}, readstatus = {skimmed}, priority = {prio1}, keywords = {a, b}, ranking = {rank5},\n"
        "annote = {Mine.\n\n  Second.}, comment = {Theirs}, comment-eve = {Eve's},\n"
        "creationdate = {2020-01-02T03:04:05},\n"
        "abstract = {One\n  line.\n\n  Two.}"
    )
    assert (it.mark, it.depth, it.priority, it.tags) == ("read", 1, "high", ("a", "b", "rank5"))
    assert it.notes == ("Mine.", "", "Second.", "", "Theirs", "", "Eve's")
    assert it.added == "2020-01-02T03:04:05+00:00" or it.added == "2020-01-02T03:04:05"
    assert it.metadata.abstract == "One line.\n\nTwo."
    assert entry("title = {T}, readstatus = {read}").mark == "read"
    assert entry("title = {T}").mark is None
    assert entry("title = {T}, note = {Cited by: 12}").metadata.citations == 12


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ("keywords = {vision, to-read}", "todo"),
        ("mendeley-tags = {toread}", "todo"),
        ("keywords = {/unread,⭐⭐}", "todo"),
        ("keywords = {待读；综述}", "todo"),
        ("keywords = {✅ read, to-read}", "read"),
        ("keywords = {/done}", "read"),
        ("groups = {To read}", "todo"),
        ("keywords = {to-read}, readstatus = {read}", "read"),  # what a field says outranks a tag
        ("keywords = {reading, read, machine reading}", None),  # subjects
        ("keywords = {*Reading}", None),  # a heading of PubMed
    ],
)
def test_tags_and_groups_that_tell_of_reading(fields: str, mark: str | None) -> None:
    it = entry(f"title = {{T}}, {fields}")
    assert it.mark == mark
    assert it.tags or it.topics, "the tag stays a tag"


def test_what_other_programs_call_it() -> None:
    it = entry("title = {T}, status = {read}, rating = {4}, tldr = {Short.}")
    assert (it.mark, it.tags, it.summary) == ("read", ("rank4",), "Short.")
    assert entry("title = {T}, status = {Published}").mark is None


def test_groups_are_topics_below_one_another() -> None:
    listing = read(
        "@article{a, title = {A}, groups = {Sub, Loose}}\n"
        "@article{b, title = {B}}\n\n"
        "@Comment{jabref-meta: grouping:\n"
        "0 AllEntriesGroup:;\n1 StaticGroup:Top\\;0\\;1\\;\\;\\;\\;;\n2 StaticGroup:Sub\\;0\\;1\\;\\;\\;\\;;\n"
        "1 SearchGroup:Unread\\;0\\;readstatus!=read\\;0\\;1\\;;\n1 ExplicitGroup:Old\\;0\\;b\\;;\n}\n"
    )
    assert listing.topics == (("Top",), ("Top", "Sub"), ("Old",), ("Loose",))
    assert [it.topics for it in listing.entries] == [(("Top", "Sub"), ("Loose",)), (("Old",),)]
    assert listing.lines == {"topics": 7, "papers": 2, "notes": 0, "blank": 1, "ignored": 0}


def test_static_groups_of_bibdesk() -> None:
    listing = read(
        "%% This BibTeX bibliography file was created using BibDesk.\n\n"
        "@article{a, title = {A}, rating = {4}, read = {1}, date-added = {2019-01-02 10:00:00 +0100}}\n"
        "@article{b, title = {B}}\n"
        "@comment{BibDesk Static Groups{\n<plist>\n<array>\n<dict>\n<key>group name</key>\n"
        "<string>Ropes &amp; Sails</string>\n<key>keys</key>\n<string>a,c</string>\n</dict>\n</array>\n</plist>\n}}\n"
    )
    one, two = listing.entries
    assert (one.topics, two.topics) == ((("Ropes & Sails",),), ())
    assert (one.mark, one.tags, one.added) == ("read", ("rank4",), "2019-01-02T10:00:00+01:00")
    assert listing.topics == (("Ropes & Sails",),)


def test_abbreviations() -> None:
    listing = read(
        '@string{acl = "ACL"}\n@STRING(long = acl # " and " # {more})\n@article{a, title = {T}, journal = LONG}\n'
    )
    assert listing.entries[0].metadata.venue == "ACL and more"
    assert read("@article{a, title = {T}, journal = ieeetpami}\n").entries[0].metadata.venue == "ieeetpami"


def test_a_chapter_inherits_from_its_book() -> None:
    listing = read(
        "@incollection{ch, crossref = {bk}, title = {Chapter}, author = {Doe, Jane}}\n"
        "@book{bk, title = {Book}, editor = {Roe, Bob}, year = 1999, doi = {10.1000/book}, note = {mine}}\n"
    )
    chapter = listing.entries[0].metadata
    assert (chapter.title, chapter.venue, chapter.year, chapter.identifiers) == ("Chapter", "Book", 1999, {})
    assert listing.entries[0].notes == ()


def test_entries_that_name_one_another_in_a_circle() -> None:
    listing = read("@book{a, crossref = {b}, title = {A}}\n@book{b, crossref = {a}, title = {B}, year = 2000}\n")
    assert [it.metadata.year for it in listing.entries] == [2000, 2000]


def test_xdata_is_no_work() -> None:
    listing = read("@xdata{x, publisher = {P}, title = {Shared}}\n@book{b, xdata = {x}, year = 2000}\n")
    assert [(it.metadata.title, it.metadata.venue) for it in listing.entries] == [("Shared", "P")]


@pytest.mark.parametrize(
    "broken",
    [
        "@article{bad, title = {No end, year = 2020\n",
        '@article{bad, title = "No end, year = 2020}\n',
        "@article{bad, title}\n",
        "@article{bad, title = {A}, = {B}, 17}\n",
    ],
)
def test_a_broken_entry_costs_no_other(broken: str) -> None:
    text = f"@article{{one, title = {{One}}}}\n\n{broken}\n@article{{two, title = {{Two}}}}\n"
    listing = read(text)
    assert [it.metadata.title for it in listing.entries] == ["One", "Two"]
    (it,) = [it for it in listing.ignored if it.broken]
    assert it.line == 3 and it.reason and "bad" in it.text


@pytest.mark.parametrize(
    ("lost", "behind", "year"),
    [
        ("  abstract = {It ends in the mid\n", "", None),  # as PMLR cuts its abstracts off
        ("  abstract = {One { brace too many.},\n", "  year = {2020}\n}\n", 2020),
        ("  abstract = {One } brace too many.},\n", "  year = {2020}\n}\n", 2020),
        ("  note = {{No end},\n", "  keywords = {a},\n  year = {2020}\n}\n", 2020),
    ],
)
def test_a_broken_abstract_costs_no_entry(lost: str, behind: str, year: int | None) -> None:
    listing = read(f"@article{{bad,\n  title = {{Bad}},\n{lost}{behind}\n@article{{two, title = {{Two}}}}\n")
    assert [(it.metadata.title, it.metadata.year) for it in listing.entries] == [("Bad", year), ("Two", None)]
    (it,) = listing.ignored
    assert it.broken and it.line == 3 and it.reason.startswith(("the field abstract", "the field note"))
    assert listing.entries[0].metadata.abstract is None


def test_what_was_put_out_of_use_is_not_read() -> None:
    listing = read(
        "@article{one, title = {One}}\n"
        "%@article{two,\n%  title = {Two}\n%}\n"
        "  %% @article{three, title = {Three}}\n% or @article{four, title = {Four}}?\n"
        "@comment{\n@article{four, title = {Four}}\n@article{five, title = {Five}}\n}\n"
        "@article{six, title = {Six}}\n"
    )
    assert [it.key for it in listing.entries] == ["one", "six"]
    assert [it.line for it in listing.ignored] == [2, 7], "one for lines that follow one another"
    assert not any(it.broken for it in listing.ignored)
    open_ = read("@comment{ has no end\n@article{one, title = {One}}\n")
    assert [it.key for it in open_.entries] == ["one"]


@pytest.mark.parametrize(
    "text",
    [
        "@article{k,\n  % before\n  title = {T}, % a, {comment\n  %year = {1999},\n  year = {2020}\n  % behind\n}\n",
        '@article(k, title = "T", % one\n  year = "20" # "20" % two\n)\n',
        "@article{k, title = {T}, note = {50% % of it}, % x\n  year = 2020}\n",
    ],
)
def test_remarks_between_fields(text: str) -> None:
    listing = read(text)
    assert [(it.metadata.title, it.metadata.year) for it in listing.entries] == [("T", 2020)]
    assert not listing.ignored
    assert listing.entries[0].notes in ((), ("50% % of it",))


def test_accents_in_quotation_marks() -> None:
    assert said('title = "T", author = "M\\"uller, J\\"org and \\"{O}z, A."').authors == ("Jörg Müller", "A. Öz")


@pytest.mark.parametrize(
    "sloppy",
    [
        "@article{key\n title = {Title}, year = 2020}",
        "@article{title = {Title}, year = 2020}",
        "@article{key, title = {Title} year = 2020}",
        "@article{key, title = {Title}\n  year = {2020},}",
        "@article{key, title = {Title}, , year = 2020}",
        "@ article {key, title = {Title}, year = 2020}",
        "@article\n{key, title = {Title}, year = 2020}",
        "@article(key, title = {Title}, year = 2020)",
        "@article{key, title = {Title}, title = {Other}, year = 2020}",
        "  @ARTICLE{key, TITLE = {Title}, Year = 2020}",
    ],
)
def test_what_leaves_no_doubt_is_read(sloppy: str) -> None:
    listing = read(sloppy)
    assert [(it.metadata.title, it.metadata.year) for it in listing.entries] == [("Title", 2020)]
    assert not listing.ignored


def test_lines_between_entries() -> None:
    listing = read(
        "% Encoding: UTF-8\n\nSome words.\n@preamble{x}\n@comment{y}\n"
        "@misc{z, year = 2000}\n@article{a,\n\ntitle={A}}\n"
    )
    assert listing.lines == {"topics": 0, "papers": 2, "notes": 0, "blank": 2, "ignored": 5}
    assert [it.line for it in listing.ignored] == [1, 3, 4, 5, 6]
    assert not any(it.broken for it in listing.ignored)


def test_many_entries_on_one_line() -> None:
    listing = read("".join(f"@article{{k{n}, title = {{Title {n}}}}} " for n in range(50)))
    assert len(listing.entries) == 50 and listing.lines["papers"] == 1
    listing = read("@article{a, title = {A}} @article{b, title = {B @article{c, title = {C}} @article{d, title={D}}")
    assert {"A", "C", "D"} <= {it.metadata.title for it in listing.entries}
    assert any(it.broken for it in listing.ignored)


def test_two_entries_with_one_key_are_both_read() -> None:
    listing = read("@article{k, title = {A}}\n@article{k, title = {B}}\n")
    assert [(it.key, it.metadata.title) for it in listing.entries] == [("k", "A"), ("k", "B")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@article{a, title = {A}}", True),
        ("% Encoding: UTF-8\n\n@Article{a,\n title = {A}\n}", True),
        ("This file was made by hand.\n\n@article{a,\n  title = {A},\n}\n", True),
        ("@string{a = {b}}", True),
        ("# My list\n\n- one\n- two\n- three\n\n```\n@article{a,\n title={A}\n}\n```\n", False),
        ("@someone (you know) wrote this\n- a paper\n", False),
        ("TY  - JOUR\nTI  - A\nER  - \n", False),
        ("just text", False),
    ],
)
def test_recognised_by_content(text: str, expected: bool) -> None:
    assert bibtex.recognises(text) is expected
    found = importers.recognise(text)
    assert found is not None and (found.__name__.endswith(".bibtex")) is expected


# -- laws --------------------------------------------------------------------------------------------------------------

_KEYS = st.text(string.ascii_letters + string.digits + ":-_", min_size=1, max_size=12)
_VALUES = st.text(st.characters(exclude_characters='{}\\"$%~@', exclude_categories=("C", "Zl", "Zp")), max_size=30)
_ENTRIES = st.builds(
    lambda type_, key, fields: f"@{type_}{{{key},\n" + "".join(f"  {n} = {{{v}}},\n" for n, v in fields) + "}\n",
    st.sampled_from(["article", "book", "misc", "inproceedings", "online", "Foo"]),
    _KEYS,
    st.lists(
        st.tuples(
            st.sampled_from("title author year doi url keywords note file date month crossref groups eprint".split()),
            _VALUES,
        ),
        max_size=6,
    ),
)
_PIECES = st.one_of(
    _ENTRIES,
    st.text(max_size=60),
    st.text(alphabet='@{}()=,"\\#\n articlestring', max_size=60),
    st.sampled_from(["@comment{x}\n", '@string{a = "b" # c}\n', "@article{", "% c\n", "\n\n", "\r\n", "\ufeff"]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_any_text_is_read_and_accounted_for(text: str) -> None:
    listing = read(text)
    for it in listing.entries:
        assert it.metadata.title or it.metadata.identifiers or it.metadata.url
        assert it.metadata.title is None or "\n" not in it.metadata.title


@settings(deadline=None, max_examples=100)
@given(st.lists(_VALUES.filter(str.strip), min_size=1, max_size=5))
def test_every_well_formed_entry_is_read(titles: list[str]) -> None:
    text = "".join(f"@article{{k{number},\n  title = {{{title}}}\n}}\n" for number, title in enumerate(titles))
    listing = read(text)
    assert [it.key for it in listing.entries] == [f"k{number}" for number in range(len(titles))]
    assert not listing.ignored
