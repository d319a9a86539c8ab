"""Patterns that are compiled late: they answer as `re` does, and every one of the program's can be compiled."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import readlist
from readlist.domain.patterns import late


def test_a_late_pattern_answers_as_a_compiled_one() -> None:
    pattern, compiled = late(r"(?P<letter>[a-c])\d", re.IGNORECASE), re.compile(r"(?P<letter>[a-c])\d", re.IGNORECASE)
    text = "A1 x B2"

    assert pattern.findall(text) == compiled.findall(text)
    assert pattern.sub(r"<\g<letter>>", text) == compiled.sub(r"<\g<letter>>", text)
    assert pattern.split(text) == compiled.split(text)
    assert [found.group("letter") for found in pattern.finditer(text)] == ["A", "B"]
    assert pattern.match("z1") is None
    assert pattern.fullmatch("c9") is not None
    assert pattern.search(text, 2).span() == (5, 7)  # type: ignore[union-attr]
    assert (pattern.pattern, pattern.flags) == (compiled.pattern, compiled.flags)


def test_a_mistake_in_a_late_pattern_is_told_at_its_first_use() -> None:
    wrong = late("(")

    with pytest.raises(re.error):
        wrong.match("")


def test_every_pattern_of_the_program_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(readlist.__path__, "readlist."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    patterns = [found for found in gc.get_objects() if type(found) is type(late(""))]

    assert len(patterns) > 300
    assert all(isinstance(pattern.findall(""), list) for pattern in patterns)
