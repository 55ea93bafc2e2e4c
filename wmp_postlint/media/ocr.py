"""Text that can be seen in a picture, read without a network (extra ``ocr``: Tesseract with its fast English model).

The picture is read twice, as it is and with its contrast evened out; where the second reading differs, both count. Runs
that look like a registration mark or a telephone number are given once more with look-alike signs set right by their
place (0 and O, 1 and I, 8 and B), which is where reading by machine goes wrong.
"""

from __future__ import annotations

import io
import re
import sysconfig
import threading
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wmp_postlint import lazy
from wmp_postlint.errors import NotLooked
from wmp_postlint.lazy import Record

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 50_000_000
INSTALL = "pip install 'wmp-postlint[ocr]'"
_WIDE, _NARROW = 2400, 1400
_SURE, _SURER = 30.0, 60.0  # how sure of a word, out of 100: in the first reading, in the second
_DARK = 110  # the grey below which a picture's ground is dark
_BLUR = 0.75  # in pixels: noise is finer than letters
_STROKE, _FAINT = 16, 60.0  # letters' strokes are narrower, in pixels; what differs less from its ground is faint
_MILLISECONDS = 15_000
_WORDS = re.compile(r"\S+")
_DIGITS = str.maketrans("OQDoILl|iSsZzBG", "000011111552286")
_LETTERS = str.maketrans("0158|26/])$", "OISBIZGJJJS")
_LIKE_DIGIT, _LIKE_LETTER = "0-9OQDoILl|iSsZzBG", "A-Za-z0158|26$"
_PLATE = lazy.regex(
    rf"(?<![A-Za-z0-9])[{_LIKE_LETTER}][{_LIKE_LETTER}/\])}}][{_LIKE_DIGIT}]{{2}}[ .·-]?"
    rf"[{_LIKE_LETTER}]{{2}}[{_LIKE_LETTER}/\])}}](?![A-Za-z0-9])"
)
_PHONE = lazy.regex(rf"(?<![A-Za-z0-9])(?:\+\s?44\s?|[0Oo])(?:[ ().-]?[{_LIKE_DIGIT}]){{8,11}}(?![A-Za-z0-9])")
_CAPITALS = 4  # in a line of capitals as many letters may be one word that was read apart

Box = tuple[int, int, int, int]


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than half of the smaller one."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width > 0 and height > 0 and 2 * width * height > smaller


class SeenText(Record):
    """What was read in a picture.

    text: the lines, as they stand.
    boxes: for each word its place in ``text`` (start, end) and in the picture (left, top, right, bottom, in pixels).
    """

    text: str
    boxes: tuple[tuple[int, int, Box], ...]

    def box(self, start: int, end: int) -> Box | None:
        """Return the smallest box around the words between two places of the text."""
        inside = [box for first, last, box in self.boxes if first < end and start < last]
        if not inside:
            return None
        left, top, right, bottom = zip(*inside, strict=True)
        return min(left), min(top), max(right), max(bottom)


def read_text(source: bytes | Path) -> SeenText:
    """Return the text that can be seen in a picture.

    Args:
        source: the file's bytes, or its path.

    Raises:
        NotLooked: if the extra is not installed, or the picture cannot be decoded or is too large.
    """
    picture = _opened(source)
    scale = _scale(picture.width, picture.height)
    lines: list[list[tuple[str, Box]]] = []
    for version, page in _versions(picture, scale):
        for line in _lines(version, page, scale):
            if page == "AUTO" or (_legible(line) and not any(_same(line, other) for other in lines)):
                lines.append(line)
    return _joined([*lines, *_set_right(lines)])


def _opened(source: bytes | Path) -> Image:
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        raise NotLooked(f"reading text in pictures needs an extra: {INSTALL}") from error
    large = NotLooked(f"the picture has more than {MAX_PIXELS // 10**6} million pixels, so no text was read in it")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow warns of is judged here
            with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise large
                upright = ImageOps.exif_transpose(image)
                if upright.has_transparency_data:  # shown on a platform's white page
                    paper = Image.new("RGBA", upright.size, "white")
                    upright = Image.alpha_composite(paper, upright.convert("RGBA"))
                return upright.convert("L")
    except NotLooked:
        raise
    except Image.DecompressionBombError:
        raise large from None
    except Exception as error:  # a decoder raises what it likes over damaged pictures
        raise NotLooked("the picture could not be decoded, so no text was read in it") from error


def _scale(width: int, height: int) -> float:
    """How much to enlarge: letters are read best at some thirty pixels."""
    longer = max(width, height)
    return _WIDE / longer if longer > _WIDE else 2.0 if longer < _NARROW else 1.5 if longer < _WIDE * 0.7 else 1.0


def _versions(picture: Image, scale: float) -> Iterator[tuple[Image, str]]:
    """Yield the picture as it is read, each time with what to take the page for."""
    from PIL import Image, ImageFilter, ImageOps, ImageStat

    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    plain = picture.resize(size, Image.Resampling.LANCZOS) if scale != 1 else picture
    calm = plain.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.GaussianBlur(_BLUR * scale))
    stroke = max(1, round(_STROKE * scale))
    dark = ImageStat.Stat(calm).median[0] < _DARK
    yield ImageOps.autocontrast(ImageOps.invert(calm) if dark else calm, cutoff=1), "AUTO"
    yield _dark_on_light(calm, stroke), "SPARSE_TEXT"
    if dark:
        yield _dark_on_light(ImageOps.invert(calm), stroke), "SPARSE_TEXT"


def _dark_on_light(picture: Image, width: int) -> Image:
    """Return what is darker than all around it within some pixels: letters on a plate or a board, whatever lies behind.

    A closing (the brightest around, then the darkest of these) takes away what is narrower than ``width``; the
    difference is what it took.
    """
    import numpy
    from PIL import Image

    grey = numpy.asarray(picture)
    closed = grey.copy()
    for axis in (0, 1):
        line, step = closed.swapaxes(0, axis), 1
        while step < width:
            line[:-step] = numpy.maximum(line[:-step], line[step:])
            step *= 2
    for axis in (0, 1):
        line, step = closed.swapaxes(0, axis), 1
        while step < width:
            line[step:] = numpy.minimum(line[step:], line[:-step])
            step *= 2
    ink = closed - grey  # never below 0
    most = max(_FAINT, float(numpy.percentile(ink, 99.5)))
    clear = (ink - most / 2) * (2 * 255 / most)  # frames and the like are fainter than letters
    return Image.fromarray(255 - clear.clip(0, 255).astype("uint8"))


_LOCAL = threading.local()


def _engine() -> Any:
    if not hasattr(_LOCAL, "engine"):
        try:
            import tesserocr
        except ImportError as error:
            raise NotLooked(f"reading text in pictures needs an extra: {INSTALL}") from error
        folder = Path(sysconfig.get_path("data")) / "share" / "tessdata"
        if not (folder / "eng.traineddata").is_file():
            raise NotLooked(f"the model that reads text in pictures is missing: {INSTALL}")
        _LOCAL.engine = tesserocr.PyTessBaseAPI(path=str(folder), lang="eng")
    return _LOCAL.engine


def _lines(image: Image, page: str, scale: float) -> Iterator[list[tuple[str, Box]]]:
    """Yield the lines that are read, each a list of words with their boxes in the picture as given."""
    engine = _engine()
    import tesserocr

    engine.SetPageSegMode(getattr(tesserocr.PSM, page))
    engine.SetImage(image)
    if not engine.Recognize(_MILLISECONDS) and page == "AUTO":
        raise NotLooked("reading the text in the picture took too long")
    line: list[tuple[str, Box]] = []
    walk = engine.GetIterator()
    for word in tesserocr.iterate_level(walk, tesserocr.RIL.WORD) if walk else ():
        if word.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) and line:
            yield line
            line = []
        try:
            text, box = word.GetUTF8Text(tesserocr.RIL.WORD).strip(), word.BoundingBox(tesserocr.RIL.WORD)
        except RuntimeError:  # an empty place in the page
            continue
        if text and box and word.Confidence(tesserocr.RIL.WORD) >= (_SURE if page == "AUTO" else _SURER):
            left, top, right, bottom = (round(side / scale) for side in box)
            line.append((text, (left, top, right, bottom)))
    if line:
        yield line


def _legible(line: list[tuple[str, Box]]) -> bool:
    """Tell whether a line of the second reading holds a word at all: noise is read as scraps."""
    return any(sum(map(str.isalnum, word)) > 3 for word, _ in line)


def _same(one: list[tuple[str, Box]], other: list[tuple[str, Box]]) -> bool:
    return [text.casefold() for text, _ in one] == [text.casefold() for text, _ in other]


def _set_right(lines: list[list[tuple[str, Box]]]) -> Iterator[list[tuple[str, Box]]]:
    """Yield what was misread in a way that can be told: look-alike signs in marks and numbers, words read apart."""
    for line in lines:
        text = " ".join(word for word, _ in line)
        for match in _PLATE.finditer(text):
            mark = re.sub(r"[ .·-]", "", match[0])
            right = (
                f"{mark[:2].translate(_LETTERS)}{mark[2:4].translate(_DIGITS)} {mark[4:].translate(_LETTERS)}".upper()
            )
            small = mark[2:4].islower() and (mark[:2] + mark[4:]).isupper()  # "MHis KRN"
            told = any(map(str.isdigit, mark[2:4])) or small
            told = told or (mark.isupper() and mark[:4].casefold() not in _ordinary())
            if told and right not in (match[0], mark) and sum(map(str.isupper, mark)) > 1:
                yield [(right, _around(line, *match.span()))]
        for match in _PHONE.finditer(text):
            right = match[0].translate(_DIGITS)
            if right != match[0]:
                yield [(right, _around(line, *match.span()))]
        whole = text.replace(" ", "").replace("—", "-")
        if " " in text and whole.isupper() and sum(map(str.isalpha, whole)) > _CAPITALS:
            yield [(whole, _around(line, 0, len(text)))]


@cache
def _ordinary() -> frozenset[str]:
    from wmp_postlint import resource

    return frozenset(resource.read_text("text/common_words.txt").split())


def _around(line: list[tuple[str, Box]], start: int, end: int) -> Box:
    seen = _joined([line])
    box = seen.box(start, end)
    return box if box is not None else line[0][1]


def _joined(lines: list[list[tuple[str, Box]]]) -> SeenText:
    pieces: list[str] = []
    boxes: list[tuple[int, int, Box]] = []
    at = 0
    for line in lines:
        for word, box in line:
            boxes.append((at, at + len(word), box))
            pieces.append(word)
            at += len(word) + 1
            pieces.append(" ")
        if pieces:
            pieces[-1] = "\n"
    return SeenText("".join(pieces).removesuffix("\n"), tuple(boxes))
