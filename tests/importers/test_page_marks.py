"""What a line, a cell or a heading says of reading in words: how often, how deeply, how far, and on which day."""

import pytest

from readlist.importers.lines import _states
from readlist.importers.rewrite import Wish, rewrite
from tests.importers.reading import only, read, titles

PAPER = "Deep Words of Wisdom (ICLR 2020)"


@pytest.mark.parametrize(
    ("line", "mark", "depth", "notes"),
    [
        # the three passes
        (f"{PAPER}（读了两遍）", "read", 2, ()),
        (f"{PAPER}（已读，三遍）", "read", 3, ()),
        (f"{PAPER}【第二遍】", "read", 2, ()),
        (f"{PAPER}（精读，两遍）", "read", 3, ()),
        (f"{PAPER} 已读五遍", "read", 3, ()),
        (f"{PAPER}，第一遍", "read", 1, ()),
        (f"{PAPER} 讀了兩遍", "read", 2, ()),
        (f"{PAPER} 第一遍√ 第二遍√", "read", 2, ()),
        (f"{PAPER} 第一遍✅ 第二遍⬜", "read", 1, ()),
        (f"{PAPER} 第一遍☐", "todo", None, ()),
        (f"{PAPER} (2nd pass)", "read", 2, ()),
        (f"{PAPER} - third pass done", "read", 3, ()),
        (f"{PAPER} (skimmed)", "read", 1, ()),
        # not yet, or not to the end
        (f"{PAPER}（还没读）", "todo", None, ()),
        (f"{PAPER}（沒看完）", "todo", None, ("沒看完",)),
        (f"{PAPER}（读了一半，第 7 页）", "todo", None, ("读了一半, 第 7 页",)),
        (f"{PAPER} - to read", "todo", None, ()),
        (f"{PAPER}, unread", "todo", None, ()),
        # among other parts of a bracket
        ("Deep Words of Wisdom (ICLR 2020, read)", "read", None, ()),
        ("Deep Words of Wisdom (ICLR 2020; to read)", "todo", None, ()),
        ("Deep Words of Wisdom（ICLR 2020，精读）", "read", 3, ()),
        ("Deep Words of Wisdom（已读，ICLR 2020）", "read", None, ()),
        (f"{PAPER}（已读，很好）", "read", None, ("很好",)),
        (f"【已读｜很好】{PAPER}", "read", None, ("很好",)),
        # with the name of the field, or as a name in front
        (f"{PAPER} | 状态：精读", "read", 3, ()),
        (f"{PAPER} | status: unread", "todo", None, ()),
        (f"{PAPER}（状态：已读）", "read", None, ()),
        (f"已读：{PAPER}", "read", None, ()),
        (f"To read: {PAPER}", "todo", None, ()),
        (f"✅ 已读 {PAPER}", "read", None, ()),
        (f"未读 | {PAPER}", "todo", None, ()),
        # as other programs write
        (f"{{{{[[DONE]]}}}} {PAPER}", "read", None, ()),
        (f"{{{{[[TODO]]}}}} {PAPER}", "todo", None, ()),
        # traditional
        (f"{PAPER}【待讀】", "todo", None, ()),
        (f"{PAPER}（已閱）", "read", None, ()),
    ],
)  # fmt: skip
def test_what_words_say_of_reading(line: str, mark: str | None, depth: int | None, notes: tuple[str, ...]) -> None:
    entry = only(f"- {line}\n")
    assert (entry.metadata.title, entry.metadata.venue) == ("Deep Words of Wisdom", "ICLR")
    assert (entry.mark, entry.depth, entry.notes) == (mark, depth, notes)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (f"{PAPER}（第二遍，2024-03-05）", "2024-03-05"),
        (f"{PAPER}（已读 2024-03-05，很好）", "2024-03-05"),
        (f"{PAPER} - 已读 - 2024/3/5", "2024-03-05"),
        (f"{PAPER} (2nd pass 2024-03-05)", "2024-03-05"),
    ],
)
def test_the_day_beside_the_word(line: str, day: str) -> None:
    entry = only(f"- {line}\n")
    assert (entry.metadata.title, entry.mark, entry.finished) == ("Deep Words of Wisdom", "read", day)


@pytest.mark.parametrize(
    "title",
    [
        "Two-pass Words: A First Pass",
        "Message Passing of Deep Words",
        "How to Read Deep Words: Stop, Look and Read",
        "Deep Words of Wisdom (Look, Listen, Read)",
    ],
)
def test_such_words_in_a_title_are_no_mark(title: str) -> None:
    entry = only(f"- {title} (ICLR 2020)\n")
    assert (entry.metadata.title, entry.mark) == (title, None)


@pytest.mark.parametrize(
    "line",
    [
        "第一遍读title,abstract,conclusion", "论文要读三遍", "一遍一遍地读", "好论文，读三遍",
        "已读：12 篇", "待读：12 篇", "已读：见下", "To read: see the queue below.",
    ],
)  # fmt: skip
def test_advice_and_counts_are_no_papers(line: str) -> None:
    assert titles(f"# 怎样读论文\n\n- {line}\n") == []


@pytest.mark.parametrize(
    ("cell", "mark", "depth"),
    [
        ("精读", "read", 3), ("泛讀", "read", 1), ("第一遍", "read", 1), ("读了两遍", "read", 2),
        ("已读√", "read", None),
        ("Skimmed", "read", 1), ("Pass 2", "read", 2), ("读了一半", "todo", None), ("還沒讀", "todo", None),
        ("未開始", "todo", None), ("100%", "read", None), ("0 %", "todo", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["| 论文 | 年份 | 状态 |\n|--|--|--|\n| {} | 2020 | {} |", "- {}\n  - 状态：{}"])
def test_a_state_that_stands_alone(cell: str, mark: str, depth: int | None, page: str) -> None:
    entry = only(f"# 论文\n\n{page.format('Deep Words of Wisdom: A Study', cell)}\n")
    assert (entry.mark, entry.depth, entry.notes) == (mark, depth, ())


@pytest.mark.parametrize(
    ("heading", "mark", "depth"),
    [
        ("已读（12）", "read", None), ("待读 (3篇)", "todo", None), ("To Read (5)", "todo", None),
        ("Read [3/10]", "read", None),
        ("一、待读", "todo", None), ("待读：12 篇", "todo", None), ("扩散模型（待读）", "todo", None),
        ("Deep words (to read)", "todo", None), ("待读论文（补充相关工作）", "todo", None), ("待讀", "todo", None),
        ("本周已读", "read", None), ("2023年读过的论文", "read", None), ("Read in 2021", "read", None),
        ("计划阅读", "todo", None), ("未读完", "todo", None), ("Read later", "todo", None),
        ("Read next week", "todo", None),
        ("精读", "read", 3), ("泛读论文", "read", 1), ("第二遍", "read", 2), ("Second pass", "read", 2),
        ("2nd pass", "read", 2), ("Pass 2", "read", 2),
        ("Skimmed", "read", 1),
        ("已读(部分)", None, None), ("Read (not finished)", None, None), ("Deep words (done)", None, None),
        ("Datasets (TODO)", None, None), ("论文精读", None, None), ("必读", None, None), ("2021", None, None),
    ],
)  # fmt: skip
def test_a_heading_that_is_a_state(heading: str, mark: str | None, depth: int | None) -> None:
    assert _states.told_by(heading) == ((mark, depth) if mark else None)


def test_papers_below_a_heading_are_read_as_it_says() -> None:
    found = read(
        "# 论文\n\n## 精读（2 篇）\n\n- Deep Words of Wisdom (ICLR 2020)\n- [ ] More Words of Wisdom (ICLR 2020)\n\n"
        "## 扩散模型（待读）\n\n- Last Words of Wisdom (ICLR 2020)\n"
    ).entries
    assert [(entry.mark, entry.depth) for entry in found] == [("read", 3), ("todo", None), ("todo", None)]


def test_the_first_heading_of_a_page_may_be_the_name_of_a_series() -> None:
    assert _states.told_by("精读", first=True) is None
    assert _states.told_by("待读", first=True) == ("todo", None)


def test_a_legend_may_name_signs_that_say_nothing_of_reading() -> None:
    one, other = read(
        "# 论文\n\n图例：✅ 读完 | 🔥 必读 | ❌ 未读 | ⭐ 收藏\n\n"
        "- ❌ Deep Words of Wisdom\n- ⭐ [More Words](https://arxiv.org/abs/2001.00001)\n"
    ).entries
    assert (one.metadata.title, one.mark) == ("Deep Words of Wisdom", "todo")
    assert (other.metadata.title, other.mark) == ("More Words", None)


@pytest.mark.parametrize(
    "table",
    [
        "| 状态标签 | 含义 |\n|--|--|\n| `⬜ 待读` | 已加入列表，尚未开始 |\n| `✅ 已读` | 已完成阅读并记录笔记 |\n",
        "| 状态 | 数量 | 说明 |\n|--|--|--|\n| 📥 待读 | 8 | 见待读池 |\n| ✅ 已完成笔记 | 0 | 已完成阅读笔记 |\n",
        "| Status | Count |\n|--|--|\n| ⬜ To read | 12 |\n| ✅ Read | 3 |\n",
    ],
)
def test_a_table_of_the_states_names_no_papers(table: str) -> None:
    assert titles(f"# 论文\n\n{table}\n- [ ] Deep Words of Wisdom\n") == ["Deep Words of Wisdom"]


def test_a_table_of_papers_that_begins_with_their_states_is_no_legend() -> None:
    found = read(
        "| Status | Work | Venue |\n|--|--|--|\n| ✅ read | Deep Words of Wisdom | ACL 2020 |\n"
        "| ⬜ to read | More Words of Wisdom | ACL 2021 |\n"
    ).entries
    assert [(entry.metadata.venue, entry.mark) for entry in found] == [("ACL", "read"), ("ACL", "todo")]


@pytest.mark.parametrize(
    "line",
    [
        "- [x] Deep Words of Wisdom（2012）第一遍√ 第二遍√",
        "- [x] Reading comprehension ✅ done",
        "- ✅ Read the Deep Words of Wisdom ⬜ to read again",
    ],
)
def test_ticked_papers_are_no_legend(line: str) -> None:
    entry = read(f"# 论文\n\n{line}\n- [x] [More Words](https://arxiv.org/abs/2001.00001)\n").entries[-1]
    assert (entry.metadata.title, entry.mark, entry.depth) == ("More Words", "read", None)


@pytest.mark.parametrize(
    ("line", "wish", "after"),
    [
        (f"- {PAPER}（读了两遍）", Wish("read", 3), f"- {PAPER}（第三遍）"),
        (f"- {PAPER}（已读，三遍）", Wish("todo"), f"- {PAPER}（待读）"),
        (f"- {PAPER}，第二遍", Wish("todo"), f"- {PAPER}，待读"),
        (f"- {PAPER} 第一遍√ 第二遍√", Wish("read", 3), f"- {PAPER} 第三遍"),
        (f"- {PAPER}【待讀】", Wish("read", 2), f"- {PAPER}【已讀】"),
        (f"- {PAPER}（没看完）", Wish("read", 2), f"- {PAPER}（没看完） ✅"),
        (f"- {PAPER} (2nd pass)", Wish("read", 3), f"- {PAPER} (3rd pass)"),
        (f"- {PAPER} - to read", Wish("read", 1), f"- {PAPER} - skimmed"),
        ("- Deep Words of Wisdom (ICLR 2020, read)", Wish("todo"), "- Deep Words of Wisdom (ICLR 2020, to read)"),
        ("- Deep Words of Wisdom (ICLR 2020, read)", Wish(None), "- Deep Words of Wisdom (ICLR 2020)"),
        ("- Deep Words of Wisdom（已读，ICLR 2020）", Wish("todo"), "- Deep Words of Wisdom（待读，ICLR 2020）"),
        (f"- 已读：{PAPER}", Wish("todo"), f"- 待读：{PAPER}"),
        (f"- {{{{[[TODO]]}}}} {PAPER}", Wish("read", 2), f"- {{{{[[DONE]]}}}} {PAPER}"),
    ],
)
def test_a_word_is_exchanged_for_one_in_its_manner(line: str, wish: Wish, after: str) -> None:
    page = f"# 论文\n\n{line}\n- [More Words](https://arxiv.org/abs/2001.00001)\n"
    done = rewrite(page, read(page), {0: wish}, read)
    assert (done.changed, done.text) == ((0,), page.replace(line, after))


@pytest.mark.parametrize(
    ("cell", "wish", "after"),
    [
        ("精读", Wish("todo"), "待读"), ("第一遍", Wish("read", 3), "第三遍"), ("在读", Wish("read", 2), "已读"),
        ("读了一半", Wish("read", 2), "已读"), ("Skimmed", Wish("todo"), "To read"),
    ],
)  # fmt: skip
def test_a_word_in_a_cell_is_exchanged_there(cell: str, wish: Wish, after: str) -> None:
    page = f"# 论文\n\n| 论文 | 年份 | 状态 |\n|--|--|--|\n| Deep Words of Wisdom | 2020 | {cell} |\n"
    done = rewrite(page, read(page), {0: wish}, read)
    assert (done.changed, done.text) == ((0,), page.replace(cell, after))


def test_a_word_of_other_lines_is_taken_only_if_it_says_the_same() -> None:
    page = (
        "# 论文\n\n| 论文 | 年份 | 状态 |\n|--|--|--|\n| Deep Words of Wisdom | 2020 | 精读 |\n"
        "| More Words of Wisdom | 2020 | 在读 |\n"
    )
    done = rewrite(page, read(page), {0: Wish("todo"), 1: Wish("read", 2)}, read)
    assert done.text == page.replace("在读", "已读").replace("精读", "待读")


def test_links_to_several_papers_behind_a_state_are_each_a_paper() -> None:
    line = "- 已读：[Deep Words](https://arxiv.org/abs/2001.00001)、[More Words](https://arxiv.org/abs/2001.00002)\n"
    found = [entry.metadata.identifiers for entry in read(f"# 论文\n\n{line}").entries]
    assert found == [{"arxiv": "2001.00001"}, {"arxiv": "2001.00002"}]


def test_what_cannot_be_said_is_left_as_it_is() -> None:
    page = f"- {PAPER} - 已读 - 2023/12/1\n"
    done = rewrite(page, read(page), {0: Wish("todo")}, read)
    assert (done.changed, done.failed, done.text) == ((), (0,), page)
