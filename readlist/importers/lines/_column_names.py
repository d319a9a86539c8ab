"""Names under which tables and records of all programs keep what they say of a paper: data for `_columns`."""

from __future__ import annotations

# What a column holds, and its names, without blanks and signs, in lower case; where several are filled, the first.
NAMES: tuple[tuple[str, str], ...] = (
    ("title",
        "title articletitle documenttitle papertitle displayname 标题 题名 题目 篇名 论文标题 论文名称"
        " 论文题目 论文名 文章标题 文章题目 標題 題名 題目 論文標題 論文名稱 論文題目 論文名 文章標題"
        " 文章題目 titel titre título titulo titolo"),
    ("name", "name paper papername article document reading reference work 名称 论文 文章 名稱 論文"),
    ("editors", "editor editors"),
    ("authors",
        "authorfullnames author authors authorfullname authornames creator creators writtenby 作者"
        " 论文作者 文章作者 原文作者 作者列表 論文作者 文章作者 autor autoren auteur auteurs autores"
        " autori"
        " authorshipsauthordisplayname"),
    ("more authors", "additionalauthors"),
    ("book", "bookid binding isbn13 isbnuid"),
    ("type", "itemtype documenttype publicationtype entrytype type kind referencetype doctype 类型"),
    ("key", "citationkey citekey bibtexkey bibtexcitationkey key"),
    ("venue",
        "publicationtitle journaltitle sourcetitle journal journalbook fulljournal publication venue"
        " conference conferencename conferencetitle proceedingstitle booktitle source publicationname"
        " secondarytitle containertitle proceedings 期刊 会议 来源 刊名 出处 发表于 期刊会议 会议名称"
        " 期刊名称 会议期刊 发表会议 发表期刊 收录会议 收录期刊 收录于 收录情况 发表出处 发表刊物 會議"
        " 來源 出處 發表於 期刊會議 會議名稱 期刊名稱 會議期刊 發表會議 發表期刊 收錄會議 收錄期刊 收錄於"
        " journalconference conferencejournal journalvenue venuename publishedin zeitschrift revue revista"
        " primarylocationsourcedisplayname primarylocationdisplayname"),
    ("holder", "publisher institution university school 出版社"),
    ("year",
        "publicationyear year pubyear yearpublished 年份 年 年度 发表年份 出版年 发表年 publishedyear"
        " yearofpublication originalpublicationyear jahr année annee año ano anno 发表年度"),
    ("date",
        "date published publicationdate pubdate issued dateissued datepublished publishedon 日期 发表时间"
        " 发表日期 发布时间 发布日期 出版日期 發表時間 發表日期 發布時間 發布日期"),
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
    ("url",
        "url urls link paperlink paperurl articleurl address website htmllink 链接 网址 地址 论文链接"
        " 论文地址 原文链接 原文地址 文章链接 论文网址 鏈接 連結 網址 論文連結 論文鏈接 論文地址 原文連結"
        " 文章連結 linktopaper sourceurl sourceurls externalurl articlelink paperpage"),
    ("pdf", "pdf pdflink pdfurl fulltexturl openaccesslink openaccessurl oaurl"),
    ("code",
        "code codelink codeurl github repository repo 代码 代码链接 代码地址 源码 源代码 开源代码"
        " 论文代码 论文源码 代碼 程式碼 源碼 原始碼"),
    ("abstract", "abstract abstractnote 摘要"),
    ("labels", "manualtags automatictags"),
    ("tags",
        "tags tag keywords authorkeywords labels labelsfiledin mendeleytags 标签 关键词 关键字 標籤"
        " 關鍵詞 關鍵字 documenttags bookshelves"
        " keywordsdisplayname"),
    ("topics",
        "collections collection folders foldersfiledin folder topics topic category categories groups"
        " 分类 主题 分類 主題 方向 领域 研究方向 类别 researcharea"),
    ("notes",
        "notes note comments comment remarks remark mythoughts thoughts annote 笔记 备注 评论 想法"
        " 阅读笔记 心得 mynotes privatenotes myreview quote text excerpt selection"),
    ("extra", "extra"),
    ("summary", "summary mysummary tldr 总结 一句话总结"),
    ("status",
        "status readstatus readingstatus read state progress 状态 阅读状态 进度 已读 已阅 狀態 閱讀狀態"
        " 進度 閱讀進度 已讀 已閱 是否已讀 閱讀情況 是否已读 是否阅读 是否读过 是否读完 是否已阅 阅读情况"
        " isread readornot completed exclusiveshelf readyet alreadyread hasread 阅读进度 是否看过"),
    ("read on",
        "readon dateread readdate finished finishedon datefinished lastread readstatusdate 阅读日期"
        " 阅读时间 閱讀日期 閱讀時間 lastdateread completedon completiondate 读完日期 读完时间 完成日期"
        " 完成时间"),
    ("priority", "priority importance 优先级 prio 重要性 重要程度"),
    ("count",
        "citations citationcount citedby cites timescited timescitedwoscore timescitedalldatabases cited"
        " articlecitationcount numberofcitations totalcitations 引用 引用数 引用量 被引 被引次数 引用次数"
        " 被引量 被引数 被引用次数 引用次數 引用數 被引次數 citedbycount numcitations citingworkscount"),
    ("added",
        "dateadded added addedon addeddate created createdtime timestamp 添加时间 添加日期 saveddate"
        " savedat timeadded addedat datesaved"),
)  # fmt: skip

# Columns of which one at least stands in every table that this program or service writes, and in no reader's own. What
# else is in such a table, if it is not named above, is the program's bookkeeping.
PROGRAMS = frozenset(
    "automatictags eid documentidentifier utuniquewosid ut journalbook gsrank citesurl lensid publicationid openurllink"
    " foldersfiledin labelsfiledin covidence bookid readingprogress itemtype mendeleytags rayyan"
    " authorshipsauthordisplayname".split()
)
# In a reader's own table the same: what neither says anything of the work that is kept nor is a word of the reader's.
BOOKKEEPING = frozenset(
    "id no nr index number rank volume vol issue pages page startpage endpage pagination numpages pagecount artno"
    " articlenumber issn eissn isbn isbn13 pmcid publisher place address city country language series edition month day"
    " affiliation affiliations authoraffiliations accessdate datemodified modified updated updatedat lastedited"
    " lasteditedtime user group rights license copyright color cover favorite starred firstauthor shorttitle"
    " journalabbreviation abbreviatedsourcetitle bibtex citation references referencecount paperid"
    " 序号 编号 卷 期 页 页码 语言".split()
)

TITLES = frozenset((*NAMES[0][1].split(), *NAMES[1][1].split(), "ti"))
"""Names of columns one of which every table of works has; `ti` is Web of Science's."""
