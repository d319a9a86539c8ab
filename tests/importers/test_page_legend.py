"""What a page says that its signs mean outranks what they mean elsewhere."""

import pytest

from tests.importers.reading import only, read

PAPER = "[Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)"


@pytest.mark.parametrize(
    ("legend", "line", "mark", "depth"),
    [
        ("⬜ unread, ✅ read", f"- ⬜ {PAPER}", "todo", None),
        ("⬜ read, ✅ unread", f"- ⬜ {PAPER}", "read", None),
        ("✅ 已读 ⬜ 未读", f"- ✅ {PAPER}", "read", None),
        ("圖例：✅ 已讀 ⬜ 未讀", f"- ✅ {PAPER}", "read", None),
        ("⭐ 為 略讀；✅ 代表 精讀", f"- ⭐ {PAPER}", "read", 1),
        ("已读 ✅ 未读 ⬜", f"- ⬜ {PAPER}", "todo", None),
        ("**Legend:** 🟢 = read | 🔴 = not read | 📝 = note available", f"- 🔴 {PAPER}", "todo", None),
        ("**Legend:** 🟢 = read | 🔴 = not read | 📝 = note available", f"- 📝 {PAPER}", None, None),
        ("**Legend:** 🟢 = read | ✅ = code available", f"- ✅ {PAPER}", None, None),
        ("❤️ skimmed ❤️❤️ read ❤️❤️❤️ in depth", f"- ❤️ {PAPER}", "read", 1),
        ("❤️ skimmed ❤️❤️ read ❤️❤️❤️ in depth", f"- {PAPER} ❤️❤️", "read", 2),
        ("❤️ skimmed ❤️❤️ read ❤️❤️❤️ in depth", f"- ❤️❤️❤️ {PAPER}", "read", 3),
        ("❤️ skimmed ❤️❤️ read ❤️❤️❤️ in depth", f"- ❤️❤️❤️❤️ {PAPER}", "read", 3),
        ("★☆☆ 泛读；★★☆ 通读；★★★ 精读", f"- ★★☆ {PAPER}", "read", 2),
        ("`:heart:` means I could reproduce it\n- `:green_heart:` means read all of it", f"- 💚 {PAPER}", "read", 2),
        (
            "`:heart:` means I could reproduce it\n- `:green_heart:` means read all of it",
            f"- :heart: {PAPER}",
            "read",
            3,
        ),
        ("- [x] = finished\n- [ ] = to read", f"- [x] {PAPER}", "read", None),
        ("- `[-]` = skimmed", f"- {PAPER} [-]", "read", 1),
        ("| Symbol | Meaning |\n|--|--|\n| 👀 | skimmed |\n| 📖 | read |", f"- 👀 {PAPER}", "read", 1),
    ],
)
@pytest.mark.parametrize("below", [False, True])
def test_a_legend_says_what_signs_mean(
    legend: str, line: str, mark: str | None, depth: int | None, below: bool
) -> None:
    page = f"# Papers\n\n{line}\n\n## Signs\n\n{legend}\n" if below else f"# Papers\n\n{legend}\n\n## List\n\n{line}\n"
    entry = only(page)
    assert (entry.metadata.title, entry.mark, entry.depth) == ("Deep Words of Wisdom", mark, depth)


@pytest.mark.parametrize(
    "line",
    [
        "We ❤️ reading papers on this list",
        "✅ Reading Wikipedia to Answer Questions, ACL 2017",
        "Deep Residual Learning: read twice ✅",
        "📝 = note available",
    ],
)
def test_a_line_with_a_sign_is_no_legend_for_that(line: str) -> None:
    entries = read(f"# Papers\n\n- {line}\n- ✅ {PAPER}\n").entries
    assert entries[-1].mark == "read"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        (f"- {PAPER} [x]", "read"),
        (f"- {PAPER} [ ]", "todo"),
        (f"- {PAPER} ✅", "read"),
        (f"- {PAPER} [x] *Ann Lee*.", None),
        (f"- {PAPER} [-] *Ann Lee*.", None),
        ("| Read? | Title | Venue |\n|--|--|--|\n| yes | Deep Words of Wisdom | ACL |", "read"),
        ("| 已读 | 标题 | 会议 |\n|--|--|--|\n| 否 | Deep Words of Wisdom | ACL |", "todo"),
    ],
)
def test_marks_without_a_legend(line: str, mark: str | None) -> None:
    entry = only(f"# Papers\n\n{line}\n")
    assert (entry.metadata.title, entry.mark, entry.depth) == ("Deep Words of Wisdom", mark, None)
