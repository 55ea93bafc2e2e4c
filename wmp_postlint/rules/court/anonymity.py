"""People whom the law keeps anonymous: victims of sexual offences, and children in court."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wmp_postlint import lazy
from wmp_postlint.analysis.cues import CueMatch, CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.analysis.names import Name, names
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass

_NEAR = 90
_SEXUAL = (
    r"(?:raped|(?:sexually|indecently)\s(?:assaulted|abused|attacked|touched|exploited)|groomed|molested|trafficked|abused|enslaved"
    r"|forced\s(?:into|to\s(?:marry|work)))"
)
# The name is the victim's: what follows it, and what stands before it.
_DONE_TO = lazy.regex(
    rf"""(?:\s?[,(]\s?\d{{1,3}}\)?)?[,:;-]?\s(?:who\s|that\s|she\s|he\s|when\s|had\s)*
    (?:(?:says?|said|claims?|told\s\w+|alleges|reported)\s(?:that\s)?(?:she|he)\s(?:was|had\sbeen)\s|(?:was|were|is|has\sbeen|had\sbeen|been|being|got)\s)
    (?:\w+\s){{0,2}}?{_SEXUAL}\b
    |[,:]?\s(?:[^.!?\n]{{0,60}}\s)?(?:she|he)\s(?:was|had\sbeen)\s(?:\w+\s)?{_SEXUAL}\b
    |\s[^.!?\n]{{0,40}}\b(?:story|experience|account|memories)\sof\sbeing\s(?:\w+\s)?{_SEXUAL}\b
    |(?:'s)\s(?:rape|ordeal|abuse|rapist|abuser|attacker)\b
    |\s(?:for\s|on\s|in\s)?(?:reporting|surviving|speaking\sabout|telling\s\w+\sabout)\s(?:her|his|the)\s(?:rape|abuse|attack|assault)
    |\swhen\s(?:he|she)\swas\s\w+
    |[,:]?\s(?:whose|her|his)\s[^.!?\n]{{0,60}}\b(?:raped|abused|assaulted|attacked|groomed|forced|trafficked)\s(?:her|him)\b
    |[^.!?\n]{{0,50}}\b(?:facing|confronting|identifying|escaping|surviving)\s(?:her|his)\s(?:rapist|abuser|attacker|trafficker|ordeal)
    |[^.!?\n]{{0,40}}\b(?:her|his)\s(?:husband|father|uncle|family|parents|dad|mum|mother|boyfriend|ex|boss)\s(?:had\s)?(?:forced|raped|abused|sold|made|groomed)
    |,?\s(?:the\s)?(?:boy|girl|teenager|woman|man|victim|child)\s(?:at\sthe\scentre|in\sthe)\b
    |\s[^.!?\n]{{0,40}}\b(?:to\s)?(?:report|reported|accused?|accuses|complained\sabout)\s[A-Z]\w+""",
    re.VERBOSE | re.IGNORECASE,
)
_IS_VICTIM = lazy.regex(
    rf"""(?:(?:rape|assault|abuse|trafficking|grooming|slavery|marriage|fgm|sex\w*\s\w+)\s)?(?:victim|survivor|complainant)s?
        (?:\sof(?:\s\w+){{1,4}}?)?(?:\sis|\swas|\s?,|:|\scalled|\snamed)?\s$
    |(?:the\s(?:girl|boy|woman|man)|she|he)\swho\s(?:accused|reported|was|says)[^.!?\n]{{0,60}}\s(?:is|was)\s$
    |{_SEXUAL}\s(?:and\s\w+\s)?$
    |\b(?:raped|abused|groomed|assaulted|molested|attacked)\s(?:\w+\s)?$
    |(?:supporting|with|thank\syou\sto|well\sdone(?:\sto)?|so\sbrave|brave)\s$
    |(?:rape|abuse|assault|grooming|molest\w*)\s(?:of|against|on)\s(?:(?:poor|young|little|brave)\s)?$""",
    re.VERBOSE | re.IGNORECASE,
)
# The name is that of the accused.
_DOER_AFTER = lazy.regex(
    r"""(?:\s?[,(]\s?\d{1,3}\)?)?,?(?:\s(?:of|from)\s[\w\s,]{1,50}?)?,?\s(?:(?:who|has|have|had|was|is|will|been|be|now|also|today|finally)\s){0,4}
    (?:jailed|convicted|charged|sentenced|found|pleaded|arrested|remanded|admitted|raped|groomed|abused|assaulted|molested|forced
    |locked|appear|on\strial|stands|faces|trafficked\s(?:\w+\s)?(?:women|girls|children|men|people))\b|,?\s(?:is\s)?behind\sbars""",
    re.VERBOSE | re.IGNORECASE,
)
_DOER_BEFORE = lazy.regex(
    r"(?:jailed|charged|sentenced|convicted|guilty|rapist|paedophile|pervert|abuser|offender|accused|defendant|trafficker|footballer"
    r"|by|against)[:,]?\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_DEAD = lazy.regex(
    r"\b(?:murder|killing|death|manslaughter|loss)\s(?:of\s)?(?:\w+[\s-]){0,3}$|\bmurdered\s$", re.IGNORECASE
)
_DIED = lazy.regex(
    r".{0,25}?\b(?:(?:was|were|been)\s(?:\w+\s)?(?:murdered|killed|stabbed\sto\sdeath|fatally)|died|dies|lost\s(?:his|her)\slife)\b",
    re.IGNORECASE,
)


class Anonymity(Worded, CueRule):
    """Flags whatever tells who somebody is that the law keeps anonymous.

    Victims of sexual offences, of female genital mutilation, forced marriage and trafficking are anonymous for life
    from the allegation on, and a child in court until it is eighteen. A name breaks that; so do a school, a street,
    a job, or the relation to a named accused, which neighbours put together. Instead, leave out either the
    accused's name or the relation, and all that is particular. A waiver or a lifted order must be an approval
    (``court``). A child that was killed is a warning. Limits: it cannot tell what other posts have given away.
    """

    name = "court/anonymity"
    vocabulary = "court/anonymity"
    clauses = ("4.10", "4.13")
    severity = Severity.ERROR
    scope = "court"
    message = "This tells who somebody is whom the law keeps anonymous."
    advice = "Leave out the name, the relation, the school, the street and the job. Ask {press_office}."
    examples = (
        Flag("Rape victim «Sarah Example» gave evidence today."),
        Flag("We are supporting «Jade Harcastle», who was sexually assaulted last night."),
        Flag("Jailed: Peter Sample «raped his 12-year-old stepdaughter» over three years."),
        Flag("«Tyler Pellow» (15) has been charged with robbery."),
        Flag("The girl was raped on her way home. She is «a pupil at Kingshurst» Academy."),
        Flag("Tom Wadsley has been charged with the murder of «Kian Thrale», 16.", severity=Severity.WARNING),
        Pass("A man has been jailed for 12 years for raping a woman in Selly Oak."),
        Pass("Peter Sample, 46, has been jailed for 14 years for rape."),
        Pass("A 15-year-old boy has been charged with robbery."),
        Pass("DC Sarah Example from our rape team won an award."),
        Pass("Have you seen missing 15-year-old Tyler Pellow?"),
        Pass("Cadet Jayden Sample, 14, won the bravery award at the crown court."),
        Pass("If you have been raped, we will listen to you."),
    )

    def judged(self, match: CueMatch, surface: Surface, document: Document) -> Iterator[Finding]:
        text, kind = surface.text, match.reading.name
        if kind in ("told by details", "wording"):
            yield from super().judged(match, surface, document)
            return
        low, high = max(0, match.start - 2 * _NEAR), match.end + 2 * _NEAR
        near = [name for name in document.read(names, surface) if low <= name.start < high and name.bearer != "officer"]
        if kind.startswith("named by relation"):
            if any(name.bearer != "public" and not _is_victim(text, name) for name in near):
                yield from super().judged(match, surface, document)
            return
        for name in near:
            if kind == "a child in proceedings" and name.bearer == "child":
                yield self._named(surface, name, match, dead=_is_dead(text, name))
            elif kind == "a named victim" and name.bearer != "public" and _is_victim(text, name):
                yield self._named(surface, name, match, dead=False)

    def _named(self, surface: Surface, name: Name, match: CueMatch, *, dead: bool) -> Finding:
        return self.finding(
            surface,
            surface.span(name.start, name.end),
            severity=Severity.WARNING if dead else None,
            confidence=Confidence.MEDIUM,
            message="This names a child that was killed. The press office decides on it."
            if dead
            else match.reading.message,
            data={"reading": match.reading.name},
            # The force's own voice names a child that was killed, once the family agrees.
            scope="incident" if dead else None,
        )


def _is_victim(text: str, name: Name) -> bool:
    before = text[max(0, name.start - _NEAR) : name.start]
    if _DOER_BEFORE.search(before) or _DOER_AFTER.match(text, name.end):
        return False
    return _DONE_TO.match(text, name.end) is not None or _IS_VICTIM.search(before) is not None


def _is_dead(text: str, name: Name) -> bool:
    before = text[max(0, name.start - 40) : name.start]
    return _DEAD.search(before) is not None or _DIED.match(text, name.end) is not None
