"""RIS of one value a line that a reader of others takes apart as it was put together."""

from __future__ import annotations

from typing import Any

import rispy
from hypothesis import given

from readlist.domain.shelf import Shelf
from readlist.domain.text import one_line
from readlist.exporters import ris
from tests.exporters.shelves import EVERY_KIND, hostile, shelf


def text_of(it: Shelf) -> str:
    return "".join(ris.write(it))


def records(text: str) -> list[dict[str, Any]]:
    """The records as rispy reads them."""
    return list(rispy.loads(text))


def test_a_whole_record() -> None:
    assert text_of(shelf(EVERY_KIND[0])) == (
        "TY  - CPAPER\n"
        "ID  - gao2021simcse\n"
        "TI  - SimCSE: Simple Contrastive Learning of Sentence Embeddings\n"
        "AU  - Gao, Tianyu\n"
        "AU  - Yao, Xingcheng\n"
        "AU  - Chen, Danqi\n"
        "T2  - EMNLP\n"
        "PY  - 2021\n"
        "DA  - 2021/04/18\n"
        "UR  - https://arxiv.org/abs/2104.08821\n"
        "KW  - survey\n"
        "N1  - Dropout is the augmentation.\n"
        "N1  - - 20% better\n"
        "N1  - - {odd} & 'quoted'\n"
        "ER  - \n"
    )


def test_every_kind_has_its_type() -> None:
    assert [record["type_of_reference"] for record in records(text_of(shelf(*EVERY_KIND)))] == [
        "CPAPER", "JOUR", "UNPB", "VIDEO", "THES", "BOOK", "ELEC", "COMP", "UNPB", "UNPB", "CPAPER",
    ]  # fmt: skip


def test_all_addresses_are_given_and_a_name_has_its_parts() -> None:
    at_acl, smith = records(text_of(shelf(EVERY_KIND[10], EVERY_KIND[5])))
    assert at_acl["urls"] == ["https://aclanthology.org/P17-1061", f"https://www.semanticscholar.org/paper/{'a' * 40}"]
    assert smith["authors"] == ["Smith, Ann B., Jr."]


@given(hostile())
def test_every_line_is_a_value_and_no_text_ends_a_record(it: Shelf) -> None:
    text = text_of(it)
    assert all(line[2:6] == "  - " and line[:2].isalnum() and line[:2].isascii() for line in text.split("\n") if line)
    assert text.splitlines() == text.split("\n")[:-1], "a value has a line break of some kind"
    found = records(text)
    assert [record["title"] for record in found] == [one_line(known.title) for known in it.papers]
