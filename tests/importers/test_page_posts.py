"""Blog listings become posts; what stands below a title is the post's, until the next one."""

import pytest

from tests.importers.reading import read

BYLINES = (
    ("By Ann Lee | {} | 741 readers | Cite", "2021-06-29"),
    ("作者：Ann Lee | {} | 阅读 123 | 评论 (4)", "2021年6月29日"),
    ("作者：Ann Lee | {} | 閱讀 1.2萬 | 3 條評論 | 繼續閱讀", "2021年6月29日"),
    ("Posted by Ann Lee on {}", "June 29, 2021"),
    ("{} by Ann Lee", "2021-06-29"),
    ("By Ann Lee · {} · 5 min read", "Jun 29, 2021"),
)


@pytest.mark.parametrize(("byline", "day"), BYLINES)
@pytest.mark.parametrize("head", ["", "## "])
def test_a_title_with_a_byline_is_a_post(byline: str, day: str, head: str) -> None:
    page = "".join(f"{head}{title}\n{byline.format(day)}\nOne thing, and another.\n\n" for title in ("Post one", "Two"))
    entries = read(page).entries
    assert [entry.metadata.title for entry in entries] == ["Post one", "Two"]
    for entry in entries:
        said = entry.metadata
        assert (said.kind, said.authors, said.published, said.year) == ("post", ("Ann Lee",), "2021-06-29", 2021)
        assert entry.notes == ("One thing, and another.",)
        assert said.citations is None


def test_text_behind_the_byline_is_the_posts_or_the_next_title() -> None:
    page = (
        "第一篇\nBy 李明 | 2021-06-29 | 12位读者 | 引用第二篇:很好\nBy 李明 | 2021-07-26 | 3位读者 | 引用自去年以来\n"
        "细节\n《别的文章》也说过。\n最近评论\n"
    )
    listing = read(page)
    assert [(entry.metadata.title, entry.notes) for entry in listing.entries] == [
        ("第一篇", ()),
        ("第二篇:很好", ("自去年以来", "细节", "《别的文章》也说过。")),
    ]
    assert not listing.topics
    assert [ignored.line for ignored in listing.ignored] == [6]


@pytest.mark.parametrize(
    "page",
    [
        "# My list\nBy Ann Lee | 2021-06-29\n\n- [Deep Words](https://arxiv.org/abs/2001.00001)\n",
        "# A list\n\n- Deep Words of Things by Ann Lee\n- More Words of Things by Ann Lee\n",
    ],
)
def test_one_byline_or_none_makes_no_listing(page: str) -> None:
    assert not any(entry.metadata.published for entry in read(page).entries)


@pytest.mark.parametrize("head", ["", "## "])
def test_a_mark_behind_a_posts_title_is_its_mark(head: str) -> None:
    page = "".join(
        f"{head}{title}\nBy Ann Lee | 2021-06-29 | 741 readers\nOne thing.\n\n" for title in ("Post one ✅", "Two")
    )
    entries = read(page).entries
    assert [(entry.metadata.title, entry.mark) for entry in entries] == [("Post one", "read"), ("Two", None)]
