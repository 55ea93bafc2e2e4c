"""Bluesky: a whole repository as it is downloaded, ``repo.car``. Its pictures are not in it; they are reported."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.errors import PostError
from wmp_postlint.readers.car import Car
from wmp_postlint.readers.export import SkippedError
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.kinds.bluesky import post_of
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File
from wmp_postlint.readers.wire import read_post


def _claims(head: Head) -> int:
    # A map that begins with the key "roots" or "version", in CBOR, behind its length.
    start = head.content[:12]
    return CERTAIN if b"\xa2eroots" in start or b"\xa2gversion" in start else NO


def _read(file: File) -> Iterator[Loaded]:
    found = False
    with file.open() as opened:
        try:
            for owner, key, record in Car(opened).records():
                found = True
                yield _loaded(file.path, owner, key, record)
        except UnreadableError as error:
            yield Loaded(file.path, error=error.problem)
            return
    if not found:
        yield Loaded(file.path, error="the repository holds no post")


def _loaded(path: str, owner: str, key: str, record: object) -> Loaded:
    if isinstance(record, UnreadableError):
        return Loaded(path, error=record.problem, part=key)
    try:
        post = read_post(post_of({"uri": f"at://{owner}/{key}", "value": record}))
    except SkippedError as error:
        return Loaded(path, skipped=str(error), part=key)
    except UnreadableError as error:
        return Loaded(path, error=error.problem, part=key)
    except PostError as error:
        return Loaded(path, error=f"cannot be read as a post: {error}", part=key)
    return Loaded(path, id=post.id, post=post, part=key)


KIND = Kind("Bluesky repository", _claims, _read)
