"""汇总 measured: a thousand ledgers collected, collected again, and every screen over ten years of them."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from app.collection.collecting import Order, collect
from app.collection.overview import figures, overview, spans
from app.sample.year import Plan, fill_sample
from app.year.extract import COLLECTED
from app.year.ledger import load_year
from app.year.standing import standing
from bench.ledgers import STATE
from bench.measures import Figure, median
from db.collection import DuckCollection
from db.intake import take
from db.vault import FileVault

LEDGERS, MADE = 1000, 24
YEARS = 10
ROOT = Path(__file__).parent.parent
UNTIL = date(2025, 12, 31)
TODAY = date(2026, 1, 10)


@cache
def branches() -> Path:
    """A folder of ledgers of one year: a few dozen are made, the others are copies that are branches of their own."""
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    vault = FileVault(datetime.now, STATE)
    for number in range(MADE):
        with closing(vault.create(folder / f"{number:04}.zbtz")) as ledger:
            fill_sample(ledger, Plan(1, 12 + number, number + 1, UNTIL))
    for number in range(LEDGERS):
        path = folder / f"{number:04}.zbtz"
        if number >= MADE:
            shutil.copyfile(folder / f"{number % MADE:04}.zbtz", path)
        with closing(sqlite3.connect(path)) as file, file:
            file.execute("UPDATE branch SET name = ?", (f"第{number}党支部",))
            file.execute("UPDATE action SET digest = ? WHERE id = 1", (f"{number:032x}" * 2,))
    return folder


def _order() -> Order:
    return Order((branches(),), UNTIL.year, TODAY, TODAY)


@dataclass(frozen=True)
class Collected:
    """A collection of all branches, and the seconds that it took, and again with nothing new."""

    path: Path
    first: float
    again: float


@cache
def collected() -> Collected:
    """Collect the branches once, then again."""
    order = _order()
    path = Path(tempfile.mkdtemp(prefix="bench")) / "汇总.zbhz"
    begin = time.perf_counter()
    with closing(DuckCollection(path, new=True)) as collection:
        assert collect(collection, order, take).taken == LEDGERS
    first = time.perf_counter() - begin
    begin = time.perf_counter()
    with closing(DuckCollection(path)) as collection:
        assert collect(collection, order, take).new == 0
    return Collected(path, first, time.perf_counter() - begin)


@cache
def _read() -> float:
    """Seconds to open, read, judge and close every ledger, one after the other."""
    folder, vault = branches(), FileVault(datetime.now, STATE)
    begin = time.perf_counter()
    for path in sorted(folder.glob("*.zbtz")):
        with closing(vault.read(path)) as store:
            standing(load_year(store, UNTIL.year), TODAY)
    return time.perf_counter() - begin


def collect_first() -> Figure:
    """The first collecting beside reading."""
    floor = _read()
    what = f"{LEDGERS} ledgers collected beside opened, read, judged and closed one after the other"
    return Figure("collect", what, collected().first, floor, 1.3)


def collect_again() -> Figure:
    """Nothing new beside the first time."""
    told = collected()
    return Figure(
        "collect_again", "collecting again with nothing new beside the first time", told.again, told.first, 0.02
    )


def collect_memory() -> Figure:
    """The memory of all processes together while a program collects."""
    target = Path(tempfile.mkdtemp(prefix="bench")) / "汇总.zbhz"
    words = [sys.executable, "main.py", "collect", str(branches()), "-o", str(target), "--year", str(UNTIL.year)]
    most = 0
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        while program.poll() is None:
            most = max(most, sum(_resident(pid) for pid in _family(program.pid)))
            time.sleep(0.05)
    return Figure(
        "collect_memory", "MB of all processes while collecting beside what is allowed", most / 1e6, 1000, 1, "MB"
    )


def _family(pid: int) -> list[int]:
    """A process and those that it began."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


@cache
def decade() -> Path:
    """Ten years of a thousand branches, made from the collected year by the engine alone."""
    path = Path(tempfile.mkdtemp(prefix="bench")) / "十年.zbhz"
    shutil.copyfile(collected().path, path)
    with closing(DuckCollection(path)) as collection:
        run = collection._engine.execute  # pyright: ignore[reportPrivateUsage]
        (most,) = run("SELECT max(source) FROM source").fetchone() or (0,)
        for step in range(1, YEARS):
            shift = most * step
            named = [name for name, *_ in run("DESCRIBE source").fetchall()]
            told = {"source": f"source + {shift}", "year": f"year - {step}", "path": f"path || '-{step}'"}
            run(f"INSERT INTO source SELECT {', '.join(told.get(n) or n for n in named)} FROM source WHERE year = 2025")
            for table, told_columns in COLLECTED.items():
                listed = ", ".join(told.get(name, name) for name, _ in told_columns)
                run(f"INSERT INTO {table} SELECT {listed} FROM {table} WHERE year = 2025")
        # What branches with lists hand up: the records, a thousand of each branch and year.
        run(
            "INSERT INTO record SELECT source, branch_id, year, '会议活动', '支部党员大会 ' || n, '{}', n, as_of "
            "FROM branch, generate_series(1, 1000) AS numbers(n)"
        )
        run("CHECKPOINT")
    return path


def screens() -> Figure:
    """The slowest screen of ten years beside its bare queries."""
    with closing(DuckCollection(decade())) as collection:
        run = collection._engine.execute  # pyright: ignore[reportPrivateUsage]
        rows = sum((run(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0] for table in COLLECTED)
        year, whole = UNTIL.year, spans(UNTIL.year)[0]
        asked = {"year": year, "first": whole.first, "last": whole.last}
        matrix = median(lambda: overview(collection, year, whole))
        bare_matrix = median(lambda: [collection.ask(name, **asked) for name in ("matrix", "branches")])
        sums = median(lambda: figures(collection, year))
        queries = ("figures", "statistics", "stages", "findings")
        bare_sums = median(lambda: [collection.ask(name, year=year) for name in queries])
    value, floor = max((matrix, bare_matrix), (sums, bare_sums))
    what = (
        f"the slowest screen ({1000 * value:.0f} ms, at most 150) over {rows / 1e6:.1f} M rows beside its bare queries"
    )
    return Figure("screens", what, value, floor, 2)


COLLECTING = {
    "collect": collect_first,
    "collect_again": collect_again,
    "collect_memory": collect_memory,
    "screens": screens,
}
