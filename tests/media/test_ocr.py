"""Text that can be seen in pictures is read and checked by the rules; ordinary pictures raise no alarm.

The whole rendered set is read by ``make seen``; the suite reads a sample of it. POSTLINT_SCENES says how many.
"""

from __future__ import annotations

import io
import os
import sys
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from seen_made import FAMILIES, Scene, faces, scene

from wmp_postlint import Linter, Media, Post, Report
from wmp_postlint.errors import NotLooked
from wmp_postlint.media import ocr
from wmp_postlint.media import samples as make

SCENES = int(os.environ.get("POSTLINT_SCENES", "20"))
FEWEST = {"marking": 0.95, "phone": 0.90, "plate": 0.90}
RULES = {"marking": ("marking/classification", "marking/handling"), "phone": ("personal-data/phone-number",),
         "plate": ("personal-data/vehicle-registration",)}  # fmt: skip

needs_faces = pytest.mark.skipif(
    not faces(), reason="no typefaces are installed (Debian: fonts-dejavu-core, fonts-liberation and others)"
)


@cache
def linter() -> Linter:
    return Linter(ocr=True)


def lint(data: bytes) -> Report:
    return linter().lint(Post("Our day.", media=(Media(data=data, alt="A board in the office"),)))


def found(report: Report) -> set[str]:
    rules = {finding.rule for finding in report.findings if finding.field == "media[0].seen"}
    return {what for what, names in RULES.items() if rules & set(names)}


def sample() -> list[Scene]:
    """Scenes spread over the typefaces and the four kinds of picture."""
    whole = 12 * len(faces())
    return [scene(round(number * whole / SCENES)) for number in range(SCENES)]


@needs_faces
def test_markings_numbers_and_plates_are_found() -> None:
    scenes = sample()
    missed: dict[str, list[str]] = {what: [] for what in RULES}
    for one in scenes:
        report = lint(one.data)
        assert report.errors == ()
        for what in RULES.keys() - found(report):
            missed[what].append(f"{one.face}, {one.kind}: {getattr(one, what)}")
    for what, misses in missed.items():
        share = f"{what}s found in {len(scenes)} scenes, {len(faces())} typefaces: {1 - len(misses) / len(scenes):.1%}"
        sys.stdout.write("\n  missed: ".join([share, *misses]) + "\n")
    for what, misses in missed.items():
        assert 1 - len(misses) / len(scenes) >= FEWEST[what], misses


def test_there_are_enough_typefaces() -> None:
    if len(faces()) < 20:
        pytest.skip(f"only {len(faces())} of 20 typefaces are installed, so text was rendered in these alone")
    assert len(faces()) <= len(FAMILIES)


@needs_faces
def test_a_finding_has_its_box() -> None:
    picture = Image.new("RGB", (900, 400), "white")
    face = ImageFont.truetype(str(faces()[0]), 40)
    ImageDraw.Draw(picture).text((300, 250), "07700 900461", font=face, fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    finding = next(one for one in lint(out.getvalue()).findings if one.rule == "personal-data/phone-number")
    box = finding.data["box"]
    assert isinstance(box, list)
    left, top, right, bottom = box
    assert 285 <= left <= 310
    assert 245 <= top <= 275
    assert 500 <= right <= 640
    assert 270 <= bottom <= 305
    assert finding.span is not None
    assert len([one for one in lint(out.getvalue()).findings if one.rule == "personal-data/phone-number"]) == 1


@needs_faces
@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "TIFF"])
def test_transparent_pictures_are_read_as_they_are_shown(form: str) -> None:
    picture = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((100, 100), "RESTRICTED", font=ImageFont.truetype(str(faces()[0]), 48), fill="black")
    out = io.BytesIO()
    picture.save(out, form)
    assert found(lint(out.getvalue())) == {"marking"}


@needs_faces
@pytest.mark.parametrize("turned", [3, 6, 8])
def test_a_picture_on_its_side_is_read_upright(turned: int) -> None:
    picture = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(picture).text((100, 100), "RESTRICTED", font=ImageFont.truetype(str(faces()[0]), 48), fill="black")
    ways = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turned
    picture.transpose(ways[turned]).save(out, "JPEG", exif=exif)
    assert found(lint(out.getvalue())) == {"marking"}


QUIET = (
    ("Community coffee morning", "Saturday 14 June, 10am to 12pm", "Free entry, all welcome", "See you there!"),
    ("Lost: one glove, blue, left hand", "Ask at the front desk", "Open 9 to 5"),
    ("LITTER PICK", "MEET AT THE PARK GATES", "BRING GLOVES AND A SMILE", "2,450 BAGS SO FAR"),
    ("Order 66 / Table 12", "2 x TEA 3.60", "1 x SCONE 2.45", "TOTAL 6.05 GBP", "THANK YOU"),
    ("M6 J6 to J7", "A38(M) closed 21:00 - 05:00", "Follow diversion B4114"),
    ("WELCOME TO SHELDON", "Please drive carefully", "Twinned with nowhere in particular"),
    ("In an emergency call 999", "Otherwise call 101 or go online", "Crimestoppers 0800 555 111"),
    ("TOP MARKS", "OFFICIAL OPENING", "SECRET SANTA: names by Friday", "PRIVATE CAR PARK FULL"),
)


@needs_faces
@pytest.mark.parametrize("number", range(len(QUIET)))
def test_ordinary_text_raises_no_alarm(number: int) -> None:
    picture = Image.new("RGB", (1000, 500), (244, 244, 238))
    draw = ImageDraw.Draw(picture)
    face = ImageFont.truetype(str(faces()[number % len(faces())]), 36)
    for row, words in enumerate(QUIET[number]):
        draw.text((80, 60 + 80 * row), words, font=face, fill=(20, 30, 60))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    report = lint(out.getvalue())
    assert report.errors == ()
    assert [(one.rule, one.data) for one in report.findings if one.field == "media[0].seen"] == []


def _textures() -> dict[str, Image.Image]:
    noise = Image.effect_noise((800, 600), 90).convert("RGB")
    mandelbrot = Image.effect_mandelbrot((800, 600), (-2, -1.5, 1, 1.5), 100).convert("RGB")
    bricks = Image.new("RGB", (800, 600), (150, 80, 60))
    draw = ImageDraw.Draw(bricks)
    for row in range(0, 600, 30):
        draw.line((0, row, 800, row), fill=(220, 215, 205), width=4)
        for column in range(row // 30 % 2 * 40, 800, 80):
            draw.line((column, row, column, row + 30), fill=(220, 215, 205), width=4)
    return {"noise": noise, "shapes": mandelbrot, "bricks": bricks, "nothing": Image.new("RGB", (640, 480), "grey")}


@pytest.mark.parametrize("name", ["noise", "shapes", "bricks", "nothing"])
def test_pictures_without_text_raise_no_alarm(name: str) -> None:
    out = io.BytesIO()
    _textures()[name].save(out, "JPEG", quality=70)
    report = lint(out.getvalue())
    assert report.errors == ()
    assert [one.rule for one in report.findings if one.field == "media[0].seen"] == []


@needs_faces
def test_look_alikes_are_set_right_by_their_place() -> None:
    def line(*words: str) -> list[tuple[str, ocr.Box]]:
        return [(word, (10 * n, 0, 10 * n + 9, 10)) for n, word in enumerate(words)]

    def right(*words: str) -> list[str]:
        return [" ".join(text for text, _ in one) for one in ocr._set_right([line(*words)])]

    assert right("BDS1", "SMR")[:1] == ["BD51 SMR"]
    assert right("8D51", "5MR")[:1] == ["BD51 SMR"]
    assert right("Tel", "O77OO", "9OO46l") == ["07700 900461"]
    assert right("C)71", "VWC") == ["CJ71 VWC"]
    assert right("MHis", "KRN") == ["MH15 KRN"]
    assert right("$S12", "RXP")[:1] == ["SS12 RXP"]
    assert right("REST", "RICTED") == ["RESTRICTED"]
    for words in (
        ("THIS", "BIG"),
        ("Some", "men"),
        ("BD51", "SMR"),
        ("07700", "900461"),
        ("also", "bits"),
        ("This", "box"),
        ("McIs", "car"),
    ):
        assert [one for one in right(*words) if one != "".join(words)] == []


def test_without_the_option_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "read_text", lambda _: pytest.fail("read"))
    assert Linter().lint(Post("Hello", media=(Media(data=make.jpeg(), alt="A van"),))).errors == ()


@pytest.mark.parametrize("missing", ["tesserocr", "PIL"])
def test_asked_for_and_missing_is_an_error(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setattr(ocr, "_LOCAL", type(ocr._LOCAL)())
    report = Linter(ocr=True, select=["marking"]).lint(Post("Hi", media=(Media(data=make.jpeg(), alt="A van"),)))
    assert report.verdict == "review"
    assert [(error.rule, error.field) for error in report.errors] == [("input", "media[0].seen")]
    assert ocr.INSTALL in report.errors[0].message


def test_a_missing_model_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "_LOCAL", type(ocr._LOCAL)())
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    with pytest.raises(NotLooked, match="model"):
        ocr.read_text(make.jpeg())


def test_what_cannot_be_decoded_is_an_error() -> None:
    for data in (make.jpeg()[:-20] + b"\xff\xd9", make.heic()):
        report = linter().lint(Post("Hi", media=(Media(data=data, alt="A van"),)))
        assert "media[0].seen" in [error.field for error in report.errors], data[:12]


def test_a_gigapixel_picture_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    with pytest.raises(NotLooked, match="million pixels"):
        ocr.read_text(out.getvalue())


def test_videos_are_not_read() -> None:
    report = linter().lint(Post("Hi", media=(Media(data=make.mp4(), alt="A van"),)))
    assert report.errors == ()
