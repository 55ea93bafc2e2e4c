"""Looks for crashes with coverage to guide it (atheris, which is libFuzzer), one target after the other.

    python fuzz/run.py [--seconds 600] [--only TARGET ...]
    python fuzz/run.py --replay FILE --only TARGET

Each target runs in a process of its own for its share of the time, from the sample files of the tests and what earlier
runs kept in ``build/fuzz/<target>``. A crash, a hang of more than 5 seconds or more than 1 GB of memory ends a target
and leaves its input there as ``crash-...``; make a test of it before you mend it. Ends with 1 if there was any.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from targets import TARGETS, seeds

KEPT = Path(__file__).resolve().parent.parent / "build" / "fuzz"
LIMITS = ("-timeout=5", "-rss_limit_mb=1024", "-max_len=20000", "-print_final_stats=1", "-verbosity=0")


def run(name: str, seconds: int) -> bool:
    """Fuzz one target for so long; tell whether it held."""
    folder = KEPT / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(content)
    before = set(folder.glob("*-*"))
    options = (*LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={folder}/")
    ended = subprocess.run(
        [sys.executable, __file__, "--inside", name, "--", *options, str(corpus)], capture_output=True, text=True
    )
    stats = dict(line.rsplit(":", 1) for line in ended.stderr.splitlines() if line.startswith("stat::"))
    tried = stats.get("stat::number_of_executed_units", "?").strip()
    left = sorted(set(folder.glob("*-*")) - before)
    print(f"{name}: {tried} inputs in {seconds} s, {'held' if not ended.returncode else 'broke'}", *left, flush=True)
    if ended.returncode:
        print("\n".join(ended.stderr.splitlines()[-40:]))
    return not ended.returncode


def inside(name: str, options: list[str]) -> None:
    """Fuzz in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["wmp_postlint"]):
        target = TARGETS[name]()
    atheris.Setup([sys.argv[0], *options], lambda content: target(bytes(content)))
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--only", nargs="+", choices=list(TARGETS), default=list(TARGETS))
    parser.add_argument("--replay", type=Path, help="run one target on one file, without atheris")
    parser.add_argument("--inside", choices=list(TARGETS), help=argparse.SUPPRESS)
    parser.add_argument("options", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside(given.inside, given.options)
    if given.replay:
        for name in given.only:
            TARGETS[name]()(given.replay.read_bytes())
        return 0
    share = max(1, given.seconds // len(given.only))
    held = [run(name, share) for name in given.only]
    return not all(held)


if __name__ == "__main__":
    sys.exit(main())
