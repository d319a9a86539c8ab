"""What is known of the services without loading them is what they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.identifiers import SCHEMES
from readlist.settings import load as load_settings
from readlist.sources import SOURCES, load
from readlist.sources._http import Http
from readlist.sources.named import NAMED


@given(st.dictionaries(st.sampled_from(SCHEMES), st.sampled_from(["2104.08821", "10.1/x"])))
def test_each_service_refers_to_papers_as_its_name_says(identifiers: dict[str, str]) -> None:
    settings = load_settings({"RL_HOME": "/nowhere", "RL_CONFIG": "/nowhere/none"}, {})
    sources = [load(name, settings, Http(settings, sleep=lambda _: None, notice=lambda _: None)) for name in SOURCES]
    assert [it.name for it in sources] == [it.name for it in NAMED]
    assert [it.reference(identifiers) for it in sources] == [it.reference(identifiers) for it in NAMED]
