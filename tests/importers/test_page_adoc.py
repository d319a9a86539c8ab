"""Pages in AsciiDoc."""

from hypothesis import given
from hypothesis import strategies as st

from readlist.importers import page
from readlist.importers.rewrite import Wish, rewrite
from tests.importers.reading import read

PAGE = """\
= Words
:toc:

== Vision

* https://arxiv.org/abs/2001.00001[Deep Words of Wisdom], ICLR 2017
** a note of *mine*
* [x] link:++https://arxiv.org/abs/2001.00002++[More Words of Wisdom,window=_blank] (ACL 2018)
. Numbered Words of Wisdom (CVPR 2020)

// a comment

=== To read

[cols="1,2"]
|===
|Title |Venue

|https://arxiv.org/abs/2001.00003[Words in a Cell^]
|ICLR 2020

|https://arxiv.org/abs/2001.00004[Words in a Row] |ACL 2021
|===

----
code
----
"""


def test_a_page_is_read_as_its_author_meant_it() -> None:
    listing = read(PAGE)
    assert listing.topics == (("Words",), ("Words", "Vision"), ("Words", "Vision", "To read"))
    assert [
        (it.line, it.metadata.title, dict(it.metadata.identifiers), it.metadata.venue, it.mark, it.notes)
        for it in listing.entries
    ] == [
        (6, "Deep Words of Wisdom", {"arxiv": "2001.00001"}, "ICLR", None, ("a note of **mine**",)),
        (8, "More Words of Wisdom", {"arxiv": "2001.00002"}, "ACL", "read", ()),
        (9, "Numbered Words of Wisdom", {}, "CVPR", None, ("a comment",)),
        (19, "Words in a Cell", {"arxiv": "2001.00003"}, "ICLR", "todo", ()),
        (22, "Words in a Row", {"arxiv": "2001.00004"}, "ACL", "todo", ()),
    ]


def test_a_page_is_given_back() -> None:
    assert rewrite(PAGE, page.read(PAGE), {}, page.read).text == PAGE
    done = rewrite(PAGE, page.read(PAGE), {0: Wish("read")}, page.read)
    assert done.changed == (0,)
    assert [entry.mark for entry in read(done.text).entries][:2] == ["read", "read"]


@given(
    st.lists(st.sampled_from(PAGE.split("\n")) | st.sampled_from(["", "|===", "| a", "[%header]", "..."]), max_size=40)
)
def test_every_line_of_any_page_is_accounted_for(lines: list[str]) -> None:
    read("\n".join(["= A", "https://example.org/[Words]", *lines]))
