"""What stands around a word: each reading against its hard negatives."""

from __future__ import annotations

import pytest

from wmp_postlint.analysis.quotation import insult, lowered_by, name_like, second_person


def split(marked: str) -> tuple[str, int, int]:
    """Take the brackets out of a text: the text, and where they stood."""
    start = marked.index("[")
    end = marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ('He said "you [word]" to her.', "quoted"),
        ("Sign reads '[word] off' in red.", "quoted"),
        ("It's the dog's, isn't it, you [word]?", None),
        ("The driver called her a [word] and drove off.", "reports"),
        ("She was called a [word] on the bus.", "reports"),
        ("I call them [word] and I mean it.", None),
        ("We say [word] to that.", None),
        ("Call us about the [word] on 101.", None),
        ("[Word], he shouted at the crew.", "reports"),
        ("The wall was sprayed with [word] overnight.", "reports"),
        ("Calling someone a [word] is not banter.", "reports"),
        ("[Word] is never acceptable.", "speaks against"),
        ("Hate speech has no home here. [Word] has no place in football.", "speaks against"),
        ("Officers were called to a [word] on the M6.", None),
        ("What a [word] of a day.", None),
        ("A [word] stole the charity box.", None),
        ("He spoke. The [word] left.", None),
    ],
)
def test_lowered_by(marked: str, reason: str | None) -> None:
    text, start, end = split(marked)
    found = lowered_by(text, text.lower(), start, end, condemned=True)
    assert found is None if reason is None else found is not None and reason in found, found


def test_running_down_is_not_excused_by_condemning() -> None:
    text, start, end = split("Hate crime by these [word] will not be tolerated.")
    assert lowered_by(text, text.lower(), start, end, condemned=True)
    assert lowered_by(text, text.lower(), start, end, condemned=False) is None


@pytest.mark.parametrize(
    ("marked", "likeness"),
    [
        ("PC [Dick] Turner retires.", "clear"),
        ("Mr [Dick] is safe.", "clear"),
        ("[Cock] Lane is closed.", "clear"),
        ("The [cock] lane sign was stolen.", "clear"),
        ("Ed [Balls] visited.", "clear"),
        ("A collision in [Crook] today.", "clear"),
        ("We thank [Dick] for his help.", "likely"),
        ("What a [dick] he is.", "no"),
        ("Absolute [Dick] move.", "no"),
        ("You [Prick]!", "no"),
        ("DO NOT BE A [DICK] TODAY", "no"),
        ("[Dick] moves like that cost lives.", "no"),
    ],
)
def test_name_like(marked: str, likeness: str) -> None:
    text, start, end = split(marked)
    assert name_like(text, start, end) == likeness


@pytest.mark.parametrize(
    ("marked", "thrown"),
    [
        ("you [word]", True),
        ("you stupid old [word]", True),
        ("what a [word]", True),
        ("he is a complete [word]", True),
        ("they're nothing but [word]", True),
        ("a garden [word] was stolen", False),
        ("the big [word] was found", False),
        ("did you see the [word]", False),
        ("a [word] on the road", False),
    ],
)
def test_insult(marked: str, thrown: bool) -> None:
    text, start, end = split(marked)
    assert insult(text, start, end) is thrown


@pytest.mark.parametrize(
    ("marked", "addressed"),
    [
        ("slow down you [word]", True),
        ("you absolute [word]", True),
        ("you are all [word]", True),
        ("some [word] parked here", False),
        ("did you meet the [word]", False),
        ("thank you for reporting the [word]", False),
    ],
)
def test_second_person(marked: str, addressed: bool) -> None:
    text, start, _ = split(marked)
    assert second_person(text, start) is addressed
