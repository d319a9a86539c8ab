"""The settings: what each means, where it may be set, what is allowed. One table; precedence is its reader's rule.

Option of the command line > environment > `config.toml` > default. Unknown keys of the file become warnings, wrong
values errors that name the setting, the value and what is allowed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readlist.domain.queue import PLACES, TERMS, WEIGHTS
from readlist.errors import SettingError

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the file, its environment variable, its default, and how a value is read.

    `read` takes what was written (text, or a TOML value) and gives the value; it raises ValueError with a
    description of what is allowed. `secret` values are never shown.
    """

    name: str
    variable: str
    default: Value
    read: Callable[[Any], Value]
    help: str
    secret: bool = False
    in_file: bool = True


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("some text")
    return raw.strip()


def _address(raw: Any) -> str:
    from urllib.parse import urlsplit

    text = _text(raw).rstrip("/")
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and " " not in text
    except ValueError:  # a host or port that cannot be
        fits = False
    if not fits or not text.isprintable():
        raise ValueError("an address that begins with https:// or http://")
    return text


def _seconds(raw: Any) -> float:
    try:
        number = float(raw)
    except (TypeError, ValueError, OverflowError):
        number = -1.0
    if isinstance(raw, bool) or not 0 <= number <= 3600:
        raise ValueError("a number of seconds from 0 to 3600")
    return number


def _positive(raw: Any) -> float:
    try:
        number = _seconds(raw)
    except ValueError:
        number = 0.0
    if number == 0:
        raise ValueError("a number of seconds above 0, to 3600")
    return number


def _language(raw: Any) -> str:
    if raw not in ("en", "zh"):
        raise ValueError("en or zh")
    return str(raw)


def _whole_path(raw: Any) -> str:
    text = _text(raw)
    # A path that begins nowhere would mean another file in each folder that `rl` is called from.
    if not text.startswith("~") and not Path(text).is_absolute():
        raise ValueError("the whole path of a file, such as ~/week.md.j2")
    return text


def _contact(raw: Any) -> str:
    text = _text(raw)
    if "@" not in text or not text.isprintable() or not text.isascii() or " " in text:
        raise ValueError("an e-mail address")
    return text


def _points(raw: Any) -> float:
    try:
        number = float(raw)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    # No finer than points are counted, or what `rl todo --why` shows would not add up.
    if isinstance(raw, bool) or not (-1000 <= number <= 1000 and number == round(number, PLACES)):
        raise ValueError(f"a number from -1000 to 1000 with up to {PLACES} decimals")
    return number


def _on_off(raw: Any) -> str:
    found = {"on": "on", "true": "on", "yes": "on", "off": "off", "false": "off", "no": "off"}.get(str(raw).casefold())
    if found is None:
        raise ValueError("on or off")
    return found


def _key(raw: Any) -> str:
    text = _text(raw)
    if not text.isprintable() or not text.isascii():
        raise ValueError("the key as Semantic Scholar sent it")
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting("home", "RL_HOME", None, _text, "data folder: database, PDFs, backups, rate gate", in_file=False),
    Setting("config", "RL_CONFIG", None, _text, "the settings file", in_file=False),
    Setting("database.url", "RL_DATABASE_URL", None, _text, "the library; a bare path is a SQLite file"),
    Setting("s2.api_key", "RL_S2_API_KEY", None, _key, "your own Semantic Scholar key", secret=True),
    Setting("arxiv.url", "RL_ARXIV_URL", "https://export.arxiv.org/api/query", _address, "arXiv's query address"),
    Setting("s2.url", "RL_S2_URL", "https://api.semanticscholar.org", _address, "Semantic Scholar's host"),
    Setting("openalex.url", "RL_OPENALEX_URL", "https://api.openalex.org", _address, "OpenAlex's host"),
    Setting("crossref.url", "RL_CROSSREF_URL", "https://api.crossref.org", _address, "Crossref's host"),
    Setting("arxiv.delay", "RL_ARXIV_DELAY", 3.0, _seconds, "least seconds between two requests to arXiv"),
    Setting("s2.delay", "RL_S2_DELAY", 1.0, _seconds, "least seconds between two requests to Semantic Scholar"),
    Setting("network.timeout", "RL_TIMEOUT", 20.0, _positive, "seconds for one request, connect to last byte"),
    Setting("network.contact", "RL_CONTACT", None, _contact, "e-mail put into the User-Agent, as the services ask"),
    Setting("report.lang", "RL_LANG", None, _language, "language of reports and pass questions: en or zh"),
    Setting("report.template", "RL_TEMPLATE", None, _whole_path, "your own template of reports, a whole path"),
    Setting("reading.nag", "RL_NAG", "off", _on_off, "on: say so when a more urgent paper waits than the one read"),
    *(
        Setting(f"urgency.{term.name}", f"RL_URGENCY_{term.name.upper()}", term.weight, _points, term.counts)
        for term in TERMS.values()
    ),
)

BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Origin:
    """A setting's value and where it came from: "option", "environment", "file" or "default"."""

    setting: Setting
    value: Value
    where: str

    @property
    def shown(self) -> str:
        """The value for a person's eyes; a secret's is never among it."""
        if self.value is None:
            return ""
        if self.setting.secret:
            return "(set, not shown)"
        return f"{self.value:g}" if isinstance(self.value, float) else str(self.value)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run. Paths are absolute; delays and the time-out are seconds."""

    home: Path
    config: Path
    database: Path
    arxiv_url: str
    s2_url: str
    openalex_url: str
    crossref_url: str
    arxiv_delay: float
    s2_delay: float
    timeout: float
    lang: str
    s2_api_key: str | None = None
    contact: str | None = None
    template: str | None = None
    nag: bool = False
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    origins: tuple[Origin, ...] = ()
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r})"  # never the key


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def read_file(path: Path) -> dict[str, Any]:
    """The settings that the file `path` holds, by name; none if there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingError(f"cannot read the settings file {path}: {fault}", "mend or remove it") from fault
    import tomllib

    try:
        return _flatten(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise SettingError(f"the settings file {path} is not valid TOML: {fault}", "mend that line") from fault


def checked(setting: Setting, raw: Any, where: str) -> Value:
    """`raw` read as a value of `setting`; raises SettingError naming setting, value and what is allowed."""
    try:
        return setting.read(raw)
    except ValueError as allowed:
        given = "the value given" if setting.secret else repr(raw)
        raise SettingError(f"{setting.name} ({where}) cannot be {given}", f"allowed: {allowed}") from None


def _expanded(path: str | Path, name: str) -> Path:
    """`path`, absolute, with `~` as the home it stands for."""
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError:
        raise SettingError(f"{name} cannot be {str(path)!r}", "there is no such user's home") from None


_XDG = {"data": ".local/share", "config": ".config"}


def _user_dir(kind: str, environ: Mapping[str, str]) -> Path:
    """The user's folder for "data" or "config"."""
    if sys.platform == "linux" and "ANDROID_ROOT" not in environ:
        # As platformdirs has it; but to load that takes a tenth of the time of a whole `rl todo`.
        for base, below in ((environ.get(f"XDG_{kind.upper()}_HOME", ""), ""), (environ.get("HOME", ""), _XDG[kind])):
            if base.startswith("/"):
                return Path(base, below, "readlist")
    import platformdirs

    found: Path = getattr(platformdirs, f"user_{kind}_path")("readlist", appauthor=False)
    return found


def _locale_language(environ: Mapping[str, str]) -> str:
    spoken = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "zh" if spoken.lower().startswith("zh") else "en"


def _database_path(url: str) -> Path:
    if "://" not in url:
        return Path(url)
    scheme, _, rest = url.partition("://")
    if scheme.split("+")[0] != "sqlite" or not rest.strip("/") or rest == "/:memory:":
        raise SettingError(f"database.url cannot be {scheme}://…", "allowed: a path, or sqlite:///path of a file")
    return Path(rest.removeprefix("/").split("?")[0])


def load(environ: Mapping[str, str], options: Mapping[str, str] | None = None) -> Settings:
    """The settings in force, from `options` (by name), the environment `environ`, the settings file and defaults."""
    given = dict(options or {})

    def folder(name: str, kind: str, tail: str) -> tuple[Path, Origin]:
        setting = BY_NAME[name]
        for where, raw in (("option", given.get(name)), ("environment", environ.get(setting.variable))):
            if raw:
                path = _expanded(raw, name)
                return path, Origin(setting, str(path), where)
        path = _user_dir(kind, environ) / tail
        return path, Origin(setting, str(path), "default")

    home, home_origin = folder("home", "data", "")
    config, config_origin = folder("config", "config", "config.toml")
    from_file = read_file(config)
    known = {setting.name for setting in SETTINGS if setting.in_file}
    warnings = tuple(
        f"{config}: unknown setting {name!r} (`rl config` lists those there are)"
        for name in from_file
        if name not in known
    )
    origins = [home_origin, config_origin]
    values: dict[str, Any] = {}
    database = home / "readlist.db"
    fallback = {
        "database.url": f"sqlite:///{database}",
        "report.lang": _locale_language(environ),
    }
    for setting in SETTINGS[2:]:
        found = next(
            (
                (raw, where)
                for raw, where in (
                    (given.get(setting.name), "option"),
                    (environ.get(setting.variable) or None, "environment"),
                    (from_file.get(setting.name), "file"),
                )
                if raw is not None
            ),
            None,
        )
        if found:
            value = checked(setting, found[0], found[1] if found[1] != "environment" else setting.variable)
            if setting.name == "database.url":
                database = _expanded(_database_path(str(value)), "database.url")
            origins.append(Origin(setting, value, found[1]))
        else:
            value = fallback.get(setting.name, setting.default)
            origins.append(Origin(setting, value, "default"))
        values[setting.name] = value
    return Settings(
        home=home,
        config=config,
        database=database,
        arxiv_url=values["arxiv.url"],
        s2_url=values["s2.url"],
        openalex_url=values["openalex.url"],
        crossref_url=values["crossref.url"],
        arxiv_delay=values["arxiv.delay"],
        s2_delay=values["s2.delay"],
        timeout=values["network.timeout"],
        lang=values["report.lang"],
        s2_api_key=values["s2.api_key"],
        contact=values["network.contact"],
        template=values["report.template"],
        nag=values["reading.nag"] == "on",
        weights={name: values[f"urgency.{name}"] for name in TERMS},
        origins=tuple(origins),
        warnings=warnings,
    )


def write(path: Path, name: str, text: str | None) -> None:
    """Set `name` to `text` in the settings file `path`, or remove it (None); comments and order stay as they are.

    The file is written beside and renamed, with mode 0600 (it may hold a key). Raises SettingError for an unknown
    name or a value that is not allowed.
    """
    import tomlkit

    setting = BY_NAME.get(name)
    if setting is None or not setting.in_file:
        import difflib

        near = difflib.get_close_matches(name, [s.name for s in SETTINGS if s.in_file], 1)
        hint = f"did you mean {near[0]}?" if near else "`rl config` lists the settings"
        raise SettingError(f"there is no setting {name!r} in the settings file", hint)
    read_file(path)
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    group, _, key = name.partition(".")
    table: Any = document.get(group)
    if table is not None and not isinstance(table, MutableMapping):
        raise SettingError(
            f"{group!r} is no table in the settings file {path}", f"write [{group}] on a line of its own"
        )
    if text is None:
        if table is not None:
            table.pop(key, None)
    else:
        value = checked(setting, text, "config set")
        if table is None:
            table = tomlkit.table()
            document[group] = table
        table[key] = value
    path = path.resolve()  # a link to the file, as in a folder of dot files, stays one
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(tomlkit.dumps(document))
        beside.replace(path)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise SettingError(
            f"cannot write the settings file {path}: {fault.strerror}", "is its folder writable?"
        ) from fault
