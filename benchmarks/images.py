"""Print how many locations are found in a folder of real pictures, beside exifread and Pillow.

Usage: python benchmarks/images.py [--images DIR]. The folder holds the files and an index.jsonl with, for each, `file`,
`container`, `has_location` (true, false, or null: not scored), `coords` and `has_place_text`.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import statistics
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = tuple[bool, tuple[float, float] | None, bool, bool]  # located, where, place named, not checked


def ours(path: Path) -> Answer:
    """Read with wmp_postlint."""
    from wmp_postlint.media import read_media

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


def main() -> int:
    """Run the comparison; return 1 when wmp_postlint misses a location or raises a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=Path, default=Path("../shared/images"))
    folder: Path = parser.parse_args().images
    index = folder / "index.jsonl"
    if not index.is_file():
        print(f"Skipped: there is no {index}. Give the folder of pictures with --images.")
        return 0
    entries = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines() if line.strip()]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    readers = {"wmp_postlint": ours, "exifread": exifread_alone, "Pillow": pillow_alone}
    failed = False
    for name, read in readers.items():
        read(folder / entries[0]["file"]) if read is ours else None
        table = score(entries, folder, read)
        print(
            f"\n{name}\n{'container':<16}{'located':>9}{'found':>7}{'clean':>7}{'false':>7}{'exact':>7}{'places':>9}{'errors':>8}{'ms':>8}"
        )
        for container in sorted(table, key=lambda key: (key == "all", key)):
            row = table[container]
            places = f"{row[6]:.0f}/{row[5]:.0f}"
            print(
                f"{container:<16}{row[0]:>9.0f}{row[1]:>7.0f}{row[2]:>7.0f}{row[3]:>7.0f}{row[4]:>7.0f}{places:>9}{row[7]:>8.0f}{row[8]:>8.2f}"
            )
        if read is ours:
            failed = table["all"][1] < table["all"][0] or table["all"][3] > 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
