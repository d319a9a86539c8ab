"""A library of any size, the same on every machine: the first thousand papers are those of the small library, too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.words import CHINESE, RARE, TAGS, TOPICS, VENUES, chinese, stream

SEED = 20_210_418
_VOCABULARY, _STREAM = 40_000, 2_000_000
_RARE_IN = frozenset({100, 300, 500, 700, 900})

Paper = Mapping[str, Any]
"""A paper as its JSON line says it: title, authors, year, venue, abstract, doi, url, citations, topics, tags, status.
"""


def papers(size: int) -> Iterator[Paper]:
    """The first `size` papers."""
    return islice(_endless(), size)


def _endless() -> Iterator[Paper]:
    random = Random(SEED)
    words = stream(random, _VOCABULARY, _STREAM)
    given = [word.title() for word in words[:4_000] if len(word) > 3]
    family = [word.title() for word in words[4_000:60_000] if len(word) > 4]
    tag_weights = [1 / (rank + 2) for rank in range(len(TAGS))]

    def run(length: int) -> list[str]:
        start = random.randrange(_STREAM - length)
        return words[start : start + length]

    number = 0
    while True:
        if number % 10 == 3:  # one of ten is Chinese
            title = chinese(random, 3) + random.choice(("", "", "综述", " with " + random.choice(words)))
            abstract = "。".join(chinese(random, 9) for _ in range(6)) + "。"
        else:
            title = " ".join(run(random.randrange(5, 12))).capitalize()
            # Three runs, and words of its own: of words that are rare there are more, the larger the library.
            own = f"{random.choice(words)}{number % 99_991:x}"
            abstract = " ".join((*run(55), own, *run(50), *run(45))).capitalize() + "."
            if number % 20 == 7:
                abstract += f" ({random.choice(CHINESE)})"
        if number in _RARE_IN:
            abstract += f" {RARE}"
        paper: dict[str, Any] = {
            "title": title,
            "authors": [f"{random.choice(given)} {random.choice(family)}" for _ in range(random.randrange(1, 6))],
            "year": random.randrange(1995, 2027),
            "venue": random.choice(VENUES),
            "abstract": abstract,
            "doi": f"10.9999/bench.{number}",
            "citations": int(random.paretovariate(0.8)) - 1,
            "topics": [random.choice(TOPICS)],
            "tags": sorted(set(random.choices(TAGS, tag_weights, k=random.randrange(0, 4)))),
        }
        if status := random.choices((None, "todo", "reading", "done"), (40, 35, 1, 24))[0]:
            paper["status"] = status
        yield paper
        number += 1


def write_json_lines(found: Iterable[Paper], path: Path) -> int:
    """One JSON object a line; how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, paper in enumerate(found, 1):  # noqa: B007
            file.write(json.dumps(paper, ensure_ascii=False) + "\n")
    return count


def write_bibtex(found: Iterable[Paper], path: Path) -> int:
    """One entry a paper; how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, paper in enumerate(found, 1):
            file.write(bibtex(paper, f"bench{count}"))
    return count


def bibtex(paper: Paper, key: str) -> str:
    """The paper as an entry."""
    fields = {
        "title": "{" + paper["title"] + "}",
        "author": " and ".join(paper["authors"]),
        "booktitle": paper["venue"],
        "year": str(paper["year"]),
        "doi": paper.get("doi", ""),
        "keywords": ", ".join(paper["tags"]),
        "abstract": paper["abstract"],
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@inproceedings{{{key},\n{body}}}\n\n"
