"""Does `rl search` find every paper that a plain scan of the text finds? A thousand queries at 10,000 papers."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from benchmarks import libraries, papers
from benchmarks.measure import Launcher
from benchmarks.places import RL, environment, library

NAME = "recall"
_SIZE = "10000"
_QUERIES, _TITLES = 1_000, 50
_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_]+")


def measure(launcher: Launcher, sizes: Sequence[str]) -> dict[str, Any]:
    """The share of papers found, the share of queries that miss none, and how often a title typed whole comes first."""
    if _SIZE not in sizes:
        return {"row": NAME, "fault": f"the library of {_SIZE} papers was not asked for"}
    try:
        libraries.rl(launcher, _SIZE)
        return {"row": NAME, **_compared(list(papers.papers(int(_SIZE))))}
    except (libraries.Missing, RuntimeError) as error:
        return {"row": NAME, "fault": str(error)}


def _compared(all_papers: list[papers.Paper]) -> dict[str, Any]:
    texts = [_folded(f"{it['title']} ┊ {it['abstract']}") for it in all_papers]
    random = Random(papers.SEED)
    wanted = found = whole = 0
    missed: list[str] = []
    queries = list(_queries(random, all_papers))
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(_search, queries))
    for query, answer in zip(queries, answers, strict=True):
        words = [_folded(word) for word in query.split()]
        patterns = [_pattern(word) for word in words]
        expected = {
            i
            for i, text in enumerate(texts)
            if all(word in text for word in words) and all(it.search(text) for it in patterns)
        }
        hits = set(answer)
        wanted += len(expected)
        found += len(expected & hits)
        whole += expected <= hits
        if not expected <= hits:
            missed.append(query)
    first = 0
    titles = random.sample(all_papers, _TITLES)
    for paper in titles:
        best = _search(paper["title"], 5)
        first += bool(best) and all_papers[best[0]]["title"] == paper["title"]
    return {
        "queries": _QUERIES, "recall": found / wanted, "whole": whole, "missed": missed[:10],
        "titles": _TITLES, "first": first,
    }  # fmt: skip


def _search(query: str, limit: int = 0) -> list[int]:
    """The places in the library of the papers found, best first. Raises RuntimeError with what rl said."""
    argv = [str(RL), "search", "--limit", str(limit), "--", *query.split()]
    home = environment(RL_HOME=str(library(_SIZE)))
    done = subprocess.run(argv, capture_output=True, text=True, env=home)
    if done.returncode:
        raise RuntimeError(f"rl search {query}: {(done.stderr.strip().splitlines() or ['nothing said'])[0]}")
    return [int(line.split("\t")[0]) - 1 for line in done.stdout.splitlines()]


def _pattern(word: str) -> re.Pattern[str]:
    """A word stands whole, but a run of Chinese anywhere."""
    if "\u4e00" <= word[0] <= "\u9fff":
        return re.compile(re.escape(word))
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])")


def _queries(random: Random, all_papers: list[papers.Paper]) -> Iterator[str]:
    """One to five words of a title or an abstract; of Chinese one to four characters that stand together."""
    for number in range(_QUERIES):
        paper = random.choice(all_papers)
        text = paper["title"] if number % 2 else paper["abstract"]
        words = re.findall(r"[\u4e00-\u9fff]+|[A-Za-z]+", text)
        chosen = random.sample(words, min(len(words), random.randint(1, 5)))
        yield " ".join(_cut(random, word) for word in chosen)


def _cut(random: Random, word: str) -> str:
    if not "\u4e00" <= word[0] <= "\u9fff":
        return word
    length = random.randint(1, min(4, len(word)))
    start = random.randrange(len(word) - length + 1)
    return word[start : start + length]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


__all__ = ["NAME", "measure"]
