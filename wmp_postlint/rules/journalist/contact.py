"""Dealing with journalists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from wmp_postlint.analysis.journalists import (
    PressHandle,
    answered_press,
    press_asked,
    press_handles,
    role_words,
    sentences,
)
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.analysis.tokens import tokens
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_CHEAP = re.compile(
    (
        "press|media|journ|report|editor|news|off[ -](?:the|record)|unattrib|release|quote|interview|embargo"
        r"|crew|broadcast|correspondent|article|piece|programme|photocall|photo call|\bldr"
        "|story|picture desk|prrequest|outlets|bulletin|feature|documentary|readers|viewers"
        "|listeners|comment"
    ),
    re.IGNORECASE,
)
_MAX_FINDINGS = 20
_MAX_HANDLES = 40


@dataclass(frozen=True)
class _Vocabulary:
    address: tuple[str, ...]
    pass_on: tuple[str, ...]
    audience: tuple[str, ...]
    kind_words: tuple[str, ...]
    office: tuple[str, ...]


@dataclass(frozen=True)
class _Patterns:
    phrases: tuple[re.Pattern[str], ...]
    addressed: re.Pattern[str]
    passed_on: re.Pattern[str]
    audience: re.Pattern[str]
    kind: re.Pattern[str]
    act: re.Pattern[str]
    strong_act: re.Pattern[str]
    referral: re.Pattern[str]
    press_context: re.Pattern[str]
    news_mail: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = load_vocabulary("journalist/contact", _Vocabulary)
    role = any_of(role_words())
    press = rf"(?:{role}|press|media|outlets?)"
    group = (
        "(?:the |all |any |local |our |your |some |national |regional |more |other |interested "
        f"|members of |of |and ){{0,4}}{press}"
    )
    contact = (
        "(?:call|ring|phone|text|e-?mail|message|dm|whatsapp|contact|get in touch|get hold of"
        "|speak to|come back to|follow)"
    )
    product = (
        "(?:article|piece|programme|bulletin|broadcast|feature|documentary|readers|viewers"
        "|listeners|newspaper|news story)"
    )
    words_for = r"(?:quotes?|comment|interviews?|statement|soundbite|sound bite|clip|exclusive|press pack)"
    phrases = (
        (
            r"(?<!no such thing as )(?<!no such thing as ')(?<!no such thing as \")(?<!nothing is )"
            r"(?<!never )(?<!knocked )(?<!seconds )(?<!minutes )(?<!points )\boff[ -]the[ -]record\b"
            "(?!s|-breaking| player| shelf| shop| label| deck| books| for (?:our|the))"
        ),
        r"\bnotes? (?:to|for) (?:the )?editors?\b(?! of)",
        r"(?<!the )(?<!an )(?<!his )(?<!her )(?<!their )\bfor immediate release\b(?! (?:of|from|on))",
        r"\bany (?:local |other )?(?:press|media)\b (?:wanting|who|that|interested|can|is|are|out there|around)\b",
        rf"\b(?:welcome|inviting|invite|love|would like|we'd like) {group}\b (?:to|along|at|in)\b",
        (
            rf"\b(?:spoke|spoken|talked|chatted|met) (?:to|with) (?:an?|the|some) (?:\w+ )?{role}\b[^.!?\n]"
            rf"{{0,40}}\b(?:gave|told|sent|explained|confirmed|filled|let)\b"
        ),
        r"\bunattributabl[ey]\b|\boff record(?=[,:])",
        (
            r"\b(?:you|who|anyone) works? (?:for|at) an? (?:\w+ ){0,2}(?:newspaper|paper"
            r"|news \w+|radio station|tv \w+|broadcaster|magazine)\b(?=[^.\n]{0,60}\b(?:message"
            r"|dm|call|ring|contact|e-?mail|get in touch)\b)"
        ),
        r"#(?:journo ?requests?|prrequest|journorequest)\b",
        (
            r"(?:^|(?<=[\n.!?|]))[^\w\n]{0,6}(?:\w+ )?(?:press|media|news) (?:release|statement"
            "|notice|advisory|alert|invite|invitation|opportunity|call|facility|briefing"
            r"|bids?|update)\b(?=[ \t]*[:|\-]| (?:at|on|today|tomorrow|this|for all|for the"
            r"|to me|to us|by)\b)"
        ),
        (
            r"\b(?:press|media) bids\b|\b(?:photo ?call|photo opportunity|photo op|press call"
            rf"|media call)\b(?=[^.!?\n]{{0,40}}\b{press}\b)"
        ),
        (
            r"\b(?:attention|calling|dear|hello|hi|hey|morning|fao|attn|breaking for|news for"
            f"|update for|message (?:to|for)|note to|for the attention of|good news for|one for),? {group}"
            r"\b(?! (?:of|literacy|students?|attention|watch|up\b))"
        ),
        (
            r"(?<!thanks )(?<!thank you )(?<!known )\b(?:any|are you an?|if you'?re an?"
            r"|if you are an?|if any|to the|to all|looking for an?"
            rf"|would (?:an?|any)|love an?|like an?|want an?) (?:local |interested |\w+ )?{role}\b"
            "(?! (?:and|or) (?:witness|victim))(?! scheme)"
        ),
        (
            rf"(?<![-\w])(?<!by )(?<!with )(?:{role}|local press|press|media|local media)\b"
            "(?: wishing| wanting| interested| who (?:want|wish|would like)| that want| looking)?"
            rf"(?: \w+){{0,3}}? (?:are (?:welcome|invited)|is (?:welcome|invited)|welcome"
            rf"(?! the)|invited\b(?! the)|can (?:{contact}|come|attend|join|film|have|get"
            f"|ask)|may {contact}|should {contact}|please {contact}|{contact} (?:me|us)|get in touch"
            r"|(?:to |should )meet (?:at|outside|by|us|me)|only\b)"
        ),
        (
            rf"(?<!\w)(?<!crime )(?<!incident )(?:{role}|press|media)s?[,:;!] "
            r"?(?:please |just )?(?:(?:photos?|pictures?|footage|video|images?|details) (?:are |is )?available"
            rf"|{contact}|we|i|here|get|want|our|you)\b"
        ),
        r"\beditors?[!:,] ",
        (
            rf"\b(?:i|we|i'm|we're|i'll|we'll|i've|we've|i'd|we'd)\b[^.!?\n]{{0,30}}?\b(?:brief"
            "(?:ing|ed)?|tip(?:ping|ped)? off|updat(?:e|ing|ed)|tell(?:ing)?|told|speak"
            "(?:ing)? (?:to|with)|talk(?:ing)? (?:to|with)|spoken (?:to|with)|meet(?:ing)?"
            "|email(?:ing|ed)?|messag(?:e|ing|ed)|sent|send(?:ing)?|given|giving|invit(?:e"
            r"|ing|ed)|contact(?:ing|ed)?|call(?:ing|ed)?|ring(?:ing)?|pass(?:ed|ing)?(?: on)?)\b"
            rf"(?: \w+){{0,6}}? (?:to )?{group}\b(?! (?:office|team|officer|release|centre"
            "|suite|studies|students?|literacy|desk|officers|relations))"
        ),
        (
            rf"\b(?:your|the|their|our|a|this|that) (?:{role}|producer|news editor|photographer"
            rf"|picture editor)s?\b(?: \w+){{0,3}}? {contact}\b|\b{contact}\b(?: \w+){{0,3}}? "
            rf"(?:your|the|their|our) (?:own )?(?:{role}|producer|news editor)s?\b(?! of)"
            rf"|\b(?:can|could|will|would|please|ask)\b(?: \w+){{0,6}}? (?:from |of )?(?:your"
            rf"|the) (?:{role}|producer)s?\b"
        ),
        (
            rf"\b(?:i|we|i'm|we're|i'll|we'll|i've|we've)\b[^.!?\n]{{0,40}}?\byour (?:{role}"
            r"|producer|news editor|photographer)s?\b"
        ),
        (
            r"\b(?:statement|quote|comment|lines?|interview|words|pictures?|footage|images?"
            f"|photos?) (?:is |are )?for (?:the (?:press|media|papers|news)|{role}|your "
            rf"(?:story|report|{product}))\b"
        ),
        (
            rf"\bfor your {product}\b|\bfor your story\b(?= on|:|,)|\b(?:you're|you are|your) "
            "(?:writing|doing|running|working on|publishing) (?:an?|the|your) (?:news )?"
            rf"(?:story|{product})\b|\bthe (?:story|article|piece) you(?: are|'re) (?:writing"
            r"|running|working on|publishing)\b"
        ),
        (
            rf"\b(?:{contact}|shout|ask)(?: \w+){{0,3}}? (?:me|us|my inspector|my sergeant)\b[^.!?\n]{{0,40"
            rf"}}?\b(?:for|if you(?:'d like| would like|'d want| need| want)) (?:an? )?(?:\w+ )?{words_for}"
            r"\b(?! (?:advice|tips|for your car|on your (?:car|home)))"
        ),
        (
            r"\b(?:give|offer|send|get|provide|let) you(?: all)?(?: have)? (?:an? |our |some "
            rf"|the |another )?(?:\w+ )?(?:{words_for}|few words|spokesperson|spokesman|spokeswoman"
            r"|line to take)\b"
        ),
        (
            r"\bhappy to (?:be quoted|(?:do|give|offer|provide|arrange|be available for|set up) "
            f"(?:an? |some |any |media |press |radio |tv )*(?:{words_for}|media|press|radio"
            rf"|tv)|(?:talk|speak|chat) to {group})\b"
        ),
        (
            r"\b(?:available|free|up|around|open|here) for (?:an? )?(?:media |press |tv "
            r"|radio |live |phone |zoom )?(?:interviews?|comment)\b(?! (?:next|in|on) )(?<!must be availab"
            "le for interview)(?! (?:if|and (?:fitness|vetting)))"
        ),
        (
            r"\binterviews? (?:is|are)? ?(?:available|can be arranged|offered|on offer|on request)\b"
            "(?! (?:dates|slots|practice))"
        ),
        (
            r"\b(?:you can|you may|feel free to|please|do) (?:quote me|quote us|quote this"
            "|use (?:this|that) (?:quote|statement|line)|use (?:our|my|this|the) (?:photos?"
            "|pictures?|video|footage|images?) (?:in|on|for) (?:your )?(?:the )?(?:story"
            rf"|{product}|paper|news|website|bulletin))\b"
        ),
        (
            r"\b(?:embargo\w*)\b(?=[^\n]{0,200}\b(?:press|media|journalists?|reporters?|newsdesks?"
            r"|editors?|outlets)\b)|\b(?:press|media|journalists?|reporters?|newsdesks?|editors?"
            r"|outlets)\b[^\n.]{0,80}\bembargo\w*"
        ),
        (
            r"\b(?:exclusive|tip-?off|scoop|heads[ -]up) (?:story |for )+(?:the |local |our )*"
            r"(?:press|media|papers?|news|outlets?)\b"
        ),
    )
    office = any_of(words.office)
    return _Patterns(
        phrases=tuple(re.compile(phrase, re.IGNORECASE) for phrase in phrases),
        addressed=re.compile(rf"(?:[^\w@]|@\w+|(?<!\w)(?:{any_of(words.address)})(?!\w)){{0,30}}$", re.IGNORECASE),
        passed_on=re.compile(rf"(?<!\w){any_of(words.pass_on)}\W{{0,4}}(?:@\w+\W{{1,3}}){{0,5}}$", re.IGNORECASE),
        audience=re.compile(rf"\W{{0,2}}\s?{any_of(words.audience)}(?!\w)", re.IGNORECASE),
        kind=re.compile(
            (
                rf"[\W_]*(?:@\w+\W+){{0,6}}(?:(?:yes|no|ah|oh|so|many|very|really|a|such|what"
                rf"|that'?s|we|it was|you were|you are|you're)\W+){{0,2}}{any_of(words.kind_words)}(?!\w)"
            ),
            re.IGNORECASE,
        ),
        act=re.compile(
            r"(?<!\w)(?:you|your|ya|u|ur|yours|(?:we|i)(?: have|'ve| can|'ll| will| could"
            "|'d| would| had)|happy to|here (?:is|are)|here's|attached|please|dm|call"
            "|ring|e-?mail|contact|let (?:me|us)|"
            "get in touch|give (?:me|us)|follow (?:me|us)|yes|no|confirm(?:ed|ing)?|re"
            "|statement|that'?s (?:not |in)?(?:correct|right|wrong|true|untrue)|not "
            r"(?:true|correct)|available|inaccurate|our (?:\w+ )?(?:inspector|sergeant"
            r"|superintendent|chief|spokes\w+|officer) (?:is|will|can))(?!\w)",
            re.IGNORECASE,
        ),
        strong_act=re.compile(
            r"\b(?:i'll|we'll|i will|we will|i can|we can|can you|could you|will you|would you"
            rf"|please|let's|let me|i've|we've)\b[^.!?\n]{{0,30}}?\b(?:{contact}|send|come"
            r"|talk|meet|arrange|give|do|bring|offer|film|put you)\b"
            rf"|\b(?:{contact}|give) (?:me|us)\b|\byour (?:producer|reporter|journalist"
            r"|newsdesk|editor|researcher|news ?room|colleague)\b|\bdm\b|\bfor you\b|\bhappy to\b"
            r"|\bfancy\b",
            re.IGNORECASE,
        ),
        referral=re.compile(
            (
                rf"\b(?:{office})\b|\b(?:press|media)[\w ]{{0,12}} (?:enquir|inquir|quer)\w+ "
                rf"(?:to|should|must|go|via|on)\b|(?<![\w.+-])[\w.+-]{{0,24}}(?:press|media"
                rf"|newsroom|comms|communications)[\w.+-]{{0,24}}@[\w.-]{{0,40}}police\.uk"
            ),
            re.IGNORECASE,
        ),
        press_context=re.compile(
            (
                rf"(?<!\w)(?:{role}|(?:press|media) (?:enquir|inquir|quer|request)\w+|(?:press"
                r"|media) and public|members of the press)(?!\w)"
            ),
            re.IGNORECASE,
        ),
        news_mail=re.compile(
            (
                r"^(?:news|newsdesk|newsroom|news\.?desk|editor|editorial|newstips|tips|picturedesk"
                "|pictures|reporters?|journalists?)@"
            ),
            re.IGNORECASE,
        ),
    )


class Contact(TextRule):
    """Flags dealing with journalists: addressing, answering, inviting, briefing or tipping off the press.

    Dealing with the press is for Corporate Communications alone, in posts, replies and direct messages, so that one
    force speaks with one voice and nothing prejudices a case. Instead, give the journalist the press office's details;
    a reply that does only this is advice. Naming or promoting an outlet, and thanking it, is no contact. Limits: a
    journalist is known by the pack's list of outlets, by the handle, or by the words of the post that is answered.
    """

    name = "journalist/contact"
    clauses = ("4.20",)
    severity = Severity.ERROR
    message = "This deals with a journalist or an outlet directly."
    advice = "Take it out. Send journalists to {press_office}, and let that team answer."
    scope = "journalist"
    examples = (
        Flag("«@bbcmtd can you give me a ring about last night's story?»"),
        Flag("Big raid today. «cc @birmingham_live @bbcmtd»"),
        Flag("«Hi @ExpressandStar, we've got footage for you.»"),
        Flag("«Off the record», he was known to us."),
        Flag("«DM me for a quote» on the knife amnesty."),
        Flag("«Media are invited» to film the crushing at ten."),
        Flag("«NOTES TO EDITORS»: pictures attached."),
        Flag("«#journorequest» I can talk about response work."),
        Flag("Send your pictures to «newsdesk@expressandstar.com» as well."),
        Flag(
            "«Yes, we were called at three. One man is in hospital.»",
            post={
                "kind": "reply",
                "in_reply_to": {"handle": "@birmingham_live", "text": "Can you confirm the stabbing?"},
            },
        ),
        Flag(
            "«Sure, go ahead!»",
            post={
                "kind": "reply",
                "in_reply_to": {"handle": "pat_w", "text": "Hi, I'm a reporter with the Gazette, can we use this?"},
            },
        ),
        Flag(
            "«Hi, please contact our press office on 0121 496 0999.»",
            post={"kind": "reply", "in_reply_to": {"handle": "jane_reporter", "text": "Any comment on the crash?"}},
            severity=Severity.INFO,
        ),
        Flag("«Media enquiries should go to our press office.»", severity=Severity.INFO),
        Pass("Catch us on @BBCTwo at 8pm, can you spot PC Ali?"),
        Pass("As seen on @SkyNews: our dog unit. Thanks to @bbcwm for having us!"),
        Pass("Read more in the @ExpressandStar"),
        Pass("Motoring journalist Sam Roads gives tips on winter driving."),
        Pass("Newsdesk vacancy! Follow us on social media."),
        Pass("The family ask the press to respect their privacy."),
        Pass("There's no such thing as off the record on social media, cadets heard."),
        Pass("Calls for the immediate release of the hostages grew."),
        Pass("@erdington_resident thanks, can you DM us the details?"),
        Pass("RT @birmingham_live: Man jailed after raid"),
        Pass(
            "Great day, well done cadets!",
            post={"kind": "reply", "in_reply_to": {"handle": "ExpressandStar", "text": "Cadets pass out at Tally Ho"}},
        ),
        Pass(
            "Sorry to hear that. Please report it on 101.",
            post={"kind": "reply", "in_reply_to": {"handle": "jane_b", "text": "Can you help? My car was stolen"}},
        ),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        if surface.kind not in ("body", "alt", "caption", "unseen"):
            return
        answered = answered_press(document) if surface.kind == "body" else None
        text = surface.text
        spoken = bool(_CHEAP.search(text))
        if answered is None and not spoken and "@" not in text:
            return
        parts = sentences(text)
        patterns = _patterns()
        spans = [] if answered is None else list(_answer(text, parts, document))
        if spoken:
            spans.extend(_phrases(text, parts))
        handles = document.read(press_handles, surface)
        spans.extend(_addressing(text, parts, handles))
        spans.extend(_mails(surface, document))
        merged = _merge(spans)
        for start, end in merged[:_MAX_FINDINGS]:
            yield self.finding(surface, surface.span(start, end))
        if merged or not (answered or handles or patterns.press_context.search(text)):
            return
        for start, end in parts:
            if patterns.referral.search(text, start, end) and (
                answered or _directs(text[start:end], handles, start, end)
            ):
                yield self.finding(
                    surface,
                    surface.span(start, end),
                    severity=Severity.INFO,
                    message="This sends a journalist to the press office, which is right.",
                    advice="Say no more than this, and let {press_office} know who asked.",
                )
                return


def _directs(sentence: str, handles: tuple[PressHandle, ...], start: int, end: int) -> bool:
    """Whether a sentence sends somebody of the press to the office, rather than only naming both."""
    if not re.search(
        (
            r"\b(?:contact|ring|call|phone|e-?mail|speak|talk|go|through|via|should|direct\w*"
            r"|get in touch|please|to)\b"
        ),
        sentence,
        re.IGNORECASE,
    ):
        return False
    return any(start <= handle.start < end for handle in handles) or bool(
        re.search(
            r"journalist|reporter|(?:media|press) (?:enquir|inquir|quer|request)|press office|media team",
            sentence,
            re.IGNORECASE,
        )
    )


def _is_referral(sentence: str) -> bool:
    return bool(_patterns().referral.search(sentence))


def _answer(text: str, parts: tuple[tuple[int, int], ...], document: Document) -> Iterator[tuple[int, int]]:
    """The answer to a journalist, unless it only sends them to the press office, thanks or greets."""
    patterns = _patterns()
    substance = [
        (start, end) for start, end in parts if re.search(r"\w", text[start:end]) and not _is_referral(text[start:end])
    ]
    rest = [
        (start, end)
        for start, end in substance
        if not patterns.kind.match(text, start, end) or patterns.strong_act.search(text, start, end)
    ]
    if not rest:
        return
    if press_asked(document) or document.post.kind == "direct_message":
        yield (rest[0][0] if len(substance) > len(rest) else parts[0][0]), parts[-1][1]
    elif any(patterns.strong_act.search(text, start, end) for start, end in rest):
        yield rest[0][0], rest[-1][1]


def _phrases(text: str, parts: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    for pattern in _patterns().phrases:
        for match in pattern.finditer(text):
            start = (
                match.start()
                + len(match.group())
                - len(match.group().lstrip(" \n\t*|-.!?:#" if "#" not in match.group() else " \n"))
            )
            end = next((b for a, b in parts if a <= start < b), match.end())
            following = next((b for a, b in parts if a >= end), end)
            if not _is_referral(text[text.rfind("\n", 0, start) + 1 : following]):
                yield start, max(start + 1, start + len(text[start : match.end()].rstrip(" ,:;!|")))


def _addressing(
    text: str, parts: tuple[tuple[int, int], ...], handles: tuple[PressHandle, ...]
) -> Iterator[tuple[int, int]]:
    """Sentences that speak to an outlet or a journalist by handle, and not about one."""
    patterns = _patterns()
    for handle in handles[:_MAX_HANDLES]:
        start, end = next(((a, b) for a, b in parts if a <= handle.start < b), (handle.start, handle.end))
        end = max(end, handle.end)
        lead, tail = text[max(start, handle.start - 200) : handle.start], text[handle.end : min(end, handle.end + 240)]
        rest = text[handle.end : handle.end + 240]
        if _is_referral(text[max(start, handle.start - 400) : handle.end + 400]) or _is_referral(rest):
            continue
        if passed := patterns.passed_on.search(lead):
            yield start + passed.start(), end
        elif patterns.addressed.match(lead[-120:]) and re.sub(r"@\w+", "", lead).count(" ") < 8:
            thanked = patterns.kind.match(re.sub(r"^\W+", "", rest)) or re.match(
                r"\W*(?:thank|cheers)", lead, re.IGNORECASE
            )
            if patterns.audience.match(tail) and not patterns.strong_act.search(tail):
                continue
            if patterns.strong_act.search(rest) or (
                not thanked and (handle.press == "journalist" or patterns.act.search(rest))
            ):
                yield start, end
        elif re.search(
            (
                r"\b(?:ring|call|phone|e-?mail|dm|message|contact|get in touch with|follow"
                r"|speak to)\b[ \w]{0,12}\b(?:me|us)\b[^@]{0,20}$"
            ),
            lead,
            re.IGNORECASE,
        ) and not re.search(r"\b(?:on|in|at|from|with|by|via)\W*$", lead, re.IGNORECASE):
            yield start, end


def _mails(surface: Surface, document: Document) -> Iterator[tuple[int, int]]:
    policy = document.policy
    for token in document.read(tokens, surface):
        if token.kind != "email":
            continue
        domain = token.text.rpartition("@")[2].lower()
        if domain.endswith("police.uk"):
            continue
        ours = any(
            domain == known or domain.endswith(f".{known}") for outlet in policy.outlets for known in outlet.domains
        )
        if ours or _patterns().news_mail.match(token.text):
            yield token.start, token.end


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
