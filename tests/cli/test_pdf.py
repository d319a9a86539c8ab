"""`rl pdf` and `rl open`: the paper itself, whole or not at all, and nothing opened but pages of the web and PDFs."""

import contextlib
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from readlist.cli import reference, shapes
from tests.cli.helpers import Screen, assert_explained, environment
from tests.conftest import TODAY, Result, Rl
from tests.sources.faults import HTML, Reply, Service, nobody

PDF = b"%PDF-1.5\n" + b"x" * 150_000 + b"\n%%EOF\n"
FILE = Reply(200, PDF, {"Content-Type": "application/pdf"})
MISSING = Reply(404, "none")
WITHOUT = "- A Telling Paper of Things, Ada Müller, ACL 2020 #TODO\n"

Serve = Callable[..., Service]
OnList = Callable[..., Path]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a service with the replies given."""
    with ExitStack() as stack:
        yield lambda *replies: stack.enter_context(Service(*replies))


@pytest.fixture
def on_list(rl: Rl, made: Path, tmp_path: Path) -> OnList:
    """Puts a paper on the list for each tuple of addresses of its PDF: 1, 2 …; the folder that their PDFs get into."""
    words = "Telling Other Third Fourth Fifth".split()

    def put(*papers: tuple[str, ...]) -> Path:
        lines = [
            f"- A {word} Paper of Things, Ada Müller, ACL 2020 {' '.join(f'[pdf]({url})' for url in urls)} #TODO\n"
            for word, urls in zip(words, papers, strict=False)
        ]
        (tmp_path / "page.md").write_text("".join(lines), "utf-8")
        rl("import", "page.md", check=True)
        return made.parent / "pdf"

    return put


def has_key(made: Path, paper_id: int, key: str) -> None:
    """Gives a paper a key as a bibliography may have it."""
    with contextlib.closing(sqlite3.connect(made)) as library, library:
        library.execute("update papers set key = ? where id = ?", (key, paper_id))


def promised(result: Result, command: str) -> Any:
    """The `data` of the document, which has the shape that is promised."""
    data = result.json()["data"]
    return reference.adapter(shapes.DATA[command], closed=True).validate_python(data)


# -- rl pdf ------------------------------------------------------------------------------------------------------------


def test_the_path_of_the_pdf_is_what_is_printed(rl: Rl, on_list: OnList, serve: Serve) -> None:
    server = serve(FILE)
    folder = on_list((f"{server.url}/a.pdf",))
    result = rl("pdf", "muller2020telling", check=True)
    assert result.out == f"{folder / 'muller2020telling.pdf'}\n"
    assert "0.2 MB" in result.err and f"{server.url}/a.pdf" in result.err
    assert Path(result.out.rstrip("\n")).read_bytes() == PDF
    assert rl("pdf", "1", "-q", check=True).err == ""


def test_what_is_there_is_not_asked_for_again(rl: Rl, on_list: OnList, serve: Serve) -> None:
    server = serve(FILE)
    folder = on_list((f"{server.url}/a.pdf",))
    rl("pdf", "1", check=True)
    again = rl("pdf", "1", "1", check=True)
    assert "already there" in again.err
    assert again.out == f"{folder / 'muller2020telling.pdf'}\n"
    assert len(server.asked) == 1
    server.replies[:] = [replace(FILE, body=PDF + b"new")]
    (file,) = promised(rl("pdf", "1", "--json", check=True), "pdf")["files"]
    assert (file["id"], file["key"], file["bytes"], file["url"]) == (1, "muller2020telling", len(PDF), None)
    (file,) = promised(rl("pdf", "1", "--again", "--json", check=True), "pdf")["files"]
    assert (file["bytes"], file["url"]) == (len(PDF) + 3, f"{server.url}/a.pdf")
    assert Path(file["path"]).read_bytes() == PDF + b"new"


def test_a_pdf_that_one_put_there_is_the_papers(rl: Rl, on_list: OnList) -> None:
    folder = on_list(())
    missing = rl("pdf", "1")
    path = folder / "muller2020telling.pdf"
    assert_explained(missing, 3, "nobody says where its PDF is")
    assert str(path) in missing.err, "the hint says where to put it"
    folder.mkdir()
    path.write_bytes(PDF)
    assert rl("pdf", "1", check=True).out == f"{path}\n"


def test_the_pdfs_of_what_fits_a_query(rl: Rl, on_list: OnList, serve: Serve) -> None:
    server = serve(FILE)
    folder = on_list((f"{server.url}/a.pdf",), (f"{server.url}/b.pdf",), (f"{server.url}/c.pdf",))
    rl("tag", "add", "wanted", "1", "3", check=True)
    paths = [f"{folder / name}.pdf" for name in ("muller2020telling", "muller2020third")]
    assert rl("pdf", "tag:wanted", check=True).out.splitlines() == paths
    assert rl("pdf", "tag:wanted", "--", "-telling", check=True).out.splitlines() == paths[1:]
    assert len(server.asked) == 2
    none = rl("pdf", "year:1990", check=True)
    assert (none.out, none.err) == ("", "no paper fits\n")
    assert_explained(rl("pdf", "colour:red", "year:1990"), 2, "colour")


FIRST = [MISSING, HTML, Reply(403), Reply(200, b"")]


@pytest.mark.parametrize("first", FIRST, ids=["missing", "html", "denied", "empty"])
def test_the_next_address_is_tried(rl: Rl, on_list: OnList, serve: Serve, first: Reply) -> None:
    wrong, right = serve(first), serve(FILE)
    folder = on_list((f"{wrong.url}/a.pdf", f"{right.url}/b.pdf"))
    assert rl("pdf", "1", check=True).out == f"{folder / 'muller2020telling.pdf'}\n"
    assert wrong.asked and len(right.asked) == 1
    assert [path.read_bytes() for path in folder.iterdir()] == [PDF]


def test_a_redirect_is_followed(rl: Rl, on_list: OnList, serve: Serve) -> None:
    server = serve(Reply(302, headers={"Location": "/b"}), FILE)
    on_list((f"{server.url}/a.pdf",))
    rl("pdf", "1", check=True)
    assert [asked.path for asked in server.asked] == ["/a.pdf", "/b"]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (HTML, "a page of HTML where a file was expected"),
        (MISSING, r"\(404: none\)"),
        (replace(FILE, cut=True), "broke off before its answer was complete"),
        (replace(FILE, headers={"Content-Length": "200000001"}), "more than 200 MB"),
        (Reply(302, headers={"Location": "http://elsewhere.invalid/a"}), "which is not https"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_failure_leaves_what_was_there(rl: Rl, on_list: OnList, serve: Serve, reply: Reply, says: str) -> None:
    server = serve(reply)
    folder = on_list((f"{server.url}/a.pdf",))
    folder.mkdir()
    path = folder / "muller2020telling.pdf"
    path.write_bytes(b"%PDF-old")
    result = rl("pdf", "1", "--again")
    assert_explained(result, 4, f"#1 muller2020telling: no PDF could be had: .*{says}")
    assert result.out == ""
    assert (
        f"opens in a browser, and save the file from there as {path}" in result.err or "try again later" in result.err
    )
    assert [(it.name, it.read_bytes()) for it in folder.iterdir()] == [(path.name, b"%PDF-old")]


def test_one_that_fails_does_not_keep_the_others(rl: Rl, on_list: OnList, serve: Serve) -> None:
    good = serve(FILE)
    folder = on_list((f"{nobody()}/a.pdf",), (), (f"{good.url}/c.pdf",))
    result = rl("pdf", "1", "2", "3")
    assert_explained(result, 4, r"#1 .*could not be reached")
    assert "#2 muller2020other: nobody says where its PDF is" in result.err
    assert result.out == f"{folder / 'muller2020third.pdf'}\n"
    data = rl("pdf", "2", "3", "--json")
    assert data.code == 3
    assert [file["id"] for file in promised(data, "pdf")["files"]] == [3]
    assert [error["code"] for error in data.json()["errors"]] == ["not-found"]


def test_offline_every_address_is_named(rl: Rl, on_list: OnList) -> None:
    """An arXiv paper is looked for where the settings have arXiv."""
    on_list((f"{nobody()}/a.pdf",))
    rl("add", "2104.08821", "--no-fetch", check=True)
    result = rl("pdf", "1", "2")
    assert_explained(result, 4, r"#2 arxiv:2104\.08821: no PDF could be had: 127\.0\.0\.1 could not be reached")
    assert "http://127.0.0.1:9/pdf/2104.08821" in result.err


def test_arxivs_pdf_comes_from_arxiv(rl: Rl, made: Path, serve: Serve) -> None:
    server = serve(FILE)
    rl("add", "hep-th/9901001", "--no-fetch", check=True)
    env = {"RL_ARXIV_URL": f"{server.url}/api/query", "RL_ARXIV_DELAY": "0"}
    result = rl("pdf", "hep-th/9901001", env=env, check=True)
    assert [asked.path for asked in server.asked] == ["/pdf/hep-th/9901001"]
    path = Path(result.out.rstrip("\n"))
    assert path.parent == made.parent / "pdf" and path.read_bytes() == PDF


def test_no_key_leads_out_of_the_folder(rl: Rl, on_list: OnList, serve: Serve, made: Path) -> None:
    server = serve(FILE)
    keys = ["../../x", "CON", "k" * 300, "/etc/passwd", "doi:10.1/a/b"]
    folder = on_list(*[(f"{server.url}/{n}.pdf",) for n in range(5)])
    for paper_id, key in enumerate(keys, 1):
        has_key(made, paper_id, key)

    def files() -> set[Path]:
        return {path for path in made.parent.parent.rglob("*") if path.is_file() and path.stem != "readlist"}

    around = files()
    result = rl("pdf", "1", "2", "3", "4", "5", check=True)
    paths = [Path(line) for line in result.out.splitlines()]
    assert len(set(paths)) == 5
    assert {path.resolve().parent for path in paths} == {folder.resolve()}
    assert files() - around == set(paths), "nothing but the five files"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert rl("pdf", "1", "2", "3", "4", "5", check=True).out == result.out
    assert len(server.asked) == 5


# -- when it cannot be written, and when it is stopped -----------------------------------------------------------------


def test_a_folder_that_is_none(rl: Rl, on_list: OnList, serve: Serve) -> None:
    server = serve(FILE)
    folder = on_list((f"{server.url}/a.pdf",), (f"{server.url}/b.pdf",))
    folder.write_text("in the way")
    result = rl("pdf", "1", "2")
    assert_explained(result, 1, "cannot (write|look for) .*muller2020telling")
    assert "    " in result.err and result.out == ""
    assert len(server.asked) <= 1, "the second could not be written either"


def test_a_disk_that_is_full(rl: Rl, on_list: OnList, serve: Serve) -> None:
    small = serve(replace(FILE, body=PDF[:20_000]))
    large = serve(FILE)
    folder = on_list((f"{small.url}/a.pdf",), (f"{large.url}/b.pdf",))
    folder.mkdir()
    (folder / "muller2020other.pdf").write_bytes(b"%PDF-old")

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-m", "readlist", "pdf", "1", "2", "--again"],
        env=environment() | {"RL_TODAY": TODAY, "PYTHONDONTWRITEBYTECODE": "1"}, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", preexec_fn=full, check=False, timeout=60,
    )  # fmt: skip
    assert_explained(Result(done.returncode, done.stdout, done.stderr), 1, r"cannot write .*other\.pdf: File too large")
    assert "room on the disk" in done.stderr
    assert done.stdout == f"{folder / 'muller2020telling.pdf'}\n", "what could be had is told"
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert sizes == {"muller2020telling.pdf": 20_000, "muller2020other.pdf": 8}


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_download_that_is_stopped(rl: Rl, on_list: OnList, serve: Serve, stop: signal.Signals) -> None:
    """Half of the second file is on its way. Twenty megabytes do not fit between the two: the program has begun."""
    with socket.create_server(("127.0.0.1", 0)) as slow:
        folder = on_list(
            (f"{serve(FILE).url}/a.pdf",), (f"http://127.0.0.1:{slow.getsockname()[1]}/b.pdf",)
        )  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "readlist", "pdf", "1", "2"],
            env=environment() | {"RL_TODAY": TODAY}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        with process:
            slow.settimeout(60)
            connection, _ = slow.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 40000000\r\n\r\n%PDF-" + b"x" * 20_000_000)
                process.send_signal(stop)
                _, said = process.communicate(timeout=60)
    parts = list(folder.glob(".*.part"))
    assert [path.name for path in folder.iterdir() if path not in parts] == ["muller2020telling.pdf"]
    if stop == signal.SIGINT:
        assert (process.returncode, parts) == (130, []) and b"Traceback" not in said
        return
    (part,) = parts
    os.utime(part, (0, 0))
    rl("pdf", "1", "--again", check=True)
    assert not part.exists(), "a later run takes it away"


# -- rl open -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    """A desk with a browser and a viewer that only write down, in `opened`, what they are to open."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("browser", "xdg-open", "open"):
        program = folder / name
        program.write_text(f'#!/bin/sh\necho noise\nprintf "%s\\n" {name} "$@" >> "{tmp_path / "opened"}"\n')
        program.chmod(0o700)
    return {"BROWSER": str(folder / "browser"), "PATH": str(folder), "DISPLAY": ":0", "WAYLAND_DISPLAY": ""}


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """Nothing to open anything with."""
    return {"BROWSER": "", "PATH": str(tmp_path / "nowhere"), "DISPLAY": "", "WAYLAND_DISPLAY": ""}


def opened(tmp_path: Path) -> list[str]:
    """What was opened, as program and argument in turn."""
    try:
        return (tmp_path / "opened").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []


VIEWER = "open" if sys.platform == "darwin" else "xdg-open"


def test_the_page_is_opened_and_the_paper_is_the_current_one(
    rl: Rl, made: Path, desk: dict[str, str], tmp_path: Path
) -> None:
    rl("add", "2104.08821", "10.1145/3292500.3330701", "--no-fetch", check=True)
    result = rl("open", "1", env=desk, check=True)
    assert (result.out, result.err) == ("https://arxiv.org/abs/2104.08821\n", "noise\n")
    assert opened(tmp_path) == ["browser", "https://arxiv.org/abs/2104.08821"]
    assert rl("show", check=True).out.startswith("#1 ")
    assert rl("open", env=desk, check=True).out == result.out
    document = rl("open", "2", "--json", env=desk, check=True)
    data = promised(document, "open")
    assert (data["paper"]["id"], data["url"], data["path"]) == (2, "https://doi.org/10.1145/3292500.3330701", None)
    assert opened(tmp_path)[2:] == ["browser", "https://arxiv.org/abs/2104.08821", "browser", data["url"]]


def test_the_pdf_is_opened_and_downloaded_before_if_need_be(
    rl: Rl, on_list: OnList, serve: Serve, desk: dict[str, str], tmp_path: Path
) -> None:
    server = serve(FILE)
    path = str(on_list((f"{server.url}/a.pdf",)) / "muller2020telling.pdf")
    for _ in range(2):
        assert rl("open", "1", "--pdf", env=desk, check=True).out == f"{path}\n"
    assert opened(tmp_path) == [VIEWER, path] * 2
    assert len(server.asked) == 1
    data = promised(rl("open", "1", "--json", "--print", check=True), "open")
    assert (data["url"], data["path"]) == (f"{server.url}/a.pdf", path)


def test_print_opens_nothing(rl: Rl, made: Path, desk: dict[str, str], tmp_path: Path) -> None:
    rl("add", "2104.08821", "--no-fetch", check=True)
    assert rl("open", "1", "--print", env=desk, check=True).out == "https://arxiv.org/abs/2104.08821\n"
    assert opened(tmp_path) == []


def test_without_a_browser_the_address_is_printed_all_the_same(
    rl: Rl, on_list: OnList, bare: dict[str, str], made: Path
) -> None:
    folder = on_list(("https://x.example/a.pdf",))
    folder.mkdir()
    path = folder / "muller2020telling.pdf"
    path.write_bytes(PDF)
    page = rl("open", "1", env=bare)
    assert_explained(page, 1, "no browser could be opened")
    assert page.out == "https://x.example/a.pdf\n" and "BROWSER" in page.err
    for no_display in (bare, bare | {"DISPLAY": ":0"}):
        file = rl("open", "1", "--pdf", env=no_display)
        assert_explained(file, 1, "no viewer could be opened")
        assert file.out == f"{path}\n"
    document = rl("open", "1", "--json", env=bare).json()
    assert (document["status"], document["data"]["url"]) == ("error", "https://x.example/a.pdf")


def test_a_viewer_that_fails_is_told_of(rl: Rl, on_list: OnList, desk: dict[str, str]) -> None:
    folder = on_list(())
    folder.mkdir()
    (folder / "muller2020telling.pdf").write_bytes(PDF)
    Path(desk["PATH"], VIEWER).write_text("#!/bin/sh\nexit 3\n")
    assert_explained(rl("open", "1", "--pdf", env=desk), 1, "no viewer could be opened")


@pytest.mark.skipif(sys.platform == "darwin", reason="there is always a display")
def test_far_from_a_display_no_viewer_is_started(rl: Rl, on_list: OnList, desk: dict[str, str], tmp_path: Path) -> None:
    folder = on_list(())
    folder.mkdir()
    (folder / "muller2020telling.pdf").write_bytes(PDF)
    assert_explained(rl("open", "1", "--pdf", env=desk | {"DISPLAY": ""}), 1, "no viewer could be opened")
    assert opened(tmp_path) == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://x.org/\x1b[1m"]
)
def test_only_pages_of_the_web_are_opened(
    rl: Rl, on_list: OnList, made: Path, desk: dict[str, str], tmp_path: Path, url: str
) -> None:
    on_list(())
    with contextlib.closing(sqlite3.connect(made)) as library, library:
        library.execute("update papers set url = ?", (url,))
        library.execute("insert into links (paper_id, rel, url, text) values (1, 'pdf', ?, '')", (url,))
    assert_explained(rl("open", "1", env=desk), 3, "nobody says where its page is")
    assert_explained(rl("open", "1", "--pdf", env=desk), 3, "nobody says where its PDF is")
    assert opened(tmp_path) == []


def test_a_browser_does_not_read_what_is_piped_in(rl: Rl, made: Path, desk: dict[str, str], tmp_path: Path) -> None:
    Path(desk["BROWSER"]).write_text(f'#!/bin/sh\nread line\nprintf "%s\\n" "read:$line" >> "{tmp_path / "opened"}"\n')
    rl("add", "2104.08821", "--no-fetch", check=True)
    assert rl("open", "1", input="more papers\n", env=desk, check=True).code == 0
    assert opened(tmp_path) == ["read:"]


def test_on_a_terminal_of_80_columns(
    tty: Callable[..., Screen], on_list: OnList, serve: Serve, desk: dict[str, str], tmp_path: Path
) -> None:
    """The path is data and is never broken."""
    folder = on_list((f"{serve(FILE).url}/a.pdf",))
    screen = tty("pdf", "1", columns=80)
    assert (screen.code, screen.text) == (0, f"{folder / 'muller2020telling.pdf'}\n")
    screen = tty("open", "1", "--pdf", columns=80, env=desk)
    assert (screen.code, screen.text) == (0, f"{folder / 'muller2020telling.pdf'}\n")
    assert opened(tmp_path) == [VIEWER, str(folder / "muller2020telling.pdf")]
