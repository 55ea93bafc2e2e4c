"""What the tests of the rules about structured identifiers share: running a rule alone, ordinary posts, references."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmp_postlint import Document, Rule, load_policy
from wmp_postlint.finding import Finding
from wmp_postlint.post import Post
from wmp_postlint.readers.wire import read_post

POLICY = load_policy()
CASES = Path(__file__).parent / "rules" / "cases"
HARD_NEGATIVES: Mapping[str, Sequence[str]] = tomllib.loads((CASES / "hard_negatives.toml").read_text("utf-8"))
"""For each rule, posts that come close to what it finds and hold none."""

ORDINARY = (
    "Officers stopped 24 vehicles on the A38 and A4540 today: 6 seized, 3 drivers over the limit. #OpTriton",
    "M6 southbound closed between J10 and J9, expect delays until 18:30hrs. Diversion via the A454 and A4148.",
    "A 34-year-old man, a 22-year-old woman and 2 boys aged 15 were arrested in B11 at 3.15am.",
    "Back in the 60s we had 2 cars and 1 radio; in the 80s it was 10p for a phone box. #ThrowbackThursday",
    "Use 3G, 4G or 5G? Your phone can still dial 999 with no signal from your own network.",
    "We've recovered £12,500 in cash, 3kg of cannabis, 147 plants and a BMW X5 in WV10.",
    "Join us 10am-2pm on Saturday 14/03/2020 at the Bullring: free bike marking for the first 100.",
    "Have you lost an iPhone 12 or a Galaxy S21 Ultra 5G 256GB? It was handed in at 2117 hours on 9/1/21.",
    "Speed checks on the B4114 today: highest was 87mph in a 40, 12 tickets, 3 points and £100 each.",
    "PC12 and PS4 were out with T20 and U21 teams at the COP26 and G20 briefings. Long week!",
    "Covid-19 vaccination figures: 1,234,567 first doses by 21.02.2021, 98.6% of over 80s in CV1.",
    "Since 2014 crime is down 12%: 4,521 offences in 2019/20 against 5,138 in 2018/19.",
    "Need advice? Crimestoppers 0800 555 111, Action Fraud 0300 123 2040, NSPCC 0808 800 5000 or 101.",
    "Watch: https://www.west-midlands.police.uk/news/2021/03/121496123-man-charged https://t.co/07700900Ab",
    "Vote for us in the #NPAS2021 awards: text 60777 or scan the code. Lines close 12 noon on 12 May 2021.",
    "RT if you remember! 1974-2024, 50 years, 7,500 officers, 2.9 million people, 348 square miles.",
    "Squad for tonight: 1 Smith, 2 Jones, 3 Khan, 4 Patel, 5 Lee, 6 Cole, 7 Kaur. Kick-off 7.45pm.",
    "Ballistic vests, size L42 REG and M38 SH, HG1/KR1 rated, are ready for PCs in Walsall.",
    "Our 2nd drone did 1st class work, found him in 4 mins at 20:15. Battery 12.6V 5200mAh, 400ft, 27mph.",
    "Lotto 02 11 23 34 45 46 bonus 07? Fake. Never pay a fee to claim a prize.",
    "Court: 12 years for robbery, 5 yrs 6 mths for the 2nd man, 200 hours unpaid work for the 3rd.",
    "Flight EZY8125 from BHX T1 at 0620, gate 44: our officers helped find a lost bear, seat 14C.",
    "WW2 medals (1939-45) numbered 4910583 found in Unit 7, locker 22. Are they yours? Call 101.",
    "We read 2,300,147 plates by ANPR in Q3, with 1,204 hits and 411 stops.",
    "Temperatures -3C to 4C, A435 icy; 2.5 tonne gritters out from 0300 to 0700.",
    "Rank structure: PC > Sgt > Insp > Ch Insp > Supt. Day 3 of 18 weeks done for intake 21/04!",
    "Bus 11A/11C, tram T3 and X1 run late. 20-30 minute delays. Next update 16:00.",
    "TODAY IN 1987: SHIFT B4 LATES, 0700-1500, ALL 12 OF THE OLD TEAM, STILL 10 OUT OF 10!",
    "Version 2.10.3 of the app fixes 14 bugs, 64-bit only, iOS 12.5.7 or Android 10.",
    "Score update: WMP 24-17 Met, HT 10-10. Man of the match No 8. 1,500 watched.",
)
"""Posts such as forces write every day: full of numbers, none of them anybody's."""


def found(rule: Rule, text: str, **post: Any) -> list[str]:
    """Run one rule alone on a post; return the stretches of its text that the rule finds."""
    return [text[f.span.start : f.span.end] for f in findings(rule, text, **post) if f.span and f.field == "text"]


def findings(rule: Rule, text: str, **post: Any) -> list[Finding]:
    """Run one rule alone on a post."""
    given: Mapping[str, Any] = post
    return list(rule.run(Document(read_post(Post(text, **given)), POLICY)))


def marked(text: str) -> tuple[str, list[str]]:
    """Take « and » out of a text; return it with the stretches they stood around."""
    return re.sub("[«»]", "", text), re.findall("«([^»]*)»", text)


def ordinary_posts() -> list[str]:
    """Return several hundred ordinary posts of a force."""
    lines = (CASES / "ordinary_posts.txt").read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("# ")]


_digits = st.integers(0, 9).map(str)
_year = st.integers(10, 26).map(str)
_unit = st.sampled_from(["BW", "BE", "SW", "SH", "CV", "WV", "WS", "DY"])
_month = st.sampled_from(["Jan", "Feb", "JUN", "Oct", "DEC", "March", "September"])
_day = st.integers(1, 28).map(str)
_in_figures = st.builds("{}/{}{}".format, _day, st.integers(1, 12), st.sampled_from(["", "/20", "/2021", "/22"]))


def _number(low: int, high: int) -> st.SearchStrategy[str]:
    return st.lists(_digits, min_size=low, max_size=high).map("".join)


def _forms() -> st.SearchStrategy[str]:
    return st.one_of(
        # West Midlands: crimes of both eras, missing people, logs, custody.
        st.builds(
            "20{}/{}{}/{}{}".format, _unit, _number(4, 6), st.sampled_from("ABHJX"), st.sampled_from(["", " "]), _year
        ),
        st.builds("20/{}/{}".format, _number(5, 8), _year),
        st.builds("MP{}/{}/{}".format, _unit, _number(3, 5), _year),
        st.builds("log {} of {} {}".format, _number(3, 4), _day, _month),
        st.builds("log number {} {}".format, _number(3, 4), _in_figures),
        st.builds("log {} from {}".format, _number(3, 4), _in_figures),
        st.builds("log no. {} of {}".format, _number(3, 4), _in_figures),
        st.builds("custody number {}/{}/{}".format, _unit, _number(4, 6), _year),
        st.builds("custody record {}/{}/{}".format, _unit, _number(4, 6), _year),
        # Metropolitan, Greater Manchester, Avon and Somerset, West Yorkshire.
        st.builds("CAD {}/{}{}".format, _number(1, 4), _day, _month),
        st.builds("{}MIS{}".format, _year, _number(6, 6)),
        st.builds("quoting {} of {}/{}/20{}".format, _number(4, 4), _day, st.integers(1, 12), _year),
        st.builds("incident number {} of {} {} 20{}".format, _number(3, 4), _day, _month, _year),
        st.builds("522{}".format, _number(7, 7)),
        st.builds("13{}{}".format, st.integers(10, 26), _number(7, 7)),
        # Any force: unique reference numbers, and words before the digits.
        st.builds("URN 20{}{}{}".format, _unit, _number(5, 7), _year),
        st.builds("URN 20/{}/{}/{}".format, _unit, _number(4, 6), _year),
        st.builds("crime reference {}".format, _number(8, 12)),
        st.builds("crime ref: 0{}".format, _number(10, 10)),
        st.builds("order number {}".format, _number(10, 16)),
    )


_officers = st.builds("{} {}".format, st.sampled_from(["warrant number", "collar number", "PC", "PCSO"]), _number(4, 5))
_before = st.sampled_from(
    [
        "",
        "Car stolen in B14 last night. ",
        "A bank card, a phone and a passport were taken from a patient. ",
        "Did you see a blue van in Soho Road? ",
        "Man born in Aston sought over the theft of an NHS lanyard and a driving licence.\n",
        "Text us or use Live Chat about the missing BMW X5. ",
        "HAVE YOU SEEN HIM? ",
    ]
)
_asking = st.sampled_from(["Call 101 quoting", "Please quote", "Ref.", "It is", "Speak to us:", "Ring 101,", "Quote"])
_after = st.sampled_from(
    [
        "",
        ".",
        " please",
        ", or ring Crimestoppers on 0800 555 111.",
        " #Walsall",
        ". Thanks to all 12 of you!",
        " (24/7)",
    ]
)

bare_references = st.builds("Call 101 quoting {}".format, _forms())
"""One reference, of each form that domain knowledge has."""

police_references = st.builds("{}{} {}{}".format, _before, _asking, st.one_of(_forms(), _officers), _after)
"""Posts with one reference, or the number of an officer, and other things that a post tells."""


def identifier_checks(
    rule: Rule, found_in: Sequence[str], silent_in: Sequence[str], *, references: bool = True
) -> type:
    """Return the tests that every rule about structured identifiers has.

    Args:
        rule: the rule, which is run alone.
        found_in: texts, with « and » around what it must find.
        silent_in: texts in which it must find nothing.
        references: whether references of police work are none of what it finds.
    """

    class Checks:
        @pytest.mark.parametrize("text", found_in)
        def test_found(self, text: str) -> None:
            plain, stretches = marked(text)
            assert found(rule, plain) == stretches

        @pytest.mark.parametrize("text", silent_in)
        def test_silent(self, text: str) -> None:
            assert found(rule, text) == []

        @pytest.mark.parametrize("text", [*HARD_NEGATIVES[rule.name.partition("/")[2]], *ORDINARY])
        def test_ordinary_posts(self, text: str) -> None:
            assert found(rule, text) == []

        if references:

            @given(police_references)
            def test_a_reference_is_none(self, text: str) -> None:
                assert found(rule, text) == []

    return Checks
