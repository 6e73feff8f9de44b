"""What special registers ask for: a last day that is near or past, and counts that were not reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.checks.matter import Level, Matter, of_record
from app.dates import chinese
from app.ways import ToNew
from app.work.rectifications import Light
from app.work.special_registers import Register, RegisterRow, SpecialRegister
from app.year.ledger import YearLedger
from app.year.periods import period_words
from app.year.special_registers import CountStanding, count_standings
from app.year.standing import State


def of_registers(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """What the registers of the year ask for as of a day."""
    day = ledger.reference_day(today)
    for register in ledger.registers:
        if not register.register.retired:
            yield from _due(ledger, register, day)
    ahead = ledger.rulebook.remind.count_days
    for item in count_standings(ledger, day):
        if item.state is State.MISSING or (item.state is State.DUE and (item.period.last - day).days <= ahead):
            yield _short(item)


def _due(ledger: YearLedger, register: Register, day: date) -> Iterator[Matter]:
    for row in register.rows:
        colour = register.light_of(row, day, ledger.rulebook.remind.task_days)
        if colour in (Light.RED, Light.AMBER):
            text = f"{register.register.title}：{row.title[:24]}"
            detail = f"{chinese(row.due_on)}{'已过期' if colour is Light.RED else '到期'}，还没有办结"
            level = Level.ERROR if colour is Light.RED else Level.WARNING
            yield of_record("register", RegisterRow, row.id, level, text, detail, row.due_on)


def _short(item: CountStanding) -> Matter:
    missing = item.state is State.MISSING
    words = f"{period_words(item.period.name)}{item.count.label}"
    detail = f"已有 {len(item.rows)} 次，要求 {item.count.minimum} 次"
    return Matter(
        Level.ERROR if missing else Level.WARNING,
        f"{words}{'不够' if missing else '还差'}",
        detail,
        item.count.source,
        "register_count",
        f"register_count:{item.count.id}:{item.period.name}",
        item.period.last,
        ToNew(RegisterRow, {"register": item.register.register.id}),
        (SpecialRegister, item.register.register.id),
    )
