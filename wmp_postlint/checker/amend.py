"""Puts approvals into post files, and changes nothing else in them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from wmp_postlint.errors import InputError
from wmp_postlint.lazy import replace
from wmp_postlint.post import Approval
from wmp_postlint.readers.files import find
from wmp_postlint.readers.loaded import Loaded, decode

Plain = Mapping[str, str]
_ENDINGS = (".md", ".json", ".jsonl")


def the_post(path: str, identity: str | None) -> Loaded:
    """Return the one post of a file that is meant.

    Args:
        path: the file.
        identity: the post's id; may be None where the file holds one post.

    Raises:
        InputError: if there is no such post, more than one, or it cannot be read.
    """
    if not path.casefold().endswith(_ENDINGS):
        raise InputError(path, f"an approval is written into files that end in {', '.join(_ENDINGS)} only")
    found = [loaded for loaded in _read(path) if identity is None or loaded.id == identity]
    if len(found) != 1:
        which = f"with the id {identity!r}" if identity else "in it; name one with --id"
        raise InputError(path, f"expected one post file with one post, there are {len(found)} posts {which}")
    if found[0].post is None:
        raise InputError(found[0].place, found[0].error or "cannot be read")
    return found[0]


def add_approvals(loaded: Loaded, approvals: Sequence[Approval]) -> None:
    """Write approvals into the file of a post: into its front matter, or its object.

    Raises:
        InputError: if the file cannot be changed without changing more than that; it is left as it was.
    """
    assert loaded.post is not None
    path = Path(loaded.path)
    content = decode(path.read_bytes())
    plain = [plain_approval(approval) for approval in approvals]
    wanted = replace(loaded.post, approvals=(*loaded.post.approvals, *approvals))
    try:
        changed = _changed(path, content, loaded.line or 1, plain)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise _unsafe(loaded.path) from None  # an export, or a list: no file of ours
    with _draft(path, changed) as draft:
        if wanted not in [again.post for again in _read(str(draft))]:
            raise _unsafe(loaded.path)
        draft.replace(path)


def _unsafe(path: str) -> InputError:
    return InputError(path, "cannot be changed safely; print the approval with --print and put it in yourself")


def _changed(path: Path, content: str, line: int, plain: Sequence[Plain]) -> str:
    """Return the text of a file with approvals added to the post at a line."""
    if path.name.casefold().endswith(".md"):
        return _markdown(content, plain)
    if path.name.casefold().endswith(".jsonl"):
        lines = content.split("\n")
        lines[line - 1] = _object(lines[line - 1], plain)
        return "\n".join(lines)
    return _object(content, plain, 2) + "\n"


def plain_approval(approval: Approval) -> dict[str, str]:
    """Return an approval with the keys of the wire format."""
    values = {name: getattr(approval, name) for name in ("covers", "by", "reference", "expires", "digest", "signature")}
    return {
        name: value if isinstance(value, str) else value.isoformat()
        for name, value in values.items()
        if value is not None
    }


def _read(path: str) -> list[Loaded]:
    # Standard input, which cannot be changed, is empty here.
    return [loaded for source in find([path], BytesIO()) for loaded in source.read()]


@contextmanager
def _draft(path: Path, text: str) -> Iterator[Path]:
    """Yield a file beside another with its new text and its rights; unless it is moved it is gone in the end."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".postlint-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _object(text: str, approvals: Sequence[Plain], indent: int | None = None) -> str:
    members = json.loads(text)
    members["approvals"] = [*members.get("approvals", []), *approvals]
    return json.dumps(members, ensure_ascii=False, indent=indent)


def _markdown(text: str, approvals: Sequence[Plain]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    mark = lines[0].rstrip()
    if mark not in ("---", "+++"):
        return end.join(["---", "approvals:", *_items(approvals, "  "), "---", "", *lines])
    close = next(index for index, line in enumerate(lines[1:], 1) if line.rstrip() == mark)
    if mark == "+++":
        tables = [["", "[[approvals]]", *(f"{key} = {_quoted(one[key])}" for key in one)] for one in approvals]
        return end.join([*lines[:close], *(line for table in tables for line in table), *lines[close:]])
    return end.join([lines[0], *_into_yaml(lines[1:close], approvals), *lines[close:]])


def _into_yaml(lines: list[str], approvals: Sequence[Plain]) -> list[str]:
    """Put approvals under the key that is there, or under a new one."""
    import yaml

    node: Any = yaml.compose("\n".join(lines), yaml.SafeLoader)
    given = [value for key, value in node.value if key.value == "approvals"] if node else []
    if not given:
        return [*lines, "approvals:", *_items(approvals, "  ")]
    if given[0].flow_style or not isinstance(given[0], yaml.SequenceNode):
        source = "\n".join(lines)
        at = given[0].end_mark.index - 1
        more = ", ".join(json.dumps(one, ensure_ascii=False) for one in approvals)
        return (source[:at] + (", " if given[0].value else "") + more + source[at:]).split("\n")
    last = given[0].value[-1].end_mark
    at = last.line + (last.column > given[0].start_mark.column)
    return [*lines[:at], *_items(approvals, " " * given[0].start_mark.column), *lines[at:]]


def _items(approvals: Sequence[Plain], indent: str) -> Iterator[str]:
    for approval in approvals:
        for index, (key, value) in enumerate(approval.items()):
            yield f"{indent}{'  ' if index else '- '}{key}: {_quoted(value)}"


def _quoted(text: str) -> str:
    """Quote a text in the one way that JSON, YAML and TOML share."""
    return json.dumps(text, ensure_ascii=False)
