"""`rl import --format`: the user's word on what a file is outranks what it looks like."""

from pathlib import Path

import pytest

from tests.cli.helpers import papers, refused
from tests.conftest import Rl

BIB = "We read these:\n\n- [ ] @article\n\n@article{gao, title={A Paper}, author={Gao, T.}, year={2021}}\n"


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("file", ["list.md", "-"])
def test_a_file_is_read_as_what_it_is_said_to_be(inside: Rl, tmp_path: Path, file: str) -> None:
    (tmp_path / "list.md").write_text(BIB, "utf-8")
    done = inside("import", file, "--format", "bibtex", "--json", input=BIB, check=True).json()["data"]
    assert done["files"][0]["format"] == "bibtex" and sum(done["files"][0]["lines"].values()) == 5
    (found,) = papers(inside)
    assert (found["key"], found["title"], found["year"]) == ("gao", "A Paper", 2021)


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("format", ["markdown", "bibtex", "csl-json", "ris", "csv", "json", "html"])
def test_what_rl_export_writes_is_read_as_what_it_is(inside: Rl, tmp_path: Path, format: str) -> None:
    inside("add", "--title", "A Paper of Some Length", "--no-fetch", check=True)
    inside("export", "--format", format, "-o", "out", check=True)
    said = inside("import", "out", "--format", format, "--json", check=True).json()["data"]
    assert said["created"] == 0 and said["papers"] == [1]


@pytest.mark.usefixtures("made")
def test_a_format_that_there_is_not(inside: Rl) -> None:
    refused(inside, "import", "x", "--format", "bibtx", code=2, says="--format cannot be 'bibtx'", hint="bibtex")
    refused(inside, "import", "-", "--format", "csv", code=5, says="no column of titles", input="- a list\n")
