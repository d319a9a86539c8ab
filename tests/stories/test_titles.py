"""A page of papers known by their titles, and a service that answers each with its nearest one, right or wrong."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from readlist.domain.text import fold
from tests.replay import Replay, at_home, replayed
from tests.shared import shared

LEAST = 65  # of 99: the others are not among the recorded papers
SPELT_OTHERWISE = {"alighment": "Alignment and Uniformity", "Complexit": "Linear Complexity"}
RENAMED = {
    "Orthogonal Basis": "Zero-training Sentence Embedding",
    "Poisson Stochastic Beam": "Conditional Poisson Stochastic Beams",
    "Sample Efficient Model Evaluation": "Active Testing",
}

Papers = dict[int, dict[str, Any]]


def rl(env: dict[str, str], *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "readlist", *words, "--json"], env=env, capture_output=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout)["data"]


class Story:
    """The page imported, its titles looked for: the library before and after, and what `rl` said."""

    def __init__(self, home: Path, replay: Replay) -> None:
        env = at_home(home, replay)
        rl(env, "import", str(next(shared("seeds").glob("000_*.txt"))))
        self.before = self._papers(env)
        self.said = rl(env, "refresh", "--resolve")
        self.again = rl(env, "refresh", "--resolve")
        self.after = self._papers(env)
        labels = json.loads(shared("seeds/000_gold.json").read_text(encoding="utf-8"))
        titles = {fold(it["title"]): it["title"] for it in labels if it["kind"] == "paper"}
        folded = {fold(paper["title"]): i for i, paper in self.before.items()}
        self.page = {folded[key]: title for key, title in titles.items() if key in folded}

    @staticmethod
    def _papers(env: dict[str, str]) -> Papers:
        return {paper["id"]: paper for paper in rl(env, "list", "--limit", "0")["papers"]}

    def of(self, part: str) -> int:
        """The paper of the page whose title holds `part`."""
        [found] = [i for i, title in self.page.items() if part in title]
        return found


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    with replayed("--meta") as replay:
        return Story(tmp_path_factory.mktemp("titles"), replay)


def test_most_papers_of_the_page_are_identified(story: Story) -> None:
    assert len(story.page) > 95
    assert sum(bool(story.after[i]["identifiers"]) for i in story.page) >= LEAST


def test_no_paper_is_taken_for_another(story: Story) -> None:
    taken = {it["id"]: story.after[it["id"]]["title"] for it in story.said["resolved"]}
    spelt = {story.of(part): title for part, title in SPELT_OTHERWISE.items()}
    for i, title in taken.items():
        if i in spelt:
            assert spelt[i] in title
        else:
            assert fold(title) == fold(story.before[i]["title"])
    assert spelt.keys() <= taken.keys()


def test_papers_that_were_published_under_another_title_are_offered(story: Story) -> None:
    unsure = {it["id"]: it["candidates"] for it in story.said["unsure"]}
    for part, title in RENAMED.items():
        candidates = unsure[story.of(part)]
        [offered] = [it for it in candidates if title in it["title"]]
        assert offered["for"]
        assert offered["against"]


def test_what_was_not_found_is_as_it_was(story: Story) -> None:
    for it in story.said["unsure"]:
        assert story.after[it["id"]] == story.before[it["id"]]


def test_what_was_looked_for_in_vain_is_not_asked_for_again_at_once(story: Story) -> None:
    assert story.again["total"] == 0
