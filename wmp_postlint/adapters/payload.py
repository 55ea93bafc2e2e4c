"""What the adapters read with: a payload in which every mistake names its place, and the files that posts show.

Keys that an adapter does not know are left alone, since tools add some with every release; what it does know must be
what it should be.
"""

from __future__ import annotations

import base64
import binascii
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser

from wmp_postlint.errors import InputError
from wmp_postlint.limits import DEFAULT_LIMITS
from wmp_postlint.post import Account, Media
from wmp_postlint.readers import json_text
from wmp_postlint.readers.export import file_name, moment
from wmp_postlint.readers.loaded import UnreadableError, decode

Fetch = Callable[[str], bytes | None]
"""Returns the content of a file by the address or the id that the tool gives it, None where it is not to be had."""

Accounts = Mapping[str, Account]
"""Which account is meant by the id that the tool gives it."""


class PayloadError(InputError):
    """Report a payload that does not have the shape that its tool documents."""

    kind = "payload"


def nothing(address: str) -> bytes | None:
    """Return no file: a ``Fetch`` for callers that hand none over."""
    return None


def parse(body: bytes) -> object:
    """Return the JSON of a body, read strictly: a key that stands twice could mean two things to two programs.

    Raises:
        PayloadError: if it is no JSON.
    """
    try:
        return json_text.parse(decode(body, 1))
    except UnreadableError as error:
        raise PayloadError("", error.problem) from None


class Field:
    """A value of a payload, and where it stands.

    Args:
        value: plain data, as JSON gives it.
        where: its place, such as ``posts[0].value``; empty for the whole payload.
    """

    def __init__(self, value: object, where: str = "") -> None:
        self.value, self.where = value, where

    @property
    def key(self) -> str:
        """The key that it stands under, itself or in a list."""
        return self.where.rpartition(".")[2].partition("[")[0]

    def wrong(self, expected: str) -> PayloadError:
        """Return the error of a value that is not what was expected."""
        return PayloadError(self.where, f"expected {expected}, got {_got(self.value)}")

    def get(self, key: str) -> Field | None:
        """Return the member ``key``, None where it is missing or null."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("an object")
        value = self.value.get(key)
        return None if value is None else Field(value, f"{self.where}.{key}" if self.where else key)

    def __getitem__(self, key: str) -> Field:
        found = self.get(key)
        if found is None:
            raise PayloadError(f"{self.where}.{key}" if self.where else key, "missing")
        return found

    def items(self) -> Iterator[Field]:
        """Yield the members of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        for index, item in enumerate(self.value):
            yield Field(item, f"{self.where}[{index}]")

    def members(self) -> Iterator[Field]:
        """Yield the values of an object that are not null."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("an object")
        yield from (inner for key in self.value if (inner := self.get(str(key))))

    def list(self, key: str) -> Iterator[Field]:
        """Yield the members of the list ``key``, none where it is missing or null."""
        found = self.get(key)
        if found is not None:
            yield from found.items()

    def text(self) -> str:
        """Return a text, which may be empty."""
        if not isinstance(self.value, str):
            raise self.wrong("text")
        return self.value

    def text_of(self, key: str) -> str | None:
        """Return the text ``key``, None where it is missing, null or empty."""
        found = self.get(key)
        return (found.text() or None) if found else None

    def identity(self) -> str:
        """Return an id, which tools write as text or as a whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | str) or not str(self.value).strip():
            raise self.wrong("an id")
        return str(self.value)

    def flag(self) -> bool:
        """Return whether it is true."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def number(self) -> float:
        """Return a number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not abs(self.value) < 1e15:
            raise self.wrong("a number")
        return float(self.value)

    def moment_of(self, key: str) -> datetime | None:
        """Return the time ``key`` (ISO 8601; UTC where it names no zone), None where it is missing or null."""
        found = self.get(key)
        if found is None:
            return None
        time = moment(found.text())
        if time is None:
            raise found.wrong("a time such as 2026-05-05T09:00:00Z")
        return time


def texts_in(settings: Field | None, keys: Collection[str]) -> Iterator[Field]:
    """Yield the texts under some keys, wherever in an object and in lists under these keys they stand."""
    waiting = deque([settings] if settings else ())
    while waiting:
        field = waiting.popleft()
        if isinstance(field.value, list):
            waiting += field.items()
        elif isinstance(field.value, Mapping):
            waiting += field.members()
        elif isinstance(field.value, str) and field.value.strip() and field.key in keys:
            yield field


def account(identity: str, accounts: Accounts, platform: str | None) -> Account:
    """Return the account that an id means; one that nobody entered is an officer's, for whom the most is asked."""
    known = accounts.get(identity)
    return known if known is not None else Account(identity, platform=platform)


def medium(address: str, fetch: Fetch, alt: str | None = None, kind: str | None = None) -> Media:
    """Return a medium with its content, without it where it cannot be had, which is an error in the report."""
    if address.startswith("data:"):
        return Media(data=_inline(address), alt=alt, kind=kind)
    try:
        data = fetch(address)
    except OSError:
        data = None
    return Media(data=data, filename=file_name(address), alt=alt, kind=kind)


def shown_in(html: str, fetch: Fetch) -> Iterator[Media]:
    """Yield the pictures and videos that HTML shows; their alt texts are read with the HTML itself.

    Past the limits of a post nothing more is fetched: its report then has an error all the same.
    """
    if len(html) > DEFAULT_LIMITS.text:
        return
    finder = _Shown()
    finder.feed(html)
    finder.close()
    for address in list(dict.fromkeys(finder.addresses))[: DEFAULT_LIMITS.media + 1]:
        yield medium(address, fetch)


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = ("src", "poster") if tag in ("img", "video", "audio", "source") else ()
        self.addresses += [value.strip() for name, value in attributes if name in names and value and value.strip()]


def _inline(address: str) -> bytes | None:
    head, _, content = address.partition(",")
    try:
        return base64.b64decode(content, validate=True) if head.endswith(";base64") else None
    except binascii.Error:
        return None


def _got(value: object) -> str:
    """What a value is, never what it says: it may be personal data."""
    for kind, name in ((bool, "true or false"), (str, "text"), (int | float, "a number"), (Mapping, "an object")):
        if isinstance(value, kind):
            return name
    return "null" if value is None else "a list" if isinstance(value, list) else f"a {type(value).__name__}"
