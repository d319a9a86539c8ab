"""A file without a paper in it is told as that, not as papers of which none is new."""

import pytest

from tests.conftest import Rl


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_no_paper_was_found(inside: Rl, options: tuple[str, ...]) -> None:
    done = inside("import", "-", *options, input="# A topic\n\nA few words of mine.\n", check=True)
    assert "no paper was found" in done.err and "as before" not in done.err
    assert inside("import", "-", *options, "--json", input="# A topic\n", check=True).json()["data"]["papers"] == []


@pytest.mark.usefixtures("made")
def test_lines_that_say_nothing_are_listed_on_demand(inside: Rl) -> None:
    table_of_contents = "- [Papers](#papers)\n- [Books](#books)\n\n[Back to top](#top)\n"
    done = inside("import", "-", input=table_of_contents, check=True)
    assert "no paper was found; `--dry-run` lists the lines" in done.err
    assert "line 1" in inside("import", "-", "--dry-run", input=table_of_contents, check=True).out
