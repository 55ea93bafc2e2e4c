"""Appeals for missing people."""

from __future__ import annotations

from collections.abc import Iterator

from wmp_postlint.analysis.appeal import open_appeals
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.document import Document
from wmp_postlint.finding import Finding, Severity
from wmp_postlint.post import Media
from wmp_postlint.rule import Flag, Pass, PostRule


class MissingPerson(Worded, PostRule):
    """Flags an appeal to find a missing person that is still open.

    Naming and describing a missing person can put them at more risk, needs the family's agreement, and stays on the net
    for good; so the press office decides on it and can take it back. Instead, share the main account's own post, or ask
    the press office first and hand over its approval. A text that says that the person is found is no appeal any more;
    appeals for things, animals and next of kin, general advice and figures about missing people pass. Limits: it reads
    words; a picture alone, without a word about who is sought, is not seen here.
    """

    name = "appeal/missing-person"
    clauses = ("4.12",)
    severity = Severity.ERROR
    scope = "appeal"
    message = "This asks the public to find a missing person. It needs an agreement first."
    advice = "Share the main account's own post, or get the agreement of {press_office} first."
    examples = (
        Flag("«#MISSING»| Have you seen Jane Example, 14, from Erdington? She was last seen in Kings Heath."),
        Flag("Can you help us find Jane Example? The 12-year-old «has not come home from» school. Please call 101."),
        Flag("We're growing «concerned for Tom» Sample from Solihull. He is 46, 6ft, slim and has a grey beard."),
        Flag("«High risk missing» person, elderly male in brown slippers. If you see him call 999."),
        Flag("It has been three weeks since Sam Example was «last seen». His family miss him. Call 116 000."),
        Flag("UPDATE | We're still «looking for missing» Jo Example, 19. She was seen at the bus station."),
        Flag("Good news, Ann is home. Her sister Joy, 12, is «still missing». Have you seen her?"),
        Flag(
            "«MISSING» - Jane Example, 14, last seen in Aston, blue coat",
            on="media[0].alt",
            post={"text": "Please share.", "media": (Media(filename="poster.jpg"),)},
        ),
        Pass("GOOD NEWS| Missing Jane Example, 14, has been found safe and well. Thanks for sharing our appeal."),
        Pass("Missing laptop? A silver one was handed in at the station. Come and claim it."),
        Pass("Don't miss out on our open evening. You'd be missing out on free cakes!"),
        Pass("Our missing persons team deals with more than 12,000 reports a year."),
        Pass("Going missing? Secretive behaviour? New gifts? Know the signs of exploitation."),
        Pass("If your child goes missing, call us straight away. There is no need to wait 24 hours."),
        Pass("Have you seen our new van? It's out and about in Dudley this week."),
        Pass("Cadets took part in a missing person search exercise in the park."),
        Pass("Coroner's appeal: can you help us trace the next of kin of Tom Sample from Aston?"),
        Pass("Have you seen this dog? She went missing from Kings Norton on Sunday."),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        for appeal in open_appeals(document):
            if appeal.kind == "missing":
                yield self.finding(appeal.surface, appeal.span, confidence=appeal.confidence)
