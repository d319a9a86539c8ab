"""A list in a pipe: read as it is written, the fields that the papers have, and it ends when nobody reads on."""

import io
import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.cli.tables import family_in, first_author, print_rows
from readlist.db.focus import set_focus
from readlist.db.library import Library
from readlist.db.views import SORTS
from readlist.domain.filter import Filter, Term
from readlist.domain.metadata import Metadata
from readlist.domain.paper import Paper
from readlist.domain.queue import WEIGHTS
from readlist.domain.text import one_line
from readlist.domain.titles import family_name
from tests.cli.helpers import environment
from tests.db.libraries import NOW, TODAY, library_at

NAMES = ("Tianyu Gao", "Danqi Chen", "李沐", "van der Maaten, Laurens", "Martin Luther King Jr.", "\x1b[31mRed  Name\n")
TITLES = ("Plain", "两个  字", "Tab\tand\nline", "\x1b]0;evil\x07Title", " edge ", "e\u202ever")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """260 papers with all that their lines depend on, and text that must not reach a terminal as it is."""
    path = tmp_path_factory.mktemp("lines") / "readlist.db"
    chance = random.Random(6)
    with library_at(path) as library, library.write("add") as work:
        topic = work.topics.ensure(("NLP",))
        for number in range(260):
            paper = work.papers.add(
                Metadata(
                    "page",
                    title=f"{chance.choice(TITLES)} {number}",
                    authors=tuple(chance.sample(NAMES, chance.randrange(5))),
                    year=chance.choice([None, 2020, 2021]),
                    venue=chance.choice([None, "ACL", "My  Venue"]),
                    citations=chance.choice([None, 0, 7, 4000]),
                )
            )
            due = chance.choice(
                [None, None, *((TODAY + timedelta(days=n)).isoformat() for n in (-30, 0, 1, 20, 21, 400))]
            )
            work.reading.add(paper, chance.choice([None, 1, 2]), chance.choice(["high", "normal", "low"]), due)
            if chance.random() < 0.3:
                work.topics.attach(paper, topic)
            if chance.random() < 0.2:
                work.reading.begin(paper, chance.choice([1, 2]))
        work.unit.connection.execute(  # what may stand in a library that another program wrote
            "update authors set name = ? where name = 'Danqi Chen'", ("Danqi\x1b[1m \x07Chen",)
        )
        work.unit.connection.execute("update papers set title = title || ?", ("\t\x1b[2J",))
    return path


def by_papers(papers: list[Paper]) -> str:
    """The lines as they follow from the papers, each read whole."""
    fields = [
        (
            p.id, p.key, p.status, p.next_pass, p.title, first_author(p), p.venue, p.year,
            p.citations.count if p.citations else None, f"{p.urgency.total:.1f}" if p.urgency else None,
        )
        for p in papers
    ]  # fmt: skip
    return "".join("\t".join("" if f is None else one_line(str(f)) for f in row) + "\n" for row in fields)


@pytest.mark.parametrize("weights", [{}, {"age": 0.0123, "due": 3.3}], ids=["as they are", "others"])
@pytest.mark.parametrize("focus", [False, True], ids=["whole", "in focus"])
@pytest.mark.parametrize("sort", SORTS)
def test_the_lines_are_those_of_the_papers(sort: str, focus: bool, weights: dict[str, float], path: Path) -> None:
    asked = (Filter(), Filter((Term("topic", "nlp"),)))
    library = Library(path, lambda: NOW, print, weights={**WEIGHTS, **weights})
    try:
        with library.write("focus") as work:
            set_focus(work.unit, [topic.id for topic in work.topics.forest().topics] if focus else [])
        for wanted in asked:
            for queue in (False, True):
                for limit in (None, 7):
                    views = library.views
                    ids = views.ids(wanted, sort, limit, TODAY, queue=queue)
                    output: Any = SimpleNamespace(context=SimpleNamespace(stdout=io.StringIO()))
                    shown = print_rows(output, views.rows(wanted, sort, limit, TODAY, queue=queue))
                    assert shown == len(ids) > 0
                    assert output.context.stdout.getvalue() == by_papers(views.papers(ids, TODAY))
    finally:
        library.close()


def test_nobody_reads_on(path: Path) -> None:
    """What comes behind `| head` is not waited for; that it is left unread is no fault."""
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "readlist", "list"],
        env=environment() | {"RL_DATABASE_URL": f"sqlite:///{path}"},
        stdout=writer,
        stderr=subprocess.PIPE,
    )
    os.close(writer)
    assert os.read(reader, 1).isdigit()
    os.close(reader)
    _, said = process.communicate(timeout=60)
    assert not said


PARTS = "Tianyu Gao D. V. Jr. Sr III Phd van der De La al. Al Et Bell Li O'Neil Müller Jean-Luc 李沐 others And".split()


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join))
def test_the_short_way_to_a_family_name_leads_where_the_long_one_does(author: str) -> None:
    assert family_in(author) == family_name(author)
