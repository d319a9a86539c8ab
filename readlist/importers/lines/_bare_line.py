"""Title and fields of a line in which nothing is set off: the title is the text up to the first field."""

from __future__ import annotations

from readlist.domain.patterns import late
from readlist.importers.lines import (
    _citation,
    _fields,
    _remarks,
    _title,
    _title_end,
)
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._people import names
from readlist.importers.lines._seen import Sight

_BOOK_TITLE = late(r"^《([^《》]{2,200})》\s*(.*)$")
_QUOTED = late(r"^[\"“]([^\"“”]{6,250}?)[.,]?[\"”][\s,，]+(.*)$")


def read(text: str, sight: Sight) -> None:
    """Find title and fields of `text`."""
    text = _title.without_lead(_title.without_gaps(" ".join(text.split())))
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
        people = names(quoted[2], short=True)
        rest = Fields(authors=people) if people else _fields.read_parts(quoted[2])
        said = " ".join(rest.left)
        by_the_way = _remarks.is_aside(said, sight.title, quoted=True)
        (sight.asides if by_the_way else sight.remarks).extend([said] if said else [])
        rest.left = []
        sight.fields.update(rest)
        return
    quoted = _QUOTED.match(text) if text[:1] in ('"', "“") else None
    if quoted and _title.is_wordy(quoted[1]):  # '"Title" Howard & Ruder, ACL 2018'
        rest_text, rest = _title_end.cut_fields(quoted[2], known=True)
        people = names(rest_text, short=True)
        if people and (rest.published or sight.ids):
            sight.title, rest.authors, rest.left = quoted[1].strip(), rest.authors or people, []
            sight.fields.update(rest)
            return
    by = _title_end.cut_author(text)
    if by:
        title, author, rest_text = by
        sight.by = True
        sight.fields.update(Fields(authors=[author]))
        rest = _fields.read_parts(rest_text)
        sight.remarks += [rest_text.strip(" ,，")] if rest.left else []
        rest.left = []
        sight.fields.update(rest)
        sight.title = _title.clean(_remarks.without_introduction(title))
        return
    known = count is not None or sight.fields.words > 0 or sight.fields.published
    text, named, asides = _remarks.cut_bracket(text)
    sight.fields.update(named)
    title, tail = _title_end.cut_fields(text, known=known)
    left, tail.left = tail.left, []
    sight.fields.update(tail)
    title, aside = _remarks.cut_aside(title)
    title, remark = _remarks.cut_remark(title, marked=sight.mark is not None)
    sight.title = _title.clean(title)
    for words in (*asides, aside, ", ".join(left)):
        if words:
            (sight.asides if _remarks.is_aside(words, title) else sight.remarks).append(words)
    sight.remarks += [remark] if remark else []
