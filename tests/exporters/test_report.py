"""The report as Markdown: its shape in both languages, whatever the papers are called, and templates of the user's."""

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readlist.domain.dates import Span, month_of, week_of
from readlist.domain.paper import Observation, Paper
from readlist.domain.passes import Pass
from readlist.domain.queue import TERMS, urgency
from readlist.domain.report import Mover, Noted, Queue, Read, Report
from readlist.errors import InputError
from readlist.exporters.phrases import PHRASES, Lang, reason
from readlist.exporters.report import Template, link, render, standard_template
from readlist.exporters.web_page import page
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
    queue=Queue(start=18, added=5, read=1, dropped=1, end=21),
)


def test_a_full_week_in_english() -> None:
    assert (
        render(FULL, "en")
        == """\
# Reading report 2026-W47

2026-11-16 – 2026-11-22

1 pass on 1 paper · 40 minutes · 1 added · 1 dropped · 21 waiting

Queue: 18 → 21 (+5 added, −1 read, −1 dropped)

## Read

### Pass 2

- **SimCSE** (Gao et al., EMNLP 2021, 219 citations) [arXiv](https://arxiv.org/abs/2104.08821) · 40 min · done

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
- **Loser** (Gao et al., EMNLP 2021) · −2 (10 → 8)

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
    assert "待读队列：18 → 21（新增 +5，读完 −1，放弃 −1）" in text
    assert (
        "**SimCSE**（Gao 等，EMNLP 2021，被引 219 次）[arXiv](https://arxiv.org/abs/2104.08821) · 40 分钟 · 读毕"
        in text
    )
    assert "被引 219 次）[arXiv](https://arxiv.org/abs/2104.08821)：see #12 \\[sic\\]" in text
    assert "第 1 遍 · 2026-11-19 开始" in text
    assert "：第 1 遍，3 天后到期，高优先级，已列入 10 天" in text


def test_a_quiet_week_says_so_in_one_sentence() -> None:
    assert render(Report(WEEK, TODAY, queue=Queue(start=3, end=3)), "en") == (
        "# Reading report 2026-W47\n\n2026-11-16 – 2026-11-22\n\n"
        "Nothing was finished, added or dropped in this week; 3 waiting.\n"
    )
    assert "本周没有读完、新增或放弃的论文；待读 3 篇。" in render(
        Report(WEEK, TODAY, queue=Queue(start=3, end=3)), "zh"
    )


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
    assert "· passes 1 and 2 · 55 min" in text
    assert "*Pass 1, 2026-11-16*\n\n  first\n\n  *Pass 2, 2026-11-18*\n\n  again\n\n  *Besides*\n\n  later" in text
    assert "3 passes on 2 papers (pass 2: 1, pass 1: 2) · 55 minutes" in text


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
    for term in TERMS.values():
        for form in term.reason.split("|"):
            why = form.format(n=4)
            assert reason("zh", why) != why
            assert reason("en", why) in (why, None)
    for due in (date(2026, 11, 1), TODAY, date(2026, 11, 22)):
        for why, _ in urgency("normal", False, None, None, TODAY, due, TODAY).terms:
            assert reason("zh", why) != why


NASTY = (
    "# One\n## Two\nThree\n===\nFour\n---", "```\nopen", "~~~~ python\nopen\n```", "<div>\n\ntext",
    "</li></ul></main>", "<script>alert(1)</script>", "<!-- open", "---", "***", "- a\n- b\n\n\n- c",
    "1. one\n7) seven", "    code\n\n\tcode",
    "> > > deep\nlazy", "| a | b |\n|---|---|\n| 1 | 2", "[arXiv]: javascript:alert(1)\n[SimCSE]: https://b.org",
    "![](https://a.org/x.png)", "[a](javascript:alert(1)) <javascript:b> <https://a.org>", "\\", "*a **b `c", "- \n- ",
    "{% raw %} {{ x }}", "$$ x < y $$", "&#35; &lt;b&gt;", "\ufeff# a", "a\\\n---",
)  # fmt: skip
text_of_anybody = st.one_of(
    anything, st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map("\n\n".join), st.sampled_from(NASTY)
)


def report_of(texts: list[tuple[str, str, str]], plain: bool = False) -> Report:
    """A report in which these texts stand wherever text can: titles, others in one line, notes; `plain`: none do."""

    def made(title: str, note: str, other: str) -> Paper:
        if plain:
            return paper("T", drop_reason="no", passes=(Pass(1, "2026-11-19"),))
        started = (Pass(1, "2026-11-19"),)
        return paper(title, authors=(other,), venue=other, drop_reason=title, summary=note, passes=started, url=other)

    papers = tuple(made(*three) for three in texts)
    notes = () if plain else tuple(note for _, note, _ in texts)
    done = Pass(3, None, "2026-11-18", 1, None if plain else texts[0][1])
    return Report(
        WEEK,
        TODAY,
        read=tuple(Read(it, (done,), notes) for it in papers),
        reading=tuple(Noted(it, notes) for it in papers),
        noted=tuple(Noted(it, notes) for it in papers),
        added=papers,
        added_total=len(papers),
        dropped=papers,
        movers=tuple(Mover(it, 1, 2) for it in papers),
        movers_total=len(papers),
        next=papers,
    )


def outline(text: str, *more: str) -> list[str]:
    """The blocks of a page that stand in no other, the text of the headings, and the items of lists that do so."""
    found = []
    for token, inside in pairwise(MarkdownIt("commonmark").enable(list(more)).parse(text)):
        if token.level == 0 and token.nesting >= 0:
            found.append(f"{token.type} {token.tag} {inside.content if token.type == 'heading_open' else ''}")
        if token.level == 1 and token.type == "list_item_open":
            found.append("item")
    return found


@given(st.lists(st.tuples(text_of_anybody, text_of_anybody, text_of_anybody), min_size=1, max_size=3))
def test_no_text_changes_the_structure(texts: list[tuple[str, str, str]]) -> None:
    for lang in LANGS:
        text, bare = (render(report_of(texts, plain), lang) for plain in (False, True))
        assert outline(text) == outline(bare)
        assert outline(text, "table", "strikethrough") == outline(bare)
        n = len(texts)
        assert list(items(bare).values()) == [n] * 7, "the report itself is as it should be"


@given(st.lists(st.tuples(text_of_anybody, text_of_anybody, text_of_anybody), min_size=1, max_size=2))
def test_no_text_changes_the_web_page(texts: list[tuple[str, str, str]]) -> None:
    made, bare = (Reader(page(render(report_of(texts, plain), "zh"), "zh")) for plain in (False, True))
    assert made.outline == bare.outline
    assert made.tags <= ALLOWED, made.tags - ALLOWED
    assert all(re.match(r"(https?://|mailto:)", url, re.IGNORECASE) for url in made.targets), made.targets


ALLOWED = set(
    "html head meta title style body main h1 h2 h3 p ul ol li a strong em code pre blockquote hr br "
    "table thead tbody tr th td s".split()
)


class Reader(HTMLParser):
    """What a browser makes of a page: its tags, where links lead, and what stands right in `main`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.outline: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "every tag is closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attributes} <= {"lang", "charset", "name", "content", "href", "title", "class",
                                                    "start", "style"}, attributes  # fmt: skip
        self.targets += [value or "" for name, value in attributes if name == "href"]
        if self.open[2:] == ["main"] or self.open[2:] in (["main", "ul"], ["main", "ol"]):
            self.outline.append(tag)
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "br", "hr"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] and self.open[-1] in ("h1", "h2", "h3"):
            self.outline.append(data)


def test_the_web_page_says_what_the_markdown_says() -> None:
    text = page(render(FULL, "en"), "en")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">')
    assert "<title>Reading report 2026-W47</title>" in text
    assert '<a href="https://arxiv.org/abs/2104.08821">arXiv</a> · 40 min · done</p>' in text
    assert "<blockquote>\n<p>Dropout as noise.</p>\n</blockquote>\n<p>Table 3 matters.</p>" in text
    assert "see #12 [sic]" in text
    assert "prefers-color-scheme: dark" in text and "@media print" in text
    assert "url(" not in text and "@import" not in text and "<link" not in text
    assert '<html lang="zh-Hans">' in page(render(FULL, "zh"), "zh")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![A plot](https://a.org/x.png)", '<a href="https://a.org/x.png">A plot</a>'),
        ("![](https://a.org/x.png)", '<a href="https://a.org/x.png">https://a.org/x.png</a>'),
        ("[![A plot](https://a.org/x.png)](https://b.org)", '<a href="https://b.org">A plot</a>'),
        ("[me](mailto:a@b.org)", '<a href="mailto:a@b.org">me</a>'),
        ("[x](file:///etc/passwd)", "[x](file:///etc/passwd)"),
        ("[x](data:text/html,y)", "[x](data:text/html,y)"),
        ("[x](notes.md)", "[x](notes.md)"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
    ],
)
def test_links_lead_to_the_web_and_pictures_are_not_loaded(written: str, shown: str) -> None:
    assert f"<p>{shown}</p>" in page(written, "en")


def test_a_template_of_the_users_own() -> None:
    template = "{{ heading }}\n{% for paper in report.added %}\n| {{ paper.title | cell }} |\n{% endfor %}"
    report = Report(WEEK, TODAY, added=(paper("a|b"), paper("<b>\x1b[2J")), added_total=2)
    assert render(report, "en", Template(template, "mine.j2")) == "Reading report 2026-W47\n| a\\|b |\n| \\<b> |\n"


def test_a_template_may_replace_a_part_of_the_standard_one() -> None:
    template = '{% extends "weekly.md.j2" %}{% block next %}{% endblock %}{% block added %}{% endblock %}'
    left = headings(render(FULL, "en", Template(template, "mine.j2")))
    assert [it for it in headings(render(FULL, "en")) if it not in left] == ["## Added", "## Next"]


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
        render(FULL, "en", Template(template, "mine.j2"))
    assert caught.value.message.startswith(f"line {line} of the template mine.j2: ")
    assert problem in caught.value.message


def test_the_printed_template_makes_the_report_and_names_every_block_and_filter() -> None:
    printed = standard_template()
    for lang in LANGS:
        assert render(FULL, lang, Template(printed, "mine.j2")) == render(FULL, lang)
    head = printed.partition("#}")[0]
    for block in re.findall(r"{% block (\w+) %}", printed):
        assert re.search(rf"\b{block}\b", head), f"the head does not tell of the block {block}"
    for name in (
        "line",
        "cell",
        "paper",
        "details",
        "link",
        "about",
        "written",
        "reasons",
        "dotted",
        "groups",
        "queue",
    ):
        assert re.search(rf"\b{name}\b", head), f"the head does not tell of {name}"


@pytest.mark.parametrize("part", ["report.span.first", "report.queue.wanted", "report.by_pass", "report.read[0].then"])
def test_what_the_head_tells_of_is_there(part: str) -> None:
    assert render(FULL, "en", Template(f"{{{{ {part} }}}}", "mine.j2")).strip()
