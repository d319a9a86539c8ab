"""The text of a web page as runs: stretches of one look, each on its line of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from readlist.domain.patterns import late

STRONG, EM, DEL, CODE = 1, 2, 4, 8
STYLES = {
    **dict.fromkeys(("b", "strong"), STRONG),
    **dict.fromkeys(("i", "em", "cite", "var"), EM),
    **dict.fromkeys(("del", "s", "strike"), DEL),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), CODE),
}
Leave = Callable[[], None] | None
"""What is to be done where an element ends."""

_LONGEST = 2000  # characters; no browser's address bar takes longer ones, data is smuggled in them
_SIMPLE = late(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/[\w./~%+,=@-]*", re.ASCII)  # nothing to be resolved
_ONE_LEVEL = late(r"[^()]*(?:\([^()]*\)[^()]*)*")
_EMOJI_NAME = late(r":[\w+-]{2,40}:")
# Services that lead every link of a page through an address of their own; the address meant is a parameter.
_REDIRECTORS = late(
    r"^(?:link\.zhihu\.com|link\.csdn\.net|links?\.jianshu\.com|link\.juejin\.(?:cn|im)|gitee\.com|www\.google\.[\w.]+"
    r"|[\w.]+\.safelinks\.protection\.outlook\.com|l\.facebook\.com|www\.douban\.com|blog\.51cto\.com)$"
)
_TARGETS = ("target", "url", "to", "q", "u")
# What a picture was made of, where the site shows a copy of its own or loads it later.
_SOURCES = ("data-canonical-src", "data-original", "data-src", "src")
_SAID = 200  # characters that stand for a picture or an icon


@dataclass(slots=True)
class Link:
    """One `<a>`. `used` tells that text has been linked by it."""

    href: str
    used: bool = False


@dataclass(slots=True)
class Run:
    """A stretch of one look on line `line` of the file.

    "soft" is a line feed of the source, "break" one that is seen; of an "image" `text` is what is said instead of it
    and `href` its address; the text of a "box" is "x" or " ".
    """

    kind: Literal["text", "soft", "break", "image", "box"]
    line: int
    text: str = ""
    style: int = 0
    link: Link | None = None
    href: str = ""


def resolved(href: str, base: str, own: str) -> str | None:
    """The http address that `href` leads to, or "#name" within the page at `own`; None if it leads nowhere.

    Where it is not known where the page is, an address beside the page stays as it is.
    """
    if len(href) <= _LONGEST and _SIMPLE.fullmatch(href):
        return href
    href = re.sub(r"[\t\n\r\f\0]", "", href).strip()
    if not href or len(href) > _LONGEST:
        return None
    try:
        if not href.startswith("#"):
            href = urljoin(base, href)
            page, sign, name = href.partition("#")
            if sign and name and page == own:
                href = sign + name
        if href.startswith("#"):
            return "#" + quote(href[1:], safe="%-._~!$'*+,;=:@/?&") if len(href) > 1 else None
        parts = urlsplit(href)
        if parts.netloc and not parts.scheme:
            href, parts = "https:" + href, urlsplit("https:" + href)
        if not parts.scheme:
            return quote(href, safe="%-._~!$'*+,;=:@/?&#") or None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        if parts.query and _REDIRECTORS.match(parts.hostname):
            asked = parse_qs(parts.query)
            for name in _TARGETS:
                meant = asked.get(name, [""])[0]
                if re.match(r"https?://[^/\s]", meant):
                    href = meant
                    break
    except ValueError:  # brackets that hold no IPv6 address, a port that is none
        return None
    href = re.sub(r"[\s<>\"`|\\^{}\x00-\x1f\x7f]", lambda found: quote(found[0]), href)
    return href if _ONE_LEVEL.fullmatch(href) else href.replace("(", "%28").replace(")", "%29")


def is_web(href: str) -> bool:
    """Whether what `resolved` gave leads out of the page."""
    return href.startswith(("http://", "https://"))


def is_sign(text: str) -> bool:
    """Whether what stands for a picture is a sign of the text: an emoji or its name."""
    if _EMOJI_NAME.fullmatch(text):
        return True
    return 0 < len(text) <= 4 and not any(c.isalnum() or c.isspace() for c in text)


class Runs:
    """Gathers runs. `line` is the line of the element that is read, `base` the address from which links are counted,
    `own` the page's."""

    def __init__(self, base: str, own: str) -> None:
        self.base = base
        self.own = own
        self.line = 1
        self.runs: list[Run] = []
        self.kept: list[list[Run]] = []  # the runs around an element that is kept together
        self.style = 0
        self.link: Link | None = None
        self.broken = 0  # in text whose line feeds are seen

    def text(self, text: str, line: int) -> None:
        feed: Literal["break", "soft"] = "break" if self.broken else "soft"
        for offset, part in enumerate(text.split("\n")):
            if offset:
                self.runs.append(Run(feed, line + offset, "", self.style, self.link))
            if part:
                self.runs.append(Run("text", line + offset, part, self.style, self.link))
        if self.link and text.strip():
            self.link.used = True

    def styled(self, style: int) -> Leave:
        before, self.style = self.style, self.style | style

        def leave() -> None:
            self.style = before

        return leave

    def anchor(self, attrs: Mapping[str, str | None]) -> Leave:
        href = resolved(attrs.get("href") or "", self.base, self.own)
        if href is None:
            return None
        before, runs = self.link, self.runs
        link = self.link = Link(href)
        at = len(runs)

        def leave() -> None:
            said = any(run.kind == "image" or run.text.strip() for run in runs[at:]) or link.used
            if self.runs is runs and not said and is_web(href):  # an icon
                label = (attrs.get("title") or attrs.get("aria-label") or "")[:_SAID]
                self.runs.append(Run("text", self.line, " ".join(label.split()) or href, self.style, link))
            self.link = before

        return leave

    def image(self, attrs: Mapping[str, str | None]) -> None:
        said = " ".join((attrs.get("alt") or "")[:_SAID].split())
        if is_sign(said):
            self.text(said, self.line)
            return
        found = (resolved(attrs.get(name) or "", self.base, "") for name in _SOURCES)
        address = next((href for href in found if href and is_web(href)), "")
        if said or address:
            self.runs.append(Run("image", self.line, said, self.style, self.link, address))

    def box(self, ticked: bool) -> None:
        self.runs.append(Run("box", self.line, "x" if ticked else " "))

    def unlink(self) -> None:
        """An `<a>` around several blocks is the address of the first: the title of a card."""
        if self.link and self.link.used:
            self.link = None

    def capture(self, done: Callable[[list[Run]], None]) -> Leave:
        """Keep the runs of an element together and hand them to `done` where it ends."""
        self.kept.append(self.runs)
        self.runs = []

        def leave() -> None:
            self.unlink()
            runs, self.runs = self.runs, self.kept.pop()
            done(runs)

        return leave
