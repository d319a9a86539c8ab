"""The paper itself: where its page and its PDF are, and the PDF in the data folder, `pdf/` and a name from its key."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readlist.domain.identifiers import SCHEMES, Identifier, from_url, is_address
from readlist.domain.paper import Paper
from readlist.domain.patterns import late
from readlist.domain.text import one_line
from readlist.errors import NotFound, ReadlistError, SourceError

if TYPE_CHECKING:
    from readlist.sources._http import Http

_LONGEST = 100
"""Bytes of a key in a file name. With the mark, `.pdf` and what a part adds it stays below 143, the least that a file
system in use allows (eCryptfs)."""
_PLAIN = late(r"[^\W_][\w.+-]*")
# Windows takes these for devices, whatever follows the first full stop.
_DEVICE = late(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(?:\.|$)")


@dataclass(frozen=True, slots=True)
class File:
    """A PDF in the data folder: its path, its size in bytes, and where it was fetched from just now, if it was."""

    path: Path
    size: int
    url: str | None = None


def file_name(key: str) -> str:
    """The name of the PDF of the paper with this citation key: one name in one folder, another for every other key.

    A key of lower-case letters, digits and `-+._` is the name itself. Any other is made to be such, with a `~` and a
    digest of it behind, since names that differ in case or in the form of a letter are one to some file systems.
    """
    folded = unicodedata.normalize("NFKC", key).casefold()
    if key == folded and _PLAIN.fullmatch(key) and not _DEVICE.match(key) and len(key.encode()) <= _LONGEST:
        return f"{key}.pdf"
    name = re.sub(r"[^\w.+-]+", "_", folded).lstrip("._+-") or "paper"
    name = f"_{name}" if _DEVICE.match(name) else name
    short = name.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore")
    return f"{short}~{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}.pdf"


def page(paper: Paper) -> str | None:
    """Where one reads about the paper: its own address, else the page of an identifier, else its first link.

    None if there is none. Only http(s): what a page or a service gave as an address may be anything.
    """
    pages = (Identifier(scheme, value).url for scheme, value in paper.identifiers.items())
    found = (paper.url, *pages, *(link.url for link in paper.links))
    return next((url for url in found if url and _may_be_asked(url)), None)


def places(paper: Paper) -> list[str]:
    """Where the paper's PDF may be, the surest first.

    First where an identifier says it is; then the paper's own address, if that is one of a PDF; then the links that
    are said to be of the PDF, in the order in which they came.
    """
    named = [Identifier(scheme, paper.identifiers[scheme]) for scheme in SCHEMES if scheme in paper.identifiers]
    found = [identifier.pdf for identifier in named]
    linked = [link.url for link in paper.links if link.rel == "pdf"]
    if paper.url and _may_be_asked(paper.url) and urlsplit(paper.url).path.lower().endswith(".pdf"):
        linked.insert(0, paper.url)
    for url in linked:
        known = from_url(url)  # another version or copy of what an identifier leads to
        found.append((known.pdf if known else None) or url)
    return list(dict.fromkeys(url for url in found if url and _may_be_asked(url)))


def here(folder: Path, paper: Paper) -> File | None:
    """The paper's PDF in `folder`, if it is there.

    A paper stands under its identifier until its title is known; a PDF from that time takes the new key's name.
    """
    target = folder / file_name(paper.key)
    try:
        for before in (folder / file_name(f"{scheme}:{value}") for scheme, value in paper.identifiers.items()):
            if before.is_file() and not target.exists():
                before.rename(target)
        return File(target, target.stat().st_size) if target.is_file() else None
    except OSError as fault:
        raise ReadlistError(
            f"cannot look for the PDF of {paper.key}: {fault.strerror}", f"is {folder} readable and writable?"
        ) from fault


def fetch(http: Http, folder: Path, paper: Paper, tell: Callable[[str], None], *, again: bool = False) -> File:
    """The paper's PDF in `folder`, downloaded if it is not there, or `again`; `tell` is told of each place asked.

    Raises NotFound if nothing is known of where it is, SourceError if it could be had from none of its places; a file
    that was there then still is.
    """
    there = here(folder, paper)
    if there and not again:
        return there
    target = folder / file_name(paper.key)
    name = f"#{paper.id} {one_line(paper.key)}"
    faults: list[SourceError] = []
    for url in (http.file_address(place) or place for place in places(paper)):
        tell(f"{name}: fetching {url}")
        try:
            return File(target, http.download("", url, target), url)
        except SourceError as fault:
            faults.append(fault)
    if not faults:
        look = "`rl refresh --pending` may find it; " if paper.pending else ""
        raise NotFound(
            f"{name}: nobody says where its PDF is", f"{look}if you have it, save it as {target}", ref=paper.key
        )
    said = "; ".join(dict.fromkeys(fault.message for fault in faults))
    raise SourceError(faults[0].service, f"{name}: no PDF could be had: {said}", faults[0].hint)


def _may_be_asked(url: str) -> bool:
    return is_address(url) and url.isprintable()
