"""The keys of those who sign approvals: made, kept in files that only their owner reads, and read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from wmp_postlint.errors import InputError, NotLooked

if TYPE_CHECKING:
    from joserfc.jwk import OKPKey

ALGORITHM: Final = "Ed25519"
_LONGEST_FILE = 10_000


class KeyFileError(InputError):
    """Report a key that cannot be used; the message never shows any of it."""

    kind = "key"


def make_key(path: Path) -> str:
    """Make a private key, write it to a new file that only its owner may read, and return the public key.

    Args:
        path: where the private key goes, as PEM (PKCS 8).

    Returns:
        The public key as a policy pack gives it: the 32 bytes in base64url (``x`` of RFC 8037).

    Raises:
        KeyFileError: if the file is there already, or cannot be written.
        NotLooked: if the extra ``approvals`` is not installed.
    """
    key = _keys().generate_key(ALGORITHM)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        raise KeyFileError(str(path), "is there already, and a key is never overwritten; give another name") from None
    except OSError as error:
        raise KeyFileError(str(path), f"cannot be written: {error.strerror or type(error).__name__}") from None
    with os.fdopen(handle, "wb") as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), 0o600)  # whatever the umask says
        file.write(key.as_pem(private=True))
        file.flush()
        os.fsync(file.fileno())
    return public_part(key)


def read_private_key(path: Path) -> OKPKey:
    """Return the private key of a file.

    Raises:
        KeyFileError: if the file cannot be read, others may read it, or it holds no private Ed25519 key.
        NotLooked: if the extra ``approvals`` is not installed.
    """
    keys = _keys()
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and mode & 0o077:
                raise KeyFileError(str(path), f"others may read it; run: chmod 600 {path}")
            content = file.read(_LONGEST_FILE)
    except OSError as error:
        raise KeyFileError(str(path), f"cannot be read: {error.strerror or type(error).__name__}") from None
    try:
        key = keys.import_key(content)
    except Exception:  # noqa: BLE001  the library's words could quote the file
        key = None
    if key is None or not key.is_private or key.curve_name != ALGORITHM:
        raise KeyFileError(str(path), "holds no private Ed25519 key; make one with: postlint approve keygen")
    return key


def public_key(public: str) -> OKPKey:
    """Return the public key of a policy pack's text.

    Raises:
        KeyFileError: if the text is no Ed25519 public key in base64url.
        NotLooked: if the extra ``approvals`` is not installed.
    """
    keys = _keys()
    try:
        return keys.import_key({"kty": "OKP", "crv": ALGORITHM, "x": public})
    except Exception:  # noqa: BLE001  whatever the library finds wrong, the answer is the same
        raise KeyFileError("public", "expected an Ed25519 public key, 32 bytes in base64url (43 characters)") from None


def public_part(key: OKPKey) -> str:
    """Return the public half of a key as a policy pack gives it."""
    return cast("str", key.as_dict(private=False)["x"])


def key_id(key: OKPKey) -> str:
    """Return the name of a key: the thumbprint of its public half (RFC 7638)."""
    return key.thumbprint()


def _keys() -> type[OKPKey]:
    """Return the library's class of keys, which takes a fifth of a second to import."""
    try:
        from joserfc.jwk import OKPKey
    except ImportError:
        raise NotLooked(
            "signed approvals need the extra approvals, which is not installed: pip install 'wmp-postlint[approvals]'"
        ) from None
    return OKPKey
