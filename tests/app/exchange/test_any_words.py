"""Whatever a cell says, a reader gives a reading or says in words why not; nothing else ever comes out of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.exchange.clocks import is_clock, read_times
from app.exchange.days import FOUNDED, Span, read_when
from app.exchange.dictation import read_dictation
from app.exchange.dues_cells import months_paid, paid_cell
from app.exchange.months import month_of, months_listed, months_named, years_told
from app.exchange.persons import Finder
from app.exchange.post_words import read_posts
from app.exchange.reading import read_amount, read_count, read_permille
from app.exchange.rolls import read_absent, read_present
from app.exchange.words import read_category, read_remark, read_status
from app.people.members import Member
from app.people.roster import Roster

TODAY = date(2026, 11, 28)
OF_2026 = Span(FOUNDED, TODAY, 2026)
NAMES = ("甲一", "乙二", "丙三")
FINDER = Finder(Roster(tuple(Member(id=number, name=name) for number, name in enumerate(NAMES, 1))), [], TODAY)
SIGNS = list(
    "0123456789一二三四五六七八九十〇零两年月日号上下午晚点时分半季全至到-—~、，,。.;；:：/()（）【】 \n√×*#@&"
)
WORDS = re.findall(
    r"\S+",
    "2026 1月 甲一 乙二 丙三 王五 请假 缺席 病假 全体 党员 参加 到会 除 外 其余 书记 委员 组织 兼 原 现 退休 在职 "
    "拟 未 转出 预备 正式 25 元 微信 已交 等3人 共 会议内容： 时间： 主持人： 缺席人员： 会议决定： 一、 1. 第一小组：",
)
RARE = ["\u3000", "\U00020000", "\ue863"]
TEXTS = st.lists(st.sampled_from([*SIGNS, *WORDS, *RARE]), max_size=14).map("".join)
READERS: dict[str, Callable[[str], object]] = {
    "day": lambda said: read_when(said, OF_2026),
    "time": lambda said: (is_clock(said), read_times(said)),
    "months": lambda said: (month_of(said), months_listed(said), months_named(said), years_told(said)),
    "months of dues": months_paid,
    "amount": lambda said: (paid_cell(said), read_permille(said), read_amount(said)),
    "count": read_count,
    "status": lambda said: read_status(said, "人员类别"),
    "category": lambda said: read_category(said, "党费类别", TODAY),
    "remark": lambda said: read_remark(said, TODAY),
    "posts": lambda said: read_posts(said, "甲支部", TODAY),
    "absent": lambda said: read_absent(said, FINDER),
    "present": lambda said: read_present(said, FINDER),
    "minutes": lambda said: read_dictation(said, FINDER, TODAY),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(said=TEXTS)
@example(said="二〇二六年十十月一日")
def test_a_reader_reads_or_says_why_not(reader: Callable[[str], object], said: str) -> None:
    try:
        reader(said)
    except ValueError as error:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in str(error)), "said in Chinese"
