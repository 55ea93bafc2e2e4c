"""What a picture or a video carries besides its pixels: a bounded walker per container, chosen by content."""

from wmp_postlint.media.facts import EmbeddedText, MediaFacts, Position, Trace
from wmp_postlint.media.reader import read_media

__all__ = ["EmbeddedText", "MediaFacts", "Position", "Trace", "read_media"]
