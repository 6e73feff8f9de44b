"""`python -m bench.engines [BRANCHES]`: the same queries on DuckDB, Spark and PostgreSQL over simulated branches.

Not a part of the suite of benchmarks: it takes PySpark and psycopg from the registry into an environment of its own
(or the one that ENGINES names), Java and a PostgreSQL 15 from the system, and minutes. docs/scale.md has what it said.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from app.collection.collecting import Order, collect
from app.year.extract import COLLECTED
from bench.collecting import MADE, TODAY, UNTIL, YEARS, branches
from db.collection import DuckCollection, for_duckdb, text_of
from db.intake import take

ROOT = Path(__file__).parent.parent
SIMULATED = ("branch", "duty", "statistic", "month", "figure", "stage")
YEAR = UNTIL.year
PLACE = "'第' || (c.copy % 20) || '党委'"
WHOLE = {"year": YEAR, "first": f"{YEAR}-01-01", "last": f"{YEAR}-12-31"}
QUERIES: list[tuple[str, dict[str, Any]]] = [
    ("years", {}),
    ("rules", {"year": YEAR}),
    ("figures", {"year": YEAR}),
    ("statistics", {"year": YEAR}),
    ("months", {"year": YEAR}),
    ("stages", {"year": YEAR}),
    ("findings", {"year": YEAR}),
    ("documents", {"year": YEAR}),
    ("terms", {"year": YEAR, "until": f"{YEAR}-12-31"}),
    ("not_handed_in", {"year": YEAR}),
    ("earlier_branches", {"year": YEAR}),
    ("merged", {}),
    ("renamed", {}),
    ("statistic_branches", {"year": YEAR, "subject": "性别", "band": "女"}),
    ("matrix", WHOLE),
    ("branches", WHOLE),
]


def environment() -> Path:
    """An interpreter with PySpark and psycopg."""
    named = os.environ.get("ENGINES")
    if named:
        return Path(named)
    folder = Path(tempfile.mkdtemp(prefix="engines"))
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "pyspark", "psycopg[binary]"], check=True)
    return python


def template(folder: Path) -> Path:
    """A small collection of sample ledgers, as a dataset."""
    path = folder / "汇总.zbhz"
    places = tuple(sorted(branches().glob("*.zbtz"))[:MADE])
    with closing(DuckCollection(path, new=True)) as collection:
        collect(collection, Order(places, YEAR, TODAY, TODAY), take)
        collection.dataset(folder / "small")
    return path


def simulate(collected: Path, target: Path, number: int) -> int:
    """A dataset of so many branches over ten years, each a copy of a sample branch under its own number."""
    limits: dict[str, Any] = {
        "memory_limit": "8GB",
        "temp_directory": str(target.parent),
        "preserve_insertion_order": False,
    }
    with closing(duckdb.connect(config=limits)) as engine:
        engine.execute(f"ATTACH '{collected}' AS made (READ_ONLY)")
        engine.execute("CREATE TABLE copies AS SELECT range AS copy FROM range(?)", [-(-number // MADE)])
        engine.execute(f"CREATE TABLE steps AS SELECT range AS step FROM range({YEARS})")
        numbered = f"(t.source - 1) + {MADE} * (c.copy + {-(-number // MADE)} * s.step) + 1"
        own = f"printf('%032x', (t.source - 1) + {MADE} * c.copy)"
        for table in (*SIMULATED, "finding", "item", "record"):
            few = "" if table in SIMULATED else "WHERE c.copy < 40"
            told = {"source": numbered, "branch_id": own, "year": "t.year - s.step"}
            listed = ", ".join(f"{told.get(name, 't.' + name)} AS {name}" for name, _ in COLLECTED[table])
            (target / table).mkdir(parents=True)
            query = f"SELECT {listed}, {PLACE} AS region FROM made.{table} t, copies c, steps s {few}"
            engine.execute(f"COPY ({query}) TO '{target / table}' (FORMAT parquet, PARTITION_BY (year, region))")
            if not any((target / table).iterdir()):
                engine.execute(f"COPY ({query}) TO '{target / table}/part-0.parquet' (FORMAT parquet)")
        (target / "source").mkdir()
        names = [row[0] for row in engine.execute("DESCRIBE made.source").fetchall()]
        told = {"source": numbered, "branch_id": own, "year": "t.year - s.step", "superior": PLACE}
        listed = ", ".join(f"{told.get(name, 't.' + name)} AS {name}" for name in names)
        query = f"SELECT {listed} FROM made.source t, copies c, steps s"
        engine.execute(f"COPY ({query}) TO '{target}/source/part-0.parquet' (FORMAT parquet)")
        for table in ("placed", "merged"):
            (target / table).mkdir()
            engine.execute(f"COPY made.{table} TO '{target}/{table}/part-0.parquet' (FORMAT parquet)")
    return sum(_rows(target / table) for table in COLLECTED)


def _rows(folder: Path) -> int:
    (found,) = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [f"{folder}/**/*.parquet"]).fetchone() or (0,)
    return found


def on_duckdb(dataset: Path) -> dict[str, tuple[float, list[list[str]]]]:
    """Every query over the dataset, the best of three."""
    found: dict[str, tuple[float, list[list[str]]]] = {}
    with closing(duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(dataset.parent)})) as engine:
        for folder in sorted(dataset.iterdir()):
            read = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
            engine.execute(f"CREATE VIEW {folder.name} AS SELECT * FROM {read}")
        engine.execute(text_of("branches_view"))
        for name, values in QUERIES:
            taken: list[float] = []
            rows: list[Any] = []
            for _ in range(3):
                begin = time.perf_counter()
                rows = engine.execute(for_duckdb(name), values).fetchall()
                taken.append(time.perf_counter() - begin)
            found[name] = min(taken), [[str(cell) for cell in row] for row in rows]
    return found


def on_spark(python: Path, dataset: Path) -> dict[str, tuple[float, list[list[str]]]]:
    """Every query on a cluster of two workers, the best of two."""
    words = [python, "bench/on_spark.py", dataset, json.dumps(QUERIES), "2"]
    done = subprocess.run(list(map(str, words)), cwd=ROOT, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
    return {answer["name"]: (answer["seconds"], answer["rows"]) for answer in answers}


def on_postgresql(python: Path, collected: Path) -> dict[str, tuple[float, list[list[str]]]]:
    """The small collection on a server of its own, filled by the program, asked the same."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql"))
    shutil.chown(folder, "postgres")
    server = shutil.which("pg_ctl") or str(max(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")))
    initdb = Path(server).with_name("initdb")
    run = ["runuser", "-u", "postgres", "--"]
    subprocess.run([*run, initdb, "-D", folder / "data", "-E", "UTF8", "--auth=trust"], check=True, capture_output=True)
    options = f"-k {folder} -p 54329 -c listen_addresses=''"
    # The server keeps what it is given as its output: never a pipe of ours.
    start = [*run, server, "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start"]
    subprocess.run(start, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"postgresql://postgres@/postgres?host={folder}&port=54329"
    try:
        packages = subprocess.run(
            [python, "-c", "import psycopg, pathlib; print(pathlib.Path(psycopg.__file__).parents[1])"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        words = [
            sys.executable,
            "main.py",
            "collect",
            str(collected.parent / "none"),
            "-o",
            str(collected),
            "--to",
            address,
        ]
        (collected.parent / "none").mkdir(exist_ok=True)
        subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": packages}, check=True, capture_output=True)
        asked = "import json, re, sys, time, psycopg\n" + ASK_POSTGRESQL
        done = subprocess.run(
            [python, "-c", asked, address, json.dumps(QUERIES), str(ROOT / "resources" / "sql")],
            capture_output=True,
            text=True,
            check=True,
        )
        return {told["name"]: (told["seconds"], told["rows"]) for told in map(json.loads, done.stdout.splitlines())}
    finally:
        subprocess.run(
            [*run, server, "-D", folder / "data", "-m", "immediate", "stop"], check=False, capture_output=True
        )
        shutil.rmtree(folder, ignore_errors=True)


ASK_POSTGRESQL = """
address, queries, folder = sys.argv[1:]
with psycopg.connect(address) as server:
    for name, values in json.loads(queries):
        text = open(f"{folder}/{name}.sql", encoding="utf-8").read()
        text = re.sub(r"(?<![:\\w]):([a-z_]+)", r"%(\\1)s", text)
        begin = time.perf_counter()
        rows = server.execute(text, values).fetchall()
        taken = time.perf_counter() - begin
        print(json.dumps({"name": name, "seconds": taken, "rows": [[str(c) for c in row] for row in rows]}))
"""


def same(one: list[list[str]], other: list[list[str]]) -> bool:
    """Whether two engines gave the same rows; the order of texts is each engine's own."""
    return sorted(one) == sorted(other)


def main(number: int) -> int:
    """Print a line for each query: rows, seconds on each engine, whether the answers are the same."""
    python = environment()
    folder = Path(tempfile.mkdtemp(prefix="scale"))
    collected = template(folder)
    large = folder / "large"
    begin = time.perf_counter()
    rows = simulate(collected, large, number)
    print(f"{number} branches, {YEARS} years, {rows / 1e6:.1f} M rows, made in {time.perf_counter() - begin:.0f} s")
    small_duck, small_spark = on_duckdb(folder / "small"), on_spark(python, folder / "small")
    small_postgresql = on_postgresql(python, collected)
    wrong = [
        f"{engine}: {name}"
        for engine, found in (("spark", small_spark), ("postgresql", small_postgresql))
        for name, _ in QUERIES
        if name not in found or not same(found[name][1], small_duck[name][1])
    ]
    print("the same answers on all three engines:", not wrong, *wrong)
    duck, spark = on_duckdb(large), on_spark(python, large)
    for name, _ in QUERIES:
        there = name in spark and same(duck[name][1], spark[name][1])
        slow = f"{spark[name][0]:8.2f}" if name in spark else "    none"
        print(f"{name:20} {len(duck[name][1]):8} rows  duckdb {duck[name][0]:7.3f} s  spark {slow} s  same: {there}")
    shutil.rmtree(folder)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
