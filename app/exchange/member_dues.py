"""What a row of a roster tells of dues: the base, and the category by which it is assessed."""

from __future__ import annotations

from app.dues.bases import DuesCategory
from app.exchange.member_status import MemberTaking
from app.exchange.reading import Reading, Sure
from app.exchange.taking import category_of_remark
from app.exchange.titles import category_over
from app.exchange.words import Remark, category_in, packed, read_category


def read_base(reading: MemberTaking) -> int | None:
    """The base in 分; None where none is told."""
    if packed(reading.row.text("base")) in ("", "-", "—", "/", "无"):
        return None
    told = reading.read_money("base")
    return reading.take("base", told, shown=f"{told.value / 100:.2f}" if told and told.value is not None else "")


def decide_category(reading: MemberTaking, remarks: tuple[Remark, ...]) -> DuesCategory | None:
    """By the column that is kept for it, else by the words of status and work, else by a remark that is that word."""
    row = reading.row
    for name in ("dues_category", "status"):
        if name == "dues_category" or category_in(row.text(name)):
            told = read_category(row.text(name), row.column(name), reading.today) if row.text(name) else None
            if told is not None:
                return reading.take(name, told, shown=told.value.value if told.value else "")
    if category_in(row.text("position")):
        told = read_category(row.text("position"), row.column("position"), reading.today)
        return reading.take("position", told, shown=told.value.value if told and told.value else "")
    over = category_over(row) if not any(item.category for item in remarks) else None
    if over is not None:
        why = f"表上写着“{over[1]}”，党费按{over[0]}"
        return reading.take("dues_category", Reading(over[1], over[0], Sure.PROPOSED, why), shown=over[0].value)
    return category_of_remark(reading, remarks)


def category_alone(reading: MemberTaking) -> DuesCategory | None:
    """The category where no base is told: what a column kept for it says, unless it is the usual one."""
    said = reading.row.text("dues_category")
    told = read_category(said, reading.row.column("dues_category"), reading.today) if said else None
    if told is None or told.sure is Sure.ASKED:
        if told is not None:
            reading.tell("dues_category", f"“{said}”没有记入，党费类别请在党费基数里登记")
        return None
    category = reading.take("dues_category", told, shown=told.value.value if told.value else "")
    return None if category is DuesCategory.EMPLOYED else category
