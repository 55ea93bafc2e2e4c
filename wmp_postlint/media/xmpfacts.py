"""Say what XMP properties mean: positions, place names, texts, identities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from wmp_postlint import lazy
from wmp_postlint.media.coordinates import parse_angle, parse_iso6709
from wmp_postlint.media.facts import EmbeddedText, Position, Trace
from wmp_postlint.media.gps import judged

ROUTE = "xmp"
_HALF = lazy.regex(r"^(.*?)(latitude|long?t?itude)$", re.IGNORECASE)
_REF = lazy.regex(r"^(.*?)(latitude|long?t?itude)ref$", re.IGNORECASE)
_SHORT = {"lat": "latitude", "long": "longitude", "lon": "longitude", "lng": "longitude"}
_BOTH = lazy.regex(
    r"^(?:gps|geo)?_?(?:coordinates|geolocation|gpsposition|location\.iso6709|latlo?ng|point)$", re.IGNORECASE
)
_PLACES = {
    "city", "sublocation", "provincestate", "state", "country", "countryname", "countrycode", "worldregion",
    "locationname", "locality", "municipality", "county", "stateprovince", "location", "landmark", "verbatimlocality",
    "countryorprimarylocationname", "subjectlocation", "shotlocation", "locationcreatedcity", "locationshowncity",
    "locationcreatedsublocation", "locationshownsublocation", "island", "islandgroup", "waterbody",
    "gpsareainformation",
    "higherGeography".lower(), "locationremarks",
}  # fmt: skip
_TEXTS = {
    "title", "description", "subject", "headline", "caption", "instructions", "usercomment", "imagedescription",
    "label",
    "keywords", "hierarchicalsubject", "tagslist", "lastkeywordxmp", "lastkeywordiptc", "event", "comment", "notes",
    "alttextaccessibility", "extdescraccessibility", "transmissionreference", "source", "catalogsets", "eventname",
    "scene",
    "category", "supplementalcategories", "shotname", "logcomment", "project", "projectname", "tapename", "xptitle",
    "xpcomment", "xpkeywords", "xpsubject", "jobname", "nickname", "digitalsourcedescription", "abstract", "story",
    "usageterms", "webstatement", "jobid",
}  # fmt: skip
_IDENTITIES = {
    "creator", "artist", "rights", "copyright", "credit", "captionwriter", "authorsposition", "ownername",
    "serialnumber",
    "lensserialnumber", "bodyserialnumber", "cameraownername", "personinimage", "personinimagename", "personname",
    "persondisplayname", "personemaildigest", "personliveidcid", "owner", "author", "contributor", "publisher",
    "ciadrextadr", "ciadrcity", "ciadrregion", "ciadrpcode", "ciadrctry", "citelwork", "ciemailwork", "ciurlwork",
    "imageuniqueid", "cameraserialnumber", "hostcomputer", "photographer", "filepath", "cameraid", "imagecreatorname",
    "copyrightownername", "licensorname", "licensoremail", "licensortelephone1", "recordedby", "imagesuppliername",
    "suppliername", "organisationinimagename", "peoplekeywords",
}  # fmt: skip


# A folder of a person's own in the path of a file; an address of the web has its host before the stroke.
_PATH = lazy.regex(
    r"(?:(?<![\w.-])/(?:users|home)/|\\(?:users|home)\\|documents and settings\\)"
    r"(?!(?:public|shared|default|all users|guest|www)[\\/])[^\\/\s<>]{2,40}[\\/]",
    re.IGNORECASE,
)
_RENDERINGS = (
    "hdrgm", "gainmap", "version", "container", "item", "directory", "mime", "semantic", "length", "padding",
    "microvideo", "motionphoto", "orientation", "auxiliaryimage",
)  # fmt: skip


def is_place(name: str) -> bool:
    """Say whether a property of this name, in small letters, tells where a picture was taken."""
    return name in _PLACES or any(pattern.match(name) is not None for pattern in (_HALF, _REF, _BOTH))


def is_identity(name: str) -> bool:
    """Say whether a property of this name, in small letters, tells who made a picture or whom it shows."""
    return name in _IDENTITIES


def names_user(text: str) -> bool:
    """Say whether a text holds the path of a file in a computer user's own folder."""
    return _PATH.search(text) is not None


def is_rendering(name: str) -> bool:
    """Say whether a property of this name, in small letters, is needed to show a picture as it is."""
    return name.startswith(_RENDERINGS)


class Property(Protocol):
    """What this module needs of an XMP value."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def parents(self) -> tuple[str, ...]: ...
    @property
    def resource(self) -> int: ...


def _kind(item: Property, name: str) -> str | None:
    if name == "name":
        if any(parent.lower() in ("regions", "regionlist") for parent in item.parents):
            return "identity"
        return "text" if item.parents else None
    if name in ("hierarchicalkeywords", "keyword"):
        return "text"
    if any(parent.lower() in ("locationcreated", "locationshown") for parent in item.parents):
        return "place" if not _HALF.match(name) and "gps" not in name else None
    if any(parent.lower() == "creatorcontactinfo" for parent in item.parents):
        return "identity"
    if name in _PLACES:
        return "place"
    return "text" if name in _TEXTS else "identity" if name in _IDENTITIES else None


def _pairs(found: Sequence[Property], path: str) -> Iterator[Position | Trace]:
    halves: dict[tuple[int, str], dict[str, list[str]]] = {}
    for item in found:
        name = item.name.lower()
        match = _HALF.match(item.name) or _REF.match(item.name)
        if match:
            half = "latitude" if match[2].lower() == "latitude" else "longitude"
            stem, slot = match[1].lower(), half + ("ref" if name.endswith("ref") else "")
        elif name in _SHORT:
            stem, slot = "", _SHORT[name]
        else:
            if _BOTH.match(item.name):
                both = parse_iso6709(item.text)
                if both:
                    yield judged(*both, ROUTE, f"{path}/{item.name}")
            continue
        halves.setdefault((item.resource, stem), {}).setdefault(slot, []).append(item.text)
    loose: dict[str, dict[str, list[str]]] = {}
    ordered = sorted(halves.items(), key=lambda item: item[0][1].startswith("verbatim"))  # as noted by hand: less exact
    for (_, stem), slots in ordered:
        if slots.get("latitude") and slots.get("longitude"):
            yield from _joined(slots, stem, path)
        else:
            for slot, texts in slots.items():
                loose.setdefault(stem, {}).setdefault(slot, []).extend(texts)
    for stem, slots in loose.items():
        if slots.get("latitude") and slots.get("longitude"):
            yield from _joined(slots, stem, path)
        elif any(parse_angle(text) is not None for slot in ("latitude", "longitude") for text in slots.get(slot, [])):
            yield Trace("broken", ROUTE, f"{path}/{stem}", "The XMP metadata has half a position.")


def _joined(slots: dict[str, list[str]], stem: str, path: str) -> Iterator[Position | Trace]:
    refs = [*slots.get("latituderef", []), ""], [*slots.get("longituderef", []), ""]
    for south, west in zip(slots["latitude"], slots["longitude"], strict=False):
        latitude, longitude = _signed(south, refs[0][0]), _signed(west, refs[1][0])
        here = f"{path}/{stem or 'position'}"
        if latitude is None or longitude is None:
            yield Trace("broken", ROUTE, here, "The XMP metadata has a position that cannot be read.")
        else:
            yield judged(latitude, longitude, ROUTE, here)


def _signed(text: str, ref: str) -> float | None:
    value = parse_angle(text)
    return -abs(value) if value is not None and ref.strip()[:1].upper() in ("S", "W") else value


def facts(found: Sequence[Property], path: str) -> Iterator[Position | Trace | EmbeddedText]:
    """Yield what the properties of one packet say."""
    position = False
    for fact in _pairs(found, path):
        position = True
        yield fact
    for item in found:
        name = item.name.lower()
        if not position and name in ("gpstimestamp", "gpsdatestamp"):
            yield Trace("time-only", ROUTE, path, "The XMP metadata has a GPS time but no position.")
            position = True
        kind = _kind(item, name)
        if kind is not None and not (kind == "place" and parse_iso6709(item.text)):
            parent = next((p for p in reversed(item.parents) if p.startswith("Location")), "")
            yield EmbeddedText(f"xmp.{parent + '.' if parent else ''}{item.name}", item.text[:65536], kind)
        elif names_user(item.text):
            yield EmbeddedText(f"xmp.{item.name}", item.text[:4096], "identity")
