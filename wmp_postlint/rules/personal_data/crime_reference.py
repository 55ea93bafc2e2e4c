"""Crime, log, custody and missing-person references in a post."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.references import references
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule


class CrimeReference(TextRule):
    """Notes reference numbers of crimes, logs, custody records and missing people.

    Appeals invite callers to quote them, so they are advice only; in a reply to a victim the number is that person's
    own. Instead, in replies, send it privately. References are known by the forces' own forms and by words such as log,
    crime number and quoting. Limits: a number without a form or a word of its own is not recognised.
    """

    name = "personal-data/crime-reference"
    clauses = ("4.13", "5.3")
    least_digits = 3
    severity = Severity.INFO
    message = "This is a police reference number."
    advice = "Keep it where callers should quote it. In a reply to one person, send it privately instead."
    examples = (
        Flag("Call 101 quoting log «3816 of 5 June».", severity=Severity.INFO),
        Flag("Crime number «20BW/78905H/19», please share"),
        Flag("Investigation «20/1879957/21»"),
        Flag("Missing: quote «MPBE/11597/21»"),
        Flag("CAD «5919/2Jan», ring us"),
        Flag("quoting «2280 of 12/11/2021»"),
        Flag("Your crime reference number is «22/123456/23»."),
        Flag("custody record number «BW/1234/22»"),
        Flag("Call quoting «5221234567» or «13210123456»"),
        Pass("Your order number is 12345 and your job ref 998."),
        Pass("A log of wood, 3816 pieces. Log in on 24/7."),
        Pass("Quote of the day: 50 ways to leave."),
        Pass("Call 101, 999 or 0800 555 111."),
        Pass("Crime is down 12% on 2019/20"),
        Pass("Case 2 of flu; page 3 of 5"),
        Pass("On 5 June 2021 we did 24/7 patrols."),
        Pass("Incident at 10.30 in B14"),
        Pass("Use code SAVE20, raffle ticket number 4411"),
        Pass("Custody was busy: 44 people in 2 days"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for reference in document.read(references, surface):
            if reference.kind != "other":
                yield self.finding(surface, surface.span(reference.start, reference.end))
