"""BibTeX, as BibTeX and biber both read it: UTF-8, one entry a paper, in order of the citation keys.

Text is escaped for LaTeX, so that no title ends its field, begins a comment or runs a command; formulas between
dollars are kept, as they are meant for LaTeX. Capitals that must stay are put into braces. Sources: the BibTeX
manual (btxdoc, btxhak) for entries, names and keys; the biblatex manual 2.2 for fields, verbatim ones among them.

| what a paper has | what becomes of it |
|---|---|
| key, title, authors, year, venue, DOI | their fields; of a key what BibTeX cannot have is replaced |
| other identifiers | arXiv's or else PubMed's as the e-print, the best other one as the address |
| files | `file`, as reference managers write it |
| tags; abstract; summary and notes | `keywords`; `abstract`; `annote`, all in one |
| kind | the type; a post or video without an address, or with an identifier, is a publication |
| dashes and quotation marks of LaTeX in a title | what LaTeX prints for them |
| other links, day, topics, state, passes, priority, counts, when it was added | are not told |
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from readlist.domain.metadata import Link
from readlist.domain.shelf import AnyPaper, Shelf
from readlist.domain.text import one_line, printable
from readlist.exporters import _work as work

# By sort of publication: the type of the entry, and the field in which its venue stands.
_TYPES: dict[work.Sort, tuple[str, str]] = {
    "conference": ("inproceedings", "booktitle"),
    "journal": ("article", "journal"),
    "preprint": ("misc", "howpublished"),
    "unpublished": ("misc", "howpublished"),
    "thesis": ("phdthesis", "school"),
    "book": ("book", "publisher"),
    "post": ("online", "organization"),
    "video": ("online", "organization"),
    "resource": ("software", "organization"),
}


def write(shelf: Shelf) -> Iterator[str]:
    """The entries, one piece each."""
    taken: set[str] = set()
    for number, paper in enumerate(shelf.papers):
        key = _unused(key_of(paper.key), taken)
        taken.add(key.casefold())
        yield ("\n" if number else "") + entry(paper, key)


def entry(paper: AnyPaper, key: str) -> str:
    """The paper as an entry with the key `key`."""
    sort = work.sort_of(paper)
    if _TYPES[sort][0] == "online" and not any(work.addresses(paper)):  # it would want one
        sort = work.publication(paper)
    kind, place = _TYPES[sort]
    if sort == "unpublished" and not paper.identifiers and work.url(paper):
        # Of a work that is only on the web "misc" tells nothing; this says that it is a paper.
        kind = "unpublished"
    fields = "".join([f"  {name} = {{{value}}},\n" for name, value in _fields(paper, place) if value])
    return f"@{kind}{{{key},\n{fields}}}\n"


def _fields(paper: AnyPaper, place: str) -> Iterator[tuple[str, str]]:
    yield "title", title(one_line(paper.title))
    yield "author", _authors(paper)
    # Of an e-print the archive is said below.
    yield place, escaped(work.venue(paper) or ("" if paper.identifiers.get("arxiv") else work.place(paper)))
    yield "year", str(paper.year or "")
    yield "doi", _verbatim(paper.identifiers.get("doi", ""))
    # A field there is for one e-print only.
    beside: tuple[str, ...] = ()
    for scheme, archive in _ARCHIVES:
        if paper.identifiers.get(scheme):
            yield "eprint", _verbatim(paper.identifiers[scheme])
            yield "archiveprefix", archive
            beside = (scheme,)
            break
    yield "url", _verbatim(next(work.addresses(paper, beside), ""))
    if paper.links:
        yield "file", ";".join(map(_file, filter(work.is_file, paper.links)))
    if paper.tags:
        yield "keywords", _keywords(paper.tags)
    if paper.abstract:
        # A line that ends in an abstract ends a paragraph; in BibTeX only an empty line does.
        whole = paper.abstract
        lines = printable(whole).split("\n") if "\n" in whole or "\r" in whole else [whole]
        yield "abstract", "\n\n".join([_typed(line) for line in map(one_line, lines) if line])
    if paper.summary or paper.notes:
        yield "annote", _text("\n\n".join(work.notes(paper)))


_ARCHIVES = (("arxiv", "arXiv"), ("pmid", "pubmed"))
"""Identifiers that are e-prints, with the names of their archives; arXiv's as BibTeX styles know it."""


# -- keys --------------------------------------------------------------------------------------------------------------

# BibTeX allows no blank and none of "#%'(),={}; biber none of these and no ~ @ \ either. What stays is letters and
# digits of any script, and the signs that both take, as in the keys of astronomers (2004A&A...424..927C).
_NOT_IN_KEY = re.compile(r"[^\w\-.:/+&!*;?|<>\[\]]+")


def key_of(key: str) -> str:
    """The citation key `key` as an entry may have it.

    Where a character has to go, a few letters made from the whole key are added: keys that differ only there stay
    different, and none depends on what else is exported.
    """
    if key.isascii() and key.isalnum():
        return key
    whole = unicodedata.normalize("NFC", key)
    safe = _NOT_IN_KEY.sub("-", whole).strip("-")
    if safe and safe == key:
        return key
    mark = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{safe}-{mark}" if safe else mark


def _unused(key: str, taken: set[str]) -> str:
    """`key` or, as BibTeX takes "Gao2021" and "gao2021" for one, `key` with a number that no key before it has."""
    if key.casefold() not in taken:
        return key
    number, free = 1, key
    while free.casefold() in taken:
        number += 1
        free = f"{key}-{number}"
    return free


# -- texts -------------------------------------------------------------------------------------------------------------

_ESCAPES = {
    **{c: f"\\{c}" for c in "&%$#_"},
    "{": "\\textbraceleft{}",  # BibTeX counts braces, those behind a backslash too
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "\\": "\\textbackslash{}",
}
_SPECIAL = re.compile(r"[&%$#_{}~^\\]")
# A formula, by pandoc's rule, so that "$5 and $6" is none: no blank inside the dollars, no digit behind them.
_FORMULA = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$\n]{1,400})(?<=[^\s\\])\$(?![\d$])")


def escaped(text: str) -> str:
    """`text` as LaTeX prints it letter by letter; formulas that are whole stay formulas."""
    if "$" not in text:
        return _plain(text)
    return "".join(part if formula else _plain(part) for part, formula in _parts(text))


def _plain(text: str) -> str:
    # Looking for each sign by itself is fifteen times as fast as the pattern, and most texts have none.
    if not (
        "&" in text or "%" in text or "_" in text or "$" in text or "#" in text or "{" in text or "}" in text
        or "\\" in text or "~" in text or "^" in text
    ):  # fmt: skip
        return text
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in parts: what is a formula, with its dollars, and what is not."""
    if "$" not in text:
        yield text, False
        return
    position = 0
    for found in _FORMULA.finditer(text):
        if _is_whole(found[1]):
            yield text[position : found.start()], False
            yield found[0], True
            position = found.end()
    yield text[position:], False


def _is_whole(formula: str) -> bool:
    """Whether the braces of a formula pair up and nothing in it begins a comment.

    They pair up for BibTeX, which counts all braces, and for readers that pass over those behind a backslash.
    """
    return not re.search("[%#&]", formula) and all(
        _pairs_up(braces) for braces in (re.findall("[{}]", formula), re.findall(r"(?<!\\)[{}]", formula))
    )


def _pairs_up(braces: Iterable[str]) -> bool:
    depth = 0
    for brace in braces:
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


# What btparse, biber's reader, takes for the next field or entry, and warns of the value that has not ended.
_RUNAWAY = re.compile(r"^(?=[ \t]*(?:@|[^\s=]+[ \t]*=))", re.MULTILINE)


# What LaTeX makes one sign of: `--flag` in a note is no dash. In titles, where arXiv's authors mean them, they are.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')")
_TYPESET = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_INDENTED = re.compile(r"^(?=[ \t])", re.MULTILINE)  # readers take white space there for the file's


def _text(text: str) -> str:
    return _typed(printable(text).strip())


def _typed(text: str) -> str:
    """`text`, which is printable and has no blanks around it, as it was typed."""
    text = escaped(text)
    if "--" in text or "``" in text or "''" in text:
        text = _LIGATURE.sub("{}", text)
    if "\n" in text:
        text = _INDENTED.sub("{}", text)
    return _RUNAWAY.sub("{}", text) if "=" in text or "@" in text else text


def _file(link: Link) -> str:
    """A file as JabRef, Zotero and Mendeley note it: description, path, type. biblatex prints nothing of it."""
    path = unquote(re.sub(r"^file:(?://(?=/))?", "", link.url, flags=re.IGNORECASE))
    path = re.sub(r"^/(?=[A-Za-z]:/)", "", path)
    parts = [re.sub(r"\\", "", one_line(part)) for part in (link.text, path)]
    parts = [part if _pairs_up(re.findall("[{}]", part)) else re.sub("[{}]", "", part) for part in parts]
    parts.append(link.rel.upper())
    return ":".join(re.sub("[:;]", lambda found: f"\\{found[0]}", part) for part in parts)


def _verbatim(text: str) -> str:
    """An address or identifier: styles print it as it stands, so only what would break the entry is encoded."""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", one_line(text)) if text else ""


_UNSAFE = re.compile(r"[{}\\^\s]")


def _keywords(tags: Iterable[str]) -> str:
    """Tags divided by commas; by semicolons, if a tag has a comma."""
    labels = [one_line(tag).replace(";", ",") for tag in tags]
    if any("," in label or "，" in label or "、" in label for label in labels):
        return "; ".join(map(escaped, labels)) + (";" if len(labels) == 1 else "")
    return ", ".join(map(escaped, labels))


def _authors(paper: AnyPaper) -> str:
    plain = work.plain_names(paper.authors)
    if plain:
        return " and ".join([f"{family}, {given}" for given, family in plain])
    authors, more = work.names(paper)
    return " and ".join([*map(_name, authors), *(["others"] if more else [])])


def _name(name: work.Name) -> str:
    if name.literal or re.search(r"(?i)(?:^|\s)and(?:\s|$)", f"{name.family} {name.given}"):
        return f"{{{_plain(name.literal or f'{name.given} {name.family}')}}}"
    return ", ".join(_plain(part) for part in (name.family, name.suffix, name.given) if part)


# -- titles ------------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"([^\s\-–—/:;,.!?()\[\]“”\"'’]+)")
_BEGINS = re.compile(r"[:.?!—–]\s*[“\"'(\[]*$")  # what stands before the first word of a sentence


def title(text: str) -> str:
    """A title as it is typeset. Capitals that styles must not take away are in braces: {SimCSE}, K-means in {R}.

    In a title that is written as a sentence, a capital in mid-sentence begins a name. A title all in capitals
    means none of them.
    """
    parts = [(part if formula else _typeset(part), formula) for part, formula in _parts(text)]
    plain = " ".join([part for part, formula in parts if not formula])
    if plain.upper() == plain and len(_WORD.findall(plain)) > 2:
        return "".join([part if formula else _plain(part) for part, formula in parts])
    return "".join(
        [f"{{{part}}}" if formula else _braced(part, plain, not n) for n, (part, formula) in enumerate(parts)]
    )


def _braced(part: str, plain: str, first: bool) -> str:
    """A part of a title, escaped, with braces around the words whose capitals must stay.

    `plain` is the title less its formulas; `first`: the part begins the title.
    """
    pieces = _WORD.split(part)  # what is between words, and words, in turn
    named: list[int] = []  # words that begin with their only capital
    keep: list[int] = []
    for n in range(1, len(pieces), 2):
        word = pieces[n]
        if word.islower():
            continue
        rest = word[1:]
        if rest and not rest.islower() and any(map(str.isupper, rest)):
            keep.append(n)
        elif word[0].isupper():
            if sum(map(str.isalnum, word)) == 1 and word not in ("A", "O"):  # R, C++
                keep.append(n)
            elif not (first and n == 1) and (pieces[n - 1] == " " or not _BEGINS.search(pieces[n - 1])):
                named.append(n)
    if named and _is_sentence(pieces if part == plain else _WORD.split(plain)):
        keep += named
    if _plain(part) != part:
        pieces = [*map(_plain, pieces)]
    for n in keep:
        pieces[n] = f"{{{pieces[n]}}}"
    return "".join(pieces)


def _typeset(text: str) -> str:
    if "--" in text or "``" in text or "''" in text:
        for written, printed in _TYPESET:
            text = text.replace(written, printed)
    return text


def _is_sentence(pieces: Sequence[str]) -> bool:
    """Whether a title, cut into what is between words and words, has capitals as a sentence does.

    A sentence has them not at every word of weight.
    """
    weighty = capital = 0
    for n in range(1, len(pieces), 2):
        word = pieces[n]
        if len(word) > 3 and word[1:].islower() and (n > 1 or pieces[0]):
            before = pieces[n - 1]
            if before == " " or not _BEGINS.search(before[-20:]):
                weighty += 1
                capital += word[0].isupper()
    return weighty > 1 and capital * 2 < weighty
