"""Names under which tables and records of all programs keep what they say of a paper, and how such cells are read."""

from __future__ import annotations

import re
from functools import lru_cache

from readlist.domain.listing import TopicPath
from readlist.domain.topics import clean_path
from readlist.importers._bib_fields import mark_of

# What a column holds, and its names, without blanks and signs, in lower case; where several are filled, the first.
NAMES: tuple[tuple[str, str], ...] = (
    ("title", "title articletitle documenttitle papertitle displayname 标题 题名 题目 篇名 论文标题 论文名称 论文题目"),
    ("name", "name paper papername article document reading reference work 名称 论文 文章"),
    ("editors", "editor editors"),
    ("authors", "authorfullnames author authors authorfullname authornames creator creators writtenby 作者"),
    ("type", "itemtype documenttype publicationtype entrytype type kind referencetype doctype 类型"),
    ("key", "citationkey citekey bibtexkey bibtexcitationkey key"),
    ("venue", "publicationtitle journaltitle sourcetitle journal journalbook fulljournal publication venue conference"
              " conferencename conferencetitle proceedingstitle booktitle source publicationname secondarytitle"
              " containertitle proceedings 期刊 会议 来源 刊名 出处 发表于 期刊会议"),
    ("holder", "publisher institution university school 出版社"),
    ("year", "publicationyear year pubyear yearpublished 年份 年 发表年份 出版年"),
    ("date", "date published publicationdate pubdate issued dateissued datepublished publishedon 日期 发表时间"
             " 出版日期"),
    ("doi", "doi doilink"),
    ("arxiv", "arxiv arxivid arxivnumber eprint"),
    ("acl", "acl aclid"),
    ("openreview", "openreview openreviewid"),
    ("s2", "s2 s2id semanticscholarid"),
    ("corpus", "corpus corpusid s2corpusid"),
    ("pubmed", "pmid pubmedid pmcid"),
    ("archive", "archive"),
    ("archive location", "archivelocation"),
    ("number", "number archiveid reportnumber"),
    ("links", "links linkattachments otherlinks"),
    ("files", "fileattachments attachments files file filename filepath localfile"),
    ("url", "url urls link paperlink paperurl articleurl address website htmllink 链接 网址 地址 论文链接"),
    ("pdf", "pdf pdflink pdfurl fulltexturl"),
    ("code", "code codelink codeurl github repository repo 代码 代码链接"),
    ("abstract", "abstract abstractnote 摘要"),
    ("labels", "manualtags automatictags"),
    ("tags", "tags tag keywords authorkeywords labels labelsfiledin mendeleytags 标签 关键词 关键字"),
    ("topics", "collections collection folders foldersfiledin folder topics topic category categories groups"
               " 分类 主题"),
    ("notes", "notes note comments comment remarks remark mythoughts thoughts annote 笔记 备注 评论 想法"),
    ("extra", "extra"),
    ("summary", "summary mysummary 总结"),
    ("status", "status readstatus readingstatus read state progress 状态 阅读状态 进度 已读"),
    ("read on", "readon dateread readdate finished finishedon datefinished lastread readstatusdate 阅读日期 阅读时间"),
    ("priority", "priority importance 优先级"),
    ("count", "citations citationcount citedby cites timescited timescitedwoscore timescitedalldatabases cited"
              " articlecitationcount numberofcitations totalcitations 引用 引用数 引用量 被引 被引次数"),
    ("added", "dateadded added addedon addeddate created createdtime timestamp 添加时间 添加日期"),
)  # fmt: skip
COLUMNS = {name: (what, rank) for what, names in NAMES for rank, name in enumerate(names.split())}

EMPTY = frozenset(("", "n/a", "nan", "null", "-", "–", "—"))
"""What stands in a cell in which nothing stands, in lower case."""

NO_PART = re.compile(r"(?i)book$|thesis|dissertation|report|preprint|manuscript|webpage|blog|video|software|dataset")
"""Types of works that are no part of another: who put them out stands for the venue."""

_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?", re.ASCII)
_SIGNS = {
    **dict.fromkeys(("x", "✓", "✔", "√", "☑", "y", "✔️", "☑️"), "read"),
    **dict.fromkeys(("☐", "⬜", "✗", "✘", "❌", "no", "n", "false", "0", "not started", "not read"), "todo"),
}


def count(cell: str) -> int | None:
    """The number that a cell holds, "1,234" and "12.0" too."""
    found = _COUNT.fullmatch(cell)
    return int(found[1].replace(",", "")) if found else None


def state(cell: str) -> str:
    """The word for a state of reading, as all bibliographies have it, that a cell is or whose sign it holds."""
    return cell if mark_of(cell)[0] else _SIGNS.get(cell.casefold().strip(" []"), "")


@lru_cache(maxsize=8192)
def topics(cell: str) -> tuple[TopicPath, ...]:
    """The topics that a cell names: paths, divided by semicolons, lines, or, where there are none, commas."""
    paths = re.split(r"[;；\n]", cell) if re.search(r"[;；\n]", cell) else re.split(r"[,，]", cell)
    return tuple(path for one in paths if (path := clean_path(re.split("[/>]", one))))
