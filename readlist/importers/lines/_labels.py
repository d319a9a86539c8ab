"""What names a field of a paper: the label before a colon ("Authors: …", "发表会议：…").

Chinese labels are the names that columns of tables have (`_column_names`); those that only a line has stand here.
"""

from __future__ import annotations

import re

from readlist.domain.patterns import late
from readlist.domain.text import is_chinese
from readlist.importers.lines._column_names import NAMES

_VALUE = r"[*_]{0,2}\s*(?:::|[:：])[*_]{0,2}\s*(.*)$"
_KEY = late(r"^[*_]{0,2}([A-Za-z][A-Za-z &/-]{1,24})" + _VALUE)
_KEY_HAN = late(r"^[*_]{0,2}([A-Za-z]{0,12} ?[\u4e00-\u9fff][\u4e00-\u9fffA-Z/、&]{1,8})" + _VALUE)
_LABEL_MAX = 24
_KEY_MAX = 100  # characters; the name of a field and what may stand around it are fewer
_KEYS = (
    ("finished", late(r"read(?: on| date)|date read|finished(?: on)?", re.IGNORECASE)),
    ("status", late(r"status|state|read\??", re.IGNORECASE)),
    ("authors", late(r"authors?|by", re.IGNORECASE)),
    ("venue", late(r"conference|conf|venue|journal|published(?: in)?|publication", re.IGNORECASE)),
    ("year", late(r"year|date|published", re.IGNORECASE)),
    ("tags", late(r"tags?|keywords?", re.IGNORECASE)),
    ("abstract", late(r"abstract", re.IGNORECASE)),
    ("count", late(r"citations?|cited(?: by)?", re.IGNORECASE)),
    (
        "links",
        late(
            r"links?|urls?|papers?|paper links?|pdf|arxiv|code|codes|github|project|project page|doi|website"
            r"|slides|video|blog"
            r"|openreview|homepage|notes?",
            re.IGNORECASE,
        ),
    ),
)

# What a line's label means, by the column of that name.
_AS_COLUMN = {
    "authors": "authors", "venue": "venue", "year": "year", "date": "year", "status": "status", "read on": "finished",
    "tags": "tags", "abstract": "abstract", "count": "count", "url": "links", "pdf": "links", "code": "links",
}  # fmt: skip
_OF_LINES = {
    "finished": "读于 讀於 读完 讀完 读完日期 讀完日期 读完时间 讀完時間",
    "venue": "收录 收錄 发表 發表",
    "year": "时间 時間",
    "links": "论文 論文 原文 项目 項目",
}
"""Labels that as the name of a column may mean something else."""
_HAN = {
    name: _AS_COLUMN[what] for what, names in NAMES if what in _AS_COLUMN for name in names.split() if is_chinese(name)
} | {name: key for key, names in _OF_LINES.items() for name in names.split()}
_ADDRESS = r"(?:链接|鏈接|连结|連結|地址|网址|網址)"
_NAMES_ADDRESS = late(rf".*(?:{_ADDRESS}|主页|主頁|代码|代碼|程式碼|源码|源碼|原始碼|仓库|倉庫)")
_OF_PAPER = late(
    rf"papers?|paper ?links?|pdf|arxiv|doi|(?:论文|論文|原文|文章|arxiv|pdf|paper)(?:pdf|{_ADDRESS})|论文|論文|原文",
    re.IGNORECASE,
)
_JOINTS = late(r"[ /、&]")

_FIELD_NOUN = late(
    r"\S{0,5}(?:会议|會議|期刊|出处|出處|链接|鏈接|连结|連結|地址|网址|網址|代码|代碼|程式碼|源码|源碼|原始碼|仓库|倉庫|作者"
    r"|机构|機構|单位|單位|时间|時間|日期|年份|状态|狀態|情况|情況|进度|進度|标题|標題|题目|題目|主页|主頁|数据集|資料集)"
)
"""Endings of labels, known to `key_of` or not: before a colon such a word is no title."""
_WIDTH = 8  # characters of a label that is told by its ending
_NO_TITLE = late(
    r"affiliations?|institut(?:ion|e)s?|organi[sz]ations?|datasets?|tasks?|tl;?dr|summary|abstract|contributions?"
    r"|(?:key |main )?(?:ideas?|points?|takeaways?|findings?|contributions?|results?)|motivation|methods?|conclusions?"
    r"|limitations?|strengths?|weakness(?:es)?|background|categor(?:y|ies)|subjects?|comments?|priority|rating",
    re.IGNORECASE,
)
"""What notes on a paper put before a colon, besides the fields."""


def key_of(text: str) -> tuple[str, str] | None:
    """The field that a line "Authors: …", "Link: …" names, and its value."""
    found = _keyed(text)
    if not found or not found[2].strip():
        return None
    key = _key(found[1].strip())
    return (key, _plain(found[2].strip(), text)) if key else None


def names_paper(text: str) -> bool:
    """Whether a line "论文：address" gives the address of the paper itself."""
    found = _keyed(text)
    return found is not None and "http" in found[2] and _OF_PAPER.fullmatch(found[1].strip()) is not None


def is_label(title: str, text: str) -> bool:
    """Whether what is seen as the title of a line is what stands before its colon: "**论文机构**：[…](…)"."""
    if not title or len(title) > _LABEL_MAX:
        return False
    head, colon, _ = text[:_KEY_MAX].replace("：", ":").partition(":")
    head = head.strip(" *_")
    if not colon or not head.startswith(title):
        return False
    if not head.isascii():
        return head == title and len(title) <= _WIDTH and _FIELD_NOUN.fullmatch(title) is not None
    key = _key(head)
    if key is None or head != title:  # "Date Read: 2024-03-04" is no work called "Date" that was read
        return key == "finished" or (head == title and _NO_TITLE.fullmatch(title) is not None)
    return True


def _keyed(text: str) -> re.Match[str] | None:
    head = text[:_KEY_MAX]
    if ":" not in head and "：" not in head:
        return None
    return _KEY.match(text) or (None if head.isascii() else _KEY_HAN.match(text))


def _key(label: str) -> str | None:
    if label.isascii():
        return next((name for name, words in _KEYS if words.fullmatch(label)), None)
    bare = _JOINTS.sub("", label)
    return _HAN.get(bare) or ("links" if _NAMES_ADDRESS.fullmatch(bare) else None)


def _plain(value: str, text: str) -> str:
    """A value without the sign that ends the emphasis of the whole line: "_Code: …_"."""
    sign = text[0]
    return value.rstrip(sign) if sign in "*_" and value.endswith(sign) and sign not in value.rstrip(sign) else value
