"""Draws the pictures of the example week, with the metadata that a phone would have written into them.

Run with ``python examples/draw_pictures.py``; the pictures are committed, so that only a change needs it again.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parent / "week" / "pictures"
SIZE = (960, 540)
SKY, GRASS, ROAD, WHITE, NAVY, YELLOW = "#bcd9ee", "#6f9d5c", "#5b6068", "#f7f7f5", "#1d2a5b", "#e8d83a"
GPS_IFD = 0x8825


def scene() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 300, 960, 400), fill=GRASS)
    pen.rectangle((0, 400, 960, 540), fill=ROAD)
    for x in range(20, 960, 120):
        pen.rectangle((x, 466, x + 60, 474), fill=WHITE)
    return picture, pen


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def van() -> Image.Image:
    picture, pen = scene()
    pen.rounded_rectangle((260, 200, 720, 420), 26, fill=WHITE, outline=NAVY, width=4)
    pen.polygon([(720, 250), (790, 320), (790, 420), (700, 420)], fill=WHITE, outline=NAVY)
    for column in range(8):
        for row in range(2):
            colour = NAVY if (column + row) % 2 else YELLOW
            pen.rectangle((270 + 56 * column, 320 + 36 * row, 326 + 56 * column, 356 + 36 * row), fill=colour)
    pen.rectangle((440, 182, 560, 202), fill="#2f6fde")
    for x in (340, 660):
        pen.ellipse((x - 44, 380, x + 44, 468), fill="#22252b")
        pen.ellipse((x - 18, 406, x + 18, 442), fill="#a8adb5")
    pen.text((360, 238), "POLICE", fill=NAVY, font=font(60))
    return picture


def dog() -> Image.Image:
    picture, pen = scene()
    fur = "#6b4a2f"
    pen.ellipse((360, 250, 620, 400), fill=fur)
    for x in (390, 440, 540, 590):
        pen.rectangle((x, 370, x + 24, 470), fill=fur)
    pen.ellipse((560, 170, 700, 300), fill=fur)
    pen.polygon([(580, 190), (560, 110), (620, 170)], fill="#3d2a1a")
    pen.polygon([(660, 175), (700, 110), (690, 200)], fill="#3d2a1a")
    pen.ellipse((690, 220, 716, 244), fill="#191413")
    pen.ellipse((640, 205, 656, 221), fill="#191413")
    pen.arc((290, 210, 390, 330), 100, 250, fill=fur, width=18)
    return picture


def board() -> Image.Image:
    picture = Image.new("RGB", SIZE, "#d8d3c8")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((70, 40, 890, 490), 12, fill=WHITE, outline="#9aa0a6", width=10)
    lines = (
        "Briefing Thursday",
        "0600  on parade",
        "0630  team A, front",
        "0630  team B, back",
        "Kettle: broken again",
    )
    for row, line in enumerate(lines):
        pen.text((120, 80 + 74 * row), line, fill="#274a8a" if row else "#a33", font=font(46))
    return picture


def hall() -> Image.Image:
    picture, pen = scene()
    pen.polygon([(200, 230), (480, 90), (760, 230)], fill="#8d4b3f")
    pen.rectangle((230, 230, 730, 420), fill="#d9b38c")
    pen.rectangle((440, 310, 520, 420), fill=NAVY)
    for x in (290, 590):
        pen.rectangle((x, 270, x + 90, 350), fill="#e9f3fa", outline=WHITE, width=6)
    pen.text((352, 240), "COMMUNITY HALL", fill=NAVY, font=font(32))
    return picture


def located(picture: Image.Image, latitude: float, longitude: float) -> Image.Exif:
    """The Exif block that a phone writes: make, model, time, and where it stood."""
    exif = picture.getexif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Example", "Phone 7", "2026:05:12 14:02:11"
    gps = exif.get_ifd(GPS_IFD)
    gps[1], gps[2] = "N" if latitude >= 0 else "S", sexagesimal(latitude)
    gps[3], gps[4] = "E" if longitude >= 0 else "W", sexagesimal(longitude)
    return exif


def sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes = abs(degrees) % 1 * 60
    return float(int(abs(degrees))), float(int(minutes)), round(minutes % 1 * 60, 2)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = van()
    picture.save(FOLDER / "van.jpg", quality=80, exif=located(picture, 52.5, -1.75))
    dog().save(FOLDER / "dog.jpg", quality=80)
    board().save(FOLDER / "OFFICIAL-SENSITIVE_briefing.png", optimize=True)
    hall().save(FOLDER / "hall-clean.png", optimize=True)


if __name__ == "__main__":
    main()
