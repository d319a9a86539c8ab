"""arXiv's query service: the authority for arXiv ids. Asked for up to 100 papers by id in one request.

The `arxiv` package builds the query and reads the feed; the request itself goes through our own HTTP policy, since
the package has no time-out, repeats refusals and takes a page of HTML for "no results". Only a body that is a
well-formed Atom feed without a document type reaches it.

From arXiv's API manual (info.arxiv.org/help/api/user-manual): `published` is the date of the first version, `updated`
that of the version given; ids unknown to arXiv are left out of the answer; a malformed id is an `Error` entry, whatever
else was asked for; a query that is long for an address may be sent as a form by POST.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.parsers import expat

from readlist.domain import identifiers as ids
from readlist.domain.metadata import Link, Metadata
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.errors import SourceError
from readlist.settings import Settings
from readlist.sources import Answer, Finder, StandsIn, named
from readlist.sources._exchange import shown
from readlist.sources._http import Http, Service
from readlist.sources._publication import is_withdrawn, publication_guess
from readlist.sources._text import paragraphs

_ATOM = "http://www.w3.org/2005/Atom"
_TOTAL = "http://a9.com/-/spec/opensearch/1.1/ totalResults"

LONGEST_QUERY = 2000
"""Characters of a query that are sent as part of the address; a longer one is sent as a form."""
CANDIDATES = 5
"""The most papers that a title is looked up as."""

_MALFORMED = 3  # ids that arXiv may refuse in one batch before the batch is given up
_LONGEST_TITLE = 500  # characters
_WORD = late(r"[^\W_]+(?:['’][^\W_]+)*")


def source(settings: Settings, http: Http) -> Finder:
    """arXiv, asked at `settings.arxiv_url`."""
    return Arxiv(settings, http)


class Arxiv:
    """A Finder. References are arXiv ids without version."""

    name = named.ARXIV.name
    batch = 100
    decides = frozenset({"arxiv"})
    fallback_for: str | None = None
    stands_in: StandsIn = "no answer"

    def __init__(self, settings: Settings, http: Http) -> None:
        self._http = http
        self._url = settings.arxiv_url
        self._prefix = self._url + ("&" if "?" in self._url else "?")
        self._service = Service(self.name, "arXiv", settings.arxiv_delay)

    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """The paper's arXiv id."""
        return named.ARXIV.reference(identifiers)

    def fetch_many(self, references: Sequence[str]) -> Answer:
        """One request for all `references`. Papers are told by their id, never by their place in the answer.

        arXiv refuses all of them for one that is malformed; then the others are asked for again, and it is unknown.
        """
        wanted = list(dict.fromkeys(references))
        if len(wanted) > self.batch:
            raise ValueError(f"at most {self.batch} papers in one request, not {len(wanted)}")
        malformed: set[str] = set()
        while wanted:
            try:
                answer = self._by_id(wanted)
            except _Refused as refusal:
                named = set(refusal.said.split()).intersection(wanted)
                if not named or len(malformed) >= _MALFORMED:
                    raise
                malformed |= named
                wanted = [reference for reference in wanted if reference not in named]
            else:
                return Answer(answer.found, answer.unknown | malformed)
        return Answer(unknown=frozenset(malformed))

    def find_title(self, title: str) -> list[Metadata]:
        """Papers with all words of `title` in a row in their title, at most five. One request."""
        # A phrase is matched word by word, so what divides the words does not matter; capitals could be operators.
        words = " ".join(_WORD.findall(one_line(title)[:_LONGEST_TITLE])).lower()
        if not words:
            return []
        page, results = self._ask(CANDIDATES, query=f'ti:"{words}"', max_results=CANDIDATES)
        papers = [paper for result in results[:CANDIDATES] if (paper := _metadata(result)) and paper.title]
        if not papers and page.total:
            raise self._unreadable("a feed without the papers that it announces")
        return papers

    def _by_id(self, wanted: list[str]) -> Answer:
        page, results = self._ask(self.batch, id_list=wanted, max_results=None)
        by_id: dict[str, Metadata] = {}
        for result in results:
            paper = _metadata(result)
            if paper:
                by_id[paper.identifiers["arxiv"]] = paper
        asked = {reference: _normal(reference) for reference in wanted}
        found = {reference: by_id[value] for reference, value in asked.items() if value in by_id}
        # Left out means unknown only if the feed is whole, and each of its entries is one that was asked for.
        whole = page.total <= page.entries == len(by_id) and by_id.keys() <= set(asked.values())
        if not whole and not found:
            raise self._unreadable("a feed without the papers that it announces, or with others than those asked for")
        return Answer(found, frozenset(wanted) - found.keys() if whole else frozenset())

    def _ask(self, size: int, **search: Any) -> tuple[_Feed, list[Any]]:
        import logging

        import arxiv  # type: ignore[import-untyped]

        # The package warns of odd entries in the service's own words, which must not reach a terminal as they are.
        logging.getLogger("arxiv").addHandler(logging.NullHandler())
        client = arxiv.Client(page_size=size, delay_seconds=0, num_retries=0)
        session = _Session(self)
        client._session.close()
        client._session = session
        client.query_url_format = self._prefix.replace("{", "{{").replace("}", "}}") + "{}"
        results = []
        try:
            # For ids `max_results=None`: with a number the package would stop there, whatever the feed holds.
            for result in client.results(arxiv.Search(**search)):
                results.append(result)
        except _SecondPage:
            pass
        except (arxiv.ArxivError, ValueError, TypeError, AttributeError) as fault:
            raise self._unreadable("a feed that cannot be read") from fault
        return session.page, results

    def _get(self, url: str) -> tuple[int, bytes, _Feed]:
        query = url.removeprefix(self._prefix)
        if len(query) > LONGEST_QUERY:
            response = self._http.post(self._service, self._url, form=query, accept=(400,))
        else:
            response = self._http.get(self._service, url, accept=(400,))
        try:
            page = _read(response.body)
        except _NotAFeed as fault:
            if response.status == 400:
                raise self._refused("") from fault
            raise self._unreadable(str(fault)) from fault
        if response.status == 400 or page.error is not None:
            raise self._refused(page.error or "")
        return response.status, response.body, page

    def _refused(self, said: str) -> SourceError:
        return _Refused(self.name, said)

    def _unreadable(self, what: str) -> SourceError:
        return SourceError(
            self.name,
            f"arXiv answered with {what}",
            "try again later; behind a login page or a proxy, see whether arxiv.org opens in a browser",
        )


class _Refused(SourceError):
    """arXiv did not accept what it was asked; `said` are its own words."""

    def __init__(self, service: str, said: str) -> None:
        detail = f": {shown(said)}" if said.strip() else " (400)"
        hint = "check the arXiv ids, which look like 2104.08821"
        super().__init__(service, f"arXiv did not accept the request{detail}", hint)
        self.said = said


class _Page:
    """What the package needs of an HTTP response."""

    def __init__(self, status_code: int, content: bytes) -> None:
        self.status_code = status_code
        self.content = content


class _Session:
    """Stands in for the package's `requests.Session`; gives one page and no second."""

    def __init__(self, source: Arxiv) -> None:
        self._source = source
        self._asked = False
        self.page = _Feed()

    def get(self, url: str, headers: Mapping[str, str]) -> _Page:
        if self._asked:
            raise _SecondPage
        self._asked = True
        status, body, self.page = self._source._get(url)
        return _Page(status, body)


class _SecondPage(Exception):
    """The package asks for more: the feed announces more papers than it holds."""


class _NotAFeed(Exception):
    """The body is not an Atom feed; the text says what it is."""


class _Feed:
    """What a feed says of itself: its number of entries, the total it announces, the text of an `Error` entry."""

    def __init__(self) -> None:
        self.entries = 0
        self.total = 0
        self.error: str | None = None


def _read(body: bytes) -> _Feed:
    """Check that `body` is a whole, well-formed Atom feed without a document type. Raises _NotAFeed."""
    if not body.strip():
        raise _NotAFeed("an empty page")
    feed = _Feed()
    path: list[str] = []
    texts: dict[str, str] = {}

    def start(tag: str, _: object) -> None:
        if not path and tag != f"{_ATOM} feed":
            raise _NotAFeed("a page of HTML" if tag.split(" ")[-1].lower() == "html" else "something other than a feed")
        path.append(tag)
        if len(path) == 2 and tag == f"{_ATOM} entry":
            feed.entries += 1
            texts.clear()

    def end(tag: str) -> None:
        if len(path) == 2 and tag == f"{_ATOM} entry" and "/api/errors" in texts.get(f"{_ATOM} id", ""):
            feed.error = texts.get(f"{_ATOM} summary", "")
        if len(path) == 2 and tag == _TOTAL and texts.get(tag, "").strip().isdigit():
            feed.total = int(texts[tag].strip()[:9])
        path.pop()

    def text(piece: str) -> None:
        if path:
            texts[path[-1]] = texts.get(path[-1], "") + piece

    def doctype(name: str, *_: object) -> None:
        raise _NotAFeed("a page of HTML" if name.lower() == "html" else "a document type declaration")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        html = b"<html" in body[:2000].lower()
        raise _NotAFeed("a page of HTML" if html else "a feed that is broken off or malformed") from fault
    return feed


def _normal(reference: str) -> str:
    found = ids.parse(reference)
    return found.value if found and found.scheme == "arxiv" else reference


def _metadata(result: Any) -> Metadata | None:
    """What the entry says of its paper; None if it does not say which paper it is.

    Venue and year of publication are a guess from its free text; `published` stays the day of the first version.
    """
    found = ids.arxiv(result.get_short_id())
    if not found:
        return None
    names = {"arxiv": found.value}
    for piece in (result.doi or "").replace(";", " ").split():
        doi = ids.parse(piece)
        if doi:
            names.setdefault(doi.scheme, doi.value)
    # A venue without its year would make the preprint's year that of the publication.
    venue, year = publication_guess(result.journal_ref, result.comment) or (None, None)
    return Metadata(
        source="arxiv",
        kind="paper",
        title=one_line(result.title) or None,
        authors=tuple(name for name in (one_line(author.name) for author in result.authors) if name),
        year=year or result.published.year,
        published=result.published.date().isoformat(),
        venue=venue if year else None,
        identifiers=names,
        url=found.url,
        links=(Link("pdf", f"https://arxiv.org/pdf/{found.value}"),) if result.pdf_url else (),
        abstract=paragraphs(result.summary),
        version=found.version,
        withdrawn=is_withdrawn(result.comment, result.summary),
    )
