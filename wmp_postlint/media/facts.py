"""What is found in a picture or video: the values this layer hands to everyone else."""

from __future__ import annotations

from wmp_postlint.lazy import Record

SUFFIXES: dict[str, tuple[str, ...]] = {
    "jpeg": ("jpg", "jpeg", "jpe", "jfif", "mpo", "jps", "insp", "thm"),
    "exv": ("exv",),
    "png": ("png", "apng"),
    "webp": ("webp",),
    "avi": ("avi",),
    "tiff": ("tif", "tiff", "dng", "cr2", "nef", "nrw", "arw", "sr2", "srf", "pef", "srw", "rw2", "orf", "gpr", "3fr",
             "iiq", "erf", "kdc", "dcr", "mos", "mef", "fff", "rwl", "raw", "raf"),
    "heic": ("heic", "heif", "hif", "heics", "heifs"),
    "avif": ("avif", "avifs", "avci"),
    "cr3": ("cr3", "crm"),
    "mp4": ("mp4", "m4v", "m4a", "3gp", "3g2", "mov", "insv", "lrv", "360", "f4v"),
    "mov": ("mov", "qt", "mp4", "m4v"),
    "gif": ("gif",),
    "bmp": ("bmp", "dib"),
    "jxl": ("jxl",),
    "jp2": ("jp2", "j2k", "jpf", "jpx", "jpm", "jpc", "j2c"),
    "psd": ("psd", "psb"),
    "pdf": ("pdf", "ai"),
    "m2ts": ("m2ts", "mts", "ts", "m2t"),
    "mkv": ("mkv", "webm", "mka"),
    "xmp": ("xmp",),
}  # fmt: skip


class Position(Record):
    """A place on earth that the file carries.

    latitude and longitude are WGS 84 decimal degrees; route is a short stable name of the way it is stored ("exif-gps",
    "xmp", "quicktime-xyz", ...); path says where in the container it lies.
    """

    latitude: float
    longitude: float
    route: str
    path: str


class Trace(Record):
    """Something about location which is no usable position.

    kind is "zero" (0,0), "impossible", "broken", "time-only", "track" (a timed location track) or "unparsed"; detail is
    plain English and never holds coordinates.
    """

    kind: str
    route: str
    path: str
    detail: str


class EmbeddedText(Record):
    """A text that a person or a program wrote into the metadata; kind is "text", "place" or "identity"."""

    name: str
    text: str
    kind: str


class Hidden(Record):
    """Something in the file that nobody who looks at it sees.

    kind is "video" (behind a picture), "picture" (another one behind it), "data" (anything else after its end),
    "thumbnail" (a small picture of another shape than the large one: what was there before it was cut) or "version" (a
    document as it was before it was changed).
    """

    kind: str
    path: str
    size: int


class MediaFacts(Record):
    """Everything read from one file. `problems` is non-empty when the file, or a part of it, could not be looked at."""

    container: str | None
    size: int
    positions: tuple[Position, ...] = ()
    traces: tuple[Trace, ...] = ()
    texts: tuple[EmbeddedText, ...] = ()
    problems: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()

    @property
    def is_picture(self) -> bool:
        """Whether the file is a still picture."""
        return self.container not in (None, "mp4", "mov", "avi", "m2ts", "mkv", "pdf", "xmp", "exv")

    @property
    def suffixes(self) -> frozenset[str]:
        """Return the file-name endings, lower case and without the dot, that fit the container; empty when unknown."""
        return frozenset(SUFFIXES.get(self.container or "", ()))
