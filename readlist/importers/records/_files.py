"""Files of the machine that wrote a bibliography: their paths as addresses `file:…`.

They are kept, as what is attached to a paper is the user's; nothing opens them, and no page makes links of them.
Addresses that only one program can follow (zotero:, internal-pdf:) lead nowhere else, and those that run something
(javascript:) are none.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from readlist.domain.metadata import Rel
from readlist.domain.patterns import late
from readlist.domain.text import one_line

_LOCAL = late(
    r"(?i)file:(?=.)|[a-z]:[/\\]|[/~](?!/)|\\\\"
    r"|(?:[^:?#]{1,200}/)?[^:/?#]{1,200}\.(?:pdf|djvu|epub|ps)$"
    r"|[^:?#]{1,200}/[^:/?#]{1,200}\.(?:html?|docx?|pptx?)$"  # of a folder that goes with the file: "files/12/x.html"
)


def is_local(address: str) -> bool:
    return address[:5].casefold() == "file:"


def local_address(text: str) -> str:
    """The address `file:…` of what is the path of a file; empty for anything else."""
    text = one_line(text)
    if not _LOCAL.match(text):
        return ""
    return re.sub(r"(?i)^file://localhost(?=/)", "file://", text) if is_local(text) else file_address(text)


_IN_PATH = "/:()+,;@&=!'~"


def file_address(path: str) -> str:
    """A local file's path as an address `file:…`; a path that starts nowhere stays as it is, behind `file:`."""
    path = one_line(path).replace("\\", "/")
    if re.match(r"[A-Za-z]:/", path):
        path = f"/{path}"
    return f"file://{quote(path, safe=_IN_PATH)}" if path.startswith("/") else f"file:{quote(path, safe=_IN_PATH)}"


def rel_of(address: str, word: str = "") -> Rel:
    """What an attached file or address is: told by its ending or by the word (a MIME type) that comes with it."""
    path = urlsplit(address).path.casefold() if "://" in address else address.casefold()
    if path.endswith(".pdf") or "pdf" in word.casefold():
        return "pdf"
    return "other"
