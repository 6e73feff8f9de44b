"""What a remark beside payments may mean: of which months an amount is, and for whom, is never guessed from it."""

from __future__ import annotations

import re

from app.exchange.reading import NOTHING, Reading, Sure
from app.exchange.taking import Taking
from app.exchange.words import packed

_OF_OTHER_MONTHS = re.compile(
    r"一次|合并|一并|一起|共[交缴]|[补预多少代][交缴]|提前|退[还回款了\d]|含|[交缴][至到]|\d+[-—~至]\d+月"
)
"""What says that an amount is not that of its month, or not of its person alone."""


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
