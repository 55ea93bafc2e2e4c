"""Passwords, PINs, door codes, tokens and other secrets in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, words
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_CHEAP = re.compile(
    r"pass|p\.?w\b|pwd|\bpin\b|pin code|code|key|token|wi-?fi|wpa|login|log in|otp\b"
    r"|2fa|puk\b|combo|combination|lock|\b(?:door|gate|alarm|barrier|safe|garage|armoury"
    "|shed|shutter|yard|locker|compound)|"
    r"secret|bearer|gh[pousr]_|AKIA|xox|eyJ|AIza|sk[-_]|glpat|BEGIN |://[^/\s]{1,80}@"
    r"|[?&]\w{0,20}(?:token|key|password|secret)=|unlock|phrase|hooks",
    re.IGNORECASE,
)
# Secrets that show what they are by their own shape, from the issuers' documentation.
_TOKENS = re.compile(
    r"(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{22,255}|glpat-[\w-]{20,64}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{35}"
    "|xox[abeoprs]-[A-Za-z0-9-]{10,250}|sk-(?:proj-|ant-|live-)?[A-Za-z0-9_-]{20,200}"
    "|[rs]k_(?:live|test)_[A-Za-z0-9]{16,200}"
    r"|ya29\.[\w-]{20,300}|EAA[A-Za-z0-9]{30,300}|SG\.[\w-]{16,32}\.[\w-]{16,64}|eyJ[\w-]{10,2000}\.ey"
    r"J[\w-]{10,4000}(?:\.[\w-]{0,2000})?)"
    r"|https?://hooks\.slack\.com/\S{10,200}|https?://discord(?:app)?\.com/api/webhooks/\S{10,200}"
    "|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----"
    r"|(?<![A-Za-z])Bearer [A-Za-z0-9._~+/-]{16,2000}"
    r"|(?<=://)[^\s/:@]{1,64}:[^\s/@]{1,128}(?=@)"
    r"|(?<=[?&])(?:\w{0,20}token|api_?key|\w{0,10}secret|password|passwd|pwd|sig|signature)=[^\s&#]{6,2000}",
)
_STRONG = (
    r"(?!//)(?=[^\s\"',;]{0,40}\d)(?=[^\s\"',;]{0,40}[A-Za-z])(?!\d{1,4}(?:st|nd|rd|th|am|pm"
    r"|p|hrs?|m|k|km|mph|ft|yrs?|cm|mm|%)\b)[A-Za-z0-9!#$%&*@^_~+?.=<>/-]{4,64}(?<![.?!,])!?"
)
_SYMBOLS = r"(?=[^\s]{0,40}[A-Za-z])(?=[^\s]{0,40}[$%&*@^_~+=][A-Za-z])[A-Za-z0-9!#$%&*@^_~+=-]{5,64}"
_QUOTED = r"(?:(?<=\")[^\"\n]{3,60}(?=\")|(?<=')[^'\n]{3,60}(?='))"
_DIGITS = (
    r"(?:\d{3,10}|\d{3,4}[ -]\d{3,4})[#*]?(?![\w/:%]|[.,]\d|-\d| ?(?:am|pm|hrs|hours|cases"
    r"|people|pounds|officers|miles|mph|followers)\b)"
)
_KEYCODE = (
    r"(?:[A-Z]?\d{3,8}[A-Z]?[#*]?(?![\w/:%]|[.,]\d|-\d| ?(?:am|pm|hrs|hours|cases|people"
    r"|pounds|officers|miles|yards|seized)\b))"
)
_DIAL = r"\d{1,2}[- ]\d{1,2}[- ]\d{1,2}(?![\d/])"
_GROUPS = r"[A-Za-z0-9]{4,8}(?:-[A-Za-z0-9]{3,8}){1,4}"
_IS = (
    r"(?:\s*(?:[:=]|->|=>|-{1,2})\s*|'s (?:now |still |been |just )*(?:changed to |set to "
    r"|reset to )?|\s+(?:is|are|was|will be|reads|remains|now|has been|has|stays)(?: now"
    r"| still| just| simply| been)*(?: changed to| set to| reset to)?(?::)?\s+|\s+(?:changed"
    r"|set|reset|updated) to:?\s+)"
)
_OF = r"(?:\s+(?:for|to|on|of|into|at)(?:\s+(?!is\b|was\b)[\w'&-]{1,24}){1,6}?)?"
_TIME = re.compile(r"(?:[01]\d|2[0-3])[0-5][05]|(?:19|20)\d\d")

_SENTENCE_WORDS = frozenset(
    [
        "the",
        "an",
        "for",
        "to",
        "of",
        "your",
        "and",
        "is",
        "are",
        "on",
        "in",
        "with",
        "at",
        "from",
        "it",
        "this",
        "that",
        "how",
        "be",
        "not",
        "our",
        "you",
    ]
)


@dataclass(frozen=True)
class _Vocabulary:
    passwords: tuple[str, ...]
    pins: tuple[str, ...]
    codes: tuple[str, ...]
    phrases: tuple[str, ...]
    keys: tuple[str, ...]
    locks: tuple[str, ...]
    places: tuple[str, ...]
    devices: tuple[str, ...]
    advice: tuple[str, ...]
    said_of: tuple[str, ...]
    meetings: tuple[str, ...]
    internal: tuple[str, ...]


@dataclass(frozen=True)
class _Patterns:
    named: tuple[re.Pattern[str], ...]  # a word for the secret stands beside it
    plain: re.Pattern[str]  # a password that is an ordinary word
    given_away: tuple[re.Pattern[str], ...]  # only the sentence gives it away
    loose: re.Pattern[str]  # a lock and a bare number
    advice: re.Pattern[str]
    said_of: frozenset[str]
    meeting: re.Pattern[str]
    internal: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = load_vocabulary("security/credentials", _Vocabulary)
    password, pin, code, key = any_of(lists.passwords), any_of(lists.pins), any_of(lists.codes), any_of(lists.keys)
    lock, place, device = any_of(lists.locks), any_of((*lists.locks, *lists.places)), any_of(lists.devices)
    value = rf"[\"']?(?P<value>{_QUOTED}|{_STRONG}|{_SYMBOLS})"
    digits = rf"[\"']?(?P<value>{_DIGITS}|{_DIAL})"
    verb = (
        "(?:use|punch(?: in)?|key in|tap(?: in)?|type(?: in)?|enter|press|dial|buzz|put in"
        "|you(?:'ll| will)? need|you need|it'?s|it is|try|hit|input|do)"
    )
    opens = (
        "(?:to (?:open|get (?:in|through|into|out)|unlock|disarm|turn|let|enter|lift|stop"
        r"|switch|silence|raise)|and (?:it|the \w+) opens|for|on|at|in(?:to)?|opens|unlocks)"
    )
    named = (
        rf"(?<!\w)(?:{password}|login|log-in|pass){_OF}{_IS}{value}",
        rf"(?<!\w){password}{_OF}{_IS}{digits}",
        rf"(?<!\w)(?:password|passcode|pass code|passwd|pwd|pw|passphrase)[:=]?\s+\(?{value}",
        rf"(?<!\w)user(?:name)?:? \S{{2,40}}\s+pass:? {value}",
        rf"(?<!\w)(?:passcode|pass code|password)s?{_OF}[:=]?\s+\(?{digits}",
        (
            rf"(?<!\w)(?:(?-i:PIN)|pin (?:code|number|no)|pincode|puk(?: code)?|unlock code)s?{_OF}"
            rf"(?:{_IS}|[:=]?\s+)(?:\d{{4}} reset \w+ to )?{digits}"
        ),
        rf"(?<!\w){pin}{_OF}{_IS}{digits}",
        rf"(?<!\w){code}{_OF}(?:{_IS}|[:=]?\s+)(?P<value>{_GROUPS}|{_STRONG}|{_DIGITS})",
        rf"(?<!\w){key}{_OF}{_IS}[\"']?(?P<value>(?=[^\s\"']{{0,80}}\d)[A-Za-z0-9_+/=.-]{{16,400}})",
        rf"(?P<value>{_STRONG}|{_SYMBOLS}|{_DIGITS})\s+(?:for|as|is) the (?:password|passcode|pin)(?!\w)",
        (
            rf"(?<!\w)(?:log ?in|log-in|sign in|login|credentials|creds|user(?:name)?s?)(?!\w)[^.!?\n/]{{0,"
            rf"60}}(?:\.\w+[^.!?\n/]{{0,20}}){{0,3}}\s/\s(?:pass(?:word)?:? |pw:? )?(?P<value>{_STRONG}"
            f"|{_SYMBOLS})"
        ),
    )
    given_away = (
        (
            rf"(?<!\w)(?:{place} ){{1,2}}(?:code|combo|combination|pin|key ?pad|number|no"
            rf"|lock|entry)s?{_OF}(?:{_IS}|[:=,]?\s+)[\"']?(?P<value>{_DIAL}|{_KEYCODE})"
        ),
        (
            r"(?<!\w)(?:code|number|combination|combo|digits|pin)s?\s+(?:for|to|of|on|at"
            rf"|into)(?:\s+(?!is\b)[\w'-]{{1,20}}){{0,5}}?\s+{place}{_IS}[\"']?(?P<value>{_DIAL}"
            f"|{_KEYCODE})"
        ),
        (
            rf"(?<!\w)(?:code|combination|combo|digits)(?:'s| is| are|:)\s*(?P<value>{_DIAL}"
            rf"|{_KEYCODE})\s*(?:,\s*)?{opens}(?:\s+[\w'-]{{1,20}}){{0,3}}?\s+{place}(?!\w)"
        ),
        (
            rf"(?<!\w){verb}\s+(?P<value>{_DIAL}|{_KEYCODE})(?: then (?:hash|#|star|\*|enter))?,?\s+{opens}"
            rf"(?:\s+[\w'-]{{1,20}}){{0,4}}?\s*(?<!\w){place}(?!\w)"
        ),
        (
            rf"(?<!\w)(?:{place}|alarm is (?:set|on))(?!\w)[^.!?\n\d]{{0,30}}[,:-]\s*(?:it'?s"
            rf"|it is|use|tap|dial|punch in|key in|type)\s+(?P<value>{_KEYCODE})"
        ),
        (
            rf"(?<!\w)(?:{place}|intercom)(?!\w)[^.!?\n\d]{{0,20}}\s(?:dial|tap|punch in|key in"
            rf"|type in|buzz|type|enter)\s+(?P<value>{_KEYCODE})"
        ),
        (
            rf"(?<!\w)(?:{place}|{device})s?(?: \w+){{0,4}}? (?:opens?|unlocks?|is locked"
            "|is unlocked|comes on|disarms?) (?:with|by|using)(?: the)?(?: code| pin)? "
            f"(?P<value>{_DIAL}|{_KEYCODE})"
        ),
        (
            rf"(?<!\w)(?:set|reset|changed) the {place}(?: \w+){{0,2}}? to (?!(?:[01]\d|2[0-3])[0-5][05]\b)"
            f"(?P<value>{_KEYCODE})"
        ),
        rf"(?<!\w)unlock(?: \w+){{0,3}} with (?P<value>{_KEYCODE})",
        (
            rf"(?<!\w)(?:safe|padlock|locker|lock|bike lock) (?:combination|combo)(?:{_IS}"
            rf"|\s+)(?P<value>{_DIAL}|{_KEYCODE})"
        ),
        (
            rf"(?<!\w){lock}(?: (?:code|at the \w+|by the \w+|on the \w+|is|round the \w+)){{0,2}}"
            rf"(?:{_IS}|[:,-]?\s+)(?:code )?(?P<value>{_KEYCODE})"
        ),
        (
            rf"(?<!\w)(?:code|pin)[ :]{{1,2}}(?P<value>[A-Z]?\d{{3,6}}[A-Z]?[#*]?)(?= (?:for"
            rf"|on|to|opens) (?:the )?(?:\w+ ){{0,2}}{place}(?!\w))"
        ),
    )
    return _Patterns(
        named=tuple(re.compile(pattern, re.IGNORECASE) for pattern in named),
        plain=re.compile(
            (
                rf"(?<!\w)(?:{any_of((*lists.passwords, *lists.phrases))}){_OF}(?P<joint>\s*[:=]\s*"
                rf"|'s\s+|\s+is(?: now)?\s+)(?P<value>[A-Za-z][A-Za-z-]{{3,30}}(?: [a-z]{{3,12}}){{0,23}})"
                r"(?=\s*(?:[.,;!)\n|/]|$))"
            ),
            re.IGNORECASE,
        ),
        given_away=tuple(re.compile(pattern, re.IGNORECASE) for pattern in given_away),
        loose=re.compile(
            (
                rf"(?<!\w){place}(?P<joint>(?:\s*[:=-]\s*|\s+is(?: now)?\s+|'s\s+|\s*-\s*code\s+"
                rf"|,?\s+code\s+|\s+))(?P<value>[A-Z]?\d{{4,6}}[A-Z]?[#*]?)(?=\s*(?:[.,;!)\n]"
                "|$| then | to get| opens| hash| help))"
            ),
            re.IGNORECASE,
        ),
        advice=words(lists.advice),
        said_of=frozenset(lists.said_of),
        meeting=words(lists.meetings),
        internal=words(lists.internal),
    )


class Credentials(TextRule):
    """Flags passwords, PINs, passcodes, tokens, keys, recovery codes, and the codes of doors, key safes and alarms.

    Whoever reads a secret can use it, and a deleted post has been copied. Instead, hand it over in person, and change
    one that was ever published. The passcode of a public online meeting is advice only. Advice about passwords is left
    alone. Limits: a code without a word for it counts only where the sentence speaks of a lock or of opening one.
    """

    name = "security/credentials"
    clauses = ("3.8", "5.7")
    severity = Severity.ERROR
    message = "This gives away a password, a code or a key."
    advice = "Take it out, and change it if it was ever published or sent."
    examples = (
        Flag("The station wifi password is «Truncheon99»."),
        Flag("Password: «copperkettle»"),
        Flag("The login is cadets, password «Tally2020»"),
        Flag("PIN for the work mobile: «1379»"),
        Flag("the code for the back gate is «4471#»"),
        Flag("The key's in the key safe, «5512»"),
        Flag("Alarm is set, it's «4432» to turn it off"),
        Flag("Front door is «C4590Z», just push."),
        Flag("Verification code «493021» came through for the account."),
        Flag("Recovery codes: «8f3k-22mm»"),
        Flag("Dashboard: https://«admin:hunter2»@intranet.example.org/"),
        Flag("token «ghp_abcdefghijklmnopqrstuvwxyz0123456789»"),
        Flag("Join our public Zoom meeting, passcode «482913»", severity=Severity.INFO),
        Flag("Gold group Teams call at 2pm, passcode «44XyZ1»", severity=Severity.ERROR),
        Flag("Whiteboard with the wifi password «Copper2022» on it", on="media[0].alt", post={"media": [{}]}),
        Pass("Use three random words as your password, such as HippoPizzaRocket1."),
        Pass("Never share your PIN. Is your password Password1? Change it."),
        Pass("Meet at Gate 4 at 1930. The alarm was raised at 0430."),
        Pass("Use code BLUE20 for 20% off at our charity shop."),
        Pass("Quote log 4471 of 5 June. Collar number 4482."),
        Pass("Password: tips for staying safe online"),
        Pass("Your bank will never ask for your PIN."),
        Pass("Locker 22 had 5 kilos of cannabis in it."),
        Pass("Key safe code still set to 0000? Change it."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        if not _CHEAP.search(text):
            return
        patterns = _patterns()
        public = patterns.meeting.search(text) is not None and not patterns.internal.search(text)
        taken: list[tuple[int, int]] = []
        for start, end, certain in sorted(_secrets(text)):
            if any(start < other_end and end > other_start for other_start, other_end in taken):
                continue
            taken.append((start, end))
            meeting = public and certain and _of_meeting(text, start)
            yield self.finding(
                surface,
                surface.span(start, end),
                severity=Severity.INFO if meeting else None,
                confidence=Confidence.HIGH if certain else Confidence.MEDIUM,
                message="This is the passcode of a public online meeting." if meeting else None,
                advice="Check that the meeting is open to everybody; use a waiting room." if meeting else None,
            )


def _secrets(text: str) -> Iterator[tuple[int, int, bool]]:
    patterns = _patterns()
    for match in _TOKENS.finditer(text):
        yield *match.span(), True
    if any(character.isdigit() for character in text) or '"' in text or "'" in text:
        for group, certain in ((patterns.named, True), (patterns.given_away, False)):
            for pattern in group:
                for match in pattern.finditer(text):
                    if not _is_advice(text, match):
                        yield *match.span("value"), certain
        for match in patterns.loose.finditer(text):
            spelt = match["joint"].strip(" ,")
            if not _is_advice(text, match) and (spelt not in ("", "-", ":") or not _TIME.fullmatch(match["value"])):
                yield *match.span("value"), False
    for match in patterns.plain.finditer(text):
        said = match["value"].casefold().split()
        spelt = "is" not in match["joint"].split()
        ordinary = said[0] in patterns.said_of or any(word.endswith(("ed", "ing", "ly")) for word in said)
        if len(said) > 1:
            ordinary = bool(_SENTENCE_WORDS & set(said)) or (len(said) < 4 and ordinary)
        if not ordinary and (spelt or len(said) == 1) and not _is_advice(text, match):
            yield *match.span("value"), True


def _is_advice(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence warns, asks or gives an example, and does not tell a secret."""
    start, end = match.span("value")
    first = max(text.rfind(mark, max(0, start - 160), match.start()) for mark in (". ", "! ", "? ", "\n")) + 1
    before = text[max(first, start - 160, 0) : start]
    if re.match(r"[\"' ]{0,2}\?", text[end : end + 3]) or re.search(
        r"\bcode of (?:practice|conduct|ethics)\b", before, re.IGNORECASE
    ):
        return True
    return bool(_patterns().advice.search(before))


def _of_meeting(text: str, start: int) -> bool:
    return bool(
        re.search(r"pass ?(?:code|word)|\bpin\b|\bpw\b|code|meeting", text[max(0, start - 40) : start], re.IGNORECASE)
    )
