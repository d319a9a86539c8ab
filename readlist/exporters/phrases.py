"""All phrases of the reports, in each language.

A phrase is a format string. Where number matters the forms for one and for many are divided by `|`, and `n` decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Lang = Literal["en", "zh"]

PHRASES: Mapping[Lang, Mapping[str, str]] = {
    "en": {
        "title_week": "Reading report {name}",
        "title_month": "Reading report {name}",
        "title_span": "Reading report",
        "days": "{first} – {last}",
        "comma": ", ",
        # the line that sums up
        "passes": "{n} pass|{n} passes",
        "on_papers": "{passes} on {n} paper|{passes} on {n} papers",
        "minutes": "{n} minute|{n} minutes",
        "added": "{n} added",
        "dropped": "{n} dropped",
        "waiting": "{n} waiting",
        "quiet_week": "Nothing was finished, added or dropped this week; {waiting}.",
        "quiet_month": "Nothing was finished, added or dropped this month; {waiting}.",
        "quiet_span": "Nothing was finished, added or dropped in these days; {waiting}.",
        # headings
        "read_week": "Read",
        "read_month": "Read",
        "read_span": "Read",
        "pass": "Pass {n}",
        "reading": "Being read",
        "added_heading": "Added",
        "dropped_heading": "Dropped",
        "notes": "Notes",
        "movers": "Citations",
        "next": "Next",
        # about one paper
        "two_authors": "{first} and {second}",
        "more_authors": "{first} et al.",
        "citations": "{n} citation|{n} citations",
        "which_pass": "pass {numbers}",
        "which_passes": "passes {numbers}",
        "min": "{n} min",
        "since": "since {day}",
        "pass_of": "Pass {number}, {day}",
        "besides": "Besides",
        "and_more": "… and {n} more",
        "as_of": "As of {day}:",
    },
    "zh": {
        "title_week": "阅读周报 {name}",
        "title_month": "阅读月报 {name}",
        "title_span": "阅读报告",
        "days": "{first} 至 {last}",
        "comma": "，",
        "passes": "{n} 遍",
        "on_papers": "读了 {n} 篇，共 {passes}",
        "minutes": "{n} 分钟",
        "added": "新增 {n} 篇",
        "dropped": "放弃 {n} 篇",
        "waiting": "待读 {n} 篇",
        "quiet_week": "本周没有读完、新增或放弃的论文；{waiting}。",
        "quiet_month": "本月没有读完、新增或放弃的论文；{waiting}。",
        "quiet_span": "这段时间没有读完、新增或放弃的论文；{waiting}。",
        "read_week": "本周读完",
        "read_month": "本月读完",
        "read_span": "读完",
        "pass": "第 {n} 遍",
        "reading": "在读",
        "added_heading": "新增",
        "dropped_heading": "放弃",
        "notes": "笔记",
        "movers": "引用变化",
        "next": "接下来读",
        "two_authors": "{first}、{second}",
        "more_authors": "{first} 等",
        "citations": "被引 {n} 次",
        "which_pass": "第 {numbers} 遍",
        "which_passes": "第 {numbers} 遍",
        "min": "{n} 分钟",
        "since": "{day} 开始",
        "pass_of": "第 {number} 遍，{day}",
        "besides": "其他笔记",
        "and_more": "……另有 {n} 篇",
        "as_of": "截至 {day}：",
    },
}

# The reasons of `domain.queue`, in its words, and in Chinese. None: a report says this elsewhere in the same line.
_REASONS: tuple[tuple[str, str | None], ...] = (
    (r"\d+ citations?", None),
    (r"pass \d is next", None),
    (r"high priority", "高优先级"),
    (r"low priority", "低优先级"),
    (r"being read", "在读"),
    (r"(\d+) days? on the list", r"已列入 \1 天"),
    (r"overdue", "已逾期"),
    (r"due today", "今天到期"),
    (r"due in (\d+) days?", r"\1 天后到期"),
)


def say(lang: Lang, phrase: str, **values: object) -> str:
    """The phrase of that name in `lang`, with its values put in."""
    forms = PHRASES[lang][phrase].split("|")
    return forms[0 if values.get("n") == 1 else -1].format(**values)


def reason(lang: Lang, text: str) -> str | None:
    """A reason of urgency in `lang`; None for one that is not worth a word beside the paper's details."""
    for pattern, chinese in _REASONS:
        found = re.fullmatch(pattern, text)
        if found:
            if chinese is None or lang == "en":
                return None if chinese is None else text
            return found.expand(chinese)
    return text
