"""The queries of resources/sql on Apache Spark, over a dataset: run by an interpreter that has PySpark.

`on_spark.py DATASET QUERIES ROUNDS`; prints for each query its rows as JSON and its seconds.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

DAYS = ("first", "last", "until")
SQL = Path(__file__).parent.parent / "resources" / "sql"


def main(dataset: str, asked: str, rounds: str) -> None:
    from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]

    spark: Any = (
        SparkSession.builder.master("local-cluster[2,1,2048]")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "2g")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.ansi.enabled", "true")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for folder in sorted(Path(dataset).iterdir()):
        spark.read.parquet(str(folder)).createOrReplaceTempView(folder.name)
    view = (SQL / "branches_view.sql").read_text("utf-8")
    spark.sql(view.replace("CREATE VIEW", "CREATE OR REPLACE TEMPORARY VIEW"))
    for name, values in json.loads(asked):
        told = {
            key: date.fromisoformat(value) if key in ("first", "last", "until") else value
            for key, value in values.items()
        }
        text = (SQL / f"{name}.sql").read_text("utf-8")
        taken: list[float] = []
        rows: list[Any] = []
        for _ in range(int(rounds)):
            begin = time.perf_counter()
            rows = spark.sql(text, args=told).collect()
            taken.append(time.perf_counter() - begin)
        answer = [[str(cell) for cell in row] for row in rows]
        print(json.dumps({"name": name, "seconds": min(taken), "rows": answer}), flush=True)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
