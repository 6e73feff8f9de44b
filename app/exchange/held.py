"""Whether what a row tells of has been held: a plan, or what was cancelled, is no record of it."""

from __future__ import annotations

import re

from app.exchange.reading import NOTHING, Reading, Sure
from app.exchange.taking import Taking
from app.exchange.titles import texts_over
from app.exchange.words import packed

_PLAN = re.compile(r"计划(?!生育)|安排|方案|预告|日程")
_NOT_HELD = re.compile(
    r"(?=.{1,12}$)(([否不没未待拟×✗xX]|计划|正在|部分|筹备|\d{1,2}%)|.*(取消|延期|推迟|改期|暂缓|进行中|逾期|超期|"
    r"未(完成|召开|开展|按期)|没有?(开|召开|开展)))"
)
"""In few words; a sentence tells how it went."""
_HELD = re.compile(r"是|有|[√✓✔☑]|(已|按期|按时|如期|正常)?(完成|召开|开展|举行|落实|谈话|开)(完毕|了)?|100%")
_IN_A_SUBJECT = re.compile(r"取消|未(召开|开展|举行)|没有?召开|延期至|改期|推迟(至|到)")


_IN_A_NOTE = re.compile(
    r"取消|未(召开|开展|举行|开|谈|按期)|没有?(召开|开|谈)|改期|推迟|延期|暂缓|暂停|流会|中止|停开|作废|人数不足"
    r"|^\s*(拟|计划|预计|预定|待)[^,，。;；]{0,6}$"
)


def take_held(reading: Taking, day: str, subject: str = "") -> None:
    """Ask where the words over a row, its state or its subject say that nothing was held on that day, or not yet."""
    row = reading.row
    state = packed(row.text("done"))
    if _NOT_HELD.match(state):
        why = f"写着“{row.text('done')}”，确实进行了的请勾选"
        reading.take("done", Reading(row.text("done"), True, Sure.ASKED, why), shown=row.text(day))
    elif state not in NOTHING and not _HELD.fullmatch(state):
        reading.tell("done", f"“{row.text('done')}”没有记入")
    for name, words in ((subject, _IN_A_SUBJECT), ("note", _IN_A_NOTE)):
        if found := words.search(row.text(name)):
            why = f"写着“{found[0]}”，确实进行了的请勾选"
            reading.take(name, Reading(row.text(name), True, Sure.ASKED, why), shown=row.text(day))
    planned = next((text for text in texts_over(row) if _PLAN.search(packed(text))), "")
    if planned and not _HELD.fullmatch(state):
        why = f"表上写着“{planned}”，像是计划；确实进行了的请勾选"
        reading.take(day, Reading(row.text(day), True, Sure.ASKED, why), shown=row.text(day))
