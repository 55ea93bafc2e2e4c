"""Pictures of text: a marking, a telephone number and a registration mark as a camera would catch them.

Four scenes (a letter, a whiteboard, a screen, a number plate) in as many typefaces as the machine has, seen from the
side, with noise, and saved as JPEG of quality 40. Names and numbers are invented.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 675
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# One file of each family, in the order in which they are taken.
FAMILIES = (
    "DejaVuSans", "DejaVuSerif", "DejaVuSansMono", "LiberationSans-Regular", "LiberationSerif-Regular",
    "LiberationMono-Regular", "LiberationSansNarrow-Regular", "FreeSans", "FreeSerif", "OpenSans-Regular",
    "Lato-Regular", "Roboto-Regular", "RobotoCondensed-Regular", "Carlito-Regular", "Caladea-Regular",
    "Cantarell-Regular", "Hack-Regular", "ComicNeue-Regular", "FreeMono", "OpenSans-Bold", "DejaVuSans-Bold",
    "Lato-Bold",
)  # fmt: skip
MARKINGS = (
    "OFFICIAL-SENSITIVE", "RESTRICTED", "CONFIDENTIAL", "SECRET", "OFFICIAL - SENSITIVE", "TOP SECRET",
    "OFFICIAL: SENSITIVE", )  # fmt: skip
LINES = (
    "Morning briefing for the late turn", "Parade at the gate, hi-vis on", "Litter pick on Saturday",
    "Coffee rota: see the kitchen door", "Meet the team at the library", "Bring spare batteries and gloves",
    "Thank you to everybody who came", "Next drop-in is on the first floor",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A picture, and what must be found in it."""

    data: bytes
    marking: str
    phone: str
    plate: str
    face: str
    kind: str


@cache
def faces() -> tuple[Path, ...]:
    """Return the typefaces of this machine, one file a family; those that matplotlib brings where there are none."""
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted(Path(folder).expanduser().rglob("*.[ot]tf")):
            found.setdefault(path.stem, path)
    chosen = tuple(found[name] for name in FAMILIES if name in found)
    return chosen or tuple(found.values())[:20]


def _plate(chance: random.Random) -> str:
    letters = "ABCDEFGHJKLMNOPRSTUVWXY"
    last = "BCDFGHJKLMNPRSTVWXYZ"  # no vowels, so no words: "XN73 OFF" is a mark that nobody can tell from one
    age = chance.choice(["07", "10", "12", "15", "18", "20", "51", "58", "60", "68", "71", "73"])
    first = "".join(chance.choice(letters.replace("O", "")) for _ in range(2))
    return f"{first}{age} {''.join(chance.choice(last) for _ in range(3))}"


def _phone(chance: random.Random) -> str:
    end = f"{chance.randrange(1000):03}"
    return chance.choice(["07700 900{}", "07700 900 {}", "0121 496 0{}", "020 7946 0{}", "+44 7700 900{}"]).format(end)


def _seen_from_the_side(picture: Image.Image, chance: random.Random, most: float) -> Image.Image:
    def shift(size: int) -> float:
        return chance.uniform(0, most) * size

    w, h = picture.size
    corners = [(shift(w), shift(h)), (w - shift(w), shift(h)), (w - shift(w), h - shift(h)), (shift(w), h - shift(h))]
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (w, 0), (w, h), (0, h)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    terms = numpy.linalg.solve(numpy.array(rows, float), numpy.array(values, float))
    ground = picture.getpixel((2, 2))
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, tuple(terms), Image.Resampling.BICUBIC, fillcolor=ground
    )


def _noisy(picture: Image.Image, sigma: float, seed: int) -> Image.Image:
    noise = numpy.random.default_rng(seed).normal(0, sigma, (picture.height, picture.width, 3))
    return Image.fromarray((numpy.asarray(picture, float) + noise).clip(0, 255).astype("uint8"))


_COLOURS: dict[str, tuple[tuple[int, int, int], tuple[tuple[int, int, int], ...]]] = {
    "letter": ((250, 249, 245), ((20, 20, 20), (40, 40, 60))),
    "whiteboard": ((238, 242, 244), ((25, 45, 150), (160, 25, 35), (20, 105, 55), (30, 30, 30))),
    "screen": ((24, 28, 36), ((230, 232, 236), (150, 220, 160), (240, 200, 90))),
    "car": ((88, 98, 112), ((245, 245, 245), (235, 225, 190))),
}


def scene(number: int) -> Scene:
    """Return the picture of this number, always the same."""
    chance = random.Random(number * 7919 + 11)
    face = faces()[number % len(faces())]
    kind = tuple(_COLOURS)[number // len(faces()) % len(_COLOURS)]
    ground, inks = _COLOURS[kind]
    marking, phone, plate = chance.choice(MARKINGS), _phone(chance), _plate(chance)
    picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
    draw = ImageDraw.Draw(picture)
    size = chance.randrange(28, 45)
    font = ImageFont.truetype(str(face), size)
    ink = chance.choice(inks)
    rows: list[str] = [marking, chance.choice(LINES), f"{chance.choice(['Call', 'Ring Sam on', 'Tel'])} {phone}",
                       chance.choice(LINES)]  # fmt: skip
    if kind != "car":
        rows.append(f"{chance.choice(['Blue van', 'Vehicle', 'Silver Astra'])} {plate}")
    x, y = chance.randrange(70, 240), chance.randrange(60, 110)
    for row in rows:
        draw.text((x, y), row, font=font, fill=ink)
        y += round(size * chance.uniform(1.6, 2.2))
    if kind == "car":
        _number_plate(draw, plate, face, (x, y + 10), size, chance)
    picture = _seen_from_the_side(picture, chance, 0.06)
    sigma = chance.choice([4, 8, 12, 18])
    out = io.BytesIO()
    _noisy(picture, sigma, number).save(out, "JPEG", quality=40)
    return Scene(out.getvalue(), marking, phone, plate, face.stem, f"{kind} {size} px, noise {sigma}")


def _number_plate(
    draw: ImageDraw.ImageDraw, plate: str, face: Path, at: tuple[int, int], size: int, chance: random.Random
) -> None:
    bold = next((path for path in faces() if path.stem == "DejaVuSans-Bold"), face)
    font: Any = ImageFont.truetype(str(bold), size + 14)
    left, top, right, bottom = draw.textbbox((at[0] + 24, at[1] + 14), plate, font=font)
    ground = chance.choice([(240, 205, 60), (240, 240, 236)])
    frame = (left - 20, top - 14, right + 20, bottom + 14)
    draw.rounded_rectangle(frame, 8, fill=ground, outline=(20, 20, 20), width=2)
    draw.text((at[0] + 24, at[1] + 14), plate, font=font, fill=(15, 15, 15))
