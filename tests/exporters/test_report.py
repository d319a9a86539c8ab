"""The report as Markdown: its shape in both languages, whatever the papers are called, and templates of the user's."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readlist.domain.dates import Span, month_of, week_of
from readlist.domain.paper import Observation, Paper
from readlist.domain.passes import Pass
from readlist.domain.queue import urgency
from readlist.domain.report import Mover, Noted, Read, Report
from readlist.errors import InputError
from readlist.exporters.phrases import PHRASES, Lang, reason
from readlist.exporters.report import link, render
from tests.exporters.test_markdown_text import anything

TODAY = date(2026, 11, 21)
WEEK = week_of(TODAY)
LANGS: tuple[Lang, ...] = ("en", "zh")


def paper(
    title: str = "SimCSE",
    *,
    authors: tuple[str, ...] = ("Tianyu Gao", "Xingcheng Yao", "Danqi Chen"),
    venue: str | None = "EMNLP",
    year: int | None = 2021,
    citations: int | None = 219,
    identifiers: dict[str, str] | None = None,
    url: str | None = None,
    **more: object,
) -> Paper:
    return Paper(
        id=1, key="gao2021simcse", kind="paper", title=title, added="2026-11-16T09:00:00+08:00", changed="",
        status="todo", authors=authors, venue=venue, year=year, url=url,
        citations=None if citations is None else Observation(citations, "semantic-scholar", "2026-11-20"),
        identifiers={"arxiv": "2104.08821"} if identifiers is None else identifiers,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def headings(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [f"{before.markup} {token.content}" for before, token in pairwise(tokens) if before.type == "heading_open"]


def items(text: str) -> dict[str, int]:
    """By heading: the list items right under it."""
    found: dict[str, int] = {}
    heading = ""
    tokens: list[Token] = MarkdownIt("commonmark").parse(text)
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            heading = token.content
        if token.type == "list_item_open" and token.level == 1:
            found[heading] = found.get(heading, 0) + 1
    return found


FULL = Report(
    WEEK,
    TODAY,
    read=(Read(paper(summary="Dropout as noise."), (Pass(2, None, "2026-11-18", 40, "Table 3 matters."),)),),
    reading=(Noted(paper("BERT", passes=(Pass(1, "2026-11-19T08:00:00+08:00"),))),),
    added=(paper("Added"),),
    added_total=1,
    dropped=(paper("Dropped", drop_reason="see #12 [sic]"),),
    movers=(Mover(paper("Mover"), 207, 219), Mover(paper("Loser", identifiers={}), 10, 8)),
    movers_total=2,
    next=(
        paper(
            "Next", next_pass=1, urgency=urgency("high", False, 1, 219, date(2026, 11, 11), date(2026, 11, 24), TODAY)
        ),
    ),
    waiting=21,
)


def test_a_full_week_in_english() -> None:
    assert (
        render(FULL, "en")
        == """\
# Reading report 2026-W47

2026-11-16 – 2026-11-22

1 pass on 1 paper · 40 minutes · 1 added · 1 dropped · 21 waiting

## Read

### Pass 2

- **SimCSE** (Gao et al., EMNLP 2021, 219 citations) [arXiv](https://arxiv.org/abs/2104.08821) · 40 min

  > Dropout as noise.

  Table 3 matters.

## Being read

- **BERT** (Gao et al., EMNLP 2021, 219 citations) [arXiv](https://arxiv.org/abs/2104.08821) · pass 1 · since 2026-11-19

## Added

- **Added** (Gao et al., EMNLP 2021, 219 citations) [arXiv](https://arxiv.org/abs/2104.08821)

## Dropped

- **Dropped** (Gao et al., EMNLP 2021, 219 citations) [arXiv](https://arxiv.org/abs/2104.08821) — see #12 \\[sic\\]

## Citations

- **Mover** (Gao et al., EMNLP 2021) [arXiv](https://arxiv.org/abs/2104.08821) · +12 (207 → 219)
- **Loser** (Gao et al., EMNLP 2021) · -2 (10 → 8)

## Next

1. **Next** (Gao et al., EMNLP 2021, 219 citations) [arXiv](https://arxiv.org/abs/2104.08821) — pass 1, due in 3 days, \
high priority, 10 days on the list
"""
    )


def test_a_full_week_in_chinese() -> None:
    text = render(FULL, "zh")
    assert headings(text) == [
        "# 阅读周报 2026-W47", "## 本周读完", "### 第 2 遍",
        "## 在读", "## 新增", "## 放弃", "## 引用变化", "## 接下来读",
    ]  # fmt: skip
    assert "读了 1 篇，共 1 遍 · 40 分钟 · 新增 1 篇 · 放弃 1 篇 · 待读 21 篇" in text
    assert "(Gao 等，EMNLP 2021，被引 219 次)" in text
    assert "第 1 遍 · 2026-11-19 开始" in text
    assert "— 第 1 遍，3 天后到期，高优先级，已列入 10 天" in text


def test_a_quiet_week_says_so_in_one_sentence() -> None:
    assert render(Report(WEEK, TODAY, waiting=3), "en") == (
        "# Reading report 2026-W47\n\n2026-11-16 – 2026-11-22\n\n"
        "Nothing was finished, added or dropped this week; 3 waiting.\n"
    )
    assert "本周没有读完、新增或放弃的论文；待读 3 篇。" in render(Report(WEEK, TODAY, waiting=3), "zh")


@pytest.mark.parametrize(
    ("span", "en", "zh"),
    [
        (month_of(TODAY), "# Reading report 2026-11\n", "# 阅读月报 2026-11\n"),
        (Span(date(2026, 11, 2), TODAY), "# Reading report\n", "# 阅读报告\n"),
    ],
)
def test_other_spans_than_weeks(span: Span, en: str, zh: str) -> None:
    assert render(Report(span, TODAY), "en").startswith(en)
    assert render(Report(span, TODAY), "zh").startswith(zh)


def test_after_an_import_the_rest_is_counted() -> None:
    report = Report(WEEK, TODAY, added=(paper(),) * 15, added_total=99, movers=(Mover(paper(), 1, 2),), movers_total=2)
    text = render(report, "en")
    assert items(text) == {"Added": 15, "Citations": 1}
    assert "\n\n… and 84 more\n\n## Citations" in text
    assert text.endswith("… and 1 more\n")
    assert "……另有 84 篇" in render(report, "zh")


def test_the_deepest_pass_comes_first_and_a_paper_comes_once() -> None:
    twice = Read(
        paper("Twice"), (Pass(1, None, "2026-11-16", 15, "first"), Pass(2, None, "2026-11-18", 40, "again")), ("later",)
    )
    text = render(Report(WEEK, TODAY, read=(twice, Read(paper("Once"), (Pass(1, None, "2026-11-17"),)))), "en")
    assert headings(text)[1:] == ["## Read", "### Pass 2", "### Pass 1"]
    assert items(text) == {"Pass 2": 1, "Pass 1": 1}
    assert "· passes 1, 2 · 55 min" in text
    assert "*Pass 1, 2026-11-16*\n\n  first\n\n  *Pass 2, 2026-11-18*\n\n  again\n\n  *Besides*\n\n  later" in text
    assert "3 passes on 2 papers · 55 minutes" in text


def test_the_queue_of_another_day_says_of_which() -> None:
    report = Report(week_of(date(2026, 10, 1)), TODAY, next=(paper(),))
    assert "As of 2026-11-21:\n\n1. **SimCSE**" in render(report, "en")
    assert "As of" not in render(Report(WEEK, TODAY, next=(paper(),)), "en")


@pytest.mark.parametrize(
    ("identifiers", "url", "expected"),
    [
        ({"doi": "10.1/x", "arxiv": "2104.08821"}, None, "[arXiv](https://arxiv.org/abs/2104.08821)"),
        ({"doi": "10.1002/(sici)1<1::aid>3.0.co;2-x#y"}, None,
         "[DOI](https://doi.org/10.1002/%28sici%291%3C1::aid%3E3.0.co;2-x%23y)"),
        ({"acl": "P17-1061"}, "https://x.org", "[ACL](https://aclanthology.org/P17-1061)"),
        ({"s2": "ab"}, "https://www.x.org/a b", "[x.org](https://www.x.org/a%20b)"),
        ({"s2": "ab"}, None, "[Semantic Scholar](https://www.semanticscholar.org/paper/ab)"),
        ({}, "javascript:alert(1)", None),
        ({}, "http://[", None),
        ({}, None, None),
    ],
)  # fmt: skip
def test_the_link_of_a_paper(identifiers: dict[str, str], url: str | None, expected: str | None) -> None:
    assert link(paper(identifiers=identifiers, url=url)) == expected


@pytest.mark.parametrize(
    ("authors", "venue", "year", "citations", "expected"),
    [
        (("Danqi Chen",), None, None, None, "**T** (Chen)"),
        (("Danqi Chen", "de Vries, L."), "ICML 2021", 2021, 1, "**T** (Chen and de Vries, ICML 2021, 1 citation)"),
        ((), None, 1999, 0, "**T** (1999, 0 citations)"),
        ((), None, None, None, "**T**"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_left_out(
    authors: tuple[str, ...], venue: str | None, year: int | None, citations: int | None, expected: str
) -> None:
    one = paper("T", authors=authors, venue=venue, year=year, citations=citations, identifiers={})
    assert f"- {expected}\n" in render(Report(WEEK, TODAY, added=(one,), added_total=1), "en")


def test_both_languages_have_every_phrase() -> None:
    assert PHRASES["en"].keys() == PHRASES["zh"].keys()


def test_every_reason_of_urgency_has_its_chinese() -> None:
    for due in (date(2026, 11, 1), TODAY, date(2026, 11, 30), None):
        for priority in ("high", "low"):
            for why, _ in urgency(priority, True, 2, 5, date(2026, 11, 20), due, TODAY).terms:
                assert reason("zh", why) != why


@given(st.lists(st.tuples(anything, anything, anything), min_size=1, max_size=3), st.sampled_from(LANGS))
def test_no_text_changes_the_structure(texts: list[tuple[str, str, str]], lang: Lang) -> None:
    papers = [
        paper(title, authors=(other,), venue=other, drop_reason=title, summary=note, passes=(Pass(1, "2026-11-19"),))
        for title, note, other in texts
    ]
    notes = tuple(note for _, note, _ in texts)
    n = len(papers)
    report = Report(
        WEEK,
        TODAY,
        read=tuple(
            Read(p, (Pass(3, None, "2026-11-18", 1, note),), notes) for p, note in zip(papers, notes, strict=True)
        ),
        reading=tuple(Noted(p, notes) for p in papers),
        noted=tuple(Noted(p, notes) for p in papers),
        added=tuple(papers),
        added_total=n,
        dropped=tuple(papers),
        movers=tuple(Mover(p, 1, 2) for p in papers),
        movers_total=n,
        next=tuple(papers),
    )
    text = render(report, lang)
    wanted = ["reading", "added_heading", "dropped_heading", "notes", "movers", "next"]
    say = PHRASES[lang]
    title = say["title_week"].format(name="2026-W47")
    third = say["pass"].format(n=3)
    sections = [say[name] for name in wanted]
    assert headings(text) == [f"# {title}", f"## {say['read_week']}", f"### {third}", *(f"## {s}" for s in sections)]
    assert items(text) == dict.fromkeys([third, *sections], n)


def test_a_template_of_the_users_own() -> None:
    template = "{{ heading }}\n{% for paper in report.added %}\n| {{ paper.title | cell }} |\n{% endfor %}"
    report = Report(WEEK, TODAY, added=(paper("a|b"), paper("<b>\x1b[2J")), added_total=2)
    assert render(report, "en", template) == "Reading report 2026-W47\n| a\\|b |\n| \\<b> |\n"


def test_a_template_may_replace_a_part_of_the_standard_one() -> None:
    template = '{% extends "weekly.md.j2" %}{% block next %}{% endblock %}{% block added %}{% endblock %}'
    assert [h for h in headings(render(FULL, "en")) if h not in headings(render(FULL, "en", template))] == [
        "## Added", "## Next",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("template", "line", "problem"),
    [
        ("a\n{% for x in %}", 2, "Expected an expression"),
        ("a\n\n{{ nothing }}", 3, "'nothing' is undefined"),
        ("a\n{{ report.nothing }}", 2, "no attribute 'nothing'"),
        ("a\n{{ 'x' | nofilter }}", 2, "No filter named 'nofilter'"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ report.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ say('nothing') }}", 1, "nothing"),
        ("\n{% include '/etc/passwd' %}", 2, "/etc/passwd"),
        ("{% for x in range(10 ** 9) %}{% endfor %}", 1, "Range too big"),
    ],
)
def test_a_faulty_template_is_told_by_line(template: str, line: int, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        render(FULL, "en", template)
    assert caught.value.message.startswith(f"line {line} of the template: ")
    assert problem in caught.value.message
