"""Pages in reStructuredText, line by line into Markdown that says the same; `_markdown` makes the blocks.

Titles are underlined, and overlined if one likes; their signs rank in the order in which they appear. Links stand as
`` `text <address>`_ `` or lead to an address given below; footnotes and citations (`.. [1] …`) are a list, which is
where such pages name their papers. Source of the forms: the reStructuredText specification of docutils.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readlist.domain.patterns import late
from readlist.importers._blocks import Page, lines_of
from readlist.importers.blocks import _markdown

_LINK = late(r"(?<![`\w:])`(?P<text>[^`<>]{1,400})<(?P<to>[^`<>\s]{1,1000})>`__?")
_NAMED = late(
    r"(?<![`\w:])`(?P<text>[^`<>]{1,300})`(?P<sign>__?)(?!\w)|(?<![\w`])(?P<word>[A-Za-z][\w.-]{0,60})_(?!\w)"
)
_TARGET = late(r"^\.\. _(?:`(?P<quoted>[^`\n]{1,200})`|(?P<name>[^:`\n]{1,200})):\s+(?P<to>\S+)\s*$", re.MULTILINE)
_PLACE = late(r"\s*\.\. _[^:\n]{1,200}:\s*$")
_ANONYMOUS = late(r"^(?:\.\. __:|__)\s+(?P<to>\S+)\s*$", re.MULTILINE)
_NOTE = late(r"(?P<lead>\s*)\.\. \[[^\[\]\s]{1,60}\]\s+(?=\S)")
_DIRECTIVE = late(r"(?P<lead>\s*)\.\. (?:\|[^|]{1,80}\| )?(?P<name>[a-z][\w-]{1,40})::(?P<said>.*)")
_REFERS = late(r"(\[[^\[\]\s]{1,60}\])_(?!\w)")
_ROLE = late(r":(?P<name>[a-z][\w:-]{0,30}):`(?P<text>[^`<>]{1,200}?)(?:\s*<[^`<>]{1,300}>)?`")
_NUMBERED = {
    "doi": "https://doi.org/",
    "arxiv": "https://arxiv.org/abs/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
}
_FIELD = late(
    r":(?P<name>[A-Z][\w -]{0,40}|doi|url|arxiv|year|authors?|title|venue|tags|status|date):(?P<value>\s.*|$)"
)  # and no picture (":star:")
_COUNTED = late(r"(?P<lead>\s*)#\.(?=\s)")
_BORDER = late(r"\s*(?:=+(?:\s+=+)+|-+(?:\s+-+)+|\+[-=+]+\+)\s*")
_SIGNS = "=-`:'\"~^_*+#.<>"
_SAYS = ("note", "tip", "hint", "important", "warning", "attention", "admonition", "topic", "rubric", "sidebar")
_CODE = ("code", "code-block", "sourcecode", "math", "raw", "parsed-literal", "highlight")
_CUES = (
    _LINK,
    late(r"^\s*\.\. (?:\[[^\[\]\s]{1,60}\]\s+\S|_[^:\n]{1,200}: |[a-z][\w-]{1,40}::(?:\s|$))", re.MULTILINE),
    late(r"^([=~^#*\-+])\1{3,}[ \t]*\r?\n[ \t]*(?=[^\W_])[^\n]{1,150}\n\1{4,}[ \t]*\r?$", re.MULTILINE),
)
_MARKDOWN = late(r"\]\((?:https?:|#|\.{0,2}/)|^#{1,6} \S|^```", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether `text` has what only reStructuredText has, and nothing that only Markdown has."""
    return any(cue.search(text) for cue in _CUES) and not _MARKDOWN.search(text)


def read(text: str) -> Page:
    """The page as blocks."""
    lines = lines_of(text)
    page = _markdown.read("\n".join(_Converter(_linked("\n".join(lines)).split("\n")).lines()) + "\n")
    for block in page.blocks:
        line = lines[block.first - 1] if block.first <= len(lines) else ""
        if block.kind == "blank" and line.strip():  # what was taken out
            block.kind, block.text, block.reason = "noise", line, "reStructuredText's own"
    return page


def _linked(text: str) -> str:
    """`text` with its links as those of Markdown; no line is added or lost."""
    text = _ROLE.sub(_role, text)
    text = _REFERS.sub(r"\1", _LINK.sub(_link, text))
    targets = {_folded(it["quoted"] or it["name"]): it["to"] for it in _TARGET.finditer(text)}
    anonymous: Iterator[str] = iter([it["to"] for it in _ANONYMOUS.finditer(text)])
    if not targets and "__" not in text:
        return text

    def named(it: re.Match[str]) -> str:
        said = it["text"] or it["word"]
        to = next(anonymous, None) if it["sign"] == "__" else targets.get(_folded(said))
        return f"[{said}]({to})" if to else it[0]

    return _NAMED.sub(named, text)


def _link(it: re.Match[str]) -> str:
    said = it["text"]
    if "\n" not in said:
        return f"[{said.strip()}]({it['to']})"
    return it[0] if re.search(r"\n\s*\n", said) else f"[{said}]({it['to']})"


def _role(it: re.Match[str]) -> str:
    """The text of a role; one that names a paper by its number is a link to it."""
    address = _NUMBERED.get(it["name"].casefold())
    return f"[{it['text']}]({address}{it['text']})" if address else it["text"]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _adorns(line: str) -> str:
    """The sign that a line is made of, if it may stand above or below a title."""
    line = line.rstrip()
    return line[0] if len(line) > 2 and line[0] in _SIGNS and line == line[0] * len(line) else ""


class _Converter:
    """The lines of a page whose links are those of Markdown."""

    def __init__(self, source: list[str]) -> None:
        self.source = source
        self.styles: list[tuple[str, bool]] = []  # sign, and whether it stands above too; in the order of their ranks
        self.inside = -1  # the margin of the directive that is open
        self.code = False
        self.head = False  # its options may follow

    def lines(self) -> Iterator[str]:
        """As many lines of Markdown; what is the program's own is empty."""
        at = 0
        while at < len(self.source):
            title = self._title(at)
            if title:
                yield from title
                at += len(title)
            else:
                yield self._line(self.source[at])
                at += 1

    def _title(self, at: int) -> list[str]:
        """The lines of a title that begins at `at`; none if none does."""
        lines = self.source[at : at + 3]
        above = self.source[at - 1].strip() if at else ""
        over = _adorns(lines[0])
        if over and len(lines) == 3 and lines[1].strip() and _adorns(lines[2]) == over:
            return ["", self._heading(lines[1], (over, True)), ""]
        if len(lines) < 2 or above or over or not lines[0].strip() or lines[0][0].isspace():
            return []
        under = _adorns(lines[1])
        if not under or 2 * len(lines[1].rstrip()) < len(lines[0].rstrip()):
            return []
        return [self._heading(lines[0], (under, False)), ""]

    def _heading(self, text: str, style: tuple[str, bool]) -> str:
        if style not in self.styles:
            self.styles.append(style)
        self.inside, self.code = -1, False
        return f"{'#' * min(self.styles.index(style) + 1, 6)} {text.strip()}"

    def _line(self, line: str) -> str:
        bare = line.lstrip()
        margin = len(line) - len(bare)
        if not bare:
            self.head = False
            return ""
        if self.inside >= 0 and margin <= self.inside:
            self.inside, self.code = -1, False
        if self.code:
            return f"    {line}"
        if self.head and bare.startswith(":"):
            return ""
        self.head = False
        directive = _DIRECTIVE.fullmatch(line)
        if directive:
            self.inside, self.head, self.code = margin, True, directive["name"] in _CODE
            said = directive["said"].strip()
            return line[:margin] + said if said and (directive["name"] in _SAYS or "://" in said) else ""
        if _TARGET.match(line) or _PLACE.match(line) or _ANONYMOUS.match(line) or _BORDER.fullmatch(line):
            return ""
        if note := _NOTE.match(line):
            return f"{note['lead']}- {line[note.end() :]}"
        if self.inside >= 0:  # what a directive holds is text, and no code of Markdown
            line = line[min(margin, self.inside + 3) :]
            bare, margin = line.lstrip(), len(line) - len(line.lstrip())
        if field := _FIELD.fullmatch(bare):
            return f"{line[:margin]}{field['name']}:{field['value']}"
        if bare.startswith(".. "):
            return line[:margin] + bare[3:]
        return _COUNTED.sub(r"\g<lead>1.", line, count=1) if bare.startswith("#.") else line
