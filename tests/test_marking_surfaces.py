"""Every written form of a marking, on every surface of a post: found, whole, and at its severity.

The forms are those of the two British schemes, their descriptors and caveats, the misspellings and typography that
occur, handling instructions, traffic-light codes and intelligence gradings. All posts are invented.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from wmp_postlint import Finding, Linter, Location, Media, Post
from wmp_postlint.media import ocr
from wmp_postlint.media import samples as make
from wmp_postlint.post import Link, SharedFrom

LINTER = Linter(select=["marking"])
LOOKING = Linter(select=["marking"], ocr=True)
REST = "Patrol plan for Saturday: two vans at the ground."

LEVELS = [
    "OFFICIAL-SENSITIVE", "OFFICIAL - SENSITIVE", "OFFICIAL: SENSITIVE", "OFFICIAL SENSITIVE", "OFFICIALSENSITIVE",
    "OFFICIAL–SENSITIVE", "OFFICIAL — SENSITIVE", "OFFICIAL / SENSITIVE", "OFFICIAL_SENSITIVE", "OFFICIAL|SENSITIVE",
    "OFFICIAL (SENSITIVE)", "OFFICIAL [SENSITIVE]", "[OFFICIAL-SENSITIVE]", "(OFFICIAL - SENSITIVE)",
    "UK OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE: PERSONAL", "OFFICIAL: SENSITIVE: PERSONAL",
    "OFFICIAL-SENSITIVE [COMMERCIAL]", "OFFICIAL-SENSITIVE LOCSEN", "OFFICIAL - SENSITIVE - OPERATIONAL",
    "OFFICIAL-SENSITIVE - RECIPIENTS ONLY", "OFFICIAL-SENSITIVE - RECIPIENTS ONLY - PERSONAL DATA",
    "OFFICIAL - HMG USE ONLY", "OFFICIAL - POLICE USE ONLY", "OFFICIAL - LEGAL PROFESSIONAL PRIVILEGE",
    "OFFICIAL - MARKET SENSITIVE", "OFFICIAL - COMMERCIAL", "OFFICIAL - HR/MANAGEMENT", "OFFICIAL-SENSITIVE - LEGAL",
    "OFFICIAL - EMBARGOED", "OFFICIAL OFFICIAL", "[OFFICIAL]", "**OFFICIAL-SENSITIVE**", "===OFFICIAL-SENSITIVE===",
    "<OFFICIAL-SENSITIVE>", "{OFFICIAL - SENSITIVE}", "OFFICAL SENSITIVE", "OFFICAL-SENSITIVE", "Official-Sensitive",
    "Official: Sensitive", "official-sensitive", "O-S", "O(S)", "(OS)", "RESTRICTED - STAFF",
    "RESTRICTED – OPERATIONS", "RESTRICTED: INVESTIGATION", "Restricted - Staff", "RESTRICTED (when complete)",
    "RESTRICTED - POLICE", "[RESTRICTED]", "UK RESTRICTED", "PROTECT - PERSONAL", "PROTECT – COMMERCIAL",
    "PROTECT: MANAGEMENT", "CONFIDENTIAL - INTELLIGENCE", "CONFIDENTIAL: MEDICAL", "[CONFIDENTIAL]",
    "CONFIDENTIAL - LOCSEN", "SECRET UK EYES ONLY", "SECRET - UK EYES ALPHA", "UK SECRET", "SECRET//NOFORN",
    "SECRET STRAP1", "TOP SECRET STRAP 2", "TOP SECRET - UK EYES ONLY", "[TOP SECRET]", "SECRET - FIVE EYES ONLY",
    "SECRET - UK/US EYES ONLY", "UK SECRET - REL EU", "SECRET - ATOMIC", "TOP SECRET - CODEWORD",
    "Protective Marking: OFFICIAL", "Protective Marking: Official-Sensitive", "Protective marking: Restricted",
    "Protective Marking - CONFIDENTIAL", "Classification: OFFICIAL-SENSITIVE", "Security classification: SECRET",
    "Document OFFICIAL Classification:", "GSC: OFFICIAL", "GPMS: RESTRICTED", "Marked: OFFICIAL-SENSITIVE",
    "Government Security Classification: Official", "Marking: #officialsensitive",
    "Classification: #official-sensitive", "Protective marking: #official", "GSC: #official #sensitive",
    "Protective Marking: #restricted", "Classification: #confidential", "GPMS: #protect",
    "Security classification: #secret", "#OFFICIALSENSITIVE", "#OFFICIAL-SENSITIVE", "#OfficialSensitive",
    "#officialsensitive",
]  # fmt: skip
RELEASED = [
    "NOT PROTECTIVELY MARKED", "Not Protectively Marked", "UNCLASSIFIED", "[NPM]",
    "Protective Marking: Not Protectively Marked", "GPMS: UNCLASSIFIED", "OFFICIAL - FOR PUBLIC RELEASE",
    "OFFICIAL: FOR PUBLIC RELEASE",
]  # fmt: skip
HANDLING = [
    "TLP:RED", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:GREEN", "TLP: RED", "tlp:amber", "Not for onward transmission",
    "NOT FOR ONWARD DISSEMINATION", "Not for disclosure", "For police use only", "POLICE USE ONLY", "HMG USE ONLY",
    "RECIPIENTS ONLY", "UK EYES ONLY", "FIVE EYES ONLY", "UK EYES ALPHA", "CANUKUS", "Restricted to law enforcement",
    "For intelligence purposes only", "Do not share outside the force", "Handling code: C",
    "Handling conditions: do not copy", "5x5x5 intelligence report", "3x5x2 intel report", "Intel graded E41",
    "Intelligence grading B24", "3-5-2 log 1AP", "STRAP2", "EMBARGOED until 00:01", "LEGAL PROFESSIONAL PRIVILEGE",
    "MARKET SENSITIVE", "LOCSEN", "Suitable for publication: No", "Publication (Y/N): N", "Sensitive source",
    "WEST MIDLANDS POLICE USE ONLY", "Handling: #policeuseonly", "#TLPAMBER", "#tlpred", "#NotForOnwardTransmission",
]  # fmt: skip
PASSED = ["TLP:CLEAR", "TLP:WHITE", "FOR PUBLIC RELEASE", "Suitable for publication: Yes"]
FORMS = [
    *(("marking/classification", "error", form) for form in LEVELS),
    *(("marking/classification", "info", form) for form in RELEASED),
    *(("marking/handling", "error", form) for form in HANDLING),
    *(("marking/handling", "info", form) for form in PASSED),
]


def filename(form: str) -> str:
    """A form as it can stand in the name of a file, where some systems allow no colon, slash, bar or plus."""
    return re.sub(r"[:/|+]", "-", form.replace(": ", " - "))


SURFACES: dict[str, tuple[str, Callable[[str], Post]]] = {
    "head": ("text", lambda form: Post(f"{form}\n{REST}")),
    "foot": ("text", lambda form: Post(f"{REST}\n{form}")),
    "html": ("text", lambda form: Post(f"<p><b>{html.escape(form)}</b></p><p>{REST}</p>", text_format="html")),
    "broken html": (
        "text",
        lambda form: Post(
            f"<p>{html.escape(form[:2])}<i>{html.escape(form[2:])}</i></p><div>{REST}</div>", text_format="html"
        ),
    ),
    "comment": ("text", lambda form: Post(f"<!-- {html.escape(form)} --><p>{REST}</p>", text_format="html")),
    "shared": ("text", lambda form: Post(f"{form}\n{REST}", kind="repost", shared_from=SharedFrom("sam_t"))),
    "quoted": (
        "shared_from.text",
        lambda form: Post("Look", kind="repost", shared_from=SharedFrom("sam_t", text=f"{form}\n{REST}")),
    ),
    "link": ("links[0].text", lambda form: Post("Look", links=(Link("https://example.org/a", form),))),
    "place": ("location.name", lambda form: Post("Here", location=Location(name=form))),
    "alt": ("media[0].alt", lambda form: Post("Look", media=(Media(alt=form),))),
    "alt of a slide": ("media[0].alt", lambda form: Post("Look", media=(Media(alt=f"{form}\n{REST}"),))),
    "caption": ("media[0].caption", lambda form: Post("Look", media=(Media(caption=f"{form}\n{REST}"),))),
    "file name": ("media[0].filename", lambda form: Post("Look", media=(Media(filename=f"{filename(form)}.jpg"),))),
    "file name of a briefing": (
        "media[0].filename",
        lambda form: Post("Look", media=(Media(filename=f"{filename(form)} - briefing 3.png"),)),
    ),
    "file name with underscores": (
        "media[0].filename",
        lambda form: Post("Look", media=(Media(filename=f"{filename(form).replace(' ', '_')}.pdf"),)),
    ),
    "title of a png": ("metadata", lambda form: pictured(make.png(chunks=((b"iTXt", itxt(form)),)))),
    "comment of a jpeg": ("metadata", lambda form: pictured(make.jpeg(comment=form))),
    "caption in a jpeg": ("metadata", lambda form: pictured(make.jpeg(iptc_caption=form))),
    "title in xmp": ("metadata", lambda form: pictured(make.jpeg(xmp_packet=make.xmp(title=form)))),
}


def itxt(form: str) -> bytes:
    """A PNG's title, in UTF-8."""
    return b"Title\0\0\0\0\0" + form.encode()


def pictured(data: bytes) -> Post:
    """A post whose picture carries the form in its file."""
    return Post("Look", media=(Media(data=data),))


def placed(findings: tuple[Finding, ...], field: str) -> list[Finding]:
    """The findings in one field; a picture's own texts are wherever its container keeps them."""
    if field == "metadata":
        return [finding for finding in findings if finding.field.startswith("media[0].")]
    return [finding for finding in findings if finding.field == field]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("rule", "severity", "form"), FORMS)
def test_form_on_surface(rule: str, severity: str, form: str, surface: str) -> None:
    field, make_post = SURFACES[surface]
    (finding,) = placed(LINTER.lint(make_post(form)).findings, field)
    assert (finding.rule, str(finding.severity)) == (rule, severity)


@pytest.mark.parametrize(("rule", "severity", "form"), FORMS)
def test_words_seen_in_a_picture(rule: str, severity: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of pictures is put out of the way: its own tests show what it reads."""
    monkeypatch.setattr(ocr, "read_text", lambda _: ocr.SeenText(f"{form}\n{REST}", ()))
    (finding,) = LOOKING.lint(pictured(make.png())).findings
    assert (finding.field, finding.rule, str(finding.severity)) == ("media[0].seen", rule, severity)


@pytest.mark.parametrize("form", [*LEVELS, *RELEASED])
def test_the_finding_covers_the_whole_form_and_nothing_else(form: str) -> None:
    text = f"{form}\n{REST}"
    (finding,) = LINTER.lint(Post(text)).findings
    assert finding.span
    found = text[finding.span.start : finding.span.end]
    assert found.strip("[](){}<>*=#: ") == form.strip("[](){}<>*=#: ")


DISGUISES: dict[str, Callable[[str], str]] = {
    "spaced": " ".join,
    "dotted": lambda form: ".".join(form) if form.isalpha() else " ".join(form),
    "bold": lambda form: lettered(form, 0x1D400),
    "italic": lambda form: lettered(form, 0x1D63C),
    "sans bold": lambda form: lettered(form, 0x1D5D4),
    "full width": lambda form: lettered(form, 0xFF21),
    "squared": lambda form: lettered(form, 0x1F130),
    "circled": lambda form: lettered(form, 0x24B6),
    "zero width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "bidi controls": lambda form: f"\u202d{form}\u202c",
    "Cyrillic letters": lambda form: form.translate(
        str.maketrans("AEOCTIS", "\u0410\u0415\u041e\u0421\u0422\u0406\u0405")
    ),
    "Greek letters": lambda form: form.translate(str.maketrans("AEIOT", "\u0391\u0395\u0399\u039f\u03a4")),
    "combining marks": lambda form: "".join(f"{letter}\u0332" for letter in form),
}
DISGUISED = ["OFFICIAL-SENSITIVE", "RESTRICTED", "CONFIDENTIAL", "SECRET", "OFFICIAL - SENSITIVE"]


def lettered(form: str, first: int) -> str:
    """Write the capitals with those of another alphabet, whose A is ``first``."""
    return "".join(chr(first + ord(letter) - 65) if "A" <= letter <= "Z" else letter for letter in form)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("form", DISGUISED)
def test_disguised_letters(form: str, disguise: str) -> None:
    written = DISGUISES[disguise](form)
    text = f"{written}\nThe target is at the address until Friday, briefing to follow."
    (finding,) = LINTER.lint(Post(text)).findings
    assert finding.rule == "marking/classification"
    assert finding.span
    assert finding.span.start <= 1
    assert finding.span.end >= len(written) - 1


# The same words where no text is marked: each stands on every surface too.
ORDINARY = [
    "The official opening is on Saturday", "Talk to us in confidence", "Our confidential helpline is free",
    "Top secret recipe for the bake sale", "Secret Santa at the station", "The restricted zone around the ground",
    "Protect yourself from scams", "#Official", "#SecretSanta", "#ProtectTheNHS", "#Confidential",
    "Classified ads scam", "Official Secrets Act", "@AVFCOfficial", "Sensitive skin, says PD Bella",
    "OS map of the Lickeys", "Emergency vehicles only", "Bike marking: Saturday", "#BikeMarking #secret location",
    "Not for sale", "#NotForTheFaintHearted", "#StaffOnly", "999 is for emergency use only",
    "Traffic light protocol at the crossing: red, amber, green", "Document classification course",
]  # fmt: skip


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_words_on_surface(words: str, surface: str) -> None:
    field, make_post = SURFACES[surface]
    assert placed(LINTER.lint(make_post(words)).findings, field) == []
