"""EndNote's XML: fields, fonts, broken records, and no other XML taken for it."""

from __future__ import annotations

import pytest

from readlist import importers
from readlist.domain.listing import Listing
from readlist.errors import InputError
from readlist.importers import endnote_xml

RECORD = """<record>
  <ref-type name="Journal Article">17</ref-type>
  <contributors>
    <authors><author><style face="normal">Ainley, D.G.</style></author><author>Ribic, C.A.</author></authors>
    <secondary-authors><author>Poe, E.</author></secondary-authors>
  </contributors>
  <titles>
    <title>
      <style face="normal">A study of the</style>
      <style face="italic"> Catharacta</style> &amp; others
    </title>
    <secondary-title>J. Anim. Ecol.</secondary-title>
  </titles>
  <periodical><full-title>Journal of Animal Ecology</full-title></periodical>
  <dates><year>1990</year><pub-dates><date>Jan 3</date></pub-dates></dates>
  <electronic-resource-num>10.1000/xyz</electronic-resource-num>
  <keywords><keyword>birds, of the sea</keyword><keyword>to-read</keyword></keywords>
  <abstract>One.&#xD;Two.</abstract>
  <notes>Times Cited:5&#xD;mine</notes>
  <urls><related-urls><url>https://example.org/x</url></related-urls>
    <pdf-urls><url>internal-pdf://1/x.pdf</url><url>file:///home/me/x.pdf</url></pdf-urls></urls>
</record>"""


def read(*records: str) -> Listing:
    """The records as a file, after the account of its lines is checked."""
    text = '<?xml version="1.0" encoding="UTF-8" ?>\n<xml>\n<records>\n' + "\n".join(records) + "\n</records>\n</xml>\n"
    found = importers.recognise(text)
    assert found is not None and found.__name__.endswith(".endnote_xml")
    listing = endnote_xml.read(text)
    assert sum(listing.lines.values()) == text.count("\n")
    return listing


def test_a_record_says_what_a_paper_is() -> None:
    (entry,) = read(RECORD).entries
    said = entry.metadata
    assert (entry.line, said.title) == (4, "A study of the Catharacta & others")
    assert said.authors == ("D.G. Ainley", "C.A. Ribic")
    assert (said.venue, said.published, said.identifiers) == (
        "Journal of Animal Ecology",
        "1990-01-03",
        {"doi": "10.1000/xyz"},
    )
    assert (said.url, [link.url for link in said.links]) == ("https://example.org/x", ["file:///home/me/x.pdf"])
    assert (said.abstract, said.citations) == ("One.\nTwo.", 5)
    assert (entry.tags, entry.mark, entry.notes) == (("birds, of the sea", "to-read"), "todo", ("mine",))


@pytest.mark.parametrize(
    ("type_", "kind"),
    [("Book", "book"), ("Thesis", "thesis"), ("Computer Program", "resource"), ("Conference Paper", "paper")],
)
def test_kinds(type_: str, kind: str) -> None:
    (entry,) = read(f'<record><ref-type name="{type_}">0</ref-type><titles><title>T</title></titles></record>').entries
    assert entry.metadata.kind == kind


def test_a_broken_record_costs_no_other() -> None:
    listing = read(
        RECORD,
        "<record><titles><title>No end</record>",
        "<record><titles><title>Two &nbsp;\x0b words</title></titles></record>",
        "<record><rec-number>3</rec-number></record>",
    )
    assert [entry.metadata.title for entry in listing.entries] == ["A study of the Catharacta & others", "Two words"]
    below = 4 + RECORD.count("\n")
    assert [(it.line, it.broken) for it in listing.ignored] == [(below + 1, True), (below + 3, False)]


def test_a_file_that_is_cut_off() -> None:
    text = f"<xml><records>{RECORD}{RECORD[:300]}"
    listing = endnote_xml.read(text)
    assert len(listing.entries) == 1 and any(it.broken for it in listing.ignored)
    with pytest.raises(InputError):
        endnote_xml.read(f"<xml><records>{RECORD[:300]}")


@pytest.mark.parametrize(
    "text", ["", "<xml></xml>", "<!DOCTYPE html><records>", "<rdf:RDF></rdf:RDF>", "<records><record/></records>"]
)
def test_what_is_not_it(text: str) -> None:
    assert not endnote_xml.recognises(text)
