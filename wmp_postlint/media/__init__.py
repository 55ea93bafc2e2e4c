"""Stub until the real reader is in place."""
from dataclasses import dataclass
from pathlib import Path
@dataclass(frozen=True, slots=True)
class EmbeddedText:
    name: str
    text: str
    kind: str
@dataclass(frozen=True, slots=True)
class MediaFacts:
    container: str | None = None
    size: int = 0
    positions: tuple = ()
    traces: tuple = ()
    texts: tuple[EmbeddedText, ...] = ()
    problems: tuple[str, ...] = ()
def read_media(source: bytes | Path) -> MediaFacts:
    return MediaFacts(problems=("stub",))
