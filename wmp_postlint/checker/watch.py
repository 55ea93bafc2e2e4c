"""``--watch``: checks again whenever a file changes that was named, or that lies in a folder that was."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_REST = 0.4


def snapshot(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return when each file under the paths was changed, and how long it is."""
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        for name in _files(Path(path)):
            try:
                about = os.stat(name)  # noqa: PTH116  asked for many files, many times
            except OSError:
                continue
            found[str(name)] = (about.st_mtime_ns, about.st_size)
    return found


def _files(path: Path) -> list[str | Path]:
    if not path.is_dir():
        return [path]
    files: list[str | Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [os.path.join(folder, name) for name in names]  # noqa: PTH118  as above
    return files


def watch(
    paths: Sequence[str],
    run: Callable[[], int],
    sleep: Callable[[float], object] = time.sleep,
    again: Callable[[], bool] = lambda: True,
) -> int:
    """Run, and again after every change, until it is interrupted.

    Args:
        paths: files and folders.
        run: checks them and returns the exit code.
        sleep: waits so many seconds.
        again: whether to go on waiting; for tests.

    Returns:
        The last exit code.
    """
    seen = snapshot(paths)
    code = run()
    while again():
        sleep(_REST)
        now = snapshot(paths)
        if now != seen:
            # A file that is still being written changes once more; it is checked when it rests.
            sleep(_REST / 4)
            seen = snapshot(paths)
            code = run()
    return code
