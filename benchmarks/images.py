"""Print how many locations are found in a folder of real pictures, how fast, and what is left after stripping.

Usage: python benchmarks/images.py [--images DIR] [--only found|speed|strip]. The folder holds the files and an
index.jsonl with, for each, `file`, `container`, `has_location` (true, false, or null: not scored), `coords` and
`has_place_text`. Beside wmp_postlint stand exifread, Pillow and Pillow with pillow-heif; for speed and stripping also
ExifTool (Debian: libimage-exiftool-perl) and mat2, where they are installed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wmp_postlint import MediaFixError, fix_media
from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

Answer = tuple[bool, tuple[float, float] | None, bool, bool]  # located, where, place named, not checked
PLACE = (52.4862, -1.8904)
ROUNDS = 40


def ours(path: Path) -> Answer:
    """Read with wmp_postlint."""
    facts = read_media(path)
    where = (facts.positions[0].latitude, facts.positions[0].longitude) if facts.positions else None
    track = any(trace.kind == "track" for trace in facts.traces)
    return bool(where or track), where, any(text.kind == "place" for text in facts.texts), bool(facts.problems)


def exifread_alone(path: Path) -> Answer:
    """Read with exifread, as its documentation shows."""
    import exifread

    tags = exifread.process_file(io.BytesIO(path.read_bytes()), details=False)
    return "GPS GPSLatitude" in tags and "GPS GPSLongitude" in tags, None, False, False


def pillow_alone(path: Path) -> Answer:
    """Read with Pillow, as its documentation shows."""
    from PIL import Image

    with Image.open(path) as image:
        gps = image.getexif().get_ifd(0x8825)
    return 2 in gps and 4 in gps, None, False, False


def score(entries: list[dict[str, Any]], folder: Path, read: Callable[[Path], Answer]) -> dict[str, list[float]]:
    """Return per container: present, found, clean, false alarms, exact, places, places found, errors, median ms."""
    table: dict[str, list[float]] = defaultdict(lambda: [0.0] * 9)
    times: dict[str, list[float]] = defaultdict(list)
    for entry in entries:
        start = time.perf_counter()
        try:
            located, where, place, unchecked = read(folder / entry["file"])
        except Exception:  # noqa: BLE001 - how often a reader raises is one of the figures
            located, where, place, unchecked = False, None, False, True
        took = (time.perf_counter() - start) * 1000
        near = where and any(max(abs(where[0] - c[1]), abs(where[1] - c[2])) <= 1e-4 for c in entry["coords"])
        for name in (entry["container"], "all"):
            row = table[name]
            row[0] += entry["has_location"] is True
            row[1] += entry["has_location"] is True and located
            row[2] += entry["has_location"] is False
            row[3] += entry["has_location"] is False and located
            row[4] += bool(entry["has_location"] and near)
            row[5] += bool(entry["has_place_text"])
            row[6] += bool(entry["has_place_text"] and place)
            row[7] += unchecked
            times[name].append(took)
            row[8] = statistics.median(times[name])
    return table


def found(entries: list[dict[str, Any]], folder: Path) -> bool:
    """Print what each reader finds; return whether wmp_postlint finds all, without a false alarm."""
    readers = {"wmp_postlint": ours, "exifread": exifread_alone, "Pillow": pillow_alone}
    with contextlib.suppress(ImportError):
        __import__("pillow_heif")
        readers["Pillow with pillow-heif"] = pillow_alone  # the last, since it changes what Pillow opens
    good = True
    for name, read in readers.items():
        if "heif" in name:
            __import__("pillow_heif").register_heif_opener()
        table = score(entries, folder, read)
        heads = ("located", "found", "clean", "false", "exact", "places", "errors", "ms")
        print(f"\n{name}\n{'container':<16}{''.join(f'{head:>9}' for head in heads)}")
        for container in sorted(table, key=lambda key: (key == "all", key)):
            row = table[container]
            cells = [f"{value:.0f}" for value in row[:5]] + [
                f"{row[6]:.0f}/{row[5]:.0f}",
                f"{row[7]:.0f}",
                f"{row[8]:.2f}",
            ]
            print(f"{container:<16}{''.join(f'{cell:>9}' for cell in cells)}")
        if read is ours:
            good = table["all"][1] == table["all"][0] and table["all"][3] == 0
    return good


class StayOpen:
    """One ExifTool that stays open and answers file after file."""

    def __init__(self) -> None:
        call = ["exiftool", "-stay_open", "True", "-@", "-"]
        self._process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def ask(self, path: Path) -> bytes:
        """Return the GPS tags of a file."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"-j\n-n\n-gps*\n{path}\n-execute\n".encode())
        self._process.stdin.flush()
        answer = b""
        while not answer.endswith(b"{ready}\n"):
            answer += self._process.stdout.readline()
        return answer

    def close(self) -> None:
        """End it."""
        self._process.communicate(b"-stay_open\nFalse\n", timeout=10)


def _large(folder: Path) -> dict[str, Path]:
    """Make a phone's picture of 3 MB and a video of 200 MB with its index at the end."""
    from PIL import Image

    picture = Image.effect_noise((1512, 1134), 60).resize((4032, 3024), Image.Resampling.BICUBIC).convert("RGB")
    raw = io.BytesIO()
    quality = 90
    while not 2.5e6 < len(raw.getvalue()) < 3.6e6 and quality > 5:
        raw = io.BytesIO()
        picture.save(raw, "JPEG", quality=quality)
        quality -= 4
    fields = [(0x010F, 2, 6, b"Phone\0"), (0x0112, 3, 1, b"\6\0"), (0x0132, 2, 20, b"2024:05:06 10:15:00\0")]
    exif = b"Exif\0\0" + make.exif(PLACE, fields=fields)
    jpeg = raw.getvalue()
    still = folder / "phone.jpg"
    still.write_bytes(jpeg[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + jpeg[2:])
    video = folder / "phone.mp4"
    index = make.mp4(PLACE)
    moov = index[index.index(b"moov") - 4 : index.index(b"mdat") - 4]
    with video.open("wb") as file:
        file.write(make.box(b"ftyp", b"isom\0\0\2\0isom") + (200_000_008).to_bytes(4, "big") + b"mdat")
        file.seek(200_000_000, os.SEEK_CUR)
        file.write(moov)
    return {f"JPEG of {still.stat().st_size / 1e6:.1f} MB": still, "MP4 of 200 MB": video}


def speed() -> None:
    """Print the time a file takes, in turns: wmp_postlint, ExifTool that stays open, ExifTool that is started."""
    if shutil.which("exiftool") is None:
        print("\nSpeed beside ExifTool: skipped, it is not installed (Debian: libimage-exiftool-perl).")
        return
    tool = StayOpen()
    with tempfile.TemporaryDirectory() as folder:
        print(f"\n{'ms a file: median (p90)':<26}{'wmp_postlint':>18}{'-stay_open':>18}{'started':>18}{'ratios':>16}")
        for name, path in _large(Path(folder)).items():
            assert ours(path)[0]
            assert b"52.48" in tool.ask(path)
            times: dict[str, list[float]] = defaultdict(list)
            for number in range(ROUNDS):
                for who, ask in (("ours", ours), ("open", tool.ask)):
                    start = time.perf_counter()
                    ask(path)  # type: ignore[operator]  # one gives an answer, the other bytes
                    times[who].append((time.perf_counter() - start) * 1000)
                if number % 4 == 0:
                    start = time.perf_counter()
                    subprocess.run(["exiftool", "-j", "-n", "-gps*", str(path)], capture_output=True, check=False)
                    times["new"].append((time.perf_counter() - start) * 1000)
            middle = {who: statistics.median(values) for who, values in times.items()}
            high = {who: sorted(values)[len(values) * 9 // 10] for who, values in times.items()}
            cells = "".join(f"{f'{middle[who]:.2f} ({high[who]:.2f})':>18}" for who in ("ours", "open", "new"))
            ratios = f"{middle['open'] / middle['ours']:.1f}, {middle['new'] / middle['ours']:.0f}"
            print(f"{name:<26}{cells}{ratios:>16}")
    tool.close()


_TOLD = re.compile(r"(?:GPS(?:Dest)?(?:Latitude|Longitude|Long?titude)|GPSCoordinates|GPSPosition|(?:Lat|Long)itude"
                   r"|LocationInformation)$")  # fmt: skip


def left(folder: Path) -> set[str]:
    """Return the names of the files in which ExifTool reads a location by any route."""
    call = ["exiftool", "-j", "-G0:1:3", "-a", "-ee", "-n", "-u", str(folder)]
    read = json.loads(subprocess.run(call, capture_output=True, check=False).stdout or b"[]")
    return {Path(one["SourceFile"]).name for one in read if any(_TOLD.search(key.rpartition(":")[2]) for key in one)}


def _exiftool(*words: str) -> Callable[[Path], None]:
    def strip(path: Path) -> None:
        call = ["exiftool", "-q", "-q", "-m", "-overwrite_original", *words, str(path)]
        subprocess.run(call, capture_output=True, check=True, timeout=60)

    return strip


def _mat2(path: Path) -> None:
    subprocess.run(["mat2", "--inplace", str(path)], capture_output=True, check=True, timeout=60)


def _pillow(path: Path) -> None:
    from PIL import Image

    with Image.open(path) as image:
        image.load()
        image.save(path, image.format)


def _ours(path: Path) -> None:
    path.write_bytes(fix_media(path.read_bytes()).data)


def _pixels(path: Path) -> bytes | None:
    from PIL import Image

    try:
        with Image.open(path) as image:
            return image.convert("RGBA").tobytes() if image.width * image.height < 5e7 else None
    except Exception:  # noqa: BLE001 - what Pillow cannot decode is not compared
        return None


def strip(entries: list[dict[str, Any]], folder: Path) -> None:
    """Print what each way of stripping leaves of the located files, and whether it touches pixels."""
    if shutil.which("exiftool") is None:
        print("\nWhat is left after stripping: skipped, ExifTool is not installed (Debian: libimage-exiftool-perl).")
        return
    ways: dict[str, Callable[[Path], None]] = {
        "wmp_postlint fix_media": _ours,
        "exiftool -gps:all=": _exiftool("-gps:all="),
        "exiftool -all=": _exiftool("-all="),
        "mat2 --inplace": _mat2,
        "Pillow open and save": _pillow,
    }
    names = [entry["file"] for entry in entries if entry["has_location"]]
    head = ("files", "refused", "left", "left of done", "same pixels")
    print(f"\n{'located files, stripped by':<28}{''.join(f'{one:>14}' for one in head)}")
    for way, run in ways.items():
        if way.startswith("mat2") and shutil.which("mat2") is None:
            print(f"{way:<28}{'not installed':>14}")
            continue
        with tempfile.TemporaryDirectory() as copy:
            here, refused, same, compared = Path(copy), set(), 0, 0
            for name in names:
                path = here / name
                shutil.copy(folder / name, path)
                before = _pixels(path)
                try:
                    run(path)
                except (MediaFixError, subprocess.SubprocessError, OSError, ValueError, SyntaxError):
                    refused.add(name)
                    shutil.copy(folder / name, path)
                    continue
                if before is not None:
                    compared += 1
                    same += _pixels(path) == before
            told = left(here)
            cells = (len(names), len(refused), len(told), len(told - refused), f"{same}/{compared}")
            print(f"{way:<28}{''.join(f'{cell:>14}' for cell in cells)}")


def _entries(folder: Path) -> list[dict[str, Any]]:
    def lines() -> Iterator[str]:
        yield from (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()

    return [json.loads(line) for line in lines() if line.strip()]


def main() -> int:
    """Run the comparison; return 1 when wmp_postlint misses a location or raises a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=Path, default=Path("../shared/images"))
    parser.add_argument("--only", choices=("found", "speed", "strip"))
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    good = True
    if not (given.images / "index.jsonl").is_file():
        print(f"Found and left: skipped, there is no {given.images}/index.jsonl. Give the folder with --images.")
    else:
        entries = _entries(given.images)
        if given.only in (None, "strip"):
            strip(entries, given.images)
        if given.only in (None, "found"):
            good = found(entries, given.images)
    if given.only in (None, "speed"):
        speed()
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
