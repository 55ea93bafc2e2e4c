"""Where policy packs stand, and how one is laid over the other: TOML files and nothing else, no code, no network.

A pack is bundled, stands in a file, or comes with an installed package that names it in the entry-point group
``wmp_postlint.policies``: ``anytown = "anytown_policy"`` means the file ``anytown.toml`` in the package
``anytown_policy``, which is read and not imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from wmp_postlint import lazy, resource
from wmp_postlint.errors import PolicyError
from wmp_postlint.pack_facts import as_meant

ENTRY_POINTS = "wmp_postlint.policies"
_LONGEST_CHAIN = 10
_IN_A_LIST = lazy.regex(r"([\w-]+(?:\.[\w-]+)*)\[(\d+)\](.*)")

Table = dict[str, Any]
PackName = str | Path
Chain = Sequence[tuple[PackName, Table]]


def bundled_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with the library, sorted."""
    return resource.names("packs", ".toml")


def layers(pack: PackName) -> list[tuple[PackName, Table]]:
    """Return the tables that a pack is made of, the one that extends nothing first.

    Raises:
        PolicyError: if a pack is missing, is not TOML, has no id of its own, or extends itself.
    """
    chain: list[tuple[PackName, Table]] = []
    while True:
        if pack in (name for name, _ in chain) or len(chain) == _LONGEST_CHAIN:
            raise PolicyError(str(pack), "extends itself, directly or through another pack")
        table, found_at = _read(pack)
        if "id" not in table:
            # That of the pack below would stand in reports that are not its own.
            raise PolicyError(f"{pack}: id", "missing, expected a name of the pack's own, which every report gives")
        chain.append((pack, table))
        base = table.get("extends")
        if base is None:
            return chain[::-1]
        if not isinstance(base, str):
            raise PolicyError(f"{pack}: extends", "expected the name of a pack or a path relative to this one")
        pack = (found_at.parent if found_at else Path()) / base if base.endswith(".toml") else base


def resolved(pack: PackName) -> Table:
    """Return the table of a pack laid over those it extends: tables by key, lists added, single values replaced.

    Raises:
        PolicyError: if a pack is missing, is not TOML, or extends itself.
    """
    return laid(layers(pack))


def laid(chain: Chain) -> Table:
    """Return tables laid over each other, the first of them lowest."""
    table: Table = {}
    for _, over in chain:
        table = merge(table, over)
    return table


def placed(chain: Chain, where: str) -> tuple[PackName, str]:
    """Return which pack of a chain gives an item of a list, and its key there; the last pack for any other key.

    Args:
        chain: the tables, the lowest first.
        where: a key of what they are together, such as ``contacts.numbers[23].owner``.
    """
    match = _IN_A_LIST.fullmatch(where)
    if match is None:
        return chain[-1][0], where
    below: list[Any] = []
    places: list[tuple[PackName, int]] = []
    for pack, table in chain:
        held: Any = table
        for key in match[1].split("."):
            held = held.get(key) if isinstance(held, dict) else None
        own = held if isinstance(held, list) else []
        added = [index for index, item in enumerate(own) if item not in below]
        places += [(pack, index) for index in added]
        below = below + [own[index] for index in added]
    index = int(match[2])
    pack, at = places[index] if index < len(places) else (chain[-1][0], index)
    return pack, f"{match[1]}[{at}]{match[3]}"


def part(file: Path) -> Table:
    """Return the table of a file that holds a part of a pack, to be laid over a whole one.

    Raises:
        PolicyError: if it is missing, is not TOML, or extends a pack itself.
    """
    table, _ = _read(file)
    if "extends" in table:
        raise PolicyError(f"{file}: extends", "a part of a pack extends nothing; name the file as the policy instead")
    return table


def merge(base: Table, over: Table) -> Table:
    """Lay one table over another."""
    merged = dict(base)
    for key, value in over.items():
        below = base.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = merge(below, value)
        elif isinstance(value, list) and isinstance(below, list):
            merged[key] = below + [item for item in value if item not in below]
        else:
            merged[key] = value
    return merged


def source_of(pack: PackName) -> bytes:
    """Return the file of a pack as it is.

    Raises:
        PolicyError: if there is no such pack, or it cannot be read.
    """
    try:
        path = pack if isinstance(pack, Path) else installed_packs().get(pack)
        if path is not None and pack not in bundled_packs():
            return path.read_bytes()
        if pack in bundled_packs():
            return resource.read_bytes(f"packs/{pack}.toml")
    except OSError as error:
        raise PolicyError(str(pack), f"cannot be read: {error.strerror or error}") from error
    known = ", ".join((*bundled_packs(), *installed_packs()))
    raise PolicyError(str(pack), f"no such pack; known are {known}, or give the path of a TOML file")


def beside(pack: PackName, ending: str) -> Path | None:
    """Return the file ``<pack><ending>`` that stands beside a pack's own, if there is one."""
    path = pack if isinstance(pack, Path) else installed_packs().get(pack) or resource.path(f"packs/{pack}.toml")
    if path is None:
        return None
    file = path.with_name(path.stem + ending)
    return file if file.is_file() else None


@cache
def installed_packs() -> dict[str, Path]:
    """Return the packs of installed packages: name to file. None of the packages is imported."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found: dict[str, Path] = {}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        # A package inside another would be found only by importing that one.
        spec = find_spec(point.value) if "." not in point.value and ":" not in point.value else None
        folders = spec.submodule_search_locations if spec else None
        if not folders:
            raise PolicyError(point.name, f"names {point.value!r}; expected an installed package")
        found[point.name] = Path(next(iter(folders))) / f"{point.name}.toml"
    return found


def _read(pack: PackName) -> tuple[Table, Path | None]:
    """Return the table of one pack, and its file where paths beside it can be meant."""
    try:
        if isinstance(pack, str) and pack in bundled_packs():
            return as_meant(resource.read_table(f"packs/{pack}.toml"), pack), None
        found_at = pack if isinstance(pack, Path) else installed_packs().get(pack)
        return as_meant(resource.table_of(source_of(pack)), pack), found_at
    except UnicodeDecodeError as error:
        raise PolicyError(str(pack), "is not UTF-8 text") from error
    except PolicyError:
        raise
    except OSError as error:
        raise PolicyError(str(pack), f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise PolicyError(str(pack), f"is not TOML: {error}") from error
