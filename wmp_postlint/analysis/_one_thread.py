"""One BLAS thread while the name model computes.

Its products are small: shared out over threads they gain nothing on an idle machine, and on a busy one each product
waits for threads that the machine does not run, which makes a post tens of times slower. OpenBLAS, which numpy's wheels
carry, has one number of threads for the process, so it is lowered for the moments of a reading and put back: a host
program that computes with numpy keeps its threads. With another BLAS nothing is done.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

_LOCK = Lock()
_NAMES = [
    (f"{prefix}_get_num_threads{suffix}", f"{prefix}_set_num_threads{suffix}")
    for prefix in ("scipy_openblas", "openblas")
    for suffix in ("64_", "_64", "")
]
_readings = 0
_threads = 1


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute with one thread inside; the last of several readers at once puts the number back."""
    global _readings, _threads
    blas = _openblas()
    if blas is None:
        yield
        return
    get, put = blas
    with _LOCK:
        if not _readings:
            _threads = get()
            if _threads > 1:
                put(1)
        _readings += 1
    try:
        yield
    finally:
        with _LOCK:
            _readings -= 1
            if not _readings and _threads > 1:
                put(_threads)


@cache
def _openblas() -> tuple[Any, Any] | None:
    """Return the functions that read and set OpenBLAS's number of threads, if numpy brought an OpenBLAS."""
    import numpy

    package = Path(numpy.__file__).parent
    for folder in (package.parent / "numpy.libs", package / ".libs", package / ".dylibs"):
        for path in sorted(folder.glob("*openblas*")):
            try:
                library = ctypes.CDLL(str(path))
            except OSError:
                continue
            for get, put in _NAMES:
                if hasattr(library, get) and hasattr(library, put):
                    return getattr(library, get), getattr(library, put)
    return None
