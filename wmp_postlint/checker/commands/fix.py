"""``postlint fix``: mends posts, and takes what gives somebody away out of pictures and videos."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wmp_postlint.checker.options import add_config, add_policy, add_rules, add_trust
from wmp_postlint.checker.terminal import visible
from wmp_postlint.errors import InputError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Pictures and videos: writes copies without their location; no pixel is touched. Post files and folders of "
        "them: shows what its fixes would change, and changes it with --in-place; pictures of the posts are mended "
        "with them."
    )
    parser.epilog = (
        "Exit codes: 0 every file is clean now; 1 a post still blocks, or --diff shows a change; 2 a file was refused "
        "or could not be read, or a wrong call."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a picture, a video, a post file or a folder")
    parser.add_argument(
        "--remove",
        choices=("location", "identifying", "all"),
        default="location",
        help="from pictures: location; also owners, serial numbers and faces; or all metadata (location)",
    )
    parser.add_argument(
        "--output", metavar="PATH", help="where a picture's copy goes, or the folder for several (NAME.clean.EXT)"
    )
    parser.add_argument("--in-place", action="store_true", help="replace the files themselves")
    parser.add_argument("--diff", action="store_true", help="show what would change in posts, and change nothing")
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="also make fixes that could change what a post says to its readers"
    )
    add_trust(parser)
    add_rules(parser)
    add_config(parser)
    add_policy(parser)


def run(given: argparse.Namespace) -> int:
    """Repair the files."""
    from wmp_postlint.checker.fix import run as fix_media

    if given.diff and given.in_place:
        raise InputError("--diff", "cannot be combined with --in-place; leave one out")
    posts = [path for path in given.paths if _holds_posts(path)]
    media = [path for path in given.paths if path not in posts]
    worst = 0
    if posts:
        worst, pictures = _fix_posts(given, posts)
        media += [path for path in pictures if path not in media]
    if media and given.diff:
        for path in media:
            _say(f"{path}: a copy without {given.remove} would be written")
        worst = max(worst, 1)
    elif media:
        code = fix_media(media, given.remove, _say, output=given.output, in_place=given.in_place)
        worst = max(worst, code)
    return worst


def _holds_posts(path: str) -> bool:
    from wmp_postlint.readers.files import is_post_file

    file = Path(path)
    named = is_post_file(file) or file.suffix.casefold() in (".md", ".txt", ".json", ".jsonl", ".csv")
    return named or (file.is_dir() and any(is_post_file(each) for each in file.rglob("*")))


def _fix_posts(given: argparse.Namespace, paths: list[str]) -> tuple[int, list[str]]:
    """Mend post files; return the exit code and the pictures that are to be mended with them."""
    from datetime import UTC, datetime
    from io import BytesIO

    from wmp_postlint.checker.configured import configure, linter_for, sources_for
    from wmp_postlint.checker.fix import write
    from wmp_postlint.checker.fix_posts import fix_file

    config = configure(given, paths)
    linter = linter_for(config, given, trust_approvals=given.trust_approvals)
    worst = 0
    pictures: list[str] = []
    for source in sources_for(config, paths, BytesIO()):
        fixed = fix_file(source, linter, datetime.now(UTC), safe_only=not given.unsafe_fixes)
        for note in fixed.notes:
            _say(note)
        pictures += fixed.pictures
        if fixed.after != fixed.before and given.in_place:
            write(Path(fixed.path).resolve(), fixed.after.encode("utf-8", "surrogateescape"), Path(fixed.path))
        elif fixed.after != fixed.before:
            for line in fixed.diff.split("\n")[:-1]:
                _say(line)
            worst = max(worst, 1 if given.diff else 0)
        if fixed.fixed:
            done = "made" if given.in_place else "to make, with --in-place"
            _say(f"{fixed.path}: {fixed.fixed} edit{'' if fixed.fixed == 1 else 's'} {done}")
        blocked = sum(report.verdict == "block" for report in fixed.reports)
        unchecked = sum(bool(report.errors) for report in fixed.reports)
        if blocked:
            _say(f"{fixed.path}: {blocked} post{'' if blocked == 1 else 's'} would still block; see 'postlint check'")
        worst = max(worst, 2 if unchecked or fixed.unread else 1 if blocked else 0)
    return worst, pictures


def _say(line: str) -> None:
    sys.stdout.write(f"{visible(line)}\n")
