"""Outlines of org-mode."""

from tests.importers.reading import read

PAGE = """\
#+TITLE: Reading
#+STARTUP: overview

* Words :nlp:
** DONE Deep Words of Wisdom :emnlp:
   CLOSED: [2024-03-02 Sat 10:00]
   :PROPERTIES:
   :URL: https://arxiv.org/abs/2001.00001
   :YEAR: 2021
   :END:
   Words as *words*.
   - works well
** TODO [#A] [[https://arxiv.org/abs/2001.00002][More Words of Wisdom]]
   Some note
* Others
- [ ] Last Words of Wisdom (ICLR 2020)
** [[https://arxiv.org/abs/2001.00003][Words and Words Again]]
   notes here
#+begin_src python
print(1)
#+end_src
"""


def test_an_outline_is_read_as_its_author_meant_it() -> None:
    listing = read(PAGE)
    deep, more, last, again = listing.entries
    assert [entry.metadata.title for entry in listing.entries] == [
        "Deep Words of Wisdom", "More Words of Wisdom", "Last Words of Wisdom", "Words and Words Again",
    ]  # fmt: skip
    assert [entry.metadata.identifiers.get("arxiv") for entry in listing.entries] == [
        "2001.00001", "2001.00002", None, "2001.00003",
    ]  # fmt: skip
    assert [entry.mark for entry in listing.entries] == ["read", "todo", "todo", None]
    assert (deep.finished, deep.metadata.year, deep.tags) == ("2024-03-02", 2021, ("emnlp",))
    assert deep.notes == ("Words as **words**.", "works well")
    assert (more.notes, last.metadata.venue) == (("Some note",), "ICLR")
    assert [entry.topics[0][-1].split()[0] for entry in listing.entries] == ["Words", "Words", "Others", "Others"]
    assert again.notes[0] == "notes here" and "print(1)" in again.notes
    assert {it.text.strip() for it in listing.ignored} == {"#+STARTUP: overview", ":PROPERTIES:", ":END:"}


def test_empty_lines_at_the_end_are_counted() -> None:
    assert read(PAGE + "\n\n").lines["blank"] == read(PAGE).lines["blank"] + 2
