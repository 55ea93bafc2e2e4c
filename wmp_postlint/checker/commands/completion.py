"""``postlint completion``: the script that lets a shell complete the command line."""

from __future__ import annotations

import argparse
import sys

_SHELLS = ("bash", "zsh", "fish")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Prints a script that completes commands, options, formats, rules and packs in a shell."
    parser.epilog = 'bash and zsh: eval "$(postlint completion bash)" in ~/.bashrc. Print it anew after an update.'
    parser.add_argument("shell", choices=_SHELLS, metavar=" | ".join(_SHELLS), help="the shell")


def run(given: argparse.Namespace) -> int:
    """Print it."""
    from wmp_postlint.checker.cli import whole_parser
    from wmp_postlint.checker.completion import SHELLS, levels
    from wmp_postlint.checker.output import names
    from wmp_postlint.packs import bundled_packs, installed_packs
    from wmp_postlint.registry import all_rules

    rules = [rule.name for rule in all_rules()]
    families = list(dict.fromkeys(name.partition("/")[0] for name in rules))
    packs = [*bundled_packs(), *installed_packs()]
    values = {
        "FORMAT": names(),
        "RULES": [*families, *rules],
        "FAMILY/RULE": rules,
        "NAME|FILE": packs,
        **dict.fromkeys(("PACK", "OLD", "NEW"), packs),
    }
    sys.stdout.write(SHELLS[given.shell](list(levels(whole_parser(), values))))
    return 0
