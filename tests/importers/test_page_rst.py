"""Pages in reStructuredText."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.importers import page
from readlist.importers.rewrite import Wish, rewrite
from tests.importers.reading import read

PAGE = """\
.. _top:

=====
Words
=====

.. contents:: Table of contents
   :depth: 2

Vision
======

* `Deep Words of Wisdom <https://arxiv.org/abs/2001.00001>`_, ICLR 2017.
* `More Words of Wisdom that go on
  and on <https://arxiv.org/abs/2001.00002>`__ (ACL 2018)

  - a note

* `Named Words of Wisdom`_. NeurIPS 2019.
* `Words without a Name`__

__ https://arxiv.org/abs/2001.00004
.. _Named Words of Wisdom: https://arxiv.org/abs/2001.00003

.. code-block:: python

    words = 1

Others
------

.. [#] Last Words of Wisdom. NIPS 2017.
   https://arxiv.org/abs/2001.00005
.. [Lee2021] Words and Words Again. EMNLP 2021.

To read
-------

#. Words to Be Read, ICLR 2021
"""


def test_a_page_is_read_as_its_author_meant_it() -> None:
    listing = read(PAGE)
    assert listing.topics == (
        ("Words",),
        ("Words", "Vision"),
        ("Words", "Vision", "Others"),
        ("Words", "Vision", "To read"),
    )
    assert [(it.metadata.title, dict(it.metadata.identifiers), it.metadata.year) for it in listing.entries] == [
        ("Deep Words of Wisdom", {"arxiv": "2001.00001"}, 2017),
        ("More Words of Wisdom that go on and on", {"arxiv": "2001.00002"}, 2018),
        ("Named Words of Wisdom", {"arxiv": "2001.00003"}, 2019),
        ("Words without a Name", {"arxiv": "2001.00004"}, None),
        ("Last Words of Wisdom", {"arxiv": "2001.00005"}, 2017),
        ("Words and Words Again", {}, 2021),
        ("Words to Be Read", {}, 2021),
    ]
    assert listing.entries[1].notes == ("a note",)
    assert listing.entries[-1].mark == "todo"
    assert {it.text for it in listing.ignored} >= {"=====", ".. contents:: Table of contents", "   :depth: 2"}


def test_the_sign_of_a_title_ranks_by_its_first_use_and_an_overline_makes_another() -> None:
    page = "===\nTop\n===\n\nPart\n===\n\nInner\n---\n\nNext\n====\n\n.. [1] Words of Wisdom (ICLR 2017)\n"
    assert read(page).topics == (("Top",), ("Top", "Part"), ("Top", "Part", "Inner"), ("Top", "Next"))


@pytest.mark.parametrize(
    "line",
    [
        "See `it <https://arxiv.org/abs/2001.00001>`_ and so on.",
        ".. note:: see https://arxiv.org/abs/2001.00001 for more",
        ".. [1] https://arxiv.org/abs/2001.00001",
        "As in :arxiv:`2001.00001`, said `me <https://example.org>`_.",
        ".. a comment on https://arxiv.org/abs/2001.00001\n\n.. note:: so",
    ],
)
def test_no_address_of_a_paper_is_lost(line: str) -> None:
    assert [dict(entry.metadata.identifiers) for entry in read(f"A\n===\n\n{line}\n").entries] == [
        {"arxiv": "2001.00001"}
    ]


def test_a_page_is_given_back() -> None:
    assert rewrite(PAGE, page.read(PAGE), {}, page.read).text == PAGE
    done = rewrite(PAGE, page.read(PAGE), {0: Wish("read")}, page.read)
    assert done.changed == (0,)
    assert [entry.mark for entry in read(done.text).entries][:2] == ["read", None]


def test_a_page_of_markdown_is_none() -> None:
    found = read("# A\n\n.. see\n\n- [Deep Words](https://arxiv.org/abs/2001.00001)\n\n```\n.. note:: x\n```\n")
    assert [note.text for note in found.topic_notes][:1] == [".. see"]


@given(
    st.lists(st.sampled_from(PAGE.split("\n")) | st.sampled_from(["", "===", "*", ".. ", "`x", "<y>`_"]), max_size=30)
)
def test_every_line_of_any_page_is_accounted_for(lines: list[str]) -> None:
    read("\n".join(["`Words <https://example.org>`_", *lines]))
