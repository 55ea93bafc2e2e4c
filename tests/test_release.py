"""What is published: the wheel holds what belongs there and nothing else, and two builds are the same bytes."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent


def _script(name: str) -> ModuleType:
    found = importlib.util.spec_from_file_location(f"release_{name}", ROOT / "release" / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _built(folder: Path) -> Path:
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("wheel"))


def test_two_builds_of_the_wheel_are_the_same(wheel: Path, tmp_path: Path) -> None:
    assert wheel.read_bytes() == _built(tmp_path).read_bytes()


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    assert _script("wheel").faults(wheel) == []


def test_what_is_missing_or_too_much_is_seen(wheel: Path, tmp_path: Path) -> None:
    worse = tmp_path / wheel.name
    with zipfile.ZipFile(wheel) as archive, zipfile.ZipFile(worse, "w") as copy:
        for name in archive.namelist():
            if name != "wmp_postlint/py.typed" and not name.endswith("licenses/NOTICE"):
                copy.writestr(name, archive.read(name))
        copy.writestr("tests/secret.py", "")
    assert _script("wheel").faults(worse) == [
        "missing: wmp_postlint/py.typed",
        "has no business there: tests/secret.py",
        "missing: licenses/NOTICE",
    ]


def test_every_requirement_has_a_lower_bound_that_can_be_tested(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lowest = _script("lowest")
    monkeypatch.setattr(sys, "argv", ["lowest.py", "approvals", "arrow", "jxl", "lsp", "mcp", "server", "test"])
    lowest.main()
    printed = capsys.readouterr().out.splitlines()
    assert all("==" in line for line in printed)
    assert "numpy==1.26" in printed
    assert list(lowest.lowest(["a>=1.2,<3; sys_platform != 'win32'"])) == ["a==1.2; sys_platform != 'win32'"]
    with pytest.raises(SystemExit, match="lower bound"):
        list(lowest.lowest(["a"]))
