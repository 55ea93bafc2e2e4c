"""Apache Spark: ``audit(df)`` lints a DataFrame of posts where its rows lie (extra ``spark``).

Each Python worker makes its linter at its first batch and keeps it for the tasks that follow. The policy pack travels
as text; this package must be installed where the workers run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from wmp_postlint.linter import Linter
from wmp_postlint.policy import Policy
from wmp_postlint.scale.arrow import REPORTS, check_columns, lint_batches
from wmp_postlint.scale.pack_text import pack_of, text_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


def audit(
    df: DataFrame,
    policy: Policy | str | Path | None = None,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    now: datetime | None = None,
    keep: Sequence[str] = (),
    details: bool = False,
) -> DataFrame:
    """Lint a DataFrame of posts, a row a post, and return a DataFrame of reports, a row a post.

    Unsigned approvals do not count.

    Args:
        df: posts, with columns out of ``arrow.POSTS``; ``image`` holds the bytes of a picture.
        policy: a pack, the name of a bundled one, or the path of a TOML file on the driver.
        select: run only the rules that these names, families or patterns mean.
        ignore: leave out the rules that these mean.
        now: the moment to judge at where a post has none, with its zone; by default the present.
        keep: columns that are copied to the output, such as a key.
        details: whether ``detail`` is filled; it may hold personal data.

    Raises:
        InputError: if a column is missing, or neither known nor kept.
    """
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType, TimestampNTZType

    linter = Linter(policy=policy, select=select, ignore=ignore)
    # The driver says at once what each of ten thousand tasks would say later.
    check_columns(df.columns, keep, [each.name for each in df.schema if isinstance(each.dataType, TimestampNTZType)])
    schema = StructType([*from_arrow_schema(REPORTS), *(df.schema[name] for name in keep)])
    rules = tuple(rule.name for rule in linter.rules)
    lint = partial(_lint, text_of(linter.policy), rules, now or datetime.now(UTC), tuple(keep), details)
    return df.mapInArrow(lint, schema)


def _lint(
    pack: str,
    rules: tuple[str, ...],
    now: datetime,
    keep: tuple[str, ...],
    details: bool,
    batches: Iterator[pa.RecordBatch],
) -> Iterator[pa.RecordBatch]:
    return lint_batches(batches, _linter(pack, rules), now=now, keep=keep, details=details)


@cache
def _linter(pack: str, rules: tuple[str, ...]) -> Linter:
    return Linter(policy=pack_of(pack), rules=rules, trust_approvals=False)
