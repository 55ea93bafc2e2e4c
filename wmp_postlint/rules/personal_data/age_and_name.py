"""A name together with an age in a post."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.lexicon import word_list
from wmp_postlint.analysis.names import names
from wmp_postlint.analysis.people import not_people
from wmp_postlint.analysis.people import patterns as read_people
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.post import Account
from wmp_postlint.rule import Flag, Pass, TextRule

_WORD = r"[A-Z](?:'[A-Z])?[^\W\d_]{1,20}(?:-[A-Z]?[^\W\d_]{1,20})?"
_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{0,2}})"
_AGE = r"(?P<age>1[01]\d|[1-9]\d?)"
_OLD = r"[\s-]?(?:years?[\s-]old|yrs?[\s-]old|y/?o)\b"
# What may follow an age, where a quantity would have its noun: "Sam, 34, of", but not "Sam, 34 officers".
_ENDS = (
    r"(?=\s?(?:,(?!\d)|[;!?)\n]|\.(?!\d)|-\s|\Z)"
    r"|\s(?:from|of|was|is|has|had|who|and|lives?|went|last|missing|at|today|yesterday)\b)"
)
_CALLED = (
    r"(?:boy|girl|lad|man|woman|son|daughter|hero|pupil|brother|sister|twin|schoolboy|schoolgirl|student|fan|called|named"
    r"|little|brave)"
)
_NAME_FIRST = lazy.regex(
    rf"(?<![\w@#&.-]){_NAME}(?:(?:,| -)\s(?:who\sis\s|aged\s|age\s)?|\s\((?:aged\s|age\s)?|\s(?:aged|age)\s"
    rf"|\s(?:is|was|turned|turns)\s(?:only\s|just\s|now\s)?){_AGE}(?:{_OLD}|{_ENDS})"
)
_AGE_FIRST = lazy.regex(rf"(?<![\w£$€.,/-]){_AGE}{_OLD},?\s(?:{_CALLED}\s){{0,2}}{_NAME}(?![\w-])")
_HINT = lazy.regex(
    r"[,(-]\s?\(?(?:who is |aged? )?\d|(?:aged?|is|was|turned|turns|only|just|now)\s\d|\d[\s-]?[Yy](?:ear|r|/?o)"
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
# Minutes of goals are no ages.
_SCORES = lazy.regex(
    r"\b(?:[Gg]oals?|[Ss]corers?|[Kk]ick-?off|[Ff]ull time|[Hh]alf time|HT|FT|[Ii]nnings|[Ww]ickets?)\b"
)
_RANK = lazy.regex(
    r"\b(?:T/)?(?:PC|PCSO|WPC|PS|DC|DS|DI|DCI|[Ss]gt|[Ii]nsp(?:ector)?|[Ss]ergeant|[Cc]onstable|[Cc]hief|[Ss]upt|[Cc]adet)\.?\s(?:\d{3,5}\s)?\Z"
)
_ANIMAL = lazy.regex(
    r"\b(?:PD|PH|K-?9|(?:[Pp]olice\s)?(?:[Dd]og|[Hh]orse|[Pp]uppy|[Cc]at|[Kk]itten|[Ss]paniel|[Ss]hepherd|[Ll]abrador))\b|🐶|🐾|🐴"
)
_NOT_BEFORE = lazy.regex(r"\b(?:[Ss]torm|[Hh]urricane|[Ss]t\.?|[Oo]p(?:eration)?|[Rr]oom|[Cc]ourt|[Uu]nit|[Pp]age)\s\Z")


class AgeAndName(TextRule):
    """Flags a person's name together with an age.

    A first name with an age is often enough for a school, a street or a family to know who is meant. Instead, give the
    age and the town without the name ("a 14-year-old girl from Tipton"). Under 18 it is an error. From the corporate
    account, adults who are charged or convicted are advice; of the person whom an appeal seeks, the finding belongs to
    the appeal; officers are advice. Limits: names are known first names, or those that the name model finds; police
    dogs and horses have no privacy; an age that is spelled out is not seen.
    """

    name = "personal-data/age-and-name"
    clauses = ("4.12", "4.13", "5.3")
    least_digits = 1
    severity = Severity.WARNING
    message = "This gives a person's name together with an age."
    advice = "Give the age and the town without the name, or the name without the age."
    examples = (
        Flag("«Sarah, 34», told us she heard a bang.", severity=Severity.WARNING),
        Flag("Well done to «Jack, 9», who called 999 for his nan!", severity=Severity.ERROR),
        Flag("The victim, «Imran Hussain (22)», is in hospital.", severity=Severity.WARNING),
        Flag("«14-year-old Chloe» is home again.", severity=Severity.ERROR),
        Flag("Her son, «Leo, aged 3», was in the car.", severity=Severity.ERROR),
        Flag("«Michael is 15» and lives in Aston.", severity=Severity.ERROR),
        Flag(
            "«Michael Thompson, 42», was jailed for six years today.",
            severity=Severity.INFO,
            post={"account": Account("WMPolice")},
        ),
        Flag("«Michael Thompson, 42», was jailed for six years today.", severity=Severity.WARNING),
        Flag("PC «Sam Taylor, 34», is running the marathon.", severity=Severity.INFO),
        Pass("A 14-year-old girl from Tipton has been found."),
        Pass("PD Rex, 3, and PH Arthur, 9, are the stars of the show."),
        Pass("June, 14 days of action. May 14. On Friday, 13 officers were out."),
        Pass("Thanks to Sarah, 20 officers got cake."),
        Pass("Storm Jack, 70mph winds, and Hurricane Sarah, 3 days out."),
        Pass("Goals: Kane (23), Jordan (45), HT 2-0"),
        Pass("We met Sarah, 14:30 at the library."),
        Pass("Smith, 2 Jones, 3 Khan, 4 Patel"),
        Pass("Man, 34, and Woman, 29, arrested in Walsall, 14 miles away."),
        Pass("Officers from Erdington, 12, and Tipton, 9, joined in."),
        Pass("Jack 1 - 0 Burglar"),
        Pass("BMW, 18 plate, and Victoria Road, 20 limit"),
        Pass("Grace Academy, 12, Henley Road"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = surface.text
        if not _HINT.search(text):
            return
        matches = sorted((*_NAME_FIRST.finditer(text), *_AGE_FIRST.finditer(text)), key=lambda match: match.start())
        if surface.kind == "place" or not matches or _SCORES.search(text):
            return
        end = -1
        for match in matches:
            listed = surface.text[match.end("age") : match.end("age") + 1] in (",", ")", ".")
            name = _person(*match.span("name"), surface, document, listed or match.re == _AGE_FIRST)
            if name is None or name[0] < end:
                continue
            start, end = (name[0], match.end()) if match.re == _NAME_FIRST else (match.start(), name[1])
            if text[end - 1] != ")" and text[end : end + 1] == ")" and "(" in text[name[1] : end]:
                end += 1
            yield self._judge(surface, document, (start, end), name, int(match["age"]))

    def _judge(
        self, surface: Surface, document: Document, span: tuple[int, int], name: tuple[int, int], age: int
    ) -> Finding:
        text, people = surface.text, read_people()
        severity = Severity.ERROR if age < 18 else Severity.WARNING
        reported = people.convicted.search(text) or people.charged.search(text)
        if _RANK.search(text[max(0, name[0] - 30) : name[0]]) or (
            age > 17 and document.account_kind == "corporate" and reported
        ):
            severity = Severity.INFO
        named = surface.span(*name)
        sought = any(
            mention.start < named.end and named.start < mention.end
            for appeal in document.read(open_appeals)
            if appeal.surface.field == surface.field
            for mention in appeal.mentions
        )
        return self.finding(
            surface,
            surface.span(*span),
            severity=severity,
            confidence=Confidence.MEDIUM,
            scope="appeal" if sought else None,
        )


def _person(start: int, end: int, surface: Surface, document: Document, listed: bool) -> tuple[int, int] | None:
    """Where among some words with capitals a person's name stands, or None when they are nobody's.

    ``listed`` says that the age is set apart, as "Will, 18, of" has it and "Will, 18 is the limit" has not.
    """
    text, ordinary = surface.text, word_list("text/common_words.txt")
    given = word_list("text/given_names.txt") - _MONTHS
    parts = text[start:end].split(" ")
    while len(parts) > 1 and parts[0].casefold() in ordinary and parts[0].casefold() not in given:
        start += len(parts.pop(0)) + 1
    before, known = text[max(0, start - 30) : start], [part.casefold() for part in parts]
    if _NOT_BEFORE.search(before) or _ANIMAL.search(before) or _ANIMAL.search(text[end : end + 40]):
        return None
    if " ".join(known) in not_people() or known[-2:] == ["jack", "russell"] or any(part in _MONTHS for part in known):
        return None
    # "Sam" and "Sam Taylor", but not "Aston" and not "Grace Academy".
    places = {place.casefold() for place in document.policy.force.places}
    if len(known) == 1 and known[0] in ordinary and not listed:
        return None
    if known[0] in given and " ".join(known) not in places and (len(known) == 1 or known[-1] not in ordinary):
        return start, end
    if len(known) == 1 and known[0] in ordinary:
        return None
    return next(
        (
            (name.start, name.end)
            for name in document.read(names, surface)
            if start <= name.start and name.end <= end and name.bearer != "public"
        ),
        None,
    )
