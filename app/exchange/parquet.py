"""Tables of plain columns as Parquet, the format that every engine for many rows reads.

Only what the extract needs is written: optional columns of texts, whole numbers and days, one row group, one page per
column, no compression (the package around it compresses). The libraries that write Parquet are heavier than everything
else that a branch's program consists of.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from app.year.extract import CellKind

Row = Sequence[Any]
MAGIC = b"PAR1"
_EPOCH = date(1970, 1, 1).toordinal()


# Parquet's own numbers: physical type and converted type (-1 for none).
_TYPES = {CellKind.TEXT: (6, 0), CellKind.NUMBER: (2, -1), CellKind.DAY: (1, 6)}
_PLAIN, _RLE, _OPTIONAL = 0, 3, 1


def parquet(columns: Sequence[tuple[str, CellKind]], rows: Sequence[Row]) -> bytes:
    """A table as the bytes of a Parquet file; each row has a value or None for each column."""
    out = bytearray(MAGIC)
    chunks: list[bytes] = []
    total = 0
    for place, (name, kind) in enumerate(columns):
        page = _page([row[place] for row in rows], kind)
        header = _struct(
            (1, _I32, 0), (2, _I32, len(page)), (3, _I32, len(page)), (5, _STRUCT, _page_header(len(rows)))
        )
        offset = len(out)
        out += header + page
        size = len(header) + len(page)
        total += size
        chunks.append(_chunk(name, kind, len(rows), size, offset))
    group = _struct((1, _LIST, _list(_STRUCT, chunks)), (2, _I64, total), (3, _I64, len(rows)))
    root = _struct((4, _BINARY, "table"), (5, _I32, len(columns)))
    schema = [root, *(_element(name, kind) for name, kind in columns)]
    footer = _struct(
        (1, _I32, 1),
        (2, _LIST, _list(_STRUCT, schema)),
        (3, _I64, len(rows)),
        (4, _LIST, _list(_STRUCT, [group])),
        (6, _BINARY, "branch-ledger"),
    )
    return bytes(out + footer + struct.pack("<I", len(footer)) + MAGIC)


def _page(values: Sequence[Any], kind: CellKind) -> bytes:
    """The definition levels (whether there is a value) as runs, then the values that are there."""
    levels = b"".join(
        _varint(len(list(run)) << 1) + bytes([there]) for there, run in groupby(v is not None for v in values)
    )
    there = [value for value in values if value is not None]
    return struct.pack("<I", len(levels)) + levels + _values(there, kind)


def _values(values: Sequence[Any], kind: CellKind) -> bytes:
    if kind is CellKind.NUMBER:
        return struct.pack(f"<{len(values)}q", *values)
    if kind is CellKind.DAY:
        return struct.pack(f"<{len(values)}i", *(value.toordinal() - _EPOCH for value in values))
    texts = [value.encode("utf-8", "replace") for value in values]
    return b"".join(struct.pack("<I", len(text)) + text for text in texts)


def _page_header(rows: int) -> bytes:
    return _struct((1, _I32, rows), (2, _I32, _PLAIN), (3, _I32, _RLE), (4, _I32, _RLE))


def _element(name: str, kind: CellKind) -> bytes:
    physical, converted = _TYPES[kind]
    fields: list[tuple[int, int, Any]] = [(1, _I32, physical), (3, _I32, _OPTIONAL), (4, _BINARY, name)]
    return _struct(*fields, *([(6, _I32, converted)] if converted >= 0 else []))


def _chunk(name: str, kind: CellKind, rows: int, size: int, offset: int) -> bytes:
    told = _struct(
        (1, _I32, _TYPES[kind][0]),
        (2, _LIST, _list(_I32, [_zigzag(_PLAIN), _zigzag(_RLE)])),
        (3, _LIST, _list(_BINARY, [_text(name)])),
        (4, _I32, 0),
        (5, _I64, rows),
        (6, _I64, size),
        (7, _I64, size),
        (9, _I64, offset),
    )
    return _struct((2, _I64, offset), (3, _STRUCT, told))


# --- Thrift's compact protocol, in which Parquet tells about itself ---------------------------------------

_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _text(text: str) -> bytes:
    data = text.encode()
    return _varint(len(data)) + data


def _list(kind: int, items: Sequence[bytes]) -> bytes:
    head = bytes([len(items) << 4 | kind]) if len(items) < 15 else bytes([0xF0 | kind]) + _varint(len(items))
    return head + b"".join(items)


def _struct(*fields: tuple[int, int, Any]) -> bytes:
    """Fields as number, type and value, in order of number; lists and structs are given as they are written."""
    out = bytearray()
    before = 0
    for number, kind, value in fields:
        out.append((number - before) << 4 | kind)
        out += _written(kind, value)
        before = number
    out.append(0)
    return bytes(out)


def _written(kind: int, value: Any) -> bytes:
    if kind in (_I32, _I64):
        return _zigzag(value)
    return _text(value) if kind == _BINARY else value
