"""The web page: well formed, whatever stands in the library, and nothing in it runs or reaches out."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.metadata import Link
from readlist.domain.paper import Note, Observation, Paper
from readlist.domain.shelf import Shelf
from readlist.exporters.html import write
from tests.db.libraries import TODAY

STAMP = "2026-11-21T09:30:00+08:00"
NASTY = st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&amp;", "<!--", "</li></ul>", "[a](javascript:x)", "中文"]
) | st.text(max_size=12)
BAD = (Link("other", "javascript:alert(1)", "x"), Link("pdf", "file:///home/me/x.pdf", "x"))
VOID = {"meta", "br", "hr"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attributes)
        self.targets += [value or "" for name, value in attributes if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def shelf(text: str) -> Shelf:
    paper = Paper(
        1, "key", "post", f"A {text}", STAMP, STAMP, "done", authors=(text,), year=2021, venue=text, url="https://a.b/?q=<x>&y",
        links=(Link("code", "https://github.com/a/b", text), *BAD), abstract=text,
        summary=text, tags=(text,), notes=(Note(text, STAMP),), citations=Observation(1, "page", "2026-11-21"),
        topics=("NLP",),
    )  # fmt: skip
    return Shelf([paper], (("NLP",),), TODAY, {("NLP",): (text,), (): (text,)})


@given(NASTY)
def test_nothing_in_a_library_becomes_part_of_the_page(text: str) -> None:
    page = "".join(write(shelf(text)))
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    assert not reader.tags & {"script", "img", "iframe", "object", "link"}
    assert not any(
        target.lower().startswith(("javascript:", "data:", "vbscript:", "file:")) for target in reader.targets
    )
    assert "<h1>NLP</h1>" in page and "✅" in page and "1 citation" in page


def test_a_note_loads_nothing_and_leads_nowhere_but_to_the_web() -> None:
    page = "".join(
        write(
            shelf(
                "![a figure](https://x.example/1.png) [mail](mailto:a@b.c) [code](https://x.example/c) [f](file:///etc)"
            )
        )
    )
    reader = Reader()
    reader.feed(page)
    assert "img" not in reader.tags
    assert '<a href="https://x.example/1.png">a figure</a>' in page
    assert '<a href="mailto:a@b.c">mail</a>' in page and '<a href="https://x.example/c">code</a>' in page
    assert "[f](file:///etc)" in page
