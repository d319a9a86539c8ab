"""What the services have in common that are asked for one work at a time, by its DOI, and answer in JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlsplit

from readlist.domain import identifiers as ids
from readlist.domain.identifiers import Identifier
from readlist.domain.metadata import Metadata
from readlist.errors import SourceError
from readlist.settings import Settings
from readlist.sources import Answer, NotKnown, StandsIn, one_by_one
from readlist.sources._http import Http, Service
from readlist.sources._json import NotJson, read_json
from readlist.sources._web import is_loopback

_ANONYMOUS = "wait a few minutes; whoever says whom to write to is refused less: set network.contact or RL_CONTACT"


class Lookup(ABC):
    """A Source whose references are DOIs with the prefix `doi:`, and whose 404 says that it does not have one.

    `host` is the service's address, `delay` the least seconds between two requests to it; a server on this machine
    need not be waited for. What is sent with each request are `params`, and the user's e-mail address if it is set.
    """

    name: str
    label: ClassVar[str]
    """What people call it."""
    site: ClassVar[str]
    """Where a person sees whether it can be reached."""
    batch = 1
    decides: frozenset[str] = frozenset()
    fallback_for: str | None = "semantic-scholar"
    stands_in: StandsIn

    def __init__(
        self, settings: Settings, http: Http, host: str, delay: float, params: Mapping[str, str] | None = None
    ) -> None:
        self._http = http
        self._params = {**(params or {}), **({"mailto": settings.contact} if settings.contact else {})}
        wait = 0.0 if is_loopback(urlsplit(host).hostname) else delay
        self._service = Service(self.name, self.label, wait, busy_hint="" if settings.contact else _ANONYMOUS)

    @abstractmethod
    def reference(self, identifiers: Mapping[str, str]) -> str | None:
        """How the service names the paper with these identifiers; None if it cannot be asked for it."""

    @abstractmethod
    def url_of(self, doi: str) -> str:
        """Where the service has what it knows of `doi`."""

    @abstractmethod
    def read(self, answer: dict[str, Any], asked: Identifier, url: str) -> Metadata | None:
        """What `answer`, which came from `url` in the end, says of the paper `asked`.

        None if it is another paper's or is shaped as none is. Raises NotJson for what is no answer of this service.
        """

    def fetch_many(self, references: Sequence[str]) -> Answer:
        """A request for each of `references`. A work that does not name the DOI asked for counts as no answer."""
        if len(references) > self.batch:
            raise ValueError(f"at most {self.batch} paper in one request, not {len(references)}")
        return one_by_one(self._ask, references)

    def _ask(self, reference: str) -> Metadata | None:
        asked = ids.parse(reference)
        if asked is None:
            return None
        url = self.url_of(reference.removeprefix("doi:"))
        response = self._http.get(self._service, url, self._params, accept=(404,))
        if response.status == 404:
            raise NotKnown(reference)
        try:
            answer = read_json(response)
            if not isinstance(answer, dict):
                raise NotJson("something other than a work")
            return self.read(answer, Identifier(asked.scheme, asked.value), response.url)
        except NotJson as fault:
            raise SourceError(
                self.name,
                f"{self.label} answered with {fault}",
                f"try again later; behind a login page or a proxy, see whether {self.site} opens in a browser",
            ) from fault
