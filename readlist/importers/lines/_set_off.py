"""Titles that are set off: strong, or as a link, they open the line; behind them stand fields and remarks."""

from __future__ import annotations

from readlist.domain import identifiers, venues
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines import (
    _bare_line,
    _citation,
    _fields,
    _title,
    _title_end,
)
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._inline import Span
from readlist.importers.lines._people import may_have_etal, names
from readlist.importers.lines._seen import Sight

_NICKNAME = late(r"\s*\[([\w+.,&/ -]{1,30})\]\s*:?\s*")
_QUOTED = late(r"\s*(?P<sign>[:：,]|[-–—]{1,2})\s*[\"“](?P<title>[^\"“”]{6,250}?)[.,]?[\"”]")
_LABEL = late(r"\s*[\[【(（]([^\[\]【】]{1,40})[\]】)）]\s*\|?\s*")
_ONWARD = late(
    r"(?:(?P<colon>[:：])|\s(?P<by>for|with|of|in|via|from|using|to|and|through))\s+(?P<rest>\S[^.;。；|]*)$"
)
_LONG_WORD = late(r"[^\W\d_][\w'’-]{3,}")


def read(spans: list[Span], sight: Sight) -> bool:
    """Find title and fields of a line whose title is set off; False if none is."""
    at = _opening_title(spans, sight)
    if at is None:
        return False
    told = _linked_title(spans, at)
    if told is not None:
        sight.asides.append("".join(span.text for span in spans[:told]).strip(" \t-–—:：|,"))
        at = told
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
        _bare_line.read(follows, sight)
        return True
    if sight.set_off == "strong" and _named_in_front(title, rest, sight):
        return True
    if sight.set_off == "strong":
        while rest and rest[0].style == "strong" and rest[0].href is None:  # strong text broken by an escape or tag
            title.text += rest.pop(0).text
        rest = _going_on(title, rest, sight)
    _set_title(title.text, sight)
    _read_rest(rest, sight)
    return True


def _named_in_front(name: Span, rest: list[Span], sight: Sight) -> bool:
    """Read a line in which the strong words in front are a name, the system's in brackets or the authors', and the
    title follows: "**[R-CNN]** TITLE | …", "**3DETR**: "TITLE", …", "**Shafer & Vovk** — "TITLE""."""
    plain = "".join(span.text for span in rest)
    label = _NICKNAME.fullmatch(name.text)
    if label and rest and rest[0].href is None and _fields.read_part(label[1]) is None:
        title, bar, tail = rest[0].text.partition(" | ")
        if not _title.is_wordy(title):
            return False
        sight.tags.append(label[1].strip())
        rest[0].text = bar + tail
    else:
        quoted = _QUOTED.match(plain)
        if quoted is None or not _title.is_wordy(quoted["title"]) or quoted.end() > len(rest[0].text):
            return False
        people = names(name.text.strip(" ,.:"), short=True) if quoted["sign"] not in ":：" else None
        if people is None and _title.is_wordy(name.text):
            return False
        sight.fields.update(Fields(authors=people or []))
        if not people and any(c.isalnum() for c in name.text):
            sight.asides.append(name.text.strip(" :"))
        title, rest[0].text = quoted["title"], rest[0].text[quoted.end() :]
    _set_title(title, sight)
    _read_rest(rest, sight)
    return True


def _linked_title(spans: list[Span], at: int) -> int | None:
    """The span that is the title behind a strong word or two (a presenter or a day) or a link to a folder beside the
    page: a wordy link to a paper."""
    first = spans[at].href
    beside = first is not None and not identifiers.is_address(first) and "." not in first.rpartition("/")[2]
    if (first is not None and not beside) or _title.is_wordy(spans[at].text):
        return None
    for number, span in enumerate(spans[at + 1 :], at + 1):
        if span.href is not None:
            to_paper = identifiers.from_url(span.href) is not None or span.href.casefold().endswith(".pdf")
            return number if to_paper and _title.is_wordy(span.text) else None
        if span.text.strip(" \t-–—:：|,"):
            return None
    return None


def _opening_title(spans: list[Span], sight: Sight) -> int | None:
    """The span that is a title because it opens the line, strong or as a link. What stands before may be fields."""
    before = ""
    for at, span in enumerate(spans):
        if span.style == "em" and before.rstrip().endswith((".", ",", ":")) and _title.is_wordy(span.text):
            people = names(before.strip(" .,:"), short=True)  # "Bengio, Vincent. *Title*. TPAMI 2013"
            if people:
                sight.fields.update(Fields(authors=people))
                return at
        if span.style == "em" and sight.ids and _title.is_wordy(span.text):  # "*TITLE*, AUTHORS (2023)"
            opens = not any(c.isalnum() for c in _title.without_lead(before))
            if opens and names(span.text.strip(" .,")) is None:
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
            if found is not None and (not found.authors or _is_theirs(span, bare)):
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


def _is_theirs(span: Span, people: str) -> bool:
    """Whether `span` is a link to what the `people` before it wrote: its text is a title's, or they are surely people
    and it leads to a paper ("Devlin et al., [BERT](…)")."""
    if span.href is None:
        return False
    sure = may_have_etal(people) and identifiers.from_url(span.href) is not None
    return _title.is_wordy(span.text) or (sure and not _fields.is_link_word(span.text))


def _stands_before(text: str) -> bool:
    """Whether strong text is none of a title: "**Paper 1**: …", "**2024-03-05** …", "**[ICLR 2021]** …"."""
    if _title.announces(text) or not any(c.isalpha() for c in text):
        return True
    found = _fields.read_part(text) if text[:1] in "[(（【" else None
    return found is not None and found.published


def _going_on(title: Span, rest: list[Span], sight: Sight) -> list[Span]:
    """Give the strong `title` the words by which it goes on in capitals ("**Segment Anything** in High Quality"), and
    `sight` the fields behind them; back comes what else follows. Words in small letters are a remark."""
    end = next((at for at, span in enumerate(rest) if span.href is not None or span.style or span.bare), len(rest))
    plain = "".join(span.text for span in rest[:end])
    if not plain[:1] or plain[0] not in " :：" or not title.text[-1:].isalnum() or " " not in title.text:
        return rest
    whole, tail = _title_end.cut_fields(title.text + plain, known=True)
    onward = _ONWARD.fullmatch(whole.rstrip(" ,，"), len(title.text)) if whole.startswith(title.text) else None
    if onward is None or (onward["by"] in ("in", "from") and not tail.venue):  # it may be where it was published
        return rest
    words = _LONG_WORD.findall(onward["rest"])
    if len(words) < (3 if onward["colon"] else 2) or is_chinese(onward["rest"]):
        return rest
    if not all(word[0].isupper() for word in words):
        return rest
    if not (tail.published or sight.fields.published or sight.links or sight.files):  # "**Key Idea**: Use It Well"
        return rest
    title.text = onward.string
    sight.remarks += [", ".join(tail.left)] if tail.left else []
    tail.left = []
    sight.fields.update(tail)
    return rest[end:]


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
    core, tail = _title_end.cut_fields(title)
    if tail.published and not tail.authors:  # "NAME: AUTHOR, VENUE"
        head, colon, people = core.partition(": ")
        named = names(people) if colon and " " not in head else None
        if named:
            core, tail.authors = head, named
    if core and (tail.published or tail.citations is not None or tail.authors):
        sight.fields.update(tail)
        title = core
    sight.title = _title.clean(title)


# A place by its form alone, where it stands behind a title: "TITS 2021", "IEEE SPM 2017".
_PLACE = late(r"(?P<name>(?:(?:IEEE|ACM)(?:/ACM)? )?[A-Z][A-Z&-]{1,8})[ -]?['’]?(?P<year>(?:19|20)\d\d)")


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
            people = names(span.text.strip(" .,"))
            if people:
                sight.fields.update(Fields(authors=people))
                pieces.append(" , ")
                continue
        if span.href is not None and _title.is_wordy(span.text):
            pieces.append(f" | {span.text} | ")
            continue
        pieces.append(span.text)
    for cell in _title.without_gaps("".join(pieces)).lstrip(" :：.,。，;；-–—|").split(" | "):
        told = _fields.told(cell)
        if told:
            sight.remarks.append(told[0].strip(" |"))
            sight.fields.update(told[1])
            continue
        found_rest = _fields.read_parts(cell)
        left, found_rest.left = found_rest.left, []
        place = next((at for part in left if (at := _PLACE.fullmatch(part.strip(" .")))), None)
        if place and not (found_rest.published or sight.fields.published):
            found_rest.venue, found_rest.year = place["name"], int(place["year"])
            left = [part for part in left if part.strip(" .") != place[0]]
        sight.fields.update(found_rest)
        if any(sum(c.isalnum() for c in part) > 1 for part in left):
            some = found_rest.any or found_rest.words > 0
            sight.remarks.append((", " if some else " ").join(left if some else cell.split()).strip(" |,;"))
