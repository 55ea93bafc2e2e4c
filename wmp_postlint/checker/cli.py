"""The command line: finds the command that was called, and runs it so that no mistake becomes a traceback.

A command is a module of ``commands/`` and a line of ``COMMANDS``; no other module is loaded for it.

Exit codes: 0 clean, 1 findings that block, 2 a wrong call, an input that cannot be read, or anything that could not be
looked at, 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Container, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, cast

from wmp_postlint.checker.options import Help
from wmp_postlint.checker.terminal import visible
from wmp_postlint.errors import InputError, RegistryError

COMMANDS = {
    "check": "check post files",
    "audit": "check a whole archive, by all cores, into a folder of results",
    "fix": "mend posts, and take the location out of pictures and videos",
    "baseline": "keep the findings that are known",
    "rules": "list the rules",
    "explain": "explain a rule",
    "approve": "make keys, sign approvals, check them",
    "policy": "look at policy packs, and test them",
    "log": "start and verify a log of decisions",
    "config": "show the configuration",
    "completion": "print the shell's completion script",
    "serve": "serve the linter over HTTP",
    "lsp": "mark posts in an editor while they are written",
    "mcp": "let an assistant check the posts that it drafts",
}

_BROKEN_PIPE, _INTERRUPTED = 141, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Args:
        arguments: the words after the command's name; by default those of the process.
    """
    alone = arguments is None
    if alone:
        # The start makes much and leaves little behind: looking for rubbish would take a tenth of it.
        gc.disable()
    # The name model multiplies small matrices: threads of the linear algebra would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):
            # What a terminal's encoding lacks is escaped rather than raised.
            cast("object", stream).reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]
    try:
        words = sys.argv[1:] if arguments is None else [*arguments]
        given = _parser(words).parse_args(words)
        code: int = _module(given.command).run(given)
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
        if alone:
            gc.freeze()  # nor need it be looked through when the process ends
            gc.enable()
    return code


def _fault(words: str) -> int:
    with suppress(OSError):
        sys.stderr.write(f"postlint: error: {visible(words)}\n")
    return 2


def whole_parser() -> argparse.ArgumentParser:
    """Return the parser with all that every command takes."""
    return _parser((), COMMANDS)


def _parser(words: Sequence[str], filled: Container[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of a call; only the command that is called, and the ``filled`` ones, say what they take."""
    parser = argparse.ArgumentParser(
        prog="postlint",
        description="Reads police social-media posts before they are published and says what must not go out.",
        formatter_class=Help,
    )
    # Given its name, argparse need not lay out a usage, which brings shutil and its archives with it.
    commands = parser.add_subparsers(
        title="commands", dest="command", required=True, metavar=" | ".join(COMMANDS), prog=parser.prog
    )
    called = next((word for word in words if not word.startswith("-")), None)
    for name, words_of_help in COMMANDS.items():
        command = commands.add_parser(name, help=words_of_help, formatter_class=Help)
        if name == called or name in filled:
            _module(name).arguments(command)
    return parser


def _module(command: str) -> Any:
    return import_module(f"wmp_postlint.checker.commands.{command}")
