"""``postlint fix``: copies, never the file itself unless asked, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wmp_postlint.checker.cli import main
from wmp_postlint.media import read_media
from wmp_postlint.media import samples as make

PLACE = (52.4862, -1.8904)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "garden.jpg"
    path.write_bytes(make.jpeg(PLACE))
    return path


def test_a_copy_without_the_location_lies_beside_the_picture(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = picture.read_bytes()
    assert main(["fix", str(picture)]) == 0
    assert picture.read_bytes() == before
    copy = picture.with_name("garden.clean.jpg")
    assert read_media(copy).positions == ()
    assert "without location now" in capsys.readouterr().out
    assert [path.name for path in picture.parent.iterdir() if path.name.startswith(".")] == []


def test_a_copy_that_is_there_is_not_overwritten(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = picture.with_name("garden.clean.jpg")
    copy.write_bytes(b"mine")
    assert main(["fix", str(picture)]) == 2
    assert copy.read_bytes() == b"mine"
    assert "is there already" in capsys.readouterr().out


def test_in_place_keeps_the_rights(picture: Path) -> None:
    picture.chmod(0o640)
    assert main(["fix", "--in-place", str(picture)]) == 0
    assert read_media(picture).positions == ()
    assert picture.stat().st_mode & 0o777 == 0o640


def test_several_go_into_a_folder_and_one_refused_ends_with_2(
    picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = picture.with_name("broken.jpg")
    broken.write_bytes(make.jpeg(PLACE)[:-40])
    folder = picture.parent / "clean"
    folder.mkdir()
    assert main(["fix", "--output", str(folder), str(picture), str(broken), str(picture.with_name("none.jpg"))]) == 2
    assert [path.name for path in folder.iterdir()] == ["garden.jpg"]
    out = capsys.readouterr().out
    assert "broken.jpg: not changed." in out
    assert "none.jpg: not changed." in out


def test_contradicting_options_are_refused(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--in-place", "--output", "x.jpg", str(picture)]) == 2
    assert main(["fix", "--output", str(picture.parent / "no folder"), str(picture), str(picture)]) == 2
    assert "make it first" in capsys.readouterr().err


def test_a_failed_write_leaves_the_picture_whole(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = picture.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["fix", "--in-place", str(picture)]) == 2
    assert picture.read_bytes() == before
    assert [path.name for path in picture.parent.iterdir()] == ["garden.jpg"]
