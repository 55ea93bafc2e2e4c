"""What stands around a word: quotation, reported speech, condemnation, a name, somebody it is thrown at.

Each function reads folded text in which a stretch was found. None hides a finding but a clear name; the rest lower
it or raise it, and say why.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from wmp_postlint import lazy
from wmp_postlint.analysis.lexicon import any_of, load_vocabulary
from wmp_postlint.document import Document
from wmp_postlint.lazy import Record
from wmp_postlint.text import Text

_QUOTED = lazy.regex(
    r"""(?<![\w"])"(?=\S)[^"\n]{1,400}(?<=\S)"(?!\w)
     | (?<![\w'])'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w)){1,400}(?<=\S)'(?!\w)""",
    re.VERBOSE,
)
# The publisher's own "I say" and "we call" report nobody.
_NOT_PHONED = r"(?!\s(?:us|101|999|police|in|for|out|to|at|on|by|about|from|back|off|the\spolice)\b)"
_REPORTING = lazy.regex(
    rf"""(?<!\bi\s)(?<!\bwe\s)(?<!\bi'd\s)(?<!\blet's\s)\b(?:
      (?:was|were|been|being|got|gets|be|is|are|is\ it\ ok\ to|ok\ to|acceptable\ to)\s(?:called|labelled
        |branded){_NOT_PHONED}
    | call(?:ed|ing|s){_NOT_PHONED} | shout(?:ed|ing|s)? | scream(?:ed|ing|s)? | yell(?:ed|ing|s)?
     | chant(?:ed|ing|s)? | heckl(?:ed|ing) | hurl(?:ed|ing)
    | (?:using|hearing|heard|hear|reading|typing)(?=\s(?:\w+\s){{0,2}}$)
    | (?:comments?|statements?|slogans?|things|lines|posts?|tweets?|opinions?|claims?|remarks?|views?|stuff|jokes?)
      \s(?:such\sas|like)
    | said | say(?:ing|s) | used\ the | us(?:e|es|ing)\ the\ (?:word|term|phrase|slur|n\ word)
     | (?:word|term|phrase|slur|insult|expression|epithet)s?
    | describ(?:ed|es|ing)(?:\s\w+){{1,3}}\sas | referr(?:ed|ing)\ to(?:\s\w+){{1,3}}\sas
     | refer(?:s)?\ to(?:\s\w+){{1,3}}\sas | label(?:led|ling) | branded
    | graffiti | graffitied | daubed | sprayed | spray-painted | painted | scrawled | scratched | etched
     | written | writ(?:es|ing) | wrote | texted | tweeted | posted | messaged | replied | responded
    | (?:moan|rant|jok|go|bang|laugh)(?:s|es|ed|ing|ned)?\ (?:on\ )?(?:about|at)
    | (?:comments?|jokes?|memes?|posts?|rants?|remarks?|songs?|stories|tweets?|videos?)\ about
    | tells?\s(?:me|us|him|her|them|you|people)
    | to\ (?:read|hear|see)\ (?:that|how)
    | told\s(?:\w+\s){{1,4}}(?:to|that|they|he|she|was|were) | abused\s(?:\w+\s){{1,4}}(?:as|by|with) | mocked
     | taunted | lyrics?
    )\b[^.!?\n]{{0,80}}$""",
    re.VERBOSE,
)
_REPORTED_AFTER = lazy.regex(
    r"""^[^.!?\n]{0,60}?["',!?]?\s*(?:(?:he|she|they|the\ (?:man|woman|male|female
        |suspect|driver
        |defendant|offender|caller)|one\ of\ them)\s(?:said|shouted|screamed|yelled|told|wrote|replied|chanted)
        |(?:was|were)\s(?:shouted|daubed|sprayed|chanted|screamed|scrawled|painted|written|said)\b)""",
    re.VERBOSE,
)
_CONDEMNED = lazy.regex(
    r"""\b(?: not?\ (?:be\ |is\ )?(?:tolerated?|acceptable|ok|okay|funny|banter)
     | (?:isn't|aren't|never|wasn't)\s(?:ok|okay|acceptable|funny|banter) | unacceptable | no\ place | no\ room
     | zero\ tolerance | no\ excuse\ for\ (?:using|calling|saying)
    | (?:do\ not|don't|never|stop|should\ not|shouldn't|must\ not|mustn't|can't|cannot|nobody\ should
        |no\ one\ should|no-one\ should|would\ not|wouldn't|would\ never|couldn't)
        \s(?:\w+\s){0,2}(?:call|calling|say|saying|use
        |using|refer|referring|shout|shouting|be\ called)
    | hate\ (?:crimes?|speech|incidents?)
    | (?:racist|racial|homophobic|transphobic|disablist|ableist|sexist|misogynistic|antisemitic|anti-semitic
        |sectarian|islamophobic)\ally\ ?abus\w+
    | (?:racist|racial|homophobic|transphobic|disablist|ableist|sexist|misogynistic|antisemitic|anti-semitic
        |sectarian|islamophobic|offensive|derogatory|hurtful|abusive|hateful|disablist)\ (?:abuse|slurs?
        |language|terms?|words?|graffiti|insults?|chant\w*|remarks?|comments?|name-?calling|messages?|attack
        |thing|way)
    | racially\ (?:abused|aggravated|abusive)
     | is\ (?:a\ )?(?:racist|racism|homophobic|hateful|hate|offensive|disgusting|derogatory|wrong|a\ slur
        |an\ insult|hurtful|ableist|transphobic|sexist|misogynistic|degrading|abuse|bullying)
    | (?:saying|calling|using)\b.{0,60}\b(?:is|makes|shows|hurts) | report\ (?:it|hate|abuse)
     | (?:against|condemn|challenge|tackle|fight)\ (?:racism|homophobia|hate|abuse|misogyny|transphobia
        |discrimination|bullying)
    | (?:who|you|people|someone|anyone)\s(?:still\s|who\s|to\s)?(?:says?|uses?|calls?|claims?|thinks?|believes?
        |tweets?|posts?|writes?|shouts?|spreads?)\b
    | (?:only|how|would|could|can|still|to)\s(?:\w+\s){0,3}(?:think|say|believe|claim|write|suggest)\s(?:that\s)?
    | (?:your|his|her|their|the)\s(?:claim|comment|statement|tweet|idea|belief|view|lie)s?\b
    | (?:(?:got|was|were|been|be|get|gets|is|are)\ (?:suspended|sacked|fired|fined|arrested|charged
        |jailed|banned|sent\ home)|lost\ (?:his|her|their)\ jobs?)\ (?:for|over|after)\b
    | (?:rightly|quite\ right|serves\ \w+\ right)\ (?:so|too)\b
    | pull(?:ed|ing|s)?\ (?:\w+\ ){1,4}up\b | call(?:ed|ing|s)?\ (?:\w+\ ){0,3}out\b | have\ a\ word\ with
    | st(?:and|ands|ood)\ up\ (?:to|against|for) | shame\ on\ (?:whoever|anyone|anybody|those|everyone)
    | still\ (?:be\ |being\ |get\ )?(?:heard|said|used|shouted|chanted|acceptable)
    | bigots?\b | despicable | disgraceful | hateful )""",
    re.VERBOSE,
)
# Words about words, in the sentence of a slur: it is more likely spoken of than spoken.
_UTTERED = lazy.regex(
    rf"""\b(?: (?:say|hear|mutter|whisper|utter|repeat|chant|sing|shout|yell|scream|label|tweet|joke|spell)
        (?:s|d|ed|ing)?
     | said | heard | sang | sung | typing | (?:post|call)(?:s|ed|ing){_NOT_PHONED} | using | uses? | used
     | words? | terms? | phrases? | slurs? | insults? | language | nicknames? | captions? | hashtags? )\b""",
    re.VERBOSE,
)
_DENIED = lazy.regex(r"(?:\b(?:not|never)|n't)\s(?:(?:an?|all|any|some|just|the)\s){0,2}$")
_SENTENCE_END = lazy.regex(r"[.!?;\n]\s")
_RECLAIMED = lazy.regex(
    r"\b(?:proud(?:\sto\sbe)?|fellow|we|us|i'm|i\sam|as|my|reclaim(?:ed|ing|s)?(?:\sthe(?:\sword)?)?)"
    r"\s(?:an?\s|the\s)?(?:proud\s|old\s)?$"
)

_OF_ONESELF = lazy.regex(
    r"\b(?:i'm|im|i\sam|i\swas|i\s(?:feel|felt|look|looked)|(?:makes?|made)\sme\s(?:feel|look))\s"
    r"(?:(?:so|such|an?|being|like|just|really|a\sbit|the|very|pretty|total|complete|right)\s){0,3}$"
)

_THROWN_AFTER = lazy.regex(r"^\s(?:off|like\syou|face\b|features\b|lover\b|scum\b|bastards?\b|you\sare\b)")

# "What an ugly man" and "what a liar!", not "what an ugly vase".
_PERSON_AFTER = lazy.regex(
    r"\s*(?:$|[^\w\s]|(?:man|men|woman|women|person|people|guys?|girls?|lady|boys?|bloke|excuse|human|creature|face"
    r"|driver|you|he|she|they|of|and|who|that|lol)\b)"
)

_NEXT = lazy.regex(r"[ ]([A-Za-z][\w'-]*)")
_PREVIOUS = lazy.regex(r"([A-Za-z][\w'-]{0,20})\.?[ ]$")


def lowered_by(
    text: str, lowered: str, start: int, end: int, condemned: bool, *, spoken_of: bool = False
) -> str | None:
    """Return why a finding at a stretch weighs less: quoted, reported or condemned words; None when nothing says so.

    Args:
        text: the folded text.
        lowered: the same in lower case.
        start: where the stretch begins.
        end: where it ends, exclusive.
        condemned: whether condemning such words counts, as it does for abuse but not for running somebody down.
        spoken_of: whether words about words in the same sentence are enough, as they are where a warning is left.
    """
    if reason := reported(text, lowered, start, end):
        return reason
    before, after = lowered[max(0, start - 160) : start], lowered[end : end + 160]
    if condemned and (_CONDEMNED.search(before) or _CONDEMNED.search(after)):
        return "the post speaks against such words"
    sentence = _SENTENCE_END.split(before)[-1], _SENTENCE_END.split(after, maxsplit=1)[0]
    if spoken_of and not insult(lowered, start, end) and any(map(_UTTERED.search, sentence)):
        return "the sentence speaks about words"
    if _DENIED.search(before[-40:]):
        return "it is denied"
    if _OF_ONESELF.search(before[-40:]):
        return "it is said of oneself"
    if condemned and _RECLAIMED.search(before[-40:]):
        return "it may be used by the group itself"
    return None


def reported(text: str, lowered: str, start: int, end: int) -> str | None:
    """Return why a stretch is not the writer's own word: quoted, or told of somebody; None when nothing says so."""
    if ('"' in text or "'" in text) and 1 in Text.of(text).read(_quoted)[start:end]:
        return "the words are quoted"
    if _REPORTING.search(lowered[max(0, start - 160) : start]) or _REPORTED_AFTER.search(lowered[end : end + 160]):
        return "it reports what somebody said or wrote"
    return None


def in_answered(document: Document, words: str) -> bool:
    """Tell whether the post that is answered holds the words, so that they are the other person's."""
    answered = document.post.in_reply_to
    return bool(answered and answered.text and words.casefold() in answered.text.casefold())


def _quoted(text: str) -> bytearray:
    """For each character, 1 inside quotation marks."""
    quoted = bytearray(len(text))
    for match in _QUOTED.finditer(text):
        quoted[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return quoted


def insult(lowered: str, start: int, end: int) -> bool:
    """Tell whether a word is thrown at somebody: "you ...", "he is such a ...", "what a stupid ..."."""
    before = lowered[max(0, start - 60) : start]
    return (
        _vocabulary().thrown.search(before) is not None
        or (_PERSON_AFTER.match(lowered[end : end + 30]) and _vocabulary().exclaimed.search(before)) is not None
        or _THROWN_AFTER.match(lowered[end : end + 20]) is not None
    )


def second_person(lowered: str, start: int) -> bool:
    """Tell whether a word is said to the reader: "you ..."."""
    return _vocabulary().to_reader.search(lowered[max(0, start - 60) : start]) is not None


def name_like(text: str, start: int, end: int) -> Literal["clear", "likely", "no"]:
    """Tell whether a word is written like a name: ``clear`` beside another name, a title or a word for a place."""
    word = text[start:end]
    following = _NEXT.match(text[end : end + 40])
    if (
        following
        and following[1].lower() in _vocabulary().places
        and (following[1][0].isupper() or following[1].lower() in ("lane", "road", "street", "close"))
    ):
        return "clear"
    if not word[0].isupper() or not word[1:].islower():
        return "no"
    previous = _PREVIOUS.search(text[max(0, start - 24) : start])
    if previous and previous[1].lower() in _vocabulary().titles:
        return "clear"
    if (following and _name_part(following[1])) or (previous and _name_part(previous[1])):
        return "clear"
    if previous and previous[1].lower() in ("in", "at", "near", "from", "between", "outside"):
        return "clear"
    if previous and previous[1].lower() in _vocabulary().no_name_after:
        return "no"
    if word == text.strip():
        return "likely"
    before = text[max(0, start - 12) : start].rstrip(" \"'(#@")
    opens = not before or before[-1] in ".!?:\n-"
    return "no" if opens else "likely"


def _name_part(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower() and word.lower() not in _vocabulary().no_names


class _File(Record):
    """The vocabulary file, as it stands."""

    scorning: tuple[str, ...]
    filling: tuple[str, ...]
    titles: tuple[str, ...]
    places: tuple[str, ...]
    no_names: tuple[str, ...]
    no_name_after: tuple[str, ...]


_THEM = (
    r"(?:this|that|these|those)\s(?:guy|man|woman|dude|girl|lady|kid|boy|person|people|men|women|bloke|lot)"
    r"|people\s(?:like|who)\s\w+|(?:your|ur)\s(?:mom|mum|mother|face|family|dad|boss|friends?)"
)


class _Vocabulary:
    """The vocabulary file made ready."""

    def __init__(self, file: _File) -> None:
        scorning = rf"{any_of(file.scorning)}|f\*+(?:ing)?"
        any_adjective = rf"{any_of((*file.scorning, *file.filling))}|f\*+(?:ing)?"
        self.titles = frozenset(file.titles)
        self.places = frozenset(file.places)
        self.no_names = frozenset(file.no_names)
        self.no_name_after = frozenset(file.no_name_after)
        self.thrown = lazy.regex(
            rf"""(?:\b(?:you|ya|yer|youse|u)\s(?:(?:{any_adjective})\s){{0,3}}
            | \b(?:(?:you|u|they|he|she|{_THEM})(?:'re|'s|\sare|\sr|\sis|re|s|\swas|\swere
                  |\slooks?\slike|\ssounds?\slike)
                |your|ur)\s
              (?:(?:just|all|such|so|too|very|truly|totally|literally|always|still|clearly|absolutely|the|one|really
                |being|nothing\sbut|a\sbit\sof|acting\slike|like|full\sof|as)\s){{0,2}}(?:an?\s)?
              (?:(?:{any_adjective})\s){{0,3}}
            | \b(?:{scorning})\s)$""",
            re.VERBOSE,
        )
        self.exclaimed = lazy.regex(rf"\b(?:what|such)\san?\s(?:(?:{any_adjective})\s){{0,2}}$")
        self.to_reader = lazy.regex(
            rf"(?:\byou|\byou're|\byou\sare|\bya|\byour|\bu|\bto\sthe|\bdear)\s"
            rf"(?:(?:all|just|such|being|an?)\s){{0,2}}(?:(?:{any_adjective}|\w+ing)\s){{0,3}}$"
        )


@cache
def _vocabulary() -> _Vocabulary:
    return _Vocabulary(load_vocabulary("analysis/quotation", _File))
