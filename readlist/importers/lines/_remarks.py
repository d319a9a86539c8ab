"""What a reader says behind a title with no field between: where the title ends and the remark begins.

A title in English does not go on in Chinese. What does, behind a bracket, a Chinese comma or dash, is the reader's own
(or a translation): an aside, of which the rules need not know. What may as well be running text is a remark.
"""

from __future__ import annotations

import re

from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines import _fields
from readlist.importers.lines._fields import Fields
from readlist.importers.lines._people import names
from readlist.importers.lines._title import is_wordy

# What a reader says at the end of a title he finds good.
_JUDGEMENT = late(
    r"\s*(?:(?:[写寫]|[讲講]|推[导導]|[总總][结結]|介[绍紹]|翻[译譯]|分析|解[释釋])得)?(?:比[较較]|很|非常|十分|超[级級]|挺)"
    r"(?:[详詳][细細]|[详詳][尽盡]|清楚|清晰|好|不[错錯]|全面|透[彻徹]|易懂)的?$"
)


_LAST_BRACKET = late(r"[（(【\[]([^（）()【】\[\]]{1,60})[）)】\]][\s.。]*$")
# What goes on in Chinese: behind a sign that Chinese is written with, or behind a comma at once.
_SIGNS = late(r"\s*(?:[，；,;]|——)")
_GOES_ON = late(r"\s*(?:[，；]|——|[,;]\s*(?=[\u3400-\u9fff]))\s*([^。？！]{2,60})$")


_ASIDE_MAX = 40  # characters; more may be what the list says of a thing, rather than of a paper
_LONG_WORD = late(r"[^\W\d_][\w'’-]{3,}")


def is_aside(text: str, title: str, quoted: bool = False) -> bool:
    """Whether `text`, which stands behind `title` and is no field, is the reader's and no rule's business: a few words
    in Chinese behind a title in English. A term and its translation ("Named Entity Recognition（命名实体识别）") or a
    sentence may look so as well: a title has a colon or five words, or is `quoted`."""
    if not is_chinese(text) or is_chinese(title) or len(text) > _ASIDE_MAX or "。" in text:
        return False
    return quoted or ": " in title or len(title.split()) >= 5


def cut_bracket(text: str) -> tuple[str, Fields, list[str]]:
    """`text` less the brackets with Chinese words that it ends in, the people they name, and the other words."""
    found = Fields()
    asides: list[str] = []
    while text.rstrip(" .。").endswith((")", "）", "】", "]")) and is_chinese(text):
        last = _LAST_BRACKET.search(text, max(0, len(text) - 70))
        if last is None or not is_chinese(last[1]) or is_chinese(text[: last.start()]):
            break
        inner = last[1].strip()
        part = _fields.read_part(inner)
        if "。" in inner or (part is not None and not part.forms) or not is_wordy(text[: last.start()]):
            break
        if _fields.read_parts(inner).any:
            break
        people = names(inner, short=True)
        if people:
            found.update(Fields(authors=people))
        else:
            asides.insert(0, inner)
        text = text[: last.start()].rstrip()
    return text, found, asides


def cut_aside(title: str) -> tuple[str, str]:
    """An English title in capitals and the Chinese words that follow it ("TITLE，第二篇必读")."""
    if not is_chinese(title) or len(title) > 400:
        return title, ""
    for sign in _SIGNS.finditer(title):
        behind = _GOES_ON.match(title, sign.start())
        head = title[: sign.start()]
        if is_chinese(head):
            break
        words = _LONG_WORD.findall(head)
        if sum(word[0].isupper() for word in words) < 0.6 * len(words):
            continue
        if behind and is_chinese(re.split(r"[，,；;]", behind[1], maxsplit=1)[0]) and is_wordy(head):
            return head, behind[1]
    return title, ""


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
        r"\s(?:知乎(?:解读)?(?:博客|专栏|文章)?|CSDN|csdn|简书|公众号|簡書|公眾號|微信|掘金|解读博客|中文博客)(?=\s*[,，]|\s*$)",
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
