"""Builds the wheel twice, checks it and what it needs, and does the demo's work with it in an empty environment.

    python release/wheel.py [--folder dist]

Leaves in the folder the wheel, the source archive, ``sbom.cdx.json`` (CycloneDX: what an installed wheel consists of),
``licences.txt`` and ``audit.txt`` (known weaknesses of these packages, where the index of them can be reached). Ends
with 1 if something is not as it should be. ``make release`` sets up what it needs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What may stand in a wheel that is MIT itself and is installed beside these: no duty to publish a user's own code.
ALLOWED = ("MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "HPND", "CMU", "Zlib", "0BSD", "MPL")
BSD, BSD_TEXT = "BSD", "Redistributions in binary form must reproduce the above copyright notice"
MOST_BYTES = 60_000_000
DAY = "315532800"  # 1 January 1980, the first day that a ZIP archive knows


def build(folder: Path) -> Path:
    """Build the wheel and the source archive into a folder; return the wheel."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"SOURCE_DATE_EPOCH": DAY}
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def faults(wheel: Path) -> list[str]:
    """Return what is wrong with a wheel's contents: files that are missing, or have no business there."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if not name.endswith("/")}
    about = {name for name in inside if name.split("/")[0].endswith(".dist-info")}
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "wmp_postlint").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted = package | {"pytest_postlint.py"}
    found = [f"missing: {name}" for name in sorted(wanted - inside)]
    found += [f"has no business there: {name}" for name in sorted(inside - wanted - about)]
    for needed in ("METADATA", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"):
        if not any(name.endswith(f".dist-info/{needed}") for name in about):
            found.append(f"missing: {needed}")
    if wheel.stat().st_size > MOST_BYTES:
        found.append(f"{wheel.stat().st_size} bytes are more than {MOST_BYTES}")
    return found


def installed(wheel: Path, folder: Path) -> Path:
    """Install a wheel into an empty environment; return its interpreter."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel])
    return python


def does_the_demo(python: Path, elsewhere: Path) -> bool:
    """Tell whether an installed wheel reads the bundled week: some of its posts block, and all can be looked at."""
    week, postlint = ROOT / "examples" / "week", python.with_name("postlint")
    ended = subprocess.run([postlint, "check", str(week), "--trust-approvals"], cwd=elsewhere, capture_output=True)
    return ended.returncode == 1 and b"personal-data/" in ended.stdout


def licences(python: Path) -> tuple[str, list[str]]:
    """Return a table of the installed packages' licences, and those packages whose licence is none of ``ALLOWED``."""
    command = [sys.executable, "-m", "piplicenses", "--python", python, "--from=mixed", "--format=json", "--with-urls"]
    listed = json.loads(_run(command))
    for each in listed:
        # Some packages give the whole text in place of a name.
        text = " ".join(each["License"].split())
        each["License"] = f"{BSD} (its whole text is given)" if BSD_TEXT in text else text
    table = "".join(f"{each['Name']} {each['Version']}: {each['License']} {each['URL']}\n" for each in listed)
    return table, [each["Name"] for each in listed if not any(name in each["License"] for name in ALLOWED)]


def bill_of_materials(python: Path, folder: Path) -> None:
    """Write the CycloneDX bill of materials of an environment."""
    target = folder / "sbom.cdx.json"
    options = ("--output-reproducible", "--pyproject", ROOT / "pyproject.toml", "-o", target)
    _run([sys.executable, "-m", "cyclonedx_py", "environment", python, *options])


def audit(python: Path) -> str:
    """Return what pip-audit says of an environment, or that it could not be asked."""
    packages = _run([python, "-m", "pip", "freeze", "--exclude", "wmp-postlint"])
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(packages, "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "-r", str(listed)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=300)
    said = ended.stdout + ended.stderr
    if "could not be audited" in said or (ended.returncode and "vulnerabilit" not in said):
        return f"Not audited: the index of known weaknesses could not be reached, or lacks these packages.\n{said}"
    return said


def _run(command: Sequence[str | Path]) -> str:
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout


def main() -> int:
    """Build, check, install, try, and write what a release comes with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "dist")
    folder = parser.parse_args().folder
    wheel = build(folder)
    with tempfile.TemporaryDirectory() as scratch:
        again = build(Path(scratch) / "again")
        found = faults(wheel)
        if wheel.read_bytes() != again.read_bytes():
            found.append("two builds differ")
        python = installed(wheel, Path(scratch) / "empty")
        if not does_the_demo(python, Path(scratch)):
            found.append("the installed wheel does not do the demo's work")
        _run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools"])
        table, unwanted = licences(python)
        found += [f"licence to be looked at: {name}" for name in unwanted]
        (folder / "licences.txt").write_text(table, "utf-8")
        bill_of_materials(python, folder)
        (folder / "audit.txt").write_text(audit(python), "utf-8")
    print(f"{wheel.name}: {wheel.stat().st_size} bytes, the same twice; {len(table.splitlines())} packages")
    print((folder / "audit.txt").read_text("utf-8").splitlines()[0])
    print("\n".join(found) or "nothing wrong was found")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
