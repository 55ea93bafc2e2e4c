"""What gives an operation away."""

from __future__ import annotations

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.analysis.learnt import Worded
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class Detail(Worded, CueRule):
    """Flags what gives an operation away: its time, place or target, covert people and things, sources, staffing.

    A raid that is announced finds an empty house, and a covert officer who is placed can be hurt. Instead, tell it
    when it is over, or say only what the press office has announced. Found are warrants, raids and arrests still to
    come, plain clothes, unmarked cars, decoys, trackers and observations that are out now, informants and safe
    houses, radio channels, how few officers cover a place, and the movements of people under protection. An
    operation's name alone passes, and so do results, patrols in uniform, published camera sites and national
    campaigns. Limits: a hint that needs local knowledge is not understood.
    """

    name = "operational/detail"
    vocabulary = "operational/detail"
    clauses = ("6.6", "5.3")
    severity = Severity.WARNING
    quoted_passes = True
    message = "This can give an operation away."
    advice = "Wait until it is over, and leave out tactics, places, people and numbers."
    examples = (
        Flag("«Warrant» going in at an address in Aston tomorrow morning."),
        Flag("«Plain clothes officers will be» in the bars on Saturday."),
        Flag("«Only two of us on tonight to cover the whole» of Erdington."),
        Flag("«The informant who» told us lives close by."),
        Flag("Monitoring «talkgroup on channel 12» tonight."),
        Pass("Warrant executed in Aston this morning. One man arrested."),
        Pass("Our plain clothes officers arrested two men last night."),
        Pass("High visibility patrols will be in the city centre all weekend."),
        Pass("Operation Sample saw 12 arrests last week."),
        Pass("Thanks to all who supported Op Sceptre, the national week of action."),
        Pass("My team of six PCSOs covers Kings Heath and Moseley."),
        Pass("Keep your doors locked tonight."),
    )
