"""What is fuzzed: each target takes any bytes, may refuse them as its contract says, and must never raise else.

A target is made by a function that imports what it needs, so that coverage is followed from there on.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "examples" / "formats"
PICTURES = ROOT / "examples" / "week" / "pictures"
Target = Callable[[bytes], None]


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _lint() -> Target:
    """Any text: each finding lies inside it, nothing is an error but what says that something was not looked at."""
    from wmp_postlint import Linter

    linter = Linter()

    def target(content: bytes) -> None:
        text = _text(content)
        report = linter.lint({"text": text[1:], "text_format": ("plain", "html", "markdown")[len(text) % 3]})
        for error in report.errors:
            assert error.rule == "input", error
        for finding in report.findings:
            if finding.field == "text" and finding.span is not None:
                assert 0 <= finding.span.start <= finding.span.end <= len(text)

    return target


def _wire() -> Target:
    """The wire format: a post or a clear error; what comes back of a report is JSON."""
    from wmp_postlint import Linter
    from wmp_postlint.errors import InputError
    from wmp_postlint.readers.json_text import parse
    from wmp_postlint.readers.loaded import UnreadableError

    linter = Linter(select=["marking/*", "image/*", "location/*", "approval/*", "account/*"])

    def target(content: bytes) -> None:
        try:
            value = parse(_text(content))
            report = linter.lint(value)  # type: ignore[arg-type]  # whatever it is, it is told
        except (InputError, UnreadableError):
            return
        json.dumps(report.to_dict())

    return target


def _reader() -> Target:
    """A file of any format: posts, or a reason why not."""
    from wmp_postlint.readers.head import Head
    from wmp_postlint.readers.kind import all_kinds, detect
    from wmp_postlint.readers.loaded import UnreadableError
    from wmp_postlint.readers.place import File

    kinds = list(all_kinds().values())
    place = File.named(str(ROOT / "README.md")).place

    def target(content: bytes) -> None:
        file = File("fuzzed", place, "fuzzed", content[1:])
        kind = detect(Head.of(file)) or kinds[content[0] % len(kinds)] if content else None
        try:
            for loaded in kind.read(file) if kind else ():
                assert sum(part is not None for part in (loaded.post, loaded.error, loaded.skipped)) == 1
        except UnreadableError:
            return

    return target


def _media() -> Target:
    """A picture or video: facts, with problems where it could not be read."""
    from wmp_postlint.media import read_media

    def target(content: bytes) -> None:
        facts = read_media(content)
        for position in facts.positions:
            assert position.route

    return target


def _fix_media() -> Target:
    """A copy without a location, in which no location is found; or a refusal."""
    from wmp_postlint import MediaFixError, fix_media
    from wmp_postlint.media import read_media

    def target(content: bytes) -> None:
        try:
            fixed = fix_media(content)
        except MediaFixError:
            return
        assert not read_media(fixed.data).positions

    return target


def _pack() -> Target:
    """A policy pack: read, or a clear error."""
    from wmp_postlint.errors import PolicyError
    from wmp_postlint.policy import load_policy

    file = Path(tempfile.mkdtemp()) / "fuzzed.toml"

    def target(content: bytes) -> None:
        file.write_bytes(content)
        try:
            load_policy(file)
        except PolicyError:
            return

    return target


TARGETS: Mapping[str, Callable[[], Target]] = {
    "lint": _lint,
    "wire": _wire,
    "reader": _reader,
    "media": _media,
    "fix-media": _fix_media,
    "pack": _pack,
}


def seeds(name: str) -> Iterator[bytes]:
    """Yield what a target begins with: the sample files, and the posts of the tests."""
    if name in ("media", "fix-media"):
        paths = [*PICTURES.iterdir(), *(ROOT / "tests" / "media").rglob("*.jpg")]
    elif name == "pack":
        paths = [*(ROOT / "examples" / "packs").rglob("*.toml")]
    elif name == "lint":
        yield from (line.encode() for line in _posts())
        return
    else:
        paths = [path for path in SAMPLES.rglob("*") if path.is_file()]
    for path in sorted(paths):
        if path.is_file() and path.stat().st_size < 20_000:
            yield path.read_bytes() if name in ("media", "fix-media", "pack") else b"\0" + path.read_bytes()


def _posts() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "rules" / "cases").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines()[::20]:
            yield f"-{json.loads(line)['text']}"
