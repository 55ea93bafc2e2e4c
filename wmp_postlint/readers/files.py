"""Post files: which there are, how many posts they hold, and the posts one after the other.

Files whose names say that they hold posts (``ENDINGS``) are found in folders; a file that is named outright is read by
what it holds, whatever it is called. A folder or a zip archive that is an export of a platform is read as one. ``-`` is
standard input. A mistake in one post loses no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from wmp_postlint.lazy import Record
from wmp_postlint.readers.kind import Kind, all_kinds, detect, kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError, spoilt
from wmp_postlint.readers.place import File, Place, ZipPlace, real

# The names of our own files, each with the format that it promises.
ENDINGS = {
    ".post.json": "wire", ".posts.json": "wire", ".posts.jsonl": "lines", ".post.md": "draft", ".posts.csv": "bulk",
    ".post.txt": "text",
}  # fmt: skip
# What a folder without any of those is searched for; office documents are no drafts that can be read, and say so.
_DRAFTS = (".md", ".markdown", ".csv", ".jsonl", ".txt", ".docx", ".odt", ".xlsx")
_WANTED = "*.post.md, *.post.json, *.posts.jsonl, *.posts.csv or *.post.txt"
_UNPACK = (".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz")
# Files up to this are read once to be counted, so that the header can say how many posts there are.
_COUNTED = 4 * 2**20


class Source(Record):
    """A file with posts and its format, or a path that cannot be used (``error``), or is left out (``skipped``)."""

    path: str
    file: File | None = None
    kind: Kind | None = None
    error: str | None = None
    skipped: str | None = None

    def count(self) -> int | None:
        """Return how many posts there are, or what looks like one; None where finding out would take long."""
        if self.skipped is not None:
            return 0
        if self.file is None or self.kind is None:
            return 1
        try:
            if self.kind.count is not None:
                return self.kind.count(self.file)
            if self.file.size() > _COUNTED or self.kind.archive:
                return None
            return sum(loaded.skipped is None for loaded in self.read())
        except OSError:
            return 1

    def read(self) -> Iterator[Loaded]:
        """Yield the posts in their order; a mistake is yielded too, in the place of the post it spoils."""
        if self.file is None or self.kind is None:
            yield Loaded(self.path, error=self.error, skipped=self.skipped)
            return
        try:
            yield from self.kind.read(self.file)
        except UnreadableError as error:
            yield spoilt(self.path, error)
        except OSError as error:
            yield Loaded(self.path, error=f"cannot be read: {error.strerror or error}")
        except Exception as error:  # noqa: BLE001  a reader's crash is no reason to lose the other files
            words = f"cannot be read: the reader of {self.kind.name} failed ({type(error).__name__}), please report it"
            yield Loaded(self.path, error=words)


def is_post_file(path: Path) -> bool:
    """Whether a file's name says that it holds posts."""
    return _promised(path.name) is not None


def find(paths: Iterable[str], stdin: BinaryIO) -> Iterator[Source]:
    """Yield the sources that paths mean, each file once; folders are walked in order, hidden names left out.

    Args:
        paths: files, folders, and ``-`` for standard input.
        stdin: standard input, read only for ``-``.
    """
    seen: set[str] = set()
    for path in paths:
        if path == "-":
            yield _given(stdin.read())
            continue
        try:
            known = real(path) in seen
            sources = list(_folder(Path(path), seen)) if Path(path).is_dir() else list(_named(path))
        except ValueError:
            known, sources = False, [Source(path, error="is no path: it holds a NUL character")]
        if not sources and not known:
            sources = [Source(path, error=f"no post in this folder; a post file is called {_WANTED}")]
        for source in sources:
            where = real(source.path) if source.file is not None else ""
            if where not in seen:
                if where:
                    seen.add(where)
                yield source


def _given(content: bytes) -> Source:
    """Return standard input as a source, a zip archive too."""
    file = File.given(content)
    if content.startswith(b"PK\x03\x04"):
        return next(_archive("-", file), Source("-", error=_NO_EXPORT))
    if content[:1].isalnum() and not content.startswith(b"window.") and b"\n" not in content.strip():
        return Source("-", file, kind("text"))  # a line of words needs no look at the other formats
    return _told("-", file)


def _named(path: str) -> Iterator[Source]:
    """Yield what a file that is named outright holds."""
    file = Path(path)
    if not file.exists():
        yield Source(path, error="no such file or folder")
    elif not file.is_file():
        yield Source(path, error="is no regular file; copy its content into one, or give it as standard input (-)")
    elif (promised := _promised(file.name)) is not None:
        yield Source(path, File.named(path), kind(promised))
    elif file.name.casefold().endswith(_UNPACK):
        yield Source(path, error="is a packed archive; unpack it and name the folder")
    else:
        try:
            with file.open("rb") as opened:
                packed = opened.read(4) == b"PK\x03\x04"
            if not packed:
                yield _told(path, File.named(path))
                return
            found = list(_archive(path, None))
        except OSError as error:
            yield Source(path, error=f"cannot be read: {error.strerror or error}")
        else:
            yield from found or [Source(path, error=_NO_EXPORT)]


_UNKNOWN = (
    "is no post file: its content is none of the formats that posts are read from; save the text as *.post.md or "
    "*.post.txt, a table as CSV"
)
_NO_EXPORT = "is a zip archive without an export in it that is known; unpack it and name the file with the posts"


def _told(path: str, file: File) -> Source:
    """Return a source whose format is told by what the file holds."""
    from wmp_postlint.readers.head import Head

    try:
        head = Head.of(file)
    except OSError as error:
        return Source(path, error=f"cannot be read: {error.strerror or error}")
    found = detect(head)
    if found is None:
        return Source(path, error=_UNKNOWN)
    return Source(path, file, found)


def _archive(path: str, given: File | None) -> Iterator[Source]:
    """Yield what posts stand in when a path is an export that was given out as a folder or a zip archive."""
    try:
        place = Place(Path(path)) if Path(path).is_dir() else ZipPlace(path, given.open() if given else None)
        found = False
        for each in all_kinds().values():
            for name in place.find(each.archive):
                file = File(place.shown(name), place, name)
                if each.doubtful and not _claimed(each, file):
                    continue
                found = True
                yield Source(file.path, file, each)
        if found:
            return
        for pattern, words in (pair for each in all_kinds().values() for pair in each.refused):
            if place.find((pattern,)):
                yield Source(path, error=words)
                return
    except UnreadableError as error:
        yield Source(path, error=error.problem)


def _claimed(kind: Kind, file: File) -> bool:
    """Whether a format claims a file; it keeps one that cannot be opened, so that this is said when it is read."""
    from wmp_postlint.readers.head import Head

    try:
        return bool(kind.claims(Head.of(file)))
    except Exception:  # noqa: BLE001  whatever is wrong with a file, or with the archive around it
        return True


def _folder(folder: Path, seen: set[str]) -> Iterator[Source]:
    """Yield the post files of a folder that was named; drafts with plain endings where there is no other."""
    left: list[Path] = []
    found = list(_walk(folder, seen, left))
    if found:
        yield from found
        for path in left:
            words = f"its name does not say that it holds posts; name it outright, or call it {_WANTED}"
            yield Source(str(path), skipped=words)
    else:
        for path in left:
            yield from _named(str(path))


def _walk(folder: Path, seen: set[str], left: list[Path]) -> Iterator[Source]:
    """Yield the post files of a folder and those under it; a link that leads back up is walked once."""
    where = real(str(folder))
    if where in seen:
        return
    seen.add(where)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Source(str(folder), error=f"cannot be read: {error.strerror or error}")
        return
    if export := list(_archive(str(folder), None)):
        yield from export
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, seen, left)
        elif is_post_file(entry):
            yield from _named(str(entry))
        elif entry.name.casefold().endswith(_DRAFTS):
            left.append(entry)


def _promised(name: str) -> str | None:
    return next((kind for ending, kind in ENDINGS.items() if name.casefold().endswith(ending)), None)
