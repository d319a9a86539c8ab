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
        "comma_in_list": ", ",
        "and": " and ",
        "details": " ({text})",
        "because": " — ",
        # the line that sums up
        "passes": "{n} pass|{n} passes",
        "of_pass": "pass {number}: {n}",
        "on_papers": "{passes} on {n} paper|{passes} on {n} papers",
        "minutes": "{n} minute|{n} minutes",
        "added": "{n} added",
        "dropped": "{n} dropped",
        "waiting": "{n} waiting",
        "waited": "{n} waiting at the end",
        "none_waiting": "nothing is waiting",
        "none_waited": "nothing was waiting at the end",
        "quiet_week": "Nothing was finished, added or dropped in this week; {waiting}.",
        "quiet_month": "Nothing was finished, added or dropped in this month; {waiting}.",
        "quiet_span": "Nothing was finished, added or dropped in these days; {waiting}.",
        "ahead": "These days are still to come; {waiting}.",
        # the queue at the start and at the end
        "queue": "Queue: {start} → {end} ({moves})",
        "queue_added": "+{n} added",
        "queue_wanted": "+{n} wanted",
        "queue_read": "−{n} read",
        "queue_dropped": "−{n} dropped",
        "queue_other": "−{n} set aside",
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
        "then_1": "next: pass 1",
        "then_2": "next: pass 2",
        "then_3": "next: pass 3",
        "then_done": "done",
        "then_drop": "dropped",
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
        "comma_in_list": "、",
        "and": "、",
        "details": "（{text}）",
        "because": "：",
        "passes": "{n} 遍",
        "of_pass": "第 {number} 遍 {n} 次",
        "on_papers": "读了 {n} 篇，共 {passes}",
        "minutes": "{n} 分钟",
        "added": "新增 {n} 篇",
        "dropped": "放弃 {n} 篇",
        "waiting": "待读 {n} 篇",
        "waited": "期末待读 {n} 篇",
        "none_waiting": "没有待读的论文",
        "none_waited": "期末没有待读的论文",
        "quiet_week": "本周没有读完、新增或放弃的论文；{waiting}。",
        "quiet_month": "本月没有读完、新增或放弃的论文；{waiting}。",
        "quiet_span": "这段时间没有读完、新增或放弃的论文；{waiting}。",
        "ahead": "这段时间还没有到；{waiting}。",
        "queue": "待读队列：{start} → {end}（{moves}）",
        "queue_added": "新增 +{n}",
        "queue_wanted": "列入 +{n}",
        "queue_read": "读完 −{n}",
        "queue_dropped": "放弃 −{n}",
        "queue_other": "移出 −{n}",
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
        "then_1": "下一步：第 1 遍",
        "then_2": "下一步：第 2 遍",
        "then_3": "下一步：第 3 遍",
        "then_done": "读毕",
        "then_drop": "放弃",
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
    (r"([\d.]+) new citations? a month", r"每月新增 \1 次引用"),
    (r"cited by a paper you have read", "读过的 1 篇论文引用了它"),
    (r"cited by (\d+) papers you have read", r"读过的 \1 篇论文引用了它"),
    (r"in focus", "关注的主题"),
    (r"high priority", "高优先级"),
    (r"low priority", "低优先级"),
    (r"being read", "在读"),
    (r"(\d+) days? on the list", r"已列入 \1 天"),
    (r"([\d.]+) new citations? a month", r"每月新增引用 \1 次"),
    (r"cited by a paper you have read", "被 1 篇已读论文引用"),
    (r"cited by (\d+) papers you have read", r"被 \1 篇已读论文引用"),
    (r"in focus", "属于当前关注的主题"),
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
