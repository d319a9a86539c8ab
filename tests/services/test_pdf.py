"""Where a paper's page and PDF are, and what its file is called."""

import os
import re
import unicodedata
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.domain.metadata import Link
from readlist.domain.paper import Paper
from readlist.services.pdf import file_name, here, page, places

KEYS = st.text(st.characters(), max_size=400) | st.text("aAbBß./\\:~+-_ \0ée\u0301", max_size=12)
ARXIV = "https://arxiv.org/pdf/2104.08821"


def a_paper(**fields: Any) -> Paper:
    given = {"id": 3, "key": "gao2021simcse", "kind": "paper", "title": "SimCSE", "added": "", "changed": ""}
    return Paper(**{**given, "status": "todo", **fields})


# -- names of files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["gao2021simcse", "苏剑林2021中文", "muller2020second", "a.b-c_d+e", "x" * 100, "müller2020", "paper1"]
)
def test_a_plain_key_is_the_name_of_its_file(key: str) -> None:
    assert file_name(key) == f"{key}.pdf"


@pytest.mark.parametrize(
    ("key", "begins"),
    [
        ("arxiv:2303.08774", "arxiv_2303.08774~"),
        ("doi:10.1/a/b", "doi_10.1_a_b~"),
        ("hep-th/9901001", "hep-th_9901001~"),
        ("DBLP:conf/emnlp/GaoYC21", "dblp_conf_emnlp_gaoyc21~"),
        ("../../x", "x~"),
        ("/etc/passwd", "etc_passwd~"),
        ("..", "paper~"),
        ("", "paper~"),
        (".hidden", "hidden~"),
        ("-rf", "rf~"),
        ("con", "_con~"),
        ("LPT1.x", "_lpt1.x~"),
        ("x" * 300, "x" * 100 + "~"),
        ("文" * 300, "文" * 33 + "~"),
    ],
)
def test_any_other_key_is_recognised_in_the_name(key: str, begins: str) -> None:
    assert re.fullmatch(re.escape(begins) + r"[0-9a-f]{12}\.pdf", file_name(key)), file_name(key)


@given(KEYS)
@example("con")
@example("con.tar")
@example("..")
@example("a" * 255)
@example("\ud800")
def test_a_file_stays_in_its_folder(key: str) -> None:
    name = file_name(key)
    folder = Path("/home/me/readlist/pdf")
    assert Path(os.path.normpath(folder / name)).parent == folder
    assert PureWindowsPath("C:/pdf", name).parent == PureWindowsPath("C:/pdf")
    assert name.endswith(".pdf") and name[0] not in ".-~ "
    assert len(name.encode()) + len("..12345678.part") <= 143
    assert name.isprintable() and not set(name) & set('/\\:*?"<>| ')
    assert name.partition(".")[0] not in ("con", "prn", "aux", "nul", "com1", "lpt1")


@given(KEYS, KEYS)
@example("Gao2021", "gao2021")
@example("ﬁx", "fix")
@example("é", "e\u0301")
@example("a:b", "a_b")
@example("x" * 150, "x" * 151)
def test_two_keys_have_two_files_even_where_case_does_not_count(one: str, other: str) -> None:
    if one == other:
        return
    first, second = (unicodedata.normalize("NFC", file_name(key)).casefold() for key in (one, other))
    assert first != second
    assert file_name(one) != file_name(f"{one}.pdf")


# -- where it is -------------------------------------------------------------------------------------------------------


def pdf(*urls: str) -> tuple[Link, ...]:
    return tuple(Link("pdf", url) for url in urls)


PLACES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"identifiers": {"doi": "10.1/x", "s2": "0" * 40, "corpus": "17"}}, []),
    ({"identifiers": {"arxiv": "2104.08821"}}, [ARXIV]),
    ({"identifiers": {"arxiv": "hep-th/9901001"}}, ["https://arxiv.org/pdf/hep-th/9901001"]),
    ({"identifiers": {"acl": "2021.emnlp-main.552"}}, ["https://aclanthology.org/2021.emnlp-main.552.pdf"]),
    ({"identifiers": {"openreview": "AbCd-12_x"}}, ["https://openreview.net/pdf?id=AbCd-12_x"]),
    (
        {"identifiers": {"acl": "P17-1061", "arxiv": "2104.08821"}, "links": pdf("https://x.org/a")},
        [ARXIV, "https://aclanthology.org/P17-1061.pdf", "https://x.org/a"],
    ),
    (
        {
            "identifiers": {"arxiv": "2104.08821"},
            "links": pdf("http://arxiv.org/pdf/2104.08821v2", "https://www.alphaxiv.org/abs/2104.08821", ARXIV),
        },
        [ARXIV],
    ),
    ({"links": (Link("slides", "https://x.org/s.pdf"), *pdf("https://x.org/b", "https://x.org/a"))},
     ["https://x.org/b", "https://x.org/a"]),
    ({"url": "https://x.org/a.PDF?b=1", "links": pdf("https://x.org/b")},
     ["https://x.org/a.PDF?b=1", "https://x.org/b"]),
    ({"url": "https://x.org/a"}, []),
    ({"links": pdf("file:///etc/passwd", "javascript:alert(1)", "ftp://x.org/a.pdf", "https://x.org/\x1b[1m", "")}, []),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "wanted"), PLACES)
def test_where_a_pdf_is_looked_for(fields: dict[str, Any], wanted: list[str]) -> None:
    assert places(a_paper(**fields)) == wanted


PAGES: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    ({"url": "https://x.org/a", "identifiers": {"arxiv": "2104.08821"}}, "https://x.org/a"),
    ({"identifiers": {"arxiv": "2104.08821"}}, "https://arxiv.org/abs/2104.08821"),
    ({"url": "javascript:alert(1)", "identifiers": {"acl": "P17-1061"}}, "https://aclanthology.org/P17-1061"),
    ({"url": "file:///etc/passwd"}, None),
    ({"url": "data:text/html,x", "links": (Link("other", "file:///x"), Link("code", "https://x.org/c"))},
     "https://x.org/c"),
    ({"url": "https://x.org/ a"}, None),
    ({"url": "https:///x"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "wanted"), PAGES)
def test_the_page_of_a_paper_is_of_the_web(fields: dict[str, Any], wanted: str | None) -> None:
    assert page(a_paper(**fields)) == wanted


def test_a_pdf_from_before_the_title_was_known_takes_the_keys_name(tmp_path: Path) -> None:
    folder = tmp_path / "pdf"
    folder.mkdir()
    known = a_paper(identifiers={"arxiv": "2104.08821", "doi": "10.1/x"})
    before = a_paper(key="arxiv:2104.08821", identifiers=known.identifiers)
    (folder / file_name(before.key)).write_bytes(b"%PDF-")
    found = here(folder, before)
    assert found and found.path == folder / file_name(before.key)
    found = here(folder, known)
    assert found and (found.path, found.size) == (folder / "gao2021simcse.pdf", 5)
    assert [path.name for path in folder.iterdir()] == ["gao2021simcse.pdf"]
    (folder / file_name(before.key)).write_bytes(b"%PDF-other")
    found = here(folder, known)
    assert found and found.size == 5, "what stands under the key is not replaced"
