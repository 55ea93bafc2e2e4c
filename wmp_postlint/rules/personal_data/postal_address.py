"""Postal addresses in a post."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.addresses import places
from wmp_postlint.document import Document, Surface
from wmp_postlint.finding import Confidence, Finding, Severity
from wmp_postlint.rule import Flag, Pass, TextRule


class PostalAddress(TextRule):
    """Flags a house number with its street.

    An address is a door that anybody can knock at: of a victim, a witness, or a suspect whose family still lives there.
    Instead, name the street or the district only. An address and its postcode are one finding. The address of a public
    place that the text names (a station, library, church, pub) is advice. Street names, junctions and hundred blocks
    alone are silent. Limits: a house with a name and no number counts only after words of a home
    and before its street; streets in small letters count only after a word such as "at" or "lives at".
    """

    name = "personal-data/postal-address"
    clauses = ("4.13", "5.3")
    severity = Severity.ERROR
    message = "This is the address of one house."
    advice = "Name the street or the district only, without the house number."
    examples = (
        Flag("We were called to «12 Acacia Avenue» at 9pm.", severity=Severity.ERROR),
        Flag("Sam Taylor, 34, of «7 Lime Tree Grove, Walsall, WS1 1ZZ», was jailed.", severity=Severity.ERROR),
        Flag("he lives at «45 oak road» if you want him"),
        Flag("Warrant at «Flat 3, 22 Mill Street» this morning", severity=Severity.ERROR),
        Flag("Burglary: «118a High Street, Solihull B91 3ZZ». Did you see it?"),
        Flag("Come to Solihull Library, «3 Homer Road, B91 3ZZ», on Friday.", severity=Severity.INFO),
        Flag("He lives at «The Old Forge Cottage, Mill Lane», and so do his parents."),
        Flag("Jo Bloggs, 41, of «Rose Farm, Chapel Lane», was fined.", severity=Severity.ERROR),
        Flag("The rider was from «9 St. John's Close», Tipton."),
        Flag("A fire at «14-16 Queens Drive»"),
        Flag("Door in at «24 Larch Street». She's coming to the station.", severity=Severity.ERROR),
        Flag("we're at «63 nechells park road» now"),
        Flag("Closure order obtained for «9 Kestrel Mews, Chelmsley Wood, B37 5TX» today."),
        Flag("Thanks to the residents of «4 and 6 Lime Walk» for their footage."),
        Flag("Noise at «Apartment 12, Wharf House, 40 Canal Way» again"),
        Pass("Meet us at Lloyd House, Colmore Row, or at Lodge Farm, Walsall Road."),
        Pass("Road closed: Acacia Avenue, at the junction with High Street."),
        Pass("Shots were heard in the 100 block of Lozells Road."),
        Pass("In 2019 High Street shops lost thousands."),
        Pass("12 people were stopped on Soho Road; 3 cars were seized in Station Road."),
        Pass("Collision at Junction 6 Tyburn Road, and the number 11 Bristol Road bus is late."),
        Pass("Only a 10 minute drive, or a 2 mile lane."),
        Pass("On 5 March Street Watch starts. Top 10 Road Safety tips."),
        Pass("A 22-year-old man from High Street was fined."),
        Pass("Great 24 Hour Test Drive! Covid 19 Way Out."),
        Pass("At 7.30 Mill Lane will reopen. Bus 50 Alcester Road."),
        Pass("We found 30 St Paul's scarves, 5 way lighters and a drive."),
        Pass("Officers aged 20 to 50 Walk this way"),
        Pass("Levels 2 and 3 Green Lane car park are shut"),
        Pass("Number 10 Downing Street announced new funding"),
        Pass("Opening of 6 new Close Circuit cameras in Park Road"),
        Pass("A team of 8 walk Sutton Park tonight"),
        Pass("Open until 4 and 6 officers on Mill Lane; Rose Cottage is a lovely tea room."),
    )

    def check(self, surface: Surface, document: Document) -> Iterator[Finding]:
        for place in document.read(places, surface):
            if place.kind != "address":
                continue
            span = surface.span(place.start, place.end)
            if place.use == "venue":
                yield self.finding(
                    surface,
                    span,
                    severity=Severity.INFO,
                    confidence=Confidence.MEDIUM,
                    message="This is an address, it seems of a public place.",
                    advice="Check that it is the public place and nobody's home.",
                )
            else:
                yield self.finding(surface, span)
