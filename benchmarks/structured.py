"""Measure the rules about structured identifiers on public suites and on ordinary tweets.

Run ``python benchmarks/structured.py [--show]``. It reads ``../shared/data`` beside the repository, prints recall on
the suites in any case and spacing, and findings per 1,000 tweets by rule; ``--show`` prints each finding in a tweet,
to tell real numbers from false ones. The data stay where they are.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

import wmp_postlint
from wmp_postlint import Document, Post, Rule, all_rules, load_policy
from wmp_postlint.analysis.checkdigits import iban, luhn

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
DATA_FILES = Path(wmp_postlint.__file__).parent / "data"
POLICY = load_policy()
RULES: dict[str, Rule] = {
    rule.name.partition("/")[2]: rule
    for rule in all_rules()
    if rule.name.startswith("personal-data/") and not rule.name.endswith("/person-name")
}


def fires(rule: str, text: str) -> bool:
    """Tell whether a rule finds anything in a text."""
    return rule in RULES and any(True for _ in RULES[rule].run(Document(Post(text), POLICY)))


def suite(title: str, rule: str, texts: list[str], frames: tuple[str, ...] = ("{}", "It says {} here.")) -> None:
    """Print how many of the texts a rule finds, alone and in a sentence."""
    cases = [frame.format(text) for text in texts for frame in frames]
    missed = [case for case in cases if not fires(rule, case)]
    print(f"{title:58} {len(cases) - len(missed):5} of {len(cases)}", *missed[:3], sep="  ")


def load(name: str) -> list[dict[str, object]]:
    """Read one of the suites."""
    data = json.loads((DATA / "structured" / name).read_text())
    return list(data["tests"] if isinstance(data, dict) else data)


def variants(number: str, groups: tuple[int, ...]) -> list[str]:
    """Lay out a number in the ways people do."""
    parts, at = [], 0
    for size in groups:
        parts.append(number[at : at + size])
        at += size
    return [number, *(gap.join(parts) for gap in (" ", "-", ".")), f"({parts[0]}) {' '.join(parts[1:])}"]


def suites() -> None:
    """Print recall on the public suites, and what is found of their negatives."""
    ninos = load("nino.json")
    good = list(dict.fromkeys(str(row["value"]) for row in ninos if row["valid"]))
    shapes = {re.sub(r"\s", "", value).upper() for value in good}
    bad = [str(row["value"]) for row in ninos if not row["valid"]]
    bad = [value for value in bad if re.sub(r"\s", "", value).upper() not in shapes]
    good += [
        form
        for value in shapes
        for form in (value.lower(), " ".join(re.findall("..?", value)), " ".join(re.findall("..?", value)).lower())
    ]
    suite("National Insurance numbers, valid", "national-insurance-number", good)
    suite("National Insurance numbers, not valid (want 0)", "national-insurance-number", bad)
    nhs = [str(row["value"]) for row in load("nhs_valid.json")]
    suite("NHS numbers, together", "nhs-number", nhs)
    suite("NHS numbers, 3-3-4", "nhs-number", [f"{n[:3]} {n[3:6]} {n[6:]}" for n in nhs])
    suite("NHS numbers, 3-3-4 with hyphens after NHS", "nhs-number", [f"NHS no {n[:3]}-{n[3:6]}-{n[6:]}" for n in nhs])
    postcodes = {str(row["base"]) for name in ("validation.json", "outcodes.json") for row in load(name)}
    real = [code for code in postcodes if re.fullmatch(r"(?!A{1,2}\d|1|MA)[A-Z]{1,2}\d{1,2} ?\d[A-Z]{2}", code)]
    spaced = [re.sub(r" ?(\d..)$", r" \1", code) for code in real]
    tight = [code.replace(" ", "") for code in spaced]
    suite(
        "postcodes, any case, with and without space",
        "postcode",
        [f(c) for c in spaced + tight for f in (str.upper, str.lower, str.title)],
    )
    suite(
        "postcodes, not valid (want 0)",
        "postcode",
        ["12FSSD", "1A1 1AA", "EH1 JS", "EH1JS", "EH 1JS", "Definitely wrong"],
    )
    for kind in ("fixedLine", "mobile", "pager", "personalNumber", "premiumRate", "voip", "tollFree", "uan"):
        public = " (public, want 0)" if kind in ("tollFree", "uan") else ""
        rows = [row for row in load("libphonenumber_gb_examples.json") if row["type"] == kind]
        texts = [
            form
            for row in rows
            for form in (
                *variants(str(row["as_dialled"]), (5, 3, 3)),
                *(f"{plus}{row['national_number']}" for plus in ("+44", "+44 ", "0044", "+44 (0)")),
            )
        ]
        suite(f"telephone numbers, {kind}{public}", "phone-number", texts)


def layouts(number: str, size: int) -> list[str]:
    """Lay out a number in groups of a size, in the ways people do."""
    groups = re.findall(rf".{{1,{size}}}", number)
    return [number, number.lower(), *(gap.join(groups) for gap in (" ", "-", ".", " - ", "  ", "\n"))]


def styled(text: str) -> list[str]:
    """Write a text as apps and tricksters do: keycaps, mathematical bold, full width, zero-width characters."""
    digits = str.maketrans({str(digit): chr(0x1D7CE + digit) for digit in range(10)})
    wide = str.maketrans(
        {character: chr(ord(character) + 0xFEE0) for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    )
    keycaps = "".join(f"{character}\ufe0f\u20e3" if character.isdigit() else character for character in text)
    return [text.translate(digits), text.translate(wide), keycaps, "\u200b".join(text), text.replace(" ", "\u00a0")]


def with_luhn(prefix: str, length: int, chance: random.Random) -> str:
    """Make a number with a right Luhn check digit."""
    body = prefix + "".join(chance.choice("0123456789") for _ in range(length - 1 - len(prefix)))
    return next(body + digit for digit in "0123456789" if luhn(body + digit))


def with_iban_check(country: str, length: int, chance: random.Random) -> str:
    """Make an IBAN with right check digits."""
    account = "".join(chance.choice("0123456789") for _ in range(length - 4))
    return next(made for check in range(2, 99) if iban(made := f"{country}{check:02}{account}"))


def generated() -> None:
    """Print recall on numbers made by their rules, of every kind, in many layouts; the seed is fixed."""
    chance = random.Random(3)
    known = tomllib.loads((DATA_FILES / "personal_data" / "bank_account.toml").read_text("utf-8"))["iban_lengths"]
    ibans = [with_iban_check(country, length, chance) for country, length in known.items()]
    suite("IBANs of every country", "bank-account", [form for number in ibans for form in layouts(number, 4)])
    schemes = {"4": 16, "51": 16, "2221": 16, "34": 15, "37": 15, "6011": 16, "3530": 16}
    cards = [with_luhn(prefix, length, chance) for prefix, length in schemes.items()]
    groups = [form for number in cards if len(number) == 16 for form in layouts(number, 4)]
    suite("payment cards, alone", "payment-card", [*cards, *groups])
    rare = [
        with_luhn(p, n, chance) for p, n in (("4", 13), ("4", 19), ("36", 14), ("6759", 18), ("5018", 12), ("62", 19))
    ]
    labelled = ("card number {}", "{} exp 01/28")
    suite("payment cards, rarer, labelled", "payment-card", [f for n in rare for f in layouts(n, 4)], labelled)
    imei = with_luhn("3520", 15, chance)
    suite("IMEI, labelled", "device-identifier", layouts(imei, 5), ("IMEI: {}", "{} is the IMEI"))
    licence = ("MORGA657054SM9IJ", "FOX99862125A99XY", "LE999803125J99AB 01")
    suite("driving licences", "driving-licence-number", [f for n in licence for f in (n, n.lower(), *styled(n))])
    passports = ("123456789", "AB1234567", "123 456 789", "12AB34567", "L898902C3")
    suite(
        "passports", "passport-number", [*passports], ("passport no. {}", "Passport: {}", "{} is her passport number")
    )
    current = ("BD51 SMR", "KX19ABZ", "LB02 XYZ")
    suite("registrations of today, alone", "vehicle-registration", [f for n in current for f in (n, *styled(n))])
    older = (
        "A123 BCD",
        "R1 ABZ",
        "ABC 123D",
        "FIZ 1234",
        "ABC 123",
        "AB 1234",
        "1 A",
        "Q123 ABC",
        "bd51 smr",
        "r123abz",
    )
    suite("registrations of every kind, labelled", "vehicle-registration", [*older], ("reg {}", "number plate: {}"))
    areas = tomllib.loads((DATA_FILES / "analysis" / "postcodes.toml").read_text("utf-8"))["areas"]
    codes = [f"{area}{district} {unit}" for area in areas for district in ("1", "12") for unit in ("1ZZ", "4HR", "3AB")]
    suite("postcodes of every area", "postcode", [f for c in codes for f in (c, c.lower(), c.replace(" ", ""))])
    mobile = ("07700 900123", "+44 (0)7700 900123", "0044 7700 900 123")
    suite("mobiles, disguised", "phone-number", [form for number in mobile for form in styled(number)])


def tweets(show: bool) -> None:
    """Print findings per 1,000 tweets by rule, and how long the rules take."""
    texts = [
        json.loads(line)["text"]
        for path in sorted((DATA / "names").glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    counts: Counter[str] = Counter()
    for name, rule in RULES.items():
        for text in texts:
            document = Document(Post(text), POLICY)
            for finding in rule.run(document):
                counts[f"{name} ({finding.severity})"] += 1
                if show and finding.span:
                    print(f"{name:28} {finding.severity:8} {text[finding.span.start : finding.span.end]!r:30} {text!r}")
    print(f"\nfindings in {len(texts)} tweets, per 1,000 (telephone numbers and addresses of mail are mostly real)")
    for name, count in sorted(counts.items()):
        print(f"{name:45} {count:5} {1000 * count / len(texts):8.2f}")
    random.Random(0).shuffle(texts)
    start = time.perf_counter()
    for text in texts[:3000]:
        document = Document(Post(text), POLICY)
        for rule in RULES.values():
            for _ in rule.run(document):
                pass
    print(f"\nall {len(RULES)} rules, one post at a time: {3000 / (time.perf_counter() - start):,.0f} posts/s")


def main() -> None:
    """Print every figure."""
    if not DATA.is_dir():
        sys.exit(f"the data are not there: {DATA}")
    suites()
    print()
    generated()
    tweets("--show" in sys.argv)


if __name__ == "__main__":
    main()
