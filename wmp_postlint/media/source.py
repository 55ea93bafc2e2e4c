"""Bounded random access to a file's bytes, and the items that container walkers yield."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from wmp_postlint.lazy import Record
from wmp_postlint.media.facts import EmbeddedText, Hidden, Position, Trace

MAX_BLOCK = 16 * 1024 * 1024
MAX_SECONDS = 1.2
_WHOLE = 256 * 1024
_AHEAD = 64 * 1024


class Block(Record):
    """A stretch of metadata: what it is, and where. `offset` counts from the start of the source it was found in.

    kind: "tiff", "gps" (a GPS directory), "xmp", "iptc", "photoshop", "text", "nested" (media inside media),
    "trailer" (what follows the end), "boxes" (a list of ISO boxes) or "unread" (to be
    looked through byte by byte, as no walker understands it). `data` is set when the bytes had to be put together or
    inflated, and so cannot be found at offset.
    """

    kind: str
    offset: int
    length: int
    path: str
    data: bytes | None = None


class Problem(Record):
    """A part of the file that could not be looked at, in one plain sentence.

    `pixels` says that only picture data is missing: no matter in a thumbnail, whose metadata was read.
    """

    sentence: str
    pixels: bool = False


Item = Block | Position | Trace | EmbeddedText | Problem | Hidden
Items = Iterator[Item]


class TookTooLongError(Exception):
    """The time allowed for one file is used up."""


class Source:
    """A readable stretch of a file, or of bytes made from one.

    Reading past the end gives fewer bytes, never an error. All parts of one file share one deadline.
    """

    __slots__ = ("_ahead", "_ahead_at", "_base", "_data", "_file", "deadline", "in_file", "size")

    def __init__(self, data: bytes, deadline: float | None = None, *, in_file: bool = True) -> None:
        self._data = data
        self._file: FileIO | None = None
        self._base = 0
        self._ahead = b""
        self._ahead_at = 0
        self.size = len(data)
        self.deadline = time.monotonic() + MAX_SECONDS if deadline is None else deadline
        self.in_file = in_file

    @classmethod
    def of_file(cls, file: FileIO, size: int) -> Source:
        """Read a file by seeking; a small one is read whole, since that is quicker."""
        if size <= _WHOLE:
            return cls(file.read(_WHOLE + 1))
        source = cls(b"")
        source._file, source.size = file, size
        return source

    @property
    def base(self) -> int:
        """Return where this part begins in the file, or in the bytes that were put together."""
        return self._base

    def sub(self, offset: int, length: int) -> Source:
        """Return the part at `offset`, which shares the file and the deadline."""
        offset = min(max(offset, 0), self.size)
        part = Source(self._data, self.deadline, in_file=self.in_file)
        part._file, part._base, part.size = self._file, self._base + offset, max(0, min(length, self.size - offset))
        return part

    def derived(self, data: bytes) -> Source:
        """Return a source of bytes that were assembled or inflated, which shares the deadline."""
        return Source(data, self.deadline, in_file=False)

    def check(self) -> None:
        """Raise TookTooLongError when the time for this file is used up."""
        if time.monotonic() > self.deadline:
            raise TookTooLongError

    def read(self, offset: int, length: int) -> bytes:
        """Return up to `length` bytes (never more than MAX_BLOCK) from `offset`."""
        if offset < 0 or offset >= self.size or length <= 0:
            return b""
        length = min(length, self.size - offset, MAX_BLOCK)
        start = self._base + offset
        if self._file is None:
            return self._data[start : start + length]
        if length > _AHEAD:
            self._file.seek(start)
            return self._file.read(length)
        if not self._ahead_at <= start <= start + length <= self._ahead_at + len(self._ahead):
            self._file.seek(start)
            self._ahead, self._ahead_at = self._file.read(max(length, 4096)), start
        at = start - self._ahead_at
        return self._ahead[at : at + length]

    def peek(self, offset: int, length: int) -> bytes:
        """Return a few bytes without reading ahead, for looks here and there in a large file."""
        if self._file is None or offset < 0 or offset >= self.size:
            return self.read(offset, length)
        self._file.seek(self._base + offset)
        return self._file.read(min(length, self.size - offset))

    def uint(self, offset: int, width: int) -> int:
        """Return a big-endian number; bytes missing at the end count as 0."""
        return int.from_bytes(self.read(offset, width).ljust(width, b"\0"), "big")

    def search(self, pattern: re.Pattern[bytes], start: int) -> int:
        """Return the offset of the first match of a pattern of two bytes at or after `start`, or -1."""
        if self._file is None:
            match = pattern.search(self._data, self._base + start, self._base + self.size)
            return match.start() - self._base if match else -1
        while start < self.size - 1:
            self.check()
            window = self.read(start, _WHOLE)
            match = pattern.search(window)
            if match:
                return start + match.start()
            start += max(1, len(window) - 1)
        return -1

    def find(self, needle: bytes, start: int = 0, end: int | None = None) -> int:
        """Return the offset of `needle`, or -1."""
        stop = self.size if end is None else min(end, self.size)
        start = max(start, 0)
        if self._file is None:
            found = self._data.find(needle, self._base + start, self._base + stop)
            return found - self._base if found >= 0 else -1
        while start < stop:
            self.check()
            window = self.read(start, min(_WHOLE, stop - start))
            at = window.find(needle)
            if at >= 0:
                return start + at
            if len(window) < len(needle) or start + len(window) >= stop:
                return -1
            start += len(window) - len(needle) + 1
        return -1


def opened(path: Path) -> tuple[FileIO, int]:
    """Open a regular file; return it and its size in bytes. Raises OSError, also for what is no regular file."""
    if not path.is_file():
        raise OSError("not a regular file" if path.exists() else "no such file")
    file = path.open("rb", buffering=0)  # what is read ahead is decided here
    return file, os.fstat(file.fileno()).st_size
