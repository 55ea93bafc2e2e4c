"""Files that are made once and stay with the force: secret keys, and what is kept under them."""

from __future__ import annotations

import os
from pathlib import Path

from wmp_postlint.errors import InputError

LENGTH = 64  # hexadecimal digits of a key, 32 bytes


def write_new(path: Path, content: bytes, error: type[InputError], there: str) -> None:
    """Write a new file that only its owner may read; once this returns, it is on the disk.

    Args:
        path: the file.
        content: what it holds.
        error: the error to raise.
        there: what is said where it is there already.

    Raises:
        InputError: of the class ``error``, if it is there already or cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except FileExistsError:
        raise error(str(path), there) from None
    except OSError as problem:
        raise error(str(path), f"cannot be written: {problem.strerror or problem}") from None


def key_path(path: Path) -> Path:
    """Return where the key of a file lies: beside it, with ``.key`` behind its name."""
    return path.with_name(f"{path.name}.key")


def read_key(path: Path, error: type[InputError], what: str) -> bytes:
    """Return the key that a file holds.

    Args:
        path: the file.
        error: the error to raise.
        what: what it is the key of, such as ``a log``.

    Raises:
        InputError: of the class ``error``, if it is missing, is no key, or others may read it.
    """
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                raise error(str(path), f"others may read it; run: chmod 600 {path}")
            key = file.read(1000).strip()
    except OSError as problem:
        raise error(str(path), f"cannot be read: {problem.strerror or type(problem).__name__}") from None
    if len(key) != LENGTH:
        raise error(str(path), f"is not the key of {what}")
    return key
