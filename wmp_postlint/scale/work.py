"""What a process needs to know to lint a piece of an audit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from wmp_postlint.lazy import Record
from wmp_postlint.linter import Linter
from wmp_postlint.scale.pack_text import pack_of


class Work(Record):
    """What a worker needs to know: the pack as text, names of rules, the moment, and where results go."""

    pack: str
    rules: tuple[str, ...]
    now: datetime
    folder: Path
    ocr: bool = False
    details: bool = False

    def linter(self) -> Linter:
        """Make the linter."""
        return Linter(policy=pack_of(self.pack), rules=self.rules, trust_approvals=False, ocr=self.ocr)
