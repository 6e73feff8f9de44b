"""Whether amounts were paid, for whom and when: what a remark, a state or a title says against it is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.exchange.columns import OWED, PAID
from app.exchange.mending import Mending
from app.exchange.reading import NOTHING, Reading, Sure
from app.exchange.sheet import LeftOut, Outcome, Row
from app.exchange.taking import Taking
from app.exchange.titles import texts_over
from app.exchange.words import packed

_OF_OTHER_MONTHS = re.compile(
    r"一次|合并|一并|一起|共[交缴]|[补预多少代][交缴]|提前|退[还回款了党\d]|含|[交缴][至到]|\d+[-—~至]\d+月"
    r"|[全半去上]年|季度|[两二三四五六七八九十\d]个月|[两二]人|夫妻|爱人|预存|抵扣|累计"
    r"|[未没欠待拟免缓][交缴收]|欠费|未到账"
)
"""What says that an amount is not that of its month, not of its person alone, or not paid."""
_PAYMENT = re.compile(r"paid|m\d+|q\d|h\d|r\d+_\d+")
"""The fields of amounts that were paid."""
_EXPLICIT = re.compile(r"[实已][交缴收]|实际|收到")
_NOT_PAID = re.compile(r"应[交缴收]|欠|未[交缴]|催[交缴]|退[还费回]|拟[交缴]|计划|预算|核定|标准|测算")
_PLANNED = re.compile(r"计划|预算|拟[交缴]|测算")
_OF_PAYMENTS = re.compile(r"[实已][交缴收]|收[交缴取支]|[交缴]纳|上[交缴]")
_OTHER_FEES = re.compile(r"工会|会费|团费|团员|团支部|捐|特殊党费|大额党费|互助|班费|伙食")
_NO_DUES = re.compile(
    "签到|考勤|出勤|积分|学时|时长|工资|薪|津贴|补贴|奖金|考核|考试|成绩|得分|评分|慰问|报销|志愿|次数|场次|产量|加班|绩效"
    "|水电|房租|餐费|物业|保险|公积金|组织生活|会议"
)
"""What a table of numbers by month may be of, where it does not speak of dues."""
_UNSETTLED = re.compile(r"[否不没未欠×✗xX]|待")
_SETTLED = re.compile(r"是|有|[√✓✔☑]|(已|全部)?(结清|[交缴]清?纳?齐?)(完毕|了)?|[交缴]清")


def take_note(reading: Taking, *, paid: bool) -> None:
    """Ask of a remark that speaks of the amounts that are `paid`; tell of any other that it is not kept."""
    said = reading.row.text("note")
    if packed(said) in NOTHING or any(fault.field == "note" for fault in reading.faults):
        return
    if paid and _OF_OTHER_MONTHS.search(packed(said)):
        why = f"备注写着“{said}”，各月的金额是不是这样，请核对"
        reading.take("note", Reading(said, said, Sure.ASKED, why), shown=said)
    else:
        reading.tell("note", f"备注“{said}”没有记入，说的是交纳的请在党费页登记")


def paid_rows(rows: Sequence[Row], mending: Mending, outcome: Outcome) -> list[Row]:
    """The rows that tell what was paid, where a table has a row for 应交 and one for 实交 of each person."""
    kept: list[Row] = []
    owed: list[int] = []
    above = ""
    for line in rows:
        lacks_name = "role" in line.cells and not line.text("name") and bool(above)
        row = replace(line, cells={**line.cells, "name": above}) if lacks_name else line
        role, above = packed(row.text("role")), row.text("name")
        if role in OWED and row.key not in mending.taken_rows:
            owed.append(row.key)
        else:
            kept.append(row)
    if owed:
        numbers = {row.key: row.number for row in rows}
        told = "、".join(str(numbers[key]) for key in owed[:8]) + ("等" if len(owed) > 8 else "")
        what = f"第 {told} 行（共 {len(owed)} 行）"
        outcome.left_out.append(LeftOut("", what, len(owed), "写的是应交，没有记作已交", None, tuple(owed)))
    return kept


def unkept_columns(rows: Sequence[Row]) -> Iterator[str]:
    """The columns of a register that say something and lack what it would be kept with, each told once."""
    said = {name: row.column(name) for row in rows for name in row.cells if packed(row.text(name)) not in NOTHING}
    if "base" not in said:
        alone = [f"“{said[name]}”" for name in ("category", "rate") if name in said]
        if alone:
            yield f"表里没有基数，{'、'.join(alone)}没有记入，类别变了的请在党费基数里登记"
    if "paid_on" in said and "paid" not in said:
        yield f"“{said['paid_on']}”看不出是哪个月的，没有记入"


def take_role(reading: Taking, *, paid: bool) -> None:
    """Ask of amounts of which the row says neither 应交 nor 实交 but something else."""
    said = reading.row.text("role")
    if paid and packed(said) not in (*NOTHING, *PAID, *OWED):
        why = f"“{reading.row.column('role')}”写着“{said}”，金额是已经交了的请勾选"
        reading.take("role", Reading(said, True, Sure.ASKED, why), shown="实交")


def take_payments(reading: Taking, *, paid: bool) -> None:
    """Ask of amounts that the words over them or the state of the row call not paid, or those of something else."""
    row = reading.row
    settled = row.text("settled")
    if paid and _UNSETTLED.match(packed(settled)):
        reading.take(
            "settled", Reading(settled, True, Sure.ASKED, f"写着“{settled}”，金额是已经交了的请勾选"), shown="已交"
        )
    elif packed(settled) not in NOTHING and not (paid and _SETTLED.fullmatch(packed(settled))):
        reading.tell("settled", f"“{settled}”没有记入")
    amounts = [name for name in row.cells if _PAYMENT.fullmatch(name) and row.text(name)]
    if not paid or not amounts:
        return
    for text in texts_over(row):
        told = packed(text)
        if _OTHER_FEES.search(told) or (_NO_DUES.search(told) and "党费" not in row.title):
            why = f"表上写着“{text}”，是按月交的党费请勾选"
        elif (
            _NOT_PAID.search(told)
            and (_PLANNED.search(told) or not _OF_PAYMENTS.search(told))
            and not _EXPLICIT.search(row.column(amounts[0]))
        ):
            why = f"表上写着“{text}”，金额是已经交了的请勾选"
        else:
            continue
        said = row.text(amounts[0])
        reading.take(amounts[0], Reading(said, True, Sure.ASKED, why), shown=said)
        return
