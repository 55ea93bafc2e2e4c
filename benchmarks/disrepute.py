"""Measure the words and frames of disrepute beside list-based profanity filters, alternating in one run.

    python benchmarks/disrepute.py [--show] [--texts FILE.jsonl]

Prints, for us and for each peer that is installed (better-profanity-fast, alt-profanity-check, glin-profanity,
profanex; the extra ``bench`` has them): the share of disguised words found, of the words that the contestant knows
plain; our share of exact spans; alarms among innocent names, words and places, among codes, among ordinary police
posts and among ordinary tweets, where the shared data lie beside the repository; the invented posts that ought to be
flagged; sentences about groups of people; heated tweets; how many of Ofcom's words are known; and posts per second. The
texts are those of ``disrepute_texts``. ``--texts`` reads further posts with a ``text`` each. ``--show`` prints what we
missed and what we alarmed on.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import importlib.util
import itertools
import json
import random
import re
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from wmp_postlint import Document, Finding, Post, Severity, all_rules, load_policy
from wmp_postlint.analysis.frames import frame_matches
from wmp_postlint.analysis.lexicons import family_terms, lexicons
from wmp_postlint.analysis.terms import matches
from wmp_postlint.text import fold, identity

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TEXTS = Path(__file__).parent / "disrepute_texts"
FAMILY = "disrepute"
RULES = [rule for rule in all_rules() if rule.name.startswith(f"{FAMILY}/")]
POLICY = load_policy()
Flags = Callable[[str], bool]

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
    "small capitals": lambda w: w.translate(str.maketrans("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")),
    "keycaps": lambda w: w.translate({ord(a): f"{b}\ufe0f\u20e3" for a, b in zip("aeio", "4310", strict=True)}),
    "direction marks": "\N{RIGHT-TO-LEFT MARK}".join,
    "two swapped": lambda w: w[0] + w[2] + w[1] + w[3:],
    "one dropped": lambda w: w[:2] + w[3:],
    "one space": lambda w: f"{w[:2]} {w[2:]}",
    "glued": lambda w: f"total{w}",
}
# Forms that swap, drop, part or glue: followed for the commonest words only.
SLIPS = ("two swapped", "one dropped", "one space", "glued")


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


class Batched:
    """A peer that is quick with many texts and slow with one."""

    def __init__(self, predict: Callable[[list[str]], Any]) -> None:
        self._predict = predict
        self._known: dict[str, bool] = {}

    def read(self, texts: list[str]) -> None:
        """Read texts that will be asked for."""
        self._known = dict(zip(texts, map(bool, self._predict(texts)), strict=True))

    def __call__(self, text: str) -> bool:
        """Tell whether the peer flags a text."""
        return self._known[text] if text in self._known else bool(self._predict([text])[0])


def announce(contestants: dict[str, Flags], texts: Iterable[str]) -> None:
    """Let the contestants that read in batches read what they will be asked."""
    for flags in contestants.values():
        if isinstance(flags, Batched):
            flags.read(list(texts))


def peers() -> dict[str, Flags]:
    """The peers that are installed, each as a test of one text."""
    found: dict[str, Flags] = {}
    if importlib.util.find_spec("better_profanity_fast"):
        better = importlib.import_module("better_profanity_fast").profanity
        better.load_censor_words()
        found["better-profanity-fast"] = better.contains_profanity
    if importlib.util.find_spec("profanity_check"):
        found["alt-profanity-check"] = Batched(importlib.import_module("profanity_check").predict)
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
                # What is run into a word is no part of it.
                inside = (
                    re.search(re.escape(word), written, re.IGNORECASE) if form in ("camel hashtag", "glued") else None
                )
                start = len("What a ") + (inside.start() if inside else 0)
                length = len(word) if inside else len(written)
                yield form, word, f"What a {written} morning", start, start + length


def measure_disguises(contestants: dict[str, Flags], show: bool) -> None:
    """Print the share of disguised words found."""
    print(f"\n{len(words())} words in {len(FORMS)} forms")
    announce(
        contestants, [*(f"What a {word} morning" for word in words()), *(text for _, _, text, _, _ in disguised())]
    )
    for name, flags in contestants.items():
        known = {word for word in words() if flags(f"What a {word} morning")}
        rows = [(form, flags(text)) for form, word, text, _, _ in disguised() if word in known]
        by_form = {form: [hit for kind, hit in rows if kind == form] for form in FORMS}
        shares = {form: sum(hits) / max(1, len(hits)) for form, hits in by_form.items()}
        slips = sum(shares[form] for form in SLIPS) / len(SLIPS)
        others = [share for form, share in shares.items() if form not in SLIPS]
        print(
            f"  {name:24} knows {len(known):3}, finds {sum(others) / len(others):6.1%} of their disguises,"
            f" {slips:6.1%} of slips, {sum(shares.values()) / len(shares):6.1%} of all"
        )
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


def lines(name: str) -> list[str]:
    """The lines of a file of texts, comments left out."""
    return [line for line in (TEXTS / name).read_text("utf8").splitlines() if line and line[0] not in "#%"]


def innocent() -> list[str]:
    """Names, places and words that hold a rude word, or are one to somebody else."""
    return list(dict.fromkeys(word for line in lines("innocent.txt") for word in line.split()))


def table(name: str) -> dict[str, Any]:
    """A file of texts in kinds."""
    return tomllib.loads((TEXTS / name).read_text("utf8"))


def measure_complaints(contestants: dict[str, Flags], show: bool) -> None:
    """Print how many of the posts that would draw a complaint are flagged, by us for the right reason."""
    for name in ("complaints.toml", "complaints_fresh.toml", "complaints_third.toml"):
        kinds = table(name)["kinds"]
        wrong = [text for kind in kinds for text in kind["wrong"]]
        fine = [text for kind in kinds for text in kind.get("fine", ())]
        missed = [
            text
            for kind in kinds
            for text in kind["wrong"]
            if not any(finding.rule.rpartition("/")[2] in kind["rules"] for finding in ours(text))
        ]
        print(f"\n{name}: {len(wrong)} posts that draw complaints, {len(fine)} near to them that do not")
        print(f"  wmp_postlint, for the reason {1 - len(missed) / len(wrong):6.1%}")
        for peer, flags in contestants.items():
            print(f"  {peer:24} flags {sum(map(flags, wrong)):3}, alarms {sum(map(flags, fine)):3}")
        for text in missed if show else ():
            print("    missed", text)


def measure_groups(show: bool) -> None:
    """Print what sentences about groups of people come to, kind by kind."""
    lists = {name: words for name, words in table("groups.toml").items() if isinstance(words, list)}
    for name in ("groups.toml", "groups_fresh.toml"):
        print(f"\n{name}")
        for kind, entry in table(name).items():
            if isinstance(entry, dict):
                texts = [text for template in entry["templates"] for text in filled(template, lists)]
                tops = [
                    max((finding.severity for finding in ours(text, Severity.INFO)), default=None) for text in texts
                ]
                flagged = sum(top is not None and top >= Severity.WARNING for top in tops)
                errors = sum(top is Severity.ERROR for top in tops)
                shares = f"flagged {flagged / len(texts):6.1%}, errors {errors / len(texts):6.1%}"
                print(f"  {kind:14} {len(texts):4}: {shares}")
                for text, top in zip(texts, tops, strict=True):
                    if show and entry["expect"] == "found" and (top is None or top < Severity.WARNING):
                        print("    missed", text)


def filled(template: str, lists: dict[str, list[str]]) -> list[str]:
    """A template with each word of the list that it names."""
    slot = re.search(r"\{(\w+)\}", template)
    return [template.replace(slot[0], word) for word in lists[slot[1]]] if slot else [template]


def measure_tweets(contestants: dict[str, Flags]) -> None:
    """Print recall and precision on invented tweets that offend, and on heated ones that do not."""
    tweets = table("tweets.toml")
    offensive, harmless = tweets["offensive"], tweets["harmless"]
    at_error: Flags = lambda text: bool(ours(text, Severity.ERROR))  # noqa: E731  # as the other contestants are
    print(f"\n{len(offensive)} offensive tweets, {len(harmless)} harmless ones")
    for name, flags in {**contestants, "wmp_postlint, errors": at_error}.items():
        hits, alarms = sum(map(flags, offensive)), sum(map(flags, harmless))
        print(f"  {name:24} recall {hits / len(offensive):6.1%}, precision {hits / max(1, hits + alarms):6.1%}")


def measure_alarms(contestants: dict[str, Flags], texts: Path | None, show: bool) -> None:
    """Print how often innocent texts raise an alarm."""
    sets = {
        "innocent names, places and words, in 'See {} today'": [f"See {word} today" for word in innocent()],
        "innocent posts": list(SENTENCES),
        "ordinary police posts, of which five quote abuse": lines("police.txt"),
        "codes": [f"Quote {code} please" for code in codes()],
    }
    tweets = [json.loads(line)["text"] for path in sorted((DATA / "names").glob("*.jsonl")) for line in path.open()]
    if tweets:
        sets["ordinary tweets, of which some swear"] = tweets
    if texts:
        sets[texts.name] = [json.loads(line)["text"] for line in texts.open(encoding="utf8")]
    for title, items in sets.items():
        print(f"\n{title}: {len(items)}")
        announce(contestants, items)
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
    """Print posts per second, the contestants taking turns; ours also for the readings alone, and for folded words."""
    posts = [f"{a} {b}" for a, b in itertools.pairwise(lines("police.txt"))]
    family = family_terms(FAMILY)
    lowered = [post.lower() for post in posts]

    def readings(text: str) -> bool:
        # Fold, streams, words and frames, without the rules that phrase findings.
        document = Document(Post(text), POLICY)
        (surface,) = document.surfaces
        matches(document, surface, FAMILY, "profanity")
        return bool(frame_matches(document, surface, f"{FAMILY}/threat"))

    runs: dict[str, Callable[[], object]] = {
        name: functools.partial(lambda flags: [flags(post) for post in posts], flags)
        for name, flags in contestants.items()
    }
    runs["our readings alone"] = lambda: [readings(post) for post in posts]
    runs["our fold alone"] = lambda: [fold(identity(post)) for post in posts]
    runs[f"our {len(family.listed.terms):,} terms, folded"] = lambda: [
        list(family.whole.find(text)) for text in lowered
    ]
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(5):
        for name, run in runs.items():
            began = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - began)
    print(f"\nposts per second, {sum(map(len, posts)) // len(posts)} characters on average, best of five")
    for name, seconds in best.items():
        print(f"  {name:24} {len(posts) / seconds:,.0f}")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what was missed and what alarmed")
    parser.add_argument("--texts", type=Path, help="further posts, JSON lines with a text each")
    options = parser.parse_args()
    contestants: dict[str, Flags] = {"wmp_postlint": lambda text: bool(ours(text)), **peers()}
    measure_disguises(contestants, options.show)
    measure_alarms(contestants, options.texts, options.show)
    measure_complaints(contestants, options.show)
    measure_groups(options.show)
    measure_tweets(contestants)
    measure_ofcom(contestants)
    measure_speed(contestants)


if __name__ == "__main__":
    main()
