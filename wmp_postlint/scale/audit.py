"""An audit: every post of a source linted by all cores, in a folder that a killed run can go on in (extra ``arrow``).

A piece of the source is done when its file of reports stands in ``pieces/``; ``manifest.json`` says what the pieces are
of, so that another source, pack or set of rules cannot be mixed in. When all are there they become ``reports/``, by
month, and ``summary.html`` and ``summary.json``. Whatever is missing at the start of a run is made, and only that.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import IO, Any

from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.policy import Policy
from wmp_postlint.scale.pack_text import text_of
from wmp_postlint.scale.pieces import Sources
from wmp_postlint.scale.work import Work
from wmp_postlint.scale.workers import run

_VERSION = 1
_MANIFEST, _PIECES, _REPORTS, _FIGURES, _PAGE = "manifest.json", "pieces", "reports", "summary.json", "summary.html"


class Progress(Record):
    """How far an audit is: posts of this run, its seconds, the share of the source done, and that done before it."""

    posts: int
    seconds: float
    share: float
    before: float


def audit(
    source: str,
    out: Path,
    *,
    policy: Policy | str | Path | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    workers: int | None = None,
    now: datetime | None = None,
    ocr: bool = False,
    details: bool = False,
    leave_out: Sequence[str] = (),
    told: Callable[[Progress], None] = lambda progress: None,
) -> dict[str, Any]:
    """Lint a whole archive into a folder and return the figures of its summary.

    Args:
        source: a file, a folder, or an archive that a platform gave out.
        out: the folder; one in which the same audit was stopped goes on there.
        policy: a pack, the name of a bundled one, or the path of a TOML file; by default West Midlands'.
        select: run only the rules that these names, families or patterns mean.
        ignore: leave out the rules that these mean.
        workers: how many processes; by default as many as there are cores for this one.
        now: the moment to judge at where a post has none, with its zone; by default the present.
        ocr: whether text that can be seen in pictures is read.
        details: whether the column ``detail`` is filled, which may hold personal data.
        leave_out: columns of Parquet files that are not read.
        told: hears how far it is, after each piece.

    Raises:
        InputError: if the source cannot be read, or the folder holds something else.
    """
    if out.resolve().is_relative_to(Path(source).resolve()):
        raise InputError(str(out), "lies in the source itself; name a folder elsewhere")
    linter = Linter(policy=policy, select=select, ignore=ignore, ocr=ocr)
    if not linter.rules:
        raise InputError("rules", "none is left to check with; change select or ignore")
    pack = text_of(linter.policy)
    sources = Sources(source, tuple(leave_out))
    rules = tuple(rule.name for rule in linter.rules)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(out), f"cannot be made: {error.strerror or error}") from None
    with (out / ".lock").open("w") as lock:
        _lock(lock, out)
        manifest = _manifest(sources, pack, rules, {"ocr": ocr, "details": details, "leave_out": [*leave_out]})
        moment = _begun(out, manifest, now or datetime.now(UTC))
        if (out / _PAGE).exists() and (out / _FIGURES).exists():
            known: dict[str, Any] = json.loads((out / _FIGURES).read_text("utf-8"))
            return known
        work = Work(pack, rules, moment, out / _PIECES, ocr, details)
        if not (out / _REPORTS).exists():
            _lint(sources, work, workers or _cores(), told, lock)
        return _gathered(out)


def _lint(sources: Sources, work: Work, count: int, told: Callable[[Progress], None], lock: IO[str]) -> None:
    from wmp_postlint.scale.store import piece_file

    for draft in work.folder.glob("*.new"):
        draft.unlink()
    began, posts, size = monotonic(), 0, max(1, sources.size)
    finished = sum(1 for _ in work.folder.glob("*.parquet"))
    before = None
    left = (piece for piece in sources.pieces() if not piece_file(work.folder, piece.number).exists())
    for done in run(left, work, count, lock.close):
        posts += done.posts
        share = done.piece.read_to / size
        # Pieces are done nearly in order, so that the earlier run's share ends where the first of this one does.
        before = (share if finished else 0.0) if before is None else before
        told(Progress(posts, monotonic() - began, share, before))


def _gathered(out: Path) -> dict[str, Any]:
    """Make what is read afterwards of the pieces; each step is there whole or not at all."""
    from wmp_postlint.scale.gather import figures_of, write_months
    from wmp_postlint.scale.summary import page

    pieces = out / _PIECES
    if pieces.exists() and not (out / _REPORTS).exists():
        draft = out / f"{_REPORTS}.new"
        shutil.rmtree(draft, ignore_errors=True)
        write_months(pieces, draft)
        draft.replace(out / _REPORTS)
    figures = figures_of(out / _REPORTS)
    _write(out / _FIGURES, json.dumps(figures, indent=1, sort_keys=True))
    _write(out / _PAGE, page(figures))
    shutil.rmtree(pieces, ignore_errors=True)
    return figures


def _manifest(sources: Sources, pack: str, rules: Sequence[str], options: dict[str, object]) -> dict[str, object]:
    return {
        "version": _VERSION,
        "sources": sources.stamps(),
        "pack": hashlib.sha256(pack.encode()).hexdigest(),
        "rules": [*rules],
        "options": options,
    }


def _begun(out: Path, manifest: dict[str, object], now: datetime) -> datetime:
    """Begin, or go on; return the moment that the audit judges at, which is that of its first run."""
    path = out / _MANIFEST
    if not path.exists():
        if any(each.name not in (".lock", f"{_MANIFEST}.new") for each in out.iterdir()):
            raise InputError(str(out), "holds something else than an audit; name a new folder")
        _write(path, json.dumps({**manifest, "now": now.isoformat()}, indent=1))
    known = json.loads(path.read_text("utf-8"))
    moment = datetime.fromisoformat(known.pop("now"))
    if known != manifest:
        parts = ", ".join(key for key in manifest if known.get(key) != manifest[key])
        raise InputError(str(out), f"holds another audit (its {parts} differ); name a new folder")
    if not (out / _REPORTS).exists():
        (out / _PIECES).mkdir(exist_ok=True)
    return moment


def _write(target: Path, text: str) -> None:
    draft = target.with_name(f"{target.name}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def _lock(lock: IO[str], out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a platform without it
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputError(str(out), "another audit is at work in this folder; wait for it") from None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
