"""The parts of a text that are written by the rules of the net and not of English: addresses, handles, hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.document import Document, Surface
from wmp_postlint.lazy import Record

TokenKind = Literal["url", "email", "handle", "hashtag"]

_HOST = r"(?:www\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}"
# Endings that are also English words ("today.Be careful") count only before a path.
_PLAIN_ENDINGS = "com|org|net|uk|eu|ie|edu|info|tv|io|cymru|wales|scot|police"
_ANY_ENDING = "co|me|ly|app|live|be|gg|to|link|page|social|online|biz|news|gl|gd|is|tk|gov"
_TOKEN = lazy.regex(
    rf"""(?P<url>\bhttps?://[^\s<>"'\u00a0]{{1,2000}}
           | (?<![\w@.-]){_HOST}(?:{_PLAIN_ENDINGS})\b(?![\w@]|-\w)(?:[/?][^\s<>"']{{0,2000}})?
           | (?<![\w@.-]){_HOST}(?:{_ANY_ENDING})/[^\s<>"']{{1,2000}}
           | (?<![\w@.-])www\.[a-z0-9.-]{{1,200}}[a-z0-9](?:[/?][^\s<>"']{{0,2000}})?)
      | (?P<email>(?<![\w.+-])[\w.+'-]{{1,64}}@(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,6}}[a-z]{{2,24}}\b(?!-))
      | (?P<handle>(?<![\w@/])(?<!\w\.)@[A-Za-z0-9_]{{1,30}}(?:\.[A-Za-z0-9_-]{{1,60}}){{0,5}}
           (?:@[A-Za-z0-9.-]{{1,100}})?)
      | (?P<hashtag>(?<![\w&#/])\#[^\W\d_]\w{{0,138}}|(?<![\w&#/])\#\d{{1,10}}[^\W\d]\w{{0,130}})""",
    re.VERBOSE | re.IGNORECASE,
)
# Each way begins with a character of its own, which lets the search skip over all others.
_SIGN = lazy.regex(r"@|#|\.\w|://")
_ASCII_WORD = lazy.regex(r"[a-z]+")
_WORD = lazy.regex(r"[^\W\d_]+")
_SPACE = lazy.regex(r"\s")
_SPACE_BEFORE = lazy.regex(r"\S*")
_TRAILING = ".,;:!?)]}'\"*…"
# Hosts that only pass readers on; where to, their address does not say.
SHORTENERS = frozenset(
    "t.co bit.ly ow.ly goo.gl tinyurl.com buff.ly is.gd dlvr.it lnkd.in rb.gy cutt.ly fb.me flic.kr orlo.uk owl.li "
    "trib.al shorturl.at".split()
)


class Token(Record):
    """A stretch of the folded text: what it is, and where."""

    kind: TokenKind
    text: str
    start: int
    end: int


class Target(Record):
    """A link of the post: where it really leads, and its host in lower case without ``www.``."""

    url: str
    host: str

    def is_on(self, site: str) -> bool:
        """Tell whether the link leads to a site: a host with its subdomains, or a host and a path prefix."""
        host, _, path = site.casefold().partition("/")
        if not within(self.host, host):
            return False
        rest = _SCHEME.sub("", self.url.casefold()).partition("/")[2]
        return not path or rest == path or rest.startswith((f"{path}/", f"{path}?"))


_SCHEME = lazy.regex(r"^[a-z][a-z0-9+.-]*://|^//", re.IGNORECASE)


def tokens(document: Document, surface: Surface) -> tuple[Token, ...]:
    """Return the addresses, handles and hashtags of one text, in order."""
    return tokens_of(surface.text)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the addresses, handles and hashtags of a text that is folded, in order."""
    return tuple(_tokens(text))


def words_in(document: Document, surface: Surface) -> frozenset[str]:
    """Return the words of one text in lower case, runs of letters alone, which tell most patterns to stay away."""
    text = surface.text.lower()
    return frozenset((_ASCII_WORD if text.isascii() else _WORD).findall(text))


def targets(document: Document) -> tuple[Target, ...]:
    """Return where the links of the post lead: those it was given, those of its markup, and those typed in its body."""
    urls = [link.url for link in document.links]
    for surface in document.surfaces:
        if surface.kind in ("body", "shared"):
            urls.extend(token.text for token in document.read(tokens, surface) if token.kind == "url")
    return tuple(Target(url, host_of(url)) for url in dict.fromkeys(urls))


def within(host: str, site: str) -> bool:
    """Tell whether a host is a site or one of its subdomains."""
    return host == site or host.endswith(f".{site}")


def leads_to_force(document: Document) -> bool:
    """Tell whether a link of the post leads to one of the force's own pages."""
    sites = document.policy.force.sites
    return any(target.is_on(site) for target in document.read(targets) for site in sites)


def _tokens(text: str) -> Iterator[Token]:
    for start, end in _chunks(text):
        for match in _TOKEN.finditer(text, start, end):
            kind = match.lastgroup
            assert kind in ("url", "email", "handle", "hashtag")
            found = match.group()
            if kind == "url":
                found = found.rstrip(_TRAILING)
            yield Token(kind, found, match.start(), match.start() + len(found))  # type: ignore[arg-type]  # as asserted


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between white space that hold a sign of the net; looking through all others would cost the most."""
    at = 0
    while sign := _SIGN.search(text, at):
        before = _SPACE_BEFORE.match(text[at : sign.start()][::-1])
        after = _SPACE.search(text, sign.end())
        end = after.start() if after else len(text)
        yield sign.start() - (before.end() if before else 0), end
        at = end


def host_of(url: str) -> str:
    """Return the host of an address in lower case without ``www.``."""
    rest = _SCHEME.sub("", url.strip().casefold())
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www.").rstrip(".")
