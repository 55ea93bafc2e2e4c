"""What rules find in disguise, as a table; ``--write`` keeps it as the floors that the tests hold.

    python benchmarks/evasion.py [--write] [--missed CARRIER]

The texts are the examples of the rules themselves; the disguises are those of ``tests/evasion``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path.insert(0, str(TESTS))

from evasion.cells import FAMILIES, cell, table  # noqa: E402  the tests' folder had to be named first
from evasion.disguises import CARRIERS  # noqa: E402


def main() -> None:
    """Print the table, or what is missed in one disguise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures as floors")
    parser.add_argument("--missed", choices=list(CARRIERS), help="print what is missed in this disguise")
    options = parser.parse_args()
    if options.missed:
        print("\n".join(text for family in FAMILIES for text in cell(options.missed, family).missed))
        return
    if options.write:
        floors = {
            carrier: {
                family: {"found": read.found, "exact": read.exact, "alarms": read.alarms}
                for family in FAMILIES
                for read in (cell(carrier, family),)
            }
            for carrier in CARRIERS
        }
        (TESTS / "evasion" / "floors.json").write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    print(table())


if __name__ == "__main__":
    main()
