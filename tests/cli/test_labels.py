"""Topics, tags and venues: a tree that can be rearranged without losing a paper or a note."""

from typing import Any

import pytest

from tests.cli.helpers import papers, refused
from tests.conftest import Rl

pytestmark = pytest.mark.usefixtures("made")

PAGE = """# NLP

Notes on the whole field.

## Contrastive

The idea of the topic.

- [First Paper](https://arxiv.org/abs/2104.08821), NIPS 2020 #TODO
- [Second Paper](https://arxiv.org/abs/2007.00224), NeurIPS 2021 ✅

## Generation

- [Third Paper](https://arxiv.org/abs/2010.04592), ACL 2021 #TODO
"""


@pytest.fixture
def rl(inside: Rl) -> Rl:
    """Three papers under NLP/Contrastive and NLP/Generation."""
    inside("import", "-", input=PAGE, check=True)
    return inside


def topics(rl: Rl) -> dict[str, dict[str, Any]]:
    return {it["path"]: it for it in rl("topic", "list", "--json", check=True).json()["data"]["topics"]}


def under(rl: Rl, topic: str) -> list[str]:
    return [it["title"].split()[0] for it in papers(rl, "-t", topic)]


def test_a_topic_is_found_by_any_part(rl: Rl) -> None:
    assert under(rl, "contrast") == under(rl, "CONTRASTIVE") == under(rl, "nlp/contrastive") == ["First", "Second"]
    assert under(rl, "NLP") == ["First", "Second", "Third"], "all topics below it count"
    rl("topic", "alias", "Contrastive", "对比学习", check=True)
    assert under(rl, "对比") == ["First", "Second"]
    assert topics(rl)["NLP/Contrastive"]["aliases"] == ["对比学习"]
    again = rl("topic", "alias", "Contrastive", "对比学习", check=True)
    assert "already" in again.err


def test_papers_go_in_and_out(rl: Rl) -> None:
    rl("topic", "add", "NLP/Old/Deep", "1", "3", check=True)
    assert under(rl, "old") == ["First", "Third"]
    rl("topic", "remove", "Deep", "1", check=True)
    assert under(rl, "Deep") == ["Third"] and under(rl, "contrastive") == ["First", "Second"]


def test_moving(rl: Rl) -> None:
    rl("topic", "move", "Contrastive", "/", check=True)
    assert set(topics(rl)) == {"NLP", "NLP/Generation", "Contrastive"}
    assert under(rl, "NLP") == ["Third"]
    rl("topic", "move", "Contrastive", "NLP/Generation", check=True)
    assert "NLP/Generation/Contrastive" in topics(rl) and under(rl, "Generation") == ["First", "Second", "Third"]
    for above, below in (("NLP", "NLP"), ("NLP", "Contrastive"), ("Generation", "NLP/Generation/Contrastive")):
        refused(rl, "topic", "move", above, below, code=2, says="below itself")


def test_renaming(rl: Rl) -> None:
    before = rl("topic", "rename", "Generation", "生成", "--json", check=True).json()["data"]
    assert (before["before"], before["topic"]) == ("NLP/Generation", "NLP/生成")
    assert under(rl, "生成") == ["Third"]
    refused(rl, "topic", "rename", "Contrastive", "生成", code=2, says="already|there is", hint="merge")
    rl("topic", "rename", "Contrastive", "contrastive", check=True)
    assert "NLP/contrastive" in topics(rl), "a name may change its case"


def test_merging_keeps_papers_notes_and_the_name(rl: Rl) -> None:
    rl("topic", "merge", "Contrastive", "Generation", check=True)
    assert set(topics(rl)) == {"NLP", "NLP/Generation"}
    assert under(rl, "Generation") == ["First", "Second", "Third"]
    assert under(rl, "contrastive") == ["First", "Second", "Third"], "the first name is an alias"
    refused(rl, "topic", "merge", "NLP", "Generation", "--yes", code=2, says="below")


def test_removing_keeps_the_papers(rl: Rl) -> None:
    count = len(papers(rl))
    refused(rl, "topic", "remove", "NLP", code=2, says="3 papers", hint="--yes")
    rl("topic", "remove", "NLP", "--yes", check=True)
    assert len(papers(rl)) == count and topics(rl) == {}
    assert all(it["topics"] == [] for it in papers(rl))


def test_importing_the_page_again_respects_the_tree(rl: Rl) -> None:
    rl("topic", "alias", "Contrastive", "CL", check=True)
    rl("import", "-", input=PAGE, check=True)
    assert set(topics(rl)) == {"NLP", "NLP/Contrastive", "NLP/Generation"}


def test_tags(rl: Rl) -> None:
    rl("tag", "add", "#survey", "1", "2", check=True)
    rl("tag", "add", "Survey", "1", check=True)
    found = rl("tag", "list", "--json", check=True).json()["data"]["tags"]
    assert found == [{"name": "survey", "papers": 2, "read": 1}], "a tag is the same in any case, with or without #"
    rl("tag", "add", "review", "3", check=True)
    rl("tag", "rename", "survey", "review", check=True)
    assert [it["id"] for it in papers(rl, "--tag", "review")] == [1, 2, 3], "the two tags are one"
    assert papers(rl, "--tag", "#Review") == papers(rl, "--tag", "review")
    rl("tag", "remove", "review", "1", check=True)
    rl("tag", "remove", "review", check=True)
    assert rl("tag", "list", "--json", check=True).json()["data"]["total"] == 0 and len(papers(rl)) == 3


def test_venues(rl: Rl) -> None:
    assert [it["venue"] for it in papers(rl)] == ["NeurIPS", "NeurIPS", "ACL"], "NIPS is NeurIPS"
    assert len(papers(rl, "--venue", "nips")) == 2
    rl("venue", "alias", "NeurIPS", "神经信息处理系统大会", check=True)
    rl("import", "-", input="- [Fourth Paper](https://arxiv.org/abs/2006.03659), ACL 2021 ✅\n", check=True)
    assert len(papers(rl, "--venue", "神经信息处理系统大会")) == 2
    rl("venue", "merge", "ACL", "NeurIPS", check=True)
    assert {it["venue"] for it in papers(rl)} == {"NeurIPS"}
    assert len(papers(rl, "--venue", "ACL")) == 4, "the first name is an alias"


def test_a_spelling_that_is_a_venue_of_its_own_is_joined_only_after_a_question(rl: Rl) -> None:
    rl("import", "-", input="- [Fourth Paper](https://arxiv.org/abs/2006.03659), NeurIPS 2019\n", check=True)
    says = r"make NeurIPS a part of ACL \(3 papers\)"
    refused(rl, "venue", "alias", "ACL", "neurips", code=2, says=says, hint="--yes")
    refused(rl, "venue", "merge", "NEURIPS", "acl", code=2, says=says, hint="--yes")
    done = rl("venue", "alias", "ACL", "neurips", "--yes", "--json", check=True)
    assert done.json()["data"]["moved"] == 3 and "NeurIPS is a part of ACL now: 3 papers more" in done.err
    assert {it["venue"] for it in papers(rl)} == {"ACL"}


def test_a_venue_is_not_joined_with_itself(rl: Rl) -> None:
    before = rl("venue", "list", check=True).out
    assert "meant NeurIPS already" in rl("venue", "alias", "NeurIPS", "neurips", check=True).err
    assert "one venue already" in rl("venue", "merge", "NeurIPS", "neurips", check=True).err
    refused(rl, "venue", "merge", "NeurIPS", "Nowhere", code=3, says="there is no venue 'Nowhere'", hint="venue list")
    assert rl("venue", "list", check=True).out == before
