"""Settings: option over environment over file over default; wrong ones are named; the key is never shown."""

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.queue import TERMS
from readlist.errors import SettingError
from readlist.settings import BY_NAME, SETTINGS, Origin, Setting, Settings, load, read_file, write

KEY = "sk-0123456789-secret"

# For every setting: three values, for option, environment and file.
VALUES: dict[str, tuple[Any, Any, Any]] = {
    "home": ("/option", "/environment", None),
    "config": ("/option.toml", "/environment.toml", None),
    "database.url": ("/a.db", "sqlite:////b.db", "/c.db"),
    "s2.api_key": ("key-a", "key-b", "key-c"),
    "arxiv.url": ("http://a.example", "http://b.example", "http://c.example"),
    "s2.url": ("http://a.example", "http://b.example", "http://c.example"),
    "openalex.url": ("http://a.example", "http://b.example", "http://c.example"),
    "crossref.url": ("http://a.example", "http://b.example", "http://c.example"),
    "arxiv.delay": ("1", "2.5", 4),
    "s2.delay": ("0", "2.5", 4.5),
    "network.timeout": ("1", "2.5", 4),
    "network.contact": ("a@example.org", "b@example.org", "c@example.org"),
    "report.lang": ("zh", "en", "zh"),
    "report.template": ("/a.j2", "/b.j2", "/c.j2"),
    "reading.nag": ("on", "off", "yes"),
    **dict.fromkeys((f"urgency.{name}" for name in TERMS), ("1.5", "-2", 0.125)),
}


def origin(settings: Settings, name: str) -> Origin:
    return next(o for o in settings.origins if o.setting.name == name)


def toml(values: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {value!r}\n" for name, value in values.items())


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def environ(config: Path, **more: str) -> dict[str, str]:
    return {"RL_CONFIG": str(config), "RL_HOME": str(config.parent / "data"), **more}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.name)
def test_option_outranks_environment_outranks_file_outranks_default(setting: Setting, config: Path) -> None:
    option, variable, in_file = VALUES[setting.name]
    base = {"XDG_DATA_HOME": "/xdg", **environ(config)}
    if in_file is None:
        base.pop(setting.variable)
    by_default = origin(load(base), setting.name)
    assert by_default.where == "default"
    if in_file is not None:
        config.write_text(toml({setting.name: in_file}))
        found = origin(load(base), setting.name)
        assert (found.where, found.value) == ("file", setting.read(in_file))
    found = origin(load({**base, setting.variable: variable}), setting.name)
    assert (found.where, found.value) == ("environment", setting.read(variable))
    found = origin(load({**base, setting.variable: variable}, {setting.name: option}), setting.name)
    assert (found.where, found.value) == ("option", setting.read(option))


def test_every_setting_is_in_force_where_it_is_used(config: Path) -> None:
    config.write_text(toml({name: values[2] for name, values in VALUES.items() if values[2] is not None}))
    found = load(environ(config))
    assert found.database == Path("/c.db")
    assert {found.arxiv_url, found.s2_url, found.openalex_url, found.crossref_url} == {"http://c.example"}
    assert (found.arxiv_delay, found.s2_delay, found.timeout) == (4.0, 4.5, 4.0)
    assert (found.lang, found.s2_api_key, found.contact) == ("zh", "key-c", "c@example.org")
    assert [o.setting for o in found.origins] == list(SETTINGS), "each once, in the order of the table"


def test_the_defaults_are_those_of_the_contract(config: Path) -> None:
    found = load(environ(config))
    assert found.database == config.parent / "data" / "readlist.db"
    assert (found.arxiv_delay, found.s2_delay, found.timeout) == (3.0, 1.0, 20.0)
    assert (found.s2_api_key, found.contact, found.warnings) == (None, None, ())


def test_an_empty_variable_is_not_set(config: Path) -> None:
    assert load(environ(config, RL_TIMEOUT="")).timeout == 20.0


@pytest.mark.parametrize(
    ("spoken", "lang"),
    [({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "de_DE"}, "en"), ({}, "en"), ({"LC_ALL": "C", "LANG": "zh_CN"}, "en")],
)
def test_without_a_setting_the_locale_decides_on_the_language(spoken: dict[str, str], lang: str, config: Path) -> None:
    assert load(environ(config, **spoken)).lang == lang


@pytest.mark.parametrize("name", ["s2.apikey", "colour", "home", "database", "report.language"])
def test_an_unknown_key_of_the_file_is_a_warning_that_names_it(name: str, config: Path) -> None:
    config.write_text(f'{name} = "x"\n')
    assert any(repr(name) in warning for warning in load(environ(config)).warnings)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("arxiv.url", "ftp://x", "https://"),
        ("arxiv.url", "http://[x", "https://"),
        ("s2.url", "http://a:99999", "https://"),
        ("openalex.url", "example.org", "https://"),
        ("arxiv.delay", "-1", "0 to 3600"),
        ("s2.delay", "soon", "0 to 3600"),
        ("s2.delay", "nan", "0 to 3600"),
        ("network.timeout", "0", "above 0"),
        ("network.timeout", "inf", "above 0"),
        ("network.contact", "me", "e-mail"),
        ("network.contact", "me@example.org\r\nX-Evil: 1", "e-mail"),
        ("report.lang", "fr", "en or zh"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(name: str, value: str, allowed: str, config: Path) -> None:
    with pytest.raises(SettingError) as refused:
        load(environ(config, **{BY_NAME[name].variable: value}))
    assert name in refused.value.message
    assert BY_NAME[name].variable in refused.value.message
    assert repr(value) in refused.value.message
    assert allowed in refused.value.hint
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    "line",
    ["network.timeout = true", "network.timeout = [1]", "arxiv.url = 3", "report.lang = 1",
     "network.contact = 2026-11-21", "database.url = 3", "s2.delay = " + "9" * 400, "arxiv.delay = {}"],
)  # fmt: skip
def test_a_value_of_a_wrong_type_is_refused_or_warned_of(line: str, config: Path) -> None:
    config.write_text(line + "\n")
    name = line.split(" ")[0]
    if line.endswith("{}"):
        assert load(environ(config)).arxiv_delay == 3.0
        return
    with pytest.raises(SettingError, match=name):
        load(environ(config))


def test_a_file_that_is_no_toml_is_refused_with_its_line(config: Path) -> None:
    config.write_text("[network]\ntimeout = \n")
    with pytest.raises(SettingError) as refused:
        load(environ(config))
    assert str(config) in refused.value.message
    assert "line 2" in refused.value.message


def test_a_file_that_cannot_be_read_is_refused(config: Path) -> None:
    config.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="cannot read"):
        load(environ(config))
    config.unlink()
    config.mkdir()
    with pytest.raises(SettingError, match="cannot read"):
        load(environ(config))


def test_the_key_is_never_shown(config: Path) -> None:
    found = load(environ(config, RL_S2_API_KEY=KEY))
    assert found.s2_api_key == KEY
    assert KEY not in repr(found)
    assert KEY not in str(found)
    assert KEY not in origin(found, "s2.api_key").shown
    assert all(KEY not in o.shown for o in found.origins)


def test_a_wrong_key_is_not_shown_either(config: Path) -> None:
    for where in ({"environ": environ(config, RL_S2_API_KEY=KEY + "\x01")}, {"options": {"s2.api_key": KEY + "é"}}):
        with pytest.raises(SettingError) as refused:
            load(**{"environ": environ(config), **where})
        assert KEY not in refused.value.message + refused.value.hint
    with pytest.raises(SettingError) as refused:
        write(config, "s2.api_key", KEY + "é")
    assert KEY not in refused.value.message + refused.value.hint


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////abs/path.db", "/abs/path.db"),
        ("/abs/path.db", "/abs/path.db"),
        ("sqlite+pysqlite:////abs/path.db?timeout=3", "/abs/path.db"),
        ("sqlite:///relative.db", "{cwd}/relative.db"),
        ("relative.db", "{cwd}/relative.db"),
        ("sub/relative.db", "{cwd}/sub/relative.db"),
        ("~/mine.db", "{home}/mine.db"),
        ("sqlite:///~/mine.db", "{home}/mine.db"),
        ("/what?/100%.db", "/what?/100%.db"),
    ],
)
def test_the_library_is_an_address_or_a_path(url: str, path: str, config: Path) -> None:
    found = load(environ(config, RL_DATABASE_URL=url)).database
    assert found == Path(path.format(cwd=Path.cwd(), home=Path.home()))


@pytest.mark.skipif(os.name != "nt", reason="a drive letter is a path on Windows only")
def test_a_windows_path_keeps_its_drive(config: Path) -> None:
    assert load(environ(config, RL_DATABASE_URL="sqlite:///C:/x/y.db")).database == Path("C:/x/y.db")


@pytest.mark.parametrize("url", ["postgresql://me:pass@host/db", "sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_another_kind_of_database_is_refused_without_its_password(url: str, config: Path) -> None:
    with pytest.raises(SettingError) as refused:
        load(environ(config, RL_DATABASE_URL=url))
    assert "database.url" in refused.value.message
    assert "pass" not in refused.value.message


def test_a_data_folder_may_have_any_name(tmp_path: Path, config: Path) -> None:
    home = tmp_path / "what? 100%"
    assert load(environ(config, RL_HOME=str(home))).database == home / "readlist.db"


# -- writing the file ------------------------------------------------------------------------------------------------

WRITTEN = """\
# my settings
[report]
lang = "en"  # for the group

# slow line
[network]
timeout = 30
contact = "me@example.org"
"""


def test_writing_keeps_comments_and_order(config: Path) -> None:
    config.write_text(WRITTEN)
    write(config, "network.timeout", "45")
    assert config.read_text() == WRITTEN.replace("timeout = 30", "timeout = 45.0")
    write(config, "report.lang", "zh")
    write(config, "s2.delay", "2")
    text = config.read_text()
    assert text.startswith('# my settings\n[report]\nlang = "zh"  # for the group\n\n# slow line\n[network]\n')
    assert load(environ(config)).s2_delay == 2.0


def test_writing_makes_file_and_folder_for_the_owner_alone(tmp_path: Path) -> None:
    config = tmp_path / "new" / "config.toml"
    write(config, "s2.api_key", KEY)
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert read_file(config) == {"s2.api_key": KEY}
    assert [p.name for p in config.parent.iterdir()] == ["config.toml"]


def test_writing_closes_a_file_that_was_open_to_others(config: Path) -> None:
    config.write_text(WRITTEN)
    config.chmod(0o644)
    write(config, "s2.api_key", KEY)
    assert stat.S_IMODE(config.stat().st_mode) == 0o600


def test_a_setting_can_be_taken_out_again(config: Path) -> None:
    config.write_text(WRITTEN)
    write(config, "network.timeout", None)
    assert config.read_text() == WRITTEN.replace("timeout = 30\n", "")
    write(config, "s2.delay", None)
    assert read_file(config) == {"report.lang": "en", "network.contact": "me@example.org"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("network.timout", "3"),
        ("home", "/x"),
        ("config", "/x"),
        ("colour", "red"),
        ("network.timeout", "soon"),
        ("", "x"),
    ],
)
def test_what_cannot_be_written_leaves_the_file_as_it_was(name: str, text: str, config: Path) -> None:
    config.write_text(WRITTEN)
    with pytest.raises(SettingError) as refused:
        write(config, name, text)
    assert refused.value.hint
    assert config.read_text() == WRITTEN


@pytest.mark.parametrize("text", ['network = "x"\n', "[[network]]\ntimeout = 3\n", "[network\n"])
def test_a_file_of_another_shape_is_refused_and_left(text: str, config: Path) -> None:
    config.write_text(text)
    with pytest.raises(SettingError):
        write(config, "network.timeout", "3")
    assert config.read_text() == text


def test_a_link_to_the_settings_file_stays_a_link(tmp_path: Path, config: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text(WRITTEN)
    config.symlink_to(kept)
    write(config, "network.timeout", "45")
    assert config.is_symlink()
    assert "45" in kept.read_text()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match=r"cannot (read|write) the settings file"):
        write(tmp_path / "file" / "config.toml", "network.timeout", "3")


@given(st.sampled_from([s for s in SETTINGS if s.in_file]), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_is_written_as_it_is_read_again_or_refused(
    tmp_path_factory: pytest.TempPathFactory, setting: Setting, text: str
) -> None:
    config = tmp_path_factory.mktemp("settings") / "config.toml"
    try:
        write(config, setting.name, text)
    except SettingError:
        assert not config.exists()
    else:
        tomllib.loads(config.read_text(encoding="utf-8"))
        assert read_file(config) == {setting.name: setting.read(text)}
