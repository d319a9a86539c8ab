"""Where a title begins and ends in a line of text, and what is left of it when all else is taken off."""

from __future__ import annotations

import re

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese, one_line
from readlist.importers.lines import _fields
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._people import names

_NICKNAME = late(r"(?=\S*[A-Z0-9]\S*[A-Z0-9])[A-Za-z][\w+.\-]{1,20}")
_LEAD = late(
    r"^(?:\s|\d{1,3}[.)]\s|\d{1,3}、|\d{1,2}[.．](?=[A-Z][A-Za-z]|[《【“\[\u4e00-\u9fff])|[(（]\d{1,3}[)）]|\[\d{1,3}\](?!\()|[①-⑳]|[#*•·>|~\-–—]+\s|:[a-z_]+:|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d])+"
)
_BRACKET = late(r"^\s*[\[【(（「〔]([^\[\]【】()（）「」〔〕]{1,60})[\]】)）」〕]\s*[:：|,]?\s*")
_ONLY_FIELDS = ("「", "〔")  # brackets that quote words; a field when it stands in them, and no label
# "ICML'20 Title of the paper": a venue with its year, and no event of that venue ("ICML 2020 Workshop on …").
_VENUE_IN_FRONT = late(
    r"\s*([A-Z][A-Za-z]{1,11}\s?['’‘]?\d{2,4})\s+(?=[A-Z])(?!(?:workshop|tutorial|keynote|proceedings|accepted"
    r"|papers)\b)",
    re.IGNORECASE,
)
_YEAR_IN_FRONT = late(r"((?:19|20)\d\d)[-_](?=[A-Za-z])")  # file names: "2001-Title-of-the-Paper"
# "[2020-AI Open]", "[AI Open 2020]": by its form alone a venue, known or not.
_YEAR_AND_PLACE = late(
    r"(?P<year>(?:19|20)\d\d)[-_ ](?P<place>[A-Z][\w&. -]{1,30})"
    r"|(?P<named>[A-Z][\w&. -]{1,30})[-_ ](?P<dated>(?:19|20)\d\d)"
)
# "2022-06 | Title": when it was published, or listed.
_DATE_IN_FRONT = late(
    r"[\[(（]?((?:19|20)\d\d)[-./年](?:0?[1-9]|1[0-2])(?:[-./月][0-3]?\d)?[日月]?[\])）]?\s*[|:：,，-]\s+(?=\S)"
)
_ANNOUNCES = late(
    r"(?:(?:paper|[论論]文|文[献獻])\s*[#№]?\s?\d{0,3}|paper title|title"
    r"|(?:[论論]文|文章|原文|中文|英文)?(?:[题題]目|[标標][题題]|名[称稱]?)|文章)",
    re.IGNORECASE,
)
# "读 LoRA: …", "今天看了《…》": what the reader did stands before the title.
_DID = late(r"(?:今天|昨天|[上本][周週])?(?:[精略重阅閱]?[读讀]|看)(?:完了?|了|[过過])?\s*[:：]?\s*(?=[A-Z《“\"])")
# Names of addresses that also begin titles: "Theano: a framework", "Summary: …".
_NAMES_TOO = late(
    r"summary|models?|review|data|dataset|pytorch|tensorflow|torch|jax|theano|matlab|caffe|mxnet|lua|keras|colab"
    r"|notebook|api"
    r"|package|toolkit|software|tutorial|demo",
    re.IGNORECASE,
)
_ET_AL_IN_FRONT = late(
    r"(?P<who>[A-Z][^.,:\d]{1,40}?\bet\.?\s?al\b)\.?,?\s*"
    r"(?:[(\[]?(?P<year>(?:19|20)\d\d)[)\]]?\s*[-–—:：.,]|[-–—:：])\s*(?=[\w\"“])"
)
_COLON = late(r"^([^:：]{2,48}?)\s*[:：]\s*(?=\S)")
_SHORTCODES = late(r"(?:\s*:[a-z][a-z0-9_+-]{1,30}:)+$")  # ":star:" behind a title
_QUOTES = {"《": "》", "“": "”", '"': '"', "「": "」", "『": "』", "'": "'", "‘": "’", "<<": ">>"}

_TITLE_MAX = 300


def is_nickname(text: str) -> bool:
    """Whether `text` is a system's short name as titles carry before them: one word with a capital inside."""
    return _NICKNAME.fullmatch(text.strip(" .,:")) is not None


def is_wordy(text: str) -> bool:
    """Whether `text` has the words of a title: three at least, or six Chinese characters."""
    han = 0 if text.isascii() else sum(1 for c in text[:60] if is_chinese(c))
    return han >= 6 or sum(1 for word in text.split()[:12] if any(c.isalpha() for c in word)) >= 3


def announces(text: str) -> bool:
    """Whether `text` before a title says that a paper's title follows ("文章标题：")."""
    return _ANNOUNCES.fullmatch(text.strip(" *_:：")) is not None


def without_lead(text: str) -> str:
    """`text` without the numbering, arrows and pictures it begins with."""
    found = _LEAD.match(text)
    return text[found.end() :] if found else text


_GAP = late(r"[(\[（【［「《]\s{0,3}[)\]）】］」》]|[,，]\s{1,3}(?=[,，])")  # what an address stood in, or between


def without_gaps(text: str) -> str:
    """`text` without the empty brackets and double commas that are left where addresses were taken out."""
    if "(" in text or "[" in text or "," in text or not text.isascii():
        return _GAP.sub(" ", text)
    return text


def is_quoted(text: str) -> bool:
    """Whether all of `text` stands in 《》 or quotation marks."""
    text = text.strip()
    return any(text.startswith(a) and text.endswith(b) and len(text) > 2 for a, b in _QUOTES.items())


def clean(text: str) -> str:
    """`text` without the marks around a title: quotation marks, a last stop, stray brackets."""
    text = one_line(text)[: _TITLE_MAX + 200].strip()
    text = without_lead(text)
    text = (_SHORTCODES.sub("", text) if text.endswith(":") else text).strip()
    if text and text[0].isalnum() and text[-1].isalnum():
        return text
    for _ in range(2):
        for a, b in _QUOTES.items():
            if (
                text.startswith(a)
                and text.endswith(b)
                and len(text) > len(a) + len(b)
                and a not in text[len(a) : -len(b)]
            ):
                text = text[len(a) : -len(b)].strip()
        text = text.rstrip(" ,，;；:：|-–—").lstrip(" ,，;；:：|-–—.")
        if text.endswith((".", "．")) and not text.endswith("..") and (" " in text or is_chinese(text[-2:-1])):
            text = text[:-1].rstrip()
        if text.startswith("[") and text.endswith("]") and text.count("[") == 1:
            text = text[1:-1]
        for opening, closing in ("()", "[]", "（）", "【】"):
            if text.endswith(opening):
                text = text[:-1].rstrip()
            if text.endswith(closing) and text.count(closing) > text.count(opening):
                text = text[:-1].rstrip()
    return text


def cut_prefix(text: str) -> tuple[str, Fields]:
    """The fields that stand before a title ("[2021-EMNLP]", "ICLR2021:", "2020:", "论文："), cut off it.

    A bracket that is no field is kept in `left`, as a label.
    """
    found = Fields()
    did = _DID.match(text)
    text = text[did.end() :] if did else text
    for _ in range(4):
        dated = _YEAR_IN_FRONT.match(text) or _DATE_IN_FRONT.match(text)
        if dated:
            found.update(Fields(year=int(dated[1])))
            text = text[dated.end() :]
            continue
        named = _VENUE_IN_FRONT.match(text)
        venue = venues.split(named[1]) if named else None
        if named and venue and venue[1] and is_wordy(text[named.end() :]):
            found.update(Fields(venue=venue[0], year=venue[1]))
            text = text[named.end() :]
            continue
        bracket = _BRACKET.match(text)
        if bracket and bracket.end() < len(text):
            inner = bracket[1].strip()
            one = _fields.read_part(inner)
            by_form = _YEAR_AND_PLACE.fullmatch(inner) if one is None else None
            if text.lstrip()[0] in _ONLY_FIELDS and not (one and one.published):
                break
            if by_form:
                place = (by_form["place"] or by_form["named"]).strip(" -_")
                found.update(Fields(venue=place, year=int(by_form["year"] or by_form["dated"])))
            elif one is not None and (one.published or one.words):
                found.update(one)
            elif len(inner) <= 24 and text[0] in "[【":
                found.left.append(inner)
            else:
                break
            text = text[bracket.end() :]
            continue
        colon = _COLON.match(text) if ":" in text or "：" in text else None
        if colon:
            head = colon[1].strip(" *")
            venue = venues.split(head)
            year = _fields.year_of(head)
            if venue and (venue[1] or head.isupper()):
                found.update(Fields(venue=venue[0], year=venue[1]))
            elif year:
                found.update(Fields(year=year))
            elif _ANNOUNCES.fullmatch(head):
                found.words, found.announced = found.words + 1, True
            elif _fields.is_link_word(head) and not _NAMES_TOO.fullmatch(head):
                found.words += 1
            else:
                break
            text = text[colon.end() :]
            continue
        break
    return text.strip(), found


def cut_et_al(text: str) -> tuple[str, Fields]:
    """The first author and the year of "Mikolov et al. - TITLE", "Mikolov et al. (2013): TITLE", cut off the title."""
    found = _ET_AL_IN_FRONT.match(text) if "et" in text[:50] else None
    if not found or not is_wordy(text[found.end() :]):
        return text, Fields()
    people = names(found["who"], short=True)
    if not people:
        return text, Fields()
    return text[found.end() :], Fields(authors=people, year=int(found["year"]) if found["year"] else None)
