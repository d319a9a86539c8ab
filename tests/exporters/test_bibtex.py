"""BibTeX that other programs read without a complaint, whatever the papers are called."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string as parse
from bibtexparser.library import Library
from hypothesis import given
from pybtex.database import BibliographyData, parse_string

from readlist.domain.paper import Paper
from readlist.domain.shelf import Shelf
from readlist.domain.text import fold, one_line
from readlist.exporters import bibtex
from tests.exporters.shelves import EVERY_KIND, hostile, noted, paper, shelf


def text_of(it: Shelf) -> str:
    return "".join(bibtex.write(it))


def entry(it: Paper) -> dict[str, str]:
    """The fields of the paper's entry, as they stand there; "" is its type."""
    found = parse(text_of(shelf(it)))
    assert not found.failed_blocks
    (only,) = found.entries
    return {"": only.entry_type, **{field.key: str(field.value) for field in only.fields}}


def both(text: str) -> tuple[Library, BibliographyData]:
    """The text as two parsers read it; neither may complain."""
    ours = parse(text)
    assert not ours.failed_blocks, ours.failed_blocks[0].raw
    return ours, parse_string(text, "bibtex")


def plain(tex: str) -> str:
    """What LaTeX prints for a field that was escaped here."""
    for name, sign in (("braceleft", "\x01"), ("braceright", "\x02"), ("asciitilde", "~"), ("asciicircum", "^")):
        tex = tex.replace(f"\\text{name}{{}}", sign)
    tex = tex.replace("\\textbackslash{}", "\x03")
    tex = re.sub(r"\\([&%$#_])", r"\1", tex).replace("{", "").replace("}", "")
    return tex.replace("\x01", "{").replace("\x02", "}").replace("\x03", "\\")


@pytest.mark.parametrize(
    ("number", "kind", "place"),
    [(0, "inproceedings", "booktitle"), (1, "article", "journal"), (2, "misc", None), (3, "online", None),
     (4, "phdthesis", "school"), (5, "book", "publisher"), (6, "online", None), (7, "software", None),
     (8, "misc", None), (9, "misc", "howpublished"), (10, "inproceedings", "booktitle")],
)  # fmt: skip
def test_the_type_says_what_it_is(number: int, kind: str, place: str | None) -> None:
    fields = entry(EVERY_KIND[number])
    assert fields[""] == kind
    assert not place or fields[place] == EVERY_KIND[number].venue
    assert fields.keys() & {"booktitle", "journal", "school", "publisher", "howpublished"} == (
        {place} if place else set()
    )


@pytest.mark.parametrize(
    ("venue", "kind"),
    [("TACL", "article"), ("NeurIPS", "inproceedings"), ("Nature", "article"), ("PVLDB", "article"),
     ("VLDB", "inproceedings"), ("Physical Review Letters", "article"), ("New Phytologist", "article"),
     ("软件学报", "article"), ("Proc. of the Workshop on Journals", "inproceedings"), ("ICXYZ 2020", "inproceedings"),
     ("SSRN", "misc")],
)  # fmt: skip
def test_journals_and_conferences_are_told_apart(venue: str, kind: str) -> None:
    assert entry(paper(venue=venue))[""] == kind


def test_what_is_only_said_to_be_on_the_web_is_of_no_type() -> None:
    """An @online without an address is one that biber complains of; a column is an article of its paper."""
    assert entry(paper(kind="post", venue="The Times", identifiers={}))[""] == "article"
    assert entry(paper(kind="video", venue=None, identifiers={}))[""] == "misc"


def test_a_paper_that_is_only_on_the_web_is_called_one() -> None:
    assert entry(paper(venue=None, identifiers={}, url="https://a.example/x"))[""] == "unpublished"


def test_a_whole_entry() -> None:
    assert text_of(shelf(EVERY_KIND[0])) == (
        "@inproceedings{gao2021simcse,\n"
        "  title = {{SimCSE}: Simple Contrastive Learning of Sentence Embeddings},\n"
        "  author = {Gao, Tianyu and Yao, Xingcheng and Chen, Danqi},\n"
        "  booktitle = {EMNLP},\n"
        "  year = {2021},\n"
        "  eprint = {2104.08821},\n"
        "  archiveprefix = {arXiv},\n"
        "  keywords = {survey},\n"
        "  annote = {Dropout is the augmentation.\n\n"
        "- 20\\% better\n- \\textbraceleft{}odd\\textbraceright{} \\& 'quoted'},\n"
        "}\n"
    )


NAMES = (
    ("Tianyu Gao", "Gao, Tianyu"), ("Gao, Tianyu", "Gao, Tianyu"),
    ("Laurens van der Maaten", "van der Maaten, Laurens"),
    ("Robert Downey Jr.", "Downey, Jr., Robert"), ("Downey, Robert, Jr.", "Downey, Jr., Robert"),
    ("OpenAI", "{OpenAI}"), ("Google DeepMind", "{Google DeepMind}"), ("The BERT Team", "{The BERT Team}"),
    ("Foo, Inc.", "{Foo, Inc.}"), ("Research and Development", "{Research and Development}"), ("李沐", "{李沐}"),
    ("Yang Ai", "Ai, Yang"), ("Plato", "{Plato}"), ("a, b, c, d", "{a, b, c, d}"), ("Smith & Co", "{Smith \\& Co}"),
    ("Ann Lee et al.", "Lee, Ann and others"), ("et al.", "others"),
)  # fmt: skip


@pytest.mark.parametrize(("author", "written"), NAMES)
def test_names(author: str, written: str) -> None:
    assert entry(paper(authors=(author,)))["author"] == written


def test_names_are_read_as_they_were_meant() -> None:
    _, found = both(text_of(shelf(paper(authors=("Laurens van der Maaten", "Robert Downey Jr.", "Foo and Bar, Inc.")))))
    people = found.entries["gao2021simcse"].persons["author"]
    assert [" ".join(person.prelast_names + person.last_names) for person in people] == [
        "van der Maaten",
        "Downey",
        "{Foo and Bar, Inc.}",
    ]
    assert people[1].lineage_names == ["Jr."] and people[1].first_names == ["Robert"]


TITLES = (
    ("BERT: Pre-training of Deep Transformers", "{BERT}: Pre-training of Deep Transformers"),
    ("Learning from German text with the help of Bayes", "Learning from {German} text with the help of {Bayes}"),
    ("What is new? Some facts on the use of language", "What is new? Some facts on the use of language"),
    ("K-means in R and C++", "{K}-means in {R} and {C++}"),
    ("A Study", "A Study"),
    ("ATTENTION IS ALL YOU NEED", "ATTENTION IS ALL YOU NEED"),
    ("In $O(n^2)$ for $5 or $6", "In {$O(n^2)$} for \\$5 or \\$6"),
    ("50% of # & a_b~c^d", "50\\% of \\# \\& a\\_b\\textasciitilde{}c\\textasciicircum{}d"),
    ("}, note={x", "\\textbraceright{}, note=\\textbraceleft{}x"),
    ("a $b}$ $\\{$", "a \\$b\\textbraceright{}\\$ \\$\\textbackslash{}\\textbraceleft{}\\$"),
    ("对比学习综述", "对比学习综述"),
)


@pytest.mark.parametrize(("title", "written"), TITLES)
def test_titles(title: str, written: str) -> None:
    assert entry(paper(title))["title"] == written


@pytest.mark.parametrize(
    ("key", "written"),
    [("gao2021simcse", "gao2021simcse"), ("arxiv:2303.08774", "arxiv:2303.08774"), ("hep-th/9901001", "hep-th/9901001"),
     ("李2021如何", "李2021如何"), ("2004A&A...42", "2004A&A...42"),
     ("O'Neil 2020", "O-Neil-2020-135b01"),
     ("a{b},c%", "a-b-c-6aef2e")],
)  # fmt: skip
def test_keys_are_kept_as_far_as_they_can_be(key: str, written: str) -> None:
    assert bibtex.key_of(key) == written


def test_keys_stay_different() -> None:
    keys = ("a b", "a,b", "a-b", "A-B", "", ",")
    text = text_of(shelf(*(paper(id=i, key=key) for i, key in enumerate(keys))))
    ours, theirs = both(text)
    assert len({found.key.casefold() for found in ours.entries}) == len(theirs.entries) == len(keys)
    alone = {re.findall(r"\{(.*),", text_of(shelf(paper(key=key))))[0] for key in ("a b", "a,b", "a-b")}
    assert alone <= {found.key for found in ours.entries}, "a key depends on what else is exported"


@pytest.mark.parametrize(
    ("tags", "written"), [(("a", "b c"), "a, b c"), (("a, b", "c"), "a, b; c"), (("a, b",), "a, b;"), (("C#",), "C\\#")]
)
def test_tags_are_keywords(tags: tuple[str, ...], written: str) -> None:
    assert entry(paper(tags=tags))["keywords"] == written


def test_addresses_stand_as_they_are() -> None:
    fields = entry(paper(url="https://a.example/x_y?a=1&b=50%25#{z}", identifiers={"doi": "10.1/a_b#c"}))
    assert (fields["url"], fields["doi"]) == ("https://a.example/x_y?a=1&b=50%25#%7Bz%7D", "10.1/a_b#c")
    assert entry(EVERY_KIND[10])["url"] == "https://aclanthology.org/P17-1061"
    assert entry(EVERY_KIND[9]) | {"eprint": "12345", "archiveprefix": "pubmed"} == entry(EVERY_KIND[9])
    assert "url" not in entry(paper(url="https://arxiv.org/abs/2104.08821v2")), "the e-print says it"


def test_two_parsers_read_every_kind() -> None:
    ours, theirs = both(text_of(shelf(*EVERY_KIND)))
    assert len(ours.entries) == len(theirs.entries) == len(EVERY_KIND)


@given(hostile())
def test_no_text_breaks_out_of_its_field(it: Shelf) -> None:
    ours, theirs = both(text_of(it))
    assert len(ours.entries) == len(theirs.entries) == len(it.papers)
    allowed = {"title", "author", "booktitle", "journal", "school", "publisher", "howpublished", "organization", "year",
               "doi", "eprint", "archiveprefix", "url", "file", "keywords", "abstract", "annote"}  # fmt: skip
    for known, found in zip(it.papers, ours.entries, strict=True):
        assert {field.key for field in found.fields} <= allowed
        assert fold(plain(found["title"])) == fold(one_line(known.title))


@pytest.fixture(scope="module")
def biber() -> str:
    found = shutil.which("biber")
    if not found:
        pytest.skip("biber, which checks BibTeX for biblatex, is not installed (apt-get install biber)")
    return found


def complaints(biber: str, text: str, folder: Path) -> list[str]:
    """What biber has to say of an exported file, other than that something is not known of a paper."""
    (folder / "all.bib").write_text(text, "utf-8")
    done = subprocess.run(
        [biber, "--tool", "--validate-datamodel", "--output-file", "out.bib", "all.bib"],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert (folder / "out.bib").read_text("utf-8").count("\n@") + 1 >= text.count("\n@")
    told = [line for line in done.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    return [line for line in told if "Missing mandatory field" not in line]


def test_biber_has_no_complaint(biber: str, tmp_path: Path) -> None:
    worst = paper(
        "@misc{a, title={b}} % $x$ $\\{$", id=99, key="worst", authors=("Foo and {Bar}, 100%", "é\\ü"),
        tags=("a,b", "#c"), abstract="one\n@article{x,\n y = {z}\n\n# {", notes=noted("a = b\nc=d", '"quoted\n}'),
    )  # fmt: skip
    assert complaints(biber, text_of(shelf(*EVERY_KIND, worst)), tmp_path) == []
