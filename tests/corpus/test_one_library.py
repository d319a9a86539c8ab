"""One library, invented and written by hand as five programs would write it, is the same papers whichever is read."""

from __future__ import annotations

import csv
import io
import json
from types import ModuleType

import pytest

from readlist import importers
from readlist.domain.listing import Entry
from readlist.domain.venues import is_preprint_server
from readlist.importers import (
    bibtex,
    csl_json,
    csv_table,
    ris,
)

# As Better BibTeX writes it for BibTeX.
BIBTEX = r"""
@article{lindqvist2019tides,
  title = {Tides and {{ENSO}}: {{A}} Study of 50\% of All Harbours},
  author = {Lindqvist, {\AA}sa and van der Meer, Jan-Piet and L{\"o}we, Ren{\'e}},
  year = 2019,
  month = apr,
  journal = {Journal of Harbour Studies},
  volume = {12},
  number = {3},
  pages = {101--119},
  publisher = {Harbour Press},
  issn = {1234-5678},
  doi = {10.1234/jhs_2019.12-3},
  url = {https://www.example.org/jhs/12/3?a=1\&b=2},
  urldate = {2021-02-03},
  abstract = {We measured tides, ``slowly''. They rise.},
  langid = {english},
  keywords = {harbours,tides \& currents},
  file = {/home/asa/Zotero/storage/ABCD1234/Lindqvist et al. - 2019 - Tides.pdf}
}

@inproceedings{okafor2020sails,
  title = {Learning {{Sails}} from {{Wind}}},
  booktitle = {Proceedings of the 3rd {{Workshop}} on {{Sailing Machines}}},
  author = {Okafor, Chidi},
  year = 2020,
  eprint = {2004.01234},
  primaryclass = {cs.RO},
  archiveprefix = {arXiv},
  pages = {1--9},
  publisher = {Sailing Society},
  address = {Lagos}
}

@misc{moreau2021knots,
  title = {On {{Knots}}},
  author = {Moreau, L{\'e}a and {Knot Group at Example University}},
  year = 2021,
  month = jul,
  number = {arXiv:2107.00001},
  eprint = {2107.00001},
  primaryclass = {math.GT},
  publisher = {arXiv},
  archiveprefix = {arXiv},
  keywords = {Mathematics - Geometric Topology},
  note = {Comment: 12 pages}
}

@book{hale1998ropes,
  title = {The {{Book}} of {{Ropes}}},
  author = {Hale, Thomas},
  year = 1998,
  edition = {2},
  publisher = {Mariner Press},
  address = {Boston},
  isbn = {978-0-00-000000-2}
}

@phdthesis{silva2012anchors,
  title = {Anchors},
  author = {Silva, Inês},
  year = 2012,
  school = {University of Porto}
}

@techreport{bureau2015charts,
  title = {Charts of the {{North}}},
  author = {{Bureau of Charts and Lights}},
  year = 2015,
  institution = {Bureau of Charts and Lights}
}

@article{王2018港口,
  title = {港口潮汐综述},
  author = {王, 小明 and 李, 华},
  year = 2018,
  journal = {港口学报}
}
"""

# As Zotero writes it for BibLaTeX.
BIBLATEX = r"""
@article{lindqvist2019tides,
	title = {Tides and {ENSO}: A Study of 50\% of All Harbours},
	volume = {12},
	issn = {1234-5678},
	url = {https://www.example.org/jhs/12/3?a=1&b=2},
	doi = {10.1234/jhs_2019.12-3},
	abstract = {We measured tides, “slowly”. They rise.},
	pages = {101--119},
	number = {3},
	journaltitle = {Journal of Harbour Studies},
	author = {Lindqvist, Åsa and family=Meer, given=Jan-Piet, prefix=van der, useprefix=true and Löwe, René},
	urldate = {2021-02-03},
	date = {2019-04},
	langid = {english},
	keywords = {harbours, tides \& currents},
	file = {Tides:/home/asa/Zotero/storage/ABCD1234/Lindqvist et al. - 2019 - Tides.pdf:application/pdf},
}

@inproceedings{okafor2020sails,
	location = {Lagos},
	title = {Learning Sails from Wind},
	pages = {1--9},
	eventtitle = {Workshop on Sailing Machines},
	booktitle = {Proceedings of the 3rd Workshop on Sailing Machines},
	publisher = {Sailing Society},
	author = {Okafor, Chidi},
	date = {2020},
	eprinttype = {arxiv},
	eprint = {2004.01234 [cs]},
}

@online{moreau2021knots,
	title = {On Knots},
	author = {Moreau, Léa and {Knot Group at Example University}},
	date = {2021-07},
	eprinttype = {arxiv},
	eprint = {2107.00001 [math]},
	keywords = {Mathematics - Geometric Topology},
	note = {Comment: 12 pages},
}

@book{hale1998ropes,
	location = {Boston},
	edition = {2},
	title = {The Book of Ropes},
	isbn = {978-0-00-000000-2},
	publisher = {Mariner Press},
	author = {Hale, Thomas},
	date = {1998},
}

@thesis{silva2012anchors,
	title = {Anchors},
	institution = {University of Porto},
	type = {phdthesis},
	author = {Silva, Inês},
	date = {2012},
}

@report{bureau2015charts,
	title = {Charts of the North},
	institution = {Bureau of Charts and Lights},
	author = {{Bureau of Charts and Lights}},
	date = {2015},
}

@article{王2018港口,
	title = {港口潮汐综述},
	journaltitle = {港口学报},
	author = {王, 小明 and 李, 华},
	date = {2018},
}
"""

# As Zotero writes RIS.
RIS = """
TY  - JOUR
TI  - Tides and ENSO: A Study of 50% of All Harbours
AU  - Lindqvist, Åsa
AU  - van der Meer, Jan-Piet
AU  - Löwe, René
T2  - Journal of Harbour Studies
AB  - We measured tides, “slowly”. They rise.
DA  - 2019/04//
PY  - 2019
DO  - 10.1234/jhs_2019.12-3
DP  - Example Library
VL  - 12
IS  - 3
SP  - 101
EP  - 119
LA  - en
SN  - 1234-5678
UR  - https://www.example.org/jhs/12/3?a=1&b=2
Y2  - 2021/02/03/09:10:11
L1  - file:///home/asa/Zotero/storage/ABCD1234/Lindqvist%20et%20al.%20-%202019%20-%20Tides.pdf
KW  - harbours
KW  - tides & currents
ER  -\x20

TY  - CONF
TI  - Learning Sails from Wind
AU  - Okafor, Chidi
T3  - Workshop on Sailing Machines
C3  - Proceedings of the 3rd Workshop on Sailing Machines
CY  - Lagos
PY  - 2020
SP  - 1
EP  - 9
PB  - Sailing Society
UR  - https://arxiv.org/abs/2004.01234
ER  -\x20

TY  - GEN
TI  - On Knots
AU  - Moreau, Léa
AU  - Knot Group at Example University
AN  - arXiv:2107.00001
DA  - 2021/07//
PY  - 2021
DP  - arXiv.org
PB  - arXiv
UR  - http://arxiv.org/abs/2107.00001
N1  - Comment: 12 pages
KW  - Mathematics - Geometric Topology
ER  -\x20

TY  - BOOK
TI  - The Book of Ropes
AU  - Hale, Thomas
CY  - Boston
ET  - 2
PB  - Mariner Press
SN  - 978-0-00-000000-2
PY  - 1998
ER  -\x20

TY  - THES
TI  - Anchors
AU  - Silva, Inês
PY  - 2012
M3  - PhD Thesis
PB  - University of Porto
ER  -\x20

TY  - RPRT
TI  - Charts of the North
AU  - Bureau of Charts and Lights
PY  - 2015
PB  - Bureau of Charts and Lights
ER  -\x20

TY  - JOUR
TI  - 港口潮汐综述
AU  - 王, 小明
AU  - 李, 华
T2  - 港口学报
PY  - 2018
ER  -\x20
"""


def _names(*names: tuple[str, str]) -> list[dict[str, str]]:
    return [{"family": family, "given": given} if given else {"literal": family} for family, given in names]


# As Better BibTeX writes CSL-JSON.
CSL = json.dumps(
    [
        {"id": "lindqvist2019tides", "type": "article-journal", "container-title": "Journal of Harbour Studies",
         "title": "Tides and ENSO: A Study of 50% of All Harbours", "DOI": "10.1234/jhs_2019.12-3", "ISSN": "1234-5678",
         "URL": "https://www.example.org/jhs/12/3?a=1&b=2", "volume": "12",
         "accessed": {"date-parts": [["2021", 2, 3]]},
         "abstract": "We measured tides, “slowly”. They rise.", "issued": {"date-parts": [["2019", 4]]}, "issue": "3",
         "author": [{"family": "Lindqvist", "given": "Åsa"},
                    {"family": "Meer", "given": "Jan-Piet", "non-dropping-particle": "van der"},
                    {"family": "Löwe", "given": "René"}], "keyword": "harbours, tides & currents"},
        {"id": "okafor2020sails", "type": "paper-conference", "title": "Learning Sails from Wind",
         "container-title": "Proceedings of the 3rd Workshop on Sailing Machines", "publisher": "Sailing Society",
         "event-title": "Workshop on Sailing Machines", "author": _names(("Okafor", "Chidi")),
         "note": "arXiv: 2004.01234 [cs]",
         "issued": {"date-parts": [["2020"]]}},
        {"id": "moreau2021knots", "type": "article", "title": "On Knots", "number": "arXiv:2107.00001",
         "publisher": "arXiv",
         "author": _names(("Moreau", "Léa"), ("Knot Group at Example University", "")), "source": "arXiv.org",
         "issued": {"date-parts": [["2021", 7]]}, "note": "Comment: 12 pages",
         "keyword": "Mathematics - Geometric Topology"},
        {"id": "hale1998ropes", "type": "book", "title": "The Book of Ropes", "publisher": "Mariner Press",
         "edition": "2",
         "publisher-place": "Boston", "author": _names(("Hale", "Thomas")), "issued": {"date-parts": [["1998"]]}},
        {"id": "silva2012anchors", "type": "thesis", "title": "Anchors", "publisher": "University of Porto",
         "genre": "PhD Thesis", "author": _names(("Silva", "Inês")), "issued": {"date-parts": [["2012"]]}},
        {"id": "bureau2015charts", "type": "report", "title": "Charts of the North",
         "publisher": "Bureau of Charts and Lights", "author": _names(("Bureau of Charts and Lights", "")),
         "issued": {"date-parts": [["2015"]]}},
        {"id": "王2018港口", "type": "article-journal", "title": "港口潮汐综述", "container-title": "港口学报",
         "author": _names(("王", "小明"), ("李", "华")), "issued": {"date-parts": [["2018"]]}},
    ],
    ensure_ascii=False,
)  # fmt: skip


def _table() -> str:
    """As Zotero writes its CSV."""
    head = ("Key", "Item Type", "Publication Year", "Author", "Title", "Publication Title", "ISSN", "DOI", "Url",
            "Abstract Note", "Date", "Date Added", "Publisher", "Archive", "Extra", "Notes", "File Attachments",
            "Manual Tags", "Automatic Tags", "Number", "University")  # fmt: skip
    rows: list[dict[str, str]] = [
        {"Key": "ABCD1234", "Item Type": "journalArticle", "Publication Year": "2019",
         "Author": "Lindqvist, Åsa; van der Meer, Jan-Piet; Löwe, René", "Date": "2019-04",
         "Title": "Tides and ENSO: A Study of 50% of All Harbours", "Publication Title": "Journal of Harbour Studies",
         "DOI": "10.1234/jhs_2019.12-3", "Url": "https://www.example.org/jhs/12/3?a=1&b=2",
         "Abstract Note": "We measured tides, “slowly”. They rise.", "Extra": "Citation Key: lindqvist2019tides",
         "File Attachments": "/home/asa/Zotero/storage/ABCD1234/Lindqvist et al. - 2019 - Tides.pdf",
         "Manual Tags": "harbours; tides & currents", "Publisher": "Harbour Press"},
        {"Key": "ABCD1235", "Item Type": "conferencePaper", "Publication Year": "2020", "Author": "Okafor, Chidi",
         "Title": "Learning Sails from Wind", "Publisher": "Sailing Society",
         "Publication Title": "Proceedings of the 3rd Workshop on Sailing Machines",
         "Extra": "arXiv: 2004.01234 [cs]\nCitation Key: okafor2020sails"},
        {"Key": "ABCD1236", "Item Type": "preprint", "Publication Year": "2021", "Publisher": "arXiv",
         "Author": "Moreau, Léa; Knot Group at Example University", "Title": "On Knots", "Number": "arXiv:2107.00001",
         "Automatic Tags": "Mathematics - Geometric Topology",
         "Extra": "Citation Key: moreau2021knots\nComment: 12 pages"},
        {"Key": "ABCD1237", "Item Type": "book", "Publication Year": "1998", "Author": "Hale, Thomas",
         "Title": "The Book of Ropes", "Publisher": "Mariner Press", "Extra": "Citation Key: hale1998ropes"},
        {"Key": "ABCD1238", "Item Type": "thesis", "Publication Year": "2012", "Author": "Silva, Inês",
         "Title": "Anchors", "University": "University of Porto", "Extra": "Citation Key: silva2012anchors"},
        {"Key": "ABCD1239", "Item Type": "report", "Publication Year": "2015", "Author": "Bureau of Charts and Lights",
         "Title": "Charts of the North", "Publisher": "Bureau of Charts and Lights",
         "Extra": "Citation Key: bureau2015charts"},
        {"Key": "ABCD1240", "Item Type": "journalArticle", "Publication Year": "2018", "Author": "王, 小明; 李, 华",
         "Title": "港口潮汐综述", "Publication Title": "港口学报", "Extra": "Citation Key: 王2018港口"},
    ]  # fmt: skip
    made = io.StringIO()
    writer = csv.DictWriter(made, head, restval="", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + made.getvalue()


CASES: tuple[tuple[str, str, ModuleType, frozenset[str]], ...] = (
    ("biblatex", BIBLATEX, bibtex, frozenset()),
    ("ris", RIS, ris, frozenset(("key",))),  # Zotero writes no keys there
    ("csl-json", CSL, csl_json, frozenset(("files",))),  # nor files here
    ("zotero's table", _table(), csv_table, frozenset()),
)


def told(entry: Entry) -> dict[str, object]:
    said = entry.metadata
    served = said.venue is not None and is_preprint_server(said.venue)
    return {
        "title": said.title, "authors": said.authors, "year": said.year, "venue": None if served else said.venue,
        "identifiers": dict(said.identifiers), "url": said.url, "kind": said.kind, "abstract": said.abstract,
        "tags": entry.tags, "notes": entry.notes, "files": {link.url for link in said.links}, "key": entry.key,
    }  # fmt: skip


@pytest.mark.parametrize(("text", "reader", "cannot"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_same_papers_in_every_format(text: str, reader: ModuleType, cannot: frozenset[str]) -> None:
    first, other = bibtex.read(BIBTEX), reader.read(text)
    assert importers.recognise(text) is reader
    assert not [it for it in other.ignored if it.broken]
    for one, again in zip(first.entries, other.entries, strict=True):
        expected, found = told(one), told(again)
        assert {what: found[what] for what in found if what not in cannot} == {
            what: expected[what] for what in expected if what not in cannot
        }


def test_what_the_library_holds() -> None:
    tides, sails, knots, ropes, anchors, charts, harbour = map(told, bibtex.read(BIBTEX).entries)
    assert tides["title"] == "Tides and ENSO: A Study of 50% of All Harbours"
    assert tides["authors"] == ("Åsa Lindqvist", "Jan-Piet van der Meer", "René Löwe")
    assert tides["identifiers"] == {"doi": "10.1234/jhs_2019.12-3"}
    assert tides["url"] == "https://www.example.org/jhs/12/3?a=1&b=2"
    assert tides["tags"] == ("harbours", "tides & currents")
    assert sails["identifiers"] == {"arxiv": "2004.01234"}
    assert (knots["authors"], knots["identifiers"], knots["kind"]) == (
        ("Léa Moreau", "Knot Group at Example University"), {"arxiv": "2107.00001"}, "paper",
    )  # fmt: skip
    assert (ropes["venue"], ropes["kind"]) == ("Mariner Press", "book")
    assert (anchors["venue"], anchors["kind"]) == ("University of Porto", "thesis")
    assert (charts["venue"], charts["authors"]) == ("Bureau of Charts and Lights", ("Bureau of Charts and Lights",))
    assert (harbour["title"], harbour["authors"], harbour["key"]) == ("港口潮汐综述", ("王小明", "李华"), "王2018港口")
