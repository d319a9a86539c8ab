"""Where a title begins and ends in a line of text, and what is left of it when all else is taken off."""

from __future__ import annotations

import re

from readlist.domain import venues
from readlist.domain.patterns import late
from readlist.domain.text import is_chinese, one_line
from readlist.importers import _fields
from readlist.importers._fields import Fields
from readlist.importers._words import NO_NAME

_NICKNAME = late(r"(?=\S*[A-Z0-9]\S*[A-Z0-9])[A-Za-z][\w+.\-]{1,20}")
_LEAD = late(
    r"^(?:\s|\d{1,3}[.)]\s|\d{1,3}、|[(（]\d{1,3}[)）]|\[\d{1,3}\](?!\()|[①-⑳]|[#*•·>|~\-–—]+\s|:[a-z_]+:|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d])+"
)
_BRACKET = late(r"^\s*[\[【(（]([^\[\]【】()（）]{1,60})[\]】)）]\s*[:：|,]?\s*")
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
    r"(?:(?:paper|论文|文献)\s*[#№]?\s?\d{0,3}|paper title|title|(?:论文|文章)?(?:题目|标题|名称?)|文章)", re.IGNORECASE
)
# "读 LoRA: …", "今天看了《…》": what the reader did stands before the title.
_DID = late(r"(?:今天|昨天|上周|本周)?(?:精读|略读|重读|阅读|读|看)(?:完了?|了|过)?\s*[:：]?\s*(?=[A-Z《“\"])")
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
_BY = late(r"\s+(?:by|By|BY)\s+|\s*作者\s*[:：]\s*|\s文/\s*")
_SHORTCODES = late(r"(?:\s*:[a-z][a-z0-9_+-]{1,30}:)+$")  # ":star:" behind a title
_QUOTES = {"《": "》", "“": "”", '"': '"', "「": "」", "『": "』", "'": "'", "‘": "’", "<<": ">>"}
_NO_AUTHOR = late(
    r"(?:a|an|the|using|means?|my|our|this|that|its|[a-z]+ing|[a-z]+ly|[a-z]+tion|[a-z]+ment)\b", re.IGNORECASE
)
_ETAL = late(r"\bet\.?\s?al\b\.?", re.IGNORECASE)

# What a reader says at the end of a title he finds good.
_JUDGEMENT = late(
    r"\s*(?:(?:写|讲|推导|总结|介绍|翻译|分析|解释)得)?(?:比较|很|非常|十分|超级|挺)(?:详细|详尽|清楚|清晰|好"
    r"|不错|全面|透彻|易懂)的?$"
)
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
        if text.endswith(".") and not text.endswith("..") and " " in text:
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
    people = _fields.names(found["who"], short=True)
    if not people:
        return text, Fields()
    return text[found.end() :], Fields(authors=people, year=int(found["year"]) if found["year"] else None)


def cut_author(text: str) -> tuple[str, str, str] | None:
    """Title, author and remark of "TITLE by AUTHOR, remark"; None if nobody is named so."""
    lowered = text.lower()
    if len(text) > 600 or not ("by" in lowered or "作者" in text or "文/" in text):
        return None
    last = None
    for found in _BY.finditer(text):
        last = found
    if not last or last.start() < 3:
        return None
    title, rest = text[: last.start()], text[last.end() :]
    end = re.search(r"[,，。;；|(（]|\s[-–—]", rest)
    author, remark = (rest[: end.start()], rest[end.end() :]) if end else (rest, "")
    author = author.strip(" .*_")
    words = author.split()
    if not author or len(author) > 28 or len(words) > 4 or _NO_AUTHOR.match(author) or not author[0].isalpha():
        return None
    if any(word.casefold() in NO_NAME for word in words) or re.search(r"(?:ing|tion|ment)$", author):
        return None
    if is_chinese(author) and len(author) > 10:
        return None
    if len(words) == 1 and author.isascii() and author.islower():  # "side by side"
        return None
    return title.strip(), author, remark


def without_introduction(title: str) -> str:
    """A title less the clause that leads to it ("this view too, in short:"
    " TITLE"): one with a comma before its colon."""
    head, colon, tail = title.partition(":") if ":" in title else title.partition("：")
    if colon and re.search(r"[,，]", head) and len(tail.strip()) >= 6:
        return tail.strip()
    return title


def cut_remark(title: str, marked: bool) -> tuple[str, str]:
    """Title and the reader's remark that follows it without a field between.

    A Chinese clause after a Latin title is a remark if it has a comma (a title that goes on in Chinese has none).
    A marked Chinese line longer than a title ends its title at the first comma, or at the first after its subtitle.
    """
    if not is_chinese(title):
        return title, ""
    service = re.search(
        r"\s(?:知乎(?:解读)?(?:博客|专栏|文章)?|CSDN|csdn|简书|公众号|微信|掘金|解读博客|中文博客)(?=\s*[,，]|\s*$)",
        title,
    )
    if service and service.start() > 4:
        return title[: service.start()], title[service.end() :].strip(" ,，")
    judged = _JUDGEMENT.search(title)
    if judged and judged.start() > 6:
        return title[: judged.start()], title[judged.start() :].strip()
    latin = re.match(r"^([A-Za-z][^\u3400-\u9fff]{20,200}?)[\s,，;；(（]+(?=[\u3400-\u9fff])", title)
    if latin and is_wordy(latin[1]) and re.search(r"[,，。;；]", title[latin.end() :]):
        return latin[1], title[latin.end() :]
    if marked and (len(title) > 40 or "。" in title):
        subtitle = re.search(r"——|--", title)
        comma = re.compile(r"\s*[,，]\s*").search(title, subtitle.end() if subtitle and subtitle.start() < 60 else 0)
        if comma and comma.start() >= 4:
            head, tail = title[: comma.start()], title[comma.end() :]
            inner = _JUDGEMENT.search(head)
            return (head[: inner.start()], head[inner.start() :] + "," + tail) if inner else (head, tail)
    return title, ""


_UNCLOSED_YEAR = late(r"(?:\s*[(（\[]\s*|\s[-–—]{1,2}\s)((?:19|20)\d\d)$")
_UNCLOSED = late(r"\s*[(（]([^()（）\[\]]{2,80})$")
_DASH = late(r"\s[-–—]{1,2}(?=\s)")  # parts fields as a comma does, where it has blanks around it
_BEHIND_BAR = late(r"\s*[\u4e00-\u9fff·]{2,4}\s*")  # a Chinese name in a cell of its own
_STOP = late(r"[.?!](?<=[\w)]{3}.)\s+(?=[A-Z\d])")
_PROCEEDINGS = late(r"[\s,.]{1,3}(?:In\s)?((?:Proceedings|Proc\.) of [^,.()]{3,90})$")
_VENUE_LIKE = late(
    r"(?:the )?(?:\w+ ){0,5}(?:journal|transactions|proceedings|symposium|conference|workshop|annals) (?:of|on"
    r"|for)\b.{3,90}",
    re.IGNORECASE,
)
_ACRONYM = late(r"[A-Z]\S*[A-Z]")
# arXiv named where the venue stands, before the year; anywhere else it names an address.
_PREPRINT_PLACE = late(r"[\s,，.]+(?:arxiv(?: preprint)?|corr)[\s,，]*$", re.IGNORECASE)


def cut_fields(text: str, known: bool = False) -> tuple[str, Fields]:
    """Take fields off the end of `text`; `known` says that the line is known to be a paper's."""
    found = Fields()
    rest = text
    for _ in range(24):
        rest = rest.rstrip(" \t,，;；|-–—[(（")
        shorter = _cut_one(rest, found, known)
        if shorter is None or not shorter.strip():
            break
        rest = shorter
    if not found.published and found.citations is None:
        early = _first_field(rest)
        if early is not None:
            tail = _fields.read_parts(rest[early:].lstrip(" ,，"))
            tail.left += found.left
            found.left = []
            found.update(tail)
            return _again(rest[:early], found)
    return _without_nickname(rest), found


def _again(rest: str, found: Fields) -> tuple[str, Fields]:
    for _ in range(12):
        rest = rest.rstrip(" \t,，;；|-–—")
        shorter = _cut_one(rest, found, True)
        if shorter is None or not shorter.strip():
            break
        rest = shorter
    return _without_nickname(rest), found


def _without_nickname(title: str) -> str:
    head, comma, tail = title.replace("，", ",", 1).partition(",")
    if comma and is_nickname(head) and is_wordy(tail) and tail.strip()[:1].isupper():
        return tail.strip()
    return title


def _first_field(text: str) -> int | None:
    """Where the first part begins, behind a title, that only a paper has: a venue, a year, a count."""
    if len(text) > 600:
        return None
    commas = text.replace("，", ",")  # of the same length
    at = commas.find(",")
    while at > 0:
        end = commas.find(",", at + 1)
        part = text[at + 1 : end if end > 0 else len(text)]
        one = _fields.read_part(part) if len(part) < 90 else None
        if one is not None and (one.published or one.citations is not None or one.thesis) and is_wordy(text[:at]):
            return at
        at = end
    return None


def _cut_one(text: str, found: Fields, known: bool) -> str | None:
    """`text` less the one field it ends in, which is added to `found`; None if it ends in none."""
    bare = text.rstrip(".。")
    at = _fields.ends_in_link_word(bare)
    if at is not None:
        found.words += 1
        return bare[:at]
    evident = known or found.any or found.words > 0
    if bare.endswith((")", "）", "]", "】")):
        opening = max(bare.rfind(c) for c in "(（[【")
        if opening > 0:
            one = _fields.read_part(bare[opening + 1 : -1]) or _all_fields(bare[opening + 1 : -1])
            if one is not None and (one.published or one.citations is not None or one.words or one.forms):
                found.update(one)
                return bare[:opening]
        return None
    unclosed = _UNCLOSED_YEAR.search(bare, max(0, len(bare) - 9)) if bare[-1:].isdigit() else None
    if unclosed:
        found.update(Fields(year=int(unclosed[1])))
        return bare[: unclosed.start()]
    proceedings = _PROCEEDINGS.search(bare[-120:]) if found.year and not found.venue else None
    if proceedings:
        found.venue = proceedings[1]
        return bare[: len(bare) - len(proceedings[0])]
    unclosed_bracket = (
        _UNCLOSED.search(bare) if bare.count("(") + bare.count("（") > bare.count(")") + bare.count("）") else None
    )
    if unclosed_bracket:  # what followed it was taken off already
        one = _fields.read_part(unclosed_bracket[1])
        people = _fields.names(unclosed_bracket[1], short=True) if one is None and evident else None
        if one is not None or people:
            found.update(one or Fields(authors=people or []))
            return bare[: unclosed_bracket.start()]
    comma = max(bare.rfind(","), bare.rfind("，"), bare.rfind("|"))
    for dash in _DASH.finditer(bare):
        comma = max(comma, dash.end() - 1)
    stop = -1
    if "." in bare or "?" in bare or "!" in bare:
        for dot in _STOP.finditer(bare):
            stop = dot.start()
    if evident and 0 < stop < comma:  # "Title. Pennington, Socher, Manning.": family names alone
        people = _fields.names(bare[stop + 1 :], short=True)
        if people and len(people) > 1:
            found.update(Fields(authors=people))
            return bare[: stop + 1]
    cut = max(comma, stop)
    part = bare[cut + 1 :] if cut > 0 else ""
    if part:
        one = _fields.read_part(part)
        if one is None and cut == comma and part.lstrip().startswith("and "):  # the last of a list of people
            one = _fields.read_part(part.lstrip().removeprefix("and "))
            earlier = bare[:cut].replace("，", ",").rpartition(",")[2]
            one = one if one is not None and one.authors and _fields.is_name(earlier) else None
        if one is None and cut == stop and evident and " and " in part:  # "Title. Chen and Manning."
            people = _fields.names(part, short=True)
            one = Fields(authors=people) if people else None
        if one is None and bare[cut] == "|" and _BEHIND_BAR.fullmatch(part):
            one, evident = Fields(authors=[part.strip()]), True
        if one is not None and (not one.authors or evident or _ETAL.search(part)) and (not one.forms or evident):
            if one.authors and found.authors:  # a list of authors is read from its end
                found.authors = one.authors + found.authors
            found.update(one)
            left = bare[:cut] if cut == comma else bare[: cut + 1]
            if one.year and not one.venue and not found.venue:
                preprint = _PREPRINT_PLACE.search(left)
                if preprint:
                    found.venue, left = venues.PREPRINT, left[: preprint.start()]
            return left
        if found.year and not found.venue and cut == comma and _VENUE_LIKE.fullmatch(part.strip()):
            found.venue = part.strip()
            return bare[:cut]
        etal = _ETAL.search(part)
        if etal:
            people = _fields.names(part[: etal.end()], short=True)
            tail = _fields.read_part(part[etal.end() :]) if part[etal.end() :].strip() else Fields()
            if people and tail is not None:
                found.update(Fields(authors=people))
                found.update(tail)
                return bare[:cut]
    words = bare[-80:].split() if bare and not bare[-1].isspace() else []
    if len(words) > 1 and _fields.is_form(words[-1]) and venues.split(words[-2]):  # "ICLR'19 Oral"
        words.pop()
    if words and not venues.possible(words[-1]):
        return None
    for size in range(min(len(words), 4), 0, -1):  # "USENIX ATC 2013" before "ATC 2013"
        tail_text = " ".join(words[-size:])
        venue = venues.split(tail_text)
        if venue and len(bare.split()) > size + 1 and (venue[1] or evident) and _fits(tail_text, venue[0]):
            found.update(Fields(venue=venue[0], year=venue[1]))
            return bare[: bare.rfind(words[-size])]
    return None


def _all_fields(text: str) -> Fields | None:
    """What a bracket says that holds nothing but fields: "Book, Jan 2017"."""
    parts = _fields.read_parts(text)
    return None if parts.left or not parts.published else parts


def _fits(text: str, name: str) -> bool:
    """Whether a venue at a title's end, with no comma before it, is spelled as an acronym: "Neural"
    " Networks" is not."""
    if text.split()[0].casefold() in ("in", "at", "the", "of", "on", "for"):
        return False
    return name == venues.PREPRINT or _ACRONYM.search(text) is not None
