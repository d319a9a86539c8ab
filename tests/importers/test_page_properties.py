"""Any text is read without a fault and line by line; what a page is made of comes back."""

from urllib.parse import urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from readlist.importers import page
from tests.importers.reading import read

PIECES = st.sampled_from(
    ["- ", "* ", "1. ", "# ", "## ", "| ", " | ", "|--|--|", "[x] ", "[ ] ", "[", "](https://arxiv.org/abs/2001.00001)",
     "](#a)", "**", "_", "`", "```", "<b>", "-->", "<!--", "《", "》", "✅", "⬜", "#TODO ", "(Citations 3)",
     ", ACL, 2020", " et al. ", " by Ann Lee", "Deep Words of Wisdom", "笔记,", "。", "arXiv", "https://a.org/x.pdf",
     "---", "===", "\n", "\n\n", "\r\n", "\t", "    ", "\x00", "\u2028", ": ", "[a]: b", "> "]
)  # fmt: skip
TITLE = st.lists(
    st.sampled_from("Learning Graphs Words Sparse Deep Attention Memory Kernels Vision Language Speech Robust".split()),
    min_size=3,
    max_size=9,
).map(" ".join)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
@example("[A]:0\nHTTP://ARXIV.ORG/A/2001.00000[A]")
def test_every_line_of_any_text_is_accounted_for(text: str) -> None:
    if not text.strip("\ufeff \t\r\n\f\v"):
        return
    listing = read(text)
    number = len(text.split("\n"))
    for entry in listing.entries:
        assert 1 <= entry.line <= number
        assert entry.metadata.title or entry.metadata.identifiers
        assert "\n" not in (entry.metadata.title or "")
        addresses = [link.url for link in entry.metadata.links] + [entry.metadata.url or "https:"]
        # a link is an address of the web, or the path of a file beside the page
        assert all(urlsplit(address).scheme in ("http", "https", "") for address in addresses)


@given(
    st.lists(
        st.tuples(TITLE, st.sampled_from(["read", "todo", None]), st.none() | st.integers(0, 10**6)),
        min_size=1,
        max_size=8,
    )
)
def test_marks_and_counts_of_flat_text_come_back(papers: list[tuple[str, str | None, int | None]]) -> None:
    lines = ["主题"]
    for title, mark, count in papers:
        counted = "" if count is None else f" (Citations {count})"
        lines.append(
            f"{'#TODO ' if mark == 'todo' else ''}{title}, ICML, 2018, arXiv{counted}{' ✅' if mark == 'read' else ''}"
        )
        lines.append("- 一条笔记")
    entries = page.read("\n".join(lines)).entries
    assert [(e.metadata.title, e.mark, e.metadata.citations) for e in entries] == papers
    assert all(e.notes == ("一条笔记",) and e.topics == (("主题",),) for e in entries)


@given(st.lists(st.tuples(TITLE, st.booleans(), st.integers(0, 10**6), st.integers(1, 9999)), min_size=1, max_size=8))
def test_marks_and_counts_of_markdown_come_back(papers: list[tuple[str, bool, int, int]]) -> None:
    text = "# 主题\n\n" + "".join(
        f"- [{'x' if done else ' '}] [{title}](https://arxiv.org/abs/2001.{number:05}) (cited by {count})\n  - note\n"
        for title, done, count, number in papers
    )
    entries = page.read(text).entries
    assert [(e.metadata.title, e.mark == "read", e.metadata.citations) for e in entries] == [p[:3] for p in papers]
    assert [e.metadata.identifiers["arxiv"] for e in entries] == [f"2001.{p[3]:05}" for p in papers]
    assert all(e.notes == ("note",) for e in entries)
