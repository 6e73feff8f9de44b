"""Our Parquet is read by an engine that others wrote, value for value."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.parquet import parquet
from app.year.extract import CellKind

KINDS = {
    CellKind.TEXT: st.text(st.characters(exclude_categories=("Cs",))),
    CellKind.NUMBER: st.integers(-(2**63), 2**63 - 1),
    CellKind.DAY: st.dates(date(1, 1, 1), date(9999, 12, 31)),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[tuple[str, CellKind]], list[tuple[Any, ...]]]:
    kinds = draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=20))
    rows = draw(st.lists(st.tuples(*(st.none() | KINDS[kind] for kind in kinds)), max_size=40))
    return [(f"列_{number}", kind) for number, kind in enumerate(kinds)], rows


@given(tables())
def test_every_value_comes_back(table: tuple[list[tuple[str, CellKind]], list[tuple[Any, ...]]]) -> None:
    columns, rows = table
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.parquet"
        path.write_bytes(parquet(columns, rows))
        read = duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)])
        assert [told[0] for told in read.description or ()] == [name for name, _ in columns]
        assert read.fetchall() == rows


def test_many_rows_and_a_text_that_is_half_a_character() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.parquet"
        path.write_bytes(parquet([("t", CellKind.TEXT)], [("\ud800好",), *[(None,)] * 70_000, ("末",)]))
        rows = duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    assert (rows[0], len(rows), rows[-1]) == (("?好",), 70_002, ("末",))
