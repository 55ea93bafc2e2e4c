"""The configuration file, ``postlint.toml`` or ``[tool.postlint]`` in ``pyproject.toml``: found, and read strictly.

It is looked for in the folder of the files that are checked and upward from there, as far as the folder that holds the
repository (``.git``). What is wrong in it is an error that names the file, the line and the key.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from wmp_postlint.convert import convert, unknown_key
from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record
from wmp_postlint.pack_tables import SeverityName, SigningKey

OWN, SHARED = "postlint.toml", "pyproject.toml"
# Whether reading a pyproject.toml is worth the time that its parser takes to load.
_MENTIONED = rb"(?m)tool[\"']?\s*\.\s*[\"']?postlint|^\s*\[\s*[\"']?tool[\"']?\s*\]"
_TO_LEAVE_OUT = "to leave a rule out, name it under ignore"


class ConfigError(InputError):
    """Report a configuration file that cannot be used."""

    kind = "configuration"


class SeverityTable(Record):
    """What a configuration says of a rule's gravity: on any account, and on accounts of one kind."""

    severity: SeverityName | None = None
    corporate: SeverityName | None = None
    team: SeverityName | None = None
    officer: SeverityName | None = None
    personal: SeverityName | None = None


class Settings(Record):
    """What a configuration file may hold; each key stands in it with hyphens (``fail-on``).

    ``policy`` is the pack, ``packs`` are files with more of it, ``keys`` more public keys of its signers; ``severity``
    what rules are, by name, family or pattern; ``per_file_ignores`` the rules that are waived in files, by pattern of
    their paths; ``exclude`` patterns of files that are left out of folders; ``baseline`` the findings that are known.
    """

    policy: str | None = None
    packs: tuple[str, ...] = ()
    keys: tuple[SigningKey, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severity: Mapping[str, SeverityName | SeverityTable] | None = None
    per_file_ignores: Mapping[str, tuple[str, ...]] | None = None
    exclude: tuple[str, ...] = ()
    fail_on: SeverityName = "error"
    output_format: str = "full"
    trust_approvals: bool = False
    ocr: bool = False
    lang: str | None = None
    log: str | None = None
    baseline: str | None = None
    baseline_key: str | None = None


class Config(Record):
    """A configuration: its settings, the file that they stand in, and the lines of the keys that are given there."""

    settings: Settings
    file: str | None = None
    lines: Mapping[str, int] | None = None

    @property
    def folder(self) -> str:
        """The folder that patterns and paths in the file start from."""
        return os.path.dirname(os.path.abspath(self.file)) if self.file else os.getcwd()  # noqa: PTH100, PTH109, PTH120

    def problem(self, key: str, words: str) -> ConfigError:
        """Return the error that names the file, the line and a key of it, such as ``severity`` or ``severity.x``."""
        lines = self.lines or {}
        line = lines.get(key) or lines.get(key.partition(".")[0])
        return ConfigError(f"{self.file}:{line}: {key}" if line else f"{self.file}: {key}", words)


def config_for(paths: Iterable[str], given: str | None = None, *, use: bool = True) -> Config:
    """Return the configuration that applies to files.

    Args:
        paths: files and folders; ``-``, standard input, stands for the working folder.
        given: the file to read instead of looking for one.
        use: whether there may be one at all.

    Raises:
        ConfigError: if the file cannot be used, or different files apply to the paths.
    """
    if not use:
        return Config(Settings())
    if given is not None:
        return read(given)
    found: dict[str | None, str] = {}
    for path in paths or ("-",):
        found.setdefault(nearest(path), path)
    if len(found) > 1:
        words = ", ".join(f"{path} is under {_shown(file) if file else 'none'}" for file, path in found.items())
        raise ConfigError("", f"different files apply ({words}); check the paths apart, or name one with --config")
    file = next(iter(found))
    return read(_shown(file)) if file else Config(Settings())


def nearest(path: str) -> str | None:
    """Return the configuration file that applies to a path, if there is one.

    Raises:
        ConfigError: if both files of one folder hold a configuration.
    """
    if "\0" in path:
        return None  # no file can be called so, which the readers say
    folder = os.path.realpath("." if path == "-" else path)
    if path != "-" and not os.path.isdir(folder):  # noqa: PTH112  asked before every first answer
        folder = os.path.dirname(folder)  # noqa: PTH120
    while True:
        own, shared = os.path.join(folder, OWN), os.path.join(folder, SHARED)  # noqa: PTH118
        has_own, has_shared = os.path.isfile(own), _table(shared) is not None  # noqa: PTH113
        if has_own and has_shared:
            raise ConfigError(_shown(own), f"{SHARED} beside it holds [tool.postlint] too; keep one of them")
        if has_own or has_shared:
            return own if has_own else shared
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):  # noqa: PTH110, PTH118
            return None
        folder = parent


def read(file: str) -> Config:
    """Read a configuration file: the table ``[tool.postlint]`` of a ``pyproject.toml``, else all of it.

    Raises:
        ConfigError: if it is missing, is not TOML, or holds an unknown key or a wrong value.
    """
    from wmp_postlint.checker.toml_lines import key_lines, line_of

    content = _content(file)
    if content is None:
        raise ConfigError(file, "there is no such configuration file")
    table: dict[str, Any] = _parsed(file, content)
    base: tuple[str, ...] = ()
    if os.path.basename(file) == SHARED:  # noqa: PTH119
        own, base = _tool(table), ("tool", "postlint")
        if own is None:
            raise ConfigError(file, "holds no table [tool.postlint]")
        table = own
    lines = key_lines(content.decode().replace("\r\n", "\n"))
    known = [name.replace("_", "-") for name in Settings.__annotations__]
    values: dict[str, object] = {}
    places: dict[str, int] = {}
    for key, value in table.items():
        line = line_of(lines, (*base, key)) or 1
        if key not in known:
            raise ConfigError(f"{file}:{line}: {key}", unknown_key(key, known))
        places[key] = line
        name = key.replace("-", "_")
        if isinstance(value, dict):
            places |= {f"{key}.{inner}": line_of(lines, (*base, key, inner)) or line for inner in value}
        try:
            values[name] = _severities(value) if key == "severity" else value
            convert({name: values[name]}, Settings, "", ConfigError)
        except ConfigError as error:
            where = key + error.where.removeprefix(name)
            inner = error.where.removeprefix(f"{name}.")
            at = (key, inner) if isinstance(value, dict) else tuple(_steps(where))
            raise ConfigError(f"{file}:{line_of(lines, (*base, *at)) or line}: {where}", error.expected) from None
    return Config(convert(values, Settings, "", ConfigError), file, places)


def _severities(value: object) -> object:
    """Read the table of severities; what convert would say of a name *or* a table helps nobody."""
    if not isinstance(value, dict):
        return value
    read: dict[str, object] = {}
    for rule, given in value.items():
        where = f"severity.{rule}"
        if isinstance(given, dict):
            read[rule] = convert(given, SeverityTable, where, ConfigError)
        elif given in get_args(SeverityName):
            read[rule] = given
        else:
            names = ", ".join(f'"{name}"' for name in get_args(SeverityName))
            raise ConfigError(where, f"expected one of {names}, or a table of them by account kind; {_TO_LEAVE_OUT}")
    return read


def _steps(where: str) -> Iterator[str | int]:
    """Yield the steps of a path such as ``keys[0].holder``."""
    for match in re.finditer(r"\[(\d+)\]|([^.\[\]]+)", where):
        yield int(match[1]) if match[1] else match[2]


def _table(file: str) -> dict[str, Any] | None:
    """Return ``[tool.postlint]`` of a pyproject.toml, or None where it has none."""
    content = _content(file)
    if content is None or not re.search(_MENTIONED, content):
        return None
    return _tool(_parsed(_shown(file), content))


def _tool(table: Mapping[str, Any]) -> dict[str, Any] | None:
    tool = table.get("tool")
    found = tool.get("postlint") if isinstance(tool, dict) else None
    return found if isinstance(found, dict) else None


def _content(file: str) -> bytes | None:
    try:
        with open(file, "rb") as opened:  # noqa: PTH123  asked for in each folder upward
            return opened.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(_shown(file), f"cannot be read: {error.strerror or error}") from None


def _parsed(file: str, content: bytes) -> dict[str, Any]:
    from wmp_postlint.resource import table_of

    try:
        return table_of(content)
    except UnicodeDecodeError:
        raise ConfigError(file, "is not UTF-8 text") from None
    except ValueError as error:
        raise ConfigError(file, f"is not TOML: {error}") from None


def _shown(file: str) -> str:
    """Return a path as it is shown: relative where it lies in the working folder."""
    shown = os.path.relpath(file)
    return file if shown.startswith("..") else shown
