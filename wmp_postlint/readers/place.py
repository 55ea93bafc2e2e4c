"""Where files lie: a folder, or a zip archive that is read without being unpacked."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from wmp_postlint.lazy import replace
from wmp_postlint.post import Media
from wmp_postlint.readers.loaded import UnreadableError

if TYPE_CHECKING:
    from zipfile import ZipFile

# A picture out of a zip archive is held in memory; a longer one is reported as not looked at.
MAX_MEDIA = 64 * 2**20
MAX_NAMES = 200_000


class Place:
    """A folder that a file lies in, whose other files its posts may name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, patterns: Iterable[str]) -> list[str]:
        """Return the names of files, relative to the place, that patterns such as ``data/*.js`` mean, sorted."""
        found = {path for pattern in patterns for path in self.folder.glob(pattern) if path.is_file()}
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def open(self, name: str) -> BinaryIO:
        """Open a file by its name.

        Raises:
            OSError: if it is not there or cannot be read.
        """
        return (self.folder / name).open("rb")

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return (self.folder / name).stat().st_size

    def shown(self, name: str) -> str:
        """Return a file's path as it is shown."""
        return str(self.folder / name)

    def media(self, names: Iterable[str], alt: str | None = None, caption: str | None = None) -> Media:
        """Return the medium that the first of the names that is there belongs to.

        Args:
            names: where it may lie, relative to the place; a name that leads out of it is not followed.
            alt: its description.
            caption: what is published beside it.
        """
        inside = [name for name in map(_inside, names) if name]
        there = next((name for name in inside if self._has(name)), None)
        if there is not None:
            return replace(self._medium(there), alt=alt, caption=caption)
        # A path that is not there is an error in the report, as anything that cannot be looked at.
        return Media(path=str(self.folder / inside[0]) if inside else None, alt=alt, caption=caption)

    def _has(self, name: str) -> bool:
        try:
            return (self.folder / name).is_file()
        except (OSError, ValueError):
            return False

    def _medium(self, name: str) -> Media:
        return Media(path=str(self.folder / name))


class ZipPlace(Place):
    """A zip archive; a single folder that holds everything in it counts as its root.

    Raises:
        UnreadableError: if it is no zip archive that can be read.
    """

    def __init__(self, path: str, file: BinaryIO | None = None) -> None:
        super().__init__(Path(path))
        from zipfile import BadZipFile, ZipFile

        self._path = path
        try:
            self._zip: ZipFile = ZipFile(file or path)
            names = [info.filename for info in self._zip.infolist() if not info.is_dir()]
        except (BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            problem = "is a damaged zip archive; download it again, or unpack it and name the folder"
            raise UnreadableError(problem) from error
        if len(names) > MAX_NAMES:
            raise UnreadableError(f"holds more than {MAX_NAMES} files; unpack it and name the folder")
        roots = {name.split("/", 1)[0] if "/" in name else "" for name in names}
        self._root = f"{roots.pop()}/" if len(roots) == 1 and "" not in roots and "data" not in roots else ""
        self._names = names

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(name[len(self._root) :] for name in self._names)

    def find(self, patterns: Iterable[str]) -> list[str]:
        patterns = tuple(patterns)
        return sorted(name for name in self._known if any(_matches(name, pattern) for pattern in patterns))

    def open(self, name: str) -> BinaryIO:
        try:
            return cast(BinaryIO, self._zip.open(self._root + name))
        except (KeyError, RuntimeError, NotImplementedError) as error:
            reason = "no such file in it" if isinstance(error, KeyError) else "it is encrypted; unpack it first"
            raise UnreadableError(f"cannot be read: {reason}") from None

    def size(self, name: str) -> int:
        return self._zip.getinfo(self._root + name).file_size

    def shown(self, name: str) -> str:
        return f"{self._path}/{name}"

    def _has(self, name: str) -> bool:
        return name in self._known

    def _medium(self, name: str) -> Media:
        filename = PurePosixPath(name).name
        if self.size(name) > MAX_MEDIA:
            return Media(filename=filename)
        try:
            with self.open(name) as file:
                return Media(data=file.read(MAX_MEDIA), filename=filename)
        except (OSError, EOFError, UnreadableError, ValueError):
            return Media(filename=filename)
        except Exception as error:  # zlib.error and zipfile's own, whatever else the archive's compression raises
            if type(error).__module__ not in ("zlib", "zipfile", "lzma", "_lzma"):
                raise
            return Media(filename=filename)


class File:
    """A file to read posts from.

    Attributes:
        path: its path as it is shown.
        place: where the pictures beside it lie.
        name: its name relative to the place.
    """

    def __init__(self, path: str, place: Place, name: str, content: bytes | None = None) -> None:
        self.path = path
        self.place = place
        self.name = name
        self._content = content

    @classmethod
    def named(cls, path: str) -> File:
        """Return the file that a path means."""
        return cls(path, Place(Path(path).parent), Path(path).name)

    @classmethod
    def given(cls, content: bytes) -> File:
        """Return standard input as a file."""
        return cls("-", Place(Path()), "-", content)

    def open(self) -> BinaryIO:
        """Open it from its beginning."""
        return BytesIO(self._content) if self._content is not None else self.place.open(self.name)

    def size(self) -> int:
        """Return how many bytes it has."""
        return len(self._content) if self._content is not None else self.place.size(self.name)

    def beside(self, patterns: Iterable[str]) -> list[File]:
        """Return the files of the same folder whose names patterns mean, sorted."""
        folder = PurePosixPath(self.name).parent.as_posix()
        prefix = "" if folder == "." else f"{folder}/"
        return [
            File(self.place.shown(name), self.place, name)
            for name in self.place.find(f"{prefix}{pattern}" for pattern in patterns)
        ]


def _inside(name: str) -> str | None:
    """Return a name that cannot lead out of its place, or None."""
    parts = name.replace("\\", "/").lstrip("/").split("/")
    if not name or "\0" in name or any(part in ("", ".", "..") or ":" in part for part in parts):
        return None
    return "/".join(parts)


def _matches(name: str, pattern: str) -> bool:
    """Whether a pattern means a name, as ``Path.glob`` has it: a star stays inside its folder."""
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch.fnmatchcase, parts, wanted))


def real(path: str) -> str:
    """Return where a path leads, to tell whether two are the same."""
    return os.path.realpath(path)
