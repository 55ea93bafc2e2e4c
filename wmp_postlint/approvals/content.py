"""What an approval is bound to: the words, the media and the account of a post, as digests.

Whatever a reader would see otherwise makes another digest. What no reader sees does not: the letters of a text are put
into one Unicode form, line ends are alike, and space around a text is left out.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path, PurePath

from wmp_postlint.errors import NotLooked
from wmp_postlint.lazy import Record
from wmp_postlint.policy import handle_key
from wmp_postlint.post import Media, Post

# A mark of the form below: a later form must not be taken for this one.
_FORM = "postlint-content-1"
_PIECE = 1 << 20


class Content(Record):
    """The digests of one post, SHA-256 in hexadecimal.

    ``text`` covers the words, the kind of post and its format, links, what is shared or answered, and the geo tag;
    ``media`` the bytes, names and texts of the media in their order; ``account`` the handle and the platform.
    """

    text: str
    media: str
    account: str

    @property
    def digest(self) -> str:
        """The digest of the whole post."""
        return _digest([_FORM, self.text, self.media, self.account])

    def differs(self, other: Content) -> tuple[str, ...]:
        """Return which parts are not those of another post."""
        return tuple(part for part in ("text", "media", "account") if getattr(self, part) != getattr(other, part))


def content_of(post: Post) -> Content:
    """Return the digests of a post.

    Raises:
        NotLooked: if a medium cannot be read, or was given without its content.
    """
    shared, answered, place, account = post.shared_from, post.in_reply_to, post.location, post.account
    text = [
        _plain(post.text),
        post.text_format,
        post.kind,
        [[link.url, _plain(link.text), link.start, link.end] for link in post.links],
        shared and [handle_key(shared.handle), _platform(shared.platform), _plain(shared.text)],
        answered and [handle_key(answered.handle), _plain(answered.text)],
        place and [place.latitude, place.longitude, _plain(place.name)],
    ]
    platforms = {_platform(post.platform), _platform(account.platform if account else None)} - {None}
    who = [account and handle_key(account.handle), sorted(map(str, platforms))]
    media = [_medium(item, index) for index, item in enumerate(post.media)]
    return Content(_digest(text), _digest(media), _digest(who))


def content_digest(post: Post) -> str:
    """Return the digest that an approval of the post names, SHA-256 in hexadecimal.

    Raises:
        NotLooked: if a medium cannot be read, or was given without its content.
    """
    return content_of(post).digest


def _medium(medium: Media, index: int) -> list[object]:
    name = medium.filename
    if name is None and medium.path is not None:
        name = PurePath(medium.path).name
    return [_bytes_digest(medium, index), name, _plain(medium.alt), _plain(medium.caption)]


def _bytes_digest(medium: Media, index: int) -> str:
    if medium.data is not None:
        return hashlib.sha256(medium.data).hexdigest()
    if medium.path is None:
        raise NotLooked(f"media[{index}] was given without its content, so an approval cannot be compared with it")
    path = Path(medium.path)
    found = hashlib.sha256()
    try:
        if not path.is_file():
            raise NotLooked(f"media[{index}] is no file, so an approval cannot be compared with it")
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
    except (OSError, ValueError) as error:
        raise NotLooked(f"media[{index}] cannot be read, so an approval cannot be compared with it") from error
    return found.hexdigest()


def _plain(text: str | None) -> str | None:
    if text is None:
        return None
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _platform(name: str | None) -> str | None:
    return name.strip().casefold() if name else None


def _digest(value: object) -> str:
    # ASCII escapes give every text its bytes, a lone surrogate's too.
    return hashlib.sha256(json.dumps(value, separators=(",", ":")).encode("ascii")).hexdigest()
