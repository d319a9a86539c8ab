"""Putting text from outside into Markdown so that it reads as it was written and changes nothing around it.

Two kinds of text: lines (titles, names, reasons), which are plain and whose special characters are escaped; and blocks
(notes, summaries), which are their writer's own Markdown and keep it, less what would reach beyond them: headings,
raw HTML, fences left open. Source of the rules: CommonMark 0.31.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from readlist.domain.identifiers import is_address
from readlist.domain.patterns import late
from readlist.domain.text import one_line, printable

if TYPE_CHECKING:
    from markdown_it.token import Token

    Parse = Callable[[str], list[Token]]

# What can begin emphasis, code, a link, strikethrough, a tag or an entity. An underscore within a word cannot, nor can
# `<` before a blank or a digit, nor a backslash before a letter: those stay, so that `$x_i < \alpha$` can be read.
_SPECIAL = late(
    r"[`*\[\]~]|(?<![^\W_])_|\\(?=[!-/:-@\[-`{-~]|$)|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)",
)
# What begins a block where it stands first in a line.
_FIRST = late(r"#{1,6}(?= |$)|>|[-+](?= |$)|(?:-[- ]*|=+)$")
_NUMBERED = late(r"^([0-9]{1,9})([.)])(?= |$)")

_IN_ADDRESS = str.maketrans({c: f"%{ord(c):02X}" for c in '()<>\\"`|^'})

_TAG = late(r"<(?=[A-Za-z/!?])")
_NO_TAG = late(r"\\.|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|<https?://[^\s<>]*>", re.DOTALL)


def line(text: str) -> str:
    """`text` as plain text in Markdown, on one line, wherever in a line it is put."""
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", one_line(text))
    escaped = _NUMBERED.sub(r"\1\\\2", escaped)
    return f"\\{escaped}" if _FIRST.match(escaped) else escaped


def cell(text: str) -> str:
    """`line`, for a cell of a table."""
    return line(text).replace("|", "\\|")


def address(url: str) -> str | None:
    """`url` as it can stand between the parentheses of a link; None unless it is an http(s) address."""
    clean = one_line(url).replace(" ", "%20")
    if not is_address(clean):
        return None
    return re.sub(r"&(?=#?\w{1,32};)", "&amp;", clean.translate(_IN_ADDRESS))


def link(text: str, url: str) -> str:
    """A link, or the text alone if `url` is no http(s) address."""
    target = address(url)
    return f"[{line(text)}]({target})" if target else line(text)


def block(texts: Iterable[str]) -> str:
    """`texts`, each somebody's Markdown, one after the other as Markdown without headings, raw HTML or open fences."""
    from markdown_it import MarkdownIt

    parse = MarkdownIt("commonmark", {"maxNesting": 100}).parse

    def tame(text: str) -> str:
        return _without_headings(_without_tags(text, parse), parse)

    tidy = [_close_fence(tame(clean), parse) for clean in map(_clean, texts) if clean]
    text = "\n\n".join(tidy)
    if not text:
        return ""
    # Once more, since beside its neighbour a text may read differently. The second attempt is for what is so knotted
    # that it cannot be told where its code ends.
    for attempt in (tame(text), _without_headings(text.replace("<", "&lt;"), parse)):
        if _harmless(parse(attempt)):
            return attempt
    return _fenced(text)


def indented(text: str, width: int = 2) -> str:
    """`text` moved to the right so that it belongs to the list item above; blank lines stay blank."""
    return textwrap.indent(text, " " * width)


def quoted(text: str) -> str:
    """`text` as a block quotation."""
    return textwrap.indent(text, "> ", lambda line: True).replace("> \n", ">\n")


def _clean(text: str) -> str:
    # Tabs would stop at other columns once the text is indented.
    # A line of other white space (a no-break space) is a blank line to `indented`, but text to Markdown.
    lines = [line.expandtabs(4) if line.strip() else "" for line in printable(text).split("\n")]
    return textwrap.dedent("\n".join(lines)).strip("\n")


def _close_fence(text: str, parse: Parse) -> str:
    """`text` with its last fence closed, if what comes after the text would be taken for code.

    A fence within a list or quotation ends with that.
    """
    after = "after"
    last = parse(f"{text}\n\n{after}")[-1]
    return f"{text}\n{last.markup}" if last.type == "fence" and last.content.endswith(after) else text


def _without_tags(text: str, parse: Parse) -> str:
    """`text` with every `<` that could begin a tag made an entity, but for those in code and in `<https://…>`."""
    lines = text.split("\n")
    code: set[int] = set()
    for token in parse(text):
        if token.type in ("fence", "code_block") and token.map:
            code.update(range(*token.map))
    parts: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and (end in code) == (start in code) and (start in code or lines[end].strip()):
            end += 1
        part = "\n".join(lines[start:end])
        parts.append(part if start in code else _escape_tags(part))
        start = end
    return "\n".join(parts)


def _escape_tags(paragraph: str) -> str:
    parts: list[str] = []
    position = 0
    for found in _NO_TAG.finditer(paragraph):
        parts += (_TAG.sub("&lt;", paragraph[position : found.start()]), found[0])
        position = found.end()
    return "".join(parts) + _TAG.sub("&lt;", paragraph[position:])


def _without_headings(text: str, parse: Parse) -> str:
    """`text` with the marks of its headings escaped."""
    lines = text.split("\n")
    # What was a heading may become part of a paragraph that the next underline then makes a heading.
    for _ in range(len(lines)):
        headings = [token for token in parse("\n".join(lines)) if token.type == "heading_open" and token.map]
        if not headings:
            break
        for token in headings:
            assert token.map
            number = token.map[0] if token.markup.startswith("#") else token.map[1] - 1
            lines[number] = lines[number].replace(token.markup[0], f"\\{token.markup[0]}", 1)
    return "\n".join(lines)


def _harmless(tokens: list[Token]) -> bool:
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    return not kinds & {"heading_open", "html_block", "html_inline"}


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
