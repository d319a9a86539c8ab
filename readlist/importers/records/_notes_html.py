"""Notes in HTML, as Zotero and others keep them, as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from readlist.domain.patterns import late

_ELEMENT = late(
    r"</?(?:p|div|br|span|ul|ol|li|h[1-6]|b|i|em|strong|a|blockquote|pre|code|table|jats:\w+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LONGEST_HTML = 1_000_000  # characters; a note with pictures in it stays as it is
_BETWEEN = late(r"(?<=>)\s*;\s*(?=<)")  # how Zotero's CSV divides the notes of one item
_OPENS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_BLOCKS = frozenset("p div ul ol li h1 h2 h3 h4 h5 h6 blockquote pre table tr jats:p jats:title jats:sec".split())


def note(text: str) -> str:
    """A note as Markdown: HTML, as Zotero keeps notes, is translated, any other text is taken as it is."""
    if len(text) > _LONGEST_HTML or not _is_html(text):
        return text.strip()
    translator = _Markdown()
    translator.feed(_BETWEEN.sub("", text))
    translator.close()
    return translator.text()


def _is_html(text: str) -> bool:
    """Whether a note begins with an element, as editors write them, or is one line with an element in it.

    Of Markdown in several lines with an element somewhere, line breaks and blanks mean something.
    """
    text = text.strip()
    return bool(_ELEMENT.match(text) or ("\n" not in text and _ELEMENT.search(text)))


class _Markdown(HTMLParser):
    """The text of HTML with its paragraphs, headings, lists, emphasis and links in Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "li":
            self._pieces.append("\n- ")
        elif tag in _BLOCKS:
            self._pieces.append("\n\n" + ("#" * int(tag[1]) + " " if re.fullmatch(r"h[1-6]", tag) else ""))
            if tag == "blockquote":
                self._pieces.append("> ")
        elif tag == "a":
            self._hrefs.append(next((value for name, value in attrs if name == "href" and value), ""))
            self._pieces.append("[" if self._hrefs[-1].startswith(("http://", "https://")) else "")
        else:
            self._pieces.append(_OPENS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._hrefs:
            href = self._hrefs.pop()
            self._pieces.append(f"]({href})" if href.startswith(("http://", "https://")) else "")
        elif tag in _BLOCKS and tag != "li":
            self._pieces.append("\n\n")
        else:
            self._pieces.append(_OPENS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self._pieces.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        lines = [line.strip() for line in "".join(self._pieces).split("\n")]
        lines = ["" if line in ("-", ">") else line for line in lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
