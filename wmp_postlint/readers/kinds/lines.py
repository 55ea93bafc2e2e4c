"""One post on each line, ``*.posts.jsonl``: what a file with this name holds, whatever its lines look like."""

from __future__ import annotations

from wmp_postlint.readers.head import Head
from wmp_postlint.readers.kind import LIKELY, NO, Kind
from wmp_postlint.readers.kinds.wire import count_lines, read_lines


def _claims(head: Head) -> int:
    return LIKELY if head.name.casefold().endswith(".jsonl") and "$type" not in head.keys else NO


KIND = Kind("posts as JSON lines", _claims, read_lines, count=count_lines)
