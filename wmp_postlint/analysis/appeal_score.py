"""How much in a text speaks for an appeal of one kind: cues of three weights."""

from __future__ import annotations

from typing import NamedTuple

from wmp_postlint.analysis.appeal_words import pattern


class Score(NamedTuple):
    """What was counted of one kind: points, and where its weightiest words stand."""

    points: int = 0
    top: int = 0
    start: int = 0
    end: int = 0

    def plus(self, other: Score) -> Score:
        """Return both together: the points of both, the place of the weightier."""
        first, second = sorted((self, other), key=lambda score: (-score.top, score.start))
        return Score(self.points + other.points, first.top, first.start, first.end) if first.top else second


def score(group: str, text: str) -> Score:
    """Count the cues of one kind in a text: up to one of the heaviest, two of the others."""
    points = top = start = end = 0
    for weight, tier, most in ((3, "three", 1), (2, "two", 2), (1, "one", 2)):
        matches = []
        for match in pattern(group, tier).finditer(text):
            matches.append(match)
            if len(matches) == most:
                break
        points += weight * len(matches)
        if matches and not top:
            top, (start, end) = weight, matches[0].span()
    return Score(points, top, start, end)
