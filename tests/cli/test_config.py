"""`rl config`: the file keeps its comments, the key is never shown, and the nearest word wins."""

from pathlib import Path

from tests.cli.helpers import assert_explained, papers, refused
from tests.conftest import Rl

SECRET = "s3cr3t-key-of-ada-0123456789"


def settings(rl: Rl, **env: str) -> dict[str, tuple[object, str]]:
    """Every setting's value and where it came from."""
    data = rl("config", "--json", env=env, check=True).json()["data"]["settings"]
    return {it["name"]: (it["value"], it["source"]) for it in data}


def test_set_and_unset_keep_comments_and_order(rl: Rl, own_home: Path) -> None:
    file = own_home / "config.toml"
    file.write_text('# mine\n[network]\ntimeout = 30 # slow line\n\n[report]\nlang = "en"\n', "utf-8")
    rl("config", "set", "network.contact", "ada@example.org", check=True)
    rl("config", "set", "network.timeout", "45", check=True)
    text = file.read_text("utf-8")
    assert text.startswith("# mine\n[network]\n") and "# slow line" in text and 'lang = "en"' in text, text
    assert "ada@example.org" in text and "45" in text
    rl("config", "unset", "report.lang", check=True)
    rl("config", "unset", "network.contact", check=True)
    text = file.read_text("utf-8")
    assert "lang" not in text and "ada@" not in text and "# mine" in text, text
    assert settings(rl)["network.timeout"] == (45.0, "file")


def test_precedence(rl: Rl, own_home: Path, tmp_path: Path) -> None:
    assert settings(rl)["report.lang"] == ("en", "default")
    assert settings(rl, LC_ALL="zh_CN.UTF-8")["report.lang"] == ("zh", "default")
    rl("config", "set", "report.lang", "zh", check=True)
    assert settings(rl)["report.lang"] == ("zh", "file")
    assert settings(rl, RL_LANG="en")["report.lang"] == ("en", "environment")
    other = tmp_path / "other.toml"
    other.write_text("[arxiv]\ndelay = 7\n", "utf-8")
    data = rl("--config", other, "--home", tmp_path / "h", "config", "--json", check=True).json()["data"]
    found = {it["name"]: (it["value"], it["source"]) for it in data["settings"]}
    assert found["arxiv.delay"] == (7.0, "file") and found["home"] == (str(tmp_path / "h"), "option")
    assert found["report.lang"] == ("en", "default"), "the other file is not read"
    report = rl("report", "--lang", "en", "--json", check=True).json()["data"]["markdown"]
    assert report.isascii() or "本周" not in report, "the option outranks the file"


def test_the_key_is_never_shown(rl: Rl, own_home: Path) -> None:
    runs = [rl("config", "set", "s2.api_key", SECRET, check=True)]
    assert (own_home / "config.toml").stat().st_mode & 0o077 == 0, "others may read the file with the key"
    runs += [rl("config"), rl("config", "list", "--json"), rl("config", "-v"), rl("add", "2104.08821", "-v")]
    runs += [rl("add", "2104.08821", "--json", env={"RL_S2_API_KEY": SECRET})]
    runs += [rl("config", env={"RL_S2_API_KEY": f"{SECRET}\u00e9\x1b"})]
    runs += [
        rl("config", "set", "s2.api_key", f"{SECRET}\u00e9"),
        rl("config", "set", "s2.api_key", f"{SECRET}\n{SECRET}"),
    ]
    (own_home / "config.toml").write_text(f's2.api_key = "{SECRET}\n', "utf-8")
    runs += [rl("config"), rl("todo", "--json")]
    (own_home / "config.toml").write_text(f's2.api_key = ["{SECRET}"]\n', "utf-8")
    runs += [rl("config")]
    for result in runs:
        assert SECRET not in result.out + result.err, f"the key is shown: {result}"
        assert "Traceback" not in result.err
    for log in own_home.rglob("*.log"):
        assert SECRET not in log.read_text("utf-8"), f"the key is in {log}"


def test_wrong_values_are_named(rl: Rl, own_home: Path) -> None:
    for name, value, allowed in (
        ("report.lang", "fr", "en or zh"),
        ("arxiv.delay", "soon", "seconds"),
        ("network.timeout", "0", "above 0"),
        ("arxiv.url", "arxiv.org", "https://"),
        ("network.contact", "ada", "e-mail"),
    ):
        result = rl("config", "set", name, value)
        assert_explained(result, 2, f"{name}.*{value}")
        assert allowed in result.err, result.err
        assert not (own_home / "config.toml").exists(), "a refused value is not written"
    assert_explained(rl("config", "set", "report.lnag", "zh"), 2, "did you mean report.lang")
    assert_explained(rl("config", "unset", "nothing.at.all"), 2, "no setting 'nothing.at.all'")


def test_a_wrong_file_stops_the_command(rl: Rl, example: Path, own_home: Path) -> None:
    file = own_home / "config.toml"
    before = papers(rl)
    for text, says in (
        ('[report]\nlang = "fr"\n', "report.lang .*'fr'"),
        ("[network]\ntimeout = true\n", "network.timeout .*True"),
        ("[report\n", "not valid TOML"),
        ("report = 3\n", "unknown setting 'report'"),
    ):
        file.write_text(text, "utf-8")
        result = rl("todo")
        assert_explained(result, 2, says) if "unknown" not in says else None
        assert "Traceback" not in result.err and says.split(" ")[0] in result.err, result.err
    file.write_bytes(b"\xff\xfe\x00")
    assert_explained(rl("todo"), 2, "cannot read the settings file")
    file.unlink()
    file.mkdir()
    assert_explained(rl("todo"), 2, "cannot read the settings file")
    file.rmdir()
    assert papers(rl) == before


def test_an_unknown_key_is_a_warning(rl: Rl, own_home: Path) -> None:
    (own_home / "config.toml").write_text('[arxiv]\nurl2 = "x"\n', "utf-8")
    result = rl("todo", check=True)
    assert "warning" in result.err and "arxiv.url2" in result.err
    assert rl("todo", "--json", check=True).json()["status"] == "ok"


def test_wrong_environment(rl: Rl, example: Path) -> None:
    for env, says in (
        ({"RL_TODAY": "someday"}, "RL_TODAY cannot be 'someday'"),
        ({"RL_TODAY": "2026-02-30"}, "RL_TODAY"),
        ({"RL_TIMEOUT": "soon"}, r"network.timeout \(RL_TIMEOUT\) cannot be 'soon'"),
        ({"RL_LANG": "fr"}, r"report.lang \(RL_LANG\)"),
        ({"RL_DATABASE_URL": "postgres://user:secret@host/db"}, "database.url cannot be postgres"),
    ):
        refused(rl, "list", code=2, says=says, hint="allowed", env=env)
    assert "secret" not in rl("list", env={"RL_DATABASE_URL": "postgres://user:secret@host/db"}).err
