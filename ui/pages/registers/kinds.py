"""The registers about members: for each kind its columns, its fields, and the verbs it is kept by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.dates import PartialDate
from app.money import yuan
from app.people.care import Care, CareKind, birthdays, remove_care, save_care
from app.people.circumstances import (
    Circumstance,
    CircumstanceKind,
    check_circumstance,
    remove_circumstance,
    save_circumstance,
)
from app.people.dispositions import Disposition, check_disposition, rejoin_from, remove_disposition, save_disposition
from app.people.honours import Honour, remove_honour, save_honour
from app.people.transfers import Direction, Transfer, check_transfer, remove_transfer, save_transfer
from app.ways import ToPaper
from app.year.ledger import YearLedger
from ui.house.session import Session
from ui.kit.record_fields import Fields
from ui.kit.table import Column
from ui.record.registers import Register, member_column


def _letter(session: Session, record: Any) -> None:
    session.go(ToPaper("transfer_letter", record.id))


def _day(value: date | PartialDate | None) -> str:
    return str(value) if value else ""


def _transfers(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today

    def state(item: Transfer) -> str:
        if item.receipt_on:
            return "已收回执"
        return "等回执" if item.direction is Direction.OUT and item.issued_on else "已登记"

    return (
        member_column(ledger),
        Column("方向", lambda r: r.direction, 64, tone=lambda r: "due" if r.direction is Direction.OUT else "info"),
        Column("转接日期", lambda r: _day(r.moved_on), 100),
        Column("转往（来自）", lambda r: r.place, 160, stretch=True, tip=lambda r: r.place),
        Column("介绍信编号", lambda r: r.number, 120),
        Column("有效至", lambda r: _day(r.valid_through), 100),
        Column("回执", state, 84, tone=lambda r: "ok" if r.receipt_on else "due" if r.issued_on else "plain"),
    )


def _circumstances(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("情况", lambda r: r.kind, 150, tone=lambda _: "info"),
        Column("起", lambda r: _day(r.since), 100),
        Column("止", lambda r: _day(r.until), 100),
        Column("具体情况", lambda r: r.detail, 200, stretch=True, tip=lambda r: r.detail),
    )


def _dispositions(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today

    def ends(item: Disposition) -> str:
        back = rejoin_from(item, ledger.rulebook.people)
        return f"{back} 后可重新申请" if back else _day(item.ends)

    return (
        member_column(ledger),
        Column("种类", lambda r: r.kind, 110, tone=lambda _: "missing"),
        Column("支部决定", lambda r: _day(r.decided_on), 100),
        Column("上级批准", lambda r: _day(r.approved_on), 100),
        Column("期满", ends, 160),
        Column("结果", lambda r: r.outcome or ("已了结" if r.ended_on else ""), 120, stretch=True),
    )


def _honours(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("表彰日期", lambda r: _day(r.given_on), 110),
        Column("荣誉名称", lambda r: r.name, 220, stretch=True),
        Column("授予单位", lambda r: r.issuer, 180),
    )


def _cares(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("日期", lambda r: _day(r.given_on), 110),
        Column("方式", lambda r: r.kind, 100, tone=lambda _: "ok"),
        Column("慰问金（元）", lambda r: yuan(r.amount_fen) if r.amount_fen else "", 110, right=True),
        Column("内容", lambda r: r.content, 200, stretch=True, tip=lambda r: r.content),
    )


@dataclass(frozen=True)
class _BirthdayRow:
    member: int
    day: date
    years: int
    kept: Care | None
    id: int = 0


def _birthday_rows(ledger: YearLedger, today: date) -> Sequence[_BirthdayRow]:
    day = ledger.reference_day(today)
    kept = {
        care.member: care
        for care in ledger.cares
        if care.kind is CareKind.BIRTHDAY and care.given_on.year == ledger.year
    }
    return [
        _BirthdayRow(item.member.id, item.day, item.years, kept.get(item.member.id), item.member.id)
        for item in birthdays(ledger.roster, ledger.branch, ledger.year, day)
    ]


def _birthday_columns(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("政治生日", lambda r: f"{r.day.month}月{r.day.day}日", 110, order=lambda r: r.day),
        Column("周年", lambda r: f"{r.years} 周年", 90, order=lambda r: r.years),
        Column("本年", lambda r: "已过" if r.kept else "未登记", 90, tone=lambda r: "ok" if r.kept else "plain"),
        Column("内容", lambda r: r.kept.content if r.kept else "", 200, stretch=True),
    )


def _birthday_record(row: _BirthdayRow, ledger: YearLedger) -> dict[str, Any]:
    del ledger
    if row.kept:
        return row.kept.__dict__
    return {"id": 0, "member": row.member, "given_on": row.day, "kind": CareKind.BIRTHDAY}


def _rule(session: Session):
    return session.ledger_of_year().rulebook.people


REGISTERS = (
    Register(
        "transfers",
        "组织关系",
        Transfer,
        "这里登记组织关系转入转出和介绍信。从外面转来的，先在党员名册新增本人，再在这里登记转入。",
        _transfers,
        lambda ledger, _: sorted(ledger.transfers, key=lambda t: t.moved_on, reverse=True),
        Fields(
            (
                "member",
                "direction",
                "moved_on",
                "place",
                "addressee",
                "number",
                "issued_on",
                "valid_days",
                "dues_through",
                "receipt_on",
                "handler",
                "note",
            ),
            hints={"place": "对方党支部全称", "addressee": "如：示例市直机关工委", "dues_through": "如 2026-05"},
        ),
        lambda s, r: save_transfer(s.ledger, r, _rule(s)),
        lambda s, r: remove_transfer(s.ledger, r),
        lambda s, r: check_transfer(r, _rule(s)),
        begins_today=("moved_on",),
        more=(("打印介绍信", "print", _letter),),
        example="张伟 3月5日 从甲单位党支部转入，介绍信第 12 号。",
    ),
    Register(
        "circumstances",
        "党员情况",
        Circumstance,
        "这里登记流动、失联、出国、困难、老党员、残疾、免除硬性要求等情况，各有起止。",
        _circumstances,
        lambda ledger, _: sorted(
            ledger.roster.circumstances,
            key=lambda c: (c.until is not None, -(c.since.first.toordinal() if c.since else 0)),
        ),
        Fields(
            ("member", "kind", "since", "until", "detail", "approval"),
            hints={"detail": "流动写外出流向，失联写查找经过，免除要求写原因"},
        ),
        lambda s, r: save_circumstance(s.ledger, r),
        lambda s, r: remove_circumstance(s.ledger, r),
        lambda _, r: check_circumstance(r),
        lambda ledger, today: " · ".join(
            f"{kind} {count} 人"
            for kind in CircumstanceKind
            if (count := len(ledger.roster.holding(kind, ledger.reference_day(today))))
        ),
        example="刘洋 2月1日起 流动党员，去向 乙市。",
    ),
    Register(
        "dispositions",
        "处置处分",
        Disposition,
        "这里登记组织处置和纪律处分。支部大会决定、上级批准后才生效，程序不会自动处理任何人。",
        _dispositions,
        lambda ledger, _: sorted(ledger.dispositions, key=lambda d: d.decided_on, reverse=True),
        Fields(
            (
                "member",
                "kind",
                "removal",
                "decided_on",
                "approved_on",
                "months",
                "reason",
                "approval",
                "ended_on",
                "outcome",
            ),
            hints={"removal": "只有除名要选"},
        ),
        lambda s, r: save_disposition(s.ledger, r, _rule(s)),
        lambda s, r: remove_disposition(s.ledger, r),
        lambda s, r: check_disposition(r, _rule(s)),
        begins_today=("decided_on",),
        example="周强 3月10日 支部大会决定限期改正，3月25日上级党委批准。",
    ),
    Register(
        "honours",
        "表彰奖励",
        Honour,
        "这里登记党员受到的表彰奖励。",
        _honours,
        lambda ledger, _: sorted(ledger.honours, key=lambda h: str(h.given_on), reverse=True),
        Fields(("member", "given_on", "name", "issuer", "note")),
        lambda s, r: save_honour(s.ledger, r),
        lambda s, r: remove_honour(s.ledger, r),
        begins_today=("given_on",),
        example="赵静 7月1日 优秀共产党员，授予单位 示例单位党委。",
    ),
    Register(
        "care",
        "关怀帮扶",
        Care,
        "这里登记走访慰问、困难帮扶等关怀。",
        _cares,
        lambda ledger, _: sorted(
            (c for c in ledger.cares if c.given_on.year == ledger.year), key=lambda c: c.given_on, reverse=True
        ),
        Fields(("member", "given_on", "kind", "amount_fen", "content")),
        lambda s, r: save_care(s.ledger, r, s.today()),
        lambda s, r: remove_care(s.ledger, r),
        begins_today=("given_on",),
        example="春节走访老党员王建国，慰问金 500 元。",
    ),
    Register(
        "birthdays",
        "政治生日",
        Care,
        "没有确切入党日期的党员不列在这里，请先在党员名册补上。",
        _birthday_columns,
        _birthday_rows,
        Fields(("member", "given_on", "kind", "amount_fen", "content")),
        lambda s, r: save_care(s.ledger, r, s.today()),
        lambda s, r: remove_care(s.ledger, r),
        facts=lambda ledger, _: f"按{ledger.branch.birthday_by}计算，可在“支部”页改",
        begins={"kind": CareKind.BIRTHDAY},
        exported="care",
        begins_today=("given_on",),
        record_of=_birthday_record,
    ),
)
