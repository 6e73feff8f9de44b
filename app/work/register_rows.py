"""Rows of special registers: checked, entered with what their columns say, taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.errors import Refused
from app.record import Problem, Record, Severity, missing_entries, refuse_errors
from app.store import Store
from app.work.special_registers import (
    CHOSEN,
    LINKED,
    PART_FIELDS,
    ColumnKind,
    RegisterCell,
    RegisterColumn,
    RegisterLink,
    RegisterRow,
    SpecialRegister,
    columns_of,
    number_in,
    register_row,
)


def check_row(columns: Sequence[RegisterColumn], row: Any, today: date) -> list[Problem]:
    """What is wrong or doubtful with a row."""
    shown = [column for column in columns if not column.hidden]
    fields = {column.field for column in shown}
    problems = [problem for problem in missing_entries(row) if problem.field in fields | {"title", "dated_on"}]
    for column in shown:
        value = getattr(row, column.field)
        if column.kind is ColumnKind.NUMBER and value.strip() and number_in(value) is None:
            problems.append(Problem(column.field, f"{column.label}请填数字，不带单位"))
        if column.kind in CHOSEN and value and column.choices and value not in column.choices:
            told = "、".join(column.choices)
            problems.append(Problem(column.field, f"不在可选的词里：{told}", Severity.WARNING))
        if column.kind is ColumnKind.STATE and row.closed_on and value != column.choices[-1]:
            text = f"已写办结日期，{column.label}不是“{column.choices[-1]}”"
            problems.append(Problem(column.field, text, Severity.WARNING))
    if row.dated_on and row.dated_on > today:
        problems.append(Problem("dated_on", "日期在今天之后，请确认", Severity.WARNING))
    if row.closed_on and row.closed_on > today:
        problems.append(Problem("closed_on", "办结日期在今天之后"))
    if row.closed_on and row.dated_on and row.closed_on < row.dated_on:
        problems.append(Problem("closed_on", "办结日期早于开始日期"))
    if row.due_on and row.dated_on and row.due_on < row.dated_on:
        problems.append(Problem("due_on", "时限早于开始日期", Severity.WARNING))
    return problems


def save_row(store: Store, row: Any, today: date) -> Any:
    """Enter a row with what its columns say, or correct it; raises Refused."""
    columns = columns_of(store, row.register)
    if not columns:
        raise Refused("这本台账已经不在了。")
    refuse_errors(check_row(columns, row, today))
    register = store[SpecialRegister].get(row.register)
    values = vars(row)
    with store.transaction(f"{'修改' if row.id else '登记'}{register.title[:12]}"):
        plain = RegisterRow(**{name: values[name] for name in ("id", "register", *PART_FIELDS.values())})
        saved = store[RegisterRow].save(plain)
        cells = {cell.column: cell for cell in store[RegisterCell].all(row=saved.id)}
        links = {link.column: link for link in store[RegisterLink].all(row=saved.id)}
        for column in columns:
            if column.part is None and column.kind is not ColumnKind.ATTACHMENT:
                told = values.get(column.field)
                known = links.get(column.id) if column.kind in LINKED else cells.get(column.id)
                _keep(store, known, _part(saved.id, column, told))
    return register_row(store, saved.id)


def _part(row: int, column: RegisterColumn, value: Any) -> RegisterCell | RegisterLink | None:
    """What is kept of a column for a row; None where it says nothing."""
    if column.kind in LINKED:
        return RegisterLink(row=row, column=column.id, kind=column.kind, target=value) if value else None
    text = _written(column, value)
    return RegisterCell(row=row, column=column.id, text=text) if text else None


def _keep(store: Store, known: Record | None, wanted: Record | None) -> None:
    """Let what is kept be what is wanted, written only where it differs."""
    if wanted is None:
        if known is not None:
            store[type(known)].remove(known.id)
        return
    kept = replace(wanted, id=known.id if known else 0)
    if kept != known:
        store[type(kept)].save(kept)


def remove_row(store: Store, row: Record) -> None:
    """Delete a row with what its columns said; it can be undone."""
    with store.transaction("删除专项台账记录"):
        store[RegisterCell].remove_all(row=row.id)
        store[RegisterLink].remove_all(row=row.id)
        store[RegisterRow].remove(row.id)


def _written(column: RegisterColumn, value: Any) -> str:
    """The written form of what a column says; empty where it says nothing."""
    if column.kind is ColumnKind.YES_NO:
        return "是" if value else ""
    return "" if value is None else str(value).strip()
