"""Reads what was handed up, in a process of its own: packages and ledgers, each proved before any of it counts."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.collection.package import LARGEST, Submission, is_package, submission, unpack
from app.errors import AppError, Damaged, PasswordNeeded, Refused
from app.exchange.parquet import parquet
from app.year.extract import COLLECTED, TABLES, CellKind, Detail, ExtractTable, Row
from app.year.standing import State
from db import disk
from db.locked import is_locked, unlock
from db.vault import FileVault

if TYPE_CHECKING:
    import duckdb

Asked = tuple[int, str]
"""The number that a file gets as a source, and its path."""
TYPES = {"VARCHAR": CellKind.TEXT, "BIGINT": CellKind.NUMBER, "DATE": CellKind.DAY}
LONGEST = 1 << 20
"""Characters of one text: the minutes of the longest meeting have a tenth of it."""
MOST = 10**13
"""What no number of a branch reaches: a hundred thousand million yuan in 分."""


def take(
    files: Sequence[Asked], year: int, as_of: date, today: date, password: str, detail: str
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """What each file is or why it is none, and the rows of all of them as one Parquet file for each table.

    A ledger is read as of a day of a year, as much of it as `detail` says; `today` is the day it is read on.
    """
    answers: list[dict[str, Any]] = []
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for number, path in files:
        try:
            told, digest, found = _read(Path(path), year, as_of, today, password, Detail(detail))
        except AppError as error:
            locked = isinstance(error, PasswordNeeded)
            answers.append({"source": number, "refused": error.text, "advice": error.advice, "locked": locked})
            continue
        answers.append({"source": number, "digest": digest, "told": _plain(told)})
        for name, lines in found.items():
            rows[name] += [(number, *line) for line in lines]
    made = {table.name: parquet(COLLECTED[table.name], rows[table.name]) for table in TABLES}
    return answers, made


def _plain(told: Submission) -> dict[str, Any]:
    return {**asdict(told), "detail": told.detail.value, "packs": "、".join(told.packs)}


def _read(
    path: Path, year: int, as_of: date, today: date, password: str, detail: Detail
) -> tuple[Submission, str, dict[str, list[Row]]]:
    if not path.is_file():
        raise Refused("不是普通文件。")
    if not is_package(path):
        digest = disk.digest(path)
        with tempfile.TemporaryDirectory() as state:
            vault = FileVault(datetime.now, Path(state))
            with closing(vault.read(path)) as store:
                told, rows = submission(store, year, as_of, detail, today)
                return told, digest, rows
    if path.stat().st_size > LARGEST:
        raise Refused("文件太大，不像报送包。")
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if not data:
        raise Damaged("是空文件，可能复制没有完成。")
    if is_locked(path):
        if not password:
            raise PasswordNeeded("设了密码，没有密码读不了。", "请填报送包密码后再汇总一次。")
        data = unlock(path, password)
    told, files, counts = unpack(data)
    return told, digest, _rows(told, files, counts)


def _rows(told: Submission, files: dict[str, bytes], counts: dict[str, int]) -> dict[str, list[Row]]:
    """The rows of every table, as they may be; raises Damaged."""
    import duckdb

    found: dict[str, list[Row]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        # What does not fit is put beside the files that are read, and goes with them.
        duckdb.connect(config={"threads": 1, "memory_limit": "256MB", "temp_directory": folder}) as read,
    ):
        for table in TABLES:
            path = Path(folder) / f"{table.name}.parquet"
            path.write_bytes(files[table.name])
            found[table.name] = _table(read, path, table, counts[table.name])
    _prove(told, found)
    return found


def _table(read: duckdb.DuckDBPyConnection, path: Path, table: ExtractTable, count: int) -> list[Row]:
    import duckdb

    try:
        asked = read.execute("SELECT * FROM read_parquet(?)", [str(path)])
        columns = tuple((told[0], TYPES.get(str(told[1]))) for told in asked.description or ())
        rows = asked.fetchmany(count + 1)
    except (duckdb.Error, UnicodeDecodeError, ValueError, OverflowError) as error:
        raise Damaged("里面的数据损坏，读不出来。") from error
    if columns != table.all_columns or len(rows) != count:
        raise Damaged("里面的表和报送说明不一致。")
    return rows


def _prove(told: Submission, found: dict[str, list[Row]]) -> None:
    """Refuse what cannot have come from a ledger: others' rows, impossible numbers, states that do not follow."""
    for table in TABLES:
        for row in found[table.name]:
            if row[:2] != (told.branch_id, told.year) or any(not _possible(value) for value in row):
                raise Damaged("里面的数据和报送说明不一致。")
    own = found["branch"]
    names = {name: place for place, (name, _) in enumerate(_columns("branch"))}
    if len(own) != 1 or any(
        own[0][names[column]] != value
        for column, value in (
            ("name", told.branch),
            ("code", told.code),
            ("as_of", told.as_of),
            ("detail", told.detail),
        )
    ):
        raise Damaged("支部信息和报送说明不一致。")
    if told.detail is Detail.FIGURES and found["record"]:
        raise Damaged("报送说明写只报数字，里面却有名单。")
    _prove_duties(found["duty"])


def _prove_duties(rows: Iterable[Row]) -> None:
    names = {name: place for place, (name, _) in enumerate(_columns("duty"))}
    for row in rows:
        required, done, state = (row[names[name]] for name in ("required", "done", "state"))
        first, due_on = row[names["first"]], row[names["due_on"]]
        if None in (required, done, state, first, due_on) or state not in list(State) or first > due_on:
            raise Damaged("应做事项的数字不合理。")
        if (state == State.DONE and done < required) or (state == State.MISSING and done >= required):
            raise Damaged("应做事项的状态和次数对不上，可能被改动过。")


def _columns(name: str) -> tuple[tuple[str, CellKind], ...]:
    return next(table for table in TABLES if table.name == name).all_columns


def _possible(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST
    if isinstance(value, int):
        return -MOST < value < MOST
    return value is None or 1900 <= value.year <= 2200
