"""Taking entries into the library: keys, days, priorities, what is known already, what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.db.library import Library
from readlist.domain.combining import combined
from readlist.domain.paper import Paper
from readlist.errors import InputError
from readlist.services.import_file import Imported, import_pages
from readlist.services.pages_in import LONGEST_LINE, Page, read_page
from readlist.services.taking_in import Options
from tests.importers.test_bibtex import entry

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))


class Shelf:
    """A library, and what was imported into it."""

    def __init__(self, path: Path) -> None:
        self.library = Library(path, lambda: NOW, lambda text: None)

    def take(self, text: str, name: str = "x.bib", **options: object) -> Imported:
        return import_pages(self.library, [], [Page(name, f"/{name}", text)], Options(**options))  # type: ignore[arg-type]

    @property
    def papers(self) -> dict[str, Paper]:
        views = self.library.views
        ids = [row[0] for row in self.library.views.names(range(1, 1000))]
        return {paper.key: views.paper(paper.id, NOW.date()) for paper in views.papers(ids, NOW.date())}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    it = Shelf(tmp_path / "l.db")
    yield it
    it.library.close()


def bib(key: str, **fields: str) -> str:
    return f"@article{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


def test_the_citation_key_is_kept(shelf: Shelf) -> None:
    shelf.take(bib("Gao:2021/x", title="SimCSE: Simple Contrastive Learning", author="Gao, Tianyu", year="2021"))
    assert list(shelf.papers) == ["Gao:2021/x"]


@pytest.mark.parametrize(
    ("key", "kept"),
    [("2021", "paper2021"), ("@", "doe2020telling"), ("#12", "paper12"), ("-x", "x"), ("a\x07b", "ab"), ("a b", "a-b")],
)
def test_a_key_that_could_name_no_paper_is_made_to(shelf: Shelf, key: str, kept: str) -> None:
    result = shelf.take(bib(key, title="A Telling Title", author="Doe, Jane", year="2020"))
    assert list(shelf.papers) == [kept]
    assert not result.renamed or result.renamed[0][1] == kept


def test_two_entries_with_one_key_are_two_papers(shelf: Shelf) -> None:
    text = bib("k", title="The First of Two Papers") + bib("k", title="The Second of Two Papers")
    assert shelf.take(text).renamed == (("k", "ka"),)
    assert {key: paper.title[:9] for key, paper in shelf.papers.items()} == {"k": "The First", "ka": "The Secon"}
    again = shelf.take(text)
    assert (again.created, again.merged, again.renamed) == (0, 0, ())


def test_a_paper_that_is_known_keeps_its_key(shelf: Shelf) -> None:
    shelf.take("# List\n\n- SimCSE: Simple Contrastive Learning https://arxiv.org/abs/2104.08821\n", "page.md")
    (key,) = shelf.papers
    shelf.take(bib("other", title="SimCSE", eprint="2104.08821", priority="prio3"))
    assert list(shelf.papers) == [key]
    assert shelf.papers[key].priority == "low"


def test_a_kept_key_outlives_the_first_title(shelf: Shelf) -> None:
    shelf.take(bib("mine", eprint="2104.08821"))
    shelf.take(bib("x", title="SimCSE: Simple Contrastive Learning", eprint="2104.08821"))
    assert {key: paper.title for key, paper in shelf.papers.items()} == {"mine": "SimCSE: Simple Contrastive Learning"}


def test_reading_is_taken_in_with_its_depth_and_day(shelf: Shelf) -> None:
    shelf.take(
        bib("a", title="Skimmed on an Unknown Day", readstatus="skimmed")
        + bib("b", title="Read on a Known Day", readstatus="read", **{"date-read": "2024-05-06"})
        + bib("c", title="Read in the Future", readstatus="read", **{"date-read": "2030-05-06"})
        + bib("d", title="Not Read at All Yet")
    )
    passes = {
        key: [(p.number, p.finished) for p in paper.passes if not p.implied] for key, paper in shelf.papers.items()
    }
    assert passes == {"a": [(1, None)], "b": [(2, "2024-05-06")], "c": [(2, None)], "d": []}
    assert shelf.papers["d"].status == "listed"


def test_a_day_that_is_learned_later_is_added(shelf: Shelf) -> None:
    text = bib("b", title="Read on a Day Unknown", readstatus="read")
    shelf.take(text)
    dated = text.replace("}\n", "  date-read = {2024-05-06},\n}\n")
    assert shelf.take(dated).merged == 1 and shelf.take(dated).unchanged == 1
    assert shelf.take(text).unchanged == 1, "less is no news"
    assert [p.finished for p in shelf.papers["b"].passes if not p.implied] == ["2024-05-06"]


@pytest.mark.parametrize(
    ("said", "added"),
    [
        ("2020-01-02", "2020-01-02T00:00:00+08:00"),
        ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05+00:00"),
        ("2031-01-01", NOW.isoformat(timespec="seconds")),
        ("yesterday", NOW.isoformat(timespec="seconds")),
    ],
)
def test_the_day_it_was_added(shelf: Shelf, said: str, added: str) -> None:
    shelf.take(bib("a", title="A Title Long Enough", creationdate=said))
    assert shelf.papers["a"].added == added


def test_what_the_reader_did_in_rl_stays(shelf: Shelf) -> None:
    text = bib("a", title="A Title Long Enough", priority="prio1", readstatus="read", keywords="x, y", groups="G")
    shelf.take(text)
    with shelf.library.write("test") as work:
        work.reading.set(1, priority="low", next_pass=3)
        work.reading.summarise(1, "mine")
    assert shelf.take(text).unchanged == 1
    paper = shelf.papers["a"]
    assert (paper.priority, paper.next_pass, paper.summary, paper.tags, paper.topics) == (
        "low",
        3,
        "mine",
        ("x", "y"),
        ("G",),
    )


def test_unmarked_papers_wait_only_if_asked_to(shelf: Shelf) -> None:
    text = bib("a", title="One Without a Mark") + bib("b", title="One That Was Read", readstatus="read")
    result = shelf.take(text)
    assert (result.waiting, result.listed) == (0, 1)
    result = shelf.take(text, unmarked="todo")
    assert (result.waiting, result.listed) == (1, 0)


def test_one_paper_in_several_entries(shelf: Shelf) -> None:
    text = bib("a", title="One Paper in Two Entries", doi="10.1000/x", keywords="x") + bib(
        "b", title="One paper in two entries", url="https://a.org/", readstatus="skimmed", priority="prio1"
    )
    assert shelf.take(text).created == 1
    paper = shelf.papers["a"]
    assert (paper.tags, paper.priority, paper.url, paper.status) == (("x",), "high", "https://a.org/", "done")
    assert shelf.take(text).unchanged == 1


def test_mentions_are_combined() -> None:
    one = entry("title = {T}, readstatus = {skimmed}, date-read = {2020-01-01}")
    two = entry("title = {T}, readstatus = {read}, priority = {prio3}")
    assert (combined([one, two]).depth, combined([one, two]).finished) == (None, None), "pass 2 on an unknown day"
    assert combined([two, one]).priority == combined([one, two]).priority == "low"


def test_what_is_broken_is_told_and_the_rest_is_taken_in(shelf: Shelf) -> None:
    text = bib("a", title="The First Paper") + "@article{b, title = {No end\n\n" + bib("c", title="The Third Paper")
    result = shelf.take(text)
    assert result.created == 2
    (fault,) = result.failed
    assert fault.message.startswith("x.bib:4: passed over a broken entry: ") and fault.exit_code == 5


def test_with_strict_nothing_is_taken_in(shelf: Shelf) -> None:
    text = bib("a", title="The First Paper") + "@article{b, title = {No end\n\n" + bib("c", title="The Third Paper")
    with pytest.raises(InputError, match=r"x\.bib:4: .*nothing was taken in"):
        shelf.take(text, strict=True)
    assert not shelf.papers


def test_many_faults_are_counted(shelf: Shelf) -> None:
    result = shelf.take("".join(f"@article{{k{n}, title = {{No end\n\n" for n in range(40)))
    assert len(result.failed) < 6 and "37 more" in result.failed[-1].message


def test_a_line_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "one-line.bib"
    with file.open("wb") as stream:
        stream.write(b"@article{a, title = {x}}\n\n")
        stream.truncate(LONGEST_LINE * 5)
    with pytest.raises(InputError, match=rf"^{file}:3: a line of more than 20 MB"):
        read_page(str(file))


def test_a_page_of_many_megabytes_is_refused_a_bibliography_is_not(shelf: Shelf) -> None:
    result = shelf.take("a line of a page that is far too long to be a page\n" * 500_000, "big.md")
    assert [fault.message for fault in result.failed] == ["big.md has 25 MB: too large for a page"]
    comment = "% some comment of fifty characters in a bibliography\n"
    assert shelf.take(comment * 5 + bib("a", title="A Title Long Enough") + comment * 500_000).created == 1


# -- laws --------------------------------------------------------------------------------------------------------------

_WORDS = st.text("abcdefgh äö中文-!?:", min_size=0, max_size=14)
_ENTRIES = st.builds(
    lambda key, fields: bib(key, **fields),
    st.sampled_from(["a", "b", "B", "2021", "x y", "", "@"]),
    st.dictionaries(
        st.sampled_from(
            "title author year doi url note keywords groups readstatus priority creationdate eprint".split()
        ),
        st.one_of(
            _WORDS,
            st.sampled_from(
                "read skimmed prio1 2020 2021 10.1000/x 10.1000/y https://a.org 2104.08821 2020-01-02".split()
            ),
        ),
        max_size=6,
    ),
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Shelf]:
    return lambda: Shelf(tmp_path_factory.mktemp("library") / "l.db")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ENTRIES, min_size=1, max_size=6).map("".join))
def test_importing_twice_changes_nothing(fresh: Callable[[], Shelf], text: str) -> None:
    it = fresh()
    first = it.take(text)
    before = it.papers
    again = it.take(text)
    assert (again.created, again.merged) == (0, 0)
    assert it.papers == before and set(again.papers) == set(first.papers)
    it.library.close()
