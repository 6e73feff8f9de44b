"""Packs of special registers: those that are shipped, those on a stick; taken into a ledger, laid out, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import resources
from app.errors import Refused
from app.record import Problem, missing_entries, refuse_errors
from app.rules.local_rules import RulePeriod
from app.store import Reader, Store
from app.work.pack_text import PackText, lines
from app.work.special_registers import (
    ColumnKind,
    ColumnPart,
    RegisterColumn,
    RegisterCount,
    SpecialRegister,
    columns_of,
)

FORMAT = 1
SUFFIX = ".zbzt"
TEXT = PackText("台账格式", SUFFIX, "register", FORMAT)
MOST_COLUMNS = 30
NEEDED = {ColumnPart.SUBJECT: ColumnKind.TEXT, ColumnPart.DAY: ColumnKind.DAY}
"""The parts that every register has, and what they hold."""
_PART_KINDS = {
    ColumnPart.SUBJECT: (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.PERSON, ColumnKind.UNIT, ColumnKind.CHOICE),
    ColumnPart.DAY: (ColumnKind.DAY,),
    ColumnPart.DUE: (ColumnKind.DAY,),
    ColumnPart.CLOSED: (ColumnKind.DAY,),
}


@dataclass(frozen=True)
class CountPack:
    """A count of a pack; its column is named by its label, "" where every row counts."""

    label: str
    column: str
    word: str
    minimum: int
    period: RulePeriod
    source: str


@dataclass(frozen=True)
class RegisterPack:
    """A register before it is in a ledger: records without numbers."""

    register: SpecialRegister
    columns: tuple[RegisterColumn, ...]
    counts: tuple[CountPack, ...]


@cache
def shipped_registers() -> tuple[RegisterPack, ...]:
    """The registers that come with the program, in the order in which they are offered."""
    folder = resources.path("registers")
    return tuple(read_register(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml")))


def register_file(path: Path) -> RegisterPack:
    """The register in a file from a stick; raises Refused."""
    return read_register(TEXT.file(path))


def read_register(text: str) -> RegisterPack:
    """A register from the text of a pack; raises Refused in words for what is wrong with it."""
    told, head = TEXT.parse(text)
    columns = tuple(_column(raw, at) for at, raw in enumerate(TEXT.tables(told, "column"), 1))
    register = SpecialRegister(
        title=TEXT.text(head, "title"),
        code=TEXT.text(head, "code"),
        noun=TEXT.text(head, "noun"),
        purpose=TEXT.text(head, "purpose"),
        source=TEXT.text(head, "source"),
        across=TEXT.flag(head, "across", default=True),
        in_book=TEXT.flag(head, "in_book", default=True),
    )
    pack = RegisterPack(register, columns, tuple(_count(raw) for raw in TEXT.tables(told, "count")))
    problems = check_layout(pack.register, columns)
    labels = {column.label for column in columns}
    problems += [
        Problem("counts", f"要求“{c.label}”看的栏目“{c.column}”不存在")
        for c in pack.counts
        if c.column not in {"", *labels}
    ]
    if problems:
        raise Refused(f"台账“{register.title[:20]}”的格式不能用：{problems[0].text}。", "请改好后再加入。")
    return pack


def _column(raw: Mapping[str, Any], at: int) -> RegisterColumn:
    label = TEXT.text(raw, "label")
    kind, part = TEXT.text(raw, "kind") or ColumnKind.TEXT.value, TEXT.text(raw, "part")
    if kind not in {item.value for item in ColumnKind}:
        known = "、".join(item.value for item in ColumnKind)
        raise Refused(f"栏目“{label}”的内容“{kind}”不认识。", f"可以是：{known}。")
    if part and part not in {item.value for item in ColumnPart}:
        raise Refused(
            f"栏目“{label}”的作用“{part}”不认识。", f"可以是：{'、'.join(item.value for item in ColumnPart)}。"
        )
    return RegisterColumn(
        register=0,
        position=at,
        label=label,
        kind=ColumnKind(kind),
        part=ColumnPart(part) if part else None,
        mandatory=TEXT.flag(raw, "mandatory"),
        hidden=TEXT.flag(raw, "hidden"),
        words=TEXT.text(raw, "words"),
        unit=TEXT.text(raw, "unit"),
    )


def _count(raw: Mapping[str, Any]) -> CountPack:
    minimum, period = TEXT.number(raw, "minimum", 1, 1000), TEXT.text(raw, "period") or RulePeriod.YEAR.value
    if period not in {item.value for item in RulePeriod}:
        raise Refused(f"周期“{period}”不认识。", f"可以是：{'、'.join(item.value for item in RulePeriod)}。")
    return CountPack(
        TEXT.text(raw, "label"),
        TEXT.text(raw, "column"),
        TEXT.text(raw, "word"),
        minimum,
        RulePeriod(period),
        TEXT.text(raw, "source"),
    )


def write_register(reader: Reader, register: int) -> str:
    """A register of a ledger as the text of a pack: how it is laid out, and not one of its rows."""
    told = reader[SpecialRegister].get(register)
    columns = columns_of(reader, register)
    labels = {column.id: column.label for column in columns}
    made = ["[register]", f"format = {FORMAT}"]
    made += lines({name: getattr(told, name) for name in ("title", "code", "noun", "purpose", "source")})
    made += [f"{name} = {str(getattr(told, name)).lower()}" for name in ("across", "in_book")]
    for column in columns:
        texts = {"label": column.label, "kind": column.kind.value, "part": column.part.value if column.part else ""}
        made += ["", "[[column]]", *lines(texts | {"words": column.words, "unit": column.unit})]
        made += [f"{name} = true" for name in ("mandatory", "hidden") if getattr(column, name)]
    for count in reader[RegisterCount].all(register=register):
        texts = {"label": count.label, "column": labels.get(count.column or 0, ""), "word": count.word}
        made += ["", "[[count]]", *lines(texts | {"period": count.period.value, "source": count.source})]
        made.append(f"minimum = {count.minimum}")
    return "\n".join(made) + "\n"


# --- in the ledger --------------------------------------------------------------------------------------


def check_layout(register: SpecialRegister, columns: Sequence[RegisterColumn]) -> list[Problem]:
    """What is wrong with the layout of a register."""
    problems = missing_entries(register)
    labels = [column.label.strip() for column in columns]
    if "" in labels:
        problems.append(Problem("columns", "有一栏没有写名称"))
    twice = next((label for label in labels if label and labels.count(label) > 1), None)
    if twice:
        problems.append(Problem("columns", f"有两栏都叫“{twice}”"))
    if len(columns) > MOST_COLUMNS:
        problems.append(Problem("columns", f"最多 {MOST_COLUMNS} 栏"))
    if sum(column.kind is ColumnKind.STATE and not column.hidden for column in columns) > 1:
        problems.append(Problem("columns", "状态只能有一栏"))
    for part in ColumnPart:
        own = [column for column in columns if column.part is part]
        if part in NEEDED and not own:
            problems.append(Problem("columns", f"缺少“{part.value}”这一栏"))
        if part in NEEDED and any(column.hidden for column in own):
            problems.append(Problem("columns", f"“{own[0].label}”是台账的{part.value}，不能不显示"))
        if len(own) > 1:
            problems.append(Problem("columns", f"有 {len(own)} 栏都是“{part.value}”"))
        wrong = next((column for column in own if column.kind not in _PART_KINDS[part]), None)
        if wrong is not None:
            problems.append(Problem("columns", f"“{wrong.label}”作为{part.value}，内容不能是“{wrong.kind.value}”"))
    return problems


def add_register(store: Store, pack: RegisterPack, year: int) -> SpecialRegister:
    """Begin a register in a ledger, its counts from a year on; raises Refused where one of that name is kept."""
    known = store[SpecialRegister].all()
    if any(item.title == pack.register.title for item in known):
        raise Refused(f"已经有“{pack.register.title}”这本台账。", "不再使用的台账可以在它的“栏目和格式”里恢复。")
    refuse_errors(check_layout(pack.register, pack.columns))
    with store.transaction(f"增加台账“{pack.register.title[:16]}”"):
        position = max((item.position for item in known), default=0) + 1
        made = store[SpecialRegister].save(replace(pack.register, position=position))
        columns = [store[RegisterColumn].save(replace(column, register=made.id)) for column in pack.columns]
        ids = {column.label: column.id for column in columns}
        for count in pack.counts:
            store[RegisterCount].save(
                RegisterCount(
                    register=made.id,
                    label=count.label,
                    column=ids.get(count.column),
                    word=count.word,
                    minimum=count.minimum,
                    period=count.period,
                    source=count.source,
                    first_year=year,
                )
            )
    return made


def own_register(title: str) -> RegisterPack:
    """A register of the branch's own to begin with: a day, a subject, what was done, by whom."""
    plain = (
        ("日期", ColumnKind.DAY, ColumnPart.DAY),
        ("事项", ColumnKind.TEXT, ColumnPart.SUBJECT),
        ("内容", ColumnKind.LONG, None),
        ("责任人", ColumnKind.PERSON, None),
        ("备注", ColumnKind.TEXT, None),
    )
    columns = tuple(
        RegisterColumn(register=0, position=at, label=label, kind=kind, part=part)
        for at, (label, kind, part) in enumerate(plain, 1)
    )
    return RegisterPack(SpecialRegister(title=title.strip()), columns, ())


def lay_out(store: Store, register: SpecialRegister, columns: Sequence[RegisterColumn]) -> None:
    """Keep how a register is laid out: names, order, what is shown. Nothing that was typed is lost by it.

    Raises Refused, also where a column that holds something would hold something else than before.
    """
    placed = [replace(column, register=register.id, position=at) for at, column in enumerate(columns, 1)]
    refuse_errors(check_layout(register, placed))
    if any(item.title == register.title and item.id != register.id for item in store[SpecialRegister].all()):
        raise Refused(f"已经有“{register.title}”这本台账。")
    known = {column.id: column for column in columns_of(store, register.id)}
    missing = [column for id, column in known.items() if id not in {item.id for item in placed}]
    if missing:
        raise Refused(f"栏目“{missing[0].label}”不能删除，里面可能写过内容。", "可以设为不显示。")
    for column in placed:
        before = known.get(column.id)
        if before is not None and (before.kind, before.part) != (column.kind, column.part):
            raise Refused(f"栏目“{before.label}”的内容不能改成“{column.kind.value}”。", "可以不显示它，另加一栏。")
    with store.transaction(f"修改“{register.title[:16]}”的格式"):
        store[SpecialRegister].save(register)
        for column in placed:
            if column != known.get(column.id):
                store[RegisterColumn].save(column)


def set_count(store: Store, count: RegisterCount) -> RegisterCount:
    """Enter how often something is asked for in a register, or correct it; raises Refused."""
    problems = missing_entries(count)
    if count.minimum < 1:
        problems.append(Problem("minimum", "至少一次"))
    if count.last_year is not None and count.last_year < count.first_year:
        problems.append(Problem("last_year", "截止年度早于起始年度"))
    refuse_errors(problems)
    with store.transaction("修改台账次数要求" if count.id else "增加台账次数要求"):
        return store[RegisterCount].save(count)


def drop_count(store: Store, count: RegisterCount) -> None:
    """Take a count away that was entered by mistake; one that no longer holds gets its last year instead."""
    with store.transaction("删除台账次数要求"):
        store[RegisterCount].remove(count.id)
