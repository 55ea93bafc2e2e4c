"""Lines of JSON that are only ever added to a file, each chained to the one before by its hash.

A line holds its number ``n``, the hash of the line before as ``prev``, a code ``mac`` over both and what it says
(HMAC-SHA-256), which only the holder of the key can make, and the ``hash`` of all that (SHA-256, canonical JSON).
Changing, taking out or reordering lines breaks the chain; who makes the hashes anew from there on lacks the codes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wmp_postlint.errors import AuditLogError
from wmp_postlint.lazy import Record

FORM = "postlint-log-1"
_NOTHING_BEFORE = "0" * 64
_PIECE = 1 << 16
_MOST_PROBLEMS = 20

Entry = dict[str, Any]


class LogState(Record):
    """What verifying a log showed.

    ``entries`` counts the lines; ``head`` is the hash of the last, which stands for all that went before; ``problems``
    are sentences that begin with the number of a line, in the file's order.
    """

    entries: int
    head: str
    problems: tuple[str, ...]


def append(path: Path, key: bytes, body: Mapping[str, Any] | None) -> None:
    """Add one line; once this returns, it is on the disk.

    A last line that was torn, because its writer was killed before it was told that the line is kept, is taken off,
    and a line that says so stands in its place.

    Args:
        path: the file, which must be there.
        key: the key of the codes.
        body: what the line says; None only mends, and begins an empty file.

    Raises:
        AuditLogError: if it cannot be written, or the end of the file is not what was written there.
    """
    try:
        with _locked(path) as handle:
            last, whole, torn = _end_of(handle, path, key)
            bodies: list[Mapping[str, Any]] = [] if last else [{"log": FORM}]
            bodies += [{"mended": torn}] if torn else []
            bodies += [body] if body is not None else []
            os.ftruncate(handle, whole)
            _write(handle, _lines(bodies, last, key), whole)
    except OSError as error:
        raise AuditLogError(str(path), f"cannot be written: {error.strerror or type(error).__name__}") from None


def entries(path: Path) -> Iterator[tuple[int, Entry | None, bytes]]:
    """Yield the lines: the number in the file, what it says (None for what is no entry), and its bytes."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield number, _parsed(line), line


def verify(path: Path, key: bytes | None = None, head: str | None = None) -> LogState:
    """Check the chain.

    Args:
        path: the file.
        key: the key of the codes; without it the chain alone is checked.
        head: a hash that was noted down earlier, which must stand in the file: nothing up to it was cut off.

    Raises:
        AuditLogError: if the file cannot be read.
    """
    problems: list[str] = []
    before, count, found = _NOTHING_BEFORE, 0, head is None
    try:
        for number, entry, line in entries(path):
            problem = _problem(entry, line, count, before, key)
            if problem and len(problems) < _MOST_PROBLEMS:
                problems.append(f"line {number}: {problem}")
            count += 1
            before = str(entry["hash"]) if entry else before
            found = found or before == head
    except OSError as error:
        raise AuditLogError(str(path), f"cannot be read: {error.strerror or type(error).__name__}") from None
    if not count:
        problems.append("line 1: it is missing, a log begins with a line of its own")
    if not found:
        problems.append(
            f"line {count + 1}: the line with the hash that was noted down is not there; lines were cut off"
        )
    return LogState(count, before, tuple(problems))


def _problem(entry: Entry | None, line: bytes, n: int, before: str, key: bytes | None) -> str | None:
    if not line.endswith(b"\n"):
        return "it is torn: its writer was stopped before the decision was given back; the next entry mends it"
    if entry is None:
        return "it is no entry of a log"
    if _hash(entry) != entry["hash"]:
        return "it was changed after it was written"
    if entry["prev"] != before or entry["n"] != n:
        return "it does not follow the line before: lines were taken out, put in, or moved"
    if n == 0 and entry.get("log") != FORM:
        return "it is not the beginning of a log"
    if key is not None and not hmac.compare_digest(_code(key, entry), entry["mac"].encode("utf-8", "replace")):
        return "it was not written with this log's key"
    return None


def _lines(bodies: Sequence[Mapping[str, Any]], last: Entry | None, key: bytes) -> bytes:
    n, before = (last["n"] + 1, last["hash"]) if last else (0, _NOTHING_BEFORE)
    lines = b""
    for body in bodies:
        entry = {"n": n, **body, "prev": before}
        entry["mac"] = _code(key, entry).decode("ascii")
        entry["hash"] = before = _hash(entry)
        lines += json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n"
        n += 1
    return lines


def _hash(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(entry, "hash")).hexdigest()


def _code(key: bytes, entry: Mapping[str, Any]) -> bytes:
    return hmac.new(key, _canonical(entry, "hash", "mac"), "sha256").hexdigest().encode("ascii")


def _canonical(entry: Mapping[str, Any], *without: str) -> bytes:
    rest = {name: value for name, value in entry.items() if name not in without}
    return json.dumps(rest, sort_keys=True, separators=(",", ":")).encode("ascii")


def _parsed(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    needed = {"n": int, "prev": str, "hash": str, "mac": str}
    if not isinstance(entry, dict) or any(type(entry.get(name)) is not kind for name, kind in needed.items()):
        return None
    # Written again it must give the same bytes, or two texts of one entry would pass for the same.
    return entry if json.dumps(entry, separators=(",", ":")).encode("ascii") == line.rstrip(b"\n") else None


def _end_of(handle: int, path: Path, key: bytes) -> tuple[Entry | None, int, int]:
    """Return the last entry, the length of the file up to its end, and how many bytes of a torn line follow."""
    size = os.fstat(handle).st_size
    tail, at = b"", size
    while at > 0 and tail.count(b"\n") < 2:
        piece = min(_PIECE, at)
        at -= piece
        tail = os.pread(handle, piece, at) + tail
    kept, _, torn = tail.rpartition(b"\n")
    if not kept and at == 0 and size == len(torn):
        return None, 0, len(torn)
    last = _parsed(kept.rpartition(b"\n")[2])
    if last is None or _hash(last) != last["hash"] or _code(key, last) != last["mac"].encode("utf-8", "replace"):
        raise AuditLogError(str(path), f"its last line is not what was written; run: postlint log verify {path}")
    return last, size - len(torn), len(torn)


def _write(handle: int, lines: bytes, at: int) -> None:
    """Write all of the bytes and wait for the disk; if that fails, leave the file as long as it was."""
    try:
        written = 0
        while written < len(lines):
            written += os.pwrite(handle, lines[written:], at + written)
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, at)
        raise


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open a file for one writer alone, among the threads and processes of this computer."""
    try:
        import fcntl
    except ImportError:
        raise AuditLogError(
            str(path), "the log needs the file locks of a POSIX system, which this one is not"
        ) from None
    handle = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)
