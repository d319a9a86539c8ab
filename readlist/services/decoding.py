"""Bytes of a file as text: which encoding it is in, told by what it says of itself and by what it looks like.

In this order: a byte order mark; UTF-16 without one (every other byte of plain text is zero); UTF-8, if all of it is;
what the file declares itself to be; GB18030 or windows-1252, if it looks like one of them. Lines that are UTF-8 in a
file of which others are not stay UTF-8 (files are put together from several), and so do lines in which but a character
is broken. What holds zeros otherwise is no text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from readlist.domain.patterns import late
from readlist.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 65_536

# Files of other programs that people take for text, by their first bytes.
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)

# JabRef's and others' first comment, editors' "coding: …", HTML and XML.
_DECLARED = rb"(?i:encoding\s*[:=]\s*[\"']?|coding[:=]\s*|charset\s*=\s*[\"']?)([A-Za-z][A-Za-z0-9_.:-]{1,30})"
# Encodings of bytes that extend ASCII: a name that is none of these ("hex", "utf-7") is not followed.
_LEGACY = late(
    r"(?:iso[-_]?8859|latin|l\d|cp|ibm|windows|gb|hz|big5|cp9|euc|shift|sjis|koi8|mac|ansi|tis|ms\d)[\w.:-]*",
    re.IGNORECASE,
)
_ALIASES = {"ansi": "cp1252", "x-gbk": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "latin-1": "cp1252"}
_LATIN = frozenset(("iso8859-1", "latin-1", "ascii", "us-ascii"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, its lines ended by `\\n`, and the name of the encoding that it was in."""

    text: str
    encoding: str


def decoded(name: str, raw: bytes) -> Decoded:
    """The text of the file that the user calls `name`. Raises InputError for what is no text, or is empty."""
    text, encoding = _decoded(name, raw)
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
    if not text or text.isspace():  # without a copy of it
        raise InputError(f"{name} is empty", "nothing was imported from it", name)
    return Decoded(text, encoding)


def _decoded(name: str, raw: bytes) -> tuple[str, str]:
    for start, kind in _KINDS:
        if raw.startswith(start):
            raise InputError(f"{name} is not text but {kind}", "pages and bibliographies are plain text", name)
    encoding = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None) or _wide(raw)
    if encoding and encoding != "utf-8":
        try:
            return raw.decode(encoding), encoding[:6]
        except UnicodeDecodeError as fault:
            raise InputError(
                f"{name} is in the encoding {encoding[:6].upper()}, but broken at byte {fault.start}",
                "save it as UTF-8",
                name,
            ) from None
    if b"\0" in raw:
        raise InputError(f"{name} is not text", "pages and bibliographies are plain text", name)
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        start = raw[:_LOOKED_AT]
        if (len(start) - len(start.translate(None, _CONTROLS))) * 100 > len(start):
            raise InputError(f"{name} is not text", "pages and bibliographies are plain text", name) from None
        return _legacy(name, raw)


def _wide(raw: bytes) -> str | None:
    """UTF-16 that does not say so: where text is mostly ASCII, nearly every other byte is zero."""
    start = raw[:_LOOKED_AT]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _legacy(name: str, raw: bytes) -> tuple[str, str]:
    lines = raw.split(b"\n")
    wrong: list[bytes] = []
    right = 0
    for line in lines:
        if not line.isascii():
            if _as_utf8(line) is None:
                wrong.append(line)
            else:
                right += 1
    if not wrong:
        return raw.decode("utf-8", "replace"), "utf-8 with broken characters"
    encoding = _declared(raw, b"\n".join(wrong)) or _guessed(b"\n".join(wrong))
    if encoding is None:
        raise InputError(f"{name} is text in an unknown encoding", "save it as UTF-8", name)
    # A line of two or three legacy characters can be UTF-8 by chance; many lines cannot.
    if right * 4 < len(wrong):
        return _as(raw, encoding), encoding
    return "\n".join(_as_utf8(line) or _as(line, encoding) for line in lines), f"utf-8 and {encoding}"


def _as_utf8(line: bytes) -> str | None:
    """The line, if it is UTF-8, with a mark for a character that was cut off; None if it is not."""
    text = line.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return text if 2 * lost <= len(text) - len(line.translate(None, _BEYOND)) else None


def _declared(raw: bytes, wrong: bytes) -> str | None:
    """The encoding that the file says it is in, if it can be: a declaration is often older than the text."""
    for found in re.finditer(_DECLARED, raw[:4096]):
        said = found[1].decode("ascii").casefold().rstrip(".:;-")
        if not _LEGACY.fullmatch(said):
            continue
        try:
            encoding = codecs.lookup(_ALIASES.get(said, said)).name
            wrong.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
        return "windows-1252" if encoding in (*_LATIN, "cp1252") else encoding
    return None


_ASCII = bytes(range(0x80))
_BEYOND = bytes(range(0x80, 0x100))
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))


def _guessed(raw: bytes) -> str | None:
    """GB18030 if the bytes beyond ASCII stand in pairs that are everyday Chinese, windows-1252 if they stand alone.

    Of Chinese text nine characters in ten are of level 1 of GB 2312 (first byte B0 to D7, second A1 and above) or its
    punctuation (A1 to A3). Letters with accents stand alone or in twos between letters of ASCII. What does neither is
    of another script (Russian, Japanese), and better not read at all than wrongly.
    """
    raw = raw[:1_000_000]
    beyond = len(raw.translate(None, _ASCII))
    if 2 * len(re.findall(_CHINESE, raw)) >= 0.6 * beyond:
        return "gb18030"
    strange = len(raw) - len(raw.translate(None, _SELDOM)) + sum(map(len, re.findall(_RUN, raw)))
    return "windows-1252" if strange <= 0.3 * beyond else None


_CHINESE = rb"[\xb0-\xd7\xa1-\xa3][\xa1-\xfe]"
_RUN = rb"[\xc0-\xfe]{3,}"
# What is not a letter there and no everyday sign (quotes, dashes, blank, §, ©, °, ·, «» …); and the least used letter.
_SELDOM = bytes({*range(0x80, 0xC0), 0xD7, 0xF7, 0xFF} - set("€…‘’“”•–—™ŠšŒœŽž¡£§©«®°±²³µ·»¿\xa0".encode("cp1252")))


def _as(raw: bytes, encoding: str) -> str:
    """`raw` in that encoding; a byte that is nothing in windows-1252 is what it is in Latin-1."""
    if encoding != "windows-1252":
        return raw.decode(encoding, "replace")
    return raw.decode("latin-1").translate(_WINDOWS)


_UNUSED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_WINDOWS = {byte: bytes((byte,)).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in _UNUSED}
