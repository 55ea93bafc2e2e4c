"""A small map without a network: a place among the towns around it, drawn as SVG."""

from __future__ import annotations

from functools import cache
from html import escape
from math import cos, hypot, radians

from wmp_postlint import resource

_WIDTH, _HEIGHT = 280, 200
_KM = 111.32  # of a degree of latitude
# From how far around the place the towns are shown, in km: the first that holds a few, else the last.
_REACHES = (6.0, 12.0, 25.0, 60.0, 150.0, 400.0)
_ENOUGH, _MOST = 4, 9
_LETTER, _LINE = 5.6, 12


@cache
def _towns() -> tuple[tuple[str, float, float], ...]:
    table = resource.read_table("checker/towns.toml")
    return tuple((name, latitude, longitude) for name, latitude, longitude in table["towns"])


def nearest(latitude: float, longitude: float) -> str:
    """Say where a place is, in the words of somebody who knows the country: "3 km north-east of Walsall"."""
    name, east, north = min(_around(latitude, longitude), key=lambda town: hypot(town[1], town[2]))
    distance = hypot(east, north)
    if distance < 1:
        return f"in {name}"
    if distance > _REACHES[-1]:
        return "outside the United Kingdom"
    # Seen from the town, the place lies on the other side.
    sides = ("south" if north > 0 else "north") if abs(north) > 0.4 * distance else ""
    ways = ("west" if east > 0 else "east") if abs(east) > 0.4 * distance else ""
    return f"{distance:.0f} km {'-'.join(filter(None, (sides, ways)))} of {name}"


def _around(latitude: float, longitude: float) -> list[tuple[str, float, float]]:
    """Return the towns with how far east and north of a place they lie, in km."""
    scale = cos(radians(latitude))
    return [(name, (east - longitude) * _KM * scale, (north - latitude) * _KM) for name, north, east in _towns()]


def small_map(latitude: float, longitude: float, number: str) -> str:
    """Return the map of a place as SVG.

    Args:
        latitude: WGS 84 decimal degrees.
        longitude: WGS 84 decimal degrees.
        number: what makes its ids different from those of other maps on the page.
    """
    towns = _around(latitude, longitude)
    inside = [town for town in towns if max(abs(town[1]) * _HEIGHT / _WIDTH, abs(town[2])) < _REACHES[-1]]
    reach = next(
        (each for each in _REACHES if sum(hypot(town[1], town[2]) < each for town in inside) >= _ENOUGH), _REACHES[-1]
    )
    per_km = _HEIGHT / 2 / reach * 0.94
    parts = [
        f'<svg class="map" role="img" aria-labelledby="map-{number}" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="map-{number}">Map: {escape(nearest(latitude, longitude))}</title>',
        f'<rect class="land" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>',
    ]
    centre_x, centre_y = _WIDTH / 2, _HEIGHT / 2
    parts += [
        f'<circle class="ring" cx="{centre_x:.0f}" cy="{centre_y:.0f}" r="{share * reach * per_km:.1f}"/>'
        for share in (1 / 3, 2 / 3, 1)
    ]
    taken: list[tuple[float, float, float, float]] = [(centre_x - 8, centre_y - 8, centre_x + 8, centre_y + 8)]
    for name, east, north in sorted(inside, key=lambda town: hypot(town[1], town[2]))[: 3 * _MOST]:
        x, y = centre_x + east * per_km, centre_y - north * per_km
        if len(taken) > _MOST or not (6 <= x <= _WIDTH - 6 and 14 <= y <= _HEIGHT - 20):
            continue
        length = _LETTER * len(name)
        left = x + 5 if x + 5 + length < _WIDTH else x - 5 - length
        box = (min(left, x) - 3, y - _LINE / 2, max(left + length, x) + 3, y + _LINE / 2)
        if any(box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken):
            continue
        taken.append(box)
        parts.append(f'<circle class="town" cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>')
        parts.append(f'<text x="{left:.1f}" y="{y + 3.5:.1f}">{escape(name)}</text>')
    parts.append(f'<circle class="place" cx="{centre_x:.0f}" cy="{centre_y:.0f}" r="5"/>')
    length = _round(reach / 2)
    parts.append(f'<path class="scale" d="M8 {_HEIGHT - 8}h{length * per_km:.1f}"/>')
    parts.append(f'<text x="8" y="{_HEIGHT - 12}">{length:g} km</text>')
    parts.append(f'<text x="{_WIDTH - 8}" y="{_HEIGHT - 8}" text-anchor="end">{latitude:.4f}, {longitude:.4f}</text>')
    return "".join([*parts, "</svg>"])


def _round(length: float) -> float:
    """Return the nearest length below that is easily said."""
    return max(each for each in (1, 2, 5, 10, 20, 50, 100, 200) if each <= max(1.0, length))
