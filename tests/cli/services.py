"""arXiv and Semantic Scholar as far as `rl add` needs them, on this machine's loopback address."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KNOWN: dict[str, dict[str, Any]] = {
    "2104.08821": {
        "title": "SimCSE: Simple Contrastive Learning of Sentence Embeddings",
        "authors": ["Tianyu Gao", "Xingcheng Yao", "Danqi Chen"],
        "published": "2021-04-18",
        "abstract": "This paper presents SimCSE, a simple contrastive learning framework.",
        "venue": "Conference on Empirical Methods in Natural Language Processing",
        "s2": "c26759e6c701201af2f62f7ee4eb68742b5bf085",
        "corpus": 233296292,
        "count": 4012,
    },
    "hep-th/9901001": {
        "title": "A Solution of the Cosmological <Constant> & its \x22Friends\x22",
        "authors": ["Ada Müller"],
        "published": "1999-01-02",
        "abstract": "We solve it.",
        "venue": "",
        "s2": "0123456789abcdef0123456789abcdef01234567",
        "corpus": 17,
        "count": 0,
    },
    "1412.6980": {
        "title": "Adam: A Method for Stochastic Optimization",
        "authors": ["Diederik P. Kingma", "Jimmy Ba"],
        "published": "2014-12-22",
        "abstract": "We introduce Adam.",
        "venue": "International Conference on Learning Representations",
        "s2": "a6cb366736791bcccc5c8639de5a8f9636bf87e8",
        "corpus": 6628106,
        "count": 130637,
    },
}


@dataclass
class Services:
    """What was asked of the services, and where they are."""

    url: str
    requests: list[tuple[str, str]] = field(default_factory=list)
    edges: dict[str, list[dict[str, Any]] | None] = field(default_factory=dict)
    """By "ARXIV:…/references" or "…/citations": the edges there are, one dict each; None where they are elided."""
    recommended: list[dict[str, Any]] = field(default_factory=list)
    """The papers that are recommended, whatever is asked for."""
    bodies: list[Any] = field(default_factory=list)
    """What was asked for recommendations."""
    refused_from: int = 10_000
    """The offset from which on no edges are given: 403."""

    @property
    def env(self) -> dict[str, str]:
        return {
            "RL_ARXIV_URL": f"{self.url}/api/query",
            "RL_S2_URL": self.url,
            "RL_OPENALEX_URL": self.url,
            "RL_ARXIV_DELAY": "0",
            "RL_S2_DELAY": "0",
        }


@contextmanager
def running() -> Iterator[Services]:
    """Both services, for as long as the context lasts."""
    services: list[Services] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            url = urlsplit(self.path)
            services[0].requests.append((self.command, unquote(url.path)))
            if url.path == "/api/query":
                query = parse_qs(url.query) | parse_qs(body)
                ids = [re.sub(r"v\d+$", "", i) for i in ",".join(query.get("id_list", [])).split(",")]
                self._send(_feed([i for i in ids if i in KNOWN]), "application/atom+xml; charset=utf-8")
            elif url.path == "/graph/v1/paper/batch":
                rows = [_record(reference) for reference in json.loads(body)["ids"]]
                status = 200 if any(rows) else 400
                answer: Any = rows if any(rows) else {"error": "No valid paper ids given"}
                self._send(json.dumps(answer), "application/json", status)
            elif edges := re.fullmatch(r"/graph/v1/paper/(.+/(?:references|citations))", unquote(url.path)):
                self._send(*_edges(services[0], edges[1], parse_qs(url.query)))
            elif url.path == "/recommendations/v1/papers/":
                services[0].bodies.append(json.loads(body))
                limit = int(parse_qs(url.query)["limit"][0])
                self._send(json.dumps({"recommendedPapers": services[0].recommended[:limit]}), "application/json")
            else:
                self._send("{}", "application/json", 404)

        def _send(self, text: str, kind: str, status: int = 200) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    services.append(Services(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield services[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _feed(ids: list[str]) -> str:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{i}v1</id><title>{escape(KNOWN[i]['title'])}</title>"
        f"<updated>{KNOWN[i]['published']}T10:00:00Z</updated><published>{KNOWN[i]['published']}T10:00:00Z</published>"
        f"<summary>{KNOWN[i]['abstract']}</summary>"
        + "".join(f"<author><name>{name}</name></author>" for name in KNOWN[i]["authors"])
        + f'<arxiv:primary_category term="cs.CL"/><category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>'
        f'<link href="https://arxiv.org/abs/{i}v1" rel="alternate" type="text/html"/>'
        f'<link href="https://arxiv.org/pdf/{i}v1" rel="related" type="application/pdf" title="pdf"/></entry>'
        for i in ids
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id>'
        f"<title>arXiv Query</title><opensearch:itemsPerPage>100</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{len(ids)}</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex>"
        f"{entries}</feed>"
    )


def _edges(services: Services, asked: str, query: dict[str, list[str]]) -> tuple[str, str, int]:
    """A page of edges: the answer, its kind and its status."""
    offset, limit = int(query["offset"][0]), int(query["limit"][0])
    answer: dict[str, Any]
    status = 200
    if asked not in services.edges:
        answer, status = {"error": f"Paper with id {asked.rpartition('/')[0]} not found"}, 404
    elif offset + limit >= 10_000:
        answer, status = {"error": "offset + limit must be < 10000"}, 400
    elif offset >= services.refused_from:
        answer, status = {"message": "Forbidden"}, 403
    else:
        rows = services.edges[asked]
        answer = {"offset": offset, "data": None if rows is None else rows[offset : offset + limit]}
        if rows is not None and len(rows) > offset + limit:
            answer["next"] = offset + limit
    return json.dumps(answer), "application/json", status


def _record(reference: str) -> dict[str, Any] | None:
    arxiv = reference.removeprefix("ARXIV:")
    if arxiv not in KNOWN:
        return None
    known = KNOWN[arxiv]
    return {
        "paperId": known["s2"],
        "corpusId": known["corpus"],
        "externalIds": {"ArXiv": arxiv, "CorpusId": known["corpus"]},
        "url": f"https://www.semanticscholar.org/paper/{known['s2']}",
        "title": known["title"],
        "abstract": known["abstract"],
        "venue": known["venue"],
        "publicationVenue": None,
        "year": int(known["published"][:4]),
        "publicationDate": known["published"],
        "journal": None,
        "publicationTypes": None,
        "authors": [{"authorId": None, "name": name} for name in known["authors"]],
        "citationCount": known["count"],
        "tldr": None,
    }
