"""A word of a protective marking with its qualifiers, and what stands around it on its line."""

from __future__ import annotations

import re

from wmp_postlint import lazy
from wmp_postlint.analysis.marking_patterns import SEPARATOR, patterns

_MAIL_HEAD = lazy.regex(
    r"(?:(?:fwd?|re|subject|title|e-?mail|note|header|page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?)\s*[:.\-]*\s*){0,4}",
    re.IGNORECASE,
)
_PAGE = lazy.regex(r"page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?$", re.IGNORECASE)
_EXTENSIONS = lazy.regex(r"(?:\.[A-Za-z0-9]{2,5}){1,3}$")


class LevelWord:
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
        known = patterns()
        self.qualified = self.repeated = False
        self.last = ""
        for _ in range(6):
            match = known.strong.match(self.text, end) or known.caveat.match(self.text, end)
            if match is None and self.kind == "sensitive":
                match = known.descriptor.match(self.text, end)
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
        """Whether nothing but the head of a mail stands before it on its line."""
        bare = self.before.lstrip()
        return not re.search(r"\w", _MAIL_HEAD.sub("", re.sub(r"^[\W_]+", "", bare), count=1)) and not bare.endswith(
            "#"
        )

    @property
    def final(self) -> bool:
        """Whether nothing but a page number follows on its line."""
        rest = self.after.strip(" \t\r*_|-~=[]().<>\"'")
        return not re.search(r"[\w!?]", rest) or bool(_PAGE.fullmatch(rest))

    @property
    def bracketed(self) -> bool:
        """Whether brackets stand around it."""
        return self.before.rstrip()[-1:] in ("[", "(", "{", "<") and self.after.lstrip()[:1] in ("]", ")", "}", ">")

    @property
    def hard(self) -> bool:
        """Whether a dash, a colon, a bar or a slash follows."""
        return bool(re.match(SEPARATOR, self.after))

    def edge_line(self) -> bool:
        """Whether the text begins or ends with the level, and holds more."""
        head, tail = self.text[: self.start].strip(), self.text[self.end :].strip()
        return bool(head) != bool(tail)

    def twin(self) -> bool:
        """Whether the same level stands at the head and at the foot of the text."""
        body = self.text.strip(" \t\r\n*_-=|[]().~")
        if len(body) < 2 * len(self.word) + 3 or not (body.startswith(self.word) and body.endswith(self.word)):
            return False
        at_head = not self.text[: self.start].strip(" \t\r\n*_-=|[]().~")
        at_foot = not self.text[self.end :].strip(" \t\r\n*_-=|[]().~")
        return at_head or at_foot

    def names_document(self) -> bool:
        """Whether a kind of document follows the level."""
        if not re.match(r"[ \t_]+", self.after):
            return False
        if patterns().document.match(self.after.lstrip(" \t_")):
            return True
        if not (self.filename and self.caps) or patterns().ordinary.search(self.after):
            return False
        return self.word.startswith("REST") or bool(patterns().evidence.search(self.after))

    def poster(self, words: str) -> bool:
        """Whether words are all in capitals."""
        return not re.search(r"[a-z]{2}", words)

    def headline(self) -> bool:
        """Whether the words after the descriptor run on, as in 'PROTECT - PERSONAL SAFETY TIPS'."""
        if len(self.last.split()) > 1 or "LOCSEN" in self.last.upper():
            return False
        rest = self.after
        if re.match(r"[ \t]+[A-Z][A-Z']+\b", rest) and not re.match(r"[ \t]+(?:OP|MG\d|FAO)\b", rest):
            return True
        small = self.last != self.last.upper()
        return small and bool(re.match(r"[ \t]+\w", rest))
