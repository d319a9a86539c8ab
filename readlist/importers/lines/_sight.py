"""What is seen of one block: a title set apart from the fields, links and marks around it.

Whether that makes an entry is for `_rules` to say. The title is looked for where pages put it, in this order: the
first link or strong text that opens the line, else the text up to the first field, read from the line's end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from readlist.domain import identifiers
from readlist.domain.patterns import late
from readlist.importers._blocks import Block
from readlist.importers.lines import (
    _bare_line,
    _citation,
    _days,
    _fields,
    _inline,
    _legend,
    _marks,
    _set_off,
    _states,
    _title,
)
from readlist.importers.lines._addresses import collect
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._inline import Span
from readlist.importers.lines._legend import Legend
from readlist.importers.lines._people import names
from readlist.importers.lines._seen import Sight

# A longer line is running text, whatever stands in it: titles have at most 300 characters, author lists of large
# collaborations some 2,000.
MAX_LINE = 4000
MAX_ROW = 40_000  # a row may hold a whole review beside the title; each of its cells is judged by itself

# A number behind a tab at the line's end: lists pasted from a spreadsheet carry their counts so.
_TABBED = late(r"\t[ \t]*(-1|\d{1,7})[ \t]*$")


_BARE = late(r"[^\W\d_]{1,20}(?: [^\W\d_]{1,20})?")  # a word or two: nothing to be taken apart
_WIKI = late(r"(?<!!)\[\[(?P<name>[^\[\]|#^\n]{2,200})(?:[#^][^\[\]|]*)?(?:\|(?P<shown>[^\[\]|]*))?\]\](?![(\[])")
_PREFIXED = late(r"\W{0,3}\w{2,10}: ?(?!//)\S{5,100}\W{0,3}$")
# What is said when an address is passed on; titles have a capital further on, or more words.
_SAID_OF = late(
    r"(?i:check|see|look|read|this|here|also|fyi|cc|interesting|nice|great|cool|have a look)\b[^A-Z]{0,40}$"
)
# Tags of note programs behind a title; a hash before a number names an issue.
_HASHTAGS = late(r"(?:\s+#[^\W\d][\w/-]{0,40})+(?=\s|$)")
# A field in the middle of a line: "[status:: read]", "(year:: 2020)" (Dataview).
_FIELD = late(r"[\[(]\s*(?P<key>[^\W\d][\w -]{1,24})::\s*(?P<value>[^\[\]()]{0,200})[\])]")
# Words drawn over or through (==so==, ~~so~~) as any others; the name of a block in Obsidian (^so).
_DRAWN = late(r"(?P<sign>==|~~)(?P<text>[^=~\s](?:[^=~]*[^=~\s])?)(?P=sign)")
_BLOCK_ID = late(r"\s\^[A-Za-z0-9-]{2,40}\s*$")
# Stars and pictures at a line's end, which no legend explains: the reader's own praise, and no part of the title.
# Lists of tasks write days and priorities so, too ("⏫ 📅 2024-06-01").
_RATING = late(
    r"(?:\s*[\u2605\u2606\u2b50\u2764\u2728\u23e9-\u23f3\U0001f300-\U0001faff]\ufe0f?(?:\s*\d{4}-\d\d-\d\d)?)+\s*$"
)


# Letters, digits and square brackets as wide as a Chinese character are read as the usual ones; punctuation is not,
# since a wide comma or bracket tells where Chinese goes on.
_WIDE = late(r"[０-９Ａ-Ｚａ-ｚ［］]")
_NARROW = {code: code - 0xFEE0 for code in map(ord, "［］")} | {
    first + at: base + at
    for first, base, number in ((0xFF10, 48, 10), (0xFF21, 65, 26), (0xFF41, 97, 26))
    for at in range(number)
}


def look(
    block: Block, references: Mapping[str, str], legend: Legend = _legend.NONE, diary: bool = False
) -> Sight | None:
    """What `block` shows; None for blocks that can show nothing (headings of no text, code, blank, very long).

    In a diary the day that a line begins or ends with is that of reading, and no part of its title.
    """
    if block.kind in ("raw", "noise", "blank") or not block.text:
        return None
    if block.kind == "row":
        from readlist.importers.lines import _row

        if not block.text.isascii() and _WIDE.search(block.text):
            block = replace(block, cells=tuple((name, cell.translate(_NARROW)) for name, cell in block.cells))
        return _row.look(block, references, legend) if block.cells and len(block.text) <= MAX_ROW else None
    if len(block.text) > MAX_LINE:
        return None
    if not block.text.isascii() and _WIDE.search(block.text):
        block = replace(block, text=block.text.translate(_NARROW))
    if _BARE.fullmatch(block.text) and block.box is None and not legend.signs and not _marks.hints(block.text):
        return Sight(block.text, title=block.text, bullet=block.bullet)
    whole, keyed = block.text, []
    if "::" in whole:
        keyed = [(found["key"], found["value"].strip()) for found in _FIELD.finditer(whole)]
        whole = _FIELD.sub(" ", whole).strip()
    if any(sign in whole for sign in ("==", "~~", " ^")):
        whole = _BLOCK_ID.sub("", _DRAWN.sub(r"\g<text>", whole))
    text, tabbed = whole, _TABBED.search(whole)
    if tabbed:
        text = text[: tabbed.start()]
    marked = _marks.take(text, legend)
    sight = Sight(whole, legend=marked.legend or block.first in legend.lines)
    sight.mark = _marks.both(marked.mark, _marks.of_box(block.box, legend))
    sight.depth, sight.finished, sight.given_up = marked.depth, marked.finished, marked.given_up
    sight.keyed = keyed
    sight.box, sight.bullet = block.box is not None, block.bullet
    line = marked.text
    if diary and block.kind != "heading":
        line, sight.day = _days.cut(line)
    read_line(line, sight, references)
    if marked.remark:
        read_tail(marked.remark, sight, references)
    if tabbed and sight.fields.citations is None and tabbed[1] != "-1":  # -1: who counted did not find it
        sight.fields.citations = int(tabbed[1])
    return sight


def read_tail(text: str, sight: Sight, references: Mapping[str, str]) -> None:
    """Take fields and addresses from what follows a title; what is neither is a remark."""
    spans = collect(_inline.spans(text, references), sight)
    found = _fields.read_parts("".join(span.text for span in spans))
    if found.left:
        sight.remarks.append(_inline.plain(text) if not sight.links else text)
        found.left = []
    sight.fields.update(found)


def read_line(text: str, sight: Sight, references: Mapping[str, str]) -> None:
    """Find title and fields of a line without marks."""
    rated = _RATING.search(text) if not text.isascii() else None
    if rated and any(c.isalnum() for c in text[: rated.start()]):
        sight.asides.append(rated[0].strip())
        text = text[: rated.start()]
    text = _WIKI.sub(_titled, text) if "[[" in text else text
    tagged = _HASHTAGS.search(text) if "#" in text else None
    if tagged:
        for tag in tagged[0].replace("#", " ").split():
            said = _states.of_tag(tag)
            sight.mark = _marks.both(sight.mark, said)
            sight.tags += [] if said or tag in sight.tags else [tag]
        text = f"{text[: tagged.start()]}{text[tagged.end() :]}"
    named = identifiers.parse(text.strip(" <>.,;")) if _PREFIXED.match(text) else None
    if named and named.url:  # "doi:10.1038/nature14539" and nothing else
        sight.links.append(("", named.url))
        return
    spans = collect(_inline.spans(text, references), sight)
    _take_signature(spans, sight)
    if _set_off.read(spans, sight):
        return
    sight.before = _sentence_before_link(spans)
    text, behind = _at_address(spans)
    _bare_line.read(text, sight)
    if behind:
        found = _fields.read_parts(behind)
        sight.asides.append(", ".join(found.left) if found.any or found.words else behind)
        found.left = []
        sight.fields.update(found)
    if sight.ids and not sight.fields.any and _SAID_OF.match(sight.title):
        sight.asides.append(sight.title)
        sight.title = ""


_AROUND = " \t,，.。;；:：|-–—)）]】"  # between an address and what is said behind it
_SIGNATURE = late(r"(?P<who>[A-Z][^()]{1,120}?),? \((?P<year>(?:19|20)\d\d)\)")


def _take_signature(spans: list[Span], sight: Sight) -> None:
    """Take out the link that a line ends in if it says, behind a stop, who wrote it when: "TITLE. [Gray (1975)](…)"."""
    at = next((at for at in range(len(spans) - 1, 0, -1) if any(c.isalnum() for c in spans[at].text)), 0)
    signed = _SIGNATURE.fullmatch(spans[at].text.strip()) if at and spans[at].href is not None else None
    if signed and "".join(span.text for span in spans[:at]).rstrip(" *_").endswith((".", "?", "!")):
        people = names(signed["who"], short=True)
        if people:
            sight.fields.update(Fields(authors=people, year=int(signed["year"])))
            del spans[at:]


def _at_address(spans: list[Span]) -> tuple[str, str]:
    """The words up to an address, and those behind it: where a title stands before an address it ends there, unless
    all that follows are fields, which are read with the title."""
    text, whole = "", "".join(span.text for span in spans)
    for span in spans:
        if span.bare and _ends_title(text):
            behind = _title.without_gaps(whole[len(text) :].lstrip(_AROUND)).strip(_AROUND)
            if not any(c.isalnum() for c in behind) or not _fields.read_parts(behind).left or _citation.cut(whole):
                break
            return text.rstrip(" ([（【"), behind
        text += span.text
    return whole, ""


def _ends_title(text: str) -> bool:
    """Whether a title may end where `text` does: words enough, no bracket open, and not what leads to a title."""
    bare = text.rstrip(" ([（【")
    closed = all(bare.count(a) <= bare.count(b) for a, b in ("()", "[]", "（）", "【】"))
    return closed and bare[-1:] not in (":", "：") and _title.is_wordy(bare) and _fields.read_part(bare) is None


def _titled(found: re.Match[str]) -> str:
    """A link to a note of one's own (Obsidian, Logseq, Roam) as strong text: the note's name, which is the title, or
    the words that are shown instead of a name that is a key."""
    name, shown = found["name"].strip(), (found["shown"] or "").strip()
    title = shown if shown and not _title.is_wordy(name) else name
    return f"**{title}**" if _fields.read_part(title) is None else found[0]


def _sentence_before_link(spans: list[Span]) -> str:
    """The words before a link in mid-line whose text is neither a field nor the name of an address."""
    before = ""
    for span in spans:
        if span.href is not None and any(c.isalnum() for c in span.text):
            bare = before.strip(" ([（【:：,")
            if sum(c.isalpha() for c in bare) > 1 and _fields.read_part(span.text) is None:
                return bare
        before += span.text
    return ""
