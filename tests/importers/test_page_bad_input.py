"""Pages that nobody writes by hand are read too, line by line and in time that grows with their size alone."""

import time

import pytest

from readlist.importers import page
from tests.importers.reading import read, titles

UNITS = [unit.replace("~", " ") for unit in (
    "( [ [x ]( * ** _ ` < <a | - -- A Aa, 1 12/ 2021- ✅ ❤ ★☆ [x]~ read~ (read~ by~ : ： 《 》 \" “ et~al.~ and~"
    " ， # 中 (Citations~ cited~ http://"
    " [a](http://b)~ ![a](b) &amp; \\ Aa- 作者： paper:~ <br> []~ () :heart: :a ' 中文，"
    " (2020)~ journal~of~ ACL~2020~ 2021-01-01~ Vol~1~ Aa,~B., ~ \t Aa~Bb,~"
).split(" ")]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("start", ["- ", "", "| "])
def test_no_line_costs_more_than_its_length(unit: str, start: str) -> None:
    text = f"# papers, reading log\n\n{start}{(unit * 4000)[:3900]}\n"
    before = time.process_time()
    page.read(text, mentions=True)
    assert time.process_time() - before < 20  # a pattern that backtracks takes minutes


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000_000,
        "- [a](http://b.c) " + "word " * 600_000,
        "- " + "(" * 2_000_000,
        "".join("  " * depth + "- a\n" for depth in range(1000)),
        ">" * 1000 + " a\n",
        "# h\n\n" + "- a\n" * 5000,
        "ab\n" * 5000,
        "| a | b |\n|--|--|\n" + "| c |\n" * 2000,
        "# h\r\n\r\n- [Deep Words](https://arxiv.org/abs/2001.00001)\r\n  - note\r\n",
        "- [a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x) Deep Words of Wisdom, ACL, 2020\n",
    ],
    ids=range(10),
)
def test_every_line_is_accounted_for(text: str) -> None:
    for entry in read(text).entries:
        addresses = [entry.metadata.url or "https:", *(link.url for link in entry.metadata.links)]
        assert all(address.startswith("http") for address in addresses)


@pytest.mark.parametrize(
    "page",
    [
        "- A Paper of Words, ACL\r 2021\n- Another Paper of Words, ACL 2020\n",
        "| Title | Year |\n|---|---|\n| A Paper\r of Words | 2021 |\n| Another Paper of Words | 2020 |\n",
        "<p>A Paper\rof Words</p>\n\n- Another Paper of Words, ACL 2020\n",
        "\r- A Paper of Words, ACL 2021\n\r\n- Another Paper of Words, ACL 2020\r",
    ],
)
def test_a_carriage_return_within_a_line_is_a_blank(page: str) -> None:
    assert "Another Paper of Words" in titles(page)


@pytest.mark.parametrize("hashes", ["###", "### ", "###### #"])
def test_a_heading_without_words_below_a_paper_is_counted(hashes: str) -> None:
    page = f"## [A Paper of Words](https://arxiv.org/abs/2101.99991)\n\nnote\n\n{hashes}\nmore\n"
    assert titles(page) == ["A Paper of Words"]
