"""Timed location tracks of every documented sort are found with their first position; so does ExifTool."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tracks_made import BELATED, PLACE, RMC, TRACKS, track, video

from wmp_postlint import MediaFixError, fix_media
from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

EXIFTOOL = shutil.which("exiftool")
RECOGNISED = ("freegps atc",)  # ciphered record by record: found to be a track, not decoded
NO_TRACK = ("nikon", "pentax")  # one position in the maker's notes


@pytest.mark.parametrize("name", TRACKS)
def test_the_track_is_found_with_its_first_position(name: str, tmp_path: Path) -> None:
    suffix, data = TRACKS[name]
    path = tmp_path / f"any.{suffix}"
    path.write_bytes(data)
    facts = read_media(path)
    assert facts == read_media(data)
    assert facts.problems == ()
    assert name in NO_TRACK or any(trace.kind == "track" for trace in facts.traces)
    if name not in RECOGNISED:
        position = facts.positions[0]
        west = -PLACE[1] if name == "ts gpsinfo" else PLACE[1]  # which writes no hemispheres
        assert (position.latitude, position.longitude) == pytest.approx((PLACE[0], west), abs=1e-4)


@pytest.mark.skipif(EXIFTOOL is None, reason="ExifTool is not installed (Debian: libimage-exiftool-perl)")
def test_exiftool_reads_the_samples_too(tmp_path: Path) -> None:
    for number, (suffix, data) in enumerate(TRACKS.values()):
        (tmp_path / f"{number:02}.{suffix}").write_bytes(data)
    call = [str(EXIFTOOL), "-j", "-G0:1:3", "-a", "-ee3", "-n", str(tmp_path)]
    read: list[dict[str, Any]] = json.loads(subprocess.run(call, capture_output=True, check=False).stdout)
    found = {
        name: any("Latitude" in key or "GPSCoordinates" in key for key in one)
        for name, one in zip(TRACKS, sorted(read, key=lambda one: one["SourceFile"]), strict=True)
    }
    assert [name for name, there in found.items() if not there] == BELATED


@pytest.mark.parametrize("name", [name for name in TRACKS if name not in NO_TRACK])
def test_a_track_is_not_stripped_but_refused(name: str) -> None:
    with pytest.raises(MediaFixError, match="timed location track"):
        fix_media(TRACKS[name][1])


def test_a_makers_note_in_a_video_is_stripped() -> None:
    for name in NO_TRACK:
        assert read_media(fix_media(TRACKS[name][1]).data).positions == ()


VOID = b"$GPRMC,000125,V,,,,,000.0,,280908,002.1,N*71\r\n"
CLEAN = {
    "subtitles": track(b"text", b"text", b"Turn left, lat: at the lights. GPS on?", b"A, 100, N, E"),
    "subtitles of a course": track(b"sbtl", b"tx3g", b"\0\x20GPS (Global Positioning System)."),
    "no fix": track(b"text", b"text", VOID),
    "no fix in a box": video(after=make.box(b"udat", VOID * 4)),
    "GoPro without a fix": track(b"meta", b"gpmd", b"DEVC\0\1\0\4TMPC" + b"\0" * 32),
    "camera motion only": track(b"meta", b"camm", b"\0\0\2\0" + b"\0" * 12),
    "chapters": track(b"text", b"text", b"\0\x05Start", b"\0\x03End"),
    "a word in the sound": video(mdat=b"freeGPS! " * 5000),
}


@pytest.mark.parametrize("name", CLEAN)
def test_other_timed_data_is_no_location(name: str) -> None:
    facts = read_media(CLEAN[name])
    assert (facts.positions, facts.traces, facts.problems) == ((), (), ())


def test_a_position_of_0_0_in_a_track_is_none() -> None:
    nought = RMC.replace(b"5229.1720", b"0000.0000").replace(b"00153.4240", b"00000.0000")
    assert read_media(track(b"text", b"text", nought)).positions == ()
