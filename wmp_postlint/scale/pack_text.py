"""A resolved policy pack as one string, so that another process or machine needs no file of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from wmp_postlint.convert import convert
from wmp_postlint.errors import PolicyError
from wmp_postlint.lazy import Record, shape_of
from wmp_postlint.policy import Policy


def text_of(policy: Policy) -> str:
    """Return a pack as JSON; the same pack gives the same text."""
    return json.dumps(_plain(policy), ensure_ascii=False, sort_keys=True)


def pack_of(text: str) -> Policy:
    """Return the pack that a text of ``text_of`` holds.

    Raises:
        PolicyError: if it does not have a pack's shape, as from another version of the library.
    """
    try:
        value = json.loads(text)
    except ValueError:
        raise PolicyError("policy", "expected a pack as JSON, as text_of gives it") from None
    return convert(value, Policy, "", PolicyError)


def _plain(value: object) -> object:
    if isinstance(value, Record):
        fields = ((name, getattr(value, name)) for name in shape_of(type(value)).fields)
        return {name: _plain(item) for name, item in fields if item is not None}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
