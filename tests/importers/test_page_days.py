"""Days of reading are told only where the page says that they are such."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.importers.lines import _days
from tests.importers.reading import only, read

PAPER = "[Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9/04/24", "2024-09-04"),
        ("13/2/2021", "2021-02-13"),
        ("2021.3.5", "2021-03-05"),
        ("3.5.2021", "2021-05-03"),
        ("2021年3月5日", "2021-03-05"),
        ("2021-03-05 (Fri)", "2021-03-05"),
        ("Mar 5, 2021", "2021-03-05"),
        ("5th March 2021", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("09/27", "1999-09-27"),
        ("9月27日", "1999-09-27"),
        ("2021/13/45", None),
        ("2021-02-30", None),
        ("3.14", None),
        ("1.5.2", None),
        ("26.1.6", "2026-01-06"),
        ("26.1.16", "2016-01-26"),
    ],
)
def test_how_days_are_written(text: str, day: str | None) -> None:
    assert _days.parse(text, 1999) == day


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["-", "/", ".", ""]))
def test_every_day_in_iso_order_is_understood(day: date, sign: str) -> None:
    assert _days.parse(day.isoformat().replace("-", sign)) == day.isoformat()


@pytest.mark.parametrize(
    ("page", "day"),
    [
        (f"# Papers\n\n- {PAPER} (read 2021-03-04)\n", "2021-03-04"),
        (f"# Papers\n\n- {PAPER} (2017/10/03 read).\n", "2017-10-03"),
        (f"# Papers\n\n- {PAPER} ✅ 2021-03-05\n", "2021-03-05"),
        (f"# Papers\n\n- {PAPER}，读于 2021.3.5\n", "2021-03-05"),
        (f"# Papers\n\n- {PAPER}\n  - 阅读日期：2021.3.5\n", "2021-03-05"),
        (f"# Papers\n\n- {PAPER}\n  - Read on: 9/04/24\n", "2024-09-04"),
        (f"# Papers\n\n## Read 2021-03-05\n\n- {PAPER}\n", "2021-03-05"),
        (f"# 閱讀記錄\n\n## 2021\n\n### 9月27號\n\n- {PAPER}\n", "2021-09-27"),
        (f"# Reading log\n\n## 2021\n\n### 09/27\n\n- {PAPER}\n", "2021-09-27"),
        (f"# Reading log\n\n## 2021\n\n- 09/27 {PAPER}\n", "2021-09-27"),
        ("# 读论文打卡\n\n- Deep Words of Wisdom (9/04/24)\n", "2024-09-04"),
        (
            "| Date read | Title | Link |\n|--|--|--|\n| 9/04/24 | Deep Words of Wisdom | [a](https://a.b/c) |",
            "2024-09-04",
        ),
        ("| Read | Title | Venue |\n|--|--|--|\n| 200331 | Deep Words of Wisdom | ACL |", "2020-03-31"),
    ],
)
def test_the_page_says_when_it_was_read(page: str, day: str) -> None:
    entry = only(page)
    assert (entry.metadata.title, entry.mark, entry.finished) == ("Deep Words of Wisdom", "read", day)
    assert entry.metadata.published is None
    assert entry.metadata.year is None


@pytest.mark.parametrize(
    "page",
    [
        f"# Papers\n\n## 2021-03-05\n\n- {PAPER}\n",
        f"# New on arXiv\n\n## 2021\n\n### 09/27\n\n- {PAPER}\n",
        f"# Papers\n\n- {PAPER}, 2021-03-05\n",
        "| Date | Title | Link |\n|--|--|--|\n| 9/04/24 | Deep Words of Wisdom | https://arxiv.org/abs/2001.00001 |",
        f"# Reading log\n\n## 2021\n\n- #TODO {PAPER} 2021-03-05\n",
    ],
)
def test_other_days_are_none_of_reading(page: str) -> None:
    assert [(entry.finished, entry.mark) for entry in read(page).entries] in ([(None, None)], [(None, "todo")])


def test_a_day_of_publication_has_its_column() -> None:
    entry = only("| Title | Venue | Published |\n|--|--|--|\n| Deep Words of Wisdom | ACL | 2021-03-05 |")
    assert (entry.metadata.published, entry.metadata.year, entry.finished) == ("2021-03-05", 2021, None)


@pytest.mark.parametrize(
    ("days", "year_first"),
    [
        (("26.1.16", "26.1.31", "25.12.3"), True),  # the last number changes
        (("16.1.26", "31.1.26"), False),  # the first one does
        (("31.3.99",), False),  # no day is the 99th
        (("3.13.24",), False),  # no month is the 13th
        (("26.1.6",), True),  # no year is written 6
        (("26.1.16",), False),
        (("26.1.16 读论文",), True),  # the custom of the language
        (("version 10.1.16.2",), False),
    ],
)
def test_which_number_of_a_short_day_is_the_year(days: tuple[str, ...], year_first: bool) -> None:
    assert _days.year_first(days) is year_first


def test_a_page_that_writes_the_year_first_does_so_everywhere() -> None:
    page = f"# 读论文日记\n\n- {PAPER}（已读，26.1.16）\n- 26.1.31 读 More Words of Wisdom (ICLR 2020)\n"
    one, other = read(page).entries
    assert (one.finished, other.finished) == ("2026-01-16", "2026-01-31")


def test_the_year_above_tells_which_number_is_the_year() -> None:
    assert _days.parse("26.1.16", 2026) == "2026-01-16"
    assert _days.parse("26.1.16", 2016) == "2016-01-26"


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("3月7日：", "2026-03-07"),
        ("**3月7日** ", "2026-03-07"),
        ("3月7日（周六）读了", "2026-03-07"),
        ("3/7 - ", "2026-03-07"),
    ],
)
def test_the_day_in_front_of_a_diary_s_line(lead: str, day: str) -> None:
    entry = only(f"# 读论文日记 2026\n\n- {lead}《Deep Words of Wisdom》 (ICLR 2020)\n")
    assert (entry.metadata.title, entry.mark, entry.finished) == ("Deep Words of Wisdom", "read", day)


def test_the_name_of_a_day_in_front_is_kept_as_a_note() -> None:
    entry = only("# 读论文日记 2026\n\n- 周一：Deep Words of Wisdom (ICLR 2020)\n")
    assert (entry.metadata.title, entry.mark, entry.notes) == ("Deep Words of Wisdom", None, ("周一",))


@given(st.from_regex(re.compile(_days.DAY, re.IGNORECASE), fullmatch=True))
def test_the_quick_look_misses_no_day(day: str) -> None:
    assert _days.hints(f"read {day}, twice")
