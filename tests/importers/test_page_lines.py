"""One line at a time: what is title, field and mark. Each row stands for a way of writing found on real pages."""

import pytest

from readlist.domain.metadata import Link
from readlist.importers import page
from tests.importers.reading import only, titles

# line, title, venue, year, count, first author, mark
Row = tuple[str, str, str | None, int | None, int | None, str | None, str | None]
FLAT: list[Row] = [
    ("- Attention Is All You Need, NIPS, 2017, arXiv ✅", "Attention Is All You"
        " Need", "NeurIPS", 2017, None, None, "read"),
    ("- [2019-NAACL] BERT: Pre-training of Deep Transformers, arXiv"
     " github", "BERT: Pre-training of Deep Transformers",
     "NAACL", 2019, None, None, None),
    ("Layer Normalization for Us, Jimmy Lei Ba et al. arxiv, 2016 PDF arXiv (Citations 12) ✅",
     "Layer Normalization for Us", "arXiv", 2016, 12, "Jimmy Lei Ba", "read"),
    ("- ICML'20 Deep Sets for Everybody, Ada Lovelace and Alan Turing, arXiv (Citations 3)",
     "Deep Sets for Everybody", "ICML", 2020, 3, "Ada Lovelace", None),
    ("- Deep Sets for Everybody, Long Ouyang et al. NeurIPS, 2022", "Deep Sets for Everybody", "NeurIPS", 2022, None,
     "Long Ouyang", None),
    ("- Deep Contrastive Learning, Ada Lovelace et al. NeurIPS, 2022", "Deep Contrastive Learning", "NeurIPS", 2022,
     None, "Ada Lovelace", None),
    ("#TODO Deep Sets for Everybody, ICML, 2018", "Deep Sets for Everybody", "ICML", 2018, None, None, "todo"),
    ("- #TODO ICLR2020: Reformer: The Efficient"
     " Transformer", "Reformer: The Efficient Transformer", "ICLR", 2020, None, None,
     "todo"),
    ("Matching Networks for Learning ACL,2021, arXiv (Citations"
     " 1,204)", "Matching Networks for Learning", "ACL", 2021, 1204,
     None, None),
    ("A Small Study of Large Models arXiv", "A Small Study of Large Models", None, None, None, None, None),
    ("Green Learning at Scale, Google Brain, 2020, arXiv ✔", "Green Learning at"
        " Scale", None, 2020, None, None, "read"),
    ("- Learning to Read Slowly, Ann Lee PhD Thesis, 2020, PDF"
     " ✅", "Learning to Read Slowly", None, 2020, None, "Ann Lee", "read"),
    ("XYNet, Learning to segment by asking, CVPR, 2021", "Learning to segment by"
        " asking", "CVPR", 2021, None, None, None),
    ("Good Things Take Time, Findings of EMNLP, 2021", "Good Things Take"
        " Time", "EMNLP-findings", 2021, None, None, None),
    ("浅谈注意力机制:从加法到乘法 by 王小明 ✅", "浅谈注意力机制:从加法到乘法", None, None, None, "王小明", "read"),
    ("- 梯度下降的几何直观,作者用图讲清了步长,值得一读。推荐给初学的人看一看 ✅",
     "梯度下降的几何直观", None, None, None, None, "read"),
    ("#TODO 《概率图模型:入门篇》", "概率图模型:入门篇", None, None, None, None, "todo"),
    ("What Graphs Cannot Learn in Practice 总结了五种图网络,有代码 ✅",
     "What Graphs Cannot Learn in Practice", None, None, None,
     None, "read"),
    ("TinyNet: Small Networks for Small Devices", "TinyNet: Small Networks for Small"
        " Devices", None, None, None, None, None),
]  # fmt: skip
MARKDOWN: list[Row] = [
    ("- [ ] [2020: A Walk in Latent Space](https://arxiv.org/abs/2001.00001) [[Code]](https://github.com/a/b)",
     "A Walk in Latent Space", None, 2020, None, None, "todo"),
    ("- [x] Graphs as Words\t57", "Graphs as Words", None, None, 57, None, "read"),
    ("- **Deep Words** (2015), G. Bell et al."
     " [[pdf]](http://a.org/x.pdf)", "Deep Words", None, 2015, None, "G. Bell", None),
    ("1. **Slow Words**. *Ann Lee, Bo Chan*. NIPS 2015. [[pdf](https://arxiv.org/pdf/1511.01432.pdf)]", "Slow Words",
     "NeurIPS", 2015, None, "Ann Lee", None),
    ("* **Fast Words** *Ann Lee* `NAACL 2022`"
     " [[paper]](https://aclanthology.org/2022.naacl-main.1/)", "Fast Words", "NAACL",
     2022, None, "Ann Lee", None),
    ("- [Words of Wisdom](https://arxiv.org/pdf/2308.02145.pdf), Aug. 4 2023."
     " `optimization`", "Words of Wisdom", None, 2023,
     None, None, None),
    ("- Voices of Many Speakers Heard [[note]](./voices.md)", "Voices of Many Speakers"
        " Heard", None, None, None, None, None),
    ("+ [图] | [Ranks of Pages](https://arxiv.org/abs/1801.00001) | [笔记](https://zhuanlan.zhihu.com/p/1) | 很经典 |"
     " Page et al, 1998",
     "Ranks of Pages", None, 1998, None, "Page", None),
    ("- [[Reading] Nets of Nets](https://arxiv.org/abs/1801.00002)", "Nets of Nets", None, None, None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "title", "venue", "year", "count", "author", "mark"), FLAT + MARKDOWN)
def test_a_line_is_taken_apart(
    line: str,
    title: str,
    venue: str | None,
    year: int | None,
    count: int | None,
    author: str | None,
    mark: str | None,
) -> None:
    entry = only(line)
    said = entry.metadata
    assert said.source == "page"
    assert (said.title, said.venue, said.year, said.citations) == (title, venue, year, count)
    assert (said.authors[0] if said.authors else None) == author
    assert entry.mark == mark


@pytest.mark.parametrize(
    "line",
    [
        "- the authors compare both ways and find no difference, see [2021-ACL] Dual Something Selector",
        "#TODO 如果把学习率调小,结果会不会更好?",
        "- 详细推导参考漫谈优化:从头到尾 by 王小明,英文博客 ✅",
        "Adam,结合一阶动量与二阶动量,需要修正偏差:",
        "ssh -R localhost:7890:localhost:7890 user@host",
        ",比如学习率等于零点一",
        "- Merge two files side by side, each in its column",
        "- https://github.com/some/repo/issues/12",
        "- [Contents](#contents)",
        "**Legend:** ✅ = Read | ⬜ = To Read",
        "We thank [Ann Lee](https://a.org/lee) for [her list](https://github.com/a/list).",
        "- [Slides in Some Hall](https://a.org/slides.pdf)",
        "- 作者: 王小明",
        "Hello world.",
    ],
)
def test_what_is_no_paper_is_none(line: str) -> None:
    assert titles(line) == []


def test_addresses_become_identifiers_or_links() -> None:
    entry = only(
        "- [Some Paper of Ours](https://arxiv.org/abs/2104.08821v4) [code](https://github.com/a/b)"
        " [pdf](https://a.org/p.pdf)"
        " [slides](https://a.org/s) [解读](https://zhuanlan.zhihu.com/p/1) [x](javascript:alert(1))"
        " [y](file:///etc/passwd)"
    )
    assert entry.metadata.identifiers == {"arxiv": "2104.08821"}
    assert entry.metadata.url is None
    assert [(link.rel, link.url) for link in entry.metadata.links] == [
        ("code", "https://github.com/a/b"),
        ("pdf", "https://a.org/p.pdf"),
        ("slides", "https://a.org/s"),
        ("blog", "https://zhuanlan.zhihu.com/p/1"),
    ]


def test_without_an_identifier_the_first_address_is_the_papers() -> None:
    said = only("- [Nets of Nets and More](https://a.org/paper.pdf) [code](https://github.com/a/b) NIPS 2015").metadata
    assert said.url == "https://a.org/paper.pdf"
    assert said.links == (Link("code", "https://github.com/a/b", "code"),)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("- Deep Sets of Words, ICML, 2018", "paper"),
        ("随机游走的直观理解 by 王小明 ✅", "post"),
        ("- Learning to Read Slowly, Ann Lee PhD Thesis, 2020", "thesis"),
        ("- [x] [A Talk on Reading](https://www.youtube.com/watch?v=abc)", "video"),
        ("- [x] [reading-tool](https://github.com/a/reading-tool)", "resource"),
    ],
)
def test_kinds(line: str, kind: str) -> None:
    assert only(line).metadata.kind == kind


@pytest.mark.parametrize(
    ("cell", "mark"),
    [("✅", "read"), ("Done", "read"), ("已读", "read"), ("[x]", "read"), ("⬜", "todo"), ("To Read", "todo"),
     ("待读", "todo"), ("", None)],
)  # fmt: skip
def test_a_status_column(cell: str, mark: str | None) -> None:
    table = f"| Status | Paper | Venue | Year |\n|---|---|---|---|\n| {cell} | Words in Rows | ACL | 2020 |\n"
    entry = only(table)
    assert (entry.mark, entry.metadata.venue, entry.metadata.year) == (mark, "ACL", 2020)


def test_read_wins_over_todo() -> None:
    assert only("#TODO Deep Sets of Words, ICML, 2018 ✅").mark == "read"


def test_a_line_that_explains_the_marks_is_no_paper() -> None:
    for legend in ("> ✅ have read · #TODO will read · unmarked: noted down", "✅ read it, ⬜ have not read it"):
        assert page.read(f"# Papers\n\n{legend}\n").entries == ()
