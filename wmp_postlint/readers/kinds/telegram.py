"""A Telegram channel as Telegram Desktop exports it: ``result.json``, one object with the channel's messages.

A text is a string, or a list of strings and of objects for what is bold, a link, a mention. They are put together
again, and what is found in them is shown in the piece that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from wmp_postlint import lazy
from wmp_postlint.lazy import replace
from wmp_postlint.post import Account, InReplyTo, Location, Media, Post, SharedFrom
from wmp_postlint.readers.export import SkippedError, at, joined, load, medium, moment, number_at, text_at
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_stream import Item, JsonStream
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File
from wmp_postlint.readers.schedule import time_of
from wmp_postlint.readers.telegram_text import MessageSource, links_of, words_of

_CHANNELS = ("public_channel", "private_channel")
_CHATS = "personal_chat bot_chat saved_messages replies private_group private_supergroup public_supergroup".split()
_MESSAGES = ("message", "service", "unsupported")
_HOW = 'open the channel in Telegram Desktop and choose "Export chat history" with the format JSON'
# What stands in place of a path where the file was left out of the export.
_LEFT_OUT = lazy.regex(r"\((?:File|Photo) (?:unavailable|exceeds maximum size|not included)[^()]{0,100}\)\Z")
# The keys of a message that are read, and those that publish nothing of the channel's own.
_READ = (
    "id type date date_unixtime author forwarded_from reply_to_message_id reply_to_peer_id text text_entities "
    "photo file file_name thumbnail mime_type performer title poll contact_information contact_vcard "
    "location_information place_name address game_title game_description inline_bot_buttons"
)
_OTHER = (
    "edited edited_unixtime from from_id forwarded_from_id saved_from via_bot reactions photo_file_size file_size "
    "thumbnail_file_size contact_vcard_file_size width height duration_seconds media_type sticker_emoji media_spoiler "
    "self_destruct_period_seconds live_location_period_seconds game_link"
)
_KNOWN = frozenset(f"{_READ} {_OTHER}".split())
_TEXTS = "title performer place_name address file_name mime_type".split()
_SHAPES: tuple[tuple[str, type, str], ...] = (
    *((key, str, "text") for key in _TEXTS),
    *((key, dict, "an object") for key in ("poll", "contact_information", "location_information")),
    ("inline_bot_buttons", list, "a list"),
)


def _claims(head: Head) -> int:
    keys = head.keys
    if "messages" in keys and (keys.get("type") in (*_CHANNELS, *_CHATS) or keys.get("messages[].type") in _MESSAGES):
        return CERTAIN
    # The export of a whole account, about which the reader says what to do.
    return CERTAIN if "personal_information.user_id" in keys or "chats.list[].messages" in keys else NO


def _read(file: File) -> Iterator[Loaded]:
    name = _channel(file)
    known, fresh = set(_KNOWN), list[str]()

    def build(value: object) -> Post:
        if at(value, "type") == "message" and isinstance(value, dict):
            fresh.extend(key for key in value if key not in known)
        return _post(file, name, value)

    with file.open() as opened:
        for loaded in load(file, _messages(opened), build):
            yield loaded
            known.update(fresh)
            for key in fresh:
                words = f"the key {key!r} of a message: it is not known whether it is published"
                yield Loaded(file.path, loaded.line, skipped=words)
            fresh.clear()


def _channel(file: File) -> str | None:
    """Return the channel's name, which nearly always stands before the messages.

    Raises:
        UnreadableError: if the file is the export of something else, with the place that says so.
    """
    if "messages" not in Head.of(file).keys:
        raise UnreadableError(f"holds no list of messages, or is the export of a whole account; {_HOW}", 1, 1)
    about: dict[str, Item] = {}
    try:
        with file.open() as opened:
            for item in JsonStream(opened).items("messages"):
                if not item.in_list and item.key in ("name", "type"):
                    about.setdefault(item.key, item)
                elif len(about) == 2:
                    break
    except UnreadableError:
        pass  # it is said when the messages are read
    kind = about.get("type")
    if kind is None:
        raise UnreadableError(f"does not say what type of chat it is; {_HOW}", 1, 1)
    if kind.value not in _CHANNELS:
        given = f"a {kind.value}, in which others write too" if kind.value in _CHATS else "another type"
        raise UnreadableError(f"type: expected public_channel or private_channel, got {given}; {_HOW}", *_where(kind))
    return text_at(about["name"].value) if "name" in about else None


def _where(item: Item) -> tuple[int, int]:
    return item.line, item.column


def _messages(opened: BinaryIO) -> Iterator[Item]:
    for item in JsonStream(opened).items("messages"):
        if item.in_list and item.source is not None:
            yield replace(item, source=MessageSource(item.source.text, item.source.line, item.source.column))
        elif item.error:
            yield item
        elif item.key == "messages":
            yield replace(item, error=UnreadableError("messages: expected a list", *_where(item)))


def _post(file: File, name: str | None, message: object) -> Post:
    kind = at(message, "type")
    if kind == "unsupported":
        raise UnreadableError("is a message of a kind that the export leaves out; look at it in the channel")
    if kind not in ("message", "service"):
        raise UnreadableError('type: expected "message" or "service"; export the channel again')
    for key, shape, words in _SHAPES:
        if not isinstance(at(message, key), shape | None):
            raise UnreadableError(f"{key}: expected {words}")
    identity = at(message, "id")
    account = Account(name, platform="telegram") if name else None
    post = Post(
        "",
        id=str(identity) if isinstance(identity, int | str) else None,
        platform="telegram",
        account=account,
        published_at=_moment(message),
    )
    media = tuple(_media(file, message))
    if kind == "service":
        title = text_at(message, "title")
        if not (title or media):
            raise SkippedError(f"a notice that publishes no words ({at(message, 'action')})")
        return replace(post, text=title or "", media=media)  # the channel's new name or picture
    runs, location = words_of(message), _location(message)
    text = "".join(run.words for run in runs)
    if not text.strip() and not media and location is None:
        raise UnreadableError("is a message without words, files and a place")
    origin = _origin(message, name)
    parent = at(message, "reply_to_message_id") is not None
    answered = "unknown" if at(message, "reply_to_peer_id") is not None else name or "unknown"
    return replace(
        post,
        text=text,
        kind="repost" if origin else "reply" if parent else "post",
        media=media,
        links=tuple(links_of(runs, message)),
        shared_from=SharedFrom(origin, "telegram") if origin else None,
        in_reply_to=InReplyTo(answered) if parent else None,
        location=location,
    )


def _origin(message: object, name: str | None) -> str | None:
    """Return whose message was forwarded; one of the channel itself is its own words again."""
    if not isinstance(message, dict) or "forwarded_from" not in message:
        return None
    origin = text_at(message, "forwarded_from") or "unknown"  # null where that account is gone
    return None if origin == name else origin


def _moment(message: object) -> datetime | None:
    unix, date = at(message, "date_unixtime"), at(message, "date")
    if unix is not None:
        when = moment(number_at(unix))
        if when is None:
            raise UnreadableError("date_unixtime: expected seconds since 1970")
        return when
    if date is None:
        return None
    if not isinstance(date, str):
        raise UnreadableError('date: expected text such as "2026-05-31T09:00:00"')
    return time_of(date, None)


def _media(file: File, message: object) -> Iterator[Media]:
    kind = (text_at(message, "mime_type") or "").split("/")[0]
    kinds = {"photo": "image", "file": kind if kind in ("image", "video", "audio") else None, "thumbnail": "image"}
    for key in ("photo", "file", "thumbnail", "contact_vcard"):
        where = at(message, key)
        if where is None:
            continue
        if not isinstance(where, str):
            raise UnreadableError(f"{key}: expected the path of a file")
        if _LEFT_OUT.search(where):
            if key != "thumbnail":  # that of a file which is reported itself
                yield Media(kind=kinds.get(key))
            continue
        found = replace(medium(file, where), kind=kinds.get(key))
        if key == "file":
            caption = joined(text_at(message, "performer"), text_at(message, "title")) or None
            found = replace(found, filename=text_at(message, "file_name") or found.filename, caption=caption)
        yield found


def _location(message: object) -> Location | None:
    name = joined(text_at(message, "place_name"), text_at(message, "address")) or None
    given = at(message, "location_information")
    if given is None:
        return Location(name=name) if name else None
    latitude, longitude = number_at(given, "latitude"), number_at(given, "longitude")
    if latitude is None or longitude is None:
        raise UnreadableError("location_information: expected a latitude and a longitude")
    return Location(latitude, longitude, name)


_HTML = f"is an export as HTML, which is not read; {_HOW}"

KIND = Kind("Telegram channel", _claims, _read, ("result.json",), (("images/media_voice.png", _HTML),), doubtful=True)
