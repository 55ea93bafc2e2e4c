"""What is made of an audit's pieces: Parquet files by month, and the figures of the summary."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from wmp_postlint.finding import Severity, Status
from wmp_postlint.scale.store import ROWS, SKIPPED, read_pieces

UNDATED = "undated"
# Rows of a row group; rows of all months that wait for theirs to fill.
_GROUP, _WAITING = 2**15, 2**18
_SHOWN = 25


def write_months(pieces: Path, target: Path) -> None:
    """Write the reports of all pieces as ``month=YYYY-MM/reports.parquet``, posts in their order.

    Args:
        pieces: the folder of the pieces.
        target: the folder to make. Months are those of UTC; posts without a time are ``month=undated``.
    """
    target.mkdir()
    months = _Months(target)
    for table in read_pieces(pieces):
        months.add(table)
    months.close()


def figures_of(reports: Path) -> dict[str, Any]:
    """Return the figures of an audit: posts by verdict, month and account, findings by rule, the worst posts.

    Args:
        reports: the folder that ``write_months`` made.
    """
    figures = _Figures()
    for month, table in _months_of(reports):
        figures.add(month, table)
    return figures.result()


class _Months:
    """Files by month, each written in large groups although its posts come in small ones."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = defaultdict(list)
        self._rows: Counter[str] = Counter()

    def add(self, table: pa.Table) -> None:
        moments = table.column("published_at").cast(pa.timestamp("us"))
        names = pc.fill_null(pc.strftime(moments, format="%Y-%m"), UNDATED)
        for name in sorted(pc.unique(names).to_pylist()):
            part = table.filter(pc.equal(names, name))
            self._waiting[name].append(part)
            self._rows[name] += part.num_rows
            if self._rows[name] >= _GROUP:
                self._write(name)
        while self._rows.total() > _WAITING:
            self._write(self._rows.most_common(1)[0][0])

    def _write(self, name: str) -> None:
        if name not in self._writers:
            folder = self._target / f"month={name}"
            folder.mkdir()
            self._writers[name] = pq.ParquetWriter(folder / "reports.parquet", ROWS, compression="zstd")
        self._writers[name].write_table(pa.concat_tables(self._waiting.pop(name)).combine_chunks())
        del self._rows[name]

    def close(self) -> None:
        for name in sorted(self._waiting):
            self._write(name)
        for writer in self._writers.values():
            writer.close()


def _months_of(reports: Path) -> Iterator[tuple[str, pa.Table]]:
    columns = ["source", "row", "id", "account", "policy", "verdict", "findings", "errors"]
    for path in sorted(reports.glob("month=*/*.parquet")):
        for batch in pq.ParquetFile(path).iter_batches(columns=columns, use_threads=False):
            yield path.parent.name.partition("=")[2], pa.Table.from_batches([batch])


class _Figures:
    def __init__(self) -> None:
        self._verdicts: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._posts: Counter[str] = Counter()
        self._months: dict[str, Counter[str]] = defaultdict(Counter)
        self._accounts: dict[str, Counter[str]] = defaultdict(Counter)
        self._problems: Counter[str] = Counter()
        self._worst: list[tuple[int, int, str, int, str, str]] = []
        self._policy = ""

    def add(self, month: str, table: pa.Table) -> None:
        table = table.combine_chunks()
        for account, verdict, count in _counted(table, "account", "verdict"):
            self._verdicts[verdict] += count
            if verdict != SKIPPED:
                self._months[month][verdict] += count
                self._accounts[account or ""][verdict] += count
        self._policy = next(iter(table.column("policy").to_pylist()), self._policy)
        judged = table.filter(pc.not_equal(table.column("verdict"), SKIPPED)).combine_chunks()
        for rule, count in _values(judged, "errors", "rule").items():
            self._problems[rule] += count
        self._add_findings(judged)

    def _add_findings(self, table: pa.Table) -> None:
        lists = _whole(table.column("findings"))
        posts, flat = pc.list_parent_indices(lists), pc.list_flatten(lists)
        standing = pc.equal(flat.field("status"), str(Status.OPEN))
        found = pa.table({"post": posts, "rule": flat.field("rule"), "severity": flat.field("severity")})
        found = found.filter(standing)
        by_post = found.group_by(["post", "rule"], use_threads=False).aggregate([([], "count_all")])
        for rule, count in zip(*(by_post.column(name).to_pylist() for name in ("rule", "count_all")), strict=True):
            self._posts[rule] += 1
            self._rules[rule] += count
        graves = [_by_post(found, severity, table.num_rows) for severity in (Severity.ERROR, Severity.WARNING)]
        order = np.lexsort((-graves[1], -graves[0]))[:_SHOWN]
        rows = table.select(["source", "row", "id", "account"]).take(pa.array(order)).to_pylist()
        for at, row in zip(order.tolist(), rows, strict=True):
            gravity = (-int(graves[0][at]), -int(graves[1][at]))
            if any(gravity):
                self._worst.append((*gravity, row["source"], row["row"], row["id"] or "", row["account"] or ""))
        self._worst = heapq.nsmallest(_SHOWN, self._worst)

    def result(self) -> dict[str, Any]:
        skipped = self._verdicts.pop(SKIPPED, 0)
        accounts = sorted(self._accounts.items(), key=lambda each: (-each[1]["block"], -each[1]["review"], each[0]))
        rules = sorted(self._rules, key=lambda rule: (-self._posts[rule], rule))
        return {
            "policy": self._policy,
            "posts": self._verdicts.total(),
            "skipped": skipped,
            "verdicts": {verdict: self._verdicts[verdict] for verdict in ("pass", "review", "block")},
            "not looked at": dict(sorted(self._problems.items())),
            "rules": [{"rule": rule, "findings": self._rules[rule], "posts": self._posts[rule]} for rule in rules],
            "months": {month: _split(self._months[month]) for month in sorted(self._months)},
            "accounts": [{"account": account, **_split(counts)} for account, counts in accounts[:_SHOWN]],
            "worst": [
                {"source": source, "row": row, "id": identity, "account": account, "errors": -errors,
                 "warnings": -warnings}
                for errors, warnings, source, row, identity, account in self._worst
            ],
        }  # fmt: skip


def _split(counts: Counter[str]) -> dict[str, int]:
    return {"posts": counts.total(), "block": counts["block"], "review": counts["review"]}


def _counted(table: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    counts = table.group_by(list(names), use_threads=False).aggregate([([], "count_all")])
    yield from zip(*(counts.column(name).to_pylist() for name in (*names, "count_all")), strict=True)


def _values(table: pa.Table, lists: str, field: str) -> Counter[str]:
    flat = pc.list_flatten(_whole(table.column(lists)))
    return Counter({each["values"]: each["counts"] for each in pc.value_counts(flat.field(field)).to_pylist()})


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _by_post(found: pa.Table, severity: Severity, posts: int) -> Any:
    where = found.filter(pc.equal(found.column("severity"), str(severity))).column("post").to_numpy()
    return np.bincount(where.astype(np.int64), minlength=posts)
