"""Every paper that has the words is found, whatever they are, and the one whose title is typed whole comes first."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from readlist.db.library import Library
from readlist.errors import UsageError
from readlist.services.listing import Wanted
from readlist.services.search import search
from tests.db.libraries import TODAY, add, library_at

HAN = "对比学习句子表征模型方法数据训练语言预无监督图神经网络生成检索知识推理"
SYLLABLES = ("ba", "ké", "li", "mo", "nü", "ra", "so", "tu", "ver", "gra")
OWN = ("C++", "C#", "GPT-3", "3D", "F1", "BERT", "self-supervised", "Gödel")


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    abstract: str


def english(chance: random.Random, count: int) -> str:
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(count)]
    return " ".join(chance.choice(OWN) if chance.random() < 0.1 else word for word in made)


def chinese(chance: random.Random, count: int) -> str:
    return "".join("BERT" if chance.random() < 0.05 else chance.choice(HAN) for _ in range(count))


def texts(chance: random.Random) -> Iterator[Text]:
    for number in range(400):
        if number % 3:
            yield Text(f"{english(chance, 6)}: {english(chance, 2)} {number}", english(chance, 60) + ".")
        else:
            yield Text(f"{chinese(chance, 12)}{number}", f"{chinese(chance, 50)}，{english(chance, 3)}。")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, dict[int, Text]]]:
    with library_at(tmp_path_factory.mktemp("search") / "readlist.db") as library:
        with library.write("import") as work:
            known = {add(work, it.title, None, abstract=it.abstract): it for it in texts(random.Random(7))}
        yield library, known


def ids(library: Library, *query: str, limit: int = 0) -> list[int]:
    found = search(library.views, library.search, Wanted(query, limit=limit), TODAY)
    return [paper.id for paper in found.papers]


def plain(text: str) -> str:
    """A text for a scan that knows nothing of an index: no accents, no case, blanks for all that is no word."""
    bare = text.lower().replace("é", "e").replace("ü", "u").replace("ö", "o")
    return " " + " ".join(re.findall(r"[a-z]+\+\+|[a-z]#|[a-z0-9]+|[\u4e00-\u9fff]+", bare)) + " "


def has(text: str, word: str) -> bool:
    """A Chinese word is a part of the text; any other a word of it, or several together."""
    wanted = plain(word)
    if re.search(r"[\u4e00-\u9fff]", word):
        return wanted.replace(" ", "") in text.replace(" ", "")
    return wanted in re.sub(r"(?<=[a-z0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[a-z0-9])", " ", text)


def queries(chance: random.Random, known: dict[int, Text], count: int) -> Iterator[list[str]]:
    everything = list(known.values())
    for _ in range(count):
        it = chance.choice(everything)
        source = chance.choice((it.title, it.abstract))
        words = re.findall(r"[^\s\u4e00-\u9fff，。:.]+|[\u4e00-\u9fff]+", source)
        picked = []
        for word in chance.sample(words, min(len(words), chance.randint(1, 5))):
            if "\u4e00" <= word[0] <= "\u9fff":
                start = chance.randrange(len(word))
                word = word[start : start + chance.randint(1, 6)]
            picked.append(word)
        yield picked


def test_every_paper_that_a_plain_scan_finds_is_found(shelf: tuple[Library, dict[int, Text]]) -> None:
    library, known = shelf
    scanned = {i: plain(f"{it.title} . {it.abstract}") for i, it in known.items()}
    missed = []
    for query in queries(random.Random(11), known, 1000):
        wanted = {i for i, text in scanned.items() if all(has(text, word) for word in query)}
        assert wanted, query
        if not wanted <= set(ids(library, *query)):
            missed.append(query)
    assert missed == []


def test_the_paper_whose_title_is_typed_whole_comes_first(shelf: tuple[Library, dict[int, Text]]) -> None:
    library, known = shelf
    late = [it.title for i, it in known.items() if i % 4 == 0 and ids(library, *it.title.split(), limit=5)[0] != i]
    assert late == []


def test_a_title_that_reads_like_a_query(tmp_path: Path) -> None:
    hard = ("Or not: (what) year:2020 -minus", "topic:none is a title", "One OR", 'A "quoted title')
    with library_at(tmp_path / "readlist.db") as library:
        with library.write("add") as work:
            made = [add(work, title) for title in hard]
        assert [ids(library, title)[0] for title in hard] == made


def test_identifier_key_filters_and_what_is_left_out(tmp_path: Path) -> None:
    with library_at(tmp_path / "readlist.db") as library:
        with library.write("add") as work:
            old = add(work, "Learning of graphs", year=2019, identifiers={"arxiv": "1901.00001"})
            new = add(work, "Learning of trees", year=2021, abstract="It cites 1901.00001 in passing.")
            key = work.views.paper(old, TODAY).key
        assert ids(library, "1901.00001") == [old, new]
        assert ids(library, key) == [old]
        assert ids(library, "learning", "year:2020..") == [new]
        assert ids(library, "learning", "-trees") == [old]
        assert set(ids(library, "trees", "OR", "graphs")) == {old, new}
        assert ids(library, "learn", limit=1) in ([old], [new])
        assert ids(library, "nowhere") == []
        with pytest.raises(UsageError):
            ids(library, "year:2020..")


def test_a_word_in_the_title_goes_before_one_in_the_abstract(tmp_path: Path) -> None:
    with library_at(tmp_path / "readlist.db") as library:
        with library.write("add") as work:
            passing = add(work, "A", abstract="contrast")
            longer = add(work, "Contrasts")
            title = add(work, "Contrast " + "and more " * 5)
        assert ids(library, "contrast") == [title, passing, longer]
