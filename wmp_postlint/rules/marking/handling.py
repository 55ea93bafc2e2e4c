"""Handling instructions, caveats and intelligence codes on a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.analysis.marking_removal import removal
from wmp_postlint.analysis.markings import markings
from wmp_postlint.analysis.sieve import Sieve
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.policy import Force
from wmp_postlint.rule import Flag, Pass, TextRule


class _Vocabulary(Record):
    caveats: tuple[str, ...]
    capitals: tuple[str, ...]
    users: tuple[str, ...]
    signs: tuple[str, ...]
    not_for: tuple[str, ...]
    passing: tuple[str, ...]
    beyond: tuple[str, ...]
    inside: tuple[str, ...]
    keep: tuple[str, ...]
    intelligence: tuple[str, ...]
    graded: tuple[str, ...]
    forms: tuple[str, ...]
    trade: tuple[str, ...]


class _Patterns(Record):
    stop: Sieve
    use_only: Sieve
    sign: re.Pattern[str]
    release: Sieve
    trade: re.Pattern[str]


_TLP_STOP = (
    r"(?<![\w#@])[\[(]?(?:TLP(?: ?[:=] ?|-)(?:RED|AMBER(?:[+\-]STRICT)?|GREEN)|(?-i:TLP ?[ \-] ?(?:RED"
    r"|AMBER(?:[+\-]STRICT)?|GREEN)))(?!\w)[\])]?"
)
_TLP_RELEASE = r"(?<![\w#@])[\[(]?(?:TLP(?: ?[:=] ?|-)(?:CLEAR|WHITE)|(?-i:TLP ?[ \-] ?(?:CLEAR|WHITE)))(?!\w)[\])]?"
# A code of the National Intelligence Report: source, assessment, handling. Spaces, slashes or hyphens may part them.
_CODE = r"(?-i:[A-E][ /\-]?[1-5X][ /\-]?[1-5]|[1-3][ /\-]?[A-E][ /\-]?[PC])"
_HEAD = r"(?:^|(?<=\n))[^\w\n]{0,8}(?:strictly )?"


@cache
def _patterns(own: tuple[str, ...]) -> _Patterns:
    words = load_vocabulary("marking/handling", _Vocabulary)
    intelligence, graded = any_of(words.intelligence), any_of(words.graded)
    passing, inside, beyond = any_of(words.passing), any_of((*words.inside, *own)), any_of(words.beyond)
    near = r"(?:[ :,(\[\-]|is|as|at|was|report|log|\d{1,8}(?=[ )])){0,5}"
    within = rf"(?:the |our |this |your |of |a |immediate |wider ){{0,4}}{inside}(?!\w)"
    stop = (
        _TLP_STOP,
        rf"(?<![\w#])#(?:tlp_?(?:red|amber(?:_?strict)?|green)|{_hashtags(words)})(?!\w)",
        rf"(?<!\w){any_of(words.caveats)}(?!\w)",
        rf"(?-i:(?<![\w#@]){any_of(words.capitals)}(?!\w))",
        (
            r"(?<!\w)(?:strictly )?not (?:to be used )?for (?:any |the |further |wider |onward )?"
            rf"{any_of(words.not_for)}(?!\w)"
        ),
        (
            rf"(?<!\w)not to be (?:{any_of(('further ', 'widely '))})?{passing}(?!\w)(?: on)? "
            f"(?:{beyond}|to (?:the )?(?:public|media|press)|further|without)(?: {within})?"
        ),
        (
            r"(?<!\w)(?:do not|don'?t|must not|mustn'?t"
            r"|(?<!we )(?<!we'd )(?<!we would )(?<!we'll )(?<!we will )never|please refrain from|should not"
            f"|cannot|not to|shouldn'?t|can'?t) (?:be )?{passing}(?: (?:on|this|it|these"
            "|any of this|the (?:below|following|attached|content|contents)|information"
            f"|anywhere|details)){{0,3}} {beyond} {within}"
        ),
        (
            r"(?<!\w)(?:for )?internal(?: police| force)? (?:use|eyes|consumption|reference"
            r"|information|purposes) only(?!\w)|(?<!\w)(?:for|is) (?:strictly )?internal "
            r"(?:use|eyes|consumption)(?: only)?(?!\w)|(?-i:(?<![\w#])INTERNAL(?: POLICE)? "
            r"(?:ONLY|USE|DOCUMENT|BRIEFING|EYES)(?!\w))"
        ),
        (
            rf"(?<!\w)(?:{any_of(words.keep)}) (?:(?:strictly|please|all|just|only) )?(?:with)?in"
            f"(?:side)? (?:the |our |this |your )?(?:neighbourhood |local |immediate |policing )?{inside}"
            r"(?!\w)"
        ),
        rf"(?<!\w)(?:{any_of(words.keep)}) (?:(?:strictly|please|all) )?(?:in[- ]house|internal)(?!\w)",
        rf"(?<!\w){intelligence}(?!\w){near}(?:{graded}{near})?\(?{_CODE}(?![\w-])\)?",
        (
            rf"(?<!\w)(?:graded|gradings?|evaluated(?: as)?|evaluation(?: code)?|source grading){near}"
            rf"{_CODE}(?![\w-])(?! (?:road|listed|star))"
        ),
        rf"(?<![\w-]){_CODE}(?![\w-])[ \-:)]{{0,3}}(?:graded )?(?:{intelligence})(?!\w)",
        (
            rf"(?<!\w)handling codes?[ :=\-]{{1,3}}(?:is |of )?(?:(?-i:[PC1-5])|{_CODE})(?!\w)"
            r"(?: appl(?:y|ies))?|(?<!\w)handling (?:conditions?|instructions?)(?:: ?(?=\w)| ?- ?(?=do not)"
            "| (?:apply|applies|attached|as per|must be))"
        ),
        (
            rf"(?<![\w-])(?:[35] ?x ?5 ?x ?[25])(?![\w-]) (?:intel(?:ligence)? )?{any_of(words.forms)}"
            rf"(?!\w)|(?<!\w){any_of(('intel', 'intelligence', 'my', 'submitted a', 'put in a', 'put a'))} "
            r"(?:report )?(?:5 ?x ?5 ?x ?5|3 ?x ?5 ?x ?2|3-5-2)(?![\w-])"
        ),
        (
            r"(?<!\w)saniti[sz]ed (?:version of (?:the |an? )?)?(?:intel(?:ligence)?|information"
            r"|report|log|briefing|copy|summary|for (?:release|police))(?!\w)"
        ),
        (
            r"(?-i:(?<![\w#@])EMBARGOED?(?!\w))(?: (?:UNTIL|TILL|TIL|TO)(?!\w))?|(?<!\w)"
            "(?:strict(?:ly)? |under (?:strict )?|press |media |news )(?:an )?embargo(?:ed)?"
            r"(?!\w)(?! on|\?)(?: until)?|(?<!\w)embargo(?:ed)?(?: (?:until|till|lifts|ends"
            r"|time|for release))(?!\w)|(?<!\w)embargo(?:ed)?: ?(?=\d)|(?<!\w)embargo(?:ed)? "
            r"(?=\d{1,2}[:.]?\d{0,2} ?(?:am|pm|hrs|on)?)"
        ),
        (
            f"{_HEAD}(?:private (?:and|&) confidential|in (?:strict(?:est)? )?confidence)"
            r"(?=[^\w\n,.!]*(?:\n|$)|[ \t]*[-:|/])"
        ),
        r"(?-i:(?<![\w#])(?:STRICTLY )?PRIVATE (?:AND|&) CONFIDENTIAL)(?=\W*(?:\n|$)|[ \t]*[-:|/.]| [A-Z]?[a-z])",
        (
            r"(?<!\w)(?:suitable for publication|publication scheme|publication \(y[/\-]n\)|publishable"
            r"|fit for publication|release to public|may be published)(?: \(?y(?:es)?[/\-]no?\)?)? ?[:=?\-] ?no?"
            r"(?!\w)"
        ),
    )
    release = (
        _TLP_RELEASE,
        (
            r"(?<!\w)(?:suitable for publication|publication scheme|publication \(y[/\-]n\)|publishable"
            r"|fit for publication|release to public|may be published)(?: \(?y(?:es)?[/\-]no?\)?)? ?[:=?\-] ?y"
            r"(?:es)?(?!\w)"
        ),
        r"(?-i:(?<![\w#])(?:CLEARED |APPROVED )?FOR PUBLIC RELEASE(?!\w))",
        rf"{_HEAD}(?:cleared |approved )?for public release(?=[^\w\n]*(?:\n|$)|[ \t]*[-:|/])",
    )
    use_only = (
        (
            rf"(?<!\w)(?:strictly )?(?:for )?(?:{any_of((*words.users, *own))} (?:use|usage) only(?!\w)"
            rf"|(?:police|law enforcement|officers|cops|{any_of(own)}) only(?=\W*(?:$|\n)|[.:!]| -))"
        ),
    )
    return _Patterns(
        stop=Sieve(stop),
        use_only=Sieve(use_only),
        sign=lazy.regex(rf"(?<!\w){any_of(words.signs)}(?!\w)", re.IGNORECASE),
        release=Sieve(release),
        trade=lazy.regex(rf"(?<!\w){any_of(words.trade)}(?: trade)?[ -]$", re.IGNORECASE),
    )


def _hashtags(words: _Vocabulary) -> str:
    """Instructions of several words written as one, the way that hashtags are."""
    said = [*words.caveats, *(f"not for {what}" for what in words.not_for), *(f"{who} use only" for who in words.users)]
    return any_of(tuple(dict.fromkeys(re.sub(r"\W", "", phrase) for phrase in said if " " in phrase)))


class Handling(TextRule):
    """Flags handling instructions, caveats, traffic-light codes and intelligence gradings that stand without a level.

    "Not for onward transmission", "police use only", TLP:AMBER or a 3x5x2 grading say that the text was written for a
    closed circle. Instead, ask its author for words that may be published. TLP:CLEAR and FOR PUBLIC RELEASE are advice
    only. Limits: a code such as B24 counts only beside a word of intelligence, and "police use only" beside a word for
    a parking bay or a lane is taken for the sign that it is.
    """

    name = "marking/handling"
    clauses = ("4.9",)
    severity = Severity.ERROR
    message = "This text carries a handling instruction: it was written for a closed circle."
    advice = "Do not publish it. Ask whoever wrote it what may go out, and write that in new words."
    examples = (
        Flag("«Not for onward transmission»: the bikes are back on the estate."),
        Flag("«TLP:AMBER» New phishing kit seen in Dudley"),
        Flag("«#NotForOnwardTransmission» Who is on at the weekend"),
        Flag("«For police use only»: who is barred from the precinct"),
        Flag("Who we are after this week. «Law enforcement only»."),
        Flag("Please «do not share this outside the team», CCTV below."),
        Flag("«Intel graded B24» says the bikes are in the lock-up."),
        Flag("«Handling code: C» Male sells from a silver Golf."),
        Flag("«EMBARGOED until» 10am Friday: our new station"),
        Flag("«UK EYES ONLY»\nConvoy timings"),
        Flag("«Suitable for publication: No»\nPolicy on drones"),
        Flag("«TLP:CLEAR» Scam text alert", severity=Severity.INFO),
        Flag("«FOR PUBLIC RELEASE»\nOur plan for the summer", severity=Severity.INFO),
        Pass("OFFICIAL - POLICE USE ONLY\nPatrol map"),
        Pass("These bays are for police use only. Please park elsewhere."),
        Pass("Please do not share this video, out of respect for the family."),
        Pass("A45 collision: no intelligence yet on how long it will be closed."),
        Pass("Handling conditions are poor on the ice tonight, slow down."),
        Pass("An arms embargo was debated today."),
        Pass("999 is for emergency use only."),
        Pass("Do not share your PIN with anyone outside your home."),
        Pass("England played a 3-5-2, and our cars are sanitised between shifts."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        found = sorted(_found(text, document.policy.force))
        if not found:
            return
        taken = [(marking.start, marking.end) for marking in document.read(markings, surface)]
        for start, end, released in found:
            if any(start < other_end and end > other_start for other_start, other_end in taken):
                continue
            taken.append((start, end))
            yield self.finding(
                surface,
                surface.span(start, end),
                severity=Severity.INFO if released else None,
                message="This text carries a header that says it may be published." if released else None,
                advice="Take the header off before you publish." if released else None,
                fixes=removal(document, surface, start, end, safe=released),
            )


def _found(text: str, force: Force) -> Iterator[tuple[int, int, bool]]:
    patterns = _patterns(tuple(name.casefold() for name in (force.name, *force.short_names)))
    for match in patterns.stop.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        if match.group().lower().startswith("embargo") and patterns.trade.search(before):
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield start, start + len(match.group().strip().rstrip(":")), False
    for match in patterns.use_only.finditer(text):
        around = text[max(0, match.start() - 45) : match.start()] + " | " + text[match.end() : match.end() + 25]
        if not patterns.sign.search(around):
            yield *match.span(), False
    for match in patterns.release.finditer(text):
        yield *match.span(), True
