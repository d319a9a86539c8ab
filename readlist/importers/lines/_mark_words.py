"""The words and signs by which marks of reading are known, and the patterns made of them.

What `_marks` takes out of a line; each pattern names its parts (todo, read, before, after …) for it to ask.
"""

from __future__ import annotations

import re

from readlist.domain.patterns import late
from readlist.importers.lines import _days, _legend

READ_SIGNS = "✅✔☑✓🗹"
TODO_SIGNS = "⬜☐⏳🔲"
# Chinese words in both ways of writing.
TODO_HAN = r"待[精细細通泛略粗]?[读讀]|待看|待[阅閱][读讀]|想[读讀看]|[还還尚]?[未没沒][读讀看]|[还還尚]?未[阅閱][读讀]"
READ_HAN = r"已[读讀看](?:完|过|過)?|已[阅閱][读讀]?|[读讀看][完过過了]|[精细細通泛略粗速][读讀]"
# "读了两遍", "第一遍√ 第二遍√", "2nd pass": how often is how deeply, in the three passes in which papers are read.
TICK = r"(?:\s?[√✅-✔]\ufe0f?)?"  # √, ✅, ✓ or ✔ says the same as the word before it
TIMES = (
    r"(?:第?[一二两兩三四五六七八九1-9]遍(?:已?[读讀看]?完|完成|已[读讀])?"
    rf"(?:\s?[√✓✔☑✅{_legend.CROSSED}]\ufe0f?)?(?:\s(?=第))?)+"
)
ALREADY = r"(?:已[读讀看][完过過了]?|[读讀看][完过過了])"
NTH_TIME = (
    r"(?:(?:1st|2nd|3rd|first|second|third)[ -]pass|pass[ -]?(?:[123]|one|two|three)\b)(?: (?:done|finished|read))?"
)

READ_WORDS = rf"done|read|finished|skimmed|browsed|完成|{READ_HAN}|{ALREADY}?{TIMES}|{NTH_TIME}"
TODO_WORDS = rf"to[ -]?do|to[ -]read|unread|not (?:yet )?read(?: yet)?|{TODO_HAN}"
# Begun and not finished; as a cell of a table or alone these words mean other things as well.
UNDER_WAY = r"(?:currently |still |now )?reading|in[ -]progress|ongoing|正?在[读讀]|[阅閱][读讀]中|[进進]行中"
# The same, with words that say how far: they stay beside the paper.
PARTLY = (
    r"half[ -]read|part(?:ly|ially) read|[还還]?[未没沒][读讀看]完|[读讀看](?:了|完)?(?:一半|一?部分)|部分已?[读讀]"
)
# "状态：已读", "status: read" on the line of the paper
STATE_IS = r"(?:(?:[阅閱][读讀])?(?:状态|狀態|[进進]度)|(?:[Rr]eading )?[Ss]tatus)\s?[:：]\s?"
BETWEEN = r"(?:\s|[-–—]{1,3}|[,，;；|]\s?|(?<=[)）\]】》]))[*_]{0,2}"  # what parts a title from a word of reading
APART = r"(?:\s[-–—]{1,3}|[,，;；|])"  # what does so for words that titles end in as well

SIGN = late(rf"[{READ_SIGNS}{TODO_SIGNS}]\ufe0f?|:white_check_mark:|:heavy_check_mark:|:ballot_box_with_check:")
# "待读：…", "已读 | Title", "✅ 已读 Title" in front. What follows is a title, no number ("待读：12 篇") and no list.
LEADING = late(
    r"^\s*(?:[(\[（【*_]{0,3})(?P<todo>#?TODO)(?:[)\]）】*_]{0,3})(?:[\s:：]+|$)"
    r"|^\s*(?P<planned>待[读讀]|想[读讀]|待看)(?:\s*[:：|｜]\s*|\s+)(?=\S)(?!\d+\s*(?:[篇个個本/／]|$)|[见見无無同共])"
    r"(?!.*\]\([^()]*\)\s*[、，,;；和]\s*\[)"
    rf"|^[\s*_]*(?P<sign>[{READ_SIGNS}{TODO_SIGNS}]\ufe0f?\s*)?(?:(?P<waiting>{TODO_HAN}|[Tt]o[ -][Rr]ead|[Uu]nread)"
    r"|(?P<read>已[读讀看](?:完|过|過)?|已[阅閱][读讀]?|[读讀看]完))[*_]*(?:\s*[:：|｜][*_]*\s*|(?(sign)\s+|(?!)))"
    r"(?=[A-Z《“\"\[【])(?!.*\]\([^()]*\)\s*[、，,;；和]\s*\[)"
)
TRAILING_TODO = late(
    rf"(?:^|\s)#(?:TODO|todo)\b|{BETWEEN}\s*[(\[（【]?(?:TODO|在[读讀]|{TODO_HAN})[*_]{{0,2}}[)\]）】]?\s*$"
)
# In capitals and alone in mid-line: what follows is said about it.
TODO_WITHIN = late(r"(?<=\s)#?TODO[:：]?\s+(?=\S)")
# The words by which outlines begin what is to be done, done, or given up (org-mode, Logseq, Roam); a priority may
# follow.
STATE = late(
    r"\s*(?:\{\{(?:\[\[)?(?:(?P<to_do>TODO)|(?P<done>DONE))(?:\]\])?\}\}"
    r"|(?P<todo>LATER|NOW|DOING|WAITING|WAIT|NEXT|STARTED|IN-PROGRESS)|(?P<read>DONE)|CANCELL?ED)\s+"
    r"(?:\[#[A-C]\]\s*)?(?=\S)"
)
ON = r"\s*(?:on|at|in|[于於]|[:：,，]|[-–—]{1,3})?\s*"
BRACKETED = late(
    rf"[(\[（【]\s*(?:{STATE_IS})?(?:(?P<before>{_days.DAY})\s*)?(?:(?P<todo>{TODO_WORDS})|(?P<read>{READ_WORDS}))"
    rf"{TICK}(?:{ON}(?P<after>{_days.DAY}))?\s*[!！]?[)\]）】](?!\()\.?"
    rf"|(?<=[\s\w)）\]】])[(\[（【]\s*(?:{UNDER_WAY}|(?P<partly>{PARTLY}))"
    r"(?:\s*[,，;；:：]\s*(?P<said>[^()\[\]（）【】]{1,60}))?\s*[)\]）】](?!\()",
    re.IGNORECASE,
)
EYES = late(r"👀\s*(?:reading)?\s*$", re.IGNORECASE)
# "(dropped: too long)": given up, and why; the list keeps the paper and the words.
GIVEN_UP = late(
    r"[(\[（【]\s*(?P<why>(?:dropped|skipped|abandoned|given up|gave up|放[弃棄]|[弃棄][读讀]|不[读讀])\b"
    r"[^()\[\]（）【】]{0,80})[)\]）】]\s*$",
    re.IGNORECASE,
)
# "2024-03-05 读 LoRA: …" in front.
DAY_READ = late(
    rf"^[\s*_(\[（【]*(?P<day>{_days.DAY})[\s*_)\]）】:：,，]*"
    r"(?:[精略阅閱]?[读讀]完?|看完|read|finished)(?:了|过|過)?\s*[:：]?\s*(?=[A-Z《“\"\[])",
    re.IGNORECASE,
)
# "read on 2021-03-04", "2021.3.5 已读" at the line's end.
READ_ON = late(
    r"[\s,，;；|-]{1,4}"
    rf"(?:(?P<before>{_days.DAY})\s*|(?:date )?)"
    rf"(?:(?P<read>{READ_WORDS})|[阅閱]?[读讀][于於]|[阅閱][读讀](?:[时時][间間]|日期))"
    rf"(?(before)|{ON}(?P<after>{_days.DAY}))\s*[.。]?\s*$",
    re.IGNORECASE,
)
TRAILING_BOX = late(r"\s\[(?P<box>[ xX✓✔√])\]\s*$")
# ✅ and a day: how task lists write when a thing was done (Obsidian Tasks)
SIGN_DAY = late(rf"[{READ_SIGNS}]\ufe0f?\s*[(（]?(?P<after>{_days.DAY})[)）]?")
TRAILING_READ = late(
    rf"{BETWEEN}\s*(?:(?P<how>Done|DONE|{READ_HAN})[*_]{{0,2}}{TICK}\s*[.!。]?|√)\s*$"
    rf"|(?:(?:{APART}|(?<=[)）\]】》]))\s*|{BETWEEN}\s*{ALREADY})(?P<times>{TIMES})\s*[.。]?\s*$"
    rf"|{APART}\s*(?:(?P<read>(?:done|read|finished|skimmed|browsed)(?: (?:once|twice|again|\d times))?"
    rf"|(?i:{NTH_TIME}))|(?P<todo>to[ -]read|unread|not (?:yet )?read(?: yet)?|(?:currently|still) reading"
    r"|in progress))\s*[.!]?\s*$"
    rf"|{APART}\s*{STATE_IS}(?P<state>[^,;|()（），；]{{1,24}})$"
)
AT_END = (READ_ON, TRAILING_BOX, TRAILING_READ)
TAIL = 120  # characters at a line's end in which these stand
END = 60  # characters at its end in which a word of reading stands
HEAD = 80  # characters at its beginning in which a day or such a word stands
CLOSING = (")", "]", "）", "】")
PARTED = late(r"\s*[,，;；|｜]\s*")
IN_BRACKETS = late(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
# No line is marked that has none of this: most lines need not be looked at further.
HINTS = (
    "done", "read", "finish", "todo", "to do", "to-do", "skimmed", "browsed", "progress", "ongoing", ":white_",
    ":heavy_", ":ballot_", "dropped", "skipped", "abandoned", "given up", "gave up", "pass",
)  # fmt: skip
HINT_SIGN = late(rf"[读讀阅閱看完想待进進弃棄遍√👀{READ_SIGNS}{TODO_SIGNS}]")
# One part of a bracket: a state, if `CELL` takes it for one, and its day.
PART = late(
    rf"(?:{STATE_IS})?(?:(?P<before>{_days.DAY})\s*)?(?P<state>.{{1,24}}?)(?:{ON}(?P<after>{_days.DAY}))?",
    re.IGNORECASE,
)
CELL = late(rf"(?:(?P<todo>{TODO_WORDS})|(?P<read>{READ_WORDS})){TICK}[.!]?", re.IGNORECASE)
# What only a status says: as words of a title or topic these mean something else.
STATUS = late(
    rf"(?P<todo>not (?:yet )?started|unstarted|backlog|queued?|planned|(?:in|under) ?-?progress|{UNDER_WAY}|{PARTLY}"
    r"|started|todo|later|next|未[开開]始|[计計][划劃]|未完成|0\s?%|false|no|n|否|[没沒]有|[❌✘✗✖×✕]\ufe0f?)"
    r"|(?P<read>completed?|reviewed|closed|archived|已完成|100\s?%|true|yes|y|x|是|有|[✔✓√☑✅]\ufe0f?)",
    re.IGNORECASE,
)
# Of a list of tasks: to be done, done, begun (/), put off (>), given up (-), as in Obsidian and its kin.
BOX = late(r"^\s*\[([ xX✓✔√/>-])\]\s+")
