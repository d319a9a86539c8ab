"""Addresses, and what a file at one of them looks like."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from readlist.domain import identifiers as ids
from readlist.domain.text import one_line


def address(text: str | None) -> str | None:
    """The http(s) address that `text` is; None if it is none."""
    cleaned = one_line(text or "")
    return cleaned if ids.is_address(cleaned) else None


def is_loopback(host: str | None) -> bool:
    """Whether `host` is this machine's own loopback address."""
    if not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def without_user(url: str) -> str:
    """`url` without a user's name and password, which the client would send as credentials. Raises ValueError."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def is_pdf(first: bytes) -> bool:
    """Whether a file that begins with `first` is a PDF.

    The header may stand anywhere in the first 1,024 bytes (PDF Reference 1.7, appendix H, note 13).
    """
    return b"%PDF-" in first[:1024]
