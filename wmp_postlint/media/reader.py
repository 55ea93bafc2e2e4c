"""Read everything this layer knows about one file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from wmp_postlint.media.facts import EmbeddedText, Hidden, MediaFacts, Position, Trace
from wmp_postlint.media.source import Block, Items, Problem, Source, TookTooLongError, opened

MAX_NESTED = 64
MAX_DEPTH = 4
MAX_FACTS = 5000
MAX_TEXT = 65536
MAX_UNKNOWN = 4 * 1024 * 1024
_SAME = 1e-4
UNKNOWN = "The file is not a picture or video that can be read."
TOO_LONG = "Looking through the file took too long, so not all of it was looked at."


def read_media(source: bytes | Path) -> MediaFacts:
    """Return what a picture or video carries besides its pixels.

    source is the file's bytes or its path, which is read by seeking. Nothing is raised for any content: what could not
    be looked at is a sentence in `problems`.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _read(Source(bytes(source)))
    try:
        file, size = opened(source)
    except (OSError, ValueError) as error:
        return MediaFacts(
            None, 0, problems=(f"The file could not be opened: {getattr(error, 'strerror', None) or error}.",)
        )
    with closing(file):
        try:
            return _read(Source.of_file(file, size))
        except OSError as error:
            return MediaFacts(None, size, problems=(f"The file could not be read: {error.strerror or error}.",))


def _read(source: Source) -> MediaFacts:
    from wmp_postlint.media.sniff import container

    if source.size == 0:
        return MediaFacts(None, 0, problems=("The file is empty.",))
    kind = container(source)
    gathered = _Gathered()
    if kind is None:
        gathered.problems[UNKNOWN] = None
    gathered.run(source if kind else source.sub(0, MAX_UNKNOWN), kind or "unread")
    return gathered.facts("tiff" if kind == "raf" else kind, source.size)


def read_blocks(items: Items, source: Source) -> list[Position | Trace | EmbeddedText]:
    """Return what some blocks of a file say, as a fix asks of a part that it cannot take apart."""
    gathered = _Gathered()
    for item in items:
        if isinstance(item, Block) and item.data is not None:
            gathered.run(source.derived(item.data), item.kind)
    return [*gathered.positions, *gathered.traces.values(), *gathered.texts.values()]


def walker(kind: str) -> Callable[[Source, str], Items] | None:
    """Return what walks a container or reads a block; modules are loaded when they are first needed."""
    from importlib import import_module

    module, name = _WALKERS.get(kind, ("", ""))
    return getattr(import_module(f"wmp_postlint.media.{module}"), name) if module else None


_WALKERS = {
    "jpeg": ("jpeg", "walk"), "exv": ("jpeg", "walk"), "png": ("png", "walk"), "webp": ("riff", "walk"),
    "avi": ("riff", "walk"),
    "tiff": ("tiff", "walk"), "heic": ("quicktime", "walk"), "avif": ("quicktime", "walk"), "mp4": ("quicktime",
    "walk"),
    "mov": ("quicktime", "walk"), "cr3": ("quicktime", "walk"), "jxl": ("stills", "walk_jxl"), "jp2": ("stills",
    "walk_jp2"),
    "gif": ("stills", "walk_gif"), "bmp": ("stills", "walk_bmp"), "raf": ("stills", "walk_raf"), "psd": ("iptc",
    "walk_psd"),
    "pdf": ("pdf", "walk"), "m2ts": ("m2ts", "walk"), "mkv": ("mkv", "walk"), "xmp": ("xmp", "read"),
    "iptc": ("iptc", "read_iim"), "photoshop": ("iptc", "read_photoshop"), "unread": ("scan", "look"),
    "gps-tiff": ("tiff", "walk_gps"), "boxes": ("quicktime", "walk"),
}  # fmt: skip


class _Walk:
    """A walker at work: what it still yields, and what it walks."""

    __slots__ = ("depth", "items", "part", "path", "sort")

    def __init__(self, items: Items, part: Source, sort: str, path: str, depth: int) -> None:
        self.items, self.part, self.sort, self.path, self.depth = items, part, sort, path, depth


class _Gathered:
    """The facts of one file, while its blocks are worked through depth first and without recursion."""

    def __init__(self) -> None:
        self.positions: list[Position] = []
        self.traces: dict[tuple[str, str, str], Trace] = {}
        self.texts: dict[tuple[str, str], EmbeddedText] = {}
        self.problems: dict[str, None] = {}
        self.hidden: list[Hidden] = []
        self.blocks = 0
        self.nested = 0

    def run(self, source: Source, kind: str) -> None:
        """Work through a file and everything nested in it; only the walkers on the way down are open at a time."""
        open_walks = [self._open(source, kind, kind, 0)]
        try:
            while open_walks:
                source.check()
                block, part, depth = self._step(open_walks[-1])
                if block is None:
                    open_walks.pop()
                    continue
                self.blocks += 1
                if self.blocks + len(self.texts) + len(self.traces) + len(self.positions) > MAX_FACTS:
                    self.problems["The file has more metadata than can be looked at."] = None
                    return
                inner = part.sub(block.offset, block.length) if block.data is None else part.derived(block.data)
                if block.kind in ("nested", "trailer"):
                    self.nested += 1
                    if self.nested > MAX_NESTED or depth > MAX_DEPTH:
                        self.problems["The file has more pictures inside it than can be looked at."] = None
                        continue
                    if depth == 0:
                        self._hide(source, inner, block)
                    for where, sort, path in reversed(inside(inner, block.kind, block.path)):
                        open_walks.append(self._open(where, sort, path, depth + (block.kind == "nested")))
                else:
                    open_walks.append(self._open(inner, block.kind, block.path, depth))
        except TookTooLongError:
            self.problems[TOO_LONG] = None

    def _open(self, part: Source, sort: str, path: str, depth: int) -> _Walk:
        if sort == "trailer":
            return _Walk(iter([Block("trailer", 0, part.size, path)]), part, sort, path, depth)
        walk = walker(sort)
        return _Walk(walk(part, path) if walk else iter(()), part, sort, path, depth)

    def _step(self, walk: _Walk) -> tuple[Block | None, Source, int]:
        """Go on with one walker up to its next block, keeping the facts on the way; None at its end."""
        try:
            for item in walk.items:
                if isinstance(item, Block):
                    if item.kind.startswith("text"):
                        self._text(item)
                    elif item.kind != "gps":
                        return item, walk.part, walk.depth
                elif not (walk.depth and isinstance(item, Problem) and item.pixels):
                    self._add(item)
                if len(self.texts) > MAX_FACTS:
                    break
        except (TookTooLongError, OSError):
            raise
        except Exception:  # noqa: BLE001 - a walker that trips over hostile content must read as "not checked"
            self.problems[f"A part of the file ({walk.path}) is damaged and could not be read."] = None
            if walk.sort != "unread":
                walk.items = iter(())
                return Block("unread", 0, walk.part.size, walk.path), walk.part, walk.depth
        return None, walk.part, walk.depth

    def _hide(self, whole: Source, inner: Source, block: Block) -> None:
        from wmp_postlint.media import hidden

        found = hidden.behind(inner) if block.kind == "trailer" else hidden.thumbnail(whole, inner)
        if found:
            self.hidden.append(Hidden(found, block.path, inner.size))

    def _text(self, block: Block) -> None:
        name, _, raw = (block.data or b"").partition(b"\0")
        raw = raw[:MAX_TEXT].strip(b"\0 \r\n\t")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        if text:
            self._add(EmbeddedText(name.decode("utf-8", "replace"), text, block.kind.partition("-")[2] or "text"))

    def _add(self, item: Position | Trace | EmbeddedText | Problem | Hidden) -> None:
        if isinstance(item, Position):
            if not any(_same(item, other) for other in self.positions):
                self.positions.append(item)
        elif isinstance(item, Trace):
            self.traces.setdefault((item.kind, item.route, item.path), item)
        elif isinstance(item, EmbeddedText):
            self.texts.setdefault((item.name, item.text), item)
        elif isinstance(item, Hidden):
            self.hidden.append(item)
        else:
            self.problems[item.sentence] = None

    def facts(self, container: str | None, size: int) -> MediaFacts:
        """Return what was gathered."""
        return MediaFacts(
            container,
            size,
            tuple(self.positions),
            tuple(self.traces.values()),
            tuple(self.texts.values()),
            tuple(self.problems),
            tuple(self.hidden),
        )


def _same(one: Position, other: Position) -> bool:
    """Say whether two readers found the same position in the same place; another copy elsewhere in the file counts."""
    near = abs(one.latitude - other.latitude) < _SAME and abs(one.longitude - other.longitude) < _SAME
    return near and one.route == other.route and one.path == other.path


def inside(part: Source, sort: str, path: str) -> list[tuple[Source, str, str]]:
    """Return how to go on with a picture inside a file, or with what follows a picture's end."""
    from wmp_postlint.media.sniff import container

    kind = container(part)
    if kind is not None and kind != "m2ts":
        return [(part, kind, f"{path}/{kind}")]
    if sort == "nested":
        return [(part, "unread", path)]
    start, video = part.find(b"\xff\xd8\xff", 0, 1 << 20), part.find(b"ftyp", 4, 64 << 20)
    first = min((at for at in (start, video - 4) if at > 0), default=-1)
    if first <= 0:
        return [(part, "unread", path)]
    return [(part.sub(0, first), "unread", path), (part.sub(first, part.size), "trailer", path)]
