"""What stands around and under a title: nested fields, badges, HTML, styles of bibliographies, columns, files."""

import pytest

from readlist.domain.metadata import Metadata
from tests.importers.reading import only, read

SHA = "10161d83d29fc968c4612c9e9e2b61a2fc25842e"
ASKS = "https://img.shields.io/badge/dynamic/json?query=citationCount&url=https%3A%2F%2Fapi.semanticscholar.org%2Fgraph"


@pytest.mark.parametrize(
    ("badge", "identifiers"),
    [
        (f"![c]({ASKS}%2Fv1%2Fpaper%2F{SHA}%3Ffields%3DcitationCount)", {"s2": SHA}),
        (f"![c]({ASKS}%2Fv1%2Fpaper%2FarXiv%3A2001.00001%3Ffields%3DcitationCount)", {"arxiv": "2001.00001"}),
        (f"![c]({ASKS}%2Fv1%2Fpaper%2FDOI%3A10.1145%2F3572895%3Ffields%3DcitationCount)", {"doi": "10.1145/3572895"}),
        ("[![arXiv](https://img.shields.io/badge/arXiv-2001.00001-b31b1b.svg)](./x.md)", {"arxiv": "2001.00001"}),
        ('<img src="https://img.shields.io/badge/arXiv-2001.00001-red">', {"arxiv": "2001.00001"}),
        ("![stars](https://img.shields.io/github/stars/a/b)", {}),
    ],
)
@pytest.mark.parametrize("under", [False, True])
def test_badges_carry_identifiers(badge: str, identifiers: dict[str, str], under: bool) -> None:
    between = "\n  - " if under else " "
    entry = only(f"# A\n\n- **Deep Words of Wisdom**, ACL, 2020{between}{badge}\n")
    assert (entry.metadata.title, entry.metadata.identifiers) == ("Deep Words of Wisdom", identifiers)


def test_a_fixed_badge_is_a_count() -> None:
    entry = only("- Deep Words of Wisdom ![cited](https://img.shields.io/badge/Citations-219-blue)\n")
    assert entry.metadata.citations == 219


LINES: list[tuple[str, Metadata]] = [
    (
        '<a href="https://arxiv.org/abs/2001.00001">Deep Words of Wisdom</a>, ACL 2020, <i>Ann Lee et al.</i>',
        Metadata("page", "paper", "Deep Words of Wisdom", ("Ann Lee",), 2020, None, "ACL", {"arxiv": "2001.00001"}),
    ),
    (
        'Lee, Ann, and Bo Chan. "Deep words of wisdom." Communications of the ACM 56.2 (2013): 74-80.',
        Metadata("page", "paper", "Deep words of wisdom", ("Ann Lee", "Bo Chan"), 2013, None, "CACM"),
    ),
    (
        "Lee, A., & Chan, B. (2013). Deep words of wisdom. Journal of Machine Learning Research, 12.",
        Metadata("page", "paper", "Deep words of wisdom", ("A. Lee", "B. Chan"), 2013, None, "JMLR"),
    ),
    (
        "Deep Words of Wisdom, Ann Lee, Bo Chan and Cyd Dow USENIX ATC 2013 [pdf](https://a.org/b.pdf)",
        Metadata(
            "page",
            "paper",
            "Deep Words of Wisdom",
            ("Ann Lee", "Bo Chan", "Cyd Dow"),
            2013,
            None,
            "USENIX ATC",
            url="https://a.org/b.pdf",
        ),
    ),
    (
        "Deep Words of Wisdom (Book, Jan 2017), Ann Lee. [html](https://a.org/deep)",
        Metadata("page", "book", "Deep Words of Wisdom", ("Ann Lee",), 2017, url="https://a.org/deep"),
    ),
    (
        "Theano: A Framework for Deep Words, Ann Lee et al.",
        Metadata("page", "paper", "Theano: A Framework for Deep Words", ("Ann Lee",)),
    ),
    (
        "[r*-deep words](https://arxiv.org/abs/2001.00001)",
        Metadata("page", "paper", "r*-deep words", identifiers={"arxiv": "2001.00001"}),
    ),
    (
        "[DeepNet: Li Fei Fei, CVPR2016](https://github.com/a/b)",
        Metadata("page", "paper", "DeepNet", ("Li Fei Fei",), 2016, None, "CVPR", url="https://github.com/a/b"),
    ),
]


@pytest.mark.parametrize(("line", "said"), LINES)
def test_a_line_of_its_style(line: str, said: Metadata) -> None:
    found = only(f"# A\n\n- {line}\n- [ ](#)\n").metadata
    for name in ("kind", "title", "authors", "year", "venue", "url"):
        assert getattr(found, name) == getattr(said, name), name
    assert dict(found.identifiers) == dict(said.identifiers)


@pytest.mark.parametrize(
    "page",
    [
        "# A\n\n- **Deep Words of Wisdom**\n  - Authors: Ann Lee, Bo Chan\n  - Conference: ACL 2020\n"
        "  - Link: https://arxiv.org/abs/2001.00001\n",
        "# A\n\n- Deep Words of Wisdom\n  - 作者：Ann Lee, Bo Chan\n  - 会议：ACL 2020\n"
        "  - 论文地址：https://arxiv.org/abs/2001.00001\n",
        "题目：Deep Words of Wisdom\n\n作者：Ann Lee, Bo Chan\n\n收录会议：ACL 2020\n\n"
        "论文地址：<https://arxiv.org/abs/2001.00001>\n",
        "> 文章标题：[Deep Words of Wisdom](https://arxiv.org/abs/2001.00001)\n>\n> 作者：Ann Lee, Bo Chan\n>\n"
        "> 发表时间：(ACL 2020)\n",
        "# A\n\n### paper: Deep Words of Wisdom -- 2020\n\n- https://arxiv.org/abs/2001.00001\n"
        "- Ann Lee, Bo Chan\n- ACL\n",
        "# A\n\n- **Deep Words of Wisdom**\n\n  [`Paper`](https://arxiv.org/abs/2001.00001)\n\n"
        "  2020    Annual Meeting of the Association for Computational Linguistics\n\n  Ann Lee, Bo Chan\n",
        "# A\n\n1. **Deep Words of Wisdom**. *Ann Lee,\nBo Chan*. ACL 2020. [[pdf](https://arxiv.org/pdf/2001.00001.pdf)]\n",
        "# A\n\n* [Deep Words of Wisdom, Ann Lee, Bo Chan, ACL 2020\n](https://arxiv.org/abs/2001.00001)\n",
        "# A\n\n## ACL20 Deep Words of Wisdom\n\nAnn Lee, Bo Chan\n\n[paper](https://arxiv.org/abs/2001.00001)\n",
        "| Venue | Paper | Corresp. Author | Links |\n|--|--|--|--|\n"
        "| ACL'20 | Deep Words of Wisdom | Ann Lee， Bo Chan | [Paper](https://arxiv.org/abs/2001.00001) |\n",
    ],
)
def test_fields_on_lines_of_their_own(page: str) -> None:
    said = only(page).metadata
    assert (said.title, said.venue, said.year) == ("Deep Words of Wisdom", "ACL", 2020)
    assert said.authors == ("Ann Lee", "Bo Chan")
    assert said.identifiers == {"arxiv": "2001.00001"}


def test_a_column_of_papers_holds_titles_whatever_they_look_like() -> None:
    page = (
        "| **Paper** | **Links** |\n|--|--|\n"
        "| 1) J1  Introduces a judge of words. It was trained with words. | [Paper](https://a.org/1) |\n"
        "| 2) Deep Words - a new kind of words; it is deep | [Paper](https://a.org/2) |\n"
        f"| 3) **Words vs. Deeds**- {'tells of words, and. Of deeds ' * 200}| https://arxiv.org/abs/2001.00001 |\n"
        "| 深入浅出的 [ResWord](https://arxiv.org/abs/2001.00002) | [Video](https://www.youtube.com/watch?v=1) |\n"
        "| Nobody says more | |\n"
    )
    assert [entry.metadata.title for entry in read(page).entries] == ["J1", "Deep Words", "Words vs. Deeds", "ResWord"]


@pytest.mark.parametrize(
    ("line", "kind", "title"),
    [
        ("- [读论文的方法](https://zhuanlan.zhihu.com/p/56053077) 很好", "post", "读论文的方法"),
        ("- [Words explained](https://a.github.io/2020/06/15/words.html)", "post", "Words explained"),
        ("- **Words explained** *Ann Lee* [[blog]](https://a.github.io/words/)", "post", "Words explained"),
        ("- [Word Day 2019](https://www.youtube.com/watch?v=-b0)", "video", "Word Day 2019"),
        ("[2001-Deep-Words-A-Survey](../pdf/2001-Deep-Words.pdf)", "paper", "Deep-Words-A-Survey"),
    ],
)
def test_posts_videos_and_files_are_items(line: str, kind: str, title: str) -> None:
    entry = only(f"# A\n\n{line}\n")
    assert (entry.metadata.kind, entry.metadata.title) == (kind, title)


@pytest.mark.parametrize(
    ("line", "rel", "path", "text"),
    [
        ("- [x] [Deep Words](./notes/deep.md)", "other", "./notes/deep.md", "Deep Words"),
        ("- [x] Deep Words [pdf](papers/deep%20words.pdf)", "pdf", "papers/deep%20words.pdf", "pdf"),
        ("- [x] **Deep Words** [[note](../notes/deep.md)]", "blog", "../notes/deep.md", "note"),
    ],
)
def test_a_file_beside_the_page_is_a_link_as_written(line: str, rel: str, path: str, text: str) -> None:
    entry = only(f"{line}\n")
    assert (entry.metadata.title, entry.metadata.url) == ("Deep Words", None)
    assert [(link.rel, link.url, link.text) for link in entry.metadata.links] == [(rel, path, text)]
    assert entry.notes == ()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "C:%5Cx.pdf"])
def test_what_no_page_may_open_is_no_link(address: str) -> None:
    assert only(f"- [x] [Deep Words]({address})\n").metadata.links == ()


def test_headings_of_papers_stand_under_the_heading_of_their_level() -> None:
    page = "# A\n\n### 1. Words\n\n### ACL20 Deep Words of Wisdom\n\nsome text\n\n### ICML21 More Words of Wisdom\n"
    assert [entry.topics for entry in read(page).entries] == [(("A", "1. Words"),)] * 2


@pytest.mark.parametrize(
    "line",
    [
        "- [Week 1 of Words](./#week-1-of-words)",
        "## Last Updated: 2017-06-17",
        "TODO 补充词语的性能计算",
        "- Another 4 closely related papers",
        "BLEU, ROUGE, METEOR, ROUGE (<https://www.jianshu.com/p/1>)",
    ],
)
def test_no_paper_is_seen_in(line: str) -> None:
    listing = read(f"# Papers\n\n{line}\n\n- [Deep Words](https://arxiv.org/abs/2001.00001)\n")
    assert [entry.metadata.title for entry in listing.entries] == ["Deep Words"]
    assert listing.topics == (("Papers",),)
