"""Full postcodes in a post."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.addresses import PlaceUse, places
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule

_JUDGED: dict[PlaceUse, tuple[Severity, str]] = {
    "home": (Severity.ERROR, "This full postcode points to somebody's home."),
    "venue": (Severity.INFO, "This is the full postcode of a public place."),
    "unknown": (Severity.WARNING, "This full postcode points to a handful of homes."),
}


class Postcode(TextRule):
    """Flags full postcodes.

    A full postcode stands for about fifteen homes, and with a first name or an age often for one person. Instead, name
    the district or give the first half (B14). Beside words of a home it is an error, alone a warning, because nobody
    can see whose it is; beside a public place that the text names (station, library, school hall, pub) it is advice.
    The first half alone is no finding; valid areas only, in any case, with or without the space. Limits: a postcode
    within an address belongs to the finding of the address; a venue without a word for what it is ("The Fox") is not
    recognised.
    """

    name = "personal-data/postcode"
    clauses = ("4.13", "5.3")
    least_digits = 1
    severity = Severity.WARNING
    message = _JUDGED["unknown"][1]
    advice = "Name the district, or give only the first half of the postcode."
    examples = (
        Flag("Suspicious van near «B14 7ZZ» last night.", severity=Severity.WARNING),
        Flag("three sheds broken into, «wv109zz», lock up", severity=Severity.WARNING),
        Flag("The victim lives at «CV1 2ZZ».", severity=Severity.ERROR),
        Flag("Drop in at Kings Heath Library, «B14 7ZY», from 10am.", severity=Severity.INFO),
        Flag("We are at Bournville Lane police station («B30 2ZU») all day", severity=Severity.INFO),
        Flag("His house, «DY1 1ZZ», was searched", severity=Severity.ERROR),
        Flag("Anyone near «EC1A 1BB» or «M1 1AE»?"),
        Flag("her home is at «SE23 2NF»", severity=Severity.ERROR),
        Pass("Patrols in B14, WV10 and the DY1 area tonight."),
        Pass("FLAT D1 2ND FLR, E1 2nd leg, M1 1st lap"),
        Pass("Closed at M6 J10, M5 3pm to M42 5pm."),
        Pass("A laptop with SE2 4GB and 8GB was taken."),
        Pass("A38, B4114, CV1 and G20 are no postcodes; Q3 2ND is none."),
        Pass("EH1 JS, EH 1JS and 1A1 1AA are none, nor is 12FSSD."),
        Pass("ps4 2nd hand, mp3 3rd track, so22nd"),
        Flag("#ParkingPatrol at «B14 7HR» and in #«B147ZZ»"),
        Flag("Parcels for the lads: «BFPO 801»"),
        Flag("My postcode is «B 14 7 ZZ»."),
        Pass("https://example.com/B147ZZ, @b14_7zz"),
        Pass("M6 2hr delays, M5 1hr; a Galaxy S8 4GB or 8GB"),
        Pass("He lives at 12 Acacia Avenue, Birmingham B14 7ZZ"),
        Pass("PC12 3AB, T20 2ND, U21 1ST, COP26 1AA"),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for place in document.read(places, surface):
            if place.kind == "postcode":
                severity, message = _JUDGED[place.use]
                yield self.finding(surface, surface.span(place.start, place.end), severity=severity, message=message)
