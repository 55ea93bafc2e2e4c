"""``postlint fix``: copies of pictures and videos without what gives somebody away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from wmp_postlint.errors import InputError
from wmp_postlint.media.canvas import MediaFixError, Removal
from wmp_postlint.media.fix import MAX_SIZE, fix_media

_WORDS = {
    "location": "without location",
    "identifying": "without location and identity",
    "all": "without metadata",
}


def run(
    paths: Sequence[str], remove: Removal, say: Callable[[str], object], *, output: str | None, in_place: bool
) -> int:
    """Repair each file and say what was done; return the exit code.

    Args:
        paths: the files.
        remove: what to take out.
        say: takes each line.
        output: where the repaired copy of a single file goes, or the folder for several; beside the file by default.
        in_place: whether the files themselves are replaced.

    Returns:
        0 when every file is clean now, 2 when any was refused or cannot be read.

    Raises:
        InputError: if the options contradict each other.
    """
    if output and in_place:
        raise InputError("--output", "cannot be combined with --in-place; leave one out")
    folder = output is not None and (len(paths) > 1 or Path(output).is_dir())
    if output and folder and not Path(output).is_dir():
        raise InputError("--output", f"several files need a folder, and {output} is none; make it first")
    worst = 0
    for name in paths:
        try:
            say(_one(Path(name), remove, output, folder, in_place))
        except (InputError, OSError) as error:
            reason = str(error).removeprefix("media: ") if isinstance(error, InputError) else error.strerror
            say(f"{name}: not changed. {reason}")
            worst = 2
    return worst


def _one(path: Path, remove: Removal, output: str | None, folder: bool, in_place: bool) -> str:
    if path.is_dir():
        raise MediaFixError("media", "It is a folder; name the files in it.")
    if path.stat().st_size > MAX_SIZE:
        raise MediaFixError("media", f"It is larger than {MAX_SIZE >> 20} MB.")
    fixed = fix_media(path.read_bytes(), remove)
    goal = _goal(path, output, folder, in_place)
    if not in_place and goal.exists():
        raise MediaFixError("media", f"{goal} is there already; move it away, or give another --output.")
    write(goal, fixed.data, path)
    what = (
        f"{len(fixed.removed)} part{'' if len(fixed.removed) == 1 else 's'} taken out"
        if fixed.removed
        else "nothing to take out"
    )
    return f"{path}: {what}; {'it' if in_place else goal} is {_WORDS[remove]} now"


def _goal(path: Path, output: str | None, folder: bool, in_place: bool) -> Path:
    if in_place:
        return path.resolve()
    if output is None:
        return path.with_name(f"{path.stem}.clean{path.suffix}")
    return Path(output) / path.name if folder else Path(output)


def write(goal: Path, content: bytes, source: Path) -> None:
    """Write a file whole or not at all, with the rights of the one it came from."""
    handle, name = tempfile.mkstemp(dir=goal.parent, prefix=".postlint-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(source.stat().st_mode & 0o777)
        Path(name).replace(goal)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
