"""Where a title ends: Chinese words behind an English title, addresses in mid-line, titles half in strong text."""

import pytest

from readlist.domain import venues
from readlist.importers.lines._people import is_name, names
from tests.importers.reading import only, titles

TITLE = "Deep Words of Real Wisdom"


@pytest.mark.parametrize("name", ["何向南", "欧阳修", "王强", "周有光", "范徐丽泰", "約書亞·本吉奧", "張三豐", "逯彦"])
def test_a_chinese_name_begins_with_a_surname(name: str) -> None:
    assert is_name(name, short=True)


@pytest.mark.parametrize(
    "word", ["看了两遍", "阅读笔记", "只看了摘要", "已读", "安全", "方法论", "经典", "第五遍", "文章很好", "张量", "好"]
)
def test_chinese_words_are_no_names(word: str) -> None:
    assert not is_name(word, short=True)


def test_what_stands_around_may_say_that_a_name_is_one() -> None:
    assert names("机器之心等") == ["机器之心"]
    assert names("机器之心", short=True) is None


@pytest.mark.parametrize(
    ("line", "authors", "venue", "year", "notes"),
    [
        ("TITLE（微软）", (), None, None, ("微软",)),
        ("TITLE（经典，必读）", (), None, None, ("经典，必读",)),
        ("TITLE，第二篇必读", (), None, None, ("第二篇必读",)),
        ("TITLE——第二篇必读", (), None, None, ("第二篇必读",)),
        ("TITLE（NeurIPS 2023，华盛顿大学，CCF-A）", (), "NeurIPS", 2023, ("华盛顿大学, CCF-A",)),
        ("TITLE（SIGIR’17）—— 何向南、Tat-Seng Chua", ("何向南", "Tat-Seng Chua"), "SIGIR", 2017, ()),
        ("TITLE（何向南等，SIGIR 2017）", ("何向南",), "SIGIR", 2017, ()),
        ("TITLE（何向南）", ("何向南",), None, None, ()),
        ("TITLE, ICML 2020（必读）", (), "ICML", 2020, ("必读",)),
        ("《TITLE》 只看了摘要", (), None, None, ("只看了摘要",)),
        ("《TITLE》 何向南", ("何向南",), None, None, ()),
        ("[TITLE](https://arxiv.org/abs/2001.00001)（ICML 2020，微软）", (), "ICML", 2020, ("微软",)),
    ],
)
def test_an_english_title_does_not_go_on_in_chinese(
    line: str, authors: tuple[str, ...], venue: str | None, year: int | None, notes: tuple[str, ...]
) -> None:
    entry = only(f"# Papers\n- {line.replace('TITLE', TITLE)}\n")
    found = entry.metadata
    assert (found.title, found.authors, found.venue, found.year) == (TITLE, authors, venue, year)
    assert entry.notes == notes


@pytest.mark.parametrize(
    "line",
    [
        "BERT、GPT与Transformer的综述，写得很好",
        "We train the net on their data（微软）。然后再测试，结果很好，但是太慢。",
        "Word embeddings，词向量",
        "Named Entity Recognition（命名实体识别）",
        "Graph Neural Networks，图神经网络",
        "Models that are based on nets，效果更好",
    ],
)
def test_chinese_behind_other_english_words_makes_no_paper(line: str) -> None:
    assert titles(f"# Papers\n- {line}\n") == []


@pytest.mark.parametrize(
    ("behind", "venue", "notes"),
    [
        (" ， 这个是利用 capsule 做的工作", None, ("这个是利用 capsule 做的工作",)),
        (" 阿里的经典工作", None, ("阿里的经典工作",)),
        (" - ICLR 2018 - great", "ICLR", ("great",)),
        (" (ICLR 2018)", "ICLR", ()),
    ],
)
@pytest.mark.parametrize(
    "address", [" ADDRESS", " (ADDRESS)", " [pdf](ADDRESS)", " 【[论文](ADDRESS)】【[代码](https://github.com/a/b)】"]
)
def test_a_title_ends_where_its_address_stands(
    address: str, behind: str, venue: str | None, notes: tuple[str, ...]
) -> None:
    entry = only(f"# L\n- {TITLE}{address.replace('ADDRESS', 'https://arxiv.org/abs/2001.00001')}{behind}\n")
    assert (entry.metadata.title, entry.metadata.venue, entry.notes) == (TITLE, venue, notes)
    assert entry.metadata.identifiers == {"arxiv": "2001.00001"}


def test_what_leads_to_a_title_does_not_end_it() -> None:
    entry = only("- Lee et al. Deep words of wisdom. https://arxiv.org/abs/2001.00001 ICLR 2018\n")
    assert (entry.metadata.title, entry.metadata.authors) == ("Deep words of wisdom", ("Lee",))


@pytest.mark.parametrize(
    ("line", "title", "notes"),
    [
        ("**Deep Words** for Real Wisdom, ICML 2020", "Deep Words for Real Wisdom", ()),
        ("**Deep Words** in High Wisdom, ICML 2020", "Deep Words in High Wisdom", ()),
        ("**Deep Words**: A Strong Wisdom Model，ICML 2020", "Deep Words: A Strong Wisdom Model", ()),
        ("**Deep Words**: 效果很好，值得复现，ICML 2020", "Deep Words", ("效果很好, 值得复现",)),
        ("**Deep Words** for wise machines, ICML 2020", "Deep Words", ("for wise machines",)),
        ("**Deep Words of Wisdom** by Ann Lee, ICML 2020", "Deep Words of Wisdom", ()),
        ("**Deep Words of Wisdom** in ICML 2020", "Deep Words of Wisdom", ()),
    ],
)
def test_a_title_of_which_the_first_words_are_strong(line: str, title: str, notes: tuple[str, ...]) -> None:
    entry = only(f"# Papers\n- {line}\n")
    assert (entry.metadata.title, entry.metadata.year, entry.notes) == (title, 2020, notes)


@pytest.mark.parametrize(
    ("line", "venue", "year"),
    [
        ("TITLE (ICLR2021_spotlight)", "ICLR", 2021),
        ("TITLE (CVPR2020-oral)", "CVPR", 2020),
        ("[NIPS 2014 Deep Learning Workshop] TITLE", "NeurIPS Deep Learning Workshop", 2014),
        ("［NeurIPS 2023］TITLE", "NeurIPS", 2023),
        ("「NeurIPS 2023」TITLE", "NeurIPS", 2023),
        ("TITLE〔NeurIPS 2023〕", "NeurIPS", 2023),
        ("TITLE（NeurIPS２０２３）", "NeurIPS", 2023),
        ("TITLE，計算機學報，2020", "计算机学报", 2020),
        ("TITLE（太原理工大学学报 2001）", "太原理工大学学报", 2001),
    ],
)
def test_ways_to_write_place_and_year(line: str, venue: str, year: int) -> None:
    found = only(f"# Papers\n- {line.replace('TITLE', TITLE)}\n").metadata
    assert (found.title, found.venue, found.year) == (TITLE, venue, year)
    assert venue != "计算机学报" or venues.is_journal(venue)


def test_a_quoted_word_in_front_is_part_of_the_title() -> None:
    assert titles("# Papers\n- 「深度」学习的智慧之言，软件学报 2020\n") == ["「深度」学习的智慧之言"]


@pytest.mark.parametrize(
    ("line", "title", "authors", "year"),
    [
        ("张和生，智慧之言的理论［D］．太原：太原理工大学，1998．", "智慧之言的理论", ("张和生",), 1998),
        ("袁庆龙，候文义．智慧之言的理论[Ｊ]．太原理工大学学报，2001，32(1)：51-53.", "智慧之言的理论",
         ("袁庆龙", "候文义"), 2001),
        ("DES MARAIS D J, STRAUSS H , LEE R E, et al. Deep words of wisdom [J]. Nature, 1992,359:605-609.",
         "Deep words of wisdom", ("D. J. DES MARAIS", "H. STRAUSS", "R. E. LEE"), 1992),
        ("智慧之言的综述. 吴博, 梁循, 张树森. 计算机学报, 2022", "智慧之言的综述", ("吴博", "梁循", "张树森"), 2022),
        ("智慧之言的综述．吴博，梁循．计算机学报，2022", "智慧之言的综述", ("吴博", "梁循"), 2022),
    ],
)  # fmt: skip
def test_chinese_bibliographies_with_other_signs(line: str, title: str, authors: tuple[str, ...], year: int) -> None:
    found = only(f"- {line}\n").metadata
    assert (found.title, found.authors, found.year) == (title, authors, year)


@pytest.mark.parametrize(("said", "count"), [("引用次數：12,345", 12345), ("被引次數 12", 12), ("引用 1.2萬", 12000)])
def test_counts_in_traditional_characters(said: str, count: int) -> None:
    found = only(f"- {TITLE}（{said}）\n").metadata
    assert (found.title, found.citations) == (TITLE, count)


ARXIV = "https://arxiv.org/abs/2001.00001"


@pytest.mark.parametrize(
    ("line", "authors", "venue", "year", "notes"),
    [
        # separators
        ("TITLE · Lee et al. · 2024 · ADDRESS", ("Lee",), None, 2024, ()),
        ("TITLE - Lee, Chan, Dow (NeurIPS 2020) ADDRESS", ("Lee", "Chan", "Dow"), "NeurIPS", 2020, ()),
        ("[TITLE (2019) - Lee, Chan and Dow](ADDRESS)", ("Lee", "Chan", "Dow"), None, 2019, ()),
        ("[TITLE - ICML'16 Best Paper Award](ADDRESS)", (), "ICML", 2016, ()),
        ('"TITLE", Lee & Chan, ADDRESS', ("Lee", "Chan"), None, None, ()),
        ("*TITLE*, Lee et al. (2023) — [PDF](ADDRESS)", ("Lee",), None, 2023, ()),
        # the address in front
        ("[arXiv:2001.00001](ADDRESS) TITLE", (), None, None, ()),
        ("[2001.00001](ADDRESS): TITLE", (), None, None, ()),
        # who wrote it when, as the text of the last link
        ("TITLE. [Lee et al (1975)](ADDRESS).", ("Lee",), None, 1975, ()),
        ("**TITLE**. [Lee, Chan (1975)](ADDRESS)", ("Lee", "Chan"), None, 1975, ()),
        # a name in front
        ('**WDN**: "TITLE", ICCV, 2021. [[Paper](ADDRESS)]', (), "ICCV", 2021, ("WDN",)),
        ('**Lee & Chan** — "TITLE" [[Paper](ADDRESS)]', ("Lee", "Chan"), None, None, ()),
        # places by their form alone
        ("[TITLE](ADDRESS) <kbd>TITS 2021</kbd> [words]", (), "TITS", 2021, ("words",)),
        ("**TITLE** IEEE SPM 2017. [paper](ADDRESS)", (), "IEEE SPM", 2017, ()),
        ("TITLE, bioRxiv 2021, ADDRESS", (), "bioRxiv", 2021, ()),
        ("TITLE (ADDRESS, ICLR 2018)", (), "ICLR", 2018, ()),
        ("TITLE (ICLR 2018, ADDRESS, oral)", (), "ICLR", 2018, ("oral",)),
    ],
)
def test_ways_to_name_people_place_and_year(
    line: str, authors: tuple[str, ...], venue: str | None, year: int | None, notes: tuple[str, ...]
) -> None:
    entry = only(f"- {line.replace('TITLE', TITLE).replace('ADDRESS', ARXIV)}\n")
    found = entry.metadata
    assert (found.title, found.authors, found.venue, found.year) == (TITLE, authors, venue, year)
    assert (found.identifiers, entry.notes) == ({"arxiv": "2001.00001"}, notes)


def test_what_certain_people_wrote_may_have_a_short_title() -> None:
    found = only("- Lee et al., [WDN](https://aclanthology.org/N19-1423/), NAACL 2019\n").metadata
    assert (found.title, found.authors, found.year) == ("WDN", ("Lee",), 2019)


def test_a_system_in_brackets_in_front_is_a_tag() -> None:
    entry = only(f"- **[WD-N]** {TITLE} | Ann Lee, Bo Chan | **[CVPR' 14]** |[pdf]({ARXIV})\n")
    assert (entry.metadata.title, entry.metadata.authors, entry.metadata.year, entry.tags) == (
        TITLE, ("Ann Lee", "Bo Chan"), 2014, ("WD-N",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "year", "count"),
    [
        ("ICCV 2017, cited by 9000", 2017, 9000),
        ("(NeurIPS 2017, cited by 1200)", 2017, 1200),
        ("1,200 cited", None, 1200),
    ],
)
def test_a_year_before_cited_by_is_no_count(said: str, year: int | None, count: int) -> None:
    found = only(f"- {TITLE}, {said}\n").metadata
    assert (found.title, found.year, found.citations) == (TITLE, year, count)


@pytest.mark.parametrize(
    ("listed", "people"),
    [
        ("Lee, Ann M and Chan, Bo and others", ["Ann M Lee", "Bo Chan"]),
        ("Lee, Ann and Chan, Bo", ["Ann Lee", "Bo Chan"]),
        ("Ann Lee, Bo Chan and Cyd Dow", ["Ann Lee", "Bo Chan", "Cyd Dow"]),
        ("Image, Text and Video, Speech", None),
    ],
)
def test_lists_of_people(listed: str, people: list[str] | None) -> None:
    assert names(listed) == people


def test_of_a_citation_only_the_first_author_is_inverted_and_what_follows_is_a_note() -> None:
    who, where = "Hinton, Geoffrey E., Ann Lee, and Bo Chan", "Neural words 18.7 (2006): 1-5"
    entry = only(f'- {who}. "**{TITLE}**." {where}. [pdf]({ARXIV}) (A start)\n')
    assert entry.metadata.authors == ("Geoffrey E. Hinton", "Ann Lee", "Bo Chan")
    assert (entry.metadata.title, entry.metadata.year, entry.notes) == (TITLE, 2006, ("A start",))


def test_strong_words_without_anything_that_only_a_paper_has_are_notes() -> None:
    assert titles("# Papers\n- **Key Idea**: Use Attention Instead Of Recurrence\n") == []
