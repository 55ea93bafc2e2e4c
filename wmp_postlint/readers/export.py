"""What the readers of exports share: reaching into data that anybody could have written, times, links, skipping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath

from wmp_postlint import lazy
from wmp_postlint.errors import PostError
from wmp_postlint.post import Media, Post
from wmp_postlint.readers.json_stream import Item
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File
from wmp_postlint.readers.wire import read_post

_ADDRESS = lazy.regex(r"(?i)[a-z][a-z0-9+.-]{1,20}://[^\s]{1,2000}")
_PICTURE = lazy.regex(r"(?i)\.(?:jpe?g|png|gif|webp|heic|heif|avif|tiff?|bmp|mp4|mov|m4v|webm|avi)\Z")


class SkippedError(Exception):
    """Say that something in a file is no post whose words are there, and why."""


def at(value: object, *path: str | int) -> object:
    """Return what stands under a path of keys and positions, or None where there is no such thing."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and step < len(value) else None
    return value


def text_at(value: object, *path: str | int) -> str | None:
    """Return the text under a path, or None where there is none or an empty one."""
    found = at(value, *path)
    return found if isinstance(found, str) and found.strip() else None


def list_at(value: object, *path: str | int) -> list[object]:
    """Return the list under a path, empty where there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def number_at(value: object, *path: str | int) -> float | None:
    """Return the number under a path, also where it stands as text."""
    found = at(value, *path)
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e15 else None  # also False for what is not a number


def moment(value: object, formats: Iterable[str] = ()) -> datetime | None:
    """Return a time with its zone: seconds since 1970, ISO 8601, or one of the formats; without a zone it is UTC."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        parsed = _parsed(str(value).strip(), formats)
    except (ValueError, OverflowError, OSError):
        return None
    return parsed if parsed is None or parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _parsed(text: str, formats: Iterable[str]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  moment() adds the zone
        except ValueError:
            continue
    return datetime.fromisoformat(text) if text else None


def british() -> tzinfo:
    """Return the zone that times without one are meant in: the clocks of the United Kingdom."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # a system without the tables of time zones
        return UTC


def medium(file: File, where: str, alt: str | None = None, caption: str | None = None) -> Media:
    """Return the medium that an address or a path beside a file means; what lies on the net is not fetched."""
    where = where.strip()
    if _ADDRESS.fullmatch(where):
        return Media(filename=file_name(where), alt=alt, caption=caption)
    return file.place.media([where], alt, caption)


def file_name(address: str) -> str | None:
    """Return the name of the file that an address ends with."""
    return PurePosixPath(address.split("?")[0].split("#")[0].split("://", 1)[-1].partition("/")[2]).name or None


def is_picture(address: str) -> bool:
    """Whether an address ends like a picture or a video."""
    return bool(_PICTURE.search(address.split("?")[0]))


def joined(*texts: str | None) -> str:
    """Return texts that are published together as one, each once, with an empty line between them."""
    return "\n\n".join(dict.fromkeys(text for text in texts if text and text.strip()))


def load(file: File, items: Iterable[Item], build: Callable[[object], Post]) -> Iterator[Loaded]:
    """Yield the posts that are made of the members of a file; a mistake in one loses no other.

    Args:
        file: the file.
        items: its members.
        build: makes a post of one; raises ``SkippedError`` for what is no post, ``UnreadableError`` for what cannot be
            used.
    """
    number = 0
    try:
        for item in items:
            number += 1
            yield _loaded(file.path, item, str(number), build)
    except UnreadableError as error:
        yield Loaded(file.path, error.line, error=error.problem, column=error.column)
        return
    if not number:
        yield Loaded(file.path, error="the file holds no post")


def _loaded(path: str, item: Item, part: str, build: Callable[[object], Post]) -> Loaded:
    if item.error:
        return Loaded(path, item.error.line, error=item.error.problem, column=item.error.column, part=part)
    try:
        post = read_post(build(item.value))
    except SkippedError as error:
        return Loaded(path, item.line, skipped=str(error), part=part)
    except UnreadableError as error:
        return Loaded(path, item.line, error=error.problem, column=item.column, part=part)
    except PostError as error:
        return Loaded(path, item.line, error=f"cannot be read as a post: {error}", column=item.column, part=part)
    return Loaded(path, item.line, post.id, post=post, part=part, json=item.source)
