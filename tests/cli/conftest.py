"""What the tests of the command line share: a library to start from, and a terminal to run in."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from readlist.cli import main
from readlist.context import Context
from tests.cli.helpers import EXAMPLE, Screen, environment, on_terminal
from tests.conftest import TODAY, Result, Rl


@pytest.fixture(scope="session")
def example_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library into which the example page was imported. It is copied, never changed."""
    folder = tmp_path_factory.mktemp("example")
    done = subprocess.run(
        [sys.executable, "-m", "readlist", "import", str(EXAMPLE)],
        env=environment() | {"RL_HOME": str(folder / "home"), "RL_CONFIG": str(folder / "none"), "RL_TODAY": TODAY},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, f"the example page was not imported: {done.stderr}"
    return folder / "home"


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library without papers. It is copied, never changed: making one anew takes half a second."""
    from readlist.db.migrate import migrate

    path = tmp_path_factory.mktemp("empty") / "readlist.db"
    migrate(path, "20261121")
    return path


@pytest.fixture
def made(empty_library: Path, own_home: Path) -> Path:
    """This test begins with a library without papers; returns its file."""
    folder = own_home / "readlist"
    folder.mkdir(mode=0o700)
    return Path(shutil.copy(empty_library, folder / "readlist.db"))


@pytest.fixture
def example(example_library: Path, own_home: Path) -> Path:
    """The example page is in the library of this test; returns its data folder."""
    folder = own_home / "readlist"
    shutil.copytree(example_library, folder)
    return folder


@pytest.fixture
def inside(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rl:
    """`rl` in this process: the same answers several times faster. For tests that need many runs."""
    monkeypatch.chdir(tmp_path)

    def run(
        *args: str | Path, input: str | None = None, env: Mapping[str, str] | None = None, check: bool = False
    ) -> Result:
        stdin = io.TextIOWrapper(io.BytesIO((input or "").encode()), "utf-8")
        out, err = io.StringIO(), io.StringIO()
        environ = environment() | {"RL_TODAY": TODAY} | dict(env or {})
        code = main([str(word) for word in args], Context(environ, stdin, out, err))
        result = Result(code, out.getvalue(), err.getvalue())
        assert not check or code == 0, f"rl {' '.join(map(str, args))}: exit {code}\n{result.err}"
        return result

    return run


@pytest.fixture
def tty(own_home: Path, tmp_path: Path) -> Callable[..., Screen]:
    """Runs `rl` with its stdout (and stdin) on a terminal: `tty("list", columns=80)`."""

    def run(*args: str, columns: int = 80, env: dict[str, str] | None = None, typed: str = "") -> Screen:
        given = environment() | {"RL_TODAY": TODAY} | (env or {})
        return on_terminal(args, columns=columns, env=given, cwd=tmp_path, typed=typed)

    return run
