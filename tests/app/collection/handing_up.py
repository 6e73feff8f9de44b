"""Packages for tests: made of an invented ledger, and spoiled in every way that was thought of."""

from __future__ import annotations

import hashlib
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from app.collection.collecting import Order, Outcome, collect
from app.collection.package import MANIFEST, _digest, pack, submission
from app.exchange.parquet import parquet
from app.year.extract import TABLES, Detail
from db.collection import DuckCollection
from db.database import Database
from db.intake import take
from db.vault import FileVault

YEAR = 2025
AS_OF = date(2026, 1, 10)
TODAY = date(2026, 1, 15)


def packed(ledger: Database, detail: Detail = Detail.FIGURES, as_of: date = AS_OF, year: int = YEAR) -> bytes:
    return pack(*submission(ledger, year, as_of, detail, as_of))


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return buffer.getvalue()


def rewritten(data: bytes, change: Callable[[dict[str, Any]], None], files: dict[str, bytes] | None = None) -> bytes:
    """A package whose manifest says something else, with digests that fit again: what a forger would make."""
    inside = contents(data) | (files or {})
    manifest = json.loads(inside[MANIFEST])
    for name in manifest["files"]:
        manifest["files"][name]["sha256"] = hashlib.sha256(inside[name]).hexdigest()
    change(manifest)
    manifest["digest"] = _digest(manifest)
    return zipped(inside | {MANIFEST: json.dumps(manifest, ensure_ascii=False).encode()})


def with_rows(data: bytes, name: str, change: Callable[[list[Any]], list[Any]], folder: Path) -> bytes:
    """A package with other rows in one table, signed anew."""
    import duckdb

    table = next(table for table in TABLES if table.name == name)
    path = folder / "table.parquet"
    path.write_bytes(contents(data)[f"{name}.parquet"])
    rows = change(duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall())
    made = parquet(table.all_columns, rows)

    def count(manifest: dict[str, Any]) -> None:
        manifest["files"][f"{name}.parquet"]["rows"] = len(rows)

    return rewritten(data, count, {f"{name}.parquet": made})


def _set(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest.update(values)


def _duty(place: int, value: Any) -> Callable[[list[Any]], list[Any]]:
    """The duties with one value of the first changed."""
    return lambda rows: [(*rows[0][:place], value, *rows[0][place + 1 :]), *rows[1:]]


def hostile(data: bytes, lists: bytes, folder: Path) -> dict[str, bytes]:
    """Spoiled packages by what was done to them."""
    inside = contents(data)
    manifest = json.loads(inside[MANIFEST])
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 0xFF
    deep = b"[" * 200_000 + b"]" * 200_000
    names = [column for column, _ in next(t for t in TABLES if t.name == "duty").all_columns]
    required, done, state = (names.index(name) for name in ("required", "done", "state"))
    without = {name: content for name, content in inside.items() if name != "duty.parquet"}
    duty = inside["duty.parquet"]
    bomb = zipped({MANIFEST: inside[MANIFEST], "duty.parquet": bytes(200 << 20)})
    doubled = io.BytesIO()
    with zipfile.ZipFile(doubled, "w") as file, warnings.catch_warnings(action="ignore"):
        for name, content in [*inside.items(), *inside.items()]:
            file.writestr(name, content)
    return {
        "empty": b"",
        "text": "这不是报送包".encode(),
        "pdf": b"%PDF-1.4\n%%EOF",
        "cut": data[: len(data) // 2],
        "flipped": bytes(flipped),
        "no manifest": zipped({name: content for name, content in inside.items() if name != MANIFEST}),
        "manifest no json": zipped(inside | {MANIFEST: b"\xff\xfe not json"}),
        "manifest a list": zipped(inside | {MANIFEST: b"[]"}),
        "manifest deep": zipped(inside | {MANIFEST: deep}),
        "manifest changed": zipped(inside | {MANIFEST: inside[MANIFEST].replace(b"2025", b"2024")}),
        "other format": rewritten(data, _set(format="别的")),
        "newer extract": rewritten(data, _set(extract=99)),
        "extract true": rewritten(data, _set(extract=True)),
        "no branch": rewritten(data, _set(branch={})),
        "name a number": rewritten(data, _set(branch=manifest["branch"] | {"name": 7})),
        "day before": rewritten(data, _set(as_of="2020-01-01")),
        "day no day": rewritten(data, _set(as_of="二月三十")),
        "unknown detail": rewritten(data, _set(detail="everything")),
        "table missing": zipped(without),
        "file too many": zipped(inside | {"../../evil.txt": b"x"}),
        "bomb": bomb,
        "names twice": doubled.getvalue(),
        "table swapped": zipped(inside | {"duty.parquet": inside["month.parquet"]}),
        "table garbage": rewritten(data, _set(), {"duty.parquet": b"PAR1" + bytes(400) + b"PAR1"}),
        "table cut": rewritten(data, _set(), {"duty.parquet": duty[: len(duty) // 2]}),
        "table flipped": rewritten(data, _set(), {"duty.parquet": duty[:-9] + b"\x7f\xff\x00\xff\xff" + duty[-4:]}),
        "rows short": rewritten(data, lambda m: m["files"]["duty.parquet"].update(rows=3)),
        "rows negative": rewritten(data, lambda m: m["files"]["duty.parquet"].update(rows=-1)),
        "rows huge": rewritten(data, lambda m: m["files"]["duty.parquet"].update(rows=10**18)),
        "another's rows": with_rows(data, "duty", _duty(0, "f" * 32), folder),
        "another year": with_rows(data, "duty", _duty(1, 1999), folder),
        "done without": with_rows(
            data, "duty", lambda rows: [_done(row, required, done, state) for row in rows], folder
        ),
        "unknown state": with_rows(data, "duty", _duty(state, "perfect"), folder),
        "huge number": with_rows(data, "duty", _duty(done, 2**62), folder),
        "day far off": with_rows(data, "duty", _duty(names.index("due_on"), date(9999, 1, 1)), folder),
        "no number": with_rows(data, "duty", _duty(required, None), folder),
        "two branches": with_rows(data, "branch", lambda rows: rows * 2, folder),
        "other name inside": with_rows(data, "branch", lambda rows: [(*rows[0][:3], "别的支部", *rows[0][4:])], folder),
        "lists as figures": rewritten(
            with_rows(lists, "branch", lambda rows: [_as_figures(row) for row in rows], folder), _set(detail="figures")
        ),
        "text too long": with_rows(
            data, "finding", lambda rows: [(*rows[0][:2], "x" * (2 << 20), *rows[0][3:])], folder
        ),
    }


def _done(row: Any, required: int, done: int, state: int) -> Any:
    """Every duty called done, whatever was done."""
    values = list(row)
    values[state] = "done"
    values[done], values[required] = 0, max(1, values[required])
    return tuple(values)


def _as_figures(row: Any) -> Any:
    return tuple("figures" if value == "lists" else value for value in row)


def gather(collection: DuckCollection, folder: Path, password: str = "") -> Outcome:
    return collect(collection, Order((folder,), YEAR, AS_OF, TODAY, password), take)


def hand_up(vault: FileVault, path: Path, target: Path, detail: Detail = Detail.FIGURES, as_of: date = AS_OF) -> bytes:
    with closing(vault.read(path)) as ledger:
        data = packed(ledger, detail, as_of)
    target.write_bytes(data)
    return data
