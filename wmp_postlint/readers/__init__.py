"""Posts in: the wire format, and the files that people keep posts in."""
