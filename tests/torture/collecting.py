"""Kill -9 while packages are collected: none is lost, none counts twice."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

from app.branch.branch import Branch
from app.collection.collecting import Order, collect
from app.collection.package import pack, submission
from app.sample.year import Plan, fill_sample
from app.year.extract import Detail
from db.collection import DuckCollection
from db.intake import take
from db.vault import FileVault

ROOT = Path(__file__).parents[2]
PACKAGES = 80
YEAR, DAY = 2025, date(2025, 12, 31)


def handed(folder: Path) -> None:
    """Packages of as many branches: one ledger is read, the others differ by number and name."""
    vault = FileVault(datetime.now, folder / "state")
    with closing(vault.create(folder / "甲.zbtz")) as ledger:
        fill_sample(ledger, Plan(1, 6, 1, DAY))
        ledger[Branch].save(replace(ledger[Branch].all()[0], name="甲支部"))
        told, rows = submission(ledger, YEAR, DAY, Detail.FIGURES, DAY)
    (folder / "甲.zbtz").unlink()
    place = {name: number for number, name in enumerate(("branch_id", "year", "code", "name"))}
    for number in range(PACKAGES):
        own = replace(told, branch_id=f"{number:032x}", branch=f"第{number}支部")
        lines = {name: [(own.branch_id, *row[1:]) for row in table] for name, table in rows.items()}
        (branch,) = lines["branch"]
        lines["branch"] = [(*branch[: place["name"]], own.branch, *branch[place["name"] + 1 :])]
        (folder / f"{number}.zbbs").write_bytes(pack(own, lines))


def rounds(number: int, seed: int) -> list[str]:
    """So many times: begin a collection, kill it at a random moment, and go on; every fault that was found."""
    random = Random(seed)
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "报送"
        folder.mkdir()
        handed(folder)
        target = Path(name) / "汇总.zbhz"
        command = [sys.executable, "main.py", "collect", str(folder), "-o", str(target), "--year", str(YEAR)]
        for at in range(number):
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
                time.sleep(random.uniform(0.4, 3.0))
                child.kill()
            if at % 3 == 2:
                found += [f"round {at}: {fault}" for fault in _judged(target, folder)]
                target.unlink(missing_ok=True)
                target.with_name(target.name + ".wal").unlink(missing_ok=True)
    return found


def _judged(target: Path, folder: Path) -> list[str]:
    """What is wrong after the rest was collected."""
    with closing(DuckCollection(target, new=not target.exists())) as collection:
        collect(collection, Order((folder,), YEAR, DAY, DAY), take)
        run = collection._engine.execute
        sources = run("SELECT count(*), count(DISTINCT path), count(DISTINCT branch_id) FROM source").fetchone()
        rows = run("SELECT min(n), max(n), count(*) FROM (SELECT count(*) AS n FROM duty GROUP BY source)").fetchone()
    faults: list[str] = []
    if sources != (PACKAGES, PACKAGES, PACKAGES):
        faults.append(f"sources {sources}")
    if rows is None or rows[0] != rows[1] or rows[2] != PACKAGES:
        faults.append(f"duties {rows}")
    return faults
