"""The law stated as it is not."""

from __future__ import annotations

from wmp_postlint.analysis.frames import FrameRule
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class MisstatedLaw(FrameRule):
    """Flags posts that call lawful things a crime, or claim powers that officers do not have.

    A force that misstates the law is quoted for years, and people lose trust in what it says next. Instead, name the
    Act, or leave the law out. Found are mistakes that forces have made in public: that giving offence is an offence,
    that the police may not be filmed, that shopping or sitting in a park is a crime, that everybody must give a name.
    Quoted and reported words weigh one step less. Limits: it knows these claims and no others; it is no lawyer.
    """

    name = "disrepute/misstated-law"
    vocabulary = "disrepute/misstated_law"
    clauses = ("4.1", "4.6")
    severity = Severity.WARNING
    message = "This may misstate the law."
    advice = "Check it with legal services, name the Act, or leave the law out."
    examples = (
        Flag("Remember: «being offensive online is a crime»."),
        Flag("«It is against the law to film police officers»."),
        Flag("«Purchasing luxury items is an offence» under the new rules."),
        Pass("Sending a grossly offensive message can be an offence under the Communications Act."),
        Pass("You may film us in public; please give us room to work."),
        Pass("Riding a private e-scooter on the pavement is illegal."),
        Pass("Being offended is not the same as being threatened."),
    )
