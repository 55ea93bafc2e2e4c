"""Personal details asked for where everybody reads them."""

from wmp_postlint.analysis.cues import CueRule
from wmp_postlint.finding import Severity
from wmp_postlint.rule import Flag, Pass


class PublicRequest(CueRule):
    """Flags a post that asks people to write personal details in a public reply or comment.

    Whoever follows the request tells strangers where a victim or witness lives and how to ring them. Instead, ask for
    a private message, or name 101 or the online form. Limits: a bare request for a name passes, and so does a request
    that is split over two sentences. Direct messages are not read.
    """

    name = "personal-data/public-request"
    vocabulary = "personal_data/public_request"
    clauses = ("4.13",)
    severity = Severity.WARNING
    message = "This asks people to write personal details where all can read them."
    advice = "Ask them to send a private message, to ring 101 or to use the online form."
    quoted_passes = True
    examples = (
        Flag("«Comment below with your crime number» and phone number."),
        Flag("Had your bike stolen? «Reply with your crime reference number» and we will look into it."),
        Flag("Please «drop your address in the comments» and we'll bring a marker kit round."),
        Flag("«Let us know your contact details below» and an officer will ring."),
        Flag("«Pop your child's name on this post» to book a place."),
        Flag("«Tell us his home address in the replies»."),
        Flag("Hi, can you «post your log number on here» so that I can look?", post={"kind": "reply"}),
        Pass("We removed a comment that had a phone number in it. No personal details under this post, please."),
        Pass("Please do not post your crime number or phone number in the comments."),
        Pass("Send us a private message with your crime number and phone number."),
        Pass("Fill in the form below with your crime number and phone number."),
        Pass("Comment below with your crime prevention tips."),
        Pass("Tell us in the comments where you want to see us on patrol."),
        Pass("Scammers ask people to comment below with their phone number. Do not do it."),
        Pass("Comment below with the first half of your postcode and we will name your team."),
        Pass("Reply with your crime number and we will ring you.", post={"kind": "direct_message"}),
    )
