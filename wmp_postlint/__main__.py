"""``python -m wmp_postlint``: the same as ``postlint``."""

import sys

from wmp_postlint.checker.cli import main

if __name__ == "__main__":
    sys.exit(main())
