"""API keys: kept as hashes, compared in constant time, rotated without a gap, each with limits of its own.

A key is 256 random bits, so that one round of SHA-256 keeps it: there is nothing to guess.
"""

from __future__ import annotations

import hmac
import secrets
import time
import tomllib
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from wmp_postlint.convert import convert
from wmp_postlint.errors import InputError
from wmp_postlint.lazy import Record
from wmp_postlint.server.board import Rates

PREFIX = "postlint_"  # so that scanners for secrets know one when they see it
_HEX = 64


class KeyFileError(InputError):
    """Report a file of API keys that cannot be used."""

    kind = "keys"


class Secret(Record):
    """One key that a caller may use: its SHA-256 in hexadecimal, and the moment from which it counts no more."""

    sha256: str
    expires: datetime | None = None


class Caller(Record):
    """Who may call: a name for logs and metrics, the keys, and limits.

    ``per_minute`` is how many posts a minute it may send on average, ``burst`` how many at once; ``max_body`` the bytes
    of one request, where that is less than the service allows.
    """

    name: str
    keys: tuple[Secret, ...]
    per_minute: int = 600
    burst: int = 60
    max_body: int | None = None


class KeyFile(Record):
    """The file of keys."""

    callers: tuple[Caller, ...]


class Keyring:
    """The callers of a file, found by their keys; what they send is counted for all processes that are forked later."""

    def __init__(self, callers: tuple[Caller, ...]) -> None:
        self._rates = Rates(len(callers))
        self._places = {caller.name: place for place, caller in enumerate(callers)}
        self._known = [(bytes.fromhex(key.sha256), key.expires, caller) for caller in callers for key in caller.keys]

    def caller(self, key: str) -> Caller | None:
        """Return whose key it is, or None.

        Every known key is compared, each in constant time, whichever matches.
        """
        digest = sha256(key.encode("utf-8", "surrogateescape")).digest()
        now = datetime.now(UTC)
        found = None
        for known, expires, caller in self._known:
            if hmac.compare_digest(known, digest) and (expires is None or now < expires):
                found = caller
        return found

    def wait(self, caller: Caller) -> int:
        """Count a request of a caller; return 0 if it may pass, else the seconds until another may."""
        return self._rates.wait(self._places[caller.name], time.monotonic(), caller.per_minute, caller.burst)


def read_keys(path: Path) -> Keyring:
    """Read a file of keys.

    Raises:
        KeyFileError: if it cannot be read, or holds something that is no key.
    """
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise KeyFileError(str(path), f"cannot be read: {error.strerror or type(error).__name__}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KeyFileError(str(path), f"is not TOML: {error}") from None
    callers = convert(plain, KeyFile, "", KeyFileError).callers
    if not callers:
        raise KeyFileError(str(path), "holds no key; make one with postlint serve --new-key NAME")
    names: set[str] = set()
    for index, caller in enumerate(callers):
        where = f"callers[{index}]"
        if not caller.name.strip() or caller.name in names:
            raise KeyFileError(f"{where}.name", "expected a name that no other caller has")
        names.add(caller.name)
        if not caller.keys:
            raise KeyFileError(f"{where}.keys", "expected one key at least")
        if min(caller.per_minute, caller.burst, 1 if caller.max_body is None else caller.max_body) < 1:
            raise KeyFileError(where, "expected limits of 1 or more")
        for number, key in enumerate(caller.keys):
            if len(key.sha256) != _HEX or set(key.sha256.lower()) - set("0123456789abcdef"):
                raise KeyFileError(f"{where}.keys[{number}].sha256", "expected 64 hexadecimal digits, not a key itself")
    return Keyring(callers)


def new_key(name: str) -> tuple[str, str]:
    """Return a new key, and the lines of the file that let its holder in."""
    key = PREFIX + secrets.token_urlsafe(32)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return key, f'[[callers]]\nname = "{quoted}"\nkeys = [{{ sha256 = "{sha256(key.encode()).hexdigest()}" }}]\n'
