"""Protective markings: where a text carries a security classification, and how far it reaches.

Almost every word of a marking is an ordinary word too, and police write "official", "confidential" and "protect" every
day. Case and syntax tell the marking from the word: capitals, and a place where markings stand (a line of its own, the
head or the foot of a text, brackets, a document field) or the parts that follow one (a dash and a descriptor).
Schemes: Government Protective Marking Scheme and Government Security Classifications.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from wmp_postlint.analysis.marking_patterns import SEPARATOR
from wmp_postlint.analysis.marking_patterns import patterns as marking_patterns
from wmp_postlint.document import Document, Surface

Level = Literal["official", "sensitive", "higher", "unmarked"]


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking in the folded text of a surface, from its field label or bracket to its last descriptor.

    ``released`` says that it tells readers the text is for the public.
    """

    start: int
    end: int
    level: Level
    released: bool


_LABEL = re.compile(
    r"(?:\b(?:(?:(?:government|protective|security|document|data|overall|gscs?|gpms"
    r"|gsc/gpms)\s+){0,3}(?:marking|classification)"
    r"|gpms|gscp?|handling|marked(?: as)?|document (?:marking|status))\s*[:=\-]+\s*"
    r"|\bclassification\s+(?=[A-Z]{6}))[\[(\"'*]*$",
    re.IGNORECASE,
)
_MARKED = re.compile(
    (
        r"\b(?:marked|graded|classified|labelled|stamped|headed|titled|protectively marked)"
        r"(?: up)?(?: as| at)?[ :]*[\"'(\[]?$"
    ),
    re.IGNORECASE,
)
_MAIL_HEAD = re.compile(
    r"(?:(?:fwd?|re|subject|title|e-?mail|note|header|page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?)\s*[:.\-]*\s*){0,4}",
    re.IGNORECASE,
)
_PAGE = re.compile(r"page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?$", re.IGNORECASE)
_EXTENSIONS = re.compile(r"(?:\.[A-Za-z0-9]{2,5}){1,3}$")
_SENTENCE_END = re.compile(r"[.!?…)\"'\]][\s*_]{1,4}$")
_JOINED = re.compile(r"[ \t]*(?:[|/]{1,2}|-{1,3})[ \t*_]*$")


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


class _Candidate:
    """A level word with what stands around it on its line."""

    def __init__(self, text: str, level: re.Match[str], filename: bool) -> None:
        self.text = text
        self.filename = filename
        self.kind = level.lastgroup or ""
        self.start = level.start()
        self.word = level.group()
        self.caps = self.word.isupper()
        self.title = self.word[:1].isupper()
        self.extend(level.end())
        first, last = text.rfind("\n", 0, self.start) + 1, text.find("\n", self.end)
        self.before = text[max(first, self.start - 200) : self.start]
        self.after = text[self.end : (len(text) if last < 0 else last)][:300]
        if filename:
            self.after = _EXTENSIONS.sub("", self.after)

    def extend(self, end: int) -> None:
        """Take in the qualifiers that follow the level, and note how they hang on."""
        patterns = marking_patterns()
        self.qualified = self.repeated = False
        self.last = ""
        for _ in range(6):
            match = patterns.strong.match(self.text, end) or patterns.caveat.match(self.text, end)
            if match is None and self.kind == "sensitive":
                match = patterns.descriptor.match(self.text, end)
            if match is None or (self.caps and not self.filename and not self._in_style(match)):
                break
            self.last = match.group().strip(" \t\n-:|/()[]&")
            if self.last.upper() == self.word.upper():
                self.repeated = True
            else:
                self.qualified = True
            end = match.end()
        self.end = end

    def _in_style(self, match: re.Match[str]) -> bool:
        """A marking in capitals goes on in capitals, or with a descriptor that nothing but punctuation follows."""
        word = match.group().lstrip(" \t\n-:|/([&")
        rest = self.text[match.end() : match.end() + 1]
        return word.upper() == word or rest in ("", "\n", "]", ")", ".", ":") or "omplete" in word

    @property
    def initial(self) -> bool:
        bare = self.before.lstrip()
        return not re.search(r"\w", _MAIL_HEAD.sub("", re.sub(r"^[\W_]+", "", bare), count=1)) and not bare.endswith(
            "#"
        )

    @property
    def final(self) -> bool:
        rest = self.after.strip(" \t\r*_|-~=[]().<>\"'")
        return not re.search(r"[\w!?]", rest) or bool(_PAGE.fullmatch(rest))

    @property
    def bracketed(self) -> bool:
        return self.before.rstrip()[-1:] in ("[", "(", "{", "<") and self.after.lstrip()[:1] in ("]", ")", "}", ">")

    @property
    def hard(self) -> bool:
        """Whether a dash, a colon, a bar or a slash follows."""
        return bool(re.match(SEPARATOR, self.after))

    def read(self) -> Marking | None:
        start, end = self.start, self.end
        label = _LABEL.search(self.before)
        if not (label and self._field(label)) and not self._accepted():
            return None
        if label:
            start -= len(self.before) - label.start()
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
            or bool(re.match(r"\s*[.,;|)\]\n]", self.after))
        )

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
            or _MARKED.search(self.before)
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
                or (self.title and self.initial and self._names_document())
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
            return self._edge_line() and (self._twin() or bool(marking_patterns().evidence.search(self.text)))
        return False

    def _capitals(self) -> bool:
        patterns = marking_patterns()
        official = self.word.upper().removeprefix("UK ").startswith("O")
        if self.bracketed:
            return not official or self.initial or self.final
        if _MARKED.search(self.before):
            return not patterns.ordinary.match(self.after.lstrip())
        if self.qualified and not self._headline():
            return True
        if self.repeated and self.initial:
            return True
        if self.kind == "spaced":
            return self.initial and (self.final or self.hard)
        if self.initial and self.final:
            return self._alone()
        if self._twin():
            return True
        if self.initial:
            return self._head(official)
        if self.final:
            return self._foot() and (not official or not self._poster(self.before))
        return self._adjective(official)

    def _headline(self) -> bool:
        """Whether the words after the descriptor run on, as in 'PROTECT - PERSONAL SAFETY TIPS'."""
        if len(self.last.split()) > 1 or "LOCSEN" in self.last.upper():
            return False
        rest = self.after
        if re.match(r"[ \t]+[A-Z][A-Z']+\b", rest) and not re.match(r"[ \t]+(?:OP|MG\d|FAO)\b", rest):
            return True
        small = self.last != self.last.upper()
        return small and bool(re.match(r"[ \t]+\w", rest))

    def _alone(self) -> bool:
        """A line of its own; a list of slogans is none, nor is PROTECT, which always carries a descriptor."""
        if self.word.upper() == "PROTECT":
            return self._twin()
        lines = (
            self.text[: self.start].rstrip().rsplit("\n", 1)[-1],
            self.text[self.end :].lstrip("*_=~-)] \t\r\n|").split("\n", 1)[0],
        )
        above, below = (line.strip() for line in lines)
        if re.search(r"\b(?:is|it's|now|made|not|be|a|an|the|and|are)$", above, re.IGNORECASE):
            return False
        if self._twin():
            return True
        if below and below.upper() == below and marking_patterns().ordinary.search(below):
            return False
        slogan = re.compile(r"[A-Z&+ ]{1,24}[.!]?")
        return not any(
            line and line.upper() == line and slogan.fullmatch(line) and " " not in line.strip()
            for line in (above, below)
        )

    def _edge_line(self) -> bool:
        head, tail = self.text[: self.start].strip(), self.text[self.end :].strip()
        return bool(head) != bool(tail)

    def _twin(self) -> bool:
        """Whether the same level stands at the head and at the foot of the text."""
        body = self.text.strip(" \t\r\n*_-=|[]().~")
        if len(body) < 2 * len(self.word) + 3 or not (body.startswith(self.word) and body.endswith(self.word)):
            return False
        at_head = not self.text[: self.start].strip(" \t\r\n*_-=|[]().~")
        at_foot = not self.text[self.end :].strip(" \t\r\n*_-=|[]().~")
        return at_head or at_foot

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
            return self._names_document() and not shouted
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

    def _names_document(self) -> bool:
        if not re.match(r"[ \t_]+", self.after):
            return False
        if marking_patterns().document.match(self.after.lstrip(" \t_")):
            return True
        if not (self.filename and self.caps) or marking_patterns().ordinary.search(self.after):
            return False
        return self.word.startswith("REST") or bool(marking_patterns().evidence.search(self.after))

    def _foot(self) -> bool:
        """At the end of a line: after a whole sentence, a bar or a slash."""
        if self.initial:
            return True
        if self.filename:
            return bool(re.search(r"[ \-]$", self.before))
        if _SENTENCE_END.search(self.before):
            last = re.split(r"[.!?…]", self.before.rstrip(" .!?…)\"'*_"))[-1]
            return len(last.split()) >= 3 and not self._poster(self.before)
        joined = _JOINED.search(self.before)
        if joined is None:
            return False
        if joined.group().strip(" \t*_") in ("|", "||", "//"):
            return True
        return not self.word.upper().startswith("OFF") and len(self.before.split()) >= 4

    def _poster(self, words: str) -> bool:
        return not re.search(r"[a-z]{2}", words)

    def _adjective(self, official: bool) -> bool:
        """Inside a sentence: 'is a RESTRICTED document'."""
        if official or not re.search(r"[a-z]{2}", self.before):
            return False
        word = (
            r"(?:documents?|briefing|marking|form|file|memo|material|paper)"
            if not self.word.startswith("CONF")
            else r"(?:documents?|briefing|marking|memo|paper)"
        )
        return bool(re.match(rf"[ \"']+{word}\b(?! (?:waste|shredding|disposal))", self.after, re.IGNORECASE))
