"""The export of Facebook and Instagram as JSON: posts, stories, reels and comments, with what they say of pictures.

Its texts are UTF-8 that was taken for Latin-1; that is undone for each text where it can be. Where it repeats the
coordinates out of a picture's EXIF, which the company kept when it took them out of the picture, they count as the
post's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from wmp_postlint.post import Link, Location, Media, Post
from wmp_postlint.readers.export import SkippedError, at, joined, list_at, load, moment, number_at, text_at
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_stream import Item, JsonStream
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File, Place

_LISTS = ("ig_stories", "ig_reels_media", "comments_v2", "group_posts_v2", "status_updates_v2", "other_photos_v2")
_SHAPES = (
    ("[].timestamp", ("[].data", "[].attachments", "[].data[].post")),
    ("[].media", ("[].media[].uri", "[].media[].creation_timestamp")),
)
_ARCHIVE = (
    "your_facebook_activity/posts/your_posts*.json",
    "your_facebook_activity/comments_and_reactions/comments.json",
    "posts/your_posts*.json",
    "comments/comments.json",
    "your_instagram_activity/media/posts_*.json",
    "your_instagram_activity/media/stories.json",
    "your_instagram_activity/media/reels.json",
    "your_instagram_activity/content/posts_*.json",
    "content/posts_*.json",
)


def _claims(head: Head) -> int:
    keys = head.keys
    if any(name in keys for name in _LISTS):
        return CERTAIN
    if any(must in keys and any(one in keys for one in some) for must, some in _SHAPES):
        return CERTAIN
    single = "timestamp" in keys and ("data[].post" in keys or "attachments" in keys)
    return CERTAIN if single or ("media[].uri" in keys and "media[].creation_timestamp" in keys) else NO


def _read(file: File) -> Iterator[Loaded]:
    with file.open() as opened:
        yield from load(file, _items(file, opened), lambda value: _post(file, mended(value)))


def _items(file: File, opened: BinaryIO) -> Iterator[Item]:
    head = Head.of(file)
    if head.text.startswith("[") or any(name in head.keys for name in _LISTS):
        for item in JsonStream(opened).items(*_LISTS):
            if item.in_list or item.error:
                yield item
        return
    members: dict[str, object] = {}
    for item in JsonStream(opened).items():
        if item.error:
            raise item.error
        members[item.key] = item.value
    yield Item("", 1, 1, members)


def mended(value: object) -> object:
    """Return data with the mistaken encoding of its texts undone, where a text is UTF-8 taken for Latin-1."""
    if isinstance(value, str):
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return value
    if isinstance(value, list):
        return [mended(item) for item in value]
    if isinstance(value, dict):
        return {str(mended(key)): mended(item) for key, item in value.items()}
    return value


def _post(file: File, value: object) -> Post:
    if not isinstance(value, dict):
        raise UnreadableError("expected an object with a timestamp, got something else")
    data = list_at(value, "data")
    comments = [text for item in data if (text := text_at(item, "comment", "comment"))]
    words = [text for item in data if (text := text_at(item, "post"))]
    attached = [found for item in list_at(value, "attachments") for found in list_at(item, "data")]
    pictures = [item for item in (at(found, "media") for found in attached) if isinstance(item, dict)]
    pictures += [item for item in list_at(value, "media") if isinstance(item, dict)]
    if text_at(value, "uri") is not None:  # a story, which is its own picture
        pictures.append(value)
    own_title = text_at(value, "title") if "creation_timestamp" in value or at(value, "media") else None
    text = joined(*words, *comments, own_title, *(text_at(found, "text") for found in attached))
    links = tuple(_links(attached))
    location = _location(attached, pictures)
    if not text and not pictures and not links and location is None:
        raise SkippedError("an entry without words and pictures")
    # A single picture repeats the words of the post as its description.
    media = tuple(_medium(file, item, () if item is value else (text,)) for item in pictures)
    stamp = at(value, "timestamp") or at(value, "creation_timestamp") or at(pictures[:1], 0, "creation_timestamp")
    instagram = "media" in value or "uri" in value
    return Post(
        text,
        kind="reply" if comments else "post",
        platform="instagram" if instagram else "facebook",
        media=media,
        links=links,
        location=location,
        published_at=moment(stamp),
    )


def _links(attached: list[object]) -> Iterator[Link]:
    for found in attached:
        if (target := text_at(found, "external_context", "url")) is not None:
            yield Link(target, text_at(found, "external_context", "name"))


def _medium(file: File, item: dict[str, object], said: tuple[str, ...]) -> Media:
    uri = text_at(item, "uri") or ""
    words = [text for key in ("title", "description") if (text := text_at(item, key))]
    caption = joined(*(text for text in words if text not in said)) or None
    return _root(file, uri).media([uri] if "://" not in uri else [], caption=caption)


def _root(file: File, uri: str) -> Place:
    """Return the folder that the addresses of an export start from: it lies some way above the file."""
    if type(file.place) is not Place or file.name != PurePosixPath(file.name).name:
        return file.place  # the archive itself
    folders = [file.place.folder, *list(file.place.folder.resolve().parents)[:4]]
    inside = ".." not in uri and not uri.startswith("/") and "\0" not in uri
    return next((Place(folder) for folder in folders if inside and uri and (folder / uri).is_file()), file.place)


def _location(attached: list[object], pictures: list[dict[str, object]]) -> Location | None:
    for found in attached:
        if isinstance(place := at(found, "place"), dict):
            name = joined(text_at(place, "name"), text_at(place, "address")) or None
            latitude, longitude = (number_at(place, "coordinate", key) for key in ("latitude", "longitude"))
            if latitude is not None and longitude is not None:
                return Location(latitude, longitude, name)
            if name:
                return Location(name=name)
    for picture in pictures:
        for kind in ("photo_metadata", "video_metadata"):
            for exif in list_at(picture, "media_metadata", kind, "exif_data"):
                latitude, longitude = number_at(exif, "latitude"), number_at(exif, "longitude")
                if latitude is not None and longitude is not None:
                    return Location(latitude, longitude)
    return None


_REFUSED = tuple(
    (pattern, "is an export as HTML; ask for it again in the format JSON, and check that")
    for pattern in ("your_facebook_activity/posts/*.html", "your_instagram_activity/*/posts_*.html")
)

KIND = Kind("Meta export", _claims, _read, _ARCHIVE, _REFUSED)
