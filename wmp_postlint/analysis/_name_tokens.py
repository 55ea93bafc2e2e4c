"""How the name model cuts a text into tokens: what it masks, what it splits, where each token stands.

The network was trained on these very tokens (close to those of spaCy's English tokenizer, whose vectors it uses), so a
change here asks for a new training.
"""

from __future__ import annotations

import re

from wmp_postlint import lazy
from wmp_postlint.lazy import Record

# What stands in for a stretch that the network must not read: it learns what such a token means, not what it holds.
_MASKS = {"url": "http://url", "email": "name@mail", "handle": "@user", "hashtag": "#tag"}
_NET = lazy.regex(
    r"""(?P<url>\bhttps?(?:://\S{0,2000}|\b(?=[…\s]|$))
          | \bwww\.\S{1,2000}
          | \bt\.co/\S{1,2000}
          | (?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|uk|eu|ie|edu|tv|io|police)\b(?![@\w-])(?:/\S{0,2000})?)
      | (?P<email>(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}\b)
      | (?P<handle>(?<!\w)@\w{1,60}(?:\.[a-z0-9_-]{1,60}){0,5}(?:@[a-z0-9.-]{1,100})?)
      | (?P<hashtag>(?<![\w&])\#\w{1,140})""",
    re.VERBOSE | re.IGNORECASE,
)
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Messrs|Dr|St|Sgt|Insp|Supt|Prof|Rev|Jr|Sr|Cllr|Capt|Col|Lt|Det|Gen|Gov|Sen|Rep|vs|etc|No|Inc|Ltd|Co"
)
_SPLIT_OFF = "s|re|ve|ll|d|m"
_WORD = lazy.regex(
    rf"""(?P<line>\n\s*)
      | &(?:amp|lt|gt|quot);
      | (?:(?<![^\W_])[A-Z]\.){{1,10}}(?=[\s,;:'’)]|$|[A-Z][a-z])
      | \b(?:{_ABBREVIATIONS})\.
      | \d{{1,20}}(?:[.,:/]\d{{1,20}})+
      | [^\W_]{{1,40}}?(?=[nN]['’][tT]\b) | [nN]['’][tT]\b
      | ['’](?i:{_SPLIT_OFF})\b
      | [^\W_]+(?:['’](?!(?i:{_SPLIT_OFF})\b)[^\W_]+)*
      | [:;=][-']?[()DPp](?!\w) | <3
      | \.{{2,}} | -{{2,}}
      | [^\s]""",
    re.VERBOSE,
)
_HUMP = lazy.regex(r"(?:Mc|Mac(?=[A-Z])|O(?=[A-Z][a-z]))?[A-Z][a-z]+|[A-Z]+(?![a-z])|[^\W\d_]+|\d+")


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


class Tokens(Record):
    """Words to read, and where each one stands in the text it came from."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def read_tokens(text: str) -> list[Tokens]:
    """Cut a text into what the network reads: the running text first, then each hashtag of several words."""
    running, apart = Tokens([], [], []), []
    done = 0
    for match in _NET.finditer(text) if _may_hold_net(text) else ():
        start, end = match.span()
        kind = match.lastgroup or "url"
        if kind == "url":
            end = start + len(match.group().rstrip(".,;:!?)]}'\"*…"))
        _words(text, done, start, running)
        _add(running, _MASKS[kind], start, end)
        done = end
        if kind == "hashtag":
            parts = _humps(text, start + 1, end)
            if len(parts.words) > 1:
                apart.append(parts)
    _words(text, done, len(text), running)
    return [running, *apart]


def _may_hold_net(text: str) -> bool:
    return "@" in text or "#" in text or "." in text or "http" in text


def _words(text: str, start: int, end: int, into: Tokens) -> None:
    for match in _WORD.finditer(text, start, end):
        if match.lastgroup == "line":
            _add(into, "\n", match.start(), match.end())
        else:
            _add(into, match.group().translate(_PLAIN), match.start(), match.end())


def _humps(text: str, start: int, end: int) -> Tokens:
    parts = Tokens([], [], [])
    for match in _HUMP.finditer(text, start, end):
        _add(parts, match.group(), match.start(), match.end())
    return parts


def _add(into: Tokens, word: str, start: int, end: int) -> None:
    into.words.append(word)
    into.starts.append(start)
    into.ends.append(end)
