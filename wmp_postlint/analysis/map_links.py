"""Where links to map services lead: to an exact place, to a named one, or to nowhere in particular."""

from __future__ import annotations

import re

from wmp_postlint import lazy
from wmp_postlint.lazy import Record

# Host, and what must follow it for the link to lead to a place.
_SERVICES = lazy.regex(
    r"""^(?:[a-z][a-z0-9+.-]{0,20}://)?(?:www\.)?(?:
        (?P<google>(?:maps\.google(?:\.[a-z]{2,3}){1,2}/?\?.*|(?:maps\.)?google(?:\.[a-z]{2,3}){1,2}/maps[/?@].+
            |google(?:\.[a-z]{2,3}){1,2}/local\?.+|earth\.google\.com/web/.*@.+|goo\.gl/maps/.+|maps\.app\.goo\.gl/.+|g\.co/maps/.+))
      | (?P<apple>maps\.apple\.com/.*[?&](?:ll|q|address|daddr|sll|coordinate|place-id|auid)=.+
            |maps\.apple\.com/(?:place|p/).+|maps\.apple/.+)
      | (?P<osm>openstreetmap\.org/(?:.*(?:\#map=|mlat=).+|(?:node|way|relation|directions|search)[/?].+)
            |osm\.org/(?:go/|.*\#map=).+)
      | (?P<bing>bing\.com/maps/?.*[?&](?:cp|where1|sp|ss|q|rtp)=.+)
      | (?P<waze>(?:ul\.|embed\.)?waze\.com/(?:[a-z-]{2,6}/)?(?:ul|live-map|livemap|location).*(?:[?/].+)|waze\.to/.+)
      | (?P<words>(?:map\.|m\.)?(?:w3w\.co|what3words\.com)/(?:[a-z]{2}/)?
            [^\W\d_]{3,24}(?:\.[^\W\d_]{3,24}){2}(?:[/?#].*)?$)
      | (?P<plus>plus\.codes/[23456789CFGHJMPQRVWX]{2,8}(?:\+|%2B).*)
      | (?P<other>glympse\.com/.+|map\.snapchat\.com/@.+|streetmap\.co\.uk/.*[?&][xyz]=.+
            |gridreferencefinder\.com/.*\?.+
            |(?:explore\.)?osmaps\.(?:com|ordnancesurvey\.co\.uk)/.*(?:lat=|/pin|\?).+
            |(?:wego|share|maps)\.here\.com/.+|yandex\.(?:com|ru)/maps/?.*[?&](?:ll|pt|text)=.+|mapy\.(?:cz|com)/.*[?&]x=.+))""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_HINT = lazy.regex(
    r"map|goo\.gl|waze|osm|w3w|what3words|plus\.codes|glympse|here\.com|gridref|apple|geo:|lat|[?&]ll=", re.IGNORECASE
)
_NUMBER = r"-?\d{1,3}\.\d{1,15}"
_PAIR = lazy.regex(
    rf"(?<![\d.])(?P<a>{_NUMBER})(?:\s?[,~/_+ ]\s?|!4d|&(?:m?lon|lng|long|longitude|x)=)(?P<b>{_NUMBER})(?![\d.])",
    re.IGNORECASE,
)
_KEYED = lazy.regex(
    rf"[?&#;](?:m?lat|latitude)=(?P<a>{_NUMBER})[&;#].{{0,60}}?(?:m?lon|lng|long|longitude)=(?P<b>{_NUMBER})(?![\d.])",
    re.IGNORECASE,
)
_GEO = lazy.regex(rf"^geo:(?P<a>{_NUMBER}),(?P<b>{_NUMBER})", re.IGNORECASE)
_NAMED = lazy.regex(
    r"/(?:place|search|dir)/(?P<path>[^@?#]{2,200})|[?&](?:q|query|address|where1|destination|daddr|name)=(?P<query>[^&#]{2,200})",
    re.IGNORECASE,
)
_ZOOM = lazy.regex(
    r",(?P<z>\d{1,2})(?:\.\d+)?z\b|#map=(?P<osm>\d{1,2})(?:\.\d+)?/|[?&](?:z|zoom|lvl)=(?P<query>\d{1,2})",
    re.IGNORECASE,
)
_POINT = lazy.regex(
    r"(?:s?ll|center|coordinate|near|m?lat|m?lon|lng|latitude|longitude|z|zoom|lvl|cp|span|spn|data)=", re.IGNORECASE
)
_POINT_IN_PATH = lazy.regex(r"/(?=@-?\d|data=)")
# Below this zoom a map shows a town and no street.
_TOWN_ZOOM = 13


class MapLink(Record):
    """A link to a place on a map.

    ``exact`` says that it leads to a point rather than to a town or a name; ``place`` is the name or address of the
    place that the link itself gives, if it does.
    """

    exact: bool
    place: str | None = None


def map_link(url: str) -> MapLink | None:
    """Return where a link leads, or None when it is no link to a place."""
    if not _HINT.search(url) or len(url) > 2000:
        return None
    from urllib.parse import unquote_plus

    plain = unquote_plus(url)
    if match := _GEO.match(plain):
        return MapLink(_decimals(match) > 2)
    service = _SERVICES.match(url)
    if service is None:
        # Any site may take coordinates; beyond the known ones only a place in or near Britain counts.
        keyed = _KEYED.search(plain)
        if keyed and _decimals(keyed) > 3 and in_britain(float(keyed["a"]), float(keyed["b"])):
            return MapLink(True)
        return None
    place = _place(plain)
    pair = _KEYED.search(plain) or _PAIR.search(plain)
    zoom = _ZOOM.search(plain)
    wide = (
        zoom is not None
        and int(zoom["z"] or zoom["osm"] or zoom["query"]) < _TOWN_ZOOM
        and "mlat=" not in plain.lower()
    )
    if pair is not None:
        return MapLink(_decimals(pair) > 2 and not wide, place)
    return MapLink(place is None and not wide, place)


def without_point(url: str) -> str | None:
    """Return the link that leads to the place that a map link names, not to a point; None where it names none.

    In Google's links the point stands behind the place in the path, in Apple's and others' in parameters of their own.
    """
    target = map_link(url)
    if target is None or not target.exact or target.place is None or "/search/" in url:
        return None  # what a search finds depends on where it is made
    address, mark, query = url.partition("?")
    kept = [each for each in query.partition("#")[0].split("&") if each and not _POINT.match(each)]
    shorter = _POINT_IN_PATH.split(address, maxsplit=1)[0] + (mark + "&".join(kept) if kept else "")
    again = map_link(shorter)
    return shorter if again is not None and not again.exact and again.place == target.place else None


def in_britain(latitude: float, longitude: float) -> bool:
    """Tell whether a point in degrees lies within the box around the British Isles."""
    return 49.0 <= latitude <= 61.5 and -11.0 <= longitude <= 2.5


def _place(plain: str) -> str | None:
    match = _NAMED.search(plain)
    if match is None:
        return None
    name = (match["path"] or match["query"]).strip("/ ")
    return name if re.search(r"[^\W\d_]{3}", name) and not re.match(r"place_id:|data=", name) else None


def _decimals(match: re.Match[str]) -> int:
    return min(len(match[side].rpartition(".")[2]) for side in "ab")
