"""Does search find every paper that a plain scan of the texts finds, and the paper whose title is typed whole first?"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import libraries
from benchmarks.measure import Launcher
from benchmarks.papers import SEED
from readlist.db.library import Library
from readlist.services.listing import Wanted
from readlist.services.search import find

NAME = "recall"
_SIZES = ("10000", "real")
_QUERIES, _TITLES = 1_000, 500
_HAN = "\u4e00-\u9fff"
_WORD = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+")
_SIGNED = re.compile(r"(?<!\w)\w[+#]+(?!\w)")  # C++ and C# are no C

Texts = Mapping[int, tuple[str, str]]
"""By id: title and abstract."""
Find = Callable[[Sequence[str], int], Sequence[int]]
"""The papers that rl finds, best first, of these words as typed; at most so many, 0 for all."""


def measure(launcher: Launcher, sizes: Sequence[str]) -> dict[str, Any]:
    """By library: the share of papers found, the share of queries that miss none, and how many titles come first."""
    found: dict[str, Any] = {}
    for size in _SIZES:
        if size in sizes:
            try:
                found[size] = _asked(libraries.rl(launcher, size) / "readlist.db")
            except libraries.Missing as error:
                found[size] = {"fault": str(error)}
    return {"row": NAME, "libraries": found}


def _asked(path: Path) -> dict[str, Any]:
    """What the library at `path` finds of itself; asked as `rl search` asks, but in this process, for it is often."""
    now = datetime.now().astimezone()
    library = Library(path, lambda: now, print)
    views, index, today = library.views, library.search, now.date()
    try:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(
                "select p.id, p.title, coalesce(x.abstract, '') from papers p left join texts x on x.paper_id = p.id"
            )
            texts = {paper: (title, abstract) for paper, title, abstract in rows}
        return compared(texts, lambda words, most: find(views, index, Wanted(words, limit=most), today).ids)
    finally:
        library.close()


def compared(texts: Texts, find: Find) -> dict[str, Any]:
    """What `find` finds beside a plain scan of the texts."""
    random = Random(SEED)
    queries = list(_queries(random, texts))
    scanned = _scanned(texts, {word for query in queries for word in map(_folded, query)})
    wanted = hit = whole = 0
    missed: list[str] = []
    for query in queries:
        expected = set.intersection(*(scanned[_folded(word)] for word in query))
        hits = expected.intersection(find(query, 0))
        wanted, hit, whole = wanted + len(expected), hit + len(hits), whole + (hits == expected)
        if hits != expected:
            missed.append(" ".join(query))
    titles = [texts[paper][0] for paper in random.sample(sorted(texts), min(_TITLES, len(texts)))]
    late = [title for title in titles if not _comes_first(title, texts, find)]
    return {
        "papers": len(texts), "queries": len(queries), "recall": hit / wanted, "whole": whole, "missed": missed[:10],
        "titles": len(titles), "first": len(titles) - len(late), "late": late[:10],
    }  # fmt: skip


def _comes_first(title: str, texts: Texts, find: Find) -> bool:
    """In quotes of the shell, and word by word."""
    first = [texts[paper][0] for words in ([title], title.split()) for paper in find(words, 1)[:1]]
    return len(first) == 2 and all(_letters(it) == _letters(title) for it in first)


def _queries(random: Random, texts: Texts) -> Iterator[list[str]]:
    """One to five words of a title or an abstract; of Chinese one to four characters that stand together."""
    papers = sorted(texts)
    for number in range(_QUERIES):
        words: list[str] = []
        while not words:
            text = _SIGNED.sub(" ", unicodedata.normalize("NFC", texts[random.choice(papers)][1 - number % 2]))
            words = [word for word in _WORD.findall(text) if _folded(word) not in ("or", "and", "not")]
        chosen = random.sample(words, min(len(words), random.randint(1, 5)))
        yield [_cut(random, word) for word in chosen]


def _cut(random: Random, word: str) -> str:
    if not "\u4e00" <= word[0] <= "\u9fff":
        return word
    length = random.randint(1, min(4, len(word)))
    start = random.randrange(len(word) - length + 1)
    return word[start : start + length]


def _scanned(texts: Texts, words: set[str]) -> dict[str, set[int]]:
    """By word, folded: the papers that have it in title or abstract. A word stands whole, a run of Chinese anywhere."""
    runs = {word for word in words if "\u4e00" <= word[0] <= "\u9fff"}
    found: dict[str, set[int]] = defaultdict(set)
    for paper, parts in texts.items():
        text = _SIGNED.sub(" ", _folded(" \n ".join(parts)))
        here = set(_WORD.findall(text))
        present = words & here
        if not text.isascii():
            present |= {run for run in runs if run in text}
        for word in present:
            found[word].add(paper)
    return found


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _letters(title: str) -> str:
    return "".join(filter(str.isalnum, _folded(title)))


__all__ = ["NAME", "compared", "measure"]
