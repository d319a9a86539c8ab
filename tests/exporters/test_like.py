"""A page given back as it is, but for the marks and counts of the papers that changed since it was taken in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.db.library import Library, Work
from readlist.errors import InputError
from readlist.services.decoding import decoded
from readlist.services.import_file import import_pages
from readlist.services.like import Alike, like
from readlist.services.listing import Wanted
from readlist.services.pages_in import Page
from readlist.services.taking_in import Options
from tests.db.libraries import TODAY, library_at

Do = Callable[[Work, int], object]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_at(tmp_path / "readlist.db") as library:
        yield library


def read(work: Work, paper: int) -> None:
    work.reading.finish(paper, 2, None)
    work.reading.set(paper, next_pass=None)


def deep(work: Work, paper: int) -> None:
    work.reading.finish(paper, 3, None)


def want(work: Work, paper: int) -> None:
    work.reading.set(paper, next_pass=1)


def drop(work: Work, paper: int) -> None:
    work.reading.set(paper, dropped="2026-11-21", drop_reason="no")


def cited(work: Work, paper: int) -> None:
    work.papers.observe(paper, "semantic-scholar", 1500)


def given_back(library: Library, page: str | bytes, *done: tuple[str, Do], **options: str) -> Alike:
    """The page imported, something done with papers (found by a part of the title), and the page again."""
    raw = page if isinstance(page, bytes) else page.encode()
    import_pages(library, (), [Page("page", "page", decoded("page", raw).text)], Options(**options))  # type: ignore[arg-type]
    with library.write("mark-read") as work:
        for title, do in done:
            (paper,) = work.views.ids_of_title(title)
            do(work, paper)
    return like(library.views, raw, "page", Wanted(), TODAY)


SIMCSE = "SimCSE: Simple Contrastive Learning of Sentence Embeddings"
BERT = "BERT: Pre-training of Deep Bidirectional Transformers"
VIT = "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale"
MOCO = "Momentum Contrast for Unsupervised Visual Representation Learning"

# What the page has, what is done, what it has then. Everything else stays, so only the lines are given.
CASES: list[tuple[str, str, list[tuple[str, Do]], str]] = [
    (
        "a box is ticked",
        f"# A\n- [ ] {SIMCSE}\n* [x] {BERT}\n",
        [("SimCSE", read)],
        f"# A\n- [x] {SIMCSE}\n* [x] {BERT}\n",
    ),
    (
        "a capital X stays the page's way",
        f"- [ ] {SIMCSE}\n- [X] {BERT}\n",
        [("SimCSE", read)],
        f"- [X] {SIMCSE}\n- [X] {BERT}\n",
    ),
    (
        "signs at the end, as on other lines",
        f"# A\n\n- {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019 ✅\n- #TODO {MOCO}, CVPR 2020\n",
        [("SimCSE", read), ("Momentum", read)],
        f"# A\n\n- {SIMCSE}, EMNLP 2021 ✅\n- {BERT}, NAACL 2019 ✅\n- {MOCO}, CVPR 2020 ✅\n",
    ),
    (
        "#TODO in front, as on other lines",
        f"# A\n\n- {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019\n- #TODO {MOCO}, CVPR 2020\n",
        [("SimCSE", want)],
        f"# A\n\n- #TODO {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019\n- #TODO {MOCO}, CVPR 2020\n",
    ),
    (
        "a legend's signs",
        f"# A\n\n> ⬜ unread, 📗 read\n\n- ⬜ {SIMCSE}\n- ⬜ {BERT}\n",
        [("SimCSE", read)],
        f"# A\n\n> ⬜ unread, 📗 read\n\n- 📗 {SIMCSE}\n- ⬜ {BERT}\n",
    ),
    (
        "hearts say how deeply",
        f"❤ skimmed ❤❤ read ❤❤❤ in depth\n\n- {SIMCSE}, EMNLP 2021 ❤❤\n- {BERT}, NAACL 2019 ❤❤❤\n",
        [("SimCSE", deep)],
        f"❤ skimmed ❤❤ read ❤❤❤ in depth\n\n- {SIMCSE}, EMNLP 2021 ❤❤❤\n- {BERT}, NAACL 2019 ❤❤❤\n",
    ),
    (
        "a column of signs",
        f"| Status | Paper | Venue |\n|:-:|---|---|\n| ⬜ 📝 | **{SIMCSE}** | EMNLP |\n| ✅   | **{BERT}** | NAACL |\n",
        [("SimCSE", read)],
        f"| Status | Paper | Venue |\n|:-:|---|---|\n| ✅ 📝 | **{SIMCSE}** | EMNLP |\n| ✅   | **{BERT}** | NAACL |\n",
    ),
    (
        "an empty cell of a column of words",
        f"| Paper | Venue | Status |\n|---|---|---|\n| {SIMCSE} | EMNLP |    |\n| {BERT} | NAACL | Done |\n",
        [("SimCSE", read)],
        f"| Paper | Venue | Status |\n|---|---|---|\n| {SIMCSE} | EMNLP | Done   |\n| {BERT} | NAACL | Done |\n",
    ),
    (
        "a table without a column for it",
        f"| Paper | Venue |\n|---|---|\n| {SIMCSE}    | EMNLP |\n| {BERT} | NAACL |\n",
        [("SimCSE", read)],
        f"| Paper | Venue |\n|---|---|\n| {SIMCSE} ✅    | EMNLP |\n| {BERT} | NAACL |\n",
    ),
    (
        "a paper given up has no mark",
        f"# A\n\n- {SIMCSE}, EMNLP 2021\n- #TODO {BERT}, NAACL 2019\n",
        [("BERT", drop)],
        f"# A\n\n- {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019\n",
    ),
    (
        "counts where the page has them",
        f"# A\n\n- {SIMCSE}, EMNLP 2021 (Citations 219)\n- {BERT}, NAACL 2019\n\t- 1,219 cited\n- {MOCO}, CVPR 2020\n",
        [("SimCSE", cited), ("BERT", cited), ("Momentum", cited)],
        f"# A\n\n- {SIMCSE}, EMNLP 2021 (Citations 1500)\n- {BERT}, NAACL 2019\n\t- 1,500 cited\n- {MOCO}, CVPR 2020\n",
    ),
    (
        "a count in a column",
        f"| Title | Year | Citations |\n|---|---|---|\n| {SIMCSE} | 2021 | 2021 |\n",
        [("SimCSE", cited)],
        f"| Title | Year | Citations |\n|---|---|---|\n| {SIMCSE} | 2021 | 1500 |\n",
    ),
    (
        "of two mentions the marked one speaks",
        f"# A\n\n- {SIMCSE}, EMNLP 2021\n\n# B\n\n- #TODO {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019 ✅\n",
        [("SimCSE", read)],
        f"# A\n\n- {SIMCSE}, EMNLP 2021\n\n# B\n\n- {SIMCSE}, EMNLP 2021 ✅\n- {BERT}, NAACL 2019 ✅\n",
    ),
    (
        "text copied from a page",
        f"对比学习\n{SIMCSE}, EMNLP, 2021 (Citations 219)\n用 dropout 作噪声\n{BERT}, NAACL, 2019, arXiv ✅\n",
        [("SimCSE", read)],
        f"对比学习\n{SIMCSE}, EMNLP, 2021 (Citations 219) ✅\n用 dropout 作噪声\n{BERT}, NAACL, 2019, arXiv ✅\n",
    ),
]


@pytest.mark.parametrize(("page", "done", "then"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_marks_are_written_as_the_page_writes_them(
    library: Library, page: str, done: list[tuple[str, Do]], then: str
) -> None:
    made = given_back(library, page, *done)
    assert (made.text, made.failed) == (then, ())
    assert len(made.changed) == len({title for title, _ in done} - ({"Momentum"} if "(Citations" in page else set()))


@pytest.mark.parametrize("page", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_a_page_of_which_nothing_changed_is_given_back_as_it_was(library: Library, page: str) -> None:
    assert given_back(library, page).text == page


@given(st.sampled_from([case[1] for case in CASES]), st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_line_ends_and_encodings_stay(
    tmp_path_factory: pytest.TempPathFactory, page: str, end: str, data: st.DataObject
) -> None:
    text = page.replace("\n", end)
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]
    encoding = data.draw(st.sampled_from(encodings))
    raw = ("\ufeff" + text if encoding == "utf-16-be" else text).encode(encoding)
    with library_at(tmp_path_factory.mktemp("library") / "readlist.db") as library:
        same = given_back(library, raw)
        assert same.text.encode(same.encoding) == raw
        with library.write("want") as work:
            (paper,) = work.views.ids_of_title("SimCSE")
            before = work.views.paper(paper, TODAY).status
            (read if before != "done" else drop)(work, paper)
        changed = like(library.views, raw, "page", Wanted(), TODAY)
        assert len(changed.changed) == 1
        assert changed.text.encode(changed.encoding).startswith(raw[:2])
        ours, theirs = changed.text.removeprefix("\ufeff").split(end), text.split(end)
        assert len(ours) == len(theirs) and sum(a != b for a, b in zip(ours, theirs, strict=True)) == 1


def test_a_page_of_chinese_windows_stays_one(library: Library) -> None:
    raw = (
        f"# 对比学习与句子表征的阅读列表\r\n\r\n- {SIMCSE}, EMNLP 2021\r\n  - 用随机失活作为噪声，效果很好\r\n".encode(
            "gb18030"
        )
    )
    made = given_back(library, raw, ("SimCSE", read))
    assert made.encoding == "gb18030"
    assert made.text.encode(made.encoding) == raw.replace(b"2021\r", "2021 ✅\r".encode("gb18030"))


def test_where_no_mark_means_to_be_read_none_is_written(library: Library) -> None:
    page = f"# A\n\n- {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019\n- {MOCO}, CVPR 2020\n- {VIT}, ICLR 2021\n"
    made = given_back(library, page, ("BERT", read), unmarked="todo")
    assert made.text == page.replace("NAACL 2019", "NAACL 2019 ✅")


def test_what_cannot_be_marked_is_told_and_left(library: Library) -> None:
    page = "- [x] CLIP improve\n- [ ] DETR again\n"
    made = given_back(library, page, ("DETR", drop))
    assert (made.text, made.failed, made.changed) == (page, (2,), ())


def test_papers_on_one_side_only_are_told(library: Library) -> None:
    import_pages(library, (), [Page("p", "p", f"# A\n\n- {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019\n")], Options())
    made = like(library.views, f"# A\n\n- {BERT}, NAACL 2019\n- {MOCO}, CVPR 2020\n".encode(), "p", Wanted(), TODAY)
    assert (made.unknown, made.beside, made.changed) == ((MOCO,), (1,), ())


def test_a_selection_changes_the_papers_selected(library: Library) -> None:
    page = f"# A\n\n- {SIMCSE}, EMNLP 2021\n- {BERT}, NAACL 2019 ✅\n"
    given_back(library, page, ("SimCSE", read))
    made = like(library.views, page.encode(), "page", Wanted(query=("venue:NAACL",)), TODAY)
    assert made.text == page


@pytest.mark.parametrize("text", ["@article{a, title={B}, year=2020}\n", "TY  - JOUR\nTI  - B\nER  - \n"])
def test_only_pages_are_rewritten(library: Library, text: str) -> None:
    with pytest.raises(InputError, match="is no page"):
        like(library.views, text.encode(), "file", Wanted(), TODAY)
