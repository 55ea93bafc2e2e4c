"""The baseline: the findings that an archive had when the checker was adopted, so that only new ones count.

A finding is known by its rule and by what was found, never by its place. Both go into a hash under a secret key, so
that the file can be kept with the posts: who has it alone cannot try out telephone numbers until one fits. How often a
value was found is kept too, and one time more is a new finding.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from wmp_postlint.checker.outcome import Outcome
from wmp_postlint.convert import convert
from wmp_postlint.errors import InputError
from wmp_postlint.finding import Finding
from wmp_postlint.fixes import text_of
from wmp_postlint.lazy import Record
from wmp_postlint.secret_file import LENGTH, key_path, read_key, write_new

VERSION = 1
KEY_VARIABLE = "POSTLINT_BASELINE_KEY"
_DIGITS = 32  # of a fingerprint, 128 bits


class BaselineError(InputError):
    """Report a baseline that cannot be used."""

    kind = "baseline"


class Entry(Record):
    """A finding that is known: its rule, its fingerprint, and how often it was there."""

    rule: str
    fingerprint: str
    count: int = 1


class _File(Record):
    """What a baseline file holds; ``key`` tells whether a key is its own, without giving anything away of it."""

    version: int
    policy: str
    key: str
    findings: tuple[Entry, ...]


class Baseline:
    """The findings that are known, and how many of each were met in a run.

    Args:
        path: the file.
        key: its secret key.
        policy: the pack that it was made under, for people.
        counts: how often each finding may be met: (rule, fingerprint) to number.
    """

    def __init__(
        self, path: Path, key: bytes, policy: str, counts: Mapping[tuple[str, str], int] | None = None
    ) -> None:
        self.path = path
        self.policy = policy
        self.counts = {**(counts or {})}
        self.met: dict[tuple[str, str], int] = {}
        self._key = key

    @classmethod
    def read(cls, path: str | Path, key_file: str | Path | None = None) -> Baseline:
        """Read a baseline.

        Args:
            path: the file.
            key_file: the file of its key; by default the environment's ``POSTLINT_BASELINE_KEY`` is the key, else the
                file ``<path>.key`` holds it.

        Raises:
            BaselineError: if it or its key is missing, or is not what was written.
        """
        path = Path(path)
        file = _read(path)
        key = _key(path, key_file)
        if not hmac.compare_digest(file.key, _check(key)):
            raise BaselineError(str(path), "was made with another key")
        counts = {(entry.rule, entry.fingerprint): entry.count for entry in file.findings}
        return cls(path, key, file.policy, counts)

    @classmethod
    def new(cls, path: str | Path, policy: str, key_file: str | Path | None = None) -> Baseline:
        """Return an empty baseline for a new file; its key is made unless there is one.

        Raises:
            BaselineError: if the file is there already, or the key cannot be used.
        """
        path = Path(path)
        if path.exists():
            raise BaselineError(str(path), "is there already; bring it up to date with: postlint baseline update")
        where = Path(key_file) if key_file else key_path(path)
        if not where.exists() and (key_file or KEY_VARIABLE not in os.environ):
            write_new(where, secrets.token_hex(LENGTH // 2).encode(), BaselineError, "is there already")
        return cls(path, _key(path, key_file), policy)

    def fingerprint(self, finding: Finding, outcome: Outcome, text: str | None) -> tuple[str, str]:
        """Return what tells a finding from others: its rule, and the keyed hash of that and of what was found.

        Args:
            finding: the finding.
            outcome: the post that it was made in.
            text: the text that its span lies in, if there is one.
        """
        if finding.span is not None and text is not None and finding.span.start < finding.span.end:
            value: list[object] = ["words", _folded(text[finding.span.start : finding.span.end])]
        else:
            # Coordinates of a picture, or a fault of the post as a whole, which is then told by all that it says.
            post = outcome.loaded.post
            words = "" if finding.data or post is None else text_of(post, "text") or ""
            data = {key: finding.data[key] for key in sorted(finding.data)}
            value = ["facts", finding.field.partition(".")[2], data, _folded(words)]
        said = json.dumps([finding.rule, value], default=str)
        return finding.rule, hmac.new(self._key, said.encode(), "sha256").hexdigest()[:_DIGITS]

    def meets(self, known: tuple[str, str]) -> bool:
        """Tell whether a finding is known, and was not met as often as that before; count it."""
        self.met[known] = self.met.get(known, 0) + 1
        return self.met[known] <= self.counts.get(known, 0)

    @property
    def unmet(self) -> int:
        """How many of the findings that are known were not met."""
        return sum(max(0, count - self.met.get(known, 0)) for known, count in self.counts.items())

    @property
    def fresh(self) -> int:
        """How many findings were met that are not known."""
        return sum(max(0, count - self.counts.get(known, 0)) for known, count in self.met.items())

    def update(self, *, accept_new: bool) -> None:
        """Let what was not met go; with ``accept_new`` take in what was met and is not known."""
        met = self.met.items()
        counts = {known: count if accept_new else min(count, self.counts.get(known, 0)) for known, count in met}
        self.counts = {known: count for known, count in counts.items() if count}

    def write(self) -> None:
        """Write the file whole or not at all: a finding on each line, in the same order for the same findings."""
        head = json.dumps({"version": VERSION, "policy": self.policy, "key": _check(self._key)})
        lines = (
            json.dumps({"rule": rule, "fingerprint": fingerprint, "count": count})
            for (rule, fingerprint), count in sorted(self.counts.items())
        )
        content = f'{head[:-1]}, "findings": [\n' + ",\n".join(lines) + "\n]}\n"
        draft = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            draft.write_text(content, "utf-8", newline="\n")
            draft.replace(self.path)
        except OSError as error:
            raise BaselineError(str(self.path), f"cannot be written: {error.strerror or error}") from None
        finally:
            draft.unlink(missing_ok=True)


def counted_by_rule(counts: Iterable[tuple[tuple[str, str], int]]) -> dict[str, int]:
    """Return how many findings of each rule there are, the rules sorted."""
    found: dict[str, int] = {}
    for (rule, _), count in sorted(counts):
        found[rule] = found.get(rule, 0) + count
    return found


def show(path: str | Path) -> tuple[str, dict[str, int]]:
    """Return the pack that a baseline was made under and how many findings of each rule it knows; it needs no key.

    Raises:
        BaselineError: if it is missing, or is not what was written.
    """
    file = _read(Path(path))
    return file.policy, counted_by_rule(((each.rule, each.fingerprint), each.count) for each in file.findings)


def _read(path: Path) -> _File:
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        words = f"there is no such baseline; make it with: postlint baseline create {path} POSTS"
        raise BaselineError(str(path), words) from None
    except OSError as error:
        raise BaselineError(str(path), f"cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise BaselineError(str(path), "is not JSON, so it is no baseline") from None
    if isinstance(value, dict) and value.get("version") not in (VERSION, None):
        raise BaselineError(str(path), f"is of another version ({VERSION} is read); make it anew")
    try:
        return convert(value, _File, "", BaselineError)
    except BaselineError as error:
        raise BaselineError(f"{path}: {error.where}" if error.where else str(path), error.expected) from None


def _key(path: Path, key_file: str | Path | None) -> bytes:
    if key_file is None and (given := os.environ.get(KEY_VARIABLE)):
        if len(given.strip()) != LENGTH:
            raise BaselineError(KEY_VARIABLE, f"expected the {LENGTH} hexadecimal digits of a baseline's key")
        return given.strip().encode()
    return read_key(Path(key_file) if key_file else key_path(path), BaselineError, "a baseline")


def _check(key: bytes) -> str:
    return hmac.new(key, b"the key of a postlint baseline", "sha256").hexdigest()[:16]


def _folded(words: str) -> str:
    """Return words as they are compared: in one case, with single spaces."""
    return " ".join(words.casefold().split())
