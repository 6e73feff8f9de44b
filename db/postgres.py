"""A collection brought to a PostgreSQL server, for many readers: the same tables, the same queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.collection.collection import Rows
from app.collection.sorting import SOURCE
from app.errors import Refused, StorageTrouble
from app.year.extract import COLLECTED, CellKind

_TYPES = {CellKind.TEXT: "TEXT", CellKind.NUMBER: "BIGINT", CellKind.DAY: "DATE"}
PLACED = tuple((name, CellKind.TEXT) for name in ("branch", "code", "general_branch", "committee"))
MERGED = tuple((name, CellKind.TEXT) for name in ("branch", "code", "into_branch"))
TABLES = {"source": SOURCE, "placed": PLACED, "merged": MERGED, **COLLECTED}
ROWS = 20_000
"""Rows that are read and sent at a time."""


Every = Callable[[str, str, int], Iterator[Rows]]
"""Every row of a table by its name and columns, so many at a time."""


def fill(every: Every, view: str, address: str) -> int:
    """Put everything that was collected in the place of what the server has; all of it or nothing.

    `view` makes the view of the branches that count. Returns the number of rows. Raises Refused without the driver,
    StorageTrouble where the server does not take it.
    """
    try:
        import psycopg  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise Refused("没有安装连接 PostgreSQL 的部件（psycopg）。", "请由管理员安装后再试。") from error
    driver: Any = psycopg
    try:
        with driver.connect(address) as server:
            server.execute("DROP VIEW IF EXISTS branches")
            sent = sum(_fill(every, server, table, columns) for table, columns in TABLES.items())
            server.execute(view)
            return sent
    except driver.Error as error:
        raise StorageTrouble("PostgreSQL 没有收下，服务器上的数据没有变。", "请检查地址、口令和权限。") from error


def _fill(every: Every, server: Any, table: str, columns: tuple[tuple[str, CellKind], ...]) -> int:
    names = ", ".join(name for name, _ in columns)
    server.execute(f"DROP TABLE IF EXISTS {table}")
    server.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {_TYPES[kind]}' for name, kind in columns)})")
    sent = 0
    with server.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for rows in every(table, names, ROWS):
            for row in rows:
                # The server takes no zero character.
                copy.write_row([cell.replace("\0", "") if isinstance(cell, str) else cell for cell in row])
            sent += len(rows)
    if any(name == "source" for name, _ in columns):
        server.execute(f"CREATE INDEX ON {table} (source)")
    if any(name == "year" for name, _ in columns):
        server.execute(f"CREATE INDEX ON {table} (year)")
    return sent
