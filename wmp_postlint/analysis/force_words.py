"""What the policy pack calls the force, as the slots that the patterns of vocabulary files name it by.

A vocabulary file holds no fact of any force: where a pattern means the force, a station or the press office, it names
one of ``SLOTS``, as in ``"{stations} canteen"``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of
from wmp_postlint.analysis.phrases import fill
from wmp_postlint.document import Document
from wmp_postlint.policy import Policy

# ``force`` is any of its names, ``joined`` these without spaces, ``initials`` those of a few capitals and ``dotted``
# these with stops between; ``bynames`` are what people call it, ``region`` the whole of its area, ``places`` the towns
# in it, ``stations`` its buildings, ``office`` the press office, ``corporate`` its corporate accounts.
SLOTS = ("force", "joined", "initials", "dotted", "bynames", "region", "places", "stations", "office", "corporate")
# What fills a slot that the pack gives nothing for: it matches nowhere.
_NOWHERE = "(?!)"
_MOST_INITIALS = 5
_SLOT = lazy.regex(rf"\{{(?:{'|'.join(SLOTS)})\}}")
_UNFILLED = {slot: f"{{{slot}}}" for slot in SLOTS}


class ForceWords:
    """The slots of one policy pack; there is one object for each set of them, so that it can be a key.

    Attributes:
        slots: a pattern by each of ``SLOTS``.
    """

    __slots__ = ("slots",)

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.slots: Mapping[str, str] = {slot: any_of(lists[slot]) if lists[slot] else _NOWHERE for slot in SLOTS}


def force_words(document: Document) -> ForceWords:
    """Return the slots of the pack that a post is read with; call it as ``document.read(force_words)``."""
    return force_words_of(document.policy)


def force_words_of(policy: Policy) -> ForceWords:
    """Return the slots of a policy pack."""
    force = policy.force
    return _of(
        (force.name, *force.short_names),
        force.bynames,
        force.region,
        force.places,
        force.stations,
        (force.press_office,),
        policy.accounts.corporate,
    )


@cache
def _of(
    names: tuple[str, ...],
    bynames: tuple[str, ...],
    region: tuple[str, ...],
    places: tuple[str, ...],
    stations: tuple[str, ...],
    office: tuple[str, ...],
    corporate: tuple[str, ...],
) -> ForceWords:
    initials = [name for name in names if name.isupper() and name.isalpha() and len(name) <= _MOST_INITIALS]
    joined = [name.replace(" ", "") for name in region]
    return ForceWords(
        {
            "force": names,
            "joined": [name.replace(" ", "") for name in names],
            "initials": initials,
            "dotted": [".".join(name) for name in initials],
            "bynames": bynames,
            "region": (*region, *joined),
            "places": places,
            "stations": stations,
            "office": office,
            "corporate": [handle.lstrip("@") for handle in corporate],
        }
    )


def names_force(source: str, slots: Mapping[str, str]) -> bool:
    """Tell whether a pattern names one of ``SLOTS``, itself or through other slots, so that it differs by pack.

    Raises:
        KeyError: if it names a slot that is not there.
    """
    return _SLOT.search(fill(source, {**_UNFILLED, **slots})) is not None
