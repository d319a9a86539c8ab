"""A library written as a page is read back as it was: titles, states, topics, tags, notes, links, counts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist import importers
from readlist.domain.identifiers import SCHEMES
from readlist.domain.listing import Entry, Listing
from readlist.domain.metadata import KINDS, RELS, Link
from readlist.domain.page_shape import NAMES
from readlist.domain.paper import Note, Observation, Paper
from readlist.domain.shelf import Shelf
from readlist.domain.text import one_line, printable
from readlist.exporters.markdown import write

STAMP = "2026-11-21T09:30:00+08:00"
TODAY = date(2026, 11, 21)

# What breaks pages: brackets, stars, pipes, hashes, rules, code, tags, entities, addresses, Chinese, our own divider.
_PIECES = st.sampled_from(
    [
        "Attention", "is", "all", "表征", "[x]", "[", "]", "(", ")", "*", "**", "_", "__a__", "|", "#", "##", "# ", "`",
        "``", "\\", "\\*", "~~", "<b>", "</b>", "<!--", "-->", "&amp;", "&", "<", ">", "·", " · ", "✅", "#TODO", "- ",
        "1. ", "https://arxiv.org/abs/2104.08821", "http://a.b/(c)?d=1&e", "2019", "ICML 2020", "(Citations 3)", "/",
        "](x)", "![", "%20", '"', "'", ":", "：", ",", "，", ".", "$x_i$", "é", "𝔸", "\u00a0", "---", "===", "[ ]",
    ]
)  # fmt: skip
_LINE = st.lists(_PIECES | st.text(max_size=6), min_size=1, max_size=6).map(" ".join).map(one_line)
_NAME = _LINE.filter(lambda text: any(c.isalnum() for c in text))
_BLOCK = st.lists(
    st.sampled_from(
        [
            "", "    indented", "- item", "  - nested", "* * *", "# heading", "Setext", "===", "---", "```", "~~~",
            "> quote", "> **Summary:** no", "<div>", "<!-- open", "|a|b|", "1. one", "- ✅ [T](https://a.b/c)", "\ttab",
            "中文", "<!-- note -->", "<!-- \\note -->", "[x]: https://a.b", "   ", "- [ ] box", "# Topic", "\\", "a  ",
        ]
    )
    | st.text(max_size=12),
    max_size=6,
).map("\n".join).map(printable).map(lambda text: text.strip("\n"))  # fmt: skip
_URL = st.sampled_from(
    [
        "https://github.com/a/b", "https://a.b/c_(d)?e=1&amp;f=2#g", "http://x.y/<z>", "https://a.b/%28%29\\", "https://知乎.com/文",
        "https://a.b/?q=a&copy=1", 'https://a.b/"q"', "https://arxiv.org/pdf/1706.03762", "https://a.b/`c`*d*_e_|f",
        "https://doi.org/10.1000/ABC(1)2",
    ]
)  # fmt: skip
_IDS = st.fixed_dictionaries(
    {},
    optional={
        "arxiv": st.sampled_from(["2104.08821", "math/0309136"]),
        "doi": st.sampled_from(["10.1000/abc(1)2", "10.1/<x>"]).filter(lambda doi: doi.startswith("10.1000")),
        "acl": st.just("P17-1061"),
        "openreview": st.just("rJl-b3RcF7"),
        "s2": st.just("a" * 40),
        "corpus": st.just("233296292"),
    },
)
_COUNT = st.none() | st.integers(0, 10**9).map(lambda n: Observation(n, "page", "2026-11-21"))
_PATHS = st.lists(st.lists(_NAME.map(lambda n: n.replace("/", "∕")), min_size=1, max_size=9).map(tuple), max_size=3)


def _paper(number: int, **values: Any) -> Paper:
    return Paper(number, f"key{number}x", values.pop("kind", "paper"), values.pop("title"), STAMP, STAMP, **values)


_PAPER = st.fixed_dictionaries(
    {
        "title": _NAME,
        "kind": st.sampled_from(KINDS),
        "status": st.sampled_from(["listed", "todo", "done"]),
        "authors": st.lists(_NAME, max_size=3, unique=True).map(tuple),
        "year": st.none() | st.integers(1950, 2099),
        "venue": st.none() | _NAME,
        "identifiers": _IDS,
        "url": st.none() | _URL,
        "links": st.lists(st.builds(Link, st.sampled_from(RELS), _URL, _LINE), max_size=3).map(tuple),
        "tags": st.lists(_NAME, max_size=3, unique=True).map(tuple),
        "citations": _COUNT,
        "notes": st.lists(_BLOCK.filter(str.strip).map(lambda text: Note(text, STAMP)), max_size=3).map(tuple),
        "summary": st.none() | _BLOCK.filter(str.strip),
    }
)


def _read(page: str) -> Listing:
    importer = importers.recognise(page)
    assert importer is not None
    listing = importer.read(page)
    assert sum(listing.lines.values()) == len(page.split("\n")) - page.endswith("\n")
    return listing


def _shelf(papers: list[Paper], topics: list[tuple[str, ...]] | None = None, **notes: Any) -> Shelf:
    paths = dict.fromkeys(path[:n] for path in topics or [] for n in range(1, len(path) + 1))
    return Shelf(papers, _tree(list(paths)), TODAY, **notes)


def _tree(paths: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    def below(above: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = [path for path in paths if path[:-1] == above]
        return [place for path in found for place in (path, *below(path))]

    return tuple(below(()))


def _compare(paper: Paper, entry: Entry) -> None:
    said = entry.metadata
    assert said.title == paper.title
    assert said.kind == paper.kind
    assert entry.mark == {"listed": None, "todo": "todo", "done": "read"}[paper.status]
    assert said.authors == paper.authors
    assert (said.venue, said.year) == (paper.venue, paper.year)
    assert said.identifiers == paper.identifiers
    assert said.url == paper.url
    assert said.links == paper.links
    assert said.citations == (paper.citations.count if paper.citations else None)
    assert entry.tags == paper.tags
    assert entry.summary == paper.summary
    assert ["\n".join(entry.notes), *entry.apart] == ([note.text for note in paper.notes] or [""])


@given(_PAPER)
@example({"title": "# Not a [heading](x) | at * all \\", "venue": "NIPS 2016", "status": "todo"})
@example({"title": "x", "summary": "> **Summary:** in a summary", "notes": (Note("> **Summary:** x", STAMP),)})
@example({"title": "x", "notes": (Note("> **Summary:** none", STAMP),), "url": "https://arxiv.org/abs/2104.08821"})
@example({"title": "x", "venue": "2019", "authors": ("A, B", "*")})
def test_a_paper_is_read_back_as_it_was_written(values: dict[str, Any]) -> None:
    paper = _paper(1, **{"status": "listed", **values})
    (entry,) = _read("".join(write(_shelf([paper])))).entries
    _compare(paper, entry)


@given(
    st.lists(st.tuples(_NAME, st.sampled_from(["listed", "todo", "done"]), _PATHS, _BLOCK), max_size=5),
    st.lists(_BLOCK, max_size=2),
)
def test_papers_stand_under_their_topics_in_the_order_of_their_ids(papers: list[Any], page_notes: list[str]) -> None:
    made, topics = [], []
    for number, (title, status, paths, note) in enumerate(papers, 1):
        topics += paths
        names = tuple(dict.fromkeys("/".join(path) for path in paths))
        notes = (Note(note, STAMP),) if note.strip() else ()
        made.append(_paper(number, title=f"{number} {title}", status=status, topics=names, notes=notes))
    texts = [text for text in page_notes if text.strip()]
    shelf = _shelf(made, topics, topic_notes={(): tuple(texts)} if texts else {})
    listing = _read("".join(write(shelf)))
    assert set(listing.topics) == set(shelf.topics)
    found = {entry.metadata.title: entry for entry in listing.entries}
    assert len(found) == len(listing.entries) == len(made)
    for paper in made:
        entry = found[paper.title]
        _compare(paper, entry)
        assert {"/".join(path) for path in entry.topics} == set(paper.topics)
    assert [note.text for note in listing.topic_notes] == texts
    assert [note.number for note in listing.topic_notes] == list(range(1, len(texts) + 1))


def test_what_the_page_looks_like() -> None:
    paper = _paper(
        3,
        title="SimCSE: Simple Contrastive Learning of Sentence Embeddings",
        status="done",
        authors=("Tianyu Gao", "Danqi Chen"),
        year=2021,
        venue="EMNLP",
        identifiers={"arxiv": "2104.08821", "acl": "2021.emnlp-main.552"},
        links=(Link("code", "https://github.com/princeton-nlp/SimCSE", "code"),),
        citations=Observation(219, "page", "2026-11-21"),
        tags=("survey", "my own"),
        topics=("NLP/句子表征", "contrastive"),
        notes=(Note("dropout as noise\n- and nothing else", STAMP),),
        summary="Two dropouts make a pair.",
    )
    other = _paper(4, title="BERT", status="todo")
    topics = [("NLP", "句子表征"), ("contrastive",), ("empty",)]
    item = (
        "- ✅ [SimCSE: Simple Contrastive Learning of Sentence Embeddings](https://arxiv.org/abs/2104.08821)"
        " · *Tianyu Gao, Danqi Chen* · EMNLP 2021 · (Citations 219)"
        " · [ACL](https://aclanthology.org/2021.emnlp-main.552)"
        ' · [code](https://github.com/princeton-nlp/SimCSE "code") · `survey` · `my own`'
    )
    assert "".join(write(_shelf([paper, other], topics, topic_notes={("NLP",): ("all of *it*",)}))) == (
        "<!-- A reading list, written by rl. `rl import` reads it back, and what you add to it. (shape 1) -->\n"
        "\n- #TODO **BERT**\n"
        "\n# NLP\n\n> all of *it*\n"
        f"\n## 句子表征\n\n{item}\n\n"
        "  > **Summary:** Two dropouts make a pair.\n\n  dropout as noise\n  - and nothing else\n"
        f"\n# contrastive\n\n{item}\n"
        "\n# empty\n"
    )


def test_a_selection_has_the_topics_of_its_papers_alone() -> None:
    paper = _paper(1, title="One", status="listed", topics=("a/b",))
    shelf = _shelf([paper], [("a", "b"), ("c",)], topic_notes={(): ("of a page",), ("a",): ("of a",)}, whole=False)
    page = "".join(write(shelf))
    assert "# a" in page and "of a\n" in page
    assert "# c" not in page and "of a page" not in page


@pytest.mark.parametrize("status", ["reading", "todo"])
def test_what_is_being_read_is_to_be_read(status: Any) -> None:
    (entry,) = _read("".join(write(_shelf([_paper(1, title="One", status=status)])))).entries
    assert entry.mark == "todo"


def test_a_paper_of_which_only_an_identifier_is_known_stays_so() -> None:
    paper = _paper(1, title="arxiv:2303.08774", status="listed", identifiers={"arxiv": "2303.08774"})
    (entry,) = _read("".join(write(_shelf([paper])))).entries
    assert (entry.metadata.title, entry.metadata.identifiers) == (None, {"arxiv": "2303.08774"})


def test_what_a_person_adds_to_the_page_is_read_as_on_any_page() -> None:
    page = "".join(
        write(_shelf([_paper(1, title="One", status="listed", topics=("NLP/句子",))], [("NLP", "句子"), ("CV",)]))
    )
    added = page.replace(
        "# CV\n",
        "# CV\n\n- An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale, ICLR 2021 ✅\n"
        "  - patches are words\n\nsome words of mine\n\n```\n# no topic\n- **no paper**\n```\n",
    ).replace("- **One**\n", "- ✅ **One**\n  seen\n- [Two](https://github.com/a/b)\n")
    listing = _read(added)
    one, two, vit = listing.entries
    assert (one.mark, one.notes, one.topics) == ("read", ("seen",), (("NLP", "句子"),))
    assert (two.metadata.title, two.metadata.url, two.topics) == (
        "Two",
        "https://github.com/a/b",
        (("NLP", "句子"),),
    )
    assert (vit.metadata.venue, vit.mark, vit.topics) == ("ICLR", "read", (("CV",),))
    assert vit.notes == ("patches are words",)
    assert listing.topics == (("NLP",), ("NLP", "句子"), ("CV",))
    assert {(note.topic, note.text) for note in listing.topic_notes} >= {(("CV",), "some words of mine")}


def test_identifiers_of_every_scheme_have_a_name_on_pages() -> None:
    assert NAMES.keys() == set(SCHEMES)


def test_addresses_that_no_link_may_have_are_left_out() -> None:
    links = (Link("other", "javascript:alert(1)", "x"), Link("other", "file:///etc/passwd", "y"))
    page = "".join(write(_shelf([_paper(1, title="One", status="listed", links=links, url="javascript:1")])))
    assert "javascript" not in page and "passwd" not in page
