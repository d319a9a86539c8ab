"""What an address leads to, told from its host alone."""

from __future__ import annotations

from urllib.parse import urlsplit

from readlist.domain.metadata import Kind

_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("video", ("youtube.com", "youtu.be", "bilibili.com", "vimeo.com")),
    ("resource", ("github.com", "gitlab.com", "gitee.com", "bitbucket.org", "codeberg.org")),
)


def kind_of(url: str) -> Kind:
    """The kind of work at `url` when nothing else is known: a video, a repository, else a post."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for kind, hosts in _KINDS:
        if any(host == known or host.endswith(f".{known}") for known in hosts):
            return kind
    return "post"
