"""Shelves to be exported: one of known papers of every kind, and papers that mean harm."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from readlist.domain.paper import Note, Observation, Paper
from readlist.domain.passes import Pass
from readlist.domain.shelf import Shelf
from readlist.domain.text import one_line

TODAY = date(2026, 11, 21)


def paper(title: str = "SimCSE: Simple Contrastive Learning of Sentence Embeddings", **more: Any) -> Paper:
    """A conference paper, but for what `more` says."""
    fields: dict[str, Any] = {
        "id": 1, "key": "gao2021simcse", "kind": "paper", "added": "2026-11-16T09:00:00+08:00",
        "changed": "2026-11-17T09:00:00+08:00", "status": "done", "year": 2021, "venue": "EMNLP",
        "authors": ("Tianyu Gao", "Xingcheng Yao", "Danqi Chen"), "identifiers": {"arxiv": "2104.08821"},
    }  # fmt: skip
    return Paper(title=title, **(fields | more))


def shelf(*papers: Paper) -> Shelf:
    return Shelf(papers, (), TODAY)


def noted(*texts: str) -> tuple[Note, ...]:
    return tuple(Note(text, "2026-11-20T09:00:00+08:00") for text in texts)


EVERY_KIND = (
    paper(summary="Dropout is the augmentation.", notes=noted("- 20% better\n- {odd} & 'quoted'"), tags=("survey",),
          passes=(Pass(1, implied=True), Pass(2, "2026-11-19", "2026-11-20", 40)), topics=("NLP/句子表征",),
          citations=Observation(219, "page", "2026-11-20"), published="2021-04-18"),
    paper("Distributed Representations", id=2, key="mikolov2013distributed", venue="JMLR", authors=("Mikolov, Tomas",),
          identifiers={"doi": "10.1000/x_y<1::aid>3#2"}),
    paper("GPT-4 Technical Report", id=3, key="openai2023gpt", venue="arXiv", authors=("OpenAI",), year=2023,
          identifiers={"arxiv": "2303.08774", "doi": "10.1000/1%2"}),
    paper("如何读论文", id=4, key="李2021如何", kind="video", venue=None, authors=("李沐",),
          url="https://www.bilibili.com/video/BV1H44y1t75x", identifiers={}),
    paper("The Thesis", id=5, key="a thesis, {no less}", kind="thesis", venue="MIT", identifiers={}),
    paper("A Book", id=6, key="A-Book", kind="book", venue="MIT Press", identifiers={}, authors=("Ann B. Smith Jr.",)),
    paper("A Post", id=7, key="a-book", kind="post", venue=None, identifiers={}, url="https://a.example/post?x=1&y=%7B"),
    paper("fastText", id=8, key="fasttext", kind="resource", venue=None, identifiers={}, authors=(), year=None,
          url="https://github.com/facebookresearch/fastText"),
    paper("Nothing Known of It", id=9, key="nothing", venue=None, identifiers={}, authors=(), year=None),
    paper("On bioRxiv", id=10, key="on2020bio", venue="bioRxiv", identifiers={"pmid": "12345"}),
    paper("At ACL", id=11, key="at2017acl", venue="ACL", identifiers={"acl": "P17-1061", "s2": "a" * 40}),
)  # fmt: skip
"""Papers of every kind, with and without what makes a good citation."""

# What means something in one of the formats, and what comes of putting it together.
SIGNS = (
    "{ } } { \\ \\{ \\} $ $$ $x^2$ $\\{$ % # & _ ~ ^ \" ' ` , ; = @ @article{x, note={x} }, year={1900} and others and "
    "-- :// http://a.b/{c} \\& \\input{/etc/passwd} ER ER\u2002- TY\u2002- T1 <i> </i> &lt; [ ] : / \ufeff \u202e "
    "\x1b[31m \0 =1+1 +1 -1 @SUM(A1) ＝1 |cmd 文 é ß 𝔸 e\u0301 Jr. III et\u00a0al. \ud800 a Ab ABC"
).split(" ")
BLANKS = [
    "\n",
    "\n\n",
    " ",
    "\t",
    "\r",
    "\r\n",
    "\nER  - \n",
    "\nTY  - JOUR\n",
    "\n@misc{a,\n",
    "\n=1",
    "\u2028",
    "\x0b",
    "\x85",
]
knotted = st.lists(st.sampled_from(SIGNS + BLANKS), max_size=12).map("".join)
anything = st.one_of(knotted, st.text(max_size=40))
named = anything.filter(lambda text: any(c.isalnum() for c in one_line(text)))


@st.composite
def hostile(draw: st.DrawFn) -> Shelf:
    """A few papers of which every text may be anything."""
    papers = []
    for number in range(draw(st.integers(1, 3))):
        papers.append(
            paper(
                draw(named), id=number + 1, key=draw(named),
                kind=draw(st.sampled_from(("paper", "thesis", "post", "book", "video", "resource"))),
                authors=tuple(draw(st.lists(named, max_size=3))), year=draw(st.none() | st.integers(1, 9999)),
                venue=draw(st.none() | named), tags=tuple(draw(st.lists(named, max_size=2))),
                url=draw(st.none() | anything.map("https://a.example/".__add__)),
                identifiers=draw(st.sampled_from(({}, {"arxiv": "2104.08821"}, {"doi": "10.1000/{a}%\\b_#"}))),
                abstract=draw(st.none() | anything), summary=draw(st.none() | anything),
                notes=noted(*draw(st.lists(anything, max_size=2))), topics=tuple(draw(st.lists(named, max_size=1))),
                drop_reason=draw(st.none() | anything),
            )
        )  # fmt: skip
    return shelf(*papers)
