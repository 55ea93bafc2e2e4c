"""The archive that X gives out: ``data/tweets.js``, its parts, its long posts, with the pictures beside them.

Each file assigns a JSON list to a JavaScript name; it is read as data and never run. Numbers are texts in it, the text
has ``&``, ``<`` and ``>`` escaped, and a post over 280 characters is cut there and whole in ``note-tweet.js``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import unescape

from wmp_postlint import lazy
from wmp_postlint.lazy import Record
from wmp_postlint.post import Account, InReplyTo, Link, Location, Media, Post
from wmp_postlint.readers.export import at, file_name, list_at, load, medium, moment, number_at, text_at
from wmp_postlint.readers.head import Head
from wmp_postlint.readers.json_stream import Item, JsonStream
from wmp_postlint.readers.kind import CERTAIN, NO, Kind
from wmp_postlint.readers.loaded import Loaded, UnreadableError
from wmp_postlint.readers.place import File

_ASSIGNED = lazy.regex(r"window\.YTD\.(\w+)\.part\d+\s*=")
_POSTS = ("tweets", "tweet", "note_tweet", "community_tweet")
_FIRST = ("tweets.js", "tweet.js")
_BESIDE = ("tweets-part*.js", "tweet-part*.js", "community-tweet.js")
_PRIVATE = {
    "direct-messages.js": "direct messages are no posts",
    "direct-messages-group.js": "direct messages are no posts",
    "deleted-tweets.js": "deleted posts are not public any more",
}
_DATE = "%a %b %d %H:%M:%S %z %Y"
_CUT = "…"
# Characters that a long post and its cut version have in common at least, and seconds that lie between them at most.
_BEGINNING, _NEAR = 24, 60


def _claims(head: Head) -> int:
    return CERTAIN if _ASSIGNED.match(head.text[:200]) else NO


def _read(file: File) -> Iterator[Loaded]:
    name = file.name.rpartition("/")[2]
    kind = _ASSIGNED.match(Head.of(file).text[:200])
    if kind and kind[1] not in _POSTS:
        raise UnreadableError(
            f"is the part {kind[1]} of an archive of X, which holds no posts; name tweets.js instead", 1
        )
    archive = _Archive(file)
    if kind and kind[1] == "note_tweet":
        yield from archive.long_posts()
        return
    for part in (file, *(file.beside(_BESIDE) if name in _FIRST else ())):
        yield from archive.posts(part)
    if name in _FIRST:
        yield from archive.long_posts()
        for other in file.beside(_PRIVATE):
            yield Loaded(other.path, skipped=_PRIVATE[other.name.rpartition("/")[2]])


class _Note(Record):
    """A long post: its member of the file, its text, and when it was made."""

    line: int
    member: object
    text: str
    made: datetime | None


class _Archive:
    """What the posts of one archive share: whose they are, and the long posts by how they begin."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._handle = self._own_name()
        self._notes: dict[str, list[_Note]] = {}
        self._broken: list[Item] = []
        is_notes = (kind := _ASSIGNED.match(Head.of(file).text[:200])) and kind[1] == "note_tweet"
        self._note_file = file if is_notes else next(iter(file.beside(("note-tweet.js",))), None)
        try:
            for item in _items(self._note_file) if self._note_file else ():
                self._keep(item)
        except UnreadableError as error:
            self._broken.append(Item("", error.line or 1, error.column or 1, None, error))

    def _keep(self, item: Item) -> None:
        note = at(item.value, "noteTweet")
        text = text_at(note, "core", "text")
        if item.error or text is None:
            self._broken.append(item)
            return
        made = moment(text_at(note, "createdAt"), ("%Y-%m-%dT%H:%M:%S.%fZ", _DATE))
        text = unescape(text)
        self._notes.setdefault(text[:_BEGINNING], []).append(_Note(item.line, note, text, made))

    def posts(self, part: File) -> Iterator[Loaded]:
        """Yield the posts of one of the files."""
        yield from load(part, _items(part), lambda value: self._post(part, value))

    def long_posts(self) -> Iterator[Loaded]:
        """Yield the long posts that no cut one belongs to."""
        if self._note_file is None:
            return
        left = [Item("", note.line, 1, note.member) for notes in self._notes.values() for note in notes]
        if left or self._broken:
            yield from load(self._note_file, [*left, *self._broken], self._long)

    def _own_name(self) -> str | None:
        for account in self._file.beside(("account.js",)):
            try:
                for item in _items(account):
                    return text_at(item.value, "account", "username")
            except UnreadableError:
                continue
        return None

    def _long(self, value: object) -> Post:
        text = text_at(value, "core", "text")
        if text is None:
            raise UnreadableError("is a long post without a text")
        return self._made(value, text_at(value, "noteTweetId"), unescape(text), list_at(value, "core", "urls"), ())

    def _post(self, part: File, value: object) -> Post:
        tweet = at(value, "tweet") or value
        cut = at(tweet, "full_text")
        cut = cut if isinstance(cut, str) else at(tweet, "text")
        if not isinstance(cut, str):
            raise UnreadableError("is a post without full_text; download the archive again")
        addresses = list_at(tweet, "entities", "urls")
        text = unescape(cut)
        identity = text_at(tweet, "id_str") or text_at(tweet, "id")
        if _CUT in text:
            whole = self._whole(text, text_at(tweet, "created_at"))
            if whole is not None:
                text, addresses = whole.text, [*list_at(whole.member, "core", "urls"), *addresses]
            elif identity and any(_leads_to(address, identity) for address in addresses):
                raise UnreadableError("is cut, and its whole text is not in note-tweet.js; look at it by hand")
        return self._made(tweet, identity, text, addresses, tuple(_media(part, tweet, identity)))

    def _whole(self, cut: str, created: str | None) -> _Note | None:
        """Return the long post that a cut one is the beginning of."""
        start = cut.rpartition(_CUT)[0].rstrip()
        notes = self._notes.get(start[:_BEGINNING], [])
        day = moment(created, (_DATE,)) if notes else None
        for index, note in enumerate(notes):
            near = day is None or note.made is None or abs((day - note.made).total_seconds()) < _NEAR
            if near and note.text.startswith(start):
                return notes.pop(index)
        return None

    def _made(
        self, tweet: object, identity: str | None, text: str, addresses: list[object], media: tuple[Media, ...]
    ) -> Post:
        reply = text_at(tweet, "in_reply_to_screen_name")
        edit = text_at(tweet, "edit_info", "edit", "initialTweetId")
        return Post(
            text,
            id=identity,
            kind="reply" if reply else "post",
            platform="x",
            account=Account(self._handle, platform="x") if self._handle else None,
            media=media,
            links=tuple(_links(text, addresses)),
            in_reply_to=InReplyTo(reply) if reply else None,
            location=_location(tweet),
            published_at=moment(text_at(tweet, "created_at") or text_at(tweet, "createdAt"), (_DATE,)),
            lang=text_at(tweet, "lang"),
            meta={"edit_of": edit} if edit else {},
        )


def _items(file: File) -> Iterator[Item]:
    with file.open() as opened:
        stream = JsonStream(opened)
        stream.skip_past("=", 1000)
        yield from stream.items()


def _leads_to(address: object, identity: str) -> bool:
    """Whether an address is that of a post itself, which stands where the rest of it was cut away."""
    target = text_at(address, "expanded_url") or ""
    return target.endswith(f"/status/{identity}")


def _links(text: str, addresses: list[object]) -> Iterator[Link]:
    """Yield the targets of short links, each at its own place: the same short link may stand there twice."""
    behind: dict[str, int] = {}
    for address in addresses:
        short = text_at(address, "url") or text_at(address, "shortUrl")
        target = text_at(address, "expanded_url") or text_at(address, "expandedUrl") or short
        if target is None:
            continue
        shown = text_at(address, "display_url") or text_at(address, "displayUrl")
        start = text.find(short, behind.get(short, 0)) if short else -1
        if short is None or start < 0:
            if short not in behind:
                yield Link(target, shown)
            continue
        behind[short] = start + len(short)
        yield Link(target, shown, start, start + len(short))


def _media(part: File, tweet: object, identity: str | None) -> Iterator[Media]:
    folder = part.name.rpartition("/")[0]
    given = list_at(tweet, "extended_entities", "media") or list_at(tweet, "entities", "media")
    for item in given:
        variants = [text_at(variant, "url") for variant in list_at(item, "video_info", "variants")]
        addresses = [
            *filter(None, variants),
            *filter(None, [text_at(item, "media_url_https"), text_at(item, "media_url")]),
        ]
        bases = list(dict.fromkeys(base for address in addresses if (base := file_name(address))))
        names = [
            f"{folder}/{kept}/{identity}-{base}".lstrip("/")
            for base in bases
            for kept in ("tweets_media", "tweet_media")
            if identity
        ]
        alt = text_at(item, "ext_alt_text") or text_at(item, "alt_text")
        yield part.place.media(names, alt=alt) if names else medium(part, "", alt=alt)


def _location(tweet: object) -> Location | None:
    place = text_at(tweet, "place", "full_name") or text_at(tweet, "place", "name")
    for path, order in ((("coordinates", "coordinates"), (1, 0)), (("geo", "coordinates"), (0, 1))):
        latitude, longitude = (number_at(tweet, *path, index) for index in order)
        if latitude is not None and longitude is not None:
            return Location(latitude, longitude, place)
    return Location(name=place) if place else None


KIND = Kind("X archive", _claims, _read, ("data/tweets.js", "data/tweet.js"))
