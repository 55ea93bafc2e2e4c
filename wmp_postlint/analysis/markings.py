"""Protective markings: where a text carries a security classification, and how far it reaches.

Almost every word of a marking is an ordinary word too, and police write "official", "confidential" and "protect" every
day. Case and syntax tell the marking from the word: capitals, and a place where markings stand (a line of its own, the
head or the foot of a text, brackets, a document field) or the parts that follow one (a dash and a descriptor).
Schemes: Government Protective Marking Scheme and Government Security Classifications.
"""

from __future__ import annotations

import re
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.marking_level import LevelWord
from wmp_postlint.analysis.marking_patterns import LABEL, MARKED
from wmp_postlint.analysis.marking_patterns import patterns as marking_patterns
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record

Level = Literal["official", "sensitive", "higher", "unmarked"]


class Marking(Record):
    """A marking in the folded text of a surface, from its field label or bracket to its last descriptor.

    ``released`` says that it tells readers the text is for the public.
    """

    start: int
    end: int
    level: Level
    released: bool


_SENTENCE_END = lazy.regex(r"[.!?…)\"'\]][\s*_]{1,4}$")
_FIELD_AFTER = lazy.regex(r"\s(?:classification|marking)\s?[:=\-]", re.IGNORECASE)
_JOINED = lazy.regex(r"[ \t]*(?:[|/]{1,2}|-{1,3})[ \t*_]*$")


def markings(document: Document, surface: Surface) -> tuple[Marking, ...]:
    """Return the security classifications that one text carries, in order."""
    text = surface.text
    found: list[Marking] = []
    for match in marking_patterns().level.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        marking = _Candidate(text, match, surface.kind == "filename").read()
        if marking is not None:
            found.append(marking)
    return tuple(found)


class _Candidate(LevelWord):
    """A level word, and whether it is a marking."""

    def read(self) -> Marking | None:
        start, end = self.start, self.end
        label = LABEL.search(self.before)
        if not (label and self._field(label)) and not self._accepted():
            return None
        if label:
            start -= len(self.before) - label.start()
        elif inside := self._inside_field():
            start, end = start - len("document "), end + inside.end()
        elif self.bracketed:
            start = self.text.rindex(self.before.rstrip()[-1], 0, start)
            end += len(self.after) - len(self.after.lstrip()) + 1
        elif (
            self.text[end - 1 : end] in (")", "]")
            and "(" not in self.text[start:end]
            and "[" not in self.text[start:end]
        ):
            end -= 1
        level: Level = "official"
        if self.kind == "unmarked":
            level = "unmarked"
        elif self.kind in ("sensitive", "short") or re.search(r"sens|o\W?s", self.text[start:end], re.IGNORECASE):
            level = "sensitive"
        elif not re.match(r"(?:uk.)?o", self.word, re.IGNORECASE):
            level = "higher"
        released = level == "unmarked" or (
            level == "official" and bool(marking_patterns().release.search(self.text, start, end))
        )
        return Marking(start, end, level, released)

    def _field(self, label: re.Match[str]) -> bool:
        """Whether a document field holds the level as its value, and not a sentence that begins with it."""
        if "handling" in label.group().lower() and not (self.caps or self.kind == "sensitive"):
            return False
        return (
            self.caps
            or self.kind == "sensitive"
            or self.title
            or self.final
            or label.group().endswith("#")
            or bool(re.match(r"\s*[.,;|)\]\n]", self.after))
        )

    def _inside_field(self) -> re.Match[str] | None:
        """What follows the level in "Document OFFICIAL Classification:", as a form's heading reads when copied."""
        return _FIELD_AFTER.match(self.after) if self.before[-9:].lower() == "document " else None

    def _accepted(self) -> bool:
        if self.before.endswith(("#", "@")) and self.kind != "sensitive":
            return False
        if self.kind == "sensitive":
            return self._sensitive()
        if self.kind == "short":
            return self._short()
        if self.kind == "unmarked" and not self.word.upper().endswith("MARKED"):
            return self.caps and (
                (self.final and self._foot())
                or (self.initial and (self.final or self.hard or self.qualified))
                or self.bracketed
            )
        if self.kind == "unmarked":
            return True
        if "omplete" in self.last.lower():
            return True
        if not self.caps:
            return self._small()
        return self._capitals()

    def _sensitive(self) -> bool:
        patterns = marking_patterns()
        if (
            self.initial
            or self.bracketed
            or self.final
            or self.qualified
            or self.filename
            or MARKED.search(self.before)
        ):
            joined = re.search(r"[:/|\-(\[]|^\w+$", self.word)
            return bool(self.caps or joined or self.title or (self.final and self.initial) or self.filename)
        if patterns.spoken_of.search(self.before) or patterns.spoken_of_after.match(self.after):
            return False
        if self.caps:
            return not re.search(r"[,.;]", self.word) or self.hard
        if "," in self.word or ";" in self.word or "." in self.word:
            return False
        if re.search(r"[:/|\-]", self.word) or not re.search(r"\s", self.word):
            return True
        return self.title and (self.hard or bool(patterns.document.match(self.after.lstrip())))

    def _short(self) -> bool:
        if self.word == "OS" and re.search(r"\b(?:ordnance survey|operating system)\W*$", self.before, re.IGNORECASE):
            return False
        if self.bracketed:
            head = self.before.rstrip()[:-1]
            return not re.search(r"\w", head) or self.qualified or (self.final and bool(_SENTENCE_END.search(head)))
        return self.initial and self.word != "OS" and (self.hard or self.final or self.filename or self.qualified)

    def _small(self) -> bool:
        """A level in ordinary letters needs a descriptor and a place of its own."""
        if self.filename:
            stem_alone = self.initial and self.final
            return (
                stem_alone
                or (self.qualified and self.initial)
                or (self.title and self.initial and self.names_document())
            )
        if not self.title:
            return False
        if self.qualified:
            return (self.initial and (self.final or (self.hard and self.last.istitle()))) or (
                self.bracketed and self.initial
            )
        if self.bracketed:
            return self.before.lstrip().startswith("[") and self.initial
        if self.initial and self.final and self.after.strip() == "":
            return self.edge_line() and (self.twin() or bool(marking_patterns().evidence.search(self.text)))
        return False

    def _capitals(self) -> bool:
        patterns = marking_patterns()
        official = self.word.upper().removeprefix("UK ").startswith("O")
        if self.bracketed:
            return not official or self.initial or self.final
        if MARKED.search(self.before):
            return not patterns.ordinary.match(self.after.lstrip())
        if self.qualified and not self.headline():
            return True
        if self.repeated and self.initial:
            return True
        if self.kind == "spaced":
            return self.initial and (self.final or self.hard)
        if self.initial and self.final:
            return self._alone()
        if self.twin():
            return True
        if self.initial:
            return self._head(official)
        if self.final:
            return self._foot() and (not official or not self.poster(self.before))
        return self._adjective(official)

    def _alone(self) -> bool:
        """A line of its own; a list of slogans is none, nor is PROTECT, which always carries a descriptor."""
        if self.word.upper() == "PROTECT":
            return self.twin()
        lines = (
            self.text[: self.start].rstrip().rsplit("\n", 1)[-1],
            self.text[self.end :].lstrip("*_=~-)] \t\r\n|").split("\n", 1)[0],
        )
        above, below = (line.strip() for line in lines)
        if re.search(r"\b(?:is|it's|now|made|not|be|a|an|the|and|are)$", above, re.IGNORECASE):
            return False
        if self.twin():
            return True
        if below and below.upper() == below and marking_patterns().ordinary.search(below):
            return False
        slogan = re.compile(r"[A-Z&+ ]{1,24}[.!]?")
        return not any(
            line and line.upper() == line and slogan.fullmatch(line) and " " not in line.strip()
            for line in (above, below)
        )

    def _head(self, official: bool) -> bool:
        """At the head of a line: what follows must be what a marked document would say."""
        patterns = marking_patterns()
        rest = self.after[:160]
        if re.match(r"[ \t]*//", rest):
            return not patterns.ordinary.match(rest.lstrip(" \t/"))
        shouted = bool(re.search(r"[A-Z]{3}", rest)) and not re.search(r"[a-z]{3}", rest)
        near = rest.lstrip(" \t-:|/>")
        names_document = bool(patterns.document.match(near))
        if not self.hard:
            return self.names_document() and not shouted
        if patterns.ordinary.search(near[:60]) and not names_document:
            return False
        if shouted:
            return names_document
        if official:
            return bool(
                patterns.document.search(near[:80])
                and re.search(rf"(?<!\w){patterns.document.pattern}", near[:80], re.IGNORECASE)
            )
        if self.word.upper().startswith("REST"):
            plain = re.match(r"[ \t]*:", rest) is None or patterns.evidence.search(near[:120])
            return bool(plain) and not patterns.ordinary.search(near[:60])
        return self.word.upper() != "PROTECT" and bool(patterns.evidence.search(near[:120]))

    def _foot(self) -> bool:
        """At the end of a line: after a whole sentence, a bar or a slash."""
        if self.initial:
            return True
        if self.filename:
            return bool(re.search(r"[ \-]$", self.before))
        if _SENTENCE_END.search(self.before):
            last = re.split(r"[.!?…]", self.before.rstrip(" .!?…)\"'*_"))[-1]
            return len(last.split()) >= 3 and not self.poster(self.before)
        joined = _JOINED.search(self.before)
        if joined is None:
            return False
        if joined.group().strip(" \t*_") in ("|", "||", "//"):
            return True
        return not self.word.upper().startswith("OFF") and len(self.before.split()) >= 4

    def _adjective(self, official: bool) -> bool:
        """Inside a sentence: 'is a RESTRICTED document', or a field of a document around the level."""
        if self._inside_field():
            return True
        if official or not re.search(r"[a-z]{2}", self.before):
            return False
        word = (
            r"(?:documents?|briefing|marking|form|file|memo|material|paper)"
            if not self.word.startswith("CONF")
            else r"(?:documents?|briefing|marking|memo|paper)"
        )
        return bool(re.match(rf"[ \"']+{word}\b(?! (?:waste|shredding|disposal))", self.after, re.IGNORECASE))
