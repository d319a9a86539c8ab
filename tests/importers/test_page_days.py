"""Days of reading are told only where the page says that they are such."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.importers import _days
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
