"""The command line: ``postlint check``, ``postlint fix``, ``postlint rules``, ``postlint explain``.

Exit codes: 0 clean, 1 findings that block, 2 a wrong call, an input that cannot be read, or anything that could not be
looked at, 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import BinaryIO, TextIO, cast

from wmp_postlint.checker.terminal import Style, colour_wanted, visible
from wmp_postlint.errors import InputError, RegistryError
from wmp_postlint.finding import Severity

_BROKEN_PIPE, _INTERRUPTED = 141, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Args:
        arguments: the words after the command's name; by default those of the process.
    """
    # The start makes much and leaves little behind: looking for rubbish would take a tenth of it.
    gc.disable()
    # The name model multiplies small matrices: threads of the linear algebra would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):
            # What a terminal's encoding lacks is escaped rather than raised.
            cast("object", stream).reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]
    try:
        code = _run(_parser().parse_args(arguments))
        sys.stdout.flush()
    except (InputError, RegistryError) as error:
        return _fault(str(error))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # What is still buffered must not raise again when Python ends.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except OSError as error:
        return _fault(f"the result cannot be written: {error.strerror or type(error).__name__}")
    except Exception as error:  # noqa: BLE001  a traceback could show the text of a post
        return _fault(f"postlint itself failed ({type(error).__name__}); nothing was decided, please report it")
    finally:
        gc.enable()
    return code


def _fault(words: str) -> int:
    with suppress(OSError):
        sys.stderr.write(f"postlint: error: {visible(words)}\n")
    return 2


def _run(given: argparse.Namespace) -> int:
    command: Callable[[argparse.Namespace], int] = given.command
    return command(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="postlint",
        description="Reads police social-media posts before they are published and says what must not go out.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="check | fix | rules | explain")

    check = commands.add_parser(
        "check",
        help="check post files",
        description="Checks *.post.json, *.posts.jsonl and *.post.md files, folders of them, or standard input (-).",
        epilog="Exit codes: 0 clean; 1 findings that block; 2 wrong call, or something could not be read or looked at.",
    )
    check.set_defaults(command=_check)
    check.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    check.add_argument("--select", action="append", metavar="RULES", help="run only these rules, families or patterns")
    check.add_argument("--ignore", action="append", metavar="RULES", help="leave out these rules, families or patterns")
    check.add_argument("--trust-approvals", action="store_true", help="let unsigned approvals inside the files count")
    check.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        default="error",
        help="what exit code 1 takes (error)",
    )
    check.add_argument(
        "--output-format", choices=("full", "json"), default="full", help="for people or for programs (full)"
    )
    check.add_argument("--ocr", action="store_true", help="read the text that can be seen in pictures too (extra ocr)")
    text = check.add_mutually_exclusive_group()
    text.add_argument("--mask", action="store_true", help="put stars in place of the posts' words in the full format")
    text.add_argument("--show-text", action="store_true", help="show found words and coordinates in the json format")
    check.add_argument("-q", "--quiet", action="count", default=0, help="no marks; twice: the summary alone")
    check.add_argument("-v", "--verbose", action="store_true", help="a line for each post")

    fix = commands.add_parser(
        "fix",
        help="take the location out of pictures and videos",
        description="Writes copies of pictures and videos without their location; no pixel is touched.",
        epilog="Exit codes: 0 every file is clean now; 2 a file was refused or could not be read, or a wrong call.",
    )
    fix.set_defaults(command=_fix)
    fix.add_argument("paths", nargs="+", metavar="FILE", help="a picture or a video")
    fix.add_argument(
        "--remove",
        choices=("location", "identifying", "all"),
        default="location",
        help="location; also owners, serial numbers and faces; or all metadata (location)",
    )
    fix.add_argument("--output", metavar="PATH", help="where the copy goes, or the folder for several (NAME.clean.EXT)")
    fix.add_argument("--in-place", action="store_true", help="replace the files themselves")

    rules = commands.add_parser("rules", help="list the rules", description="Lists the rules that are installed.")
    rules.set_defaults(command=_rules)
    rules.add_argument(
        "--output-format", choices=("full", "json"), default="full", help="for people or for programs (full)"
    )

    explain = commands.add_parser("explain", help="explain a rule", description="Explains a rule, or lists a family's.")
    explain.set_defaults(command=_explain)
    explain.add_argument("rule", metavar="FAMILY/RULE", help="the name of a rule or of a family")

    for each in (check, rules, explain):
        each.add_argument("--policy", metavar="NAME|FILE", help="a bundled policy pack or a TOML file (west-midlands)")
        each.add_argument(
            "--color", choices=("auto", "always", "never"), default="auto", help="whether to colour (auto)"
        )
    return parser


def patterns(values: Sequence[str] | None) -> list[str] | None:
    """Return the patterns of an option that may be repeated and hold lists with commas; None where it was not given."""
    if values is None:
        return None
    return [pattern.strip() for value in values for pattern in value.split(",") if pattern.strip()]


def _check(given: argparse.Namespace) -> int:
    from wmp_postlint.checker.check import Format, run
    from wmp_postlint.linter import Linter
    from wmp_postlint.readers.files import find

    linter = Linter(
        policy=given.policy,
        select=patterns(given.select),
        ignore=patterns(given.ignore),
        trust_approvals=given.trust_approvals,
        ocr=given.ocr,
    )
    if not linter.rules:
        raise InputError("rules", "none is left to check with; change --select or --ignore")
    to: Format
    if given.output_format == "json":
        from wmp_postlint.checker.json_format import JsonFormat

        to = JsonFormat(_bytes(sys.stdout).write, linter.policy, given.show_text)
    else:
        from wmp_postlint.checker.details import Sheet
        from wmp_postlint.checker.full import FullFormat

        sheet = Sheet(linter.policy, _width(), _style(given), given.mask)
        to = FullFormat(sys.stdout, sheet, 1 if given.verbose else -given.quiet)
    return run(find(given.paths, _bytes(sys.stdin)), linter, to, Severity(given.fail_on))


def _fix(given: argparse.Namespace) -> int:
    from wmp_postlint.checker.fix import run

    def say(line: str) -> None:
        sys.stdout.write(f"{visible(line)}\n")

    return run(given.paths, given.remove, say, output=given.output, in_place=given.in_place)


def _rules(given: argparse.Namespace) -> int:
    from wmp_postlint.checker import explain
    from wmp_postlint.linter import Linter

    linter = Linter(policy=given.policy)
    if given.output_format == "json":
        sys.stdout.write(explain.rules_json(linter.rules, linter.policy))
    else:
        for line in explain.rules_table(linter.rules, linter.policy, _width(), _style(given)):
            sys.stdout.write(f"{line}\n")
    return 0


def _explain(given: argparse.Namespace) -> int:
    from wmp_postlint.checker import explain
    from wmp_postlint.linter import Linter

    linter = Linter(policy=given.policy)
    for line in explain.explain(given.rule, linter.rules, linter.policy, _width(), _style(given)):
        sys.stdout.write(f"{line}\n")
    return 0


def _style(given: argparse.Namespace) -> Style:
    return Style(colour_wanted(given.color, sys.stdout))


def _width() -> int:
    import shutil

    return max(20, shutil.get_terminal_size().columns)


def _bytes(stream: TextIO) -> BinaryIO:
    return stream.buffer
