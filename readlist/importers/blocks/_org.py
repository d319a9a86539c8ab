"""Outlines of Emacs' org-mode, line by line into Markdown that says the same; `_markdown` makes the blocks.

A headline with a keyword of a task (TODO, DONE …) is an item, and what stands under it belongs to it; any other
headline is a heading. Drawers keep their fields ("URL: …"), what is the program's own (#+STARTUP, :END:) is noise.
Source of the forms: the Org syntax of orgmode.org.
"""

from __future__ import annotations

import re

from readlist.domain.patterns import late
from readlist.importers._blocks import Page, lines_of
from readlist.importers.blocks import _markdown

_HEADLINE = late(r"(?P<stars>\*{1,12})\s+(?P<text>\S.*)")
_TASK = late(r"(?P<word>TODO|DONE|NEXT|WAITING|WAIT|STARTED|DOING|LATER|READING|CANCELL?ED)\b\s*(?:\[#[A-C]\]\s*)?")
_TAGS = late(r"\s+:(?P<tags>[\w@#%]+(?::[\w@#%]+)*):\s*$")
_LINK = late(r"\[\[(?P<to>[^\[\]]+)\](?:\[(?P<text>[^\[\]]+)\])?\]")
_STRONG = late(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_FIELD = late(r"\s*:(?P<name>[A-Za-z][\w-]*):\s*(?P<value>.*?)\s*$")
_OPTION = late(r"\s*#\+(?P<name>\w+)(?::?\s+(?P<value>.*)|:)?$")
_CLOSED = late(r"\s*CLOSED:\s*\[(?P<day>\d{4}-\d\d-\d\d)[^\]]*\]\s*$")
_CUES = late(
    r"^(?:\s*:PROPERTIES:|\s*#\+(?:title|author|startup|todo|filetags|begin_\w+)\b|\*+ (?:TODO|DONE)\s|.*\[\[https?://[^\[\]]+\]\[)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADLINES = late(r"^\*+ \S", re.MULTILINE)
_MARKDOWN = late(r"^#{1,6} \S|\]\(https?://", re.MULTILINE)
_MARKS = {"READING": "DOING"}  # words of one's own that mean the same
_NOISE = "<org"  # a tag alone, which is noise in Markdown
_CODE = late(r"(?:src|example|quote)", re.IGNORECASE)


def recognises(text: str) -> bool:
    """Whether `text` has headlines with stars, and something else that only org-mode has."""
    return _HEADLINES.search(text) is not None and _CUES.search(text) is not None and not _MARKDOWN.search(text)


def read(text: str) -> Page:
    """The outline as blocks."""
    lines = lines_of(text)
    page = _markdown.read("\n".join(_converted(lines)) + "\n")
    for block in page.blocks:
        if block.kind == "noise" and block.text.strip().startswith(_NOISE):
            block.text, block.reason = lines[block.first - 1], "org-mode's own"
    return page


def _converted(lines: list[str]) -> list[str]:
    made: list[str] = []
    tasks: list[int] = []  # the levels of the tasks that are open
    code = False
    for line in lines:
        option, headline = _OPTION.match(line), _HEADLINE.match(line)
        inner = "  " * len(tasks)
        if option and option["name"].lower().startswith(("begin_", "end_")):
            code = option["name"].lower().startswith("begin_") and _CODE.search(option["name"]) is not None
            made.append(f"{inner}```")
        elif code:
            made.append(inner + line)
        elif headline:
            level = len(headline["stars"])
            while tasks and tasks[-1] >= level:
                tasks.pop()
            made.append(_headline(headline["text"], level, tasks))
        elif option:
            title = option["value"] if option["name"].lower() == "title" else None
            made.append(f"# {title}" if title else f"{inner}{_NOISE}>")
        elif closed := _CLOSED.match(line):
            made.append(f"{inner}Finished: {closed['day']}")
        elif field := _FIELD.match(line):
            named = f"{field['name'].capitalize()}: {field['value']}" if field["value"] else f"{_NOISE}>"
            made.append(f"{inner}{named}")
        else:
            made.append(inner + _inline(line) if line.strip() else line)
    return made


def _headline(text: str, level: int, tasks: list[int]) -> str:
    tagged = _TAGS.search(text)
    tags = "".join(f" #{tag}" for tag in tagged["tags"].split(":")) if tagged else ""
    text = text[: tagged.start()] if tagged else text
    task = _TASK.match(text)
    if task is None and not tasks:
        return f"{'#' * min(level, 6)} {_inline(text)}"
    indent = "  " * len(tasks)
    if task is None:
        return f"{indent}{_inline(text)}"
    tasks.append(level)
    word = _MARKS.get(task["word"], task["word"])
    return f"{indent}- {word} {_inline(text[task.end() :])}{tags}"


def _inline(text: str) -> str:
    text = _LINK.sub(lambda it: f"[{it['text']}]({it['to']})" if it["text"] else f"<{it['to']}>", text)
    return _STRONG.sub(r"**\1**", text)
