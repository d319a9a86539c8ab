"""Nothing is final: whatever a command did, `rl undo` takes back and `rl redo` does again, byte for byte.

The library is compared as the complete JSON, with the log of what holds: a command that was taken back is not in it.
"""

import io
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.cli import main
from readlist.cli.app import command_line
from readlist.context import Context
from tests.cli.service_world import FIRST, GOOD, LABELS, LATER, SECOND, UNKNOWN, World, entries, rows
from tests.sources.faults import Service, as_json
from tests.sources.test_arxiv import feed

PAGE = """# 句子表征

- [SimCSE: Simple Contrastive Learning](https://arxiv.org/abs/2104.08821) EMNLP 2021 (Citations 219) ✅
    - a note 笔记
- [A Solution of a Very Old Problem](https://example.org/a) #TODO

## 对比学习

- Attention Is All You Need, NIPS 2017
- Deep Residual Learning for Image Recognition
"""
BIB = """@article{vaswani2017attention, title = {Attention Is All You Need}, author = {Vaswani, Ashish}, year = 2017,
  keywords = {survey, 必读}}
@inproceedings{new2020, title = {An Entry That Nobody Knows Yet}, year = 2020, booktitle = {ACL}}
"""

# One of each command that changes the library, on that page: what is done before it, and it.
COMMANDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "add": (("add", "--title", "A Paper That Nobody Wrote", "-t", "new/topic", "--tag", "t", "--no-fetch"),),
    "refresh": (("refresh", "--all"),),
    "import": (("import", "library.bib"),),
    "start": (("start", "2"),),
    "mark-read": (("start", "2"), ("mark-read", "2", "--minutes", "5", "--note", "n", "--summary", "s")),
    "query save": (("query", "save", "work", "tag:x", "or", "status:todo"),),
    "query remove": (("query", "save", "work", "tag:x"), ("query", "remove", "work")),
    "want": (("want", "1", "--pass", "3", "--priority", "high", "--due", "2026-12-24"),),
    "drop": (("drop", "3", "--why", "too old"),),
    "reopen": (("drop", "3", "--why", "too old"), ("reopen", "3")),
    "note": (("note", "1", "one more thought"),),
    "summary": (("summary", "1", "in one sentence"),),
    "edit": (("edit", "1", "title=Another", "venue=", "key=mine", "topics=A/B; C", "tags=x", "doi=10.1000/1"),),
    "remove": (("remove", "1"),),
    "merge": (("merge", "1", "2"),),
    "topic add": (("topic", "add", "New/One", "1"),),
    "topic remove": (("topic", "remove", "对比学习", "--yes"),),
    "topic move": (("topic", "add", "Above"), ("topic", "move", "对比学习", "Above")),
    "topic merge": (("topic", "merge", "对比学习", "句子表征", "--yes"),),
    "topic alias": (("topic", "alias", "对比学习", "cl"),),
    "topic rename": (("topic", "rename", "对比学习", "Contrast"),),
    "tag add": (("tag", "add", "survey", "1"),),
    "tag remove": (("tag", "add", "survey", "1"), ("tag", "remove", "survey", "--yes")),
    "tag rename": (("tag", "add", "survey", "1"), ("tag", "rename", "survey", "review")),
    "venue alias": (("venue", "alias", "EMNLP", "The Methods Conference"),),
    "venue merge": (("venue", "merge", "NeurIPS", "EMNLP", "--yes"),),
    "focus": (("focus", "对比学习"),),
}
# Commands that change no paper, topic or tag; and two that ask services or people and have tests of their own.
OTHERS = frozenset(
    "todo list search show open pdf export report stats log undo redo doctor topic.list tag.list venue.list query.list "
    "config config.list config.set config.unset refs cited-by recommend triage backup restore".split()
)


@dataclass
class Home:
    """A library in a folder, and who asks it."""

    folder: Path
    env: Mapping[str, str]

    def rl(self, *words: str) -> tuple[int, str]:
        """`rl` in this process: exit code, and what it printed."""
        out, err = io.StringIO(), io.StringIO()
        code = main(list(words), Context(self.env, io.StringIO(), out, err))
        assert code != 70, err.getvalue()
        return code, out.getvalue() if code == 0 else err.getvalue()

    def everything(self) -> str:
        code, text = self.rl("export", "--format", "json")
        assert code == 0
        return text


@pytest.fixture(scope="module")
def services() -> Iterator[dict[str, Service]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(Service(UNKNOWN)) for name in LABELS}


@pytest.fixture(scope="module")
def begun(services: dict[str, Service], tmp_path_factory: pytest.TempPathFactory) -> World:
    """A library with the page's papers."""
    world = World(tmp_path_factory.mktemp("begun") / "home", services)
    page = world.home.parent / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    (world.home.parent / "library.bib").write_text(BIB, encoding="utf-8")
    home = Home(world.home, world.env())
    assert home.rl("import", str(page), "--yes")[0] == 0
    return world


@pytest.fixture
def home(begun: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy of it; the services are well. Files are found in the folder of the test."""
    begun.answer(**GOOD)
    folder = Path(shutil.copytree(begun.home, tmp_path / "library"))
    shutil.copy(begun.home.parent / "library.bib", tmp_path)
    monkeypatch.chdir(tmp_path)
    return Home(folder, begun.env() | {"RL_HOME": str(folder), "RL_TODAY": LATER})


def there_and_back(home: Home, words: tuple[str, ...]) -> bool:
    """Run the command, take it back, do it again; whether it changed anything."""
    before = home.everything()
    home.rl(*words)
    after = home.everything()
    if after == before:
        return False
    code, said = home.rl("undo", "--yes")
    assert code == 0, f"{words}: {said}"
    assert home.everything() == before, words
    code, said = home.rl("redo", "--yes")
    assert code == 0, f"{words}: {said}"
    assert home.everything() == after, words
    return True


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_taken_back_and_done_again(home: Home, begun: World, name: str) -> None:
    if name == "refresh":
        begun.answer(arxiv=[feed(*entries()[:1])], s2=[as_json(rows()[:1])])
    *first, last = COMMANDS[name]
    for words in first:
        code, said = home.rl(*words)
        assert code == 0, said
    assert there_and_back(home, last), f"{name} changed nothing"


def test_each_command_that_changes_something_is_among_them() -> None:
    names = set()
    for name, command in command_line().commands.items():
        names |= {f"{name}.{below}" for below in getattr(command, "commands", ())} or {name}
    assert {name.replace(" ", ".") for name in COMMANDS} | OTHERS >= names


PAPERS = st.sampled_from(["1", "2", "3", "4", "5", "6"])
TOPICS = st.sampled_from(["句子表征", "对比学习", "A", "A/B", "b"])
TAGS = st.sampled_from(["survey", "必读", "SURVEY", "x"])
TEXTS = st.sampled_from(["a thought", "另一个想法", "# no heading\n- no item", " "])
FIELDS = st.sampled_from(
    ["title=Another title", "year=1999", "year=", "venue=ICML", "venue=", "authors=A B; C D", "authors=", "key=mine",
     "doi=10.1000/1", "doi=", "arxiv=1810.04805", "topics=A/B; C", "topics=", "tags=x; survey", "tags=",
     "abstract=words", "citations=7"]
)  # fmt: skip
DEEDS: st.SearchStrategy[tuple[str, ...]] = st.one_of(
    st.tuples(st.just("add"), st.just("--title"), st.sampled_from(["One More Paper Here", "Yet Another Paper"]),
              st.just("--no-fetch"), st.just("-t"), TOPICS),
    st.tuples(st.just("add"), st.sampled_from([FIRST, SECOND, "1810.04805"]), st.just("--no-fetch")),
    st.just(("import", "library.bib")),
    st.tuples(st.just("start"), PAPERS),
    st.tuples(st.just("mark-read"), PAPERS, st.just("--pass"), st.sampled_from("123"), st.just("--minutes"),
              st.sampled_from(["5", "90"]), st.just("--then"), st.sampled_from(["1", "2", "3", "done", "drop"]),
              st.just("--note"), TEXTS),
    st.tuples(st.just("want"), PAPERS, st.just("--pass"), st.sampled_from("123"), st.just("--priority"),
              st.sampled_from(["high", "low"]), st.just("--due"), st.sampled_from(["2026-12-01", "2027-01-01"])),
    st.tuples(st.just("drop"), PAPERS, st.just("--why"), TEXTS),
    st.tuples(st.just("reopen"), PAPERS),
    st.tuples(st.just("note"), PAPERS, TEXTS),
    st.tuples(st.just("summary"), PAPERS, TEXTS),
    st.tuples(st.just("edit"), PAPERS, FIELDS, FIELDS),
    st.tuples(st.just("remove"), PAPERS),
    st.tuples(st.just("merge"), PAPERS, PAPERS),
    st.tuples(st.just("topic"), st.sampled_from(["move", "merge", "rename", "alias"]), TOPICS, TOPICS),
    st.tuples(st.just("topic"), st.sampled_from(["add", "remove"]), TOPICS, PAPERS),
    st.tuples(st.just("topic"), st.just("remove"), TOPICS),
    st.tuples(st.just("tag"), st.sampled_from(["add", "remove"]), TAGS, PAPERS),
    st.tuples(st.just("tag"), st.just("rename"), TAGS, TAGS),
    st.tuples(st.just("venue"), st.sampled_from(["merge", "alias"]), st.sampled_from(["EMNLP", "ICML", "NeurIPS"]),
              st.sampled_from(["EMNLP", "ICML", "NIPS"])),
    st.tuples(st.just("focus"), TOPICS),
    st.just(("focus", "--clear")),
)  # fmt: skip


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds=st.lists(DEEDS, min_size=50, max_size=50))
def test_so_is_each_of_fifty_commands_in_any_order(
    home: Home, tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, ...]]
) -> None:
    folder = Path(shutil.copytree(home.folder, tmp_path_factory.mktemp("fifty") / "library"))
    own = Home(folder, {**home.env, "RL_HOME": str(folder)})
    start = own.everything()
    changed = sum(there_and_back(own, words) for words in deeds)
    # In the end all of it at once, and again.
    end = own.everything()
    if changed:
        assert own.rl("undo", str(changed), "--yes")[0] == 0
        assert own.everything() == start
        for _ in range(changed):
            assert own.rl("redo", "--yes")[0] == 0
        assert own.everything() == end
