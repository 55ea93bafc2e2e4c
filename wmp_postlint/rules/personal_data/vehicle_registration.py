"""Vehicle registrations in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary, word_list, words
from wmp_postlint.analysis.references import searchable
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass, TextRule

# Marks of the United Kingdom (DVLA, INF104): not every letter is given out; age marks run from 02 and from 51.
_L = "[A-HJ-PR-Z]"
_AGE = r"(?:0[2-9]|[1-4]\d|5[1-9]|[6-9]\d)"
_CURRENT = rf"(?P<current>[A-HJ-PR-Y]{{2}}(?P<gap>[ .-]?){_AGE}(?P<space>[ .-]{{0,2}}){_L}{{3}})"
_PREFIX = rf"(?P<prefix>[A-HJ-NPR-TV-Y]\d{{1,3}}[ ]?{_L}{{3}})"
_SUFFIX = rf"(?P<suffix>{_L}{{3}}[ ]?\d{{1,3}}[A-HJ-NPR-TV-Y])"
_NORTHERN = r"(?P<northern>[A-Z]?(?:[A-Z]Z|I[ABJLW]|[JOU]I)[ ]?\d{1,4})"
# The Republic's: year (from 2013 the half of it), county, number.
_IRISH = (
    r"(?:(?:8[7-9]|9\d|0\d|1[0-2]|1[3-9][12]|2\d[12])-"
    r"(?:CE|CN|CW|DL|KE|KK|KY|LD|LH|LK|LM|LS|MH|MN|MO|OY|RN|SO|TN|TS|WH|WW|WX|WD|[CDGLTW])-\d{1,6})"
)
_MARK = lazy.regex(
    rf"(?<![\w£$€@/.-])\#?(?:{_IRISH}|{_CURRENT}|{_PREFIX}|{_SUFFIX}|{_NORTHERN})(?![\w]|[-/.]\w)", re.IGNORECASE
)
# After a label: any form in capitals, forces' and diplomats' plates, those of the Continent, or a long one in small
# letters.
_LABELLED_MARK = (
    rf"(?P<mark>{_IRISH}|"
    r"[A-Z]{2}[ .-]{0,2}\d\d[ .-]{0,2}[A-Z]{3}|[A-Z](?=[A-Z .-]{1,8}\d)(?:[ .-][A-Z0-9]){5,6}"
    r"|[A-Z]{2}[ -]?\d\d[ -]?[A-Z]{2}|\d\d[ -]?[A-Z]{2}[ -]?\d\d|\d{3}[ ]?[DX][ ]?\d{3}"
    r"|[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{1,3}[ -][A-Z]{1,2}[ -]?\d{1,4}|[A-Z]{2,3}[ ]?\d{5}|\d{4}[ -]?[A-Z]{3}"
    r"|[A-Z][ ]?\d{1,3}[ ]?[A-Z]{3}|[A-Z]{3}[ ]?\d{1,3}[ ]?[A-Z](?![ ][A-Z])"
    r"|[A-Z]{1,3}[ ]?\d{1,4}|\d{1,4}[ ]?[A-Z]{1,3}"
    r"|(?P<small>[A-Za-z]{2}\d\d[ ]?[A-Za-z]{3}|[A-Za-z]\d{2,3}[ ]?[A-Za-z]{3}"
    r"|[A-Za-z]{3}[ ]?\d{2,3}[A-Za-z]|[A-Za-z]{2}[zZ][ ]?\d{2,4}))"
)
# "MAJ 77, a private plate": the words stand after the mark.
_PRIVATE = lazy.regex(
    r"(?<![\w£$€@/.-])(?P<mark>[A-Z]{1,3}[ ]?\d{1,4}|\d{1,4}[ ]?[A-Z]{1,3})[?!,.\s(-]{1,3}"
    r"(?i:(?:is\s|on\s)?(?:an?\s|his\s|her\s|the\s)?(?:private|cherished|personali[sz]ed)\s(?:number\s?)?(?:plate|reg))"
)
_TRADE = lazy.regex(
    r"\btrade\s+plates?\b[\s:,.#-]{0,4}(?:(?:number|no|is)\s)?(?P<mark>\d{3}[ ]?[A-Z]{1,3}|\d{5})(?!\w)", re.IGNORECASE
)
# "Black Audi (ABC 123)", "a blue BMW, A123 BCD, sped off": set apart, right after the vehicle.
_SET_APART = lazy.regex(
    rf"(?<=\()(?P<bracketed>[A-Z]{{1,3}}[ ]?\d{{1,4}}|\d{{1,4}}[ ]?{_L}{{2,3}}|[ABMQ][ ]?\d{{1,3}}[ ]?{_L}{{3}})(?=\))"
    rf"|(?<=,\s)(?P<listed>[A-Z]{{3}}[ ]?\d{{2,4}}|\d{{2,4}}[ ]?{_L}{{3}}|[ABMQ][ ]?\d{{2,3}}[ ]?{_L}{{3}})(?=,)"
    rf"|(?<=\w\s)(?P<beside>[ABMQ]\d{{3}}[ ]{_L}{{3}})(?!\w)"
)
_SPACED = lazy.regex(rf"(?P<head>[A-HJ-PR-Y]{{2}})[ .-]?{_AGE}[ .-]?{_L}{{3}}")
_MARK_HINT = lazy.regex(r"[A-Za-z]\d|[A-Z][ .-]\d|-[A-Z]{1,2}-\d")
_CAPITALS = lazy.regex(r"[A-Z]{3} ?\d\d|\d ?[A-Z]{2}|\([A-Z]+ ?\d")
_SHOUTED = lazy.regex(r"\b[A-Z]{2,}\W{1,3}\Z")
_DIGIT_AND_LETTER = lazy.regex(r"[A-Za-z][ .-]{0,2}\d|\d[ .-]{0,2}[A-Za-z]|trade plate", re.IGNORECASE)


class _Vocabulary(Record):
    labels: tuple[str, ...]
    vehicles: tuple[str, ...]
    word_tails: tuple[str, ...]
    word_heads: tuple[str, ...]
    trims: tuple[str, ...]
    models: tuple[str, ...]
    engines: tuple[str, ...]
    appeals: tuple[str, ...]


class VehicleRegistration(TextRule):
    """Flags vehicle registrations.

    A registration leads to the keeper and to where the vehicle stands at night. Instead, give make, model and colour;
    in an appeal that asks for that vehicle it is needed, so it is a warning there, and advice on the corporate
    account. A current mark in capitals counts alone; in small letters, and the prefix, suffix and Northern Irish
    forms, only with words of a vehicle nearby; dateless ones and trade plates only right after a word such as "reg".
    Limits: roads, times, speeds and postcodes look alike, so an old mark without such a word is not seen.
    """

    name = "personal-data/vehicle-registration"
    clauses = ("4.13", "5.3")
    least_digits = 1
    severity = Severity.ERROR
    message = "This is a vehicle registration, which leads to its keeper."
    advice = "Give make, model and colour only, or have {press_office} make the appeal."
    examples = (
        Flag("Stopped BMW «BD51 SMR»: no insurance.", severity=Severity.ERROR),
        Flag("Parked on the pavement again, «KX19ABZ»!", severity=Severity.ERROR),
        Flag("his car reg is «bd51smr»", severity=Severity.ERROR),
        Flag("Have you seen this stolen silver Ford Focus, reg «BD51 SMR»? Call 101.", severity=Severity.WARNING),
        Flag(
            "Have you seen this stolen silver Ford Focus, reg «BD51 SMR»? Call 101.",
            severity=Severity.INFO,
            post={"account": {"handle": "WMPolice", "kind": "corporate"}},
        ),
        Flag("A green Rover, registration «R123 ABZ», was seized"),
        Flag("silver van, «BX 16 ABZ», and reg «M A 6 3 X Y Z»"),
        Flag("Old Mini on plates «ABZ 123S» impounded"),
        Flag("Reg «A1» and a red Ferrari: seized"),
        Flag("The car, «FIZ 1234», was uninsured"),
        Flag("He had trade plates «123 AB» on"),
        Flag("the van's number plate is «VZ 4321»"),
        Flag("Who owns «MAJ 77»? Private plate on a black Merc."),
        Flag("A grey Passat, Irish plate «161-D-23456», no tax"),
        Flag("Seized: Mercedes «C63 ABZ»"),
        Flag("Grey Passat «12-KE-2345» seized"),
        Pass("Stolen: Mercedes C63 AMG, E220 AMG and a Range Rover L405 HSE."),
        Pass("Our car count for 12-10-2022 and team 161-D: 23,456 stops"),
        Pass("In the 60s and the 80s we had whistles. Got 10p? Use 3G or 5G."),
        Pass("Collision M6 J10, A38, B4114 and A45 COV bound, M42 J6."),
        Pass("PC12, T20, U21, WV10, CV1, G20, COP26, 999 and Euro 2020"),
        Pass("WV10 THE patrol car, IN24 HRS the van was back, TO20 MPH for cars"),
        Pass("The Audi A3 and BMW X5 with a V8 and 4x4 did 100 MPH in a 30."),
        Pass("Body armour HO1 KR1 and stab vests, size L42 REG."),
        Pass("#BRUM22 #CWG22 #WMP999 Day 12 of the Games, driver 44 HAM"),
        Pass("drive from b14 to ws10 in 20 min, you 100k get 1m"),
        Pass("S5 and Y7 and E10 petrol for your car"),
        Pass("Call 101 quoting 20BW/78905H/19, car stolen"),
        Pass("See https://example.com/BD51SMR or @BD51SMR"),
        Pass("stolen car: PS5 and 2 TVs taken, G4S van, 3M tape"),
        Pass("A grey Golf (GTI 16), a Corsa (VXR 8) and a Passat TDI 140 were raced."),
        Pass("Stolen motorbikes: Honda CBR600F, Suzuki GSX 750F and a Yamaha YZF125R"),
        Pass("The car was a K reg, on an 18 plate"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(searchable, surface)
        if not text or not _DIGIT_AND_LETTER.search(text):
            return
        # Letters that make words, or the force's short name, are no mark.
        tails = _compiled().word_tails.union(document.policy.force.short_names)
        found = sorted((*_labelled(text, document.read(words_in, surface), tails), *_marks(text, tails)))
        severity = self.severity
        if found and _compiled().appeals.search(text):
            severity = Severity.INFO if document.account_kind == "corporate" else Severity.WARNING
        end = -1
        for start, stop, confidence in found:
            if start < end:
                continue
            end = stop
            yield self.finding(surface, surface.span(start, stop), severity=severity, confidence=confidence)


def _labelled(text: str, present: frozenset[str], tails: frozenset[str]) -> Iterator[tuple[int, int, Confidence]]:
    compiled = _compiled()
    if compiled.label_words & present:
        for match in compiled.labelled.finditer(text):
            # "reg is on12 the", "reg a38 car": in small letters a word at the end makes it a sentence.
            if not match["small"] or _letters(match["mark"])[-3:] not in tails:
                yield *match.span("mark"), Confidence.HIGH
    if {"plate", "plates", "reg"} & present:
        for match in (*_TRADE.finditer(text), *_PRIVATE.finditer(text)):
            yield *match.span("mark"), Confidence.HIGH
    for match in _SET_APART.finditer(text) if _CAPITALS.search(text) else ():
        mark, letters = match.group(), _letters(match.group())
        made = compiled.vehicles.search(text[max(0, match.start() - 30) : match.start()])
        if (
            made
            and len(mark.replace(" ", "")) > 4
            and len(letters) > 1
            and not {letters, letters[-3:]} & (compiled.no_letters | tails)
        ):
            yield *match.span(), Confidence.MEDIUM


def _letters(mark: str) -> str:
    return re.sub(r"[^A-Za-z]", "", mark).upper()


def _marks(text: str, tails: frozenset[str]) -> Iterator[tuple[int, int, Confidence]]:
    compiled = _compiled()
    for match in _MARK.finditer(text) if _MARK_HINT.search(text) else ():
        start = match.start() + match.group().startswith("#")
        mark = text[start : match.end()]
        letters = _letters(mark)
        worded = (letters[:3] if match["suffix"] else letters[-3:]) in tails
        upper = mark.isupper()
        current = match["current"] is not None
        if current and upper and not (worded and match["space"]) and _stands_alone(text, start, match):
            yield start, match.end(), Confidence.HIGH
            continue
        if worded or (not upper and not _is_mark_in_small_letters(match, letters)):
            continue
        if match["suffix"] and letters[:3] in compiled.models:
            continue
        # A road and what comes after it: "A45 COV", "M6 BMW".
        if match["prefix"] and mark[0] in "ABM" and " " in mark:
            continue
        if match["prefix"] and letters[-3:] in compiled.trims:
            continue
        if match["northern"] and (len(letters) < 3 or len(mark) < 5):
            continue
        sentence = f"{text[max(0, start - 60) : start]} {text[match.end() : match.end() + 30]}"
        if compiled.vehicles.search(sentence) and len(mark.replace(" ", "")) >= 5:
            yield start, match.end(), Confidence.MEDIUM


def _stands_alone(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a mark of today in capitals needs no word of a vehicle beside it, for how it is laid out."""
    if not match["gap"]:
        return "." not in match["space"]
    # "BD 51 SMR" in a line that is no headline; "ON 12 MAY" begins with a word.
    return (
        match["gap"] == " " == match["space"]
        and text[start : start + 2] not in _compiled().word_heads
        and _SHOUTED.search(text, max(0, start - 20), start) is None
    )


def _is_mark_in_small_letters(match: re.Match[str], letters: str) -> bool:
    """Whether one in small letters is no sentence: "bd51 smr", "r123abz", but not "in24 hrs"."""
    mark, current = match.group().lstrip("#"), match["current"] is not None
    if mark.isalnum():
        return current or len(mark) > 5
    ordinary = word_list("text/common_words.txt")
    return current and not match["gap"] and match["space"] == " " and letters[-3:].casefold() not in ordinary


class _Compiled(Record):
    label_words: frozenset[str]
    labelled: re.Pattern[str]
    vehicles: re.Pattern[str]
    appeals: re.Pattern[str]
    word_tails: frozenset[str]
    word_heads: frozenset[str]
    trims: frozenset[str]
    models: frozenset[str]
    no_letters: frozenset[str]


@cache
def _compiled() -> _Compiled:
    known = load_vocabulary("personal_data/vehicle_registration", _Vocabulary)
    joined = r"(?:is|was|of|as|mark|no|number|reads?|reading|shows?|showing|displaying|bearing|on\sit)"
    label = rf"(?<!\w)(?i:{any_of(known.labels)})\b"
    after = rf"[\s:,.#='\"()-]{{0,4}}(?i:{joined}[\s:,]{{1,2}}){{0,2}}"
    return _Compiled(
        frozenset(term.split()[-1] for term in known.labels) | {"numberplate", "numberplates"},
        lazy.regex(rf"{label}{after}{_LABELLED_MARK}(?!\w|[-/.]\w)"),
        words(known.vehicles),
        words(known.appeals),
        frozenset(known.word_tails),
        frozenset(known.word_heads),
        frozenset(known.trims),
        frozenset(known.models),
        frozenset((*known.trims, *known.engines)),
    )
