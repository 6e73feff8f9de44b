"""党费 on paper: the year's register with what was handed up and shown, the notice for the wall, the receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app import numerals
from app.dates import chinese
from app.dues.bases import assess
from app.dues.payments import Payment, PaymentKind
from app.dues.remittances import DuesNotice, balance
from app.money import yuan
from app.printing import style as s
from app.printing.text import Signature, Style, Text
from app.reports.documents import day_or_blank
from app.reports.parts import NOTHING, grid, heading
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

MONTHS = [f"{month}月" for month in range(1, 13)]
HEAD = ["序号", "姓名", "类别", "月收入基数", "比例", "月应交", *MONTHS, "应交合计", "实交合计", "差额"]
RECEIVED = "收款人（签字）：　　　　　　　　　　支部书记（签字）："
SIGN = Style(s.PLAIN.face, 10.5, 28, "left", after=4)


def dues_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """党费收缴 month by month, in yuan, on A4 across: remarks stand below the table."""
    del today
    dues = ledger.dues
    story: list[Flowable] = [heading("dues", "党费收缴登记")]
    if not dues.rows:
        return [*story, Text(NOTHING, s.BODY)]
    rows = [_member_row(ledger, number, member) for number, member in enumerate(dues.rows, 1)]
    widths = [21, 32, 30, 45, 25, 32, *([35.4] * 12), 40, 40, 38]
    notes = [f"{ledger.roster[member].name}：{text}" for member in dues.rows if (text := _remarks(ledger, member))]
    return [
        *story,
        Text("单位：元。“—”为当月不在本支部。", s.NOTE),
        grid(widths, HEAD, [*rows, _totals(ledger)], small=True),
        *([Text("备注：" + "；".join(notes) + "。", s.NOTE)] if notes else []),
        Signature(RECEIVED, SIGN),
        *_voluntary(ledger),
        *_remittances(ledger),
    ]


def dues_register_large(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """党费收缴登记表 on A3: as the chapter, with the day of each payment, remarks and room for signatures."""
    del record, today
    dues = ledger.dues
    title = Text("党费收缴登记表", s.FORM_TITLE)
    if not dues.rows:
        return [title, Text(NOTHING, s.BODY)]
    rows = [
        [*_member_row(ledger, number, member, days=True), _remarks(ledger, member), ""]
        for number, member in enumerate(dues.rows, 1)
    ]
    widths = [1, 1.9, 1.5, 2.2, 1.1, 1.6, *([1.7] * 12), 2.1, 2.1, 1.7, 3.6, 2]
    return [
        title,
        Text(f"{ledger.branch.name}　{ledger.year} 年度　单位：元，金额下面是交纳日期。“—”为当月不在本支部。", s.NOTE),
        grid(widths, [*HEAD, "补交、代交备注", "签名"], [*rows, [*_totals(ledger), "", ""]], small=True),
        Signature(RECEIVED, SIGN),
        *_voluntary(ledger),
        *_remittances(ledger),
    ]


def _member_row(ledger: YearLedger, number: int, member: int, *, days: bool = False) -> list[str]:
    """A member's year: who, the base with its rate, what was paid for each month, and what is open."""
    dues, cells = ledger.dues, ledger.dues.rows[member]
    basis = dues.latest_basis(member)
    assessed = assess(basis, ledger.rulebook) if basis else None
    base = yuan(basis.base_fen) if basis and basis.base_fen is not None else ""
    rate = f"{assessed.permille / 10:g}%" if assessed and assessed.permille is not None else ""
    owed = next((yuan(cell.owed_fen) for cell in reversed(cells) if cell.owed_fen is not None), "")
    paid_on = _days(ledger, member) if days else {}
    months = [
        "\n".join(part for part in (yuan(cell.paid_fen), paid_on.get(cell.month, "")) if part)
        if cell.paid_fen
        else ""
        if cell.here
        else "—"
        for cell in cells
    ]
    total_owed, total_paid = sum(cell.owed_fen or 0 for cell in cells), sum(cell.paid_fen for cell in cells)
    return [
        str(number),
        ledger.roster[member].name,
        basis.category.value if basis else "",
        base,
        rate,
        owed,
        *months,
        yuan(total_owed),
        yuan(total_paid),
        yuan(total_paid - total_owed),
    ]


def _totals(ledger: YearLedger) -> list[str]:
    totals = [ledger.dues.totals(month) for month in range(1, 13)]
    owed, paid = sum(o for o, _ in totals), sum(p for _, p in totals)
    return ["", "合计", "", "", "", "", *(yuan(p) for _, p in totals), yuan(owed), yuan(paid), yuan(paid - owed)]


def _own(ledger: YearLedger, member: int) -> list[Payment]:
    return [
        payment
        for payment in ledger.dues.payments
        if payment.member == member and payment.kind is PaymentKind.ORDINARY and payment.month.year == ledger.year
    ]


def _days(ledger: YearLedger, member: int) -> dict[int, str]:
    """The day on which each month was paid last, as month and day."""
    return {p.month.month or 0: f"{p.paid_on:%m-%d}" for p in _own(ledger, member) if p.paid_on}


def _remarks(ledger: YearLedger, member: int) -> str:
    """补交、代交 and what was noted, month by month."""
    told: list[str] = []
    for payment in _own(ledger, member):
        late = payment.paid_on and payment.month.month and payment.paid_on > payment.month.last
        words = [
            f"{payment.paid_on:%m-%d}补交" if late else "",
            f"{payment.payer}代交" if payment.payer else "",
            payment.note,
        ]
        if any(words):
            told.append(f"{payment.month.month}月" + "，".join(word for word in words if word))
    return "；".join(told)


def _voluntary(ledger: YearLedger) -> list[Flowable]:
    """What was given beyond the dues of the months."""
    found = [payment for payment in ledger.dues.payments if payment.kind is not PaymentKind.ORDINARY]
    rows = [(ledger.roster[p.member].name, p.kind.value, p.month.chinese(), yuan(p.amount_fen), p.note) for p in found]
    head = ["姓名", "种类", "月份", "金额", "备注"]
    return [Text("自愿多交和大额党费", s.SECTION), grid([2, 2, 2, 2, 4], head, rows)] if rows else []


def _remittances(ledger: YearLedger) -> list[Flowable]:
    story: list[Flowable] = [Text("党费上交和公示", s.SECTION)]
    if ledger.remittances:
        rows = [
            (f"{r.first_month}—{r.last_month}", str(r.remitted_on), yuan(r.amount_fen), r.voucher, r.handler, r.note)
            for r in ledger.remittances
        ]
        head = ["月份", "上交日期", "金额（元）", "凭证号", "经办人", "备注"]
        story.append(grid([2.2, 1.6, 1.6, 1.8, 1.4, 3], head, rows))
    story.append(Text(balance(ledger.dues, ledger.remittances).text + "。", s.NOTE))
    for notice in ledger.dues_notices:
        place = f"，{notice.place}" if notice.place else ""
        story.append(Text(f"{chinese(notice.shown_on)}公示 {notice.first_month}—{notice.last_month}{place}。", s.NOTE))
    if not ledger.dues_notices:
        story.append(Text("本年度还没有公示。", s.NOTE))
    return story


def notice_story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """党费公示表 of a notice; without one of all months that are over."""
    found = next((item for item in ledger.dues_notices if item.id == record), None)
    first, last = (found.first_month.month, found.last_month.month) if found else (1, _last_month(ledger, today))
    rows: list[Sequence[Any]] = []
    owed_all = paid_all = 0
    for number, (member, cells) in enumerate(ledger.dues.rows.items(), 1):
        within = [cell for cell in cells if first <= cell.month <= last]
        owed, paid = sum(cell.owed_fen or 0 for cell in within), sum(cell.paid_fen for cell in within)
        if not (owed or paid):
            continue
        owed_all, paid_all = owed_all + owed, paid_all + paid
        state = "交清" if paid >= owed else f"差 {yuan(owed - paid)}"
        rows.append([str(number), ledger.roster[member].name, yuan(owed), yuan(paid), state])
    if not rows:
        return [Text("党费公示表", s.CHAPTER), Text(NOTHING, s.BODY)]
    rows.append(["", "合计", yuan(owed_all), yuan(paid_all), ""])
    contact = (
        f"对公示内容有意见，请与{found.contact}联系。"
        if found and found.contact
        else "对公示内容有意见，请向党支部反映。"
    )
    day = day_or_blank(found.shown_on if found else None)
    sign = Style(s.PLAIN.face, 10.5, 28, "left", before=8)
    return [
        Text("党费公示表", Style(s.CHAPTER.face, 18, 28, "center", after=4)),
        Text(f"{ledger.branch.name}　{ledger.year}年{first}月至{last}月　单位：元", s.NOTE),
        grid([1, 2.4, 2, 2, 2], ["序号", "姓名", "应交", "实交", "情况"], rows),
        Text(contact, s.PLAIN),
        Signature(f"经办人（签字）：　　　　　　　　书记（签字）：　　　　　　　　{day}", sign),
    ]


def _last_month(ledger: YearLedger, today: date) -> int:
    return 12 if ledger.year < today.year else max(1, today.month - 1)


def receipts_story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """党费收据: one for each payment of a month (`record` is the month), to be cut apart."""
    month = record or today.month
    found = [
        payment
        for payment in ledger.dues.payments
        if payment.month.month == month and payment.kind in (PaymentKind.ORDINARY, PaymentKind.EXTRA)
    ]
    title = Text(f"{ledger.year}年{month}月党费收据", s.CHAPTER)
    if not found:
        return [title, Text(f"{month}月还没有收缴记录。", s.BODY)]
    story: list[Flowable] = [title]
    line = Style(s.PLAIN.face, 10.5, 20, "left")
    for payment in found:
        name = ledger.roster[payment.member].name
        paid = day_or_blank(payment.paid_on)
        through = f"（{payment.payer}代交）" if payment.payer else ""
        text = f"今收到 {name} 同志{ledger.year}年{month}月党费{through}人民币 {numerals.yuan(payment.amount_fen)}"
        text += f"（{yuan(payment.amount_fen)} 元）。"
        sign = f"{ledger.branch.name}（盖章）　　收款人（签字）：　　　　　　{paid}"
        story.append(grid([1], [f"党费收据　No. {payment.id}"], [[text + "\n" + sign]]))
    return [*story, Text(f"共 {len(found)} 张。", Style(line.face, 9, 14, "left"))]


__all__ = ["DuesNotice", "dues_chapter", "notice_story", "receipts_story"]
