"""Reads and repairs files and mutants of them in a process of its own, so that its memory can be measured."""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from pathlib import Path

from wmp_postlint import MediaFixError, fix_media
from wmp_postlint.media import read_media

MARKS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\x80\0\0\0")


def mutant(chance: random.Random, seeds: list[bytes]) -> bytes:
    """Return a seed that is cut, flipped, has huge numbers in it, or a piece twice."""
    data = bytearray(chance.choice(seeds))
    kind = chance.random()
    if kind < 0.2:
        return bytes(data[: chance.randrange(len(data))])
    if kind < 0.3:
        at, length = chance.randrange(len(data)), chance.randrange(1, 400)
        return bytes(data[:at] + data[at : at + length] * chance.randrange(2, 9) + data[at:])
    if kind < 0.45:
        for _ in range(chance.choice([1, 2, 4])):
            at = chance.randrange(len(data))
            data[at : at + 4] = chance.choice(MARKS)
        return bytes(data)
    for _ in range(chance.choice([1, 3, 10, 50])):
        at = chance.randrange(len(data))
        data[at] = chance.choice([0, 0xFF, data[at] ^ 1 << chance.randrange(8), chance.randrange(256)])
    return bytes(data)


def peak() -> float:
    """Return the most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux may be the parent's
        words = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if words:
            return int(words[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path, mutants: int) -> None:
    paths = sorted(folder.iterdir())
    slowest, raised, unclean = 0.0, [], []
    if not mutants:
        for path in paths:
            start = time.process_time()
            read_media(path)
            slowest = max(slowest, time.process_time() - start)
    seeds = [path.read_bytes() for path in paths] if mutants else []
    for number in range(mutants):
        data = mutant(random.Random(number), seeds)
        start = time.process_time()
        try:
            read_media(data)
            slowest = max(slowest, time.process_time() - start)
            if number % 4 == 0:
                fixed = read_media(fix_media(data).data)
                if fixed.positions or fixed.traces or fixed.problems:
                    unclean.append(number)
        except MediaFixError:
            pass
        except Exception as error:  # noqa: BLE001 - what must not happen is reported, with the number to make it again
            raised.append(f"{number}: {type(error).__name__}")
    counts = {"files": len(paths), "mutants": mutants, "slowest": slowest, "megabytes": peak()}
    json.dump(counts | {"raised": raised, "unclean": unclean}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
