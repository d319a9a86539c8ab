"""Identifiers of papers: one table of what each kind looks like, alone and inside an address.

Every identifier is a (scheme, value) pair in one normal spelling, so that two references to a paper are equal when
they name it by the same scheme: `arXiv:2104.08821v4`, `https://arxiv.org/pdf/2104.08821` and
`10.48550/arXiv.2104.08821` are all ("arxiv", "2104.08821").

Sources: arXiv's identifier scheme (arxiv.org/help/arxiv_identifier: YYMM.NNNN from 2007-04, five digits from 2015-01,
archive/YYMMNNN before), the DOI handbook 2.2 (prefix `10.`, a slash, any printable suffix), the ACL Anthology's ids
(`P17-1061` to 2019, `2020.acl-main.1` since), Semantic Scholar's API manual (40 hex digits, `CorpusId:`), PubMed's help
(PMID: a number of up to eight digits).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, quote, unquote, urlsplit

from readlist.domain.patterns import late

SCHEMES = ("arxiv", "doi", "acl", "openreview", "s2", "corpus", "pmid")

_MONTH = "(?:0[1-9]|1[0-2])"
_ARXIV_NEW = rf"(?:(?:0[7-9]|1[0-4]){_MONTH}\.[0-9]{{4}}|(?:1[5-9]|[2-9][0-9]){_MONTH}\.[0-9]{{5}})"
_ARXIV_OLD = r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{7}"
_ARXIV = late(rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v(\d{{1,3}}))?", re.IGNORECASE | re.ASCII)
_DOI = late(r"10\.[0-9]{4,9}/\S+")
_ACL = late(r"[A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z][a-z0-9_]*-[a-z0-9]+\.\d{1,4}", re.IGNORECASE | re.ASCII)
_SHA = late(r"[0-9a-f]{40}", re.IGNORECASE | re.ASCII)
_OPENREVIEW = late(r"[\w-]{6,40}", re.ASCII)

_HOST = late(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/")

# What a person types who means an arXiv id but mistypes it: told so instead of "no such title".
_ALMOST_ARXIV = late(r"(?:arxiv:)?\d{3,4}\.\d{3,6}(?:v\d*)?|arxiv:.*", re.IGNORECASE | re.ASCII)
_ALMOST_DOI = late(r"(?:doi:.*|10\.\d{4,}(?:/.*)?)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A paper's name in one scheme, in normal spelling; `version` only where a reference names one."""

    scheme: str
    value: str
    version: int | None = None

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def url(self) -> str | None:
        """Where a person reads about the paper under this identifier; None for schemes without a page."""
        return self._address(0)

    @property
    def pdf(self) -> str | None:
        """Where its PDF is (of a preprint: of the newest version); None for schemes that do not say."""
        return self._address(1)

    def _address(self, which: int) -> str | None:
        address = _ADDRESSES.get(self.scheme, (None, None))[which]
        return address.format(quote(self.value, safe="/:;()")) if address else None


# scheme: the page about the paper, and its PDF.
_ADDRESSES: dict[str, tuple[str, str | None]] = {
    "arxiv": ("https://arxiv.org/abs/{}", "https://arxiv.org/pdf/{}"),
    "doi": ("https://doi.org/{}", None),
    "acl": ("https://aclanthology.org/{}", "https://aclanthology.org/{}.pdf"),
    "openreview": ("https://openreview.net/forum?id={}", "https://openreview.net/pdf?id={}"),
    "s2": ("https://www.semanticscholar.org/paper/{}", None),
    "corpus": ("https://api.semanticscholar.org/CorpusID:{}", None),
    "pmid": ("https://pubmed.ncbi.nlm.nih.gov/{}/", None),
}


def arxiv(text: str) -> Identifier | None:
    """The arXiv identifier that `text` is, or None. Old ids keep their archive, without a subject class."""
    found = _ARXIV.fullmatch(text)
    if not found:
        return None
    value = found[1].lower()
    if "/" in value:
        archive, number = value.split("/")
        value = f"{archive.split('.')[0]}/{number}"
    return Identifier("arxiv", value, int(found[2]) if found[2] else None)


def doi(text: str) -> Identifier | None:
    """The identifier that the DOI `text` names: arXiv's and the ACL Anthology's own DOIs are those schemes' ids."""
    value = text.rstrip(".,;/").lower()
    if not _DOI.fullmatch(value) or not value.isprintable():
        return None
    if value.startswith("10.48550/arxiv."):
        return arxiv(value.removeprefix("10.48550/arxiv."))
    if value.startswith(("10.18653/v1/", "10.3115/v1/")):
        return acl(value.split("/v1/", 1)[1]) or Identifier("doi", value)
    return Identifier("doi", value)


def acl(text: str) -> Identifier | None:
    """The ACL Anthology identifier that `text` is, or None."""
    if not _ACL.fullmatch(text):
        return None
    return Identifier("acl", text.upper() if text[0].isalpha() else text.lower())


def _sha(text: str) -> Identifier | None:
    return Identifier("s2", text.lower()) if _SHA.fullmatch(text) else None


def _corpus(text: str) -> Identifier | None:
    return Identifier("corpus", str(int(text))) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _pmid(text: str) -> Identifier | None:
    return Identifier("pmid", str(int(text))) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else None


def _openreview(text: str) -> Identifier | None:
    return Identifier("openreview", text) if _OPENREVIEW.fullmatch(text) else None


# prefix, reader: what may stand before an identifier, case-insensitive.
_PREFIXES = (
    ("arxiv:", arxiv),
    ("doi:", doi),
    ("s2:", _sha),
    ("corpusid:", _corpus),
    ("corpus:", _corpus),
    ("acl:", acl),
    ("openreview:", _openreview),
    ("pmid:", _pmid),
)


def parse(text: str) -> Identifier | None:
    """The one identifier that the whole of `text` names: bare, with a prefix, or as an address. None if it is none."""
    text = text.strip()
    lowered = text.lower()
    for prefix, reader in _PREFIXES:
        if lowered.startswith(prefix):
            return reader(text[len(prefix) :].strip())
    if "://" in text:
        return from_url(text)
    # Old arXiv ids look like a host's name with a path too (math.GT/0309136), so addresses without https:// come last.
    return arxiv(text) or doi(text) or (from_url(text) if _HOST.match(lowered) else None)


def looks_meant(text: str) -> str | None:
    """The name of the identifier that `text` seems to be meant as, though it is none ("arXiv id", "DOI")."""
    text = text.strip()
    if parse(text):
        return None
    if _ALMOST_ARXIV.fullmatch(text):
        return "arXiv id"
    if _ALMOST_DOI.fullmatch(text):
        return "DOI"
    lowered = text.lower()
    for prefix, name in (("s2:", "Semantic Scholar id"), ("corpusid:", "Corpus id"), ("acl:", "ACL Anthology id")):
        if lowered.startswith(prefix):
            return name
    return None


_PLAIN_ADDRESS = late(r"https?://[a-z0-9][a-z0-9.-]*(?:[/?#]\S*)?")


def is_address(text: str) -> bool:
    """Whether `text` is an http(s) address with a host."""
    if _PLAIN_ADDRESS.fullmatch(text):
        return True
    try:
        parts = urlsplit(text.strip())
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text.strip())
    except ValueError:
        return False


_ARXIV_PATH = late(
    rf"/(?:[a-z-]+/)?({_ARXIV_NEW}(?:v\d+)?|{_ARXIV_OLD}(?:v\d+)?)(?:\.pdf)?(?:/|$)", re.IGNORECASE | re.ASCII
)
# (The longer patterns below are compiled when they are needed: who shows a paper has no use for them.)
# Where arXiv keeps what authors sent as PDF: /ftp/arxiv/papers/2308/2308.09720.pdf, /ftp/cs/papers/0309/0309136.pdf
_ARXIV_FTP = (
    rf"/ftp/(?P<archive>[a-z]+(?:-[a-z]+)*)/papers/\d{{4}}/"
    rf"(?:(?P<new>{_ARXIV_NEW}(?:v\d+)?)|(?P<old>\d{{7}})(?P<version>v\d+)?)(?:\.pdf)?$"
)


def _arxiv_path(path: str, _query: str) -> Identifier | None:
    # /abs/2104.08821v2, /pdf/2104.08821v2.pdf, /html/…, /papers/…, /overview/…, /format/…, /src/…
    stored = re.match(_ARXIV_FTP, path, re.IGNORECASE | re.ASCII)
    if stored:
        return arxiv(stored["new"] or f"{stored['archive']}/{stored['old']}{stored['version'] or ''}")
    found = _ARXIV_PATH.match(path)
    return arxiv(found[1]) if found else None


def _acl_path(path: str, _query: str) -> Identifier | None:
    found = re.match(r"/(?:anthology/)?(?:(?:papers/)?[A-Z]/[A-Z]\d\d/)?([^/]+?)(?:v\d)?(?:\.pdf|\.bib)?/?$", path)
    return acl(found[1]) if found else None


def _doi_path(path: str, _query: str) -> Identifier | None:
    """The DOI of a resolver's path: all that stands from `10.` on."""
    found = _DOI.search(path)
    return doi(found[0]) if found else None


# What publishers put behind the DOI in the path of a page: the form of the text, a session, a figure.
_FORM = (
    "full|fulltext|full-text|abstract|summary|short|pdf|epdf|pdfplus|epub|html?|xml|meta|references|citedby"
    "|figures|tables"
)
_BEHIND_DOI = (
    rf";jsessionid=.*$|/(?:{_FORM}|fulltext\.html?)(?:/\d{{0,4}})?$|(?:\.full|\.abstract|\.short)?\.(?:pdf|html?|xml|epub)$"
    r"|\.full(?:-text)?$"
)
# bioRxiv and medRxiv put the version right behind the DOI: /content/10.1101/2020.01.01.123456v2.full.pdf
_PREPRINT_VERSION = late(r"(10\.(?:1101|64898)/[0-9.]+)v\d{1,2}$")
# Silverchair's sites (MIT Press, Oxford): …/article/doi/10.1162/tacl_a_00524/114371/The-Title, the article's number
# behind the DOI, whose own suffix may hold a slash (10.1093/bioinformatics/btz682/5566506).
_NUMBERED = late(r"/doi/(10\.[0-9]{4,9}/(?:[^/\s]+/)*?[^/\s]+)/\d{4,9}(?:/[^/]*)?/?$", re.IGNORECASE)
# The DOI in a publisher's path: behind such words and perhaps the form of the text; or it is the path, as with proxies
# of doi.org. A path of more parts that begins like a DOI may be a folder (delivery.acm.org/10.1145/2760000/…).
_PUBLISHED = (
    r".*?/(?:doi|doifinder|articles?|chapter|content|book|proceeding|referencework\w*)(?:/[a-z]{2,12})?"
    r"/(?P<behind>10\.[0-9]{4,9}/\S+)|/(?P<whole>10\.[0-9]{4,9}/[^/\s]+)$"
)


def _publisher_path(path: str, _query: str = "") -> Identifier | None:
    """The DOI in the path of a publisher's page, without what stands behind it there."""
    path = path.rstrip("/")
    numbered = _NUMBERED.search(path) if "/article" in path else None
    if numbered:
        return doi(numbered[1])
    found = re.match(_PUBLISHED, path, re.IGNORECASE)
    return _bare_doi(found["behind"] or found["whole"]) if found else None


def _bare_doi(text: str) -> Identifier | None:
    for _ in range(3):
        text = re.sub(_BEHIND_DOI, "", text, flags=re.IGNORECASE)
    version = _PREPRINT_VERSION.match(text)
    return doi(version[1] if version else text)


def _publisher_anywhere(path: str, _query: str) -> Identifier | None:
    """The DOI in a path of a publisher who puts a journal's own parts before it."""
    found = _DOI.search(path)
    return _bare_doi(found[0]) if found else None


def _doi_query(path: str, query: str) -> Identifier | None:
    # /plosone/article?id=10.1371/journal.pone.0000217
    values = parse_qs(query).get("id")
    return _bare_doi(values[0]) if values else _publisher_path(path)


def _openreview_query(_path: str, query: str) -> Identifier | None:
    values = parse_qs(query).get("id")
    return _openreview(values[0]) if values else None


def _s2_path(path: str, _query: str) -> Identifier | None:
    found = re.search(r"/([0-9a-f]{40})(?:/|$)", path, re.IGNORECASE)
    if found:
        return _sha(found[1])
    found = re.search(r"/corpusid:(\d+)", path, re.IGNORECASE)
    return _corpus(found[1]) if found else None


def _pubmed_path(path: str, _query: str) -> Identifier | None:
    found = re.fullmatch(r"/(\d{1,8})/?", path.removeprefix("/pubmed"))
    return _pmid(found[1]) if found else None


def _ncbi_path(path: str, query: str) -> Identifier | None:
    return _pubmed_path(path, query) if path.startswith("/pubmed/") else None


# host (with all below it), reader of path and query.
_HOSTS: Mapping[str, Callable[[str, str], Identifier | None]] = {
    "arxiv.org": _arxiv_path,
    "ar5iv.org": _arxiv_path,
    "ar5iv.labs.arxiv.org": _arxiv_path,
    "alphaxiv.org": _arxiv_path,
    "arxiv-vanity.com": _arxiv_path,
    "papers.cool": _arxiv_path,
    "scirate.com": _arxiv_path,
    "huggingface.co": _arxiv_path,
    "hf.co": _arxiv_path,
    "aclanthology.org": _acl_path,
    "aclanthology.info": _acl_path,
    "aclweb.org": _acl_path,
    "openreview.net": _openreview_query,
    "doi.org": _doi_path,
    "link.springer.com": _publisher_anywhere,
    "onlinelibrary.wiley.com": _publisher_anywhere,
    "scitation.aip.org": _publisher_anywhere,
    "journals.plos.org": _doi_query,
    "semanticscholar.org": _s2_path,
    "connectedpapers.com": _s2_path,
    "pubmed.ncbi.nlm.nih.gov": _pubmed_path,
    "pubmed.gov": _pubmed_path,
    "ncbi.nlm.nih.gov": _ncbi_path,
}


_PLAIN_HOST = late(r"https?://([a-z0-9.-]+)(?:[/?#]|$)")


def _known(host: str) -> Callable[[str, str], Identifier | None] | None:
    """The reader of the addresses of a host: that of its own name, or of a name that it stands below."""
    while host:
        if host in _HOSTS:
            return _HOSTS[host]
        host = host.partition(".")[2]
    return None


@lru_cache(maxsize=8192)
def from_url(url: str) -> Identifier | None:
    """The identifier in the address `url`: of a service that this table knows, or a DOI in a publisher's path.

    None for any other address.
    """
    url = url.strip()
    plain = _PLAIN_HOST.match(url)
    if plain and "10." not in url and not _known(plain[1]):
        return None
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https"):
        return None
    reader = _known(host)
    if reader:
        return reader(unquote(parts.path), parts.query)
    return _publisher_path(unquote(parts.path)) if "10." in parts.path else None


# Addresses end at what is not ASCII: Chinese text stands right behind them, and no known service has such in a path.
# Case is ignored by part: beside a range of characters it would take "k" for the Kelvin sign.
_IN_TEXT = (
    r"(?=[hHaAdD])"  # passes over what begins none, one look a character
    r"(?:(?i:https?)://[!#-&(-;=?-Z\\^-~]+"
    rf"|(?<![A-Za-z0-9])(?i:arxiv:\s?(?:{_ARXIV_NEW}|{_ARXIV_OLD})(?:v[0-9]+)?(?![0-9]))"
    r"|(?<![A-Za-z0-9])(?i:doi:)\s?10\.[0-9]{4,9}/[!#-&(-;=?-~]+)"
)


_BLANK = late(r":\s")


def find(text: str) -> Iterator[tuple[int, int, Identifier]]:
    """Every identifier named inside running text, as an address or with its prefix: (start, end, identifier)."""
    for found in re.finditer(_IN_TEXT, text):
        raw = found[0].rstrip(".,;:!?)]}，。；、")
        identifier = from_url(raw) if raw[:4].lower() == "http" else parse(_BLANK.sub(":", raw, count=1))
        if identifier:
            yield found.start(), found.start() + len(raw), identifier
