"""What is seen of one block: a title set apart from the fields, links and marks around it.

Whether that makes an entry is for `_rules` to say. The title is looked for where pages put it, in this order: the
first link or strong text that opens the line, else the text up to the first field, read from the line's end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from readlist.domain import identifiers, venues
from readlist.domain.patterns import late
from readlist.importers import _citation, _days, _fields, _inline, _legend, _marks, _states, _title
from readlist.importers._addresses import collect
from readlist.importers._blocks import Block
from readlist.importers._fields import Fields
from readlist.importers._inline import Span
from readlist.importers._legend import Legend
from readlist.importers._seen import Sight

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
_LABEL = late(r"\s*[\[【(（]([^\[\]【】]{1,40})[\]】)）]\s*\|?\s*")
_EMPTY_BRACKETS = late(r"[(\[（]\s?[)\]）]")  # what the address stood in


def look(
    block: Block, references: Mapping[str, str], legend: Legend = _legend.NONE, diary: bool = False
) -> Sight | None:
    """What `block` shows; None for blocks that can show nothing (headings of no text, code, blank, very long).

    In a diary the day that a line begins or ends with is that of reading, and no part of its title.
    """
    if block.kind in ("raw", "noise", "blank") or not block.text:
        return None
    if block.kind == "row":
        from readlist.importers import _row

        return _row.look(block, references, legend) if block.cells and len(block.text) <= MAX_ROW else None
    if len(block.text) > MAX_LINE:
        return None
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
    at = _opening_title(spans, sight)
    told = _linked_title(spans, at) if at is not None else None
    if told is not None and at is not None:
        sight.asides.append("".join(span.text for span in spans[:told]).strip(" \t-–—:：|,"))
        at = told
    if at is None:
        sight.before = _sentence_before_link(spans)
        _from_text("".join(span.text for span in spans), sight)
        if sight.ids and not sight.fields.any and _SAID_OF.match(sight.title):
            sight.asides.append(sight.title)
            sight.title = ""
        return
    title = spans[at]
    sight.set_off = "link" if title.href is not None else "strong"
    sight.title_href = title.href if title.href and identifiers.is_address(title.href) else None
    rest = spans[at + 1 :]
    follows = "".join(span.text for span in rest).lstrip(" .,:：-–")
    if (
        sight.set_off == "strong"
        and _title.is_nickname(title.text)
        and follows[:1].isalpha()
        and not follows[:1].islower()
        and _title.is_wordy(follows)
    ):
        # "**XYNet**. Words of …": the strong text is the system's name, the title follows
        sight.set_off = ""
        _from_text(follows, sight)
        return
    if sight.set_off == "strong":
        while rest and rest[0].style == "strong" and rest[0].href is None:  # strong text broken by an escape or tag
            title.text += rest.pop(0).text
    _set_title(title.text, sight)
    _read_rest(rest, sight)


def _titled(found: re.Match[str]) -> str:
    """A link to a note of one's own (Obsidian, Logseq, Roam) as strong text: the note's name, which is the title, or
    the words that are shown instead of a name that is a key."""
    name, shown = found["name"].strip(), (found["shown"] or "").strip()
    title = shown if shown and not _title.is_wordy(name) else name
    return f"**{title}**" if _fields.read_part(title) is None else found[0]


def _linked_title(spans: list[Span], at: int) -> int | None:
    """The span that is the title behind a strong word or two, a presenter or a day: a wordy link to a paper."""
    if spans[at].href is not None or _title.is_wordy(spans[at].text):
        return None
    for number, span in enumerate(spans[at + 1 :], at + 1):
        if span.href is not None:
            to_paper = identifiers.from_url(span.href) is not None and _title.is_wordy(span.text)
            return number if to_paper else None
        if span.text.strip(" \t-–—:：|,"):
            return None
    return None


def _opening_title(spans: list[Span], sight: Sight) -> int | None:
    """The span that is a title because it opens the line, strong or as a link. What stands before may be fields."""
    before = ""
    for at, span in enumerate(spans):
        if span.style == "em" and before.rstrip().endswith((".", ",", ":")) and _title.is_wordy(span.text):
            people = _fields.names(before.strip(" .,:"), short=True)  # "Bengio, Vincent. *Title*. TPAMI 2013"
            if people:
                sight.fields.update(Fields(authors=people))
                return at
        if span.style == "strong" or span.href is not None:
            if not any(c.isalnum() for c in span.text):
                continue
            if span.href is None and _stands_before(span.text):
                before += span.text
                continue
            lead = _title.without_lead(before)
            if not any(c.isalnum() for c in lead):
                return at
            tag = _LABEL.fullmatch(before)
            if tag and "|" in before and not (_fields.read_part(tag[1]) or Fields()).published:
                sight.tags.append(tag[1].strip())
                return at
            if _title.announces(before) and before.rstrip().endswith((":", "：")):
                sight.fields.announced = True
                return at
            bare = lead.strip(" |:：,-–—*_")
            found = _fields.read_part(bare)
            if found is not None and (not found.authors or (span.href is not None and _title.is_wordy(span.text))):
                sight.fields.update(found)
                return at
            if tag:
                sight.tags.append(tag[1].strip())
                return at
            if span.style == "strong" and span.href is None:
                before += span.text
                continue
            return None
        before += span.text
    return None


def _stands_before(text: str) -> bool:
    """Whether strong text is none of a title: "**Paper 1**: …", "**2024-03-05** …", "**[ICLR 2021]** …"."""
    if _title.announces(text) or not any(c.isalpha() for c in text):
        return True
    found = _fields.read_part(text) if text[:1] in "[(（【" else None
    return found is not None and found.published


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


def _set_title(text: str, sight: Sight) -> None:
    """Clean a title that is set off; fields may still stand in it, before or after."""
    cited = _citation.cut(text)
    if cited:
        sight.title, found = cited
        sight.fields.update(found)
        return
    title, found = _title.cut_prefix(text)
    sight.fields.update(found)
    if _title.is_quoted(title):
        sight.named_in_bracket = True
    core, tail = _title.cut_fields(title)
    if tail.published and not tail.authors:  # "NAME: AUTHOR, VENUE"
        head, colon, people = core.partition(": ")
        named = _fields.names(people) if colon and " " not in head else None
        if named:
            core, tail.authors = head, named
    if core and (tail.published or tail.citations is not None or tail.authors):
        sight.fields.update(tail)
        title = core
    sight.title = _title.clean(title)


def _read_rest(rest: list[Span], sight: Sight) -> None:
    for span in rest:
        if span.style == "code":
            found = venues.split(span.text)
            if found:
                sight.fields.update(Fields(venue=found[0], year=found[1]))
                continue
            part = _fields.read_part(span.text)
            if part is not None:
                sight.fields.update(part)
            else:
                sight.tags.append(span.text.strip())
            span.text = " , "
    pieces: list[str] = []
    for span in rest:
        if span.style == "em" and len(span.text) > 3:
            people = _fields.names(span.text.strip(" .,"))
            if people:
                sight.fields.update(Fields(authors=people))
                pieces.append(" , ")
                continue
        if span.href is not None and _title.is_wordy(span.text):
            pieces.append(f" | {span.text} | ")
            continue
        pieces.append(span.text)
    for cell in "".join(pieces).lstrip(" :：.,。，;；-–—|").split(" | "):
        told = _fields.told(cell)
        if told:
            sight.remarks.append(told[0].strip(" |"))
            sight.fields.update(told[1])
            continue
        found_rest = _fields.read_parts(cell)
        left, found_rest.left = found_rest.left, []
        sight.fields.update(found_rest)
        if any(sum(c.isalnum() for c in part) > 1 for part in left):
            some = found_rest.any or found_rest.words > 0
            sight.remarks.append((", " if some else " ").join(left if some else cell.split()).strip(" |,;"))


_BOOK_TITLE = late(r"^《([^《》]{2,200})》\s*(.*)$")
_QUOTED = late(r"^[\"“]([^\"“”]{6,250}?)[.,]?[\"”][\s,，]+(.*)$")


def _from_text(text: str, sight: Sight) -> None:
    """Title and fields of a line in which nothing is set off."""
    text = " ".join(text.split())
    if "(" in text or "[" in text or "（" in text:
        text = _EMPTY_BRACKETS.sub(" ", text)
    text = _title.without_lead(text)
    cited = _citation.cut(text)
    if cited:
        sight.title, found = cited
        left, found.left = found.left, []
        sight.fields.update(found)
        sight.remarks += [", ".join(left)] if left else []
        return
    head, text_after, count = _fields.around_count(text)
    if count is not None:
        sight.fields.citations = count
        if any(c.isalnum() for c in head):  # what follows a count is no title
            text = head
            if any(c.isalnum() for c in text_after):
                behind = _fields.read_parts(text_after)
                sight.remarks += [text_after.strip(" ,，;")] if behind.left else []
                behind.left = []
                sight.fields.update(behind)
        else:
            text = text_after
    text, found = _title.cut_prefix(text)
    sight.fields.update(found)
    sight.tags += found.left
    sight.fields.left = []
    text, found = _title.cut_et_al(text)
    sight.fields.update(found)
    whole = _fields.read_part(text) if len(text) < 120 else None
    if whole is not None and (whole.any or whole.words or whole.forms) and not (whole.authors and not sight.links):
        sight.fields.update(whole)
        sight.fields.left = []
        return
    quoted = _BOOK_TITLE.match(text) if text[:1] == "《" else None
    if quoted:
        sight.named_in_bracket = True
        sight.title = quoted[1].strip()
        people = _fields.names(quoted[2], short=True)
        rest = Fields(authors=people) if people else _fields.read_parts(quoted[2])
        sight.remarks += [" ".join(rest.left)] if rest.left else []
        rest.left = []
        sight.fields.update(rest)
        return
    quoted = _QUOTED.match(text) if text[:1] in ('"', "“") else None
    if quoted and _title.is_wordy(quoted[1]):  # '"Title" Howard & Ruder, ACL 2018'
        rest_text, rest = _title.cut_fields(quoted[2], known=True)
        people = _fields.names(rest_text, short=True)
        if people and rest.published:
            sight.title, rest.authors, rest.left = quoted[1].strip(), rest.authors or people, []
            sight.fields.update(rest)
            return
    by = _title.cut_author(text)
    if by:
        title, author, rest_text = by
        sight.by = True
        sight.fields.update(Fields(authors=[author]))
        rest = _fields.read_parts(rest_text)
        sight.remarks += [rest_text.strip(" ,，")] if rest.left else []
        rest.left = []
        sight.fields.update(rest)
        sight.title = _title.clean(_title.without_introduction(title))
        return
    title, tail = _title.cut_fields(text, known=count is not None or sight.fields.words > 0 or sight.fields.published)
    left, tail.left = tail.left, []
    sight.fields.update(tail)
    title, remark = _title.cut_remark(title, marked=sight.mark is not None)
    if remark:
        sight.remarks.append(remark)
    if left:
        sight.remarks.append(", ".join(left))
    sight.title = _title.clean(title)
