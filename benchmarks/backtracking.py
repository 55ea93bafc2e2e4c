"""Attacks every pattern of the package with texts made of the pattern itself, and says which take too long.

    python benchmarks/backtracking.py [--every N]

No pattern may hold a repetition without end within another: that is read off the pattern. The rest is tried.
For each part of a pattern that may repeat, what comes before it is followed by many repetitions and by what fits
nowhere; such a text is what makes a pattern try all ways of cutting it. Twice the text may take twice the time, not
four times.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]  # the parser of the standard library
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

_SEEN: dict[tuple[str, int], None] = {}
_compile = re.compile


def _noted(pattern: Any, flags: int = 0) -> Any:
    # What others compile, among them the standard library, is theirs.
    if isinstance(pattern, str) and sys._getframe(1).f_globals.get("__name__", "").startswith("wmp_postlint"):
        _SEEN[pattern, int(flags)] = None
    return _compile(pattern, flags)


re.compile = _noted  # before the package is imported, so that none is missed

from wmp_postlint import Document, Post, all_rules, load_policy, resource  # noqa: E402
from wmp_postlint.analysis import sieve  # noqa: E402
from wmp_postlint.analysis.cues import vocabularies  # noqa: E402
from wmp_postlint.checker.hold import spans_and_text  # noqa: E402
from wmp_postlint.lazy import _Pattern  # noqa: E402
from wmp_postlint.text import fold, identity  # noqa: E402

LETTERS = "a0 .A-@\n,'1é😀_#/:x\t"
LONG = 4_000
# Repetitions that end sooner than this cannot take long.
FEW = 30
NOWHERE = "§"
# A search faster than this is not looked at closer, and what twice the text may take.
FAST, TIMES = 0.004, 3.0


def patterns() -> list[tuple[str, int]]:
    """Return every pattern that the package compiles, with its flags."""
    policy = load_policy()
    for rule in all_rules():
        for example in rule.examples:
            _, text = spans_and_text(example.marked)
            for _ in rule.run(Document(Post(text), policy)):
                pass
    vocabularies()
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and module.__name__.startswith("wmp_postlint"):
            for value in vars(module).values():
                if isinstance(value, _Pattern) and isinstance(value._made_of[0], str):
                    _SEEN[value._made_of[0], int(value._made_of[1])] = None
    for made in sieve._MADE:
        _SEEN.update(dict.fromkeys((source, int(re.IGNORECASE)) for source in made._sources))
    assert resource.names("disrepute", ".toml")
    return sorted(_SEEN)


def _fits(node: Any) -> list[str]:
    """Return the letters of ``LETTERS`` that a class of characters takes."""
    op, value = node
    if op is ops.LITERAL:
        return [chr(value)]
    if op is ops.NOT_LITERAL:
        return [letter for letter in LETTERS if ord(letter) != value]
    if op is ops.ANY:
        return [letter for letter in LETTERS if letter != "\n"]
    source = _compile(_class(value))
    found = [letter for letter in LETTERS if source.match(letter)]
    listed = [chr(item) for kind, item in value if kind is ops.LITERAL]
    ranged = [chr(item[0]) for kind, item in value if kind is ops.RANGE]
    return found or [letter for letter in (*listed, *ranged) if source.match(letter)] or ["a"]


_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _class(items: Any) -> str:
    parts = []
    for kind, item in items:
        if kind is ops.NEGATE:
            parts.append("^")
        elif kind is ops.LITERAL:
            parts.append(re.escape(chr(item)))
        elif kind is ops.RANGE:
            parts.append(f"{re.escape(chr(item[0]))}-{re.escape(chr(item[1]))}")
        else:
            parts.append(_CATEGORIES[item])
    return f"[{''.join(parts)}]"


def sample(tree: Any) -> str:
    """Return a short text that a parsed pattern takes, or nearly so: what looks around is left out."""
    text = ""
    for op, value in tree:
        if op in (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN):
            text += _fits((op, value))[0]
        elif op is ops.BRANCH:
            text += sample(value[1][0])
        elif op is ops.SUBPATTERN:
            text += sample(value[3])
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            text += sample(value[2]) * value[0]
        elif op is ops.ATOMIC_GROUP:
            text += sample(value)
    return text


def attacks(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield what comes before a part that may repeat, and what to repeat."""
    for op, value in tree:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            body = value[2]
            if value[1] is ops.MAXREPEAT or value[1] >= FEW:
                yield before, sample(body) or "a"
                if len(body) == 1 and body[0][0] in (ops.NOT_LITERAL, ops.ANY, ops.IN):
                    yield from ((before, letter) for letter in _fits(body[0])[1:4])
                if len(body) == 1 and body[0][0] is ops.SUBPATTERN and body[0][1][3][0][0] is ops.BRANCH:
                    yield from ((before, sample(branch) or "a") for branch in body[0][1][3][0][1][1][1:4])
            yield from attacks(body, before)
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from attacks(branch, before)
        elif op is ops.SUBPATTERN:
            yield from attacks(value[3], before)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from attacks(value[1], before)
        elif op is ops.ATOMIC_GROUP:
            yield from attacks(value, before)
        before += sample([(op, value)])


_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)


def nested(tree: Any) -> bool:
    """Tell whether something may repeat without end that is itself nothing but a repetition without end: ``(a+)+``."""
    for op, value in tree:
        if op in _REPEATS and value[1] is ops.MAXREPEAT and any(map(_loose, _ways(value[2]))):
            return True
        if any(nested(part) for part in _parts(op, value)):
            return True
    return False


def _ways(tree: Any) -> Iterator[list[Any]]:
    """Yield the sequences that a part may be: one, or one for each branch."""
    items = list(tree)
    while len(items) == 1 and items[0][0] is ops.SUBPATTERN:
        items = list(items[0][1][3])
    if len(items) == 1 and items[0][0] is ops.BRANCH:
        for branch in items[0][1][1]:
            yield from _ways(branch)
    else:
        yield items


def _loose(items: list[Any]) -> bool:
    """Tell whether a sequence holds a repetition without end and nothing that must stand between two of them."""
    endless = [op in _REPEATS and value[1] is ops.MAXREPEAT for op, value in items]
    return any(endless) and all(op in _REPEATS for op, _ in items)


def _parts(op: Any, value: Any) -> list[Any]:
    if op is ops.BRANCH:
        return list(value[1])
    if op is ops.SUBPATTERN:
        return [value[3]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    return [value[2]] if op in (*_REPEATS, ops.POSSESSIVE_REPEAT) else []


def as_read(text: str) -> str:
    """Return a text as rules read it: folded."""
    return fold(identity(text)).text


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return how long it takes to find all matches in a text, the better of two tries."""
    tries = []
    for _ in range(2):
        start = time.perf_counter()
        for _ in pattern.finditer(text):
            pass
        tries.append(time.perf_counter() - start)
        if tries[0] < FAST:
            break
    return min(tries)


def slow(source: str, flags: int) -> tuple[str, float, float] | None:
    """Return a part that makes a pattern slow, with the seconds for a text and twice the text; None if none does."""
    pattern = _compile(source, flags)
    tree = _parser.parse(source, flags)
    for before, part in dict.fromkeys(attacks(tree)):
        for lead in ("", before):

            def text(times: int, lead: str = lead, part: str = part) -> str:
                return as_read(lead + part * times + NOWHERE)

            what, often = f"{lead[:30]!r} + {part[:30]!r}", LONG // len(part)
            # A pattern that tries all ways of cutting even a short text would not come back from a long one.
            for first, second in ((FEW // 2, FEW * 4 // 5), (often, 2 * often)):
                long = seconds(pattern, text(second))
                if long > FAST and long > TIMES * (short := seconds(pattern, text(first))):
                    return what, short, long
    return None


def main() -> None:
    """Attack the patterns, print those that are slow, and exit with 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every so many of the patterns")
    known = patterns()
    deep = [source for source, flags in known if nested(_parser.parse(source, flags))]
    every = known[:: parser.parse_args().every]
    found = [(source, bad) for source, flags in every if (bad := slow(source, flags))]
    for source in deep:
        print(f"repetitions without end in one another: {source[:200]!r}")
    for source, (what, first, second) in found:
        print(f"{first * 1000:.1f} ms, twice the text {second * 1000:.1f} ms: {what} in {source[:200]!r}")
    print(f"{len(known)} patterns, {len(deep)} of them nested; {len(every)} attacked, {len(found)} of them slow")
    sys.exit(bool(found or deep))


if __name__ == "__main__":
    main()
