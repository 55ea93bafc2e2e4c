"""Measure the words and frames of disrepute beside list-based profanity filters, alternating in one run.

    python benchmarks/disrepute.py [--show] [--texts FILE.jsonl]

Prints, for us and for each peer that is installed (better-profanity-fast, alt-profanity-check, glin-profanity,
profanex): the share of disguised words found, over 31 forms, of the words that the contestant knows plain; our share
of exact spans; alarms among innocent names, words and places and among codes; alarms among ordinary tweets, where the
shared data lie beside the repository; how many of Ofcom's words are known; and posts per second. ``--texts`` reads
further posts with a ``text`` each. ``--show`` prints what we missed and what we alarmed on.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import random
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from wmp_postlint import Document, Finding, Post, Severity, all_rules, load_policy
from wmp_postlint.analysis.lexicons import lexicons

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FAMILY = "disrepute"
RULES = [rule for rule in all_rules() if rule.name.startswith(f"{FAMILY}/")]
POLICY = load_policy()
Flags = Callable[[str], bool]

# Words that hold a rude word, names that are one, and places: none may raise more than advice.
INNOCENT = """
Scunthorpe Penistone Lightwater Clitheroe Cockfosters Cockermouth Shitterton Sandwich Essex Sussex Middlesex
Cumbernauld Arsenal assassin assess assistant classic class grass pass massive embassy ambassador compass passage
Hancock Hitchcock Babcock peacock cocktail cockpit shuttlecock cockroach woodcock Dickens Dickinson dictionary predict
benedict analysis analyst canal cumulative document circumstances cucumber scrap scrape grape drape therapist
therapeutic shiitake mishit pushit titanic titan title constitution institute competition repetition Matsushita
swankier swank rapeseed skyscraper Uckfield Buckfastleigh Wetwang Twatt Lickey Bitchfield Titsey butter button
rebuttal buttress bumper bumble album bumblebee hello shell hellebore Nigeria Niger denigrate snigger pinnacle
knickers niggle niggling raccoon cocoon tycoon spice spicy despicable auspices suspicious respected pakora spank
pakistan chinking pushchair machine crapaud damnation dammed goddess homophone homograph homogeneous dyke-road Vandyke
fagin faggoted sluice slush wholesome whoever prick-eared prickle prickly Sprickley bollard bullocks ballcock
Bollinger Ballsall balls-ache wanklyn Wankie swankpot toss Toshiba Cockburn Peacocke Gaylord Gay Fanny-Craddock Roger
Randy Willy Titmuss Titchmarsh Titmarsh Bum Bumstead Crapper Assaf Bassett Cassidy Glasscock Dick-Turpin Dykes Pratt
Prattville Pratchett Spratt Coxon Focker Fuchs Fuchsia Kunta Kuntz Wang Dong Fukuoka Fukushima Phuket Dikshit Shitake
""".split()
SENTENCES = (
    "Inspector Dick Turner and PC Karen Cox met Peter Balls in Cock Lane.",
    "Officers were called to Bell End in Rowley Regis this morning.",
    "Appeal after a robbery in Dick Sheppard Court, off Fanny Street.",
    "The suspect is described as black, slim, with a gay pride badge.",
    "Two men have been charged with rape and sexual assault.",
    "He was jailed for murder, drug trafficking and child sexual exploitation.",
    "A cock and two hens were stolen from an allotment in Balsall Heath.",
    "Chinese New Year: roads near the Arcadian will be closed.",
    "Members of the Gypsy, Roma and Traveller community joined us.",
    "The bitch and her five puppies are doing well at the kennels.",
    "A dyke has burst its bank near the river; avoid the area.",
    "Come to our coffee morning at the Sikh temple and the mosque.",
    "Spade and fork stolen from a shed in Cox's Lane.",
    "Grass cut, hedges trimmed: the officers' garden is open.",
    "Flooding at Shepshed: sandbags are being dropped off.",
    "Report hate crime: racist, homophobic and transphobic abuse will not be tolerated.",
)
TIGHT = "\N{ZERO WIDTH SPACE}"
FORMS: dict[str, Callable[[str], str]] = {
    "leet vowels": lambda w: w.translate(str.maketrans("aeio", "4310")),
    "leet signs": lambda w: w.translate(str.maketrans("aeis", "@€!$")),
    "leet one": lambda w: _once(w, {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "u": "v"}),
    "dots": ".".join,
    "spaces": " ".join,
    "hyphens": "-".join,
    "underscores": "_".join,
    "slashes": "/".join,
    "zero width space": TIGHT.join,
    "zero width joiner": "\N{ZERO WIDTH JOINER}".join,
    "soft hyphen": "\N{SOFT HYPHEN}".join,
    "cyrillic": lambda w: w.translate(str.maketrans("aeiopcxys", "аеіорсхуѕ")),
    "full width": lambda w: "".join(chr(ord(c) + 0xFEE0) for c in w),
    "bold": lambda w: _shift(w, 0x1D41A),
    "script": lambda w: _shift(w, 0x1D4EA),
    "fraktur": lambda w: _shift(w, 0x1D586),
    "mono": lambda w: _shift(w, 0x1D68A),
    "circled": lambda w: _shift(w, 0x24D0),
    "squared": lambda w: _shift(w, 0x1F130),
    "black squared": lambda w: _shift(w, 0x1F170),
    "regional": lambda w: "\N{ZERO WIDTH NON-JOINER}".join(_shift(w, 0x1F1E6)),
    "accents": lambda w: w.translate(str.maketrans("aeiouncy", "áèïôüñçý")),
    "combining strike": lambda w: "".join(c + "\N{COMBINING LONG STROKE OVERLAY}" for c in w),
    "combining dots": lambda w: "".join(c + "\N{COMBINING DIAERESIS}\N{COMBINING TILDE}" for c in w),
    "repeat vowel": lambda w: "".join(c * 4 if c in "aeiou" else c for c in w),
    "repeat last": lambda w: w + w[-1] * 4,
    "mask vowels": lambda w: "".join("*" if c in "aeiou" and i else c for i, c in enumerate(w)),
    "mask inside": lambda w: w[0] + "*" * (len(w) - 2) + w[-1],
    "emoji between": "🔥".join,
    "camel hashtag": lambda w: f"#Total{w.capitalize()}Here",
    "capitals": str.upper,
}


def _shift(word: str, base: int) -> str:
    return "".join(chr(base + ord(c) - ord("a")) for c in word)


def _once(word: str, table: dict[str, str]) -> str:
    for index, letter in enumerate(word):
        if index and letter in table:
            return word[:index] + table[letter] + word[index + 1 :]
    return word


def ours(text: str, least: Severity = Severity.WARNING) -> list[Finding]:
    """What the rules of the family find in a post, at a severity or above."""
    document = Document(Post(text), POLICY)
    return [finding for rule in RULES for finding in rule.run(document) if finding.severity >= least]


def peers() -> dict[str, Flags]:
    """The peers that are installed, each as a test of one text."""
    found: dict[str, Flags] = {}
    if importlib.util.find_spec("better_profanity_fast"):
        better = importlib.import_module("better_profanity_fast").profanity
        better.load_censor_words()
        found["better-profanity-fast"] = better.contains_profanity
    if importlib.util.find_spec("profanity_check"):
        predict = importlib.import_module("profanity_check").predict
        found["alt-profanity-check"] = lambda text: bool(predict([text])[0])
    if importlib.util.find_spec("glin_profanity"):
        found["glin-profanity"] = (
            importlib.import_module("glin_profanity").Filter({"languages": ["english"]}).is_profane
        )
    if importlib.util.find_spec("profanex"):
        found["profanex"] = importlib.import_module("profanex").Filter().contains
    return found


@cache
def words() -> tuple[str, ...]:
    """The single words of our lexicons that are errors or warnings wherever they stand, of four letters or more."""
    chosen = {
        term
        for file in lexicons(FAMILY).values()
        for group in file.groups
        if group.alone == "full" and not group.name and group.severity != "info"
        for term in group.terms
        if term.isascii() and term.isalpha() and len(term) > 3
    }
    return tuple(random.Random(0).sample(sorted(chosen), min(120, len(chosen))))


def disguised() -> Iterator[tuple[str, str, str, int, int]]:
    """Yield (form, word, text, start, end) of every word in every form that changes it."""
    for form, change in FORMS.items():
        for word in words():
            written = change(word)
            if written != word:
                start = len("What a ") + (written.startswith("#") and len("#Total"))
                length = len(word) if written.startswith("#") else len(written)
                yield form, word, f"What a {written} morning", start, start + length


def measure_disguises(contestants: dict[str, Flags], show: bool) -> None:
    """Print the share of disguised words found."""
    print(f"\n{len(words())} words in {len(FORMS)} forms")
    for name, flags in contestants.items():
        known = {word for word in words() if flags(f"What a {word} morning")}
        rows = [(form, flags(text)) for form, word, text, _, _ in disguised() if word in known]
        by_form = {form: [hit for kind, hit in rows if kind == form] for form in FORMS}
        shares = {form: sum(hits) / max(1, len(hits)) for form, hits in by_form.items()}
        print(f"  {name:24} knows {len(known):3}, finds {sum(shares.values()) / len(shares):6.1%} of their disguises")
        if name == "wmp_postlint":
            weakest = sorted(shares.items(), key=lambda item: item[1])[:5]
            print("    weakest:", ", ".join(f"{form} {share:.0%}" for form, share in weakest))
    spans = [(_spans(text), (start, end), text) for _, _, text, start, end in disguised()]
    found = [item for item in spans if item[0]]
    exact = [item for item in found if item[1] in item[0]]
    print(f"  our spans: {len(exact) / len(found):.1%} of {len(found)} exact")
    if show:
        for _, _, text in [item for item in spans if not item[0]][:40]:
            print("    missed", text)
        for got, want, text in [item for item in found if item[1] not in item[0]][:40]:
            print("    span", text, got, want)


def _spans(text: str) -> set[tuple[int, int]]:
    return {(finding.span.start, finding.span.end) for finding in ours(text, Severity.INFO) if finding.span}


def codes() -> list[str]:
    """Invented road numbers, registration marks, postcodes and references."""
    chance = random.Random(1)
    letters = "ABCDEFGHJKLMNOPRSTUVWXYZ"

    def pick(alphabet: str, count: int) -> str:
        return "".join(chance.choice(alphabet) for _ in range(count))

    made = [f"{chance.choice('ABM')}{chance.randint(1, 6999)}" for _ in range(1000)]
    made += [f"{pick(letters, 2)}{chance.randint(2, 74):02} {pick(letters, 3)}" for _ in range(1500)]
    made += [
        f"{pick('BWDCN', 1)}{pick(letters, 1)}{chance.randint(1, 20)} 4{pick('ABDEFGHJLN', 2)}" for _ in range(1000)
    ]
    made += [f"20/{chance.randint(1, 999999)}/{chance.randint(20, 26)}" for _ in range(500)]
    made += [f"{pick('0123456789', 2)}{pick(letters, 2)}/{chance.randint(10000, 99999)}X/25" for _ in range(1000)]
    return made


def measure_alarms(contestants: dict[str, Flags], texts: Path | None, show: bool) -> None:
    """Print how often innocent texts raise an alarm."""
    sets = {
        "innocent words": [f"See {word.replace('-', ' ')} today" for word in INNOCENT],
        "innocent posts": list(SENTENCES),
        "codes": [f"Quote {code} please" for code in codes()],
    }
    tweets = [json.loads(line)["text"] for path in sorted((DATA / "names").glob("*.jsonl")) for line in path.open()]
    if tweets:
        sets["ordinary tweets, of which some swear"] = tweets
    if texts:
        sets[texts.name] = [json.loads(line)["text"] for line in texts.open(encoding="utf8")]
    for title, items in sets.items():
        print(f"\n{title}: {len(items)}")
        for name, flags in contestants.items():
            alarms = [text for text in items if flags(text)]
            print(f"  {name:24} {len(alarms):5} ({1000 * len(alarms) / len(items):.1f} in 1,000)")
            if show and name == "wmp_postlint":
                for text in alarms[:60]:
                    print("   ", [f"{f.rule} {f.severity}" for f in ours(text)], text.replace("\n", " ")[:150])
        errors = sum(bool(ours(text, Severity.ERROR)) for text in items)
        print(f"  {'wmp_postlint, errors':24} {errors:5} ({1000 * errors / len(items):.1f} in 1,000)")


def measure_ofcom(contestants: dict[str, Flags]) -> None:
    """Print how many of Ofcom's words are known at all."""
    path = DATA / "lexicon" / "ofcom_words.tsv"
    if not path.is_file():
        print(f"\nskipped: no list of Ofcom's words at {path}")
        return
    terms = [line.split("\t")[0] for line in path.read_text("utf8").splitlines()[1:]]
    any_severity = {**contestants, "wmp_postlint": _any}
    print(f"\nOfcom's {len(terms)} words, in 'You {{}}!'")
    for name, flags in any_severity.items():
        missed = [term for term in terms if not flags(f"You {term}!")]
        print(f"  {name:24} {len(terms) - len(missed)}", *missed[:12])


def _any(text: str) -> bool:
    return bool(ours(text, Severity.INFO))


def measure_speed(contestants: dict[str, Flags]) -> None:
    """Print posts per second, the contestants taking turns."""
    posts = [f"{a} {b}" for a in SENTENCES for b in SENTENCES]
    taken = dict.fromkeys(contestants, 0.0)
    for _ in range(5):
        for name, flags in contestants.items():
            began = time.process_time()
            for post in posts:
                flags(post)
            taken[name] += time.process_time() - began
    print(f"\nposts per second, {sum(map(len, posts)) // len(posts)} characters on average")
    for name, seconds in taken.items():
        print(f"  {name:24} {5 * len(posts) / seconds:,.0f}")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what was missed and what alarmed")
    parser.add_argument("--texts", type=Path, help="further posts, JSON lines with a text each")
    options = parser.parse_args()
    contestants: dict[str, Flags] = {"wmp_postlint": lambda text: bool(ours(text)), **peers()}
    measure_disguises(contestants, options.show)
    measure_alarms(contestants, options.texts, options.show)
    measure_ofcom(contestants)
    measure_speed(contestants)


if __name__ == "__main__":
    main()
