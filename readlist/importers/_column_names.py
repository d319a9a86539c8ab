"""Names under which tables and records of all programs keep what they say of a paper: data for `_columns`."""

from __future__ import annotations

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
              " containertitle proceedings 期刊 会议 来源 刊名 出处 发表于 期刊会议"
              " 会议名称 期刊名称 会议期刊 发表会议 发表期刊"),
    ("holder", "publisher institution university school 出版社"),
    ("year", "publicationyear year pubyear yearpublished 年份 年 年度 发表年份 出版年 发表年"),
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
    ("url", "url urls link paperlink paperurl articleurl address website htmllink 链接 网址 地址 论文链接"
            " 论文地址 原文链接"),
    ("pdf", "pdf pdflink pdfurl fulltexturl"),
    ("code", "code codelink codeurl github repository repo 代码 代码链接"),
    ("abstract", "abstract abstractnote 摘要"),
    ("labels", "manualtags automatictags"),
    ("tags", "tags tag keywords authorkeywords labels labelsfiledin mendeleytags 标签 关键词 关键字"),
    ("topics", "collections collection folders foldersfiledin folder topics topic category categories groups"
               " 分类 主题"),
    ("notes", "notes note comments comment remarks remark mythoughts thoughts annote 笔记 备注 评论 想法"
              " 阅读笔记 心得"),
    ("extra", "extra"),
    ("summary", "summary mysummary tldr 总结 一句话总结"),
    ("status", "status readstatus readingstatus read state progress 状态 阅读状态 进度 已读 已阅"
               " 是否已读 是否阅读 是否读过 是否读完 是否已阅 阅读情况 isread readornot completed"),
    ("read on", "readon dateread readdate finished finishedon datefinished lastread readstatusdate 阅读日期 阅读时间"),
    ("priority", "priority importance 优先级"),
    ("count", "citations citationcount citedby cites timescited timescitedwoscore timescitedalldatabases cited"
              " articlecitationcount numberofcitations totalcitations 引用 引用数 引用量 被引 被引次数"),
    ("added", "dateadded added addedon addeddate created createdtime timestamp 添加时间 添加日期"),
)  # fmt: skip

TITLES = frozenset((*NAMES[0][1].split(), *NAMES[1][1].split(), "ti"))
"""Names of columns one of which every table of works has; `ti` is Web of Science's."""
