"""Findings about frequency, dues and people: those that the standing, the arrears and the reminders know already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.checks.duties import way_of
from app.checks.matter import Level, Matter, finding
from app.dates import month_end
from app.development.checks import findings as way_findings
from app.development.steps import Applicant
from app.dues.arrears import arrears
from app.dues.bases import DuesBasis
from app.dues.payments import Payment
from app.dues.remittances import DuesNotice, Remittance, collected
from app.money import yuan
from app.numerals import times
from app.people.members import Member, check_member
from app.record import Severity
from app.ways import ToList, ToNew, ToRecord
from app.year.ledger import YearLedger
from app.year.periods import period_words
from app.year.standing import State, due_by, missing_by, standing


def of_frequency(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """C19, C21: a month, quarter or year without what it asks for, each tested by itself."""
    for duty in standing(ledger, today):
        if duty.state is State.MISSING and duty.rule != ledger.rulebook.collection.code:
            code = "C21" if duty.period == str(ledger.year) else "C19"
            text = f"{ledger.year} 年{period_words(duty.period)}缺{duty.label}"
            if duty.required > 1:
                text += f"（{duty.done}/{duty.required}）"
            key = f"{code}:duty:{duty.rule}:{duty.period}"
            yield finding(code, Level.ERROR, text, duty.source, key, way_of(ledger, duty))


def of_dues(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """D23, D27, D29, D31: bases not fixed for the year, arrears, money not handed up, dues not shown."""
    year, dues = ledger.year, ledger.dues
    for item in arrears(dues, ledger.dues_before, min(today, date(year + 1, 1, 1))):
        name = ledger.roster[item.member].name
        level = {"alarm": Level.ERROR, "warning": Level.WARNING}.get(item.level, Level.NOTICE)
        key, way = f"D27:member:{item.member}:{year}", ToNew(Payment, {"member": item.member})
        rule = ledger.rulebook.collection.source
        yield finding("D27", level, f"{name}：{item.reason}", rule, key, way)
    old = [
        ledger.roster[member].name
        for member in dues.rows
        if (basis := dues.basis(member, 12)) and basis.since and basis.since.year < year
    ]
    if old:
        text = f"{year} 年有 {len(old)} 人没有重新核定党费基数：{'、'.join(old[:6])}{'等' if len(old) > 6 else ''}"
        rule = "组电明字〔2017〕5号：年初核定"
        yield finding("D23", Level.NOTICE, text, rule, f"D23:year:{year}", ToList(DuesBasis))
    for remittance in ledger.remittances:
        held = collected(dues, remittance.first_month.month, remittance.last_month.month)
        if held != remittance.amount_fen:
            span = f"{remittance.first_month}—{remittance.last_month}"
            text = f"{span} 收 {yuan(held)} 元，上交 {yuan(remittance.amount_fen)} 元"
            key = f"D29:remittance:{remittance.id}"
            yield finding("D29", Level.ERROR, text, "全额上交", key, ToRecord(Remittance, remittance.id))
    if today > month_end(year, 12) and dues.payments and not ledger.dues_notices:
        text = f"{year} 年党费没有公示"
        yield finding(
            "D31",
            Level.WARNING,
            text,
            f"每年至少公示{times(ledger.rulebook.collection.publications)}",
            f"D31:year:{year}",
            ToList(DuesNotice),
        )


def of_people(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """A4 to A7: dates across the papers of applicants, and birth and sex against the identity number."""
    rule = ledger.rulebook.development
    for way in ledger.development:
        for item in way_findings(way, rule, ledger.roster, ledger.calendar, today):
            level = Level.ERROR if item.severity is Severity.ERROR else Level.WARNING
            text = f"{way.applicant.name} 发展材料：{item.text}"
            key = f"A4:applicant:{way.applicant.id}:{item.step}:{item.text[:12]}"
            yield finding("A4", level, text, rule.source, key, ToRecord(Applicant, way.applicant.id))
    for member in ledger.roster.members:
        for problem in check_member(member, (), today):
            if problem.field in ("birth", "sex", "id_number"):
                text = f"{member.name}：{problem.text}"
                key = f"A7:member:{member.id}:{problem.field}"
                yield finding("A7", Level.NOTICE, text, "GB 11643", key, ToRecord(Member, member.id))


def forecast(ledger: YearLedger, today: date, day: date) -> list[Matter]:
    """检查预测: what an inspector will find missing on a day if nothing more is recorded; what is missing now first."""
    now = {(duty.rule, duty.period) for duty in missing_by(ledger, today)}
    coming = missing_by(ledger, day)
    found: list[Matter] = []
    for duty in sorted(coming, key=lambda d: ((d.rule, d.period) not in now, d.due_on)):
        already = (duty.rule, duty.period) in now
        level = Level.ERROR if already else Level.WARNING
        text = f"{duty.label} {period_words(duty.period)}"
        text += f"（{duty.done}/{duty.required}）" if duty.required > 1 else ""
        text += "：现在就缺" if already else f"：{duty.due_on} 前不办，检查时会缺"
        key = f"forecast:{duty.rule}:{duty.period}"
        found.append(finding("预测", level, text, duty.source, key, way_of(ledger, duty)))
    for duty in due_by(ledger, day):
        text = f"{duty.label} {period_words(duty.period)}：检查时还没到期，已有 {duty.done}/{duty.required}"
        key = f"forecast:{duty.rule}:{duty.period}"
        found.append(finding("预测", Level.NOTICE, text, duty.source, key, way_of(ledger, duty)))
    return found
