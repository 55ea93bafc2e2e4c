"""Bank accounts in a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from wmp_postlint import lazy
from wmp_postlint.analysis.checkdigits import iban
from wmp_postlint.analysis.lexicon import load_vocabulary
from wmp_postlint.analysis.references import numbered
from wmp_postlint.analysis.tokens import words_in
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.lazy import Record
from wmp_postlint.rule import Flag, Pass, TextRule

_SORT = r"\d\d(?P<gap>[ ]?[-./ ]?[ ]?)\d\d(?P=gap)\d\d"
_ACCOUNT = r"(?:\d{8}|\d{4}[ -]\d{4}|\d\d([ -])\d\d\2\d\d\2\d\d)"
# Beside a sort code also those of building societies and abroad.
_ANY_ACCOUNT = r"(?:\d(?:[ -]?\d){5,9})"
_CALLED = r"\b(?:acc(?:oun)?t?|a/c|ac)\b\.?(?:\s*(?:no\.?|number|num))?[\s:=.#-]{0,4}(?:(?:is|was)\s)?"
_EDGE = r"(?<![\w/.,£$€-])"
_LABELLED_PAIR = lazy.regex(
    rf"\b(?:sort(?:\s*-?\s*code)?|s/c|sc)\b[\s:=.#(-]{{0,4}}(?:is|was|no\.?|number)?[\s:]{{0,2}}(?P<sort>{_SORT})(?!\d)"
    rf"[^\d!?]{{0,50}}?(?P<account>{_ANY_ACCOUNT})(?![\w/])",
    re.IGNORECASE,
)
_REVERSED_PAIR = lazy.regex(
    rf"{_CALLED}(?P<account>{_ANY_ACCOUNT})(?!\d)[^\d!?]{{0,50}}?(?P<sort>{_SORT})(?![\w/-])",
    re.IGNORECASE,
)
_BARE_PAIR = lazy.regex(
    rf"{_EDGE}(?P<sort>\d\d(?P<gap>[-. ])\d\d(?P=gap)\d\d)[\s,;:/|]{{1,3}}"
    rf"(?:(?:acc(?:oun)?t?|a/c)\b\.?\s?(?:no\.?|number|num)?[\s:]{{1,3}})?(?P<account>\d{{8}}|\d{{4}} \d{{4}})"
    r"(?![\w/-]|[ .,]\d)",
    re.IGNORECASE,
)
_BANKED_PAIR = lazy.regex(
    rf"\b(?:bank(?:ing)?|pay(?:ment|ments)?|transfer(?:red)?|barclays|lloyds|natwest|hsbc|santander|halifax|monzo|starling|nationwide|tsb|revolut)"
    rf"\b[^.!?\n\d]{{0,40}}(?P<sort>{_SORT})[\s,;:/|]{{1,3}}(?P<account>\d{{8}})(?![\w/-])",
    re.IGNORECASE,
)
_LONE_ACCOUNT = lazy.regex(
    r"\b(?:bank|pay(?:ment)?s?|transfer(?:red)?|sent|send|donat\w{1,5}|deposit\w{0,3})\b[^.!?\n\d]{0,40}"
    r"\b(?:account|acc|a/c)\b(?:\s*(?:no\.?|number|num))?[\s:=.#-]{0,4}(?:(?:is|was)\s)?"
    r"(?P<account>\d{8}|\d{4} \d{4})(?![\w/-])",
    re.IGNORECASE,
)
_IBAN_HINT = lazy.regex(r"[A-Za-z]{2}\d\d(?:[ ]{0,2}[-./_\n]?[ ]{0,2}[A-Za-z\d]){11}")
_WORDS = frozenset(
    "ac acc account acct accounts bank banking barclays code halifax hsbc lloyds monzo natwest nationwide pay payment"
    " payments revolut santander sc sort sortcode starling transfer transferred tsb".split()
)
_PAIRS = (_LABELLED_PAIR, _REVERSED_PAIR, _BARE_PAIR, _BANKED_PAIR)
_IBAN = lazy.regex(r"(?<![\w/-])[A-Z]{2}\d\d(?:[ ]{0,2}[-./_\n]?[ ]{0,2}[A-Z0-9]){11,30}(?![\w/])", re.IGNORECASE)
_HINT = lazy.regex(r"\d(?:[ ./-]{0,3}\d){5}")


class _Vocabulary(Record):
    iban_lengths: Mapping[str, int]


class BankAccount(TextRule):
    """Flags bank accounts: a sort code with its account, or an IBAN.

    Account details let fraudsters set up payments, and name whoever is said to have received money. Instead, leave
    them out, or send people to the charity's own page. An account number alone counts after words of bank and
    payment; a sort code alone only names a branch, and passes. Limits: an account of an unusual length is not seen.
    """

    name = "personal-data/bank-account"
    clauses = ("4.13", "5.3")
    least_digits = 8
    severity = Severity.ERROR
    message = "These are the details of a bank account."
    advice = "Take the account out; link to the charity's or owner's own page if people should pay."
    examples = (
        Flag("The scammers gave sort code «20-00-00 account 55779911»."),
        Flag("Sort code: «200000, account number: 55779911»"),
        Flag("Pay to «20-00-00 55779911» today"),
        Flag("Donations: sort «20-00-00 acc 55779911»"),
        Flag("Donate: «60-16-13 Acct no 55779911», thanks"),
        Flag("account no «55779911, sort code 20 00 00» was used"),
        Flag("She transferred it to account «55779911»."),
        Flag("IBAN «GB29 NWBK 6016 1331 9268 19»"),
        Flag("it went to «gb29nwbk60161331926819»"),
        Pass("Sort code 20-00-00 is the High Street branch."),
        Pass("On 20-11-22 we took 1234 calls; ref 55779911."),
        Pass("IBAN GB29 NWBK 6016 1331 9268 18 has a wrong check digit"),
        Pass("Our account number one tip: 12345678 is no password."),
        Pass("This account has 12345678 followers."),
        Pass("Never give your sort code or account number to a caller."),
        Pass("Open 08-12-20 20201212"),
        Pass("Log 12345678 of 20-11-22"),
        Pass("We sort 20-30-40 bags a day; account for 12345 of them"),
        Pass("From 0900 to 1000, 55779911 people watched"),
        Pass("Crime 20BW/78905H/19"),
        Pass("The bank paid 12345678 to victims. Account closed."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        text = document.read(numbered, surface)
        if not text:
            return
        taken: list[tuple[int, int]] = []
        if _HINT.search(text):
            banked = _WORDS & document.read(words_in, surface) or "/c" in text.lower()
            for match in (
                match for pattern in (_PAIRS if banked else (_BARE_PAIR,)) for match in pattern.finditer(text)
            ):
                if match.re == _BARE_PAIR and _is_date(match["sort"]):
                    continue
                taken.append(
                    (min(match.start("sort"), match.start("account")), max(match.end("sort"), match.end("account")))
                )
            if banked:
                taken += [match.span("account") for match in _LONE_ACCOUNT.finditer(text)]
        if _IBAN_HINT.search(text):
            taken += [span for match in _IBAN.finditer(text) if (span := _iban_within(match))]
        end = -1
        for start, stop in sorted(taken, key=lambda span: (span[0], -span[1])):
            if start >= end:
                yield self.finding(surface, surface.span(start, stop))
                end = stop


def _is_date(sort: str) -> bool:
    """Whether a sort code could as well be a day, a month and a year of this century."""
    day, month, year = (int(part) for part in re.split("[-. ]", sort))
    return 1 <= day <= 31 and 1 <= month <= 12 and 1 <= year <= 39


def _iban_within(match: re.Match[str]) -> tuple[int, int] | None:
    """Where the IBAN at the start of a match ends, by its country's length and its check digits."""
    length = _lengths().get(match.group()[:2].upper(), 0)
    kept = 0
    for index, character in enumerate(match.group()):
        kept += character.isalnum()
        if length and kept == length:
            account = re.sub(r"[\W_]", "", match.group()[: index + 1]).upper()
            followed = match.group()[index + 1 : index + 2].isalnum()
            return (match.start(), match.start() + index + 1) if not followed and iban(account) else None
    return None


@cache
def _lengths() -> Mapping[str, int]:
    return load_vocabulary("personal_data/bank_account", _Vocabulary).iban_lengths
