"""Every paper that has the words is found, whatever they are, and the one whose title is typed whole comes first."""

import random
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from readlist.db.completion import Completion
from readlist.db.connect import open_reading
from readlist.db.library import Library
from readlist.db.search import Search
from readlist.db.views import Views
from readlist.errors import UsageError
from readlist.glossary import built_in_glossary
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
    shown = [paper.id for paper, _ in found.rows]
    assert shown == list(found.hits.ids)
    return shown


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


def test_of_too_many_those_with_the_words_in_the_title_are_compared_and_of_these_the_newest(tmp_path: Path) -> None:
    with library_at(tmp_path / "readlist.db") as library:
        with library.write("add") as work:
            only = [add(work, f"Graph {n}", abstract="contrast " * 9) for n in range(6)]
            titles = [add(work, f"Contrast {n}") for n in range(4)]
            last = add(work, "Trees", abstract="Contrast.")
        index, expression = library.search, '"contrast"'
        whole = index.ranked(expression, 11, 2, most=11)
        assert (whole.among, whole.titles, whole.newest) == (11, False, False)
        assert set(whole.ids) <= set(titles)
        some = index.ranked(expression, 11, 3, most=5)
        assert (some.among, some.titles, some.newest) == (4, True, False)
        assert set(some.ids) <= set(titles) and len(some.ids) == 3
        new = index.ranked(expression, 11, 2, most=2)
        assert (new.among, new.titles, new.newest) == (2, True, True)
        assert set(new.ids) == set(titles[-2:])
        few = index.ranked(expression, 11, 5, most=3)  # the titles alone do not fill the page
        assert (few.among, few.titles, few.newest) == (3, False, True)
        assert set(few.ids) == {*titles[-2:], last}
        everything = index.ranked(expression, 11, None, most=2)
        assert sorted(everything.ids) == sorted([*only, *titles, last]) and everything.among == 11


def test_a_part_of_a_title_is_looked_up_by_its_words_first(tmp_path: Path) -> None:
    with library_at(tmp_path / "readlist.db") as library:
        with library.write("add") as work:
            gan, gans = add(work, "A GAN for Søgaard"), add(work, "Learning with GANs")
            organ, cpp = add(work, "Organ transplants"), add(work, "图神经网络 in C++ for organs")
            alone = add(work, "GAN")
        views = library.views
        assert views.ids_of_title("gan") == [alone]
        assert views.ids_of_title("with gan") == [gans]
        assert views.ids_of_title("a gan") == [gan]
        assert views.ids_of_title("rgan") == [organ, cpp]
        assert views.ids_of_title("organ t") == [organ]
        assert views.ids_of_title("sogaard") == views.ids_of_title("gan for sø") == [gan]
        assert views.ids_of_title("神经") == views.ids_of_title("c++") == [cpp]
        assert views.ids_of_title("zebra") == views.ids_of_title('"') == []


def test_the_first_are_shown_before_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "readlist.db"
    with library_at(path) as library, library.write("add") as work:
        for number in range(250):
            add(work, f"Contrast {number}")
    asked: list[str] = []
    with closing(open_reading(path, 1)) as connection:
        connection.set_trace_callback(asked.append)
        found = search(Views(connection), Search(connection), Wanted(["contrast"], limit=0), TODAY)
        assert len(found.hits.ids) == 250
        begun = len(asked)
        next(found.rows)
        first = len(asked) - begun
        assert len(list(found.rows)) == 249
    assert first and len(asked) - begun > 2 * first


def test_what_is_typed_of_a_title_is_completed_by_its_words_first(tmp_path: Path) -> None:
    path = tmp_path / "readlist.db"
    with library_at(path) as library, library.write("add") as work:
        papers = [add(work, title) for title in ("Organ transplants", "Learning with GANs", "图神经网络", "Ganymede")]
        keys = [work.views.paper(paper, TODAY).key for paper in papers]
    with closing(open_reading(path, 1)) as connection:
        names = Completion(connection, built_in_glossary)

        def offered(typed: str, most: int = 10) -> list[str]:
            return [key for key, _ in names.papers(typed, most)]

        assert set(offered("gan")) == {keys[1], keys[3]}
        assert offered("rgan") == [keys[0]], "a part of a word, where there is nothing else"
        assert offered("with ga") == [keys[1]] and offered("神经") == [keys[2]]
        assert len(offered("gan", 1)) == 1 and offered("zebra") == []
        assert set(offered("")) == set(keys)
