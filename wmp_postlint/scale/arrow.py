"""Batches of Arrow in, batches of Arrow out: the one function behind the audit and Spark (extra ``arrow``).

One row in is one row out, so that none can be lost or doubled without notice. No words of a post come out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from wmp_postlint.convert import unknown_key
from wmp_postlint.errors import InputError
from wmp_postlint.finding import Finding, Report
from wmp_postlint.linter import Linter
from wmp_postlint.post import Account, Post
from wmp_postlint.scale.judged import Given, judged

_MOMENT = pa.timestamp("us", tz="UTC")
_HEAVY = 2**25
_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())

MEDIUM = pa.struct([
    ("path", _TEXT), ("data", pa.binary()), ("filename", _TEXT), ("alt", _TEXT), ("caption", _TEXT), ("kind", _TEXT),
])  # fmt: skip

# What a batch of posts may hold: the keys of the wire format, of which ``text`` must be there; and ``image``, the bytes
# of one picture.
POSTS = pa.schema([
    ("id", _TEXT), ("text", _TEXT), ("text_format", _TEXT), ("kind", _TEXT), ("platform", _TEXT),
    ("account", pa.struct([("handle", _TEXT), ("kind", _TEXT), ("platform", _TEXT)])),
    ("media", pa.list_(MEDIUM)), ("image", pa.binary()),
    ("links", pa.list_(pa.struct([("url", _TEXT), ("text", _TEXT), ("start", pa.int32()), ("end", pa.int32())]))),
    ("shared_from", pa.struct([("handle", _TEXT), ("platform", _TEXT), ("text", _TEXT)])),
    ("in_reply_to", pa.struct([("handle", _TEXT), ("text", _TEXT)])),
    ("location", pa.struct([("latitude", pa.float64()), ("longitude", pa.float64()), ("name", _TEXT)])),
    ("published_at", _MOMENT), ("lang", _TEXT),
])  # fmt: skip

# One finding, by place and not by words. Offsets are code points, UTF-16 units and UTF-8 bytes.
FINDING = pa.struct([
    ("rule", _TEXT), ("severity", _TEXT), ("confidence", _TEXT), ("clauses", _TEXTS), ("field", _TEXT),
    ("start", pa.int32()), ("end", pa.int32()), ("start_utf16", pa.int32()), ("end_utf16", pa.int32()),
    ("start_utf8", pa.int32()), ("end_utf8", pa.int32()),
    ("scope", _TEXT), ("origin", _TEXT), ("status", _TEXT), ("reference", _TEXT),
])  # fmt: skip
ERROR = pa.struct([("rule", _TEXT), ("field", _TEXT), ("message", _TEXT)])

# What comes out. ``detail`` is a report as JSON, with facts such as coordinates and with replacements; only on demand.
REPORTS = pa.schema([
    ("id", _TEXT), ("account", _TEXT), ("published_at", _MOMENT), ("policy", _TEXT), ("verdict", _TEXT),
    ("findings", pa.list_(FINDING)), ("errors", pa.list_(ERROR)), ("detail", _TEXT),
])  # fmt: skip


def lint_batches(
    batches: Iterable[pa.RecordBatch],
    linter: Linter | None = None,
    *,
    now: datetime | None = None,
    keep: Sequence[str] = (),
    details: bool = False,
) -> Iterator[pa.RecordBatch]:
    """Lint batches of posts, yielding batches of ``REPORTS``: a row a post, in order.

    A row that is no post has an error in its report; it loses no other.

    Args:
        batches: rows with columns out of ``POSTS``; the account may also be a plain handle.
        linter: lints them; by default with West Midlands' pack and all rules.
        now: the moment to judge at where a post has none, with its zone; by default the present.
        keep: columns that are copied to the output, behind its own, such as a key of the table.
        details: whether ``detail`` is filled; it may hold personal data.

    Raises:
        InputError: if there is no column ``text``, or one that is neither known nor kept.
    """
    linter = linter or Linter()
    now = now or datetime.now(UTC)
    for batch in _light(batches):
        posts = posts_of(batch, keep)
        found = batch_of(posts, judged(linter, posts, now), details=details)
        for name in keep:
            found = found.append_column(batch.schema.field(name), batch.column(name))
        yield found


def _light(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield batches that are cut where they would take much memory as Python's objects: where there are pictures."""
    for batch in batches:
        rows = max(1, batch.num_rows * _HEAVY // max(batch.nbytes, _HEAVY))
        for start in range(0, batch.num_rows, rows):
            yield batch.slice(start, rows)


def posts_of(batch: pa.RecordBatch, keep: Sequence[str] = ()) -> list[Given]:
    """Return the rows of a batch as posts of the wire format.

    Raises:
        InputError: if a column is missing, or neither known nor kept.
    """
    check_columns(batch.schema.names, keep, zoneless(batch.schema))
    names = [name for name in batch.schema.names if name in POSTS.names]
    columns = [_moments(batch.column(name)).to_pylist() for name in names]
    return [_mapping(names, values) for values in zip(*columns, strict=True)]


def batch_of(posts: Sequence[Given], reports: Sequence[Report], *, details: bool = False) -> pa.RecordBatch:
    """Return reports as a batch of ``REPORTS``.

    Args:
        posts: what was linted.
        reports: their reports, as many.
        details: whether ``detail`` is filled.
    """
    findings = [finding for report in reports for finding in report.findings]
    errors = [error for report in reports for error in report.errors]
    columns = [
        _texts([report.post_id for report in reports]),
        _texts([_handle(post) for post in posts]),
        pa.array([_published(post) for post in posts], _MOMENT),
        pa.array([f"{report.policy.id} {report.policy.version}" for report in reports], _TEXT),
        pa.array([report.verdict for report in reports], _TEXT),
        _lists([len(report.findings) for report in reports], _structs([_finding(each) for each in findings], FINDING)),
        _lists([len(report.errors) for report in reports], _structs([_problem(each) for each in errors], ERROR)),
        pa.array([_json(report) if details else None for report in reports], _TEXT),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=REPORTS)


def check_columns(names: Sequence[str], keep: Sequence[str] = (), zoneless: Sequence[str] = ()) -> None:
    """Raise where a table is not one of posts.

    Args:
        names: its columns.
        keep: those that are copied to the output.
        zoneless: those that hold times without a zone.

    Raises:
        InputError: if there is no column ``text``, one that is neither known nor kept, or a time without a zone.
    """
    known = (*POSTS.names, *keep)
    for name in ("text", *keep):
        if name not in names:
            raise InputError(name, f"there is no such column; there are {', '.join(names)}")
    for name in keep:
        if name in REPORTS.names or name in POSTS.names:
            raise InputError(name, "is a column of its own; give the one to keep another name")
    for name in names:
        if name not in known:
            # Left out in silence, a description of a picture under a name of its own would count as looked at.
            raise InputError(name, f"{unknown_key(name, known)}; rename the column, keep it, or leave it out")
    if "published_at" in zoneless:
        raise InputError("published_at", "is a time without a zone; cast it to a timestamp with one, such as UTC")


def zoneless(schema: pa.Schema) -> list[str]:
    """Return the columns that hold times without a zone."""
    return [each.name for each in schema if pa.types.is_timestamp(each.type) and each.type.tz is None]


def _moments(column: pa.Array) -> pa.Array:
    # Python's times have microseconds; what is finer does not decide about a post.
    return column.cast(_MOMENT, safe=False) if pa.types.is_timestamp(column.type) else column


def _mapping(names: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    post = {name: _given(value) for name, value in zip(names, values, strict=True) if value is not None}
    if isinstance(post.get("account"), str):
        post["account"] = {"handle": post["account"]}
    if "image" in post:
        media = post.get("media")
        post["media"] = [*(media if isinstance(media, list) else ()), {"data": post.pop("image")}]
    return post


def _given(value: Any) -> object:
    """Return a value of Arrow without the keys of a struct that hold nothing."""
    if isinstance(value, dict):
        return {key: _given(item) for key, item in value.items() if item is not None}
    return [_given(item) for item in value] if isinstance(value, list) else value


def _handle(post: Given) -> str | None:
    account = post.get("account") if isinstance(post, Mapping) else post.account
    handle = account.get("handle") if isinstance(account, Mapping) else account and getattr(account, "handle", None)
    return handle if isinstance(handle, str) and (isinstance(account, Account | Mapping)) else None


def _published(post: Given) -> datetime | None:
    moment = post.published_at if isinstance(post, Post) else post.get("published_at")
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            return None
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _finding(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    places = (span.start, span.end, *span.utf16, *span.utf8) if span else (None,) * 6
    return (
        finding.rule, str(finding.severity), str(finding.confidence), finding.clauses, finding.field, *places,
        finding.scope, finding.origin, str(finding.status), finding.reference,
    )  # fmt: skip


def _problem(error: Any) -> tuple[object, ...]:
    return error.rule, error.field, error.message


def _structs(rows: Sequence[tuple[object, ...]], kind: pa.StructType) -> pa.Array:
    fields = list(kind)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(fields)
    arrays = [
        _texts(column) if field.type == _TEXT else pa.array(column, field.type)
        for column, field in zip(columns, fields, strict=True)
    ]
    return pa.StructArray.from_arrays(arrays, fields=fields)


def _texts(values: Sequence[Any]) -> pa.Array:
    try:
        return pa.array(values, _TEXT)
    except UnicodeEncodeError:  # half of a surrogate pair, as JSON may give it, is no text to Arrow
        return pa.array([value and value.encode("utf-8", "replace").decode() for value in values], _TEXT)


def _lists(lengths: Sequence[int], values: pa.Array) -> pa.Array:
    offsets = [0]
    for length in lengths:
        offsets.append(offsets[-1] + length)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)


def _json(report: Report) -> str:
    return json.dumps(report.to_dict(), sort_keys=True, default=str)
