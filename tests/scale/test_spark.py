"""Spark on this machine: the same reports as without it, pictures in a binary column too."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
if any(importlib.util.find_spec(name) is None for name in ("pyspark", "pandas")):
    pytest.skip("the extra spark is not installed", allow_module_level=True)
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java 17, which is not installed", allow_module_level=True)

from archive import made_posts, picture

from wmp_postlint import Linter
from wmp_postlint.errors import InputError
from wmp_postlint.scale import spark
from wmp_postlint.scale.arrow import batch_of

pytestmark = pytest.mark.filterwarnings("default")  # pyspark's own
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
COUNT = int(os.environ.get("POSTLINT_AUDITED", "1000"))


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    quiet = {"spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    builder = SparkSession.builder.master("local[2]")
    for key, value in {**quiet, "spark.sql.session.timeZone": "America/New_York"}.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


def test_spark_gives_the_same_byte_for_byte(session: Any) -> None:
    posts = []
    rows = []
    for number, post in enumerate(made_posts(COUNT)):
        post.pop("media", None)
        moment = post.pop("published_at", None)
        image = picture(number) if number % 10 == 9 else None
        handle = post.get("account", {}).get("handle")
        rows.append((number, post["id"], post["text"], handle, moment and datetime.fromisoformat(moment), image))
        posts.append(
            {**post, **({"published_at": moment} if moment else {}), **({"media": [{"data": image}]} if image else {})}
        )
    linter = Linter(trust_approvals=False)
    wanted = batch_of(posts, [linter.lint(post, now=NOW) for post in posts]).to_pylist()
    columns = "key long, id string, text string, account string, published_at timestamp, image binary"
    df = session.createDataFrame(rows, columns).repartition(4)
    found = sorted(spark.audit(df, now=NOW, keep=("key",)).toArrow().to_pylist(), key=lambda row: row["key"])
    for row in found:
        del row["key"]
        if row["published_at"]:
            row["published_at"] = row["published_at"].astimezone(UTC)
    assert json.dumps(found, default=_text) == json.dumps(wanted, default=_text)
    assert any(finding["field"] == "media[0].location" for row in found for finding in row["findings"])


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def test_the_driver_refuses_at_once(session: Any) -> None:
    df = session.createDataFrame([("x", "y")], "text string, alt_text string")
    with pytest.raises(InputError, match="alt_text: unknown key"):
        spark.audit(df)
    with pytest.raises(InputError, match="without a zone"):
        spark.audit(session.sql("select 'x' as text, timestamp_ntz '2026-05-04 09:00:00' as published_at"))
